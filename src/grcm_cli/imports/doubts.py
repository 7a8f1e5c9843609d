"""What an import has to say of the places in a file: what is doubtful there, and what it leaves."""

from collections.abc import Hashable, Iterator
from typing import Generic, NamedTuple, TypeVar

Place = TypeVar("Place", bound=Hashable)


class PlacedDoubt(NamedTuple, Generic[Place]):
    """Places of which one thing is said."""

    places: list[Place]
    text: str
    """What stands there."""
    what: str
    """What was written in the files, and what to look at."""
    is_notice: bool
    """There is nothing to decide."""


class Doubts(Generic[Place]):
    """Collects what is said, once for all places of which it is said."""

    def __init__(self) -> None:
        self._places: dict[tuple[object, str, str, bool], dict[Place, None]] = {}

    def add(
        self,
        place: Place,
        text: str,
        message: str,
        /,
        *,
        group: object = None,
        is_notice: bool = False,
        **values: object,
    ) -> None:
        """Say something of a place; `values` fill the message. What differs in `group` is apart."""
        what = message.format(**values) if values else message
        self._places.setdefault((group, text, what, is_notice), {})[place] = None

    def __iter__(self) -> Iterator[PlacedDoubt[Place]]:
        """Yield what is said in the order of its first places, notices at the end."""
        for notices in (False, True):
            for (_group, text, what, is_notice), places in self._places.items():
                if is_notice is notices:
                    yield PlacedDoubt(list(places), text, what, is_notice)
