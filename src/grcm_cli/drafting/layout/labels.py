"""The labels at the start of lines: `8.`, `c)`, `IV`, `PRIMERO.`, `Decision 2.01:`, `AG/RES.1765`.

A label can often be read in several ways: `i)` is a letter or a roman number. All are returned.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from grcm_cli.drafting.layout.lines import TextLine, is_heading, is_short, is_tag
from grcm_cli.language.days import ANY_MONTH
from grcm_cli.language.lexicon import all_phrases, number_of_word
from grcm_cli.language.text import fold

Kind = Literal[
    "number",
    "composite",
    "ordinal",
    "dotted",
    "lower",
    "upper",
    "roman",
    "ROMAN",
    "bullet",
    "unnumbered",
]


class Label(NamedTuple):
    """One reading of a label."""

    kind: Kind
    style: str
    """How it is written, its value aside; a series has one style: `1.`, `(1)`, `alone 1`."""
    value: int
    """Its place in a series, from 1; 0 for a composite label, and for one that has none."""
    written: str
    """Without brackets and stops: `8`, `c`, `IV`, `3.2`, `12/4`; empty where it has no number."""
    rest: str
    """The text after it on its line."""

    def fits_series_of(self, other: "Label") -> bool:
        """Tell whether two labels may belong to one series."""
        return (self.kind, self.style) == (other.kind, other.style)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers in it: 1 and 2026 of `1/2026`."""
        return tuple(map(int, re.findall("[0-9]+", self.written)))


# --- reading labels -----------------------------------------------------------------------------

_ITEM_NAMES = all_phrases("layout.conclusion_names", "layout.other_item_names")
_UNNUMBERED_NAMES = all_phrases("layout.unnumbered_names")
_LABEL_END = r"\s*[.:)–—-]+(?=\s|$)"
_IN_BRACKETS = r"\s*:?\s*\((?-i:(?=[^a-z]))[^\n]{1,90}\)(?:\s*[–—-]|[0-9]{1,2}|\*)?\s*$"
"""Place and day, or session, in brackets behind a label: `(Kobe - June 1996)`.

A dash before what follows on the next line, or the mark of a footnote, may stand behind it.
"""
_SYMBOL = r"(?:[A-Z]{1,12}(?:[/-]|\.\s?)){0,4}[0-9]{1,9}[A-Za-z]?(?:[./-][0-9A-Za-z]{1,9}){0,8}"
_NAMED = re.compile(
    rf"(?P<word>{_ITEM_NAMES})\s+(?:n(?:\.\s?|)[º°o]\.?\s*|#\s*)?(?P<number>{_SYMBOL}|[IVXL]+)"
    rf"(?P<end>{_IN_BRACKETS}|{_LABEL_END}(?:{_IN_BRACKETS})?|\s*$)\s*",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    rf"(?=[A-Z]{{2}})(?P<word>(?i:{all_phrases('layout.name_abbreviations')}))\s+(?P<number>{_SYMBOL})"
    rf"(?P<end>{_LABEL_END}|\s*$|(?=\s+[“\"A-ZÁÉÍÓÚ]))\s*"
)
_BARE_SYMBOL = re.compile(
    r"(?P<number>(?=[A-Z0-9./ -]{0,20}[0-9])(?=[0-9./-]{0,9}[A-Z])"
    r"[A-Z0-9][A-Za-z0-9]{0,11}(?:(?:[/-]|\.\s?)[A-Za-z0-9]{1,12}){1,6})"
    rf"(?:\s?\([^()]{{1,30}}\))?(?P<end>{_LABEL_END}|\s*$|(?=\s+[“\"A-ZÁÉÍÓÚ]))\s*"
)
_DOTTED = re.compile(
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){1,8})(?P<end>[.):]|\.-)?"
    r"(?:\s+\((?=[^a-z])[^()]{1,40}\)\s*$|(?=\s|$)\s*)"
)
_NUMBER_ENDS = (
    r"\.-|\.\)|[.):]|[º°ª][.:)]?-?|(?:er|r[oa]|d[oa]|t[oa]|m[oa]|v[oa]|n[oa]|st|nd|rd|th)[.:)]-?"
    r"|\s*[–—-](?=\s)"
)
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<number>[0-9]{{1,4}})(?P<end>{_NUMBER_ENDS})(?=\s|$|[“\"A-ZÁÉÍÓÚ])\s*"
)
_PAIR = re.compile(
    r"(?P<number>[0-9]{1,4}[/-][0-9]{1,4})"
    rf"(?:(?P<end>\.-|[.):])(?=\s|$)|(?=\s+(?!(?:{ANY_MONTH})\b)[“\"A-ZÁÉÍÓÚ]|$))\s*"
)
_ALONE = re.compile(r"(?P<number>[0-9]{1,4})$")
_LETTER = re.compile(
    r"(?P<open>\()?(?P<number>[a-zA-Z])(?P<end>\.\)|[.)]|\s*[–—-](?=\s))(?=\s|$)\s*"
)
_ROMAN = re.compile(
    r"(?P<open>\()?(?P<number>[ivxl]+|[IVXLC]+)"
    r"(?P<end>\.-|\.\)|[.)]|\s*[–—-](?=\s)|(?=\s*$))(?=\s|$)\s*"
)
_BULLET = re.compile(r"(?P<number>[-•–—*▪●◦·➢✓■□‣\uf000-\uf0ff]|o(?=\s{2}))\s+")
_ROMAN_FORM = re.compile(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROW_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]*")
_ROW_NUMBER_PARTS = re.compile(
    r"[0-9]+[a-z]?(?:[./-][0-9A-Za-z]+)*|(?<=\()[a-z](?=\))|(?<=\s)[a-z](?=\)|$)"
)
"""The number in the first cell of a row: 2 of `N.º 2`, 1 and a of `1 (a)`."""
_MAX_CELL = 100  # characters of that cell in which its number is looked for
_MAX_TITLED = 250  # characters of a label with a title


_TAG = re.compile(rf"(?P<word>{_ITEM_NAMES})\s*:\s+(?=\S)", re.IGNORECASE)
_TAG_ABOVE = re.compile(rf"(?P<word>{_ITEM_NAMES})\s*:(?=\s|$)", re.IGNORECASE)
_TAGGED = "tag"
"""The style of labels that are a word and a colon, `Decision: …`, whichever word."""
_UNNUMBERED = re.compile(
    rf"(?P<word>{_UNNUMBERED_NAMES})(?:\s+{all_phrases('text.conjunctions')}\s+{_UNNUMBERED_NAMES})?"
    rf"(?:\s*[.:–—-]*\s*|\s*[–—-]\s*[^\n.;:]{{1,40}}|{_IN_BRACKETS})$",
    re.IGNORECASE,
)


def labels_of(text: str) -> Iterator[Label]:
    """Yield every way in which the start of a line can be read as a label."""
    if (match := _TAG.match(text)) and not is_tag(text):
        yield Label("bullet", _TAGGED, 0, "", text[match.end() :])
    if match := _NAMED.match(text) or _ABBREVIATED.match(text):
        yield from _named_label(match, text)
    yield from _ordinal_labels(text)
    yield from _digit_labels(text)
    if match := _BARE_SYMBOL.match(text):
        written = "".join(match["number"].split())
        # `5/CP.7`, and not `COVID-19` or a number with letters
        if "/" in written or (match["end"].strip() and "-" in written):
            yield Label("composite", _shape(written), 0, written, text[match.end() :])
    if match := _LETTER.match(text):
        letter = match["number"]
        kind: Kind = "lower" if letter.islower() else "upper"
        yield _label(kind, match, ord(letter.lower()) - 96, text)
    if match := _ROMAN.match(text):
        value = roman_value(match["number"].upper())
        if value:
            yield _label("roman" if match["number"].islower() else "ROMAN", match, value, text)
    if match := _BULLET.match(text):
        yield Label("bullet", match["number"], 0, "", text[match.end() :])
    if match := _UNNUMBERED.match(text):
        yield Label("unnumbered", fold(match["word"].split()[-1]), 0, "", "")


def is_tag_of(text: str, label: Label) -> bool:
    """Tell whether a text begins with the word of the label above it: `Resolution: …`."""
    match = _TAG_ABOVE.match(text)
    return match is not None and label.style.split(" ")[0] == fold(match["word"])


def _named_label(match: re.Match[str], text: str) -> Iterator[Label]:
    """Yield the reading of a number with the word for what it numbers: `Decision 5.`."""
    word, written, rest = fold(match["word"]), match["number"], text[match.end() :]
    if written.isdecimal():
        if value := int(written):
            yield Label("number", word, value, written, rest)
    elif value := roman_value(written.upper()):
        yield Label("ROMAN", word, value, written.upper(), rest)
    elif any(letter.isdecimal() for letter in written):
        written = "".join(written.split())
        yield Label("composite", f"{word} {_shape(written)}", 0, written, rest)


def is_word_style(style: str) -> bool:
    """Tell whether labels of a style have a word before the number: `Decision 5`."""
    return style[:1].isalpha() and not style.startswith(("alone", "auto"))


def _shape(symbol: str) -> str:
    """Return what symbols of one kind have in common: `A/A.1` of `AG/RES.1765`, `AG/DEC.26`."""
    return re.sub("[0-9]+", "1", re.sub("[A-Za-z]+", "A", symbol))


def _digit_labels(text: str) -> Iterator[Label]:
    """Yield the reading of a label that begins with a digit."""
    if match := _PAIR.match(text):
        style = f"{_shape(match['number'])}{match['end'] or ''}"
        yield Label("composite", style, 0, match["number"], text[match.end() :])
    elif match := _DOTTED.match(text):
        yield _label("dotted", match, int(match["number"].rpartition(".")[2]), text)
    elif match := _NUMBER.match(text):
        yield _label("number", match, int(match["number"]), text)
    elif match := _ALONE.match(text):
        yield Label("number", "alone 1", int(match["number"]), match["number"], "")


def _label(kind: Kind, match: re.Match[str], value: int, text: str) -> Label:
    groups = match.groupdict()
    end = (groups["end"] or "").strip()
    is_ordinal = any(sign.isalpha() or sign == "°" for sign in end)  # `1º`, `2°.-`, `3ra.`
    style = f"{groups.get('open') or ''}1{'º' if is_ordinal else end}"
    return Label(kind, style, value, match["number"], text[match.end() :])


def roman_value(written: str) -> int:
    """Return the value of a roman number in capitals; 0 where it is none."""
    if not written or not _ROMAN_FORM.fullmatch(written):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in written]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


# --- ordinals in words: `PRIMERO.`, `Vigésima primera:`, `ACUERDO SEGUNDO`, `FIRST -` ------------

_ORDINALS = number_of_word("ordinals") | number_of_word("label_ordinals")
_TENS = number_of_word("label_ordinal_tens")
"""The first word, or the beginning, of an ordinal of two parts: `vigésimo` of `vigesimoprimero`."""
_NAME = rf"(?:{_ITEM_NAMES}\s+)?"
_WORD = r"[^\W\d_]{4,20}"
_ORDINAL = re.compile(
    rf"{_NAME}(?P<number>{_WORD}(?:[ -]{_WORD})?)(?:\s+{_ITEM_NAMES})?"
    rf"(?P<end>{_LABEL_END}|\s*$|(?=\s+[“\"A-ZÁÉÍÓÚ]))\s*",
    re.IGNORECASE,
)


def _ordinal_labels(text: str) -> Iterator[Label]:
    """Yield the reading of an ordinal in words; without a stop it is one only in capitals."""
    match = _ORDINAL.match(text[:_MAX_CELL])
    if match is None:
        return
    words = match["number"]
    value = ordinal_value(words)
    if not value:  # `PRIMERO Aprobar` has two words, and one of them is the ordinal
        words = words.split()[0]
        value = ordinal_value(words) if text.startswith(words) else 0
        end, stop = len(words), ""
    else:
        end, stop = match.end(), match["end"].strip()
    rest = text[end:].lstrip()
    in_capitals = words.isupper() and rest[:1].isupper() and not rest[1:2].isupper()
    if value and (stop or not rest or in_capitals):
        yield Label("ordinal", "one", value, str(value), rest)


def ordinal_value(words: str) -> int:
    """Return the value of an ordinal in words, of one or two parts; 0 where it is none."""
    first, _space, second = fold(words).replace("-", " ").partition(" ")
    if second:
        unit = _ORDINALS.get(second, 0)
        return _TENS[first] + unit if first in _TENS and 0 < unit < 10 else 0
    if first in _ORDINALS:
        return _ORDINALS[first]
    for tens, value in _TENS.items():
        unit = _ORDINALS.get(first.removeprefix(tens), 0)
        if first.startswith(tens) and 0 < unit < 10:
            return value + unit
    return 0


# --- labels with a title, and labels that go on in the next line --------------------------------

_PLACED = re.compile(
    rf"(?P<label>{_ITEM_NAMES}\s+{_SYMBOL}\s*:?)(?P<title>\s*[^\n(]{{0,140}}?\s*)"
    r"\((?-i:(?=[^a-z]))[^\n()]{1,80}\b(?:19|20)[0-9]{2}\)(?:\s*[–—-](?P<gap>\s+)[^\n]{1,60})?$",
    re.IGNORECASE,
)
"""A label with a place and year in brackets, and a title before or behind these."""
_PLACE_OF_LABEL = re.compile(
    rf"{_ITEM_NAMES}\s+{_SYMBOL}\s*:?[^\n()]{{0,140}}?"
    r"\((?P<place>[^\n()]*(?:\([^\n()]*\)[^\n()]*)?)\)",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(rf"{_ITEM_NAMES}\s+{_SYMBOL}[^\n()]{{0,140}}\([^()\n]*$", re.IGNORECASE)
_CLOSES_BRACKET = re.compile(r"[^()\n]{1,60}\)$")


def place_of_label(text: str) -> str:
    """Return what a label has in brackets: `Amber - March 2004`; nothing for another text."""
    match = _PLACE_OF_LABEL.match(text[:_MAX_TITLED])
    return match["place"].strip() if match else ""


_BEHIND = re.compile(rf"\s*[(\[](?P<label>{_ITEM_NAMES}\s+{_SYMBOL})[)\]][.;]?\s*$", re.IGNORECASE)


def with_labels_in_front(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines; a label in brackets behind each of several paragraphs is its number.

    `Approve the plan. [Decision 4]` has the label `Decision 4`.
    """
    found = list(lines)
    begin = 0
    for place, line in enumerate(lines):
        ended = place > 0 and _BEHIND.search(lines[place - 1].text[-_MAX_CELL:]) is not None
        begin = place if line.after_gap or ended else begin
        match = _BEHIND.search(line.text[-_MAX_CELL:])
        first = found[begin]
        if match is None or line.source is not None or first.label or first.source is not None:
            continue
        text = line.text[: -len(match[0])].strip()
        found[place] = line._replace(text=text, source=line.text)
        source = found[begin].source or first.text
        found[begin] = found[begin]._replace(label=f"{match['label']}:", source=source)
    return found


def with_titles_apart(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines, each title beside a label as a line, each label on one line.

    `RESOLUTION 7: Pilots (Amber - March 2004)` is two lines, `RESOLUTION 7: (Amber -` and
    `March 2004)` are one.
    """
    joined: list[TextLine] = []
    for line in lines:
        before = joined[-1] if joined else TextLine("")
        is_plain = not (before.label or before.notes or line.label or line.asides or line.aside)
        if (
            is_plain
            and before.source is None is line.source
            and len(before.text) <= _MAX_TITLED
            and _CLOSES_BRACKET.match(line.text[:_MAX_CELL])
            and _OPEN_BRACKET.match(before.text)
        ):
            joined[-1] = before._replace(text=f"{before.text} {line.text}", notes=line.notes)
        else:
            joined.append(line)
    apart = []
    for line in joined:
        is_plain = not line.label and line.source is None and not line.aside
        match = _PLACED.match(line.text) if is_plain and len(line.text) <= _MAX_TITLED else None
        if match is None or not (match["title"].strip() or match["gap"]):
            apart.append(line)
            continue
        end = match.end("gap") if match["gap"] else match.end("label")
        apart.append(line._replace(text=line.text[:end].strip(), notes=()))
        title = line.text[end:].strip()
        apart.append(TextLine(title, after_gap=False, heading=True, notes=line.notes))
    return apart


# --- the labels of a line -----------------------------------------------------------------------


def line_labels(line: TextLine) -> Iterator[Label]:
    """Yield every reading of a line's label, be it automatic, a cell's or a part of its text.

    A preambular clause has none.
    """
    if line.is_preamble or line.aside:
        return
    if line.is_row and line.label:
        cell = line.label[:_MAX_CELL]
        digits = re.findall("[0-9]{1,9}", cell)
        plain = cell.strip(" .)(")
        is_number = _ROW_NUMBER.fullmatch(plain) is not None
        written = plain if is_number else ".".join(_ROW_NUMBER_PARTS.findall(cell))
        if written:
            symbol = next((one for one in labels_of(cell) if one.kind == "composite"), None)
            written = symbol.written if symbol else written
            yield Label("number", "row", int(digits[-1]) if digits else 0, written, line.text)
    elif line.label:
        for label in labels_of(line.labelled_text):
            yield label._replace(style=f"auto {label.style}")
    else:
        yield from labels_of(line.text)


def labels_like(line: TextLine, own: Label) -> list[Label]:
    """Return the readings of a line's label that may belong to the series of another label."""
    return [label for label in line_labels(line) if label.fits_series_of(own)]


def is_numbered_heading(line: TextLine) -> bool:
    """Tell whether a line is a heading with a roman number or a letter: `II. Cooperation`."""
    for label in labels_of(line.labelled_text):
        if label.kind in ("ROMAN", "upper") and is_short(label.rest) and label.rest:
            return is_heading(line._replace(text=label.rest, label=""), "")
    return False
