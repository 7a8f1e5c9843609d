"""`grcm export FORMAT`: write open tasks to a file for people without grcm."""

import os
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from grcm_cli.cli import options
from grcm_cli.cli.command_table import LIST_OPTIONS
from grcm_cli.cli.output import file_to_write, folder_to_write, write_file, write_files
from grcm_cli.cli.records import LoadedRecords
from grcm_cli.cli.session import Session, refuse_columns, say, write_bytes, write_line
from grcm_cli.domain.findings import by_file
from grcm_cli.exports import ics_file
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.text import _, counted
from grcm_cli.lookups.errors import BadData, WrongUse
from grcm_cli.lookups.names import build_query
from grcm_cli.views import tasks as view

TEXTS = ("csv", "json", "md")
FORMATS = ("csv", "xlsx", "json", "md", "ics", "sqlite", "edoxen")
_ALARM = re.compile(r"(\d{1,4})([dw])", re.ASCII)

_NOT_OF_EDOXEN = {*LIST_OPTIONS["export"], "output", "alarm", "component"} - {"body", "meeting"}


def export(
    session: Session,
    format_name: str | None = options.choice_argument(FORMATS, default=None),
    target: Path | None = options.argument(_("DIR"), default=None),
    output: Path | None = options.option("--output -o", _("FILE")),
    force: bool = options.flag("--force"),
    alarm: list[str] | None = options.option("--alarm", "14d"),
    component: str = options.choice_option("--as", ("event", "todo"), default="event"),
    partial: bool = options.flag("--partial"),
) -> int:
    """Write the tasks that match to a file or stdout; print how many, and which are left out."""
    if format_name == "edoxen":
        return _export_edoxen(target, session, force=force, partial=partial)
    if target is not None:
        message = _("{name} is one argument too many: only edoxen takes a folder")
        raise WrongUse(message, name=target)
    path, kind = file_to_write(session, format_name or "", output, FORMATS)
    if not kind:
        message = _("name a format ({formats}), or use -o with a file name that ends in one")
        raise WrongUse(message, formats=", ".join(FORMATS))
    as_todo = component == "todo"
    if kind != "ics" and (alarm or as_todo):
        raise WrongUse(_("--alarm and --as are only for ics"))
    if session.columns is not None:
        refuse_columns(kind)
    # A database has room for one record alone.
    records = session.open_each() if kind != "sqlite" else LoadedRecords([session.open()])
    asked = records.ask(lambda record: session.selection(record, session.filters))
    parts = [part._replace(everything=record.tasks()) for record, part in asked]
    if path is not None and os.path.lexists(path) and not partial:
        records.refuse_partial()
    selected = [task for part in parts for task in part.selected]
    if kind == "ics":
        earlier = _earlier_entries(path, session) if force else {}
        content, written = _calendar(records, parts, alarm or (), as_todo=as_todo, earlier=earlier)
        selected = [task for task in selected if as_todo or task.deadline is not None]
    else:
        content = _file(records, parts, kind, session)
        written = counted("{path}: {count} task", "{path}: {count} tasks", len(selected))
    if not selected:
        say(records.nothing(view.nothing_due(parts[0].limits)))
    if path is not None:
        shown = write_file(content, path, session, force=force)
        write_line(written, path=shown)
    else:
        write_bytes(content, is_text=kind in TEXTS and output is None)
    return records.finish()


def _export_edoxen(target: Path | None, session: Session, *, force: bool, partial: bool) -> int:
    """Write a file of decisions and one of its own for each meeting; say what they leave out."""
    from grcm_cli.exports.edoxen import render  # 10 ms, only for collections

    if target is None:
        raise WrongUse(_("name the folder: {form}"), form="grcm export edoxen DIR")
    if any(session.is_given(name) for name in _NOT_OF_EDOXEN):
        raise WrongUse(_("edoxen takes only --body, --meeting, --partial and --force"))
    record = session.open()
    folder = folder_to_write(target, session)
    if not partial:
        LoadedRecords([record]).refuse_partial()
    query = build_query(record.register, session.as_of, session.filters)
    register = record.register.as_of(record.as_of)
    meetings = [meeting for meeting in register.meetings if query.covers_meeting(meeting)]
    collections = render(register, meetings)
    if not collections:
        say(_("there is nothing to write"))
        return record.finish()
    write_files({folder / name: data for name, data in collections.items()}, session, force=force)
    written = counted("{path}: {count} file", "{path}: {count} files", len(collections))
    write_line(written, path=session.shown(folder))
    adopted = [conclusion for meeting in meetings for conclusion in meeting.conclusions or ()]
    if mandates := sum(len(conclusion.mandates) for conclusion in adopted):
        left = counted(
            "left out, as the format has no place for it: {count} mandate, with its deadline",
            "left out, as the format has no place for them: {count} mandates, with their deadlines",
            mandates,
        )
        say(left)
    links = sum(len(conclusion.lineage) for conclusion in adopted)
    notes = sum(bool(conclusion.note) + len(conclusion.documents) for conclusion in adopted)
    if links or notes:
        message = _(
            "also left out: references to older conclusions ({links}); notes and annexes ({notes})"
        )
        say(message, links=links, notes=notes)
    return record.finish()


def _earlier_entries(path: Path | None, session: Session) -> ics_file.Entries:
    if path is None or not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            return ics_file.read_entries(file.read(ics_file.LARGEST + 1))
    except ics_file.ForeignCalendarError:
        message = _("{path} is not a complete grcm calendar: none of its entries can be continued")
        say(message, path=session.shown(path))
        return {}


def _calendar(
    records: LoadedRecords,
    parts: Sequence[view.TaskSelection],
    alarms: Sequence[str],
    *,
    as_todo: bool,
    earlier: ics_file.Entries,
) -> tuple[bytes, str]:
    """Return the calendar and the sentence about it; print how many duties have no day."""
    from grcm_cli.exports import ics  # 5 ms, only for a calendar

    days = []
    for word in alarms:
        if (match := _ALARM.fullmatch(word)) is None:
            message = _("--alarm: '{text}' is not a time before a deadline; write it as 14d or 2w")
            raise WrongUse(message, text=word)
        days.append(int(match[1]) * (7 if match[2] == "w" else 1))
    without_day = [[task for task in part.selected if not task.deadline] for part in parts]
    undated = sum(map(view.duties, without_day))
    if undated and not as_todo:
        hidden = counted(
            "{count} duty without a date is not in the calendar; --as todo includes it",
            "{count} duties without a date are not in the calendar; --as todo includes them",
            undated,
        )
        say(hidden)
    notes = {unread.process: incomplete_note(by_file(unread.problems)) for unread in records.unread}
    several = notes if records.is_several else None
    feed = ics.calendar_of(parts, several, undated=as_todo, earlier=earlier)
    count = sum(not (deadline.is_notice or deadline.is_cancelled) for deadline in feed.deadlines)
    written = counted("{path}: {count} event", "{path}: {count} events", count)
    if as_todo:
        written = counted("{path}: {count} to-do", "{path}: {count} to-dos", count)
    return ics_file.render(feed, alarms=days, as_todo=as_todo), written


def _file(
    records: LoadedRecords, parts: Sequence[view.TaskSelection], format_name: str, session: Session
) -> bytes:
    if format_name == "xlsx":
        from grcm_cli.exports import xlsx  # 150 ms, only for a spreadsheet
        from grcm_cli.sheets import workbook

        notice = incomplete_note(by_file(records.problems)) if records.is_several else None
        try:
            return workbook.render(xlsx.workbook_of(parts, notice))
        except workbook.TooLongError as error:
            why = _("there are more rows than a spreadsheet can hold; choose fewer, or use sqlite")
            raise BadData(why) from error
    if format_name == "sqlite":
        from grcm_cli.exports import sqlite  # 27 ms, only for a database

        try:
            return sqlite.render(parts[0])
        except sqlite.DuplicateKeyError as error:
            message = _("{what} is in the record twice, which a database does not accept; {check}")
            raise BadData(message, what=error, check="grcm validate") from error
    lists = [part.listing(partial(part.table, "", view.DUE_COLUMNS, each=True)) for part in parts]
    content = records.as_one(lists, view.ORDERS[session.sort], session.language)
    return session._replace(format_name=format_name).text_of(content, records.problems).encode()
