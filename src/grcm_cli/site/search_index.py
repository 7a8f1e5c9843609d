"""The index of the search page, as scripts that also load from a folder without a server."""

import json
from collections.abc import Iterator

from grcm_cli.domain.model import Conclusion, Meeting
from grcm_cli.language.text import _, clean, collapse, fold
from grcm_cli.site import urls
from grcm_cli.site.page_data import SiteData
from grcm_cli.views.party import KINDS

_MOST = 400_000  # characters of a script
_ESCAPES = {ord("<"): "\\u003c", 0x2028: "\\u2028", 0x2029: "\\u2029"}

IndexEntry = tuple[str, str, str, str, str]
"""Name, address, remark, text, and further words that find it."""


def scripts(site: SiteData) -> Iterator[bytes]:
    """Yield the scripts: parties, meetings, then conclusions, the newest first."""
    entries: list[str] = []
    size = 0
    for entry in _entries(site):
        text = json.dumps([clean(part) for part in entry], ensure_ascii=False)
        entries.append(text.translate(_ESCAPES))
        size += len(text)
        if size > _MOST:
            yield _script(entries)
            entries, size = [], 0
    yield _script(entries)


def _script(entries: list[str]) -> bytes:
    rows = ",\n".join(entries)
    return f"grcm.index([\n{rows}\n]);\n".encode()


def _entries(site: SiteData) -> Iterator[IndexEntry]:
    for party in site.parties:
        names = dict.fromkeys((*party.name.by_language.values(), *party.aliases))
        path, kind = urls.party(party.code), _(KINDS[party.kind])
        also = " ".join(fold(name) for name in names)  # EE. UU. is found as EEUU too
        remark = f"{party.code} · {kind}"
        yield site.name_of(party.code), path, remark, " · ".join(names), also
    newest = site.newest_meetings
    for meeting in newest:
        titles = meeting.title.by_language.values() if meeting.title else ()
        day = meeting.last_day.isoformat() if meeting.last_day else ""
        about = " · ".join(filter(None, (*titles, meeting.place)))
        yield meeting.id, site.page_of(meeting), day, about, ""
    for meeting in newest:
        for conclusion in meeting.conclusions or ():
            yield _conclusion(site, meeting, conclusion)


def _conclusion(site: SiteData, meeting: Meeting, conclusion: Conclusion) -> IndexEntry:
    texts = [conclusion.text, *(m.action for m in conclusion.mandates if m.action)]
    shown = [collapse(text.shown(site.language)) for text in texts]
    # The adopted words find a page in another language, too.
    others = [collapse(one) for text in texts for one in text.by_language.values()]
    also = [one for one in others if one not in shown]
    path = urls.part(site.page_of(meeting), site.part_of(conclusion))
    day = meeting.last_day.isoformat() if meeting.last_day else ""
    return (
        f"{meeting.id}/{conclusion.number}",
        urls.at(path, conclusion.number),
        day,
        " · ".join([*shown, *conclusion.documents]),
        " ".join(also),
    )
