"""`grcm import FILE`: meeting files and progress from the tracker that a secretariat keeps."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from grcm_cli.cli import options, written_files
from grcm_cli.cli.edoxen_import import WORD, CollectionOptions, import_collections
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.lookups import find_body, parse_calendar_day
from grcm_cli.cli.output import lock_failures
from grcm_cli.cli.progress_files import ProgressChange, progress_change
from grcm_cli.cli.prompts import confirmed
from grcm_cli.cli.session import Session, say, write, write_line
from grcm_cli.cli.sheet_files import order_of_days, read_sheets
from grcm_cli.cli.tracker_plan import ImportPlan, plan_import
from grcm_cli.domain.register import Register
from grcm_cli.formats import drawn_table
from grcm_cli.formats.listing import TextTable
from grcm_cli.imports.cells import Days
from grcm_cli.imports.headings import likely_column
from grcm_cli.imports.meetings import MeetingOptions
from grcm_cli.imports.model import ImportOptions
from grcm_cli.imports.report import import_report
from grcm_cli.language.text import _, clean, fold, ngettext
from grcm_cli.reader.edit import dump_mapping
from grcm_cli.sheets.days import Order
from grcm_cli.sheets.table import SheetTable, UnreadableSheet, WrongHeadings, build_table
from grcm_cli.sheets.tracker import DAY_COLUMNS, TRACKER, column_named
from grcm_cli.storage import files
from grcm_cli.storage.paths import REGISTER

FilesArgument = Annotated[
    list[str],
    options.argument(
        _("FILE"),
        _(
            "The tracker, .xlsx or .csv: one row a decision or a duty. Or the word edoxen, and "
            "then the files or folders of collections."
        ),
    ),
]
MapOption = Annotated[
    list[str] | None,
    options.value(
        "--map",
        _("HEADING=NAME"),
        _(
            "What a column is, where its heading is not recognised: “Priority=Note”; "
            "“Priority=” leaves it out; may be repeated."
        ),
    ),
]
SheetOption = Annotated[
    str | None,
    options.value("--sheet", _("NAME"), _("The sheet to read, where the workbook has several.")),
]
BodyOption = Annotated[
    str | None,
    options.value("--body", _("BODY"), _("The body that met, where the rows name none."), "body"),
]
StartOption = Annotated[
    list[str] | None,
    options.value(
        "--start",
        _("MEETING=DAY"),
        _(
            "The first day of a meeting whose day the file lacks, or both as "
            "2003-05-29/2003-05-30; the day alone is that of all rows; may be repeated."
        ),
    ),
]
OnOption = Annotated[
    str | None,
    options.value("--on", _("DAY"), _("The day of the states, where a row has none.")),
]
DayFirstOption = Annotated[
    bool, options.flag("--day-first", _("In the sheet, 03/04/2026 is the 3rd of April."))
]
MonthFirstOption = Annotated[
    bool, options.flag("--month-first", _("In the sheet, 03/04/2026 is the 4th of March."))
]
DryRunOption = Annotated[
    bool, options.flag("--dry-run", _("Show what was understood, and write nothing."))
]
DraftOption = Annotated[
    bool,
    options.flag("--draft", _("Of collections: infer mandates from the texts, as draft does.")),
]
YesOption = Annotated[bool, options.flag("--yes", _("Write without the question."))]


def import_(
    ctx: typer.Context,
    names: FilesArgument,
    mapped: MapOption = None,
    sheet: SheetOption = None,
    body: BodyOption = None,
    start: StartOption = None,
    on: OnOption = None,
    day_first: DayFirstOption = False,
    month_first: MonthFirstOption = False,
    draft: DraftOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
) -> int:
    """Report what a tracker says and, once confirmed, write new meeting files and progress.

    With the word `edoxen` before the files, these are collections of decisions.

    Raises WrongUse for what is no tracker, and BadData where the files would have errors.
    """
    session = Session.of(ctx)
    if names[0] == WORD:
        _refuse_tracker_options(ctx)
        asked_for = CollectionOptions(body or "", draft, dry_run, yes)
        return import_collections(names[1:], asked_for, session)
    file = _only_file(names, is_draft=draft, both_orders=day_first and month_first)
    folder = session.folder()
    opened = session.open()
    table = _table(file, mapped or [], sheet, session)
    order: Order = (
        "day-first" if day_first else "month-first" if month_first
        else order_of_days(table, DAY_COLUMNS, session)
    )  # fmt: skip
    of_meetings = MeetingOptions(
        find_body(opened.register, body).code if body is not None else "",
        dict(map(_given_days, start or [])),
        order,
    )
    asked = ImportOptions(of_meetings, parse_calendar_day(on) if on is not None else None)
    plan = plan_import(table, opened.register, asked, Path(file).name, folder, session)
    _report(plan, opened.register, session)
    is_faulty = plan.tracker.findings.has_left
    if not plan.files:
        say(_("there is nothing to write"))
        return opened.finish((), wanted=False) or int(is_faulty)
    changes = [
        progress_change(folder, session, party, [one for one in plan.entries if one.party == party])
        for party in sorted({entry.party for entry in plan.entries})
    ]
    changes = [change for change in changes if change.entries]
    _announce(plan, changes, session)
    if dry_run or not (yes or confirmed(_question(plan))):
        say(_("nothing was written"))
        return opened.finish((), wanted=False) or int(is_faulty)
    _write_all(plan, changes, session)
    _next_steps(plan)
    return opened.finish((), wanted=False) or int(is_faulty)


def _only_file(names: Sequence[str], *, is_draft: bool, both_orders: bool) -> str:
    """Return the only file. Raises WrongUse for several, and for options that do not fit."""
    if is_draft:
        raise WrongUse(_("--draft is for collections: {form}"), form="grcm import edoxen FILES")
    if both_orders:
        raise WrongUse(
            _("{one} and {other} exclude each other"), one="--day-first", other="--month-first"
        )
    if len(names) > 1:
        raise WrongUse(_("one file at a time: {name} is too many"), name=names[1])
    return names[0]


_OF_TRACKERS = ("map", "sheet", "start", "on", "day_first", "month_first")


def _refuse_tracker_options(context: typer.Context) -> None:
    """Raise WrongUse where an option is given that only a tracker takes."""
    for name in _OF_TRACKERS:
        source = context.get_parameter_source("mapped" if name == "map" else name)
        if source is not None and source.name == "COMMANDLINE":
            option = f"--{name.replace('_', '-')}"
            raise WrongUse(_("{option} is for a tracker, not for collections"), option=option)


# --- the sheet and the options ------------------------------------------------------------------


def _table(word: str, mapped: Sequence[str], sheet: str | None, session: Session) -> SheetTable:
    """Return the table of a file. Raises WrongUse for what is no tracker."""
    source = clean(Path(word).name)
    kind = TRACKER._replace(mapped=dict(map(_mapping, mapped)))
    try:
        file = read_sheets(word, kind, session, sheet)
        table = build_table(file.sheet, source, kind, refuse_extra=False)
    except UnreadableSheet as error:
        hint = _(
            "say what a column is with --map “Heading=Name”, or “Heading=” to leave it out; "
            "names: {names}"
        )
        names = ", ".join(TRACKER.heading_of(name) for name in TRACKER.headings)
        more = [hint.format(names=names)] if isinstance(error, WrongHeadings) else []
        raise WrongUse(f"{source}: {error}", *more, _("nothing was written")) from error
    known = {fold(name) for name in (*table.names.values(), *table.unread, *table.ignored)}
    for heading in kind.mapped:
        if heading not in known:
            message = _("--map: there is no column {name}; the headings are: {headings}")
            written = next(text for text in mapped if fold(text.rpartition("=")[0]) == heading)
            headings = ", ".join([*table.names.values(), *table.unread])
            raise WrongUse(message, name=written.rpartition("=")[0], headings=headings)
    return table


def _mapping(text: str) -> tuple[str, str]:
    """Return a heading, folded, and its column of `--map`. Raises WrongUse."""
    heading, sign, word = text.rpartition("=")
    column = column_named(word.strip()) if word.strip() else ""
    if not sign or not heading.strip() or column is None:
        names = ", ".join(TRACKER.heading_of(name) for name in TRACKER.headings)
        message = _("--map: '{text}' is to be written as “Heading=Name”; the names are: {names}")
        raise WrongUse(message, text=text, names=names)
    return fold(heading), column


def _given_days(text: str) -> tuple[str, Days]:
    """Return a meeting, folded, and its days of `--start`. Raises WrongUse."""
    name, _sign, days = text.rpartition("=")
    first, _slash, last = days.partition("/")
    start = parse_calendar_day(first.strip())
    end = parse_calendar_day(last.strip()) if last else start
    if end < start:
        raise WrongUse(_("the meeting ends before it starts"))
    return fold(name), Days(start, end)


# --- the report ---------------------------------------------------------------------------------


def _report(plan: ImportPlan, register: Register, session: Session) -> None:
    table = plan.tracker.table
    unread = list(table.unread)
    hints = [_hint(heading, table, register) for heading in unread]
    _doubt_headings(plan)
    report = import_report(plan.tracker, plan.entries_by_meeting(), unread, hints)
    _show([one for one in report if one.rows], session)
    _show_missing(plan, session)


def _hint(heading: str, table: SheetTable, register: Register) -> str:
    """Return what to write so that a column is read."""
    meanings = TRACKER.meanings(heading)
    column = meanings[0] if meanings else likely_column(heading, table, register)
    name = TRACKER.heading_of(column)
    message = _("not read; to read it as {name}: {option}")
    return message.format(name=name, option=f'--map "{clean(heading)}={name}"')


def _show_missing(plan: ImportPlan, session: Session) -> None:
    """Print the lines that add to the register who is named and is not in it."""
    missing = plan.tracker.findings.missing.lines()
    if not missing:
        return
    path = session.shown(session.folder() / REGISTER)
    message = _("Names that the register does not have; to import them, add them to {path} first:")
    write("\n")
    write_line(message, path=path)
    for section in dict.fromkeys(one.section for one in missing):
        write_line(f"{section}:")
        for one in missing:
            if one.section == section:
                values = {"name": one.name, "aliases": list(one.aliases)}
                values = {key: value for key, value in values.items() if value}
                line = dump_mapping({one.code: values}, in_brackets=True)
                write_line("  {line}", line=line.strip()[1:-1])


def _doubt_headings(plan: ImportPlan) -> None:
    """Note which headings have several meanings, and how each was read."""
    table, findings = plan.tracker.table, plan.tracker.findings
    for column, heading in table.names.items():
        meanings = TRACKER.meanings(heading) if TRACKER.is_doubtful(heading) else []
        others = [name for name in (*meanings, *_OTHERS.get(column, ())) if name != column]
        if others:
            message = _("read as {name}; if it is something else: {option}")
            option = f'--map "{clean(heading)}={TRACKER.heading_of(others[0])}"'
            name = TRACKER.heading_of(column)
            findings.doubt(0, column, heading, message.format(name=name, option=option))


_OTHERS = {"start": ("due",)}
"""What a heading with one meaning, as *Fecha*, may mean all the same."""


def _show(tables: Iterable[TextTable], session: Session) -> None:
    for place, table in enumerate(tables):
        if place:
            write("\n")
        write(drawn_table(table, session.page))


def _announce(plan: ImportPlan, changes: Sequence[ProgressChange], session: Session) -> None:
    write_line("")
    for path in plan.files:
        write_line(_("  {path}  new"), path=session.shown(path))
    for change in changes:
        count = len(change.entries)
        message = ngettext("  {path}  {count} entry", "  {path}  {count} entries", count)
        write_line(message, path=change.shown, count=count)


def _question(plan: ImportPlan) -> str:
    if plan.tracker.findings.missing:
        return _("Write these files without the names that are missing?")
    return _("Write these files?")


# --- the files ----------------------------------------------------------------------------------


def _write_all(plan: ImportPlan, changes: Sequence[ProgressChange], session: Session) -> None:
    """Write the new meeting files and the progress, all or none of them."""
    shown = {path: session.shown(path) for path in plan.files}
    shown |= {change.path: change.shown for change in changes}
    written_files.plan(shown.values())

    def mark(path: Path, is_new: bool) -> None:
        written_files.mark(shown[path], is_stored=is_new)

    additions: dict[Path, files.Change] = {
        path: files.creation(path, file.text.encode()) for path, file in plan.files.items()
    }
    additions |= {change.path: change.addition() for change in changes}
    with lock_failures(session):
        try:
            files.rewrite_all(additions, mark=mark)
        except FileExistsError as error:
            message = _("{path} has just been made by somebody else; nothing was written")
            raise WrongUse(message, path=session.shown(Path(str(error.filename)))) from error
    count = len(shown)
    message = ngettext("{count} file written", "{count} files written", count)
    write_line(message, count=count)


def _next_steps(plan: ImportPlan) -> None:
    first = plan.tracker.meetings[0].keys.id
    lines: Mapping[str, str] = {
        "grcm validate": _("checks all files"),
        f"grcm show {first}": _("shows a meeting as it was imported"),
        "grcm due": _("lists what is to be done"),
    }
    say(_("Next:"))
    width = max(map(len, lines))
    for command, about in lines.items():
        say(f"  {command.ljust(width)}  {about}")
