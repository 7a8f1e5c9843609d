"""What somebody wants to record → entries, or every reason why one of them cannot stand."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from grcm_cli.checker import check
from grcm_cli.commands import arguments as given
from grcm_cli.commands.stops import WrongUse
from grcm_cli.deadlines import DAY_FORM, parse_day
from grcm_cli.model import Entry, Location, Mandate, Meeting, Progress, Reference, Written
from grcm_cli.reader.characters import unseen
from grcm_cli.register import Register
from grcm_cli.rules import rules_named
from grcm_cli.text import _, clean, did_you_mean
from grcm_cli.views.words import PROGRESS, progress_named

# What would be wrong with an entry once it is written, so it is refused before.
_RULES = (
    "ambiguous-reference",
    "dangling-reference",
    "early-progress",
    "future-progress",
    "progress-not-owed",
    "wrong-occurrence",
)


class Wanted(NamedTuple):
    """One entry as it is asked for: words by column, and where they stand in a table."""

    cells: Mapping[str, str]
    line: int = 0
    """0: they are on the command line."""


class Reason(NamedTuple):
    """Why an entry cannot stand."""

    wanted: Wanted
    sentence: str

    def __str__(self) -> str:
        return f"stdin:{self.wanted.line}: {self.sentence}" if self.wanted.line else self.sentence


def entries(
    register: Register, wanted: Sequence[Wanted], as_of: date
) -> tuple[list[Entry], list[Reason]]:
    """Return the entries that are asked for, and every reason why one cannot stand.

    A reference may leave out the meeting of the one before it.
    """
    found: list[Entry] = []
    reasons: list[Reason] = []
    asked: dict[int, Wanted] = {}
    meeting: str | None = None
    for number, want in enumerate(wanted, 1):
        try:
            reference = _reference(register, want.cells["mandate"], meeting)
            meeting = reference.meeting
            entry = _entry(register, want.cells, as_of, reference, Location("", number, 1, 0))
        except WrongUse as stop:
            reasons.append(Reason(want, str(stop)))
            continue
        asked[number] = want
        found.append(entry)
    later = register.with_entries(found)
    for problem in check(later, rules_named(_RULES), as_of):
        if not problem.at.path:
            sentence = "; ".join(filter(None, (problem.message, problem.hint)))
            reasons.append(Reason(asked[problem.at.line], sentence))
    return found, sorted(reasons, key=lambda reason: reason.wanted.line)


def _entry(
    register: Register, cells: Mapping[str, str], as_of: date, reference: Reference, at: Location
) -> Entry:
    occurrence = cells.get("for")
    return Entry(
        party=_party(register, cells.get("by"), reference),
        mandate=Written(str(reference), at),
        day=_day(cells.get("on"), as_of),
        progress=_progress(cells.get("progress")),
        at=at,
        evidence=_text("evidence", cells.get("evidence")),
        note=_text("note", cells.get("note")),
        occurrence=Written(occurrence, at) if occurrence else None,
    )


def _reference(register: Register, word: str, meeting: str | None) -> Reference:
    """Return the mandate that a word names, as an entry writes it."""
    inside = register.refer(word, meeting) if meeting else None
    found = given.reference(register, str(inside) if inside else word)
    named = register.mandates(found)
    conclusion = register.conclusion(found)
    if conclusion is None or len(named) != 1:
        return found  # a rule tells what is wrong with it
    return register.address(register.calendar.by_id[found.meeting], conclusion, named[0])


def _party(register: Register, word: str | None, reference: Reference) -> str:
    if word is not None:
        return given.party(register, word).code
    mandates = register.mandates(reference)
    owing = _owing(register, register.calendar.by_id[reference.meeting], mandates)
    if len(owing) == 1:
        return owing[0]
    message = _("who reports on {reference}? Say it with --by; it binds: {codes}")
    raise WrongUse(message.format(reference=reference, codes=" ".join(owing) or "–"))


def _owing(register: Register, meeting: Meeting, mandates: Sequence[Mandate]) -> list[str]:
    bound = (mandate.responsible for mandate in mandates)
    codes = (
        code
        for responsible in bound
        if responsible
        for parties in register.owing(responsible, meeting)
        for code in parties
    )
    return list(dict.fromkeys(codes))


def _day(word: str | None, as_of: date) -> date:
    if word is None:
        return as_of
    day = parse_day(word)
    if day is None:
        message = _("'{text}' is no day of the calendar; write it as {form}")
        raise WrongUse(message.format(text=clean(word), form=DAY_FORM))
    return day


def _progress(word: str | None) -> Progress:
    found = progress_named(word) if word else None
    if found is None:
        message = _("'{text}' is not one of: {choices}")
        said = message.format(text=clean(word or ""), choices=", ".join(PROGRESS))
        raise WrongUse("; ".join(filter(None, [said, did_you_mean(word or "", PROGRESS)])))
    return cast(Progress, found)


def _text(name: str, words: str | None) -> str | None:
    """Return a text on one line. Raises WrongUse for one that hides something."""
    if words is None:
        return None
    text = " ".join(words.split())
    if not text:
        raise WrongUse(_("{name}: the text is empty").format(name=name))
    code = unseen(text)
    if code:
        message = _("{name}: the character {code} is not to be seen; delete it")
        raise WrongUse(message.format(name=name, code=code))
    return text


def by_party(found: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the parties with their entries, in the order of their codes."""
    for code in sorted({entry.party for entry in found}):
        yield code, [entry for entry in found if entry.party == code]
