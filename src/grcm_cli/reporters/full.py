"""`full`: each finding with its line of the file and a caret under the word that is meant."""

from collections.abc import Callable, Iterable, Sequence

from grcm_cli.findings import Finding
from grcm_cli.reporters.concise import sentence
from grcm_cli.text import clean

Lines = Callable[[str], Sequence[str]]
"""Returns the lines of a file by the path that findings show."""

_WIDEST = 160


def render(findings: Iterable[Finding], lines: Lines) -> str:
    """Return the findings with excerpts, an empty line between them."""
    return "\n".join(_excerpt(finding, lines(finding.at.path)) for finding in findings)


def _excerpt(finding: Finding, lines: Sequence[str]) -> str:
    at, head = finding.at, sentence(finding)
    if at.width == 0 or at.line > len(lines) or not lines[at.line - 1].strip():
        return head + (f"  {clean(finding.hint)}\n" if finding.hint else "")
    line = lines[at.line - 1].rstrip("\r")
    # A long line is shown around the place; every character takes one cell, so the caret fits.
    start = max(0, at.column - 1 - _WIDEST // 2)
    shown = "".join(_one_cell(character) for character in line[start : start + _WIDEST])
    width = max(1, min(at.width, len(shown) - (at.column - 1 - start)))
    number = str(at.line)
    pointer = " " * (at.column - 1 - start) + "^" * width
    hint = f" {clean(finding.hint)}" if finding.hint else ""
    return f"{head}{number:>5} | {shown}\n      | {pointer}{hint}\n"


def _one_cell(character: str) -> str:
    if character == "\t":
        return " "
    return character if clean(character) == character else "\ufffd"
