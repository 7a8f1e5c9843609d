"""A query given to `tasks` leaves out only what the selection leaves out too."""

from datetime import date
from functools import cache, partial
from itertools import product

import pytest
from benchmarks.generate import folder as generated

from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, select, undated
from grcm_cli.domain.tasks import tasks
from grcm_cli.storage.loader import load

from ..conftest import EVERY, Folder, table

DAYS = (date(1996, 3, 1), date(2000, 2, 29), date(2003, 1, 1))
WINDOWS = (
    *(Query(), Query(closed=True), Query(late=True), Query(before=date(2000, 3, 15))),
    Query(after=date(2000, 3, 15), closed=True),
    *(Query(after=date(1996, 1, 1), before=date(2003, 6, 30)), Query(unassigned=True)),
    *(Query(unreported=True), Query(unreported=True, late=True)),
    *(Query(states=("overdue", "done"), closed=True), Query(kind="encouragement")),
)


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Register:
    path = tmp_path_factory.mktemp("ten years")
    generated(path, 30)
    register = load(path, path).register
    assert register is not None
    return register


def queries(register: Register) -> list[Query]:
    """Return the windows for everybody, for two of each kind, for a body and for a meeting."""
    kinds: dict[str, list[str]] = {}
    for party in register.parties:
        kinds.setdefault(party.kind, []).append(party.code)
    codes = [code for of_kind in kinds.values() for code in of_kind[:2]]
    bodies = sorted({meeting.body.text for meeting in register.meetings if meeting.body})
    scopes = [Query(), *(Query(parties=(code,)) for code in codes), Query(parties=(*codes[:2],))]
    scopes += [Query(body=bodies[0]), Query(meeting=register.meetings[7].id, parties=(codes[0],))]
    return [
        window._replace(parties=scope.parties, body=scope.body, meeting=scope.meeting)
        for window, scope in product(WINDOWS, scopes)
    ]


@pytest.mark.parametrize("day", DAYS if EVERY else DAYS[1:2], ids=str)
def test_what_a_query_leaves_out_is_not_selected(ten_years: Register, day: date) -> None:
    asked = cache(partial(tasks, ten_years, day))  # without days many queries are the same
    everything = asked()
    for query in queries(ten_years):
        assert select(asked(query), query) == select(everything, query), query
        assert undated(asked(query), query) == undated(everything, query), query


@pytest.mark.parametrize(
    "mandate",
    [
        "responsible: AAX, due: 2003-01-15",
        "responsible: {each: members, except: [XXX]}, due: 2003-01-15",
        "responsible: AAA, due: next CRM",
        "responsible: AAA, due: soonish",
        "responsible: CH, due: 2003-06-30",
        "responsible: {each: [AAA, CH]}, due: every 2 months, until: 2003-06-30",
        "responsible: BBB, due: 2003-01-15, after: 1",
    ],
)
def test_a_doubtful_mandate_is_not_left_out(folder: Folder, mandate: str) -> None:
    folder.mandate(mandate)
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2002-12-01, progress: started}\n")
    register = folder.load().register
    assert register is not None
    for day in (date(2002, 11, 15), date(2003, 7, 1)):
        everything = tasks(register, day)
        for parties, window in product(((), ("AAA",), ("BBB",), ("CH",), ("AAA", "CH")), WINDOWS):
            query = window._replace(parties=parties)
            assert select(tasks(register, day, query), query) == select(everything, query)


@pytest.mark.parametrize(
    ("mandate", "entries", "unreported"),
    table("""
# each answers for itself
responsible: {each: [AAA, BBB]}, due: 2003-01-15 | AAA 2002-12-01 started | BBB 2003-01-15
# of a duty together one answer is enough
responsible: [AAA, BBB], due: 2003-01-15 | AAA 2002-12-01 declined |
# a report that was withdrawn is none
responsible: AAA, due: 2003-01-15 | AAA 2002-12-01 done, 2002-12-02 withdrawn | AAA 2003-01-15
# a standing duty that is reported on
responsible: AAA, due: ongoing | AAA 2002-12-01 done |
# the holder answers for the office
responsible: CH, due: 2003-06-30 | AAA 2002-12-01 started |
# an occurrence counts by itself
responsible: AAA, due: every year on 05-31 | AAA 2003-05-01 started 2003-05-31 | AAA 2004-05-31
# a later one that is late too, and not listed, has no report
responsible: CH, due: every month | CH 2002-12-01 started 2002-11-30 | CH 2002-11-30, CH 2003-11-30
# nobody can have answered
responsible: [], due: 2003-01-15 |  | 2003-01-15
"""),
)
def test_what_nobody_has_reported_on(
    folder: Folder, mandate: str, entries: str, unreported: str
) -> None:
    folder.mandate(mandate)
    for said in filter(None, entries.split("; ")):
        party, _space, reports = said.partition(" ")
        lines = []
        for report in reports.split(", "):
            day, progress, *occurrence = report.split()
            more = f", for: {occurrence[0]}" if occurrence else ""
            keys = f"mandate: WG-2002-10/1, date: {day}, progress: {progress}{more}"
            lines.append(f"- {{{keys}}}\n")
        folder.progress(party, "".join(lines))
    found = select(tasks(folder.register(), date(2003, 11, 15)), Query(unreported=True))
    told = [f"{'+'.join(task.parties)} {task.deadline}".strip() for task in found]
    assert ", ".join(told) == unreported
