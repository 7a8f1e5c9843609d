"""All that is wrong in a data folder: what the loader, the schemas and the rules find."""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from pathlib import Path

from grcm_cli.domain import findings as results
from grcm_cli.domain.findings import Finding, HasRun, Rule, check, without_ignored
from grcm_cli.storage.loader import Loaded
from grcm_cli.storage.schemas import schema_findings


def default_rules(rules: Mapping[str, Rule]) -> frozenset[str]:
    """Return the names of the rules that run without being selected."""
    return frozenset(name for name, rule in rules.items() if rule.is_default)


def with_schema_findings(loaded: Loaded, folder: Path, seen_from: Path) -> Loaded:
    """Return what was read of a data folder, with what is wrong in its schemas for editors."""
    seen = [*loaded.findings, *schema_findings(folder, seen_from, loaded.register)]
    return loaded._replace(findings=seen)


def all_findings(
    loaded: Loaded, rules: Mapping[str, Rule], active: Set[str], as_of: date
) -> list[Finding]:
    """Return what active rules find in a data folder on a day, in order, less what is ignored.

    `rules` are all that there are, by name.
    """
    found: list[Finding] = []
    if loaded.register is not None:
        running = [rule for name, rule in rules.items() if name in active]
        found = check(loaded.register, running, as_of)
    return counted(loaded, found, rules, active)


def counted(
    loaded: Loaded, found: Iterable[Finding], rules: Mapping[str, Rule], active: Set[str]
) -> list[Finding]:
    """Return what the reader and the active rules found, less what comments ignore, in order.

    `found` is what the rules with code found. A comment without use is a finding too.
    """
    seen = [*loaded.findings, *found]
    kept, unused = without_ignored(seen, loaded.ignores, _has_run(loaded, rules, active))
    return results.in_order(f for f in (*kept, *unused) if f.rule in active)


def _has_run(loaded: Loaded, rules: Mapping[str, Rule], active: Set[str]) -> HasRun:
    """Return what tells whether all ran that finds what a rule may find in a file.

    What the reader refuses, in whichever file, is seen by no rule with code.
    """
    faulty = {finding.at.path for finding in results.errors(loaded.findings)}
    all_is_read = loaded.register is not None and not faulty and not loaded.unread

    def has_run(path: str, name: str) -> bool:
        rule = rules.get(name)
        if rule is None:
            return True  # there is no such rule
        return name in active and (path not in faulty if rule.check is None else all_is_read)

    return has_run
