"""The next meeting's pack: the tasks that concern a body, as a Markdown or HTML document."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain, filterfalse

from grcm_cli.domain.changes import task_changes
from grcm_cli.domain.findings import Finding, by_file
from grcm_cli.domain.model import Conclusion, Meeting, Party
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task, standing
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language import grammar
from grcm_cli.language.days import long_day
from grcm_cli.language.markdown import literal, passage, table_lines
from grcm_cli.language.text import _, collapse, counted, fold, in_series, labelled, natural_key
from grcm_cli.letters import PageSetup
from grcm_cli.views import changes as view
from grcm_cli.views import labels
from grcm_cli.views.conclusion import adopted_text, deciding, with_parents
from grcm_cli.views.meetings import deadline_in_words, meeting_days, meeting_title
from grcm_cli.views.statistics import COUNTED_FOR
from grcm_cli.views.tasks import by_mandate, duties, group_by, grouped

_WIDTHS = {5: (36, 18, 14, 14, 18), 4: (52, 16, 16, 16)}  # as of PageSetup
_MOST_NEWLY_LATE = 10  # rows of what is newly late that are listed again among what has changed


class MeetingPack:
    """The tasks that concern a body, arranged for its next meeting, as a document."""

    problems: Sequence[Finding] = ()  # the errors for which it may be incomplete
    wording = labels.CODES

    def __init__(
        self, register: Register, tasks: Sequence[Task], body: Party, as_of: date, language: str
    ) -> None:
        self.register, self.body, self.as_of, self.language = register, body, as_of, language
        concerned = list(filter(self._concerns, tasks))
        self._of_mandate = by_mandate(tasks)
        self._builder = TaskBuilder(register, as_of, EVERYTHING)
        sessions = register.calendar.of_body(body.code, date.min)
        days = [(meeting.last_day or first, meeting) for first, _id, meeting in sessions]
        self.meeting = next((meeting for day, meeting in days if day >= as_of), None)
        """None: no next meeting is in the record, and the pack has all that is open."""
        over = [meeting for day, meeting in days if day < as_of and not meeting.confidential]
        self.last = max(over, key=lambda meeting: meeting.last_day or date.min, default=None)
        end = (self.meeting.last_day if self.meeting else None) or date.max
        still_open = [task for task in concerned if task.is_open]
        listed = [task for task in still_open if not task.deadline or task.deadline <= end]
        self.sections = self._sections(listed)
        owed: dict[str, list[Task]] = {}
        binding = [task for task in listed if task.mandate.kind == "request"]
        for task in binding:
            for code in task.bound:
                owed.setdefault(code, []).append(task)
        self.counted_for = _("The tasks listed above are counted, except encouragements.")
        if any(len(task.bound) > 1 for task in binding):
            self.counted_for += " " + _(COUNTED_FOR)
        rows = []
        name = partial(labels.party_name, self.register.directory, language=self.language)
        for code, tasks_of in owed.items():
            holders = dict.fromkeys(chain(*(task.holders.get(code, ()) for task in tasks_of)))
            names = f" ({' → '.join(map(name, holders))})" if holders else ""
            unknown = sum(task.is_unreported for task in tasks_of)
            late = sum(task.is_late for task in tasks_of)
            if unknown:
                rows.append((name(code) + names, len(tasks_of), unknown, late))
        self.silent = sorted(rows, key=lambda row: fold(row[0]))
        """Each party with tasks without a report: how many are open, unreported and late."""
        since = self.last.last_day if self.last else None
        changes = task_changes(register, since, as_of) if since else []
        self.changes = [change for change in changes if self._concerns(change.after)]
        after = since or date.min
        self.settled = [task for task in concerned if (task.closed_on or date.min) > after]
        self.shown = [*chain(*self.sections.values()), *self.settled]  # the tasks in the pack
        self.later = [task for task in still_open if task.deadline and task.deadline > end]

    def _concerns(self, task: Task) -> bool:
        """Tell whether the body adopted a task, owes it, or meets when it is due."""
        body, due = self.body.code, task.term.due
        if task.belongs_to(body) or task.meeting.body_code == body:
            return True
        if due is None or due.relation == "after":
            return False
        if due.meeting is None:
            return due.body == body
        meeting = self.register.calendar.by_id.get(due.meeting)
        return meeting is not None and meeting.body_code == body

    def _sections(self, tasks: Sequence[Task]) -> dict[str, list[Task]]:
        """Return the open tasks by their headings, each task once, without empty sections."""
        meeting, start = self.meeting, self.meeting.start if self.meeting else None

        def heading(task: Task) -> str:
            if task.mandate.kind == "encouragement":  # which binds nobody, and is never late
                return encouraged
            if task.state == "?":
                return unclear
            day, due = task.deadline, task.term.due
            is_here = start is not None and day is not None and start <= day
            if meeting is None and due is not None and task.state == "awaiting":
                is_here = due.body == self.body.code and due.relation == "at"
            if is_here:
                return at
            if day is not None:
                return late if day < self.as_of else ahead
            return waiting if task.state == "awaiting" else undated

        at = _("Due at this meeting") if meeting else _("Due at the next meeting")
        late = _("Carried over: overdue")
        ahead = _("Due before this meeting") if meeting else _("Due later")
        waiting, undated = _("Awaiting the date of a meeting"), _("Without a deadline")
        unclear, encouraged = _("Not understood"), _("Encouragements, for information")
        by_heading = group_by(tasks, heading)
        order = (at, late, unclear, ahead, waiting, undated, encouraged)
        return {title: by_heading[title] for title in order if title in by_heading}

    def render(self, format_name: str) -> bytes:
        """Return it in a format; Markdown has codes and plain days, the others words."""
        if format_name == "md":
            return self.markdown().encode()
        from grcm_cli.letters.render import FORMATS  # 18 ms, which Markdown does not need

        self.wording = labels.full_wording(self.register.directory, self.language)
        page = PageSetup(self._title(), self.language, self.as_of, landscape=True, widths=_WIDTHS)
        return FORMATS[format_name](self.markdown(), page)

    def markdown(self) -> str:
        """Return it as Markdown."""
        opening = [self._title()]
        if self.meeting is not None:
            days = meeting_days(self.meeting, self.language)
            opening.append(", ".join(filter(None, [collapse(self.meeting.place or ""), days])))
        status = _("{name} ({code}): mandates as they stand on {day}").format(
            name=collapse(self.body.name.shown(self.language)),
            code=self.body.code,
            day=long_day(self.as_of, self.language),
        )
        title, *remarks = map(passage, [*opening, status, *self._notices()])
        paragraphs = [f"# {title}", *remarks]
        for number, (title, table) in enumerate(self._section_tables(), 1):
            paragraphs += [f"## {number}. {passage(title)}", table]
        return "\n\n".join([*paragraphs, *self._annex()]) + "\n"

    def _title(self) -> str:
        meeting = self.meeting
        if meeting is not None and meeting.title is not None:
            return collapse(meeting.title.shown(self.language))
        name = collapse(self.body.name.shown(self.language))
        return name if meeting is not None else _("{body}: what is open").format(body=name)

    def _notices(self) -> Iterator[str]:
        if self.problems:
            yield incomplete_note(by_file(self.problems))
        if self.meeting is None:
            message = _(
                "The record has no next meeting {of_body}. Everything that is open is "
                "listed; once that meeting is recorded, what falls due after it will be left out."
            )
            name = labels.of_name(self.register.directory, self.body.code, self.language)
            yield grammar.said_once(message.format(of_body=name))
        if self.later:
            yield counted(
                "{count} task falls due after this meeting and is left out.",
                "{count} tasks fall due after this meeting and are left out.",
                len(self.later),
            )
        if not self.sections:
            yield _("Nothing is open.")

    def _annex(self) -> Iterator[str]:
        """Yield the exact words of all conclusions named, each once, by meeting and number."""
        register, texts = self.register, dict[str, tuple[Meeting, dict[str, Conclusion]]]()
        for task in [*self.shown, *(change.after for change in self.changes)]:
            adopted = ((task.meeting, part) for part in with_parents(task.meeting, task.conclusion))
            for meeting, conclusion in (*adopted, *deciding(task, register)):
                texts.setdefault(meeting.id, (meeting, {}))[1][conclusion.number] = conclusion
        if texts:
            yield "## " + _("Annex: texts of the conclusions")
        order = sorted(texts.values(), key=lambda pair: (pair[0].last_day or date.max, pair[0].id))
        for meeting, conclusions in order:
            title = meeting_title(meeting, register.directory, self.language)
            parts = (title, meeting.place or "", meeting_days(meeting, self.language))
            yield f"### {passage(collapse(', '.join(filter(None, parts))))}"
            for number in sorted(conclusions, key=natural_key):
                yield f"**{literal(f'{meeting.id}/{number}')}**"
                yield f"> {passage(adopted_text(meeting, conclusions[number]))}"

    def _section_tables(self) -> Iterator[tuple[str, str]]:
        days = meeting_days(self.last, self.language) if self.last else ""
        if changes := self._changes():
            yield _("Since the last meeting ({days})").format(days=days), changes
        for title, tasks in self.sections.items():
            yield title, self._tasks(tasks)
        if self.silent:
            headings = [_("Party"), _("Open"), _("Without a report"), _("Overdue")]
            rows = [[literal(name), *map(str, counts)] for name, *counts in self.silent]
            table = table_lines(headings, rows, ["---", "---:", "---:", "---:"])
            yield _("Missing reports, by party"), f"{table}\n\n{passage(self.counted_for)}"
        if self.settled:
            title = _("Settled since the last meeting ({days}), for information")
            title = title if days else _("Settled, for information")
            yield title.format(days=days), self._tasks(self.settled)

    def _tasks(self, tasks: Sequence[Task]) -> str:
        headings = [_("Conclusion"), _("Responsible"), _("Deadline"), _("Status")]
        headings.append(_("Evidence and note"))
        rows = [self._cells(group) for group in grouped(tasks)]
        if not any(row[-1] for row in rows):
            headings, rows = headings[:-1], [row[:-1] for row in rows]
        return table_lines(headings, rows)

    def _changes(self) -> str:
        """Return what has changed since the last meeting; many newly late duties are a number."""
        groups = view.grouped_changes(self.changes)
        late = {task.reference for task in self.sections.get(_("Carried over: overdue"), ())}

        def is_listed(group: view.ChangeGroup) -> bool:
            is_late = group[0].kind in ("late", "missed")
            return is_late and all(change.reference in late for change in group)

        repeated = list(filter(is_listed, groups))
        is_number = len(repeated) > _MOST_NEWLY_LATE
        tables = view.ChangeTables(self.register, self.language, self.wording)
        rows = []
        for group in filterfalse(is_listed, groups) if is_number else groups:
            action = tables.action(group)
            shown = f"({action})" if view.is_of_several(group) else action  # their number
            conclusion = f"**{literal(view.references(group))}** {literal(shown)}"
            day, change = self.wording.day(group[0].day), literal(tables.change(group))
            rows.append([conclusion, literal(tables.who(group)), day, change])
        headings = [_("Conclusion"), _("Responsible"), _("Day"), _("Change")]
        parts = [table_lines(headings, rows)] if rows else []
        if is_number:
            number = list(self.sections).index(_("Carried over: overdue")) + 2  # after the changes
            message = counted(
                "Since then, {count} duty has become overdue: see section {number}.",
                "Since then, {count} duties have become overdue: see section {number}.",
                duties([change.after for group in repeated for change in group]),
            )
            parts.append(passage(message.format(number=number)))
        return "\n\n".join(parts)

    def _cells(self, group: Sequence[Task]) -> list[str]:
        task = group[0]
        status = in_series(labels.when(group, self.wording).split("\n"))
        days = (self.as_of - (task.meeting.last_day or self.as_of)).days
        is_silent = all(sibling.is_unreported for sibling in group)
        if task.state in ("asap", "undated") and is_silent and days > 0:
            without = _("{days} without a report").format(days=labels.days(days))
            status = in_series((status, without))
        with_kind = not task.is_open
        action = labels.action(task, self.language, with_kind=with_kind, wording=self.wording)
        # The evidence and notes of an open task are also those of parties that have done it, and
        # have no row of their own; none is of a withdrawn report.
        everybody = self._builder.alike(task, self._of_mandate[id(task.mandate)])
        alike = [*group, *(each for each in everybody if task.is_open and not each.is_open)]
        entries = dict.fromkeys(entry for sibling in alike for entry in standing(sibling.reports))
        details = ((entry.party, collapse(labels.report_details(entry))) for entry in entries)
        named = (labelled(self.wording.party(party), text) for party, text in details if text)
        return [
            f"**{literal(str(task.reference))}** {literal(action)}",
            literal(labels.owing(group, everybody, self.wording)),
            literal(deadline_in_words(task, self.register, self.language, self.wording.day) or "–"),
            f"**{literal(status)}**" if task.is_late else literal(status),
            literal(in_series(named)),
        ]
