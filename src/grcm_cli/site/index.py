"""What the search page looks through, as scripts that a page opened from a folder can load too."""

import json
from collections.abc import Iterator

from grcm_cli.model import Reference
from grcm_cli.site import addresses
from grcm_cli.site.book import Book
from grcm_cli.site.party import KINDS
from grcm_cli.text import _, clean, collapse
from grcm_cli.views import words

_MOST = 400_000  # characters of a script
_ESCAPES = {ord("<"): "\\u003c", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Entry = tuple[str, str, str, str]
"""Its name, where it leads, what is shown beside the name, and the text that is searched."""


def scripts(book: Book) -> Iterator[bytes]:
    """Yield the scripts, parties and meetings first, then conclusions, the newest first."""
    entries: list[str] = []
    size = 0
    for entry in _entries(book):
        said = json.dumps([clean(part) for part in entry], ensure_ascii=False)
        entries.append(said.translate(_ESCAPES))
        size += len(said)
        if size > _MOST:
            yield _script(entries)
            entries, size = [], 0
    yield _script(entries)


def _script(entries: list[str]) -> bytes:
    rows = ",\n".join(entries)
    return f"grcm.index([\n{rows}\n]);\n".encode()


def _entries(book: Book) -> Iterator[Entry]:
    for party in book.register.parties:
        names = {*party.name.by_language.values(), *party.aliases, party.code}
        path, kind = addresses.party(party.code), _(KINDS[party.kind])
        yield book.name_of(party.code), path, f"{party.code} · {kind}", " · ".join(sorted(names))
    newest = sorted(book.register.meetings, key=lambda m: (str(m.start or ""), m.id), reverse=True)
    for meeting in newest:
        title = words.title_of(meeting, book.language) if meeting.title else ""
        day = meeting.last_day.isoformat() if meeting.last_day else ""
        about = " · ".join(filter(None, (meeting.id, title, meeting.place)))
        yield meeting.id, addresses.meeting(meeting.id), day, about
    for meeting in newest:
        day = meeting.last_day.isoformat() if meeting.last_day else ""
        for conclusion in meeting.conclusions or ():
            reference = f"{meeting.id}/{conclusion.number}"
            texts = [conclusion.text, *(m.action for m in conclusion.mandates if m.action)]
            said = [collapse(text.shown(book.language)) for text in texts]
            where = addresses.conclusion(Reference(meeting.id, conclusion.number))
            yield reference, where, day, " · ".join([*said, *conclusion.documents])
