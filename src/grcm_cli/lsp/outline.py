"""The outline of a meeting's file."""

from itertools import zip_longest

from lsprotocol import types

from grcm_cli.domain.model import Location
from grcm_cli.language.text import clean, current_language, on_one_line
from grcm_cli.lsp.documents import Document
from grcm_cli.lsp.record import OpenRecord

_WIDEST = 80  # characters of a text


def symbols(record: OpenRecord, name: str) -> list[types.DocumentSymbol]:
    """Return the outline of a meeting's file: its conclusions with their mandates."""
    meeting = record.meeting_of(name)
    conclusions = meeting.conclusions if meeting else None
    document = record.document(name)
    outline, language = [], current_language()
    for conclusion, following in zip_longest(conclusions or (), (conclusions or ())[1:]):
        last = following.at.line - 1 if following else document.text.count("\n") + 1
        begins = document.span(conclusion.at)[0]
        ends = max(document.span(Location("", last, 1_000_000))[0], begins)
        text = conclusion.text.shown(language)
        symbol = _entry(document, begins, ends, conclusion.number, text)
        mandates = conclusion.mandates if len(conclusion.mandates) > 1 else ()
        children = []
        for mandate, later in zip_longest(mandates, mandates[1:]):
            start = document.span(mandate.at)[0]
            end = max(start, document.span(later.at)[0] if later else ends)
            action = mandate.action.shown(language) if mandate.action else text
            children.append(_entry(document, start, end, f"#{mandate.ordinal}", action))
        symbol.children = children or None
        outline.append(symbol)
    return outline


def _entry(document: Document, start: int, end: int, name: str, text: str) -> types.DocumentSymbol:
    line_end = document.text.find("\n", start)
    first_line = (start, end if line_end < 0 else min(line_end, end))
    return types.DocumentSymbol(
        name,
        types.SymbolKind.Object,
        document.range_of(start, end),
        document.range_of(*first_line),
        detail=clean(on_one_line(text))[:_WIDEST],
    )
