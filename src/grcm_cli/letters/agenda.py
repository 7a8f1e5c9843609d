"""The next meeting's pack: the tasks that concern a body, as a Markdown or HTML document."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.changes import TaskChange, task_changes
from grcm_cli.domain.findings import Finding, by_file
from grcm_cli.domain.model import Conclusion, Meeting, Party, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.days import long_day, long_span
from grcm_cli.language.markdown import literal, passage, table_lines
from grcm_cli.language.text import (
    _,
    collapse,
    current_language,
    fold,
    in_series,
    labelled,
    natural_key,
    ngettext,
)
from grcm_cli.letters import PageSetup
from grcm_cli.views import labels
from grcm_cli.views.changes import (
    ChangeGroup,
    ChangeTables,
    grouped_changes,
    is_of_several,
    references,
)
from grcm_cli.views.conclusion import adopted_text, with_parents
from grcm_cli.views.meetings import deadline_in_words, meeting_days, meeting_title, of_body
from grcm_cli.views.tasks import by_reference, duties, group_by, grouped

_WIDTHS = {5: (36, 18, 14, 14, 18), 4: (52, 16, 16, 16)}
"""The widths of a table's columns in per cent of the page, by their number."""

_MOST_NEWLY_LATE = 10
"""Rows of what is newly late that are listed again among what has changed."""


class PackSection(NamedTuple):
    """Tasks under one heading."""

    title: str
    tasks: Sequence[Task]


class MeetingPack(NamedTuple):
    """The tasks that concern a body, arranged for its next meeting."""

    register: Register
    body: Party
    meeting: Meeting | None
    """None: no next meeting is in the record, and the pack has all that is open."""
    as_of: date
    sections: Sequence[PackSection]
    silent: Sequence[tuple[str, int, int, int]]
    """Each party that has not reported on all that it owes to the body, with the numbers of its
    open tasks, of those on which it never reported, and of those that are late."""
    last: Meeting | None
    """The body's last meeting that is over."""
    changes: Sequence[TaskChange]
    """What became of the tasks since then."""
    settled: PackSection
    """The tasks that were closed since the body's last meeting."""
    later: Sequence[Task]
    """The tasks that fall due after the meeting, and are left out."""
    concerned: Sequence[Task]
    """All tasks that concern the body, closed and open."""
    problems: Sequence[Finding] = ()
    """The errors for which the pack may be incomplete."""

    @property
    def shown(self) -> list[Task]:
        """The tasks that are in the pack."""
        return [task for section in (*self.sections, self.settled) for task in section.tasks]


def meeting_pack(
    register: Register, tasks: Sequence[Task], body: Party, as_of: date, language: str
) -> MeetingPack:
    """Return the pack of a body's next meeting."""
    concerned = [task for task in tasks if _concerns(task, body.code, register)]
    meetings = [one for _start, _id, one in register.calendar.of_body(body.code, date.min)]
    meeting = next((one for one in meetings if _last_day(one) >= as_of), None)
    over = [one for one in meetings if _last_day(one) < as_of]
    last = max(over, key=_last_day, default=None)
    end = _last_day(meeting) if meeting else date.max
    still_open = [task for task in concerned if task.is_open]
    later = [task for task in still_open if task.deadline is not None and task.deadline > end]
    listed = [task for task in still_open if task.deadline is None or task.deadline <= end]
    changes = task_changes(register, last.last_day, as_of) if last and last.last_day else []
    return MeetingPack(
        register=register,
        body=body,
        meeting=meeting,
        as_of=as_of,
        sections=_sections(listed, body.code, meeting, as_of),
        silent=_silent_parties(register, listed, language),
        last=last,
        changes=[change for change in changes if _concerns(change.after, body.code, register)],
        settled=_settled(concerned, last, language),
        later=later,
        concerned=concerned,
    )


def _last_day(meeting: Meeting) -> date:
    return meeting.last_day or date.max


def _concerns(task: Task, body: str, register: Register) -> bool:
    """Tell whether a body adopted a task, owes it, or meets when it is due."""
    meeting, due = task.meeting, task.term.due
    if task.belongs_to(body) or (meeting.body is not None and meeting.body.text == body):
        return True
    if due is None or due.relation == "after":
        return False
    if due.meeting is None:
        return due.body == body
    at = register.calendar.by_id.get(due.meeting)
    return at is not None and at.body is not None and at.body.text == body


def _sections(
    tasks: Sequence[Task], body: str, meeting: Meeting | None, as_of: date
) -> list[PackSection]:
    """Return the open tasks under their headings, each task once, without empty sections."""

    def heading(task: Task) -> str:
        if task.mandate.kind == "encouragement":  # which binds nobody, and is never late
            return encouraged
        if meeting is not None and meeting.start is not None and task.deadline is not None:
            is_here = meeting.start <= task.deadline <= _last_day(meeting)
        else:
            due = task.term.due
            is_here = due is not None and due.body == body and due.relation == "at"
            is_here = is_here and task.state == "awaiting" and meeting is None
        if is_here:
            return at
        if task.deadline is not None:
            return late if task.deadline < as_of else ahead
        return waiting if task.state == "awaiting" else undated

    at = _("Falls due at this meeting") if meeting else _("Falls due at the next meeting")
    late = _("Carried over: late")
    ahead = _("Falls due before this meeting") if meeting else _("Falls due later")
    waiting, undated = _("Awaits the date of a meeting"), _("Without a day")
    encouraged = _("Encouragements, for information")
    found = group_by(tasks, heading)
    order = (at, late, ahead, waiting, undated, encouraged)
    return [PackSection(title, found[title]) for title in order if title in found]


def _settled(tasks: Sequence[Task], last: Meeting | None, language: str) -> PackSection:
    """Return the tasks that a report or a later meeting has closed since the last meeting."""
    since = _last_day(last) if last else date.min
    closed = []
    for task in tasks:
        day = max((entry.day for entry in task.reports), default=None)
        day = task.ending.day if task.ending else day
        if not task.is_open and day is not None and day > since:
            closed.append(task)
    if last is None or last.start is None:
        return PackSection(_("Settled, for information"), closed)
    title = _("Settled since the last meeting ({days}), for information")
    days = long_span(last.start, _last_day(last), language)
    return PackSection(title.format(days=days), closed)


def _silent_parties(
    register: Register, tasks: Sequence[Task], language: str
) -> list[tuple[str, int, int, int]]:
    """Return the parties that have not reported on a listed task that binds them, by name."""
    owed: dict[str, list[Task]] = {}
    for task in tasks:
        for code in task.bound if task.mandate.kind == "request" else ():
            owed.setdefault(code, []).append(task)
    rows = []
    for code, tasks_of in owed.items():
        holders = dict.fromkeys(one for task in tasks_of for one in task.holders.get(code, ()))
        names = labels.party_names(register.directory, tuple(holders), language)
        name = labels.party_name(register.directory, code, language)
        unknown = sum(task.progress == "unknown" for task in tasks_of)
        late = sum(task.is_late for task in tasks_of)
        if unknown:
            rows.append((f"{name} ({names})" if names else name, len(tasks_of), unknown, late))
    return sorted(rows, key=lambda row: fold(row[0]))


def markdown(pack: MeetingPack, language: str, *, in_full: bool = False) -> str:
    """Return a pack as Markdown: opening, notices, numbered sections, annex with the texts.

    `in_full` writes the names of parties and the words of days, for people who know no codes.
    """
    opening = [_title(pack, language)]
    if pack.meeting is not None:
        where = [collapse(pack.meeting.place or ""), meeting_days(pack.meeting, language)]
        opening.append(", ".join(filter(None, where)))
    status = _("{name} ({code}): mandates as they stand on {day}").format(
        name=collapse(pack.body.name.shown(language)),
        code=pack.body.code,
        day=long_day(pack.as_of, language),
    )
    title, *remarks = map(passage, [*opening, status, *notices(pack)])
    paragraphs = [
        f"# {title}",
        *remarks,
        *_numbered_sections(pack, language, in_full=in_full),
        *_annex(pack, language),
    ]
    return "\n\n".join(paragraphs) + "\n"


def render(pack: MeetingPack, language: str, format_name: str) -> bytes:
    """Return a pack as Markdown, an HTML page or a Word document; the same bytes each time."""
    text = markdown(pack, language, in_full=format_name != "md")
    if format_name == "md":
        return text.encode()
    from grcm_cli.letters.render import FORMATS  # 18 ms, which Markdown does not need

    page = PageSetup(_title(pack, language), language, pack.as_of, landscape=True, widths=_WIDTHS)
    return FORMATS[format_name](text, page)


def notices(pack: MeetingPack) -> Iterator[str]:
    """Yield the remarks on what is in the pack and what is left out."""
    if pack.problems:
        yield incomplete_note(by_file(pack.problems))
    if pack.meeting is None:
        message = _(
            "No next meeting {of_body} is in the record. Everything that is open is listed; "
            "with a date, what falls due after it would be left out."
        )
        name = of_body(pack.register.directory, current_language())(pack.body.code)
        yield message.format(of_body=name)
    if pack.later:
        count = duties(pack.later)
        message = ngettext(
            "{count} duty falls due after this meeting and is left out.",
            "{count} duties fall due after this meeting and are left out.",
            count,
        )
        yield message.format(count=count)
    if not pack.sections:
        yield _("Nothing is open.")


def _title(pack: MeetingPack, language: str) -> str:
    """Return the meeting's title, else the body's name."""
    meeting = pack.meeting
    if meeting is not None and meeting.title is not None:
        return collapse(meeting.title.shown(language))
    name = collapse(pack.body.name.shown(language))
    return name if meeting is not None else _("{body}: what is open").format(body=name)


def _numbered_sections(pack: MeetingPack, language: str, *, in_full: bool) -> Iterator[str]:
    tables = _SectionTables(pack, language, in_full=in_full)
    parts = [(section.title, tables.tasks(section)) for section in pack.sections]
    if pack.changes:
        title = _("Since the last meeting")
        if pack.last is not None and pack.last.start is not None:
            days = long_span(pack.last.start, _last_day(pack.last), language)
            title = _("Since the last meeting ({days})").format(days=days)
        parts.insert(0, (title, tables.changes()))
    if pack.silent:
        headings = [_("Party"), _("Open"), _("Without a report"), _("Overdue")]
        rows = [[literal(name), *map(str, counts)] for name, *counts in pack.silent]
        table = table_lines(headings, rows, ["---", "---:", "---:", "---:"])
        parts.append((_("Reports that are missing, by party"), table))
    if pack.settled.tasks:
        parts.append((pack.settled.title, tables.tasks(pack.settled)))
    for number, (title, table) in enumerate(parts, 1):
        yield f"## {number}. {passage(title)}"
        yield table


class _SectionTables:
    """Makes the tables of a pack's sections."""

    def __init__(self, pack: MeetingPack, language: str, *, in_full: bool) -> None:
        self.pack, self.language = pack, language
        self.of_mandate = by_reference(pack.concerned)
        directory = pack.register.directory
        self.wording = labels.full_wording(directory, language) if in_full else labels.CODES

    def tasks(self, section: PackSection) -> str:
        """Return the table of a section, with a row for the tasks that are alike."""
        headings = [_("Conclusion"), _("Responsible"), _("Deadline"), _("Status"), _("Evidence")]
        rows = [self._cells(group) for group in grouped(section.tasks)]
        has_evidence = any(row[-1] for row in rows)
        if not has_evidence:
            headings, rows = headings[:-1], [row[:-1] for row in rows]
        return table_lines(headings, rows)

    def changes(self) -> str:
        """Return the table of what has changed, with a row for those that are alike.

        Of many duties that are newly late it has their number, and the section that lists them.
        """
        groups = grouped_changes(self.pack.changes)
        number, late = 0, frozenset[Reference]()
        for place, section in enumerate(self.pack.sections, 2):  # after that of changes
            if section.title == _("Carried over: late"):
                number, late = place, frozenset(task.reference for task in section.tasks)
        repeated = [group for group in groups if _is_late_in(group, late)]
        if len(repeated) <= _MOST_NEWLY_LATE:
            return self._change_rows(groups)
        message = _("Since then {count} duties have become late: see section {number}.")
        count = duties([change.after for group in repeated for change in group])
        sentence = passage(message.format(count=count, number=number))
        others = [group for group in groups if not _is_late_in(group, late)]
        return f"{self._change_rows(others)}\n\n{sentence}" if others else sentence

    def _change_rows(self, groups: Sequence[ChangeGroup]) -> str:
        headings = [_("Conclusion"), _("Responsible"), _("Day"), _("Change")]
        tables = ChangeTables(self.pack.concerned, self.language, self.wording)
        rows = []
        for group in groups:
            action = tables.action(group)
            if is_of_several(group):  # their number
                action = f"({action})"
            rows.append(
                [
                    f"**{literal(references(group))}** {literal(action)}",
                    literal(tables.who(group)),
                    self.wording.day(group[0].day),
                    literal(tables.change(group)),
                ]
            )
        return table_lines(headings, rows)

    def _cells(self, group: Sequence[Task]) -> list[str]:
        task = group[0]
        status = literal(self._status(group))
        action = labels.action(
            task, self.language, with_due=False, with_kind=not task.is_open, wording=self.wording
        )
        deadline = deadline_in_words(task, self.pack.register, self.language, self.wording.day)
        return [
            f"**{literal(str(task.reference))}** {literal(action)}",
            literal(labels.owing(group, self.of_mandate[task.reference], self.wording)),
            literal(deadline or "–"),
            f"**{status}**" if task.is_late else status,
            literal(self._evidence(group)),
        ]

    def _status(self, group: Sequence[Task]) -> str:
        if group[0].state == "passed":
            return "–"
        state = in_series(labels.when(group, self.wording).split("\n"))
        adopted = group[0].meeting.last_day
        silent = all(task.progress == "unknown" for task in group)
        if group[0].state not in ("asap", "undated") or not silent or adopted is None:
            return state
        days = (self.pack.as_of - adopted).days
        without = _("{days} without a report").format(days=labels.days(days))
        return in_series((state, without)) if days > 0 else state

    def _evidence(self, group: Sequence[Task]) -> str:
        """Return evidence and notes, each with its party: the state is elsewhere.

        Of an open task, also those of parties that have done it.
        """
        everybody = self.of_mandate[group[0].reference] if group[0].is_open else group
        alike = [task for task in everybody if task.occurrence == group[0].occurrence]
        entries = dict.fromkeys(entry for task in alike for entry in task.reports)
        details = {entry: collapse(labels.report_details(entry)) for entry in entries}
        named = (
            labelled(self.wording.party(one.party), text) for one, text in details.items() if text
        )
        return in_series(named)


def _is_late_in(group: ChangeGroup, late: frozenset[Reference]) -> bool:
    """Tell whether changes are that duties became late, and these are among those listed."""
    return all(change.kind == "late" and change.reference in late for change in group)


def _annex(pack: MeetingPack, language: str) -> Iterator[str]:
    """Yield the exact words of the tasks' conclusions, each once, by meeting and number."""
    found: dict[str, tuple[Meeting, dict[str, Conclusion]]] = {}
    for task in pack.shown:
        _meeting, conclusions = found.setdefault(task.meeting.id, (task.meeting, {}))
        conclusions |= {one.number: one for one in with_parents(task.meeting, task.conclusion)}
    if found:
        yield "## " + _("Annex: texts of the conclusions")
    directory = pack.register.directory
    by_day = sorted(found.values(), key=lambda pair: (_last_day(pair[0]), pair[0].id))
    for meeting, conclusions in by_day:
        title = meeting_title(meeting, directory, language)
        parts = (title, meeting.place or "", meeting_days(meeting, language))
        yield f"### {passage(collapse(', '.join(filter(None, parts))))}"
        for number in sorted(conclusions, key=natural_key):
            yield f"**{literal(f'{meeting.id}/{number}')}**"
            yield f"> {passage(adopted_text(meeting, conclusions[number]))}"
