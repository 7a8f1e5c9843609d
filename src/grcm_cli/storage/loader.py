"""The data folder: which files belong to it, and what they say together."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast

from grcm_cli.domain import findings as results
from grcm_cli.domain.due_grammar import MEETING_ID
from grcm_cli.domain.findings import IGNORED, MISSING, UNREADABLE, Finding, Ignore, Rule
from grcm_cli.domain.model import Entry, Location, Meeting, Party, PlacedWord, Process
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.language.text import _, reason
from grcm_cli.reader.advice import with_bodies
from grcm_cli.storage import file_reader, stray_files
from grcm_cli.storage.file_reader import FileReading, FileSource, stem
from grcm_cli.storage.files import is_left_behind
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, shown_path
from grcm_cli.storage.stray_files import copy_finding

ReadFiles = Callable[[FileSource, Sequence[str]], Iterable[FileReading]]
"""Returns what files say, in the order of their names."""


class Loaded(NamedTuple):
    """A data folder, read: the register, what is wrong in its shape, and the files."""

    register: Register | None
    """None where register.yaml is not to be read: without it nobody is known."""
    findings: list[Finding]
    files: list[str]
    """The paths as findings show them, register first."""
    ignores: list[Ignore]
    """The comments that say which findings do not count."""
    unread: list[str]
    """The files, by their names in the folder, that say nothing: their bytes cannot be read."""


def read_each(source: FileSource, names: Sequence[str]) -> Iterator[FileReading]:
    """Yield what files say, each read when it is come to."""
    return map(source.read, names)


def load(
    folder: Path,
    seen_from: Path,
    instead: Mapping[Path, bytes] | None = None,
    read: ReadFiles = read_each,
) -> Loaded:
    """Return all that a data folder says. Paths in findings are as seen from a folder.

    `instead` has bytes that stand for a file's own, as while somebody edits it; `read` reads files,
    or has kept what they say.
    """
    return _Loader(_source(folder, seen_from, instead or {}), read).load()


def load_files(files: Mapping[Path, bytes], folder: Path, seen_from: Path) -> Loaded:
    """Return all that a data folder says that is not on the disk, as git has it at a revision."""
    source = _source(folder, seen_from, files)._replace(from_disk=False)
    return _Loader(source, read_each).load()


def with_progress(
    register: Register,
    folder: Path,
    seen_from: Path,
    parties: Iterable[str],
    instead: Mapping[Path, bytes],
) -> Register | None:
    """Return a register with the files of progress of some parties as they are by now.

    `instead` has the bytes that they would have. Where something is wrong in one of them, all is
    read again: None without a register.
    """
    source = _source(folder, seen_from, instead)
    entries: dict[str, list[Entry]] = {}
    for entry in register.entries:
        entries.setdefault(entry.party, []).append(entry)
    reporting = {word.text: word for word in register.reporting_parties}
    for party in parties:
        reading = source.read(f"{PROGRESS}/{party}.yaml")
        if reading.findings or not isinstance(reading.values, list):
            return load(folder, seen_from, instead).register
        entries[party] = reading.values
        at = Location(source.shown(reading.name), 1, 1, 0)
        reporting.setdefault(party, PlacedWord(party, at))
    in_order = sorted(reporting)
    reported = ReportedProgress(
        [entry for party in in_order for entry in entries.get(party, ())],
        [reporting[party] for party in in_order],
    )
    return register.with_files(register.meetings, reported)


def _source(folder: Path, seen_from: Path, instead: Mapping[Path, bytes]) -> FileSource:
    below = f"{folder.as_posix()}/"
    by_name = {path.as_posix().removeprefix(below): instead[path] for path in instead}
    return FileSource(folder, shown_path(folder, seen_from), by_name)


class _Loader:
    """Reads a data folder; files are told by their names in it, as `meetings/X.yaml`."""

    def __init__(self, source: FileSource, read: ReadFiles) -> None:
        self.source, self.read = source, read
        self.findings: list[Finding] = []
        self.ignores: list[Ignore] = []
        self.files: list[str] = []
        self.unread: list[str] = []

    def load(self) -> Loaded:
        """Return all that the folder says."""
        [reading] = self._readings([REGISTER])
        register = cast("tuple[Process, tuple[Party, ...]] | None", reading.values)
        if self.source.from_disk:
            self._find_strays_beside_register()
        names = list(self._meeting_files())
        paths = [finding.at.path for finding in self.findings]
        if self.source.from_disk and not names and self.source.shown(MEETINGS) not in paths:
            message = _("there is no meeting file in meetings/ yet")
            hint = _("add the first one with grcm new, or with grcm draft from its document")
            finding = self.source.finding(MEETINGS, MISSING, message, hint)
            self.findings.append(finding)
        names += self._progress_files(register[1] if register else ())
        read: dict[str, Meeting] = {}
        lost: list[str] = []
        entries: list[Entry] = []
        reporting_parties: list[PlacedWord] = []
        for name, values, *_rest in self._readings(names):
            if isinstance(values, Meeting):
                read[name] = values
            elif isinstance(values, list):
                entries += values
                at = Location(self.source.shown(name), 1, 1, 0)
                reporting_parties.append(PlacedWord(stem(name), at))
            elif name.startswith(MEETINGS):
                lost.append(stem(name))
        meetings = self._without_copies(read, lost)
        whole = None
        if register is not None:
            reported = ReportedProgress(entries, reporting_parties)
            whole = Register(*register, meetings, reported, frozenset(lost))
            if any(finding.rule == "wrong-due" for finding in self.findings):
                self.findings = with_bodies(self.findings, whole)
        return Loaded(whole, self.findings, self.files, self.ignores, self.unread)

    def _readings(self, names: Sequence[str]) -> Iterator[FileReading]:
        """Yield what files say, and take what is wrong in them."""
        for reading in self.read(self.source, names):
            self.findings += reading.findings
            self.ignores += reading.ignores
            if reading.has_bytes:
                self.files.append(self.source.shown(reading.name))
            if reading.values is None:
                self.unread.append(reading.name)
            yield reading

    def _ignore(self, name: str, message: str, hint: str = "") -> None:
        self.findings.append(self.source.finding(name, IGNORED, message, hint))

    def _meeting_files(self) -> Iterator[str]:
        """Yield the meetings' files by name, each meeting once: a copy is a finding."""
        names = self._yaml_files(MEETINGS)
        odd = [name for name in names if not stem(name).replace("-", "").isalnum()]
        copies = {name: stray_files.copied_stem(stem(name)) for name in odd}
        # A copy without its original is read; the next one is a copy of that.
        file_of = {stem(name): name for name in names}
        for name in names:
            original = copies.get(name)
            if original is not None and self._has_id(name, original):
                first = file_of.setdefault(original, name)
                if first != name:
                    self.findings.append(copy_finding(self.source, name, first, original))
                    continue
            yield name

    def _has_id(self, name: str, identity: str) -> bool:
        """Tell whether a file with a copy's name is one of a meeting, or can be nothing else."""
        data = self.source.instead.get(name)
        if data is None and self.source.from_disk:
            data = file_reader.read_if_possible(self.source.folder / name)
        meeting = None if data is None else file_reader.values_of(name, "", data, [])
        if not isinstance(meeting, Meeting):
            return True
        # What has no valid id is called after its file.
        is_unnamed = meeting.id == stem(name) and MEETING_ID.fullmatch(meeting.id) is None
        return is_unnamed or meeting.id == identity

    def _without_copies(self, read: Mapping[str, Meeting], lost: Sequence[str]) -> list[Meeting]:
        """Return the meetings that were read, each id once: what has the id of another is a copy.

        An id is that of the file which is called after it, or else of the first file.
        """
        right = {meeting.id: name for name, meeting in read.items() if meeting.id == stem(name)}
        if len(right) == len(read):
            return list(read.values())  # as nearly everywhere
        owners = {**{stem: f"{MEETINGS}/{stem}.yaml" for stem in lost}, **right}
        firsts = {name: owners.setdefault(meeting.id, name) for name, meeting in read.items()}
        copies = {name: first for name, first in firsts.items() if name != first}
        paths = {self.source.shown(name) for name in copies}
        self.files = [path for path in self.files if path not in paths]
        self.ignores = [ignore for ignore in self.ignores if ignore.at.path not in paths]
        self.findings = [finding for finding in self.findings if finding.at.path not in paths]
        for name, first in copies.items():
            hint = _(
                "keep what is right in {name}, and delete this file; a different meeting "
                "needs its own id and file name"
            )
            copy = copy_finding(self.source, name, first, read[name].id, hint=hint)
            self.findings.append(copy)
        return [meeting for name, meeting in read.items() if name not in copies]

    def _progress_files(self, parties: Sequence[Party]) -> Iterator[str]:
        """Yield the files of progress by name, without copies, which are findings."""
        names = self._yaml_files(PROGRESS)
        there = {stem(name) for name in names}
        codes = {party.code for party in parties}
        if there <= codes:
            yield from names  # as nearly everywhere
            return
        directory = Directory(parties)
        for name in names:
            code = stem(name)
            original = None if code in codes else stray_files.copied_party(code, there, directory)
            if original is None:
                yield name
            else:
                copied, concerns = f"{original}.yaml", (results.THE_REGISTER, original)
                is_there = original in there
                copy = copy_finding(self.source, name, copied, *concerns, is_there=is_there)
                self.findings.append(copy)

    def _find_strays_beside_register(self) -> None:
        """Find what stands for register.yaml, or for a folder of data, and is called otherwise."""
        for entry in stray_files.entries(self.source.folder):
            if entry.name.startswith(f".{REGISTER}."):
                self._check_left_behind(entry.name)
        self.findings += stray_files.beside_register(self.source)

    def _yaml_files(self, folder: str) -> list[str]:
        """Return the files of a folder that are data, by name; what is none is a warning."""
        names = [name for name in self.source.instead if name.startswith(f"{folder}/")]
        if not self.source.from_disk:
            return sorted(names)
        if refused := self.source.link_outside(folder):
            self.findings.append(refused)
            return sorted(names)
        path = self.source.folder / folder
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            if not isinstance(error, FileNotFoundError) or path.is_symlink():
                rule = MISSING if isinstance(error, NotADirectoryError) else UNREADABLE
                self.findings.append(self.source.unreadable(folder, reason(error), rule))
            return sorted(names)
        in_folder = {entry.name for entry in entries}
        for entry in entries:
            if entry.name.endswith(".yaml") and not entry.name.startswith((".", "~$")):
                names.append(f"{folder}/{entry.name}")
            else:
                self._find_stray(entry, folder, in_folder)
        return sorted({*names})

    def _find_stray(self, entry: os.DirEntry[str], folder: str, in_folder: Set[str]) -> None:
        name = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            self._check_left_behind(name)
        elif os.path.isdir(entry):  # noqa: PTH112 - a link to one, too
            message = _("this folder is not read: files belong directly in the folder above")
            self._ignore(name, message)
        elif os.path.exists(entry) and not os.path.isfile(entry):  # noqa: PTH110, PTH113 - as above
            self._ignore(name, _("this is not a regular file; it is not opened"))
        else:
            stray = stray_files.stray_file(self.source, name, in_folder)
            self.findings += [stray] if stray else []

    def _check_left_behind(self, name: str) -> None:
        if is_left_behind(self.source.folder / name):
            self._ignore(name, _("an interrupted run of grcm left this file behind; delete it"))


def all_findings(
    loaded: Loaded,
    schemas: Iterable[Finding],
    rules: Mapping[str, Rule],
    active: Set[str],
    as_of: date,
) -> list[Finding]:
    """Return what active rules find in a data folder on a day, in order, less what is ignored.

    `schemas` are the findings about its schemas, `rules` all that there are, by name.
    """
    findings = list(schemas)
    if loaded.register is not None:
        running = [rule for name, rule in rules.items() if name in active]
        findings += results.check(loaded.register, running, as_of)
    return counted(loaded, findings, rules, active)


def counted(
    loaded: Loaded, found: Iterable[Finding], rules: Mapping[str, Rule], active: Set[str]
) -> list[Finding]:
    """Return what the reader and the active rules found, less what comments ignore, in order.

    `found` is what the rules with code and the schemas gave. A comment without use is a finding
    too, but not where what it names may have been overlooked: what the reader refuses, in whichever
    file, is seen by no rule with code.
    """
    faulty = {finding.at.path for finding in results.errors(loaded.findings)}
    all_is_read = loaded.register is not None and not faulty and not loaded.unread

    def has_run(path: str, name: str) -> bool:
        rule = rules.get(name)
        if rule is None:
            return True  # there is no such rule
        return name in active and (path not in faulty if rule.check is None else all_is_read)

    kept, unused = results.without_ignored([*loaded.findings, *found], loaded.ignores, has_run)
    return results.in_order(each for each in (*kept, *unused) if each.rule in active)
