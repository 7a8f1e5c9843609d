"""What the cells of a table say: days as people write them, and how something stands."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

from grcm_cli.domain.periods import Days
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import phrase_regex
from grcm_cli.language.text import _, clean, collapse
from grcm_cli.sheets.headings import PERCENT, state_named
from grcm_cli.times import patterns
from grcm_cli.times.patterns import Order

DAY_FORM = "2026-03-15"  # the example of a day in messages about a sheet
WrittenDay = Mapping[Order, date | None]
"""What a text writes, by the orders of day and month that it may have: None for no calendar day."""
_MIDNIGHT = re.compile(r"[Tt ]00:00(:00)?$")
_DAY = patterns.time_regex("<DAY>", re.IGNORECASE)
_NAMES = "|".join(map(re.escape, patterns.MONTHS))
_ALL = "|".join(map(re.escape, patterns.MONTHS | patterns.SHORT_MONTHS))
_TIME = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}[/.][0-9]{1,2}(?![0-9]))"
    rf"|[0-9][ ./-](?:{_ALL})\b|\b(?:{_ALL})[ ./-][0-9]|\b(?:{_NAMES})\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}))?)?\s*(?:-|–|\ba\b|\bal\b|\by\b|\bto\b)\s*"
    r"([0-9]{1,2})([/.-])([0-9]{1,2})\5([0-9]{4})(?![0-9])"
)
_PARTLY = phrase_regex(
    r"(?<!\w)(?:<sheet.hedges.partly>|(?P<denied><sheet.hedges.none>\s(?:\w+\s)?)?"
    r"<sheet.hedges.missing>(?!\s<sheet.hedges.none>\b))(?!\w)|(?<![0-9])[0-9]{1,2}\s?%"
)
"""Behind *done*: it is not, as a whole."""
_TAKES_BACK = phrase_regex(
    r"\s*[,.;:–-]+\s*<sheet.hedges.not>\b"
    rf"|\s+(?!(?:<sheet.hedges.how>|{_ALL})(?!\w))[^\W\d_]"
)
"""Behind *done*: it is denied, or only a part is: *done: no*, *hecho el borrador*."""
_BEFORE_DAY = re.compile(r"\(?(?:(?:el|on|le|em)\s+)?", re.IGNORECASE)
_PARTS = frozenset({"not-started", "started"})
_SHARES: Mapping[str, Set[str]] = {
    "": _PARTS | {"done"},
    **{state: {state} for state in ("done", "not-started")},
}
"""The states of percentages that may stand beside a state in words; beside a refusal, `_PARTS`."""
_LONGEST_STATE = 60
_SHORTEST_STATE = 3  # letters: a shorter word may begin a sentence, as `no` and `sí` do


def days_in(text: str, last: date = date.max) -> Iterator[WrittenDay]:
    """Yield the days that a text names with their years, in orders that give none after `last`."""
    for by_order in filter(None, map(patterns.days_by_order, _DAY.finditer(collapse(text)))):
        yield {order: day for order, day in by_order.items() if (day or last) <= last} or by_order


def names_a_time(text: str) -> bool:
    """Tell whether a text has a year, or figures or a month that may be of a day."""
    return _TIME.search(text) is not None


def written_day(text: str) -> WrittenDay:
    """Return the day that a text writes and nothing else; empty for anything else."""
    match = _DAY.fullmatch(_MIDNIGHT.sub("", collapse(text)))
    return patterns.days_by_order(match) if match else {}


def day_of(cell: str | date | None, order: Order) -> date | None:
    """Return the day of a cell; of a text the one that it writes, its numbers in an order."""
    return written_day(cell).get(order) if isinstance(cell, str) else cell


def no_day(cell: str) -> str:
    """Return what is wrong in a cell that has no day in the order of the other rows."""
    why = _("'{text}' is not a calendar date; write it as {form}")
    swapped = next(iter(written_day(cell).values()), None)
    if swapped is not None:
        why = _("'{text}' has day and month in a different order from the other rows; write {form}")
    return why.format(text=clean(cell), form=swapped or _("YYYY-MM-DD"))


def read_days(cell: str | date, order: Order) -> Days | None:
    """Return the days that a cell or the name of a meeting has, in figures or words."""
    if isinstance(cell, date):
        return Days(cell, cell)
    text = " ".join(cell.split())
    if day := day_of(text, order):
        return Days(day, day)
    if match := _SEVERAL.search(text):
        first_day, month, year, last_day, _sign, last_month, last_year = match.groups()
        first = day_of(f"{first_day}/{month or last_month}/{year or last_year}", order)
        last = day_of(f"{last_day}/{last_month}/{last_year}", order)
        if first and last and first <= last:
            return Days(first, last)
    if spans := spans_in(text):
        return Days(*spans[0][:2])
    day = next(filter(None, (by_order.get(order) for by_order in days_in(text))), None)
    return Days(day, day) if day else None


def read_other_day(text: str, order: Order) -> date | None:
    """Return the day of a text that has none in an order, in the other one: 12/31/2026."""
    return day_of(text, "month-first" if order == "day-first" else "day-first")


def read_state(cell: str, order: Order) -> tuple[str, str, date | None]:
    """Return the state that a cell says, or begins with: *Cumplido (nota 12)*; empty for none.

    It is `unknown` where there is nothing to report. With it come the other words of the cell and
    the day, if there are any.
    """
    text = " ".join(cell.split()).rstrip(".")
    if whole := state_named(text):
        return whole, text if whole == "started" and "%" in text else "", None
    if "?" in text:
        return "", "", None
    # From the longest beginning to the shortest.
    for match in reversed(list(re.finditer(r"(?<=[\w%])(?=[\s,.;:(–-])", text[:_LONGEST_STATE]))):
        head, tail = text[: match.end()].strip(" ,.;:-–("), text[match.end() :]
        state = state_named(head) if head else None
        if state and state != "withdrawn" and len(head) > _SHORTEST_STATE:
            several = len({by_order.get(order) for by_order in days_in(tail)}) > 1
            days = None if several else read_days(tail, order)
            day = days.last if days else None
            hedges = [match["denied"] for match in _PARTLY.finditer(tail)]
            if state == "done" and not all(hedges):
                return "started", text, day
            remark = tail.strip(" ,.;:-–")
            dated = _BEFORE_DAY.sub("", remark, 1)
            takes_back = not (hedges or _DAY.match(dated)) and _TAKES_BACK.match(tail)
            if state == "done" and takes_back:
                return "", "", None
            return state, "" if day_of(dated.strip("()"), order) else remark, day
    return "", "", None


def one_state(cells: Sequence[str]) -> str | None:
    """Return what several cells say of one state, in one text; None where they contradict.

    Words count before a percentage, unless they report nothing: *Pending*, 80%.
    """
    said = [cell for cell in cells if state_named(cell) != "unknown"] or cells[:1]
    shares = {cell: state_named(cell) for cell in said if PERCENT.fullmatch(cell.strip())}
    words = [cell for cell in said if cell not in shares]
    states = {read_state(cell, "day-first")[0] for cell in words}
    if "" not in states:  # else the text is no state in any case
        allowed = _SHARES.get(next(iter(states), ""), _PARTS)
        if len(states) > 1 or not {*shares.values()} <= allowed:
            return None
    longer = [cell for cell in words if state_named(cell) is None]  # with a day or a remark
    part = [cell for cell, state in shares.items() if state == "started"]
    return " ".join([*([" · ".join(longer)] if longer else words[:1]), *part]) or said[0]


def read_report(cells: Mapping[str, str | date], order: Order) -> tuple[str, str, dict[str, date]]:
    """Return the state of a row, the other words of its cell, and its days.

    The days are by their columns, first the one that counts: it stands with the state, or in the
    column of completion where it is done. That of a report or an update counts after them.
    """
    is_clear = "progress2" not in cells  # which would contradict it
    state, remark, written = read_state(str(cells.get("progress", "")) if is_clear else "", order)
    names = ("done", "on", "reported") if state == "done" else ("on", "reported", "done")
    days = {name: span.last for name in names if (span := read_days(cells.get(name, ""), order))}
    of_state = {"progress": written} if written else {}
    # Among words on what has only begun, the day may be one to come.
    return state, remark, days | of_state if state == "started" and remark else of_state | days


def differing_day(state: str, days: Mapping[str, date]) -> str:
    """Return the column of a day that contradicts the one that counts for a state; else nothing.

    That is another than stands with the state, or a completion after the last report of what is
    not done.
    """
    first, counted = next(iter(days.items()), ("", date.max))
    done, other = days.get("done", counted), days.get("on", counted)
    is_beside_state = first == "progress"
    differs = is_beside_state and done != counted if state == "done" else done > counted
    if differs:
        return "done"
    return "on" if is_beside_state and other != counted else ""
