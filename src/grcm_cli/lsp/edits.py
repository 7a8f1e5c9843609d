"""What an editor changes in a record: how findings are put right, and another code for a party."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location, Party
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.register import Register
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import _, clean
from grcm_cli.lsp.documents import Document
from grcm_cli.lsp.record import OpenRecord
from grcm_cli.lsp.targets import uses_of_party
from grcm_cli.reader.edit import EditError, Replacement, replace_words
from grcm_cli.reader.events import read_tree
from grcm_cli.storage.paths import PROGRESS

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
        if read_tree("", changed.data, []) == read_tree("", document.data, []):
            title = _("ignore `{rule}` on this line").format(rule=finding.rule)
            yield Fix(title, ((end, end, ignore),))


def all_certain(document: Document, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """Return the edits for all that has one reading, as `grcm validate --fix` writes them."""
    certain = [finding for finding in findings if finding.cure is not None]
    if not certain or not _is_sound(document, certain):
        return ()
    return tuple(sorted({(*document.span(one.at), one.cure or "") for one in certain}))


def _is_sound(document: Document, findings: Iterable[Finding]) -> bool:
    """Tell whether the words can be written and nothing else changes: the proof of `--fix`."""
    words = [Replacement(*finding.at[1:], finding.cure or "") for finding in findings]
    try:
        replace_words(document.data, words)
    except (EditError, IndexError, UnicodeError):
        return False
    return True


# --- another code for a party ---------------------------------------------------------------


class RefusedError(Exception):
    """A party cannot be renamed; the sentence says why."""


class Renaming(NamedTuple):
    """All that changes: the edits of each file by its name, and the file that is renamed."""

    edits: dict[str, list[Edit]]
    file: tuple[str, str] | None


def rename(record: OpenRecord, register: Register, party: Party, code: str) -> Renaming:
    """Return what gives a party another code, in its file's name too. Raises RefusedError."""
    _refuse(record, register, party, code)
    old, new = f"{PROGRESS}/{party.code}.yaml", f"{PROGRESS}/{code}.yaml"
    reports = any(word.text == party.code for word in register.reporting_parties)
    if reports and (new in record.documents or (record.folder / new).exists()):
        raise RefusedError(_("{path} is there already").format(path=new))
    edits: dict[str, set[Edit]] = {}
    for at in (party.at, *uses_of_party(party.code, register)):
        edits.setdefault(at.path, set()).add(_edit(record, at, party.code, code))
    in_order = {path: sorted(of_file) for path, of_file in edits.items()}
    return Renaming(in_order, (old, new) if reports else None)


def _refuse(record: OpenRecord, register: Register, party: Party, code: str) -> None:
    """Raise RefusedError for a code that is none or taken, and where uses may be overlooked."""
    if not CODE.fullmatch(code):
        message = _(
            "'{text}' is no code of a party: write 2 to 20 capital letters, digits and hyphens, "
            "a letter first"
        )
        raise RefusedError(message.format(text=clean(code)))
    for other in register.directory.named(code):
        if other.code != party.code:
            message = _("'{code}' is taken: {other} ({name}) is called so")
            name = clean(other.name.shown(""))
            raise RefusedError(message.format(code=code, other=other.code, name=name))
    word = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(party.code)}(?![A-Za-z0-9-])")
    for path in sorted(record.faulty_files()):
        if word.search(record.document(path).text):
            message = _("{path} has errors and names {code}: put them right first")
            raise RefusedError(message.format(path=path, code=party.code))


def _edit(record: OpenRecord, at: Location, old: str, new: str) -> Edit:
    """Return the edit of one use. Raises RefusedError where the code is not written as it is."""
    document = record.document(at.path)
    start, end = document.span(at)
    before, code, after = document.text[start:end].rpartition(old)
    if not code or after.strip("\"' ") or before[-1:] not in ("", '"', "'", " "):
        message = _("{place}: the code is written in a way that cannot be replaced")
        raise RefusedError(message.format(place=at))
    start += len(before)
    return start, start + len(old), new
