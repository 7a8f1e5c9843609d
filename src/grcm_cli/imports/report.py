"""What an import understood, what is doubtful and what it leaves, as tables for people."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain

from grcm_cli.domain.model import Entry, Location
from grcm_cli.domain.register import Register
from grcm_cli.edoxen import NAME
from grcm_cli.formats.listing import Column, TableRow, TextTable
from grcm_cli.imports import NewMeeting
from grcm_cli.imports.cells import names_apart
from grcm_cli.imports.edoxen import Meetings
from grcm_cli.imports.findings import Place, PlacedDoubt, Row, Tracker, cell_names, country_code
from grcm_cli.imports.plan import Drafts
from grcm_cli.language.lexicon import all_entries
from grcm_cli.language.text import _, clean, collapse, counted, fold, in_quotes, in_series, ngettext
from grcm_cli.sheets.cells import read_days
from grcm_cli.sheets.headings import TRACKER, kind_of, state_named
from grcm_cli.sheets.table import SheetTable, row_ranges
from grcm_cli.times.alone import due_meaning

_MOST_TEXT = 70  # characters of a cell that a report shows
_Shown = Callable[[Sequence[Place]], str]  # returns places as people read them
_MOST_PLACES = 3
_MOST_NAMES = 12
_DUE_WORDS = all_entries("tracker.heading_words.due")
_STATE_WORDS = all_entries("tracker.heading_words.state")
_OTHERS = {"start": ("due",)}  # what a heading with one meaning, as *Fecha*, may mean all the same


def import_report(tracker: Tracker, entries: Sequence[Entry]) -> list[TextTable]:
    """Return the tables of the report of a tracker and of the entries that it gives."""
    table = tracker.table
    for column, heading in table.names.items():
        meanings = (*TRACKER.meanings(heading), *_OTHERS.get(column, ()))
        if alternatives := [name for name in meanings if name != kind_of(column)]:
            message = _("read as {name}; if it is something else: {option}")
            option = f'--map "{clean(heading)}={TRACKER.heading_of(alternatives[0])}"'
            name = TRACKER.heading_of(column)
            Row(0, {}, tracker).doubt(column, heading, message, name=name, option=option)
    shown = partial(cell_names, table=table)
    place = Column.text(_("Cell"), 24)
    left = _left(place, tracker.reasons, shown)
    rows = []
    counts = Counter(entry.mandate.text.partition("/")[0] for entry in entries)
    for meeting in tracker.meetings:
        mandates = sum(len(conclusion.mandates) for conclusion in meeting.conclusions or ())
        *named, content = _understood_cells(meeting, mandates, counts[meeting.id])
        where = ngettext("row {numbers}", "rows {numbers}", len(meeting.rows))
        where = where.format(numbers=row_ranges(meeting.rows))
        rows.append(TableRow((*named, in_series((content, where)))))
    headings = []
    for column, letter in table.letters.items():
        heading, name = table.names[column], TRACKER.heading_of(column)
        is_same = heading.casefold() == name.casefold()
        headings.append(f"{letter} {heading}" if is_same else f"{letter} {heading} = {name}")
    note = _("Columns that were read: {columns}").format(columns=", ".join(headings))
    tables = (
        _understood_table(rows, [])._replace(notes=[note]),
        _unsure(place._replace(most=20), tracker.doubts, shown),
        left._replace(rows=[*left.rows, *_unread_columns(table, tracker.register)]),
    )
    return [table for table in tables if table.rows]


def _understood_table(rows: Sequence[TableRow], further: Sequence[Column]) -> TextTable:
    """Return the table of new meetings, a meeting a row; `further` are columns at its end."""
    columns = [Column(_("Meeting")), Column(_("Days")), Column.text(_("Content")), *further]
    title = counted("Understood: {count} meeting", "Understood: {count} meetings", len(rows))
    return TextTable(title, columns, rows)


def _understood_cells(
    meeting: NewMeeting, mandates: int | None, entries: int | None = None
) -> tuple[str, str, str]:
    """Return the id, the days and the content of a meeting; a count of None is left out.

    Of the last day only what differs: `2020-03-03 – 05`.
    """
    words = [counted("{count} conclusion", "{count} conclusions", len(meeting.conclusions or ()))]
    if mandates is not None:
        words.append(counted("{count} mandate", "{count} mandates", mandates))
    if entries is not None:
        words.append(counted("{count} entry", "{count} entries", entries))
    first, last = map(str, meeting.days)
    begin = 8 if first[:7] == last[:7] else 5 if first[:4] == last[:4] else 0
    days = first if last == first else f"{first} – {last[begin:]}"
    return meeting.id, days, ", ".join(words)


def _unsure(place: Column, doubts: Iterable[PlacedDoubt[Place]], shown: _Shown[Place]) -> TextTable:
    columns = [
        place,
        Column.text(_("What is in the file"), 26),
        Column.text(_("What was done with it")),
    ]
    rows = []
    for doubt in doubts:
        text = clean(collapse(doubt.text))
        text = text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…"
        cells = (shown(doubt.places), text, doubt.what)
        rows.append(TableRow(cells, "" if doubt.is_notice else "soon"))
    title = counted("Doubtful: {count} point", "Doubtful: {count} points", len(rows))
    return TextTable(title, columns, rows)


def _left(place: Column, doubts: Iterable[PlacedDoubt[Place]], shown: _Shown[Place]) -> TextTable:
    rows = [
        TableRow((shown(doubt.places), doubt.what), "" if doubt.is_notice else "late")
        for doubt in doubts
    ]
    return TextTable(_("Left out"), [place, Column.text(_("Why"))], rows)


def _unread_columns(table: SheetTable, register: Register) -> Iterator[TableRow]:
    for name in table.headless:
        yield TableRow((_("column {name}").format(name=name), _("it has no heading")))
    for heading in table.unread:
        meanings = TRACKER.meanings(heading) or [_likely_column(heading, table, register)]
        name = TRACKER.heading_of(meanings[0])
        message = _("not read; to read it as {name}: {option}")
        hint = message.format(name=name, option=f'--map "{clean(heading)}={name}"')
        yield TableRow((_("column {name}").format(name=in_quotes(clean(heading))), hint))


def _likely_column(heading: str, table: SheetTable, register: Register) -> str:
    """Return the column, not read yet, that most cells below a heading fit; else `note`."""
    cells = [cell for cell in table.unread.get(heading, ()) if isinstance(cell, str | date)]
    folded = fold(heading)
    is_due = any(word in folded for word in _DUE_WORDS)
    texts = [cell for cell in cells if isinstance(cell, str)]
    named, counts = register.directory.named, Counter[str]()
    day = "on" if not is_due and any(word in folded for word in _STATE_WORDS) else "due"
    counts[day] = len(cells) - len(texts)
    for text in texts:
        names = names_apart(text)
        is_day = read_days(text, "day-first") or due_meaning(" ".join(text.split())).forms
        counts[day] += bool(is_day)
        counts["progress"] += state_named(text) is not None
        are_parties = (named(name) or country_code(name) for name in names)
        counts["responsible"] += bool(names) and all(are_parties)
    likely = (name for name in (day, "progress", "responsible") if name not in table.letters)
    return next((name for name in likely if 2 * counts[name] > len(cells)), "note")


def collections_report(meetings: Meetings, drafted: Drafts) -> list[TextTable]:
    """Return the tables of the report of collections."""
    understood = []
    for meeting in meetings.made:
        duties = sum(len(draft.reading.duties) for draft in drafted.get(meeting.id, {}).values())
        cells = _understood_cells(meeting, duties or None)
        understood.append(TableRow((*cells, clean(meeting.at.path))))

    def shown(places: Sequence[Location]) -> str:
        names = (f"{at.path}:{at.line}" if at.width else at.path for at in places[:_MOST_PLACES])
        hidden = len(places) - _MOST_PLACES
        return clean(", ".join(names)) + (f" (+{hidden})" if hidden > 0 else "")

    place = Column.text(_("Place"))
    tables = [
        _understood_table(understood, [Column.text(_("File"))]),
        _unsure(place, meetings.doubts, shown),
        _left(place, meetings.left, shown),
    ]
    if meetings.made:
        listed = chain(*(meeting.conclusions or () for meeting in meetings.made))
        kept = Counter(key for conclusion in listed for key in conclusion.metadata.get(NAME, {}))
        pairs = [
            (_("identifier, dates and title of the meeting"), "id, body, start, end, title"),
            (_("identifier of a decision"), "number"),
            (_("message; if left out, considerations and actions, in order"), "text"),
            (_("types of action"), "acts"),
        ]
        if names := ", ".join(f"{clean(key)} ({count})" for key, count in kept.most_common()):
            pairs.append((names, f"metadata: {NAME}"))
        columns = [Column.text(_("In the collection")), Column(_("In the meeting's file"))]
        tables.append(TextTable(_("Where each part goes"), columns, list(map(TableRow, pairs))))
    return [table for table in tables if table.rows]


def unnamed_parties(drafted: Drafts) -> str:
    """Return the words for bound parties that the register lacks; empty if there are none."""
    drafts = [draft for by_number in drafted.values() for draft in by_number.values()]
    bound = [duty.who for draft in drafts for duty in draft.reading.duties]
    names = Counter(collapse(who.words) for who in bound if who.mode == "nobody" and who.words)
    who = [f"{in_quotes(clean(name))} ({count})" for name, count in names.most_common(_MOST_NAMES)]
    return ", ".join([*who, *(["…"] if len(names) > _MOST_NAMES else [])])
