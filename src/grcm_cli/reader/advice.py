"""Advice for mistaken values: what a deadline in words or in another notation means.

`cada tres meses` is `every 3 months`. A phrase is cut into parts by the words of the lexicon, and
the kinds of the parts, a letter each, tell its form. It is only ever advice for what stands in a
file: nothing is read as a deadline so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from grcm_cli.domain.due_grammar import due_examples, parse_due
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.periods import (
    PERIOD_FORMS,
    Unit,
    later,
    looks_like_day,
    parse_day,
    parse_period,
)
from grcm_cli.domain.register import Register
from grcm_cli.language.days import MONTHS
from grcm_cli.language.lexicon import (
    all_phrases,
    is_no_deadline,
    key_of_word,
    lexicons_with,
    number_of_word,
    phrase_regex,
)
from grcm_cli.language.suggestions import synonyms
from grcm_cli.language.text import _, clean, fold, fold_words

_LONGEST = 120
"""Characters: more than any phrase for a deadline has."""


class Meaning(NamedTuple):
    """What a text means, as a file writes it."""

    forms: tuple[str, ...] = ()
    """One for each reading; none where the text is not understood."""
    is_certain: bool = False
    """There is one reading, and nothing in it is guessed."""


class _Part(NamedTuple):
    """A piece of a phrase: its kind, and what it stands for in each of its readings."""

    kind: str
    values: Sequence[str] = ("",)
    is_certain: bool = True


@lru_cache(1024)
def due_meaning(text: str, body: str = "") -> Meaning:
    """Return what a text means as a `due`. `body` is the one whose next meeting is meant."""
    parts = _parts(text, body)
    kinds = "".join(part.kind for part in parts)
    forms: dict[str, None] = {}
    for values in product(*(part.values for part in parts)):
        for pattern, write in _FORMS:
            match = re.fullmatch(pattern, kinds)
            form = write(_Reading(match, values, body)) if match else None
            if form and parse_due(form):
                forms[form] = None
                break
    is_certain = len(forms) == 1 and all(part.is_certain for part in parts)
    return Meaning(tuple(forms), is_certain)


def day_meaning(text: str) -> Meaning:
    """Return what a text means as a day."""
    return _of_form(text, parse_day)


def period_meaning(text: str) -> Meaning:
    """Return what a text means as a day or a period."""
    return _of_form(text, parse_period)


def _of_form(text: str, parse: Callable[[str], object]) -> Meaning:
    meaning = due_meaning(text)
    return meaning if all(map(parse, meaning.forms)) else Meaning()


# --- what is said of a mistake -------------------------------------------------------------------


def due_advice(text: str, body: str) -> tuple[str, str | None]:
    """Return what to write instead of a text that is no `due`, and the form where it is certain.

    `body` is that of the meeting, whose next meeting `la próxima reunión` is.
    """
    if is_no_deadline(text):
        return _("leave `due` out until there is a deadline"), None
    return _advice(due_meaning(text, body), list(due_examples()))


_LIKE_A_DAY = re.compile(r"[0-9]|[A-Za-z]{3,10}-[0-9]{4}$")


def is_no_id(text: str, register: Register) -> bool:
    """Tell whether a text in the form of an id is a word or a day: `annually`, `31-Dec-2026`."""
    if register.is_body(text):
        return False
    if not any(map(str.isdigit, text)):
        return True
    return _LIKE_A_DAY.match(text) is not None and bool(due_meaning(text).forms)


def day_advice(text: str) -> tuple[str, str | None]:
    """Return what to write instead of a text that is no day, and the day where it is certain."""
    meaning = day_meaning(text)
    if not meaning.forms:
        month = parse_period(text[:7]) if looks_like_day(text) else None
        if month:
            return _("the last day of that month is {day}").format(day=month[1]), None
        return _("write it as {form}").format(form=_("YYYY-MM-DD")), None
    return _advice(meaning, ())


def wrong_day(text: str) -> str:
    """Return a sentence on a text of the command line that is no day: why, and what to write."""
    message = _("'{text}' is not written as a day; {advice}")
    if day_meaning(text).forms:
        message = _("'{text}' is a day in another notation; {advice}")
    elif looks_like_day(text):
        message = _("'{text}' is no day of the calendar; {advice}")
    return message.format(text=clean(text), advice=day_advice(text)[0])


def period_advice(text: str) -> tuple[str, str | None]:
    """Return the same as `day_advice` for a text that is neither a day nor a period."""
    return day_advice(text) if looks_like_day(text) else _advice(period_meaning(text), PERIOD_FORMS)


def _advice(meaning: Meaning, forms: Sequence[str]) -> tuple[str, str | None]:
    first, *others = meaning.forms or ("",)
    if not first:
        return _("write one of: {forms}").format(forms=", ".join(forms)), None
    if others:
        message = _("it has two readings: write {first} or {other}")
        return message.format(first=first, other=others[0]), None
    return _("write {words}").format(words=first), first if meaning.is_certain else None


def word_meant(text: str, choices: Sequence[str]) -> str | None:
    """Return the one of a key's words that a text is another word for: `done` for `cumplido`."""
    words = {word for word in synonyms("words").get(fold(text), ()) if word in choices}
    return words.pop() if len(words) == 1 else None


def with_bodies(findings: Iterable[Finding], register: Register) -> list[Finding]:
    """Return findings, those on a deadline that names a body with the form that has its code.

    A file is read before the register is known: `próxima Viceministerial` is `next CRM`.
    """
    found: dict[str, set[str]] = {}
    for party in register.parties:
        for name in names_of(party) if party.kind == "body" else ():
            found.setdefault(fold_words(name), set()).add(party.code)
    codes = {name: code for name, (code, *others) in found.items() if not others and name}
    written = {
        at: (due.written, meeting.body.text if meeting.body else "")
        for meeting, due, at in register.each_due()
        if due.is_unclear and due.written
    }
    return [
        _completed(one, *written[one.at], codes)
        if one.rule == "wrong-due" and one.advice and one.at in written
        else one
        for one in findings
    ]


def _completed(finding: Finding, text: str, body: str, codes: Mapping[str, str]) -> Finding:
    named = _with_codes(text, codes)
    if named == text:
        return finding
    if parse_due(named):
        cure = named if finding.cure else None
        return finding._replace(advice=_("write {words}").format(words=named), cure=cure)
    if not due_meaning(named, body).forms:
        return finding._replace(cure=None)
    hint, certain = due_advice(named, body)
    # Whether the text can be replaced where it stands, the reader knew.
    return finding._replace(advice=hint, cure=certain if finding.cure else None)


def _with_codes(text: str, codes: Mapping[str, str]) -> str:
    """Return a text with codes in the place of names of bodies, the longest first."""
    names = sorted(codes, key=len, reverse=True)
    if not names:
        return text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    parts, place = [], 0
    for match in pattern.finditer(fold_words(text)):
        parts += [text[place : match.start()], codes[match[0]]]
        place = match.end()
    return "".join([*parts, text[place:]])


# --- the parts of a phrase ----------------------------------------------------------------------


def _parts(text: str, body: str) -> list[_Part]:
    """Return the parts of a phrase without those that mean nothing; none if a word is unknown."""
    folded, place, found = fold_words(text), 0, []
    while place < len(text) <= _LONGEST:
        part, end = _part_at(text, folded, place, body)
        if part is None:
            return []
        if part.kind:
            found.append(part)
        place = end
    return found


def _part_at(text: str, folded: str, place: int, body: str) -> tuple[_Part | None, int]:
    for pattern, read in _patterns():
        match = pattern.match(folded, place)
        part = read(match) if match else None
        if match and part is not None:
            return part, match.end()
    code = _CODE.match(text, place)
    if code:
        return _Part("I" if _YEAR.search(code[0]) else "C", (code[0],)), code.end()
    end = place + len(body)
    if body and folded[place:end] == fold_words(body) and not text[end : end + 1].isalnum():
        return _Part("C", (body,)), end
    return None, place


_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,63}(?![\w-])", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}")
_Reader = Callable[[re.Match[str]], _Part | None]


@cache
def _patterns() -> Sequence[tuple[re.Pattern[str], _Reader]]:
    """Return the pattern of each kind of part, in the order in which they are tried."""
    months = _alternative(month_numbers())
    units = _alternative(_units())
    numbers = _alternative(number_of_word("dates.numbers"))
    ordinals = _alternative(number_of_word("dates.ordinals"))
    of = r"(?:,? (?:de |del |of )?(?:ano )?|[-/.])"
    patterns: list[tuple[str, _Reader]] = [
        (rf"(?P<d>[0-9]{{1,2}})(?:o|er|st|nd|rd|th)?\.?(?: (?:de |of )?|[-/.])(?P<m>{months})\.?"
         rf"{of}(?P<y>[0-9]{{4}})(?!\d)", _spoken_day),
        (rf"(?P<m>{months})\.? (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y>[0-9]{{4}})(?!\d)",
         _spoken_day),
        (r"(?P<a>[0-9]{1,4})(?P<s>[./-])(?P<b>[0-9]{1,2})(?P=s)(?P<c>[0-9]{1,4})(?![\d/-])",
         _day_in_figures),
        (rf"(?P<m>{months})\.?{of}(?P<y>[0-9]{{4}})(?!\d)",
         lambda m: _Part("P", (f"{m['y']}-{month_numbers()[m['m']]:02}",))),
        (r"(?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})(?![\d/-])", _month_in_figures),
        (r"(?P<y>[0-9]{4})[/.-](?P<m>[0-9]{1,2})(?![\d/-])", _month_in_figures),
        (rf"(?P<d>[0-9]{{1,2}})(?:o|er|st|nd|rd|th)? (?:de |of )?(?P<m>{months})\b", _day_of_year),
        (rf"(?P<m>{months}) (?P<d>[0-9]{{1,2}})\b", _day_of_year),
        (rf"(?P<o>{ordinals}) (?P<p>{units}|{_phrases('dates.half')}){of}(?P<y>[0-9]{{4}})(?!\d)",
         _part_of_year),
        (r"(?P<p>[qhts])(?P<n>[1-4])[ ,/-]*(?:(?:of|del?) )?(?P<y>[0-9]{4})(?!\d)", _part_by_sign),
        (r"(?P<y>[0-9]{4})[ ,/-]*(?P<p>[qhts])(?P<n>[1-4])\b", _part_by_sign),
        (r"(?P<n>[1-4])[.oº°]?(?P<p>[qhts])[ ,/-]+(?P<y>[0-9]{4})(?!\d)", _part_by_sign),
        (rf"(?P<n>{numbers}|[1-9][0-9]{{0,4}})(?: \([^)]{{1,40}}\))?(?= (?:{units})\b)", _number),
        (r"(?P<a>[0-9]{4})(?P<b>[0-9]{2})(?P<c>[0-9]{2})(?!\d)", _day_without_hyphens),
        (r"(?:(?:ano|year) )?(?P<y>[0-9]{4})(?![\d/.-])", lambda m: _Part("P", (m["y"],))),
        (rf"{_phrases('dates.at_least')}\b", lambda _match: _Part("")),
        *_words_of_times(),
        (rf"(?:{units})\b", lambda m: _Part("U", (_units()[m[0]],))),
        (rf"[\s,.;:()]+|{_phrases('dates.opening')}\b|{_phrases('dates.fillers')}\b",
         lambda _match: _Part("")),
    ]  # fmt: skip
    return [(phrase_regex(pattern), read) for pattern, read in patterns]


def _words_of_times() -> Iterator[tuple[str, _Reader]]:
    """Yield the patterns of the words that have one meaning: *every*, *before*, `asap`."""
    for table in ("dates.recurring", "dates.recurring_papers"):
        for form in dict.fromkeys(
            form for one in lexicons_with(table) for form in one.mapping(table)
        ):
            yield rf"{_phrases(f'{table}.{form}')}\b", _constant("R", form)
    for form in ("asap", "ongoing"):
        yield rf"(?:{form}|{_phrases(f'dates.cells.{form}')})(?!\w)", _constant("S", form)
    yield rf"{_phrases('dates.as_soon_as_possible')}(?!\w)", _constant("S", "asap")
    standing = _Part("S", ("ongoing",), is_certain=False)
    yield rf"{_phrases('dates.ongoing')}(?!\w)", lambda _match: standing
    for kind, key in _KINDS_OF_WORDS:
        yield rf"{_phrases(key)}(?!\w)", _constant(kind, "")


_KINDS_OF_WORDS = (
    ("e", "dates.each"),
    ("x", "dates.next"),
    ("y", "dates.by"),
    ("E", "dates.end"),
    ("b", "dates.counting_back"),
    ("b", "dates.before"),
    ("w", "dates.within"),
    ("f", "dates.after"),
    ("m", "dates.meetings"),
    ("g", "dates.regularity"),
    ("t", "dates.this_meeting"),
)
"""The kinds of words without a value, with their lists in the lexicon, in the order of trial."""


def _constant(kind: str, value: str) -> _Reader:
    part = _Part(kind, (value,))
    return lambda _match: part


def _phrases(key: str) -> str:
    """Return a regular expression of a list of phrases, for folded texts."""
    return fold_words(all_phrases(key))


def _alternative(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(fold_words(word)) for word in sorted(words, key=len, reverse=True))


@cache
def month_numbers() -> Mapping[str, int]:
    """Return the number of each month by its names, folded, the short ones too."""
    tables = ("dates.other_months", "dates.short_months")
    found = {name: number for table in tables for name, number in number_of_word(table).items()}
    return {fold_words(name): number for name, number in (MONTHS | found).items()}


@cache
def _units() -> Mapping[str, str]:
    """Return each unit of a `due` by its words, folded: `3 months` for *trimestre*."""
    return {fold_words(word): unit for word, unit in key_of_word("dates.units").items()}


# --- what a part stands for ---------------------------------------------------------------------


def _iso(year: int, month: int, day: int) -> str:
    """Return a day as a file writes it, or nothing where the calendar has none."""
    written = f"{year:04}-{month:02}-{day:02}"
    return written if parse_day(written) else ""


def _spoken_day(match: re.Match[str]) -> _Part | None:
    day = _iso(int(match["y"]), month_numbers()[match["m"]], int(match["d"]))
    return _Part("D", (day,)) if day else None


def _day_without_hyphens(match: re.Match[str]) -> _Part | None:
    day = _iso(int(match["a"]), int(match["b"]), int(match["c"]))
    return _Part("D", (day,)) if day else None


_THIS_CENTURY = 2000


def _day_in_figures(match: re.Match[str]) -> _Part | None:
    """Return the readings of `03/04/2026`: the year in front or behind, the day first or not."""
    first, second, third = match["a"], int(match["b"]), match["c"]
    is_certain = len(first) == 4 or len(third) == 4
    if len(first) == 4:
        readings = [_iso(int(first), second, int(third))] if len(third) < 3 else []
    elif len(first) < 3 and (len(third) == 4 or (len(third) == 2 and match["s"] != "-")):
        year = int(third) + (_THIS_CENTURY if len(third) == 2 else 0)
        readings = [_iso(year, second, int(first)), _iso(year, int(first), second)]
    else:
        readings = []
    found = tuple(dict.fromkeys(filter(None, readings)))
    return _Part("D", found, is_certain) if found else None


def _month_in_figures(match: re.Match[str]) -> _Part | None:
    written = f"{match['y']}-{int(match['m']):02}"
    return _Part("P", (written,)) if parse_period(written) else None


def _day_of_year(match: re.Match[str]) -> _Part | None:
    day = _iso(2000, month_numbers()[match["m"]], int(match["d"]))  # a leap year
    return _Part("A", (day[5:],)) if day else None


_LETTERS = {"3 months": "Q", "6 months": "H", "q": "Q", "t": "Q", "h": "H", "s": "H"}
"""How a period writes a part of a year, by the unit or by the sign for it."""


def _part_of_year(match: re.Match[str]) -> _Part | None:
    ordinals = {fold_words(word): n for word, n in number_of_word("dates.ordinals").items()}
    unit = _units().get(match["p"])
    letter = _LETTERS.get(unit or "6 months")
    number = ordinals[match["o"]]
    if letter == "H" and number == 4:  # the last one
        number = 2
    return _Part("P", (f"{match['y']}-{letter}{number}",)) if letter else None


def _part_by_sign(match: re.Match[str]) -> _Part:
    return _Part("P", (f"{match['y']}-{_LETTERS[match['p']]}{match['n']}",))


def _number(match: re.Match[str]) -> _Part:
    numbers = {fold_words(word): n for word, n in number_of_word("dates.numbers").items()}
    written = match["n"]
    return _Part("N", (written if written.isdigit() else str(numbers[written]),))


# --- the forms of a phrase ----------------------------------------------------------------------


class _Reading(NamedTuple):
    """A phrase whose kinds of parts match a form, and the values of the parts in one reading."""

    match: re.Match[str]
    values: Sequence[str]
    own_body: str

    def value(self, kind: str) -> str:
        """Return the value of the first part of a kind, else an empty text."""
        at = self.match.string.find(kind)
        return self.values[at] if at >= 0 else ""

    @property
    def is_before(self) -> bool:
        """Whether the phrase excludes the day or period that it names."""
        return "b" in self.match.string and "E" not in self.match.string

    @property
    def body(self) -> str:
        """The code of the body that is named, else of the meeting's own."""
        return self.value("C") or self.own_body

    def span(self) -> tuple[int, Unit]:
        """Return a number in a unit of `due`: 6 months for two quarters."""
        size, _space, unit = self.value("U").rpartition(" ")
        return int(self.value("N") or 1) * int(size or 1), unit  # type: ignore[return-value] # of lexicon

    def written_span(self) -> str:
        """Return the span as a `due` writes it: `3 months`, `1 day`."""
        count, unit = self.span() if "U" in self.match.string else (1, "days")
        return f"{count} {unit if count > 1 else unit[:-1]}"


def _day_or_period(reading: _Reading) -> str:
    written = reading.value("D") or reading.value("P")
    period = parse_period(written)
    if reading.is_before and period and period[0] > date.min:
        return (period[0] - timedelta(days=1)).isoformat()
    return written


def _counted_from(reading: _Reading) -> str:
    anchor = reading.value("D") or reading.value("I")
    return f"within {reading.written_span()}{f' of {anchor}' if anchor else ''}"


def _before_day(reading: _Reading) -> str:
    day, (count, unit) = parse_day(reading.value("D")), reading.span()
    return str((day and later(day, -count, unit)) or "")


def _before_meeting(reading: _Reading) -> str:
    meeting = reading.value("I") or (reading.body and f"next {reading.body}")
    return f"{reading.written_span()} before {meeting}" if meeting else ""


def _every_year(reading: _Reading) -> str:
    if reading.span() != (1, "years") and reading.value("R") not in ("", "every year"):
        return ""
    day = parse_day(f"2000-{reading.value('A')}")
    if day and reading.is_before:
        day -= timedelta(days=1)
    return f"every year on {day.isoformat()[5:]}" if day else ""


_FORMS: Sequence[tuple[str, Callable[[_Reading], str]]] = [
    (r"[ybw]*E?[DP]", _day_or_period),
    (r"S", lambda reading: reading.value("S")),
    (r"R", lambda reading: reading.value("R")),
    (r"e[yb]?E?A|(eU|R)[yb]?A|[yb]?AeU|[yb]?AR", _every_year),
    (r"[ybw]*NU[gf]?[mt]*|[ybw]*NUf?[DI]", _counted_from),
    (r"NUbD|bNUD", _before_day),
    (r"y?NUbg?xg?m?[gR]?C?|y?bNUxg?m?[gR]?C?|y?NUbm?I|bxg?m?[gR]?C?", _before_meeting),
    (r"xg?m?[gR]?C|xC[gR]?m|xg?m[gR]?", lambda r: r.body and f"next {r.body}"),
    (r"eNU|eU", lambda r: f"every {r.written_span().removeprefix('1 ')}"),
    (r"eg?m?[gR]?C|eCm|eg?m[gR]?", lambda r: r.body and f"every {r.body}"),
]
"""The forms of phrases, as patterns of the kinds of their parts, each with what writes it."""
