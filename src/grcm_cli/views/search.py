"""Full-text search in conclusions and mandates, regardless of accents and case."""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from grcm_cli.domain.model import Conclusion, Text
from grcm_cli.domain.register import Register, each_conclusion
from grcm_cli.formats.listing import Column, Listing, TableColumn, table_of
from grcm_cli.language.text import _, collapse, counted, fold_words
from grcm_cli.views.labels import marked

PLAIN = ("ref", "date", "match")
_AROUND = 70  # characters of context on each side of a match


@dataclass(frozen=True, slots=True)
class MatchRecord:
    """A conclusion that has all words, and an excerpt around the first of them."""

    ref: Annotated[str, "The conclusion."]
    meeting: Annotated[str, "The id of its meeting."]
    date: Annotated[datetime.date | None, "The meeting's last day."]
    match: Annotated[str, "A passage; the match is between « and »."]
    confidential: Annotated[bool, "It is not published; included only with `--internal`."]


def search(register: Register, words: Sequence[str]) -> list[MatchRecord]:
    """Return the conclusions that have all words in text, actions, notes, documents or topics."""
    folded = [fold_words(unicodedata.normalize("NFC", word)) for word in words]
    matches = []
    for meeting, conclusion in each_conclusion(register):
        passages = {passage: fold_words(passage) for passage in _passages(register, conclusion)}
        if all(any(word in text for text in passages.values()) for word in folded):
            excerpt = next(filter(None, (_around(*pair, folded) for pair in passages.items())))
            ref = f"{meeting.id}/{conclusion.number}"
            secret = meeting.confidential or conclusion.confidential
            matches.append(MatchRecord(ref, meeting.id, meeting.last_day, excerpt, secret))
    return matches


def _passages(register: Register, conclusion: Conclusion) -> Iterator[str]:
    themes = (register.themes.get(word.text) for word in conclusion.themes)
    texts: list[Text | None] = [conclusion.text]
    texts += [mandate.action for mandate in conclusion.mandates]
    texts += [theme.name for theme in themes if theme]
    for text in texts:
        yield from map(collapse, text.by_language.values() if text else ())
    notes = [conclusion.note, conclusion.internal, *conclusion.documents]
    notes += [word.text for word in conclusion.themes]
    notes += [note for mandate in conclusion.mandates for note in (mandate.note, mandate.internal)]
    yield from (collapse(note) for note in notes if note)


def _around(passage: str, searched: str, words: Sequence[str]) -> str:
    """Return an excerpt of a passage around the first of the words; empty if it has none."""
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    places = [match.span() for match in pattern.finditer(searched)]
    if not places:
        return ""
    start, end = places[0]
    first, last = max(0, start - _AROUND), min(len(passage), end + _AROUND)
    first -= len(re.split(r"\s", passage[:first])[-1])  # no word is cut
    last += len(re.split(r"\s", passage[last:], maxsplit=1)[0])
    excerpt, copied = "", first
    for start, end in places:
        if end <= last:
            excerpt += f"{passage[copied:start]}«{passage[start:end]}»"
            copied = end
    excerpt += passage[copied:last]
    return f"{'… ' if first else ''}{excerpt}{' …' if last < len(passage) else ''}"


def listing(matches: Sequence[MatchRecord], words: str, as_of: datetime.date) -> Listing:
    """Return matches as a list."""
    columns: list[TableColumn[MatchRecord]] = [
        (Column(_("Reference")), lambda match: match.ref),
        (Column(_("Date")), lambda match: str(match.date or "?")),
        (Column.text(_("Text")), lambda row: marked(row.match, secret=row.confidential)),
    ]
    count = counted("{count} conclusion.", "{count} conclusions.", len(matches))
    title = _("Search: {words}").format(words=words)
    table = partial(table_of, title, columns, matches, notes=[count])
    return Listing("matches", as_of, lambda: MatchRecord, matches, PLAIN, table)
