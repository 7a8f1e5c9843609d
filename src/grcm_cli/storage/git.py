"""Read the git repository of a data folder: its files at a revision, the commit of each line.

git is looked for in the absolute entries of PATH only, so that no program of the working folder is
taken for it. It runs with fixed arguments, without a shell. Nothing that a repository configures is
run: no hook, pager, text converter, filter or file-system monitor; and nothing is fetched. `git
blame` gets the committed file, never the one on the disk, which git would send through a filter.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from grcm_cli.language.text import N_, _
from grcm_cli.storage.paths import search_path

_SAFE_OPTIONS = (
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
_TIMEOUT = 120  # seconds
_FILE_MODES = ("100644", "100755")
SHALLOW = N_(
    "this clone has only the newest commits, of one branch: git fetch --unshallow fetches the "
    "older ones, git fetch origin NAME:NAME another branch"
)
"""What a sentence about a shallow clone says to do; looked up in the catalogue."""
_INCOMPLETE = N_("this clone does not have all files of that revision; fetch it whole")
_ID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


class GitError(Exception):
    """There is no git, no repository or no such revision; the text is a sentence for the user."""


class Commit(NamedTuple):
    """The commit in which a line was last changed."""

    id: str
    """The first 10 digits."""
    author: str
    day: date


class Repository:
    """The git repository that holds a data folder."""

    def __init__(self, folder: Path) -> None:
        """Take a data folder. Raises GitError where it is in no repository that git trusts."""
        self.folder = folder
        self.program = _program()
        done = self._run("rev-parse", "--is-inside-work-tree")
        if b"dubious ownership" in done.stderr:
            message = _("git does not trust a repository of another user: see safe.directory")
            raise GitError(message)
        if done.stdout.strip() != b"true":
            raise GitError(_("the data folder is not in git"))
        self.is_shallow = self._output("rev-parse", "--is-shallow-repository").strip() == b"true"
        """Whether the clone has only the newest commits."""

    def commit_id(self, revision: str) -> str:
        """Return the id of the commit that a revision names. Raises GitError."""
        arguments = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self._output("rev-parse", *arguments).decode("ascii", "replace").strip()
        if not _ID.fullmatch(found):
            message = _("git knows no revision '{name}'").format(name=revision)
            raise GitError("; ".join(filter(None, [message, self._hint_for(revision)])))
        return found

    def _hint_for(self, revision: str) -> str:
        """Return what to do where a clone may lack a revision that its origin has; else nothing."""
        if self.is_shallow:
            return _(SHALLOW)
        tracked = f"refs/remotes/origin/{revision}"
        if self._output("rev-parse", "--verify", "--quiet", "--end-of-options", tracked):
            return _("did you mean '{name}'?").format(name=f"origin/{revision}")
        return ""

    def common_ancestor(self, first: str, second: str) -> str:
        """Return the id of the commit where two commits' histories parted. Raises GitError."""
        found = self._output("merge-base", first, second).decode("ascii", "replace").strip()
        if not _ID.fullmatch(found):
            message = _("the two revisions have no commit in common")
            raise GitError("; ".join([message, _(SHALLOW)] if self.is_shallow else [message]))
        return found

    def files(self, commit: str) -> Mapping[Path, bytes]:
        """Return the bytes of the data folder's YAML files in a commit.

        Raises GitError where the clone lacks some of them.
        """
        tree = self._run("ls-tree", "-r", "-z", commit)
        if tree.returncode:
            raise GitError(_(_INCOMPLETE))
        objects = dict(self._data_files(tree.stdout))
        contents = self._contents(list(objects.values()))
        return {path: contents[name] for path, name in objects.items()}

    def _data_files(self, tree: bytes) -> Iterator[tuple[Path, str]]:
        """Yield the path and the object name of each data file in the output of `ls-tree -z`."""
        for line in filter(None, tree.split(b"\0")):
            entry, _tab, name = line.partition(b"\t")
            mode, _kind, object_name = entry.decode("ascii").split()
            path = Path(os.fsdecode(name))
            if mode in _FILE_MODES and path.suffix == ".yaml" and len(path.parts) < 3:
                yield self.folder / path, object_name

    def _contents(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """Return the bytes of objects by name, from the output of `cat-file --batch`.

        Of each object that is `<name> <type> <size>`, a line end, the bytes, and a line end.
        """
        stdin = "".join(f"{name}\n" for name in names).encode()
        output = self._output("cat-file", "--batch", stdin=stdin) if names else b""
        found = {}
        place = 0
        for name in names:
            head, _end, _rest = output[place : place + 200].partition(b"\n")
            words = head.split()
            if len(words) != 3:  # "… missing": a partial clone
                raise GitError(_(_INCOMPLETE))
            end, size = place + len(head), int(words[2])
            found[name] = output[end + 1 : end + 1 + size]
            place = end + size + 2
        return found

    def blame(self, path: Path, data: bytes) -> Mapping[int, Commit]:
        """Return the commit of each line, from 1, of a file that has these bytes now.

        Lines that are in no commit are left out, and in a shallow clone those older than it, which
        git would ascribe to the clone's first commit.
        """
        output = self._output("blame", "--porcelain", "--no-textconv", "HEAD", "--", str(path))
        committed, names, headers = _parse_blame(output.decode("utf-8", "replace"))
        commits = {
            name: _commit(name, header.get("author", ""), header.get("author-time", "0"))
            for name, header in headers.items()
            if not (self.is_shallow and "boundary" in header)
        }
        return _by_line(committed, [commits.get(name) for name in names], data)

    def blame_all(self, files: Mapping[Path, bytes]) -> Mapping[Path, Mapping[int, Commit]]:
        """Return what `blame` does of each file.

        It takes as long as the file has versions, for each of which git compares the whole file. Of
        those that have only grown at their end, as progress files do, nothing needs comparing.
        """
        found = {
            path: _by_line(lines, commits, files[path])
            for path, (lines, commits) in self._grown(list(files)).items()
        }
        rest = [path for path in files if path not in found]
        if len(rest) < 2:
            return found | {path: self.blame(path, files[path]) for path in rest}
        from concurrent.futures import ThreadPoolExecutor  # 8 ms, only for several such files

        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            blamed = pool.map(self.blame, rest, [files[path] for path in rest])
            return found | dict(zip(rest, blamed, strict=True))

    def _grown(self, paths: Sequence[Path]) -> Mapping[Path, tuple[list[str], list[Commit | None]]]:
        """Return the committed lines of files that have only grown, and the commit of each.

        A file is left out where git alone knows: after a merge, a change inside, or a new name.
        """
        below = [path for path in paths if path.is_relative_to(self.folder)]
        if self.is_shallow or not below:
            return {}
        names = {path.relative_to(self.folder).as_posix(): path for path in below}
        history = self._history(list(names))
        if any(" " in version.parents for versions in history.values() for version in versions):
            return {}
        chains = {name: versions for name, versions in history.items() if _is_chain(versions)}
        renamed = self._renamed([versions[-1] for versions in chains.values()])
        chains = {name: chain for name, chain in chains.items() if chain[-1].commit not in renamed}
        sizes = self._sizes([one.new for versions in chains.values() for one in versions])
        try:
            newest = self._contents([versions[0].new for versions in chains.values()])
        except GitError:  # a partial clone
            return {}
        grown = (
            (names[name], _grown_lines(versions, newest[versions[0].new], sizes))
            for name, versions in chains.items()
        )
        return {path: lines for path, lines in grown if lines is not None}

    def _history(self, names: Sequence[str]) -> Mapping[str, list["_Version"]]:
        """Return the versions of files by name, the newest first.

        From plumbing, which runs no program that the repository configures.
        """
        # By their days alone, commits of one second could come before those that they follow.
        commits = self._output("rev-list", "--topo-order", "HEAD", "--", *names)
        options = ("-r", "--root", "--raw", "--no-abbrev", "--no-renames", "--relative")
        form = "--format=%x00%H%x00%P%x00%at%x00%aN"
        output = self._output("diff-tree", "--stdin", *options, form, "--", *names, stdin=commits)
        found: dict[str, list[_Version]] = {}
        commit = parents = time = author = ""
        for line in output.decode("utf-8", "replace").split("\n"):
            if line.startswith("\0"):
                commit, parents, time, author = line[1:].split("\0", 3)
            elif line.startswith(":"):
                entry, _tab, name = line.partition("\t")
                _old_mode, mode, old, new, _status = entry.split(" ")
                version = _Version(commit, parents, time, author, old, new, mode)
                found.setdefault(name, []).append(version)
        return found

    def _renamed(self, first: Sequence["_Version"]) -> AbstractSet[str]:
        """Return those of the commits, in which files appear, that give a file another name."""
        commits = "".join(f"{version.commit}\n" for version in first if version.parents).encode()
        if not commits:
            return frozenset()
        options = ("-r", "-M", "--raw", "--no-abbrev", "--diff-filter=R", "--format=%x00%H")
        output = self._output("diff-tree", "--stdin", *options, stdin=commits)
        found = set()
        for block in output.decode("utf-8", "replace").split("\0"):
            commit, _end, renames = block.partition("\n")
            if renames.strip():
                found.add(commit)
        return found

    def _sizes(self, names: Sequence[str]) -> Mapping[str, int]:
        """Return the sizes of objects by name, of those that the clone has."""
        stdin = "".join(f"{name}\n" for name in names).encode()
        output = self._output("cat-file", "--batch-check", stdin=stdin) if names else b""
        rows = (line.split() for line in output.decode("ascii").splitlines())
        return {row[0]: int(row[2]) for row in rows if len(row) == 3}

    def _output(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Return the standard output of a git command; nothing where it fails."""
        done = self._run(*arguments, stdin=stdin)
        return done.stdout if done.returncode == 0 else b""

    def _run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
        environment["PATH"] = os.pathsep.join(search_path(os.environ))
        try:
            return subprocess.run(  # noqa: S603 - fixed arguments, and no shell
                [self.program, "-C", str(self.folder), *_SAFE_OPTIONS, *arguments],
                env=environment,
                input=stdin,
                capture_output=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            message = _("git gave no answer in {count} seconds")
            raise GitError(message.format(count=_TIMEOUT)) from error


def _program() -> str:
    """Return the path of git. Raises GitError where no absolute entry of PATH has it."""
    name = "git.exe" if os.name == "nt" else "git"
    for entry in search_path(os.environ):
        path = Path(entry, name)
        if path.is_file() and os.access(path, os.X_OK):
            return str(path)
    raise GitError(_("git is not installed on this machine"))


class _Version(NamedTuple):
    """A commit that changed a file, with the names of the file's bytes before and after."""

    commit: str
    parents: str
    time: str
    author: str
    old: str
    new: str
    mode: str


def _is_chain(versions: Sequence[_Version]) -> bool:
    """Tell whether each version of a file, the newest first, was made from the next one alone."""
    olds = [version.old for version in versions]
    news = [version.new for version in versions]
    is_file = all(version.mode in _FILE_MODES for version in versions)
    return is_file and olds[:-1] == news[1:] and not olds[-1].strip("0")


def _grown_lines(
    versions: Sequence[_Version], newest: bytes, sizes: Mapping[str, int]
) -> tuple[list[str], list[Commit | None]] | None:
    """Return the lines of a file and the commit of each; None where it has not only grown.

    The name of an object is a hash of its bytes, so that it tells whether an older version is the
    beginning of the newest one. Each must end with a line, or the next one changes that line.
    """
    commits: list[Commit | None] = []
    view, end = memoryview(newest), 0
    for version in reversed(versions):
        size = sizes.get(version.new, -1)
        complete = version is versions[0] or newest[:size].endswith(b"\n")
        if size < end or not complete or _object_name(version.new, view[:size]) != version.new:
            return None
        commit = _commit(version.commit, version.author, version.time)
        commits += [commit] * newest.count(b"\n", end, size)
        end = size
    lines = newest.decode("utf-8", "replace").split("\n")
    if lines[-1]:
        commits.append(_commit(versions[0].commit, versions[0].author, versions[0].time))
    else:
        lines.pop()
    return [line.rstrip("\r") for line in lines], commits


def _object_name(like: str, data: memoryview) -> str:
    """Return the name that git gives to bytes, as long as another one."""
    import hashlib  # 3 ms, only for `log`

    name = hashlib.sha1(usedforsecurity=False) if len(like) == 40 else hashlib.sha256()
    name.update(b"blob %d\0" % len(data))
    name.update(data)
    return name.hexdigest()


def _commit(name: str, author: str, time: str) -> Commit:
    return Commit(name[:10], author, datetime.fromtimestamp(int(time), UTC).date())


def _by_line(
    committed: Sequence[str], commits: Sequence[Commit | None], data: bytes
) -> Mapping[int, Commit]:
    """Return the commit of each line, from 1, of what a file says now, from its committed lines."""
    now = [line.rstrip("\r") for line in data.decode("utf-8", "replace").split("\n")]
    pairs = ((new + 1, commits[old]) for old, new in _same_lines(committed, now))
    return {line: commit for line, commit in pairs if commit is not None}


def _same_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places, from 0, of the lines that two versions of a file have in common.

    Only what lies between their common beginning and end is searched, which takes longer than the
    rest the more often lines repeat: those of progress files repeat all the time.
    """
    shorter = min(len(before), len(after))
    first = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    most = shorter - first
    last = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    yield from ((i, i) for i in range(first))
    old_end, new_end = len(before) - last, len(after) - last
    if first < old_end and first < new_end:
        matcher = SequenceMatcher(None, before[first:old_end], after[first:new_end])
        for old, new, size in matcher.get_matching_blocks():
            yield from ((first + old + i, first + new + i) for i in range(size))
    yield from ((old_end + i, new_end + i) for i in range(last))


def _parse_blame(output: str) -> tuple[list[str], list[str], dict[str, dict[str, str]]]:
    """Return the lines of `git blame --porcelain`, the commit of each, and each commit's header."""
    lines, names = [], []
    headers: dict[str, dict[str, str]] = {}
    name = ""
    for line in output.split("\n"):
        first, _space, rest = line.partition(" ")
        if line.startswith("\t"):
            lines.append(line[1:].rstrip("\r"))
            names.append(name)
        elif _ID.fullmatch(first):
            name = first
            headers.setdefault(name, {})
        elif line:
            headers[name][first] = rest
    return lines, names, headers
