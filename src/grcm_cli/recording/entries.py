"""Build progress entries from the words of a command line or a sheet, and check them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeVar, cast

from grcm_cli.domain.findings import Finding, RowProblem, check, errors
from grcm_cli.domain.lineage import lineage_of
from grcm_cli.domain.model import AdoptedMandate, Entry, Location, PlacedWord, Progress, Reference
from grcm_cli.domain.periods import parse_day
from grcm_cli.domain.progress import Overruled, last_report, overruled
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.domain.task import ANSWERED
from grcm_cli.language.suggestions import did_you_mean
from grcm_cli.language.text import _, fold, in_series, labelled, with_single_spaces
from grcm_cli.lookups import names
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.reader.advice import due_meaning, who_held
from grcm_cli.reader.source import unseen
from grcm_cli.rules import rules_by_name
from grcm_cli.views.labels import PROGRESS, progress_word
from grcm_cli.views.tasks import group_by

_RULES = {
    **dict.fromkeys(("ambiguous-reference", "dangling-reference"), "mandate"),
    **dict.fromkeys(("early-progress", "future-progress"), "on"),
    "nothing-withdrawn": "progress",
    "progress-not-owed": "by",
    "wrong-occurrence": "for",
}
"""Findings that an entry would cause once it is written, each with the column to correct."""
_REASONED = ("not-started", "declined", "not-applicable", "withdrawn")
"""States whose note says why; it does not explain a later state."""
_Value = TypeVar("_Value")
CellPlace = Callable[[int, str | None], str]
"""Returns where a cell of a sheet is, by its row and its column."""


class EntryRequest(NamedTuple):
    """The words for one entry, from the options or from a row of a table."""

    cells: Mapping[str, str]  # by column: mandate, by, on, progress, for, evidence, note, internal
    line: int = 0  # the row of the sheet; 0 for the command line
    has_day: bool = True  # whether its day is its own, and not one for the whole table
    is_complete: bool = True
    """Whether it makes an entry; else a cell of it is wrong, and only the others are checked."""
    refusals: Sequence[RowProblem] = ()  # why it makes none, unless it repeats what is reported
    form: Sequence[str] = ()  # of a reply form: the party that it was made for, or those it names


def sentences(rejections: Sequence[RowProblem], place: CellPlace | None) -> list[str]:
    """Return the sentences of rejections in the order of rows, each once."""
    by_row = sorted(rejections, key=lambda rejection: rejection.row)
    whys = (labelled(place(*each[:2]), each.why) if place else each.why for each in by_row)
    return list(dict.fromkeys(whys))


def build_entries(
    register: Register, requests: Sequence[EntryRequest], as_of: date
) -> tuple[list[Entry], list[RowProblem]]:
    """Return the entries that are requested, and all reasons why one cannot be written.

    An entry's place is the row of the sheet, and the number of its request. A reference may leave
    out the meeting of the one before it. A row of a table without a day of its own gives no entry
    where the party has reported the same already.
    """
    reader = _RequestReader(register, as_of)
    read = [reader.entry(request, number) for number, request in enumerate(requests)]
    entries, rejections = [entry for entry in read if entry is not None], reader.rejections
    reported = with_entries(register, entries)
    rules = [rule for name, rule in rules_by_name().items() if name in _RULES]
    of_all = check(reported, rules, as_of)
    findings = [finding for finding in of_all if not finding.at.path]
    is_sound = not rejections and all(each.rule == "nothing-withdrawn" for each in findings)
    for finding in findings:
        if is_sound or finding.rule != "nothing-withdrawn":
            request = requests[finding.at.column]
            why = in_series((finding.message, _hint_for(request, finding.hint)))
            rejections.append(RowProblem(request.line, _RULES[finding.rule], why))
    others = [finding for finding in errors(of_all) if finding.at.path]
    if not rejections and others:
        known = {(finding.at, finding.rule) for finding in check(register, rules, as_of)}
        spoiled = (each for each in others if (each.at, each.rule) not in known)
        message = _("the report at {place} would no longer be right: {reason}")
        for finding in spoiled:
            why = message.format(place=finding.at, reason=finding.full_message)
            rejections.append(RowProblem(_line_of(finding, register, entries), "on", why))
    if not rejections:
        # Where the same run adds to both files, the office is to have the last word.
        requested = set(map(id, entries))
        for pair in overruled_pairs(reported, entries):
            if pair.entry.progress == "withdrawn" and id(pair.by) not in requested:
                rejections.append(RowProblem(pair.entry.at.line, "progress", not_counting(pair)))
        rejections += _differing(entries)
    return entries, rejections


def _line_of(finding: Finding, register: Register, entries: Sequence[Entry]) -> int:
    """Return the row of the entry that makes another's report wrong: one on the same task."""
    tasks = {task_of(entry) for entry in register.entries if entry.mandate.at == finding.at}
    return next((row for row in entries if task_of(row) in tasks), entries[0]).at.line


def senders_of(request: EntryRequest, register: Register) -> list[str]:
    """Return whose form a request is of, but for offices, which others may hold too."""
    parties = (party for name in request.form for party in register.directory.named(name))
    return [party.code for party in parties if not party.terms]


def with_entries(register: Register, entries: Sequence[Entry]) -> Register:
    """Return a register as it stands once some entries are written."""
    of_all = sorted([*register.entries, *entries], key=lambda entry: entry.party)
    reported = ReportedProgress(of_all, register.reporting_parties)
    return register.with_files(register.meetings, reported)


def by_each(
    register: Register, requests: Sequence[EntryRequest], words: Sequence[str]
) -> tuple[list[EntryRequest], list[RowProblem]]:
    """Return the requests, each by each of the parties that the command line names.

    A row that names its party is by that; one that names another than these is rejected.
    """
    named = register.directory.named
    codes = {party.code for word in words for party in named(word)}
    asked: list[EntryRequest] = []
    rejections: list[RowProblem] = []
    for request in requests:
        cells = {"owing": request.cells.get("by", ""), **request.cells}
        parties = [party for name in cells["owing"].split("+") for party in named(name.strip())]
        speakers = {party.code for party in parties}
        speakers |= {term.holder.text for party in parties for term in party.terms}
        if codes and speakers and codes.isdisjoint(speakers):
            why = _(
                "the row is from {party}, but --by names {other}; if {party} sent it, write "
                "--by {party}"
            ).format(party=parties[0].code, other=", ".join(sorted(codes)))
            rejections.append(RowProblem(request.line, "by", why))
            asked.append(request._replace(cells={**cells, "by": parties[0].code}))
        elif words and (not cells["owing"] or "+" in cells["owing"]):  # owed jointly
            asked += [request._replace(cells={**cells, "by": word}, form=()) for word in words]
        else:
            asked.append(request._replace(cells=cells, form=() if words else request.form))
    return asked, rejections


class _RequestReader:
    """Makes the entries of requests, and collects the problems in their cells."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register, self.as_of = register, as_of
        self.rejections: list[RowProblem] = []
        self.meeting: str | None = None  # the meeting that the next reference may leave out

    def entry(self, request: EntryRequest, number: int) -> Entry | None:
        """Return the entry; None where a cell is wrong, or where the same is reported already."""
        self.request, register, cells = request, self.register, request.cells
        at, before = Location("", request.line, number, 0), len(self.rejections)
        word = cells["mandate"]
        inside = register.parse_reference(word, self.meeting)
        # Also where the number is wrong: the next row may be of that meeting.
        if inside is not None and inside.meeting in register.calendar.by_id:
            self.meeting = inside.meeting
        day = self.value("on", lambda: names.day_named(cells.get("on", "today"), self.as_of))
        progress = self.value("progress", partial(_progress, cells.get("progress", "")))
        texts_of = ("evidence", "note", "internal")
        texts = [self.value(name, partial(_text, name, cells.get(name))) for name in texts_of]
        find = partial(names.find_mandate, register, str(inside or word))
        reference = self.value("mandate", find)
        if reference is None:
            self.rejections += request.refusals
            return None
        self.meeting = reference.meeting
        adopted, address = register.adopted(reference), reference
        if len(adopted) == 1:  # where they are several, or none, a rule tells what is wrong
            address, reference = adopted[0].address, adopted[0].reference
        entries = register.entries_by_mandate.get(address, ())
        occurrence, mandate = self._occurrence(adopted), PlacedWord(str(reference), at)
        placed = PlacedWord(occurrence, at) if occurrence else None
        evidence, note, internal = texts
        unsaid = Entry("", mandate, day or self.as_of, progress or "started", at, evidence, note,
                       placed, internal=internal)  # fmt: skip
        if day and progress and self._is_told(entries, unsaid):
            return None
        self.rejections += request.refusals
        party = self.value("by", lambda: self._party(reference, day))
        is_right = request.is_complete and len(self.rejections) == before
        if party is None or day is None or progress is None or not is_right:
            return None
        entry = self._as_recorded(unsaid._replace(party=party), entries if request.line else ())
        content = content_of(entry)
        alike = (entry for entry in entries if content_of(entry._replace(internal=None)) == content)
        entry = entry._replace(internal=next(alike, entry).internal)
        is_new = request.has_day or self.value("on", lambda: not _is_reported(entries, entry))
        return entry if is_new else None

    def _as_recorded(self, entry: Entry, entries: Sequence[Entry]) -> Entry:
        """Return an entry with its texts as reports of its party, or its holder, have them."""
        speakers = entry.party, self.register.directory.by_code[entry.party].holder_on(entry.day)
        is_joint = "+" in self.request.cells.get("owing", "")
        texts: list[str | None] = [entry.evidence, entry.note, entry.internal]
        for each in entries:  # a row of several has the texts of all, each after its party
            for said in map(with_single_spaces, filter(None, (each.evidence, each.note))):
                own = said.replace("\\", r"\\") if each.party in speakers else ""
                shown = rf"(?<!\S){each.party}\s?:\s{re.escape(said)}(?=$|\s·\s|\s\S+\s?:\s)"
                shown += rf"|^{re.escape(said)}$" if is_joint and not own else ""  # of a csv
                texts = [re.sub(shown, own, text or "").strip(" ·") or None for text in texts]
        evidence, note, internal = texts
        entry = entry._replace(evidence=evidence, note=note, internal=internal)
        reported = [(each.evidence, each.note) for each in entries if each.party in speakers]
        known = {with_single_spaces(text): text for text in chain(*reported) if text}
        # A heading of remarks may have their note, and other remarks behind it.
        for text in () if entry.note else known:
            if f"{entry.internal} · ".startswith(f"{text} · "):
                internal = (entry.internal or "")[len(text) + 3 :] or None
                entry = entry._replace(note=text, internal=internal)
        evidence, note = (known.get(text or "", text) for text in (entry.evidence, entry.note))
        # A table has the note of the last report: why nothing was done explains no other state.
        because = [
            each for each in entries if each.party in speakers and each.progress in _REASONED
        ]
        is_old = any(each.note == note and each.progress != entry.progress for each in because)
        return entry._replace(evidence=evidence, note=None if is_old else note)

    def _is_told(self, entries: Sequence[Entry], row: Entry) -> bool:
        """Tell whether a row only repeats the reports of its parties, or of an office's holder.

        The workbook of tasks has one row for all of them, with the day on which it was done and
        that of the last report. What counts is the last report of each party; an office and its
        holder count as one.
        """
        cells = self.request.cells
        codes = [code.strip() for code in (cells.get("owing") or cells.get("by", "")).split("+")]
        party = next(iter(self.register.directory.named(codes[0])), None)
        codes = [party.code] if party and len(codes) == 1 else codes
        holder = party.holder_on(row.day) if party and len(codes) == 1 else None
        days = {row.day, parse_day(cells.get("reported", "")) or row.day}
        if not self.request.line or (len(codes) == 1 == len(days) and holder is None):
            return False
        by_day = sorted(entries, key=lambda entry: (entry.day, entry.party != holder))
        theirs = [entry for entry in by_day if entry.party in (*codes, holder)]
        reports = [entry for entry in theirs if entry.time in ("", row.time)]
        by_party = group_by(reports, lambda entry: holder or entry.party)
        last = list(map(last_report, by_party.values()))
        deciding = [entry for entry in last if entry.party == holder or holder is None]
        is_joint, is_any = len(codes) > 1, bool(self.request.refusals)
        said = [entry for entry in deciding if is_any or entry.progress == row.progress]
        # The last day of a joint duty may be that of another report than its state.
        is_same = any(entry.day in days for entry in (deciding if said and is_joint else said))
        told = {entry.day for entry in reports if is_joint or entry.progress == row.progress}
        texts = row.evidence, row.note, row.internal
        return is_same and days <= told and _add_nothing(texts, last)

    def value(self, column: str, parse: Callable[[], _Value]) -> _Value | None:
        """Return the value of a cell; None where it is wrong, which is noted."""
        try:
            return parse()
        except WrongUse as stop:
            self.rejections.append(RowProblem(self.request.line, column, str(stop)))
            return None

    def _party(self, reference: Reference, day: date | None) -> str:
        """Return the code of the party that reports: the one named, else the one that owes it.

        In a form of a past holder, an office is named only of the days on which that held it; what
        was handed over from it to them, they report themselves.
        """
        word = self.request.cells.get("by")
        if word is not None:
            if "+" in word:
                raise WrongUse(_("{codes} owe it jointly: say which of them reports"), codes=word)
            party = names.find_party(self.register, word)
            if party.kind == "group":
                hint = _("each member reports in a file of its own")
                raise WrongUse(_("{code} is a group"), hint, code=party.code)
            senders = senders_of(self.request, self.register)
            if not senders or day is None or "on" not in self.request.cells:
                return party.code
            owing = lineage_of(self.register).owing_on(reference, day)
            if party.code not in owing and not {*owing}.isdisjoint(senders):
                return next(code for code in senders if code in owing)
            holders = {party.holder_on(day), party.holder_on(self.as_of)} - {None}
            if holders and holders.isdisjoint((*senders, party.code)):
                raise WrongUse(in_series(who_held(party, day, senders[0])))
            return party.code
        codes = lineage_of(self.register).owing_on(reference, self.as_of)
        if len(codes) == 1:
            return names.find_party(self.register, codes[0]).code
        if not codes:
            message = _("the text of {reference} names nobody who is bound")
            hint = _("write in the meeting's file who is responsible, then run grcm record again")
            raise WrongUse(message, hint, reference=reference)
        why = _("who reports on {reference}? Give the code with --by; it binds: {codes}")
        if self.request.line:
            why = _("who reports on {reference}? Write the party, or give --by; it binds: {codes}")
        raise WrongUse(why, reference=reference, codes=" ".join(codes))

    def _occurrence(self, adopted: Sequence[AdoptedMandate]) -> str | None:
        """Return the occurrence of a recurring duty: a day, or a meeting's id as its file has it.

        Both may stand in words: *2 de febrero de 2025*, *próxima CRM*. Also its deadline names it,
        and the order of day and month is that of which it has an occurrence.
        """
        calendar = self.register.calendar
        series = [row.mandate.series(row.meeting, calendar) for row in adopted]
        recurring = [each for each in series if each is not None]
        written = self.request.cells.get("for")
        if not written and recurring:
            written = self.request.cells.get("deadline")
        ids = {meeting_id.casefold(): meeting_id for meeting_id in calendar.by_id}
        if not written or written.casefold() in ids:
            return ids[written.casefold()] if written else None
        days = names.possible_days(written)
        due = {times.nth(times.before(day) + 1) for times in recurring for day in days}
        named = [time.name for time in due if time and time.deadline in days]
        if len(named) == 1 or len(days) == 1:
            return named[0] if named else days.pop().isoformat()
        form = ", ".join(due_meaning(written).forms)
        upcoming = calendar.next_of(form.removeprefix("next "), self.as_of)
        return upcoming.id if upcoming else written


def _progress(word: str) -> Progress:
    progress: str | None = word
    if word not in PROGRESS:
        from grcm_cli.sheets.headings import state_named  # 30 ms, not for the words of files

        # How much is done, as 60 %, belongs into a note.
        progress = None if "%" in word else state_named(word)
    if progress in (None, "unknown"):
        message, hint = _("'{text}' is not one of: {choices}"), did_you_mean(word, PROGRESS)
        of_reader = {**{key: progress_word(key) for key in PROGRESS}, "withdrawn": _("withdrawn")}
        choices = (
            key if fold(shown) == fold(key.replace("-", " ")) else f"{key} ({shown})"
            for key, shown in of_reader.items()
        )
        raise WrongUse(message, hint, text=word, choices=", ".join(choices))
    return cast(Progress, progress)


def _text(name: str, words: str | None) -> str | None:
    """Return a text with single spaces. Raises WrongUse for one that is empty or not visible."""
    if words is None:
        return None
    text = names.required_text(name, words)
    # Python keeps bytes that are not UTF-8 as surrogates.
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise WrongUse(_("{name}: this is not UTF-8 text"), name=name)
    if code := unseen(text):
        message = _("{name}: the character {code} is invisible; delete it")
        raise WrongUse(message, name=name, code=code)
    return text


def _hint_for(request: EntryRequest, hint: str) -> str:
    """Return the hint of a rule, which is about a file, for an option or a cell of a table."""
    if "`for:" not in hint:
        return hint
    if request.cells.get("for") and "`for: " not in hint:
        return _("leave that cell empty") if request.line else _("leave out --for")
    if request.line:
        column = _("in the column {name}").format(name=_("Date of occurrence"))
        return f"{hint.replace('`for: ', '`')} {column}"
    return hint.replace("`for: ", "`--for ")


def task_of(entry: Entry) -> tuple[str, str]:
    """Return the mandate of an entry, and which time of it."""
    # `#1` may be left out where there is one mandate.
    return entry.mandate.text.removesuffix("#1"), entry.time


def content_of(entry: Entry) -> tuple[object, ...]:
    """Return all that an entry says, without its place."""
    return (task_of(entry)[0], *entry.said)


def facts_of(entry: Entry) -> dict[str, object]:
    """Return the values of an entry for messages, by their names."""
    facts = {"party": entry.party, "reference": entry.mandate.text, "day": entry.day}
    return {**facts, "progress": entry.progress, "file": f"progress/{entry.party}.yaml"}


def _add_nothing(texts: Sequence[str | None], reports: Collection[Entry]) -> bool:
    """Tell whether evidence and notes have only texts of reports, each alone or after its party."""
    codes = "|".join(re.escape(report.party) for report in reports)
    for text, keys in zip(texts, (["evidence"], ["note"], ["note", "internal"]), strict=True):
        words = [with_single_spaces(getattr(each, key) or "") for each in reports for key in keys]
        words.sort(key=len, reverse=True)  # one may begin as another does
        known = rf"(({codes})\s?:\s)?({'|'.join(map(re.escape, words))})"
        if re.sub(known, "", text or "").strip():
            return False
    return True


def _is_reported(entries: Sequence[Entry], entry: Entry) -> bool:
    """Tell whether the party's last report says the same: a table written by grcm has that too.

    `entries` are those on its mandate. Raises WrongUse for an entry that sets what is done or
    declined back to started or not started.
    """
    key = entry.party, task_of(entry)
    reports = (report for report in entries if (report.party, task_of(report)) == key)
    last = max(reports, key=lambda report: report.day, default=None)
    if last is None:
        return False
    if last.progress in ANSWERED and entry.progress in ("not-started", "started"):
        message = _("{party} has already reported {progress} on {day}; give this row another date")
        progress = progress_word(last.progress)
        raise WrongUse(message, party=entry.party, progress=progress, day=last.day)
    return last.progress == entry.progress and not (entry.evidence or entry.note or entry.internal)


def _differing(entries: Sequence[Entry]) -> Iterator[RowProblem]:
    """Yield each row that says otherwise than an answer above it, of one party and day."""
    message = _("row {number} has '{progress}' on the same day; delete one of the two rows")
    of_rows = (entry for entry in entries if entry.at.line)
    for same in group_by(of_rows, lambda entry: (task_of(entry), entry.party, entry.day)).values():
        states = [entry.progress for entry in same]
        answers = (row for row, progress in enumerate(states) if progress in ANSWERED)
        answer = next(answers, len(same))
        for row in range(answer + 1, len(same)):
            # What is taken back may be said again below.
            is_said_again = states[row] == "withdrawn" and states[answer] in states[row:]
            if states[row] != states[answer] and not is_said_again:
                first, progress = same[answer].at.line, progress_word(states[answer])
                why = message.format(number=first, progress=progress)
                yield RowProblem(same[row].at.line, "progress", why)


def overruled_pairs(register: Register, requested: Sequence[Entry]) -> list[Overruled]:
    """Return which requested entries do not count, as the office's file has one of the same day."""
    contents = set(map(content_of, requested))
    return [pair for pair in overruled(register) if content_of(pair.entry) in contents]


def not_counting(pair: Overruled) -> str:
    """Return why an entry does not count, and what to do."""
    message = _(
        "`{progress}` reported by {party} for {reference} does not count: for the same day {file} "
        "has `{other}`, and the file of an office comes after its holder's; record it with --by "
        "{office}, or give it another date"
    )
    facts = {**facts_of(pair.entry), "file": f"progress/{pair.by.party}.yaml"}
    return message.format(**facts, office=pair.by.party, other=pair.by.progress)
