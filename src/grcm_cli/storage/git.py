"""What git knows of a data folder: its files at a revision, and who wrote each line.

Git is asked for fixed things with fixed arguments. Nothing that a repository configures is run: no
hook, pager, text converter, filter or file-system monitor; and nothing is fetched. Blame is asked
of the committed file, never of the one on the disk, which git would send through a filter.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from grcm_cli.language.text import _

_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.pager=cat"),
    *("-c", "protocol.allow=never"),
    *("-c", "blame.ignoreRevsFile="),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
)
_PATIENCE = 120
"""Seconds that git may take."""
_FILES = ("100644", "100755")
_ID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


def _not_here() -> str:
    return _("this clone does not have all files of that revision; fetch it whole")


class NoHistoryError(Exception):
    """There is no git, no repository, or no such revision; the sentence tells which."""


class Commit(NamedTuple):
    """Who put a line into the repository, and when."""

    id: str
    author: str
    day: date


class History:
    """The git repository that a data folder is in."""

    def __init__(self, folder: Path) -> None:
        """Take a data folder. Raises NoHistoryError where git does not know it."""
        self.folder = folder
        program = shutil.which("git")
        if program is None:
            raise NoHistoryError(_("git is not installed on this machine"))
        self.program = program
        asked = self._run("rev-parse", "--is-inside-work-tree")
        if b"dubious ownership" in asked.stderr:
            message = _("git does not trust a repository of another user: see safe.directory")
            raise NoHistoryError(message)
        if asked.stdout.strip() != b"true":
            raise NoHistoryError(_("the data folder is in no git repository"))
        self.is_cut = self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"
        """The clone has only the newest commits."""

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a revision names. Raises NoHistoryError."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self._ask(*asked).decode("ascii", "replace").strip()
        if not _ID.fullmatch(found):
            raise NoHistoryError(_("git knows no revision '{name}'").format(name=revision))
        return found

    def files(self, commit: str) -> Mapping[Path, bytes]:
        """Return the data folder's YAML files as a commit has them.

        Raises NoHistoryError where this clone does not have them all.
        """
        listed = self._run("ls-tree", "-r", "-z", commit)
        if listed.returncode:
            raise NoHistoryError(_not_here())
        objects = dict(self._data_files(listed.stdout))
        contents = self._contents(list(objects.values()))
        return {path: contents[name] for path, name in objects.items()}

    def _data_files(self, listed: bytes) -> Iterator[tuple[Path, str]]:
        for line in filter(None, listed.split(b"\0")):
            about, _tab, name = line.partition(b"\t")
            mode, _kind, object_name = about.decode("ascii").split()
            path = Path(os.fsdecode(name))
            if mode in _FILES and path.suffix == ".yaml" and len(path.parts) < 3:
                yield self.folder / path, object_name

    def _contents(self, names: Sequence[str]) -> Mapping[str, bytes]:
        asked = "".join(f"{name}\n" for name in names).encode()
        given = self._ask("cat-file", "--batch", stdin=asked) if names else b""
        found = {}
        place = 0
        for name in names:
            head, _end, _rest = given[place : place + 200].partition(b"\n")
            words = head.split()
            if len(words) != 3:  # "… missing": a partial clone
                raise NoHistoryError(_not_here())
            end, size = place + len(head), int(words[2])
            found[name] = given[end + 1 : end + 1 + size]
            place = end + size + 2
        return found

    def authors(self, path: Path, data: bytes) -> Mapping[int, Commit]:
        """Return who wrote each line of a file that has these bytes now.

        Lines that are in no commit are left out, and in a shallow clone those that are older than
        it: git would name whoever made its first commit.
        """
        told = self._ask("blame", "--porcelain", "--no-textconv", "HEAD", "--", str(path))
        blame = _Blame(told.decode("utf-8", "replace"))
        committed = [line.rstrip("\r") for line in blame.lines]
        now = [line.rstrip("\r") for line in data.decode("utf-8", "replace").split("\n")]
        found = {}
        for old, new, size in SequenceMatcher(
            None, committed, now, autojunk=False
        ).get_matching_blocks():
            for step in range(size):
                name = blame.names[old + step]
                told_of = blame.commits[name]
                if not (self.is_cut and "boundary" in told_of):
                    found[new + step + 1] = _commit(name, told_of)
        return found

    def _ask(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Return what git says; nothing where it refuses."""
        done = self._run(*arguments, stdin=stdin)
        return done.stdout if done.returncode == 0 else b""

    def _run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
        try:
            return subprocess.run(  # noqa: S603 - fixed arguments, and no shell
                [self.program, "-C", str(self.folder), *_SAFE, *arguments],
                env={**kept, **quiet},
                input=stdin,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            message = _("git gave no answer in {count} seconds")
            raise NoHistoryError(message.format(count=_PATIENCE)) from error


class _Blame:
    """The porcelain format of git blame: the lines of a file, and the commit of each."""

    def __init__(self, told: str) -> None:
        self.lines: list[str] = []
        self.names: list[str] = []
        self.commits: dict[str, dict[str, str]] = {}
        name = ""
        for line in told.split("\n"):
            first, _space, rest = line.partition(" ")
            if line.startswith("\t"):
                self.lines.append(line[1:])
                self.names.append(name)
            elif _ID.fullmatch(first):
                name = first
                self.commits.setdefault(name, {})
            elif line:
                self.commits[name][first] = rest


def _commit(name: str, told: Mapping[str, str]) -> Commit:
    moment = datetime.fromtimestamp(int(told.get("author-time", "0")), UTC)
    return Commit(name[:10], told.get("author", ""), moment.date())
