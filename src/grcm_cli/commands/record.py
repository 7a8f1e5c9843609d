"""`grcm record STATE REF…`: appends what a party reports to its progress file."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from grcm_cli import writer
from grcm_cli.commands import arguments as given
from grcm_cli.commands.desk import Desk, say, write
from grcm_cli.commands.entries import Wanted, by_party, entries
from grcm_cli.commands.stops import BadData, MachineFailed, WrongUse
from grcm_cli.commands.writing import told
from grcm_cli.layout import PROGRESS, shown_path
from grcm_cli.loader import load, read_bytes
from grcm_cli.model import Entry
from grcm_cli.reader.append import UnreadableError, append
from grcm_cli.reader.build import read_progress
from grcm_cli.register import Register
from grcm_cli.task import Task
from grcm_cli.tasks import tasks
from grcm_cli.text import _, clean, ngettext
from grcm_cli.views import words

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
        autocompletion=lambda: [(name, "") for name in words.PROGRESS],
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
    desk = Desk.of(ctx)
    folder = desk.folder()
    opened = desk.open()
    register = opened.register
    said = {"progress": state, "by": by, "on": on, "for": occurrence}
    said |= {"evidence": evidence, "note": note}
    defaults = {key: word for key, word in said.items() if word is not None}
    wanted = _wanted(references or [], defaults)
    found, reasons = entries(register, wanted, desk.as_of)
    if reasons:
        for reason in reasons[:-1]:
            say(f"grcm: {reason}")
        raise WrongUse("; ".join([str(reasons[-1]), _("nothing was written")]))
    files = [_added(folder, desk.here, code, new) for code, new in by_party(found)]
    for place, file in enumerate(files):
        try:
            _write(file, desk, dry_run=dry_run)
        except MachineFailed as stop:
            if not place:
                raise
            hint = _("what is missing is added when the same is recorded again")
            raise MachineFailed("; ".join([str(stop), hint])) from stop
    after = load(folder, desk.here, {file.path: file.after for file in files if dry_run}).register
    if after is not None:
        write("".join(_standing(after, found, desk)))
    return opened.finish((), wanted=False)


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
    from grcm_cli.commands import sheet  # CSV, only here

    table = sheet.read(sys.stdin.buffer.read() if sys.stdin else b"")
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
    name = writer.file_name(party)
    if name is None:
        message = _("{code} is no safe name of a file; give the party another code")
        raise WrongUse(message.format(code=party))
    path = folder / PROGRESS / name
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


def _write(file: _File, desk: Desk, *, dry_run: bool) -> None:
    """Write a file's new entries and say so. They are looked for again while the file is held."""
    shown = clean(file.shown)
    added = len(file.entries)
    if dry_run:
        if added:
            write(_("{path} would get:").format(path=shown) + "\n")
            write(clean_lines(append(file.party, b"", file.entries).decode()))
    elif added:
        with told(desk.here):
            writer.rewrite(file.path, lambda now: _again(file, now))
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


def _standing(register: Register, found: Sequence[Entry], desk: Desk) -> list[str]:
    """Return a line for each entry: how its task stands now."""
    everything = tasks(register, desk.as_of)
    lines = []
    for entry in found:
        task = _task(everything, entry)
        if task is not None:
            state = words.when([task]).replace("\n", ", ")
            told = [str(task.reference), entry.party, words.deadline(task).replace("\n", " ")]
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
