"""The view of `show`: conclusions in full, with their acts, mandates, tasks and links."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from grcm_cli.domain.model import Conclusion, Mandate, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.formats import record
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.text import N_, _, collapse, in_series
from grcm_cli.views import labels, meetings
from grcm_cli.views.conclusion_records import WAYS, ConclusionRecord, Links, conclusion_record
from grcm_cli.views.mandate_summary import facts, not_in_force, states
from grcm_cli.views.task_record import TaskRecord
from grcm_cli.views.tasks import TaskRecords

if TYPE_CHECKING:
    from grcm_cli.formats.terminal import Paragraphs

_ACTS = N_("directive"), N_("deciding"), N_("evaluative"), N_("observing"), N_("reinforcing")


def acts(conclusion: Conclusion) -> str:
    """Return the acts of a conclusion in words."""
    return ", ".join(_(act.text) if act.text in _ACTS else act.text for act in conclusion.acts)


def theme_names(conclusion: Conclusion, register: Register, language: str) -> dict[str, str]:
    """Return the names of a conclusion's themes, or the codes of unknown ones, by their codes."""
    codes, themes = [word.text for word in conclusion.themes], register.themes
    shown = {code: themes[code].name.shown(language) for code in codes if code in themes}
    return {code: collapse(shown.get(code, code)) for code in codes}


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
    parents = [parent for parent in meeting.conclusions or () if parent.number in numbers]
    return [*parents, conclusion]


def deciding(task: Task, register: Register) -> Iterable[tuple[Meeting, Conclusion]]:
    """Return the later conclusions that decided on a task, with their parents, earliest first."""
    by_number: dict[tuple[str, str], tuple[Meeting, Conclusion]] = {}
    for decision in sorted(task.decisions, key=attrgetter("day")):
        meeting = register.calendar.by_id.get(decision.by.meeting)
        conclusion = register.conclusion(decision.by)
        if meeting and conclusion:
            for part in with_parents(meeting, conclusion):
                by_number.setdefault((meeting.id, part.number), (meeting, part))
    return by_number.values()


class ConclusionView(NamedTuple):
    """What `show` needs: conclusions of a meeting, with the tasks of the day and the links."""

    meeting: Meeting
    conclusions: Sequence[Conclusion]
    asked: Reference  # the meeting, a conclusion with those below it, or one mandate
    tasks: Sequence[Task]
    language: str
    links: Links

    def mandates(self, conclusion: Conclusion) -> list[tuple[Mandate, list[Task]]]:
        """Return the mandates that are shown, each with its tasks."""
        return [
            (mandate, [task for task in self.tasks if task.mandate is mandate])
            for mandate in conclusion.mandates
            if self.asked.ordinal in (None, mandate.ordinal)
        ]

    def document(self) -> dict[str, object]:
        """Return the meeting with the conclusions, as values for a JSON document."""
        tasks = TaskRecords(self.links.register.directory, self.language)
        records = []
        for conclusion in self.conclusions:
            only = self.asked.ordinal
            as_record = conclusion_record(self.links, self.language, self.meeting, conclusion, only)
            values = record.json_object(as_record)
            place = {key: values.pop(key) for key in ("file", "line")}
            shown = [task for _mandate, owed in self.mandates(conclusion) for task in owed]
            records.append({**values, "tasks": list(map(tasks.of, shown)), **place})
        meeting = meetings.meeting_record(self.meeting, self.language)
        return {"meeting": meeting, "conclusions": records}

    def text(self, page: Terminal) -> str:
        """Return the conclusions as text, after the facts of a meeting that was asked for."""
        from grcm_cli.formats.terminal import Paragraphs  # 5 ms, and no rich in JSON

        lines, meeting, number = Paragraphs(page), self.meeting, self.asked.number
        name = meeting.id if number is None else f"{meeting.id}/{number}"
        title = meeting.title.shown(self.language) if meeting.title else ""
        details = (title, meeting.place or "", meetings.meeting_days(meeting, self.language))
        facts = labels.marked(", ".join(filter(None, details)), secret=meeting.confidential)
        lines.add_marked(name, "heading", f"    {facts}", hang=0)
        if number is None:
            lines.add()
            if meeting.body:
                lines.add(_("body: {code}").format(code=meeting.body.text))
            for sentence, codes in (
                (_("participants: {codes}"), meeting.participants),
                (_("observers: {codes}"), meeting.observers),
            ):
                if codes:
                    lines.add(sentence.format(codes=" ".join(code.text for code in codes)), hang=2)
            if meeting.source:
                lines.add(_("source: {source}").format(source=meeting.source), hang=2)
            _add_metadata(lines, meeting.metadata or {})
            lines.add_place(meeting.at.path)
            if meeting.conclusions is None:
                text = _("The text of its conclusions is not in the record.")
                if meeting.start is not None and meeting.start > self.links.as_of:
                    text = _("It is planned: it has not adopted anything yet.")
                lines.add()
                lines.add(text)
        for conclusion in self.conclusions:
            if number is None or len(self.conclusions) > 1 or conclusion.number != number:
                dashes = "─" * max(0, lines.width - 5 - len(conclusion.number))
                lines.add()
                lines.add_marked(f"── {conclusion.number} {dashes}", "heading")
            _add_conclusion(lines, self, conclusion)
        return str(lines)


def document_content() -> dict[str, record.JsonSchema]:
    """Return the JSON Schema of what `ConclusionView.document` returns, by key."""
    properties = record.record_properties(ConclusionRecord)
    conclusion = record.object_schema({**properties, "tasks": record.array_schema(TaskRecord)})
    return {
        "meeting": record.record_schema(meetings.MeetingRecord),
        "conclusions": {"type": "array", "items": conclusion},
    }


def _add_metadata(lines: "Paragraphs", metadata: object, path: str = "metadata") -> None:
    """Add what other programs keep in the record, each value behind the keys that lead to it."""
    if isinstance(metadata, Mapping):
        for key, value in metadata.items():
            _add_metadata(lines, value, f"{path}.{key}")
    elif isinstance(metadata, Sequence) and not isinstance(metadata, str):
        for value in metadata:
            _add_metadata(lines, value, path)
    else:
        lines.add(f"{path}: {metadata}", hang=2)


def _add_conclusion(lines: "Paragraphs", view: ConclusionView, conclusion: Conclusion) -> None:
    meeting = view.meeting
    if conclusion.confidential or meeting.confidential:
        lines.add(_("confidential: it is not published"))
    if conclusion.acts:
        lines.add(acts(conclusion))
    if conclusion.themes:
        names = theme_names(conclusion, view.links.register, view.language).values()
        lines.add(_("themes: {names}").format(names=", ".join(names)), hang=2)
    lines.add()
    lines.add(collapse(conclusion.text.shown(view.language)), 2)
    for mandate, tasks in view.mandates(conclusion):
        lines.add()
        action = mandate.action.shown(view.language) if mandate.action else _("(the text itself)")
        number = mandate_number(conclusion, mandate)
        lines.add_marked(number, "heading", f"  {collapse(action)}", hang=len(number) + 2)
        if reason := not_in_force(mandate, tasks, meeting, view.links.as_of):
            lines.add(reason, len(number) + 2)
        else:
            _add_mandate(lines, len(number) + 2, mandate, tasks)
    lines.add()
    if conclusion.note:
        lines.add(_("note: {text}").format(text=conclusion.note), hang=2)
    if conclusion.internal:
        lines.add(_("internal: {text}").format(text=conclusion.internal), hang=2)
    if conclusion.documents:
        lines.add(_("annexes: {names}").format(names=in_series(conclusion.documents)), hang=2)
    _add_metadata(lines, conclusion.metadata or {})
    reference = Reference(meeting.id, conclusion.number)
    direct = view.links.seen_from(reference)
    leads = (" ".join([_(WAYS[link.way]), view.links.target_text(link)]) for link in direct)
    links = in_series(dict.fromkeys(leads))
    lines.add(_("links: {links}").format(links=links or _("none")), hang=2)
    further = in_series(
        " ".join([str(link.source), _(WAYS[link.way]), view.links.target_text(link)])
        for link in view.links.chain(reference)
    )
    if further:
        lines.add(_("before and after: {links}").format(links=further), hang=2)
    lines.add_place(conclusion.at.path, conclusion.at.line)


def _add_mandate(lines: "Paragraphs", hang: int, mandate: Mandate, tasks: Sequence[Task]) -> None:
    lines.add(" · ".join(facts(tasks, mandate)), hang, 2)
    for wait in dict.fromkeys(wait for task in tasks for wait in task.waits):  # of open ones
        lines.add(labels.waits(wait, tasks[0]), hang)
    for emphasis, state, details in states(tasks):
        lines.add_marked(state, emphasis, details, hang, 2)
    if mandate.note:
        lines.add(_("note: {text}").format(text=mandate.note), hang, 2)
    if mandate.internal:
        lines.add(_("internal: {text}").format(text=mandate.internal), hang, 2)
