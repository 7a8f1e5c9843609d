"""Characters that make what is seen differ from what is stored."""

import re
from collections.abc import Iterator

from grcm_cli.findings import Finding, Severity
from grcm_cli.model import Location
from grcm_cli.text import _

_BIDI = "\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064"
    "\u206a-\u206f\u3164\uffa0"
)
_OTHER_SCRIPTS = "\u0370-\u03ff\u0400-\u052f"
_HIDDEN = re.compile(f"[{_BIDI}{_INVISIBLE}]")
_TURNS = re.compile(f"[{_BIDI}]")
_MIXED = re.compile(f"[A-Za-z][{_OTHER_SCRIPTS}]|[{_OTHER_SCRIPTS}][A-Za-z]")
_LINE_END = re.compile("\r?\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ANY = re.compile(f"[{_BIDI}{_INVISIBLE}{_OTHER_SCRIPTS}]")


def deceptive(text: str, path: str) -> Iterator[Finding]:
    """Yield a finding for each character of a file that deceives, wherever it stands."""
    if not _ANY.search(text):
        return
    for match in _HIDDEN.finditer(text):
        yield _hidden(_place(path, text, match.start()), match[0])
    for match in _MIXED.finditer(text):
        message = _("Latin letters stand beside Greek or Cyrillic ones: '{letters}'")
        hint = _("type the word anew")
        at = _place(path, text, match.start())._replace(width=2)
        yield Finding(at, "warning", "look-alike", message.format(letters=match[0]), hint)


def mixed_line_ends(text: str, path: str) -> Iterator[Finding]:
    """Yield a finding for the first line that ends otherwise than the first of the file."""
    windows = text.count("\r\n")
    if 0 < windows < text.count("\n"):
        first = text.find("\n")
        as_first = text[first - 1 : first] == "\r"
        ends = (match for match in _LINE_END.finditer(text) if (match[0] == "\r\n") != as_first)
        at = _place(path, text, next(ends).start())
        message = _("the line ends otherwise than the first of the file")
        hint = _("save the file with one kind of line end")
        yield Finding(at, "warning", "mixed-line-ends", message, hint)


def escaped(value: str, at: Location) -> Iterator[Finding]:
    """Yield a finding for what an escape in quotes hides: its text has it, the file's has not."""
    found = _HIDDEN.search(value)
    if found is not None:
        yield _hidden(at, found[0])
    control = _CONTROL.search(value)
    if control is not None:
        message = _("the character U+{code} is in the text").format(code=f"{ord(control[0]):04X}")
        hint = _("delete its escape: it is no text")
        yield Finding(at, "error", "odd-character", message, hint)


def _hidden(at: Location, character: str) -> Finding:
    code = f"U+{ord(character):04X}"
    turns = _TURNS.match(character) is not None
    rule, severity = ("bidi-control", "error") if turns else ("invisible-character", "warning")
    message = (
        _("{code} turns the direction of the text") if turns else _("{code} is not to be seen")
    )
    weight: Severity = "error" if severity == "error" else "warning"
    return Finding(at, weight, rule, message.format(code=code), _("delete it"))


def _place(path: str, text: str, index: int) -> Location:
    line = text.count("\n", 0, index) + 1
    return Location(path, line, index - text.rfind("\n", 0, index))
