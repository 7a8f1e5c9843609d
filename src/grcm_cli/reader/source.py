"""The text of a file before it is read as YAML: encoding, suspicious characters, `ignore` comments.

Lines and columns are counted from 1, as an editor does.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, starmap

from grcm_cli.domain.findings import MOST, Finding, Ignore
from grcm_cli.domain.model import Location
from grcm_cli.language import characters
from grcm_cli.language.text import _

_OTHER_SCRIPTS = "\u0370-\u03ff\u0400-\u052f"
_TURNING = re.compile(f"[{characters.TURNING}]")
_MIXED = re.compile(f"[A-Za-z][{_OTHER_SCRIPTS}]|[{_OTHER_SCRIPTS}][A-Za-z]")
_LINE_END = re.compile("\r?\n")
# These and a lone CR are line breaks, or nothing, to YAML and not to an editor.
_BREAKS = "\x00\x85\u2028\u2029\ufeff"
# The others of these are refused by YAML, or are no characters.
_UNREADABLE = f"{_BREAKS}\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{characters.NONCHARACTER}"
_ODD = re.compile(f"[{_UNREADABLE}]|\r(?!\n)")
_SURROGATE = re.compile(f"[{characters.SURROGATE}]")
_ANY = re.compile(f"[{_UNREADABLE}{characters.HIDDEN}{_OTHER_SCRIPTS}]")
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*(?P<mark>%)")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?= |\r?$)", re.MULTILINE)
CUT = re.compile(r"[ \t]+#[^\s#]")
"""What stands after a text where a comment begins that may be meant as more of it: `numeral #5`."""
# An escape in a text with double quotes, as its digits or its letter.
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<letter>.))",
    re.DOTALL,
)
_ESCAPED = dict(zip("0abtnvfreNLP_", "\0\a\b\t\n\v\f\r\x1b\x85\u2028\u2029\xa0", strict=True))
_COMMENT = re.compile(rb"(?:^|(?<=\s))#\s*grcm:\s*ignore\[(?P<rules>[a-z0-9, -]+)\]\s*$")


def read_text(path: str, data: bytes, findings: list[Finding]) -> str | None:
    """Return a file's text without a BOM, or None if it is not to be read as YAML.

    Findings are added for what is wrong in the text.
    """
    data, text, start = data.removeprefix(codecs.BOM_UTF8), None, 0
    if 0 not in data or 8 * data.count(0) <= len(data):  # UTF-16 and binary files have more
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            start = error.start
    if text is None:
        before = data[:start].decode()
        hint = _("save the file as UTF-8 (in Word and Notepad: Save As, Encoding, UTF-8)")
        at = place(path, before, len(before))
        findings.append(Finding(at, "error", "not-utf8", _("the file is not UTF-8 text"), hint))
        return None
    # Whether it may have characters that make what is seen differ from what is stored.
    has_other_ends = "\r" in text and text.count("\r\n") < max(text.count("\n"), text.count("\r"))
    is_suspect = has_other_ends or _ANY.search(characters.beyond_ascii(data)) is not None
    refusals = [*_refusals(path, text, is_suspect=is_suspect)]
    findings += refusals
    if refusals:
        return None
    if not is_suspect:
        return text
    findings += starmap(_hidden, places(path, text, characters.hidden_runs(text)))
    findings += starmap(_mixed, places(path, text, _MIXED.finditer(text)))
    if 0 < text.count("\r\n") < text.count("\n"):
        is_crlf = text[: text.find("\n")].endswith("\r")
        endings = (match for match in _LINE_END.finditer(text) if (match[0] == "\r\n") != is_crlf)
        at = place(path, text, next(endings).start())
        message = _("the line ending differs from that of the file's first line")
        hint = _("save the file with the same line endings throughout")
        findings.append(Finding(at, "warning", "mixed-line-ends", message, hint))
    return text


def _refusals(path: str, text: str, *, is_suspect: bool) -> Iterator[Finding]:
    """Yield a finding for all for which a file is not read as YAML."""
    odd = islice(_ODD.finditer(text), MOST) if is_suspect else ()
    for at, character in places(path, text, odd):
        hint = _("delete it: it is not text")
        if character in f"{_BREAKS}\r":
            hint = _(
                "delete it: YAML takes it for the end of a line or refuses it; editors do "
                "not show it"
            )
        yield _odd(at, character, hint)
    for at, _mark in places(path, text, _CONFLICT.finditer(text)) if "<<<<<<<" in text else ():
        message = _("there are two versions of this text here: a git merge was not finished")
        hint = _("keep what is right, and delete the lines with <<<<<<<, ======= and >>>>>>>")
        yield Finding(at, "error", "merge-conflict", message, hint)
    directive = _DIRECTIVE.match(text)
    if directive:
        at = place(path, text, directive.start("mark"))
        message, hint = _("the file contains a YAML directive"), _("delete the line with %")
        yield Finding(at, "error", "yaml-feature", message, hint)


def is_doubtful(text: str) -> bool:
    """Tell whether libyaml may take what YAML does not: tabs, and a comment right after | or >."""
    before_marks = (part.rstrip("-+0123456789") for part in text.split("#")[:-1])
    return "\t" in text or any(part.endswith(("|", ">")) for part in before_marks)


def escaped(text: str, start: int, end: int, at: Location) -> Iterator[Finding]:
    """Yield a finding for each character that a text in double quotes has by an escape.

    The text stands from one index to another in the file's text, and begins at a place.
    """
    parts: list[str] = []
    escapes: dict[int, re.Match[str]] = {}
    done, length = start, 0
    for match in _ESCAPE.finditer(text, start, end):
        digits = match["x"] or match["u"] or match["U"]
        character = chr(int(digits, 16)) if digits else _ESCAPED.get(match["letter"], "")
        length += match.start() - done
        escapes[length] = match
        length += len(character)
        parts += text[done : match.start()], character
        done = match.end()
    value = "".join(parts) + text[done:end]
    suspects: list[tuple[re.Match[str], Callable[[Location, str], Finding]]] = [
        *((match, _no_character) for match in _SURROGATE.finditer(value)),
        *((match, _odd) for match in _ODD.finditer(value)),
        *((match, _hidden) for match in characters.hidden_runs(value) if match[1] != "\ufeff"),
        *((match, _mixed) for match in _MIXED.finditer(value)),
    ]
    for match, finding in suspects[:MOST]:
        written = [escapes[index] for index in range(*match.span()) if index in escapes]
        if written:  # else it is in the file's text, where it is found too
            index, width = written[0].start(), len(written[0][0])
            line_ends = text.count("\n", start, index)
            last_end = text.rfind("\n", start, index)
            column = index - last_end if line_ends else at.column + index - start
            where = at._replace(line=at.line + line_ends, column=column, width=width)
            yield finding(where, match[0])


def unseen(text: str) -> str:
    """Return the code of the first character that is not seen, as U+200B; empty if none is."""
    match = next(characters.hidden_runs(text), None) or _ODD.search(text)
    return characters.code_point(match[0]) if match else ""


def _no_character(at: Location, _character: str) -> Finding:
    message = _("an escape in a text stands for no character")
    return Finding(at, "error", "syntax", message, _("write the character itself"))


def _odd(at: Location, character: str, hint: str = "") -> Finding:
    code = characters.code_point(character)
    message = _("the text contains the character {code}").format(code=code)
    hint = hint or _("delete the escape: it does not stand for text")
    return Finding(at, "error", "odd-character", message, hint)


def _hidden(at: Location, run: str) -> Finding:
    code = characters.code_point(run)
    if _TURNING.match(run):
        message = _("{code} changes the direction of the text").format(code=code)
        return Finding(at, "error", "bidi-control", message, _("delete it"))
    message = _("{code} is invisible").format(code=code)
    return Finding(at, "warning", "invisible-character", message, _("delete it"))


def _mixed(at: Location, letters: str) -> Finding:
    message = _("Latin letters are mixed with Greek or Cyrillic ones: '{letters}'")
    hint = _("type the word again")
    return Finding(at, "warning", "look-alike", message.format(letters=letters), hint)


def read_ignores(path: str, data: bytes) -> Iterator[Ignore]:
    """Yield the comments `# grcm: ignore[rule, rule]` that stand at the end of a line."""
    if b"grcm:" not in data:
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        match = _COMMENT.search(line)
        if match is not None:
            column = len(line[: match.start()].decode("utf-8", "replace")) + 1
            width = len(line[match.start() :].decode("utf-8", "replace").rstrip())
            rules = (word.strip() for word in match["rules"].decode().split(","))
            yield Ignore(Location(path, number, column, width), tuple(filter(None, rules)))


def place(path: str, text: str, index: int) -> Location:
    """Return the place of the character at an index."""
    return Location(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def places(
    path: str, text: str, matches: Iterable[re.Match[str]]
) -> Iterator[tuple[Location, str]]:
    """Yield the places of matches, which come in the order of the text, with what they match.

    Lines are counted from match to match: a million matches take one pass over the text.
    """
    line, begins, counted = 1, 0, 0
    for match in matches:
        start = match.start()
        line += text.count("\n", counted, start)
        begins = text.rfind("\n", counted, start) + 1 or begins
        counted = start
        yield Location(path, line, start - begins + 1, len(match[0])), match[0]
