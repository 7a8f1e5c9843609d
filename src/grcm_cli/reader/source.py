"""The text of a file before it is read as YAML: encoding, suspicious characters, `ignore` comments.

Lines and columns are counted from 1, as an editor does.
"""

import codecs
import re
from collections.abc import Iterable, Iterator

from grcm_cli.domain.findings import MOST, Finding, Ignore
from grcm_cli.domain.model import Location
from grcm_cli.language.text import _

_BIDI = "\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064"
    "\u206a-\u206f\u3164\uffa0"
)
_OTHER_SCRIPTS = "\u0370-\u03ff\u0400-\u052f"
_HIDDEN = re.compile(f"([{_BIDI}{_INVISIBLE}])\\1*")  # one finding for one that is repeated
_TURNS = re.compile(f"[{_BIDI}]")
_MIXED = re.compile(f"[A-Za-z][{_OTHER_SCRIPTS}]|[{_OTHER_SCRIPTS}][A-Za-z]")
_LINE_END = re.compile("\r?\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# A lone CR and these are line breaks, or nothing, to YAML and not to an editor.
_LONE_CR = re.compile("\r(?!\n)")
_ODD = re.compile("[\x00\x85\u2028\u2029\ufeff]")
_ANY = re.compile(f"[\x00\x85\u2028\u2029\ufeff{_BIDI}{_INVISIBLE}{_OTHER_SCRIPTS}]")
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*(?P<mark>%)")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?= |\r?$)", re.MULTILINE)
CUT = re.compile(r"[ \t]+#[^\s#]")
"""What stands after a text where a comment begins that may be meant as more of it: `numeral #5`."""
_COMMENT = re.compile(rb"(?:^|(?<=\s))#\s*grcm:\s*ignore\[(?P<rules>[a-z0-9, -]+)\]\s*$")


def read_text(path: str, data: bytes, findings: list[Finding]) -> str | None:
    """Return a file's text without a BOM, or None if it is not to be read as YAML.

    Findings are added for what is wrong in the text.
    """
    text = _decoded(path, data, findings)
    if text is None:
        return None
    is_suspect = _is_suspect(text)
    refusals = [
        *(_odd_characters(path, text) if is_suspect else ()),
        *_conflicts(path, text),
        *_directive(path, text),
    ]
    findings += refusals
    if refusals:
        return None
    if is_suspect:
        findings += (*_deceptive(path, text), *_mixed_line_ends(path, text))
    return text


def _decoded(path: str, data: bytes, findings: list[Finding]) -> str | None:
    many_nulls = 0 in data and 8 * data.count(0) > len(data)  # UTF-16, or no text at all
    start = 0
    try:
        if not many_nulls:
            return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        start = error.start
    before = data[:start].decode("utf-8-sig", "replace")
    at = place(path, before, len(before))
    hint = _("save the file as UTF-8 (in Word and in Notepad: save as, encoding, UTF-8)")
    findings.append(Finding(at, "error", "not-utf8", _("the file is not UTF-8 text"), hint))
    return None


def _conflicts(path: str, text: str) -> Iterator[Finding]:
    """Yield a finding for each mark that git leaves where a merge was not finished."""
    if "<<<<<<<" not in text:
        return
    for _match, at in places(path, text, _CONFLICT.finditer(text)):
        message = _("two versions of this text stand here: a git merge was not finished")
        hint = _("keep what is right, and delete the lines with <<<<<<<, ======= and >>>>>>>")
        yield Finding(at._replace(width=7), "error", "merge-conflict", message, hint)


def _directive(path: str, text: str) -> Iterator[Finding]:
    """Yield a finding for a YAML directive before the document."""
    match = _DIRECTIVE.match(text)
    if match:
        at = place(path, text, match.start("mark"))
        message, hint = _("a YAML directive is in the file"), _("delete the line with %")
        yield Finding(at, "error", "yaml-feature", message, hint)


def is_doubtful(text: str) -> bool:
    """Tell whether libyaml may take what YAML does not: tabs, and a comment right after | or >."""
    if "#" not in text:
        return "\t" in text
    before_marks = (part.rstrip("-+0123456789") for part in text.split("#")[:-1])
    return "\t" in text or any(part.endswith(("|", ">")) for part in before_marks)


# --- characters that make what is seen differ from what is stored ---------------------------


def _is_suspect(text: str) -> bool:
    """Tell whether a text may have any of the findings of this section."""
    if "\r" in text:
        if text.count("\r\n") < text.count("\n"):
            return True
        text = text.replace("\r\n", "\n")
    try:
        text.encode("latin-1")  # most texts are in Latin-1, which has four of the characters
    except UnicodeEncodeError:
        return "\r" in text or _ANY.search(text) is not None
    return any(character in text for character in "\x00\r\x85\xad")


def _odd_characters(path: str, text: str) -> Iterator[Finding]:
    """Yield a finding for each character that ends a line for YAML and not for an editor."""
    found = sorted([*_ODD.finditer(text), *_LONE_CR.finditer(text)], key=re.Match.start)
    for match, at in places(path, text, found[:MOST]):
        message = _("the character U+{code} is in the text").format(code=f"{ord(match[0]):04X}")
        hint = _(
            "delete it: YAML takes it for the end of a line, or refuses it, and editors do not"
        )
        yield Finding(at, "error", "odd-character", message, hint)


def _deceptive(path: str, text: str) -> Iterator[Finding]:
    """Yield a finding for each character that is not seen, or that looks like another."""
    for match, at in places(path, text, _HIDDEN.finditer(text)):
        yield _hidden(at._replace(width=len(match[0])), match[1])
    for match, at in places(path, text, _MIXED.finditer(text)):
        message = _("Latin letters stand beside Greek or Cyrillic ones: '{letters}'")
        message = message.format(letters=match[0])
        hint = _("type the word anew")
        yield Finding(at._replace(width=2), "warning", "look-alike", message, hint)


def unseen(text: str) -> str:
    """Return the code of the first invisible character, as U+200B; empty if there is none."""
    found = _HIDDEN.search(text) or _CONTROL.search(text) or _ODD.search(text)
    return f"U+{ord(found[0][0]):04X}" if found else ""


def without_unseen(text: str) -> tuple[str, list[str]]:
    """Return a text without its invisible characters, and their codes, as U+202E."""
    codes = [f"U+{ord(match[1]):04X}" for match in _HIDDEN.finditer(text)]
    return (_HIDDEN.sub("", text), list(dict.fromkeys(codes))) if codes else (text, codes)


def _mixed_line_ends(path: str, text: str) -> Iterator[Finding]:
    """Yield a finding for the first line that ends otherwise than the first of the file."""
    if not 0 < text.count("\r\n") < text.count("\n"):
        return
    first = text.find("\n")
    as_first = text[first - 1 : first] == "\r"
    others = (match for match in _LINE_END.finditer(text) if (match[0] == "\r\n") != as_first)
    _match, at = next(places(path, text, others))
    message = _("the line ends otherwise than the first of the file")
    hint = _("save the file with one kind of line end")
    yield Finding(at, "warning", "mixed-line-ends", message, hint)


def escaped(value: str, at: Location) -> Iterator[Finding]:
    """Yield a finding for each character that a value has by an escape, and the file's text not."""
    found = _HIDDEN.search(value)
    if found is not None:
        yield _hidden(at, found[1])
    control = _CONTROL.search(value)
    if control is not None:
        message = _("the character U+{code} is in the text").format(code=f"{ord(control[0]):04X}")
        hint = _("delete its escape: it is no text")
        yield Finding(at, "error", "odd-character", message, hint)


def _hidden(at: Location, character: str) -> Finding:
    code = f"U+{ord(character):04X}"
    if _TURNS.match(character):
        message = _("{code} turns the direction of the text").format(code=code)
        return Finding(at, "error", "bidi-control", message, _("delete it"))
    message = _("{code} is not to be seen").format(code=code)
    return Finding(at, "warning", "invisible-character", message, _("delete it"))


# --- comments that ignore findings ----------------------------------------------------------


def read_ignores(path: str, data: bytes) -> Iterator[Ignore]:
    """Yield the comments `# grcm: ignore[rule, rule]` that stand at the end of a line."""
    if b"grcm:" not in data:
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        match = _COMMENT.search(line)
        if match is not None:
            column = len(line[: match.start()].decode("utf-8", "replace")) + 1
            width = len(line[match.start() :].decode("utf-8", "replace").rstrip())
            rules = tuple(
                word.strip() for word in match["rules"].decode().split(",") if word.strip()
            )
            yield Ignore(Location(path, number, column, width), rules)


# --- places ---------------------------------------------------------------------------------


def place(path: str, text: str, index: int) -> Location:
    """Return the place of the character at an index."""
    line = text.count("\n", 0, index) + 1
    return Location(path, line, index - text.rfind("\n", 0, index))


def places(
    path: str, text: str, matches: Iterable[re.Match[str]]
) -> Iterator[tuple[re.Match[str], Location]]:
    """Yield matches with their places. They must come in the order of the text.

    Lines are counted from match to match: a million matches take one pass over the text.
    """
    line, begins, counted = 1, 0, 0
    for match in matches:
        start = match.start()
        line += text.count("\n", counted, start)
        begins = text.rfind("\n", counted, start) + 1 or begins
        counted = start
        yield match, Location(path, line, start - begins + 1)
