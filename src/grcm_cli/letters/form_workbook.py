"""The form in which a party replies: a workbook with its tasks, and cells for what it has done."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from grcm_cli.domain.deadlines import parse_day
from grcm_cli.domain.model import Party
from grcm_cli.domain.query import Query
from grcm_cli.domain.task import Missed, Task
from grcm_cli.domain.tasks import TaskBuilder
from grcm_cli.language.articles import grammar
from grcm_cli.language.days import long_day
from grcm_cli.language.text import _, clean, collapse, ngettext
from grcm_cli.letters.reminder import Reminder
from grcm_cli.sheets.reply_form import HIDDEN_SHEET, MARK, FormTask
from grcm_cli.sheets.table import REPORTS
from grcm_cli.views import labels
from grcm_cli.views.meeting_names import deadline_in_words

STATES = ("started", "done", "declined", "not-applicable")
_LONGEST = 30_000
"""UTF-16 units of a text that a cell holds with room to spare."""
_MOST_TIMES = 12
"""Late occurrences of a duty that a form asks about."""
_FIRST_DAY = date(1900, 3, 1)
"""Programs count earlier days differently, or not at all: such a day is written as text."""
_EVERYWHERE = "A1:XFD1048576"


class _FormColumn(NamedTuple):
    """A column of the form."""

    name: str
    """By the columns of `sheets.table.REPORTS`."""
    width: int
    value: Callable[[Task], str | date | None] | None = None
    """What the cell has, which is locked; None for a cell to fill in."""


def render(letter: Reminder) -> bytes:
    """Return the bytes of a party's form, in the language of the run; the same for the same day.

    The party's own language is set by the caller, as for a letter.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    tasks = form_rows(letter)
    with Workbook(out, options) as workbook:
        made = max(letter.data.as_of, _FIRST_DAY)
        name = labels.party_name(letter.data.register.directory, letter.party.code, letter.language)
        title = _("Reply of {party}").format(party=clean(name))
        created = datetime(made.year, made.month, made.day)  # noqa: DTZ001 - a day
        workbook.set_properties({"title": title, "created": created})
        _FormWriter(workbook, letter, tasks, title).write()
        hidden = workbook.add_worksheet(HIDDEN_SHEET)
        hidden.write_string(0, 0, MARK)
        for row, task in enumerate(tasks, 1):
            for column, text in enumerate(form_task(letter, task)):
                hidden.write_string(row, column, text)
        hidden.hide()
    return out.getvalue()


def asked(letter: Reminder) -> list[Task]:
    """Return the open tasks of a form: late, coming, the others, then what was encouraged.

    What is due at a meeting that is in no file cannot be reported on yet.
    """
    found = [*letter.late, *letter.soon, *letter.open, *letter.encouraged]
    return [task for task in found if not task.anybody and task.state != "?" and _has_name(task)]


def form_rows(letter: Reminder) -> list[Task]:
    """Return the tasks of a form's rows: those asked, with one for each late occurrence.

    A list counts the later ones with the oldest; a form has the oldest twelve of a duty.
    """
    tasks, data = asked(letter), letter.data
    if not any(task.missed.number for task in tasks):
        return tasks
    builder = TaskBuilder(data.register, data.as_of, Query(closed=True))
    found = []
    for task in tasks:
        later = builder.later_missed(task, _MOST_TIMES - 1)
        found += [task._replace(missed=Missed(0, 0)), *later]
    return found


def _has_name(task: Task) -> bool:
    """Tell whether a report can name the task: an occurrence at an unknown meeting has no name."""
    return task.occurrence is None or task.occurrence.name != ""


def form_task(letter: Reminder, task: Task) -> FormTask:
    """Return a task as the form names it."""
    occurrence = task.occurrence.name if task.occurrence else ""
    reporter = _reporter(task, letter.party)
    return FormTask(str(task.reference), reporter, occurrence, _what(letter, task))


def _reporter(task: Task, party: Party) -> str:
    """Return who reports on a task: the party, or the office that it holds or will hold."""
    if party.code in task.parties:
        return party.code
    held = (code for code, holders in task.holders.items() if party.code in holders)
    return next(held, party.code)


def _what(letter: Reminder, task: Task) -> str:
    wording = labels.full_wording(letter.data.register.directory, letter.language)
    action = labels.action(task, letter.language, with_due=False, wording=wording)
    return clean(collapse(action))[: _LONGEST // 2]


class _FormWriter:
    """Writes the visible sheet of a form."""

    def __init__(
        self, workbook: Workbook, letter: Reminder, tasks: Sequence[Task], title: str
    ) -> None:
        self.letter, self.tasks, self.title = letter, tasks, title
        self.out: Worksheet = workbook.add_worksheet(_("Reply"))
        self.columns = self._columns()
        common = {"valign": "top", "align": "left", "text_wrap": True, "border": 1,
                  "border_color": "#BBBBBB"}  # fmt: skip
        self.heading = workbook.add_format({"bold": True, "font_size": 14})
        self.plain = workbook.add_format({"valign": "top", "text_wrap": True})
        self.head = workbook.add_format({**common, "bold": True, "bg_color": "#DDDDDD"})
        self.locked = workbook.add_format({**common, "bg_color": "#F2F2F2"})
        # However they show them, the cells have days for the program.
        files = grammar(letter.language)["files"]
        day_form: str = files["day"]
        self.locked_day = workbook.add_format(
            {**common, "bg_color": "#F2F2F2", "num_format": day_form}
        )
        self.free = workbook.add_format({**common, "locked": False, "num_format": "@"})
        self.example_day = files["example_day"]
        self.free_day = workbook.add_format({**common, "locked": False, "num_format": day_form})

    def _columns(self) -> list[_FormColumn]:
        letter = self.letter
        columns = [
            _FormColumn("mandate", 20, lambda task: form_task(letter, task).reference),
            _FormColumn("by", 8, lambda task: form_task(letter, task).party),
            _FormColumn("what", 50, lambda task: _what(letter, task)),
            _FormColumn("deadline", 13, self._deadline),
            _FormColumn("today", 16, _status),
            _FormColumn("progress", 14),
            _FormColumn("on", 13),
            _FormColumn("evidence", 28),
            _FormColumn("note", 32),
        ]
        if any(task.occurrence for task in self.tasks):
            column = _FormColumn("for", 13, _occurrence)
            columns.insert(2, column)
        return columns

    def _deadline(self, task: Task) -> str | date:
        """Return the last day, else the deadline in words."""
        if task.deadline is not None and task.deadline >= _FIRST_DAY:
            return task.deadline
        letter = self.letter
        words = deadline_in_words(
            task, letter.data.register, letter.language, lambda day: day.isoformat()
        )
        return words or "–"

    def write(self) -> None:
        instructions = self._instructions()
        top = len(instructions) + 2
        last = len(self.columns) - 1
        self.out.write_string(0, 0, self.title, self.heading)
        for row, text in enumerate(instructions, 1):
            self.out.merge_range(row, 0, row, last, text, self.plain)
        for place, column in enumerate(self.columns):
            self.out.set_column(place, place, column.width)
            self.out.write_string(top, place, REPORTS.heading_of(column.name), self.head)
        for row, task in enumerate(self.tasks, top + 1):
            for place, column in enumerate(self.columns):
                self._write_cell(row, place, column, task)
        if self.tasks:
            self._validate(top + 1, top + len(self.tasks))
        self.out.freeze_panes(top + 1, 1)
        self.out.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        self.out.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        self.out.set_landscape()
        self.out.set_paper(9)  # A4
        self.out.fit_to_pages(1, 0)
        self.out.repeat_rows(top)
        self.out.set_footer("&L&A&R&P / &N")

    def _instructions(self) -> list[str]:
        letter = self.letter
        process = clean(collapse(letter.data.register.process.name.shown(letter.language)))
        day = long_day(letter.data.as_of, letter.language)
        states = ", ".join(labels.progress_word(state) for state in STATES)
        return [
            *self._reply_by(),
            *self._times_left_out(),
            _("{process}. Situation on {day}, which the column “{column}” shows.").format(
                process=process, day=day, column=REPORTS.heading_of("today")
            ),
            _("Fill in the white cells, and send this file back as it is. Leave a row empty where "
              "there is nothing to report."),
            _("State: {states}. Date: the day of that. Evidence: a link, a "
              "document or a note verbale.").format(states=states),
        ]  # fmt: skip

    def _reply_by(self) -> Iterator[str]:
        """Yield until when the form is to be sent back, and to whom, where that is known."""
        data, language = self.letter.data, self.letter.language
        if data.reply_by is not None:
            day = long_day(data.reply_by, language)
            yield _("Please reply by {day}.").format(day=day)
        sender = data.register.process.secretariat
        if sender.name:
            name = clean(collapse(sender.name.shown(language)))
            yield _("Send it back to: {name}.").format(name=name)

    def _times_left_out(self) -> Iterator[str]:
        """Yield which duties have more late occurrences than the form asks about."""
        for task in asked(self.letter):
            count = task.missed.number - (_MOST_TIMES - 1)
            if count > 0:
                message = ngettext(
                    "Of {reference} {count} later occurrence is not in this form, and comes in the "
                    "next one.",
                    "Of {reference} {count} later occurrences are not in this form, and come in "
                    "the next one.",
                    count,
                )
                yield message.format(reference=task.reference, count=count)

    def _write_cell(self, row: int, place: int, column: _FormColumn, task: Task) -> None:
        if column.value is None:
            style = self.free_day if column.name == "on" else self.free
            self.out.write_blank(row, place, None, style)
            return
        value = column.value(task)
        if isinstance(value, date):
            self.out.write_datetime(row, place, value, self.locked_day)
        else:
            self.out.write_string(row, place, value or "", self.locked)

    def _validate(self, first: int, last: int) -> None:
        """Offer the states as a list, and refuse what is no day where a day stands."""
        places = {column.name: place for place, column in enumerate(self.columns)}
        states = [labels.progress_word(state) for state in STATES]
        self.out.data_validation(
            first, places["progress"], last, places["progress"],
            {"validate": "list", "source": states, "error_title": _("State"),
             "error_message": _("Choose one of: {states}").format(states=", ".join(states))},
        )  # fmt: skip
        self.out.data_validation(
            first, places["on"], last, places["on"],
            {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_title": _("Date"),
             "error_message": _("Write a day, as {day}").format(day=self.example_day)},
        )  # fmt: skip


def _occurrence(task: Task) -> str | date:
    """Return the occurrence of a recurring duty, as a day where it is one."""
    name = task.occurrence.name if task.occurrence else ""
    day = parse_day(name)
    return day if day is not None and day >= _FIRST_DAY else name


def _status(task: Task) -> str:
    """Return how a task stands; what a meeting encouraged is never late."""
    if task.is_late and task.mandate.kind == "encouragement":
        return "–"
    return labels.when([task]).replace("\n", "; ")
