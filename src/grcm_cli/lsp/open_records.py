"""The records of which an editor has files open, by their folders, and the names of their files."""

import os
from datetime import date
from pathlib import Path

from pygls.uris import from_fs_path, to_fs_path

from grcm_cli.lsp.documents import Document, Encoding
from grcm_cli.lsp.record import OpenRecord
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, folder_if_known

Found = tuple[OpenRecord, str]
"""A record, and the name of a file in its folder."""


class OpenRecords:
    """All records that the editor has to do with, and every text that it has open."""

    def __init__(self, encoding: Encoding = "utf-16", as_of: date | None = None) -> None:
        self.encoding, self.as_of = encoding, as_of
        self.documents: dict[str, Document] = {}
        """The texts that the editor has open, by the address that it gives them."""
        self._by_folder: dict[Path, OpenRecord] = {}

    def all(self) -> list[OpenRecord]:
        """Return the records."""
        return list(self._by_folder.values())

    def add_folder(self, uri: str) -> None:
        """Add the record that a folder is or has (`data`), if there is one."""
        path = to_fs_path(uri)
        folder = folder_if_known(path) if path and "\0" not in path else None
        if folder is not None:
            self._record(folder)

    def find(self, uri: str) -> Found | None:
        """Return the record to which a file belongs, and its name there; None for another file."""
        place = _place(uri)
        if place is None:
            return None
        record = self._record(place[0])
        return (record, place[1]) if record else None

    def forget_deleted(self) -> list[OpenRecord]:
        """Return the records whose register is gone, and forget them."""
        gone = [record for record in self._by_folder.values() if not record.is_there]
        for record in gone:
            del self._by_folder[record.folder]
        return gone

    def uri_of(self, record: OpenRecord, name: str) -> str:
        """Return the address of a file, as the editor writes it where it has it open."""
        for uri in self.documents:
            if _place(uri) == (record.folder, name):
                return uri
        return from_fs_path(str(record.folder / name)) or ""

    def _record(self, folder: Path) -> OpenRecord | None:
        record = self._by_folder.get(folder)
        if record is not None:
            return record
        places = ((_place(uri), document) for uri, document in self.documents.items())
        texts = {at[1]: document for at, document in places if at and at[0] == folder}
        if REGISTER not in texts and not (folder / REGISTER).is_file():
            return None
        record = self._by_folder[folder] = OpenRecord(folder, self.encoding, self.as_of)
        for name, document in texts.items():
            record.set_document(name, document)
        return record


def _place(uri: str) -> tuple[Path, str] | None:
    """Return the data folder in which a file would lie, and its name there."""
    written = to_fs_path(uri)
    if not written or "\0" in written:
        return None
    path = Path(os.path.abspath(written))  # noqa: PTH100 - `..` goes, links stay
    if path.name == REGISTER:
        return path.parent, REGISTER
    if path.parent.name in (MEETINGS, PROGRESS) and path.suffix == ".yaml":
        return path.parent.parent, f"{path.parent.name}/{path.name}"
    return None
