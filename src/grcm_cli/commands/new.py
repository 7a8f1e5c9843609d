"""`grcm new`: a meeting file, from its body and its days."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.output import checked, told
from grcm_cli.cli.prompts import answer, anything
from grcm_cli.cli.session import Session, write
from grcm_cli.domain.deadlines import DAY_FORM, parse_day
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, clean
from grcm_cli.storage import files
from grcm_cli.storage.paths import MEETINGS, shown_path
from grcm_cli.views import file_templates

HELP = _(
    "Make a meeting file.\n\n"
    "What is not given as an option is asked for. The file is named after the body and the month, "
    "or as --id says; nothing that is there is written over. Without conclusions it serves the "
    "calendar, so a meeting that is yet to come can have one."
)


def new(
    ctx: typer.Context,
    body: Annotated[
        str | None, typer.Option("--body", metavar=_("BODY"), help=_("The body that meets."))
    ] = None,
    start: Annotated[
        str | None, typer.Option("--start", metavar=_("DAY"), help=_("Its first day."))
    ] = None,
    end: Annotated[
        str | None, typer.Option("--end", metavar=_("DAY"), help=_("Its last day."))
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar=_("TEXT"), help=_("Where it takes place."))
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar=_("TEXT"), help=_("The meeting's title."))
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--id", metavar=_("MEETING"), help=_("Its id, the file's name; else GRCM-2002-10.")
        ),
    ] = None,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    folder = session.folder()
    register = session.open().register
    keys = _keys(register, {"body": body, "start": start, "end": end, "place": place})
    keys["title"] = anything(title or "")
    own = name if name is not None else f"{keys['body']}-{keys['start'][:7]}"
    file_name = files.file_name(own)
    if file_name is None:
        message = _("'{text}' is no id of a meeting: letters, digits and hyphens")
        raise WrongUse(message.format(text=clean(own)))
    path = folder / MEETINGS / file_name
    language = register.process.languages[0] if register.process.languages else session.language
    said = {"id": own, **keys, "language": language}
    text = file_templates.meeting({key: word for key, word in said.items() if word})
    shown = clean(shown_path(path, session.here))
    there = _("{path} is there already; give the new meeting another id with --id")
    # Where case does not count in file names, CRM-1 and crm-1 are one file.
    names = {other.stem.casefold() for other in path.parent.glob("*.yaml")}
    if own.casefold() in names or path.exists():
        raise WrongUse(there.format(path=shown))
    checked(text, path, folder, session)
    with told(session.here):
        try:
            files.create(path, text.encode())
        except FileExistsError as error:
            raise WrongUse(there.format(path=shown)) from error
    write(_("{path}: a meeting, with room for its conclusions").format(path=shown) + "\n")
    return 0


def _keys(register: Register, options: dict[str, str | None]) -> dict[str, str]:
    bodies = [party.code for party in register.parties if party.kind == "body"]
    only = bodies[0] if len(bodies) == 1 else ""
    question = _("Body that meets ({codes})").format(codes=", ".join(bodies))
    body = answer(options["body"], "--body", question, _body(register), only)
    start = answer(options["start"], "--start", _("First day, as 2003-05-29"), _day)
    end = answer(options["end"], "--end", _("Last day"), _last(start), start)
    question = _("Where (may be left out)")
    place = answer(options["place"], "--place", question, anything, may_be_empty=True)
    return {"body": body, "start": start, "end": "" if end == start else end, "place": place}


def _body(register: Register) -> Callable[[str], str]:
    def check(word: str) -> str:
        return given.body_code(register, word) or ""

    return check


def _day(word: str) -> str:
    if parse_day(word) is None:
        message = _("'{text}' is no day of the calendar; write it as {form}")
        raise WrongUse(message.format(text=clean(word), form=DAY_FORM))
    return word


def _last(start: str) -> Callable[[str], str]:
    def check(word: str) -> str:
        if date.fromisoformat(_day(word)) < date.fromisoformat(start):
            raise WrongUse(_("the meeting ends before it starts"))
        return word

    return check
