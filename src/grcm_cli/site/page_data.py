"""The data that all pages of one language share."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from grcm_cli.domain.due_text import due_in_words
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Conclusion, Due, Mandate, Meeting, Party, Reference, Text
from grcm_cli.domain.statistics import Count, Group
from grcm_cli.domain.task import Task
from grcm_cli.language.days import long_day
from grcm_cli.site import urls
from grcm_cli.site.record_data import RecordData
from grcm_cli.storage.source_documents import SourceDocument
from grcm_cli.views.meeting_names import due_at_meeting, of_body, task_due_in_words


class SiteOptions(NamedTuple):
    """What a site is made with beside its data."""

    doubtful: Sequence[str] = ()
    """The paths of files with errors, which every page names."""
    base_url: str | None = None
    """The address at which the site's folder will be, with a `/` at its end; None if not known."""
    problems: Sequence[Finding] = ()
    """The errors, which the files for programs name."""
    documents: Mapping[str, SourceDocument] = {}
    """The documents of meetings that are copied, by the meeting's id."""


DEFAULTS = SiteOptions()
"""A site of sound files whose address is not known."""


class PartyLink(NamedTuple):
    """A party as a page shows it; `path` is its own page, None if it has none."""

    label: str
    title: str
    path: str | None
    code: str = ""


MatrixCell = tuple[str, str, str]
"""A mark, the state in words, and the class that colours it."""


class SiteData:
    """The register, its tasks on a day, the language of the pages, and where each page is."""

    def __init__(self, record: RecordData, language: str, given: SiteOptions = DEFAULTS) -> None:
        """Take what the sites of all languages share, and the language of this one."""
        self.record = record
        self.register, self.tasks, self.as_of = record.register, record.tasks, record.as_of
        self.language = language
        self.doubtful, self.base_url = given.doubtful, given.base_url
        self.problems = given.problems
        self.sources = {
            name: urls.source(name, one.ending) for name, one in given.documents.items()
        }
        """The copies of meetings' documents, by the meeting's id, from the site's folder."""
        self.links, self.history = record.links, record.history
        # Without a call between: pages ask for them all the time.
        self.of_mandate, self.of_meeting = record.of_mandate, record.of_meeting
        self.of_party, self.bound = record.of_party, record.bound
        self.part_of, self.anchor_of = record.part_of, record.anchor_of
        self._days: dict[date, str] = {}
        self._dues: dict[tuple[object, ...], str] = {}
        self._names: dict[str, str] = {}
        self._description = ""
        self.cells: dict[tuple[str, bool], MatrixCell] = {}
        """The cells of the matrix by the state, and whether several owe it together."""
        self._party_links: dict[tuple[str, str], PartyLink] = {}

    @property
    def title(self) -> str:
        """The name of the process."""
        return self.register.process.name.shown(self.language)

    @property
    def first_language(self) -> str:
        """The language of the process: the first of its languages that pages have."""
        return self.register.process.shown_languages[0]

    @property
    def parties(self) -> Sequence[Party]:
        """The parties; of two that share a code, which is an error, the first."""
        return self.record.parties

    @property
    def newest_meetings(self) -> Sequence[Meeting]:
        """The meetings, the latest first, those without a day last."""
        return self.record.newest_meetings

    def long_day(self, day: date) -> str:
        """Return a day in words."""
        words = self._days.get(day)
        if words is None:
            words = self._days[day] = long_day(day, self.language)
        return words

    def record_description(self, describe: Callable[["SiteData"], str]) -> str:
        """Return what a function says of the record as a whole, which it is asked once."""
        self._description = self._description or describe(self)
        return self._description

    def due_in_words(self, task: Task) -> str:
        """Return the `due` of a task in words, with the names of bodies and meetings."""
        due = due_at_meeting(task, self.register.calendar)
        # Values of two kinds may be equal, as those of any two tuples.
        key = (due, type(due), type(getattr(due, "meeting", None)))
        words = self._dues.get(key)
        if words is None:
            words = self._dues[key] = task_due_in_words(task, self.register, self.language)
        return words

    def form_in_words(self, due: Due) -> str:
        """Return a `due` in words, with the names of bodies."""
        phrase = of_body(self.register.directory, self.language)
        return due_in_words(due, self.language, of_body=phrase)

    @property
    def counts(self) -> Mapping[tuple[Group, str], Count]:
        """What became of the tasks that lists show: of all, of each party, and of each meeting."""
        return self.record.counts

    # --- addresses ----------------------------------------------------------------------------

    def page_of(self, meeting: Meeting) -> str:
        """Return the address of a meeting's page, the first of its parts."""
        return urls.meeting(meeting.id)

    def absolute(self, path: str, language: str | None = None) -> str | None:
        """Return the whole address of a page, in its own language or another.

        None without a base URL. `path` is the address in the language's folder.
        """
        return self.base_url and f"{self.base_url}{language or self.language}/{path}"

    def place_of(self, reference: Reference) -> str | None:
        """Return the address of what a reference names: a meeting, a conclusion or a mandate.

        That of the conclusion where it has no such mandate, and of the meeting's page where the
        text is not in the record; None where there is no such meeting.
        """
        meeting = self.register.calendar.by_id.get(reference.meeting)
        if meeting is None:
            return None
        conclusion = self.register.conclusion(reference)
        if conclusion is None:
            return self.page_of(meeting)
        named = self.register.mandates(reference) if reference.ordinal else ()
        return self._place(meeting, conclusion, named[0] if named else None)

    def place_of_task(self, task: Task) -> str:
        """Return the address that a task's reference names, also where a number is there twice."""
        mandate = task.mandate if task.reference.ordinal else None
        return self._place(task.meeting, task.conclusion, mandate)

    def _place(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate | None) -> str:
        path = urls.part(self.page_of(meeting), self.part_of(conclusion))
        return urls.at(path, self.anchor_of(conclusion, mandate))

    # --- texts --------------------------------------------------------------------------------

    def name_of(self, code: str) -> str:
        """Return a party's name, else its code."""
        name = self._names.get(code)
        if name is None:
            party = self.register.directory.by_code.get(code)
            name = self._names[code] = party.name.shown(self.language) if party else code
        return name

    def party_link(self, code: str, label: str | None = None) -> PartyLink:
        """Return a party as pages show it: by `label`, else by its code."""
        key = code, label or code
        found = self._party_links.get(key)
        if found is None:
            found = PartyLink(key[1], "", None)
            if code in self.register.directory.by_code:
                found = PartyLink(key[1], self.name_of(code), urls.party(code), code)
            self._party_links[key] = found
        return found

    @cached_property
    def codes_with_names(self) -> tuple[tuple[str, str], ...]:
        """The codes of all parties, each with the party's name."""
        return tuple((party.code, self.name_of(party.code)) for party in self.parties)

    def other_language(self, text: Text | None, meeting: Meeting) -> str:
        """Return a text's language for a `lang` attribute; empty where it is the page's."""
        if text is None or self.language in text.by_language:
            return ""
        shown = next(iter(text.by_language), "") or meeting.language or ""
        return "" if shown == self.language else shown
