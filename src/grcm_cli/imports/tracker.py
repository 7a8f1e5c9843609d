"""The rows of a tracker → meetings with their conclusions and mandates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.register import Register
from grcm_cli.drafting.dates.meetings import numbered_meetings
from grcm_cli.drafting.languages import read_language_of
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.imports.cells import read_number
from grcm_cli.imports.duties import (
    OF_DUTY,
    DutyReader,
    DutySheet,
    ImportedMandate,
    text_of,
)
from grcm_cli.imports.findings import CellKey, Findings
from grcm_cli.imports.meetings import MeetingReader, RowMeeting, TrackerOptions
from grcm_cli.language.text import _, clean, collapse, natural_key
from grcm_cli.reader.source import unseen
from grcm_cli.sheets.headings import kind_of, says_nothing
from grcm_cli.sheets.table import FilledRow, SheetTable

_MAY_BE_EMPTY = ("action", "responsible", "support", "due", "on", "evidence", "note", "place")
"""Where `–` or `n/a` says that there is nothing."""
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u2028": "\n"})


class ImportedConclusion(NamedTuple):
    """A conclusion, from the first row that has its number."""

    row: int
    number: str
    text: str
    mandates: Sequence[ImportedMandate] = ()
    note: Sequence[str] = ()


class ImportedMeeting(NamedTuple):
    """A meeting that is in no file yet."""

    keys: RowMeeting
    language: str
    rows: Sequence[int]
    conclusions: Sequence[ImportedConclusion]


class Tracker(NamedTuple):
    """A tracker as it was understood."""

    table: SheetTable
    meetings: Sequence[ImportedMeeting]
    findings: Findings


def read_tracker(
    table: SheetTable,
    register: Register,
    options: TrackerOptions,
    refused: Mapping[CellKey, str] = {},
) -> Tracker:
    """Return what a table says. `refused` are cells whose values no file may have, each with why.

    These go to the note of their mandate too.
    """
    findings = Findings(register.directory.by_code)
    visible = _visible_cells(table, findings)
    for problem in visible.problems:
        findings.leave(problem.number, problem.column, problem.why)
    reader = MeetingReader(visible, register, options, findings)
    meeting_of_row, rows = reader.meetings()
    by_meeting: dict[RowMeeting, list[FilledRow]] = {}
    ids: dict[str, RowMeeting] = {}
    for row in rows:
        meeting = meeting_of_row.get(row.number)
        if meeting is None or row.number in findings.left:
            continue
        if meeting.existing is not None and meeting.existing.conclusions is not None:
            findings.leave_known(row.number, meeting.id)
            continue
        by_meeting.setdefault(ids.setdefault(meeting.id, meeting), []).append(row)
    sheet = DutySheet(visible, register, findings, refused, options.order, options.on)
    numbered = numbered_meetings(register.meetings)
    meetings = []
    for keys, meeting_rows in by_meeting.items():
        texts = [text_of(row, name) for row in meeting_rows for name in ("text", "action")]
        language, languages = read_language_of("\n".join(texts)), register.process.languages
        if languages and language not in languages:
            language = languages[0]
        conclusion_reader = ConclusionReader(
            reader.names, language, keys.days.last, keys.body, numbered
        )
        meeting_reader = _MeetingRows(sheet, meeting_rows, conclusion_reader)
        conclusions = meeting_reader.conclusions()
        if conclusions:
            kept = sorted(n for n in meeting_reader.numbers if n not in findings.left)
            meetings.append(ImportedMeeting(keys, language, kept, conclusions))
    meetings.sort(key=lambda meeting: (meeting.keys.days.first, meeting.keys.id))
    return Tracker(visible, meetings, findings)


def _visible_cells(table: SheetTable, findings: Findings) -> SheetTable:
    """Return a table without characters that are not seen, and cells that say nothing."""
    rows = []
    for row in table.rows:
        cells: dict[str, str | date] = {}
        for name, value in row.cells.items():
            if not isinstance(value, str):
                cells[name] = value
                continue
            plain = value.replace("_x000D_", "").translate(_SPACES)
            if unseen(plain.replace("\n", " ")):  # soft hyphens, zero widths, marks of direction
                plain = "".join(c for c in plain if c == "\n" or not unseen(c))
            if plain != value.replace("\u00a0", " ").replace("_x000D_", ""):
                message = _("characters that are not to be seen were taken out")
                findings.doubt(row.number, name, clean(collapse(plain)), message)
            column = kind_of(name)
            if column in _MAY_BE_EMPTY and says_nothing(plain, column):
                findings.empty(row.number, name, collapse(plain))
            elif plain.strip():
                cells[name] = plain.strip()
        if cells:
            rows.append(FilledRow(row.number, cells))
    return table._replace(rows=rows)


class _MeetingRows:
    """Reads the rows of one meeting."""

    def __init__(
        self, sheet: DutySheet, rows: Sequence[FilledRow], reader: ConclusionReader
    ) -> None:
        self.sheet, self.rows, self.reader = sheet, rows, reader
        self.letters, self.findings = sheet.table.letters, sheet.findings
        self.numbers: list[int] = []
        """The numbers of the rows that have a conclusion's number."""

    def conclusions(self) -> list[ImportedConclusion]:
        """Return the conclusions by their numbers."""
        groups: dict[str, list[FilledRow]] = {}
        numbered = self._with_numbers() if "number" in self.letters else self._counted()
        for row, number in numbered:
            groups.setdefault(number, []).append(row)
        self.numbers = [row.number for rows in groups.values() for row in rows]
        conclusions = [self._conclusion(number, rows) for number, rows in groups.items()]
        made = [conclusion for conclusion in conclusions if conclusion is not None]
        return sorted(made, key=lambda conclusion: natural_key(conclusion.number))

    def _with_numbers(self) -> Iterator[tuple[FilledRow, str]]:
        """Yield the rows with the numbers of their conclusions; the others are left."""
        last, text = "", ""
        for row in self.rows:
            number = self._number(row)
            if number is None:
                continue
            own_text = collapse(text_of(row, "text"))
            if number:
                text = own_text or (text if number == last else "")
            elif last and own_text in ("", text):
                number = last
                message = _("no number and no other text: a further duty of {number}")
                self.findings.doubt(row.number, "number", "", message, number=number)
            else:
                why = _("the number is missing; write that of the decision")
                self.findings.leave(row.number, "number", why)
                continue
            last = number
            yield row, number

    def _number(self, row: FilledRow) -> str | None:
        """Return a row's number, empty where it has none; None where it is no number."""
        cell = row.cells.get("number")
        if cell is None:
            return ""
        if isinstance(cell, date):
            why = _("this cell holds a day; give it the format of text, and write the value again")
            self.findings.leave(row.number, "number", why)
            return None
        number, words = read_number(cell), collapse(cell)
        if number is None:
            message = _("'{text}' is no number of a decision; write it as 8, 12.a or IV.3")
            self.findings.leave(row.number, "number", message, text=clean(words))
        elif not words.rstrip(".)").casefold().endswith(number.casefold()):
            message = _("written as number {number}")
            self.findings.doubt(row.number, "number", clean(words), message, number=number)
        return number

    def _counted(self) -> Iterator[tuple[FilledRow, str]]:
        """Yield the rows with numbers in their order; rows of one text have one number."""
        by_text: dict[str, str] = {}
        last = ""
        for row in self.rows:
            text = collapse(text_of(row, "text" if "text" in self.letters else "action"))
            if text or not last:
                last = by_text.setdefault(text, str(len(by_text) + 1))
            message = _("there is no column of numbers: counted in the order of the rows")
            self.findings.doubt(row.number, None, "", message)
            yield row, last

    def _conclusion(self, number: str, rows: Sequence[FilledRow]) -> ImportedConclusion | None:
        texts = [row for row in rows if text_of(row, "text")]
        first = texts[0] if texts else next((r for r in rows if text_of(r, "action")), None)
        if first is None:
            for row in rows:
                why = _("there is neither a text nor an action: nothing says what was decided")
                self.findings.leave(row.number, None, why)
            return None
        text = collapse(text_of(first, "text") or text_of(first, "action"))
        if not texts:
            message = _("written as the adopted text, since there is none; check its words")
            self.findings.doubt(first.number, "action", "", message)
        mandates: list[ImportedMandate] = []
        notes: list[str] = []
        for row in rows:
            own_text = collapse(text_of(row, "text"))
            other_text = own_text if own_text not in ("", text) else ""
            duty = DutyReader(self.sheet, row, self.reader).mandate(other_text)
            if duty.action == text:
                duty = duty._replace(action="")
            is_duty = any(name in row.cells for name in OF_DUTY) and duty.says_something
            if other_text or is_duty:
                # An action where no other key says what it is.
                is_plain = duty.action or duty.who or duty.due
                mandates.append(duty if is_plain else duty._replace(action=text))
                continue
            notes += duty.note
            place = next((name for name in ("responsible", "due") if name in self.letters), None)
            if place:
                message = _(
                    "nobody is responsible and nothing is due: a conclusion without a mandate"
                )
                self.findings.doubt(row.number, place, "", message)
        return ImportedConclusion(first.number, number, text, mandates, notes)
