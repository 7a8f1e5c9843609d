"""The rows of a tracker → meetings with their conclusions and mandates.

A cell that is not understood goes to the note of its mandate, below the heading of its column, so
that nothing of a column that is read is lost.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from grcm_cli.domain.task import ANSWERED
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.languages import likely_languages
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.drafting.to_yaml import MARKED
from grcm_cli.drafting.tokens import words_of
from grcm_cli.imports import NewConclusion, NewMandate, cells
from grcm_cli.imports.findings import Row, Tracker
from grcm_cli.imports.meetings import MeetingReader
from grcm_cli.language.text import _, clean, collapse, in_series, labelled, natural_key
from grcm_cli.language.verbs import URGING
from grcm_cli.sheets.cells import DAY_FORM, differing_day, names_a_time, read_other_day, read_report
from grcm_cli.sheets.headings import STATE_DAYS, kind_of, says_nothing, state_named
from grcm_cli.views.labels import progress_word
from grcm_cli.views.tasks import group_by

_OF_DUTY = ("action", "responsible", "support", "due", "progress", *STATE_DAYS, "evidence")
"""The columns of which any makes a row a duty."""
_SAME = ("text", "action", "responsible", "due")
"""The columns that tell a duty from another of its conclusion."""
_MAY_BE_EMPTY = (*_OF_DUTY, "note", "place")  # where `–` or `n/a` says that there is nothing


def read_meetings(tracker: Tracker) -> None:
    """Add the meetings of its table to a tracker, with doubts and notices."""
    for problem in tracker.table.problems:
        Row(problem.row, {}, tracker).leave(problem.column, problem.why)
    reader = MeetingReader(list(_filled_rows(tracker)), tracker)
    read = (pair for pair in reader.meetings() if pair[0].number not in tracker.left)
    process = tracker.register.process
    for pairs in group_by(read, lambda pair: pair[1].id).values():
        meeting, rows = pairs[0][1], [row for row, _meeting in pairs]
        texts = [row.text(name) for row in rows for name in ("text", "action")]
        language, *alternatives = likely_languages("\n".join(texts), process.languages)
        if alternatives:
            message = _("the language of the texts is not clear: written as `language: {language}`")
            rows[0].doubt("text", "", message, language=language)
        (first, last), body = meeting.days, meeting.keys["body"]
        words = ConclusionReader(reader.names, language, last, body, reader.numbered)
        if conclusions := _conclusions(rows, words):
            kept = sorted(row.number for row in rows if row.number not in tracker.left)
            end = last.isoformat() if last > first else ""
            keys = {**meeting.keys, "start": str(first), "end": end, "language": language}
            tracker.meetings.append(meeting._replace(keys=keys, conclusions=conclusions, rows=kept))
    tracker.meetings.sort(key=lambda meeting: (meeting.days.first, meeting.id))


def _filled_rows(tracker: Tracker) -> Iterator[Row]:
    """Yield the rows without cells that say nothing."""
    for filled in tracker.table.rows:
        row = Row(filled.number, {}, tracker)
        for name, value in filled.cells.items():
            cell = value.replace("_x000D_", "").strip() if isinstance(value, str) else value
            kind = kind_of(name)
            state = state_named(str(cell)) if kind == "progress" else None
            # *Not applicable* is a state; `n/a` does not say whether it is one.
            is_read = kind in _MAY_BE_EMPTY and not (state and str(cell).replace(" ", "").isalpha())
            if isinstance(cell, str) and is_read and says_nothing(cell, kind):
                if state == "not-applicable":
                    message = _("read as empty; if the duty does not apply, write “{state}”")
                    row.doubt(name, collapse(cell), message, state=progress_word(state))
                else:
                    row.notice(name, collapse(cell), _("nothing to write"))
            elif cell:
                row.cells[name] = cell
        if row.cells:
            yield row


def _conclusions(rows: Sequence[Row], reader: ConclusionReader) -> list[NewConclusion]:
    """Return the conclusions by their numbers."""
    groups: dict[str, list[Row]] = {}
    is_numbered = "number" in rows[0].tracker.table.letters
    for row, number in _with_numbers(rows) if is_numbered else _counted(rows):
        groups.setdefault(number, []).append(row)
    conclusions = filter(None, (_conclusion(*group, reader) for group in groups.items()))
    return sorted(conclusions, key=lambda conclusion: natural_key(conclusion.number))


def _conclusion(number: str, rows: Sequence[Row], reader: ConclusionReader) -> NewConclusion | None:
    first = next((row for name in ("text", "action") for row in rows if row.text(name)), None)
    if first is None:
        why = _("there is neither a text nor an action: nothing says what was decided")
        for row in rows:
            row.leave(None, why)
        return None
    text = first.words("text") or first.words("action")
    if not first.text("text"):
        message = _("used as the adopted text, since there is none; check its wording")
        first.doubt("action", "", message)
    mandates: list[NewMandate] = []
    notes: list[str] = []
    is_marked, themes = _is_marked(rows), _themes(rows)
    for place, row in enumerate(rows):
        same = [[each.cells.get(name) for name in _SAME] for each in (row, *rows[:place])]
        if same[0] in same[1:]:
            message = _(
                "the same duty appears twice: written as another mandate of conclusion {number}"
            )
            row.doubt(None, "", message, number=number)
        other_text = row.words("text") if row.words("text") != text else ""
        duties = _DutyReader(row, reader)
        duty = duties.mandate(text, other_text)
        if duty.action == text:
            duty = duty._replace(action="")
        is_duty = any(name in row.cells for name in _OF_DUTY) and any(duty[1:-1])
        is_closed = duties.is_closed(duty.who)
        if (other_text or is_duty) and not is_closed:
            # Without any other key, the text is the action.
            is_plain = duty.action or duty.who or duty.due
            mandates.append(duty if is_plain else duty._replace(action=text))
            continue
        notes += [*duties.kept(duty), *duty.note]
        letters = row.tracker.table.letters
        if key := next((name for name in ("responsible", "due") if name in letters), ""):
            message = _("nobody is responsible and nothing is due: written without a mandate")
            if is_closed:
                message = _("closed, with nobody to report on it: written without a mandate")
            row.doubt(key, "", message)
    texts_of = {reader.language: text}
    return NewConclusion(number, texts_of, mandates, notes, (), themes, is_marked, row=first.number)


def _is_marked(rows: Sequence[Row]) -> bool:
    """Tell whether a cell marks a conclusion as confidential, and note each as a doubt."""
    is_marked = False
    for row, column in ((each, name) for each in rows for name in each.cells):
        if words := cells.confidential_words(row.words(column), kind_of(column)):
            row.doubt(column, row.words(column), _(MARKED), words=words)
            is_marked = True
    return is_marked


def _themes(rows: Sequence[Row]) -> list[str]:
    """Return the themes that cells of notes name, and take these cells out of the rows."""
    themes: dict[str, None] = {}
    for row in rows:
        for column in [name for name in row.cells if kind_of(name) == "note"]:
            if codes := cells.read_themes(row.text(column), row.tracker.register):
                message = _("read as themes: {codes}")
                row.notice(column, row.words(column), message, codes=", ".join(codes))
                themes.update(dict.fromkeys(codes))
                del row.cells[column]
    return [*themes]


def _with_numbers(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """Yield the rows with the numbers of their conclusions; the others are left."""
    last, text = "", ""
    for row in rows:
        number = _number(row)
        if number is None:
            continue
        row_text = row.words("text")
        if number:
            text = row_text or (text if number == last else "")
        elif last and row_text in ("", text):
            number = last
            message = _("no number and no text of its own: another duty of {number}")
            row.doubt("number", "", message, number=number)
        else:
            row.leave("number", _("the decision has no number; write one here"))
            continue
        last = number
        yield row, number


def _number(row: Row) -> str | None:
    """Return a row's number, empty where it has none; None where it is no number."""
    cell = row.cells.get("number")
    if cell is None:
        return ""
    if isinstance(cell, date):
        why = _("this cell holds a date; format it as text, and write the value again")
        row.leave("number", why)
        return None
    number, words = cells.read_number(cell), collapse(cell)
    if number is None:
        message = _("'{text}' is not the number of a decision; write it as 8, 12.a or IV.3")
        row.leave("number", message, text=clean(words))
    elif not words.rstrip(".)").casefold().endswith(number.casefold()):
        row.doubt("number", words, _("written as number {number}"), number=number)
    return number


def _counted(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """Yield the rows with numbers in their order; rows of one text have one number."""
    by_text: dict[str, str] = {}
    last = ""
    for row in rows:
        text = row.words("text" if "text" in row.tracker.table.letters else "action")
        if text or not last:
            last = by_text.setdefault(text, str(len(by_text) + 1))
        row.doubt(None, "", _("there is no column of numbers: numbered in the order of the rows"))
        yield row, last


class _DutyReader:
    """Reads the duty of one row: who, by when, and how it stands."""

    def __init__(self, row: Row, reader: ConclusionReader) -> None:
        self.row, self.reader, self.cells = row, reader, row.cells
        self.tracker, self.table, self.options = row.tracker, row.tracker.table, row.tracker.options
        self.state, self._remark, self._days = read_report(row.cells, self.options.order)
        self.notes: list[str] = []
        self._unknown: Sequence[str] = ()  # responsible, and not in the register

    def mandate(self, text: str, other_text: str) -> NewMandate:
        """Return the mandate of a conclusion with a text.

        `other_text` is a second text of the conclusion's number.
        """
        row = self.row
        action = row.words("action")
        (owner, support), due = self._parties(), self._due()
        if other_text:
            note = _("another text with the same number: recorded as the action of another duty")
            if action or self.is_closed(owner):
                note = _("another text with the same number: it is kept as an internal remark")
                self.notes.append(labelled(self.table.names["text"], other_text))
            row.doubt("text", other_text, note)
        report, words = self._report(owner), clean(row.words("progress"))
        columns = self._columns("note")
        for column in (name for name in self.cells if name in columns):
            if len(columns) == 1:
                self.notes.append(row.words(column))
            else:
                self._keep(column)
        action = action or ("" if self.is_closed(owner) else other_text)
        urged = owner is not None and self._is_urged((action, other_text or text), owner)
        return NewMandate(row.number, action, urged, owner, support, due, self.notes, report, words)

    def _is_urged(self, texts: Sequence[str], owner: DraftResponsible) -> bool:
        """Tell whether those responsible are only urged or invited, and note it as a doubt.

        The first text that says what they are to do decides.
        """
        reader, owing = self.reader, sorted(owner.codes) or owner.mode
        words = words_of(" ".join(texts), reader.language)
        if URGING.isdisjoint(form.verb for word in words for form in word.forms):
            return False
        for text in filter(None, texts):
            duties = reader.read(text).duties
            bound = ((sorted(duty.who.codes) or duty.who.mode, duty.kind) for duty in duties)
            kinds = {kind for named, kind in bound if named == owing}
            if kinds == {"encouragement"}:
                message = _("read as an encouragement, which is never overdue")
                self.row.doubt("text", clean(text), message)
            elif "encouragement" in kinds:
                message = _(
                    "the text both requests and encourages: written as a request; if this duty is "
                    "only encouraged, add `kind: encouragement`"
                )
                self.row.doubt("text", clean(text), message)
            if kinds:
                return kinds == {"encouragement"}
        return False

    def is_closed(self, owner: DraftResponsible | None) -> bool:
        """Tell whether it is closed, and nobody could report it: as a duty it would be open."""
        return owner is None and self.state in ANSWERED

    def kept(self, duty: NewMandate) -> list[str]:
        """Return the cells of a duty that is written as none, each below its heading."""
        cells = {"action": duty.action, "due": duty.due, "support": duty.support}
        names = [name for name, value in cells.items() if value and name in self.cells]
        return [labelled(self.table.names[name], self.row.words(name)) for name in names]

    def _columns(self, kind: str) -> list[str]:
        return [name for name in self.table.letters if kind_of(name) == kind]

    def _keep(self, column: str, message: str = "", /, **values: object) -> None:
        """Add a filled cell to the notes, below its heading, so that nothing is lost; say why."""
        if column in self.cells:
            words = self.row.words(column)
            self.notes.append(labelled(self.table.names[column], words))
            if message:
                self.row.doubt(column, words, message, **values)

    def _refuse(self, column: str) -> bool:
        """Put a value that may not be written into the notes; tell whether it is such a value."""
        why = self.tracker.refused.get((self.row.number, column))
        if why is not None:
            self._keep(column, _("{why}; the text is kept as an internal remark"), why=why)
        return why is not None

    def _parties(self) -> tuple[DraftResponsible | None, Sequence[str]]:
        owner, support = None, list[str]()
        for column in ("responsible", "support"):
            if column not in self.cells or self._refuse(column):
                continue
            words = self.row.text(column)
            named = cells.read_parties(words, self.reader, self.tracker.register)
            codes = named.who.codes if named.who else ()
            groups = self.tracker.register.groups.keys()
            is_several = len(codes) > 1 or not groups.isdisjoint(codes)
            if column == "support":
                support += codes
            else:
                owner, self._unknown = named.who, named.unknown
            support += named.support
            names_nobody = column == "support" and not (codes or named.support)
            if names_nobody or not named.is_sure:
                self._doubtful_parties(column, named)
            elif column == "responsible" and is_several and owner and owner.mode == "together":
                message = _(
                    "read as one joint duty; where each owes its own, write “each one: …” in the "
                    "cell"
                )
                self.row.doubt(column, collapse(words), message)
        is_duty = any(name in self.cells for name in ("action", "due", "support"))
        is_listed = is_duty and not self.is_closed(owner)
        if owner is None and "responsible" not in self.cells and is_listed:
            message = _("nobody is responsible: it is listed without a party")
            self.row.doubt("responsible", "", message)
        bound = owner.codes if owner else ()
        return owner, [code for code in dict.fromkeys(support) if code not in bound]

    def _doubtful_parties(self, column: str, named: cells.PartyCell) -> None:
        codes = ", ".join([*(named.who.codes if named.who else ()), *named.support])
        advice = {word: self.tracker.advice(word) for word in named.unknown}
        why = named.why
        if codes and not why:
            why = _("only this was written: {codes}").format(codes=codes)
        elif not why and not advice:
            why = _("no party was recognized")
        parts = [why, _("the cell is kept as an internal remark")]
        if names := dict.fromkeys(clean(collapse(name)) for name in advice if not advice[name]):
            parts.append(_("the register does not contain: {names}").format(names=", ".join(names)))
        parts += dict.fromkeys(advice.values())
        self._keep(column, "{why}", why=in_series(parts))

    def _due(self) -> str:
        value = self.cells.get("due")
        if value is None or self._refuse("due"):
            return ""
        due, is_sure = cells.read_due(value, self.options.order, self.reader)
        if not due:
            why = _("no deadline was recognized; the text is kept as an internal remark")
            self._keep("due", why)
        elif not is_sure:
            self._keep("due", _("read as the deadline {due}"), due=due)
        return due

    def _report(self, owner: DraftResponsible | None) -> Mapping[str, str]:
        row, words = self.row, self.row.words("progress")
        state, remark, days = self.state, self._remark, self._days
        other_day = None if days else self._other_day()
        written = next(iter(days.values()), other_day)
        day = written or self.options.on
        others = self._columns("progress")[1:]  # left where they contradict the first
        beside = *others, *STATE_DAYS, *self._columns("evidence")
        is_owed = not self.cells.keys().isdisjoint(("action", "due", "support", "responsible"))
        nothing = ("unknown",) if is_owed else ("unknown", "not-applicable")
        if not state or state in nothing:
            note = _("no state was recognized; the text is kept as an internal remark")
            if not self.cells.keys().isdisjoint(others):
                note = _("two columns contradict each other; both are kept as internal remarks")
            if state and not remark:
                row.notice("progress", words, _("nothing to write"))
            else:
                self._keep("progress", note)
            note = _("there is no state to record it with; the text is kept as an internal remark")
            return self._keep_all(beside, note)
        why = self._why_unreported(owner, state, remark, written)
        if self._refuse("progress"):
            return self._keep_all(beside)
        if why or day is None:
            self._keep("progress", _("not recorded; kept as an internal remark: {why}"), why=why)
            return self._keep_all(beside)
        if remark or written is None:
            note = _("recorded as {state} on {day}, the rest as an internal remark")
            if written is None:
                note = _("no date is given: recorded as {state} on {day}, the date given with --on")
            row.doubt("progress", words, note, state=progress_word(state), day=day.isoformat())
        if column := differing_day(state, days):
            message = _("recorded with the date {day}; this one is kept as an internal remark")
            self._keep(column, message, day=day.isoformat())
        unread = [] if other_day else [name for name in STATE_DAYS if name not in days]
        self._keep_all(unread, _("no date; the text is kept as an internal remark"))
        evidence = (row.words(name) for name in self.cells if kind_of(name) == "evidence")
        report = {"on": day.isoformat(), "progress": state}
        report |= {"evidence": " · ".join(evidence), "internal": remark}
        return {name: text for name, text in report.items() if text}

    def _keep_all(self, columns: Iterable[str], message: str = "") -> Mapping[str, str]:
        """Add filled cells to the notes, as `_keep` does; return the report of a row without."""
        for column in columns:
            self._keep(column, message)
        return {}

    def _why_unreported(
        self, owner: DraftResponsible | None, state: str, remark: str, written: date | None
    ) -> str:
        """Return why a state is not recorded, else an empty text. `remark` stands beside it."""
        if owner is None:
            return _("none of those responsible can report on it")
        if self._unknown and not (state in ANSWERED or self.options.each_started):
            return _("not all of those responsible are in the register")
        if codes := self._some_of(owner, remark):
            message = _(
                "it names {codes}, but does not say what each has done; "
                "report that with grcm record"
            )
            return message.format(codes=" ".join(codes))
        unread = next(filter(None, map(self.row.words, STATE_DAYS)), "")
        unread = unread or (collapse(remark) if names_a_time(remark) else "")
        if written is None and unread:
            # `--on` never replaces a day that stands in a cell.
            message = _("'{text}' cannot be read as a date; write it as {form}")
            return message.format(text=clean(unread), form=DAY_FORM)
        if written is None and self.options.on is None:
            message = _("there is no date: give --on {day} for all rows, or a column of dates")
            return message.format(day=_("YYYY-MM-DD"))
        return ""

    def _some_of(self, owner: DraftResponsible, remark: str) -> list[str]:
        """Return the codes of those who owe it that a remark names; none if it names them all."""
        names = self.reader.names
        named = cells.named_parties(remark, names)
        if owner.mode in ("members", "participants"):
            return [code for code in named if names.parties[code].kind == "member"]
        register = self.tracker.register
        owing = {member for code in owner.codes for member in register.members_of(code)}
        owing -= register.groups.keys()
        codes = [code for code in named if code in owing]
        return codes if len(codes) < len(owing) else []

    def _other_day(self) -> date | None:
        """Return the day of a column whose day and month are not ordered as in other rows."""
        for column in STATE_DAYS:
            if day := read_other_day(self.row.text(column), self.options.order):
                message = _("read as {day}: in the order of the other rows, it would not be a date")
                self.row.doubt(column, self.row.text(column), message, day=day.isoformat())
                return day
        return None
