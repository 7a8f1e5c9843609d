"""What was read for a command: a data folder with its tasks and errors, or several of them."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

import typer

from grcm_cli.domain import findings as results
from grcm_cli.domain.findings import Finding, check, without_ignored
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _, clean, ngettext
from grcm_cli.storage.loader import load, read_each, with_progress
from grcm_cli.storage.paths import MEETINGS, PROGRESS, shown_path

if TYPE_CHECKING:
    from grcm_cli.cache.file_cache import FileCache


class NoRegister(Exception):  # noqa: N818 - the program works as it should
    """A data folder has no register that can be read; `findings` tell why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = findings
        self.code = results.exit_code(findings) or 1

    def reported(self) -> typer.Exit:
        """Name on stderr what is wrong; return the exception that ends the run."""
        report(self.findings)
        return typer.Exit(self.code)


class LoadedRecord:
    """The register of a data folder on a day, and the findings that make an answer doubtful."""

    process = ""
    """What stands in front of its rows in a list of several records; empty in one of its own."""

    def __init__(self, folder: Path, here: Path, as_of: date, cache: "FileCache | None") -> None:
        """Read a folder, with the cache where there is one, and check it with the rules of lists.

        Raises NoRegister where register.yaml cannot be read.
        """
        self.folder, self.here, self.as_of, self._cache = folder, here, as_of, cache
        self._tasks: dict[Query, Sequence[Task]] = {}
        loaded = load(folder, here, read=cache.read if cache else read_each)
        if loaded.register is None:
            raise NoRegister(loaded.findings)
        self.register = loaded.register
        problems: list[Finding] = []
        if cache is None or not cache.is_sound():  # else it was checked before
            from grcm_cli.rules import (
                rules_of_lists,
            )  # 10 ms; an unchanged record was checked before

            problems = check(self.register, rules_of_lists(), as_of)
        self._is_sound = not problems
        self.findings = without_ignored([*loaded.findings, *problems], loaded.ignores)[0]
        """All that is wrong in it, or odd."""

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
        """Tell whether a party has reported by the day; on an office's tasks, its holder too."""
        entries = self.register.entries
        if any(entry.party == code and entry.day <= self.as_of for entry in entries):
            return True
        party = self.register.directory.by_code.get(code)
        is_office = party is not None and party.kind == "office"
        return is_office and any(
            task.reports for task in self.tasks(Query(party=code, closed=True))
        )

    @property
    def problems(self) -> Sequence[Finding]:
        """The errors for which an answer may be incomplete or wrong, at most 100 of a file."""
        return results.capped(results.errors(results.in_order(self.findings)))[0]

    def nothing(self, sentence: str) -> str:
        """Return what is said of an empty answer: the sentence, unless the answer is incomplete."""
        return _incomplete() if results.errors(self.findings) else sentence

    @property
    def has_reports(self) -> bool:
        """Tell whether `finish` names anything on stderr."""
        return bool(_named(self.findings))

    @property
    def files_with_errors(self) -> list[str]:
        """The files with errors, as they are called in the data folder, wherever that lies."""
        paths = {PurePath(one.at.path) for one in self.findings if one.severity == "error"}
        return sorted(
            f"{path.parent.name}/{path.name}"
            if path.parent.name in (MEETINGS, PROGRESS)
            else path.name
            for path in paths
        )

    def finish(self, found: Sequence[object], *, wanted: bool) -> int:
        """Name on stderr what is missing or doubtful, write the cache, return the exit code.

        3 or 1 for what is wrong in the data; else 5 where it is `wanted` and the list not empty.
        """
        return LoadedRecords([self]).finish(found, wanted=wanted)

    def write_cache(self) -> None:
        """Write the cache, where there is one, after the answer."""
        if self._cache is not None:
            sys.stdout.flush()  # the answer first
            self._cache.write(is_sound=self._is_sound)


class UnreadRecord(NamedTuple):
    """A folder that was named, and of which a list of several records has nothing."""

    process: str
    """What its name would stand in front of."""
    folder: str
    """As it is shown."""
    findings: Sequence[Finding]
    sentence: str
    """What stderr says of it; empty where the findings do."""
    code: int
    """The exit code for it."""


class LoadedRecords:
    """The records that a list is of: nearly always one, without its process in front."""

    def __init__(
        self, records: Sequence[LoadedRecord], unread: Sequence[UnreadRecord] = ()
    ) -> None:
        """Take what was read, and of several folders those that could not be."""
        self.records, self.unread = records, unread

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
        found = [problem for record in self.records for problem in record.problems]
        return [*found, *(problem for one in self.unread for problem in one.findings)]

    def nothing(self, sentence: str) -> str:
        """Return what is said of an empty answer: the sentence, unless the answer is incomplete."""
        return _incomplete() if self.problems else sentence

    def finish(self, found: Sequence[object], *, wanted: bool) -> int:
        """Name on stderr what is missing or doubtful, write the caches, return the exit code.

        3, 2 or 1 for what is wrong, the highest of all; else 5 where it is `wanted` and the list
        not empty.
        """
        for one in self.unread:
            if one.sentence:
                sys.stderr.write(f"{one.sentence}\n")
        told = [finding for one in self.unread if not one.sentence for finding in one.findings]
        wrong = [record for record in self.records if results.errors(record.findings)]
        shown = [shown_path(record.folder, record.here) for record in wrong]
        folders = [*shown, *(one.folder for one in self.unread if not one.sentence)]
        told += [finding for record in self.records for finding in record.findings]
        report(told, folders if self.is_several else ())
        for record in self.records:
            record.write_cache()
        codes = [results.exit_code(record.findings) for record in self.records]
        code = max([*codes, *(one.code for one in self.unread)])
        return code or (5 if wanted and found else 0)


def _incomplete() -> str:
    return _("Nothing of this kind is in what could be read.")


def _named(findings: Sequence[Finding]) -> list[Finding]:
    """Return the errors, and what is no data at all."""
    return [one for one in findings if one.severity == "error" or one.rule == results.IGNORED]


def report(findings: Sequence[Finding], folders: Sequence[str] = ()) -> None:
    """Name each file that has errors, or is no data at all: its first one, and how many more.

    `folders` are those with errors, where `grcm validate` needs the folder to be named.
    """
    named = _named(results.in_order(findings))
    if not named:
        return
    from grcm_cli.reporters.concise import sentence  # 2 ms; most records have no errors

    for found in results.by_file(named).values():
        more = ngettext("; {count} more error", "; {count} more errors", len(found) - 1)
        rest = more.format(count=len(found) - 1) if len(found) > 1 else ""
        sys.stderr.write(sentence(found[0], rest))
    if results.errors(named):
        said = _("In these places the answer may be incomplete or wrong. Details: {commands}")
        commands = [f"grcm validate --data {clean(folder)}" for folder in folders]
        sys.stderr.write(f"{said.format(commands=', '.join(commands) or 'grcm validate')}\n")
