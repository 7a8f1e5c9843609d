"""Running heads, running feet and page numbers: the lines that recur at the edges of pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.language.lexicon import all_phrases

_MAX_DEPTH = 5  # filled lines from the top or foot of a page that may be a running head or foot
_CERTAIN = 4  # pages; what recurs on as many of most pages is a running head without a gap, too
_MAX_CERTAIN_DEPTH = 12  # filled lines from the top or foot of a page that may be such a one
_MAX_LENGTH = 200  # characters; a longer line is text
_NUMBER = re.compile("[0-9]{1,5}")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
# The number of a heading or item: "8.", "Annex 2", "Decisión N.º 3". One may begin every page.
_ITEM_NUMBER = re.compile(r"[0-9]+\s?[.)°º:]|[^\W\d]+\.?\s(n(o|úm)?\.?[º°o]?\s?)?[0-9]+\W*")
_PAGE_OF = rf"\s*(?:{all_phrases('layout.page_of')}|/)\s*[0-9]{{1,4}}"
_PAGE = rf"{all_phrases('layout.page')}\s*(?P<number>[0-9]{{1,4}})(?:{_PAGE_OF})?"
_PAGE_NUMBER = re.compile(
    rf"\W*{_PAGE}\W*|[0-9]{{1,4}}{_PAGE_OF}|[-–—]\s*[0-9]{{1,4}}\s*[-–—]", re.IGNORECASE
)
_BEFORE = r"^(?P<before>(?:|.*\W))"
_FOOTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_BEFORE}{_PAGE}(?P<total>)\W*",
        r"(?P<before>)[-–—]\s*(?P<number>[0-9]{1,4})(?P<total>)\s*[-–—]",
        rf"{_BEFORE}(?P<number>[0-9]{{1,3}})(?P<total>\s?\([0-9]{{1,3}}\))",
        r"(?P<before>)(?P<number>[0-9]{1,3})(?P<total>(?:\s?/\s?[0-9]{1,3})?)",
        r"^(?P<before>[^\t]+)\t(?P<number>[0-9]{1,3})(?P<total>)",
    )
)
"""The line of a page's number, in several forms; one of the last two may be a label, or a row."""
_WIDE_GAP = re.compile(r"\s{3,}")
_TEXT = re.compile(r"^[^:]*:\s*\S.*\s|[.;]$")
"""In a line beside the number of a page that is no running head: *Responsible: the Board*."""
_MIN_PAGE = 20  # lines from the foot of a page to the next
_MAX_BESIDE = 3  # lines beside the number of a page that recur


def edges_of(pages: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Return where the text of each page begins and ends, without its running head and foot.

    Such a line recurs near the top or foot of most pages: the same, or with a number that grows by
    one a page. So a label `8.` that begins two pages is none. Where a page has gaps between its
    paragraphs, a line without a gap to the text is text.
    """
    filled = [[place for place, line in enumerate(page) if line.strip()] for page in pages]
    least = max(2, sum(map(bool, filled)) // 2 + 1)
    running = _recurring(pages, _MAX_DEPTH, least)
    certain = _recurring(pages, _MAX_CERTAIN_DEPTH, max(_CERTAIN, least))
    last = max((number for number, places in enumerate(filled, 1) if places), default=0)
    return [
        _Page(page, places, number, running, certain, number == last).edges()
        for number, (page, places) in enumerate(zip(pages, filled, strict=True), 1)
    ]


def running_lines(lines: Sequence[str]) -> set[int]:
    """Return the places of the numbers of pages in a text without pages, and of the lines beside.

    A number of a page is one more each time; what stands beside most of them is the same. A number
    alone may be a label: it needs such a line, on its own or before it, and a page to the next.
    """
    filled = [place for place, line in enumerate(lines) if line.strip()]
    cells = (_WIDE_GAP.split(lines[place][:_MAX_LENGTH].strip().casefold()) for place in filled)
    plain = ["\t".join(" ".join(cell.split()) for cell in parts) for parts in cells]
    numbers: dict[tuple[int, str, str], list[tuple[int, int]]] = {}
    for at, line in enumerate(plain):
        for form, pattern in enumerate(_FOOTS):
            if match := pattern.fullmatch(line):
                key = form, match["before"], match["total"] or ""
                numbers.setdefault(key, []).append((at, int(match["number"])))
                break
    running: set[int] = set()
    for (form, before, _total), alike in numbers.items():
        places = [at for at, _number in alike]
        is_rising = all(number - alike[0][1] == at for at, (_place, number) in enumerate(alike))
        if len(alike) < 2 or not is_rising:
            continue
        beside = set(_beside(plain, places, 1)) | set(_beside(plain, places, -1))
        is_paged = all(filled[after] - filled[at] >= _MIN_PAGE for at, after in pairwise(places))
        if form < len(_FOOTS) - 2 or (is_paged and (before or beside)):
            running |= beside.union(places)
    # The first head of all may say when and where the meeting was.
    return {filled[at] for at in running if at >= _MAX_DEPTH or not _YEAR.search(plain[at])}


def _beside(lines: Sequence[str], places: Sequence[int], step: int) -> Iterator[int]:
    """Yield the places of the lines before or after some places that are the same at most of them."""
    near = places
    for _depth in range(_MAX_BESIDE):
        near = [at + step for at in near if 0 <= at + step < len(lines)]
        near = [at for at in near if not _TEXT.search(lines[at])]
        [(text, count)] = Counter(lines[at] for at in near).most_common(1) or [("", 0)]
        near = [at for at in near if lines[at] == text]
        if count < 2 or 2 * count <= len(places):
            break
        yield from near


class _Page(NamedTuple):
    lines: Sequence[str]
    filled: Sequence[int]  # the places of the lines that are not empty
    number: int
    running: set[str]
    certain: set[str]
    is_last: bool

    def edges(self) -> tuple[int, int]:
        """Return where its text begins and ends."""
        filled = self.filled
        if not filled:
            return 0, 0
        top, far_top = (filled[:depth][-1] + 1 for depth in (_MAX_DEPTH, _MAX_CERTAIN_DEPTH))
        foot, far_foot = (filled[-depth:][0] for depth in (_MAX_DEPTH, _MAX_CERTAIN_DEPTH))
        first, end = start, stop = filled[0], filled[-1] + 1
        while first < min(far_top, end) and self._is_edge(first, is_near=first < top):
            first += 1
        while end > max(first, far_foot) and self._is_edge(
            end - 1, is_near=end > foot, is_foot=True
        ):
            end -= 1
        if len(filled) < stop - start:  # what no gap parts from the text is text
            while start < first < stop and self._is_text(first - 1):
                first -= 1
            while start < end < stop and self._is_text(end):
                end += 1
        return first, end

    def _is_edge(self, place: int, *, is_near: bool, is_foot: bool = False) -> bool:
        plain = self.lines[place].strip()
        if self._is_certain(plain) or not is_near:
            return self._is_certain(plain)
        # At the foot, the number of the page or any of the last page but a year is no label.
        is_last = self.is_last and not _YEAR.fullmatch(plain)
        if is_foot and _NUMBER.fullmatch(plain) and (is_last or int(plain) == self.number):
            return True
        is_number = _PAGE_NUMBER.fullmatch(plain) is not None
        return is_number or not self.running.isdisjoint(_shapes(plain, self.number))

    def _is_text(self, place: int) -> bool:
        plain = self.lines[place].strip()
        is_number = _NUMBER.fullmatch(plain) or _PAGE_NUMBER.fullmatch(plain)
        return not (is_number or self._is_certain(plain))

    def _is_certain(self, line: str) -> bool:
        """Tell whether a line stands on most pages just so, and is no label; or is empty."""
        plain = " ".join(line.split()).casefold()
        return not plain or (plain in self.certain and not _ITEM_NUMBER.fullmatch(plain))


def _recurring(pages: Sequence[Sequence[str]], depth: int, least: int) -> set[str]:
    """Return the shapes of lines, up to a depth from the edges, that so many pages have."""
    counts: Counter[str] = Counter()
    for number, page in enumerate(pages, 1):
        edges = list(filter(str.strip, page))
        if len(edges) > 2 * depth:
            edges = [*edges[:depth], *edges[-depth:]]
        counts.update({shape for line in edges for shape in _shapes(line, number)})
    return {shape for shape, count in counts.items() if count >= least}


def _shapes(line: str, number: int) -> Iterator[str]:
    """Yield what the line has in common with a recurring line of other pages."""
    plain = " ".join(line.split()).casefold()
    if not plain or len(plain) > _MAX_LENGTH:
        return
    yield plain
    if _ITEM_NUMBER.fullmatch(plain):
        return
    for match in _NUMBER.finditer(plain):
        yield f"{plain[: match.start()]}\0{int(match[0]) - number}\0{plain[match.end() :]}"
