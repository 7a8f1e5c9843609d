"""`grcm import FILE`: meetings and progress of a tracker, or `edoxen FILES…`, of collections."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from grcm_cli.cli import options
from grcm_cli.cli.output import rewrite_all
from grcm_cli.cli.session import Session, aligned, confirmed, say, write, write_line
from grcm_cli.cli.sheet_files import order_of_days, read_sheets, say_hidden
from grcm_cli.domain.findings import Report, capped, errors, in_order
from grcm_cli.domain.periods import Days
from grcm_cli.edoxen import NAME
from grcm_cli.formats import drawn
from grcm_cli.imports import TrackerOptions
from grcm_cli.imports.edoxen import LARGEST, Documents, Meetings
from grcm_cli.imports.plan import Destination, ImportPlan, plan_collections, plan_tracker
from grcm_cli.imports.report import collections_report, import_report, unnamed_parties
from grcm_cli.language.text import _, clean, counted, fold, labelled
from grcm_cli.lookups.errors import BadData, WrongUse
from grcm_cli.lookups.names import day_named, find_body, parse_calendar_day
from grcm_cli.reader.emit import Tree, section_lines
from grcm_cli.recording.progress_files import progress_changes
from grcm_cli.reporters import reporter
from grcm_cli.rules import rules_by_name
from grcm_cli.sheets.headings import DAY_COLUMNS, TRACKER, column_named
from grcm_cli.sheets.table import SheetTable, UnreadableSheet, WrongHeadings, build_table
from grcm_cli.storage import files
from grcm_cli.storage.file_reader import read_bytes, split_lines
from grcm_cli.storage.paths import REGISTER, folder_if_known

Agree = Callable[[str], bool]
"""Tells whether files are written, after a question to the person at the terminal."""


def import_(
    session: Session,
    names: list[str] = options.argument(_("FILE")),
    mapped: list[str] | None = options.option("--map", _("HEADING=NAME")),
    sheet: str | None = options.option("--sheet", _("NAME")),
    body: str | None = options.option("--body", _("BODY"), "body"),
    start: list[str] | None = options.option("--start", _("MEETING=DAY")),
    on: str | None = options.option("--on", _("DAY")),
    each_started: bool = options.flag("--each-started"),
    day_first: bool = options.flag("--day-first"),
    month_first: bool = options.flag("--month-first"),
    draft: bool = options.flag("--draft"),
    dry_run: bool = options.flag("--dry-run"),
    yes: bool = options.flag("--yes"),
) -> int:
    """Report what a tracker says and, once confirmed, write new meeting files and progress."""

    def agree(question: str) -> bool:
        return not dry_run and (yes or confirmed(question))

    if names[0] == NAME:
        for name in ("map", "sheet", "start", "on", "each_started", "day_first", "month_first"):
            if session.is_given("mapped" if name == "map" else name):
                option = f"--{name.replace('_', '-')}"
                raise WrongUse(_("{option} is for a tracker, not for collections"), option=option)
        return _import_collections(names[1:], body or "", session, agree, drafts=draft)
    if draft:
        message = _("--draft is only for collections: {form}")
        raise WrongUse(message, form="grcm import edoxen FILES")
    order = options.day_order(day_first=day_first, month_first=month_first)
    file, *more_files = names
    if more_files:
        raise WrongUse(_("one file at a time: leave out {name}"), name=more_files[0])
    opened = session.open("coming")
    folder = opened.folder
    table = _table(file, mapped or [], sheet, session)
    order = order or order_of_days(table, DAY_COLUMNS, session)
    code = find_body(opened.register, body).code if body is not None else ""
    days = dict(map(_given_days, start or []))
    day = None if on is None else day_named(on, session.as_of)
    wishes = TrackerOptions(session.as_of, code, days, order, day, each_started)
    destination = Destination(folder, session.cwd, session.as_of)
    tracker, plan = plan_tracker(table, opened.register, wishes, destination)
    write("\n".join(drawn(part, session.page) for part in import_report(tracker, plan.entries)))
    question = _("Write these files?")
    if missing := tracker.missing.sections():
        question = _("Write these files, leaving out the names that are not in the register?")
        message = _("Names that are not in the register; to import them, first add them to {path}:")
        write("\n")
        _write_sections(message, missing, folder, session)
    if _write(plan, folder, session, agree, question):
        _next_steps(tracker.meetings[0].id)
    return opened.finish() or int(any(not row.is_notice for row in tracker.reasons))


def _write_sections(
    message: str, sections: Mapping[str, Mapping[str, Tree]], folder: Path, session: Session
) -> None:
    write_line(message, path=session.shown(folder / REGISTER))
    write("".join(f"{clean(line)}\n" for line in section_lines(sections)))


def _table(word: str, mapped: Sequence[str], sheet: str | None, session: Session) -> SheetTable:
    source, names = clean(Path(word).name), ", ".join(map(TRACKER.heading_of, TRACKER.headings))
    columns: list[tuple[str, str]] = []
    for text in mapped:
        heading, sign, name = text.rpartition("=")
        column = column_named(name.strip()) if name.strip() else ""
        if not sign or not heading.strip() or column is None:
            message = _("--map: write '{text}' as “Heading=Name”; the names are: {names}")
            raise WrongUse(message, text=text, names=names)
        columns.append((heading, column))
    kind = TRACKER._replace(mapped={fold(heading): column for heading, column in columns})
    try:
        chosen, _hidden = read_sheets(word, kind, session, sheet)
        table = build_table(chosen, source, kind)
    except UnreadableSheet as error:
        hint = _(
            "say what a column is with --map “Heading=Name”, or “Heading=” to leave it out; "
            "names: {names}"
        )
        hints = [hint.format(names=names)] if isinstance(error, WrongHeadings) else []
        raise WrongUse(labelled(source, str(error)), *hints, _("nothing was written")) from error
    say_hidden(table)
    headings = [*table.names.values(), *table.unread]
    folded_headings = set(map(fold, headings))
    for heading, _column in columns:
        if fold(heading) not in folded_headings:
            message = _("--map: there is no column {name}; the headings are: {headings}")
            raise WrongUse(message, name=heading, headings=", ".join(headings))
    unread = {name: cells for name, cells in table.unread.items() if fold(name) not in kind.mapped}
    return table._replace(unread=unread)


def _given_days(text: str) -> tuple[str, Days]:
    name, _sign, days = text.rpartition("=")
    first, _slash, last = days.partition("/")
    start, end = (parse_calendar_day(day.strip()) for day in (first, last or first))
    if end < start:
        raise WrongUse(_("the meeting ends before it starts"))
    return fold(name), Days(start, end)


def _import_collections(
    names: Sequence[str], body: str, session: Session, agree: Agree, *, drafts: bool
) -> int:
    """Report what collections say and, once confirmed, write new meeting files; all or none."""
    documents = Documents()
    for path in _paths(names, session):
        data = read_bytes(path) if path.stat().st_size <= LARGEST else b" " * (LARGEST + 1)
        documents.read(session.shown(path), data)
    if errors(documents.findings):
        shown, left_out = capped(in_order(errors(documents.findings)))
        lines = cache(lambda path: split_lines((session.cwd / path).read_bytes()))
        write(reporter("full")(Report(shown, left_out, lines, rules_by_name(), str), session.page))
        say(_("nothing was written"))
        return 1
    place = session.data[0] if len(session.data) == 1 else ""
    folder, register = session.absolute(place), None
    if not place or folder_if_known(place) or (folder.exists() and not folder.is_dir()):
        folder, register = session.folder(), session.open("coming").register
    meetings = Meetings(documents, register, body)
    if register is not None and meetings.new_bodies:
        message = _("Bodies that are not in the register; before you import, add them to {path}:")
        new_bodies = {body.code: body.keys() for body in meetings.new_bodies}
        _write_sections(message, {"bodies": new_bodies}, folder, session)
        hint = _("if a body is in the register under another name, add this name to its aliases")
        raise BadData(_("nothing was written"), hint)
    destination = Destination(folder, session.cwd, session.as_of)
    drafted, plan = plan_collections(meetings, register, destination, drafts=drafts)
    write("\n".join(drawn(part, session.page) for part in collections_report(meetings, drafted)))
    if words := unnamed_parties(drafted):
        message = _("Named as bound, but not in the register: {words}")
        write("\n")
        write_line(message, words=words)
    if _write(plan, folder, session, agree, _("Write these files?")):
        option = f" --data {clean(session.data[0])}" if session.data else ""
        _next_steps(meetings.made[0].id, option)
    return int(any(not doubt.is_notice for doubt in meetings.left))


def _paths(names: Sequence[str], session: Session) -> Iterator[Path]:
    if not names:
        raise WrongUse(_("name the collection files: {form}"), form=f"import {NAME} *.yaml")
    earlier_paths: set[Path] = set()
    for name in names:
        path = session.absolute(name)
        if not path.exists():
            raise WrongUse(_("there is no {path}"), path=name)
        paths = [path]
        if path.is_dir():
            paths = sorted(file for end in (".yaml", ".yml") for file in path.rglob(f"*{end}"))
            if not paths:
                raise WrongUse(_("{path}: no file in this folder ends in .yaml or .yml"), path=name)
        yield from (file for file in paths if file not in earlier_paths)
        earlier_paths.update(paths)


def _write(plan: ImportPlan, folder: Path, session: Session, agree: Agree, question: str) -> bool:
    """Name the files and, once confirmed, write them, all or none; tell whether."""
    if not plan.files:
        say(_("there is nothing to write"))
        return False
    all_changes = progress_changes(folder, session.cwd, plan.entries)
    changes = [change for change in all_changes if change.entries]
    write_line("")
    for path in plan.files:
        message = (
            _("  {path}  only planned until now") if path in plan.planned else _("  {path}  new")
        )
        write_line(message, path=session.shown(path))
    for change in changes:
        count = len(change.entries)
        message = counted("  {path}  {count} entry", "  {path}  {count} entries", count)
        write_line(message, path=change.shown)
    if not agree(question):
        say(_("nothing was written"))
        return False
    new, before = plan.files, plan.planned
    additions = {path: files.creation(path, new[path], before=before.get(path)) for path in new}
    additions |= {change.path: change.applied for change in changes}
    try:
        rewrite_all(additions, session)
    except FileExistsError as error:
        message = _("{path} has just been created by somebody else; nothing was written")
        raise WrongUse(message, path=session.shown(Path(str(error.filename)))) from error
    write_line(counted("{count} file written", "{count} files written", len(additions)))
    return True


def _next_steps(meeting: str, option: str = "") -> None:
    lines = {
        f"grcm{option} validate": _("checks all files"),
        f"grcm{option} show {meeting}": _("shows a meeting as it was imported"),
        f"grcm{option} due": _("lists what is to be done"),
    }
    say(_("Next:"))
    sys.stderr.write(aligned(lines))
