"""`load` reads a data folder and returns a Record, which answers what the command line does."""

import datetime
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from grcm_cli.domain import model
from grcm_cli.domain.changes import TaskChangeKind as ChangeKind
from grcm_cli.domain.findings import Severity, errors, in_order, without_ignored
from grcm_cli.domain.model import MandateKind as Kind
from grcm_cli.domain.model import PartyKind, Progress
from grcm_cli.domain.publication import published
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import State, select
from grcm_cli.domain.tasks import tasks
from grcm_cli.formats.listing import further_errors
from grcm_cli.formats.record import FindingRecord as Finding
from grcm_cli.formats.record import finding_record
from grcm_cli.language.text import LANGUAGES, _, clean, collapse, reason, using_language
from grcm_cli.lookups import names
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.rules import default_rules, rules_by_name, rules_of_lists
from grcm_cli.storage import loader
from grcm_cli.storage.schemas import schema_findings
from grcm_cli.views.changes import ChangeRecord as Change
from grcm_cli.views.changes import change_record
from grcm_cli.views.conclusion_records import ConclusionRecord as Conclusion
from grcm_cli.views.conclusion_records import EachRecord as Each
from grcm_cli.views.conclusion_records import LinkKind, Links, conclusion_record
from grcm_cli.views.conclusion_records import LinkRecord as Link
from grcm_cli.views.conclusion_records import MandateRecord as Mandate
from grcm_cli.views.meetings import MeetingRecord as Meeting
from grcm_cli.views.meetings import meeting_record
from grcm_cli.views.party import ContactRecord as Contact
from grcm_cli.views.party import MembershipRecord as Membership
from grcm_cli.views.party import PartyRecord as Party
from grcm_cli.views.party import TermRecord as Term
from grcm_cli.views.party import party_record
from grcm_cli.views.task_record import ReportRecord as Report
from grcm_cli.views.task_record import TaskRecord as Task
from grcm_cli.views.tasks import ORDERS, TaskRecords

__all__ = [
    "Change", "ChangeKind", "Conclusion", "Contact", "Each", "Finding", "Kind", "Link", "LinkKind",
    "Mandate", "Meeting", "Membership", "Party", "PartyKind", "Progress", "Record", "RecordError",
    "Report", "Severity", "State", "Task", "Term", "load",
]  # fmt: skip
Day = datetime.date | str  # a day; as text in ISO 8601: `2003-01-15`
_OPTION = re.compile(r"(?:grcm changes )?--(after|before|body|recorded-since|since|within)\b")
"""An option in a message of the command line, which the library has as an argument."""


class RecordError(Exception):
    """A question cannot be answered: no record, errors in it, or a name that it does not have.

    The only exception of the library for what is in files, folders and arguments. `str` is a
    sentence in the language of `load`, with what to write instead where that is near.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message, findings)
        self.findings = findings
        """The errors in the files, by file, line and column; empty where an argument is wrong."""

    def __str__(self) -> str:
        return str(self.args[0])


def load(
    folder: str | os.PathLike[str],
    *,
    language: str = "en",
    allow_errors: bool = False,
    internal: bool = False,
) -> "Record":
    """Read a data folder, or the folder that has it as `data`, and return its record.

    `language` is that of texts, names and messages, as `--lang` takes it. A text that the record
    does not have in it comes as it was adopted. It holds for this record alone: records of several
    languages may be used at the same time, also in threads.

    With `allow_errors` what can be read is read, as the command line does: `Record.problems` says
    what is missing or in doubt, and tasks in doubt have the state `?`. Without it it is whole.

    With `internal` it has what is internal or confidential too, which is not to be published;
    `Record.validate` always reads all.

    Nothing is printed, written or cached, and no setting of the process changes. The files are read
    once: what changes in them later needs a new `load`.

    Raises RecordError where there is no such folder, where its register.yaml cannot be read, for an
    unknown language, and, without `allow_errors`, for errors in any file; its `findings` are then
    all the errors, in order.
    """
    if language not in LANGUAGES:
        values = {"name": "language", "text": language, "choices": ", ".join(LANGUAGES)}
        raise RecordError(_("{name}: '{text}' is not one of: {choices}").format(**values))
    with _answering(language):
        cwd, path = Path.cwd(), os.fspath(folder)
        if "\0" in path:  # which no system takes
            raise WrongUse(_("there is no folder {path}"), path=path)
        place = names.find_data_folder(path, cwd)
        loaded = loader.load(place, cwd)
        # Errors follow from the files alone; the day matters to warnings.
        every = loaded.checked(rules_of_lists(), datetime.date.max)
        kept = without_ignored(every, loaded.ignores)[0]
        problems = tuple(map(finding_record, errors(in_order(kept))))
        if loaded.register is None or (problems and not allow_errors):
            raise RecordError(f"{problems[0]}{further_errors(len(problems) - 1)}", problems)
        register = loaded.register if internal else published(loaded.register).register
        return Record(place, language, problems, cwd, loaded, register)


@dataclass(frozen=True, repr=False, eq=False)
class Record:
    """A data folder as it was when `load` read it: meetings, parties, tasks, findings.

    It never changes, so that threads may share it. Every question takes the day that it is answered
    for as `as_of`: a date, or text as `2003-01-15`; without it the day is today.
    """

    folder: Path  # the data folder, as an absolute path
    language: str  # the language that `load` was given
    problems: tuple[Finding, ...]
    """The errors for which answers may be incomplete or wrong; empty without `allow_errors`."""
    _cwd: Path
    _loaded: loader.Loaded
    _register: Register

    def __repr__(self) -> str:
        counts = f"{len(self._register.meetings)} meetings, {len(self._register.parties)} parties"
        return f"<Record {self.process or self.folder}: {counts}>"

    @property
    def process(self) -> str:
        """The code of the process, as `CRM`; empty where the register has none."""
        return self._register.process.code

    @property
    def name(self) -> str:
        """The name of the process; empty where the register has none."""
        return collapse(self._register.process.name.shown(self.language))

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings with their conclusions and mandates, the earliest first, as files say it."""
        last = datetime.date.max
        order = sorted(self._register.meetings, key=lambda each: (each.start or last, each.id))
        with _answering(self.language):
            links, meetings = Links(self._register, last), []
            for meeting in order:
                record_of = partial(conclusion_record, links, self.language, meeting)
                conclusions = tuple(map(record_of, meeting.conclusions or ()))
                meetings.append(meeting_record(meeting, self.language, conclusions))
            return tuple(meetings)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """The parties, in the order of the register: bodies, members, offices, organizations."""
        with _answering(self.language):
            return tuple(map(self._party, self._register.parties))

    def party(self, word: str) -> Party:
        """Return the party with a code, a name in any language or an alias.

        Case, accents, dots, spaces, apostrophes and hyphens do not matter: `MEX`, `México`,
        `mexico`. Raises RecordError, with a suggestion, for none, and for a name that several have.
        """
        with _answering(self.language):
            return self._party(names.find_party(self._register, word))

    def meeting(self, id: str) -> Meeting:  # noqa: A002 - the key's own name
        """Return the meeting with an id, whatever the case.

        Raises RecordError, with a suggestion, for none.
        """
        with _answering(self.language):
            named = names.find_meeting(self._register, id, "")
        return next(meeting for meeting in self.meetings if meeting.id == named.id)

    def conclusion(self, reference: str) -> Conclusion:
        """Return the conclusion at a reference: `GRCM-2002-10/8`; one to its mandate will do.

        Raises RecordError, with those that are near, for what is no reference, and for a meeting.
        """
        with _answering(self.language):
            target = names.find_mandate(self._register, reference)
        conclusions = self.meeting(target.meeting).conclusions
        return next(conclusion for conclusion in conclusions if conclusion.number == target.number)

    def tasks(  # noqa: PLR0913 - each is an option of `grcm due`, by its name alone
        self,
        *,
        as_of: Day | None = None,
        party: str | Sequence[str] | None = None,
        body: str | None = None,
        meeting: str | None = None,
        state: str | Sequence[str] | None = None,
        kind: Kind | None = None,
        theme: str | Sequence[str] | None = None,
        before: Day | None = None,
        after: Day | None = None,
        within: int | None = None,
        late: bool = False,
        encouragements: bool = False,
        unassigned: bool = False,
        unreported: bool = False,
        closed: bool = False,
        sort: str = "due",
    ) -> list[Task]:
        """Return the tasks of a day, earliest deadline first and undated last, as `grcm due` does.

        Without arguments all that is open. `party` is a word as `Record.party` takes it: what it
        owes itself, with others, or through an office; of several, what any of them owes. `body`
        and `meeting` adopted it. `state`, one or several, lists closed tasks too; `kind` is how
        strongly it binds, `theme` what it is about. `sort` is another order: by party, reference
        or state, then by deadline.
        `before` and `after` include their day and leave out what has no day; `after` keeps what is
        late. As text they may be a period, `2003-Q1`, of which the last and the first day count.
        `within` is a number of days from `as_of`, in the place of `before`.
        `late`: only what is overdue; with `encouragements` those too whose day has passed, which
        are never late. `unassigned`: only what the text lays on nobody. `unreported`:
        only what nobody who owes it has reported on. `closed`: with what is done, declined, not
        applicable, superseded or closed.

        Raises RecordError for a name that the record does not have, for a text that is no day, and
        for days that contradict each other.
        """
        with _answering(self.language):
            day = _as_of(as_of)
            filters = names.Filters(
                _written(before), _written(after), within, _words(party), body, meeting,
                _words(state), kind, _words(theme), unassigned, closed, late, encouragements,
                unreported,
            )  # fmt: skip
            query = names.build_query(self._register, day, filters)
            names.refuse_unknown("sort", sort, tuple(ORDERS))
            selected = select(tasks(self._register, day, query), query)
            return list(map(self._task_records.of, sorted(selected, key=ORDERS[sort])))

    def changes(  # noqa: PLR0913 - each is an option of `grcm changes`, by its name alone
        self,
        *,
        since: Day | None = None,
        recorded_since: Day | None = None,
        as_of: Day | None = None,
        party: str | Sequence[str] | None = None,
        body: str | None = None,
        meeting: str | None = None,
        theme: str | Sequence[str] | None = None,
    ) -> list[Change]:
        """Return what became of the tasks after a day, the earliest first, as `grcm changes` does.

        `since` is a day or the id of a meeting, whose last day counts; without it, the last meeting
        of any body that has ended. What a list as of that day shows is left out. `as_of` is the
        last day. The other arguments are those of `tasks`.
        `recorded_since`, in its place: what was written down after a day, whenever it happened, as
        git tells; it is compared with the files as they were read.

        Raises RecordError for a name that the record does not have, for a text that is neither day
        nor meeting, for a first day that is later than the last, and where git tells nothing.
        """
        with _answering(self.language):
            day, register = _as_of(as_of), self._register
            first, recorded_first = _written(since), _written(recorded_since)
            period = names.change_period(
                register, day, first, option_for_body="", recorded_since=recorded_first
            )
            filters = names.Filters(
                party=_words(party), body=body, meeting=meeting, theme=_words(theme), closed=True
            )
            query = names.build_query(register, day, filters)
            recorded = names.changes_in(register, period, query, self.folder, self._cwd)
            return [change_record(change, self._task_records) for change in recorded.changes]

    def validate(self, *, as_of: Day | None = None) -> list[Finding]:
        """Return all findings of the rules that run by default, by file, line and column.

        The same as `grcm validate`, without its limit of 100 for a file. A record that was loaded
        without `allow_errors` has warnings alone.

        Raises RecordError for an `as_of` that is no day.
        """
        with _answering(self.language):
            rules = rules_by_name()
            schemas = schema_findings(self.folder, self._cwd, self._loaded.register)
            active, day = default_rules(rules), _as_of(as_of)
            findings = loader.all_findings(self._loaded, schemas, rules, active, day)
            return list(map(finding_record, findings))

    @property
    def _task_records(self) -> TaskRecords:
        return TaskRecords(self._register.directory, self.language, self.process)

    def _party(self, party: model.Party) -> Party:
        return party_record(party, self._register, datetime.date.max, self.language)


@contextmanager
def _answering(language: str) -> Iterator[None]:
    """Speak a language in a block; what the command line would say becomes a RecordError."""
    with using_language(language):
        try:
            yield
        except WrongUse as stop:
            sentence = _OPTION.sub(lambda option: option[1].replace("-", "_"), str(stop))
            raise RecordError(sentence) from None
        except OSError as error:
            where = f": {clean(str(error.filename))}" if error.filename else ""
            message = _("system error: {reason}").format(reason=f"{reason(error)}{where}")
            raise RecordError(message) from error


def _words(words: str | Sequence[str] | None) -> Sequence[str]:
    return (words,) if isinstance(words, str) else words or ()


def _written(day: Day | None) -> str | None:
    """Return a day as the command line takes it; of a moment, the first ten characters."""
    return day if day is None or isinstance(day, str) else day.isoformat()[:10]


def _as_of(day: Day | None) -> datetime.date:
    return names.as_of_day(_written(day), {}, "as_of")
