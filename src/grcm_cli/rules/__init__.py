"""The rules of `grcm validate`: a function each, in the file of what it looks at.

`rules.toml` names them all, with their severities and manual pages. A function of the name of a
rule yields its problems in a register; one that depends on the day takes that too. The pages in
other languages: `locale/<language>/LC_MESSAGES/rules.po`.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from pathlib import Path

from grcm_cli.domain.findings import Check, Problems, Rule, RulePage, Severity

_HEAD = re.compile(r'^\[(\S+)\]\nseverity = "(error|warning)"\n(default = false)?', re.MULTILINE)
_FOLDER = Path(__file__).parent


def rules_of_lists() -> list[Rule]:
    """Return the rules that every list runs: a breach of them makes its answer doubtful."""
    return [rule for rule in every_rule() if rule.check and rule.severity == "error"]


def every_rule() -> list[Rule]:
    """Return all rules, by name. Their pages are read where they are shown."""
    table = (_FOLDER / "rules.toml").read_text(encoding="utf-8")

    @cache
    def pages() -> dict[str, dict[str, str]]:
        import tomllib  # 2 ms; most runs show no page

        return tomllib.loads(table)

    functions: dict[str, Callable[..., Problems]] = {}
    for path in _FOLDER.glob("[!_]*.py"):
        functions |= vars(import_module(f"{__name__}.{path.stem}"))

    def page(name: str) -> RulePage:
        row = pages()[name]
        return RulePage(row["what"], row["why"], row["bad"], row["good"])

    def check_of(name: str) -> Check | None:
        check = functions.get(name.replace("-", "_"))
        if check is None or check.__code__.co_argcount > 1:
            return check
        return lambda register, _as_of: check(register)

    heads: list[tuple[str, Severity, str]] = sorted(_HEAD.findall(table))
    return [
        Rule(name, severity, partial(page, name), check_of(name), is_default=not left_out)
        for name, severity, left_out in heads
    ]
