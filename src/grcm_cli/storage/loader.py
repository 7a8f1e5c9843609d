"""The data folder: which files belong to it, and what they say together."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple, cast

from grcm_cli.domain import findings as results
from grcm_cli.domain.due_forms import MEETING_ID
from grcm_cli.domain.findings import MISSING, UNREADABLE, Finding, Ignore, Rule
from grcm_cli.domain.model import Entry, Location, Meeting, Party, PlacedWord, Process
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.language.text import _, reason
from grcm_cli.reader.advice import with_bodies
from grcm_cli.storage import stray_files
from grcm_cli.storage.file_reader import FileReading, FileSource, stem
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, shown_path

ReadFiles = Callable[[FileSource, Sequence[str]], Iterable[FileReading]]
"""Returns what files say, in the order of their names."""


class Loaded(NamedTuple):
    """A data folder, read: the register, the findings about its shape, and the files."""

    register: Register | None  # None where register.yaml is not to be read
    findings: list[Finding]
    readings: Sequence[FileReading] = ()  # of each file, register first, without copies

    @property
    def files(self) -> list[str]:
        """The files that were read, by their names in the folder."""
        return [reading.name for reading in self.readings if reading.has_bytes]

    @property
    def unread(self) -> list[str]:
        """The files that say nothing: their bytes cannot be read."""
        return [reading.name for reading in self.readings if reading.values is None]

    @property
    def ignores(self) -> list[Ignore]:
        """The comments that say which findings do not count."""
        return [ignore for reading in self.readings for ignore in reading.ignores]

    def checked(self, rules: Iterable[Rule], as_of: date) -> list[Finding]:
        """Return the findings about its shape, and those of rules on a day."""
        broken = results.check(self.register, rules, as_of) if self.register else []
        return [*self.findings, *broken]


def load(
    folder: Path,
    seen_from: Path,
    instead: Mapping[Path, bytes] | None = None,
    read: ReadFiles | None = None,
    *,
    from_disk: bool = True,
) -> Loaded:
    """Return all that a data folder says. Paths in findings are as seen from a folder.

    `instead` has bytes that stand for a file's own, as while somebody edits it, or where nothing is
    to be read `from_disk`, those of all files. `read` may know what some files say.
    """
    below = f"{folder.as_posix()}/"
    by_name = {path.as_posix().removeprefix(below): data for path, data in (instead or {}).items()}
    source = FileSource(folder, shown_path(folder, seen_from), by_name, from_disk)
    return _Loader(source, read or (lambda source, names: map(source.read, names))).load()


class _Loader:
    """Reads a data folder; files are told by their names in it, as `meetings/X.yaml`."""

    def __init__(self, source: FileSource, read: ReadFiles) -> None:
        self.source, self.read = source, read
        self.findings: list[Finding] = []  # about the folder, and not in a file

    def load(self) -> Loaded:
        [first] = self.read(self.source, [REGISTER])
        register = cast("tuple[Process, tuple[Party, ...]] | None", first.values)
        if self.source.from_disk:
            self.findings += stray_files.beside_register(self.source)
        names = self._yaml_files(MEETINGS)
        paths = [finding.at.path for finding in self.findings]
        if self.source.from_disk and not names and self.source.shown(MEETINGS) not in paths:
            message = _("there is no meeting file in meetings/ yet")
            hint = _("add the first one with grcm new, or with grcm draft from its document")
            self.findings.append(self.source.finding(MEETINGS, MISSING, message, hint))
        names += self._progress_files(register[1] if register else ())
        readings = [first, *self._without_copies([*self.read(self.source, names)])]
        findings = [*self.findings, *chain(*(reading.findings for reading in readings))]
        if register is None:
            return Loaded(None, findings, readings)
        meetings: list[Meeting] = []
        lost, entries, reporting_parties = set[str](), list[Entry](), list[PlacedWord]()
        for name, values, *_rest in readings[1:]:
            if isinstance(values, Meeting):
                meetings.append(values)
            elif isinstance(values, list):
                entries += values
                at = Location(self.source.shown(name), 1, 1, 0)
                reporting_parties.append(PlacedWord(stem(name), at))
            elif name.startswith(MEETINGS):
                lost.add(stem(name))
        reported = ReportedProgress(entries, reporting_parties)
        whole = Register(*register, meetings, reported, frozenset(lost))
        if any(finding.rule == "wrong-due" for finding in findings):
            findings = with_bodies(findings, whole)
        return Loaded(whole, findings, readings)

    def _without_copies(self, readings: Sequence[FileReading]) -> list[FileReading]:
        """Return the readings of files without copies, which become findings.

        A file is a copy by its name, `X (1)`, if it has no other id; or by an id that belongs to
        the file named after it, else to the first with it. A copy without its original is read.
        """
        copies: dict[str, Finding] = {}
        of_meetings = {file.name: file for file in readings if file.name.startswith(MEETINGS)}
        file_of = {stem(name): name for name in of_meetings}
        right: dict[str, str] = {}
        for name, reading in of_meetings.items():
            file_stem, meeting = stem(name), reading.values
            identity = meeting.id if isinstance(meeting, Meeting) else ""
            is_odd = not file_stem.replace("-", "").isalnum()
            original = stray_files.original_stem(file_stem) if is_odd else file_stem
            # What has no valid id is called after its file.
            is_unnamed = identity == file_stem and MEETING_ID.fullmatch(file_stem) is None
            if not identity or is_unnamed or identity == original:
                first = file_of.setdefault(original, name)
                if first != name:
                    copies[name] = stray_files.copy_finding(self.source, name, first, original)
            if name not in copies and identity in ("", file_stem):
                right[file_stem] = name
        hint = _(
            "keep what is right in {name}, and delete this file; a different meeting needs its own "
            "id and file name"
        )
        for name, reading in of_meetings.items():
            if isinstance(meeting := reading.values, Meeting) and name not in copies:
                first = right.setdefault(meeting.id, name)
                if first != name:
                    copies[name] = stray_files.copy_finding(
                        self.source, name, first, meeting.id, hint=hint
                    )
        self.findings += copies.values()
        return [reading for reading in readings if reading.name not in copies]

    def _progress_files(self, parties: Sequence[Party]) -> Iterator[str]:
        """Yield the files of progress by name, without copies, which are findings."""
        names = self._yaml_files(PROGRESS)
        stems, directory = {stem(name) for name in names}, Directory(parties)
        known = stems | directory.by_code.keys()
        for name in names:
            code = original = stem(name)
            if code not in directory.by_code:
                original = stray_files.original_stem(code)
                if original == code or original not in known:  # of a party, by another of its names
                    meant = directory.of_file(code)
                    original = meant if meant and meant in stems else code
            if original == code:
                yield name
            else:
                file, concerns = f"{original}.yaml", (results.THE_REGISTER, original)
                exists = original in stems
                copy = stray_files.copy_finding(self.source, name, file, *concerns, exists=exists)
                self.findings.append(copy)

    def _yaml_files(self, folder: str) -> list[str]:
        """Return the files of a folder that are data, by name; what is none is a warning."""
        names = {name for name in self.source.instead if name.startswith(f"{folder}/")}
        path, entries = self.source.folder / folder, list[os.DirEntry[str]]()
        if self.source.from_disk and (refused := self.source.link_outside(folder)):
            self.findings.append(refused)
        elif self.source.from_disk:
            try:
                entries = sorted(os.scandir(path), key=lambda entry: entry.name)
            except OSError as error:
                if not isinstance(error, FileNotFoundError) or path.is_symlink():
                    rule = MISSING if isinstance(error, NotADirectoryError) else UNREADABLE
                    self.findings.append(self.source.unreadable(folder, reason(error), rule))
        in_folder = {entry.name for entry in entries}
        for entry in entries:
            if stray_files.is_data_file(entry.name):
                names.add(f"{folder}/{entry.name}")
            elif stray := stray_files.stray_entry(self.source, folder, entry, in_folder):
                self.findings.append(stray)
        return sorted(names)


def all_findings(
    loaded: Loaded, schemas: list[Finding], rules: Mapping[str, Rule], active: Set[str], as_of: date
) -> list[Finding]:
    """Return what active rules find in a data folder on a day, in order, less what is ignored.

    `schemas` are the findings about its schemas, `rules` all that there are, by name.
    """
    running = [rule for name, rule in rules.items() if name in active]
    return counted(loaded, [*loaded.checked(running, as_of), *schemas], rules, active)


def counted(
    loaded: Loaded, every: Iterable[Finding], rules: Mapping[str, Rule], active: Set[str]
) -> list[Finding]:
    """Return every finding of the active rules, in order, less what comments ignore.

    A comment without use is a finding too, but not where what it names may have been overlooked:
    what the reader refuses, in whichever file, is seen by no rule with code.
    """
    faulty = {finding.at.path for finding in results.errors(loaded.findings)}
    all_is_read = loaded.register is not None and not faulty and not loaded.unread

    def has_run(path: str, name: str) -> bool:
        rule = rules.get(name)
        if rule is None:
            return True  # there is no such rule
        return name in active and (path not in faulty if rule.check is None else all_is_read)

    # A word in the place of a value would take its anchor too, to which an alias may lead.
    anchored = {finding.at[:3] for finding in loaded.findings if finding.rule == "yaml-feature"}
    cured = [each._replace(cure=None) if each.at[:3] in anchored else each for each in every]
    kept, unused = results.without_ignored(cured, loaded.ignores, has_run)
    return results.in_order(finding for finding in (*kept, *unused) if finding.rule in active)
