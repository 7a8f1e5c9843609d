"""What an import understood, what is doubtful and what it leaves, as tables for people."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from grcm_cli.domain.model import Entry, Location
from grcm_cli.domain.register import Register
from grcm_cli.drafting.languages import language_name
from grcm_cli.edoxen.format import NAME, Tree
from grcm_cli.formats.listing import Column, TableRow, TextTable
from grcm_cli.imports.cells import names_apart, read_days
from grcm_cli.imports.edoxen.meetings import DecisionDoubt, Meetings, NewBody
from grcm_cli.imports.findings import cell_names, country_code
from grcm_cli.imports.plan import CollectionPlan
from grcm_cli.imports.tracker import Tracker
from grcm_cli.language.lexicon import all_entries
from grcm_cli.language.text import _, clean, collapse, fold, in_quotes, ngettext
from grcm_cli.reader import emit
from grcm_cli.reader.advice import due_meaning
from grcm_cli.reader.emit import tree_lines
from grcm_cli.sheets.headings import TRACKER, state_named
from grcm_cli.sheets.table import SheetTable, row_ranges

_MOST_TEXT = 70
"""Characters of a cell that a report shows."""
_MOST_CELLS = 8
_MOST_PLACES = 3
_MOST_NAMES = 12
_DUE_WORDS = all_entries("tracker.heading_words.due")
_STATE_WORDS = all_entries("tracker.heading_words.state")
_OTHERS = {"start": ("due",)}
"""What a heading with one meaning, as *Fecha*, may mean all the same."""


def import_report(
    tracker: Tracker, entries: Sequence[Entry], register: Register
) -> list[TextTable]:
    """Return the tables of the report of a tracker and of the entries that it gives."""
    _doubt_headings(tracker)
    places = Column(_("Cell"), wide=True, most=20)
    tables = (
        _understood(tracker, entries),
        _doubtful_table(places, _doubtful_cells(tracker)),
        _left(tracker, register),
    )
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
        meanings = (*TRACKER.meanings(heading), *_OTHERS.get(column, ()))
        others = [name for name in meanings if name != column]
        if others:
            message = _("read as {name}; if it is something else: {option}")
            option = f'--map "{clean(heading)}={TRACKER.heading_of(others[0])}"'
            name = TRACKER.heading_of(column)
            tracker.findings.doubt(0, column, heading, message, name=name, option=option)


def _understood(tracker: Tracker, entries: Sequence[Entry]) -> TextTable:
    rows = []
    counts = Counter(entry.mandate.text.partition("/")[0] for entry in entries)
    for meeting in tracker.meetings:
        first, last = meeting.keys.days
        same = sum(a == b for a, b in zip(first.timetuple()[:2], last.timetuple()[:2], strict=True))
        end = "" if last == first else f" – {last.isoformat()[(0, 5, 8)[same] :]}"
        mandates = sum(len(conclusion.mandates) for conclusion in meeting.conclusions)
        content = _content_words(len(meeting.conclusions), mandates, counts[meeting.keys.id])
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
    return _understood_table(rows, [])._replace(notes=[note])


def _understood_table(rows: Sequence[TableRow], further: Sequence[Column]) -> TextTable:
    """Return the table of new meetings, a meeting a row; `further` are columns at its end."""
    columns = [Column(_("Meeting")), Column(_("Days")), Column(_("Content"), wide=True), *further]
    title = ngettext("Understood: {count} meeting", "Understood: {count} meetings", len(rows))
    return TextTable(title.format(count=len(rows)), columns, rows)


def _content_words(conclusions: int, mandates: int | None, entries: int | None = None) -> str:
    """Return how much a meeting has; None stands for what is not counted."""
    counts = {
        ngettext("{count} conclusion", "{count} conclusions", conclusions): conclusions,
        ngettext("{count} mandate", "{count} mandates", mandates or 0): mandates,
        ngettext("{count} entry", "{count} entries", entries or 0): entries,
    }
    return ", ".join(text.format(count=n) for text, n in counts.items() if n is not None)


def _doubtful_table(place: Column, rows: Sequence[TableRow]) -> TextTable:
    """Return the table of what is doubtful, by the place of each point."""
    columns = [
        place,
        Column(_("What stands there"), wide=True, most=26),
        Column(_("What was done with it"), wide=True),
    ]
    title = ngettext("Doubtful: {count} point", "Doubtful: {count} points", len(rows))
    return TextTable(title.format(count=len(rows)), columns, rows)


def _doubtful_cells(tracker: Tracker) -> list[TableRow]:
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
    return rows


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
    rows += [
        TableRow((_("column {name}").format(name=name), _("it has no heading")))
        for name in tracker.table.headless
    ]
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
        "progress": lambda cell: isinstance(cell, str) and state_named(cell) is not None,
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


# --- collections ----------------------------------------------------------------------------------


def collections_report(meetings: Meetings, plan: CollectionPlan) -> list[TextTable]:
    """Return the tables of the report of collections."""
    understood = []
    for meeting in meetings.made:
        days = meeting.first.isoformat()
        days += f" – {meeting.last.isoformat()}" if meeting.last > meeting.first else ""
        mandates = plan.mandates.get(meeting.id) or None
        content = _content_words(len(meeting.conclusions or ()), mandates)
        understood.append(TableRow((meeting.id, days, content, clean(meeting.at.path))))
    left = []
    for undated in meetings.undated:
        why = _("the file says no day of the meeting: write `date` into its `metadata`")
        if undated.what == "order":
            why = _("the meeting ends before it starts")
        left.append(TableRow((_file_and_line(undated.at), why), "late"))
    for at, meeting_id in meetings.existing:
        why = _("{meeting} is in the record already: its file is not touched")
        left.append(TableRow((_file_and_line(at), why.format(meeting=clean(meeting_id)))))
    places = Column(_("Place"), wide=True)
    tables = [
        _understood_table(understood, [Column(_("File"), wide=True)]),
        _doubtful_table(places, _doubtful_decisions(meetings)),
        TextTable(_("Left out"), [places, Column(_("Why"), wide=True)], left),
        *([_where_it_went(meetings)] if meetings.made else []),
    ]
    return [table for table in tables if table.rows]


def body_lines(bodies: Sequence[NewBody]) -> list[str]:
    """Return the lines that add bodies to the register."""
    lines = ["bodies:"]
    for body in bodies:
        names: Tree = body.names[""] if body.names.keys() == {""} else dict(body.names)
        keys = {"name": names, "aliases": list(body.aliases)}
        lines += tree_lines(body.code, {key: keys[key] for key in keys if keys[key]}, "  ")
    return lines


def unnamed_parties(plan: CollectionPlan) -> str:
    """Return the words for who is bound that the register lacks; empty where there are none."""
    names = plan.unnamed.most_common(_MOST_NAMES)
    words = [f"{in_quotes(clean(name))} ({count})" for name, count in names]
    return ", ".join([*words, *(["…"] if len(plan.unnamed) > _MOST_NAMES else [])])


def _doubtful_decisions(meetings: Meetings) -> list[TableRow]:
    alike: dict[tuple[str, str], list[DecisionDoubt]] = {}
    for doubt in meetings.doubts:
        text = "" if doubt.kind == "title" else doubt.text
        alike.setdefault((doubt.kind, text), []).append(doubt)
    rows = []
    for (kind, text), same in alike.items():
        places = ", ".join(_file_and_line(doubt.at) for doubt in same[:_MOST_PLACES])
        places += f" (+{len(same) - _MOST_PLACES})" if len(same) > _MOST_PLACES else ""
        rows.append(TableRow((places, clean(text), _done_with(kind, same)), "soon"))
    for path, sentences in meetings.documents.notes.items():
        rows += [TableRow((clean(path), "", clean(sentence))) for sentence in sentences]
    if empties := meetings.documents.empties:
        places = clean(", ".join(map(str, empties[:_MOST_PLACES])))
        places += "…" if len(empties) > _MOST_PLACES else ""
        rows.append(TableRow((places, "", _("a key without a value: left out"))))
    return rows


def _done_with(kind: str, alike: Sequence[DecisionDoubt]) -> str:
    match kind:
        case "number":
            message = _("no number in the form of grcm; written as {number}")
            return message.format(number=clean(alike[0].more))
        case "repeated":
            message = _("the number is there before; written as {numbers}")
            return message.format(numbers=", ".join(clean(doubt.more) for doubt in alike[:6]))
        case "title":
            return _("the decision has no text; its title, subject or number stands for it")
        case "language":
            message = _("texts without a language; read as {language}")
            return message.format(language=language_name(alike[0].text))
        case "days":
            return _("the file says no day of the meeting: the days of its decisions were taken")
        case _:
            return _("an unknown type of action: no act was made of it; it is in the metadata")


def _where_it_went(meetings: Meetings) -> TextTable:
    """Return where what has no key of grcm's went."""
    conclusions = [one for meeting in meetings.made for one in meeting.conclusions or ()]
    kept = Counter(key for one in conclusions for key in one.metadata.get(NAME, {}))
    rows = [
        TableRow((_("identifier, dates and title of the meeting"), "id, body, start, end, title")),
        TableRow((_("identifier of a decision"), "number")),
        TableRow((_("message; else considerations and actions, in their order"), "text")),
        TableRow((_("types of actions"), "acts")),
    ]
    if names := ", ".join(f"{clean(key)} ({count})" for key, count in kept.most_common()):
        rows.append(TableRow((names, f"metadata: {NAME}")))
    columns = [Column(_("In the collection"), wide=True), Column(_("In the meeting's file"))]
    return TextTable(_("Where it went"), columns, rows)


def _file_and_line(at: Location) -> str:
    return clean(f"{at.path}:{at.line}")
