"""The workbook export: tasks, matrix and conclusions as typed sheets of an .xlsx file."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from grcm_cli.domain.changes import TaskChange
from grcm_cli.domain.model import Conclusion, Entry, Meeting
from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.text import _, clean, clean_lines, collapse
from grcm_cli.views import labels
from grcm_cli.views.changes import ChangeTables, change_emphasis, kind_in_words
from grcm_cli.views.conclusion import acts
from grcm_cli.views.matrix import MandateCells, bound_parties, heading
from grcm_cli.views.matrix import rows as matrix_rows
from grcm_cli.views.tasks import by_deadline

_LONGEST = 32_000
"""UTF-16 units that a cell holds with room to spare; the rest of a text goes into a next column."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_574, 16_384
_FIRST_DAY = date(1900, 3, 1)
"""Programs count earlier days differently, or not at all: such a day is written as text."""
_EVERYWHERE = "A1:XFD1048576"
_COLOURS: dict[Emphasis, str] = {
    "late": "#9C0006",
    "soon": "#7F6000",
    "done": "#006100",
    "declined": "#1F4E79",
    "ended": "#595959",
    "unclear": "#7030A0",
}
_PRINTED_TASK_COLUMNS = 8
"""Columns of the tasks that fit onto a page in a legible size; the others are not printed."""

CellValue = str | int | date | None
Item = TypeVar("Item")
SheetColumn = tuple[str, int, Callable[[Item], CellValue]]
"""A heading, a width in characters and the function that returns an item's value."""


class Heading(NamedTuple):
    """The heading of a column, and the column's width in characters."""

    name: str
    width: int


class WorkbookSheet(NamedTuple):
    """The content of a sheet."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[CellValue]]
    emphases: Sequence[Sequence[Emphasis]] = ()
    """The emphasis of each cell of each row; empty for none at all."""
    printed: int | None = None
    """How many columns, from the left, are printed; None for all."""
    frozen: int = 1
    """How many columns, from the left, stay in sight."""
    order: Sequence[date] = ()
    """What the rows of several records are put in order by; empty where they are not."""


class WorkbookData(NamedTuple):
    """The sheets of a workbook, and its title and day for the file's properties."""

    title: str
    as_of: date
    sheets: Sequence[WorkbookSheet]
    notice: str = ""
    """A line above the headings of every sheet; none where it is empty."""


class TooLongError(Exception):
    """A sheet has more rows or columns than a workbook can hold."""


def render(data: WorkbookData) -> bytes:
    """Return the bytes of a workbook, the same for the same content.

    Raises TooLongError where a sheet has more than 1,048,574 rows or 16,384 columns.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with Workbook(out, options) as workbook:
        day = max(data.as_of, _FIRST_DAY)
        made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day
        workbook.set_properties({"title": clean(data.title), "created": made})
        for sheet in data.sheets:
            _SheetWriter(workbook, sheet, clean(data.notice)).write()
    return out.getvalue()


class _SheetWriter:
    """Writes one sheet into a workbook."""

    def __init__(self, workbook: Workbook, sheet: WorkbookSheet, notice: str) -> None:
        self.out: Worksheet = workbook.add_worksheet(sheet.name)
        self.sheet = sheet
        self.notice = notice
        self.top = 1 if notice else 0
        """The row of the headings."""
        self.warning = workbook.add_format({"bold": True, "font_color": _COLOURS["late"]})
        self.head = workbook.add_format(
            {"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "bg_color": "#EEEEEE"}
        )
        self.styles = {
            (emphasis, is_day): workbook.add_format(_style(emphasis, is_day=is_day))
            for emphasis in ("", *_COLOURS)
            for is_day in (True, False)
        }

    def write(self) -> None:
        sheet = self.sheet
        if len(sheet.rows) > _MOST_ROWS:
            raise TooLongError
        needed = _needed(sheet)
        if sum(needed) > _MOST_COLUMNS:
            raise TooLongError
        names = [
            (heading.name if place == 0 else f"{heading.name} ({place + 1})", heading.width)
            for heading, count in zip(sheet.headings, needed, strict=True)
            for place in range(count)
        ]
        for column, (name, width) in enumerate(names):
            self.out.set_column(column, column, width)
            self.out.write_string(self.top, column, clean(name), self.head)
        for number, row in enumerate(sheet.rows):
            self._write_row(number, row, needed)
        if self.notice:
            self.out.write_string(0, 0, self.notice, self.warning)
        last = self.top + max(1, len(sheet.rows))
        self.out.freeze_panes(self.top + 1, self.sheet.frozen)
        self.out.autofilter(self.top, 0, last, max(0, len(names) - 1))
        self.out.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        # The printed page: A4 landscape, fitted to its width, headings on each page.
        columns = sum(needed[: sheet.printed])
        self.out.print_area(0, 0, last, max(0, columns - 1))
        self.out.set_landscape()
        self.out.set_paper(9)
        self.out.fit_to_pages(1, 0)
        self.out.repeat_rows(0, self.top)
        self.out.set_footer("&L&A&R&P / &N")

    def _write_row(self, number: int, row: Sequence[CellValue], needed: Sequence[int]) -> None:
        plain: Sequence[Emphasis] = [""] * len(row)
        emphases = self.sheet.emphases[number] if self.sheet.emphases else plain
        column = 0
        for value, emphasis, count in zip(row, emphases, needed, strict=True):
            pieces = _pieces(value)
            for place in range(count):
                piece = pieces[place] if place < len(pieces) else None
                self._write_cell(self.top + number + 1, column, piece, emphasis)
                column += 1

    def _write_cell(self, row: int, column: int, value: CellValue, emphasis: Emphasis) -> None:
        style: Format = self.styles[emphasis, isinstance(value, date)]
        match value:
            case date():
                self.out.write_datetime(row, column, value, style)
            case int():
                self.out.write_number(row, column, value, style)
            case str():
                self.out.write_string(row, column, value, style)
            case None:
                self.out.write_blank(row, column, None, style)


def _style(emphasis: Emphasis, *, is_day: bool) -> dict[str, object]:
    style: dict[str, object] = {"valign": "top", "align": "left", "text_wrap": True}
    style |= {"bottom": 1, "bottom_color": "#DDDDDD"}
    if is_day:
        style["num_format"] = "yyyy-mm-dd"
    if emphasis in _COLOURS:
        style["font_color"] = _COLOURS[emphasis]
    return style


def _needed(sheet: WorkbookSheet) -> list[int]:
    """Return how many columns each heading needs: more than one where a text is too long."""
    needed = [1] * len(sheet.headings)
    for row in sheet.rows:
        for place, value in enumerate(row):
            if isinstance(value, str) and 2 * len(value) > _LONGEST:
                needed[place] = max(needed[place], len(_pieces(value)))
    return needed


def _pieces(value: CellValue) -> Sequence[CellValue]:
    """Return a value as cells hold it: a long text in pieces, a day that has no number as text."""
    match value:
        case str():
            text = clean_lines(value)
            if 2 * len(text) <= _LONGEST:
                return [text or None]
            long = _LONGEST if max(text) < "\U00010000" else _LONGEST // 2
            return [text[at : at + long] for at in range(0, len(text), long)]
        case date() if value < _FIRST_DAY:
            return [value.isoformat()]
        case _:
            return [value]


def workbook_data(data: ExportData) -> WorkbookData:
    """Return the workbook of the selected tasks, with the conclusions of their meetings."""
    ids = {task.meeting.id for task in data.selected}
    meetings = [meeting for meeting in data.register.meetings if meeting.id in ids]
    sheets = [
        _task_sheet(data),
        _matrix_sheet(data),
        _conclusion_sheet(meetings, data.language),
    ]
    return WorkbookData(_title(data), data.as_of, sheets, data.incomplete)


def task_workbook(data: ExportData) -> WorkbookData:
    """Return the workbook with the selected tasks alone."""
    return WorkbookData(_title(data), data.as_of, [_task_sheet(data)], data.incomplete)


def change_workbook(
    data: ExportData, changes: Sequence[TaskChange], everybody: Sequence[Task]
) -> WorkbookData:
    """Return the workbook of changes. `everybody` are all tasks of the mandates that changed."""
    language, tables = data.language, ChangeTables(everybody, data.language)
    columns: list[SheetColumn[TaskChange]] = [
        (_("Day"), 12, lambda change: change.day),
        (_("Change"), 14, kind_in_words),
        (_("Details"), 30, lambda change: tables.details([change])),
        (_("Party"), 12, lambda c: " + ".join(c.task.parties) or labels.no_party(c.task)),
        (_("What"), 60, lambda change: _action(change.task, language)),
        (_("Reference"), 18, lambda change: str(change.task.reference)),
        (_("Deadline"), 12, lambda change: change.task.deadline),
        (_("State"), 14, lambda change: labels.state(change.task.state)),
    ]
    emphases = [[change_emphasis(change)] * len(columns) for change in changes]
    sheet = _sheet(_("Changes"), columns, changes, emphases)
    return WorkbookData(_title(data), data.as_of, [sheet], data.incomplete)


def _title(data: ExportData) -> str:
    return _("{what} · as of {day}").format(
        what=data.register.process.name.shown(data.language), day=data.as_of.isoformat()
    )


def joined(parts: Sequence[tuple[str, WorkbookData]], notice: str) -> WorkbookData:
    """Return the workbooks of several processes as one, with the process in the first column."""
    first = parts[0][1]
    what = ", ".join(process for process, _book in parts)
    title = _("{what} · as of {day}").format(what=what, day=first.as_of.isoformat())
    sheets = [
        _joined_sheet([(process, book.sheets[place]) for process, book in parts])
        for place in range(len(first.sheets))
    ]
    return WorkbookData(title, first.as_of, sheets, notice)


def _joined_sheet(sheets: Sequence[tuple[str, WorkbookSheet]]) -> WorkbookSheet:
    """Return the rows of all sheets under the headings that any of them has."""
    named = [_numbered(sheet.headings) for _process, sheet in sheets]
    headings = dict.fromkeys(heading for own in named for heading in own)
    places = {heading: place for place, heading in enumerate(headings, 1)}
    rows: list[tuple[Sequence[CellValue], Sequence[Emphasis], date]] = []
    for (process, sheet), own in zip(sheets, named, strict=True):
        columns = [places[heading] for heading in own]
        for number, row in enumerate(sheet.rows):
            values: list[CellValue] = [process, *[None] * len(headings)]
            emphases: list[Emphasis] = [""] * len(values)
            for column, value in zip(columns, row, strict=True):
                values[column] = value
            if sheet.emphases:
                for column, emphasis in zip(columns, sheet.emphases[number], strict=True):
                    emphases[column] = emphasis
            rows.append((values, emphases, sheet.order[number] if sheet.order else date.min))
    rows.sort(key=lambda row: row[2])
    first = sheets[0][1]
    return first._replace(
        headings=[Heading(_("Process"), 14), *(heading for heading, _number in headings)],
        rows=[values for values, _emphases, _day in rows],
        emphases=[emphases for _values, emphases, _day in rows],
        printed=None if first.printed is None else first.printed + 1,
        frozen=first.frozen + 1,
    )


def _numbered(headings: Sequence[Heading]) -> list[tuple[Heading, int]]:
    """Return headings, each with how many of that name stand before it."""
    return [(heading, headings[:place].count(heading)) for place, heading in enumerate(headings)]


def _sheet(
    name: str,
    columns: Sequence[SheetColumn[Item]],
    items: Iterable[Item],
    emphases: Sequence[Sequence[Emphasis]] = (),
    printed: int | None = None,
) -> WorkbookSheet:
    """Return a sheet with a row for each item."""
    headings = [Heading(heading, width) for heading, width, _value in columns]
    rows = [[value(item) for _heading, _width, value in columns] for item in items]
    return WorkbookSheet(name, headings, rows, emphases, printed)


def _task_sheet(data: ExportData) -> WorkbookSheet:
    language, parties = data.language, data.register.directory.by_code

    def names(task: Task) -> str:
        known = [parties[code] for code in task.parties if code in parties]
        return " + ".join(party.name.shown(language) for party in known)

    columns: list[SheetColumn[Task]] = [
        (_("Reference"), 18, lambda task: str(task.reference)),
        (_("Party"), 12, lambda task: " + ".join(task.parties) or labels.no_party(task)),
        (_("What"), 60, lambda task: _action(task, language)),
        (_("Deadline"), 12, lambda task: task.deadline),
        (_("State"), 14, lambda task: labels.state(task.state)),
        (_("Days left"), 9, lambda task: task.days),
        (_("Progress"), 14, _progress),
        (_("Evidence"), 30, lambda task: _reported(task, lambda entry: entry.evidence)),
        (_("Name"), 22, names),
        (_("Holder"), 12, lambda task: ", ".join(labels.holders(task))),
        (_("Due"), 20, labels.due_words),
        (_("Done on"), 12, lambda task: task.done_on),
        (_("Reported on"), 12, lambda task: max((e.day for e in task.reports), default=None)),
        (_("Note"), 30, lambda task: _reported(task, lambda entry: entry.note)),
        (_("Remarks"), 30, lambda task: "\n".join(_remarks(task))),
        (_("Support"), 14, lambda task: ", ".join(word.text for word in task.mandate.support)),
        (_("Kind"), 14, lambda task: _kind(task.mandate.kind)),
        (_("Meeting"), 16, lambda task: task.meeting.id),
    ]
    emphases = [[labels.emphasis(task)] * len(columns) for task in data.selected]
    sheet = _sheet(_("Tasks"), columns, data.selected, emphases, _PRINTED_TASK_COLUMNS)
    return sheet._replace(order=[by_deadline(task) for task in data.selected])


def _action(task: Task, language: str) -> str:
    return collapse(labels.what(task.mandate, task, language))


def _progress(task: Task) -> str:
    return (
        _(labels.NO_REPORT) if task.progress == "unknown" else labels.progress_word(task.progress)
    )


def _reported(task: Task, field: Callable[[Entry], str | None]) -> str:
    """Return a field of the reports, one a line; after its party where several owe together."""
    texts = [(entry.party, text) for entry in task.reports if (text := field(entry))]
    joint = len(task.parties) > 1
    return "\n".join(f"{party}: {text}" if joint else text for party, text in texts)


def _remarks(task: Task) -> Iterator[str]:
    """Yield what no other column has, a sentence each."""
    if task.first:
        yield labels.extended(task)
    yield from (labels.waits(wait, task) for wait in task.waits)
    if task.missed.number:
        yield labels.later_ones(task)
    if task.done_on and task.done_late:
        yield _("done late, {day}").format(day=task.done_on)
    if task.ending:
        yield labels.ended_by(task.ending)
    if task.mandate.note:
        yield task.mandate.note


def _kind(kind: str) -> str:
    return _("encouragement") if kind == "encouragement" else _("request")


def _matrix_sheet(data: ExportData) -> WorkbookSheet:
    # What one party has done stands beside what the others still owe.
    mandates = {id(task.mandate) for task in data.selected}
    tasks = [task for task in data.everything if id(task.mandate) in mandates]
    codes = bound_parties(tasks, data.register.directory)
    found = matrix_rows(tasks)
    columns: list[SheetColumn[MandateCells]] = [
        (_("Reference"), 18, lambda row: str(row.first.reference)),
        (_("What"), 36, lambda row: _action(row.first, data.language)),
        (_("Kind"), 12, lambda row: _kind(row.first.mandate.kind)),
        (_("Due"), 20, lambda row: labels.due_words(row.first)),
        (_("Deadline"), 12, lambda row: row.first.deadline),
        *((heading(code), 10, partial(_matrix_state, code)) for code in codes),
    ]
    plain: list[Emphasis] = [""] * (len(columns) - len(codes))
    emphases = [[*plain, *(_cell_emphasis(row, code) for code in codes)] for row in found]
    return _sheet(_("Matrix"), columns, found, emphases)


def _matrix_state(code: str, row: MandateCells) -> str | None:
    task = row.by_party.get(code)
    if task is None:  # as in most cells
        return None
    name = labels.state(task.state)
    return _("{state}, together").format(state=name) if len(task.parties) > 1 else name


def _cell_emphasis(row: MandateCells, code: str) -> Emphasis:
    task = row.by_party.get(code)
    return labels.emphasis(task) if task else ""


def _conclusion_sheet(meetings: Sequence[Meeting], language: str) -> WorkbookSheet:
    columns: list[SheetColumn[tuple[Meeting, Conclusion]]] = [
        (_("Reference"), 18, lambda pair: f"{pair[0].id}/{pair[1].number}"),
        (_("Meeting"), 16, lambda pair: pair[0].id),
        (_("Number"), 10, lambda pair: pair[1].number),
        (_("Last day"), 12, lambda pair: pair[0].last_day),
        (_("Acts"), 22, lambda pair: acts(pair[1])),
        (_("Mandates"), 10, lambda pair: len(pair[1].mandates)),
        (_("Text"), 100, lambda pair: collapse(pair[1].text.shown(language))),
        (_("Note"), 30, lambda pair: pair[1].note),
    ]
    pairs = [(meeting, one) for meeting in meetings for one in meeting.conclusions or ()]
    return _sheet(_("Conclusions"), columns, pairs)
