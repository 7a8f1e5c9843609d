"""What was read for a command: the records of data folders on a day, nearly always one."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from grcm_cli.domain import findings as results
from grcm_cli.domain.findings import UNREADABLE, Finding, check, doubtful, without_ignored
from grcm_cli.domain.progress import last_reports
from grcm_cli.domain.publication import LeftOut, published
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.domain.task import Query, Task
from grcm_cli.domain.tasks import EVERYTHING, tasks
from grcm_cli.formats.listing import Listing, further_errors
from grcm_cli.language.text import _, clean, collapse, counted, in_series, labelled
from grcm_cli.lookups.errors import BadData, ExitCode, WrongUse
from grcm_cli.storage.loader import Loaded, load
from grcm_cli.storage.paths import MEETINGS, shown_path

if TYPE_CHECKING:
    from grcm_cli.storage.cache import FileCache

Asked = TypeVar("Asked")
MeetingsNeed = Literal["needed", "missed", "coming"]
"""What it is that a folder has no meeting: no record, one with an error, or a new record."""


@dataclass(eq=False)
class UnreadRecord(Exception):  # noqa: N818 - the program works as it should
    """A folder without a register that can be read, or without a meeting; or that is no folder."""

    folder: Path
    place: str  # the folder as messages show it
    problems: Sequence[Finding]
    sentence: str = ""  # what stderr says of it, if not the problems
    code: ExitCode = ExitCode.DONE  # the exit code, if not that of the problems
    process: str = ""  # what its name would stand in front of


def read_folder(folder: Path, cwd: Path, *, use_cache: bool) -> tuple[Loaded, "FileCache | None"]:
    """Return a data folder, read, and its cache if there is one."""
    cache = None
    if use_cache:
        from grcm_cli.storage.cache import FileCache, cache_file  # 6 ms

        path = cache_file(folder, os.environ)
        cache = FileCache(folder, path) if path else None
    return load(folder, cwd, read=cache.read if cache else None), cache


class LoadedRecord:
    """The register of a data folder on a day, and the findings that make an answer doubtful."""

    process = ""
    """What stands in front of its rows in a list of several records; empty in one of its own."""

    def __init__(
        self,
        folder: Path,
        cwd: Path,
        as_of: date,
        meetings: MeetingsNeed = "needed",
        *,
        use_cache: bool = False,
        is_public: bool = False,
    ) -> None:
        """Read a folder, with its cache where there is one, and check it with the rules of lists.

        What `is_public` has nothing that is internal or confidential. Raises UnreadRecord where
        register.yaml cannot be read, and for a folder without the `meetings` that are needed.
        """
        self.folder, self.cwd, self.as_of = folder, cwd, as_of
        loaded, self.cache = read_folder(folder, cwd, use_cache=use_cache)
        self.place = shown_path(folder, cwd)  # the folder as messages show it
        self._tasks: dict[Query, Sequence[Task]] = {}
        if loaded.register is None:
            raise UnreadRecord(folder, self.place, loaded.findings)
        in_files = loaded.findings
        if not (loaded.register.meetings or loaded.register.unread_meetings):
            if meetings == "coming":
                empty = shown_path(folder / MEETINGS, cwd)
                in_files = [finding for finding in in_files if finding.at.path != empty]
            elif meetings == "needed" or doubtful(results.errors(in_files)):
                raise UnreadRecord(folder, self.place, in_files)
        self.register = loaded.register
        broken_rules: list[Finding] = []
        if self.cache is None or not self.cache.is_sound():
            from grcm_cli.rules import rules_of_lists  # 10 ms; else it was checked before

            broken_rules = check(self.register, rules_of_lists(), as_of)
        self.is_sound = not broken_rules
        self.findings = without_ignored([*in_files, *broken_rules], loaded.ignores)[0]
        """All that is wrong in it, or odd."""
        problems = results.capped(results.in_order(results.errors(self.findings)))[0]
        self.left_out = LeftOut()
        if is_public:
            publication = published(self.register)
            self.register = publication.register
            count = sum(since <= as_of for since in self.register.withheld.values())
            self.left_out = publication.left_out._replace(tasks=count)
            problems = [problem for problem in problems if not publication.hides(problem.at)]
        self.problems: Sequence[Finding] = problems
        """The errors for which an answer may be incomplete or wrong, at most 100 of a file."""

    def tasks(self, query: Query = EVERYTHING) -> Sequence[Task]:
        """Return the tasks of the day that a query may match; `select` decides on them."""
        body, meeting, themes = query.body, query.meeting, query.themes
        key = Query(body=body, meeting=meeting, themes=themes, closed=query.closed)
        if key not in self._tasks:
            self._tasks[key] = tasks(self.register, self.as_of, key)
        return self._tasks[key]

    def has_reported(self, code: str) -> bool:
        """Tell whether a party has reported by the day; of a group, a member of it."""
        reported = last_reports(self.register, self.as_of)
        return not reported.keys().isdisjoint(self.register.members_of(code, self.as_of))

    @property
    def files_with_errors(self) -> list[str]:
        """The files with errors, as they are called in the data folder, wherever that lies."""
        paths = {self.cwd / finding.at.path for finding in self.problems}
        return sorted(shown_path(path, self.folder) for path in paths)

    def finish(self) -> int:
        """Do as `LoadedRecords.finish` does, for this record alone."""
        return LoadedRecords([self]).finish()


class LoadedRecords:
    """The records that a list is of: nearly always one, without its process in front."""

    def __init__(self, opened: Sequence[LoadedRecord | UnreadRecord]) -> None:
        """Take the records of the folders that were named. Of several, each gets its process."""
        self.records = [record for record in opened if isinstance(record, LoadedRecord)]
        self.unread = [record for record in opened if isinstance(record, UnreadRecord)]
        self.every: list[LoadedRecord | UnreadRecord] = [*self.records, *self.unread]
        self.is_several = len(opened) > 1  # whether rows begin with the process
        choices = []
        for record in opened if self.is_several else ():
            code = record.register.process.code if isinstance(record, LoadedRecord) else ""
            # Of /srv/crm/data, the name of the folder above says which it is.
            path = record.folder.absolute()
            folder = path.parent.name if path.name == "data" else path.name
            of_code = [code, f"{code} ({folder})", f"{code} ({record.place})"]
            choices.append(of_code if code else [folder, record.place])
        for _round in range(2):  # the first name that no other record has
            count = Counter(names[0] for names in choices)
            for names in choices:
                if (count[names[0]] > 1 or not names[0]) and len(names) > 1:
                    del names[0]
        for record, names in zip(opened, choices, strict=False):
            record.process = names[0]
        self.problems = [problem for record in self.every for problem in record.problems]
        """The errors for which an answer may be incomplete or wrong, at most 100 of a file."""

    def nothing(self, sentence: str) -> str:
        """Return what is said of an empty answer: the sentence, unless the answer is incomplete."""
        unread = doubtful(self.problems)
        return _("Nothing of this kind was found in what could be read.") if unread else sentence

    def ask(self, question: Callable[[LoadedRecord], Asked]) -> list[tuple[LoadedRecord, Asked]]:
        """Return each record with its answer; stderr names those in which `question` fails.

        Raises WrongUse where it fails in all of them, with suggestions from all of them.
        """
        answers: list[tuple[LoadedRecord, Asked]] = []
        refused: list[tuple[str, WrongUse]] = []
        for record in self.records:
            try:
                answers.append((record, question(record)))
            except WrongUse as stop:
                refused.append((clean(record.process), stop))
        if not answers:
            if len({str(refusal) for _process, refusal in refused}) == 1:
                raise refused[0][1]
            whole = copy(self.records[0])  # with the names of all, to suggest one of them
            registers = [record.register for record in self.records]
            parties = {party.code: party for register in registers for party in register.parties}
            meetings = [meeting for register in registers for meeting in register.meetings]
            unread = frozenset(name for register in registers for name in register.unread_meetings)
            whole.register = Register(
                registers[0].process, tuple(parties.values()), meetings, ReportedProgress(), unread
            )
            question(whole)
            raise WrongUse(in_series(labelled(process, str(stop)) for process, stop in refused))
        message = _("{process}: {sentence}; the answer includes nothing from this record")
        for process, refusal in refused:
            sys.stderr.write(f"grcm: {message.format(process=process, sentence=refusal)}\n")
        return answers

    def as_one(self, parts: Sequence[Listing], order: Callable[[Any], Any], lang: str) -> Listing:
        """Return the lists of records as one, in an order; of one record, its list."""
        if not self.is_several:
            return parts[0]
        # 7 ms, of which a list of one record needs none
        from grcm_cli.formats.columns import joined
        from grcm_cli.formats.record import ChangeSourceRecord, SourceRecord

        since = {part.process: part.since for part in parts}
        sources: list[SourceRecord] = []
        for record in self.every:
            code, name, answers = "", "", record.process in since
            if isinstance(record, LoadedRecord):
                process = record.register.process
                code, name = process.code, collapse(process.name.shown(lang))
            is_whole = not record.problems
            values = record.process, code or None, name or None, record.place, is_whole, answers
            of_changes = ChangeSourceRecord(*values, since.get(record.process))
            sources.append(of_changes if any(since.values()) else SourceRecord(*values))
        return joined(parts, order, sources)

    def refuse_partial(self) -> None:
        """Raise BadData where the records have errors, so that no file is made of them."""
        if self.problems:
            self.finish()
            message = _("with these errors a file may be wrong, so none was written; see --partial")
            raise BadData(message)

    def finish(self, *, has_items: bool = False) -> int:
        """Name on stderr what is missing or doubtful, write the caches, return the exit code.

        That is the highest of all records for errors in the data; else NOT_EMPTY with `has_items`.
        """
        for unread in self.unread:
            if unread.sentence:
                sys.stderr.write(f"{unread.sentence}\n")
        with_findings = [unread for unread in self.unread if not unread.sentence]
        findings = [finding for unread in with_findings for finding in unread.problems]
        findings += [finding for record in self.records for finding in record.findings]
        if named := to_be_named(results.in_order(findings)):
            from grcm_cli.reporters.people import sentence  # 2 ms; most records have no errors

            for of_file in results.by_file(named).values():
                sys.stderr.write(sentence(of_file[0], further_errors(len(of_file) - 1)))
        if doubtful(results.errors(named)):
            doubt = _("In these places the answer may be incomplete or wrong. Details: {commands}")
            if not self.records:
                doubt = _(
                    "For this reason there is no answer, and nothing was written. "
                    "Details: {commands}"
                )
            folders = [record.place for record in self.records if results.errors(record.findings)]
            folders += [unread.place for unread in with_findings]
            commands = [f"grcm validate --data {clean(folder)}" for folder in folders]
            shown = ", ".join(commands) if self.is_several else "grcm validate"
            sys.stderr.write(f"{doubt.format(commands=shown)}\n")
        parts = [record.left_out for record in self.records] or [LeftOut()]
        meetings, conclusions, remarks, tasks = map(sum, zip(*parts, strict=True))
        words = {
            counted("{count} meeting", "{count} meetings", meetings): meetings,
            counted("{count} conclusion", "{count} conclusions", conclusions): conclusions,
            counted("{count} internal remark", "{count} internal remarks", remarks): remarks,
            counted(
                "{count} task affected by something confidential",
                "{count} tasks affected by something confidential",
                tasks,
            ): tasks,
        }
        if things := ", ".join(message for message, count in words.items() if count):
            note = _("internal or confidential in the whole record, and never published: {things}")
            sys.stderr.write(f"{note.format(things=things)}\n")
        codes = [data_code(record.findings) for record in self.records]
        codes += [
            each.code or data_code(each.problems) or ExitCode.BAD_DATA for each in self.unread
        ]
        for record in self.records:
            if record.cache is not None:
                sys.stdout.flush()  # the answer first
                record.cache.write(is_sound=record.is_sound)
        return max(codes) or (ExitCode.NOT_EMPTY if has_items else ExitCode.DONE)


def data_code(findings: Sequence[Finding], *, strict: bool = False) -> ExitCode:
    """Return the exit code for errors in the data; with `strict`, warnings count too."""
    if any(finding.rule == UNREADABLE for finding in findings):
        return ExitCode.MACHINE_FAILED
    is_bad = results.errors(findings) or (strict and findings)
    return ExitCode.BAD_DATA if is_bad else ExitCode.DONE


def to_be_named(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that `finish` names on stderr."""
    return [each for each in findings if each.severity == "error" or each.rule == results.IGNORED]
