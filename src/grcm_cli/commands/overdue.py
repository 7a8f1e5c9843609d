"""`grcm overdue`: list late tasks, longest first."""

from collections.abc import Sequence
from typing import NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.loaded_record import LoadedRecord
from grcm_cli.cli.lookups import build_query
from grcm_cli.cli.session import ListWords, RecordList, Session
from grcm_cli.domain.query import Query, select
from grcm_cli.formats import DRAWN
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views.tasks import Tables, TaskRecords, by_deadline, duties, listing


def overdue(
    ctx: typer.Context,
    party: options.PartyOption = None,
    body: options.BodyOption = None,
    meeting: options.MeetingOption = None,
    unreported: options.UnreportedOption = False,
    each: options.EachOption = False,
    format_name: options.FormatOption = "table",
    exit_code: options.ExitCodeOption = False,
) -> int:
    """Print the tasks that are late, longest first."""
    session = Session.of(ctx)
    records = session.open_each()

    def of_record(record: LoadedRecord, query: Query) -> RecordList[_LateTally]:
        everything = record.tasks(query.without_days if format_name in DRAWN else query)
        found = select(everything, query)

        def table() -> TextTable:
            tables = Tables(everything, session.language, each=each or format_name == "md")
            return tables.late(_("Late as of {day}").format(day=session.as_of), found, ())

        def tally() -> _LateTally:
            late = sum(task.is_late for task in found)
            return _LateTally(duties(found), late, len(found) - late)

        made = TaskRecords(record.register.directory, session.language, record.process)
        return RecordList(record, listing(found, session.as_of, made, table), tally)

    asked = session.ask(
        records,
        lambda record: build_query(
            record.register, record.as_of, party, body, meeting, late=True, unreported=unreported
        ),
    )
    nothing = _("Nothing is late as of {day}.")
    if unreported:
        nothing = _("Nothing without a report is late as of {day}.")
    nothing = nothing.format(day=session.as_of)
    words = ListWords(_notes, lambda _tallies: [nothing], by_deadline)
    lists = [of_record(*one) for one in asked]
    return session.answer(records, lists, words, format_name, wanted=exit_code)


class _LateTally(NamedTuple):
    """What a list of one record has."""

    duties: int
    late: int
    unclear: int


def _notes(tallies: Sequence[_LateTally]) -> list[str]:
    count, late, unclear = (sum(counts) for counts in zip(*tallies, strict=True))
    of_duties = ngettext("{count} duty", "{count} duties", count).format(count=count)
    of_tasks = ngettext("{count} task late.", "{count} tasks late.", late).format(count=late)
    doubt = _("Marked `?`, perhaps late: {count}.").format(count=unclear)
    return [f"{of_duties}, {of_tasks} {doubt}" if unclear else f"{of_duties}, {of_tasks}"]
