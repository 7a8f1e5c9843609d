"""What is asked of a file's text as a whole, before YAML is."""

import codecs
import re

from grcm_cli.domain.findings import Finding
from grcm_cli.language.text import _
from grcm_cli.reader.characters import is_suspect, odd
from grcm_cli.reader.places import place, places

_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*(?P<mark>%)")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?= |\r?$)", re.MULTILINE)
CUT = re.compile(r"[ \t]+#[^\s#]")
"""What stands after a text where a comment begins that may be meant as more of it: `numeral #5`."""


def decode(path: str, data: bytes, findings: list[Finding]) -> str | None:
    """Return a file's text without a BOM; where it is none, None, and a finding is added."""
    many_nulls = 8 * data.count(0) > len(data)  # UTF-16, or no text at all
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


def is_refused(path: str, text: str, findings: list[Finding], *, suspect: bool) -> bool:
    """Add a finding for each thing that makes a text unreadable before YAML is asked."""
    before = len(findings)
    if suspect:
        findings += odd(text, path)
    if "<<<<<<<" in text:
        for _match, at in places(path, text, _CONFLICT.finditer(text)):
            message = _("two versions of this text stand here: a git merge was not finished")
            hint = _("keep what is right, and delete the lines with <<<<<<<, ======= and >>>>>>>")
            findings.append(Finding(at._replace(width=7), "error", "merge-conflict", message, hint))
    if match_directive := _DIRECTIVE.match(text):
        at = place(path, text, match_directive.start("mark"))
        message = _("a YAML directive is in the file")
        hint = _("delete the line with %")
        findings.append(Finding(at, "error", "yaml-feature", message, hint))
    return len(findings) > before


def is_doubtful(text: str) -> bool:
    """Tell whether libyaml may take what YAML does not: tabs, and a comment right after | or >."""
    if "#" not in text:
        return "\t" in text
    before_marks = (part.rstrip("-+0123456789") for part in text.split("#")[:-1])
    return "\t" in text or any(part.endswith(("|", ">")) for part in before_marks)


def is_plain(text: str) -> bool:
    """Tell whether nothing in a text needs a closer look before YAML is asked."""
    if "\r" in text:
        if text.count("\r\n") < text.count("\n"):
            return False
        text = text.replace("\r\n", "\n")  # as every line of it ends
    conflict = "<<<<<<<" in text
    return not (conflict or is_suspect(text) or is_doubtful(text) or _DIRECTIVE.match(text))
