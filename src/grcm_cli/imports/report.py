"""What an import understood, what is doubtful and what it leaves, as tables for people."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.formats.listing import Column, TableRow, TextTable
from grcm_cli.imports.findings import cell_names, row_ranges
from grcm_cli.imports.model import Tracker
from grcm_cli.language.text import _, clean, collapse, in_quotes, ngettext
from grcm_cli.sheets.tracker import TRACKER

_MOST_TEXT = 70
"""Characters of a cell that a report shows."""


class ImportReport(NamedTuple):
    """The tables of a report; one without rows is left out."""

    understood: TextTable
    doubtful: TextTable
    left: TextTable


def import_report(
    tracker: Tracker, entries: Mapping[str, int], unread: Sequence[str], hints: Sequence[str]
) -> ImportReport:
    """Return the report of a tracker. `entries` are the counts of its progress by meeting.

    `unread` are the headings of columns that are not read, `hints` what is to be said of them.
    """
    return ImportReport(
        _understood(tracker, entries), _doubtful(tracker), _left(tracker, unread, hints)
    )


def _understood(tracker: Tracker, entries: Mapping[str, int]) -> TextTable:
    columns = [Column(_("Meeting")), Column(_("Days")), Column(_("Content"), wide=True)]
    rows = []
    for one in tracker.meetings:
        first, last = one.keys.days
        same = sum(a == b for a, b in zip(first.timetuple()[:2], last.timetuple()[:2], strict=True))
        end = "" if last == first else f" – {last.isoformat()[(0, 5, 8)[same] :]}"
        mandates = sum(len(conclusion.mandates) for conclusion in one.conclusions)
        content = _content(len(one.conclusions), mandates, entries.get(one.keys.id, 0))
        where = ngettext("row {numbers}", "rows {numbers}", len(one.rows))
        where = where.format(numbers=row_ranges(list(one.rows)))
        rows.append(TableRow((one.keys.id, f"{first.isoformat()}{end}", f"{content}; {where}")))
    count = len(tracker.meetings)
    title = ngettext("Understood: {count} meeting", "Understood: {count} meetings", count)
    return TextTable(title.format(count=count), columns, rows, [_columns(tracker)])


def _content(conclusions: int, mandates: int, entries: int) -> str:
    parts = [
        ngettext("{count} conclusion", "{count} conclusions", conclusions),
        ngettext("{count} mandate", "{count} mandates", mandates),
        ngettext("{count} entry", "{count} entries", entries),
    ]
    counts = (conclusions, mandates, entries)
    return ", ".join(p.format(count=n) for p, n in zip(parts, counts, strict=True))


def _columns(tracker: Tracker) -> str:
    """Return which columns were read, and as what where their headings are other words."""
    table = tracker.table
    parts = []
    in_order = sorted(table.letters.items(), key=lambda one: (len(one[1]), one[1]))
    for column, letter in in_order:
        heading, name = clean(table.names[column]), TRACKER.heading_of(column)
        same = heading.casefold() == name.casefold()
        parts.append(f"{letter} {heading}" if same else f"{letter} {heading} = {name}")
    return _("Columns that were read: {columns}").format(columns=", ".join(parts))


def _doubtful(tracker: Tracker) -> TextTable:
    columns = [
        Column(_("Cell"), wide=True, most=20),
        Column(_("What stands there"), wide=True, most=26),
        Column(_("What was done with it"), wide=True),
    ]
    rows = [
        TableRow((cell_names(one.cells, tracker.table), _shown(one.text), one.what), "soon")
        for one in tracker.findings.doubts
    ]
    if empty := tracker.findings.empty:
        by_text: dict[str, list[str]] = {}
        for (number, column), text in empty.items():
            if tracker.findings.is_imported(number):
                by_text.setdefault(text, []).append(cell_names([(number, column)], tracker.table))
        for text, cells in by_text.items():
            letters = [cell.partition(" ")[0] for cell in cells]
            where = ", ".join([*letters[:_MOST_CELLS], *(["…"] if letters[_MOST_CELLS:] else [])])
            rows.append(TableRow((where, _shown(text), _("nothing to write"))))
    title = ngettext("Doubtful: {count} point", "Doubtful: {count} points", len(rows))
    return TextTable(title.format(count=len(rows)), columns, rows)


_MOST_CELLS = 8


def _left(tracker: Tracker, unread: Sequence[str], hints: Sequence[str]) -> TextTable:
    columns = [Column(_("Cell"), wide=True, most=24), Column(_("Why"), wide=True)]
    rows = [
        TableRow((cell_names(cells, tracker.table), why), "late")
        for cells, why in tracker.findings.left
    ]
    for meeting, numbers in tracker.findings.existing.items():
        message = _("{meeting} is in the record already: its file is not touched")
        rows.append(TableRow((row_ranges(numbers), message.format(meeting=meeting))))
    for heading, hint in zip(unread, hints, strict=True):
        rows.append(TableRow((_("column {name}").format(name=in_quotes(clean(heading))), hint)))
    return TextTable(_("Left out"), columns, rows)


def _shown(text: str) -> str:
    words = clean(collapse(text))
    return words if len(words) <= _MOST_TEXT else f"{words[: _MOST_TEXT - 1]}…"
