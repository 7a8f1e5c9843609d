"""`grcm record STATE REF…`: append what parties report to their progress files; or from a sheet."""

import sys
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from grcm_cli.cli import options
from grcm_cli.cli.output import rewrite_all
from grcm_cli.cli.session import Session, confirmed, say, write, write_line
from grcm_cli.domain.findings import RowProblem
from grcm_cli.domain.model import Entry
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.formats import drawn
from grcm_cli.language.text import _, clean, counted
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.reader.emit import append_entries
from grcm_cli.recording.effects import without_effect
from grcm_cli.recording.entries import EntryRequest, build_entries, by_each, sentences, with_entries
from grcm_cli.recording.progress_files import ProgressChange, progress_changes
from grcm_cli.views import labels

STDIN = "-"
_SHEETS = (*options.SHEETS, ".xls", ".xlsb", ".ods", ".numbers")
"""The endings of spreadsheets, those that are not read among them: they are refused by name."""


def record(
    session: Session,
    state: str = options.argument(_("STATE"), "report"),
    references: list[str] | None = options.argument(_("REF…"), "reference", default=None),
    by: list[str] | None = options.option("--by", _("PARTY"), "party"),
    on: str | None = options.option("--on", _("DAY")),
    occurrence: str | None = options.option("--for", _("DEADLINE")),
    evidence: str | None = options.option("--evidence", _("TEXT")),
    note: str | None = options.option("--note", _("TEXT")),
    internal: str | None = options.option("--internal", _("TEXT")),
    day_first: bool = options.flag("--day-first"),
    month_first: bool = options.flag("--month-first"),
    dry_run: bool = options.flag("--dry-run"),
    yes: bool = options.flag("--yes"),
) -> int:
    """Add entries to the parties' files, and print how the task of each stands then."""
    order = options.day_order(day_first=day_first, month_first=month_first)
    words = {"progress": state, "on": on, "for": occurrence}
    words |= {"evidence": evidence, "note": note, "internal": internal}
    defaults = {key: word for key, word in words.items() if word is not None}
    sheet = _sheet_of(state, references or [], defaults, session.cwd)
    if order is not None and sheet is None:
        raise WrongUse(_("{option} is for a sheet"), option=f"--{order}")
    opened = session.open()
    if sheet is not None:
        from grcm_cli.cli.sheet_files import read_reports  # 10 ms, only for a sheet

        place, requests, problems = read_reports(sheet, defaults, order, session, by or [])
    else:
        requests = [EntryRequest({**defaults, "mandate": word}) for word in references or []]
        place, problems = None, []
    doubts, remarks = list[RowProblem](), list[str]()
    requests, party_faults = by_each(opened.register, requests, by or [])
    entries, rejections = build_entries(opened.register, requests, session.as_of)
    if sheet is not None:
        from grcm_cli.recording import sheet as reports  # 10 ms, only for a sheet

        doubts = list(reports.contradictions(opened.register, entries))
        remarks += reports.remarks_on(opened.register, requests, entries, Path(sheet).stem)
    is_asked = dry_run or (sheet != STDIN and not yes and sys.stdin.isatty())
    faults = [*problems, *party_faults, *rejections, *([] if is_asked else doubts)]
    if reasons := sentences(faults, place):
        for reason in reasons[:-1]:
            say(f"grcm: {reason}")
        raise WrongUse(reasons[-1], _("nothing was written"))
    changes = progress_changes(opened.folder, session.cwd, entries)
    new = [*chain(*(change.entries for change in changes))]
    after = with_entries(opened.register, new)
    remarks += [*sentences(doubts, place), *without_effect(after, entries)]
    if is_previewed := sheet is not None and sheet != STDIN:
        _show_preview(entries, new, len(requests), opened.register, session)
    for sentence in remarks:
        say(clean(sentence))
    if is_previewed and (dry_run or not new or not (yes or confirmed(_("Record these entries?")))):
        say(_("nothing was written"))
        return opened.finish()
    _write_all(changes, session, dry_run=dry_run)
    _show_tasks(after, entries, session)
    return opened.finish()


def _sheet_of(state: str, references: list[str], defaults: dict[str, str], cwd: Path) -> str | None:
    """Return the sheet that the arguments name, None for references.

    Where it takes the place of the state, that is taken out of `defaults`: each row has its own.
    Raises WrongUse for a sheet beside references.
    """
    words = [state, *references]
    sheets = [word for word in words if word == STDIN or word.lower().endswith(_SHEETS)]
    if not references and (cwd / state).is_file():
        sheets = [state]  # whatever it is: what is no sheet is refused where it is read
    if not (sheets or references):
        raise WrongUse(_("{name} is missing"), name=_("REF"))
    sheet, remaining = next(iter(sheets), ""), references[1:]
    if sheet == state:
        del defaults["progress"]
        remaining = references
    if sheet and remaining:
        raise WrongUse(_("give no references with a sheet: it contains them"))
    return sheet or None


def _show_preview(
    entries: Sequence[Entry],
    new: Sequence[Entry],
    total: int,
    register: Register,
    session: Session,
) -> None:
    """Print which of the `total` that a sheet asks to record are new, in its order.

    Of what stands in the record as it stands in the sheet, no entry may have been made.
    """
    from grcm_cli.recording.sheet import preview  # 10 ms, only for a sheet

    added = set(map(id, new))
    rows = [entry for entry in entries if id(entry) in added]
    table = preview(rows, register, session.language)
    if table.rows or not total:
        write(drawn(table, session.page))
    repeats = total - len(table.rows)
    message = counted(
        "{count} other entry is already recorded, and is not added again",
        "{count} other entries are already recorded, and are not added again",
        repeats,
    )
    if not table.rows:
        message = _("everything is already recorded; nothing is added")
    if not total:
        say(_("there is nothing to record"))
    elif repeats:
        say(message)


def _write_all(changes: Sequence[ProgressChange], session: Session, *, dry_run: bool) -> None:
    if not dry_run:
        additions = {change.path: change.applied for change in changes if change.entries}
        rewrite_all(additions, session, _("run the same command again to add what is missing"))
    for change in changes:
        count = len(change.entries)
        if not count:
            write_line(_("{path}: already recorded; nothing was added"), path=change.shown)
        elif dry_run:
            write_line(_("{path} would get:"), path=change.shown)
            lines = append_entries(b"", change.entries).decode().splitlines()
            write("".join(f"  {clean(line)}\n" for line in lines))
        else:
            message = counted("{path}: {count} entry added", "{path}: {count} entries added", count)
            write_line(message, path=change.shown)


def _show_tasks(register: Register, entries: Sequence[Entry], session: Session) -> None:
    builder = TaskBuilder(register, session.as_of, EVERYTHING)

    @cache
    def tasks_of(mandate: str, occurrence: str) -> Sequence[Task]:
        adopted = register.mandates_named(mandate)
        if not adopted:
            return ()
        tasks = [*builder.tasks_by_key(adopted[0]).values()]
        return builder.of_occurrence(adopted[0], occurrence, tasks)

    lines: dict[str, None] = {}
    for entry in entries:
        tasks = tasks_of(entry.mandate.text, entry.time)
        theirs = [task for task in tasks if entry.party in _bound_or_reporting(task)]
        theirs.sort(key=lambda task: task.done_by != entry)  # the one that it settles, of several
        # What is withdrawn may be with others now.
        for task in (theirs or [task for task in tasks if entry.party in task.key_parties])[:1]:
            party = entry.party if theirs else labels.together(task)
            state = labels.when([task]).replace("\n", ", ")
            deadline = labels.deadline(task).replace("\n", " ")
            lines[f"  {task.reference}  {party}  {deadline}  {state}\n"] = None
    write("".join(lines))


def _bound_or_reporting(task: Task) -> set[str]:
    return {*task.bound, *(entry.party for entry in task.reports)}
