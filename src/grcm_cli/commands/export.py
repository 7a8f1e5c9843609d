"""`grcm export FORMAT`: write open tasks to a file for people without grcm."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.errors import BadData, WrongUse
from grcm_cli.cli.output import (
    format_of,
    output_path,
    refuse_partial,
    refuse_terminal,
    write_file,
)
from grcm_cli.cli.session import Session, say, write, write_line
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.tasks import tasks
from grcm_cli.exports import ExportData
from grcm_cli.formats import renderer
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views.tasks import Tables, duties, listing, task_fields

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
}
"""Each format with the endings of its files."""
BINARY = ("xlsx", "sqlite")
_ALARM = re.compile(r"(\d{1,4})([dw])", re.ASCII)

FormatArgument = Annotated[
    str | None,
    options.choice_argument(
        tuple(FORMATS), _("What kind of file; else the one that the ending of -o stands for.")
    ),
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
    path = output_path(output, session)
    format_name = _format(ctx, asked, output)
    if format_name != "ics" and (alarm or kind != "event"):
        raise WrongUse(_("--alarm and --as are for ics"))
    alarms = [_days_before(word) for word in alarm or ()]
    record = session.open()
    query = options.build_query(
        record, party, body, meeting, before, after, within, unassigned=unassigned, closed=closed
    )
    everything = tasks(record.register, session.as_of)
    found = select(everything, query)
    refuse_partial(record, path, partial=partial)
    answer = ExportData(
        record.register, everything, found, session.as_of, session.language, record.problems
    )
    if format_name == "ics":
        earlier = _replaced(path, session) if path is not None and force else None
        data = _calendar(answer, query, alarms, as_todo=kind == "todo", earlier=earlier)
        if kind == "event":
            found = [task for task in found if task.deadline is not None]
    elif format_name in TEXTS:
        data = _text(answer, format_name, session)
    else:
        data = _workbook(answer) if format_name == "xlsx" else _database(answer)
    if not found:
        say(record.nothing(_("Nothing is due.")))
    if path is not None:
        shown = write_file(data, path, session, force=force)
        message = ngettext("{path}: {count} task", "{path}: {count} tasks", len(found))
        write_line(message, path=shown, count=len(found))
    elif format_name in TEXTS and output is None:
        write(data.decode())  # in the encoding of the terminal
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    return record.finish(found, wanted=False)


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
    with path.open("rb") as file:
        data = file.read(ics_revision.LARGEST + 1)
    try:
        return ics_revision.read_entries(data)
    except ics_revision.ForeignCalendarError:
        message = _("{path} is no whole calendar of grcm: no entry continues one of it")
        say(message, path=session.shown(path))
        return None


def _calendar(
    answer: ExportData,
    query: Query,
    alarms: list[int],
    *,
    as_todo: bool,
    earlier: Mapping[str, "EarlierEntry"] | None,
) -> bytes:
    """Return the iCalendar file; print how many duties it lacks for having no day."""
    from grcm_cli.exports import ics  # 30 ms, only for a calendar

    undated = duties([task for task in answer.selected if task.deadline is None])
    if undated and not as_todo:
        hidden = ngettext(
            "{count} duty without a day is not in the calendar; --as todo has it",
            "{count} duties without a day are not in the calendar; --as todo has them",
            undated,
        )
        say(hidden, count=undated)
    feed = ics.calendar_data(
        answer, party=query.party, undated=as_todo, earlier=earlier, incomplete=answer.incomplete
    )
    return ics.render(feed, alarms=alarms, as_todo=as_todo)


def _text(answer: ExportData, format_name: str, session: Session) -> bytes:
    title = _("To be done · as of {day}").format(day=answer.as_of)
    tables = Tables(answer.everything, answer.language, each=True)
    fields = task_fields(answer.register.directory, answer.language)

    def table() -> TextTable:
        return tables.due(title, answer.selected, ())

    content = listing(answer.selected, answer.as_of, fields, table)
    content = content._replace(language=answer.language, problems=answer.problems)
    return renderer(format_name)(content, session.page).encode()


def _workbook(answer: ExportData) -> bytes:
    """Return the spreadsheet. Raises BadData where it would have too many rows."""
    from grcm_cli.exports import xlsx  # 30 ms, only for a spreadsheet

    try:
        return xlsx.render(xlsx.workbook_data(answer))
    except xlsx.TooLongError as error:
        message = _("there are more rows than a spreadsheet holds; choose fewer, or sqlite")
        raise BadData(message) from error


def _database(answer: ExportData) -> bytes:
    """Return the SQLite file. Raises BadData where the record has a key twice."""
    from grcm_cli.exports import sqlite  # 2 ms, only for a database

    try:
        return sqlite.render(answer)
    except sqlite.DuplicateKeyError as error:
        message = _("{what} is in the record twice, which a database does not take; {check}")
        raise BadData(message, what=error, check="grcm validate") from error
