"""A data folder that was read: its register, its tasks, and all that makes an answer doubtful."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path, PurePath

from grcm_cli.cli.errors import NoList
from grcm_cli.cli.session import say
from grcm_cli.domain import findings as results
from grcm_cli.domain.findings import Finding, check, without_ignored
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.formats.listing import ListRecord
from grcm_cli.language.text import _, ngettext
from grcm_cli.reporters.concise import sentence
from grcm_cli.rules import meaning_rules
from grcm_cli.storage.loader import Loaded, load
from grcm_cli.storage.paths import MEETINGS, PROGRESS
from grcm_cli.views.tasks import record


class LoadedRecord:
    """The register that was read, and all that makes an answer from it doubtful."""

    def __init__(self, register: Register, loaded: Loaded, as_of: date) -> None:
        """Take what was read, and the day that is asked about."""
        self.register, self.as_of = register, as_of
        self.afterwards: Callable[[LoadedRecord], None] | None = None
        """What is done once the answer is written."""
        found = [*loaded.findings, *check(register, meaning_rules(), as_of)]
        self.is_clean = not any(
            one.severity == "error" or one.rule == results.IGNORED for one in found
        )
        """Nothing is wrong in the data, not even what a comment says to ignore."""
        self._findings, _unused = without_ignored(found, loaded.ignores)

    @classmethod
    def of(cls, folder: Path, here: Path, as_of: date) -> "LoadedRecord":
        """Read a folder. Raises NoList where the register cannot be, after saying why."""
        loaded = load(folder, here)
        if loaded.register is None:
            _tell(loaded.findings)
            raise NoList(results.exit_code(loaded.findings) or 1)
        return cls(loaded.register, loaded, as_of)

    @cached_property
    def _tasks(self) -> Sequence[Task]:
        return tasks(self.register, self.as_of)

    def tasks(self, query: Query, *, undated: bool = False) -> Sequence[Task]:  # noqa: ARG002 - all are here
        """Return tasks, all that match a query among them; `undated` those without a day too."""
        return self._tasks

    def records(self, query: Query, language: str) -> Sequence[ListRecord]:
        """Return the records of the tasks that match a query."""
        return [record(task, language) for task in select(self._tasks, query)]

    def heard(self, code: str) -> bool:
        """Tell whether a party has reported anything until the day."""
        entries = self.register.entries
        return any(entry.party == code and entry.day <= self.as_of for entry in entries)

    @property
    def doubtful(self) -> list[str]:
        """The files with errors, as they are called in the data folder, wherever that lies."""
        paths = {PurePath(one.at.path) for one in self._findings if one.severity == "error"}
        return sorted(
            f"{path.parent.name}/{path.name}"
            if path.parent.name in (MEETINGS, PROGRESS)
            else path.name
            for path in paths
        )

    def finish(self, found: Sequence[object], *, wanted: bool) -> int:
        """Name on stderr what is missing or doubtful; return the exit code of a list.

        3 or 1 for what is wrong in the data; else 5 where it is `wanted` and the list not empty.
        """
        _tell(self._findings)
        if self.afterwards is not None:
            self.afterwards(self)
        return results.exit_code(self._findings) or (5 if wanted and found else 0)


def _tell(findings: Sequence[Finding]) -> None:
    """Name each file that has errors, or is no data at all: its first one, and how many more."""
    by_file: dict[str, list[Finding]] = {}
    for finding in results.in_order(findings):
        if finding.severity == "error" or finding.rule == results.IGNORED:
            by_file.setdefault(finding.at.path, []).append(finding)
    for found in by_file.values():
        more = ngettext("; {count} more error", "; {count} more errors", len(found) - 1)
        rest = more.format(count=len(found) - 1) if len(found) > 1 else ""
        say(sentence(found[0], rest).rstrip("\n"))
    if by_file:
        say(_("In these places the answer may be incomplete or wrong. Details: grcm validate"))
