"""`grcm due`: list open tasks, earliest deadline first."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.loaded_record import LoadedRecord
from grcm_cli.cli.lookups import build_query
from grcm_cli.cli.session import ListWords, RecordList, Session
from grcm_cli.domain.query import Query, select, undated
from grcm_cli.formats import DRAWN
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views.tasks import Tables, TaskRecords, by_deadline, duties, listing


def due(
    ctx: typer.Context,
    before: options.BeforeOption = None,
    after: options.AfterOption = None,
    within: options.WithinOption = None,
    party: options.PartyOption = None,
    body: options.BodyOption = None,
    meeting: options.MeetingOption = None,
    unassigned: options.UnassignedOption = False,
    unreported: options.UnreportedOption = False,
    closed: options.AllOption = False,
    each: options.EachOption = False,
    format_name: options.FormatOption = "table",
    exit_code: options.ExitCodeOption = False,
) -> int:
    """Print the tasks that match, earliest deadline first."""
    session = Session.of(ctx)
    records = session.open_each()

    def of_record(record: LoadedRecord, query: Query) -> RecordList[_DueTally]:
        everything = record.tasks(query.without_days if format_name in DRAWN else query)
        found = select(everything, query)

        def table() -> TextTable:
            tables = Tables(everything, session.language, each=each or format_name == "md")
            return tables.due(_title(query, session.as_of), found, ())

        def tally() -> _DueTally:
            without_day = undated(record.tasks(query.without_days), query)
            return _DueTally(duties(found), len(found), duties(without_day))

        made = TaskRecords(record.register.directory, session.language, record.process)
        return RecordList(record, listing(found, session.as_of, made, table), tally)

    asked = session.ask(
        records,
        lambda record: build_query(
            record.register, record.as_of, party, body, meeting, before, after, within,
            unassigned=unassigned, closed=closed, unreported=unreported,
        )
    )  # fmt: skip
    nothing = _("Nothing without a report is due.") if unreported else _("Nothing is due.")
    words = ListWords(_notes, lambda tallies: [nothing, *_hidden(tallies)], by_deadline)
    lists = [of_record(*one) for one in asked]
    return session.answer(records, lists, words, format_name, wanted=exit_code)


class _DueTally(NamedTuple):
    """What a list of one record has, and what options about days leave out of it."""

    duties: int
    tasks: int
    without_day: int


def _title(query: Query, as_of: date) -> str:
    title = _("To be done · as of {day}")
    if query.before and query.after:
        title = _("Due from {first} to {last}, both days included, and what is late · as of {day}")
    elif query.before:
        title = _("Due by {last}, that day included · as of {day}")
    elif query.after:
        title = _("Due from {first} on, that day included, and what is late · as of {day}")
    title = title.format(first=query.after, last=query.before, day=as_of)
    if query.unreported:
        title = _("{title} · only what nobody has reported on").format(title=title)
    return title


def _notes(tallies: Sequence[_DueTally]) -> list[str]:
    count, found, _without_day = (sum(counts) for counts in zip(*tallies, strict=True))
    of_duties = ngettext("{count} duty", "{count} duties", count).format(count=count)
    of_tasks = ngettext("{count} task.", "{count} tasks.", found).format(count=found)
    return [f"{of_duties}, {of_tasks}", *_hidden(tallies)]


def _hidden(tallies: Sequence[_DueTally]) -> list[str]:
    """Return the note on tasks without a day, which options about days leave out; or nothing."""
    count = sum(one.without_day for one in tallies)
    if not count:
        return []
    note = ngettext(
        "{count} duty without a day isn't shown: grcm due",
        "{count} duties without a day aren't shown: grcm due",
        count,
    )
    return [note.format(count=count)]
