"""Findings with their place in a file, the rules that yield them, and the report of a run."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Location
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _

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


Check = Callable[[Register, date], Iterator[Problem]]
Lines = Callable[[str], Sequence[str]]
"""Returns the lines of a file by the path that findings show."""


class Page(NamedTuple):
    """A rule's manual page: what it flags and why, in English and Spanish, and an example."""

    what: Mapping[str, str]
    why: Mapping[str, str]
    bad: str
    good: str


class Rule(NamedTuple):
    """One thing that can be wrong in a data folder."""

    name: str
    severity: Severity
    docstring: str
    check: Check | None
    """None where the reader or the loader finds it: a matter of a file's shape."""
    is_default: bool = True
    """Whether it runs without being selected."""

    @property
    def page(self) -> Page:
        """The manual page, from the docstring's paragraphs."""
        what, why, es_what, es_why, _bad, bad, _good, good = self.docstring.strip("\n").split(
            "\n\n"
        )
        return Page(
            what={"en": _flow(what), "es": _flow(es_what.removeprefix("Qué: "))},
            why={
                "en": _flow(why.removeprefix("Why: ")),
                "es": _flow(es_why.removeprefix("Por qué: ")),
            },
            bad=_outdent(bad),
            good=_outdent(good),
        )


def _flow(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _outdent(block: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in block.split("\n"))


class Report(NamedTuple):
    """What a reporter is handed: the findings in order, and what it takes to show them."""

    findings: Sequence[Finding]
    left_out: Mapping[str, int]
    """How many findings of a file are not among them."""
    lines: Lines
    rules: Mapping[str, Rule]

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return len(errors(self.findings))


def check(register: Register, rules: Iterable[Rule], as_of: date) -> list[Finding]:
    """Return every problem that the rules see in a register on a day."""
    return [
        Finding(problem.at, rule.severity, rule.name, problem.message, problem.hint, problem.cure)
        for rule in rules
        if rule.check is not None
        for problem in rule.check(register, as_of)
    ]


UNUSED = "unused-ignore"


def without_ignored(
    findings: Iterable[Finding], ignores: Sequence[Ignore]
) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that no comment says to ignore, and one for each comment without use.

    A comment `# grcm: ignore[rule]` speaks for the findings of that rule on its own line.
    """
    said = {
        (ignore.at.path, ignore.at.line, rule): ignore
        for ignore in ignores
        for rule in ignore.rules
    }
    used = set()
    kept = []
    for finding in findings:
        key = (finding.at.path, finding.at.line, finding.rule)
        if key in said:
            used.add(key)
        else:
            kept.append(finding)
    unused = [
        Finding(
            said[key].at,
            "warning",
            UNUSED,
            _("nothing to ignore here for '{rule}'").format(rule=key[2]),
            _("delete the comment, or its word"),
        )
        for key in said
        if key not in used
    ]
    return kept, in_order(unused)
