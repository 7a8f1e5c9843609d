"""The socket that rules and reporters plug into: runs rules, drops what a file says to ignore."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.findings import Finding, Ignore, Problem, Severity, errors, in_order
from grcm_cli.register import Register
from grcm_cli.text import _

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
