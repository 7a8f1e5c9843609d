"""How findings are shown and put right in an editor."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from grcm_cli.domain.findings import Finding
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import _, clean
from grcm_cli.lsp.documents import Document
from grcm_cli.reader.emit import EditError, Replacement, replace_words, tree_rows
from grcm_cli.reader.events import read_tree

_DELETED = frozenset({"bidi-control", "invisible-character", "odd-character"})
"""The rules whose findings are put right by deleting what they mark."""
_COMMENT = re.compile(r"(?<![ \t])[ \t]*#[ \t]*grcm:[ \t]*ignore\[[^\]#]*\][ \t]*$")
_SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


def diagnostic(document: Document, finding: Finding) -> types.Diagnostic:
    """Return a finding as an editor shows it."""
    at = document.range_of(*document.span(finding.at))
    message, severity = clean(finding.full_message), _SEVERITIES[finding.severity]
    tags = [types.DiagnosticTag.Unnecessary] if finding.rule == "unused-ignore" else None
    return types.Diagnostic(at, message, severity, code=finding.rule, source="grcm", tags=tags)


def _fixes(document: Document, finding: Finding) -> Iterator[tuple[str, types.TextEdit]]:
    """Yield the fixes for a finding, each with its title, the certain one first."""
    start, end = document.span(finding.at)
    advice = finding.advice
    if finding.cure is not None:
        if _is_sound(document, [finding]):
            title = _("write `{word}`").format(word=clean(finding.cure))
            yield title, document.edit(start, end, finding.cure)
    elif isinstance(advice, Suggestion):
        near, marked = advice.choices.near(advice.word), document.text[start:end]
        if near is not None and marked.count(advice.word) == 1:
            begin = start + marked.index(advice.word)
            title = _("write `{word}`").format(word=clean(near))
            yield title, document.edit(begin, begin + len(advice.word), near)
    if finding.rule in _DELETED:
        yield _("delete the character"), document.edit(start, end, "")
    row = document.position(start).line
    line_start, line = document.starts[row], document.lines[row]
    if finding.rule == "unused-ignore":
        if comment := _COMMENT.search(line):
            start, end = (line_start + place for place in comment.span())
            yield _("delete the comment"), document.edit(start, end, "")
    elif finding.severity == "warning" and finding.at.width and "#" not in line:
        end = line_start + len(line.rstrip())
        ignore = f"  # grcm: ignore[{finding.rule}]"
        changed = Document(document.text[:end] + ignore + document.text[end:])
        # Not where it would be part of a text.
        before, after = (read_tree("", version.data, []) for version in (document, changed))
        if [*tree_rows(before)] == [*tree_rows(after)]:
            title = _("ignore `{rule}` on this line").format(rule=finding.rule)
            yield title, document.edit(end, end, ignore)


def all_fixes(
    document: Document, findings: Sequence[Finding], uri: str, at: types.Range
) -> Iterator[types.CodeAction]:
    """Yield the ways to put right what is in a range, and at once all that has one reading.

    The latter are the words that `grcm validate --fix` writes.
    """
    start, end = document.index(at.start), document.index(at.end)
    for finding in findings:
        begins, ends = document.span(finding.at)
        for title, edit in _fixes(document, finding) if begins <= end and start <= ends else ():
            action = types.CodeAction(title, types.CodeActionKind.QuickFix)
            action.diagnostics = [diagnostic(document, finding)]
            action.is_preferred = edit.new_text == finding.cure or None
            action.edit = types.WorkspaceEdit({uri: [edit]})
            yield action
    certain = [finding for finding in findings if finding.cure is not None]
    if certain and _is_sound(document, certain):
        title = _("correct every error in this file that has only one possible correction")
        words = sorted({(*document.span(finding.at), finding.cure or "") for finding in certain})
        change = types.WorkspaceEdit({uri: [document.edit(*word) for word in words]})
        yield types.CodeAction(title, kind=types.CodeActionKind.SourceFixAll, edit=change)


def _is_sound(document: Document, findings: Iterable[Finding]) -> bool:
    """Tell whether the words can be written and nothing else changes: the proof of `--fix`."""
    words = [Replacement(*finding.at[1:], finding.cure or "") for finding in findings]
    try:
        replace_words(document.data, words)
    except (EditError, IndexError, UnicodeError):
        return False
    return True
