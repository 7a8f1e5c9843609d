"""Pair each collection of decisions with the meeting that it is of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from grcm_cli.domain.model import Location
from grcm_cli.imports.edoxen.documents import CollectionText, Documents, MeetingText

Tree = Any


class Pair(NamedTuple):
    """A collection with its meeting; one of the two may not be there."""

    collection: CollectionText | None
    meeting: MeetingText | None

    @property
    def at(self) -> Location:
        """The place of the collection, else of the meeting."""
        found = self.collection or self.meeting
        assert found is not None  # noqa: S101 - one of the two is there
        return found.at


def pairs_of(documents: Documents) -> Iterable[Pair]:
    """Yield each collection with the meeting that it is of, then the meetings without one.

    The meeting has the URN that the collection names, or lists its decisions, or begins on its day
    and is the only one that does.
    """
    left = list(documents.meetings)
    by_urn = _by(left, lambda one: [one.keys.get("urn")])
    by_decision = _by(left, lambda one: map(_identifier, listed(one.keys.get("decisions"))))
    by_day = _by(left, lambda one: [_range_start(one.keys)])
    used: set[int] = set()
    for collection in documents.collections:
        own = [_identifier(i) for one in collection.decisions[:1] for i in one.keys["identifier"]]
        for found in (
            by_urn.get(collection.metadata.get("meeting_urn"), []),
            *(by_decision.get(one, []) for one in own),
            by_day.get(collection.metadata.get("date"), []),
        ):
            free = [one for one in found if id(one) not in used]
            if len(free) == 1:
                used.add(id(free[0]))
                yield Pair(collection, free[0])
                break
        else:
            yield Pair(collection, None)
    yield from (Pair(None, one) for one in left if id(one) not in used)


def _by(
    meetings: Sequence[MeetingText], keys: Callable[[MeetingText], Iterable[Tree]]
) -> dict[Tree, list[MeetingText]]:
    found: dict[Tree, list[MeetingText]] = {}
    for one in meetings:
        for key in keys(one):
            if key:
                found.setdefault(key, []).append(one)
    return found


def _identifier(tree: Tree) -> tuple[str, str] | None:
    if not isinstance(tree, dict):
        return None
    return str(tree.get("prefix", "")), str(tree.get("number", ""))


def _range_start(keys: Mapping[str, Tree]) -> Tree:
    span = keys.get("scheduled_date_range")
    return span.get("start") if isinstance(span, dict) else None


def listed(tree: Tree) -> list[Tree]:
    """Return a list; an empty one for what is none."""
    return tree if isinstance(tree, list) else []
