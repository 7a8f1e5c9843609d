"""`grcm init`, `new` and `rename`: make a data folder and a meeting, give things other names."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import get_args

from grcm_cli import __version__
from grcm_cli.cli import options
from grcm_cli.cli.output import create_checked, folder_to_write, rewrite_all
from grcm_cli.cli.session import Session, ask, say, write_line
from grcm_cli.domain.due_forms import fault_of_id
from grcm_cli.domain.model import MeetingKind, Renamed
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, counted, with_single_spaces
from grcm_cli.lookups import names
from grcm_cli.lookups.edits import renamed_files
from grcm_cli.lookups.errors import WrongUse, plan_files
from grcm_cli.storage import files
from grcm_cli.storage.git import attributes_place, merges_by_union, with_union
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER
from grcm_cli.storage.schemas import schema_files
from grcm_cli.views import file_templates

KINDS: Mapping[str, Callable[[Register, str], Renamed]] = {
    "party": names.find_party,
    "group": lambda register, word: names.find_party(register, word, "group"),
    "theme": names.find_theme,
    "meeting": lambda register, word: names.find_meeting(register, word, ""),
}
"""What can be renamed, and what finds it."""


def init(
    session: Session,
    folder: Path | None = options.argument(_("DIR"), default=None),
    code: str | None = options.option("--code", _("CODE")),
    name: str | None = options.option("--name", _("TEXT")),
    body: str | None = options.option("--body", _("CODE")),
    body_name: str | None = options.option("--body-name", _("TEXT")),
    schemas: bool = options.flag("--schemas"),
) -> None:
    """Make a data folder with a register to fill in, and print what to do next."""
    if schemas:
        if (code, name, body, body_name) != (None, None, None, None):
            raise WrongUse(_("--schemas is used alone, or only with the folder"))
        _renew_schemas(session, folder)
        return
    where = folder_to_write(folder or Path("data"), session)
    register = session.shown(where / REGISTER)
    if os.path.lexists(where / REGISTER):
        raise WrongUse(_("{path} already exists; nothing was written"), path=register)
    process = ask(code, "--code", _("Short name of the process, such as CRM"), _process_code)
    full_name = ask(name, "--name", _("Its full name"), with_single_spaces, process)
    default = process.upper() if CODE.fullmatch(process.upper()) else None
    body = ask(body, "--body", _("Code of a body that meets, such as GRCM"), _body_code, default)
    name_of_body = partial(names.required_text, "--body-name")
    of_body = ask(body_name, "--body-name", _("Name of the body"), name_of_body, body)
    text = file_templates.register(process, full_name, body, of_body, session.language)
    new = {schema.path: schema.data for schema in schema_files(where, language=session.language)}
    new |= {where / part / ".gitkeep": b"" for part in (MEETINGS, PROGRESS)}  # in git, too
    for path in new:
        names.refuse_outside(path, where, session.cwd)
    new = {path: data for path, data in new.items() if not os.path.lexists(path)}
    attributes, pattern = attributes_place(where, session.cwd)
    shown = session.shown(attributes)
    plan_files([register, *map(session.shown, new), shown])
    create_checked(text, where / REGISTER, where, session)
    creations = {path: files.creation(path, data) for path, data in new.items()}
    rewrite_all({**creations, attributes: partial(with_union, pattern=pattern)}, session)
    write_line(_("{path}: a data folder, with a register to fill in"), path=session.shown(where))
    in_git = any((above / ".git").exists() for above in (where, *where.parents))
    if in_git and merges_by_union(attributes.read_bytes(), pattern):
        write_line(_("{path}: git merges the reports of two branches by itself"), path=shown)
    write_line(_("Next: enter the members in {path}; then run grcm new"), path=register)


def _renew_schemas(session: Session, folder: Path | None) -> None:
    where = session.folder() if folder is None else session.cwd / folder
    if not (where / REGISTER).is_file():
        raise WrongUse(_("{path} has no register.yaml"), path=session.shown(where))
    schemas = schema_files(where, load(where, session.cwd).register)
    for schema in schemas:
        names.refuse_outside(schema.path, where, session.cwd)
    outdated = [schema for schema in schemas if not (schema.is_current or schema.is_foreign)]
    changes = {file.path: files.creation(file.path, file.data, overwrite=True) for file in outdated}
    rewrite_all(changes, session)
    for schema in schemas:
        shown = session.shown(schema.path)
        if schema.is_foreign:
            say(_("{path}: a schema for something else; it was left alone"), path=shown)
        elif not schema.is_current:
            write_line(_("{path}: rewritten"), path=shown)
    if not outdated:
        say(_("The schemas are already those of grcm {version}."), version=__version__)


def _process_code(text: str) -> str:
    word = names.required_text("--code", text)
    if " " in word:
        message = _(
            "'{text}' is not a short name: write one word, such as CRM; the full name comes next"
        )
        raise WrongUse(message, text=text)
    return word


def _body_code(text: str) -> str:
    if not CODE.fullmatch(text):
        form = _("write 2 to 20 capital letters, digits and hyphens, beginning with a letter")
        raise WrongUse(_("'{text}' is not the code of a body"), form, text=text)
    return text


def new(
    session: Session,
    body: str | None = options.option("--body", _("BODY")),
    start: str | None = options.option("--start", _("DAY")),
    end: str | None = options.option("--end", _("DAY")),
    place: str | None = options.option("--place", _("TEXT")),
    country: str | None = options.option("--country", _("PARTY"), "party"),
    title: str | None = options.option("--title", _("TEXT")),
    kind: str = options.choice_option("--kind", get_args(MeetingKind), default="meeting"),
    name: str | None = options.option("--id", _("MEETING")),
) -> None:
    """Make a meeting file and print its path. Raises WrongUse where another has its id."""
    folder = session.folder()
    register = session.open("coming").register
    if kind == "correspondence":  # which has a day, and no place
        end, place = end or start, place or ""
    bodies = [party.code for party in register.parties if party.kind == "body"]
    only = bodies[0] if len(bodies) == 1 else None
    question = _("Body that meets ({codes})").format(codes=", ".join(bodies))
    code = ask(body, "--body", question, lambda word: names.find_body(register, word).code, only)
    first = ask(start, "--start", _("First day, such as 2003-05-29"), partial(_day_from, ""))
    last = ask(end, "--end", _("Last day"), partial(_day_from, first), first)
    question = _("Where (may be left out)")
    where = ask(place, "--place", question, with_single_spaces, "")
    meeting_id = name if name is not None else f"{code}-{first[:7]}"
    keys = {"id": meeting_id, "body": code, "start": first}
    keys |= {"end": "" if last == first else last, "place": where}
    if country is not None:
        keys["country"] = names.find_party(register, country, "member").code
    file_name = files.file_name(meeting_id)
    if file_name is None:
        message = _("'{text}' is not a meeting id: use letters, digits and hyphens")
        raise WrongUse(fault_of_id(meeting_id) or message, text=meeting_id)
    path = folder / MEETINGS / file_name
    language = register.process.languages[0] if register.process.languages else session.language
    keys["kind"] = "" if kind == "meeting" else kind
    keys |= {"title": with_single_spaces(title or ""), "language": language}
    text = file_templates.meeting({key: word for key, word in keys.items() if word})
    try:
        # On a file system that ignores case, CRM-1.yaml and crm-1.yaml are one file.
        taken = {file.stem.casefold() for file in path.parent.glob("*.yaml")}
        if meeting_id.casefold() in taken or path.exists():
            raise FileExistsError
        create_checked(text, path, folder, session)
    except FileExistsError as error:
        message = _("{path} already exists; give the new meeting another id with --id")
        raise WrongUse(message, path=session.shown(path)) from error
    write_line(_("{path}: a meeting, with room for its conclusions"), path=session.shown(path))


def _day_from(start: str, word: str) -> str:
    day = names.parse_calendar_day(word).isoformat()
    if day < start:
        raise WrongUse(_("the meeting ends before it starts"))
    return day


def _may_be_asked(register: Register, meeting: str) -> bool:
    """Tell whether a form may name a meeting: it laid down a duty, or one recurs there."""
    duties = register.all_mandates
    series = (row.mandate.series(row.meeting, register.calendar) for row in duties)
    is_occurrence = any(times and times.named(meeting) for times in series)
    return is_occurrence or any(row.meeting.id == meeting for row in duties)


def rename(
    session: Session,
    kind: str = options.choice_argument(tuple(KINDS)),
    old: str = options.argument(_("OLD"), "shown"),
    new: str = options.argument(_("NEW")),
    alias: bool = options.flag("--alias"),
    dry_run: bool = options.flag("--dry-run"),
) -> int:
    """Change every reference in the folder, in all files or in none; print what changes where."""
    if alias and kind not in ("party", "group"):
        message = _("--alias is only for a party or a group: other old codes and ids are not kept")
        raise WrongUse(message)
    record = session.open()
    folder, find = record.folder, KINDS[kind]
    change, states = renamed_files(
        folder, session.as_of, lambda register: find(register, old), new, alias=alias
    )
    changes = {}
    for name, (before, after) in states.items():
        path = folder / name
        names.refuse_outside(path, folder, session.cwd)
        changes[path] = files.replacement(session.shown(path), before, after)
    reports = folder / PROGRESS / f"{change.old}.yaml"
    is_file = reports.parent.is_dir() and not reports.is_dir()
    if kind == "party" and is_file:  # nobody reports under the old code meanwhile
        changes.setdefault(reports, files.replacement(session.shown(reports), None, None))
    if not dry_run:
        rewrite_all(changes, session)
    for name in sorted(name for name, (before, _after) in states.items() if before is not None):
        shown, count = session.shown(folder / name), len(change.values.get(name, ()))
        if change.file and name == change.file[0]:
            shown = f"{shown} → {session.shown(folder / change.file[1])}"
        message = counted("{path}: {count} value", "{path}: {count} values", count)
        write_line(message if count else _("{path}: only its name changes"), path=shown)
    if kind == "meeting" and _may_be_asked(record.register, change.old):
        message = _("forms sent before still have {old}: they are refused when they come back")
        say(message, old=change.old)
    if dry_run:
        say(_("nothing was written"))
    return record.finish()
