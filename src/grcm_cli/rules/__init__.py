"""The rules of `grcm validate`, each in the file of what it looks at.

A rule with code is a function with `@rule("error")` or `@rule("warning")`: its name is that of the
rule, its docstring the manual page. It yields the problems of a register; one that depends on the
day takes that too. The pages in other languages: `locale/<language>/LC_MESSAGES/rules.po`.

The rules whose findings the reader and the loader make are in `reader_rules.toml`.
"""

import re
from functools import partial
from importlib import import_module
from pathlib import Path

from grcm_cli.domain.findings import Rule, RulePage, Severity

_HEAD = re.compile(r'^\[(\S+)\]\nseverity = "(error|warning)"$', re.MULTILINE)
_FOLDER = Path(__file__).parent


def rules_of_lists() -> list[Rule]:
    """Return the rules that every list runs: a breach of them makes its answer doubtful."""
    return [rule for rule in rules_with_code() if rule.severity == "error"]


def rules_with_code() -> list[Rule]:
    """Return the rules that are functions, by name."""
    modules = [import_module(f"{__name__}.{path.stem}") for path in _FOLDER.glob("[!_]*.py")]
    rules = [each for module in modules for each in vars(module).values() if isinstance(each, Rule)]
    return sorted(rules, key=lambda rule: rule.name)


def every_rule() -> list[Rule]:
    """Return all rules, by name: those with code, and those of the table.

    The pages of the latter are read where they are shown.
    """
    table = (_FOLDER / "reader_rules.toml").read_text(encoding="utf-8")

    def page(name: str) -> RulePage:
        import tomllib  # 2 ms; most runs show no page

        row = tomllib.loads(table)[name]
        return RulePage(row["what"], row["why"], row["bad"], row["good"])

    heads: list[tuple[str, Severity]] = _HEAD.findall(table)
    without_code = [Rule(name, severity, partial(page, name)) for name, severity in heads]
    return sorted([*rules_with_code(), *without_code], key=lambda rule: rule.name)
