"""A party as `show` shows it: its names, kind, groups, terms, meetings and open tasks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Annotated, NamedTuple

from grcm_cli.domain.model import Party, PartyKind
from grcm_cli.domain.progress import last_reports
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Terminal
from grcm_cli.formats.record import Key
from grcm_cli.language.text import N_, _, labelled
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
    file: str  # the path of the register, as messages show it

    def document(self) -> dict[str, object]:
        """Return the party as values for a JSON document."""
        return {"parties": [status_record(self)]}

    def text(self, page: Terminal) -> str:
        """Return the party as text."""
        from grcm_cli.formats.terminal import Paragraphs  # 5 ms, and no rich in JSON

        lines, party = Paragraphs(page), self.party
        lines.add_marked(party.code, "heading", f"    {party.name.shown(self.language)}", hang=2)
        for fact in facts(self):
            lines.add(fact, hang=2)
        lines.add_place(self.file)
        return str(lines)


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """To whom the letters to a party go."""

    name: Annotated[str | None, "A person or an office."]
    title: Annotated[str | None, "The person's role."]
    salutation: Annotated[str | None, "How a letter begins."]
    address: Annotated[tuple[str, ...], "Lines."]
    email: Annotated[tuple[str, ...], "Addresses."]


@dataclass(frozen=True, slots=True)
class TermRecord:
    """A term of office."""

    office: Annotated[str, "The code of the office."]
    holder: Annotated[str, "The code of the party that holds it."]
    start: Annotated[date, "The first day.", Key("from")]
    until: Annotated[date | None, "The last day; none if there is no end."]


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """The days of one membership."""

    start: Annotated[date | None, "The first day; none if from the beginning.", Key("from")]
    until: Annotated[date | None, "The last day; none if there is no end."]


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """A member country, an office (held in turn), an organization, a body or a group."""

    code: Annotated[str, "As written in files: `MEX`."]
    kind: Annotated[PartyKind, "What it is."]
    name: Annotated[str, "In the language asked for; otherwise the first that the register has."]
    other_names: Annotated[tuple[str, ...], "Its names in other languages, and its aliases."]
    language: Annotated[str | None, "The language of its letters."]
    contact: Annotated[ContactRecord, "To whom its letters go."]
    since: Annotated[date | None, "The first day as a member; none if from the beginning."]
    until: Annotated[date | None, "The last day as a member; none if there is no end."]
    memberships: Annotated[
        tuple[MembershipRecord, ...], "For a member that joined or left: its memberships."
    ]
    terms: Annotated[
        tuple[TermRecord, ...], "Terms of office: its holders, or the offices that it holds."
    ]
    meetings: Annotated[tuple[str, ...], "For a body: the ids of its meetings, earliest first."]
    members: Annotated[tuple[str, ...], "For a group: the codes of its members on the day."]
    groups: Annotated[tuple[str, ...], "Codes of the groups that it is in."]


@dataclass(frozen=True, slots=True)
class PartyStatusRecord(PartyRecord):
    """A party with its tasks on a day."""

    open: Annotated[int, "Open tasks."]
    overdue: Annotated[int, "Those that are overdue."]
    last_report: Annotated[date | None, "The date of the last report by it or by its office."]
    file: Annotated[str, "The register."]


def party_record(party: Party, register: Register, day: date, language: str) -> PartyRecord:
    """Return the record of a party on a day, without its tasks."""
    shown = party.name.shown(language)
    of_body = [meeting for *_key, meeting in register.calendar.of_body(party.code, date.min)]
    ids = [meeting.id for meeting in of_body if not (register.is_public and meeting.confidential)]
    names = dict.fromkeys([*party.name.by_language.values(), *party.aliases])
    present = partial(register.present_members, day=day)
    return PartyRecord(
        code=party.code,
        kind=party.kind,
        name=shown,
        other_names=tuple(name for name in names if name != shown),
        language=party.language,
        contact=ContactRecord(*party.contact),
        since=party.since,
        until=party.until,
        memberships=tuple(MembershipRecord(*term[:2]) for term in party.memberships),
        terms=tuple(terms_of(party, register)),
        meetings=tuple(ids),
        members=tuple(present(party.code)) if party.kind == "group" else (),
        groups=tuple(code for code in register.groups if party.code in present(code)),
    )


def terms_of(party: Party, register: Register) -> Iterator[TermRecord]:
    """Yield an office's terms, or those in which a party holds offices."""
    for office in [party] if party.kind == "office" else register.parties:
        for term, last in office.terms_with_ends():
            if party in (office, register.directory.by_code.get(term.holder.text)):
                yield TermRecord(office.code, term.holder.text, term.start, last)


def status_record(view: PartyView) -> PartyStatusRecord:
    """Return the record of a party, with its tasks on the day."""
    register = view.register
    party = party_record(view.party, register, view.as_of, view.language)
    reported = last_reports(register, view.as_of)
    members = register.members_of(party.code, view.as_of)
    return PartyStatusRecord(
        **{field.name: getattr(party, field.name) for field in fields(party)},
        open=sum(task.is_open for task in view.tasks),
        overdue=sum(task.is_late for task in view.tasks),
        last_report=max((reported[code] for code in members if code in reported), default=None),
        file=view.file,
    )


def facts(view: PartyView) -> Iterator[str]:
    """Yield a sentence for each thing that is known of a party; an empty one before its tasks."""
    party = status_record(view)
    yield _(KINDS[party.kind])
    if party.other_names:
        yield _("also: {names}").format(names=", ".join(party.other_names))
    yield from membership_sentences(view.party, date.isoformat)
    if party.members:
        message = _("members on {day}: {parties}")
        yield message.format(day=view.as_of, parties=_with_names(view, party.members))
    elif party.kind == "group":
        yield _("no members on {day}").format(day=view.as_of)
    if party.groups:
        yield _("belongs to {groups}").format(groups=_with_names(view, party.groups))
    for term in party.terms:
        message = _("from {first} to {last}") if term.until else _("from {first} on")
        days = message.format(first=term.start, last=term.until)
        is_own = term.office == party.code
        words = _with_names(view, [term.holder if is_own else term.office])
        yield labelled(_("holder") if is_own else _("office"), f"{words}, {days}")
    meetings = [view.register.calendar.by_id[name] for name in party.meetings]
    past = [meeting for meeting in meetings if (meeting.start or date.min) <= view.as_of]
    for meeting in meetings[max(0, len(past) - 1) : len(past) + 1]:
        message = _("last meeting: {meeting}, {days}")
        if meeting not in past:
            message = _("next meeting: {meeting}, {days}")
        yield message.format(meeting=meeting.id, days=meeting_days(meeting, view.language))
    yield from _contact(party.contact)
    yield ""
    if view.tasks or party.kind != "body":
        sentence = _("open tasks as of {day}: {open}; overdue: {late} (grcm tasks {code})")
        yield sentence.format(day=view.as_of, open=party.open, late=party.overdue, code=party.code)
        yield _("last report: {day}").format(day=party.last_report or _("none"))


def _with_names(view: PartyView, codes: Iterable[str]) -> str:
    by_code = view.register.directory.by_code
    return ", ".join(
        f"{code} ({by_code[code].name.shown(view.language)})" if code in by_code else code
        for code in codes
    )


def membership_sentences(party: Party, day: Callable[[date], str]) -> Iterator[str]:
    """Yield from when to when a party is a member, a sentence each; `day` writes a day."""
    for start, until, *_places in party.memberships:
        if start and until:
            yield _("Member from {first} to {last}.").format(first=day(start), last=day(until))
        elif start:
            yield _("Member from {day}.").format(day=day(start))
        elif until:
            yield _("Member until {day}.").format(day=day(until))


def _contact(contact: ContactRecord) -> Iterator[str]:
    if person := ", ".join(filter(None, (contact.name, contact.title))):
        yield _("contact: {person}").format(person=person)
    if contact.salutation:
        yield _("salutation: {words}").format(words=contact.salutation)
    if contact.address:
        yield _("address: {lines}").format(lines=", ".join(contact.address))
    if contact.email:
        yield _("e-mail: {addresses}").format(addresses=", ".join(contact.email))
