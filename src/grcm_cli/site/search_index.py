"""What the search page looks through, as scripts that a page opened from a folder can load too."""

import json
from collections.abc import Iterator

from grcm_cli.domain.model import Conclusion, Meeting
from grcm_cli.language.text import _, clean, collapse, fold
from grcm_cli.site import urls
from grcm_cli.site.page_data import Book
from grcm_cli.site.party import KINDS

_MOST = 400_000  # characters of a script
_ESCAPES = {ord("<"): "\\u003c", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Entry = tuple[str, str, str, str, str]
"""Its name, where it leads, what stands beside the name, the text, and what else finds it."""


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
    for party in book.parties:
        names = dict.fromkeys((*party.name.by_language.values(), *party.aliases))
        path, kind = urls.party(party.code), _(KINDS[party.kind])
        also = " ".join(fold(name) for name in names)  # EE. UU. is found as EEUU too
        beside = f"{party.code} · {kind}"
        yield book.name_of(party.code), path, beside, " · ".join(names), also
    newest = sorted(book.register.meetings, key=lambda m: (str(m.start or ""), m.id), reverse=True)
    for meeting in newest:
        titles = meeting.title.by_language.values() if meeting.title else ()
        day = meeting.last_day.isoformat() if meeting.last_day else ""
        about = " · ".join(filter(None, (*titles, meeting.place)))
        yield meeting.id, book.page_of(meeting), day, about, ""
    for meeting in newest:
        for conclusion in meeting.conclusions or ():
            yield _conclusion(book, meeting, conclusion)


def _conclusion(book: Book, meeting: Meeting, conclusion: Conclusion) -> Entry:
    texts = [conclusion.text, *(m.action for m in conclusion.mandates if m.action)]
    shown = [collapse(text.shown(book.language)) for text in texts]
    # Who remembers the adopted words finds the page in another language, too.
    others = [collapse(said) for text in texts for said in text.by_language.values()]
    also = [said for said in others if said not in shown]
    path = urls.part(book.page_of(meeting), book.part_of(conclusion))
    day = meeting.last_day.isoformat() if meeting.last_day else ""
    return (
        f"{meeting.id}/{conclusion.number}",
        urls.at(path, conclusion.number),
        day,
        " · ".join([*shown, *conclusion.documents]),
        " ".join(also),
    )
