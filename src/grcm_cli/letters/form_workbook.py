"""The form in which a party replies: a workbook with its tasks, and cells for what it has done."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

from grcm_cli.domain.periods import parse_day
from grcm_cli.domain.task import Missed, Query, Task
from grcm_cli.domain.tasks import TaskBuilder
from grcm_cli.language.days import long_day
from grcm_cli.language.grammar import grammar
from grcm_cli.language.text import _, clean, collapse, in_series, ngettext, using_language
from grcm_cli.letters.reminder import Reminder
from grcm_cli.sheets.headings import REPORTS
from grcm_cli.sheets.reply_form import COLUMNS, HIDDEN_SHEET, MARK, NAME, FormTask
from grcm_cli.sheets.workbook import FIRST_DAY, font, saved, set_page, set_value, set_width
from grcm_cli.views import labels
from grcm_cli.views.meetings import deadline_in_words

STATES = ("not-started", "started", "done", "declined", "not-applicable")
_LONGEST = 30_000  # UTF-16 units of a text that a cell holds with room to spare
_MOST_TIMES = 12  # late occurrences of a duty that a form asks about
_WIDTHS = {
    "mandate": 20, "by": 20, "for": 13, "what": 50, "deadline": 13, "today": 16,
    "progress": 14, "on": 13, "evidence": 28, "note": 32,
}  # fmt: skip
"""The columns by their names in `REPORTS`, with their widths; the last four are to be filled in."""


def render(letter: Reminder) -> bytes:
    """Return the bytes of a party's form, in its language; the same for the same day."""
    tasks, data = letter.asked, letter.data
    if any(task.missed.number for task in tasks):
        # A list counts the later times with the oldest; a form has the oldest twelve of a duty.
        builder = TaskBuilder(data.register, data.as_of, Query(closed=True))
        tasks = []
        for task in letter.asked:
            later = builder.later_missed(task, _MOST_TIMES - 1)
            tasks += [task._replace(missed=Missed(0, 0)), *later]
    name = clean(letter.wording.party(letter.party.code))
    with using_language(letter.language):
        title = _("Reply form: {party}").format(party=name)
        book = Workbook()
        asked = [form_task(letter, task) for task in tasks]
        _write(book.active, letter, asked, title)
        hidden = book.create_sheet(HIDDEN_SHEET)
        hidden.sheet_state = "hidden"
        for row, texts in enumerate([[MARK, letter.party.code], *asked], 1):
            for column, text in enumerate(texts, 1):
                set_value(hidden.cell(row, column), text)
    return saved(book, title, letter.data.as_of)


def form_task(letter: Reminder, task: Task) -> FormTask:
    """Return a task as the form names it, with the party or office that reports on it."""
    party = letter.party.code
    held = (code for code, holders in task.holders.items() if party in holders)
    reporter = party if party in task.parties else next(held, party)
    action = labels.action(task, letter.language, wording=letter.wording)
    text = clean(collapse(action))[: _LONGEST // 2]
    name = clean(letter.wording.party(reporter))
    deadline = deadline_in_words(task, letter.data.register, letter.language, date.isoformat)
    deadline = str(task.deadline or clean(deadline) or "–")
    jointly = [letter.reach(task)[0]] if len(task.parties) > 1 else []
    today = clean(in_series([*labels.when([task], letter.wording).split("\n"), *jointly]))
    reporter = name if len(letter.directory.named(name)) == 1 else reporter
    return FormTask(str(task.reference), reporter, task.occurrence_name, text, deadline, today)


def _write(sheet: Any, letter: Reminder, asked: Sequence[FormTask], title: str) -> None:  # noqa: ANN401 - openpyxl has no types
    has_times = any(task.occurrence for task in asked)
    columns = [name for name in _WIDTHS if has_times or name != "for"]
    rows: list[dict[str, str | date]] = []
    for task in asked:
        days = {"for": parse_day(task.occurrence), "deadline": parse_day(task.deadline)}
        shown = {name: day for name, day in days.items() if day is not None and day >= FIRST_DAY}
        rows.append({**dict(zip(COLUMNS, task, strict=True)), **shown})
    # However they show them, the cells have days for the program.
    day_form: str = grammar(letter.language)["files"]["day"]
    sheet.title = _(NAME)
    set_value(sheet["A1"], title)
    sheet["A1"].font = font(bold=True, size=14)
    for row, text in enumerate(_instructions(letter), 2):
        set_value(sheet.cell(row, 1), text)
        sheet.cell(row, 1).alignment = Alignment(vertical="top", wrap_text=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(columns))
    head = row + 2
    for place, name in enumerate(columns, 1):
        set_width(sheet, place, _WIDTHS[name])
        _draw(sheet.cell(head, place), REPORTS.heading_of(name), "FFDDDDDD")
        sheet.cell(head, place).font = font(bold=True)
        for row, cells in enumerate(rows, head + 1):
            cell, value = sheet.cell(row, place), cells.get(name)
            if isinstance(value, date):
                cell.number_format = day_form
            _draw(cell, value, "FFF2F2F2" if name in cells else "")
            if name not in cells:
                cell.protection = Protection(locked=False)
                cell.number_format = day_form if name == "on" else "@"
    if rows:
        for name, validation in _validations(letter).items():
            column = get_column_letter(columns.index(name) + 1)
            validation.allow_blank = True
            validation.showErrorMessage = validation.showInputMessage = True
            validation.add(f"{column}{head + 1}:{column}{head + len(rows)}")
            sheet.add_data_validation(validation)
    set_page(sheet, head, 1)
    sheet.print_title_rows = f"{head}:{head}"
    protection = sheet.protection
    protection.sheet = protection.objects = protection.scenarios = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False


def _draw(cell: Any, value: str | date | None, colour: str) -> None:  # noqa: ANN401 - as above
    """Write a cell with borders, of a colour unless it is to be filled in."""
    set_value(cell, value)
    cell.font = font()
    cell.alignment = Alignment("left", "top", wrap_text=True)
    side = Side("thin", "FFBBBBBB")
    cell.border = Border(side, side, side, side)
    if colour:
        cell.fill = PatternFill("solid", colour)


def _instructions(letter: Reminder) -> Iterator[str]:
    data, process = letter.data, letter.data.register.process
    sender = process.secretariat
    if data.reply_by is not None:
        yield _("Please reply by {day}.").format(day=long_day(data.reply_by, letter.language))
    name = sender.name.shown(letter.language) if sender.name else ""
    if address := ", ".join(filter(None, (clean(collapse(name)), clean(sender.email or "")))):
        yield _("Send it back to: {name}.").format(name=address)
    if letter.unasked:
        message = _("Not in this form, as their record is being corrected: {references}.")
        yield message.format(references=", ".join(letter.unasked))
    for task in letter.asked:
        count = task.missed.number - (_MOST_TIMES - 1)
        if count > 0:
            message = ngettext(
                "{reference}: {count} later occurrence is not in this form; it will be "
                "in the next one.",
                "{reference}: {count} later occurrences are not in this form; they will be "
                "in the next one.",
                count,
            )
            yield message.format(reference=task.reference, count=count)
    states = ", ".join(labels.progress_word(state) for state in STATES)
    yield _("{process}. The column “{column}” shows the status recorded as of {day}.").format(
        process=clean(collapse(process.name.shown(letter.language))),
        day=long_day(data.as_of, letter.language),
        column=REPORTS.heading_of("today"),
    )
    yield _(
        "Fill in the white cells, change nothing else, and send this file back. Leave a row "
        "empty if there is nothing to report."
    )
    yield _(
        "State: {states}. Date: the date on which that state was reached. Evidence: a link, "
        "a document or a note verbale. Evidence and notes are public."
    ).format(states=states)


def _validations(letter: Reminder) -> dict[str, DataValidation]:
    """Return what the columns to be filled in take, by their names."""
    states = [labels.progress_word(state) for state in STATES]
    day = grammar(letter.language)["files"]["example_day"]
    return {
        "progress": DataValidation(
            "list", f'"{",".join(states)}"', errorTitle=_("State"),
            error=_("Choose one of: {states}").format(states=", ".join(states)),
        ),
        "on": DataValidation(
            "date", int(to_excel(FIRST_DAY)), operator="greaterThanOrEqual", errorTitle=_("Date"),
            error=_("Write a date in the form {day}").format(day=day),
        ),
    }  # fmt: skip
