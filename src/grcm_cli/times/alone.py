"""A time that stands alone, in a cell or where a file has a `due`: what its words mean."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.language.lexicon import all_entries, all_phrases, lexicons_with
from grcm_cli.language.text import fold
from grcm_cli.times.finders import times_in
from grcm_cli.times.patterns import ORDERS, Bodies, Order, TimeContext, time_regex

_LONGEST = 120  # characters: more than any phrase for a deadline has
CELL_OPENINGS = ("", *(f"{words} " for words in all_entries("dates.cell_openings")))
"""What is put before a cell so that a time alone is read: `15 May` as `by 15 May`."""
_CELLS = [
    (time_regex(all_phrases(f"{table}.{due}")), due)
    for table in ("dates.cells", "dates.recurring_papers")
    for due in dict.fromkeys(due for each in lexicons_with(table) for due in each.values[table])
]
_FILLERS = time_regex(
    r"(?:[\s,.;:()]|<dates.fillers|dates.regularity|dates.at_meeting|dates.by_meeting>(?!\w))*"
)
_AT_MEETING = time_regex(r"\s*(?!<dates.by_meeting>(?!\w))<dates.at_meeting>(?!\w)")
_AMBIGUOUS = time_regex("<dates.ambiguous>")
_JOINED = time_regex(r"\b(?:y|e|and|&)\b")
_BETWEEN = time_regex(r"(?<!\w)<dates.between>(?!\w)")
_WEEKDAYS = [each.values["dates.weekdays"].split() for each in lexicons_with("dates.weekdays")]
_COMPACT = re.compile(r"\b([0-9]{4})([0-9]{2})([0-9]{2})\b")
_MONTH_OF_YEAR = re.compile(r"\s*([^\W\d_]{3,}\.?)\s?[-/’']\s?([0-9]{2})\s*")
"""`ene-26`, as a workbook shows a month, whose year has two figures."""
_IN_FULL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_IN_FIGURES = re.compile("[0-9][./-][0-9]")
_DAYS = (date(1800, 1, 1), date(1801, 8, 15))
"""Days on which a meeting may have ended: what they make different is inferred from them."""


class Meaning(NamedTuple):
    """What a text means, as a file writes it."""

    forms: Sequence[str] = ()  # one for each reading; none where the text is not understood
    is_certain: bool = False  # there is one reading, and nothing in it is guessed


def due_of_cell(cell: str) -> str:
    """Return the `due` that a word alone means in a table: `ASAP`, `Quarterly`; or nothing."""
    return next((due for pattern, due in _CELLS if pattern.fullmatch(cell.strip().lower())), "")


@lru_cache(1024)
def due_meaning(text: str, body: str = "") -> Meaning:
    """Return what a text means as a `due`. `body` is the one whose next meeting is meant."""
    if len(text) > _LONGEST:
        return Meaning()
    month = _MONTH_OF_YEAR.fullmatch(text)
    text = f"{month[1]} 20{month[2]}" if month else _COMPACT.sub(r"\1-\2-\3", text)
    if due := due_of_cell(text):
        return Meaning((due,), is_certain=not _AMBIGUOUS.search(text.lower()))
    forms: dict[str, bool] = {}
    for order in ORDERS if _IN_FIGURES.search(text) else ORDERS[:1]:
        first = _readings(text, body, order, _DAYS[0])
        second = _readings(text, body, order, _DAYS[1]) if first else {}
        if due := next((due for due in first if due in second), ""):
            forms[due] = first[due]
    return Meaning(tuple(forms), not month and len(forms) == 1 and all(forms.values()))


def _readings(text: str, body: str, order: Order, day: date) -> dict[str, bool]:
    """Return the dues that a whole text means, the surest first, each with whether it is sure."""
    dues: dict[str, bool] = {}
    leading = _FILLERS.match(text.lower())
    plain = text[leading.end() :] if leading else text
    # The codes of bodies, that of its own body in any case.
    code = re.compile(rf"(?<![\w-])(?:[A-Z][A-Z0-9-]{{1,19}}|(?i:{re.escape(body)}))(?![\w-])")
    for opening in CELL_OPENINGS:
        whole = opening + (plain if opening else text)
        codes = [
            (*match.span(), body if match[0].lower() == body.lower() else match[0])
            for match in code.finditer(whole)
            if match[0]
        ]
        bodies = Bodies(whole, codes)
        context = TimeContext(
            *(whole, whole.lower(), 0, len(whole), day, body, bodies, lambda _body, _number: None),
            holds=True,
            order=order,
        )
        for time in times_in(context):
            named = re.search(r"\b[A-Z][A-Z0-9-]+$", time.due)
            left = f"{whole[len(opening) : time.start]} {whole[time.end :]}"
            left = re.sub(rf"\b{named[0]}\b", "", left, flags=re.IGNORECASE) if named else left
            if not time.several and _FILLERS.fullmatch(left.lower()) and parse_due(time.due):
                # What is put before it makes it due by a meeting that it is to be done at.
                is_at = opening and named and _AT_MEETING.match(text.lower())
                form = f"at {time.due}" if is_at and parse_due(f"at {time.due}") else time.due
                is_sure = time.sure and not contradicts(text.lower(), form)
                dues[form] = dues.get(form, False) or is_sure
        if any(dues.values()):
            break
    return dict(sorted(dues.items(), key=lambda item: not item[1]))


def contradicts(text: str, due: str) -> bool:
    """Tell whether words have two days, and not a time between, or another day of the week."""
    first, _sign, last = due.partition("/")
    if _IN_FULL.fullmatch(first) and last:
        return _JOINED.search(text) is not None and not _BETWEEN.search(text)
    words = set(map(fold, re.findall(r"\w+", text)))
    named = {day for days in _WEEKDAYS for day, name in enumerate(days) if fold(name) in words}
    is_day = _IN_FULL.fullmatch(due) is not None
    return bool(named) and is_day and date.fromisoformat(due).weekday() not in named
