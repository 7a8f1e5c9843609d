"""How conclusions hang together, both ways: what one follows, replaces, ends, moves, waits for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, Meeting, Reference, Written
from grcm_cli.domain.register import Register
from grcm_cli.language.text import N_, _

WAYS = {
    "follows": N_("follows"),
    "supersedes": N_("supersedes"),
    "closes": N_("closes"),
    "extends": N_("extends"),
    "waits-for": N_("waits for"),
    "followed-by": N_("followed by"),
    "superseded-by": N_("superseded by"),
    "closed-by": N_("closed by"),
    "extended-by": N_("extended by"),
    "awaited-by": N_("awaited by"),
}
_BACK = dict(zip(list(WAYS)[:5], list(WAYS)[5:], strict=True))


class Link(NamedTuple):
    """One conclusion's word on another."""

    way: str
    source: Reference
    target: Reference | None
    """None where the words have no form of a reference."""
    written: str
    day: date
    """The source's last day, from which it counts."""

    @property
    def whole(self) -> Reference | None:
        """The conclusion that it leads to."""
        return self.target._replace(ordinal=None) if self.target else None


class Links:
    """All links of a record up to a day, by their ends: read once for any number of conclusions."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register = register
        self._by_source: dict[Reference | None, list[Link]] = {}
        self._by_target: dict[Reference | None, list[Link]] = {}
        for link in _all(register, as_of):
            self._by_source.setdefault(link.source, []).append(link)
            self._by_target.setdefault(link.whole, []).append(link)

    def of(self, meeting: Meeting, conclusion: Conclusion) -> list[Link]:
        """Return a conclusion's own words on others, then those of others on it."""
        own = Reference(meeting.id, conclusion.number)
        going = [link for link in _of(self.register, meeting, conclusion) if link.whole != own]
        coming = [link for link in self._by_target.get(own, ()) if link.source != own]
        return [*going, *coming]

    def chain(self, direct: Sequence[Link]) -> list[Link]:
        """Return the links by which the direct ones go on, to the first and last conclusion."""
        near = [link for link in direct if link.way != "waits-for"]
        older = _follow(self._by_source, [link.whole for link in near], back=False)
        newer = _follow(self._by_target, [link.source for link in near], back=True)
        known = set(direct)
        further = dict.fromkeys(link for link in (*older, *newer) if link not in known)
        return sorted(further, key=lambda link: (link.day, str(link.source), link.written))


def _follow(
    by_end: Mapping[Reference | None, Sequence[Link]],
    starts: Iterable[Reference | None],
    *,
    back: bool,
) -> Iterator[Link]:
    seen: set[Reference | None] = set()
    waiting = list(starts)
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        for link in by_end.get(at, ()):
            if link.way != "waits-for":
                yield link
                waiting.append(link.source if back else link.whole)


def _all(register: Register, as_of: date) -> Iterator[Link]:
    for meeting in register.meetings:
        if meeting.last_day is None or meeting.last_day <= as_of:
            for conclusion in meeting.conclusions or ():
                yield from _of(register, meeting, conclusion)


def _of(register: Register, meeting: Meeting, conclusion: Conclusion) -> Iterator[Link]:
    own = Reference(meeting.id, conclusion.number)
    for way, word in _words(conclusion):
        target = register.refer(word.text, meeting.id)
        yield Link(way, own, target, word.text, meeting.last_day or date.max)


def _words(conclusion: Conclusion) -> Iterator[tuple[str, Written]]:
    if conclusion.lineage:
        yield from (("follows", word) for word in conclusion.follows)
        yield from (("supersedes", word) for word in conclusion.supersedes)
        yield from (("closes", word) for word in conclusion.closes)
        yield from (("extends", extension.mandate) for extension in conclusion.extends)
    for mandate in conclusion.mandates:
        yield from (("waits-for", word) for word in mandate.after)


def way_of(link: Link, own: Reference) -> str:
    """Return a link's way as the conclusion `own` has it."""
    return link.way if link.source == own else _BACK[link.way]


def in_words(register: Register, link: Link, own: Reference | None = None) -> str:
    """Return a link to read, from the side of `own` where that is one of its ends."""
    if own is not None and link.source != own:
        return " ".join([_(WAYS[way_of(link, own)]), str(link.source)])
    said = " ".join([_(WAYS[link.way]), target(register, link)])
    return said if own is not None else " ".join([str(link.source), said])


def target(register: Register, link: Link) -> str:
    """Return where a link leads, with a word where the text is not in the record."""
    if link.target is None:
        return link.written
    meeting = register.calendar.by_id.get(link.target.meeting)
    if meeting is not None and meeting.conclusions is None:
        return _("{reference} (text not in the record)").format(reference=link.target)
    return str(link.target)
