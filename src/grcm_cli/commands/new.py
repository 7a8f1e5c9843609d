"""`grcm new`: make a meeting file from a body and its days."""

from collections.abc import Callable
from datetime import date
from typing import get_args

import typer

from grcm_cli.cli import options
from grcm_cli.cli.output import create_checked
from grcm_cli.cli.session import Session, ask, write_line
from grcm_cli.domain.due_grammar import fault_of_id
from grcm_cli.domain.model import MeetingKind
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.lookups.names import find_body, find_country, parse_calendar_day, single_spaced
from grcm_cli.storage import files
from grcm_cli.storage.paths import MEETINGS
from grcm_cli.views import file_templates


def new(
    ctx: typer.Context,
    body: str | None = options.value("--body", _("BODY"), _("The body that meets.")),
    start: str | None = options.START,
    end: str | None = options.END,
    place: str | None = options.value("--place", _("TEXT"), _("Where it takes place.")),
    country: str | None = options.COUNTRY,
    title: str | None = options.TITLE,
    kind: str = options.choice_option(
        "--kind",
        get_args(MeetingKind),
        _("A meeting, or decisions taken between two meetings, by letter or by silence procedure."),
        default="meeting",
    ),
    name: str | None = options.value(
        "--id",
        _("MEETING"),
        _("The meeting's id, which is also the file's name; if left out, as in GRCM-2002-10."),
    ),
) -> int:
    """Make a meeting file and print its path. Raises WrongUse where one has its id already."""
    session = Session.of(ctx)
    folder = session.folder()
    register = session.open(is_new=True).register
    if kind == "correspondence":  # which has a day, and no place
        end, place = end or start, place or ""
    keys = _keys(register, body, start, end, place)
    if country is not None:
        keys["country"] = find_country(register, country).code
    meeting_id = name if name is not None else f"{keys['body']}-{keys['start'][:7]}"
    file_name = files.file_name(meeting_id)
    if file_name is None:
        message = _("'{text}' is not a meeting id: use letters, digits and hyphens")
        raise WrongUse(fault_of_id(meeting_id) or message, text=meeting_id)
    path = folder / MEETINGS / file_name
    language = register.process.languages[0] if register.process.languages else session.language
    keys["kind"] = "" if kind == "meeting" else kind
    keys = {"id": meeting_id, **keys, "title": single_spaced(title or ""), "language": language}
    text = file_templates.meeting({key: word for key, word in keys.items() if word})
    try:
        # On a file system that ignores case, CRM-1.yaml and crm-1.yaml are one file.
        names = {other.stem.casefold() for other in path.parent.glob("*.yaml")}
        if meeting_id.casefold() in names or path.exists():
            raise FileExistsError
        create_checked(text, path, folder, session)
    except FileExistsError as error:
        there = _("{path} exists already; give the new meeting another id with --id")
        raise WrongUse(there, path=session.shown(path)) from error
    write_line(_("{path}: a meeting, with room for its conclusions"), path=session.shown(path))
    return 0


def _keys(
    register: Register, body: str | None, start: str | None, end: str | None, place: str | None
) -> dict[str, str]:
    bodies = [party.code for party in register.parties if party.kind == "body"]
    only = bodies[0] if len(bodies) == 1 else ""
    question = _("Body that meets ({codes})").format(codes=", ".join(bodies))
    code = ask(body, "--body", question, lambda word: find_body(register, word).code, only)
    first = ask(start, "--start", _("First day, such as 2003-05-29"), _not_before(date.min))
    last = ask(end, "--end", _("Last day"), _not_before(date.fromisoformat(first)), first)
    question = _("Where (may be left out)")
    where = ask(place, "--place", question, single_spaced, may_be_empty=True)
    return {"body": code, "start": first, "end": "" if last == first else last, "place": where}


def _not_before(start: date) -> Callable[[str], str]:
    def check(word: str) -> str:
        day = parse_calendar_day(word)
        if day < start:
            raise WrongUse(_("the meeting ends before it starts"))
        return day.isoformat()

    return check
