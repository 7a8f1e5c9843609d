"""A row of a tracker → a mandate: who, by when, and how it stands.

A cell that is not understood goes to the note of its mandate, below the heading of its column, so
that nothing of a column that is read is lost.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from grcm_cli.domain.model import Progress
from grcm_cli.domain.register import Register
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.imports.cells import (
    PartyCell,
    read_days,
    read_due,
    read_other_day,
    read_parties,
    read_state,
)
from grcm_cli.imports.findings import CellKey, Findings, near_country, other_name, party_meant
from grcm_cli.language.text import _, clean, collapse
from grcm_cli.sheets.days import DAY_FORM, Order, names_a_time
from grcm_cli.sheets.headings import kind_of
from grcm_cli.sheets.table import FilledRow, SheetTable
from grcm_cli.views.labels import progress_word

OF_DUTY = ("action", "responsible", "support", "due", "progress", "on", "evidence")
"""The columns of which any makes a row a duty."""
_LONGEST_NAME = 80
_MOST_WORDS = 8
"""Of a name: more are a sentence."""
_SHOWN = 60
"""Characters of a text that a doubt shows."""


class ImportedReport(NamedTuple):
    """How a duty stands, as its row says."""

    progress: Progress
    day: date
    evidence: str = ""
    note: str = ""
    words: str = ""
    """The cell that says it."""


class ImportedMandate(NamedTuple):
    """A duty, from one row."""

    row: int
    action: str = ""
    who: DraftResponsible | None = None
    support: Sequence[str] = ()
    due: str = ""
    note: Sequence[str] = ()
    """What has no key of its own, each with the heading of its column."""
    report: ImportedReport | None = None

    @property
    def says_something(self) -> bool:
        """Whether it says who is to do something, by when, or how it stands."""
        return any((self.action, self.who, self.support, self.due, self.note, self.report))


class DutySheet(NamedTuple):
    """The table whose rows are read, and what is said and known of all of them."""

    table: SheetTable
    register: Register
    findings: Findings
    refused: Mapping[CellKey, str]
    """Cells whose values no file may have, each with why: they go to the note too."""
    order: Order
    on: date | None
    """The day of what is reported, where a row has none."""

    def columns(self, kind: str) -> list[str]:
        """Return the columns of a kind of which there may be several."""
        return [name for name in self.table.letters if kind_of(name) == kind]


def text_of(row: FilledRow, column: str) -> str:
    """Return the text of a cell; empty where there is none."""
    return str(row.cells.get(column, ""))


class DutyReader:
    """Reads one row."""

    def __init__(self, sheet: DutySheet, row: FilledRow, reader: ConclusionReader) -> None:
        self.sheet, self.row, self.reader = sheet, row, reader
        self.notes: list[str] = []

    def mandate(self, other_text: str) -> ImportedMandate:
        """Return the mandate; `other_text` is a second text of its conclusion's number."""
        row = self.row
        action = collapse(text_of(row, "action"))
        if other_text:
            message = _("another text of the same number: it is kept as an internal remark")
            if action:
                self.notes.append(self._labelled("text", other_text))
            else:
                action = other_text
                message = _(
                    "another text of the same number: written as the action of a further duty"
                )
            is_short = len(other_text) < _SHOWN
            self._doubt("text", other_text if is_short else f"{other_text[: _SHOWN - 1]}…", message)
        who, support = self._parties()
        due = self._due()
        report = self._report(who)
        columns = self.sheet.columns("note")
        for column in (name for name in row.cells if name in columns):
            words = collapse(text_of(row, column))
            self.notes.append(words if len(columns) == 1 else self._labelled(column, words))
        return ImportedMandate(row.number, action, who, support, due, self.notes, report)

    # --- notes and doubts ------------------------------------------------------------------

    def _doubt(self, column: str, words: str, message: str, /, **values: object) -> None:
        self.sheet.findings.doubt(self.row.number, column, clean(words), message, **values)

    def _labelled(self, column: str, value: str) -> str:
        return f"{self.sheet.table.names[column]}: {value}"

    def _to_note(self, column: str) -> str:
        """Add a cell to the notes, and return its words."""
        words = collapse(text_of(self.row, column))
        self.notes.append(self._labelled(column, words))
        return words

    def _why_refused(self, column: str) -> str | None:
        return self.sheet.refused.get((self.row.number, column))

    def _refuse(self, column: str) -> bool:
        """Put a value that may not be written into the notes; tell whether it is such a value."""
        why = self._why_refused(column)
        if why is not None:
            self._doubt(
                column, self._to_note(column), _("{why}; it is kept as an internal remark"), why=why
            )
        return why is not None

    # --- who, by when ----------------------------------------------------------------------

    def _parties(self) -> tuple[DraftResponsible | None, Sequence[str]]:
        row = self.row
        who, support = None, list[str]()
        for column in ("responsible", "support"):
            if column not in row.cells or self._refuse(column):
                continue
            words = text_of(row, column)
            named = read_parties(words, self.reader, self.sheet.register)
            codes = named.who.codes if named.who else ()
            is_understood = named.is_sure
            if column == "support":
                is_understood = named.is_sure and bool(codes or named.support)
                support += codes
            else:
                who = named.who
            support += named.support
            if not is_understood:
                self._doubtful_parties(column, named)
            elif column == "responsible" and who and who.mode == "together" and len(codes) > 1:
                message = _(
                    "read as one joint duty; where each owes its own, write “each one: …” in the "
                    "cell"
                )
                self._doubt(column, collapse(words), message)
        is_duty = any(name in row.cells for name in ("action", "due", "support"))
        if who is None and "responsible" not in row.cells and is_duty:
            place = "responsible" if "responsible" in self.sheet.table.letters else None
            message = _("nobody is responsible: it is listed without a party")
            self.sheet.findings.doubt(row.number, place, "", message)
        bound = who.codes if who else ()
        return who, [code for code in dict.fromkeys(support) if code not in bound]

    def _doubtful_parties(self, column: str, named: PartyCell) -> None:
        words = self._to_note(column)
        codes = named.who.codes if named.who else ()
        parts = [_("the cell is kept as an internal remark")]
        if named.why:
            parts.insert(0, named.why)
        elif codes:
            parts.insert(0, _("only {codes} was written").format(codes=", ".join(codes)))
        advice = [self._advice(word) for word in named.unknown]
        names = [
            clean(collapse(name))
            for name, hint in zip(named.unknown, advice, strict=True)
            if not hint
        ]
        if names:
            message = _("the register does not have: {names}")
            parts.append(message.format(names=", ".join(dict.fromkeys(names))))
        elif not codes and not any(advice) and not named.why:
            parts.insert(0, _("no party was understood"))
        parts += dict.fromkeys(advice)
        self._doubt(column, words, "; ".join(filter(None, parts)))

    def _advice(self, word: str) -> str:
        """Return the near spelling of a name; else note the line that adds it to the register."""
        register = self.sheet.register
        if question := register.directory.choices().question(word):
            return question
        plain = clean(collapse(word))
        if party := party_meant(plain, register):
            return other_name(plain, party.code)
        if len(plain) <= _LONGEST_NAME and len(plain.split()) <= _MOST_WORDS:
            self.sheet.findings.missing.add(plain)
        meant = near_country(plain)
        return _("did you mean `{key}`?").format(key=meant) if meant else ""

    def _due(self) -> str:
        value = self.row.cells.get("due")
        if value is None or self._refuse("due"):
            return ""
        due = read_due(value, self.sheet.order, self.reader)
        if due is None:
            message = _("no deadline was understood; it is kept as an internal remark")
            self._doubt("due", self._to_note("due"), message)
            return ""
        if not due.is_sure:
            self._doubt("due", self._to_note("due"), _("read as the deadline {due}"), due=due.due)
        return due.due

    # --- how it stands ---------------------------------------------------------------------

    def _report(self, who: DraftResponsible | None) -> ImportedReport | None:
        """Return what a row reports; what cannot be recorded goes to the notes."""
        cells, sheet = self.row.cells, self.sheet
        words = text_of(self.row, "progress")
        state = read_state(words, sheet.order) if words else None
        day_of_column = self._day()
        written = day_of_column or (state.day if state else None)
        day = written or sheet.on
        is_open = state is not None and state.progress == "unknown"
        if state and state.progress == "not-applicable":
            is_open = not any(name in cells for name in ("action", "due", "support", "responsible"))
        if state is None or is_open:
            if state is not None and not state.more:
                sheet.findings.empty(self.row.number, "progress", collapse(words))
            else:
                message = _("no state was understood; it is kept as an internal remark")
                self._doubt_filled(("progress",), message)
            message = _("there is no state to record with it; it is kept as an internal remark")
            self._doubt_filled(("on", *sheet.columns("evidence")), message)
            return None
        if self._why_refused("progress") or self._why_refused("on"):
            self._refuse("progress")
            self._refuse("on")
            self._unreported("")
            return None
        why = self._why_unreported(state.more, written)
        if who is None:
            why = _("nobody is responsible who could report it")
        if why or day is None:
            self._unreported(why)
            return None
        if state.more or written is None:
            message = _("recorded as {state} of {day}, the rest as its internal remark")
            if written is None:
                message = _("it has no day: recorded as {state} of {day}, as --on says")
            values = {"state": progress_word(state.progress), "day": day.isoformat()}
            self._doubt("progress", collapse(words), message, **values)
        if day_of_column is None and "on" in cells:
            self._doubt("on", self._to_note("on"), _("no day; it is kept as an internal remark"))
        columns = [name for name in cells if kind_of(name) == "evidence"]
        evidence = " · ".join(collapse(text_of(self.row, name)) for name in columns)
        progress = cast(Progress, state.progress)  # no `unknown` is left
        return ImportedReport(progress, day, evidence, state.more, clean(collapse(words)))

    def _why_unreported(self, more: str, written: date | None) -> str:
        """Return why a state without a day that was read is not recorded; else an empty text."""
        unread = text_of(self.row, "on") or (more if names_a_time(more) else "")
        if written is None and unread:
            # `--on` never replaces a day that stands in a cell.
            message = _("'{text}' is not read as a day; write it as {form}")
            return message.format(text=clean(collapse(unread)), form=DAY_FORM)
        if written is None and self.sheet.on is None:
            return _("there is no day: give --on 2026-03-15 for all rows, or a column of days")
        return ""

    def _doubt_filled(self, columns: Sequence[str], message: str) -> None:
        """Put the filled ones of some cells into the notes, and note a doubt about each."""
        for column in columns:
            if column in self.row.cells:
                self._doubt(column, self._to_note(column), message)

    def _day(self) -> date | None:
        """Return the day in the column of the state's day."""
        cell = self.row.cells.get("on")
        if cell is None:
            return None
        days = read_days(cell, self.sheet.order)
        if days is not None:
            return days.last
        day = read_other_day(cell, self.sheet.order)
        if day is not None:
            message = _("read as {day}: in the order of the other rows it is no day")
            self._doubt("on", str(cell), message, day=day.isoformat())
        return day

    def _unreported(self, why: str) -> None:
        """Put the state, its day and its evidence into the notes."""
        for column in ("progress", "on", *self.sheet.columns("evidence")):
            if column in self.row.cells and self._why_refused(column) is None:
                words = self._to_note(column)
                if why and column == "progress":
                    message = _("not recorded, it is kept as an internal remark: {why}")
                    self._doubt(column, words, message, why=why)
