"""Progress files that get entries: what is new in each, and its bytes with them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from grcm_cli.cli.errors import BadData, WrongUse
from grcm_cli.cli.output import refuse_outside
from grcm_cli.cli.progress_entries import new_entries
from grcm_cli.cli.session import Session
from grcm_cli.domain.model import Entry
from grcm_cli.language.text import _
from grcm_cli.reader.edit import UnreadableError, append_entries
from grcm_cli.storage import files
from grcm_cli.storage.file_reader import read_bytes
from grcm_cli.storage.paths import PROGRESS


class ProgressChange(NamedTuple):
    """A party's progress file, the entries to add to it, and its bytes with them."""

    path: Path
    shown: str
    """The path as shown to the user."""
    party: str
    entries: list[Entry]
    after: bytes

    def addition(self) -> files.Change:
        """Return what adds the entries to the bytes that the file has by then."""

        def add(now: bytes | None) -> bytes:
            # Another process may have added some of them since the file was read.
            data = now or b""
            return _appended(self.shown, data, new_entries(self.party, data, self.entries))

        return add


def progress_change(
    folder: Path, session: Session, party: str, entries: Sequence[Entry]
) -> ProgressChange:
    """Return what a party's file gets of some entries: those that it does not have yet.

    Raises WrongUse for a party whose code is no name of a file, and BadData for a file that takes
    no entries, or leads out of the data folder.
    """
    name = files.file_name(party)
    if name is None:
        message = _("{code} is no safe name of a file; give the party another code")
        raise WrongUse(message, code=party)
    path = folder / PROGRESS / name
    shown = session.shown(path)
    if path.exists() or not path.is_symlink():  # else the link leads nowhere, which reading tells
        refuse_outside(path, folder, session)
    before = read_bytes(path) if path.exists() or path.is_symlink() else b""
    new = new_entries(party, before, entries)
    return ProgressChange(path, shown, party, new, _appended(shown, before, new))


def _appended(shown: str, before: bytes, new: Sequence[Entry]) -> bytes:
    try:
        return append_entries(before, new) if new else before
    except UnreadableError as error:
        message = _("{path} takes no more entries: it is not a list of them that can be read")
        hint = _("put `- ` before an entry that stands alone, or see grcm validate")
        raise BadData(message, hint, _("nothing was written"), path=shown) from error
