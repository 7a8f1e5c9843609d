"""Characters that make what is seen differ from what is stored."""

import re
from collections.abc import Iterator

from grcm_cli.domain.findings import MOST, Finding
from grcm_cli.domain.model import Location
from grcm_cli.language.text import _
from grcm_cli.reader.places import places

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


def is_suspect(text: str) -> bool:
    """Tell whether a text holds any character that the others here would find."""
    try:
        text.encode("latin-1")  # most texts are in Latin-1, which has four of them alone
    except UnicodeEncodeError:
        return "\r" in text or _ANY.search(text) is not None
    return any(character in text for character in "\x00\r\x85\xad")


def odd(text: str, path: str) -> Iterator[Finding]:
    """Yield a finding for each character that ends a line for YAML and not for an editor."""
    found = sorted([*_ODD.finditer(text), *_LONE_CR.finditer(text)], key=re.Match.start)
    for match, at in places(path, text, found[:MOST]):
        message = _("the character U+{code} is in the text").format(code=f"{ord(match[0]):04X}")
        hint = _(
            "delete it: YAML takes it for the end of a line, or refuses it, and editors do not"
        )
        yield Finding(at, "error", "odd-character", message, hint)


def deceptive(text: str, path: str) -> Iterator[Finding]:
    """Yield a finding for each character of a file that deceives, wherever it stands."""
    for match, at in places(path, text, _HIDDEN.finditer(text)):
        yield _hidden(at._replace(width=len(match[0])), match[1])
    for match, at in places(path, text, _MIXED.finditer(text)):
        message = _("Latin letters stand beside Greek or Cyrillic ones: '{letters}'")
        said, hint = message.format(letters=match[0]), _("type the word anew")
        yield Finding(at._replace(width=2), "warning", "look-alike", said, hint)


def unseen(text: str) -> str:
    """Return the code of the first character that is not to be seen, as U+200B; else nothing."""
    found = _HIDDEN.search(text) or _CONTROL.search(text) or _ODD.search(text)
    return f"U+{ord(found[0][0]):04X}" if found else ""


def without_unseen(text: str) -> tuple[str, list[str]]:
    """Return a text without characters that are not to be seen, and their codes, as U+202E."""
    codes = [f"U+{ord(match[1]):04X}" for match in _HIDDEN.finditer(text)]
    return (_HIDDEN.sub("", text), list(dict.fromkeys(codes))) if codes else (text, codes)


def mixed_line_ends(text: str, path: str) -> Iterator[Finding]:
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
    """Yield a finding for what an escape in quotes hides: its text has it, the file's has not."""
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
