"""The view of `show`: conclusions in full, with their acts, mandates, tasks and links."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, Mandate, Meeting, PlacedWord, Reference
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import JsonSchema, ListRecord, OutputField, record_of
from grcm_cli.formats.output_schema import (
    DAY_OR_NONE,
    FLAG,
    KIND,
    NUMBER,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    iso,
    list_of,
    object_schema,
    one_of,
    record_schema,
)
from grcm_cli.language.text import N_, _, clean, collapse
from grcm_cli.views import labels, meetings
from grcm_cli.views.mandate_summary import facts, not_in_force, states
from grcm_cli.views.tasks import task_fields

_ACTS = {
    "directive": N_("directive"),
    "deciding": N_("deciding"),
    "evaluative": N_("evaluative"),
    "observing": N_("observing"),
    "reinforcing": N_("reinforcing"),
}
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
"""The kinds of links, as their source has them, then as their target has them."""
_BACK = dict(zip(list(WAYS)[:5], list(WAYS)[5:], strict=True))


def acts(conclusion: Conclusion) -> str:
    """Return the acts of a conclusion in words."""
    return ", ".join(_(_ACTS.get(act.text, act.text)) for act in conclusion.acts)


def mandate_number(conclusion: Conclusion, mandate: Mandate) -> str:
    """Return a mandate's number inside its meeting: `8`, or `8#2` of a conclusion with several."""
    return conclusion.number + (f"#{mandate.ordinal}" if mandate.of_several else "")


def adopted_text(meeting: Meeting, conclusion: Conclusion) -> str:
    """Return a conclusion's exact words, in the language in which they were adopted."""
    return collapse(conclusion.text.shown(meeting.language or ""))


def with_parents(meeting: Meeting, conclusion: Conclusion) -> list[Conclusion]:
    """Return a conclusion after those whose sentence it continues: 12.a after 12."""
    parts = conclusion.number.split(".")
    numbers = {".".join(parts[:count]) for count in range(1, len(parts))}
    parents = [other for other in meeting.conclusions or () if other.number in numbers]
    return [*parents, conclusion]


# --- links between conclusions ------------------------------------------------------------------


class LinkEnd(NamedTuple):
    """What a link leads to, as the conclusion at its other end shows it."""

    way: str
    """A key of WAYS."""
    text: str
    """Where it leads, with a remark where the text is not in the record."""
    reference: Reference | None
    written: str
    """The reference; as the file writes it where that is none."""
    in_record: bool = True
    """Whether the text of the conclusion is in the record."""


class Link(NamedTuple):
    """A reference from one conclusion to another."""

    way: str
    """One of the first five keys of WAYS."""
    source: Reference
    target: Reference | None
    """None where what is written has no form of a reference."""
    written: str
    day: date
    """The source's last day, from which the link counts."""

    @property
    def target_conclusion(self) -> Reference | None:
        """The target without the number of its mandate."""
        return self.target._replace(ordinal=None) if self.target else None


class Links:
    """All links of a record up to a day, by their ends."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register = register
        self._by_source: dict[Reference | None, list[Link]] = {}
        self._by_target: dict[Reference | None, list[Link]] = {}
        for meeting in register.meetings:
            if meeting.last_day is None or meeting.last_day <= as_of:
                for conclusion in meeting.conclusions or ():
                    for link in self._links_from(meeting, conclusion):
                        self._by_source.setdefault(link.source, []).append(link)
                        self._by_target.setdefault(link.target_conclusion, []).append(link)

    def _links_from(self, meeting: Meeting, conclusion: Conclusion) -> Iterator[Link]:
        own = Reference(meeting.id, conclusion.number)
        for way, word in _references(conclusion):
            target = self.register.parse_reference(word.text, meeting.id)
            yield Link(way, own, target, word.text, meeting.last_day or date.max)

    def of(self, meeting: Meeting, conclusion: Conclusion) -> list[Link]:
        """Return the links from a conclusion, then those to it."""
        own = Reference(meeting.id, conclusion.number)
        if own not in self._by_target and not (conclusion.lineage or conclusion.mandates):
            return []  # as most
        outgoing = self._links_from(meeting, conclusion)
        return [
            *(link for link in outgoing if link.target_conclusion != own),
            *(link for link in self._by_target.get(own, ()) if link.source != own),
        ]

    def chain(self, direct: Sequence[Link]) -> list[Link]:
        """Return the links that continue the direct ones, to the first and last conclusion."""
        near = [link for link in direct if link.way != "waits-for"]
        older = _follow(self._by_source, near, lambda link: link.target_conclusion)
        newer = _follow(self._by_target, near, lambda link: link.source)
        known = set(direct)
        further = dict.fromkeys(link for link in (*older, *newer) if link not in known)
        return sorted(further, key=lambda link: (link.day, str(link.source), link.written))

    def other_end(self, link: Link, own: Reference) -> LinkEnd:
        """Return what a link leads to, as seen from the conclusion `own` at one of its ends."""
        if link.source != own:
            source = str(link.source)
            return LinkEnd(_BACK[link.way], source, link.source, source)
        written = str(link.target or link.written)
        in_record = bool(link.target and self.register.conclusion(link.target))
        text = self.target_text(link)
        return LinkEnd(link.way, text, link.target_conclusion, written, in_record)

    def target_text(self, link: Link) -> str:
        """Return where a link leads, with a remark where the text is not in the record."""
        if link.target is None:
            return link.written
        meeting = self.register.calendar.by_id.get(link.target.meeting)
        if meeting is not None and meeting.conclusions is None:
            return _("{reference} (text not in the record)").format(reference=link.target)
        return str(link.target)


def _follow(
    by_end: Mapping[Reference | None, Sequence[Link]],
    near: Iterable[Link],
    end: Callable[[Link], Reference | None],
) -> Iterator[Link]:
    """Yield the links that continue those near; `end` returns where a link is continued."""
    seen: set[Reference | None] = set()
    waiting = [end(link) for link in near]
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            found = [link for link in by_end.get(at, ()) if link.way != "waits-for"]
            yield from found
            waiting += map(end, found)


def _references(conclusion: Conclusion) -> Iterator[tuple[str, PlacedWord]]:
    if conclusion.lineage:
        yield from (("follows", word) for word in conclusion.follows)
        yield from (("supersedes", word) for word in conclusion.supersedes)
        yield from (("closes", word) for word in conclusion.closes)
        yield from (("extends", extension.mandate) for extension in conclusion.extends)
    for mandate in conclusion.mandates:
        yield from (("waits-for", word) for word in mandate.after)


# --- conclusions in full ------------------------------------------------------------------------


class ConclusionView(NamedTuple):
    """What `show` needs: the tasks of the day, the language and the links."""

    tasks: Sequence[Task]
    language: str
    links: Links
    only: int | None = None
    """The ordinal of the one mandate that is shown; None for all."""

    def mandates(self, conclusion: Conclusion) -> list[tuple[Mandate, list[Task]]]:
        """Return the mandates that are shown, each with its tasks."""
        return [
            (mandate, [task for task in self.tasks if task.mandate is mandate])
            for mandate in conclusion.mandates
            if self.only in (None, mandate.ordinal)
        ]


def document(
    view: ConclusionView, meeting: Meeting, conclusions: Sequence[Conclusion]
) -> dict[str, object]:
    """Return a meeting with some of its conclusions, as values for a JSON document."""
    return {
        "meeting": record_of(meeting, meetings.meeting_fields(view.language)),
        "conclusions": conclusion_records(view, meeting, conclusions),
    }


def conclusion_records(
    view: ConclusionView, meeting: Meeting, conclusions: Sequence[Conclusion]
) -> list[ListRecord]:
    """Return the records of some conclusions of a meeting, with links, mandates and tasks."""
    return [_values(view, meeting, conclusion) for conclusion in conclusions]


AddressedMandate = tuple[Reference, Mandate]
_LINK = object_schema({"link": one_of(WAYS), "ref": TEXT, "in_record": FLAG})


def mandate_fields(language: str) -> Sequence[OutputField[AddressedMandate]]:
    """Return the keys of a mandate's record; `language` is that of the action."""

    def action(one: AddressedMandate) -> str | None:
        return one[1].action.shown(language) if one[1].action else None

    def due(one: AddressedMandate) -> str | None:
        return one[1].due.written if one[1].due else None

    def until(one: AddressedMandate) -> str | None:
        return iso(one[1].until.day) if one[1].until else None

    return (
        OutputField("ref", TEXT, "The mandate.", lambda one: str(one[0])),
        OutputField("mandate", NUMBER, "From 1, in its conclusion.", lambda one: one[1].ordinal),
        OutputField("action", TEXT_OR_NONE, "None: the text itself.", action),
        OutputField("kind", KIND, "How strongly it binds.", lambda one: one[1].kind),
        OutputField("due", TEXT_OR_NONE, "As adopted.", due),
        OutputField("until", DAY_OR_NONE, "The last day of a recurring one.", until),
        OutputField(
            "after", TEXTS, "What comes first.", lambda one: [w.text for w in one[1].after]
        ),
        OutputField("note", TEXT_OR_NONE, "Of the secretariat.", lambda one: one[1].note),
        OutputField("void", TEXT_OR_NONE, "Why it does not count.", lambda one: one[1].void),
    )


def document_content() -> dict[str, JsonSchema]:
    """Return the JSON Schema of what `document` returns, by key."""
    content: dict[str, JsonSchema] = {
        "ref": TEXT,
        "number": TEXT,
        "text": TEXT,
        "acts": TEXTS,
        "documents": TEXTS,
        "note": TEXT_OR_NONE,
        "links": list_of(_LINK),
        "mandates": list_of(record_schema(mandate_fields(""))),
        "tasks": list_of(record_schema(task_fields(Directory(()), ""))),
        "file": TEXT,
        "line": NUMBER,
    }
    meeting = record_schema(meetings.meeting_fields(""))
    return {"meeting": meeting, "conclusions": list_of(object_schema(content))}


def _values(view: ConclusionView, meeting: Meeting, conclusion: Conclusion) -> ListRecord:
    own = Reference(meeting.id, conclusion.number)
    ends = [view.links.other_end(link, own) for link in view.links.of(meeting, conclusion)]
    fields = task_fields(view.links.register.directory, view.language)
    shown = view.mandates(conclusion)
    register = view.links.register
    addressed = [(register.address(meeting, conclusion, one), one) for one, _tasks in shown]
    links = dict.fromkeys((end.way, end.written, end.in_record) for end in ends)
    return {
        "ref": str(own),
        "number": conclusion.number,
        "text": conclusion.text.shown(view.language),
        "acts": [act.text for act in conclusion.acts],
        "documents": conclusion.documents,
        "note": conclusion.note,
        "links": [{"link": way, "ref": ref, "in_record": known} for way, ref, known in links],
        "mandates": [record_of(one, mandate_fields(view.language)) for one in addressed],
        "tasks": [record_of(task, fields) for _mandate, tasks in shown for task in tasks],
        "file": conclusion.at.path,
        "line": conclusion.at.line,
    }


def text(
    view: ConclusionView,
    meeting: Meeting,
    conclusions: Sequence[Conclusion],
    width: int,
    number: str | None,
) -> str:
    """Return conclusions as text, with rules between several.

    `number` is the one that was asked for; None adds the facts of their meeting.
    """
    lines = _TextLines(width)
    lines.paragraph(_heading(view, meeting, number))
    if number is None:
        _add_meeting(lines, meeting)
    for conclusion in conclusions:
        if number is None or len(conclusions) > 1 or conclusion.number != number:
            dashes = "─" * max(0, lines.width - 5 - len(conclusion.number))
            lines.add("", f"── {conclusion.number} {dashes}")
        _add_conclusion(lines, view, meeting, conclusion)
    return "\n".join(lines.lines) + "\n"


class _TextLines:
    """Collects lines of text in a width, with control characters escaped."""

    def __init__(self, width: int) -> None:
        self.width = max(30, min(width, 110))
        self.lines: list[str] = []

    def paragraph(self, text: str, indent: int = 0, hang: int = 0) -> None:
        """Add a paragraph, its first line indented by `indent`, the others by `hang` more."""
        self.lines += textwrap.wrap(
            clean(text),
            self.width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hang),
            break_on_hyphens=False,
        )

    def add(self, *lines: str) -> None:
        """Add lines as they are; without any, an empty line."""
        self.lines += map(clean, lines or [""])


def _heading(view: ConclusionView, meeting: Meeting, number: str | None) -> str:
    name = meeting.id if number is None else f"{meeting.id}/{number}"
    title = labels.title_of(meeting, view.language) if meeting.title else ""
    details = (title, meeting.place or "", meetings.meeting_days(meeting, view.language))
    return f"{name}    {', '.join(filter(None, details))}"


def _add_meeting(lines: _TextLines, meeting: Meeting) -> None:
    lines.add()
    if meeting.body:
        lines.paragraph(_("body: {code}").format(code=meeting.body.text))
    if meeting.participants:
        codes = " ".join(word.text for word in meeting.participants)
        lines.paragraph(_("participants: {codes}").format(codes=codes), hang=2)
    if meeting.observers:
        codes = " ".join(word.text for word in meeting.observers)
        lines.paragraph(_("observers: {codes}").format(codes=codes), hang=2)
    if meeting.source:
        lines.paragraph(_("source: {source}").format(source=meeting.source), hang=2)
    lines.add(meeting.at.path)
    if meeting.conclusions is None:
        lines.add()
        lines.paragraph(_("The text of its conclusions is not in the record."))


def _add_conclusion(
    lines: _TextLines, view: ConclusionView, meeting: Meeting, conclusion: Conclusion
) -> None:
    if conclusion.acts:
        lines.paragraph(acts(conclusion))
    lines.add()
    lines.paragraph(collapse(conclusion.text.shown(view.language)), 2)
    for mandate, tasks in view.mandates(conclusion):
        lines.add()
        action = mandate.action.shown(view.language) if mandate.action else _("(the text itself)")
        _add_mandate(lines, mandate_number(conclusion, mandate), action, mandate, tasks)
    lines.add()
    if conclusion.note:
        lines.paragraph(_("note: {text}").format(text=conclusion.note), hang=2)
    if conclusion.documents:
        names = "; ".join(conclusion.documents)
        lines.paragraph(_("annexes: {names}").format(names=names), hang=2)
    own = Reference(meeting.id, conclusion.number)
    direct = view.links.of(meeting, conclusion)
    ends = [view.links.other_end(link, own) for link in direct]
    links = "; ".join(dict.fromkeys(" ".join([_(WAYS[end.way]), end.text]) for end in ends))
    lines.paragraph(_("links: {links}").format(links=links or _("none")), hang=2)
    further = "; ".join(
        " ".join([str(link.source), _(WAYS[link.way]), view.links.target_text(link)])
        for link in view.links.chain(direct)
    )
    if further:
        lines.paragraph(_("before and after: {links}").format(links=further), hang=2)
    lines.add(f"{conclusion.at.path}:{conclusion.at.line}")


def _add_mandate(
    lines: _TextLines, number: str, action: str, mandate: Mandate, tasks: Sequence[Task]
) -> None:
    hang = len(number) + 2
    lines.paragraph(f"{number}  {collapse(action)}", hang=hang)
    reason = not_in_force(mandate, tasks)
    if reason:
        lines.paragraph(reason, hang)
        return
    lines.paragraph(" · ".join(facts(tasks, mandate)), hang, 2)
    for wait in tasks[0].waits:
        lines.paragraph(labels.waits(wait, tasks[0]), hang)
    for line in states(tasks):
        lines.paragraph(line, hang, 2)
    if mandate.note:
        lines.paragraph(_("note: {text}").format(text=mandate.note), hang, 2)
