"""Styles and automatic numbers of a Word document (ECMA-376 part 1, 17.7 and 17.9).

Word does not store the number of a paragraph, only the list and the level that it belongs to.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from grcm_cli.drafting.documents.office_package import W, is_on, number, value
from grcm_cli.language.text import fold, roman

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

    def hides_run(self, properties: Element | None) -> bool:
        """Tell whether a run is hidden text, given its `w:rPr`."""
        own = is_on(properties, "vanish")
        return self.style(value(properties, "rStyle") or "").is_hidden if own is None else own

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
    link: str | None = None
    """The numbering style that has the levels instead (`numStyleLink`)."""
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
        of_style = next((i for i, level in levels.items() if level.style == name), None)
        depth = min(_first((level, of_style, inherited), 0), _LEVELS - 1)
        starts = {i: level.start for i, level in levels.items()} | known.starts
        count = abstract.counts[depth]
        if count is None or (depth in known.starts and depth not in known.begun):
            abstract.counts[depth] = starts.get(depth, 1)  # or the list's own start (17.9.26)
        else:
            abstract.counts[depth] = count + 1
        known.begun.add(depth)
        for deeper in range(depth + 1, _LEVELS):
            restart = levels.get(deeper, _PLAIN).restart
            # Only a higher level resets some of the deeper ones (17.9.10).
            if restart is None or restart > deeper or depth < restart:
                abstract.counts[deeper] = None
        counts = [starts.get(i, 1) if c is None else c for i, c in enumerate(abstract.counts)]
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
    own = levels.get(depth, _PLAIN)
    if own.format == "bullet":
        return "•"  # the stored character seldom is the one that its font shows

    def digits(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if place > depth:
            return ""
        style = levels.get(place, _PLAIN).format
        return formatted(counts[place], "decimal" if own.legal else style)  # 17.9.4

    return re.sub("%([1-9])", digits, own.text).strip()


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
