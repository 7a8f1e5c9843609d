"""Lists of rows in sections, cut into parts: each part is a page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from grcm_cli.domain.task import Task
from grcm_cli.language.text import _
from grcm_cli.site import urls

Row = TypeVar("Row")
ROWS_OF_PAGE = 300
"""The most rows of a page; the rest of a list is on further pages."""


class ListSection(NamedTuple, Generic[Row]):
    """Rows under a heading; `key` is its anchor on the page."""

    key: str
    heading: str
    rows: Sequence[Row]


class ListPart(NamedTuple, Generic[Row]):
    """One page of a list that has several, and the addresses of all."""

    number: int
    paths: Sequence[str]
    sections: Sequence[ListSection[Row]]

    @property
    def path(self) -> str:
        """The page's own address."""
        return self.paths[self.number - 1]


def list_parts(
    path: str, sections: Iterable[ListSection[Row]], most: int = ROWS_OF_PAGE
) -> list[ListPart[Row]]:
    """Return the pages of a list, at least one. A long section continues on the next page."""
    pages: list[list[ListSection[Row]]] = [[]]
    room = most
    for section in sections:
        start = 0
        while start < len(section.rows):
            if room == 0:
                pages.append([])
                room = most
            some = section.rows[start : start + room]
            pages[-1].append(section._replace(rows=some))
            room, start = room - len(some), start + len(some)
    paths = [urls.part(path, number) for number in range(1, len(pages) + 1)]
    return [ListPart(number, paths, page) for number, page in enumerate(pages, 1)]


def section_places(parts: Sequence[ListPart[Row]]) -> Mapping[str, str]:
    """Return the address where each section of a list begins, by its key."""
    places: dict[str, str] = {}
    for part in parts:
        for section in part.sections:
            places.setdefault(section.key, f"{part.path}#{section.key}")
    return places


def by_urgency(
    tasks: Sequence[Task], rows: Callable[[Sequence[Task]], Sequence[Row]]
) -> list[ListSection[Row]]:
    """Return open tasks in sections by state, without empty ones; `rows` makes their rows."""
    sections = (
        ("unclear", _("Not understood"), ("?",)),
        ("late", _("Overdue"), ("overdue",)),
        ("soon", _("Due within 30 days"), ("due-soon",)),
        ("later", _("Later"), ("upcoming",)),
        ("undated", _("Without a day"), ("awaiting", "asap", "standing", "undated")),
    )
    return [
        ListSection(key, heading, rows(found))
        for key, heading, states in sections
        if (found := [task for task in tasks if task.state in states])
    ]
