"""Another code for a party, in the register, the meetings and the name of its progress file."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from grcm_cli.domain.model import Location, Party
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, clean
from grcm_cli.lsp.fixes import Edit
from grcm_cli.lsp.record import OpenRecord
from grcm_cli.lsp.targets import uses_of_party
from grcm_cli.storage.paths import PROGRESS


class RefusedError(Exception):
    """A party cannot be renamed; the sentence says why."""


class Renaming(NamedTuple):
    """All that changes: the edits of each file by its name, and the file that is renamed."""

    edits: dict[str, list[Edit]]
    file: tuple[str, str] | None


def rename(record: OpenRecord, register: Register, party: Party, code: str) -> Renaming:
    """Return what gives a party another code in the whole record. Raises RefusedError."""
    _refuse(record, register, party, code)
    old = f"{PROGRESS}/{party.code}.yaml"
    new = f"{PROGRESS}/{code}.yaml"
    reports = any(word.text == party.code for word in register.reporting_parties)
    if reports and (new in record.documents or (record.folder / new).exists()):
        raise RefusedError(_("{path} is there already").format(path=new))
    edits: dict[str, list[Edit]] = {}
    for at in [party.at, *(place for _word, place in uses_of_party(party.code, register))]:
        edits.setdefault(at.path, []).append(_edit(record, at, party.code, code))
    found = {path: sorted(set(own)) for path, own in edits.items()}
    return Renaming(found, (old, new) if reports else None)


def _refuse(record: OpenRecord, register: Register, party: Party, code: str) -> None:
    if not CODE.fullmatch(code):
        message = _(
            "'{text}' is no code of a party: write 2 to 20 capital letters, digits and hyphens, "
            "a letter first"
        )
        raise RefusedError(message.format(text=clean(code)))
    taken = [one for one in register.directory.named(code) if one.code != party.code]
    if taken:
        name = clean(taken[0].name.shown(""))
        message = _("'{code}' is taken: {other} ({name}) is called so")
        raise RefusedError(message.format(code=code, other=taken[0].code, name=name))
    for path in _unsure(record, party.code):
        message = _("{path} has errors and names {code}: put them right first")
        raise RefusedError(message.format(path=path, code=party.code))


def _unsure(record: OpenRecord, code: str) -> Iterator[str]:
    """Yield the files with errors that have the code, so that a use of it may not be seen."""
    word = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(code)}(?![A-Za-z0-9-])")
    for path in sorted(record.faulty_files()):
        if word.search(record.document(path).text):
            yield path


def _edit(record: OpenRecord, at: Location, old: str, new: str) -> Edit:
    """Return the edit of one use. Raises RefusedError where the code is not written as it is."""
    document = record.document(at.path)
    start, end = document.span(at)
    written = document.text[start:end]
    place = written.rfind(old)
    if place < 0 or written[place + len(old) :].strip("\"' ") or not _is_word(written, place):
        message = _("{place}: the code is written in a way that cannot be replaced")
        raise RefusedError(message.format(place=at))
    return start + place, start + place + len(old), new


def _is_word(written: str, place: int) -> bool:
    return place == 0 or written[place - 1] in "\"' "
