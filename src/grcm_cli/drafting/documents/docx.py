"""Parse a Word document (.docx) into paragraphs (ECMA-376 part 1, 17).

Tracked changes count as accepted. Headers, footers and comments, in other parts, are not read.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from grcm_cli.drafting.documents.office_package import Package, W, is_on, number, value
from grcm_cli.drafting.documents.paragraphs import Paragraph, UnreadableDocument, check_length
from grcm_cli.language.text import N_, _, fold, roman

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXTS = (W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_PARAGRAPH, _TABLE, _ROW, _CELL = (W + name for name in ("p", "tbl", "tr", "tc"))
_CELL_DELETED = f"{W}tcPr/{W}cellDel"
_BLOCKS = (_PARAGRAPH, _TABLE)
_REMOVED = (W + "del", W + "moveFrom")
_FOREIGN = (W + "altChunk", W + "subDoc")
_EMBEDDED = N_("part of it is in another file: open it in Word and save it again as .docx")
_SKIPPED = frozenset(
    W + name
    for name in (
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "sym", "rt"),
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr"),
    )
)
"""Deleted text, field instructions and properties."""
_NOT_SHOWN = _SKIPPED | {_MC + "Fallback"}
_CHARACTERS = {
    **dict.fromkeys((W + "tab", W + "ptab"), "\t"),
    **dict.fromkeys((W + "br", W + "cr"), "\n"),
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_NOTE_REFERENCES = (W + "footnoteReference", W + "endnoteReference")
_LEAVES = frozenset((*_TEXTS, *_CHARACTERS, *_NOTE_REFERENCES, W + "fldChar", W + "txbxContent"))
# Line ends in the XML are spaces; Unicode's line separators break the paragraph.
_BREAKS = {ord("\n"): " ", ord("\r"): " ", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_HEADING = re.compile(
    "(heading|title|subtitle|encabezado|titulo|subtitulo|titre|sous-titre|titolo|sottotitolo"
    "|titel|untertitel|uberschrift|kop|rubrik)[0-9]?"
)
"""Folded names of heading styles in the languages of programs that translate them; Word stores
its own in English."""
_HEADING_LEVELS = tuple("012345678")  # outline levels; 9 is body text (17.3.1.20)
_MAX_BASE_STYLES = 20  # of a style, one based on the other; they may form a circle
_T = TypeVar("_T")
_LEVELS = 9
_MAX_NUMBER = 32_767  # Word's own limit; larger letters and romans would fill pages
_MAX_LETTER = 780  # the last one that Word shows is thirty times z


def read(data: bytes) -> list[Paragraph]:
    """Return the paragraphs and rows of a .docx file in their order. Raises UnreadableDocument."""
    package = Package(data)
    paragraphs: list[Paragraph] = []
    reader = _DocumentReader(package)
    characters = 0
    for block in _blocks(package):
        pieces = reader.read(block)
        characters += sum(len(paragraph.text) + len(paragraph.label) for paragraph in pieces)
        paragraphs += pieces
        check_length(len(paragraphs), characters)
    return paragraphs + reader.flush()


def _blocks(package: Package) -> Iterator[Element]:
    """Yield each outermost paragraph and table of the main part; free its memory afterwards."""
    ancestors: list[Element] = []
    depth = 0
    for event, element in package.events(package.main):
        if event == "start":
            if not ancestors and element.tag != W + "document":
                raise UnreadableDocument(_("the Word file does not contain a Word document"))
            if element.tag in _FOREIGN:
                raise UnreadableDocument(_(_EMBEDDED))
            ancestors.append(element)
            depth += element.tag in _BLOCKS
            continue
        ancestors.pop()
        depth -= element.tag in _BLOCKS
        if depth == 0:
            if element.tag in _BLOCKS and not any(each.tag in _NOT_SHOWN for each in ancestors):
                yield element
            element.clear()
            if ancestors:
                del ancestors[-1][:]


@dataclass(slots=True)
class _ParagraphContent:
    """What a `w:p` shows."""

    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    """The text boxes anchored in it, with paragraphs of their own."""

    @property
    def text(self) -> str:
        return "".join(self.words).strip()


class _DocumentReader:
    """Turns blocks into paragraphs; keeps the counters of lists and notes."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._notes: dict[tuple[str, str], str] = {}
        """The texts of the notes by the tag of their references and their ids."""
        self._counts: Counter[str] = Counter()
        for tag, kind in zip(_NOTE_REFERENCES, ("footnotes", "endnotes"), strict=True):
            for note in package.related(kind) or ():
                content = _ParagraphContent()
                for paragraph in note.iter(_PARAGRAPH):
                    self._read_runs(paragraph, content)
                    content.words.append(" ")
                if note.get(W + "type") in (None, "normal"):  # other types are separator lines
                    self._notes[tag, note.get(W + "id", "")] = content.text
        self._counts.clear()  # notes in notes do not count
        self._pending = _ParagraphContent()
        """A paragraph whose end is deleted: it continues in the next one."""

    def read(self, block: Element) -> list[Paragraph]:
        """Return the paragraphs of a `w:p` or `w:tbl`."""
        if block.tag == _PARAGRAPH:
            return list(self._paragraph(block))
        return self.flush() + list(self._table(block))

    def flush(self) -> list[Paragraph]:
        """Return the pending paragraph, if any: no other follows it."""
        pending, self._pending = self._pending, _ParagraphContent()
        return [Paragraph(pending.text, notes=pending.notes)] if pending.text else []

    def _paragraph(self, paragraph: Element) -> Iterator[Paragraph]:
        content = self._pending
        self._read_runs(paragraph, content)
        boxes, content.boxes = content.boxes, []
        properties = paragraph.find(W + "pPr")
        # A paragraph whose end is deleted goes on in the next one (17.13.5.15).
        if properties is None or not _is_removed(properties.find(W + "rPr")):
            self._pending = _ParagraphContent()
            label, heading = self._numbering.label(properties), self._styles.is_heading(properties)
            yield Paragraph(content.text, label, heading, notes=content.notes)
        for box in boxes:
            for block in self._shown(box, _BLOCKS):
                yield from self.read(block)

    def _table(self, table: Element) -> Iterator[Paragraph]:
        has_rows = False
        for row in self._shown(table, (_ROW,)):
            properties = row.find(W + "trPr")
            if _is_removed(properties):
                continue
            cells = [
                [*chain(*map(self.read, self._shown(cell, _BLOCKS))), *self.flush()]
                for cell in self._shown(row, (_CELL,))
                if cell.find(_CELL_DELETED) is None
            ]
            if len(cells) == 1:  # a frame around text, or a line across the table
                is_line = has_rows and len(cells[0]) == 1
                yield from (
                    each._replace(cells=[each.text]) if is_line else each for each in cells[0]
                )
            elif cells:
                has_rows = True
                # Automatic numbers inside a cell become words of its text; a row in it is a line.
                lines = [
                    [f"{line.label} {' '.join(line.cells) or line.text}".strip() for line in cell]
                    for cell in cells
                ]
                texts = ["\n".join(filter(None, cell)) for cell in lines]
                notes = [note for cell in cells for paragraph in cell for note in paragraph.notes]
                heading = is_on(properties, "tblHeader") or False
                yield Paragraph("\t".join(texts), heading=heading, cells=texts, notes=notes)

    def _read_runs(self, paragraph: Element, content: _ParagraphContent) -> None:
        if self._styles.style(self._styles.name_of(paragraph.find(W + "pPr"))).is_hidden:
            return
        for leaf in _without_instructions(self._shown(paragraph, _LEAVES)):
            if leaf.tag in _TEXTS:
                # White space at the ends counts only with `xml:space="preserve"` (17.3.3.31).
                text = leaf.text or ""
                text = text if leaf.get(_SPACE) == "preserve" else text.strip(" \t\r\n")
                content.words.append(text.translate(_BREAKS))
            elif leaf.tag in _CHARACTERS:
                content.words.append(_CHARACTERS[leaf.tag])
            elif leaf.tag in _NOTE_REFERENCES:
                note = self._notes.get((leaf.tag, leaf.get(W + "id", "")), "")
                # A custom mark is in the text, and does not count (17.11.1).
                if leaf.get(W + "customMarkFollows", "0") not in ("1", "true", "on"):
                    self._counts[leaf.tag] += 1
                    note = f"{self._counts[leaf.tag]} {note}".rstrip()
                content.notes.append(note)
            elif leaf.tag == W + "txbxContent":
                content.boxes.append(leaf)

    def _shown(self, element: Element, tags: Collection[str]) -> Iterator[Element]:
        """Yield the outermost elements with some tags in what an element shows."""
        children = element[:]
        if element.tag == _MC + "AlternateContent":  # the first choice (ECMA-376 part 3, 7.5)
            children = (element.findall(_MC + "Choice") or children)[:1]
        for child in children:
            if child.tag in tags:
                yield child
            elif child.tag not in _SKIPPED and not self._styles.hides(child):
                yield from self._shown(child, tags)


def _without_instructions(leaves: Iterable[Element]) -> Iterator[Element]:
    """Yield the leaves of a paragraph without the instructions of its fields (17.16.18)."""
    fields: list[bool] = []  # for each field that is open, whether its instruction is
    instructions = 0
    for leaf in leaves:
        kind = leaf.get(W + "fldCharType") if leaf.tag == W + "fldChar" else None
        if kind == "begin":
            fields.append(True)
            instructions += 1
        elif fields and kind in ("separate", "end"):
            instructions -= fields.pop()
            fields += [False] if kind == "separate" else []
        elif not instructions:
            yield leaf


def _is_removed(properties: Element | None) -> bool:
    """Tell whether a paragraph's end, or a row, is deleted or moved away, by its properties."""
    return properties is not None and any(child.tag in _REMOVED for child in properties)


# --- styles and automatic numbers (17.7 and 17.9) -------------------------------------------------
#
# Word does not store the number of a paragraph, only the list and the level that it belongs to.


class _Style(NamedTuple):
    """The properties of a style, inherited ones included."""

    list: int | None
    level: int | None
    is_heading: bool
    is_hidden: bool


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of styles.xml, or None."""
        styles = root.findall(W + "style") if root is not None else []
        self.elements = {style.get(W + "styleId", ""): style for style in styles}
        self._resolved: dict[str, _Style] = {}
        defaults = (
            name
            for name, style in self.elements.items()
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true")
        )
        self._default = next(defaults, "")

    def name_of(self, properties: Element | None) -> str:
        """Return the style of a paragraph, given its `w:pPr`."""
        return value(properties, "pStyle") or self._default

    def is_heading(self, properties: Element | None) -> bool:
        """Tell whether a paragraph is a heading: by its outline level, or by its style."""
        outline = value(properties, "outlineLvl")
        if outline is None:
            return self.style(self.name_of(properties)).is_heading
        return outline in _HEADING_LEVELS

    def hides(self, element: Element) -> bool:
        """Tell whether an element is a run of hidden text."""
        if element.tag != W + "r":
            return False
        properties = element.find(W + "rPr")
        direct = is_on(properties, "vanish")
        return self.style(value(properties, "rStyle") or "").is_hidden if direct is None else direct

    def style(self, name: str) -> _Style:
        """Return a style by its id; one that there is not has no properties."""
        if name not in self._resolved:
            chain: list[Element] = []
            base = name
            while base in self.elements and len(chain) < _MAX_BASE_STYLES:
                chain.append(self.elements[base])
                base = value(chain[-1], "basedOn") or ""
            positions = [list_and_level(style.find(W + "pPr")) for style in chain]
            self._resolved[name] = _Style(
                _first((list_id for list_id, _level in positions), None),
                _first((level for _list, level in positions), None),
                _first(map(_is_heading, chain), default=False),
                _first((is_on(style.find(W + "rPr"), "vanish") for style in chain), default=False),
            )
        return self._resolved[name]


def _first(values: Iterable[_T | None], default: _T) -> _T:
    return next((known for known in values if known is not None), default)


def list_and_level(properties: Element | None) -> tuple[int | None, int | None]:
    """Return the list and level that a `w:pPr` sets, each None where it does not."""
    numbering = properties.find(W + "numPr") if properties is not None else None
    return number(value(numbering, "numId")), number(value(numbering, "ilvl"))


def _is_heading(style: Element) -> bool | None:
    """Tell whether a style is a heading's; None where its base style decides."""
    if _HEADING.fullmatch(fold(value(style, "name") or style.get(W + "styleId") or "")):
        return True
    outline = value(style.find(W + "pPr"), "outlineLvl")
    return outline in _HEADING_LEVELS if outline is not None else None


def _letters(count: int) -> str:
    """Return a number in small letters: z is 26, aa is 27, bb is 28 (17.18.59)."""
    turns, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def _ordinal(count: int) -> str:
    tens = count % 100 // 10
    return f"{count}{'th' if tens == 1 else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


# Other formats are shown in digits, as Word does with a format that it does not know.
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "ordinal": _ordinal,
    "none": lambda _: "",
}


def formatted(count: int, style: str) -> str:
    """Return a number in one of Word's formats, such as `lowerRoman` (17.18.59)."""
    most = _MAX_LETTER if style.endswith("Letter") else _MAX_NUMBER
    if style == "none" or 0 < count <= most:
        return _FORMATS.get(style, str)(count)
    return str(count)


class _ListLevel(NamedTuple):
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    """The level, from 1, that resets this one; 0 never, None any higher level."""
    legal: bool = False
    style: str | None = None


_PLAIN = _ListLevel()


@dataclass(slots=True)
class _NumberedList:
    """A `w:num`, or the `w:abstractNum` whose counters all lists made from it share."""

    levels: dict[int, _ListLevel]
    link: str | None = None  # the numbering style that has the levels instead (`numStyleLink`)
    abstract: int | None = None
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The lists of a document; they count the paragraphs, which must come in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Take the root of numbering.xml, or None."""
        self._styles = styles
        self._abstracts: dict[int | None, _NumberedList] = {}
        self._lists: dict[int | None, _NumberedList] = {}
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                abstract = _NumberedList(_read_levels(element), value(element, "numStyleLink"))
                self._abstracts[number(element.get(W + "abstractNumId"))] = abstract
            elif element.tag == W + "num":
                made = _NumberedList({}, abstract=number(value(element, "abstractNumId")))
                for override in element.findall(W + "lvlOverride"):
                    depth = number(override.get(W + "ilvl"))
                    start = number(value(override, "startOverride"))
                    made.levels |= _read_levels(override)
                    if start is not None and depth is not None and depth < _LEVELS:
                        made.starts[depth] = start
                self._lists[number(element.get(W + "numId"))] = made

    def label(self, properties: Element | None) -> str:
        """Count a paragraph by its `w:pPr`; return the number that Word shows, or nothing."""
        name = self._styles.name_of(properties)
        list_id, level = list_and_level(properties)
        inherited = None
        if list_id is None:
            list_id, inherited = self._styles.style(name)[:2]
        known = self._lists.get(list_id) if list_id else None  # list 0 has no number (17.9.18)
        abstract = self._abstract(known)
        if known is None or abstract is None:
            return ""
        levels = abstract.levels | known.levels
        # The level that numbers the style takes precedence over that in the style (17.9.23).
        of_style = next((at for at, level in levels.items() if level.style == name), None)
        depth = min(_first((level, of_style, inherited), 0), _LEVELS - 1)
        starts = {at: level.start for at, level in levels.items()} | known.starts
        count = abstract.counts[depth]
        begins = depth in known.starts and depth not in known.begun  # its own start (17.9.26)
        abstract.counts[depth] = starts.get(depth, 1) if count is None or begins else count + 1
        known.begun.add(depth)
        for deeper in range(depth + 1, _LEVELS):
            restart = levels.get(deeper, _PLAIN).restart
            # Only a higher level resets some of the deeper ones (17.9.10).
            if restart is None or restart > deeper or depth < restart:
                abstract.counts[deeper] = None
        counts = [_first((count, starts.get(at)), 1) for at, count in enumerate(abstract.counts)]
        return _format_label(depth, levels, counts)

    def _abstract(self, known: _NumberedList | None) -> _NumberedList | None:
        """Return the abstract list of a list, through the links of numbering styles."""
        for _hop in range(_LEVELS + 1):  # links may form a circle
            abstract = self._abstracts.get(known.abstract) if known else None
            if abstract is None or abstract.link is None:
                return abstract
            style = self._styles.elements.get(abstract.link)
            list_id = list_and_level(style.find(W + "pPr"))[0] if style is not None else None
            known = self._lists.get(list_id)
        return None


def _format_label(depth: int, levels: Mapping[int, _ListLevel], counts: list[int]) -> str:
    level = levels.get(depth, _PLAIN)
    if level.format == "bullet":
        return "•"  # the stored character seldom is the one that its font shows

    def digits(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if place > depth:
            return ""
        style = levels.get(place, _PLAIN).format
        return formatted(counts[place], "decimal" if level.legal else style)  # 17.9.4

    return re.sub("%([1-9])", digits, level.text).strip()


def _read_levels(element: Element) -> dict[int, _ListLevel]:
    levels = {}
    for level in element.findall(W + "lvl"):
        depth = number(level.get(W + "ilvl"))
        # Beside a newer format, the older alternative comes last.
        formats = [child.get(W + "val") for child in level.iter(W + "numFmt")]
        if depth is not None and depth < _LEVELS:
            levels[depth] = _ListLevel(
                start=number(value(level, "start")) or 0,  # 0 without one (17.9.25)
                format=(formats[-1] if formats else None) or "decimal",
                text=value(level, "lvlText") or "",
                restart=number(value(level, "lvlRestart")),
                legal=is_on(level, "isLgl") or False,
                style=value(level, "pStyle"),
            )
    return levels
