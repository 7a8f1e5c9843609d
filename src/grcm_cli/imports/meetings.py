"""Which meeting each row of a tracker is of: its id, body, days, place and title."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.domain.due_grammar import MEETING_ID, reads_as_due
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.drafting.dates.meetings import numbered_meetings, ordinals_in
from grcm_cli.drafting.header import read_header
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.imports.cells import Days, named_bodies, read_days, read_month
from grcm_cli.imports.findings import Findings, other_name, party_meant
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import whole_words
from grcm_cli.language.text import _, clean, collapse, fold
from grcm_cli.sheets.days import Order
from grcm_cli.sheets.headings import MEETING_COLUMNS, TRACKER
from grcm_cli.sheets.table import FilledRow, SheetTable

_KIND = whole_words("meeting.kinds")
_NUMBERED_MEETING = re.compile(r"(?<![\w-])[IVXL]{1,6}(?![\w-])|(?<![0-9])[0-9]{1,4}\.?\s?[ªº°a]\b")


class TrackerOptions(NamedTuple):
    """What the command line says for all rows."""

    body: str = ""
    """The code of the body of all rows that name none."""
    days: Mapping[str, Days] = {}
    """By the words for a meeting, folded, or its id; under an empty text, for all rows."""
    order: Order = "day-first"
    on: date | None = None
    """The day of what is reported, where a row has none."""
    each_started: bool = False
    """What was begun is recorded for each of several parties."""


class RowMeeting(NamedTuple):
    """The meeting of some rows."""

    id: str
    body: str
    days: Days
    title: str = ""
    place: str = ""
    country: str = ""
    existing: Meeting | None = None
    """The meeting of the record that it is: its rows are left, unless it is only planned."""


class _MeetingCells(NamedTuple):
    """What the cells of a row say of its meeting."""

    number: int
    cells: Mapping[str, str | date]
    words: str
    body: str
    days: Days | None
    month: tuple[int, int] | None

    @property
    def id_of_month(self) -> str:
        """The id of a meeting in the month that is named; empty where none is."""
        return f"{self.body}-{self.month[0]:04}-{self.month[1]:02}" if self.month else ""


class MeetingReader:
    """Finds the meeting of each row of a table."""

    def __init__(
        self, table: SheetTable, register: Register, options: TrackerOptions, findings: Findings
    ) -> None:
        self.table, self.register, self.options = table, register, options
        self.names = PartyNames(register)
        self.findings = findings
        self._numbered = numbered_meetings(register.meetings)
        bodies = [party.code for party in register.parties if party.kind == "body"]
        self._only_body = bodies[0] if len(bodies) == 1 else ""
        self._bodies = frozenset(bodies)
        self._by_id = {meeting.id: meeting for meeting in register.meetings}
        self._dated = {
            code: [m for m in register.meetings if m.body and m.body.text == code and m.start]
            for code in bodies
        }

    def meetings(self) -> tuple[dict[int, RowMeeting], list[FilledRow]]:
        """Return the meeting of each row by its number, and the rows without their headings."""
        rows = list(self._with_carried())
        cells_of = {row.number: cells for row in rows if (cells := self._cells(row))}
        days = self._days(list(cells_of.values()))
        new: dict[tuple[str, date], RowMeeting] = {}
        meetings: dict[int, RowMeeting] = {}
        for number, row in cells_of.items():
            row_days = days.get(number)
            if existing := self._existing(row, row_days):
                first = existing.start or date.min
                known = Days(first, existing.last_day or first)
                meetings[number] = RowMeeting(existing.id, row.body, known, existing=existing)
            elif row_days is None and not row.words:
                why = _("the meeting is not named: give its day with --start 2026-03-15")
                self.findings.leave(number, None, why)
            elif row_days is None:
                message = _("the day of the meeting is missing: give it with {option}")
                day = _("YYYY-MM-DD")
                option = f'--start "{clean(row.id_of_month or row.words)}={day}"'
                self.findings.leave(number, "meeting", message, option=option)
            else:
                key = (row.body, row_days.first)
                if key not in new:
                    new[key] = self._new(row, row_days)
                meetings[number] = new[key]
        return self._with_ids(meetings), rows

    # --- empty cells -----------------------------------------------------------------------

    def _with_carried(self) -> list[FilledRow]:
        """Return the rows; where the cells of the meeting are empty, with those of the row above.

        A row with nothing but the name of a meeting is a heading of the rows below it.
        """
        last: dict[str, str | date] = {}
        rows: list[FilledRow] = []
        for row in self.table.rows:
            heading = self._heading(row)
            if heading:
                last = {"meeting": heading}
                message = _("read as the meeting of the rows below it")
                self.findings.doubt(row.number, None, heading, message)
                continue
            if not row.cells.keys() - {*MEETING_COLUMNS, "number"}:
                why = _("there is neither a text nor an action: nothing says what was decided")
                self.findings.leave(row.number, None, why)
                continue
            filled = {name: row.cells[name] for name in MEETING_COLUMNS if name in row.cells}
            names_meeting = "meeting" in filled
            is_same = names_meeting and filled["meeting"] == last.get("meeting")
            is_new = (names_meeting or "start" in filled) and not is_same
            carried = {} if is_new else {k: v for k, v in last.items() if k not in filled}
            if is_new and not names_meeting and "meeting" in last:
                is_day = filled["start"] == last.get("start")
                carried = {"meeting": last["meeting"]} if is_day else {}
            key = next((name for name in ("meeting", "start") if name in carried), None)
            if key and key in self.table.letters and not names_meeting:
                message = _("the cell is empty: the one above it was taken")
                self.findings.doubt(row.number, key, "", message)
            last = {**carried, **filled}
            rows.append(FilledRow(row.number, {**carried, **row.cells}))
        return rows

    def _heading(self, row: FilledRow) -> str:
        values = [value for value in row.cells.values() if isinstance(value, str)]
        if len(row.cells) != 1 or not values or "action" in row.cells:
            return ""
        words = collapse(values[0])
        is_meeting = _KIND.search(words) or named_bodies(words, self.names)
        has_days = read_days(words, self.options.order) or read_month(words)
        is_numbered = _NUMBERED_MEETING.search(words)
        is_short = len(words) < 160
        return words if is_meeting and (has_days or is_numbered) and is_short else ""

    # --- body and days ---------------------------------------------------------------------

    def _cells(self, row: FilledRow) -> _MeetingCells | None:
        """Return what a row says of its meeting; None where it cannot be of one."""
        value = row.cells.get("meeting", "")
        words = collapse(value) if isinstance(value, str) else value.isoformat()
        body = self._body(row, words)
        if body is None:
            return None
        month = read_month(words) if words else None
        days = self._own_days(row, words)
        return _MeetingCells(row.number, row.cells, words, body, days, month)

    def _body(self, row: FilledRow, words: str) -> str | None:
        cell = row.cells.get("body")
        if isinstance(cell, str):
            return self._body_of_cell(row, cell)
        prefix = re.match(r"([A-Z][A-Z0-9-]*?)-[0-9]{4}-[0-9]{2}", words)
        if prefix and prefix[1] in self._bodies:
            return prefix[1]
        named = named_bodies(words, self.names)
        if len(named) == 1:
            return named[0]
        if self.options.body and (not named or self.options.body in named):
            return self.options.body
        if len(named) > 1:
            message = _("it names several bodies: {codes}; give the one that met with --body")
            self.findings.leave(row.number, "meeting", message, codes=", ".join(named))
            return None
        if not self._only_body:
            message = _("the body that met is not named; give it with --body: {codes}")
            codes = ", ".join(sorted(self._bodies)) or "–"
            self.findings.leave(row.number, "meeting", message, codes=codes)
            return None
        if words:
            message = _(
                "where no body is named, {body} was taken, the only one of the register; give "
                "another with --body"
            )
            heading = self.table.names.get("meeting", "")
            number, column = (0, "meeting") if heading else (row.number, None)
            self.findings.doubt(number, column, heading, message, body=self._only_body)
        return self._only_body

    def _body_of_cell(self, row: FilledRow, cell: str) -> str | None:
        named = [p.code for p in self.register.directory.named(cell) if p.kind == "body"]
        named = named or named_bodies(cell, self.names)
        if len(named) == 1:
            return named[0]
        hint = self.register.directory.choices(("body",)).question(cell)
        plain = clean(collapse(cell))
        if not hint and (party := party_meant(plain, self.register)):
            hint = other_name(plain, party.code)
        elif not hint:
            self.findings.missing.add(plain, "bodies")
        message = _("the register has no body '{code}'").format(code=clean(cell))
        self.findings.leave(row.number, "body", "; ".join(filter(None, (message, hint))))
        return None

    def _own_days(self, row: FilledRow, words: str) -> Days | None:
        """Return the days that a row says; those of the columns before those in the name."""
        order = self.options.order
        start, end = row.cells.get("start"), row.cells.get("end")
        first = read_days(start, order) if start else None
        if start and first is None and not (isinstance(start, str) and read_month(start)):
            message = _("'{text}' is no day; write it as 2026-03-15 or 15/03/2026")
            cell = clean(str(start))
            self.findings.doubt(row.number, "start", cell, message, text=cell)
        last = read_days(end, order) if end else None
        if first and last and last.last >= first.first:
            first = Days(first.first, last.last)
        elif end:
            message = _("the last day was not read: it is none, or before the first one")
            self.findings.doubt(row.number, "end", clean(str(end)), message)
        in_words = read_days(words, order) if words else None
        if first and in_words and in_words.first <= first.first <= in_words.last:
            return in_words
        if first and in_words:
            message = _("the name says other days; the date {day} was taken")
            self.findings.doubt(row.number, "meeting", words, message, day=first.first.isoformat())
        return first or in_words

    def _days(self, rows: Sequence[_MeetingCells]) -> dict[int, Days]:
        """Return the days of each row: its own, an option's, or those of rows of its meeting."""
        named: dict[tuple[str, str], list[_MeetingCells]] = {}
        for row in rows:
            named.setdefault((row.body, fold(row.words)), []).append(row)
        result: dict[int, Days] = {}
        column = next((name for name in ("start", "meeting") if name in self.table.letters), None)
        for group in named.values():
            words = group[0].words
            far = _FAR if words else timedelta(days=1)
            stretches = _stretches([row.days for row in group if row.days], far)
            if len(stretches) > 1 and words and ordinals_in(words):
                self._leave_apart(group, stretches, column)
                continue
            for row in group:
                keys = [fold(key) for key in (row.words, row.id_of_month) if key]
                keys += [] if row.days else [""]
                asked = (self.options.days[key] for key in keys if key in self.options.days)
                days = next(asked, None)
                if days is None and row.days is not None:
                    first = row.days.first
                    days = next(days for days in stretches if days.first <= first <= days.last)
                if days is None and len(stretches) == 1 and words:
                    days = stretches[0]
                if days is not None:
                    result[row.number] = days
                if row.days and days and days.first < row.days.first:
                    message = _("its rows have several days: {first} to {last} was taken")
                    self.findings.doubt(
                        row.number, column, "", message, first=days.first, last=days.last
                    )
        return result

    def _leave_apart(
        self, group: Sequence[_MeetingCells], stretches: Sequence[Days], column: str | None
    ) -> None:
        """Leave the rows of a numbered meeting whose days lie far apart."""
        heading = self.table.names.get("start", "")
        message = _(
            "the rows of this meeting have days from {first} to {last}: is «{heading}» its date? "
            "If not: {option}"
        )
        option = f'--map "{heading}={TRACKER.heading_of("due")}"'
        first, last = stretches[0].first, stretches[-1].last
        why = message.format(first=first, last=last, heading=heading, option=option)
        for row in group:
            self.findings.leave(row.number, column, why)

    # --- meetings --------------------------------------------------------------------------

    def _existing(self, row: _MeetingCells, days: Days | None) -> Meeting | None:
        """Return the meeting of the record: by its id, its days, its number, or its month."""
        if row.words in self._by_id:
            return self._by_id[row.words]
        dated = self._dated.get(row.body, [])
        if days is not None:
            return next(
                (m for m in dated if m.start and m.start <= days.last
                 and days.first <= (m.last_day or m.start)), None,
            )  # fmt: skip
        numbers = ordinals_in(row.words) if row.words else set()
        numbered = [self._numbered.get((row.body, number)) for number in numbers]
        with_number = {known[1].id: known[1] for known in numbered if known}
        if len(with_number) == 1:
            return next(iter(with_number.values()))
        in_month = [m for m in dated if m.start and (m.start.year, m.start.month) == row.month]
        return in_month[0] if len(in_month) == 1 else None

    def _new(self, row: _MeetingCells, days: Days) -> RowMeeting:
        is_id = MEETING_ID.fullmatch(row.words) and not reads_as_due(row.words)
        meeting_id = row.words if is_id and re.search(r"[0-9]", row.words) else ""
        lines = self._header_lines(row.words)
        values = read_header(lines, "es", self.names).values if not meeting_id else {}
        header = {key: str(value.text) for key, value in values.items()}
        title, place = row.cells.get("title"), row.cells.get("place")
        words = "" if meeting_id or read_days(row.words, self.options.order) == days else row.words
        words = row.words if not meeting_id and _KIND.search(row.words) else words
        return RowMeeting(
            meeting_id,
            row.body,
            days,
            collapse(str(title)) if title else header.get("title", "") or words,
            collapse(str(place)) if place else header.get("place", ""),
            "" if place else header.get("country", ""),
        )

    def _header_lines(self, words: str) -> list[str]:
        """Return a meeting's name as the header of a document: place and days on a line apart."""
        spans = spans_in(words)
        parts = words[: spans[0].start].rstrip(" ,(").split(", ") if spans else []
        if len(parts) < 2:
            return [words]
        is_country = len(self.register.directory.named(parts[-1])) == 1 and len(parts) > 2
        count = 2 if is_country else 1
        place = ", ".join(parts[-count:])
        return [", ".join(parts[:-count]), f"{place}, {words[spans[0].start :]}"]

    def _with_ids(self, meetings: Mapping[int, RowMeeting]) -> dict[int, RowMeeting]:
        """Return the meetings with ids: of the month, of the day where a month has several."""
        taken = {known.id.casefold() for known in self.register.meetings}
        taken |= {meeting.id.casefold() for meeting in meetings.values() if meeting.id}
        by_month: dict[str, set[date]] = {}
        for meeting in meetings.values():
            if not meeting.id:
                by_month.setdefault(_month_id(meeting), set()).add(meeting.days.first)
        result = {}
        for number, meeting in meetings.items():
            if meeting.id:
                result[number] = meeting
                continue
            name = _month_id(meeting)
            if name in self.register.unread_meetings:
                message = _("the file of {meeting} cannot be read: grcm validate tells why")
                self.findings.leave(number, None, message, meeting=name)
                continue
            if len(by_month[name]) > 1 or name.casefold() in taken:
                name = f"{meeting.body}-{meeting.days.first.isoformat()}"
                message = _("the body has another meeting in that month: this one is {id}")
                column = "meeting" if "meeting" in self.table.letters else None
                self.findings.doubt(number, column, meeting.title, message, id=name)
            result[number] = meeting._replace(id=name)
        return result


_FAR = timedelta(days=14)
"""Between two days of one meeting there are fewer."""


def _stretches(days: Sequence[Days], far: timedelta) -> list[Days]:
    """Return days as stretches, those near each other as one, in their order."""
    stretches: list[Days] = []
    for first, last in sorted(set(days)):
        if stretches and first - stretches[-1].last < far:
            stretches[-1] = Days(stretches[-1].first, max(stretches[-1].last, last))
        else:
            stretches.append(Days(first, last))
    return stretches


def _month_id(meeting: RowMeeting) -> str:
    return f"{meeting.body}-{meeting.days.first.isoformat()[:7]}"
