"""All that is wrong in a data folder: what the loader, the schemas and the rules find."""

from collections.abc import Iterable, Mapping, Set
from datetime import date

from grcm_cli.domain import findings as results
from grcm_cli.domain.findings import Finding, Rule, check, without_ignored
from grcm_cli.storage.loader import Loaded


def default_rules(rules: Mapping[str, Rule]) -> frozenset[str]:
    """Return the names of the rules that run without being selected."""
    return frozenset(name for name, rule in rules.items() if rule.is_default)


def all_findings(
    loaded: Loaded,
    schemas: Iterable[Finding],
    rules: Mapping[str, Rule],
    active: Set[str],
    as_of: date,
) -> list[Finding]:
    """Return what active rules find in a data folder on a day, in order, less what is ignored.

    `schemas` are the findings about its schemas, `rules` all that there are, by name.
    """
    found = list(schemas)
    if loaded.register is not None:
        running = [rule for name, rule in rules.items() if name in active]
        found += check(loaded.register, running, as_of)
    return counted(loaded, found, rules, active)


def counted(
    loaded: Loaded, found: Iterable[Finding], rules: Mapping[str, Rule], active: Set[str]
) -> list[Finding]:
    """Return what the reader and the active rules found, less what comments ignore, in order.

    `found` is what the rules with code and the schemas gave. A comment without use is a finding
    too, but not where what it names may have been overlooked: what the reader refuses, in whichever
    file, is seen by no rule with code.
    """
    faulty = {finding.at.path for finding in results.errors(loaded.findings)}
    all_is_read = loaded.register is not None and not faulty and not loaded.unread

    def has_run(path: str, name: str) -> bool:
        rule = rules.get(name)
        if rule is None:
            return True  # there is no such rule
        return name in active and (path not in faulty if rule.check is None else all_is_read)

    kept, unused = without_ignored([*loaded.findings, *found], loaded.ignores, has_run)
    return results.in_order(f for f in (*kept, *unused) if f.rule in active)
