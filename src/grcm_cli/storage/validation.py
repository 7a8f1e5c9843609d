"""All that is wrong in a data folder that was read: what the reader and the rules find."""

from collections.abc import Iterable, Mapping
from datetime import date

from grcm_cli.domain.findings import (
    Finding,
    HasRun,
    Rule,
    check,
    errors,
    in_order,
    without_ignored,
)
from grcm_cli.storage.loader import Loaded


def findings_of(
    loaded: Loaded, rules: Mapping[str, Rule], active: frozenset[str], as_of: date
) -> list[Finding]:
    """Return the findings of the rules that are active, those of the reader among them."""
    found: list[Finding] = []
    if loaded.register is not None:
        running = [rule for name, rule in rules.items() if name in active]
        found = check(loaded.register, running, as_of)
    return counted(loaded, found, rules, active)


def counted(
    loaded: Loaded, found: Iterable[Finding], rules: Mapping[str, Rule], active: frozenset[str]
) -> list[Finding]:
    """Return what the reader and the active rules found, less what comments ignore, in order.

    `found` is what the rules with code found. A comment without use is a finding too.
    """
    seen = [*loaded.findings, *found]
    kept, unused = without_ignored(seen, loaded.ignores, _has_run(loaded, rules, active))
    return in_order(finding for finding in (*kept, *unused) if finding.rule in active)


def _has_run(loaded: Loaded, rules: Mapping[str, Rule], active: frozenset[str]) -> HasRun:
    """Return what tells whether all ran that finds what a rule may find in a file.

    What the reader refuses, in whichever file, is seen by no rule with code.
    """
    faulty = {finding.at.path for finding in errors(loaded.findings)}
    all_is_read = loaded.register is not None and not faulty and not loaded.unread

    def has_run(path: str, name: str) -> bool:
        rule = rules.get(name)
        if rule is None:
            return True  # there is no such rule
        return name in active and (path not in faulty if rule.check is None else all_is_read)

    return has_run
