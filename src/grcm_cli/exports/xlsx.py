"""The workbook: tasks, matrix and conclusions as typed sheets of an .xlsx file."""

import io
from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from grcm_cli.domain.model import Conclusion, Entry, Meeting
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports.answer import Answer
from grcm_cli.formats.listing import Cell, Emphasis, Heading, Leaf, Listing, Spreadsheet
from grcm_cli.language.text import _, clean, clean_lines, collapse
from grcm_cli.views import labels
from grcm_cli.views.conclusion import ACTS
from grcm_cli.views.matrix import NOBODY

_LONGEST = 32_000
"""UTF-16 units that a cell holds with room to spare; the rest of a text goes into a next column."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_575, 16_384
_FIRST_DAY = date(1900, 3, 1)
"""Before it, programs count days differently, or not at all: such a day is written as text."""
_EVERYWHERE = "A1:XFD1048576"
_COLOURS: dict[Emphasis, str] = {
    "late": "#9C0006",
    "soon": "#7F6000",
    "closed": "#006100",
    "unclear": "#7030A0",
}


class TooLongError(Exception):
    """A sheet has more rows or columns than a workbook can hold; nothing is left out in silence."""


def render(book: Spreadsheet) -> bytes:
    """Return the bytes of a workbook, the same for the same content.

    Raises TooLongError where a sheet has more than 1,048,575 rows or 16,384 columns.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with Workbook(out, options) as workbook:
        day = max(book.as_of, _FIRST_DAY)
        made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day
        workbook.set_properties({"title": clean(book.title), "created": made})
        for leaf in book.leaves:
            _Drawn(workbook, leaf).draw()
    return out.getvalue()


class _Drawn:
    """A sheet on its way into a workbook."""

    def __init__(self, workbook: Workbook, leaf: Leaf) -> None:
        self.sheet: Worksheet = workbook.add_worksheet(leaf.name)
        self.leaf = leaf
        self.head = workbook.add_format(
            {"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "bg_color": "#EEEEEE"}
        )
        self.styles = {
            (emphasis, is_day): workbook.add_format(_style(emphasis, is_day=is_day))
            for emphasis in ("", *_COLOURS)
            for is_day in (True, False)
        }

    def draw(self) -> None:
        leaf = self.leaf
        if len(leaf.rows) > _MOST_ROWS:
            raise TooLongError
        needed = _needed(leaf)
        if sum(needed) > _MOST_COLUMNS:
            raise TooLongError
        headings = _headings(leaf.headings, needed)
        for column, heading in enumerate(headings):
            self.sheet.set_column(column, column, heading.width)
            self.sheet.write_string(0, column, clean(heading.name), self.head)
        for number, row in enumerate(leaf.rows):
            self._row(number, row, needed)
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, max(1, len(leaf.rows)), max(0, len(headings) - 1))
        self.sheet.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        self._page(sum(needed[: leaf.printed]))

    def _page(self, columns: int) -> None:
        """Lay it out for the printer: A4 across, as wide as the page, the head on each."""
        self.sheet.print_area(0, 0, max(1, len(self.leaf.rows)), max(0, columns - 1))
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_footer("&L&A&R&P / &N")

    def _row(self, number: int, row: Sequence[Cell], needed: Sequence[int]) -> None:
        plain: Sequence[Emphasis] = [""] * len(row)
        emphases = self.leaf.emphases[number] if self.leaf.emphases else plain
        column = 0
        for value, emphasis, count in zip(row, emphases, needed, strict=True):
            pieces = _pieces(value)
            for place in range(count):
                piece = pieces[place] if place < len(pieces) else None
                self._write(number + 1, column, piece, emphasis)
                column += 1

    def _write(self, row: int, column: int, value: Cell, emphasis: Emphasis) -> None:
        style: Format = self.styles[emphasis, isinstance(value, date)]
        match value:
            case date():
                self.sheet.write_datetime(row, column, value, style)
            case int():
                self.sheet.write_number(row, column, value, style)
            case str():
                self.sheet.write_string(row, column, value, style)
            case None:
                self.sheet.write_blank(row, column, None, style)


def _style(emphasis: Emphasis, *, is_day: bool) -> dict[str, object]:
    style: dict[str, object] = {"valign": "top", "align": "left", "text_wrap": True}
    style |= {"bottom": 1, "bottom_color": "#DDDDDD"}
    if is_day:
        style["num_format"] = "yyyy-mm-dd"
    if emphasis in _COLOURS:
        style["font_color"] = _COLOURS[emphasis]
    return style


def _needed(leaf: Leaf) -> list[int]:
    """Return how many columns each heading needs: more than one where a text is too long."""
    needed = [1] * len(leaf.headings)
    for row in leaf.rows:
        for place, value in enumerate(row):
            if isinstance(value, str) and 2 * len(value) > _LONGEST:
                needed[place] = max(needed[place], len(_pieces(value)))
    return needed


def _headings(headings: Sequence[Heading], needed: Sequence[int]) -> list[Heading]:
    return [
        heading._replace(name=heading.name if place == 0 else f"{heading.name} ({place + 1})")
        for heading, count in zip(headings, needed, strict=True)
        for place in range(count)
    ]


def _pieces(value: Cell) -> Sequence[Cell]:
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


_ON_PAPER = 8
"""The columns of the tasks that fit onto a page in letters that can be read; the rest is beside."""
_EMPHASES: dict[str, Emphasis] = {
    "overdue": "late",
    "due-soon": "soon",
    "?": "unclear",
    "done": "closed",
    "declined": "closed",
    "not-applicable": "closed",
    "superseded": "closed",
    "closed": "closed",
}


def spreadsheet(answer: Answer, matrix: Listing) -> Spreadsheet:
    """Return a workbook of the chosen tasks; the conclusions are those of their meetings."""
    register, language = answer.register, answer.language
    title = _("{what} · as of {day}").format(
        what=register.process.name.shown(language), day=answer.as_of.isoformat()
    )
    chosen = {task.meeting.id for task in answer.found}
    meetings = [meeting for meeting in register.meetings if meeting.id in chosen]
    leaves = [
        _tasks(register, answer.found, language),
        _matrix(matrix, answer),
        _conclusions(meetings, language),
    ]
    return Spreadsheet(title, answer.as_of, leaves)


def _tasks(register: Register, tasks: Sequence[Task], language: str) -> Leaf:
    headings = [
        Heading(_("Reference"), 18),
        Heading(_("Party"), 12),
        Heading(_("What"), 60),
        Heading(_("Deadline"), 12),
        Heading(_("State"), 14),
        Heading(_("Days left"), 9),
        Heading(_("Progress"), 14),
        Heading(_("Evidence"), 30),
        Heading(_("Name"), 22),
        Heading(_("Holder"), 12),
        Heading(_("Due"), 16),
        Heading(_("Done on"), 12),
        Heading(_("Reported on"), 12),
        Heading(_("Note"), 30),
        Heading(_("Remarks"), 30),
        Heading(_("Support"), 14),
        Heading(_("Kind"), 14),
        Heading(_("Meeting"), 16),
    ]
    rows = [_task(register, task, language) for task in tasks]
    emphases = [[labels.emphasis(task)] * len(headings) for task in tasks]
    return Leaf(_("Tasks"), headings, rows, emphases, _ON_PAPER)


def _task(register: Register, task: Task, language: str) -> Sequence[Cell]:
    known = register.directory.by_code
    names = [known[code].name.shown(language) for code in task.parties if code in known]
    return (
        str(task.reference),
        " + ".join(task.parties) or _(labels.SOMEBODY if task.anybody else labels.NOBODY),
        collapse(labels.what(task.mandate, task, language)),
        task.deadline,
        labels.state(task.state),
        task.days,
        labels.progress_word(task.progress) if task.progress != "unknown" else _(labels.NO_REPORT),
        _said(task, [(entry, entry.evidence) for entry in task.reports]),
        " + ".join(names),
        ", ".join(holder for held in task.holders.values() for holder in held),
        task.due,
        task.done_on,
        max((entry.day for entry in task.reports), default=None),
        _said(task, [(entry, entry.note) for entry in task.reports]),
        "\n".join(_remarks(task)),
        ", ".join(word.text for word in task.mandate.support),
        _kind(task.mandate.kind),
        task.meeting.id,
    )


def _said(task: Task, words_said: Sequence[tuple[Entry, str | None]]) -> str:
    """Return what was reported, a line a party, with whose it is where several owe together."""
    told = [(entry.party, text) for entry, text in words_said if text]
    if len(task.parties) < 2:
        return "\n".join(text for _party, text in told)
    return "\n".join(f"{party}: {text}" for party, text in told)


def _remarks(task: Task) -> list[str]:
    """Return what else there is to know of a task, a sentence each."""
    said = [labels.extended(task)] if task.first else []
    said += [labels.waits(wait, task) for wait in task.waits]
    if task.missed.number:
        said.append(labels.later_ones(task))
    if task.done_on and task.done_late:
        said.append(_("done late, {day}").format(day=task.done_on))
    if task.ending:
        said.append(labels.ended_by(task.ending))
    if task.mandate.note:
        said.append(task.mandate.note)
    return said


def _kind(kind: str) -> str:
    return _("encouragement") if kind == "encouragement" else _("request")


def _matrix(matrix: Listing, answer: Answer) -> Leaf:
    action = {
        str(task.reference): collapse(labels.what(task.mandate, task, answer.language))
        for task in answer.found
    }
    first = ("ref", "kind", "due", "deadline")
    codes = [key for key in matrix.keys if key not in (*first, "together")]
    headings = [
        Heading(_("Reference"), 18),
        Heading(_("What"), 36),
        Heading(_("Kind"), 12),
        Heading(_("Due"), 12),
        Heading(_("Deadline"), 12),
    ]
    fixed = len(headings)
    headings += [Heading(_("nobody") if code == NOBODY else code, 10) for code in codes]
    rows: list[Sequence[Cell]] = []
    emphases: list[Sequence[Emphasis]] = []
    for record in matrix.records:
        day = record["deadline"]
        states = [record[code] for code in codes]
        cells = [_cell(state, together=record["together"] is True) for state in states]
        head = (
            str(record["ref"]),
            action[str(record["ref"])],
            _kind(str(record["kind"])),
            str(record["due"] or ""),
            date.fromisoformat(str(day)) if day else None,
        )
        rows.append([*head, *cells])
        marks: list[Emphasis] = [""] * fixed
        emphases.append([*marks, *(_EMPHASES.get(str(state), "") for state in states)])
    return Leaf(_("Matrix"), headings, rows, emphases)


def _cell(value: object, *, together: bool) -> str | None:
    said = next((said for name, said in labels.STATES.items() if name == value), None)
    if said is None:
        return None
    return _("{state}, together").format(state=_(said)) if together else _(said)


def _conclusions(meetings: Sequence[Meeting], language: str) -> Leaf:
    headings = [
        Heading(_("Reference"), 18),
        Heading(_("Meeting"), 16),
        Heading(_("Number"), 10),
        Heading(_("Last day"), 12),
        Heading(_("Acts"), 22),
        Heading(_("Mandates"), 10),
        Heading(_("Text"), 100),
        Heading(_("Note"), 30),
    ]
    rows = [
        _conclusion(meeting, conclusion, language)
        for meeting in meetings
        for conclusion in meeting.conclusions or ()
    ]
    return Leaf(_("Conclusions"), headings, rows)


def _conclusion(meeting: Meeting, conclusion: Conclusion, language: str) -> Sequence[Cell]:
    return (
        f"{meeting.id}/{conclusion.number}",
        meeting.id,
        conclusion.number,
        meeting.last_day,
        ", ".join(_(ACTS.get(act.text, act.text)) for act in conclusion.acts),
        len(conclusion.mandates),
        collapse(conclusion.text.shown(language)),
        conclusion.note,
    )
