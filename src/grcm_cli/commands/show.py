"""`grcm show REF`: show a conclusion, one of its mandates, or a whole meeting, in full."""

from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.lookups import find_reference
from grcm_cli.cli.session import Session, write, write_line
from grcm_cli.domain.findings import by_file
from grcm_cli.domain.query import Query
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.text import _
from grcm_cli.views.conclusion import ConclusionView, Links, document, text


def show(
    ctx: typer.Context,
    reference: options.ReferenceArgument,
    format_name: Annotated[
        str, options.choice_option("--format", ("text", "json"), _("How it is written."))
    ] = "text",
) -> int:
    """Print a conclusion, or all of a meeting, with the state of each mandate."""
    session = Session.of(ctx)
    record = session.open_list()
    target = find_reference(record.register, reference)
    register = record.read_in_full([record.register.calendar.by_id[target.meeting].at.path])
    meeting = register.calendar.by_id[target.meeting]
    conclusion = register.conclusion(target)
    shown = [conclusion] if conclusion else list(meeting.conclusions or ())
    tasks = record.tasks(Query(meeting=meeting.id, closed=True))
    links = Links(register, session.as_of)
    context = ConclusionView(tasks, session.language, links, target.ordinal)
    if format_name == "json":
        from grcm_cli.formats import as_json  # 2 ms, only for this format

        content = document(context, meeting, shown)
        answer = as_json.document(session.as_of, session.language, record.problems, content)
        write(as_json.dumps(answer))
    else:
        write(text(context, meeting, shown, session.page.width, whole=conclusion is None))
        if record.problems:
            write_line("\n{note}", note=incomplete_note(by_file(record.problems)))
    return record.finish((), wanted=False)
