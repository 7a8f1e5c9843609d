"""The socket that rules plug into: runs those it is handed and stamps what they yield."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from grcm_cli.findings import Finding, Problem, Severity
from grcm_cli.register import Register

Check = Callable[[Register], Iterator[Problem]]


class Rule(NamedTuple):
    """One thing that can be wrong in a data folder."""

    name: str
    severity: Severity
    page: str
    """Its manual page: what, why, bad, good."""
    check: Check | None
    """None where the reader or the loader finds it: a matter of a file's shape."""


def check(register: Register, rules: Iterable[Rule]) -> list[Finding]:
    """Return every problem that the rules see in a register."""
    return [
        Finding(problem.at, rule.severity, rule.name, problem.message, problem.hint)
        for rule in rules
        if rule.check is not None
        for problem in rule.check(register)
    ]
