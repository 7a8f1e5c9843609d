"""A record while somebody edits its files: its register, and the findings of each file.

After each change the edited file is read anew, and the rules run over it alone: with the whole
record at hand, but for `LATER`, they find what they find in it. `check` runs all rules over all
files, in short steps; an editor lets it run when nobody has typed for a while.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from os.path import commonprefix
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import PositionCodec

from grcm_cli.domain.findings import Finding, by_file, check, in_order, without_ignored
from grcm_cli.domain.model import Location, Meeting
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.lsp.documents import Document
from grcm_cli.rules import default_rules, rules_by_name
from grcm_cli.storage import file_reader
from grcm_cli.storage.file_reader import FileReading, FileSource, FileValues
from grcm_cli.storage.loader import Loaded, counted, load
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER
from grcm_cli.storage.schemas import schema_findings

LATER = {
    *("already-owed", "changed-at-once", "cyclic-reference", "ended-twice", "entry-order"),
    *("extended-after-done", "gap-in-terms", "id-not-file-name", "mistyped-year"),
    *("nothing-withdrawn", "outdated-schema", "reassigned-after-done", "repeated-meeting"),
    *("skipped-occurrence", "unused-ignore", "void-reference", "wrong-extension"),
    "wrong-reassignment",
}
"""The rules that compare several files: they run over the whole record alone."""
LONGEST = 300_000
"""Characters of a file that is read after each keystroke; a longer one is read in a pause."""
State = Document | bytes | None
"""What tells that a file is as it was read: the editor's text, else what the system says."""


class OpenRecord:
    """The record of a data folder as an editor has it. Files are told by names in the folder."""

    def __init__(self, folder: Path, codec: PositionCodec, as_of: date | None = None) -> None:
        """Take the folder; `as_of` is the day of every answer, today where it is None."""
        self.folder, self.codec = folder, codec
        self._as_of = as_of
        self.documents: dict[str, Document] = {}  # the files that the editor has open
        self._uris: dict[str, str] = {}  # their addresses, as the editor writes them
        self.register: Register | None = None
        """What answers are taken from: of a file that cannot be read, what it said before."""
        self.findings: dict[str, list[Finding]] = {}
        """The findings of each file, as they were found last."""
        self._readings: dict[str, tuple[State, FileReading, FileValues | None]] = {}
        """Of each file its state when it was read, what was read, and what it last said."""
        self.rules = rules_by_name()
        self._active = default_rules(self.rules)
        self._later: dict[str, tuple[Document, list[Finding]]] = {}
        self._closed: dict[str, Document] = {}

    @property
    def as_of(self) -> date:
        """The day for which the record is read."""
        return self._as_of or date.today()  # noqa: DTZ011 - the day where the reader is

    @property
    def is_there(self) -> bool:
        """Tell whether there is a register, in the editor or on the disk."""
        return REGISTER in self.documents or (self.folder / REGISTER).is_file()

    def document(self, name: str) -> Document:
        """Return a file's text, as the editor or the disk has it."""
        document = self.documents.get(name) or self._closed.get(name)
        if document is None:
            data = file_reader.read_if_possible(self.folder / name)
            text = data.decode("utf-8", "replace")  # with its BOM
            document = self._closed[name] = Document(text, self.codec)
        return document

    def set_document(self, name: str, document: Document | None, uri: str = "") -> None:
        """Take what the editor has of a file at an address; None where it has closed it."""
        self._closed.pop(name, None)
        if document is None:
            self.documents.pop(name, None)
        else:
            self.documents[name], self._uris[name] = document, uri

    def uri_of(self, name: str) -> str:
        """Return the address of a file, as the editor writes it where it has had it open."""
        return self._uris.get(name) or from_fs_path(str(self.folder / name)) or ""

    def location(self, at: Location) -> types.Location:
        """Return a place of the record."""
        document = self.document(at.path)
        return types.Location(self.uri_of(at.path), document.range_of(*document.span(at)))

    def check_file(self, name: str) -> None:
        """Read a file anew where it has changed, and find what is wrong in it, but for `LATER`."""
        document = self.document(name)
        if len(document.text) > LONGEST:
            return
        later = _moved(*self._later.get(name, (document, [])), document)
        loaded = self._load(ask_disk=False)
        findings = list(loaded.findings)
        if loaded.register is not None and name not in loaded.unread:
            at_once = [self.rules[rule] for rule in sorted(self._active - LATER)]
            findings += check(loaded.register.of_file(name), at_once, self.as_of)
        ignores = [ignore for ignore in loaded.ignores if ignore.at.path == name]
        findings = [finding for finding in findings if finding.at.path == name]
        self.findings[name] = in_order([*without_ignored(findings, ignores)[0], *later])

    def check(self) -> Iterator[None]:
        """Read what has changed, and run every rule over the record; yield between short steps."""
        self._closed.clear()
        loaded = self._load(ask_disk=True)
        yield
        findings = list(loaded.findings)
        for rule in self.rules.values():
            if loaded.register is not None and rule.check is not None and rule.name in self._active:
                findings += check(loaded.register, [rule], self.as_of)
                yield
        findings += schema_findings(self.folder, self.folder, loaded.register)
        yield
        self.findings = by_file(counted(loaded, findings, self.rules, self._active))
        self._later = {
            name: (document, [each for each in self.findings.get(name, ()) if each.rule in LATER])
            for name, document in self.documents.items()
        }

    def _load(self, *, ask_disk: bool) -> Loaded:
        """Return what editor and folder say; without `ask_disk`, closed files as they were read."""
        for name in self._readings.keys() - self.documents.keys() if ask_disk else ():
            if not os.path.lexists(self.folder / name):
                del self._readings[name]
        texts = {self.folder / name: document.data for name, document in self.documents.items()}
        loaded = load(self.folder, self.folder, texts, partial(self._read, ask_disk=ask_disk))
        if loaded.register is not None:
            # With what the files said before that cannot be read now.
            good = [self._readings[name][2] for name in loaded.unread if name in self._readings]
            meetings = [values for values in good if isinstance(values, Meeting)]
            entries = [entry for values in good if isinstance(values, list) for entry in values]
            self.register = register = loaded.register
            if meetings or entries:
                entries = [*register.entries, *entries]
                reported = ReportedProgress(entries, register.reporting_parties)
                self.register = register.with_files([*register.meetings, *meetings], reported)
        elif not self.is_there:
            self.register = None
        return loaded

    def _read(
        self, source: FileSource, names: Sequence[str], *, ask_disk: bool
    ) -> Iterator[FileReading]:
        """Yield what files say: what was read of the unchanged ones before, or read now."""
        for name in names:
            before, reading, good = self._readings.get(name, (None, None, None))
            state: State = before
            if reading is None or ask_disk or name in self.documents or type(before) is Document:
                folder = str(self.folder)
                state = self.documents.get(name) or file_reader.fingerprint_of(folder, name)
            if reading is None or state is None or state != before:
                reading = source.read(name)
                good = good if reading.values is None else reading.values
                self._readings[name] = state, reading, good
            yield reading

    def meeting_of(self, name: str) -> Meeting | None:
        """Return the meeting of a file; None for another file, and for one never read."""
        meetings = self.register.meetings if self.register else ()
        return next((meeting for meeting in meetings if meeting.at.path == name), None)

    def faulty_files(self) -> set[str]:
        """Return the files in which the reader finds errors, so that part of them may be unread."""
        loaded = self._load(ask_disk=True)
        return {finding.at.path for finding in loaded.findings if finding.severity == "error"}


def _moved(before: Document, findings: Sequence[Finding], after: Document) -> list[Finding]:
    """Return findings on the lines on which they stand after a change; without those changed."""
    if before is after or not findings:
        return list(findings)
    old, new = before.text.split("\n"), after.text.split("\n")
    same = len(commonprefix([old, new]))  # noqa: RUF071 - of lines, no paths
    below = len(commonprefix([old[same:][::-1], new[same:][::-1]]))  # noqa: RUF071 - as above
    moved = []
    for finding in findings:
        line = finding.at.line
        if line > len(old) - below:
            moved.append(finding._replace(at=finding.at._replace(line=line + len(new) - len(old))))
        elif line <= same:
            moved.append(finding)
    return moved


def data_file(uri: str) -> tuple[Path, str] | None:
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
