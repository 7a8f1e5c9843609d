"""Our values as the protocol has them: ranges, diagnostics, offers, edits."""

from collections.abc import Iterable
from itertools import zip_longest

from lsprotocol import types

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.language.text import clean, current_language, on_one_line
from grcm_cli.lsp.completion import Offers
from grcm_cli.lsp.documents import Document
from grcm_cli.lsp.edits import Edit
from grcm_cli.lsp.record import OpenRecord, OpenRecords

_SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}
_KINDS = {
    "key": types.CompletionItemKind.Property,
    "party": types.CompletionItemKind.Enum,
    "theme": types.CompletionItemKind.Enum,
    "reference": types.CompletionItemKind.Reference,
    "meeting": types.CompletionItemKind.File,
    "word": types.CompletionItemKind.Keyword,
    "due": types.CompletionItemKind.Event,
}
_WIDEST = 80  # characters of a text in an outline


def range_of(document: Document, start: int, end: int) -> types.Range:
    """Return the range between two indexes of a text."""
    return types.Range(*(types.Position(*at) for at in document.range_of(start, end)))


def diagnostic(document: Document, finding: Finding) -> types.Diagnostic:
    """Return a finding as an editor shows it."""
    tags = [types.DiagnosticTag.Unnecessary] if finding.rule == "unused-ignore" else None
    return types.Diagnostic(
        range_of(document, *document.span(finding.at)),
        clean(finding.full_message),
        _SEVERITIES[finding.severity],
        code=finding.rule,
        source="grcm",
        tags=tags,
    )


def completion_list(document: Document, offered: Offers) -> types.CompletionList:
    """Return what is offered, in the order in which it comes."""
    at = range_of(document, offered.start, offered.end)
    items = [
        types.CompletionItem(
            offer.text,
            kind=_KINDS[offer.kind],
            detail=clean(offer.detail) or None,
            sort_text=f"{number:04}",
            filter_text=offer.found_by or offer.text,
            text_edit=types.TextEdit(at, f"{offer.text}: " if offer.kind == "key" else offer.text),
        )
        for number, offer in enumerate(offered.offers)
    ]
    return types.CompletionList(is_incomplete=not offered.is_complete, items=items)


def text_edits(document: Document, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Return the changes of a text."""
    return [types.TextEdit(range_of(document, *span), text) for *span, text in edits]


def workspace_edit(
    records: OpenRecords, record: OpenRecord, name: str, edits: Iterable[Edit]
) -> types.WorkspaceEdit:
    """Return the changes of a file, for editors of every age."""
    changes = text_edits(record.document(name), edits)
    return types.WorkspaceEdit(changes={records.uri_of(record, name): changes})


def location(records: OpenRecords, record: OpenRecord, at: Location) -> types.Location:
    """Return a place of a record."""
    document = record.document(at.path)
    return types.Location(records.uri_of(record, at.path), range_of(document, *document.span(at)))


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
        range_of(document, start, end),
        range_of(document, *first_line),
        detail=clean(on_one_line(text))[:_WIDEST],
    )
