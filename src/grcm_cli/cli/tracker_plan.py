"""What an import of a tracker is to write: checked as `grcm validate` does, before any of it is."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from grcm_cli.cli.errors import BadData
from grcm_cli.cli.output import refuse_outside
from grcm_cli.cli.progress_entries import EntryRequest, build_entries
from grcm_cli.cli.session import Session
from grcm_cli.domain.findings import Finding, check, errors, in_order
from grcm_cli.domain.model import Entry, Mandate, Reference
from grcm_cli.domain.register import Register
from grcm_cli.imports.findings import CellKey
from grcm_cli.imports.model import ImportedMandate, ImportOptions, Tracker
from grcm_cli.imports.to_yaml import MeetingFile, meeting_file
from grcm_cli.imports.tracker import read_tracker
from grcm_cli.language.text import _, clean
from grcm_cli.rules import every_rule
from grcm_cli.sheets.table import SheetTable
from grcm_cli.storage import files
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import MEETINGS
from grcm_cli.views.file_templates import schema_line

_MAY_BE_NOTED = ("responsible", "support", "due")
"""The columns whose values go to the note where a rule finds an error in them."""
_MOST_SHOWN = 10
"""Errors that end an import."""


class ImportPlan(NamedTuple):
    """What an import is to write."""

    tracker: Tracker
    files: Mapping[Path, MeetingFile]
    entries: Sequence[Entry]
    refused: Mapping[CellKey, str]

    def entries_by_meeting(self) -> dict[str, int]:
        """Return how many entries there are on each meeting's mandates."""
        found: dict[str, int] = {}
        for entry in self.entries:
            meeting = entry.mandate.text.partition("/")[0]
            found[meeting] = found.get(meeting, 0) + 1
        return found


def plan_import(
    table: SheetTable,
    register: Register,
    options: ImportOptions,
    source: str,
    folder: Path,
    session: Session,
) -> ImportPlan:
    """Return what a tracker gives. What a rule finds wrong in a cell goes to its mandate's note.

    Raises BadData, naming the cells, where the files would have errors all the same.
    """
    refused: dict[CellKey, str] = {}
    while True:
        tracker = read_tracker(table, register, options, refused)
        made = _files(tracker, source, folder, session)
        after, found = _checked(made, folder, session)
        new = _refusals(found, made, table, session)
        entries: list[Entry] = []
        if not new and after is not None:
            entries, new = _entries(tracker, after, session)
        if not new:
            return ImportPlan(tracker, made, entries, refused)
        refused |= new


def _files(
    tracker: Tracker, source: str, folder: Path, session: Session
) -> dict[Path, MeetingFile]:
    schema = schema_line("meeting", above=True)
    # On a file system that ignores case, CRM-1.yaml and crm-1.yaml are one file.
    there = {other.name.casefold() for other in (folder / MEETINGS).glob("*.yaml")}
    made = {}
    for meeting in tracker.meetings:
        name = files.file_name(meeting.keys.id)
        if name is None:
            message = _("'{text}' is no id of a meeting: letters, digits and hyphens")
            raise BadData(message, text=meeting.keys.id)
        path = folder / MEETINGS / name
        if path.exists() or path.name.casefold() in there:
            message = _("{path} is there already, and is not read as a meeting; see grcm validate")
            raise BadData(message, _("nothing was written"), path=session.shown(path))
        refuse_outside(path, folder, session)
        made[path] = meeting_file(meeting, source, schema)
    return made


def _checked(
    made: Mapping[Path, MeetingFile], folder: Path, session: Session
) -> tuple[Register | None, list[Finding]]:
    """Return the register with the new files, and the errors in these."""
    if not made:
        return None, []
    loaded = load(folder, session.here, {path: file.text.encode() for path, file in made.items()})
    found = list(loaded.findings)
    if loaded.register is not None:
        rules = [rule for rule in every_rule() if rule.is_default]
        found += check(loaded.register, rules, session.as_of)
    own = {session.shown(path) for path in made}
    return loaded.register, [one for one in in_order(errors(found)) if one.at.path in own]


def _refusals(
    found: Sequence[Finding],
    made: Mapping[Path, MeetingFile],
    table: SheetTable,
    session: Session,
) -> dict[CellKey, str]:
    """Return the cells in which errors are found, each with the reason.

    Raises BadData where one is in a cell that cannot go to a note.
    """
    by_path = {session.shown(path): file for path, file in made.items()}
    refused: dict[CellKey, str] = {}
    others: list[str] = []
    for finding in found:
        cell = by_path[finding.at.path].cell_at(finding.at.line)
        if cell is not None and cell[1] in _MAY_BE_NOTED:
            refused.setdefault(cell, finding.full_message)
            continue
        place = table.place(*cell) if cell else finding.at.path
        others.append(f"{place}: {finding.full_message}")
    if others and not refused:
        shown = "; ".join(map(clean, others[:_MOST_SHOWN]))
        raise BadData(shown, _("nothing was written"))
    return refused


# --- progress -----------------------------------------------------------------------------------

_CELLS = {"mandate": "number", "by": "responsible"}
"""The columns of a tracker that stand for those of an entry under another name."""


def _entries(
    tracker: Tracker, register: Register, session: Session
) -> tuple[list[Entry], dict[CellKey, str]]:
    """Return the entries of a tracker, and the states that cannot be recorded, each with why."""
    requests = [
        request
        for meeting in tracker.meetings
        for conclusion in meeting.conclusions
        for place, duty in enumerate(conclusion.mandates, 1)
        if duty.report is not None
        for request in _requests(
            Reference(meeting.keys.id, conclusion.number, place),
            duty, len(conclusion.mandates) > 1, register, tracker,
        )
    ]  # fmt: skip
    entries, rejections = build_entries(register, requests, session.as_of)
    refused: dict[CellKey, str] = {}
    for one in rejections:
        why = one.why
        if one.place == tracker.table.place(one.line, None):  # of a column that no tracker has
            message = _(
                "the duty recurs, and the row does not say which time: see grcm record --for"
            )
            why = message
        refused.setdefault((one.line, "progress"), why)
    return entries, refused


def _requests(
    reference: Reference,
    duty: ImportedMandate,
    of_several: bool,
    register: Register,
    tracker: Tracker,
) -> list[EntryRequest]:
    """Return a request for each party that owes a duty: the state in its row is that of all."""
    report = duty.report
    mandates = register.mandates(reference)
    parties = _owing(register, reference, mandates)
    if report is None:
        return []
    if len(parties) > 1:
        message = _("recorded for each of {count} parties; take out who has not: {codes}")
        text = message.format(count=len(parties), codes=" ".join(parties))
        tracker.findings.doubt(duty.row, "progress", report.words, text)
    written = str(reference if of_several else reference._replace(ordinal=None))
    cells = {"mandate": written, "on": report.day.isoformat(), "progress": report.progress}
    cells |= {"evidence": report.evidence} if report.evidence else {}
    cells |= {"note": report.note} if report.note else {}
    places = {
        name: tracker.table.place(duty.row, _CELLS.get(name, name))
        for name in ("mandate", "by", "on", "progress", "for", "evidence", "note")
    }
    return [EntryRequest({**cells, "by": code}, duty.row, places=places) for code in parties]


def _owing(register: Register, reference: Reference, mandates: Sequence[Mandate]) -> list[str]:
    meeting = register.calendar.by_id[reference.meeting]
    found = [
        code
        for mandate in mandates
        if mandate.responsible
        for codes in register.expand_responsible(mandate.responsible, meeting)
        for code in codes
    ]
    return list(dict.fromkeys(found))
