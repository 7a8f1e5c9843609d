"""The data folder: which files belong to it, and what they say together."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple, cast

from grcm_cli.domain import findings as results
from grcm_cli.domain.due_forms import MEETING_ID
from grcm_cli.domain.findings import MISSING, UNREADABLE, Finding, Ignore, Rule
from grcm_cli.domain.model import Entry, Location, Meeting, Party, PlacedWord, Process
from grcm_cli.domain.parties import CODE, Directory
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.language.text import _, reason
from grcm_cli.reader.advice import with_bodies
from grcm_cli.storage.file_reader import FileReading, FileSource, read_if_possible, stem
from grcm_cli.storage.files import file_name, is_left_behind, missing_for
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, shown_path

ReadFiles = Callable[[FileSource, Sequence[str]], Iterable[FileReading]]
"""Returns what files say, in the order of their names."""


class Loaded(NamedTuple):
    """A data folder, read: the register, what is wrong in its shape, and the files."""

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
        """Return what is wrong in its shape, and what rules find in it on a day."""
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
        """Return all that the folder says."""
        [first] = self.read(self.source, [REGISTER])
        register = cast("tuple[Process, tuple[Party, ...]] | None", first.values)
        if self.source.from_disk:
            self.findings += _beside_register(self.source)
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
        """Return what files say, each meeting once: a copy is a finding.

        A file is one by its name, `X (1)`, if it has no other id; or by the id of another, which is
        that of the file called after it, else of the first. A copy without its original is read.
        """
        copies: dict[str, Finding] = {}
        of_meetings = {each.name: each for each in readings if each.name.startswith(MEETINGS)}
        file_of = {stem(name): name for name in of_meetings}
        right: dict[str, str] = {}
        for name, reading in of_meetings.items():
            own, meeting = stem(name), reading.values
            identity = meeting.id if isinstance(meeting, Meeting) else ""
            is_odd = not own.replace("-", "").isalnum()
            original = copied_stem(own) if is_odd else None
            # What has no valid id is called after its file.
            is_unnamed = identity == own and MEETING_ID.fullmatch(own) is None
            if original and (not identity or is_unnamed or identity == original):
                first = file_of.setdefault(original, name)
                if first != name:
                    copies[name] = _copy_finding(self.source, name, first, original)
            if name not in copies and identity in ("", own):
                right[own] = name
        hint = _(
            "keep what is right in {name}, and delete this file; a different meeting needs its own "
            "id and file name"
        )
        for name, reading in of_meetings.items():
            if isinstance(meeting := reading.values, Meeting) and name not in copies:
                first = right.setdefault(meeting.id, name)
                if first != name:
                    copies[name] = _copy_finding(self.source, name, first, meeting.id, hint=hint)
        self.findings += copies.values()
        return [reading for reading in readings if reading.name not in copies]

    def _progress_files(self, parties: Sequence[Party]) -> Iterator[str]:
        """Yield the files of progress by name, without copies, which are findings."""
        names = self._yaml_files(PROGRESS)
        there, codes = {stem(name) for name in names}, {party.code for party in parties}
        directory = Directory(parties) if there - codes else None
        for name in names:
            code, original = stem(name), None
            if directory and code not in codes:
                original = copied_stem(code)
                if original not in there | codes:  # of a party, by another of its names
                    meant = directory.of_file(code)
                    original = meant if meant in there else None
            if original is None:
                yield name
            else:
                file, concerns = f"{original}.yaml", (results.THE_REGISTER, original)
                exists = original in there
                copy = _copy_finding(self.source, name, file, *concerns, exists=exists)
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
            if _is_data_file(entry.name):
                names.add(f"{folder}/{entry.name}")
            elif stray := _stray_entry(self.source, folder, entry, in_folder):
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
    cured = [
        finding._replace(cure=None) if finding.at[:3] in anchored else finding for finding in every
    ]
    kept, unused = results.without_ignored(cured, loaded.ignores, has_run)
    return results.in_order(each for each in (*kept, *unused) if each.rule in active)


# Names of files that look like data and are none: copies, backups, other endings. Editors, sync
# programs and people leave them beside the data. Each is named, with what to do, so that nothing of
# the record is missing or counted twice in silence.

_ENDING = ".yaml"
_ENDED = re.compile(r"(?P<stem>.+?)\.ya?ml(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_JSON, _TEXT = ".json", ".txt"
_MEETING_KEY = re.compile(rb"^(?:id|conclusions)[ \t]*:", re.MULTILINE)  # of meetings' files alone
_DATA = re.compile(_MEETING_KEY.pattern + rb"|^- *\{?mandate[ \t]*:", re.MULTILINE)
_LOCK = "~$"  # before the name of a file that an office program has open
_BACKUP = re.compile(r"~|\.(?:bak|backup|old|orig|rej|save|sw[a-p]|tmp|part)", re.IGNORECASE)
_NO_DATA = frozenset({"README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "CODEOWNERS", "TODO"})
_COPY = re.compile(  # each has a mark that no id and no code has
    # Windows and Google Drive: `Copia de X`, `Copy (2) of X`
    r"(?:c[oó]pia|copy|copie|kopie)(?: \(\d{1,9}\))? (?:de|of|di|von) (?P<after>.+)"
    r"|(?P<before>.+?)(?:"
    # Windows: `X - copia (2)`; macOS: `X copy 2`
    r" (?:- )?(?:c[oó]pia|copy|copie|kopie)(?: \d{1,9}| \(\d{1,9}\))?"
    # Browsers, KDE, Drive: `X (1)`; iCloud: `X 2`; others: `X[1]`, `X~1`, `X.v2`, `X final`
    r"| ?\(\d{1,9}\)| \d{1,2}| ?\[\d{1,9}\]|~\d{0,9}"
    r"|[ ._]v\d{1,9}|[ ._]final"
    # GNOME, Dropbox, OneDrive, Nextcloud, Seafile: `X (otra copia)`, `X (… conflicted copy …)`
    r"| ?\([^()]*(?:cop(?:ia|y)|conflict)[^()]*\)"
    # Syncthing, ownCloud, Synology: `X.sync-conflict-…`, `X_conflict-…`, `X_…_Conflict`
    r"|[ ._](?:sync-)?conflict.*"
    r"|_[^_]+_[a-z]{3}-\d\d-\d{4}(?:-\d{4})?_conflict"
    # Editors and git: `X.bak`, `X_old`, `X_BACKUP_123`, `X.yaml`
    r"|[ ._](?:bak|backup|old|orig|respaldo|base|local|remote)(?:[ ._-]?\d{1,9})?"
    r"|\.ya?ml"
    r")",
    re.IGNORECASE,
)


def _is_data_file(name: str) -> bool:
    """Tell whether a file in a folder of data is read, by its name."""
    return name.endswith(_ENDING) and not name.startswith((".", _LOCK))


def copied_stem(stem: str) -> str | None:
    """Return the name of which a name is a copy's, both without ending: X of `Copia de X (2)`.

    None for a name that no program gives to a copy.
    """
    original = None
    while match := _COPY.fullmatch(stem):
        stem = original = match["after"] or match["before"]
    return original


def _copy_finding(
    source: FileSource, name: str, copied: str, *concerns: str, exists: bool = True, hint: str = ""
) -> Finding:
    """Return the finding that a file is called a copy of a data file; `hint` tells what to do."""
    message = _("its name says that it is a copy of {name}, which does not exist; it is not read")
    advice = _("rename it to {name}")
    if exists:
        message = _("this is a copy of {name}; it is not read")
        advice = hint or _("keep what is right in {name}, and delete the copy")
    file = copied.rpartition("/")[2]
    sentences = message.format(name=file), advice.format(name=file)
    return source.finding(name, results.COPIED, *sentences, *concerns)


def _stray_entry(
    source: FileSource, folder: str, entry: os.DirEntry[str], names: Collection[str]
) -> Finding | None:
    """Return the finding of what is not read among the files of a folder; `names` are all there."""
    name = f"{folder}/{entry.name}"
    if entry.name.startswith("."):
        return _left_behind(source, name)
    if os.path.isdir(entry):  # noqa: PTH112 - a link to one, too
        message = _("this folder is not read: files belong directly in the folder above")
    elif os.path.exists(entry) and not os.path.isfile(entry):  # noqa: PTH110, PTH113 - as above
        message = _("this is not a regular file; it is not opened")
    else:
        return _stray_file(source, name, names)
    return source.finding(name, results.IGNORED, message)


def _left_behind(source: FileSource, name: str) -> Finding | None:
    path = source.folder / name
    if not is_left_behind(path):
        return None
    message = _("an interrupted run of grcm left this file behind; delete it")
    if missing := missing_for(path):
        message = _(
            "an interrupted run of grcm left this file behind, and there is no {name}; give it "
            "that name unless all that is in it stands elsewhere"
        ).format(name=missing)
    return source.finding(name, results.IGNORED, message)


def _stray_file(source: FileSource, path: str, names: Collection[str]) -> Finding | None:
    """Return the finding of a file that is not read for its name; `names` are all beside it."""
    folder, _slash, name = path.rpartition("/")
    meant = _meant(source.folder / path, folder)
    if meant is None:
        return None
    stem, rest = meant
    if not folder:  # the one file that stands there
        stem = stem.lower()
    target = f"{stem}{_ENDING}"
    if name.startswith(_LOCK):
        message = _("this file is not read: a program created it while it had {name} open")
        hint = _("close that program; then delete the file if it is still there")
        return source.finding(path, results.IGNORED, message.format(name=target), hint)
    message = _("this file is not read: its name does not end in .yaml")
    if target in names:
        hint = _("{name} is the file that is read: add to it what it lacks, and delete this one")
    elif file_name(stem) is None:
        hint = _("name it after the meeting's id, as in GRCM-2002-10.yaml")
        if folder == PROGRESS:
            hint = _("name it after the party's code, as in MEX.yaml")
    elif _BACKUP.fullmatch(rest):
        hint = _("if it belongs to the record, rename it to {name}; otherwise delete it")
    elif rest.lower() == _TEXT:
        hint = _("rename it to {name}; in Notepad, save it with the type “All files”")
    elif rest.lower() == _JSON:
        hint = _("if it belongs to the record, write it as {name}; otherwise move it elsewhere")
    else:
        hint = _("rename it to {name}")
    return source.finding(path, results.IGNORED, message, hint.format(name=target))


def _meant(path: Path, folder: str) -> tuple[str, str] | None:
    """Return the stem of the data file that a file stands for, and what follows its ending."""
    name = path.name
    if name.startswith(".") or _is_data_file(name):
        return None
    bare = name.removeprefix(_LOCK).removeprefix("#").removesuffix("#")
    match = _ENDED.fullmatch(bare)
    if match is not None:
        return copied_stem(match["stem"]) or match["stem"], match["rest"]
    ending = Path(bare).suffix.lower()
    # A text without keys may be a meeting's document.
    is_text = ending == _TEXT and _DATA.search(read_if_possible(path)) is not None
    if folder and (is_text or ending == _JSON):
        stem = bare[: -len(ending)]
        return copied_stem(stem) or stem, ending
    if name.startswith(_LOCK):
        return None if "." in bare else (bare, "")
    # Without any ending: `GRCM-2002-10` among the meetings, `MEX` among the reports.
    is_meant = {
        MEETINGS: file_name(bare) is not None and any(map(str.isdigit, bare)),
        PROGRESS: CODE.fullmatch(bare) is not None and bare not in _NO_DATA,
    }
    return (bare, "") if is_meant.get(folder, "." not in bare) else None


def stray_registers(folder: Path) -> list[str]:
    """Return the names in a folder that stand for register.yaml and are not it, in order."""
    names = [entry.name for entry in entries(folder) if _is_stray_register(entry.name)]
    return [name for name in names if (folder / name).is_file()]


def _beside_register(source: FileSource) -> Iterator[Finding]:
    """Yield the findings of what stands beside register.yaml and may be data, or is a copy of it.

    A file that does not end in .yaml is data there only if it holds a meeting.
    """
    for entry in entries(source.folder):
        name, path, match = entry.name, source.folder / entry.name, _ENDED.fullmatch(entry.name)
        if _is_stray_register(name):
            if path.is_file():
                there = [REGISTER] if (source.folder / REGISTER).exists() else []
                stray = _stray_file(source, name, there)
                is_copy = bool(there)
                yield stray or _copy_finding(
                    source, name, REGISTER, results.THE_REGISTER, exists=is_copy
                )
        elif name.lower() in (MEETINGS, PROGRESS):
            # On a disk that ignores case, the folder is found all the same.
            if path.is_dir() and not path.with_name(name.lower()).exists():
                message = _("this folder is not read: its name is not in lower case")
                hint = _("name it {name}").format(name=name.lower())
                yield source.finding(name, results.IGNORED, message, hint)
        elif name.startswith(f".{REGISTER}."):
            yield from filter(None, [_left_behind(source, name)])
        elif name.startswith((".", _LOCK, "#")) or name == REGISTER:
            continue
        elif match and entry.is_file(follow_symlinks=False):
            is_meeting = _MEETING_KEY.search(read_if_possible(path)) is not None
            if is_meeting or _is_data_file(name):
                stem = copied_stem(match["stem"]) or match["stem"]
                yield _misplaced(source, name, stem, is_meeting=is_meeting)


def _misplaced(source: FileSource, name: str, stem: str, *, is_meeting: bool) -> Finding:
    below = PROGRESS if CODE.fullmatch(stem) and not is_meeting else MEETINGS
    target = f"{below}/{stem}{_ENDING}"
    if os.path.lexists(source.folder / target):
        hint = _("{name} is the file that is read: add to it what it lacks, and delete this one")
    elif (is_meeting or below == PROGRESS) and file_name(stem) is not None:
        hint = _("if it belongs to the record, move it to {name}")
    else:
        hint = _("a meeting's file belongs in meetings/, a party's reports in progress/")
    message = _("this file is not read: only register.yaml belongs here")
    return source.finding(name, results.IGNORED, message, hint.format(name=target))


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder, by name; nothing where it cannot be listed."""
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []


def _is_stray_register(name: str) -> bool:
    if name == REGISTER or name.startswith("."):
        return False
    bare = name.removeprefix(_LOCK).removeprefix("#").removesuffix("#")
    match = _ENDED.fullmatch(bare)
    stem = match["stem"] if match else bare
    right = REGISTER.removesuffix(_ENDING)
    if (copied_stem(stem) or stem).lower() == right:
        return True
    # A sync program's: `register-DESKTOP.yaml`.
    rest = stem.lower().removeprefix(right)
    return rest != stem.lower() and not rest[:1].isalnum() and _is_data_file(name)
