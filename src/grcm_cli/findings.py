"""Findings: something wrong in a file, with its place. They are values; nothing here raises."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from grcm_cli.model import Location

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """What a rule sees: a place, what is wrong there, and what to write instead."""

    at: Location
    message: str
    hint: str = ""
    cure: str | None = None
    """The word that belongs there, where that is certain."""


class Finding(NamedTuple):
    """A problem with the name of its rule and its weight."""

    at: Location
    severity: Severity
    rule: str
    message: str
    hint: str = ""
    cure: str | None = None
    """The word that `--fix` puts in the place of the one there; None where nothing is certain."""


class Ignore(NamedTuple):
    """A comment that says which rules do not count on its line."""

    at: Location
    rules: tuple[str, ...]


IGNORED = "ignored-file"
"""The rule of what stands in a data folder and is not read."""
UNREADABLE = "unreadable-file"
"""The rule of a file that the machine does not give: the data is not to blame for it."""


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file, line and column; those of one place by rule and message."""
    return sorted(set(findings), key=lambda f: (f.at, f.rule, f.message))


MOST = 100
"""The most findings of one file that are shown."""


def capped(findings: Iterable[Finding]) -> tuple[list[Finding], dict[str, int]]:
    """Return the first findings of each file, and how many of a file are left out."""
    count: dict[str, int] = {}
    shown = []
    for finding in findings:
        path = finding.at.path
        count[path] = count.get(path, 0) + 1
        if count[path] <= MOST:
            shown.append(finding)
    return shown, {path: found - MOST for path, found in count.items() if found > MOST}


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that make the meaning wrong or leave it open."""
    return [finding for finding in findings if finding.severity == "error"]


def exit_code(findings: Sequence[Finding], *, strict: bool = False) -> int:
    """Return 3 where the machine did not give a file, 1 where the data has problems, else 0."""
    if any(finding.rule == UNREADABLE for finding in findings):
        return 3
    return 1 if errors(findings) or (strict and findings) else 0
