"""What an import understood, what is doubtful and what it leaves, as tables for people."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from grcm_cli.domain.model import Entry
from grcm_cli.domain.register import Register
from grcm_cli.formats.listing import Column, TableRow, TextTable
from grcm_cli.imports.cells import names_apart, read_days
from grcm_cli.imports.findings import cell_names, row_ranges
from grcm_cli.imports.new_parties import country_code
from grcm_cli.imports.tracker import Tracker
from grcm_cli.language.lexicon import all_entries
from grcm_cli.language.text import _, clean, collapse, fold, in_quotes, ngettext
from grcm_cli.reader import emit
from grcm_cli.reader.due_phrases import due_meaning
from grcm_cli.sheets.table import SheetTable
from grcm_cli.sheets.tracker import TRACKER, tracker_state

_MOST_TEXT = 70
"""Characters of a cell that a report shows."""
_MOST_CELLS = 8
_DUE_WORDS = all_entries("tracker.heading_words.due")
_STATE_WORDS = all_entries("tracker.heading_words.state")
_OTHERS = {"start": ("due",)}
"""What a heading with one meaning, as *Fecha*, may mean all the same."""


def import_report(
    tracker: Tracker, entries: Sequence[Entry], register: Register
) -> list[TextTable]:
    """Return the tables of the report of a tracker and of the entries that it gives."""
    _doubt_headings(tracker)
    tables = (_understood(tracker, entries), _doubtful(tracker), _left(tracker, register))
    return [table for table in tables if table.rows]


def missing_parties(tracker: Tracker) -> list[str]:
    """Return the lines that add to the register who is named and is not in it."""
    missing = tracker.findings.missing.lines()
    lines = []
    for section in dict.fromkeys(party.section for party in missing):
        lines.append(f"{section}:")
        for party in missing:
            if party.section == section:
                values = {"name": party.name, "aliases": list(party.aliases)}
                values = {key: value for key, value in values.items() if value}
                line = emit.mapping({party.code: values}, in_brackets=True)
                lines.append(f"  {line.strip()[1:-1]}")
    return lines


def _doubt_headings(tracker: Tracker) -> None:
    """Note which headings have several meanings, and how each was read."""
    for column, heading in tracker.table.names.items():
        meanings = TRACKER.meanings(heading) if TRACKER.is_doubtful(heading) else []
        others = [name for name in (*meanings, *_OTHERS.get(column, ())) if name != column]
        if others:
            message = _("read as {name}; if it is something else: {option}")
            option = f'--map "{clean(heading)}={TRACKER.heading_of(others[0])}"'
            name = TRACKER.heading_of(column)
            tracker.findings.doubt(0, column, heading, message, name=name, option=option)


def _understood(tracker: Tracker, entries: Sequence[Entry]) -> TextTable:
    columns = [Column(_("Meeting")), Column(_("Days")), Column(_("Content"), wide=True)]
    rows = []
    counts = Counter(entry.mandate.text.partition("/")[0] for entry in entries)
    for meeting in tracker.meetings:
        first, last = meeting.keys.days
        same = sum(a == b for a, b in zip(first.timetuple()[:2], last.timetuple()[:2], strict=True))
        end = "" if last == first else f" – {last.isoformat()[(0, 5, 8)[same] :]}"
        mandates = sum(len(conclusion.mandates) for conclusion in meeting.conclusions)
        content = content_words(len(meeting.conclusions), mandates, counts[meeting.keys.id])
        where = ngettext("row {numbers}", "rows {numbers}", len(meeting.rows))
        where = where.format(numbers=row_ranges(meeting.rows))
        cells = (meeting.keys.id, f"{first.isoformat()}{end}", f"{content}; {where}")
        rows.append(TableRow(cells))
    table, headings = tracker.table, []
    for column, letter in sorted(table.letters.items(), key=lambda one: (len(one[1]), one[1])):
        heading, name = clean(table.names[column]), TRACKER.heading_of(column)
        is_same = heading.casefold() == name.casefold()
        headings.append(f"{letter} {heading}" if is_same else f"{letter} {heading} = {name}")
    note = _("Columns that were read: {columns}").format(columns=", ".join(headings))
    count = len(tracker.meetings)
    title = ngettext("Understood: {count} meeting", "Understood: {count} meetings", count)
    return TextTable(title.format(count=count), columns, rows, [note])


def content_words(conclusions: int, mandates: int | None, entries: int | None = None) -> str:
    """Return how much a meeting has; None stands for what is not counted."""
    counts = {
        ngettext("{count} conclusion", "{count} conclusions", conclusions): conclusions,
        ngettext("{count} mandate", "{count} mandates", mandates or 0): mandates,
        ngettext("{count} entry", "{count} entries", entries or 0): entries,
    }
    return ", ".join(text.format(count=n) for text, n in counts.items() if n is not None)


def doubtful_table(place: Column, rows: Sequence[TableRow]) -> TextTable:
    """Return the table of what is doubtful, by the place of each point."""
    columns = [
        place,
        Column(_("What stands there"), wide=True, most=26),
        Column(_("What was done with it"), wide=True),
    ]
    title = ngettext("Doubtful: {count} point", "Doubtful: {count} points", len(rows))
    return TextTable(title.format(count=len(rows)), columns, rows)


def _doubtful(tracker: Tracker) -> TextTable:
    table, ignored = tracker.table, tracker.findings.ignored()
    rows = [
        TableRow((cell_names(doubt.cells, table), _shown(doubt.text), doubt.what), "soon")
        for doubt in tracker.findings.doubts
    ]
    by_text: dict[str, list[str]] = {}
    for (number, column), text in tracker.findings.empty.items():
        if number not in ignored:
            by_text.setdefault(text, []).append(cell_names([(number, column)], table))
    for text, cells in by_text.items():
        letters = [cell.partition(" ")[0] for cell in cells]
        where = ", ".join([*letters[:_MOST_CELLS], *(["…"] if letters[_MOST_CELLS:] else [])])
        rows.append(TableRow((where, _shown(text), _("nothing to write"))))
    return doubtful_table(Column(_("Cell"), wide=True, most=20), rows)


def _shown(text: str) -> str:
    words = clean(collapse(text))
    return words if len(words) <= _MOST_TEXT else f"{words[: _MOST_TEXT - 1]}…"


def _left(tracker: Tracker, register: Register) -> TextTable:
    columns = [Column(_("Cell"), wide=True, most=24), Column(_("Why"), wide=True)]
    rows = [
        TableRow((cell_names(cells, tracker.table), why), "late")
        for cells, why in tracker.findings.left_by_reason()
    ]
    for meeting, numbers in tracker.findings.existing.items():
        message = _("{meeting} is in the record already: its file is not touched")
        rows.append(TableRow((row_ranges(numbers), message.format(meeting=meeting))))
    for heading in tracker.table.unread:
        meanings = TRACKER.meanings(heading)
        column = meanings[0] if meanings else _likely_column(heading, tracker.table, register)
        name = TRACKER.heading_of(column)
        message = _("not read; to read it as {name}: {option}")
        hint = message.format(name=name, option=f'--map "{clean(heading)}={name}"')
        rows.append(TableRow((_("column {name}").format(name=in_quotes(clean(heading))), hint)))
    return TextTable(_("Left out"), columns, rows)


def _likely_column(heading: str, table: SheetTable, register: Register) -> str:
    """Return the column that most cells below a heading fit, and that is not read yet; else note.

    Days are deadlines, or the days of states where the heading has a word of these.
    """
    cells = [cell for cell in table.unread_cells.get(heading, ()) if isinstance(cell, str | date)]
    folded = fold(heading)
    is_due = any(word in folded for word in _DUE_WORDS)
    is_state = not is_due and any(word in folded for word in _STATE_WORDS)
    checks: Mapping[str, Callable[[str | date], bool]] = {
        "on" if is_state else "due": _is_day,
        "progress": lambda cell: isinstance(cell, str) and tracker_state(cell) is not None,
        "responsible": lambda cell: isinstance(cell, str) and _names_parties(cell, register),
    }
    for column, fits in checks.items():
        if column not in table.letters and 2 * sum(map(fits, cells)) > len(cells):
            return column
    return "note"


def _is_day(cell: str | date) -> bool:
    if isinstance(cell, date) or read_days(cell, "day-first"):
        return True
    return bool(due_meaning(" ".join(cell.split())).forms)


def _names_parties(text: str, register: Register) -> bool:
    names = names_apart(text)
    return bool(names) and all(
        register.directory.named(name) or country_code(name) for name in names
    )
