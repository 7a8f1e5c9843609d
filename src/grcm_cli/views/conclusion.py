"""A conclusion, or a whole meeting, in full: text, acts, tasks and their states, links."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, Mandate, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Record
from grcm_cli.language.days import long_span
from grcm_cli.language.text import N_, _, clean, collapse
from grcm_cli.views import labels
from grcm_cli.views.lineage import Links, in_words, target, way_of
from grcm_cli.views.mandate_summary import facts, standing
from grcm_cli.views.tasks import record

ACTS = {
    "directive": N_("directive"),
    "deciding": N_("deciding"),
    "evaluative": N_("evaluative"),
    "observing": N_("observing"),
    "reinforcing": N_("reinforcing"),
}


class Sheet(NamedTuple):
    """What `show` knows: the register, the tasks of the day, and the reader's language."""

    register: Register
    tasks: Sequence[Task]
    language: str
    as_of: date
    links: Links
    only: int | None = None
    """The one mandate that is shown, by its place in the conclusion; None for all."""

    def of_mandate(self, mandate: Mandate) -> list[Task]:
        """Return the tasks of a mandate."""
        return [task for task in self.tasks if task.mandate is mandate]


def document(sheet: Sheet, meeting: Meeting, chosen: Sequence[Conclusion]) -> dict[str, object]:
    """Return a meeting with the chosen conclusions as plain values for a JSON document."""
    return {
        "meeting": {
            "id": meeting.id,
            "body": meeting.body.text if meeting.body else None,
            "title": meeting.title.shown(sheet.language) if meeting.title else None,
            "place": meeting.place,
            "country": meeting.country.text if meeting.country else None,
            "start": meeting.start.isoformat() if meeting.start else None,
            "end": meeting.last_day.isoformat() if meeting.last_day else None,
            "participants": [word.text for word in meeting.participants],
            "observers": [word.text for word in meeting.observers],
            "source": meeting.source,
        },
        "conclusions": [_entry(sheet, meeting, conclusion) for conclusion in chosen],
    }


def _entry(sheet: Sheet, meeting: Meeting, conclusion: Conclusion) -> Mapping[str, object]:
    tasks: list[Record] = [
        record(task, sheet.language)
        for mandate in conclusion.mandates
        if sheet.only in (None, mandate.ordinal)
        for task in sheet.of_mandate(mandate)
    ]
    return {
        "ref": f"{meeting.id}/{conclusion.number}",
        "number": conclusion.number,
        "text": conclusion.text.shown(sheet.language),
        "acts": [act.text for act in conclusion.acts],
        "documents": list(conclusion.documents),
        "note": conclusion.note,
        "links": _links(sheet, meeting, conclusion),
        "tasks": tasks,
        "file": conclusion.at.path,
        "line": conclusion.at.line,
    }


def _links(sheet: Sheet, meeting: Meeting, conclusion: Conclusion) -> list[Mapping[str, str]]:
    own = Reference(meeting.id, conclusion.number)
    register = sheet.register
    found = [
        (way_of(link, own), target(register, link) if link.source == own else str(link.source))
        for link in sheet.links.of(meeting, conclusion)
    ]
    return [{"link": way, "ref": where} for way, where in dict.fromkeys(found)]


def text(
    sheet: Sheet,
    meeting: Meeting,
    chosen: Sequence[Conclusion],
    width: int,
    *,
    whole: bool,
) -> str:
    """Return a meeting's chosen conclusions to read, under its own heading where it is `whole`."""
    paper = _Paper(width)
    paper.say(_heading(sheet, meeting, chosen, whole=whole))
    if whole:
        _write_meeting(paper, meeting)
    for conclusion in chosen:
        if whole:
            paper.rule(conclusion.number)
        _write_conclusion(paper, sheet, meeting, conclusion)
    return paper.text()


class _Paper:
    """Lines of a text in a width; every word on it is cleaned for the terminal."""

    def __init__(self, width: int) -> None:
        self.width = max(30, min(width, 110))
        self.lines: list[str] = []

    def say(self, words: str, indent: int = 0, hang: int = 0) -> None:
        """Write a paragraph, its first line `indent` in and the others `hang` further."""
        first, others = " " * indent, " " * (indent + hang)
        self.lines += textwrap.wrap(
            clean(words),
            self.width,
            initial_indent=first,
            subsequent_indent=others,
            break_on_hyphens=False,
        )

    def skip(self) -> None:
        """Leave a line empty."""
        self.lines.append("")

    def rule(self, number: str) -> None:
        """Set off a conclusion in a whole meeting."""
        self.lines += ["", f"── {clean(number)} " + "─" * max(0, self.width - 5 - len(number))]

    def text(self) -> str:
        """Return what is written."""
        return "\n".join(self.lines) + "\n"


def _heading(sheet: Sheet, meeting: Meeting, chosen: Sequence[Conclusion], *, whole: bool) -> str:
    name = meeting.id if whole else f"{meeting.id}/{chosen[0].number}"
    about = [labels.title_of(meeting, sheet.language) if meeting.title else "", meeting.place or ""]
    if meeting.start and meeting.last_day:
        about.append(long_span(meeting.start, meeting.last_day, sheet.language))
    return f"{name}    {', '.join(filter(None, about))}"


def _write_meeting(paper: _Paper, meeting: Meeting) -> None:
    paper.skip()
    if meeting.body:
        paper.say(_("body: {code}").format(code=meeting.body.text))
    if meeting.participants:
        codes = " ".join(word.text for word in meeting.participants)
        paper.say(_("participants: {codes}").format(codes=codes), hang=2)
    if meeting.observers:
        codes = " ".join(word.text for word in meeting.observers)
        paper.say(_("observers: {codes}").format(codes=codes), hang=2)
    if meeting.source:
        paper.say(_("source: {source}").format(source=meeting.source), hang=2)
    paper.lines.append(clean(meeting.at.path))
    if meeting.conclusions is None:
        paper.skip()
        paper.say(_("The text of its conclusions is not in the record."))


def _write_conclusion(
    paper: _Paper, sheet: Sheet, meeting: Meeting, conclusion: Conclusion
) -> None:
    acts = [_(ACTS.get(act.text, act.text)) for act in conclusion.acts]
    if acts:
        paper.say(", ".join(acts))
    paper.skip()
    paper.say(collapse(conclusion.text.shown(sheet.language)), 2)
    for mandate in conclusion.mandates:
        if sheet.only in (None, mandate.ordinal):
            paper.skip()
            _write_mandate(paper, sheet, conclusion, mandate)
    _write_rest(paper, sheet, meeting, conclusion)


def _write_mandate(paper: _Paper, sheet: Sheet, conclusion: Conclusion, mandate: Mandate) -> None:
    name = conclusion.number + (f"#{mandate.ordinal}" if mandate.of_several else "")
    hang = len(name) + 2
    action = mandate.action.shown(sheet.language) if mandate.action else _("(the text itself)")
    paper.say(f"{name}  {collapse(action)}", hang=hang)
    if mandate.void is not None:
        paper.say(_("void, recorded in error: {reason}").format(reason=mandate.void), hang)
        return
    tasks = sheet.of_mandate(mandate)
    if not tasks:
        paper.say(_("not adopted yet on this day"), hang)
        return
    paper.say(" · ".join(facts(tasks, mandate)), hang, 2)
    for wait in tasks[0].waits:
        paper.say(labels.waits(wait, tasks[0]), hang)
    for line in standing(tasks):
        paper.say(line, hang, 2)
    if mandate.note:
        paper.say(_("note: {text}").format(text=mandate.note), hang, 2)


def _write_rest(paper: _Paper, sheet: Sheet, meeting: Meeting, conclusion: Conclusion) -> None:
    paper.skip()
    if conclusion.note:
        paper.say(_("note: {text}").format(text=conclusion.note), hang=2)
    if conclusion.documents:
        paper.say(_("annexes: {names}").format(names="; ".join(conclusion.documents)), hang=2)
    own = Reference(meeting.id, conclusion.number)
    register = sheet.register
    direct = sheet.links.of(meeting, conclusion)
    said = dict.fromkeys(in_words(register, link, own) for link in direct)
    paper.say(_("links: {links}").format(links="; ".join(said) or _("none")), hang=2)
    further = [in_words(register, link) for link in sheet.links.chain(direct)]
    if further:
        paper.say(_("before and after: {links}").format(links="; ".join(further)), hang=2)
    at = conclusion.at
    paper.lines.append(clean(f"{at.path}:{at.line}"))
