"""How findings are put right: the word that is certain, the word that is near, what is deleted."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import _, clean
from grcm_cli.lsp.documents import Document
from grcm_cli.reader.edit import EditError, Replacement, replace_words
from grcm_cli.reader.events import read_tree

_DELETED = frozenset({"bidi-control", "invisible-character", "odd-character"})
"""The rules whose findings are put right by deleting what they mark."""
_COMMENT = re.compile(r"[ \t]*#[ \t]*grcm:[ \t]*ignore\[[^\]]*\][ \t]*$")
Edit = tuple[int, int, str]
"""What takes the place of the text between two indexes."""


class Fix(NamedTuple):
    """One way to put a finding right."""

    title: str
    finding: Finding
    edits: tuple[Edit, ...]
    is_certain: bool = False
    """What `grcm validate --fix` would do."""


def fixes_of(document: Document, finding: Finding) -> Iterator[Fix]:
    """Yield the ways to put a finding right, the certain one first."""
    start, end = document.span(finding.at)
    if finding.cure is not None:
        if _is_sound(document, [finding]):
            title = _("write `{word}`").format(word=clean(finding.cure))
            yield Fix(title, finding, ((start, end, finding.cure),), is_certain=True)
    elif (near := _near(document, finding)) is not None:
        yield near
    if finding.rule in _DELETED:
        yield Fix(_("delete the character"), finding, ((start, end, ""),))
    if finding.rule == "unused-ignore":
        line_start, line = _line(document, start)
        comment = _COMMENT.search(line)
        if comment:
            edit = (line_start + comment.start(), line_start + comment.end(), "")
            yield Fix(_("delete the comment"), finding, (edit,))
    elif finding.severity == "warning" and finding.at.width:
        yield from _ignored(document, finding, start)


def all_certain(document: Document, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """Return the edits for all that has one reading, as `grcm validate --fix` writes them."""
    certain = [finding for finding in findings if finding.cure is not None]
    if not certain or not _is_sound(document, certain):
        return ()
    edits = {(*document.span(finding.at), finding.cure or "") for finding in certain}
    return tuple(sorted(edits))


def _is_sound(document: Document, findings: Iterable[Finding]) -> bool:
    """Tell whether the words can be written and nothing else changes: the proof of `--fix`."""
    words = [Replacement(*finding.at[1:], finding.cure or "") for finding in findings]
    try:
        replace_words(document.data, words)
    except (EditError, IndexError, UnicodeError):
        return False
    return True


def _near(document: Document, finding: Finding) -> Fix | None:
    """Return the word that is near the mistaken one, in its place."""
    advice = finding.advice
    if not isinstance(advice, Suggestion):
        return None
    word = advice.choices.near(advice.word)
    start, end = document.span(finding.at)
    marked = document.text[start:end]
    if word is None or marked.count(advice.word) != 1:
        return None
    begin = start + marked.index(advice.word)
    title = _("write `{word}`").format(word=clean(word))
    return Fix(title, finding, ((begin, begin + len(advice.word), word),))


def _ignored(document: Document, finding: Finding, start: int) -> Iterator[Fix]:
    """Yield the comment that makes a warning not count on its line, where one can stand."""
    line_start, line = _line(document, start)
    if "#" in line:
        return
    end = line_start + len(line.rstrip())
    comment = f"  # grcm: ignore[{finding.rule}]"
    text = document.text
    changed = Document(text[:end] + comment + text[end:])
    if read_tree("", changed.data, []) == read_tree("", document.data, []):
        title = _("ignore `{rule}` on this line").format(rule=finding.rule)
        yield Fix(title, finding, ((end, end, comment),))


def _line(document: Document, index: int) -> tuple[int, str]:
    row = document.position(index)[0]
    return document.starts[row], document.lines[row]
