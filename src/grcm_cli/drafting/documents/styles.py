"""What the styles of a Word file say of its paragraphs: numbers, headings, hidden text."""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from grcm_cli.drafting.documents.numbering import Place
from grcm_cli.drafting.documents.package import W, is_on, number, value
from grcm_cli.language.text import fold

_HEADING = re.compile(
    "(heading|title|subtitle|encabezado|titulo|subtitulo|titre|sous-titre|titolo|sottotitolo"
    "|titel|untertitel|uberschrift|kop|rubrik)[0-9]?"
)
"""The names of headings in the languages of the programs that write them, folded; Word itself
keeps the English name of its own styles whatever its language."""
_CHAIN = 20
"""Styles upon styles; a chain may lead in a circle."""

_OUTLINE = tuple("012345678")
"""The levels of headings; 9 is the text below them (17.3.1.20)."""

LevelOf = Callable[[int, str], int | None]
"""Tells which level of a list numbers a style."""
_Given = tuple[int | None, int | None]
"""A list and a level, each None where it is not given."""


class Styles:
    """The styles of a document, each with what it takes from those it is based on."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of styles.xml, if any."""
        found = root.findall(W + "style") if root is not None else []
        self._styles = {style.get(W + "styleId", ""): style for style in found}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(W + "type") == "paragraph"
                and style.get(W + "default") in ("1", "true")
            ),
            "",
        )
        self._chains: dict[str, list[Element]] = {}
        self._places: dict[str, _Given] = {}
        self._headings: dict[str, bool] = {}
        self._hidden: dict[str, bool] = {}

    def lists(self) -> Mapping[str, int]:
        """Return the list that each numbering style stands for."""
        return {
            name: found
            for name, style in self._styles.items()
            if style.get(W + "type") == "numbering"
            and (found := _place(style.find(W + "pPr"))[0]) is not None
        }

    def _chain(self, name: str) -> list[Element]:
        """Return a style and those it is based on, nearest first."""
        if name not in self._chains:
            self._chains[name] = list(self._based_on(name))
        return self._chains[name]

    def _based_on(self, name: str) -> Iterator[Element]:
        for _hop in range(_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn") or ""

    def name_of(self, properties: Element | None) -> str:
        """Return the style of a paragraph, given its `w:pPr`."""
        return value(properties, "pStyle") or self._default

    def place(self, properties: Element | None, level_of: LevelOf) -> Place | None:
        """Return the list and level of a paragraph, its own or its style's; None without number.

        List 0 takes away the number that the style would give (17.9.18). A level says itself
        which style it numbers, and that counts more than the level in the style (17.9.23).
        """
        found, level = _place(properties)
        name = self.name_of(properties)
        inherited = self._place_of(name) if found is None else (found, None)
        found = inherited[0]
        if not found:
            return None
        levels = (level, level_of(found, name), inherited[1])
        return Place(found, next((given for given in levels if given is not None), 0))

    def _place_of(self, name: str) -> _Given:
        """Return the list and the level that a style gives, its own or those it is based on."""
        if name not in self._places:
            given = [_place(style.find(W + "pPr")) for style in self._chain(name)]
            lists = (list_id for list_id, _level in given if list_id is not None)
            levels = (level for _list, level in given if level is not None)
            self._places[name] = next(lists, None), next(levels, None)
        return self._places[name]

    def is_heading(self, properties: Element | None) -> bool:
        """Tell whether a paragraph is a heading: by its level in the outline, or by its style."""
        own = value(properties, "outlineLvl")
        name = self.name_of(properties)
        if own is None and name not in self._headings:
            said = map(_is_heading, self._chain(name))
            self._headings[name] = next((told for told in said if told is not None), False)
        return own in _OUTLINE if own is not None else self._headings[name]

    def is_hidden(self, properties: Element | None) -> bool:
        """Tell whether a run is not to be seen, given its `w:rPr`."""
        own = is_on(properties, "vanish")
        return self._hides(value(properties, "rStyle") or "") if own is None else own

    def hides(self, properties: Element | None) -> bool:
        """Tell whether a paragraph's style hides its text, given its `w:pPr`."""
        return self._hides(self.name_of(properties))

    def _hides(self, name: str) -> bool:
        if name not in self._hidden:
            said = (is_on(style.find(W + "rPr"), "vanish") for style in self._chain(name))
            self._hidden[name] = next((on for on in said if on is not None), False)
        return self._hidden[name]


def _place(properties: Element | None) -> _Given:
    """Return the list and the level that a `w:pPr` gives."""
    given = properties.find(W + "numPr") if properties is not None else None
    return number(value(given, "numId")), number(value(given, "ilvl"))


def _is_heading(style: Element) -> bool | None:
    """Tell whether a style is a heading's, or None where that is left to the one below it."""
    name = value(style, "name") or style.get(W + "styleId") or ""
    if _HEADING.fullmatch(fold(name)):
        return True
    outline = value(style.find(W + "pPr"), "outlineLvl")
    return outline in _OUTLINE if outline is not None else None
