"""A tracker as it was understood: meetings, conclusions, mandates and how these stand."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Progress
from grcm_cli.drafting.responsible import DraftResponsible
from grcm_cli.imports.findings import Findings
from grcm_cli.imports.meetings import MeetingOptions, RowMeeting
from grcm_cli.sheets.table import SheetTable


class ImportOptions(NamedTuple):
    """What the command line says for all rows."""

    meetings: MeetingOptions
    on: date | None = None
    """The day of what is reported, where a row has none."""


class ImportedMandate(NamedTuple):
    """A duty, from one row."""

    row: int
    action: str = ""
    who: DraftResponsible | None = None
    support: Sequence[str] = ()
    due: str = ""
    note: Sequence[str] = ()
    """What has no key of its own, each with the heading of its column."""
    report: "ImportedReport | None" = None


class ImportedReport(NamedTuple):
    """How a duty stands, as its row says."""

    progress: Progress
    day: date
    has_own_day: bool
    evidence: str = ""
    note: str = ""
    words: str = ""
    """The cell that says it."""


class ImportedConclusion(NamedTuple):
    """A conclusion, from the first row that has its number."""

    row: int
    number: str
    text: str
    mandates: Sequence[ImportedMandate] = ()
    note: Sequence[str] = ()


class ImportedMeeting(NamedTuple):
    """A meeting that is in no file yet."""

    keys: RowMeeting
    language: str
    rows: Sequence[int]
    conclusions: Sequence[ImportedConclusion]


class Tracker(NamedTuple):
    """A tracker as it was understood."""

    table: SheetTable
    meetings: Sequence[ImportedMeeting]
    findings: Findings
