"""The rows of a tracker → meetings with their conclusions and mandates, and what parties reported.

A cell that is not understood goes to the note of its mandate, below the heading of its column, so
that nothing of a column that is read is lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.register import Register
from grcm_cli.drafting.languages import read_language_of
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.drafting.references import numbered_meetings
from grcm_cli.drafting.responsible import DraftResponsible
from grcm_cli.imports.cells import (
    read_days,
    read_due,
    read_number,
    read_other_day,
    read_parties,
    read_state,
)
from grcm_cli.imports.findings import CellKey, Findings
from grcm_cli.imports.meetings import MeetingReader, RowMeeting
from grcm_cli.imports.model import (
    ImportedConclusion,
    ImportedMandate,
    ImportedMeeting,
    ImportedReport,
    ImportOptions,
    Tracker,
)
from grcm_cli.imports.new_parties import near_country, other_name, party_meant
from grcm_cli.imports.visible import visible_cells
from grcm_cli.language.text import _, clean, collapse, natural_key
from grcm_cli.sheets.table import FilledRow, SheetTable

_OF_DUTY = ("action", "responsible", "support", "due", "progress", "on", "evidence")
"""The columns of which any makes a row a duty."""


def read_tracker(
    table: SheetTable,
    register: Register,
    options: ImportOptions,
    refused: Mapping[CellKey, str] = {},
) -> Tracker:
    """Return what a table says. `refused` are cells whose values no file may have, each with why.

    These go to the note of their mandate too.
    """
    return _TrackerReader(table, register, options, refused).tracker()


class _Numbered(NamedTuple):
    """A row with the number of its conclusion."""

    row: FilledRow
    number: str


class _TrackerReader:
    """Reads the rows of one table."""

    def __init__(
        self,
        table: SheetTable,
        register: Register,
        options: ImportOptions,
        refused: Mapping[CellKey, str],
    ) -> None:
        self.findings = Findings(register.directory.by_code)
        self.register, self.options, self.refused = register, options, refused
        self.table = visible_cells(table, self.findings)
        self.reader = MeetingReader(self.table, register, options.meetings, self.findings)
        self._numbered = numbered_meetings(register.meetings)

    def tracker(self) -> Tracker:
        for problem in self.table.problems:
            self.findings.leave(problem.number, problem.column, problem.why)
        of_rows, rows = self.reader.meetings()
        by_meeting: dict[RowMeeting, list[FilledRow]] = {}
        ids: dict[str, RowMeeting] = {}
        for row in rows:
            meeting = of_rows.get(row.number)
            if meeting is None or self.findings.is_left(row.number):
                continue
            if meeting.existing is not None:
                self.findings.existing.setdefault(meeting.id, []).append(row.number)
                continue
            meeting = ids.setdefault(meeting.id, meeting)
            by_meeting.setdefault(meeting, []).append(row)
        meetings = [self._meeting(keys, own) for keys, own in by_meeting.items()]
        meetings = [one for one in meetings if one.conclusions]
        meetings.sort(key=lambda one: (one.keys.days.first, one.keys.id))
        return Tracker(self.table, meetings, self.findings)

    # --- one meeting -----------------------------------------------------------------------

    def _meeting(self, keys: RowMeeting, rows: Sequence[FilledRow]) -> ImportedMeeting:
        texts = [_text(row, name) for row in rows for name in ("text", "action")]
        languages = self.register.process.languages
        language = read_language_of("\n".join(texts))
        if languages and language not in languages:
            language = languages[0]
        reader = ConclusionReader(
            self.reader.names, language, keys.days.last, keys.body, self._numbered
        )
        groups: dict[str, list[FilledRow]] = {}
        for one in self._with_numbers(rows):
            groups.setdefault(one.number, []).append(one.row)
        conclusions = [
            found
            for number, own in groups.items()
            if (found := self._conclusion(number, own, reader)) is not None
        ]
        conclusions.sort(key=lambda one: natural_key(one.number))
        numbers = [row.number for own in groups.values() for row in own]
        left = [number for number in numbers if not self.findings.is_left(number)]
        return ImportedMeeting(keys, language, sorted(left), conclusions)

    def _with_numbers(self, rows: Sequence[FilledRow]) -> Iterator[_Numbered]:
        """Yield the rows with the numbers of their conclusions; the others are left."""
        if "number" not in self.table.letters:
            yield from self._counted(rows)
            return
        last: _Numbered | None = None
        text = ""
        for row in rows:
            cell = row.cells.get("number")
            number = self._number(row, cell)
            if number is None:
                continue
            own_text = collapse(_text(row, "text"))
            if not number:
                goes_on = last is not None and own_text in ("", text)
                if last is None or not goes_on:
                    why = _("the number is missing; write that of the decision")
                    self.findings.leave(row.number, "number", why)
                    continue
                number = last.number
                message = _("no number and no other text: a further duty of {number}")
                self.findings.doubt(row.number, "number", "", message.format(number=number))
            else:
                text = own_text or (text if last and last.number == number else "")
            last = _Numbered(row, number)
            yield last

    def _number(self, row: FilledRow, cell: str | date | None) -> str | None:
        """Return a row's number, empty where it has none; None where it is no number."""
        if cell is None:
            return ""
        if isinstance(cell, date):
            why = _("this cell holds a day; give it the format of text, and write the value again")
            self.findings.leave(row.number, "number", why)
            return None
        number = read_number(cell)
        if number is None:
            message = _("'{text}' is no number of a decision; write it as 8, 12.a or IV.3")
            why = message.format(text=clean(collapse(cell)))
            self.findings.leave(row.number, "number", why)
        elif number.casefold() != collapse(cell).rstrip(".)").casefold():
            message = _("written as number {number}")
            text = message.format(number=number)
            if not _is_plain_label(cell, number):
                self.findings.doubt(row.number, "number", clean(collapse(cell)), text)
        return number

    def _counted(self, rows: Sequence[FilledRow]) -> Iterator[_Numbered]:
        """Yield the rows with numbers in their order; rows of one text have one number."""
        by_text: dict[str, str] = {}
        last = ""
        for row in rows:
            text = collapse(_text(row, "text") or ("" if self._has_texts else _text(row, "action")))
            if text or not last:
                last = by_text.setdefault(text, str(len(by_text) + 1))
            message = _("there is no column of numbers: counted in the order of the rows")
            self.findings.doubt(row.number, None, "", message)
            yield _Numbered(row, last)

    @property
    def _evidences(self) -> list[str]:
        """The columns of evidence."""
        return [name for name in self.table.letters if name.rstrip(_ORDINALS) == "evidence"]

    @property
    def _has_texts(self) -> bool:
        return "text" in self.table.letters

    # --- one conclusion --------------------------------------------------------------------

    def _conclusion(
        self, number: str, rows: Sequence[FilledRow], reader: ConclusionReader
    ) -> ImportedConclusion | None:
        texts = [row for row in rows if _text(row, "text")]
        first = texts[0] if texts else next((r for r in rows if _text(r, "action")), None)
        if first is None:
            for row in rows:
                why = _("there is neither a text nor an action: nothing says what was decided")
                self.findings.leave(row.number, None, why)
            return None
        text = collapse(_text(first, "text") or _text(first, "action"))
        if not texts:
            message = _("written as the adopted text, since there is none; check its words")
            self.findings.doubt(first.number, "action", "", message)
        mandates: list[ImportedMandate] = []
        notes: list[str] = []
        for row in rows:
            own_text = collapse(_text(row, "text"))
            extra = own_text if own_text not in ("", text) else ""
            duty = self._mandate(row, extra, reader)
            if duty.action == text:
                duty = duty._replace(action="")
            if extra or (any(name in row.cells for name in _OF_DUTY) and _is_duty(duty)):
                mandates.append(_complete(duty, text))
            else:
                notes += duty.note
                self._tell_no_mandate(row)
        return ImportedConclusion(first.number, number, text, mandates, notes)

    def _tell_no_mandate(self, row: FilledRow) -> None:
        """Tell that a row gives no mandate, where the sheet has columns of who and by when."""
        place = next((one for one in ("responsible", "due") if one in self.table.letters), None)
        if place:
            message = _("nobody is responsible and nothing is due: a conclusion without a mandate")
            self.findings.doubt(row.number, place, "", message)

    def _mandate(
        self, row: FilledRow, other_text: str, reader: ConclusionReader
    ) -> ImportedMandate:
        notes: list[str] = []
        action = collapse(_text(row, "action"))
        if other_text and not action:
            action = other_text
            message = _("another text of the same number: written as the action of a further duty")
            self.findings.doubt(row.number, "text", _beginning(other_text), message)
        elif other_text:
            notes.append(self._labelled("text", other_text))
            message = _("another text of the same number: it is in the note")
            self.findings.doubt(row.number, "text", _beginning(other_text), message)
        who, support = self._parties(row, notes, reader)
        due = self._due(row, notes, reader)
        report = self._report(row, notes, who)
        self._add_notes(row, notes)
        return ImportedMandate(row.number, action, who, support, due, notes, report)

    def _add_notes(self, row: FilledRow, notes: list[str]) -> None:
        """Add the cells of the notes; of several columns, each with its heading."""
        columns = [name for name in row.cells if name.rstrip(_ORDINALS) == "note"]
        is_only = sum(name.rstrip(_ORDINALS) == "note" for name in self.table.letters) == 1
        for column in columns:
            words = collapse(_text(row, column))
            notes.append(words if is_only else self._labelled(column, words))

    def _evidence(self, row: FilledRow) -> str:
        columns = [name for name in row.cells if name.rstrip(_ORDINALS) == "evidence"]
        return " · ".join(collapse(_text(row, name)) for name in columns)

    def _labelled(self, column: str, value: str) -> str:
        return f"{self.table.names[column]}: {value}"

    def _to_note(self, row: FilledRow, column: str, notes: list[str]) -> str:
        """Add a cell to the notes, and return its words."""
        value = row.cells[column]
        words = value.isoformat() if isinstance(value, date) else collapse(value)
        notes.append(self._labelled(column, words))
        return words

    def _is_refused(self, row: FilledRow, column: str, notes: list[str]) -> bool:
        """Tell whether a value may not be written; then it goes to the notes."""
        why = self.refused.get((row.number, column))
        if why is None:
            return False
        words = self._to_note(row, column, notes)
        message = _("{why}; it is in the note")
        self.findings.doubt(row.number, column, words, message.format(why=why))
        return True

    # --- who, by when ----------------------------------------------------------------------

    def _parties(
        self, row: FilledRow, notes: list[str], reader: ConclusionReader
    ) -> tuple[DraftResponsible | None, Sequence[str]]:
        who, support = None, list[str]()
        for column in ("responsible", "support"):
            value = row.cells.get(column)
            if value is None or self._is_refused(row, column, notes):
                continue
            words = value.isoformat() if isinstance(value, date) else value
            found = read_parties(words, reader, self.register)
            codes = found.who.codes if found.who else ()
            if column == "support":
                is_list = found.is_sure and found.who is not None and bool(codes)
                support += [*codes, *found.support]
                if not is_list:
                    self._doubtful_parties(row, column, found.unknown, codes, notes)
                continue
            who = found.who
            support += found.support
            if not found.is_sure:
                self._doubtful_parties(row, column, found.unknown, codes, notes)
            elif who and who.mode == "together" and len(who.codes) > 1:
                message = _(
                    "read as one joint duty; where each owes its own, write “each one: …” in the "
                    "cell"
                )
                self.findings.doubt(row.number, column, clean(collapse(words)), message)
        if who is None and "responsible" not in row.cells and self._makes_duty(row):
            place = "responsible" if "responsible" in self.table.letters else None
            message = _("nobody is responsible: it is listed without a party")
            self.findings.doubt(row.number, place, "", message)
        own = who.codes if who else ()
        return who, [code for code in dict.fromkeys(support) if code not in own]

    def _makes_duty(self, row: FilledRow) -> bool:
        return any(name in row.cells for name in ("action", "due", "support"))

    def _doubtful_parties(
        self,
        row: FilledRow,
        column: str,
        unknown: Sequence[str],
        named: Sequence[str],
        notes: list[str],
    ) -> None:
        words = self._to_note(row, column, notes)
        parts = [_("the cell is in the note")]
        if named:
            parts.insert(0, _("only {codes} was written").format(codes=", ".join(named)))
        advice = [self._advice(word) for word in unknown]
        names = [clean(collapse(n)) for n, a in zip(unknown, advice, strict=True) if not a]
        if names:
            message = _("the register does not have: {names}")
            parts.append(message.format(names=", ".join(dict.fromkeys(names))))
        elif not named and not any(advice):
            parts.insert(0, _("no party was understood"))
        parts += dict.fromkeys(advice)
        self.findings.doubt(row.number, column, clean(words), "; ".join(filter(None, parts)))

    def _advice(self, word: str) -> str:
        """Return the near spelling of a name; else note the line that adds it to the register."""
        choices = self.register.directory.choices()
        if question := choices.question(word):
            return question
        plain = clean(collapse(word))
        if party := party_meant(plain, self.register):
            return other_name(plain, party.code)
        meant = near_country(plain)
        if len(plain) <= _LONGEST_NAME and len(plain.split()) <= _MOST_WORDS:
            self.findings.missing.add(plain)
        return _("did you mean `{key}`?").format(key=meant) if meant else ""

    def _due(self, row: FilledRow, notes: list[str], reader: ConclusionReader) -> str:
        value = row.cells.get("due")
        if value is None or self._is_refused(row, "due", notes):
            return ""
        found = read_due(value, self.options.meetings.order, reader)
        if found is None:
            words = self._to_note(row, "due", notes)
            message = _("no deadline was understood; it is in the note")
            self.findings.doubt(row.number, "due", clean(words), message)
            return ""
        if not found.is_sure:
            words = self._to_note(row, "due", notes)
            message = _("read as the deadline {due}")
            self.findings.doubt(row.number, "due", clean(words), message.format(due=found.due))
        return found.due

    # --- how it stands ---------------------------------------------------------------------

    def _report(
        self, row: FilledRow, notes: list[str], who: DraftResponsible | None
    ) -> ImportedReport | None:
        """Return what a row reports; what cannot be recorded goes to the notes."""
        cell = row.cells.get("progress")
        words = cell.isoformat() if isinstance(cell, date) else cell or ""
        state = read_state(words, self.options.meetings.order) if words else None
        own_day = self._day(row)
        day = own_day or (state.day if state else None)
        is_open = state is not None and state.progress == "unknown"
        if state and state.progress == "not-applicable" and not self._makes_duty(row):
            is_open = is_open or "responsible" not in row.cells
        if cell is None or state is None or is_open:
            if is_open and state is not None and not state.more:
                self.findings.empty[row.number, "progress"] = collapse(words)
            elif cell is not None:
                said = self._to_note(row, "progress", notes)
                text = _("no state was understood; it is in the note")
                self.findings.doubt(row.number, "progress", clean(said), text)
            self._without_state(row, notes)
            return None
        if (row.number, "progress") in self.refused or (row.number, "on") in self.refused:
            self._is_refused(row, "progress", notes)
            self._is_refused(row, "on", notes)
            self._unreported(row, notes, "")
            return None
        if who is None or not (day or self.options.on):
            why = _("there is no day: give --on 2026-03-15 for all rows, or a column of days")
            if who is None:
                why = _("nobody is responsible who could report it")
            self._unreported(row, notes, why)
            return None
        if state.more:
            message = _("recorded as {state}, the rest as its note")
            text = message.format(state=_STATES[state.progress]())
            self.findings.doubt(row.number, "progress", clean(collapse(words)), text)
        if own_day is None and "on" in row.cells:
            said = self._to_note(row, "on", notes)
            self.findings.doubt(row.number, "on", clean(said), _("no day; it is in the note"))
        evidence = self._evidence(row)
        return ImportedReport(
            state.progress,  # type: ignore[arg-type] # no `unknown` is left
            day or self.options.on or date.min,
            day is not None,
            evidence,
            state.more,
            clean(collapse(words)),
        )

    def _day(self, row: FilledRow) -> date | None:
        """Return the day in the column of the state's day."""
        cell = row.cells.get("on")
        if cell is None:
            return None
        order = self.options.meetings.order
        found = read_days(cell, order)
        day = found.last if found else read_other_day(cell, order)
        if day is not None and found is None:
            message = _("read as {day}: in the order of the other rows it is no day")
            text = message.format(day=day.isoformat())
            self.findings.doubt(row.number, "on", clean(_text(row, "on")), text)
        return day

    def _unreported(self, row: FilledRow, notes: list[str], why: str) -> None:
        """Put the state, its day and its evidence into the notes."""
        for column in ("progress", "on", *self._evidences):
            if column in row.cells and (row.number, column) not in self.refused:
                words = self._to_note(row, column, notes)
                if why and column == "progress":
                    message = _("not recorded, it is in the note: {why}")
                    text = message.format(why=why)
                    self.findings.doubt(row.number, column, clean(words), text)

    def _without_state(self, row: FilledRow, notes: list[str]) -> None:
        """Put the day and the evidence of a row without a state into the notes."""
        for column in ("on", *self._evidences):
            if column in row.cells:
                words = self._to_note(row, column, notes)
                text = _("there is no state to record with it; it is in the note")
                self.findings.doubt(row.number, column, clean(words), text)


_ORDINALS = "0123456789"
"""What is behind the name of the second column of its kind."""
_LONGEST_NAME = 80
_MOST_WORDS = 8
"""Of a name: more are a sentence."""
_STATES = {
    "started": lambda: _("started"),
    "done": lambda: _("done"),
    "declined": lambda: _("declined"),
    "not-applicable": lambda: _("not applicable"),
    "withdrawn": lambda: _("report withdrawn"),
}


def _text(row: FilledRow, column: str) -> str:
    value = row.cells.get(column, "")
    return value.isoformat() if isinstance(value, date) else value


def _beginning(text: str) -> str:
    return clean(text if len(text) < _SHOWN else text[: _SHOWN - 1] + "…")


_SHOWN = 60


def _is_duty(duty: ImportedMandate) -> bool:
    """Tell whether a row says who is to do something, by when, or how it stands."""
    return bool(duty.action or duty.who or duty.support or duty.due or duty.note or duty.report)


def _complete(duty: ImportedMandate, text: str) -> ImportedMandate:
    """Return a duty with an action where no other key says what it is."""
    return duty if duty.action or duty.who or duty.due else duty._replace(action=text)


def _is_plain_label(cell: str, number: str) -> bool:
    """Tell whether a cell only has a word such as *Acuerdo* before its number."""
    return collapse(cell).rstrip(".)").casefold().endswith(number.casefold())
