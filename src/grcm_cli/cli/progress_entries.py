"""Build progress entries from the words of `grcm record`, check them, find those that are new."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple, cast

from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.lookups import find_mandate, find_party, parse_calendar_day
from grcm_cli.domain.findings import check
from grcm_cli.domain.model import Entry, Location, PlacedWord, Progress, Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, clean, did_you_mean
from grcm_cli.reader.records import read_progress
from grcm_cli.reader.source import unseen
from grcm_cli.rules import rules_named
from grcm_cli.views.labels import PROGRESS, progress_choices, progress_named, progress_word

# Errors that an entry would cause once it is written.
_RULES = (
    "ambiguous-reference",
    "dangling-reference",
    "early-progress",
    "future-progress",
    "progress-not-owed",
    "wrong-occurrence",
)


_TaskDay = tuple[str, str | None, date]  # mandate, occurrence, day of the report
_Content = tuple[_TaskDay, str, str | None, str | None]  # and progress, evidence, note


class EntryRequest(NamedTuple):
    """The words for one entry, from the options or from a row of a table."""

    cells: Mapping[str, str]
    """By column: mandate, by, on, progress, for, evidence, note."""
    line: int = 0
    """The line of the table; 0 for the command line."""
    has_day: bool = True
    """Whether its day is its own, and not one for the whole table."""


class Rejection(NamedTuple):
    """Why an entry that was requested cannot be written."""

    request: EntryRequest
    sentence: str

    def __str__(self) -> str:
        line = self.request.line
        return f"stdin:{line}: {self.sentence}" if line else self.sentence


def build_entries(
    register: Register, requests: Sequence[EntryRequest], as_of: date
) -> tuple[list[Entry], list[Rejection]]:
    """Return the entries that are requested, and all reasons why one cannot be written.

    A reference may leave out the meeting of the one before it. A row of a table without a day of
    its own gives no entry where the party has reported the same already.
    """
    entries: list[Entry] = []
    rejections: list[Rejection] = []
    by_number: dict[int, EntryRequest] = {}
    meeting: str | None = None
    for number, request in enumerate(requests, 1):
        word = request.cells["mandate"]
        inside = register.parse_reference(word, meeting)
        if inside and inside.meeting in register.calendar.by_id:
            meeting = inside.meeting  # also where the number is wrong: the next row may be of it
        try:
            reference = _reference(register, word, meeting)
            meeting = reference.meeting
            # The findings of the rules name an entry by its line.
            entry = _entry(register, request.cells, as_of, reference, Location("", number, 1, 0))
            if not request.has_day and _is_reported(register, entry):
                continue
        except WrongUse as stop:
            rejections.append(Rejection(request, str(stop)))
            continue
        by_number[number] = request
        entries.append(entry)
    for finding in check(register.with_entries(entries), rules_named(_RULES), as_of):
        if not finding.at.path:
            request = by_number[finding.at.line]
            hint = _hint_for(request, finding.hint)
            sentence = "; ".join(filter(None, (finding.message, hint)))
            rejections.append(Rejection(request, sentence))
    return entries, sorted(rejections, key=lambda rejection: rejection.request.line)


def _hint_for(request: EntryRequest, hint: str) -> str:
    """Return the hint of a rule, which is about a file, for an option or a cell of a table."""
    if "`for:" not in hint:
        return hint
    if request.cells.get("for") and "`for: " not in hint:
        return _("leave that cell empty") if request.line else _("leave out --for")
    if request.line:
        return hint.replace("`for: ", "`") + " " + _("in the column `for`")
    return hint.replace("`for: ", "`--for ")


def _entry(
    register: Register, cells: Mapping[str, str], as_of: date, reference: Reference, at: Location
) -> Entry:
    occurrence = cells.get("for")
    if occurrence:  # the id of a meeting gets the case of its file
        ids = {known.casefold(): known for known in register.calendar.by_id}
        occurrence = ids.get(occurrence.casefold(), occurrence)
    return Entry(
        party=_party(register, cells.get("by"), reference),
        mandate=PlacedWord(str(reference), at),
        day=parse_calendar_day(cells["on"]) if "on" in cells else as_of,
        progress=_progress(cells.get("progress", "")),
        at=at,
        evidence=_text("evidence", cells.get("evidence")),
        note=_text("note", cells.get("note")),
        occurrence=PlacedWord(occurrence, at) if occurrence else None,
    )


def _is_reported(register: Register, entry: Entry) -> bool:
    """Tell whether the party's last report says the same: a table written by grcm has that too.

    Raises WrongUse for an entry that says `started` of what is done or declined.
    """
    key = (entry.party, _mandate(entry), _occurrence(entry))
    reports = (
        report
        for report in register.entries
        if (report.party, _mandate(report), _occurrence(report)) == key
    )
    last = max(reports, key=lambda report: report.day, default=None)
    if last is None:
        return False
    if last.progress in ("done", "declined", "not-applicable") and entry.progress == "started":
        message = _("{party} has said {progress} on {day}; give this row a day of its own")
        progress = progress_word(last.progress)
        raise WrongUse(message.format(party=entry.party, progress=progress, day=last.day))
    return last.progress == entry.progress and not (entry.evidence or entry.note)


def _reference(register: Register, word: str, meeting: str | None) -> Reference:
    """Return the mandate that a word names, as an entry writes it."""
    inside = register.parse_reference(word, meeting) if meeting else None
    found = find_mandate(register, str(inside) if inside else word)
    mandates = register.mandates(found)
    conclusion = register.conclusion(found)
    if conclusion is None or len(mandates) != 1:
        return found  # a rule tells what is wrong with it
    return register.address(register.calendar.by_id[found.meeting], conclusion, mandates[0])


def _party(register: Register, word: str | None, reference: Reference) -> str:
    """Return the code of the party that reports: the one named, else the one that owes it."""
    if word is not None:
        if "+" in word:
            message = _("{codes} owe together: say which of them reports")
            raise WrongUse(message.format(codes=clean(word)))
        return find_party(register, word).code
    codes = _owing(register, reference)
    if len(codes) == 1:
        return find_party(register, codes[0]).code
    if not codes:
        message = _("{reference} binds nobody that its text names")
        hint = _("write in the meeting's file who is responsible, then record")
        raise WrongUse("; ".join([message.format(reference=reference), hint]))
    message = _("who reports on {reference}? Say it with --by; it binds: {codes}")
    raise WrongUse(message.format(reference=reference, codes=" ".join(codes) or "–"))


def _owing(register: Register, reference: Reference) -> list[str]:
    meeting = register.calendar.by_id[reference.meeting]
    codes = (
        code
        for mandate in register.mandates(reference)
        if mandate.responsible
        for parties in register.expand_responsible(mandate.responsible, meeting)
        for code in parties
    )
    return list(dict.fromkeys(codes))


def _progress(word: str) -> Progress:
    found = progress_named(word) if word else None
    if found is None:
        message = _("'{text}' is not one of: {choices}")
        sentence = message.format(text=clean(word), choices=progress_choices())
        raise WrongUse("; ".join(filter(None, [sentence, did_you_mean(word, PROGRESS)])))
    return cast(Progress, found)


def _text(name: str, words: str | None) -> str | None:
    """Return a text with single spaces. Raises WrongUse for one that is empty or not visible."""
    if words is None:
        return None
    text = " ".join(words.split())
    if not text:
        raise WrongUse(_("{name}: the text is empty").format(name=name))
    # Python keeps bytes that are not UTF-8 as surrogates.
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise WrongUse(_("{name}: this is not UTF-8 text").format(name=name))
    if code := unseen(text):
        message = _("{name}: the character {code} is not to be seen; delete it")
        raise WrongUse(message.format(name=name, code=code))
    return text


# --- what a progress file has already ----------------------------------------------------------


def new_entries(party: str, data: bytes, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a party's progress file does not have yet.

    Entries on one task and day are compared in their order: a run that was interrupted is
    completed by the next, and what was withdrawn can be reported again.
    """
    existing: dict[_TaskDay, list[Entry]] = {}
    for entry in read_progress("", party, data, []):
        existing.setdefault(_task_day(entry), []).append(entry)
    requested: dict[_TaskDay, list[Entry]] = {}
    for entry in entries:
        requested.setdefault(_task_day(entry), []).append(entry)
    new = {
        id(entry)
        for key, group in requested.items()
        for entry in _missing(existing.get(key, ()), group)
    }
    return [entry for entry in entries if id(entry) in new]


def _missing(existing: Sequence[Entry], requested: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the requested entries of one task and day that do not exist, or no longer hold."""
    contents = [_content(entry) for entry in existing]
    place = known = 0
    while known < len(requested) and _content(requested[known]) in contents[place:]:
        place = contents.index(_content(requested[known]), place) + 1
        known += 1
    later = existing[place:]
    if known and requested[known - 1].progress == "withdrawn":
        holds = not later
    else:
        holds = all(entry.progress != "withdrawn" for entry in later)
    missing = requested[known if holds else max(known - 1, 0) :]
    # The same row twice in a table is one entry.
    for _same, group in groupby(missing, key=_content):
        yield next(group)


def _task_day(entry: Entry) -> _TaskDay:
    return (_mandate(entry), _occurrence(entry), entry.day)


def _content(entry: Entry) -> _Content:
    return (_task_day(entry), entry.progress, entry.evidence, entry.note)


def _mandate(entry: Entry) -> str:
    return entry.mandate.text.removesuffix("#1")  # it may be left out where there is one


def _occurrence(entry: Entry) -> str | None:
    return entry.occurrence.text if entry.occurrence else None
