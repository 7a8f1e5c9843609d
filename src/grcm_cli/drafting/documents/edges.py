"""Running heads and feet and page numbers, which a PDF has among the lines of its pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_DEEP = 5
"""Lines from a page's top and from its foot that may belong to its edge."""
_LONG = 200
"""Characters; a longer line is text, and costs time."""
_NUMBER = re.compile("[0-9]{1,5}")
# A number that names what follows: "8.", "Annex 2", "Decisión N.º 3". One may begin every page.
_NAMING = re.compile(r"[0-9]+\s?[.)°º:]|[^\W\d]+\.?\s(n(o|úm)?\.?[º°o]?\s?)?[0-9]+\W*")
_OF_PAGES = re.compile(
    r"\W*(page|pág(ina|\.)?|pag(ina|\.)?|p\.|hoja|folio)\s*[0-9]{1,4}(\s*(of|de|/)\s*[0-9]{1,4})?\W*"
    r"|[0-9]{1,4}\s*(of|de|/)\s*[0-9]{1,4}"
    r"|[-–—]\s*[0-9]{1,4}\s*[-–—]",
    re.IGNORECASE,
)


def without_edges(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return each page's lines without its head, its foot and its number.

    An edge is a line that recurs on most pages, near their top or foot: the same, or with a number
    that grows by one a page. So a label `8.` that begins two pages is none. Where a page shows its
    paragraphs by the room between them, a line that stands close to text is text.
    """
    full = [(number, _trimmed(page)) for number, page in enumerate(pages, start=1)]
    full = [(number, page) for number, page in full if page]
    counted = Counter(
        shape
        for number, page in full
        for shape in {s for line in _outer(page) for s in _shapes(line, number)}
    )
    least = max(2, len(full) // 2 + 1)
    running = {shape for shape, pages_with_it in counted.items() if pages_with_it >= least}
    last = full[-1][0] if full else 0
    return [_inner(page, number, running, is_last=number == last) for number, page in full]


def _inner(page: list[str], number: int, running: set[str], *, is_last: bool) -> list[str]:
    """Return a page's lines without those at its edges that run through the document."""

    def is_edge(line: str, *, is_foot: bool) -> bool:
        if not line.strip() or _OF_PAGES.fullmatch(line.strip()):
            return True
        # No text follows a number at the very end, and a page's own number at its foot is no label.
        if is_foot and _NUMBER.fullmatch(line.strip()) and (is_last or int(line) == number):
            return True
        return not running.isdisjoint(_shapes(line, number))

    first, end = 0, len(page)
    while first < min(_DEEP, end) and is_edge(page[first], is_foot=False):
        first += 1
    while end > max(first, len(page) - _DEEP) and is_edge(page[end - 1], is_foot=True):
        end -= 1
    if any(not line.strip() for line in page):
        first, end = _at_room(page, first, end)
    return _trimmed(page[first:end])


def _at_room(page: Sequence[str], first: int, end: int) -> tuple[int, int]:
    """Return where text begins and ends, given back the edges that stand close to it."""
    while 0 < first < len(page) and page[first - 1].strip() and not _is_number(page[first - 1]):
        first -= 1
    while 0 < end < len(page) and page[end].strip() and not _is_number(page[end]):
        end += 1
    return first, end


def _is_number(line: str) -> bool:
    """Tell whether a line is a page's number and nothing else, wherever it stands."""
    plain = line.strip()
    return _NUMBER.fullmatch(plain) is not None or _OF_PAGES.fullmatch(plain) is not None


def _trimmed(page: Sequence[str]) -> list[str]:
    """Return a page's lines without the empty ones at its top and foot."""
    filled = [place for place, line in enumerate(page) if line.strip()]
    return list(page[filled[0] : filled[-1] + 1]) if filled else []


def _outer(page: Sequence[str]) -> Sequence[str]:
    return page if len(page) <= 2 * _DEEP else [*page[:_DEEP], *page[-_DEEP:]]


def _shapes(line: str, number: int) -> Iterator[str]:
    """Yield what a line has in common with the same line of the next page."""
    plain = " ".join(line.split()).casefold()
    if not plain or len(plain) > _LONG:
        return
    yield plain
    if _NAMING.fullmatch(plain):
        return
    for found in _NUMBER.finditer(plain):
        grown = int(found[0]) - number
        yield f"{plain[: found.start()]}\0{grown}\0{plain[found.end() :]}"
