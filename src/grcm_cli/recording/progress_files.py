"""The files of progress, with the entries that are added to them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.model import Entry
from grcm_cli.language.text import _
from grcm_cli.lookups.errors import BadData, WrongUse
from grcm_cli.lookups.names import refuse_outside
from grcm_cli.reader.emit import UnreadableError, append_entries
from grcm_cli.reader.records import read_progress, read_register
from grcm_cli.recording.entries import content_of, task_of
from grcm_cli.storage import files, paths
from grcm_cli.storage.file_reader import read_bytes
from grcm_cli.views.tasks import group_by


class ProgressChange(NamedTuple):
    """A party's progress file, and the entries to add to it."""

    path: Path
    shown: str  # the path as shown to the user
    party: str
    entries: list[Entry]

    def applied(self, now: bytes | None) -> bytes:
        """Return the bytes that the file has by now with the entries behind them.

        Raises ChangedError where the party is no longer in the register, as after another process
        has renamed it.
        """
        values = read_register("", read_bytes(self.path.parents[1] / paths.REGISTER), [])
        if values is None or all(party.code != self.party for party in values[1]):
            raise files.ChangedError(Path(self.shown).parents[1] / paths.REGISTER)
        # Another process may have added some of them since the file was read.
        data = now or b""
        return _appended(self.shown, data, new_entries(self.party, data, self.entries))


def progress_changes(folder: Path, cwd: Path, entries: Sequence[Entry]) -> list[ProgressChange]:
    """Return the entries that the files of their parties lack, by file.

    Paths are shown relative to `cwd`. Raises WrongUse for a party whose code cannot be a file name,
    and BadData for a file that takes no entries, or leads out of the data folder.
    """
    changes = []
    for party in sorted({entry.party for entry in entries}):
        name = files.file_name(party)
        if name is None:
            message = _("{code} is not safe as a file name; give the party another code")
            raise WrongUse(message, code=party)
        path = folder / paths.PROGRESS / name
        shown = paths.shown_path(path, cwd)
        if path.exists() or not path.is_symlink():  # else the link leads nowhere: reading tells
            refuse_outside(path, folder, cwd)
        if path.exists() and not path.is_file():
            raise BadData(_("{path} is not a regular file; nothing was written"), path=shown)
        before = read_bytes(path) if path.exists() or path.is_symlink() else b""
        new = new_entries(party, before, [entry for entry in entries if entry.party == party])
        _appended(shown, before, new)  # which raises BadData
        changes.append(ProgressChange(path, shown, party, new))
    return changes


def _appended(shown: str, before: bytes, new: Sequence[Entry]) -> bytes:
    try:
        return append_entries(before, new) if new else before
    except UnreadableError as error:
        message = _("no entry can be added to {path}: it is not a readable list of entries")
        hint = _("put `- ` before a single entry, or see grcm validate")
        raise BadData(message, hint, _("nothing was written"), path=shown) from error


def new_entries(party: str, data: bytes, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a party's progress file does not have yet.

    Entries on one task and day are compared in their order: a run that was interrupted is
    completed by the next, and what was withdrawn can be reported again.
    """

    def task_and_day(entry: Entry) -> object:
        return task_of(entry), entry.day

    existing = group_by(read_progress("", party, data, []), task_and_day)
    groups = group_by(entries, task_and_day).items()
    new = {id(entry) for key, group in groups for entry in _missing(existing.get(key, ()), group)}
    return [entry for entry in entries if id(entry) in new]


def _missing(existing: Sequence[Entry], requested: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the requested entries of one task and day that do not exist, or no longer hold."""
    contents = [content_of(entry) for entry in existing]
    place = matched = 0
    while matched < len(requested) and content_of(requested[matched]) in contents[place:]:
        place = contents.index(content_of(requested[matched]), place) + 1
        matched += 1
    later = existing[place:]
    is_withdrawn = matched > 0 and requested[matched - 1].progress == "withdrawn"
    holds = not later if is_withdrawn else all(entry.progress != "withdrawn" for entry in later)
    missing = requested[matched if holds else max(matched - 1, 0) :]
    # The same row twice in a table is one entry.
    yield from (next(group) for _same, group in groupby(missing, key=content_of))
