"""How findings are put right in an editor."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import _, clean
from grcm_cli.lsp.documents import Document
from grcm_cli.reader.emit import EditError, Replacement, replace_words, tree_rows
from grcm_cli.reader.events import read_tree

_DELETED = frozenset({"bidi-control", "invisible-character", "odd-character"})
"""The rules whose findings are put right by deleting what they mark."""
_COMMENT = re.compile(r"(?<![ \t])[ \t]*#[ \t]*grcm:[ \t]*ignore\[[^\]#]*\][ \t]*$")
Edit = tuple[int, int, str]
"""What takes the place of the text between two indexes."""


class Fix(NamedTuple):
    """One way to put a finding right."""

    title: str
    edits: tuple[Edit, ...]
    is_certain: bool = False
    """What `grcm validate --fix` would do."""


def fixes_of(document: Document, finding: Finding) -> Iterator[Fix]:
    """Yield the ways to put a finding right, the certain one first."""
    start, end = document.span(finding.at)
    advice = finding.advice
    if finding.cure is not None:
        if _is_sound(document, [finding]):
            title = _("write `{word}`").format(word=clean(finding.cure))
            yield Fix(title, ((start, end, finding.cure),), is_certain=True)
    elif isinstance(advice, Suggestion):
        near, marked = advice.choices.near(advice.word), document.text[start:end]
        if near is not None and marked.count(advice.word) == 1:
            begin = start + marked.index(advice.word)
            title = _("write `{word}`").format(word=clean(near))
            yield Fix(title, ((begin, begin + len(advice.word), near),))
    if finding.rule in _DELETED:
        yield Fix(_("delete the character"), ((start, end, ""),))
    row = document.position(start)[0]
    line_start, line = document.starts[row], document.lines[row]
    if finding.rule == "unused-ignore":
        comment = _COMMENT.search(line)
        if comment:
            edit = (line_start + comment.start(), line_start + comment.end(), "")
            yield Fix(_("delete the comment"), (edit,))
    elif finding.severity == "warning" and finding.at.width and "#" not in line:
        end = line_start + len(line.rstrip())
        ignore = f"  # grcm: ignore[{finding.rule}]"
        changed = Document(document.text[:end] + ignore + document.text[end:])
        # Not where it would be part of a text.
        before, after = (read_tree("", each.data, []) for each in (document, changed))
        if [*tree_rows(before)] == [*tree_rows(after)]:
            title = _("ignore `{rule}` on this line").format(rule=finding.rule)
            yield Fix(title, ((end, end, ignore),))


def all_certain(document: Document, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """Return the edits for all that has one reading, as `grcm validate --fix` writes them."""
    certain = [finding for finding in findings if finding.cure is not None]
    if not certain or not _is_sound(document, certain):
        return ()
    return tuple(sorted({(*document.span(finding.at), finding.cure or "") for finding in certain}))


def _is_sound(document: Document, findings: Iterable[Finding]) -> bool:
    """Tell whether the words can be written and nothing else changes: the proof of `--fix`."""
    words = [Replacement(*finding.at[1:], finding.cure or "") for finding in findings]
    try:
        replace_words(document.data, words)
    except (EditError, IndexError, UnicodeError):
        return False
    return True
