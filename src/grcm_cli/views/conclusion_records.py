"""Conclusions for programs: their records with mandates, links to others and tasks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, NamedTuple

from grcm_cli.domain import model
from grcm_cli.domain.events import mandate_events
from grcm_cli.domain.model import AdoptedMandate, Conclusion, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.formats.record import Key
from grcm_cli.language.text import N_, _
from grcm_cli.views.labels import marked

LinkKind = Literal[
    "follows", "supersedes", "closes", "extends", "reassigns", "waits-for",
    "followed-by", "superseded-by", "closed-by", "extended-by", "reassigned-by", "awaited-by",
]  # fmt: skip
WAYS: dict[LinkKind, str] = {
    "follows": N_("follows"),
    "supersedes": N_("supersedes"),
    "closes": N_("closes"),
    "extends": N_("changes the deadline of"),
    "reassigns": N_("hands over"),
    "waits-for": N_("waits for"),
    "followed-by": N_("followed by"),
    "superseded-by": N_("superseded by"),
    "closed-by": N_("closed by"),
    "extended-by": N_("deadline changed by"),
    "reassigned-by": N_("handed over by"),
    "awaited-by": N_("awaited by"),
}
"""The kinds of links, as their source has them, then as their target has them."""
_HARMLESS = ("follows", "followed-by", "waits-for", "awaited-by")
_BACK = dict(zip(list(WAYS)[:6], list(WAYS)[6:], strict=True))
EachGroup = Literal["members", "participants"]


class Link(NamedTuple):
    """A reference from one conclusion to another."""

    way: LinkKind
    source: Reference
    target: Reference | None  # None where what is written has no form of a reference
    written: str
    day: date  # the source's last day, from which the link counts

    @property
    def target_conclusion(self) -> Reference | None:
        """The target without the number of its mandate."""
        return self.target._replace(ordinal=None) if self.target else None


class Links:
    """All links of a record up to a day, by their ends."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register, self.as_of = register, as_of
        self._builder = TaskBuilder(register, as_of, EVERYTHING)
        self._by_source: dict[Reference | None, list[Link]] = {}
        self._by_target: dict[Reference | None, list[Link]] = {}
        for key, word, target, meeting, conclusion, _mandate in register.all_links:
            source, last = Reference(meeting.id, conclusion.number), meeting.last_day or date.max
            link = Link("waits-for" if key == "after" else key, source, target, word.text, last)
            self._by_source.setdefault(source, []).append(link)
            if meeting.last_day is None or meeting.last_day <= as_of:
                self._by_target.setdefault(link.target_conclusion, []).append(link)

    def _of(self, conclusion: Reference) -> list[Link]:
        """Return the links from a conclusion, then those to it."""
        outgoing, incoming = (by.get(conclusion, ()) for by in (self._by_source, self._by_target))
        return [
            *(link for link in outgoing if link.target_conclusion != conclusion),
            *(link for link in incoming if link.source != conclusion),
        ]

    def chain(self, conclusion: Reference) -> list[Link]:
        """Return the links that continue those of a conclusion, to the first and the last."""
        direct = self._of(conclusion)
        near = [link for link in direct if link.way != "waits-for"]
        older = _follow(self._by_source, near, lambda link: link.target_conclusion)
        newer = _follow(self._by_target, near, lambda link: link.source)
        further = dict.fromkeys(link for link in (*older, *newer) if link not in direct)
        return sorted(further, key=lambda link: (link.day, str(link.source), link.written))

    def seen_from(self, conclusion: Reference) -> Iterator[Link]:
        """Yield the links from a conclusion, then those to it, turned round."""
        for link in self._of(conclusion):
            if link.source == conclusion:
                yield link
            else:
                yield Link(_BACK[link.way], conclusion, link.source, str(link.source), link.day)

    def target_text(self, link: Link) -> str:
        """Return where a link leads, with a remark where the text is not in the record."""
        if link.target is None:
            return link.written
        meeting = self.register.calendar.by_id.get(link.target.meeting)
        if meeting is not None and meeting.conclusions is None:
            return _("{reference} (text not in the record)").format(reference=link.target)
        conclusion = self.register.conclusion(link.target)
        is_secret = meeting and conclusion and (meeting.confidential or conclusion.confidential)
        text = marked(str(link.target), secret=bool(is_secret))
        message = _("{reference} (without effect)") if self._is_idle(link) else "{reference}"
        return message.format(reference=text)

    def _is_idle(self, link: Link) -> bool:
        """Tell whether a link changed nothing: what it extends or ends was settled before."""
        changed, by = link.target, link.source
        if link.way in _BACK.values():
            changed, by = link.source, link.target or link.source
        if changed is None or link.way in _HARMLESS or link.day > self.as_of:
            return False
        rows = self.register.adopted(changed)
        events = (event for row in rows for event in mandate_events(self._builder, row))
        idle = [event.after.is_idle for event in events if event.by == by]
        return bool(idle) and all(idle)


def _follow(
    by_end: Mapping[Reference | None, Sequence[Link]],
    near: Iterable[Link],
    end: Callable[[Link], Reference | None],
) -> Iterator[Link]:
    """Yield the links that continue those near; `end` returns where a link is continued."""
    visited: set[Reference | None] = set()
    waiting = [end(link) for link in near]
    while waiting:
        at = waiting.pop()
        if at not in visited:
            visited.add(at)
            links = [link for link in by_end.get(at, ()) if link.way != "waits-for"]
            yield from links
            waiting += map(end, links)


@dataclass(frozen=True, slots=True)
class EachRecord:
    """Parties that owe one task each: a group or a list, less the exceptions."""

    each: Annotated[EachGroup | tuple[str, ...], "Each member, each participant, or codes."]
    exceptions: Annotated[tuple[str, ...], "Codes of those that are left out.", Key("except")]


ResponsibleParties = tuple[str, ...] | EachRecord | None


@dataclass(frozen=True, slots=True)
class MandateRecord:
    """One duty that a conclusion lays on somebody, as adopted. Who owes it when is in its tasks."""

    ref: Annotated[str, "The mandate."]
    mandate: Annotated[int, "Its number in the conclusion, from 1."]
    action: Annotated[str | None, "None: the text of the conclusion itself."]
    kind: Annotated[model.MandateKind, "How strongly it binds."]
    due: Annotated[str | None, "As adopted and written; later meetings may have moved it."]
    until: Annotated[date | None, "The last day on which a recurring duty can fall due."]
    after: Annotated[tuple[str, ...], "What comes first, as written in the file: `8#1`."]
    note: Annotated[str | None, "From the secretariat."]
    void: Annotated[str | None, "Why it does not count, if it was recorded by mistake."]
    responsible: Annotated[ResponsibleParties, "As adopted; the parties in a list owe it jointly."]
    support: Annotated[tuple[str, ...], "As adopted: codes of those who help but owe nothing."]
    lead: Annotated[str | None, "Of parties that owe it jointly: the one that is addressed first."]
    internal: Annotated[str | None, "What is not published; included only with `--internal`."]


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """What ties a conclusion to an older or a newer one."""

    link: Annotated[LinkKind, "The kind of link, seen from the conclusion."]
    ref: Annotated[str, "The other conclusion, or the mandate."]
    in_record: Annotated[bool, "Whether the record has its text."]


@dataclass(frozen=True, slots=True)
class ConclusionRecord:
    """One numbered paragraph that a meeting adopted, word for word."""

    ref: Annotated[str, "As `grcm show` accepts it: `GRCM-2002-10/8`."]
    number: Annotated[str, "Its number: `8`, `12.a`."]
    text: Annotated[str, "In the language asked for if the record has it; otherwise as adopted."]
    acts: Annotated[tuple[str, ...], "What it does: `directive`, `deciding` and so on."]
    documents: Annotated[tuple[str, ...], "Its annexes."]
    note: Annotated[str | None, "From the secretariat."]
    internal: Annotated[str | None, "What is not published; included only with `--internal`."]
    confidential: Annotated[bool, "It is not published; included only with `--internal`."]
    themes: Annotated[tuple[str, ...], "Codes of the themes that it is about."]
    links: Annotated[tuple[LinkRecord, ...], "In both directions, for all meetings in the record."]
    mandates: Annotated[tuple[MandateRecord, ...], "What it obliges somebody to do."]
    file: Annotated[str, "As seen from the working folder."]
    line: Annotated[int, "From 1."]


def conclusion_record(
    links: Links, language: str, meeting: Meeting, conclusion: Conclusion, only: int | None = None
) -> ConclusionRecord:
    """Return the record of a conclusion, with all its mandates or `only` the one of this number."""
    reference, link_records = Reference(meeting.id, conclusion.number), []
    for link in links.seen_from(reference):
        in_record = bool(link.target and links.register.conclusion(link.target))
        link_records.append(LinkRecord(link.way, str(link.target or link.written), in_record))
    return ConclusionRecord(
        ref=str(reference),
        number=conclusion.number,
        text=conclusion.text.shown(language),
        acts=model.texts(conclusion.acts),
        documents=conclusion.documents,
        note=conclusion.note,
        internal=conclusion.internal,
        confidential=conclusion.confidential or meeting.confidential,
        themes=model.texts(conclusion.themes),
        links=tuple(dict.fromkeys(link_records)),
        mandates=tuple(
            _mandate_record(AdoptedMandate(meeting, conclusion, mandate), language)
            for mandate in conclusion.mandates
            if only in (None, mandate.ordinal)
        ),
        file=conclusion.at.path,
        line=conclusion.at.line,
    )


def _mandate_record(adopted: AdoptedMandate, language: str) -> MandateRecord:
    mandate = adopted.mandate
    responsible: ResponsibleParties = None
    match mandate.responsible:
        case model.Each(group, listed, exceptions):
            owing = model.texts(listed) if group == "listed" else group
            responsible = EachRecord(owing, model.texts(exceptions))
        case model.Together(parties):
            responsible = model.texts(parties)
    return MandateRecord(
        ref=str(adopted.reference),
        mandate=mandate.ordinal,
        action=mandate.action.shown(language) if mandate.action else None,
        kind=mandate.kind,
        due=mandate.due.written if mandate.due else None,
        until=mandate.until.day if mandate.until else None,
        after=model.texts(mandate.after),
        note=mandate.note,
        void=mandate.void,
        responsible=responsible,
        support=model.texts(mandate.support),
        lead=mandate.lead.text if mandate.lead else None,
        internal=mandate.internal,
    )
