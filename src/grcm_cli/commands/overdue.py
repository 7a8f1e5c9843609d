"""`grcm overdue`: what is late, longest first."""

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
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
    session = Session.of(ctx)
    record = session.open_list()
    query = Query(
        party=given.party_code(record.register, party),
        body=given.body_code(record.register, body),
        meeting=given.meeting_id(record.register, meeting),
        late=True,
    )
    found = record.records(query, session.language)

    def table() -> TextTable:
        everything = record.tasks(query)
        late = select(everything, query)
        tables = Tables(everything, session.language, each=each or format_name == "md")
        return tables.late(_("Late as of {day}").format(day=session.as_of), late, [_tally(late)])

    session.show(
        listed(found, session.as_of, table),
        format_name,
        _("Nothing is late as of {day}.").format(day=session.as_of),
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
