"""A party as `show` shows it: its names, kind, groups, terms, meetings and open tasks."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, NamedTuple

from grcm_cli.domain.model import Contact, Meeting, Party, PartyKind, Term
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Terminal
from grcm_cli.formats.record import Key
from grcm_cli.language.text import N_, _
from grcm_cli.views.meetings import meeting_days

KINDS: dict[PartyKind, str] = {
    "member": N_("member country"),
    "office": N_("office"),
    "organization": N_("organization"),
    "body": N_("body"),
    "group": N_("group of countries"),
}


class PartyView(NamedTuple):
    """What is shown of a party: the register, its tasks of the day, and the reader's language."""

    party: Party
    register: Register
    tasks: Sequence[Task]
    as_of: date
    language: str
    file: str
    """The path of the register, as messages show it."""

    @property
    def open(self) -> list[Task]:
        """The tasks that are not closed."""
        return [task for task in self.tasks if task.is_open]

    @property
    def late(self) -> int:
        """How many of them are overdue."""
        return sum(task.is_late for task in self.open)

    @property
    def last_report(self) -> date | None:
        """The day of its own last report; of a group, of the last by a member of it."""
        codes, entries = self.register.members_of(self.party.code), self.register.entries
        days = (e.day for e in entries if e.party in codes and e.day <= self.as_of)
        return max(days, default=None)

    def other_names(self) -> list[str]:
        """Return its names in other languages, and its aliases."""
        names = [*self.party.name.by_language.values(), *self.party.aliases]
        shown = self.party.name.shown(self.language)
        return [name for name in dict.fromkeys(names) if name != shown]

    @property
    def members(self) -> Sequence[str]:
        """The codes of those that are in a group on the day."""
        is_group = self.party.kind == "group"
        codes = self.register.present_members(self.party.code, self.as_of) if is_group else ()
        return tuple(codes)

    @property
    def groups(self) -> Sequence[str]:
        """The codes of the groups that it is in, of former members too."""
        code, groups = self.party.code, self.register.groups
        return [group for group, codes in groups.items() if code in codes]

    def terms(self) -> Iterator[tuple[Party, Term, date | None]]:
        """Yield an office's terms, or those in which the party holds one, with the last days."""
        party = self.party
        for office in [party] if party.kind == "office" else self.register.parties:
            for term, last in office.terms_with_ends():
                if party in (office, self.register.directory.by_code.get(term.holder.text)):
                    yield office, term, last

    def meetings(self) -> list[Meeting]:
        """Return the meetings of a body, the earliest first."""
        of_body = self.register.calendar.of_body(self.party.code, date.min)
        return [meeting for _start, _name, meeting in of_body]


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """To whom the letters to a party go."""

    name: Annotated[str | None, "A person or an office."]
    title: Annotated[str | None, "What the person is."]
    salutation: Annotated[str | None, "How a letter begins."]
    address: Annotated[tuple[str, ...], "Lines."]
    email: Annotated[tuple[str, ...], "Addresses."]


@dataclass(frozen=True, slots=True)
class TermRecord:
    """A term of office."""

    office: Annotated[str, "The code of the office."]
    holder: Annotated[str, "The code of the party that holds it."]
    start: Annotated[datetime.date, "The first day.", Key("from")]
    until: Annotated[datetime.date | None, "The last day; none where it has no end."]


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """The days of one membership."""

    start: Annotated[datetime.date | None, "The first day; none: from the beginning.", Key("from")]
    until: Annotated[datetime.date | None, "The last day; none where it has no end."]


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """A member country, an office (held in turn), an organization, a body or a group."""

    code: Annotated[str, "As files write it: `MEX`."]
    kind: Annotated[PartyKind, "What it is."]
    name: Annotated[str, "In the language asked for; otherwise the first that the register has."]
    other_names: Annotated[tuple[str, ...], "In other languages, aliases."]
    language: Annotated[str | None, "Of its letters."]
    contact: Annotated[ContactRecord, "To whom its letters go."]
    since: Annotated[datetime.date | None, "The first day as a member; none: from the beginning."]
    until: Annotated[datetime.date | None, "The last day as a member; none: no end."]
    memberships: Annotated[tuple[MembershipRecord, ...], "Of a member that joined or left."]
    terms: Annotated[tuple[TermRecord, ...], "Of office: who holds it, or what it holds."]
    meetings: Annotated[tuple[str, ...], "Of a body: the ids of its meetings, the earliest first."]
    members: Annotated[tuple[str, ...], "Of a group: the codes of its members of the day."]
    groups: Annotated[tuple[str, ...], "Codes of the groups that it is in."]


@dataclass(frozen=True, slots=True)
class PartyStatusRecord(PartyRecord):
    """A party, and what it owes on a day."""

    open: Annotated[int, "Open tasks."]
    overdue: Annotated[int, "Those that are late."]
    last_report: Annotated[datetime.date | None, "The day of its own last report."]
    file: Annotated[str, "The register."]


def party_record(view: PartyView) -> PartyRecord:
    """Return the record of a party, without what it owes on the day."""
    party = view.party
    return PartyRecord(
        code=party.code,
        kind=party.kind,
        name=party.name.shown(view.language),
        other_names=tuple(view.other_names()),
        language=party.language,
        contact=ContactRecord(*party.contact),
        since=party.since,
        until=party.until,
        memberships=tuple(MembershipRecord(*term[:2]) for term in party.memberships),
        terms=tuple(
            TermRecord(office.code, term.holder.text, term.start, last)
            for office, term, last in view.terms()
        ),
        meetings=tuple(meeting.id for meeting in view.meetings()),
        members=tuple(view.members),
        groups=tuple(view.groups),
    )


def document(view: PartyView) -> dict[str, object]:
    """Return a party as values for a JSON document."""
    party = party_record(view)
    status = PartyStatusRecord(
        **{field.name: getattr(party, field.name) for field in fields(party)},
        open=len(view.open),
        overdue=view.late,
        last_report=view.last_report,
        file=view.file,
    )
    return {"parties": [status]}


def text(view: PartyView, page: Terminal) -> str:
    """Return a party as text."""
    from grcm_cli.formats.wrapping import Paragraphs  # 2 ms, and no rich in JSON

    lines, party = Paragraphs(page), view.party
    lines.add_marked(party.code, "heading", f"    {party.name.shown(view.language)}", hang=2)
    for fact in facts(view):
        lines.add(fact, hang=2)
    lines.add_place(view.file)
    return str(lines)


def facts(view: PartyView) -> Iterator[str]:
    """Yield a sentence for each thing that is known of a party; an empty one before its tasks."""
    yield _(KINDS[view.party.kind])
    yield from _names_and_days(view)
    yield from _terms(view)
    yield from _meetings(view)
    yield from _contact(view.party.contact)
    yield ""
    yield from _standing(view)


def _names_and_days(view: PartyView) -> Iterator[str]:
    if names := view.other_names():
        yield _("also: {names}").format(names=", ".join(names))
    yield from membership_sentences(view.party, date.isoformat)
    if view.members:
        yield _("members on {day}: {parties}").format(
            day=view.as_of, parties=_with_names(view, view.members)
        )
    elif view.party.kind == "group":
        yield _("no members on {day}").format(day=view.as_of)
    if view.groups:
        yield _("belongs to {groups}").format(groups=_with_names(view, view.groups))


def _with_names(view: PartyView, codes: Sequence[str]) -> str:
    known = view.register.directory.by_code
    names = [f"{c} ({known[c].name.shown(view.language)})" if c in known else c for c in codes]
    return ", ".join(names)


def membership_sentences(party: Party, day: Callable[[date], str]) -> list[str]:
    """Return from when to when a party is a member, a sentence each; `day` writes a day."""
    sentences = []
    for start, until, *_places in party.memberships:
        if start and until:
            message = _("Member from {first} to {last}.")
            sentences.append(message.format(first=day(start), last=day(until)))
        elif start:
            sentences.append(_("Member since {day}.").format(day=day(start)))
        elif until:
            sentences.append(_("Member until {day}.").format(day=day(until)))
    return sentences


def _contact(contact: Contact) -> Iterator[str]:
    if person := ", ".join(filter(None, (contact.name, contact.title))):
        yield _("contact: {person}").format(person=person)
    if contact.salutation:
        yield _("salutation: {words}").format(words=contact.salutation)
    if contact.address:
        yield _("address: {lines}").format(lines=", ".join(contact.address))
    if contact.email:
        yield _("e-mail: {addresses}").format(addresses=", ".join(contact.email))


def _terms(view: PartyView) -> Iterator[str]:
    for office, term, last in view.terms():
        days = _("from {first} to {last}").format(first=term.start, last=last)
        if last is None:
            days = _("from {first} on").format(first=term.start)
        if office is view.party:
            holder = _with_names(view, [term.holder.text])
            yield _("held by {holder}, {days}").format(holder=holder, days=days)
        else:
            name = f"{office.code} ({office.name.shown(view.language)})"
            yield _("holds {office}, {days}").format(office=name, days=days)


def _meetings(view: PartyView) -> Iterator[str]:
    meetings = view.meetings()
    past = [one for one in meetings if (one.start or date.min) <= view.as_of]
    last, following = _("last meeting: {meeting}, {days}"), _("next meeting: {meeting}, {days}")
    ahead = [(following, meeting) for meeting in meetings[len(past) :][:1]]
    for sentence, meeting in [(last, meeting) for meeting in past[-1:]] + ahead:
        yield sentence.format(meeting=meeting.id, days=meeting_days(meeting, view.language))


def _standing(view: PartyView) -> Iterator[str]:
    if view.tasks or view.party.kind != "body":
        sentence = _("open tasks as of {day}: {open}; overdue: {late} (grcm tasks {code})")
        yield sentence.format(
            day=view.as_of, open=len(view.open), late=view.late, code=view.party.code
        )
        report = view.last_report.isoformat() if view.last_report else _("none")
        yield _("last report: {day}").format(day=report)
