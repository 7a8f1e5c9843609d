"""The lines of a document: paragraphs, wrapped words, rows of tables, headings, closing formulas."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.rows import (
    are_dated,
    are_lettered,
    is_day,
    is_head,
    text_columns,
    with_text_rows,
)
from grcm_cli.language.characters import without_hidden
from grcm_cli.language.days import ANY_MONTH
from grcm_cli.language.lexicon import all_phrases, whole_words


class TextLine(NamedTuple):
    """One line, paragraph or row of a table."""

    text: str
    label: str = ""
    """The number that a word processor or the first cell of a row gives it."""
    after_gap: bool = True
    """It begins a paragraph, as far as the document shows."""
    heading: bool = False
    cells: Sequence[str] = ()
    """Of a row: the cells beside the text."""
    columns: Sequence[str] = ()
    """Of a row: the heads of those cells."""
    notes: Sequence[str] = ()
    is_row: bool = False
    text_row: Sequence[str] = ()
    """The cells of a row that is read as text."""
    is_preamble: bool = False
    """It is a preambular clause: no conclusion, though it may have a number."""
    aside: bool = False
    """It is in no conclusion: a running head, the heads of a table's columns, a number alone."""
    asides: Sequence[str] = ()
    """The lines of this kind before it."""
    in_cell: bool = False
    """It is a further line of the text of the row before it."""
    source: str | None = None
    """What the document has in its place, where that is more than its label and text: a row."""
    starts: tuple[int, int] = (0, 0)
    """Where its label and its text begin in the source."""
    cell_starts: Mapping[int, int] = {}
    """Where cells of its row begin in the source, by their place in `cells`."""
    unseen: Sequence[str] = ()
    """Invisible characters that were left out: U+202E."""

    @property
    def printed(self) -> str:
        """What the document has in its place."""
        return self.labelled_text if self.source is None else self.source

    @property
    def labelled_text(self) -> str:
        """The text with its label."""
        return f"{self.label} {self.text}".strip()

    def runs(self, words: str) -> list[tuple[int, int]]:
        """Return where words begin in what is printed, and how long they are there.

        The words are the end of its text, or its text with its label.
        """
        label, text = self.starts
        if self.source is None:
            return [(len(self.labelled_text) - len(words), len(words))]
        if self.text.endswith(words):
            return [(text + len(self.text) - len(words), len(words))]
        return [(label, len(self.label)), (text, len(self.text))]


_PAGE_NUMBER = re.compile(
    rf"[-–—\s]*(?:{all_phrases('layout.page')}\s*)?[0-9]{{1,3}}"
    rf"(?:\s*(?:/|{all_phrases('layout.page_of')})\s*[0-9]{{1,3}})?[-–—\s]*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;:!?…](?: ?[(\[][^()\[\]]{1,40}[)\]])?[”\"»)\]]*$")
"""A stop, which a label in brackets may follow: `… the plan. [Decision 4]`."""
_HYPHENATED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_MAX_WORD = 80  # characters of a word that a line end cuts
_MAX_WRAPPED = 130  # characters; a longer line is a whole paragraph
_MIN_WRAPPED = 60
"""Characters; a shorter line was not wrapped, in a document with whole paragraphs on a line."""


def lines_of(paragraphs: Sequence[Paragraph]) -> list[TextLine]:
    """Return the lines of a document, without invisible characters and with single spaces.

    Empty ones only mark where paragraphs begin.
    """
    visible = map(_visible, with_text_rows(paragraphs))
    paragraphs = list(_with_footnote_marks(list(visible)))
    is_wrapped, is_spaced = _is_wrapped(paragraphs), _is_spaced(paragraphs)
    widest = max((len(paragraph.text) for paragraph in paragraphs), default=0)
    found: list[TextLine] = []
    after_gap, before = True, ""
    for paragraph in _with_rows(paragraphs):
        if isinstance(paragraph, TextLine):
            found.append(paragraph)
            after_gap, before = True, ""
            continue
        parts = [_plain(part) for part in _ROUND.sub("◦ ", paragraph.text).split("\n")]
        if paragraph.label and not any(parts):
            found.append(TextLine("", paragraph.label, aside=True, notes=paragraph.notes))
        for part in filter(None, parts):
            ended = is_sentence_end(before) and len(before) < 0.8 * widest
            is_full = _MIN_WRAPPED < len(before) <= _MAX_WRAPPED and not is_sentence_end(before)
            goes_on = is_spaced and is_full
            gap = after_gap or ended or not (is_wrapped or goes_on)
            line = TextLine(part, "", gap, paragraph.heading, aside=paragraph.aside)
            if part is parts[0]:
                label, notes, unseen = paragraph.label, paragraph.notes, paragraph.unseen
                line = line._replace(label=label, notes=notes, unseen=unseen)
            found.append(line)
            after_gap, before = (after_gap, before) if paragraph.aside else (False, part)
        after_gap = after_gap or not any(parts)
    return _mark_preambles(_join_hyphenated(_with_asides(found)))


def _visible(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph without invisible characters."""
    text, unseen = without_hidden(paragraph.text)
    cells = [without_hidden(cell)[0] for cell in paragraph.cells]
    notes = [_plain(without_hidden(note)[0]) for note in paragraph.notes]
    label = _plain(without_hidden(paragraph.label)[0])
    return paragraph._replace(text=text, label=label, cells=cells, notes=notes, unseen=unseen)


def _plain(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


_ROUND = re.compile(r"^o\s{2,}", re.MULTILINE)
"""The letter o that a word processor writes for a round bullet."""
_FOOTNOTE_MARK = re.compile(r"[^\s*]\*(?=[\s.,;)]|$)")
_FOOTNOTE = re.compile(r"\*\s*[^\s*]")


def _with_footnote_marks(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs; a footnote `* See …` of a word with an asterisk is outside the text."""
    marks = 0
    for paragraph in paragraphs:
        is_plain = not (paragraph.label or paragraph.cells)
        if marks and is_plain and _FOOTNOTE.match(paragraph.text.strip()):
            yield paragraph._replace(aside=True)
            marks -= 1
            continue
        marks += _FOOTNOTE_MARK.search(paragraph.text) is not None
        yield paragraph


def _with_asides(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of the text, each with the asides before it; asides at the end stay."""
    kept: list[TextLine] = []
    asides: list[str] = []
    for line in lines:
        if line.aside:
            asides += [line.labelled_text, *line.notes]
        else:
            kept.append(line._replace(asides=asides) if asides else line)
            asides = []
    return kept + [TextLine(text, aside=True) for text in asides]


def is_sentence_end(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


def is_page_number(line: TextLine) -> bool:
    """Tell whether a line may be a page number alone."""
    return not line.label and _PAGE_NUMBER.fullmatch(line.text) is not None


def _is_wrapped(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether a paragraph may go on in the next line, as in a plain text or a PDF."""
    filled = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    if any(paragraph.label or paragraph.heading for paragraph in paragraphs) or not filled:
        return False
    lengths = sorted(len(paragraph.text) for paragraph in filled)
    if lengths[int(0.9 * (len(lengths) - 1))] > _MAX_WRAPPED:
        return False
    unended = sum(not is_sentence_end(paragraph.text.strip()) for paragraph in filled)
    return unended > 0.35 * len(filled)


def _is_spaced(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether empty lines part the paragraphs, so that a line beside another goes on."""
    if any(paragraph.label or paragraph.heading or paragraph.cells for paragraph in paragraphs):
        return False
    filled = [bool(paragraph.text.strip()) for paragraph in paragraphs]
    parted = sum(own and not before for before, own in pairwise([False, *filled]))
    return parted > 0.5 * sum(filled)


def _join_hyphenated(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines with words joined that were cut at a line's end.

    The hyphen stays before a capital, and where the document has the hyphenated word elsewhere.
    """
    hyphenated: set[str] | None = None
    found = list(lines)
    for place in range(len(found) - 1):
        line, following = found[place], found[place + 1]
        cut = _HYPHENATED.search(line.text[-_MAX_WORD:])
        is_row = line.source is not None or following.source is not None
        if not cut or is_row or following.label or not following.text[:1].isalpha():
            continue
        if hyphenated is None:
            text = "\n".join(line.text for line in lines).casefold()
            hyphenated = set(re.findall(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+", text))
        head, _space, rest = following.text.partition(" ")
        word = re.sub(r"(?<!\W)\W+$", "", head[:_MAX_WORD])
        stays = head[0].isupper() or f"{cut[1]}-{word}".casefold() in hyphenated
        found[place] = line._replace(text=(line.text if stays else line.text[:-1]) + head)
        found[place + 1] = following._replace(text=rest)
    return [line for line in found if line.text or line.label or line.source]


# --- preambles: CONSIDERANDO …, up to ACUERDA ----------------------------------------------------

_PREAMBLE = re.compile(
    rf"(?:[IVX]+[.)]\s+)?{all_phrases('layout.preamble_openings')}\b", re.IGNORECASE
)
_OPERATIVE = re.compile(rf"\b{all_phrases('layout.operative_openings')}[^\w.;]*$", re.IGNORECASE)
_MAX_PREAMBLE = 200  # lines; a longer one has no end that was recognized


def _mark_preambles(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines, those marked that are between `CONSIDERANDO` and `ACUERDA:`."""
    found = list(lines)
    begin: int | None = None
    for place, line in enumerate(lines):
        text = line.text.strip()
        if begin is None:
            words = text.split() if _PREAMBLE.match(text) else []
            in_capitals = any(word.strip(".:,").isupper() for word in words[:1])
            if words and (in_capitals or len(words) <= 2 or text.endswith(":")):
                begin = place
        elif place - begin > _MAX_PREAMBLE:
            begin = None
        elif len(text) < _MAX_WRAPPED and _OPERATIVE.search(text):
            found[begin : place + 1] = [
                one._replace(is_preamble=True) for one in lines[begin : place + 1]
            ]
            begin = None
    return found


# --- lines that are no conclusion: headings, annexes, closing formulas, drawn rules --------------

_CLOSING_FORMULA = re.compile(
    rf"{all_phrases('layout.closing_formulas')}\b"
    rf"|{all_phrases('layout.signatories')}\b[^.]{{0,30}}$",
    re.IGNORECASE,
)
_NAME = r"[A-ZÁÉÍÓÚÑ][\w.'-]*"
_LINKS = all_phrases("place.town_links", "text.conjunctions")
_PLACE_AND_DAY = re.compile(
    rf"{_NAME}(?:,?(?: {_LINKS}){{0,4}} {_NAME}){{0,5}},?"
    rf" (?:{all_phrases('place.before_day')} )?[0-9]{{1,2}}\.?º?"
    rf" (?:de )?(?:{ANY_MONTH})(?: de| del)?,? [0-9]{{4}}\.?$"
)
_DRAWN_RULE = re.compile(r"(?:[*_=–—-]\s*){3,}")
_BINDING = whole_words("layout.binding_verbs")
_ANNEX = re.compile(rf"{all_phrases('layout.annex_headings')}\b", re.IGNORECASE)
_LIST_HEADING = re.compile(
    rf"(?:{all_phrases('layout.list_headings')}"
    rf"|{all_phrases('layout.list_heading_openings')} .{{3,30}})\W*$",
    re.IGNORECASE,
)
_MAX_WORDS = 12
_CLAUSE_END = re.compile(r"[.;,:]$")
_STOP = re.compile(r"[.;!?…][”\"»)\]]*$")


def is_closing(text: str, *, starts_paragraph: bool) -> bool:
    """Tell whether a line begins what follows the last conclusion: place, date, signatures."""
    if not starts_paragraph or _BINDING.search(text):
        return False
    return _CLOSING_FORMULA.match(text) is not None or _PLACE_AND_DAY.match(text) is not None


def is_binding(text: str) -> bool:
    """Tell whether a text has a verb that lays down a duty."""
    return _BINDING.search(text) is not None


def is_decision_opening(text: str) -> bool:
    """Tell whether a text ends with the word after which a body decides: `The Group agreed:`."""
    return _OPERATIVE.search(text) is not None


def is_drawn_rule(text: str) -> bool:
    """Tell whether a line is only drawn: `* * *`, `______`."""
    return _DRAWN_RULE.fullmatch(text.strip()) is not None


def is_annex_heading(line: TextLine) -> bool:
    """Tell whether a line is the heading of an annex."""
    return (
        line.after_gap
        and not line.label
        and len(line.text.split()) <= _MAX_WORDS
        and _ANNEX.match(line.text) is not None
        and not line.text.endswith((";", ","))
        and (line.heading or line.text.isupper() or not line.text.endswith("."))
    )


_TAG = re.compile(
    rf"[(\[]?\s*{all_phrases('assignment.who', 'assignment.when', 'assignment.helping')}\s*:\s*\S",
    re.IGNORECASE,
)
_SENTENCE = re.compile(rf"\s{all_phrases('assignment.in_sentences')}\s", re.IGNORECASE)


def is_tag(text: str) -> bool:
    """Tell whether a line only says who or by when: `Responsible: Norway`, `Action: Norway`."""
    is_short_line = len(text.split()) <= 2 * _MAX_WORDS and _TAG.match(text) is not None
    return is_short_line and not _SENTENCE.search(text)


def is_list_heading(text: str) -> bool:
    """Tell whether a line is the heading of the list of conclusions."""
    return len(text.split()) <= _MAX_WORDS and _LIST_HEADING.match(text.strip()) is not None


def introduces_list(text: str) -> bool:
    """Tell whether a line is the heading of the list of conclusions, or ends with a colon."""
    return is_list_heading(text) or (text.rstrip().endswith(":") and len(text) < 400)


def is_short(text: str) -> bool:
    """Tell whether a text is as short as a heading, and does not end as a clause does."""
    return len(text.split()) <= _MAX_WORDS and not _CLAUSE_END.search(text)


def is_title_case(text: str) -> bool:
    """Tell whether most longer words begin with a capital, as in a title and not in a sentence."""
    longer = [word for word in text.split() if len(word.strip(".,")) > 3]
    return sum(word[:1].isupper() for word in longer) >= 0.6 * len(longer) > 0


def is_title_line(text: str, size: float) -> bool:
    """Tell whether a text is written as a title, in at most a number of characters."""
    return len(text) <= size and is_title_case(text) and not _CLAUSE_END.search(text)


def is_heading(line: TextLine, before: str, *, alone: bool = True) -> bool:
    """Tell whether a line is a heading among conclusions, after the text `before`.

    `alone` tells that it is a paragraph of its own.
    """
    text = line.text
    if line.is_row or _BINDING.search(text) or is_tag(text):
        return False
    if line.heading:
        return True
    if not alone or len(text.split()) > _MAX_WORDS or re.search(r"[.;,…]$", text):
        return False
    if text.isupper():
        return len(text) > 3
    begins = text[:1].isupper() or text[:1].isdigit()
    ended = not before or _STOP.search(before) is not None or is_tag(before)
    return line.after_gap and begins and ended and not text.endswith(":")


# --- tables: rows that are conclusions, or only more of the text around them --------------------

_ROW_NUMBER = re.compile(
    r"(?-i:[A-Z]{1,10}[/-][A-Za-z./ -]{0,20}[0-9])|\W*[0-9]+[a-z]?\b|\(?[a-z]\)|[ivxl]+\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\W*(?:[^\W\d_]+\W+)?[0-9]{{1,4}}\b.{{0,15}}\b(?:(?:{ANY_MONTH})\b.{{0,15}}|[0-9]{{1,4}})\W*",
    re.IGNORECASE | re.DOTALL,
)
"""A cell that is a day, which may begin with a weekday or a word such as *by*."""
_NUMBERED_SHARE = 0.6  # the least share of rows with a number, in a table that numbers conclusions


def _with_rows(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph | TextLine]:
    """Yield the paragraphs of a document, the rows of its tables as lines."""
    table: list[Paragraph] = []
    above = Paragraph("")
    for paragraph in [*paragraphs, Paragraph("")]:
        if len(paragraph.cells) > 1 or (paragraph.aside and table):
            table.append(paragraph)
            continue
        if table:
            text = above.text.strip()
            has_number = bool(above.label) or text[:1].isdecimal()
            explains = text.endswith(":") and not is_list_heading(text)
            yield from _table_lines(table, is_introduced=has_number or explains)
            table = []
        above = paragraph if paragraph.text.strip() else above
        yield paragraph


def _table_lines(
    table: Sequence[Paragraph], *, is_introduced: bool
) -> Iterator[Paragraph | TextLine]:
    """Yield the rows of a table as lines; running heads between them stay what they are.

    `is_introduced` tells that it is below a conclusion, or below what ends with a colon.
    """
    rows = [row for row in table if not row.aside]
    heads: Sequence[str] = rows[0].cells if rows[0].heading or is_head(rows[0].cells) else ()
    own = rows[1:] if heads else rows
    is_dated = is_introduced and not heads and are_dated([row.cells for row in own])
    first_cells = (row.cells[0] for row in own)
    numbered = sum(bool(_ROW_NUMBER.match(cell)) and not is_day(cell) for cell in first_cells)
    wordy = any(len(cell.split()) > 2 for row in own for cell in row.cells[1:])
    are_numbered = wordy and numbered >= _NUMBERED_SHARE * len(own) > 0
    is_list = text_columns(heads) or are_numbered or is_dated
    column = _text_column(heads, own) if is_list else 0
    has_numbers = numbered > 0 or are_lettered([row.cells for row in own])
    for row in table:
        if row.aside:
            yield row
        elif not is_list:
            text = _plain(row.text)
            yield TextLine(
                *(text, "", False),
                notes=row.notes,
                text_row=row.cells,
                source=text,
                unseen=row.unseen,
            )
        elif heads and row is rows[0]:
            yield TextLine(_plain(row.text), aside=True, notes=row.notes)
        else:
            yield from _row_lines(row, column, heads, has_numbers=has_numbers)


def _row_lines(
    row: Paragraph, column: int, heads: Sequence[str], *, has_numbers: bool
) -> Iterator[TextLine]:
    """Yield a row with its number, text and other cells; then further lines of its text.

    `has_numbers` tells that the first column has the numbers, where it is not that of the texts.
    """
    cells = list(map(_plain, row.cells))
    text = row.cells[column] if column < len(cells) else ""
    first, *further = list(filter(None, map(_plain, text.split("\n")))) or [""]
    is_numbered = has_numbers and column > 0
    others = [place for place in range(is_numbered, len(cells)) if place != column]
    before, after = cells[:column], cells[column + 1 :]
    last = further.pop() if further else None
    printed = _plain(row.text) if last is None else " ".join(filter(None, [*before, first]))
    starts = _starts(printed, [*before, first, *(after if last is None else ())])
    yield TextLine(
        first,
        cells[0] if is_numbered else "",
        cells=[cells[place] for place in others],
        columns=[heads[place] if place < len(heads) else "" for place in others],
        notes=row.notes,
        is_row=True,
        source=printed,
        starts=(starts[0], starts[column] if column < len(starts) else 0),
        cell_starts={n: starts[at] for n, at in enumerate(others) if at < len(starts)},
        unseen=row.unseen,
    )
    yield from (TextLine(part, in_cell=True) for part in further)
    if last is not None:
        printed = " ".join(filter(None, [last, *after]))
        begins = dict(enumerate(_starts(printed, [last, *after]), column))
        own = {n: begins[at] for n, at in enumerate(others) if at > column}
        yield TextLine(last, in_cell=True, source=printed, cell_starts=own)


def _starts(text: str, cells: Sequence[str]) -> list[int]:
    """Return where each cell begins in the text of its row, in which they are in their order."""
    starts = []
    end = 0
    for cell in cells:
        starts.append(text.find(cell, end))
        end = starts[-1] + len(cell)
    return starts


def _text_column(heads: Sequence[str], rows: Sequence[Paragraph]) -> int:
    """Return the column of the conclusions' texts: by its head, or the one with most text."""
    named = text_columns(heads)
    if named:
        return next((place for place in named if place), 0)
    sizes: Counter[int] = Counter()
    for row in rows:
        for place, cell in enumerate(row.cells):
            sizes[place] += 0 if _DAY.fullmatch(cell) else len(cell)
    return max(sizes, key=sizes.__getitem__, default=0)
