"""Tables: rows of a word processor or written as text, and which of them are conclusions."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice, pairwise, takewhile, zip_longest
from typing import Literal

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.labels import REFERENCES
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    begins_with_verb,
    is_list_heading,
    is_open_text,
    is_short,
)
from grcm_cli.language.days import ANY_MONTH
from grcm_cli.language.lexicon import all_entries
from grcm_cli.language.text import fold, fold_words, with_single_spaces

_TEXT_COLUMNS = all_entries("table.text_columns")
_ACTIVITY_COLUMNS = all_entries("table.activity_columns")
_PROGRAMME_COLUMNS = all_entries("table.programme_columns")
_OTHER_COLUMNS = all_entries("table.other_columns")
ColumnKind = Literal["who", "when", "support", "other", ""]
_COLUMNS: Mapping[ColumnKind, tuple[str, ...]] = {
    "who": all_entries("table.responsible_columns"),
    "when": all_entries("table.deadline_columns"),
    "support": all_entries("table.support_columns"),
}
_BESIDE_COLUMNS = (*_OTHER_COLUMNS, *chain(*_COLUMNS.values()))
_KNOWN_COLUMNS = (*_TEXT_COLUMNS, *_ACTIVITY_COLUMNS, *_BESIDE_COLUMNS)
_MAX_WORDS = 5  # of the head of a column
_DAY = re.compile(
    rf"[0-9]\W.{{0,12}}\b(?:{ANY_MONTH})\b|\b(?:{ANY_MONTH})\b.{{0,8}}[0-9]"
    r"|\b[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{2}){1,2}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b",
    re.IGNORECASE,
)
_MAX_DAY = 40  # characters of a cell that is a day
_DATED_SHARE = 0.6
"""The least share of rows with a day in one column, in a table of assignments without a head."""
_TAB = re.compile(" *\t *")
_SEPARATORS = (_TAB, *map(re.compile, (r"\s*\|\s*", r"\s+/\s+", r"\s*;\s+")))
_TEXT_NUMBER = re.compile(
    r"\(?(?:[A-Z]{1,3}[.-]?)?[0-9]{1,4}(?:\.[0-9]{1,3}){0,3}[.)]?|[0-9]{1,3}[/-][0-9]{1,3}[.)]?"
)
_ITEM = re.compile(r"\(?(?:[0-9]{1,3}|[a-z])[.)]\s|[-•–]\s")
"""The beginning of a paragraph that has a label, and is in no table."""
_COLUMN = re.compile(r"\S+(?: \S+)*")
"""A cell of a row whose columns are set apart by two or more spaces."""
_DRAWN = re.compile(r"[\s|:+=-]+")
_CUT_WORD = re.compile(r"[^\W\d_]-$")
_MAX_CUT = 2
_FRAME = 3
"""The rules of a table without rules between its rows: above and below the heads, and at the end."""
_MAX_ROW = 1_000  # characters of a head, or of a row without one
_FIRST = 4  # lines of a table among which its first row is
_MAX_BETWEEN = 8  # lines between two rows: a gap, the foot of a page, the heads again, a heading
_MAX_HEADING = 90  # characters of a heading between two rows
_MAX_HEADS = 6  # columns of a table whose cells stand one below the other
_MAX_LINES = 60  # of one row between pipes; a longer one has no end
_Cut = Callable[[str], Sequence[str]]
_Rows = tuple[int, Sequence[Paragraph]]  # of how many paragraphs some rows are made, and the rows
_ROW_NUMBER = re.compile(
    r"(?-i:[A-Z]{1,10}(?:[/.-][A-Za-z./ -]{0,20})?[0-9])|\W*[0-9]+[a-z]?\b|\(?[a-z]\)|[ivxl]+\b",
    re.IGNORECASE,
)
_MAX_NUMBER = 3  # characters of a letter or number of a row without a text
_NUMBERED_SHARE = 0.6  # the least share of rows with a number, in a table that numbers conclusions


def is_head(cells: Sequence[str]) -> bool:
    """Tell whether cells name the columns of a table."""
    filled = list(filter(str.strip, cells))
    if any(len(cell.split()) > _MAX_WORDS for cell in filled):
        return False
    return sum(fold(cell.strip()).startswith(_KNOWN_COLUMNS) for cell in filled) > 1


def column_kind(head: str) -> ColumnKind:
    """Return what the cells of a column say, by the words of its head; empty where it is unknown."""
    folded = fold_words(head)
    kinds = (kind for kind, words in _COLUMNS.items() if any(word in folded for word in words))
    return next(kinds, "other" if folded.startswith(_OTHER_COLUMNS) else "")


def text_columns(heads: Sequence[str]) -> list[int]:
    """Return the columns of texts, by their heads.

    A column of activities is one beside who or by when, and in no programme of a meeting.
    """
    columns = list(enumerate(fold(head.strip()) for head in heads))
    texts = [(column, head) for column, head in columns if not head.startswith(_BESIDE_COLUMNS)]
    named = [column for column, head in texts if any(word in head for word in _TEXT_COLUMNS)]
    firsts = (word for _column, head in columns for word in head.split()[:1])
    is_programme = any(word in _PROGRAMME_COLUMNS for word in firsts)
    kinds = {"who", "when"}.intersection(map(column_kind, heads))
    if named or is_programme or not kinds:
        return named
    activities = [column for column, head in columns if head.startswith(_ACTIVITY_COLUMNS)]
    unknown = [column for column, head in columns if head and not head.startswith(_KNOWN_COLUMNS)]
    return activities or (unknown if len(kinds) > 1 and len(unknown) == 1 else [])


def is_day(cell: str) -> bool:
    """Tell whether a cell is a day or a month: `3 May 2027`, `by 03/05/2027`, `Feb. 2027`."""
    return len(cell) <= _MAX_DAY and _DAY.search(cell) is not None


def _are_dated(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether one of three or more columns, not the first, has days, and another words."""
    width = min(map(len, rows), default=0)
    for column in range(1, width if width > 2 else 0):
        days = sum(is_day(row[column]) for row in rows)
        others = (cell for row in rows for at, cell in enumerate(row) if at != column)
        if days >= _DATED_SHARE * len(rows) and any(len(cell.split()) > 1 for cell in others):
            return True
    return False


# --- rows written as text: between pipes, or apart by tabs, slashes or semicolons -----------------


def with_text_rows(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document, rows written as text as rows with cells."""
    paragraphs = list(_with_whole_rows(paragraphs))
    place = 0
    while place < len(paragraphs):
        plain = _is_plain(paragraphs[place])
        forms = (_piped, _separated, _aligned, _stacked) if plain else ()
        rows = next(filter(None, (form(paragraphs, place) for form in forms)), None)
        count, content = rows or (1, [paragraphs[place]])
        yield from content
        place += count


def _is_plain(paragraph: Paragraph) -> bool:
    return not (paragraph.cells or paragraph.label or paragraph.aside or paragraph.notes)


def _lines(paragraphs: Sequence[Paragraph], place: int) -> Iterator[str]:
    """Yield the plain lines from a place on."""
    following = map(paragraphs.__getitem__, range(place, len(paragraphs)))
    return (paragraph.text for paragraph in takewhile(_is_plain, following))


def _rows_of(lines: Sequence[Paragraph], *, wraps: bool = False) -> list[Paragraph]:
    """Return the rows that the lines of a table are, and what stands between them.

    Where a rule is drawn below each row, and none below several, all above it is the row. Else a
    line without a first cell goes on with the row above, if cells wrap or the others are numbers.
    """
    rules = [at for at, line in enumerate(lines) if _DRAWN.fullmatch(line.text)]
    groups = (lines[start:end] for start, end in pairwise(rules))
    is_ruled = len(rules) > _FRAME and not any(map(_has_rows, groups))
    firsts = [line.cells[0] for line in lines if line.cells and not is_head(line.cells)]
    numbers = list(map(_TEXT_NUMBER.fullmatch, filter(None, firsts)))
    wraps = wraps or (1 < len(numbers) < len(firsts) and all(numbers))
    rows: list[Paragraph] = []
    is_below_rule = True
    for line in lines:
        cells = line.cells
        above = rows[-1].cells if rows else ()
        goes_on = len(cells) == len(above) and not is_below_rule
        goes_on = goes_on and (is_ruled or (wraps and not cells[0]))
        if goes_on and (cells[0] or not _begins_row(above, cells)):
            rows[-1] = _row(list(map(_joined_cell, above, cells)))
        elif cells or line.text:
            rows.append(_row(cells, line.text) if cells else line._replace(aside=True))
        is_below_rule = not cells
    return rows


def _has_rows(lines: Sequence[Paragraph]) -> bool:
    """Tell whether the lines between two rules are several rows, each with a number."""
    return sum(bool(line.cells and _TEXT_NUMBER.fullmatch(line.cells[0])) for line in lines) > 1


def _begins_row(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Tell whether a row without a number is one of its own, and no more lines of the one above.

    Each of its cells begins anew then, none of those above it is left open, and it has a day of
    its own, or the sentence above has ended: words in capitals begin in wrapped lines, too.
    """
    filled = [(before, cell) for before, cell in zip(above, cells, strict=True) if cell]
    is_new = all(
        (cell[0].isupper() or is_day(cell)) and not is_open_text(before) for before, cell in filled
    )
    is_ended = any(before[-1:] in ".;" or is_day(cell) for before, cell in filled if before)
    return is_new and is_ended and len(filled) > 1 and any(" " in cell for _before, cell in filled)


def _joined_cell(above: str, below: str) -> str:
    """Return the words of a cell and of the line below it; a word that the line end cut is one."""
    is_cut = below[:1].islower() and _CUT_WORD.search(above[-_MAX_CUT:]) is not None
    return above[:-1] + below if is_cut else " ".join(filter(None, (above, below)))


def _collected(
    paragraphs: Sequence[Paragraph], place: int, cut: _Cut, heads: Sequence[str] = ()
) -> _Rows:
    """Return of how many paragraphs a table from a place on is made, and its lines.

    `cut` gives the cells of a line, none of one that is no row. Empty lines, headings, the heads
    again and feet of pages may stand between two rows: they have no cells, nor has a drawn rule.
    """
    lines = [Paragraph(paragraphs[place].text, cells=heads)] if heads else []
    count = len(lines)
    firsts: set[str] = set()  # the first cells of its rows
    between: list[Paragraph] = []  # of which it is open whether the table goes on after them
    for at in range(place + count, len(paragraphs)):
        text, is_aside = paragraphs[at].text, paragraphs[at].aside
        if not (is_aside or _is_plain(paragraphs[at])):
            break
        cells = () if is_aside else cut(text)
        is_again = bool(lines) and list(cells) == list(lines[0].cells)
        if (is_head(cells) and lines and not is_again) or (
            between and _TEXT_NUMBER.fullmatch(cells[0] if cells else "") and cells[0] in firsts
        ):
            break  # another table
        is_end = _DRAWN.fullmatch(text) is not None and len(lines) > 0 and not between
        if is_end or (cells and not is_again):
            firsts.update(cells[:1])
            lines += [*between, Paragraph(text.strip(), cells=() if is_end else cells)]
            count, between = at + 1 - place, []
        elif (is_again or is_aside or _is_between(text)) and len(between) < _MAX_BETWEEN:
            between.append(Paragraph(text.strip()))
        else:
            break
    return count, lines


def _is_between(text: str) -> bool:
    """Tell whether a line may stand between two rows: an empty one, a rule, a heading."""
    is_heading = text.isupper() or is_short(text)
    is_rule = _DRAWN.fullmatch(text) is not None
    return is_rule or not text.strip() or (is_heading and len(text) <= _MAX_HEADING)


def _piped(paragraphs: Sequence[Paragraph], place: int) -> _Rows | None:
    """Return the rows between pipes from a place on, and those between drawn rules."""

    def cut(text: str) -> Sequence[str]:
        is_row = _is_piped(text) and _DRAWN.fullmatch(text) is None
        return list(map(str.strip, text.strip().strip("|").split("|"))) if is_row else ()

    text = paragraphs[place].text.strip()
    if not text.startswith(("+--", "|")):
        return None
    count, lines = _collected(paragraphs, place, cut)
    rows = _rows_of(lines, wraps=text.startswith("+"))
    return (count, rows) if rows else None


def _is_piped(text: str) -> bool:
    return text.lstrip().startswith("|") and text.count("|") > 1


def _with_whole_rows(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, each row with the lines in which it goes on.

    Between pipes it does up to its last pipe; a row by tabs with a number, up to as many cells as
    there are heads.
    """
    at = width = 0
    while at < len(paragraphs):
        row, size = paragraphs[at], 1
        at += 1
        heads = _TAB.split(row.text[:_MAX_ROW]) if "\t" in row.text else ()
        ends = not heads and bool(row.text.strip()) and not _is_between(row.text)
        width = len(heads) if is_head(heads) else 0 if ends else width
        while at < len(paragraphs) and size < _MAX_LINES and _goes_on(row, paragraphs[at], width):
            text = _joined_cell(row.text.rstrip(" "), paragraphs[at].text.strip(" "))
            row, at, size = row._replace(text=text), at + 1, size + 1
        yield row


def _goes_on(row: Paragraph, following: Paragraph, width: int) -> bool:
    """Tell whether a line goes on with the row of a table above it."""
    above, below = row.text.strip(" "), following.text.strip(" ")
    if not below or not (_is_plain(row) and _is_plain(following)):
        return False
    if _is_piped(above):
        return above[-1] != "|" and below[0] != "|" and not _ITEM.match(below)
    if "\t" not in above:
        return False
    cells, more = _TAB.split(above), _TAB.split(below)
    is_wide = len(cells) + len(more) - 1 > width
    is_row = is_wide or _TEXT_NUMBER.fullmatch(more[0]) or _ITEM.match(below)
    is_open = len(cells) < width and _TEXT_NUMBER.fullmatch(cells[0])
    return bool(is_open) and not is_row and (len(more) > 1 or below[0].islower())


def _aligned(paragraphs: Sequence[Paragraph], place: int) -> _Rows | None:
    """Return the rows from a place on whose columns stand below each other, apart by spaces."""
    head = list(_COLUMN.finditer(paragraphs[place].text[:_MAX_ROW]))
    heads = [cell[0] for cell in head]
    has_heads = is_head(heads)
    if len(heads) < 3 or not (
        has_heads or _TEXT_NUMBER.fullmatch(heads[0]) or any(map(is_day, heads))
    ):
        return None
    following = (paragraph.text for paragraph in paragraphs[place + has_heads : place + _FIRST])
    filled = (text for text in following if text.strip() and not _DRAWN.fullmatch(text))
    first = list(_COLUMN.finditer(next(filled, "")[:_MAX_ROW]))
    starts, at_heads = ([cell.start() for cell in cells] for cells in (first, head))
    is_led = len(starts) == len(heads) + 1 and has_heads
    if is_led and (at_heads[0] >= starts[1] - 1 or _TEXT_NUMBER.fullmatch(first[0][0])):
        heads = ["", *heads]  # the column of the numbers has none
    elif len(starts) < len(heads) and all(start in at_heads for start in starts):
        starts = at_heads  # a cell of the first row is empty
    if len(starts) != len(heads):
        return None
    cut = partial(_cells_at, starts)
    count, lines = _collected(paragraphs, place, cut, heads if has_heads else ())
    rows = _rows_of([line._replace(text="") if line.cells else line for line in lines], wraps=True)
    filled_rows = [row.cells for row in rows if row.cells]
    are_rows = len(filled_rows) > 1 and (has_heads or _are_alike(filled_rows))
    return (count, rows) if are_rows else None


def _cells_at(starts: Sequence[int], text: str) -> list[str]:
    """Return the cells of a line whose columns begin at some places; none where they do not fit."""
    # A single space before a column is a gap as well.
    spaces = {at - 1 for at in starts if text[at - 1 : at] == " "}
    plain = "".join("\t" if at in spaces else sign for at, sign in enumerate(text[:_MAX_ROW]))
    matches = list(_COLUMN.finditer(plain))
    columns = [bisect_right(starts, match.start() + 1) - 1 for match in matches]
    ends = [*starts[1:], _MAX_ROW]
    fit = (match.end() <= ends[at] for match, at in zip(matches, columns, strict=True))
    if _DRAWN.fullmatch(text) or -1 in columns or not all(fit):
        return []
    cells = [""] * len(starts) if matches else []
    for match, column in zip(matches, columns, strict=True):
        cells[column] = _joined_cell(cells[column], match[0])
    return cells


def _separated(paragraphs: Sequence[Paragraph], place: int) -> _Rows | None:
    """Return the rows from a place on that have as many cells as the first, and are like it."""
    first = paragraphs[place].text
    for separator in _SEPARATORS if len(first) <= _MAX_ROW else ():
        heads = _split(separator, first)
        has_heads = len(heads) > 2 and is_head(heads)
        if len(heads) < 3 or (separator is _SEPARATORS[-1] and not has_heads):
            continue
        cut = partial(_row_cells, separator, heads, has_heads=has_heads)
        count, lines = _collected(paragraphs, place, cut, heads if has_heads else ())
        rows = _rows_of(lines)
        if len(rows) > 1:
            return count, rows
    return None


def _split(separator: re.Pattern[str], text: str, most: int = 0) -> list[str]:
    """Return the cells of a line; a tab at its edge is an empty cell."""
    return separator.split(text.strip(" ") if separator is _TAB else text.strip(), most)


def _row_cells(
    separator: re.Pattern[str], first: Sequence[str], text: str, *, has_heads: bool
) -> Sequence[str]:
    """Return the cells of a line below a first one; a row with a number may lack its last cells."""
    width = len(first)
    cells = _split(separator, text if has_heads else text[:_MAX_ROW], width - 1 if has_heads else 0)
    lacks = separator is _TAB and has_heads and 1 < len(cells) < width
    if lacks and _TEXT_NUMBER.fullmatch(cells[0]):
        return [*cells, *[""] * (width - len(cells))]
    fits = len(cells) == width and (has_heads or _are_alike([first, cells]))
    return cells if fits else ()


def _are_alike(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows without a head all begin with a number, or have days in one column."""
    return all(_TEXT_NUMBER.fullmatch(row[0]) for row in rows) or _are_dated(rows)


def _stacked(paragraphs: Sequence[Paragraph], place: int) -> _Rows | None:
    """Return the rows of a table, each with a day, whose cells stand below each other."""
    near = map(str.strip, islice(_lines(paragraphs, place), _MAX_HEADS))
    heads = list(takewhile(lambda text: is_head([text, text]), near))
    when = next((at for at, head in enumerate(heads) if column_kind(head) == "when"), None)
    if when is None or not text_columns(heads):
        return None
    rows: list[Sequence[str]] = []
    lines = takewhile(bool, map(str.strip, _lines(paragraphs, place)))
    while row := list(islice(lines, len(heads))):
        if len(row) < len(heads) or (rows and not is_day(row[when])):
            return None
        rows.append(row)
    return (len(rows) * len(heads), list(map(_row, rows))) if len(rows) > 1 else None


def _names_conclusions(table: Sequence[Paragraph]) -> bool:
    """Tell whether the rows of a table name conclusions, and say who and by when, but no text."""
    heads, *rows = [row.cells for row in table if not (row.aside or _is_rule(row))] or [()]
    kinds = list(map(column_kind, heads[1:]))
    is_known = "" not in kinds and not {"who", "when"}.isdisjoint(kinds)
    if not (rows and is_known and is_head(heads)) or text_columns(heads[1:]):
        return False
    cells = (pair for row in rows for pair in zip(kinds, row[1:], strict=False))
    is_wordy = any(kind == "other" and len(cell.split()) > _MAX_WORDS for kind, cell in cells)
    firsts = [row[0].strip() for row in rows]
    are_references = all(not cell or REFERENCES.fullmatch(cell) for cell in firsts)
    return are_references and firsts[0] != "" and not is_wordy


def _row(cells: Sequence[str], text: str = "") -> Paragraph:
    return Paragraph(text or "  ".join(cells), cells=list(map(with_single_spaces, cells)))


# --- rows that are conclusions, or only more of the text around them ------------------------------


def with_row_lines(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph | TextLine]:
    """Yield the paragraphs of a document, the rows of its tables as lines."""
    table: list[Paragraph] = []
    above = Paragraph("")
    for paragraph in [*paragraphs, Paragraph("")]:
        is_across = len(paragraph.cells) == 1 and is_short(paragraph.text)
        if len(paragraph.cells) > 1 or (table and (paragraph.aside or is_across)):
            table.append(paragraph)
            continue
        if table:
            yield from _table_lines(table, above)
            table = []
        above = paragraph if paragraph.text.strip() else above
        yield paragraph


def _table_lines(table: Sequence[Paragraph], above: Paragraph) -> Iterator[Paragraph | TextLine]:
    """Yield the rows of a table below a paragraph as lines; running heads stay what they are."""
    rows = [row for row in table if not (row.aside or _is_rule(row))] or table
    heads: Sequence[str] = rows[0].cells if rows[0].heading or is_head(rows[0].cells) else ()
    cells = [row.cells for row in rows[bool(heads) :]]
    begun = [row for row in cells if row[0]] or cells
    numbered = sum(bool(_ROW_NUMBER.match(row[0])) and not is_day(row[0]) for row in cells)
    wordy = any(len(cell.split()) > 2 for row in cells for cell in row[1:])
    named, text = text_columns(heads), above.text.strip()
    explains = text.endswith(":") and not is_list_heading(text)
    is_list = (
        named
        or (wordy and numbered >= _NUMBERED_SHARE * len(begun) > 0)
        or ((explains or above.label or text[:1].isdecimal()) and not heads and _are_dated(cells))
    )
    columns = zip_longest(*cells, fillvalue="")
    sizes = [sum(0 if is_day(cell) else len(cell) for cell in column) for column in columns]
    longest = sizes.index(max(sizes)) if sizes else 0  # the one with most text
    column = next(filter(None, named), 0) if named else longest
    letters = [row[0].strip(" .)(").lower() for row in cells]
    are_lettered = len(letters) > 1 and "abcdefghijklmnopqrstuvwxyz".startswith("".join(letters))
    is_heading = partial(_is_heading, column=column)
    is_upper = all("".join(row).isupper() for row in cells if not is_heading(_row(row)))
    are_references = _names_conclusions(table)
    for row in table:
        line = TextLine(with_single_spaces(row.text), notes=row.notes, unseen=row.unseen)
        if row.aside:
            yield row
        elif are_references:
            yield replace(line, aside=True, text_row=row.cells)
        elif not is_list:
            yield replace(line, after_gap=False, text_row=row.cells, source=line.text)
        elif _is_rule(row) or (heads and row is rows[0]) or (is_heading(row) and not is_upper):
            yield replace(line, aside=True)
        else:
            yield from _row_lines(row, column, heads, has_numbers=numbered > 0 or are_lettered)


def _is_rule(row: Paragraph) -> bool:
    return not re.search(r"\w", "".join(row.cells))


def _is_heading(row: Paragraph, column: int) -> bool:
    """Tell whether a row is a heading over others whose texts are in a column.

    It has but one cell, or words in the first one, or in capitals, and nothing beside them.
    """
    filled = list(filter(str.strip, row.cells))
    if not filled or _TEXT_NUMBER.fullmatch(filled[0]):
        return False
    is_alone = len(filled) == 1 and (row.cells[0] != "" and (column > 0 or len(row.cells) == 1))
    is_upper = len(filled) <= 2 < len(row.cells) and "".join(filled).isupper()
    if filled == row.cells[column : column + 1] and column > 0 and row.cells[0] == "":
        return is_short(filled[0]) and not begins_with_verb(filled[0])  # of a group of rows
    return (is_alone and len(filled[0]) > _MAX_NUMBER) or (is_upper and " " in filled[-1])


def _row_lines(
    row: Paragraph, column: int, heads: Sequence[str], *, has_numbers: bool
) -> Iterator[TextLine]:
    """Yield a row with its number, text and other cells; then further lines of its text.

    The cells before the text stand on its first line, those after it on its last one. `has_numbers`
    tells that the first column has the numbers, where it is not that of the texts.
    """
    cells = list(map(with_single_spaces, row.cells))
    texts = row.cells[column].split("\n") if column < len(cells) else []
    texts = list(filter(None, map(with_single_spaces, texts))) or [""]
    is_numbered = has_numbers and column > 0
    others = [place for place in range(is_numbered, len(cells)) if place != column]
    for number, text in enumerate(texts, 1):
        before = cells[:column] if number == 1 else []
        parts = [*before, text, *(cells[column + 1 :] if number == len(texts) else [])]
        printed = " ".join(filter(None, parts)) if len(texts) > 1 else with_single_spaces(row.text)
        starts: dict[int, int] = {}
        end = 0
        for place, part in enumerate(parts, column - len(before)):
            starts[place] = printed.find(part, end)
            end = starts[place] + len(part)
        cell_starts = {index: starts[at] for index, at in enumerate(others) if at in starts}
        line = TextLine(text, after_gap=number == 1, source=printed, cell_starts=cell_starts)
        if number == 1:
            line = replace(
                line,
                label=cells[0] if is_numbered else "",
                cells=[(heads[at] if at < len(heads) else "", cells[at]) for at in others],
                notes=row.notes,
                is_row=True,
                starts=(starts.get(0, 0), starts[column]),
                unseen=row.unseen,
            )
        yield line
