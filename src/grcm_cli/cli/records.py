"""What was read for a command: the records of data folders on a day, nearly always one."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import typer

from grcm_cli.domain import findings as results
from grcm_cli.domain.findings import UNREADABLE, Finding, check, without_ignored
from grcm_cli.domain.model import Location
from grcm_cli.domain.progress import last_reports
from grcm_cli.domain.publication import LeftOut, published
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.formats.listing import Listing, further_errors
from grcm_cli.language.text import _, clean, collapse, counted, in_series, labelled, reason
from grcm_cli.lookups.errors import ExitCode, WrongUse
from grcm_cli.storage.loader import load, read_each, with_progress
from grcm_cli.storage.paths import MEETINGS, PROGRESS, doubtful, folder_if_known, shown_path

if TYPE_CHECKING:
    from grcm_cli.storage.cache import FileCache

Asked = TypeVar("Asked")


class NoRecord(Exception):  # noqa: N818 - the program works as it should
    """A data folder has no register that can be read, or no meeting; `findings` tell why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = findings
        self.code = data_code(findings) or ExitCode.BAD_DATA


class LoadedRecord:
    """The register of a data folder on a day, and the findings that make an answer doubtful."""

    process = ""
    """What stands in front of its rows in a list of several records; empty in one of its own."""

    def __init__(
        self,
        folder: Path,
        here: Path,
        as_of: date,
        cache: "FileCache | None",
        *,
        is_new: bool = False,
        may_be_empty: bool = False,
        is_public: bool = False,
    ) -> None:
        """Read a folder, with the cache where there is one, and check it with the rules of lists.

        What `is_public` has nothing that is internal or confidential.

        Raises NoRecord where register.yaml cannot be read, and for a folder without meetings, which
        only one that `is_new` may be, and one that `may_be_empty`: there it is an error still.
        """
        self.folder, self.here, self.as_of, self._cache = folder, here, as_of, cache
        self._tasks: dict[Query, Sequence[Task]] = {}
        loaded = load(folder, here, read=cache.read if cache else read_each)
        if loaded.register is None:
            raise NoRecord(loaded.findings)
        in_files = loaded.findings
        if not (loaded.register.meetings or loaded.register.unread_meetings):
            if not is_new and (not may_be_empty or doubtful(results.errors(in_files))):
                raise NoRecord(in_files)
            if is_new:  # it is about to get its first meeting
                empty = shown_path(folder / MEETINGS, here)
                in_files = [finding for finding in in_files if finding.at.path != empty]
        self.register = loaded.register
        broken_rules: list[Finding] = []
        if cache is None or not cache.is_sound():
            from grcm_cli.rules import rules_of_lists  # 10 ms; else it was checked before

            broken_rules = check(self.register, rules_of_lists(), as_of)
        self._is_sound = not broken_rules
        self.findings = without_ignored([*in_files, *broken_rules], loaded.ignores)[0]
        """All that is wrong in it, or odd."""
        self._publication = published(self.register) if is_public else None
        if self._publication:
            self.register = self._publication.register

    def with_progress(
        self, parties: Iterable[str], instead: Mapping[Path, bytes]
    ) -> Register | None:
        """Return the register with the files of progress of these parties as they are by now.

        `instead` has the bytes that they would have. None without a register.
        """
        register = with_progress(self.register, self.folder, self.here, parties, instead)
        if register is None:  # something is wrong in one of them
            register = load(self.folder, self.here, instead).register
        return register

    def tasks(self, query: Query) -> Sequence[Task]:
        """Return the tasks of the day that a query may match; `select` decides on them."""
        if query not in self._tasks:
            self._tasks[query] = tasks(self.register, self.as_of, query)
        return self._tasks[query]

    def has_reported(self, code: str) -> bool:
        """Tell whether a party has reported by the day; of a group, a member of it."""
        reported = last_reports(self.register, self.as_of)
        return any(member in reported for member in self.register.members_of(code))

    @property
    def problems(self) -> Sequence[Finding]:
        """The errors for which an answer may be incomplete or wrong, at most 100 of a file."""
        problems = results.capped(results.errors(results.in_order(self.findings)))[0]
        publication = self._publication
        return [p for p in problems if not (publication and publication.hides(p.at))]

    @property
    def left_out(self) -> LeftOut:
        """How much of it is not published."""
        return self._publication.left_out if self._publication else LeftOut()

    @property
    def has_reports(self) -> bool:
        """Tell whether `finish` names anything on stderr."""
        return bool(_named(self.findings))

    @property
    def files_with_errors(self) -> list[str]:
        """The files with errors, as they are called in the data folder, wherever that lies."""
        paths = {PurePath(finding.at.path) for finding in results.errors(self.findings)}
        inside = (MEETINGS, PROGRESS)
        named = ("/".join(p.parts[-2:]) if p.parent.name in inside else p.name for p in paths)
        return sorted(named)

    def nothing(self, sentence: str) -> str:
        """Return what is said of an empty answer: the sentence, unless the answer is incomplete."""
        return LoadedRecords([self]).nothing(sentence)

    def finish(self, items: Sequence[object] = (), *, wanted: bool = False) -> int:
        """Do as `LoadedRecords.finish` does, for this record alone."""
        return LoadedRecords([self]).finish(items, wanted=wanted)

    def write_cache(self) -> None:
        """Write the cache, where there is one, after the answer."""
        if self._cache is not None:
            sys.stdout.flush()  # the answer first
            self._cache.write(is_sound=self._is_sound)


class UnreadRecord(NamedTuple):
    """A folder that was named, and of which a list of several records has nothing."""

    place: str
    """As messages show it."""
    findings: Sequence[Finding]
    sentence: str
    """What stderr says of it; empty where the findings do."""
    code: int
    """The exit code for it."""
    process: str = ""
    """What its name would stand in front of."""


class LoadedRecords:
    """The records that a list is of: nearly always one, without its process in front."""

    def __init__(
        self, records: Sequence[LoadedRecord], unread: Sequence[UnreadRecord] = ()
    ) -> None:
        self.records, self.unread = records, unread

    @classmethod
    def of_folders(
        cls, places: Sequence[str], here: Path, load_record: Callable[[str], LoadedRecord]
    ) -> "LoadedRecords":
        """Return the records of several folders, each with its process.

        Raises typer.Exit where none can be read, after the reasons went to stderr.
        """
        opened = [_opened(place, here, load_record) for place in places]
        loaded: list[LoadedRecord] = []
        unread: list[UnreadRecord] = []
        choices = []
        for place, record in zip(places, opened, strict=True):
            code = record.register.process.code if isinstance(record, LoadedRecord) else ""
            path = folder_if_known(place) or Path(place)
            # Of /srv/crm/data, the name of the folder above says which it is.
            named = path.absolute()
            folder = named.parent.name if named.name == "data" else named.name
            shown = shown_path(path, here)
            of_code = [code, f"{code} ({folder})", f"{code} ({shown})"]
            choices.append(of_code if code else [folder, shown])
        for _round in range(2):  # the first name that no other record has
            count = Counter(names[0] for names in choices)
            for names in choices:
                if (count[names[0]] > 1 or not names[0]) and len(names) > 1:
                    del names[0]
        for record, process in zip(opened, [names[0] for names in choices], strict=True):
            if isinstance(record, LoadedRecord):
                record.process = process
                loaded.append(record)
            else:
                unread.append(record._replace(process=process))
        records = cls(loaded, unread)
        if not loaded:
            raise typer.Exit(records.finish())
        return records

    @property
    def is_several(self) -> bool:
        """Tell whether several folders were named, so that rows begin with the process."""
        return len(self.records) + len(self.unread) > 1

    @property
    def here(self) -> Path:
        """The working folder."""
        return self.records[0].here

    @property
    def problems(self) -> Sequence[Finding]:
        """The errors for which an answer may be incomplete or wrong, at most 100 of a file."""
        unread = [problem for record in self.unread for problem in record.findings]
        return [problem for record in self.records for problem in record.problems] + unread

    def nothing(self, sentence: str) -> str:
        """Return what is said of an empty answer: the sentence, unless the answer is incomplete."""
        unread = doubtful(self.problems)
        return _("Nothing of this kind was found in what could be read.") if unread else sentence

    def ask(self, question: Callable[[LoadedRecord], Asked]) -> list[tuple[LoadedRecord, Asked]]:
        """Return each record in which `question` raises nothing; stderr tells of the others.

        Raises WrongUse where it does in all of them, with what is near in any of them.
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
            whole.register = Register(
                registers[0].process,
                tuple({party.code: party for each in registers for party in each.parties}.values()),
                [meeting for each in registers for meeting in each.meetings],
                ReportedProgress(),
                frozenset(name for each in registers for name in each.unread_meetings),
            )
            question(whole)
            raise WrongUse(in_series(labelled(process, str(stop)) for process, stop in refused))
        message = _("{process}: {sentence}; the answer includes nothing from this record")
        for process, refusal in refused:
            sys.stderr.write(f"grcm: {message.format(process=process, sentence=refusal)}\n")
        return answers

    def as_one(
        self, parts: Sequence[Listing], order: Callable[[Any], Any], language: str
    ) -> Listing:
        """Return the lists of records as one, in an order; of one record, its list."""
        if not self.is_several:
            return parts[0]
        # 1 ms, of which a list of one record needs none
        from grcm_cli.formats.columns import joined
        from grcm_cli.formats.record import ChangeSourceRecord, SourceRecord

        answering = {part.process for part in parts}
        since = {part.process: part.since for part in parts if part.since}

        def source(
            each: LoadedRecord | UnreadRecord, code: str, name: str, folder: str, *, complete: bool
        ) -> SourceRecord:
            answers = each.process in answering
            values = each.process, code or None, name or None, folder, complete, answers
            if since:
                return ChangeSourceRecord(*values, since.get(each.process))
            return SourceRecord(*values)

        sources = []
        for record in self.records:
            process, folder = record.register.process, shown_path(record.folder, record.here)
            name, complete = collapse(process.name.shown(language)), not record.problems
            sources.append(source(record, process.code, name, folder, complete=complete))
        sources += [source(record, "", "", record.place, complete=False) for record in self.unread]
        return joined(parts, order, sources)

    def finish(self, items: Sequence[object] = (), *, wanted: bool = False) -> int:
        """Name on stderr what is missing or doubtful, write the caches, return the exit code.

        For what is wrong in the data the highest code of all records; else NOT_EMPTY where that is
        `wanted` and there are items.
        """
        folders = [shown_path(r.folder, r.here) for r in self.records if results.errors(r.findings)]
        findings: list[Finding] = []
        for unread in self.unread:
            if unread.sentence:
                sys.stderr.write(f"{unread.sentence}\n")
            else:
                folders.append(unread.place)
                findings += unread.findings
        findings += [finding for record in self.records for finding in record.findings]
        report(findings, folders if self.is_several else ())
        parts = [record.left_out for record in self.records] or [LeftOut()]
        meetings, conclusions, remarks = (sum(counts) for counts in zip(*parts, strict=True))
        words = {
            counted("{count} meeting", "{count} meetings", meetings): meetings,
            counted("{count} conclusion", "{count} conclusions", conclusions): conclusions,
            counted("{count} internal remark", "{count} internal remarks", remarks): remarks,
        }
        if things := ", ".join(message for message, count in words.items() if count):
            sentence = _(
                "internal or confidential in the whole record, and never published: {things}"
            )
            sys.stderr.write(f"{sentence.format(things=things)}\n")
        for record in self.records:
            record.write_cache()
        codes = [data_code(record.findings) for record in self.records]
        code = max([*codes, *(unread.code for unread in self.unread)])
        return code or (ExitCode.NOT_EMPTY if wanted and items else ExitCode.DONE)


def data_code(findings: Sequence[Finding], *, strict: bool = False) -> ExitCode:
    """Return the exit code for what is wrong in the data; with `strict`, warnings count."""
    if any(finding.rule == UNREADABLE for finding in findings):
        return ExitCode.MACHINE_FAILED
    is_bad = results.errors(findings) or (strict and findings)
    return ExitCode.BAD_DATA if is_bad else ExitCode.DONE


def _named(findings: Sequence[Finding]) -> list[Finding]:
    return [f for f in findings if f.severity == "error" or f.rule == results.IGNORED]


def report(findings: Sequence[Finding], folders: Sequence[str] = ()) -> None:
    """Name each file that has errors, or is no data at all: its first one, and how many more.

    `folders` are those with errors, where `grcm validate` needs the folder to be named.
    """
    named = _named(results.in_order(findings))
    if not named:
        return
    from grcm_cli.reporters.concise import sentence  # 2 ms; most records have no errors

    for of_file in results.by_file(named).values():
        sys.stderr.write(sentence(of_file[0], further_errors(len(of_file) - 1)))
    if doubtful(results.errors(named)):
        message = _("In these places the answer may be incomplete or wrong. Details: {commands}")
        commands = [f"grcm validate --data {clean(folder)}" for folder in folders]
        sys.stderr.write(f"{message.format(commands=', '.join(commands) or 'grcm validate')}\n")


def _opened(
    place: str, here: Path, load_record: Callable[[str], LoadedRecord]
) -> LoadedRecord | UnreadRecord:
    shown = shown_path(folder_if_known(place) or Path(place), here)
    try:
        return load_record(place)
    except NoRecord as stop:
        return UnreadRecord(shown, stop.findings, "", stop.code)
    except WrongUse as stop:
        sentence, code = str(stop), stop.code
    except OSError as error:
        failed = _("system error: {reason}").format(reason=reason(error))
        sentence, code = labelled(failed, clean(place)), ExitCode.MACHINE_FAILED
    problem = Finding(Location(place, 1, 1), "error", UNREADABLE, sentence)
    return UnreadRecord(shown, [problem], f"grcm: {sentence}", code)
