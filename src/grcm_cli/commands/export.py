"""`grcm export FORMAT`: write open tasks to a file for people without grcm."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.errors import BadData, WrongUse
from grcm_cli.cli.lookups import build_query
from grcm_cli.cli.output import (
    format_of,
    output_path,
    refuse_partial,
    refuse_terminal,
    write_file,
)
from grcm_cli.cli.records import LoadedRecord, LoadedRecords
from grcm_cli.cli.session import Session, say, write_bytes, write_line
from grcm_cli.domain.findings import by_file
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.tasks import tasks
from grcm_cli.exports import ExportData
from grcm_cli.formats import rendered
from grcm_cli.formats.listing import Listing, incomplete_note
from grcm_cli.language.text import _, ngettext
from grcm_cli.storage.large_file import Fill, filled_with, pieces_of
from grcm_cli.views.tasks import (
    TaskRecords,
    by_deadline,
    deadline_column,
    duties,
    listing,
    task_table,
    when_column,
    who_column,
)

if TYPE_CHECKING:
    from grcm_cli.exports.ics_revision import EarlierEntry

TEXTS = ("csv", "json", "md")
FORMATS = {
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "json": (".json",),
    "md": (".md", ".markdown"),
    "ics": (".ics",),
    "sqlite": (".sqlite", ".sqlite3", ".db"),
    "edoxen": (),
}
"""Each format with the endings of its files."""
BINARY = ("xlsx", "sqlite")
_Content = Iterator[bytes] | Fill
"""What is written: pieces of it, or what fills a file with it."""
_ALARM = re.compile(r"(\d{1,4})([dw])", re.ASCII)

FormatArgument = Annotated[
    str | None,
    options.choice_argument(
        tuple(FORMATS), _("What kind of file; else the one that the ending of -o stands for.")
    ),
]
FolderArgument = Annotated[
    Path | None,
    options.argument(_("DIR"), _("Of edoxen: the new or empty folder that the collections go to.")),
]
OutputOption = Annotated[
    Path | None,
    options.value(
        "--output -o",
        _("FILE"),
        _("The file to write, in the format of its ending; - for stdout; else stdout, for text."),
    ),
]
AlarmOption = Annotated[
    list[str] | None,
    options.value(
        "--alarm",
        "14d",
        _("In a calendar, remind so many days (14d) or weeks (2w) before; may be repeated."),
    ),
]
PartialOption = Annotated[
    bool,
    options.flag(
        "--partial", _("Write over an existing file even where some of the record is unreadable.")
    ),
]
AsOption = Annotated[
    str,
    options.choice_option(
        "--as",
        ("event", "todo"),
        _("In a calendar: all-day events, or things to do, the undated ones too."),
    ),
]


def export(
    ctx: typer.Context,
    asked: FormatArgument = None,
    target: FolderArgument = None,
    output: OutputOption = None,
    force: options.ForceOption = False,
    before: options.BeforeOption = None,
    after: options.AfterOption = None,
    within: options.WithinOption = None,
    party: options.PartyOption = None,
    body: options.BodyOption = None,
    meeting: options.MeetingOption = None,
    unassigned: options.UnassignedOption = False,
    closed: options.AllOption = False,
    alarm: AlarmOption = None,
    kind: AsOption = "event",
    partial: PartialOption = False,
) -> int:
    """Write the tasks that match to a file or stdout; print how many, and which are left out."""
    session = Session.of(ctx)
    if asked == "edoxen" or target is not None:
        return _collections(ctx, asked, target, session)
    path = output_path(output, session)
    format_name = _format(ctx, asked, output)
    if format_name != "ics" and (alarm or kind != "event"):
        raise WrongUse(_("--alarm and --as are for ics"))
    alarms = [_days_before(word) for word in alarm or ()]
    one_only = format_name == "sqlite"
    records = LoadedRecords([session.open()]) if one_only else session.open_each()
    asked_of = records.ask(
        lambda record: build_query(
            record.register, record.as_of, party, body, meeting, before, after, within,
            unassigned=unassigned, closed=closed,
        )
    )  # fmt: skip
    parts = [_part(record, query, session) for record, query in asked_of]
    refuse_partial(records, path, partial=partial)
    content: _Content
    if format_name == "ics":
        earlier = _replaced(path, session) if path is not None and force else None
        content = _calendar(records, parts, alarms, as_todo=kind == "todo", earlier=earlier)
    elif format_name in TEXTS:
        content = _text(records, parts, format_name, session)
    else:
        content = _workbook(records, parts) if format_name == "xlsx" else _database(parts[0])
    found = [task for part in parts for task in part.data.selected]
    if format_name == "ics" and kind == "event":
        found = [task for task in found if task.deadline is not None]
    if not found:
        say(records.nothing(_("Nothing is due.")))
    if path is not None:
        fill = content if callable(content) else filled_with(content)
        shown = write_file(fill, path, session, force=force)
        message = ngettext("{path}: {count} task", "{path}: {count} tasks", len(found))
        write_line(message, path=shown, count=len(found))
    else:
        _print(content, is_text=format_name in TEXTS and output is None)
    return records.finish(found, wanted=False)


def _print(content: _Content, *, is_text: bool) -> None:
    """Write to stdout, a text in the encoding of the terminal."""
    for piece in pieces_of(content) if callable(content) else content:
        write_bytes(piece, is_text=is_text)


def _collections(
    context: typer.Context, asked: str | None, target: Path | None, session: Session
) -> int:
    """Write the collections of the record. Raises WrongUse where another format is asked for."""
    if asked != "edoxen":
        raise WrongUse(_("{name} is too many: a folder is named for edoxen alone"), name=target)
    from grcm_cli.cli.edoxen_export import export_collections  # 10 ms, only for collections

    given = context.params
    return export_collections(
        context, target, session, given["body"], given["meeting"], force=given["force"]
    )


class _ExportPart(NamedTuple):
    """What a file has of one record, and the query that chose it."""

    record: LoadedRecord
    query: Query
    data: ExportData


def _part(record: LoadedRecord, query: Query, session: Session) -> _ExportPart:
    everything = tasks(record.register, session.as_of)
    found = select(everything, query)
    data = ExportData(
        record.register, everything, found, session.as_of, session.language, record.problems,
        record.process,
    )  # fmt: skip
    return _ExportPart(record, query, data)


def _format(context: typer.Context, asked: str | None, output: Path | None) -> str:
    """Return the format of the file. Raises WrongUse where none is asked for, or not for stdout."""
    format_name = format_of(context, asked or "", output, FORMATS, parameter="asked")
    if not format_name:
        message = _("name a format, {formats}, or with -o a file that ends in one")
        raise WrongUse(message, formats=", ".join(FORMATS))
    if format_name in BINARY:
        refuse_terminal(format_name, output)
    return format_name


def _days_before(word: str) -> int:
    """Return how many days before a deadline `14d` or `2w` is. Raises WrongUse."""
    match = _ALARM.fullmatch(word)
    if match is None:
        message = _("--alarm: '{text}' is no time before a deadline; write it as 14d or 2w")
        raise WrongUse(message, text=word)
    return int(match[1]) * (7 if match[2] == "w" else 1)


def _replaced(path: Path, session: Session) -> Mapping[str, "EarlierEntry"] | None:
    """Return the entries of the calendar that will be written over; None where there is none."""
    from grcm_cli.exports import ics_revision  # 1 ms, only for a calendar

    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return ics_revision.read_entries(file)
    except ics_revision.ForeignCalendarError:
        message = _("{path} is no whole calendar of grcm: no entry continues one of it")
        say(message, path=session.shown(path))
        return None


def _calendar(
    records: LoadedRecords,
    parts: Sequence[_ExportPart],
    alarms: list[int],
    *,
    as_todo: bool,
    earlier: Mapping[str, "EarlierEntry"] | None,
) -> Iterator[bytes]:
    """Return the pieces of the iCalendar file; print how many duties it lacks for having no day."""
    from grcm_cli.exports import ics, ics_file  # 30 ms, only for a calendar

    undated = sum(
        duties([task for task in part.data.selected if task.deadline is None]) for part in parts
    )
    if undated and not as_todo:
        hidden = ngettext(
            "{count} duty without a day is not in the calendar; --as todo has it",
            "{count} duties without a day are not in the calendar; --as todo has them",
            undated,
        )
        say(hidden, count=undated)
    feeds = [
        ics.calendar_data(
            part.data, party=part.query.party, undated=as_todo, earlier=earlier,
            incomplete=part.data.incomplete,
        )
        for part in parts
    ]  # fmt: skip
    feed = feeds[0]
    if records.is_several:
        unread = {one.process: incomplete_note(by_file(one.findings)) for one in records.unread}
        first = parts[0].data
        owner = first.register.directory.by_code.get(parts[0].query.party or "")
        owner_name = owner.name.shown(first.language) if owner else None
        processes = [part.record.process for part in parts]
        feed = ics.joined(feeds, processes, unread, owner_name)
    return ics_file.pieces(feed, alarms=alarms, as_todo=as_todo)


def _text(
    records: LoadedRecords, parts: Sequence[_ExportPart], format_name: str, session: Session
) -> Iterator[bytes]:
    """Return a text, as the only piece of the file."""
    lists = [(part.record, _list(part.data)) for part in parts]
    content = records.as_one(lists, by_deadline, session.language)
    content = content._replace(language=session.language, problems=records.problems)
    return iter([rendered(format_name, content, session.page).encode()])


def _list(answer: ExportData) -> Listing:
    title = _("To be done · as of {day}").format(day=answer.as_of)
    columns = deadline_column(), when_column(), who_column(answer.everything, each=True)
    table = functools.partial(
        task_table, title, answer.selected, answer.language, columns, each=True
    )
    records = TaskRecords(answer.register.directory, answer.language, answer.process)
    return listing(answer.selected, answer.as_of, records, table)


def _workbook(records: LoadedRecords, parts: Sequence[_ExportPart]) -> Fill:
    """Return what writes the spreadsheet; it raises BadData where that would have too many rows."""
    from grcm_cli.exports import xlsx  # 30 ms, only for a spreadsheet

    books = [(part.record.process, xlsx.workbook_data(part.data)) for part in parts]
    book = books[0][1]
    if records.is_several:
        book = xlsx.joined(books, incomplete_note(by_file(records.problems)))

    def fill(path: Path) -> None:
        try:
            xlsx.write(book, path)
        except xlsx.TooLongError as error:
            message = _("there are more rows than a spreadsheet holds; choose fewer, or sqlite")
            raise BadData(message) from error

    return fill


def _database(part: _ExportPart) -> Fill:
    """Return what writes the SQLite file. Raises BadData where the record has a key twice."""
    from grcm_cli.exports import sqlite  # 2 ms, only for a database

    try:
        return sqlite.filled(part.data, sqlite.meeting_rows(part.data.register, part.data.language))
    except sqlite.DuplicateKeyError as error:
        message = _("{what} is in the record twice, which a database does not take; {check}")
        raise BadData(message, what=error, check="grcm validate") from error
