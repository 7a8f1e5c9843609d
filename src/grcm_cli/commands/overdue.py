"""`grcm overdue`: what is late, longest first."""

import typer

from grcm_cli.commands import arguments as given
from grcm_cli.commands.desk import Desk
from grcm_cli.exporter import Table
from grcm_cli.queries import Query, select
from grcm_cli.task import Task
from grcm_cli.text import _, ngettext
from grcm_cli.views.tasks import Tables, duties, listed

HELP = _("List what is late, longest first.\n\nThe day of a deadline itself is not late.")


def overdue(
    ctx: typer.Context,
    party: given.PartyOption = None,
    body: given.BodyOption = None,
    meeting: given.MeetingOption = None,
    each: given.EachOption = False,
    format_name: given.FormatOption = "table",
    exit_code: given.ExitCodeOption = False,
) -> int:
    """Answer, and return the exit code."""
    desk = Desk.of(ctx)
    record = desk.open_list()
    query = Query(
        party=given.party_code(record.register, party),
        body=given.body_code(record.register, body),
        meeting=given.meeting_id(record.register, meeting),
        late=True,
    )
    found = record.records(query, desk.language)

    def table() -> Table:
        everything = record.tasks(query)
        late = select(everything, query)
        tables = Tables(everything, desk.language, each=each or format_name == "md")
        return tables.late(_("Late as of {day}").format(day=desk.as_of), late, [_tally(late)])

    desk.show(
        listed(found, desk.as_of, table),
        format_name,
        _("Nothing is late as of {day}.").format(day=desk.as_of),
    )
    return record.finish(found, wanted=exit_code)


def _tally(found: list[Task]) -> str:
    count = duties(found)
    said = ngettext("{count} duty", "{count} duties", count).format(count=count)
    number = sum(task.is_late for task in found)
    late = ngettext("{count} task late.", "{count} tasks late.", number).format(count=number)
    unclear = len(found) - number
    doubt = _("Marked `?`, perhaps late: {count}.").format(count=unclear)
    return f"{said}, {late} {doubt}" if unclear else f"{said}, {late}"
