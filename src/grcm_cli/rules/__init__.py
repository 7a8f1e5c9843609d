"""The rules of `grcm validate`: all in `rules.toml`, and a function of its name for most.

It yields the problems in a register; one that depends on the day takes that too. The pages in
other languages: `locale/<language>/LC_MESSAGES/rules.po`.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import import_module
from pathlib import Path

from grcm_cli.domain.findings import Check, Problems, Rule, RulePage, Severity

_HEAD = re.compile(r'^\[(\S+)\]\nseverity = "(error|warning)"\n(default = false)?', re.MULTILINE)
_TABLE = Path(__file__).with_name("rules.toml")


def rules_of_lists() -> list[Rule]:
    """Return the rules that every list runs: a breach of them makes its answer doubtful."""
    return [rule for rule in rules_by_name().values() if rule.check and rule.severity == "error"]


def default_rules(rules: Mapping[str, Rule]) -> frozenset[str]:
    """Return the names of the rules that run without being selected."""
    return frozenset(name for name, rule in rules.items() if rule.is_default)


@cache
def rules_by_name() -> dict[str, Rule]:
    """Return all rules, in the order of their names. Their pages are read where they are shown."""
    functions: dict[str, Callable[..., Problems]] = {}
    for path in _TABLE.parent.glob("[!_]*.py"):
        functions |= vars(import_module(f"{__name__}.{path.stem}"))
    heads: list[tuple[str, Severity, str]] = _HEAD.findall(_TABLE.read_text(encoding="utf-8"))
    rules = {}
    for name, severity, left_out in sorted(heads):
        check = _check(functions.get(name.replace("-", "_")))
        rules[name] = Rule(name, severity, partial(_page, name), check, is_default=not left_out)
    return rules


def _check(function: Callable[..., Problems] | None) -> Check | None:
    """Return a check of a register on a day; most functions take the register alone."""
    if function is None or function.__code__.co_argcount > 1:
        return function
    return lambda register, _as_of: function(register)


def _page(name: str) -> RulePage:
    row = _pages()[name]
    return RulePage(row["what"], row["why"], row["bad"], row["good"])


@cache
def _pages() -> dict[str, dict[str, str]]:
    import tomllib  # 5 ms; most runs show no page

    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))
