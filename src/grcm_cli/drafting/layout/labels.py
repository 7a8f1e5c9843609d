"""The labels at the start of lines: `8.`, `c)`, `IV`, `PRIMERO.`, `Decision 2.01:`, `AG/RES.1765`.

A label can often be read in several ways: `i)` is a letter or a roman number. All are returned.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from grcm_cli.language.days import ANY_MONTH
from grcm_cli.language.lexicon import number_of_word, phrase_regex
from grcm_cli.language.text import fold, roman

Kind = (
    Literal["number", "composite", "ordinal", "dotted", "lower", "upper", "roman", "ROMAN"]
    | Literal["bullet", "unnumbered"]  # counted in their order
)
_ITEM_NAMES = "<layout.conclusion_names|layout.other_item_names>"
_CAPITAL = '[“"A-ZÁÉÍÓÚ]'
_LABEL_END = r"\s*[.:)–—-]+(?=\s|$)"
_OPEN_END = rf"(?:{_LABEL_END}|\s*$|(?=\s+{_CAPITAL}))\s*"
"""The end of a label, which no stop need follow before a capital."""
_IN_BRACKETS = r"\s*:?\s*\((?-i:(?=[^a-z]))[^\n]{1,90}\)(?:\s*[–—-]|[0-9]{1,2}|\*)?\s*$"
"""Place and day, or session, in brackets behind a label: `(Kobe - June 1996)`.

A dash before what follows on the next line, or the mark of a footnote, may stand behind it.
"""
_MARK = r"\.?[º°ª]"  # of an ordinal: `1.º`
_SYMBOL = (
    r"(?:[A-Z]{1,12}(?:[/-]|\.\s?)){0,4}[A-Z]{0,2}[0-9]{1,9}[A-Za-z]?(?:[./-][0-9A-Za-z]{1,9}){0,8}"
)
_NAMED = phrase_regex(
    rf"(?P<word>{_ITEM_NAMES})\s+(?:n(?:\.\s?|)[º°o]\.?\s*|#\s*)?"
    rf"(?P<number>(?:(?-i:[A-Z]{{1,6}}) (?=[0-9]+[/-]))?{_SYMBOL}|[IVXL]+)"
    rf"(?:{_MARK}(?=\s+(?-i:{_CAPITAL}))|(?:{_MARK})?"
    rf"(?:{_IN_BRACKETS}|{_LABEL_END}(?:{_IN_BRACKETS})?|\s*$))\s*"
)
_ABBREVIATED = phrase_regex(
    r"(?=[A-Z]{2}|[A-Z][a-z]+\.)(?P<word>(?i:<layout.name_abbreviations>))\s+"
    rf"(?P<number>{_SYMBOL})(?:\s?{_MARK})?{_OPEN_END}",
    0,
)
_BARE_SYMBOL = re.compile(
    r"(?P<number>(?=[A-Z0-9./ -]{0,20}[0-9])(?=[0-9./-]{0,9}[A-Z])"
    r"[A-Z0-9][A-Za-z0-9]{0,11}(?:(?:[/-]|\.\s?)[A-Za-z0-9]{1,12}){1,6})"
    rf"(?:\s?\([^()]{{1,30}}\))?(?P<end>{_LABEL_END}|\s*$|(?=\s+{_CAPITAL}))\s*"
)
NUMBERED = rf"{_ITEM_NAMES}\s+{_SYMBOL}"  # of a pattern: a word for an item with its number
NUMBER = re.compile(rf"(?<!\w){_SYMBOL}|\b[IVXL]+\b")
REFERENCES = phrase_regex(
    rf"(?:(?i:{_ITEM_NAMES})(?:e?s)?\s+)?(?:[nN](?:\.\s?|)[º°o]\.?\s*)?\(?(?:{NUMBER.pattern})[.)]?"
    rf"(?:(?:\s?[,;]|\s(?i:<text.conjunctions>))\s(?:{NUMBER.pattern}))*",
    0,
)
"""What only names conclusions: `II.3`, `Acuerdo 4`, `Decisions 4 and 5`."""
_DASH = r"\s*[–—-](?=\s)"
_ORDINAL_END = r"(?:er|r[oa]|d[oa]|t[oa]|m[oa]|v[oa]|n[oa]|st|nd|rd|th)[.:)]-?"
_NUMBERS: tuple[tuple[tuple[Kind, ...], str, str], ...] = (
    (
        ("composite",),
        r"[0-9]{1,4}[/\u2010-][0-9]{1,4}",
        rf"(?:\.-|[.):])(?=\s|$)|(?=\s+(?!(?i:{ANY_MONTH})\b){_CAPITAL}|$)",
    ),
    (
        ("dotted",),
        rf"(?:[0-9]{{1,3}}|(?=[A-Z.0-9]{{3,30}}[.):]?\s+{_CAPITAL})(?:[A-Z]|[IVXL]{{2,8}}))"
        r"(?:\.[0-9]{1,3}){1,8}"
        r"(?!(?:\s\([^()]{1,30}\))?\s?(?:&|-|–|to|and|y|al?)\s?[0-9])",  # "19.30 & 19.31"
        r"(?:[.):]|\.-)?(?:\s+\((?=[^a-z])[^()]{1,40}\)\s*$|(?=\s|$))",
    ),
    (
        ("number",),
        "[0-9]{1,4}",
        rf"(?:\.-|\.\)|[.):]|{_MARK}[.:)]?-?|{_ORDINAL_END}|{_DASH})(?=\s|$|{_CAPITAL})",
    ),
    (("lower",), r"(?<=\.)[0-9]{1,2}", r"(?=\s)"),  # ".1", always an item
    (("lower", "upper"), "[a-zA-Z]", rf"(?:\.\)|[.)]|{_DASH})(?=\s|$)"),
    (
        ("roman", "ROMAN"),
        "[ivxl]{1,8}|[IVXLC]{1,8}",
        rf"(?:\.-|\.\)|[.)]|{_DASH}|(?=\s*$))(?=\s|$)",
    ),
)
"""The numbers without a word, and how they end, each with the kinds in small and in capitals."""
_FORMS = tuple(
    (kinds, re.compile(rf"(?P<open>[(.])?(?P<number>{number})(?P<end>{end})\s*"))
    for kinds, number, end in _NUMBERS
)
_ALONE = re.compile(r"[0-9]{1,4}$")
_BULLET = re.compile(r"(?P<number>>{1,2}|[-•–—*▪●◦·➢✓■□‣\uf000-\uf0ff])\s+")
_CODED = re.compile(
    r"(?P<number>(?P<letters>[A-Z]{1,3})(?:[ .-]?[0-9]{1,3}[./-][A-Z]?[0-9]{1,3}|[.-]?[0-9]{1,3}))"
    rf"(?:\s?[.:)–—-]\s*|\s+)(?=\(?{_CAPITAL})"
)
"""The label of a list beside the conclusions: `R1.`, `AP 31/02`."""
_TAG = phrase_regex(rf"(?P<word>{_ITEM_NAMES})\s*:(?:\s+(?P<text>(?=\S))|\s*$)")
_UNNUMBERED = phrase_regex(
    r"(?P<word><layout.unnumbered_names>)(?:\s+<text.conjunctions>\s+<layout.unnumbered_names>)?"
    rf"(?:\s*[.:–—-]*\s*|\s*[–—-]\s*[^\n.;:]{{1,40}}|{_IN_BRACKETS})$"
)
_ASSIGNING = phrase_regex(r"[(\[]?\s*<assignment.who|assignment.when|assignment.helping>\s*:\s*\S")
_IN_SENTENCE = phrase_regex(r"\s<assignment.in_sentences>\s")
_ROMANS = {roman(value).upper(): value for value in range(1, 400)}
_ORDINALS = number_of_word("ordinals") | number_of_word("label_ordinals")
_TENS = number_of_word("label_ordinal_tens")
"""The first word, or the beginning, of an ordinal of two parts: `vigésimo` of `vigesimoprimero`."""
_WORD = r"[^\W\d_]{4,20}"
_ORDINAL = phrase_regex(
    rf"(?:{_ITEM_NAMES}\s+)?(?P<number>{_WORD}(?:[\s-]{_WORD})?)(?:\s+{_ITEM_NAMES})?"
    rf"(?P<end>{_LABEL_END}|\s*$|(?=\s+{_CAPITAL}))\s*"
)
_MAX_ORDINAL = 100  # characters in which an ordinal is looked for
_ROW_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]*")
_ROW_NUMBER_PARTS = re.compile(
    r"[0-9]+[a-z]?(?:[./-][0-9A-Za-z]+)*|(?<=\()[a-z](?=\))|(?<=\s)[a-z](?=\)|$)"
)
"""The number in the first cell of a row: 2 of `N.º 2`, 1 and a of `1 (a)`."""
_MAX_CELL = 100  # characters of that cell in which its number is looked for
LABEL_WITH_PLACE = phrase_regex(
    rf"(?P<label>{NUMBERED}\s*:?)(?P<title>\s*[^\n(]{{0,140}}?\s*)"
    r"\((?P<place>(?-i:(?=[^a-z]))[^\n()]*(?:\([^\n()]*\)[^\n()]*)?)\)"
    r"(?:\s*[–—-](?P<gap>\s+)[^\n]{1,60})?"
)
"""A label with a place in brackets, and a title before or behind these."""
MAX_TITLED = 250  # characters of a label with a title


class Label(NamedTuple):
    """One reading of a label."""

    kind: Kind
    style: str  # how it is written, its value aside; a series has one style: `1.`, `(1)`, `alone 1`
    value: int  # its place in a series, from 1; 0 for a composite label, and for one that has none
    written: str
    """Without brackets and stops: `8`, `c`, `IV`, `3.2`, `12/4`; empty where it has no number."""
    rest: str  # the text after it on its line

    def fits_series_of(self, other: "Label") -> bool:
        """Tell whether two labels may belong to one series."""
        return (self.kind, self.style) == (other.kind, other.style)

    @property
    def has_word(self) -> bool:
        """Whether a word stands before its number, or in its place: `Decision 5`, `PRIMERO`."""
        return self.style[:1].isalpha() and not self.style.startswith(("alone", "auto"))

    @property
    def is_counted(self) -> bool:
        """Whether it has no number, so that its texts are counted."""
        return self.kind in ("bullet", "unnumbered") and not self.style.startswith("coded")


def is_tag(text: str) -> bool:
    """Tell whether a line only says who or by when: `Responsible: Norway`, `Action: Norway`."""
    is_short_line = len(text.split()) <= 24 and _ASSIGNING.match(text) is not None
    return is_short_line and not _IN_SENTENCE.search(text.partition(". ")[0])


def labels_of(text: str) -> Iterator[Label]:
    """Yield every way to read the start of a line as a label: `i)` is a letter or a roman number."""
    if (match := _TAG.match(text)) and match["text"] is not None and not is_tag(text):
        yield Label("bullet", "tag", 0, "", text[match.end() :])
    if match := _NAMED.match(text) or _ABBREVIATED.match(text):
        word, written, rest = fold(match["word"]), match["number"], text[match.end() :]
        if written.isdecimal():
            if value := int(written):
                yield Label("number", word, value, written, rest)
        elif value := roman_value(written.upper()):
            yield Label("ROMAN", word, value, written.upper(), rest)
        elif any(map(str.isdecimal, written)):
            written = "".join(written.split())
            yield Label("composite", f"{word} {_shape(written)}", 0, written, rest)
    yield from _ordinal_labels(text)
    for kinds, form in _FORMS:
        if match := form.match(text):
            yield from _number_label(kinds, match, text)
            if match["number"][0].isdecimal():
                break
    yield from _other_labels(text)


def _other_labels(text: str) -> Iterator[Label]:
    """Yield the readings of a number alone, a symbol, a bullet, a heading without a number."""
    if _ALONE.match(text):
        yield Label("number", "alone 1", int(text), text, "")
    if match := _BARE_SYMBOL.match(text):
        written = "".join(match["number"].split())
        # `5/CP.7`, and not `COVID-19` or a number with letters
        if "/" in written or (match["end"].strip() and "-" in written):
            yield Label("composite", _shape(written), 0, written, text[match.end() :])
    if match := _CODED.match(text):
        # The lists A1, A2 and B1, B2 of a document are one.
        letters, written = match["letters"], "".join(match["number"].split())
        style = f"coded {letters}" if len(letters) > 1 else "coded"
        yield Label("bullet", style, 0, written, text[match.end() :])
    if match := _BULLET.match(text):
        yield Label("bullet", match["number"], 0, "", text[match.end() :])
    if match := _UNNUMBERED.match(text):
        yield Label("unnumbered", fold(match["word"].split()[-1]), 0, "", "")


def _number_label(kinds: tuple[Kind, ...], match: re.Match[str], text: str) -> Iterator[Label]:
    """Yield the reading of a number without a word before it, unless it has no value."""
    written, end = match["number"], match["end"].strip()
    kind = kinds[-1] if written.isupper() else kinds[0]
    if kind == "composite":
        yield Label(kind, _shape(written) + end, 0, written, text[match.end() :])
        return
    # `3ra.`, `2°.-`
    end = "º" if end.lstrip(".")[:1].isalpha() or "°" in end else end.partition("(")[0].strip()
    if kind in ("lower", "upper") and written.isalpha():
        value = ord(written.lower()) - 96
    elif kind in ("roman", "ROMAN"):
        value = roman_value(written.upper())
    else:
        value = int(written.rpartition(".")[2])
    if value or written.isdecimal() or kind == "dotted":
        yield Label(kind, f"{match['open'] or ''}1{end}", value, written, text[match.end() :])


def is_tag_of(text: str, label: Label) -> bool:
    """Tell whether a text begins with the word of the label above it: `Resolution: …`."""
    match = _TAG.match(text)
    return match is not None and label.style.partition(" ")[0] == fold(match["word"])


def _shape(symbol: str) -> str:
    """Return what symbols of one kind have in common: `A/A.1` of `AG/RES.1765`, `AG/DEC.26`."""
    return re.sub("[0-9]+", "1", re.sub("[A-Za-z]+", "A", symbol)).replace("\u2010", "-")


def roman_value(written: str) -> int:
    """Return the value of a roman number in capitals, up to 399; 0 where it is none."""
    return _ROMANS.get(written, 0)


def _ordinal_labels(text: str) -> Iterator[Label]:
    """Yield the reading of an ordinal in words; without a stop it is one only in capitals."""
    match = _ORDINAL.match(text[:_MAX_ORDINAL])
    if match is None:
        return
    words, end, stop = match["number"], match.end(), match["end"].strip()
    value = ordinal_value(words)
    if not value:  # `PRIMERO Aprobar` has two words, and one of them is the ordinal
        words, stop = words.split()[0], ""
        end = len(words)
        value = ordinal_value(words) if text.startswith(words) else 0
    rest = text[end:].lstrip()
    in_capitals = words.isupper() and rest[:1].isupper() and not rest[1:2].isupper()
    if value and (stop or not rest or in_capitals):
        yield Label("ordinal", "one", value, str(value), rest)


def ordinal_value(words: str) -> int:
    """Return the value of an ordinal in words, of one or two parts; 0 where it is none."""
    first, _space, second = fold(words).replace("-", " ").partition(" ")
    if not second and first in _ORDINALS:
        return _ORDINALS[first]
    for tens, value in _TENS.items():
        unit = _ORDINALS.get(second or first.removeprefix(tens), 0)
        is_tens = first == tens if second else first.startswith(tens)
        if is_tens and 0 < unit < 10:
            return value + unit
    return 0


def row_labels(cell: str, text: str) -> Iterator[Label]:
    """Yield the reading of the cell before a row's text as its label, if it has a number."""
    cell = cell[:_MAX_CELL]
    digits = re.findall("[0-9]{1,9}", cell)
    plain = cell.strip(" .)(")
    written = plain if _ROW_NUMBER.fullmatch(plain) else ".".join(_ROW_NUMBER_PARTS.findall(cell))
    if written:
        symbol = next((label for label in labels_of(cell) if label.kind == "composite"), None)
        written = symbol.written if symbol else written
        yield Label("number", "row", int(digits[-1]) if digits else 0, written, text)
