"""What git knows of a data folder: its files at a revision, and who wrote each line.

Git is asked for fixed things with fixed arguments. Nothing that a repository configures is run: no
hook, pager, text converter or file-system monitor; and nothing is fetched.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from grcm_cli.text import _

_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.pager=cat"),
    *("-c", "protocol.allow=never"),
    *("-c", "blame.ignoreRevsFile="),
)
_PATIENCE = 120
"""Seconds that git may take."""
_FILES = ("100644", "100755")
_NONE = "0" * 40
"""The id that git gives to lines that are in no commit."""


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
        if self._ask("rev-parse", "--is-inside-work-tree").strip() != b"true":
            raise NoHistoryError(_("the data folder is in no git repository"))

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a revision names. Raises NoHistoryError."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self._ask(*asked).decode("ascii", "replace").strip()
        if not found:
            raise NoHistoryError(_("git knows no revision '{name}'").format(name=revision))
        return found

    def files(self, commit: str) -> Mapping[Path, bytes]:
        """Return the data folder's YAML files as a commit has them."""
        listed = self._ask("ls-tree", "-r", "-z", commit)
        objects = dict(self._data_files(listed))
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
            end = given.index(b"\n", place)
            size = int(given[place:end].split()[2])
            found[name] = given[end + 1 : end + 1 + size]
            place = end + size + 2
        return found

    def authors(self, path: Path) -> Mapping[int, Commit]:
        """Return who wrote each line of a file as it stands; lines in no commit are left out."""
        told = self._ask("blame", "--porcelain", "--no-textconv", "--", str(path))
        commits: dict[str, dict[str, str]] = {}
        lines: dict[int, str] = {}
        current = ""
        for line in told.decode("utf-8", "replace").split("\n"):
            words = line.split(" ")
            if line.startswith("\t") or not line:
                continue
            if len(words[0]) in (40, 64) and len(words) >= 3:
                current = words[0]
                lines[int(words[2])] = current
            else:
                key, _space, value = line.partition(" ")
                commits.setdefault(current, {})[key] = value
        return {
            number: _commit(name, commits[name])
            for number, name in lines.items()
            if name.strip("0")
        }

    def _ask(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Return what git says; nothing where it refuses."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
        done = subprocess.run(  # noqa: S603 - fixed arguments, and no shell
            [self.program, "-C", str(self.folder), *_SAFE, *arguments],
            env={**kept, **quiet},
            input=stdin,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        return done.stdout if done.returncode == 0 else b""


def _commit(name: str, told: Mapping[str, str]) -> Commit:
    moment = datetime.fromtimestamp(int(told.get("author-time", "0")), UTC)
    return Commit(name[:10], told.get("author", ""), moment.date())
