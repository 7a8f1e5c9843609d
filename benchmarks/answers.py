"""Compare all answers of two grcm programs, command by command: the proof that none has changed.

    python -m benchmarks.answers OLD_GRCM NEW_GRCM FOLDER… [--sample 12] [--edits 6] [--only show]

OLD reads the whole record without a cache. NEW is asked in several ways: without a cache, on one
core only, with a cache that it has to fill first, and with one that is filled. Output, messages,
exit codes and written files are compared byte for byte; of a database its rows, of a zipped
document its parts. With `--edits`, a copy of each folder is edited and asked after each edit.
"""

import argparse
import difflib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.answer_cases import Case, after_an_edit, cases
from benchmarks.day import Day
from benchmarks.generate import TODAY
from benchmarks.measure import environment
from benchmarks.questions import SETTLED

LIMIT = 1200
"""Seconds that one command may take."""
FEW_FILES = 2_000
"""Meetings of a folder that is copied for commands which write into it."""
WAYS = ("whole", "first", "cached")
"""How NEW is asked: without a cache, with an empty cache, with a filled one."""


@dataclass(frozen=True, slots=True)
class CommandAnswer:
    """What a command gave: its exit code, what it printed, the files that it wrote."""

    code: int
    out: bytes
    err: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)

    def differences(self, other: "CommandAnswer") -> Iterator[str]:
        """Yield what differs, with its first lines."""
        if self.code != other.code:
            yield f"exit code {self.code} → {other.code}"
        pairs = {"stdout": (self.out, other.out), "stderr": (self.err, other.err)}
        for name in sorted({*self.files, *other.files}):
            pairs[name] = (self.files.get(name, b""), other.files.get(name, b""))
        for name, (before, after) in pairs.items():
            if before != after:
                yield "\n".join((name, *_first_lines(before, after)))
        for name in sorted({*self.files} ^ {*other.files}):
            yield f"{name}: {'gone' if name in self.files else 'new'}"


def _first_lines(before: bytes, after: bytes) -> list[str]:
    old, new = (content.decode("utf-8", "replace").splitlines() for content in (before, after))
    lines = difflib.unified_diff(old, new, "old", "new", lineterm="", n=0)
    return [f"    {line[:200]}" for line, _place in zip(lines, range(12), strict=False)]


@dataclass(frozen=True, slots=True)
class Asker:
    """Runs commands of one program on a data folder in one of the ways."""

    program: str
    data: Path
    way: str
    cache: Path
    version: str

    def answer(self, case: Case) -> CommandAnswer:
        """Run a command in an empty folder and return what it gave."""
        with tempfile.TemporaryDirectory(prefix="grcm-answer-") as made:
            folder = Path(made)
            data = self.data
            if case.writes_data:
                data = Path("data")
                shutil.copytree(self.data, folder / data)
            head = [
                self.program,
                "--data",
                str(data),
                "--as-of",
                str(TODAY),
                "--lang",
                case.language,
            ]
            words = head[:1] if case.typed else [*head, *case.words]
            more = dict(case.environment(str(data)))
            caches = {"first": folder / ".cache", "cached": self.cache}
            more |= (
                {"XDG_CACHE_HOME": str(caches[self.way])}
                if self.way in caches
                else {"GRCM_NO_CACHE": "1"}
            )
            code, out, err = _run(words, folder, more)
            shutil.rmtree(folder / ".cache", ignore_errors=True)
            files = {
                path.relative_to(folder).as_posix(): content(path)
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            }
        return CommandAnswer(code, self._same(out), self._same(err), files)

    def _same(self, text: bytes) -> bytes:
        """Return a text without the version's number, which two programs need not share."""
        return text.replace(self.version.encode(), b"VERSION")


def _run(words: list[str], folder: Path, more: Mapping[str, str]) -> tuple[int, bytes, bytes]:
    ran = subprocess.run(
        words, cwd=folder, env=environment(**more), capture_output=True, timeout=LIMIT, check=False
    )
    return ran.returncode, ran.stdout, ran.stderr


def content(path: Path) -> bytes:
    """Return what stands in a file: of a database its rows, of a zipped document its parts."""
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as database:
            return "\n".join(database.iterdump()).encode()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return b"\n".join(name.encode() + b"\n" + parts.read(name) for name in parts.namelist())
    text = path.read_bytes()
    # The source of the program that made a site, by which it knows that nothing is to be made.
    return re.sub(rb"# made of \w+", b"# made of", text) if path.name == ".grcm-site" else text


def version(program: str) -> str:
    """Return the version that a grcm prints, without its name."""
    ran = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return ran.stdout.split()[-1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two programs that are compared, with the ways in which the new one is asked."""

    old: str
    new: str
    ways: tuple[str, ...]
    jobs: int
    only: tuple[str, ...] = ()
    """The commands that are asked, `completion` what a shell asks; all, where none is named."""

    def is_asked(self, case: Case) -> bool:
        """Tell whether a command is among those that are asked."""
        return not self.only or (case.words or ("completion",))[0] in self.only

    def askers(self, data: Path, cache: Path) -> tuple[Asker, list[Asker]]:
        """Return who asks the old program about a folder, and those that ask the new one."""
        old = Asker(self.old, data, "whole", cache, version(self.old))
        number = version(self.new)
        return old, [Asker(self.new, data, way, cache, number) for way in self.ways]

    def differing(
        self, data: Path, cache: Path, asked: Iterable[Case]
    ) -> Iterator[tuple[int, str]]:
        """Yield of each command how many answers were compared, and what differs, if anything."""
        old, others = self.askers(data, cache)

        def compared(case: Case) -> tuple[int, str]:
            expected = old.answer(case)
            told = []
            for other in others:
                found = list(expected.differences(other.answer(case)))
                told += [f"  {other.way}: {one}" for one in found]
            name = f"{' '.join(case.words) or case.typed} ({case.language})"
            return len(others), "\n".join((f"{data}: {name}", *told)) if told else ""

        with ThreadPoolExecutor(self.jobs) as pool:
            yield from pool.map(compared, asked)


def folders(comparison: Comparison, data: Path, sample: int) -> Iterator[tuple[int, str]]:
    """Yield what differs in a folder as it is."""
    with tempfile.TemporaryDirectory(prefix="grcm-answers-") as made:
        is_small = len(list((data / "meetings").iterdir())) < FEW_FILES
        asked = [
            case
            for case in cases(data, sample)
            if comparison.is_asked(case) and (is_small or not case.writes_data)
        ]
        print(f"{data}: {len(asked)} commands", file=sys.stderr, flush=True)
        yield from comparison.differing(data, Path(made), asked)


def edited(comparison: Comparison, data: Path, edits: int) -> Iterator[tuple[int, str]]:
    """Yield what differs in a copy of a folder after each of so many edits.

    After every second one the files are left alone until a cache may keep them.
    """
    with tempfile.TemporaryDirectory(prefix="grcm-edited-") as made:
        copy, cache = Path(made) / "data", Path(made) / "cache"
        shutil.copytree(data, copy)
        for number in range(edits):
            if number % 2 == 0:
                time.sleep(SETTLED)
                yield from comparison.differing(copy, cache, _after(comparison, copy))
            try:
                Day(copy).edit(number)
            except ValueError:  # this record has nothing of the kind to edit
                continue
            yield from comparison.differing(copy, cache, _after(comparison, copy))


def _after(comparison: Comparison, data: Path) -> list[Case]:
    return [case for case in after_an_edit(data) if comparison.is_asked(case)]


def main() -> int:
    """Compare, print what differs and the tally; return 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("folders", nargs="+", type=Path, help="data folders")
    parser.add_argument("--sample", type=int, default=12, help="references of each kind")
    parser.add_argument("--edits", type=int, default=0, help="edits in a copy of each folder")
    parser.add_argument("--ways", default=",".join(WAYS), help="how the new one is asked")
    parser.add_argument("--only", default="", help="show,log,completion …")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    ways = tuple(way for way in WAYS if way in asked.ways.split(","))
    only = tuple(asked.only.split(",")) if asked.only else ()
    comparison = Comparison(asked.old, asked.new, ways, asked.jobs, only)
    commands = compared = differ = 0
    work: list[Callable[[Path], Iterator[tuple[int, str]]]] = [
        lambda data: folders(comparison, data, asked.sample),
        lambda data: edited(comparison, data, asked.edits),
    ]
    for data in (folder.resolve() for folder in asked.folders):
        for ask in work:
            for answers, told in ask(data):
                commands, compared, differ = commands + 1, compared + answers, differ + bool(told)
                if told:
                    print(told, flush=True)
                if commands % 50 == 0:
                    print(f"{commands} commands …", file=sys.stderr, flush=True)
    print(f"{commands} commands, {compared} answers compared; {differ} commands differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
