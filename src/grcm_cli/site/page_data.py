"""The data that pages share: of the record in all languages, and of the pages of one language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.due import Due, DueWording
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Conclusion, Mandate, Meeting, Reference, Text
from grcm_cli.domain.progress import last_reports
from grcm_cli.domain.register import Register
from grcm_cli.domain.statistics import counts
from grcm_cli.domain.task import Query, Task
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.language.days import long_day
from grcm_cli.language.grammar import said_once
from grcm_cli.language.text import _, clean, collapse, counted, labelled
from grcm_cli.site import urls
from grcm_cli.views import labels
from grcm_cli.views.conclusion_records import Links
from grcm_cli.views.mandate_summary import state_lines
from grcm_cli.views.meetings import due_at_meeting, due_wording, meeting_days, meeting_title
from grcm_cli.views.tasks import TaskSelection, by_mandate, group_by

MOST = 160  # characters of a page's description; search engines show no more
_MOST_OF_NAME = 50  # characters of a body's name in a narrow cell, where a code will do
_MOST_TASKS = 5000  # of a JSON file and of a workbook; a larger record comes as CSV alone
_LINES_OF_PART = 2500  # the approximate length of a part of a meeting's page
_LINES_OF_CONCLUSION, _LINES_OF_MANDATE = 8, 10


class SiteOptions(NamedTuple):
    """What a site is made with beside its data."""

    doubtful: Sequence[str] = ()  # the paths of files with errors, which every page names
    base_url: str | None = None  # where the site's folder will be, with a `/` at its end
    problems: Sequence[Finding] = ()  # the errors, which the files for programs name
    documents: Mapping[str, Path] = {}  # the documents of meetings to copy, by their ids
    about: Mapping[str, str] = {}  # in Markdown, by language; `""` is for the others


DEFAULTS = SiteOptions()  # a site of sound files whose address is not known


class PartyLink(NamedTuple):
    """A party as a page shows it; `path` is its own page, None if it has none."""

    label: str
    title: str
    path: str | None
    code: str = ""


def cut(text: str) -> str:
    """Return a text on one line, cut behind a word where it is longer than a description."""
    whole = clean(collapse(text))
    if len(whole) <= MOST:
        return whole
    start, blank, _end = whole[:MOST].rpartition(" ")
    return f"{start if blank else whole[: MOST - 1]}…"


class RecordData:
    """The register and all its tasks on a day, earliest deadline first, without any language."""

    def __init__(self, register: Register, tasks: Sequence[Task], as_of: date) -> None:
        self.register, self.tasks, self.as_of = register, tasks, as_of
        codes = dict.fromkeys(party.code for party in register.parties)
        self.parties = [register.directory.by_code[code] for code in codes]
        self.meetings = sorted(
            register.meetings, key=lambda meeting: (str(meeting.start or ""), meeting.id)
        )
        self.newest_meetings = self.meetings[::-1]
        self.meetings_ahead = [
            meeting
            for meeting in self.newest_meetings
            if meeting.is_session and meeting.start and meeting.start > as_of
        ]
        self.ended_sessions = {
            meeting.last_day: meeting
            for meeting in sorted(register.meetings, key=lambda meeting: meeting.id)
            if meeting.is_session and meeting.last_day and meeting.last_day <= as_of
        }
        """The meetings that have ended, by their last days; of several, the last by its id."""
        self.links, self.builder = Links(register, as_of), TaskBuilder(register, as_of, EVERYTHING)
        self.last_reports = last_reports(register, as_of)
        self.counts = {(row.by, row.name or ""): row for row in counts(register, tasks, as_of)}
        self._members = {code: frozenset(codes) for code, codes in register.groups.items()}
        self._by_mandate = by_mandate(tasks)
        self._by_meeting = group_by(tasks, lambda task: id(task.meeting))
        self._by_party: dict[str, list[Task]] = {}
        self.by_theme: dict[str, list[Task]] = {}
        self._open: list[tuple[Task, Due | None]] = []
        """The open tasks, each with its `due` where that names a meeting at which it falls due."""
        self.due_at_body: dict[str, list[Task]] = {}
        """The open tasks that fall due at a meeting of each body, also at one to come."""
        self.asked_by: dict[str, list[Task]] = {}
        """The open tasks of others that the meetings of each body adopted, by their deadlines."""
        self.supported: dict[str, list[Task]] = {}
        """The open tasks of others that each party supports, by its code."""
        for task in tasks:
            for code in self.bound(task):
                self._by_party.setdefault(code, []).append(task)
            for word in task.conclusion.themes:
                self.by_theme.setdefault(word.text, []).append(task)
            if task.is_open:
                self._put_open(task)
        self._anchors: dict[int, str] = {}
        self._parts: dict[int, int] = {}
        for meeting in register.meetings:
            self._anchors |= urls.anchors(meeting.conclusions or ())
            self._cut(meeting)

    def _put_open(self, task: Task) -> None:
        """Put an open task beside the bodies and parties that it concerns without binding them."""
        due = due_at_meeting(task, self.register.calendar)
        due = due if due and due.relation == "at" else None
        self._open.append((task, due))
        meeting = self.register.calendar.by_id.get(due.meeting or "") if due else None
        body = meeting.body.text if meeting and meeting.body else due.body if due else None
        if body is not None:
            self.due_at_body.setdefault(body, []).append(task)
        adopting = task.meeting.body_code
        if adopting and not task.belongs_to(adopting):
            self.asked_by.setdefault(adopting, []).append(task)
        for code in {word.text for word in task.mandate.support}:
            if not task.belongs_to(code):
                self.supported.setdefault(code, []).append(task)

    def of_mandate(self, mandate: Mandate) -> Sequence[Task]:
        """Return the tasks of a mandate."""
        return self._by_mandate.get(id(mandate), ())

    def alike(self, task: Task) -> Sequence[Task]:
        """Return the tasks of all who owe the same as a task."""
        return self.builder.alike(task, self.of_mandate(task.mandate))

    def of_meeting(self, meeting: Meeting) -> Sequence[Task]:
        """Return the tasks of a meeting."""
        return self._by_meeting.get(id(meeting), ())

    def of_party(self, code: str) -> Sequence[Task]:
        """Return the tasks that a party owes: itself, with others, or through an office."""
        return self._by_party.get(code, ())

    def bound(self, task: Task) -> Iterable[str]:
        """Return the codes of the parties, and of their groups, on whose pages a task is."""
        bound = task.owed_by(self.register.directory.by_code)
        groups = () if task.anybody else filter(task.names, self._members)
        return [*bound, *(code for code in groups if not self._members[code].isdisjoint(bound))]

    def last_report(self, code: str) -> date | None:
        """Return the day of the last report of a party, of a group that of any of its members."""
        members = self.register.members_of(code, self.as_of)
        return max(filter(None, map(self.last_reports.get, members)), default=None)

    def due_at(self, meeting: Meeting) -> Sequence[Task]:
        """Return the open tasks that fall due at a meeting: by its name, or on its days."""
        first, last = meeting.start or date.max, meeting.last_day or date.max
        return [
            task
            for task, due in self._open
            if (due and due.meeting == meeting.id)
            or (task.deadline and first <= task.deadline <= last)
        ]

    def anchor_of(self, item: Conclusion | Mandate) -> str:
        """Return the anchor of a conclusion or mandate on its meeting's page."""
        return self._anchors[id(item)]

    def part_of(self, conclusion: Conclusion) -> int:
        """Return the part of its meeting's page where a conclusion is, from 1."""
        return self._parts.get(id(conclusion), 1)

    def _cut(self, meeting: Meeting) -> None:
        """Cut a meeting's page into parts, of which most have one."""
        number, used, entries = 1, 0, self.register.entries_by_mandate
        for conclusion in meeting.conclusions or ():
            lines = _LINES_OF_CONCLUSION + sum(
                _LINES_OF_MANDATE
                + len(list(state_lines(self.of_mandate(mandate))))
                + len(entries.get(Reference(meeting.id, conclusion.number, mandate.ordinal), ()))
                for mandate in conclusion.mandates
            )
            if used and used + lines > _LINES_OF_PART:
                number, used = number + 1, 0
            if number > 1:
                self._parts[id(conclusion)] = number
            used += lines


class SiteData:
    """The register, its tasks on a day, the language of the pages, and where each page is."""

    def __init__(self, record: RecordData, language: str, options: SiteOptions = DEFAULTS) -> None:
        self.record, self.language = record, language
        self.register, self.tasks, self.as_of = record.register, record.tasks, record.as_of
        directory, process = record.register.directory, record.register.process
        self.title, self.languages = process.name.shown(language), process.shown_languages
        self.parties, self.newest_meetings = record.parties, record.newest_meetings
        self.of_mandate, self.alike = record.of_mandate, record.alike
        self.of_meeting, self.of_party = record.of_meeting, record.of_party
        self.anchor_of = record.anchor_of
        self.doubtful, self.problems = options.doubtful, options.problems
        self.base_url, about = options.base_url, options.about
        self.about = about.get(language, about.get("", ""))
        self.sources = {name: urls.source(name, path) for name, path in options.documents.items()}
        self.long_day: Callable[[date], str] = cache(partial(long_day, language=language))
        self.days_of = partial(meeting_days, language=language)
        self.meeting_title = partial(meeting_title, directory=directory, language=language)
        self.name_of = cache(partial(labels.party_name, directory, language=language))
        self.full_wording = labels.full_wording(directory, language)._replace(due=self.due_in_words)
        self.wording = labels.CODES._replace(day=self.long_day)
        by_code, self._in_words = DueWording(language), due_wording(record.register, language)

        def of_body(code: str) -> str:
            name = self._in_words.of_body(code)
            return name if len(name) <= _MOST_OF_NAME else by_code.of_body(code)

        self._in_cells = self._in_words._replace(of_body=of_body)

    def selection(self, tasks: Sequence[Task], query: Query = EVERYTHING) -> TaskSelection:
        """Return some tasks, which match a query, for a file."""
        return TaskSelection(
            self.register, query, self.tasks, tasks,
            self.as_of, self.language, problems=self.problems,
        )  # fmt: skip

    @cached_property
    def description(self) -> str:
        """What the record is about. A page is the same each day, so no description names one."""
        about, late = _("Who must do what by when"), self.late(self.tasks)
        return cut(f"{self.title}. {labelled(about, late) if late else about}.")

    @property
    def data_files(self) -> Sequence[tuple[str, str]]:
        """The formats of the files of all tasks, each with its address; none without tasks."""
        endings = ("csv", "json", "xlsx") if len(self.tasks) <= _MOST_TASKS else ("csv",)
        return [(ending, urls.data_file(ending)) for ending in endings] if self.tasks else []

    def page_of(self, meeting: Meeting) -> str:
        """Return the address of a meeting's page, the first of its parts."""
        return urls.meeting(meeting.id)

    def absolute(self, path: str, language: str | None = None) -> str | None:
        """Return the whole address of a page; None without a base URL."""
        return self.base_url and f"{self.base_url}{language or self.language}/{path}"

    def place_of(self, reference: Reference) -> str | None:
        """Return the address of what a reference names, or of the conclusion or meeting around it.

        None where there is no such meeting, or it is confidential.
        """
        meeting = self.register.calendar.by_id.get(reference.meeting)
        if meeting is None or meeting.confidential:
            return None
        conclusion = self.register.conclusion(reference)
        if conclusion is None:
            return self.page_of(meeting)
        named = self.register.mandates(reference) if reference.ordinal else ()
        return self.place(meeting, conclusion, named[0] if named else None)

    def place_of_task(self, task: Task) -> str:
        """Return the address that a task's reference names, also where a number is there twice."""
        mandate = task.mandate if task.reference.ordinal else None
        return self.place(task.meeting, task.conclusion, mandate)

    def place(
        self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate | None = None
    ) -> str:
        """Return the address of a conclusion or one of its mandates."""
        path = urls.part(self.page_of(meeting), self.record.part_of(conclusion))
        return urls.at(path, self.anchor_of(mandate or conclusion))

    def due_in_words(self, task: Task, *, is_cell: bool = False) -> str:
        """Return the `due` of a task in words; in a cell, a long name of a body is its code."""
        due = due_at_meeting(task, self.register.calendar)
        wording = self._in_cells if is_cell else self._in_words
        return said_once(due.words(wording)) if due else ""

    def what(self, task: Task) -> str:
        """Return a task's action, else its conclusion's text."""
        return collapse(labels.what(task, self.language))

    def what_with_notes(self, task: Task) -> str:
        """Return what is to be done, and in brackets who supports it, whether it was moved …."""
        return collapse(labels.action(task, self.language, wording=self.wording))

    def what_language(self, task: Task) -> str:
        """Return the language of `what`; empty where it is the page's."""
        return self.other_language(task.mandate.action or task.conclusion.text, task.meeting)

    def other_language(self, text: Text | None, meeting: Meeting) -> str:
        """Return a text's language for a `lang` attribute; empty where it is the page's."""
        if text is None or self.language in text.by_language:
            return ""
        shown = next(iter(text.by_language), "") or meeting.language or ""
        return "" if shown == self.language else shown

    def where(self, meeting: Meeting) -> str:
        """Return a meeting's place and country."""
        country = self.name_of(meeting.country.text) if meeting.country else ""
        return ", ".join(filter(None, (meeting.place, country)))

    def party_link(self, code: str, label: str | None = None) -> PartyLink:
        """Return a party as pages show it: by `label`, else by its code."""
        if code not in self.register.directory.by_code:
            return PartyLink(label or code, "", None)
        return PartyLink(label or code, self.name_of(code), urls.party(code), code)

    def named_party(self, code: str) -> PartyLink:
        """Return a party as pages show it: by its name."""
        return self.party_link(code, self.name_of(code))

    def topics(self, codes: Iterable[str]) -> Sequence[tuple[str, str]]:
        """Return the names and the pages of topics that the register has and conclusions have."""
        themes, used = self.register.themes, self.register.used_themes
        return [
            (collapse(themes[code].name.shown(self.language)), urls.topic(code))
            for code in codes
            if code in themes and code in used
        ]

    def parties_of(self, task: Task, *, by_name: bool) -> Sequence[PartyLink]:
        """Return the parties of a task, by names or codes; of none, a link without a page."""
        if not task.parties:
            return [PartyLink(labels.no_party(task), "", None)]
        name, codes = self.name_of if by_name else str, task.named_parties
        return [self.party_link(code, labels.party(task, code, name)) for code in codes]

    def late(self, tasks: Sequence[Task]) -> str:
        """Return how many tasks are late; nothing where none is, but files have errors."""
        count = sum(task.is_late for task in tasks)
        if not count and self.doubtful:
            return ""
        return counted("{count} commitment overdue", "{count} commitments overdue", count)

    def still_open(self, tasks: Sequence[Task]) -> str:
        """Return how many open tasks there are, in words; nothing where there is none."""
        count = counted("{count} open commitment", "{count} open commitments", len(tasks))
        return count if tasks else ""

    def nothing(self, sentence: str) -> str:
        """Return the sentence for an empty list, which a file with errors may have emptied."""
        unread = _("Nothing of this kind was found in what could be read.")
        return unread if self.doubtful else sentence
