"""`grcm export FORMAT`: what is to be done, as a file for people without grcm."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.errors import BadData, WrongUse
from grcm_cli.cli.options import chosen
from grcm_cli.cli.output import put, wanted_file
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.tasks import tasks
from grcm_cli.exports import ExportData
from grcm_cli.formats import renderer
from grcm_cli.formats.listing import Listing
from grcm_cli.language.text import _, clean, ngettext
from grcm_cli.views.tasks import Tables, duties, listing

HELP = _(
    "Export what is to be done as a file.\n\n"
    "A spreadsheet (xlsx, csv), a calendar (ics), a database (sqlite), or json and md; the options "
    "choose as those of `due` do. Text goes to stdout where no file is named, anything with `-o -`."
)
TEXTS = ("csv", "json", "md")
FORMATS = ("csv", "xlsx", "json", "md", "ics", "sqlite")
BINARY = ("xlsx", "sqlite")
_ALARM = re.compile(r"(\d{1,4})([dw])", re.ASCII)

FormatArgument = Annotated[
    str,
    typer.Argument(
        metavar="|".join(FORMATS),
        parser=given.choice(*FORMATS),
        help=_("What kind of file."),
        autocompletion=lambda: [(name, "") for name in FORMATS],
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=_("FILE"),
        help=_("The file to write, - for stdout; else stdout, for text."),
    ),
]
AlarmOption = Annotated[
    list[str] | None,
    typer.Option(
        "--alarm",
        metavar="14d",
        help=_("In a calendar, remind so many days (14d) or weeks (2w) before; may be repeated."),
    ),
]
AsOption = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="event|todo",
        parser=given.choice("event", "todo"),
        help=_("In a calendar: all-day events, or things to do, the undated ones too."),
    ),
]


def export(
    ctx: typer.Context,
    format_name: FormatArgument,
    output: OutputOption = None,
    force: given.ForceOption = False,
    before: given.BeforeOption = None,
    after: given.AfterOption = None,
    within: given.WithinOption = None,
    party: given.PartyOption = None,
    body: given.BodyOption = None,
    meeting: given.MeetingOption = None,
    unassigned: given.UnassignedOption = False,
    closed: given.AllOption = False,
    alarm: AlarmOption = None,
    kind: AsOption = "event",
) -> int:
    """Write the file, and return the exit code."""
    session = Session.of(ctx)
    path = wanted_file(output, session.here)
    if output is None and format_name in BINARY:
        message = _("{format} is no text: name a file with -o FILE, or -o - for another program")
        raise WrongUse(message.format(format=format_name))
    if format_name != "ics" and (alarm or kind != "event"):
        raise WrongUse(_("--alarm and --as are for ics"))
    alarms = [_days(word) for word in alarm or ()]
    record = session.open()
    query = chosen(
        record.register,
        session.as_of,
        Query(unassigned=unassigned, closed=closed),
        days=(before, after, within),
        words=(party, body, meeting),
    )
    everything = tasks(record.register, session.as_of)
    found = select(everything, query)
    wanted = ExportData(record.register, everything, found, session.as_of, session.language)
    if format_name == "ics":
        data = _calendar(wanted, query, alarms, as_todo=kind == "todo")
        if kind == "event":
            found = [task for task in found if task.deadline is not None]
    else:
        data = _file(wanted, query, format_name, session)
    if not found:
        say(_("Nothing is due."))
    if path is not None:
        _put(data, path, len(found), session, force=force)
    elif format_name in TEXTS and output is None:
        write(data.decode())  # in the terminal's own letters
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    return record.finish(found, wanted=False)


def _days(word: str) -> int:
    """Return how many days before a deadline `14d` or `2w` is. Raises WrongUse."""
    match = _ALARM.fullmatch(word)
    if match is None:
        message = _("--alarm: '{text}' is no time before a deadline; write it as 14d or 2w")
        raise WrongUse(message.format(text=clean(word)))
    return int(match[1]) * (7 if match[2] == "w" else 1)


def _calendar(wanted: ExportData, query: Query, alarms: Sequence[int], *, as_todo: bool) -> bytes:
    from grcm_cli.exports import ics  # only here: it costs a tenth of a second

    found = ics.calendar_data(wanted, party=query.party, undated=as_todo)
    undated = duties([task for task in wanted.selected if task.deadline is None])
    if undated and not as_todo:
        hidden = ngettext(
            "{count} duty without a day is not in the calendar; --as todo has it",
            "{count} duties without a day are not in the calendar; --as todo has them",
            undated,
        )
        say(hidden.format(count=undated))
    return ics.render(found, alarms=alarms, as_todo=as_todo)


def _file(wanted: ExportData, query: Query, format_name: str, session: Session) -> bytes:
    if format_name in TEXTS:
        title = _("To be done · as of {day}").format(day=wanted.as_of)
        answer = listing(
            wanted.selected,
            wanted.as_of,
            wanted.language,
            lambda: Tables(wanted.everything, wanted.language, each=True).due(
                title, wanted.selected, ()
            ),
        )
        return renderer(format_name)(answer, session.page).encode()
    if format_name == "xlsx":
        from grcm_cli.exports import xlsx  # only here, and only its library

        try:
            return xlsx.render(xlsx.workbook_data(wanted, _matrix(wanted, query)))
        except xlsx.TooLongError as error:
            message = _("there are more rows than a spreadsheet holds; choose fewer, or sqlite")
            raise BadData(message) from error
    from grcm_cli.exports import sqlite  # only here

    try:
        return sqlite.render(wanted)
    except sqlite.DuplicateKeyError as error:
        message = _("{what} is in the record twice, which a database does not take; {check}")
        raise BadData(message.format(what=clean(str(error)), check="grcm validate")) from error


def _matrix(wanted: ExportData, query: Query) -> Listing:
    from grcm_cli.views import matrix  # only for a spreadsheet

    return matrix.listing(
        wanted.selected,
        wanted.register.directory,
        wanted.as_of,
        title="",
        one_meeting=query.meeting is not None,
    )


def _put(data: bytes, path: Path, count: int, session: Session, *, force: bool) -> None:
    shown = put(data, path, session.here, force=force)
    written = ngettext("{path}: {count} task", "{path}: {count} tasks", count)
    write(written.format(path=shown, count=count) + "\n")
