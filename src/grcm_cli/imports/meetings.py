"""Which meeting each row of a tracker is of: its id, body, days, place and title."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from grcm_cli.domain.due_forms import MEETING_ID, parse_due, reads_as_due
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.periods import Days
from grcm_cli.domain.task import ANSWERED, Query, Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.drafting.header import read_header
from grcm_cli.drafting.ordinals import numbered_meetings, ordinals_in
from grcm_cli.drafting.party_names import PartyNames
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.imports import NewMeeting
from grcm_cli.imports import cells as readers
from grcm_cli.imports.findings import Row, Tracker
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import whole_words
from grcm_cli.language.text import _, clean, collapse, fold, in_series
from grcm_cli.sheets.cells import read_days, read_report
from grcm_cli.sheets.headings import MEETING_COLUMNS, TRACKER
from grcm_cli.views.tasks import group_by

_KIND = whole_words("meeting.kinds")
_BY_LETTER = whole_words("meeting.by_correspondence")
_NUMBERED_MEETING = re.compile(r"(?<![\w-])[IVXL]{1,6}(?![\w-])|(?<![0-9])[0-9]{1,4}\.?\s?[ªº°a]\b")
_FAR = timedelta(days=14)  # between two days of one meeting there are fewer


class _MeetingCells(NamedTuple):
    row: Row
    words: str
    body: str
    days: Days | None
    id_of_month: str  # that of a meeting in the month that is named; empty where none is


class MeetingReader:
    """Finds the meeting of each row of a table."""

    def __init__(self, rows: Sequence[Row], tracker: Tracker) -> None:
        self.rows, self.tracker = rows, tracker
        self.options, self.table, register = tracker.options, tracker.table, tracker.register
        self.register, self.names = register, PartyNames(register)
        self.numbered = numbered_meetings(register.meetings)
        self.reported = {
            (entry.mandate.text.partition("#")[0], entry.party, entry.progress, day)
            for entry in register.entries
            for day in (entry.day, None)
        }
        self.bodies = [party.code for party in register.parties if party.kind == "body"]

    def meetings(self) -> Iterator[tuple[Row, NewMeeting]]:
        """Yield the rows that are read, each with its meeting, which has no conclusions yet."""
        read = []
        for row in self._with_carried():
            words = row.words("meeting")
            if (body := self._body(row, words)) is not None:
                row_days, month = self._days_of_row(row, words), readers.read_month(words)
                id_of_month = f"{body}-{month}" if month else ""
                read.append(_MeetingCells(row, words, body, row_days, id_of_month))
        days = self._days(read)
        new: dict[tuple[str, date], list[_MeetingCells]] = {}
        meetings: dict[int, NewMeeting] = {}
        for cells in read:
            row, row_days = cells.row, days.get(cells.row.number)
            existing = self._existing(cells, row_days)
            if existing and existing.conclusions is not None:
                self._leave_known(row, existing)
            elif existing:
                first = existing.start or date.min
                recorded_days = Days(first, existing.last_day or first)
                sheet_keys = self._new(cells, row_days or recorded_days).keys
                # The file of a planned meeting gets only the keys that it lacks.
                names = ("title",) if existing.place else ("title", "place", "country")
                keys = {name: sheet_keys[name] for name in names if not getattr(existing, name)}
                keys |= {"id": existing.id, "body": cells.body}
                meetings[row.number] = NewMeeting(keys, None, recorded_days, existing=existing)
            elif row_days is not None:
                new.setdefault((cells.body, row_days.first), []).append(cells)
            elif cells.words:
                message = _("the date of the meeting is missing: give it with {option}")
                words, day = clean(cells.id_of_month or cells.words), _("YYYY-MM-DD")
                row.leave("meeting", message, option=f'--start "{words}={day}"')
            else:
                why = _("the meeting is not named: give its start date with --start 2026-03-15")
                row.leave(None, why)
        meetings |= self._named(new, days)
        for cells in read:
            if cells.row.number in meetings:
                yield cells.row, meetings[cells.row.number]

    def _leave_known(self, row: Row, meeting: Meeting) -> None:
        """Leave out a row of a meeting in the record; say what the record lacks and what to do."""
        number, order = readers.read_number(row.text("number")), self.options.order
        parts = meeting.parts_of(number) if number else ()
        numbers = [number, *(part.number for part in parts)]
        recorded = [item.number for item in meeting.conclusions or () if item.number in numbers]
        if number and not recorded:
            message = _("{reference} is not in the record: add it to {path}")
            path = clean(meeting.at.path)
            row.leave("number", message, reference=f"{meeting.id}/{number}", path=path)
            return
        others = self._differences(row, meeting, recorded)
        column, why = None, _("{meeting} is already in the record: its file was not changed")
        state, remark, days = read_report(row.cells, order)
        day = next(iter(days.values()), None)
        if state not in ("", "unknown"):
            texts = remark, row.text("responsible")
            named = [readers.named_parties(text, self.names) for text in texts]
            if command := self._command(state, meeting, recorded, day, named):
                message = _("{meeting} is already in the record, but this state is not: {command}")
                if command.count("--by ") > 1:
                    message = _(
                        "{meeting} is already in the record, but this state is not; for those to "
                        "whom it applies: {command}"
                    )
                why = message.format(meeting=meeting.id, command=command)
                row.leave("progress", "{why}", why=in_series([*others.values(), why]))
                return
            addresses = {f"{meeting.id}/{item}" for item in recorded}
            reports = (key for key in self.reported if key[0] in addresses)
            if all(key[2:] != (state, day) for key in reports):
                every = chain(*(self._tasks.get((meeting.id, item), ()) for item in recorded))
                column, why = "progress", _("none of those responsible can report on it")
                if any(task.parties for task in every):
                    why = _(
                        "in the record, {reference} is not open, or has a later report: this state "
                        "was left out"
                    )
        why = why.format(meeting=meeting.id, reference=f"{meeting.id}/{number}")
        if others:
            row.leave(next(iter(others)), "{why}", why=in_series([*others.values(), why]))
        self.tracker.left.setdefault(row.number, (column, why, True))

    def _differences(self, row: Row, meeting: Meeting, numbers: Sequence[str]) -> Mapping[str, str]:
        """Return what a row has otherwise than each mandate of the record, by its columns."""
        day = meeting.last_day or date.min
        known = meeting.language or "es", day, meeting.body_code, self.numbered
        reader = ConclusionReader(self.names, *known)
        cell, words = row.cells.get("due", ""), row.text("responsible")
        due = parse_due(readers.read_due(cell, self.options.order, reader)[0]) if cell else None
        due_day = due.last_day(meeting, self.register.calendar) if due and not due.recurs else None
        who = readers.read_parties(words, reader, self.register).who if words else None
        named = who.codes if who and who.mode in ("together", "each") else ()
        codes = {member for code in named for member in self.register.present_members(code, day)}
        differing: list[dict[str, str]] = []
        every = chain(*(self._tasks.get((meeting.id, number), ()) for number in numbers))
        for reference, duties in group_by(every, lambda task: task.reference).items():
            values, terms = dict[str, str](), [duty.term for duty in duties]
            terms += [duty.first for duty in duties if duty.first]
            said = [*dict.fromkeys(term.due.written for term in terms if term.due)]
            days = [str(term.deadline) for term in terms if term.deadline]
            if due and due.written not in said and str(due_day) not in days:
                message = _("in the record, {reference} is due {due}, not {other}")
                shown = "".join(days[:1] or said[:1]) or "–"
                values["due"] = message.format(reference=reference, due=shown, other=due.written)
            owing = {code for duty in duties for code in duty.parties}
            adopted = {code for duty in duties for code in duty.key_parties}
            if codes and codes not in (owing, adopted):
                message = _("in the record, {reference} binds {codes}, not {other}")
                now, other = " ".join(sorted(owing)) or "–", " ".join(sorted(codes))
                values["responsible"] = message.format(reference=reference, codes=now, other=other)
            differing.append(values)
        return min(differing, key=len, default={})

    def _command(
        self,
        state: str,
        meeting: Meeting,
        numbers: Sequence[str],
        day: date | None,
        named: Sequence[Sequence[str]],
    ) -> str:
        """Return the command that records a state; empty where no open task would get it.

        `named` are the parties that the cell of the state names, which alone it is about, and those
        responsible.
        """
        unknown, as_of = _("YYYY-MM-DD"), self.options.as_of
        told = day or self.options.on
        told = told if told and (meeting.last_day or told) <= told <= as_of else None
        if not numbers:
            return f"grcm record {state} {meeting.id}/N --on {told or unknown}"
        every = (self._tasks.get((meeting.id, number), ()) for number in numbers)
        owing = [(task, code) for task in chain(*every) for code in task.parties]
        for codes in [*filter(None, named)][:1]:
            meant = {member for code in codes for member in (code, *self.register.members_of(code))}
            about = [pair for pair in owing if not meant.isdisjoint((pair[1], *pair[0].bound))]
            owing = about if about or codes is named[0] else owing
        owing = [
            (task, code)
            for task, code in owing
            if task.is_open and not self._is_reported(task, state, day)
            if not (told and task.last_report and task.last_report.day > told)
            if (code, True)
            not in {(entry.party, entry.progress in ANSWERED) for entry in task.reports}
        ]
        names = {str(task.reference) for task, _code in owing}
        place = f"{meeting.id}/{numbers[0]}#" if len(numbers) == 1 else f"{meeting.id}/"
        words = ["grcm record", state, names.pop() if len(names) == 1 else f"{place}N"]
        words += dict.fromkeys(f"--by {code}" for _task, code in owing)
        words += [f"--for {unknown}"] if any(task.mandate.recurs for task, _code in owing) else []
        return " ".join([*words, f"--on {told or unknown}"]) if owing else ""

    def _is_reported(self, task: Task, state: str, day: date | None) -> bool:
        """Tell whether one of those who owe a task has reported a state, of any day for None."""
        address = f"{task.meeting.id}/{task.conclusion.number}"
        offices = self.register.directory.offices
        holders = (offices[code].holder_on(day) for code in task.parties if day and code in offices)
        codes = {*task.bound, *holders}
        return any((address, code, state, day) in self.reported for code in codes)

    @cached_property
    def _tasks(self) -> Mapping[tuple[str, str], Sequence[Task]]:
        """The tasks of the record, by the meeting and the number of their conclusion."""
        every = tasks(self.register, self.options.as_of, Query(closed=True))
        return group_by(every, lambda task: (task.meeting.id, task.conclusion.number))

    def _named(
        self, new: Mapping[tuple[str, date], Sequence[_MeetingCells]], days: Mapping[int, Days]
    ) -> dict[int, NewMeeting]:
        """Return new meetings with ids: by the month, or by the day if a month has several."""
        meetings: dict[int, NewMeeting] = {}
        by_key = {key: self._new(same[0], days[same[0].row.number]) for key, same in new.items()}
        taken = {meeting_id.casefold() for meeting_id in self.register.calendar.by_id}
        taken |= {meeting.id.casefold() for meeting in by_key.values()}
        names = {key: f"{key[0]}-{key[1].isoformat()[:7]}" for key in by_key}
        by_month = Counter(name for key, name in names.items() if not by_key[key].id)
        for key, meeting in by_key.items():
            name = meeting.id or names[key]
            is_unread = not meeting.id and name in self.register.unread_meetings
            is_apart = not meeting.id and (by_month[name] > 1 or name.casefold() in taken)
            if is_apart and not is_unread:
                name = f"{key[0]}-{key[1].isoformat()}"
            for cells in new[key]:
                if is_unread:
                    message = _("the file of {meeting} cannot be read: grcm validate says why")
                    cells.row.leave(None, message, meeting=name)
                    continue
                if is_apart:
                    message = _("the body has another meeting in that month: this one is {id}")
                    cells.row.doubt("meeting", meeting.keys["title"], message, id=name)
                meetings[cells.row.number] = meeting._replace(keys={**meeting.keys, "id": name})
        return meetings

    def _with_carried(self) -> Iterator[Row]:
        """Yield the rows; one without a meeting gets that of the row or heading above."""
        last: dict[str, str | date] = {}
        for row in self.rows:
            if heading := self._heading(row):
                last = {"meeting": heading}
                row.doubt(None, heading, _("read as the meeting of the rows below it"))
                continue
            if not row.cells.keys() - {*MEETING_COLUMNS, "number"}:
                why = _("there is neither a text nor an action: nothing says what was decided")
                row.leave(None, why)
                continue
            filled = {name: row.cells[name] for name in MEETING_COLUMNS if name in row.cells}
            carried = {name: last[name] for name in last if name not in filled}
            if "meeting" in filled:
                carried = carried if filled["meeting"] == last.get("meeting") else {}
            elif "start" in filled:
                is_day = "meeting" in last and filled["start"] == last.get("start")
                carried = {"meeting": last["meeting"]} if is_day else {}
            key = next((name for name in ("meeting", "start") if name in carried), None)
            if key in self.table.letters and "meeting" not in filled:
                row.doubt(key, "", _("the cell is empty: the value above it was used"))
            last = {**carried, **filled}
            yield row._replace(cells={**carried, **row.cells})

    def _heading(self, row: Row) -> str:
        """Return the name of a meeting that stands alone in a row; else an empty text."""
        [value, *further] = row.cells.values()
        if further or not isinstance(value, str) or "action" in row.cells or len(value) >= 160:
            return ""
        words = collapse(value)
        is_meeting = _KIND.search(words) or readers.named_bodies(words, self.names)
        has_days = read_days(words, self.options.order) or readers.read_month(words)
        return words if is_meeting and (has_days or _NUMBERED_MEETING.search(words)) else ""

    def _body(self, row: Row, words: str) -> str | None:
        cell = row.cells.get("body")
        if isinstance(cell, str):
            parties = self.register.directory.named(cell)
            bodies = [party.code for party in parties if party.kind == "body"]
            bodies = bodies or readers.named_bodies(cell, self.names)
            if len(bodies) != 1:
                message = _("the register has no body '{code}'").format(code=clean(cell))
                row.leave("body", in_series((message, self.tracker.advice(cell, "bodies"))))
            return bodies[0] if len(bodies) == 1 else None
        prefix = re.match(r"([A-Z][A-Z0-9-]*?)-[0-9]{4}-[0-9]{2}", words)
        if prefix and prefix[1] in self.bodies:
            return prefix[1]
        named = readers.named_bodies(words, self.names)
        if len(named) == 1:
            return named[0]
        if self.options.body and (not named or self.options.body in named):
            return self.options.body
        if named or len(self.bodies) != 1:
            message = _("the body that met is not named; give it with --body: {codes}")
            if named:
                message = _("it names several bodies: {codes}; give the one that met with --body")
            row.leave("meeting", message, codes=", ".join(named or sorted(self.bodies)) or "–")
            return None
        if words:
            message = _(
                "where no body is named, {body} was used, the only one in the register; give "
                "another with --body"
            )
            heading = self.table.names.get("meeting", "")
            place = row._replace(number=0) if heading else row
            place.doubt("meeting", heading, message, body=self.bodies[0])
        return self.bodies[0]

    def _days_of_row(self, row: Row, words: str) -> Days | None:
        """Return the days that a row says; those of the columns before those in the name."""
        order = self.options.order
        start, end = row.cells.get("start"), row.cells.get("end")
        first = read_days(start, order) if start else None
        if start and first is None and not (isinstance(start, str) and readers.read_month(start)):
            message = _("'{text}' is not a date; write it as 2026-03-15 or 15/03/2026")
            row.doubt("start", str(start), message, text=clean(str(start)))
        last = read_days(end, order) if end else None
        if first and last and last.last >= first.first:
            first = Days(first.first, last.last)
        elif end:
            message = _("the last day was not read: it is not a date, or is before the first day")
            row.doubt("end", str(end), message)
        in_words = read_days(words, order) if words else None
        if first and in_words and in_words.first <= first.first <= in_words.last:
            return in_words
        if first and in_words:
            message = _("the name gives other dates; the date {day} was used")
            row.doubt("meeting", words, message, day=first.first.isoformat())
        return first or in_words

    def _days(self, rows: Sequence[_MeetingCells]) -> dict[int, Days]:
        """Return the days of each row: its own, an option's, or those of rows of its meeting."""
        result: dict[int, Days] = {}
        used: set[str] = set()
        column = next((name for name in ("start", "meeting") if name in self.table.letters), None)
        for group in group_by(rows, lambda cells: (cells.body, fold(cells.words))).values():
            words = group[0].words
            far = _FAR if words else timedelta(days=1)
            stretches = _stretches([cells.days for cells in group if cells.days], far)
            if len(stretches) > 1 and words and ordinals_in(words):
                heading = self.table.names.get("start", "")
                message = _(
                    "the rows of this meeting have dates from {first} to {last}: does "
                    "“{heading}” give its date? If not: {option}"
                )
                option = f'--map "{heading}={TRACKER.heading_of("due")}"'
                values = {"first": stretches[0].first, "last": stretches[-1].last}
                for cells in group:
                    cells.row.leave(column, message, **values, heading=heading, option=option)
                continue
            for cells in group:
                keys = [fold(key) for key in (words, cells.id_of_month) if key]
                keys += [] if cells.days else [""]
                named_days = [key for key in keys if key in self.options.days][:1]
                used.update(named_days)
                days = self.options.days[named_days[0]] if named_days else None
                if days is None and cells.days is not None:
                    first = cells.days.first
                    days = next(days for days in stretches if days.first <= first <= days.last)
                if days is None and len(stretches) == 1 and words:
                    days = stretches[0]
                if days is not None:
                    result[cells.row.number] = days
                if cells.days and days and days.first < cells.days.first:
                    message = _("its rows have different dates: {first} to {last} was used")
                    cells.row.doubt(column, "", message, first=days.first, last=days.last)
        for name in sorted(self.options.days.keys() - used) if rows else ():
            message = _("--start was not used: its meeting is in no row, or the rows have dates")
            rows[0].row._replace(number=0).doubt(column, name, message)
        return result

    def _existing(self, cells: _MeetingCells, days: Days | None) -> Meeting | None:
        """Return the meeting of the record: by its id, its days, its number, or its month."""
        by_id = self.register.calendar.by_id
        if cells.words in by_id:
            return by_id[cells.words]
        known = [each for each in self.register.meetings if each.body_code == cells.body]
        dated = [
            (each, Days(each.start, each.last_day or each.start)) for each in known if each.start
        ]
        if days is not None:
            first, last = days
            then = (meeting for meeting, met in dated if met.first <= last and first <= met.last)
            return next(then, None)
        numbers = ordinals_in(cells.words) if cells.words else set()
        numbered = [self.numbered.get((cells.body, number)) for number in numbers]
        with_number = {pair[1].id: pair[1] for pair in numbered if pair}
        if len(with_number) == 1:
            return next(iter(with_number.values()))
        month = cells.id_of_month[-len("2026-03") :]
        in_month = [meeting for meeting, met in dated if met.first.isoformat()[:7] == month]
        return in_month[0] if len(in_month) == 1 else None

    def _new(self, cells: _MeetingCells, days: Days) -> NewMeeting:
        words, row = cells.words, cells.row
        is_id = MEETING_ID.fullmatch(words) and not reads_as_due(words)
        is_id = is_id and any(map(str.isdecimal, words))
        titled = not is_id and (_KIND.search(words) or read_days(words, self.options.order) != days)
        header: dict[str, str] = {}
        place = row.words("place")
        if not is_id:
            *head, last = words.split(", ")
            is_month = readers.read_month(last) == days.first.isoformat()[:7]
            is_time = is_month or read_days(last, self.options.order) == days
            if head and is_time and not spans_in(words):
                words = ", ".join([*head, days.first.isoformat()])
            # As in the header of a document, place and days stand on a line apart.
            spans, lines = spans_in(words), [words]
            parts = words[: spans[0].start].rstrip(" ,(").split(", ") if spans else []
            if len(parts) > 1:
                is_country = len(self.register.directory.named(parts[-1])) == 1 and len(parts) > 2
                count = 2 if is_country else 1
                place_and_days = [*parts[-count:], words[spans[0].start :]]
                lines = [", ".join(parts[:-count]), ", ".join(place_and_days)]
            values = read_header(lines, "es", self.names).values
            header = {key: str(value.text) for key, value in values.items()}
            name = lines[0] if len(parts) > 1 else "".join(parts)
            if name and ordinals_in(name):
                header.setdefault("title", name)
            if len(parts) > 1 and not (place or "place" in header):
                row.doubt("meeting", cells.words, _("no place was recognized"))
        by_letter = _is_by_letter(cells, days)
        keys = {
            "id": words if is_id else "",
            "body": cells.body,
            "kind": "correspondence" if by_letter else "",
            "title": row.words("title") or header.get("title") or (cells.words if titled else ""),
            "place": "" if by_letter else place or header.get("place", ""),
            "country": "" if by_letter or place else header.get("country", ""),
        }
        return NewMeeting(keys, None, days)


def _is_by_letter(cells: _MeetingCells, days: Days) -> bool:
    """Tell whether its cells say that a decision was taken by correspondence; note it."""
    letter = _BY_LETTER.search(f"{cells.words} {cells.row.words('place')}")
    is_one_day = days.first == days.last  # of several, any may be that of the decision
    if letter:
        message = _("if it was decided by correspondence, write `kind: correspondence`: “{words}”")
        if is_one_day:
            message = _("read as decided by correspondence, which is no meeting")
        cells.row.doubt("meeting", cells.words, message, words=letter[0])
    return letter is not None and is_one_day


def _stretches(days: Sequence[Days], far: timedelta) -> list[Days]:
    """Return days as stretches, those near each other as one, in their order."""
    stretches: list[Days] = []
    for first, last in sorted(set(days)):
        if stretches and first - stretches[-1].last < far:
            stretches[-1] = Days(stretches[-1].first, max(stretches[-1].last, last))
        else:
            stretches.append(Days(first, last))
    return stretches
