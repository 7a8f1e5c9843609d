"""What the cells of a tracker, or of a table of reports, mean: days, and how something stands."""

import re
from datetime import date

from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import phrase_regex
from grcm_cli.lookups.names import Days
from grcm_cli.sheets.days import day_of, days_in
from grcm_cli.sheets.headings import state_named
from grcm_cli.times.patterns import Order

_SEVERAL = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}))?)?\s*(?:-|–|\ba\b|\bal\b|\by\b|\bto\b)\s*"
    r"([0-9]{1,2})([/.-])([0-9]{1,2})\5([0-9]{4})(?![0-9])"
)
_PARTLY = phrase_regex(
    r"(?<!\w)(?:<sheet.hedges.partly>|(?P<denied><sheet.hedges.none>\s(?:\w+\s)?)?"
    r"<sheet.hedges.missing>(?!\s<sheet.hedges.none>\b))(?!\w)|(?<![0-9])[0-9]{1,2}\s?%"
)
"""Behind *done*: it is not, as a whole."""
_BEFORE_DAY = re.compile(r"\(?(?:(?:el|on|le|em)\s+)?", re.IGNORECASE)
_LONGEST_STATE = 60
_SHORTEST_STATE = 3  # letters: a shorter word may begin a sentence, as `no` and `sí` do


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
        return Days(spans[0].first, spans[0].last)
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
        head, rest = text[: match.end()].strip(" ,.;:-–("), text[match.end() :]
        state = state_named(head) if head else None
        if state and state != "withdrawn" and len(head) > _SHORTEST_STATE:
            several = len({by_order.get(order) for by_order in days_in(rest)}) > 1
            days = None if several else read_days(rest, order)
            day = days.last if days else None
            if state == "done" and not all(match["denied"] for match in _PARTLY.finditer(rest)):
                return "started", text, day
            remark = rest.strip(" ,.;:-–")
            is_day = day_of(_BEFORE_DAY.sub("", remark, 1).strip("()"), order)
            return state, "" if is_day else remark, day
    return "", "", None
