"""`grcm agenda BODY`: write the pack of a body's next meeting."""

from pathlib import Path

import typer

from grcm_cli.cli import options
from grcm_cli.cli.output import file_to_write, write_file
from grcm_cli.cli.session import Session, say, write_bytes, write_line
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _, counted
from grcm_cli.letters.agenda import MeetingPack
from grcm_cli.lookups.names import find_body
from grcm_cli.views.meetings import of_body

FORMATS = {"md": (".md", ".markdown"), "html": (".html", ".htm"), "docx": (".docx",)}
"""Each format with the endings of its files."""


def agenda(
    ctx: typer.Context,
    body: str = options.argument(
        _("BODY"), _("The body that meets: its code, a name or an alias."), "body"
    ),
    format_name: str = options.choice_option(
        "--format", tuple(FORMATS), _("Markdown, a web page, or a Word document."), default="md"
    ),
    output: Path | None = options.value(
        "--output -o",
        _("FILE"),
        _("The file to write, in the format given by its extension; if left out, stdout."),
    ),
    force: bool = options.FORCE,
) -> int:
    """Print or write the pack, and say where the next meeting is not in the record."""
    session = Session.of(ctx)
    path, format_name = file_to_write(ctx, session, format_name, output, FORMATS, ("docx",))
    record = session.open()
    party = find_body(record.register, body)
    owed = tasks(record.register, session.as_of)
    pack = MeetingPack(record.register, owed, party, session.as_of, session.language)
    pack.problems = record.problems
    data = pack.render(format_name)
    if path is None:
        write_bytes(data, is_text=format_name != "docx")
    else:
        shown = write_file(data, path, session, force=force)
        count = len({task.reference for task in pack.shown})
        write_line(counted("{path}: {count} duty", "{path}: {count} duties", count), path=shown)
    if pack.meeting is None:
        message = _("no next meeting {of_body} is in the record; {command} adds it")
        name = of_body(pack.register.directory, session.language)(party.code)
        say(message, of_body=name, command=f"grcm new --body {party.code} --start …")
    return record.finish()
