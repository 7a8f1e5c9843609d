"""Rows of tables in plain text: cells between pipes, or apart by tabs or slashes under a head."""

import re
from collections.abc import Iterator, Sequence

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.language.days import ANY_MONTH
from grcm_cli.language.lexicon import all_entries
from grcm_cli.language.text import fold

TEXT_COLUMNS = all_entries("table.text_columns")
_ACTIVITY_COLUMNS = all_entries("table.activity_columns")
_PROGRAMME_COLUMNS = all_entries("table.programme_columns")
_WHO_COLUMNS = all_entries("table.responsible_columns")
_WHEN_COLUMNS = all_entries("table.deadline_columns")
_KNOWN_COLUMNS = (
    *TEXT_COLUMNS,
    *_ACTIVITY_COLUMNS,
    *_WHO_COLUMNS,
    *_WHEN_COLUMNS,
    *all_entries("table.other_columns"),
)
_SEPARATORS = (
    *(re.compile(r"\s*\t\s*"), re.compile(r"\s*\|\s*"), re.compile(r"\s+/\s+")),
    re.compile(r"\s*;\s+"),
)
_ROW_NUMBER = re.compile(r"\(?[0-9]{1,4}(?:\.[0-9]{1,3}){0,3}[.)]?")
_DAY = re.compile(
    rf"[0-9]\W.{{0,12}}\b(?:{ANY_MONTH})\b|\b(?:{ANY_MONTH})\b.{{0,8}}[0-9]"
    r"|\b[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{2}){1,2}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b",
    re.IGNORECASE,
)
"""A day or a month in a cell: `3 May 2027`, `Feb. 2027`, `03/05/2027`."""
_MAX_DAY = 40  # characters of a cell that is a day
_DATED_SHARE = 0.6
"""The least share of rows with a day in one column, in a table of assignments without a head."""
_RULE = re.compile(r"[\s|:+=-]+")
_MAX_ROW = 1_000  # characters of a row without a head
_MAX_LINES = 60  # of one row between pipes; a longer one has no end


def with_text_rows(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document, rows written as text as rows with cells."""
    place = 0
    while place < len(paragraphs):
        paragraph = paragraphs[place]
        count, rows = (
            _piped(paragraphs, place)
            or _separated(paragraphs, place)
            or _alike(paragraphs, place)
            or (1, [paragraph])
        )
        yield from rows
        place += count


def is_head(cells: Sequence[str]) -> bool:
    """Tell whether cells name the columns of a table."""
    filled = [fold(cell.strip()) for cell in cells if cell.strip()]
    known = [cell for cell in filled if cell.startswith(_KNOWN_COLUMNS)]
    return len(known) > 1 and all(len(cell.split()) < 6 for cell in filled)


def text_columns(heads: Sequence[str]) -> list[int]:
    """Return the columns of texts, by their heads.

    A column of activities is one beside who or by when, and in no programme of a meeting.
    """
    folded = [fold(head.strip()) for head in heads]
    named = [n for n, head in enumerate(folded) if any(word in head for word in TEXT_COLUMNS)]
    if named or not assigns(heads) or any(head.startswith(_PROGRAMME_COLUMNS) for head in folded):
        return named
    activities = [n for n, head in enumerate(folded) if head.startswith(_ACTIVITY_COLUMNS)]
    known = [head.startswith(_KNOWN_COLUMNS) for head in folded]
    has_both = _says(folded, _WHO_COLUMNS) and _says(folded, _WHEN_COLUMNS)
    unknown = [n for n, head in enumerate(folded) if head and not known[n]]
    return activities or (unknown if has_both and len(unknown) == 1 else [])


def assigns(heads: Sequence[str]) -> bool:
    """Tell whether one of the heads of columns is that of who or of by when."""
    folded = [fold(head.strip()) for head in heads]
    return _says(folded, _WHO_COLUMNS) or _says(folded, _WHEN_COLUMNS)


def _says(heads: Sequence[str], words: tuple[str, ...]) -> bool:
    """Tell whether a head, or a word in one, begins with one of some words."""
    return any(
        head.startswith(words) or any(word.startswith(words) for word in head.split())
        for head in heads
    )


def is_day(cell: str) -> bool:
    """Tell whether a cell is a day or a month: `3 May 2027`, `by 03/05/2027`."""
    return len(cell) <= _MAX_DAY and _DAY.search(cell) is not None


def are_lettered(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first cells of two or more rows are the letters of items, in their order."""
    first = [row[0].strip(" .)(").lower() if row else "" for row in rows]
    letters = [chr(ord("a") + place) for place in range(min(len(first), 26))]
    return len(first) > 1 and first == letters


def are_dated(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether one of three or more columns, not the first, has days, and another words."""
    for column in range(1, min(map(len, rows), default=0)):
        days = sum(is_day(row[column]) for row in rows)
        others = [cell for row in rows for at, cell in enumerate(row) if at != column]
        wordy = any(len(cell.split()) > 1 for cell in others)
        if wordy and days >= _DATED_SHARE * len(rows) and min(map(len, rows)) > 2:
            return True
    return False


def _is_plain(paragraph: Paragraph) -> bool:
    return not (paragraph.cells or paragraph.label or paragraph.aside or paragraph.notes)


def _piped(paragraphs: Sequence[Paragraph], place: int) -> tuple[int, list[Paragraph]] | None:
    """Return the row between pipes that begins at a place, and of how many lines it is."""
    text = paragraphs[place].text.strip()
    if not (_is_plain(paragraphs[place]) and text.startswith("|") and text.count("|") > 1):
        return None
    lines = [text]
    for paragraph in paragraphs[place + 1 : place + _MAX_LINES]:
        following = paragraph.text.strip()
        if lines[-1].endswith("|") or not _is_plain(paragraph) or not following:
            break
        if following.startswith("|"):
            break
        lines.append(following)
    if _RULE.fullmatch(" ".join(lines)):
        return len(lines), [Paragraph(text, aside=True)]
    cells = " ".join(lines).strip("|").split("|")
    return len(lines), [_row(cells, " ".join(lines))]


def _separated(paragraphs: Sequence[Paragraph], place: int) -> tuple[int, list[Paragraph]] | None:
    """Return the rows under the head at a place, and of how many lines they are."""
    if not _is_plain(paragraphs[place]):
        return None
    for separator in _SEPARATORS:
        heads = separator.split(paragraphs[place].text.strip())
        if len(heads) < 3 or not is_head(heads):
            continue
        rows = [_row(heads, paragraphs[place].text)]
        for paragraph in paragraphs[place + 1 :]:
            cells = separator.split(paragraph.text.strip(), len(heads) - 1)
            if not _is_plain(paragraph) or len(cells) < len(heads):
                break
            rows.append(_row(cells, paragraph.text))
        return (len(rows), rows) if len(rows) > 1 else None
    return None


def _alike(paragraphs: Sequence[Paragraph], place: int) -> tuple[int, list[Paragraph]] | None:
    """Return the rows from a place on that have as many cells, and of how many lines they are.

    All begin with a number, or have days in one column.
    """
    if not _is_plain(paragraphs[place]):
        return None
    for separator, is_row in (
        *((separator, _is_numbered) for separator in _SEPARATORS[:-1]),
        *((separator, _is_dated) for separator in _SEPARATORS[:2]),
    ):
        count = len(separator.split(paragraphs[place].text[:_MAX_ROW].strip()))
        rows: list[Paragraph] = []
        for paragraph in paragraphs[place:] if count > 2 else ():
            cells = separator.split(paragraph.text[:_MAX_ROW].strip())
            is_short = _is_plain(paragraph) and len(paragraph.text) <= _MAX_ROW
            if not is_short or len(cells) != count or not is_row(cells):
                break
            rows.append(_row(cells, paragraph.text))
        if len(rows) > 1:
            return len(rows), rows
    return None


def _is_numbered(cells: Sequence[str]) -> bool:
    return _ROW_NUMBER.fullmatch(cells[0]) is not None


def _is_dated(cells: Sequence[str]) -> bool:
    return are_dated([cells])


def _row(cells: Sequence[str], text: str) -> Paragraph:
    return Paragraph(text, cells=[" ".join(cell.split()) for cell in cells])
