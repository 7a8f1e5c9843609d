"""Duties that come back: each time has its own deadline, and no list is flooded with them."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.domain.due import Due, Series
from grcm_cli.domain.due_forms import EverySpan, EveryYear, parse_due
from grcm_cli.domain.model import Location, Meeting, PlacedWord
from grcm_cli.domain.register import Calendar
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks

from ..conftest import Folder, table


def series(due: str, ended: str = "2002-10-31", until: str | None = None) -> Series:
    """Return the occurrences of a duty that a meeting laid down."""
    form = parse_due(due)
    assert form is not None
    at = Location("f", 1, 1)
    day = date.fromisoformat(ended)
    meeting = Meeting("WG-1", PlacedWord("WG", at), day, day, at, at)
    found = form.series(meeting, Calendar([]), date.fromisoformat(until) if until else None)
    assert found is not None
    return found


def days(found: Series, count: int) -> list[str]:
    """Return the first days on which it is due."""
    named = (found.nth(place) for place in range(1, count + 1))
    return [occurrence.name for occurrence in named if occurrence]


@pytest.mark.parametrize(
    ("due", "ended", "expected"),
    table("""
# a day of a year
every year on 05-31 | 2002-10-31 | 2003-05-31 2004-05-31
# this year still
every year on 12-01 | 2002-10-31 | 2002-12-01 2003-12-01
# not on the day it was adopted
every year on 10-31 | 2002-10-31 | 2003-10-31
# the 29th of February is the 28th in other years
every year on 02-29 | 2002-10-31 | 2003-02-28 2004-02-29 2005-02-28
# never chained: the 31st comes back after a short month
every 1 month | 2003-01-31 | 2003-02-28 2003-03-31 2003-04-30 2003-05-31
# 1
every month | 2003-11-30 | 2003-12-30 2004-01-30 2004-02-29
# the first is the day that is named
every 3 months from 2003-01-31 | 2002-10-31 | 2003-01-31 2003-04-30 2003-07-31
# half years
every 6 months | 2002-08-31 | 2003-02-28 2003-08-31
# weeks
every 2 weeks | 2002-12-24 | 2003-01-07 2003-01-21
# days
every 90 days | 2003-12-01 | 2004-02-29 2004-05-29
# from a leap day
every 4 years | 2004-02-29 | 2008-02-29 2012-02-29
# yearly from one
every year | 2004-02-29 | 2005-02-28 2006-02-28
"""),
)
def test_the_days(due: str, ended: str, expected: str) -> None:
    assert days(series(due, ended), len(expected.split())) == expected.split()


def test_until_is_the_last_day() -> None:
    assert days(series("every year on 05-31", until="2004-05-31"), 9) == [
        "2003-05-31",
        "2004-05-31",
    ]
    assert days(series("every year on 05-31", until="2004-05-30"), 9) == ["2003-05-31"]


def test_the_calendar_s_end_ends_it() -> None:
    found = series("every 9 years", "9980-01-01")
    assert days(found, 9) == ["9989-01-01", "9998-01-01"]
    assert found.before(date.max) == 2
    assert series("every year on 05-31", "9999-01-01").before(date.max) == 1


@given(
    due=st.one_of(
        st.builds("every {} {}".format, st.integers(1, 50), st.sampled_from(
            ["days", "weeks", "months", "years"])),
        st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda d: f"every year on {d:%m-%d}"),
    ),
    ended=st.dates(date(1950, 1, 1), date(2000, 12, 31)),
    later=st.integers(-400, 5_000),
    until=st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2020, 12, 31))),
)  # fmt: skip
def test_counting_is_what_counting_one_by_one_gives(
    due: str, ended: date, later: int, until: date | None
) -> None:
    """`before` reckons by division; dateutil, one by one from the beginning, is the witness."""
    found = series(due, ended.isoformat(), until.isoformat() if until else None)
    day = ended + timedelta(days=later)
    place = 1
    form = parse_due(due)
    while (witness := _witness(form, ended, place)) < day and (not until or witness <= until):
        place += 1
    assert found.before(day) == place - 1
    occurrence = found.nth(place)
    if until and witness > until:
        assert occurrence is None
    else:
        assert occurrence is not None
        assert occurrence.deadline == witness
        assert found.named(witness.isoformat()) == place


def _witness(due: Due | None, ended: date, place: int) -> date:
    if isinstance(due, EverySpan):
        amount = place * due.amount
        return ended + relativedelta(**{due.unit: amount})  # type: ignore[arg-type] # names
    assert isinstance(due, EveryYear)
    month, day_of_month = due.day_of_year.month, due.day_of_year.day
    day = ended + relativedelta(month=month, day=day_of_month)
    first = 0 if day > ended else 1
    return ended + relativedelta(years=place - 1 + first, month=month, day=day_of_month)


# --- as tasks ---------------------------------------------------------------------------------


def on(folder: Folder, day: str) -> list[Task]:
    return tasks(folder.register(), date.fromisoformat(day))


def rows(found: list[Task]) -> list[tuple[str, str, str, int]]:
    """Return who, when, in which state, and how many later ones were missed."""
    return [("+".join(t.parties), str(t.deadline), t.state, t.missed.number) for t in found]


def test_what_ends_between_two_meetings_is_not_over_before_that(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every CO, until: 2003")
    for year in (2002, 2004):
        folder.meeting("", id=f"CO-{year}", body="CO", start=f"{year}-11-05", end=f"{year}-11-05")
    register = folder.register()
    meeting, _conclusion, mandate = next(row for row in register.all_mandates)
    found = mandate.series(meeting, register.calendar)
    assert found is not None
    assert [found.nth(number) is None for number in (1, 2)] == [False, True]
    assert [found.is_over(date(year, 12, 31)) for year in (2002, 2003, 2004)] == [
        False,
        False,
        True,
    ]
    assert rows(on(folder, "2003-12-31")) == [("AAA", "2002-11-05", "overdue", 0)]


def test_two_meetings_of_one_day_are_two_times(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every CO")
    for name in ("CO-2003-A", "CO-2003-B"):
        folder.write(f"meetings/{name}.yaml", f"id: {name}\nbody: CO\nstart: 2003-05-05\n")
    register = folder.load().register
    assert register is not None
    meeting, _conclusion, mandate = next(row for row in register.all_mandates)
    found = mandate.series(meeting, register.calendar)
    assert found is not None
    assert [found.named(name) for name in ("CO-2003-A", "CO-2003-B", "CO-2003-C")] == [1, 2, None]
