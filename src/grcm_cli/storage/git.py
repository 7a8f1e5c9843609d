"""Read the git repository of a data folder: its files at a revision, the commit of each line.

git is looked for in the absolute entries of PATH only, and runs with fixed arguments, without a
shell. Nothing that a repository configures is run: no hook, pager, text converter, filter or
file-system monitor; and nothing is fetched. `git blame` gets the committed file, never the one on
the disk, which git would send through a filter.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from io import BytesIO
from os.path import commonprefix
from pathlib import Path
from typing import NamedTuple

from grcm_cli.language.text import N_, _, in_series
from grcm_cli.storage.paths import MEETINGS, PROGRESS, repository_root, search_path

_SAFE_OPTIONS = (
    *("--no-pager", "--no-optional-locks", "--literal-pathspecs"),
    *("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.pager=cat"),
    *("-c", "protocol.allow=never", "-c", "blame.ignoreRevsFile="),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
)
_TIMEOUT = 120  # seconds
_FILE_MODES = ("100644", "100755")
SHALLOW = N_(
    "this clone has only the newest commits of one branch; for the older ones, run git "
    "fetch --unshallow; for another branch, git fetch origin NAME:NAME"
)
"""What a sentence about a shallow clone says to do; looked up in the catalogue."""
_INCOMPLETE = N_("this clone does not have all files of that revision; fetch it in full")
_ID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_ATTRIBUTES = ".gitattributes"
_MERGES = re.compile(rb"[-!]?merge(=|$)")
_PLAIN = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*", re.ASCII)


class GitError(Exception):
    """There is no git, no repository or no such revision; the text is a sentence for the user."""


class Commit(NamedTuple):
    """The commit in which a line was last changed."""

    id: str  # the first 10 digits
    author: str
    day: date
    time: int  # in seconds, to tell the newest of a day


class Repository:
    """The git repository that holds a data folder."""

    def __init__(self, folder: Path) -> None:
        """Take a data folder. Raises GitError without git on PATH, or a repository it trusts."""
        self.folder = folder
        name = "git.exe" if os.name == "nt" else "git"
        programs = (Path(entry, name) for entry in search_path(os.environ))
        installed = (str(path) for path in programs if path.is_file() and os.access(path, os.X_OK))
        self.program = next(installed, "")
        if not self.program:
            raise GitError(_("git is not installed on this machine"))
        done = self._run("rev-parse", "--is-inside-work-tree")
        if b"dubious ownership" in done.stderr:
            message = _(
                "git does not trust a repository that belongs to another user: see safe.directory"
            )
            raise GitError(message)
        if done.stdout.strip() != b"true":
            raise GitError(_("the data folder is not in git"))
        self.is_shallow = self._output("rev-parse", "--is-shallow-repository").strip() == b"true"
        """Whether the clone has only the newest commits."""

    def commit_id(self, revision: str) -> str:
        """Return the id of the commit that a revision names. Raises GitError."""
        arguments = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        commit = self._output("rev-parse", *arguments).decode("ascii", "replace").strip()
        if _ID.fullmatch(commit):
            return commit
        sentences = [_("git does not know the revision '{name}'").format(name=revision)]
        tracked = f"refs/remotes/origin/{revision}"
        if self.is_shallow:
            sentences.append(_(SHALLOW))
        elif self._output("rev-parse", "--verify", "--quiet", "--end-of-options", tracked):
            sentences.append(_("did you mean '{name}'?").format(name=f"origin/{revision}"))
        raise GitError(in_series(sentences))

    def commit_by(self, day: date) -> str | None:
        """Return the id of the last commit up to a day; None where there is none.

        What came with a merge was not there before it, whenever it was committed on its branch.
        Raises GitError where the clone may lack it.
        """
        # Its day is that of the place where it was committed, as git shows it.
        options = ("--first-parent", "--date=short", "--format=%cd")
        words = self._output("rev-list", *options, "HEAD").decode("ascii", "replace").split()
        rows = zip(words[1::3], words[2::3], strict=False)  # `commit`, its id, its day
        commit = next((name for name, of_day in rows if of_day <= day.isoformat()), None)
        if not commit and self.is_shallow:
            raise GitError(_(SHALLOW))
        return commit

    def common_ancestor(self, first: str, second: str) -> str:
        """Return the id of the commit where two commits' histories parted. Raises GitError."""
        commit = self._output("merge-base", first, second).decode("ascii", "replace").strip()
        if not _ID.fullmatch(commit):
            message = _("the two revisions have no commit in common")
            raise GitError(in_series([message, _(SHALLOW) if self.is_shallow else ""]))
        return commit

    def files(self, commit: str) -> Mapping[Path, bytes]:
        """Return the bytes of the data folder's YAML files in a commit.

        Raises GitError where the clone lacks some of them, or another repository has them.
        """
        tree = self._run("ls-tree", "-r", "-z", commit)
        if tree.returncode:
            raise GitError(_(_INCOMPLETE))
        objects: dict[Path, str] = {}
        for line in filter(None, tree.stdout.split(b"\0")):
            entry, _tab, name = line.partition(b"\t")
            mode, _kind, object_name = entry.decode("ascii").split()
            path = Path(os.fsdecode(name))
            if str(path) in (MEETINGS, PROGRESS):
                message = _("{path} is a submodule or a link: another repository has its history")
                raise GitError(message.format(path=path))
            if mode in _FILE_MODES and path.suffix == ".yaml" and len(path.parts) < 3:
                objects[self.folder / path] = object_name
        stdin = "".join(f"{name}\n" for name in objects.values()).encode()
        output = self._output("cat-file", "--batch", stdin=stdin) if objects else b""
        contents, stream = {}, BytesIO(output)
        for path in objects:  # of each `<name> <type> <size>`, a line end, the bytes, a line end
            words = stream.readline().split()
            if len(words) != 3:  # "… missing": a partial clone
                raise GitError(_(_INCOMPLETE))
            contents[path] = stream.read(int(words[2]))
            stream.read(1)
        return contents

    def blame(self, path: Path, data: bytes) -> Mapping[int, Commit]:
        """Return the commit of each line, from 1, of a file that has these bytes now.

        Lines that are in no commit are left out, and in a shallow clone those older than it, which
        git would ascribe to the clone's first commit.
        """
        # git takes no path that leads into the work tree by a link.
        name = os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118 - of a text
        output = self._output("blame", "--porcelain", "--no-textconv", "HEAD", "--", name)
        committed, names = [], []
        headers: dict[str, dict[str, str]] = {}
        name = ""
        for line in output.decode("utf-8", "replace").split("\n"):
            first, _space, value = line.partition(" ")
            if line.startswith("\t"):
                committed.append(line[1:].rstrip("\r"))
                names.append(name)
            elif _ID.fullmatch(first):
                name = first
                headers.setdefault(name, {})
            elif line:
                headers[name][first] = value
        commits = {}
        for name, header in headers.items():
            if not (self.is_shallow and "boundary" in header):
                zone = int(header.get("author-tz", "0"))  # hours and minutes, as -330
                ahead = int(zone / 100) * 3600 + (zone - int(zone / 100) * 100) * 60
                authored = int(header.get("author-time", "0")) + ahead
                day = datetime.fromtimestamp(authored, UTC).date()
                committed_at = int(header.get("committer-time", "0"))
                commits[name] = Commit(name[:10], header.get("author", ""), day, committed_at)
        now = [line.rstrip("\r") for line in data.decode("utf-8", "replace").split("\n")]
        pairs = ((new + 1, commits.get(names[old])) for old, new in _same_lines(committed, now))
        return {line: commit for line, commit in pairs if commit is not None}

    def recorded_on(self, path: Path, data: bytes, line: bytes) -> date | None:
        """Return when lines of a file were last changed; None where one is in no commit."""
        commits = self.blame(path, data)
        lines = [number for number, text in enumerate(data.split(b"\n"), 1) if re.match(line, text)]
        days = [commits[number].day for number in lines if number in commits]
        return max(days, default=None) if len(days) == len(lines) else None

    def _output(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Return the standard output of a git command; nothing where it fails."""
        done = self._run(*arguments, stdin=stdin)
        return done.stdout if done.returncode == 0 else b""

    def _run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        env = {name: word for name, word in os.environ.items() if not name.startswith("GIT_")}
        env |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
        env["PATH"] = os.pathsep.join(search_path(os.environ))
        command = [self.program, "-C", str(self.folder), *_SAFE_OPTIONS, *arguments]
        try:
            return subprocess.run(  # noqa: S603 - fixed arguments, and no shell
                command, env=env, input=stdin, capture_output=True, timeout=_TIMEOUT, check=False
            )
        except OSError as error:
            raise OSError(error.errno, error.strerror, self.program) from error
        except subprocess.TimeoutExpired as error:
            message = _("git gave no answer within {count} seconds")
            raise GitError(message.format(count=_TIMEOUT)) from error


def _same_lines(before: list[str], after: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the places, from 0, of the lines that two versions of a file have in common.

    Only what lies between their common beginning and end is searched, which takes longer than the
    rest the more often lines repeat: those of progress files repeat all the time.
    """
    first = len(commonprefix([before, after]))  # noqa: RUF071 - of lines, no paths
    last = len(commonprefix([before[first:][::-1], after[first:][::-1]]))  # noqa: RUF071 - as above
    yield from ((row, row) for row in range(first))
    old_end, new_end = len(before) - last, len(after) - last
    if first < old_end and first < new_end:
        matcher = SequenceMatcher(None, before[first:old_end], after[first:new_end])
        for old, new, size in matcher.get_matching_blocks():
            yield from ((first + old + row, first + new + row) for row in range(size))
    yield from ((old_end + row, new_end + row) for row in range(last))


def attributes_place(data: Path, cwd: Path) -> tuple[Path, str]:
    """Return the file for the line and the pattern of the progress files, relative to it.

    The file is the repository's own; outside of a repository the working folder's, if the data lies
    below; else, and for a path that git would need quoted, one in the data folder.
    """
    real, working = (Path(os.path.realpath(folder)) for folder in (data, cwd))
    in_data = real / _ATTRIBUTES, f"{PROGRESS}/*.yaml"
    root = repository_root(real)
    if working in real.parents and not (root / ".git").exists():
        root = working
    if root == real:
        return in_data
    inside = real.relative_to(root).as_posix()
    path = root / _ATTRIBUTES
    is_plain_file = path.is_file() and not path.is_symlink()
    if not _PLAIN.fullmatch(inside) or (os.path.lexists(path) and not is_plain_file):
        return in_data
    return path, f"{inside}/{PROGRESS}/*.yaml"


def with_union(before: bytes | None, pattern: str) -> bytes:
    """Return the bytes of a `.gitattributes` with the line.

    They stay as they are where they say already how to merge these files.
    """
    text = before or b""
    if _merge_words(text, pattern):
        return text
    newline = b"\r\n" if b"\r\n" in text else b"\n"
    if text and not text.endswith(b"\n"):
        text += newline
    return text + pattern.encode() + b" merge=union" + newline


def merges_by_union(data: bytes, pattern: str) -> bool:
    """Tell whether the last line of a `.gitattributes` on these files has them merged by union."""
    return _merge_words(data, pattern)[-1:] == [b"merge=union"]


def _merge_words(data: bytes, pattern: str) -> list[bytes]:
    lines = [line.split() for line in data.splitlines()]
    words = [word for line in lines if line[:1] == [pattern.encode()] for word in line[1:]]
    return list(filter(_MERGES.match, words))
