"""`grcm agenda BODY`: the next meeting's pack."""

from pathlib import Path
from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.output import put, wanted_file
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _, ngettext
from grcm_cli.letters.agenda import html, markdown, meeting_pack

HELP = _(
    "Write the next meeting's pack.\n\n"
    "What falls due at it or before, what is carried over, what has no day, who has not reported, "
    "what was settled since the last meeting, and the words of each conclusion. Without a next "
    "meeting in the record, all that is open."
)
FORMATS = ("md", "html")


BodyArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("BODY"),
        help=_("The body that meets: its code, a name or an alias."),
        autocompletion=given.complete("body"),
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        parser=given.choice(*FORMATS),
        help=_("Markdown, or a page that Word and LibreOffice open."),
        autocompletion=lambda: [(name, "") for name in FORMATS],
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("The file to write; else stdout.")),
]


def agenda(
    ctx: typer.Context,
    body: BodyArgument,
    format_name: FormatOption = "md",
    output: OutputOption = None,
    force: given.ForceOption = False,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    path = wanted_file(output, session.here)
    record = session.open()
    register = record.register
    code = given.body_code(register, body) or ""
    party = register.directory.by_code[code]
    found = meeting_pack(
        register, tasks(register, session.as_of), party, session.as_of, session.language
    )
    text = (html if format_name == "html" else markdown)(found, session.language)
    if path is None:
        write(text)
    else:
        shown = put(text.encode(), path, session.here, force=force)
        count = len({task.reference for task in found.shown})
        message = ngettext("{path}: {count} duty", "{path}: {count} duties", count)
        write(message.format(path=shown, count=count) + "\n")
    if found.meeting is None:
        message = _("no next meeting of {body} is in the record; {command} adds it")
        command = f"grcm new --body {code} --start …"
        say(message.format(body=code, command=command))
    return record.finish(found.shown, wanted=False)
