"""The data folder: which files belong to it, and what they say together."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from grcm_cli.domain.deadlines import MEETING_ID
from grcm_cli.domain.findings import COPIED, THE_REGISTER, Finding, Ignore
from grcm_cli.domain.model import Entry, Location, Meeting, Party, PlacedWord
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.language.text import N_, _, reason
from grcm_cli.storage.file_reader import (
    Compact,
    CompactReading,
    FileReader,
    FileReading,
    FileValues,
    RegisterValues,
    read_if_possible,
    stem,
    values_of,
)
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, shown_path

if TYPE_CHECKING:
    from grcm_cli.storage.codec import Decoder

LARGE = 600_000
"""Bytes of files that are read compact, as of 1,000 conclusions; fewer are read as they are."""


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
    is_compact: bool = False
    """Some values have no places, and no texts that no list shows."""
    answers: Mapping[str, Sequence[Any]] = MappingProxyType({})
    """What each meeting that was read compact answered to the question, by its file's path."""


class Cache(Protocol):
    """What was read of each file before: its row, as long as the file has not changed."""

    def get(self, name: str) -> bytes | None:
        """Return the row of a file, by its name in the data folder; None where it changed."""

    def keep(self, name: str, row: bytes) -> None:
        """Take the row of a file that was read, and in which nothing is wrong."""

    def is_sound(self) -> bool:
        """Tell whether all values came from the cache, and the rules found nothing in them."""

    def write(self, *, is_sound: bool) -> None:
        """Write what is new; `is_sound` tells whether the rules found nothing in the folder."""


def load(
    folder: Path,
    seen_from: Path,
    instead: Mapping[Path, bytes] | None = None,
    cache: Cache | None = None,
    compact: Compact | None = None,
) -> Loaded:
    """Return all that a data folder says. Paths in findings are as seen from a folder.

    `instead` has bytes that stand for a file's own, as while somebody edits it. Values that come
    from a cache have no places, and no texts that no list shows; with `compact`, those of a large
    folder have none either.
    """
    loader = Loader(folder, seen_from, instead or {}, cache)
    loader.compact = compact
    return loader.load()


def read_again(
    register: Register,
    folder: Path,
    seen_from: Path,
    names: Collection[str],
    instead: Mapping[Path, bytes] | None = None,
) -> Register | None:
    """Return a register with these files read again, for their texts and places, or as changed.

    `instead` has bytes that stand for a file's own. None where something is wrong in one of them
    by now.
    """
    return Loader(folder, seen_from, instead or {}).read_again(register, names)


def load_files(files: Mapping[Path, bytes], folder: Path, seen_from: Path) -> Loaded:
    """Return all that a data folder says that is not on the disk, as git has it at a revision."""
    return Loader(folder, seen_from, files, from_disk=False).load()


class Loader(FileReader):
    """Reads a data folder; files are told by their names in it, as `meetings/X.yaml`."""

    def __init__(
        self,
        folder: Path,
        seen_from: Path,
        instead: Mapping[Path, bytes],
        cache: Cache | None = None,
        *,
        from_disk: bool = True,
    ) -> None:
        below = f"{folder.as_posix()}/"
        by_name = {path.as_posix().removeprefix(below): instead[path] for path in instead}
        super().__init__(folder, shown_path(folder, seen_from), by_name, from_disk=from_disk)
        self.cache = cache
        self.compact: Compact | None = None
        self.is_compact = False
        self.answers: dict[str, Sequence[Any]] = {}
        self._decoder: Decoder | None = None
        self._rows: dict[str, bytes] = {}
        self._readings: dict[str, CompactReading] = {}
        self._texts: dict[str, bytes] = {}
        """The other texts of meetings, by the paths of their files."""

    def load(self) -> Loaded:
        """Return all that the folder says."""
        register = cast("RegisterValues | None", self.values(REGISTER))
        self._name_strays_beside_register()
        meeting_names = list(self._meeting_files())
        progress_names = list(self._progress_files(register[1] if register else ()))
        self._read_ahead([*meeting_names, *progress_names], register)
        read: dict[str, Meeting] = {}
        lost = []
        for name in meeting_names:
            meeting = self._meeting(name)
            if meeting is None:
                lost.append(stem(name))
            else:
                read[name] = meeting
        meetings = self._without_copies(read, lost)
        entries: list[Entry] = []
        reporting_parties = []
        for name in progress_names:
            found = self._progress(name)
            if found is not None:
                entries += found
                reporting_parties.append(
                    PlacedWord(stem(name), Location(self.shown(name), 1, 1, 0))
                )
        if self.from_disk:
            self._check_own_files()
        whole = None
        if register is not None:
            reported = ReportedProgress(entries, reporting_parties)
            whole = Register(*register, meetings, reported, frozenset(lost))
            if self._texts:
                whole.in_full = partial(_with_texts, self._texts)
            if any(finding.rule == "wrong-due" for finding in self.findings):
                from grcm_cli.reader.due_bodies import with_bodies  # 20 ms, only for mistakes

                self.findings = with_bodies(self.findings, whole)
        return Loaded(
            whole, self.findings, self.files, self.ignores, self.unread,
            self.is_compact, self.answers,
        )  # fmt: skip

    def read_again(self, register: Register, names: Collection[str]) -> Register | None:
        """Return a register with these files read again, new files of progress among them."""
        read: dict[str, Meeting | None] = {}
        changed: dict[str, list[Entry] | None] = {}
        for name in sorted(names):
            if name.startswith(f"{MEETINGS}/"):
                read[self.shown(name)] = self._meeting(name)
            else:
                changed[stem(name)] = self._progress(name)
        if self.findings or None in (*read.values(), *changed.values()):
            return None
        meetings = register.meetings
        if read:
            meetings = [read.get(meeting.at.path) or meeting for meeting in meetings]
        own = groupby(register.entries, key=lambda entry: entry.party)
        entries = {party: list(found) for party, found in own} | changed
        parties = {word.text: word for word in register.reporting_parties}
        for party in changed.keys() - parties.keys():
            at = Location(self.shown(f"{PROGRESS}/{party}.yaml"), 1, 1, 0)
            parties[party] = PlacedWord(party, at)
        in_order = sorted(parties)
        reported = ReportedProgress(
            [entry for party in in_order for entry in entries.get(party) or ()],
            [parties[party] for party in in_order],
        )
        return register.with_files(meetings, reported)

    def _meeting(self, name: str) -> Meeting | None:
        return cast("Meeting | None", self.values(name))

    def _progress(self, name: str) -> list[Entry] | None:
        return cast("list[Entry] | None", self.values(name))

    def values(self, name: str) -> FileValues | None:
        """Return what a file says: from the cache where it is unchanged, else from its bytes."""
        if self.is_link_outside(name):
            return None
        ahead = self._readings.pop(name, None)
        if ahead is not None:
            return self._from_compact(name, ahead)
        row = self._rows.pop(name, None) or self._cached(name)
        if row is not None:
            return self._from_cache(name, row)
        reading = self.reading(name)
        self._keep(name, reading)
        self.add(reading)
        return reading.values

    def _cached(self, name: str) -> bytes | None:
        if self.cache is None or name in self.instead:
            return None
        return self.cache.get(name)

    def _from_cache(self, name: str, row: bytes) -> FileValues:
        from grcm_cli.storage.codec import parted_ignores  # 5 ms, only for rows

        shown = self.shown(name)
        self.files.append(shown)
        row, ignores = parted_ignores(row, shown)
        self.ignores += ignores
        return self._decoded(name, row)

    def _keep(self, name: str, reading: FileReading, row: bytes | None = None) -> None:
        """Give the cache what was read of a file, as its row where there is one."""
        # What has a finding is read each time, so that the finding has its place.
        if self.cache is None or name in self.instead or reading.findings:
            return
        from grcm_cli.storage.codec import with_ignores  # 5 ms, only for rows
        from grcm_cli.storage.compact import row_of  # 1 ms, only for rows

        if row is None and reading.values is not None:
            row = row_of(reading.values)
        if row is not None:
            self.cache.keep(name, with_ignores(row, reading.ignores))

    def _read_ahead(self, names: Sequence[str], register: RegisterValues | None) -> None:
        """Read the files of a large folder compact, those that the cache does not have."""
        if self.compact is None:
            return
        rows = {} if self.cache is None else {name: self._cached(name) for name in names}
        self._rows = {name: row for name, row in rows.items() if row is not None}
        others = [name for name in names if name not in self._rows]
        if sum(map(self.size, others)) < LARGE:
            return
        from grcm_cli.storage.compact import read_compact  # 9 ms, only for a large folder

        wanted = self.compact
        if self.cache is not None:  # which keeps rows for all lists, in all languages
            wanted = wanted._replace(texts="lists", language=None)
        self._readings = read_compact(self, others, wanted, register)

    def _from_compact(self, name: str, ahead: CompactReading) -> FileValues | None:
        """Return the values of a file that was read compact."""
        self.add(ahead.reading)
        if ahead.answers is not None:
            self.answers[self.shown(name)] = ahead.answers
        if ahead.texts is not None:
            self._texts[self.shown(name)] = ahead.texts
        if ahead.row is None:
            return ahead.reading.values
        self._keep(name, ahead.reading, ahead.row)
        return self._decoded(name, ahead.row)

    def _decoded(self, name: str, row: bytes) -> FileValues:
        """Return the values of a row."""
        self.is_compact = True
        if self._decoder is None:
            from grcm_cli.storage.codec import Decoder  # 5 ms, only for rows
            from grcm_cli.storage.compact import texts_of  # 1 ms, only for rows

            # Without a cache, rows have no texts but those that are wanted.
            self._decoder = Decoder(texts_of(self.compact if self.cache else None).words)
        return self._decoder.values(name, self.shown(name), row)

    def _meeting_files(self) -> Iterator[str]:
        """Yield the meetings' files by name, each meeting once: a copy is a finding."""
        names = self._yaml_files(MEETINGS)
        copies = self._with_originals(names)
        # A copy without its original is read; the next one is a copy of that.
        file_of = {stem(name): name for name in names} if copies else {}
        for name in names:
            original = copies.get(name)
            if original is not None and self._has_id(name, original):
                first = file_of.setdefault(original, name)
                if first != name:
                    self._name_copy(name, _file(first), original)
                    continue
            yield name

    def _has_id(self, name: str, identity: str) -> bool:
        """Tell whether a file with a copy's name is one of a meeting, or can be nothing else."""
        data = self._peek(name)
        meeting = None if data is None else values_of(name, "", data, [])
        if not isinstance(meeting, Meeting):
            return True
        # What has no valid id is called after its file.
        is_unnamed = meeting.id == stem(name) and MEETING_ID.fullmatch(meeting.id) is None
        return is_unnamed or meeting.id == identity

    def _without_copies(
        self, read: Mapping[str, Meeting], lost: Sequence[str]
    ) -> Sequence[Meeting]:
        """Return the meetings that were read, each id once: what has the id of another is a copy.

        An id is that of the file which is called after it, or else of the first file.
        """
        right = {meeting.id: name for name, meeting in read.items() if meeting.id == stem(name)}
        if len(right) == len(read):
            return list(read.values())  # as nearly everywhere
        owners = {**{stem: f"{MEETINGS}/{stem}.yaml" for stem in lost}, **right}
        found = {name: owners.setdefault(meeting.id, name) for name, meeting in read.items()}
        copies = {name: first for name, first in found.items() if name != first}
        paths = {self.shown(name) for name in copies}
        self.files = [path for path in self.files if path not in paths]
        self.ignores = [ignore for ignore in self.ignores if ignore.at.path not in paths]
        self.findings = [finding for finding in self.findings if finding.at.path not in paths]
        for path in paths:
            self.answers.pop(path, None)
        for name, first in copies.items():
            hint = _(
                "keep in {name} what is right, and delete this file; a meeting of its own needs "
                "its own id and file name"
            )
            self._name_copy(name, _file(first), read[name].id, hint=hint)
        return [meeting for name, meeting in read.items() if name not in copies]

    def _progress_files(self, parties: Sequence[Party]) -> Iterator[str]:
        """Yield the files of progress by name, without copies, which are findings."""
        names = self._yaml_files(PROGRESS)
        there = {stem(name) for name in names}
        codes = {party.code for party in parties}
        if there <= codes:
            yield from names  # as nearly everywhere
            return
        from grcm_cli.storage.stray_files import copied_party  # 2 ms, only for other names

        directory = Directory(parties)
        for name in names:
            code = stem(name)
            original = None if code in codes else copied_party(code, there, directory)
            if original is None:
                yield name
            else:
                is_there = original in there
                concerns = (THE_REGISTER, original)
                self._name_copy(name, f"{original}.yaml", *concerns, is_there=is_there)

    def _with_originals(self, names: Sequence[str]) -> Mapping[str, str]:
        """Return the files that are called copies, each with the stem of its original."""
        odd = [name for name in names if not stem(name).replace("-", "").isalnum()]
        if not odd:
            return {}  # as nearly everywhere
        from grcm_cli.storage.stray_files import copied_stem  # 2 ms, only for odd names

        found = ((name, copied_stem(stem(name))) for name in odd)
        return {name: original for name, original in found if original is not None}

    def _name_copy(
        self, name: str, original: str, *concerns: str, is_there: bool = True, hint: str = ""
    ) -> None:
        from grcm_cli.storage.stray_files import copy_of  # 2 ms, only for copies

        copy = copy_of(original, is_there=is_there)
        advice = hint.format(name=original) or copy.hint
        self.find(name, COPIED, copy.message, advice, frozenset(concerns))

    def _name_strays_beside_register(self) -> None:
        """Find what stands for register.yaml, or for a folder of data, and is called otherwise."""
        if not self.from_disk:
            return
        usual = (REGISTER, MEETINGS, PROGRESS)
        alike = ("register", *usual[1:])
        names = [name for name in _names(self.folder) if name not in usual]
        if not any(part in name.lower() for name in names for part in (*alike, ".yaml", ".yml")):
            return
        from grcm_cli.storage import stray_files  # 2 ms, only for odd names

        for name in stray_files.stray_registers(self.folder):
            stray = stray_files.stray_file(name, "", (REGISTER,))
            if stray is None:
                self._name_copy(name, REGISTER, THE_REGISTER)
            else:
                self.warn(name, stray.message, stray.hint)
        for name, meant in stray_files.stray_folders(self.folder):
            message = _("this folder is not read: its name is not in small letters")
            self.warn(name, message, _("call it {name}").format(name=meant))
        for name, stray in stray_files.misplaced_files(self.folder):
            self.warn(name, stray.message, stray.hint)

    def _yaml_files(self, folder: str) -> list[str]:
        """Return the files of a folder that are data, by name."""
        found = list(self._found(folder))
        new = [name for name in self.instead if name.startswith(f"{folder}/")]
        return sorted({*found, *new}) if new else found

    def _found(self, name: str) -> Iterator[str]:
        """Yield the files in a folder that are data; what is none is a warning."""
        folder = self.folder / name
        if not self.from_disk or self.is_link_outside(name):
            return
        try:
            found = sorted(os.scandir(folder), key=lambda entry: entry.name)
            names = {entry.name for entry in found}
        except OSError as error:
            if not isinstance(error, FileNotFoundError) or folder.is_symlink():
                self.find_unreadable(name, reason(error))
            return
        for entry in found:
            path = f"{name}/{entry.name}"
            if entry.name.startswith("."):
                self._check_left_behind(path)
                continue
            if entry.name.endswith(".yaml") and not entry.name.startswith("~$"):
                yield path
            elif (folder / entry.name).is_dir():
                self.warn(
                    path, N_("this folder is not read: files stand directly in the one above")
                )
            elif (folder / entry.name).exists() and not (folder / entry.name).is_file():
                self.warn(path, N_("this is no regular file; it is not opened"))
            else:
                from grcm_cli.storage.stray_files import stray_file  # 2 ms, only for other names

                stray = stray_file(entry.name, name, names)
                if stray is not None:
                    self.warn(path, stray.message, stray.hint)

    def _peek(self, name: str) -> bytes | None:
        """Return the bytes of a regular file that is not to be counted; None if there are none."""
        data = self.instead.get(name)
        if data is None and self.from_disk:
            data = read_if_possible(self.folder / name)
        return data

    def _check_own_files(self) -> None:
        """Warn of what was left behind beside the register."""
        with suppress(OSError):
            for name in sorted(entry.name for entry in os.scandir(self.folder)):
                if name.startswith(f".{REGISTER}."):
                    self._check_left_behind(name)

    def _check_left_behind(self, name: str) -> None:
        """Warn of a file that a writer has left which was killed."""
        if not name.endswith((".lock", ".new")):
            return
        from grcm_cli.storage.files import is_left_behind  # 1 ms, and most folders have none

        if is_left_behind(self.folder / name):
            self.warn(
                name, N_("a run of grcm that was stopped has left this file behind; delete it")
            )


def _file(name: str) -> str:
    """Return the last part of a file's name."""
    return name.rpartition("/")[2]


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(folder)]
    except OSError:
        return []


def _with_texts(texts: Mapping[str, bytes], meeting: Meeting) -> Meeting:
    """Return a meeting with its other texts, where it was made from its row."""
    from grcm_cli.storage.codec import with_texts  # 5 ms, only for rows

    own = texts.get(meeting.at.path)
    return meeting if own is None else with_texts(meeting, own)
