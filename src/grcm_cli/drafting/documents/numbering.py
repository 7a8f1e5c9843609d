"""The automatic numbers of a Word file, as Word shows them (ECMA-376 part 1, 17.9).

Word keeps them out of the text: a paragraph has only the list and the level it belongs to.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from grcm_cli.drafting.documents.package import W, is_on, number, value

_LEVELS = 9
_MOST = 32_767  # Word's own limit of a number; beyond it, letters and romans would be pages long
_ROMANS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
BULLET = "•"
"""For every bullet: which sign it shows is its font's affair, and seldom the one that is stored."""


def roman(count: int) -> str:
    """Return a number in small roman numerals."""
    shown = ""
    for worth, sign in _ROMANS:
        shown += sign * (count // worth)
        count %= worth
    return shown


def letters(count: int) -> str:
    """Return a number in small letters: z is 26, aa is 27, bb is 28 (17.18.59)."""
    turns, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def _ordinal(count: int) -> str:
    last = (
        "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    )
    return f"{count}{last}"


# What is not here is shown in figures, as Word does with a format that it does not know.
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": letters,
    "upperLetter": lambda count: letters(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "ordinal": _ordinal,
    "none": lambda _: "",
}
_FROM_ONE = 780  # the last letter that Word shows is thirty times z


class Place(NamedTuple):
    """Where a paragraph stands in a list."""

    list: int
    level: int


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    restart: int | None
    """The level, from 1, whose use makes this one begin anew; 0 never, None any higher one."""
    legal: bool
    style: str | None


_PLAIN = _Level(1, "decimal", "", None, legal=False, style=None)


@dataclass(slots=True)
class _Abstract:
    """A list's levels with its counters, which all lists that are made from it share."""

    levels: dict[int, _Level]
    style: str | None
    """The numbering style that has the levels in its stead (`numStyleLink`)."""
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _List:
    """A `w:num`: an abstract list, with what differs in it."""

    abstract: int
    levels: dict[int, _Level]
    starts: dict[int, int]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document, which count as its paragraphs are gone through in their order."""

    def __init__(self, root: Element | None, styles: Mapping[str, int]) -> None:
        """Take the root of numbering.xml, if any, and the list of each numbering style."""
        self._styles = styles
        self._abstracts: dict[int, _Abstract] = {}
        self._lists: dict[int, _List] = {}
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                self._abstracts[_id(element, "abstractNumId")] = _read_abstract(element)
            elif element.tag == W + "num":
                self._lists[_id(element, "numId")] = _read_list(element)

    def level_of(self, list_id: int, style: str) -> int | None:
        """Return the level of a list that is a paragraph style's own (17.9.23)."""
        known = self._lists.get(list_id)
        abstract = self._abstract(known) if known else None
        if known is None or abstract is None:
            return None
        levels = {**abstract.levels, **known.levels}
        return next((i for i, level in levels.items() if level.style == style), None)

    def label(self, place: Place) -> str:
        """Count the next paragraph of a list's level, and return the number that it shows."""
        known = self._lists.get(place.list)
        abstract = self._abstract(known) if known else None
        depth = min(place.level, _LEVELS - 1)
        if known is None or abstract is None:
            return ""
        levels = {**abstract.levels, **known.levels}
        starts = {i: level.start for i, level in levels.items()} | known.starts
        _count(abstract.counts, depth, starts, fresh=known.starts.keys() - known.begun)
        known.begun.add(depth)
        _restart(abstract.counts, depth, levels)
        counts = [starts.get(i, 1) if c is None else c for i, c in enumerate(abstract.counts)]
        return _shown(depth, levels, counts)

    def _abstract(self, known: _List) -> _Abstract | None:
        abstract = self._abstracts.get(known.abstract)
        for _hop in range(_LEVELS):  # a link may lead in a circle
            if abstract is None or abstract.style is None:
                return abstract
            linked = self._lists.get(self._styles.get(abstract.style, -1))
            abstract = self._abstracts.get(linked.abstract) if linked else None
        return None


def _count(
    counts: list[int | None], depth: int, starts: Mapping[int, int], fresh: set[int]
) -> None:
    """Count one more in a level. A list that has a start of its own begins with it (17.9.26)."""
    count = counts[depth]
    first = count is None or depth in fresh
    counts[depth] = starts.get(depth, 1) if first or count is None else count + 1


def _restart(counts: list[int | None], depth: int, levels: Mapping[int, _Level]) -> None:
    """Make the deeper levels begin anew, but those that wait for a higher one (17.9.10)."""
    for deeper in range(depth + 1, _LEVELS):
        restart = levels.get(deeper, _PLAIN).restart
        if restart is None or restart > deeper or depth < restart:
            counts[deeper] = None


def _shown(depth: int, levels: Mapping[int, _Level], counts: list[int]) -> str:
    own = levels.get(depth, _PLAIN)
    if own.format == "bullet":
        return BULLET

    def figure(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if place > depth:
            return ""
        style = levels.get(place, _PLAIN).format
        return formatted(counts[place], "decimal" if own.legal else style)  # 17.9.4

    return re.sub("%([1-9])", figure, own.text).strip()


def formatted(count: int, style: str) -> str:
    """Return a number in one of Word's formats (17.18.59)."""
    most = _FROM_ONE if style.endswith("Letter") else _MOST
    if style == "none" or 0 < count <= most:
        return _FORMATS.get(style, str)(count)
    return str(count)


def _id(element: Element, name: str) -> int:
    found = number(element.get(W + name))
    return -1 if found is None else found


def _read_abstract(element: Element) -> _Abstract:
    return _Abstract(_read_levels(element), value(element, "numStyleLink"))


def _read_list(element: Element) -> _List:
    abstract = number(value(element, "abstractNumId"))
    made = _List(-1 if abstract is None else abstract, {}, {})
    for override in element.findall(W + "lvlOverride"):
        depth = _id(override, "ilvl")
        start = number(value(override, "startOverride"))
        made.levels |= _read_levels(override)
        if start is not None and 0 <= depth < _LEVELS:
            made.starts[depth] = start
    return made


def _read_levels(element: Element) -> dict[int, _Level]:
    levels = {}
    for level in element.findall(W + "lvl"):
        depth = _id(level, "ilvl")
        start = number(value(level, "start"))
        if 0 <= depth < _LEVELS:
            levels[depth] = _Level(
                # Without a start the level begins at nought (17.9.25).
                start=0 if start is None else start,
                format=_format(level),
                text=value(level, "lvlText") or "",
                restart=number(value(level, "lvlRestart")),
                legal=is_on(level, "isLgl") or False,
                style=value(level, "pStyle"),
            )
    return levels


def _format(level: Element) -> str:
    """Return a level's format; of a newer one, the older that stands beside it comes last."""
    found = [element.get(W + "val") for element in level.iter(W + "numFmt")]
    return (found[-1] if found else None) or "decimal"
