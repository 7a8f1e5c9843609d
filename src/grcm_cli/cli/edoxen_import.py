"""`grcm import edoxen FILES…`: meeting files from collections of decisions and meetings."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from grcm_cli.cli import written_files
from grcm_cli.cli.errors import BadData, WrongUse
from grcm_cli.cli.output import lock_failures, refuse_outside
from grcm_cli.cli.prompts import confirmed
from grcm_cli.cli.session import Session, say, write, write_line
from grcm_cli.domain.findings import Finding, Report, capped, check, errors, in_order
from grcm_cli.domain.register import Register
from grcm_cli.drafting.draft import DraftConclusion, draft_texts
from grcm_cli.drafting.languages import language_name
from grcm_cli.formats import drawn_table
from grcm_cli.formats.listing import Column, TableRow, TextTable
from grcm_cli.imports.edoxen.documents import LARGEST, Documents
from grcm_cli.imports.edoxen.meetings import (
    DecisionDoubt,
    Meetings,
    NewMeeting,
    Undated,
    body_code,
)
from grcm_cli.imports.edoxen.to_yaml import meeting_file, register_file, tree_lines
from grcm_cli.language.text import _, clean, collapse, fold, in_quotes, ngettext
from grcm_cli.reporters import reporter
from grcm_cli.rules import every_rule
from grcm_cli.storage import files
from grcm_cli.storage.file_reader import read_bytes, split_lines
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import MEETINGS, REGISTER, folder_if_known
from grcm_cli.views.file_templates import schema_line

WORD = "edoxen"
"""The word before the files: `grcm import edoxen FILES`."""
_MOST_PLACES = 3
_MOST_NAMES = 12


class CollectionOptions(NamedTuple):
    """What the command line says."""

    body: str = ""
    drafts: bool = False
    dry_run: bool = False
    yes: bool = False


class _Record(NamedTuple):
    """The record that the meetings come into."""

    folder: Path
    register: Register | None
    """None where there is none yet: one is made."""


class _Plan(NamedTuple):
    """What is to be written."""

    files: Mapping[Path, bytes]
    mandates: Mapping[str, int]
    """How many there are, by the id of the meeting."""
    unnamed: Mapping[str, int]
    """The words for who is bound that the register does not have, with how often."""


def import_collections(names: Sequence[str], options: CollectionOptions, session: Session) -> int:
    """Report what collections say and, once confirmed, write new meeting files; all or none.

    Raises WrongUse for what is no file, and BadData where the meeting files would have errors.
    """
    documents = _read(names, session)
    if errors(documents.findings):
        _show_findings(documents.findings, session)
        say(_("nothing was written"))
        return 1
    record = _record(session)
    meetings = Meetings(documents, record.register, options.body)
    _refuse_unknown_bodies(meetings, record, session)
    plan = _planned(meetings, record, options, session)
    _report(meetings, plan, documents, session)
    if not plan.files:
        say(_("there is nothing to write"))
        return int(bool(meetings.undated))
    write_line("")
    for path in plan.files:
        write_line(_("  {path}  new"), path=session.shown(path))
    if options.dry_run or not (options.yes or confirmed(_("Write these files?"))):
        say(_("nothing was written"))
        return int(bool(meetings.undated))
    _write(plan.files, session)
    _next_steps(meetings.made, session)
    return int(bool(meetings.undated))


# --- reading ------------------------------------------------------------------------------------


def _read(names: Sequence[str], session: Session) -> Documents:
    documents = Documents()
    for path in _paths(names, session):
        size = path.stat().st_size
        data = read_bytes(path) if size <= LARGEST else b" " * (LARGEST + 1)
        documents.read(session.shown(path), data)
    return documents


def _paths(names: Sequence[str], session: Session) -> Iterator[Path]:
    """Yield the files; of a folder, those below it that end in .yaml or .yml. Raises WrongUse."""
    if not names:
        raise WrongUse(_("name the files of the collections: {form}"), form=f"import {WORD} *.yaml")
    seen: set[Path] = set()
    for name in names:
        path = Path(os.path.abspath(session.here / name))  # noqa: PTH100 - `..` goes, links stay
        if not path.exists():
            raise WrongUse(_("there is no {path}"), path=name)
        found = [path]
        if path.is_dir():
            below = (Path(top) / one for top, _folders, files in os.walk(path) for one in files)
            found = sorted(one for one in below if one.suffix in (".yaml", ".yml"))
            if not found:
                message = _("{path}: no file in this folder ends in .yaml or .yml")
                raise WrongUse(message, path=name)
        for one in found:
            if one not in seen:
                seen.add(one)
                yield one


def _show_findings(findings: Sequence[Finding], session: Session) -> None:
    """Print what is wrong, each with its place and its line."""
    shown, left_out = capped(in_order(errors(findings)))

    def lines(path: str) -> Sequence[str]:
        return split_lines((session.here / path).read_bytes())

    rules = {rule.name: rule for rule in every_rule()}
    write(reporter("full")(Report(shown, left_out, lines, rules, str)))


def _record(session: Session) -> _Record:
    """Return the record; where `--data` names a folder without one, the one to be made."""
    if len(session.data) == 1 and session.data[0] and folder_if_known(session.data[0]) is None:
        folder = Path(os.path.abspath(session.data[0]))  # noqa: PTH100 - `..` goes, links stay
        if not folder.exists() or folder.is_dir():
            return _Record(folder, None)
    opened = session.open()
    return _Record(session.folder(), opened.register)


def _refuse_unknown_bodies(meetings: Meetings, record: _Record, session: Session) -> None:
    """Raise BadData, with the lines that add them, for bodies that a register does not have."""
    if any(one.what == "body" for one in meetings.undated):
        at = next(one.at for one in meetings.undated if one.what == "body")
        message = _("{place}: nothing in the file names the body that met; give --body NAME")
        raise WrongUse(message, _("nothing was written"), place=at)
    if record.register is None or not meetings.new_bodies:
        return
    path = session.shown(record.folder / REGISTER)
    message = _("Bodies that the register does not have; to import, add them to {path} first:")
    write_line(message, path=path)
    write_line("bodies:")
    for body in {one.code: one for one in meetings.new_bodies.values()}.values():
        names = body.names[""] if body.names.keys() == {""} else dict(body.names)
        keys = {"name": names, "aliases": list(body.aliases)}
        for line in tree_lines(body.code, {k: v for k, v in keys.items() if v}, "  "):
            write_line("{line}", line=line)
    hint = _("or add the name as an alias to the body that it is")
    raise BadData(_("nothing was written"), hint)


# --- what is to be written ----------------------------------------------------------------------


def _planned(
    meetings: Meetings, record: _Record, options: CollectionOptions, session: Session
) -> _Plan:
    made: dict[Path, bytes] = {}
    register = record.register
    if register is None and meetings.made:
        path = record.folder / REGISTER
        made[path] = _new_register(meetings).encode()
        loaded = load(record.folder, session.here, made)
        register = loaded.register
    counts: dict[str, int] = {}
    unnamed: Counter[str] = Counter()
    schema = schema_line("meeting", above=True)
    for meeting in meetings.made:
        drafted: dict[str, DraftConclusion] = {}
        if options.drafts and register is not None:
            drafted = _drafted(meeting, register)
        duties = [duty for one in drafted.values() for duty in one.reading.duties]
        counts[meeting.id] = len(duties)
        unnamed.update(
            collapse(duty.who.words)
            for duty in duties
            if duty.who.mode == "nobody" and duty.who.words
        )
        name = files.file_name(meeting.id)
        if name is None:
            raise BadData(_("'{text}' is no id of a meeting"), text=meeting.id)
        path = record.folder / MEETINGS / name
        if path.exists():
            message = _("{path} is there already, and is not read as a meeting; see grcm validate")
            raise BadData(message, _("nothing was written"), path=session.shown(path))
        refuse_outside(path, record.folder, session)
        made[path] = meeting_file(meeting, drafted, schema).encode()
    _withdraw_faulty(made, record.folder, session)
    return _Plan(made, counts, unnamed)


def _drafted(meeting: NewMeeting, register: Register) -> dict[str, DraftConclusion]:
    """Return what is inferred of a meeting's conclusions, of those in a language that is read."""
    keys = {"body": meeting.body, "start": meeting.first.isoformat()}
    keys["end"] = meeting.last.isoformat()
    found: dict[str, DraftConclusion] = {}
    main = str(meeting.keys.get("language", ""))
    for language in dict.fromkeys([main, "es", "en"]):
        if language not in ("es", "en"):
            continue
        items = [
            (one.number, one.text[language])
            for one in meeting.conclusions or ()
            if one.number not in found and language in one.text
        ]
        if items:
            drafted = draft_texts(items, register, {**keys, "language": language})
            found |= {one.item.number: one for one in drafted}
    return found


def _new_register(meetings: Meetings) -> str:
    bodies = list({one.code: one for one in meetings.new_bodies.values()}.values())
    languages: dict[str, None] = {}
    sources: dict[str, str] = {}
    for meeting in meetings.made:
        languages[str(meeting.keys.get("language", "en"))] = None
        for conclusion in meeting.conclusions or ():
            languages.update(dict.fromkeys(conclusion.text))
        collection = meeting.metadata.get(WORD, {}).get("collection", {})
        if isinstance(collection.get("source"), str):
            source = " ".join(collection["source"].split())
            sources.setdefault(fold(source), source)
    codes = {body.code for body in bodies}
    organizations = []
    names = {name.casefold() for body in bodies for name in (*body.names.values(), *body.aliases)}
    for source in sources.values():
        if source.casefold() in names:
            continue
        count, code = 1, body_code(source)
        unique = code
        while unique in codes:
            count += 1
            unique = f"{code[:18]}{count}"
        codes.add(unique)
        organizations.append((unique, source))
    known = [code for code in languages if code]
    return register_file(bodies, organizations, known, schema_line("register", above=False))


_INFERRED = re.compile(
    r"( +)(?:due|responsible|support|after|follows|extends|closes|supersedes): .*"
)
"""The line of a value that a draft infers."""


def _withdraw_faulty(made: dict[Path, bytes], folder: Path, session: Session) -> None:
    """Make a comment of each inferred value in which a rule finds an error.

    Raises BadData where a file has another error.
    """
    by_path = {session.shown(path): path for path in made}
    while wrong := _faults(made, folder, session):
        others = []
        for finding in wrong:
            path = by_path[finding.at.path]
            lines = made[path].decode().split("\n")
            line = lines[finding.at.line - 1]
            match = _INFERRED.fullmatch(line)
            if match is None:
                others.append(finding)
                continue
            lines[finding.at.line - 1] = f"{match[1]}# {line.strip()} ({clean(finding.message)})"
            made[path] = "\n".join(lines).encode()
        if others:
            shown = "; ".join(clean(f"{one.at}: {one.full_message}") for one in others[:10])
            raise BadData(shown, _("nothing was written"))


def _faults(made: Mapping[Path, bytes], folder: Path, session: Session) -> list[Finding]:
    """Return the errors in files that are not written yet."""
    loaded = load(folder, session.here, made)
    found = list(loaded.findings)
    if loaded.register is not None:
        rules = [rule for rule in every_rule() if rule.is_default]
        found += check(loaded.register, rules, session.as_of)
    own = {session.shown(path) for path in made}
    return [one for one in in_order(errors(found)) if one.at.path in own]


# --- the report ---------------------------------------------------------------------------------


def _report(meetings: Meetings, plan: _Plan, documents: Documents, session: Session) -> None:
    tables = [
        _understood(meetings, plan),
        _doubtful(meetings.doubts, documents),
        _left(meetings),
        _where(meetings),
    ]
    for place, table in enumerate(one for one in tables if one.rows):
        if place:
            write("\n")
        write(drawn_table(table, session.page))
    if plan.unnamed:
        write("\n")
        message = _("Who is bound, in words that the register does not have: {words}")
        most = Counter(plan.unnamed).most_common(_MOST_NAMES)
        words = [f"{in_quotes(clean(name))} ({count})" for name, count in most]
        more = ["…"] if len(plan.unnamed) > _MOST_NAMES else []
        write_line(message, words=", ".join([*words, *more]))


def _understood(meetings: Meetings, plan: _Plan) -> TextTable:
    rows = []
    for one in meetings.made:
        days = one.first.isoformat()
        days += f" – {one.last.isoformat()}" if one.last > one.first else ""
        number = len(one.conclusions or ())
        parts = [ngettext("{count} conclusion", "{count} conclusions", number)]
        counts = [number]
        if plan.mandates.get(one.id):
            counts.append(plan.mandates[one.id])
            parts.append(ngettext("{count} mandate", "{count} mandates", counts[-1]))
        content = ", ".join(p.format(count=n) for p, n in zip(parts, counts, strict=True))
        rows.append(TableRow((one.id, days, content, clean(one.at.path))))
    title = ngettext("Understood: {count} meeting", "Understood: {count} meetings", len(rows))
    columns = [
        Column(_("Meeting")), Column(_("Days")), Column(_("Content"), wide=True),
        Column(_("File"), wide=True),
    ]  # fmt: skip
    return TextTable(title.format(count=len(rows)), columns, rows)


def _doubtful(doubts: Sequence[DecisionDoubt], documents: Documents) -> TextTable:
    by_what: dict[tuple[str, str], list[DecisionDoubt]] = {}
    for one in doubts:
        shown = "" if one.kind == "title" else one.text
        by_what.setdefault((one.kind, shown), []).append(one)
    rows = []
    for (kind, text), alike in by_what.items():
        rows.append(TableRow((_places(alike), clean(text), _done_with(kind, alike)), "soon"))
    for path, sentences in documents.notes.files.items():
        rows += [TableRow((clean(path), "", clean(one))) for one in dict.fromkeys(sentences)]
    if empties := documents.notes.empties:
        places = ", ".join(map(str, empties[:_MOST_PLACES])) + (
            "…" if len(empties) > _MOST_PLACES else ""
        )
        rows.append(TableRow((clean(places), "", _("a key without a value: left out"))))
    columns = [
        Column(_("Place"), wide=True), Column(_("What stands there"), wide=True, most=26),
        Column(_("What was done with it"), wide=True),
    ]  # fmt: skip
    title = ngettext("Doubtful: {count} point", "Doubtful: {count} points", len(rows))
    return TextTable(title.format(count=len(rows)), columns, rows)


def _places(alike: Sequence[DecisionDoubt]) -> str:
    shown = [f"{one.at.path}:{one.at.line}" for one in alike[:_MOST_PLACES]]
    more = len(alike) - len(shown)
    return clean(", ".join(shown)) + (f" (+{more})" if more > 0 else "")


def _done_with(kind: str, alike: Sequence[DecisionDoubt]) -> str:
    match kind:
        case "number":
            message = _("no number in the form of grcm; written as {number}")
            return message.format(number=clean(alike[0].more))
        case "repeated":
            message = _("the number is there before; written as {numbers}")
            return message.format(numbers=", ".join(clean(one.more) for one in alike[:6]))
        case "title":
            return _("the decision has no text; its title, subject or number stands for it")
        case "language":
            message = _("texts without a language; read as {language}")
            return message.format(language=language_name(alike[0].text))
        case "days":
            return _("the file says no day of the meeting: the days of its decisions were taken")
        case "days":
            return _("the file says no day of the meeting: the days of its decisions were taken")
        case _:
            return _("an unknown type of action: no act was made of it; it is in the metadata")


def _left(meetings: Meetings) -> TextTable:
    rows = [
        TableRow((clean(f"{one.at.path}:{one.at.line}"), _why_left(one)), "late")
        for one in meetings.undated
    ]
    for at, name in meetings.existing:
        message = _("{meeting} is in the record already: its file is not touched")
        place = clean(f"{at.path}:{at.line}")
        rows.append(TableRow((place, message.format(meeting=clean(name)))))
    columns = [Column(_("Place"), wide=True), Column(_("Why"), wide=True)]
    return TextTable(_("Left out"), columns, rows)


def _why_left(one: Undated) -> str:
    if one.what == "order":
        return _("the meeting ends before it starts")
    return _("the file says no day of the meeting: write `date` into its `metadata`")


def _where(meetings: Meetings) -> TextTable:
    """Return where what has no key of grcm's went."""
    if not meetings.made:
        return TextTable("", [], [])
    found = Counter(
        key
        for meeting in meetings.made
        for one in meeting.conclusions or ()
        for key in one.metadata.get(WORD, {})
    )
    names = ", ".join(f"{clean(key)} ({count})" for key, count in found.most_common())
    rows = [
        TableRow((_("identifier, dates and title of the meeting"), "id, body, start, end, title")),
        TableRow((_("identifier of a decision"), "number")),
        TableRow((_("message; else considerations and actions, in their order"), "text")),
        TableRow((_("types of actions"), "acts")),
    ]
    if names:
        rows.append(TableRow((names, f"metadata: {WORD}")))
    columns = [Column(_("In the collection"), wide=True), Column(_("In the meeting's file"))]
    return TextTable(_("Where it went"), columns, rows)


# --- writing ------------------------------------------------------------------------------------


def _write(made: Mapping[Path, bytes], session: Session) -> None:
    """Write all files, or none of them."""
    shown = {path: session.shown(path) for path in made}
    written_files.plan(shown.values())

    def mark(path: Path, is_new: bool) -> None:
        written_files.mark(shown[path], is_stored=is_new)

    with lock_failures(session):
        try:
            files.rewrite_all(
                {path: files.creation(path, data) for path, data in made.items()}, mark=mark
            )
        except FileExistsError as error:
            message = _("{path} has just been made by somebody else; nothing was written")
            raise WrongUse(message, path=session.shown(Path(str(error.filename)))) from error
    count = len(shown)
    write_line(ngettext("{count} file written", "{count} files written", count), count=count)


def _next_steps(made: Sequence[NewMeeting], session: Session) -> None:
    option = f" --data {clean(session.data[0])}" if session.data else ""
    lines = {
        f"grcm{option} validate": _("checks all files"),
        f"grcm{option} show {made[0].id}": _("shows a meeting as it was imported"),
        f"grcm{option} due": _("lists what is to be done"),
    }
    say(_("Next:"))
    width = max(map(len, lines))
    for command, about in lines.items():
        say(f"  {command.ljust(width)}  {about}")
