"""What an import is to write, and where: checked as `grcm validate` does, before any of it is."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.findings import Finding, check, errors, in_order
from grcm_cli.domain.model import Entry, Reference
from grcm_cli.domain.register import Register
from grcm_cli.imports.duties import ImportedReport
from grcm_cli.imports.findings import CellKey
from grcm_cli.imports.meetings import TrackerOptions
from grcm_cli.imports.to_yaml import MeetingFile, meeting_file
from grcm_cli.imports.tracker import Tracker, read_tracker
from grcm_cli.language.text import _, clean
from grcm_cli.lookups.errors import BadData
from grcm_cli.lookups.names import refuse_outside
from grcm_cli.recording.entries import EntryRequest, build_entries, owing
from grcm_cli.rules import every_rule
from grcm_cli.sheets.table import SheetTable
from grcm_cli.storage import files
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import MEETINGS, shown_path
from grcm_cli.views.file_templates import schema_line

_MAY_BE_NOTED = ("responsible", "support", "due")
"""The columns whose values go to the note where a rule finds an error in them."""
_MOST_SHOWN = 10
"""Errors that end an import."""
_COLUMNS = {"mandate": "number", "by": "responsible"}
"""The columns of a tracker that stand for those of an entry under another name."""


class Destination(NamedTuple):
    """The data folder that files are imported into."""

    folder: Path
    here: Path
    """From where its paths are shown."""
    as_of: date

    def shown(self, path: Path) -> str:
        """Return a path as messages show it."""
        return shown_path(path, self.here)

    def new_meeting(self, meeting_id: str, wrong_id: str) -> Path:
        """Return the path of a meeting without a file. Raises BadData where none can be made.

        `wrong_id` is the message for an id that is no name of a file.
        """
        name = files.file_name(meeting_id)
        if name is None:
            raise BadData(wrong_id, text=meeting_id)
        path = self.folder / MEETINGS / name
        # On a file system that ignores case, CRM-1.yaml and crm-1.yaml are one file.
        there = {other.name.casefold() for other in path.parent.glob("*.yaml")}
        if path.exists() or name.casefold() in there:
            message = _("{path} is there already, and is not read as a meeting; see grcm validate")
            raise BadData(message, _("nothing was written"), path=self.shown(path))
        refuse_outside(path, self.folder, self.here)
        return path

    def checked(self, new: Mapping[Path, bytes]) -> tuple[Register | None, list[Finding]]:
        """Return the register with files that are not written yet, and the errors in these."""
        loaded = load(self.folder, self.here, new)
        findings = list(loaded.findings)
        if loaded.register is not None:
            rules = [rule for rule in every_rule() if rule.is_default]
            findings += check(loaded.register, rules, self.as_of)
        paths = set(map(self.shown, new))
        return loaded.register, [
            error for error in in_order(errors(findings)) if error.at.path in paths
        ]


class ImportPlan(NamedTuple):
    """What an import is to write."""

    tracker: Tracker
    files: Mapping[Path, bytes]
    entries: Sequence[Entry]


def plan_import(
    table: SheetTable,
    register: Register,
    options: TrackerOptions,
    source: str,
    destination: Destination,
) -> ImportPlan:
    """Return what a tracker gives. What a rule finds wrong in a cell goes to its mandate's note.

    Raises BadData, naming the cells, where the files would have errors all the same.
    """
    refused: dict[CellKey, str] = {}
    schema = schema_line("meeting", above=True)
    wrong_id = _("'{text}' is no id of a meeting: letters, digits and hyphens")
    while True:
        tracker = read_tracker(table, register, options, refused)
        made = {
            destination.new_meeting(meeting.keys.id, wrong_id): meeting_file(
                meeting, source, schema
            )
            for meeting in tracker.meetings
        }
        new = {path: file.text.encode() for path, file in made.items()}
        after, problems = destination.checked(new) if new else (None, [])
        by_path = {destination.shown(path): file for path, file in made.items()}
        wrong = _refusals(problems, by_path, table)
        entries: list[Entry] = []
        if not wrong and after is not None:
            entries, wrong = _entries(tracker, after, destination)
        if not wrong:
            return ImportPlan(tracker, new, entries)
        refused |= wrong


def _refusals(
    problems: Sequence[Finding], by_path: Mapping[str, MeetingFile], table: SheetTable
) -> dict[CellKey, str]:
    """Return the cells in which errors are found, each with the reason.

    Raises BadData where one is in a cell that cannot go to a note.
    """
    refused: dict[CellKey, str] = {}
    others: list[str] = []
    for finding in problems:
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


def _entries(
    tracker: Tracker, register: Register, destination: Destination
) -> tuple[list[Entry], dict[CellKey, str]]:
    """Return the entries of a tracker, and the states that cannot be recorded, each with why."""
    requests: list[EntryRequest] = []
    for meeting in tracker.meetings:
        for conclusion in meeting.conclusions:
            is_several = len(conclusion.mandates) > 1
            for ordinal, duty in enumerate(conclusion.mandates, 1):
                reference = Reference(meeting.keys.id, conclusion.number, ordinal)
                written = reference if is_several else reference._replace(ordinal=None)
                if duty.report is not None:
                    parties = owing(register, reference)
                    requests += _requests(str(written), duty.row, duty.report, parties, tracker)
    entries, rejections = build_entries(register, requests, destination.as_of)
    refused: dict[CellKey, str] = {}
    for rejection in rejections:
        why = rejection.why
        # Of a column that no tracker has.
        if rejection.place == tracker.table.place(rejection.line, None):
            why = _("the duty recurs, and the row does not say which time: see grcm record --for")
        refused.setdefault((rejection.line, "progress"), why)
    return entries, refused


def _requests(
    reference: str, row: int, report: ImportedReport, parties: Sequence[str], tracker: Tracker
) -> list[EntryRequest]:
    """Return a request for each party that owes a duty: the state in its row is that of all."""
    if len(parties) > 1:
        message = _("recorded for each of {count} parties; take out who has not: {codes}")
        values = {"count": len(parties), "codes": " ".join(parties)}
        tracker.findings.doubt(row, "progress", report.words, message, **values)
    cells = {"mandate": reference, "on": report.day.isoformat(), "progress": report.progress}
    cells |= {"evidence": report.evidence} if report.evidence else {}
    cells |= {"note": report.note} if report.note else {}
    places = {
        name: tracker.table.place(row, _COLUMNS.get(name, name))
        for name in ("mandate", "by", "on", "progress", "for", "evidence", "note")
    }
    return [EntryRequest({**cells, "by": code}, row, places=places) for code in parties]
