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
from grcm_cli.views.words import PROGRESS, progress_choices, progress_named, progress_word

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
    has_day: bool = True
    """Its day is its own, and not that of a whole table."""


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
        word = want.cells["mandate"]
        inside = register.refer(word, meeting)
        if inside and inside.meeting in register.calendar.by_id:
            meeting = inside.meeting  # also of a number that is wrong: the next row may go on there
        try:
            reference = _reference(register, word, meeting)
            meeting = reference.meeting
            entry = _entry(register, want.cells, as_of, reference, Location("", number, 1, 0))
            if not want.has_day and _is_known(register, entry):
                continue
        except WrongUse as stop:
            reasons.append(Reason(want, str(stop)))
            continue
        asked[number] = want
        found.append(entry)
    later = register.with_entries(found)
    for problem in check(later, rules_named(_RULES), as_of):
        if not problem.at.path:
            want = asked[problem.at.line]
            hint = _said_here(problem.hint, want)
            reasons.append(Reason(want, "; ".join(filter(None, (problem.message, hint)))))
    return found, sorted(reasons, key=lambda reason: reason.wanted.line)


def _said_here(hint: str, want: Wanted) -> str:
    """Return a rule's hint, which speaks of a file, for whoever writes an option or a cell."""
    if "`for:" not in hint:
        return hint
    if want.cells.get("for") and "`for: " not in hint:
        return _("leave that cell empty") if want.line else _("leave out --for")
    if want.line:
        return hint.replace("`for: ", "`") + " " + _("in the column `for`")
    return hint.replace("`for: ", "`--for ")


def _entry(
    register: Register, cells: Mapping[str, str], as_of: date, reference: Reference, at: Location
) -> Entry:
    occurrence = _as_in_record(register, cells.get("for"))
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


def _is_known(register: Register, entry: Entry) -> bool:
    """Tell whether a row without a day of its own says what the party has said already.

    A table that grcm wrote has what was reported when it was written. Raises WrongUse for a row
    that would take the party back behind what it has said since.
    """
    said = [
        other
        for other in register.entries
        if (other.party, other.mandate.text.removesuffix("#1"), _occurrence(other))
        == (entry.party, entry.mandate.text.removesuffix("#1"), _occurrence(entry))
    ]
    last = max(said, key=lambda other: other.day, default=None)
    if last is None:
        return False
    if last.progress in ("done", "declined", "not-applicable") and entry.progress == "started":
        message = _("{party} has said {progress} on {day}; give this row a day of its own")
        told = {"party": entry.party, "progress": progress_word(last.progress), "day": last.day}
        raise WrongUse(message.format(**told))
    return last.progress == entry.progress and not (entry.evidence or entry.note)


def _occurrence(entry: Entry) -> str | None:
    return entry.occurrence.text if entry.occurrence else None


def _as_in_record(register: Register, name: str | None) -> str | None:
    """Return the name of an occurrence; a meeting's id in the case that its file has."""
    ids = {known.casefold(): known for known in register.calendar.by_id}
    return ids.get(name.casefold(), name) if name else None


def _reference(register: Register, word: str, meeting: str | None) -> Reference:
    """Return the mandate that a word names, as an entry writes it."""
    inside = register.refer(word, meeting) if meeting else None
    found = given.reference(register, str(inside) if inside else word)
    if found.number is None:
        message = _("{text} is a meeting, and no mandate")
        hint = _("write it as GRCM-2002-10/8#1")
        raise WrongUse("; ".join([message.format(text=found), hint]))
    named = register.mandates(found)
    conclusion = register.conclusion(found)
    if conclusion is None or len(named) != 1:
        return found  # a rule tells what is wrong with it
    return register.address(register.calendar.by_id[found.meeting], conclusion, named[0])


def _party(register: Register, word: str | None, reference: Reference) -> str:
    if word is not None:
        if "+" in word:
            message = _("{codes} owe together: say which of them reports")
            raise WrongUse(message.format(codes=clean(word)))
        return given.party(register, word).code
    mandates = register.mandates(reference)
    owing = _owing(register, register.calendar.by_id[reference.meeting], mandates)
    if len(owing) == 1:
        return given.party(register, owing[0]).code
    if not owing:
        message = _("{reference} binds nobody that its text names")
        hint = _("write in the meeting's file who is responsible, then record")
        raise WrongUse("; ".join([message.format(reference=reference), hint]))
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
        said = message.format(text=clean(word or ""), choices=progress_choices())
        raise WrongUse("; ".join(filter(None, [said, did_you_mean(word or "", PROGRESS)])))
    return cast(Progress, found)


def _text(name: str, words: str | None) -> str | None:
    """Return a text on one line. Raises WrongUse for one that hides something."""
    if words is None:
        return None
    text = " ".join(words.split())
    if not text:
        raise WrongUse(_("{name}: the text is empty").format(name=name))
    if not text.isascii() and _is_broken(text):
        raise WrongUse(_("{name}: this is not UTF-8 text").format(name=name))
    code = unseen(text)
    if code:
        message = _("{name}: the character {code} is not to be seen; delete it")
        raise WrongUse(message.format(name=name, code=code))
    return text


def _is_broken(text: str) -> bool:
    """Tell whether a text has bytes that were no characters: Python keeps them as surrogates."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def by_party(found: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the parties with their entries, in the order of their codes."""
    for code in sorted({entry.party for entry in found}):
        yield code, [entry for entry in found if entry.party == code]
