"""Our values as the protocol has them: ranges, diagnostics, offers, edits."""

from collections.abc import Iterable, Mapping, Sequence

from lsprotocol import types

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Conclusion, Location
from grcm_cli.language.text import clean, current_language
from grcm_cli.lsp.completion import Offer, Offers
from grcm_cli.lsp.documents import Document, Range
from grcm_cli.lsp.fixes import Edit
from grcm_cli.lsp.open_records import OpenRecords
from grcm_cli.lsp.record import OpenRecord
from grcm_cli.lsp.rename import Renaming

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
}
_KINDS = {
    "key": types.CompletionItemKind.Property,
    "party": types.CompletionItemKind.Enum,
    "reference": types.CompletionItemKind.Reference,
    "meeting": types.CompletionItemKind.File,
    "word": types.CompletionItemKind.Keyword,
    "due": types.CompletionItemKind.Event,
}
_WIDEST = 80
"""Characters of a text in an outline."""


def lsp_range(at: Range) -> types.Range:
    """Return a range."""
    return types.Range(types.Position(*at[0]), types.Position(*at[1]))


def diagnostic(document: Document, finding: Finding) -> types.Diagnostic:
    """Return a finding as an editor shows it."""
    tags = [types.DiagnosticTag.Unnecessary] if finding.rule == "unused-ignore" else None
    return types.Diagnostic(
        lsp_range(document.range_at(finding.at)),
        clean(finding.full_message),
        _SEVERITIES[finding.severity],
        code=finding.rule,
        source="grcm",
        tags=tags,
    )


def completion_list(document: Document, found: Offers) -> types.CompletionList:
    """Return what is offered, in the order in which it comes."""
    at = lsp_range(document.range_of(found.start, found.end))
    items = [_item(offer, number, at) for number, offer in enumerate(found.offers)]
    return types.CompletionList(is_incomplete=not found.is_complete, items=items)


def _item(offer: Offer, number: int, at: types.Range) -> types.CompletionItem:
    written = f"{offer.text}: " if offer.kind == "key" else offer.text
    return types.CompletionItem(
        offer.text,
        kind=_KINDS[offer.kind],
        detail=clean(offer.detail) or None,
        sort_text=f"{number:04}",
        filter_text=offer.found_by or offer.text,
        text_edit=types.TextEdit(at, written),
    )


def text_edits(document: Document, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Return the changes of one text."""
    return [
        types.TextEdit(lsp_range(document.range_of(start, end)), text) for start, end, text in edits
    ]


def workspace_edit(
    records: OpenRecords, record: OpenRecord, edits: Mapping[str, Sequence[Edit]]
) -> types.WorkspaceEdit:
    """Return the changes of several files, for editors of every age."""
    changes = {
        records.uri_of(record, name): text_edits(record.document(name), own)
        for name, own in edits.items()
    }
    return types.WorkspaceEdit(changes=changes)


def renaming_edit(
    records: OpenRecords, record: OpenRecord, renaming: Renaming
) -> types.WorkspaceEdit:
    """Return a renaming: the versions of the texts for which it holds, and the file's new name."""
    changes: list[types.TextDocumentEdit | types.RenameFile] = []
    for name, edits in renaming.edits.items():
        document = record.document(name)
        identifier = types.OptionalVersionedTextDocumentIdentifier(
            uri=records.uri_of(record, name), version=document.version
        )
        changes.append(types.TextDocumentEdit(identifier, text_edits(document, edits)))
    if renaming.file is not None:
        old, new = (records.uri_of(record, name) for name in renaming.file)
        changes.append(types.RenameFile(old_uri=old, new_uri=new))
    return types.WorkspaceEdit(document_changes=changes)


def location(records: OpenRecords, record: OpenRecord, at: Location) -> types.Location:
    """Return a place of a record."""
    document = record.document(at.path)
    return types.Location(records.uri_of(record, at.path), lsp_range(document.range_at(at)))


def symbols(record: OpenRecord, name: str) -> list[types.DocumentSymbol]:
    """Return the outline of a meeting's file: its conclusions with their mandates."""
    meeting = record.meeting_of(name)
    document = record.document(name)
    if meeting is None or not meeting.conclusions:
        return []
    following = [conclusion.at.line for conclusion in meeting.conclusions[1:]]
    lines = [*following, document.text.count("\n") + 2]
    return [
        _symbol(document, conclusion, last - 1)
        for conclusion, last in zip(meeting.conclusions, lines, strict=True)
    ]


def _symbol(document: Document, conclusion: Conclusion, last: int) -> types.DocumentSymbol:
    language = current_language()
    own = conclusion.mandates if len(conclusion.mandates) > 1 else ()
    begins = document.span(conclusion.at)[0]
    ends = max(document.span(Location("", last, 1_000_000))[0], begins)
    children = []
    for mandate, following in zip(own, [*own[1:], None], strict=False):
        first = document.span(mandate.at)[0]
        end = document.span(following.at)[0] if following else ends
        text = (mandate.action or conclusion.text).shown(language)
        children.append(_entry(document, (first, max(first, end)), f"#{mandate.ordinal}", text))
    at = (begins, ends)
    symbol = _entry(document, at, conclusion.number, conclusion.text.shown(language))
    symbol.children = children or None
    return symbol


def _entry(document: Document, at: tuple[int, int], name: str, text: str) -> types.DocumentSymbol:
    whole = lsp_range(document.range_of(*at))
    first_line = document.text.find("\n", at[0])
    end = at[1] if first_line < 0 else min(first_line, at[1])
    shown = clean(" ".join(text.split()))[:_WIDEST]
    return types.DocumentSymbol(
        name,
        types.SymbolKind.Object,
        whole,
        lsp_range(document.range_of(at[0], end)),
        detail=shown,
    )
