"""`grcm record STATE REF…`: appends what a party reports to its progress file."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple, cast

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.errors import BadData, MachineFailed, WrongUse
from grcm_cli.cli.output import told
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain.deadlines import DAY_FORM, parse_day
from grcm_cli.domain.findings import check
from grcm_cli.domain.model import Entry, Location, Mandate, Meeting, Progress, Reference, Written
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _, clean, did_you_mean, ngettext
from grcm_cli.reader.append import UnreadableError, append
from grcm_cli.reader.build import read_progress
from grcm_cli.reader.characters import unseen
from grcm_cli.rules import rules_named
from grcm_cli.storage import files
from grcm_cli.storage.loader import load, read_bytes
from grcm_cli.storage.paths import PROGRESS as PROGRESS_FOLDER
from grcm_cli.storage.paths import shown_path
from grcm_cli.views import labels
from grcm_cli.views.labels import PROGRESS, progress_choices, progress_named, progress_word

HELP = _(
    "Record what a party reports on a mandate.\n\n"
    "The entry is added at the end of the party's file in the data folder. With `-` in the place "
    "of a reference, a CSV table on stdin gives them, many at once. All are checked before the "
    "first is written; what is recorded already is left alone."
)
STDIN = "-"

StateArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("STATE"),
        help=_("started, done, declined, not-applicable; withdrawn takes a report back."),
        autocompletion=lambda: [(name, "") for name in labels.PROGRESS],
    ),
]
ReferencesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("REF") + "…",
        help=_(
            "GRCM-2002-10/8#1, and more of its meeting as 22; `-` reads a CSV table from stdin."
        ),
        autocompletion=given.complete("reference"),
    ),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar=_("PARTY"),
        help=_("Who reports: an office or its holder. Not needed where one alone owes it."),
        autocompletion=given.complete("party"),
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on", metavar=_("DAY"), help=_("The day of the report; else today, or --as-of.")
    ),
]
ForOption = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar=_("DEADLINE"),
        help=_("Of a duty that comes back: which time, by its deadline or its meeting's id."),
    ),
]
EvidenceOption = Annotated[
    str | None,
    typer.Option("--evidence", metavar=_("TEXT"), help=_("Where the result is: a link, a file.")),
]
NoteOption = Annotated[
    str | None, typer.Option("--note", metavar=_("TEXT"), help=_("A remark of the party."))
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=_("Show what would be written, and write nothing."))
]


def record(
    ctx: typer.Context,
    state: StateArgument,
    references: ReferencesArgument = None,
    by: ByOption = None,
    on: OnOption = None,
    occurrence: ForOption = None,
    evidence: EvidenceOption = None,
    note: NoteOption = None,
    dry_run: DryRunOption = False,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    folder = session.folder()
    opened = session.open_list()
    register = opened.register
    said = {"progress": state, "by": by, "on": on, "for": occurrence}
    said |= {"evidence": evidence, "note": note}
    defaults = {key: word for key, word in said.items() if word is not None}
    wanted = _wanted(references or [], defaults)
    found, reasons = entries(register, wanted, session.as_of)
    if reasons:
        for reason in reasons[:-1]:
            say(f"grcm: {reason}")
        raise WrongUse("; ".join([str(reasons[-1]), _("nothing was written")]))
    files = [_added(folder, session.here, code, new) for code, new in by_party(found)]
    for place, file in enumerate(files):
        try:
            _write(file, session, dry_run=dry_run)
        except MachineFailed as stop:
            if not place:
                raise
            hint = _("what is missing is added when the same is recorded again")
            raise MachineFailed("; ".join([str(stop), hint])) from stop
    after = load(
        folder,
        session.here,
        {file.path: file.after for file in files if dry_run},
        opened.cache,
    ).register
    if after is not None:
        write("".join(_standing(after, found, session)))
    return opened.close((), wanted=False)


class Wanted(NamedTuple):
    """One entry as it is asked for: words by column, and where they stand in a table."""

    cells: Mapping[str, str]
    line: int = 0
    """0: they are on the command line."""
    has_day: bool = True
    """Its day is its own, and not that of a whole table."""


def _wanted(references: Sequence[str], defaults: dict[str, str]) -> list[Wanted]:
    """Return what is asked for, by references or by a table on stdin."""
    if defaults["progress"] == STDIN and not references:
        references = [STDIN]
        del defaults["progress"]
    if not references:
        raise WrongUse(_("{name} is missing").format(name=_("REF")))
    if STDIN not in references:
        return [Wanted({**defaults, "mandate": reference}) for reference in references]
    if len(references) > 1:
        raise WrongUse(_("`-` stands alone: the table has the references"))
    from grcm_cli.cli import csv_input  # CSV, only here

    table = csv_input.read(sys.stdin.buffer.read() if sys.stdin else b"")
    for column, option in (("progress", _("the state")), ("on", "--on")):
        if column not in table.columns and column not in defaults:
            message = _("the table has no column `{name}`: add it, or give {option} for all rows")
            shown = {"on": "date"}.get(column, column)
            raise WrongUse(message.format(name=shown, option=option))
    if table.unread:
        say(_("columns that are not read: {names}").format(names=", ".join(table.unread)))
    rows = [Wanted({**defaults, **row.cells}, row.line, "on" in row.cells) for row in table.rows]
    # A table that grcm wrote has `unknown` where nobody has filled anything in.
    filled = [row for row in rows if row.cells.get("progress", "unknown") != "unknown"]
    if len(filled) < len(rows):
        count = len(rows) - len(filled)
        none = ngettext(
            "{count} row without progress left out", "{count} rows without progress left out", count
        )
        say(none.format(count=count))
    return filled


class _File(NamedTuple):
    """A party's file with the entries that are new in it."""

    path: Path
    shown: str
    """The path as people read it."""
    party: str
    entries: list[Entry]
    after: bytes


def _added(folder: Path, here: Path, party: str, found: list[Entry]) -> _File:
    name = files.file_name(party)
    if name is None:
        message = _("{code} is no safe name of a file; give the party another code")
        raise WrongUse(message.format(code=party))
    path = folder / PROGRESS_FOLDER / name
    shown = shown_path(path, here)
    before = read_bytes(path) if path.exists() or path.is_symlink() else b""
    new = _new(party, before, found)
    return _File(path, shown, party, new, _appended(shown, party, before, new))


def _new(party: str, data: bytes, found: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a file does not hold yet.

    Those of one day on one task are looked for in their order, so that what was interrupted is
    completed, and what was taken back can be said again.
    """
    held: dict[tuple[object, ...], list[Entry]] = {}
    for entry in read_progress("", party, data, []):
        held.setdefault(_about(entry), []).append(entry)
    asked: dict[tuple[object, ...], list[Entry]] = {}
    for entry in found:
        asked.setdefault(_about(entry), []).append(entry)
    new = {
        id(entry)
        for about, entries_asked in asked.items()
        for entry in _after(held.get(about, ()), entries_asked)
    }
    return [entry for entry in found if id(entry) in new]


def _after(held: Sequence[Entry], asked: Sequence[Entry]) -> Sequence[Entry]:
    """Return what is asked for beyond what is held in the same order and still stands."""
    words = [_said(entry) for entry in held]
    place = known = 0
    while known < len(asked) and _said(asked[known]) in words[place:]:
        place = words.index(_said(asked[known]), place) + 1
        known += 1
    later = held[place:]
    if known and asked[known - 1].progress == "withdrawn":
        stands = not later
    else:
        stands = all(entry.progress != "withdrawn" for entry in later)
    rest = list(asked[known:] if stands else asked[max(known - 1, 0) :])
    # The same row twice in a table is one entry.
    return [entry for at, entry in enumerate(rest) if not at or _said(entry) != _said(rest[at - 1])]


def _about(entry: Entry) -> tuple[object, ...]:
    occurrence = entry.occurrence.text if entry.occurrence else None
    return (entry.mandate.text.removesuffix("#1"), occurrence, entry.day)


def _said(entry: Entry) -> tuple[object, ...]:
    occurrence = entry.occurrence.text if entry.occurrence else None
    mandate = entry.mandate.text.removesuffix("#1")  # it may be left out where there is one
    return (mandate, entry.day, entry.progress, occurrence, entry.evidence, entry.note)


def _appended(shown: str, party: str, before: bytes, new: Sequence[Entry]) -> bytes:
    try:
        return append(party, before, new) if new else before
    except UnreadableError as error:
        message = _("{path} takes no more entries: it is not a list of them that can be read")
        hint = _("put `- ` before an entry that stands alone, or see grcm validate")
        said = [message.format(path=clean(shown)), hint, _("nothing was written")]
        raise BadData("; ".join(said)) from error


def _write(file: _File, session: Session, *, dry_run: bool) -> None:
    """Write a file's new entries and say so. They are looked for again while the file is held."""
    shown = clean(file.shown)
    added = len(file.entries)
    if dry_run:
        if added:
            write(_("{path} would get:").format(path=shown) + "\n")
            write(clean_lines(append(file.party, b"", file.entries).decode()))
    elif added:
        with told(session.here):
            files.rewrite(file.path, lambda now: _again(file, now))
        message = ngettext("{path}: {count} entry added", "{path}: {count} entries added", added)
        write(message.format(path=shown, count=added) + "\n")
    if not added:
        write(_("{path}: it was there already; nothing added").format(path=shown) + "\n")


def _again(file: _File, now: bytes | None) -> bytes:
    data = now or b""
    return _appended(file.shown, file.party, data, _new(file.party, data, file.entries))


def clean_lines(text: str) -> str:
    """Return lines of a file as a terminal may show them."""
    return "".join(f"  {clean(line)}\n" for line in text.splitlines())


def _standing(register: Register, found: Sequence[Entry], session: Session) -> list[str]:
    """Return a line for each entry: how its task stands now."""
    everything = tasks(register, session.as_of)
    lines = []
    for entry in found:
        task = _task(everything, entry)
        if task is not None:
            state = labels.when([task]).replace("\n", ", ")
            told = [str(task.reference), entry.party, labels.deadline(task).replace("\n", " ")]
            lines.append("  " + "  ".join([*told, state]) + "\n")
    return list(dict.fromkeys(lines))


def _task(everything: Sequence[Task], entry: Entry) -> Task | None:
    for task in everything:
        names_it = str(task.reference) == entry.mandate.text
        when = task.occurrence.name if task.occurrence else None
        same = entry.occurrence is None or entry.occurrence.text == when
        reported = any(report.party == entry.party for report in task.reports)
        if names_it and same and (reported or task.belongs_to(entry.party)):
            return task
    return None


# What would be wrong with an entry once it is written, so it is refused before.
_RULES = (
    "ambiguous-reference",
    "dangling-reference",
    "early-progress",
    "future-progress",
    "progress-not-owed",
    "wrong-occurrence",
)


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
