"""`grcm overdue`: list late tasks, longest first."""

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import select
from grcm_cli.domain.task import Task
from grcm_cli.formats import DRAWN
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views.tasks import Tables, duties, listing, task_fields


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
    record = session.open_list()
    query = options.build_query(record, party, body, meeting, late=True, unreported=unreported)
    everything = record.tasks(query.without_days if format_name in DRAWN else query)
    found = select(everything, query)

    def table() -> TextTable:
        tables = Tables(everything, session.language, each=each or format_name == "md")
        return tables.late(_("Late as of {day}").format(day=session.as_of), found, [_tally(found)])

    fields = task_fields(record.register.directory, session.language)
    sentence = _("Nothing is late as of {day}.")
    if unreported:
        sentence = _("Nothing without a report is late as of {day}.")
    nothing = record.nothing(sentence.format(day=session.as_of))
    session.show(
        listing(found, session.as_of, fields, table),
        format_name,
        nothing,
        record.problems,
    )
    return record.finish(found, wanted=exit_code)


def _tally(found: list[Task]) -> str:
    count = duties(found)
    of_duties = ngettext("{count} duty", "{count} duties", count).format(count=count)
    late = sum(task.is_late for task in found)
    of_tasks = ngettext("{count} task late.", "{count} tasks late.", late).format(count=late)
    unclear = len(found) - late
    doubt = _("Marked `?`, perhaps late: {count}.").format(count=unclear)
    return f"{of_duties}, {of_tasks} {doubt}" if unclear else f"{of_duties}, {of_tasks}"
