"""The rules of `grcm validate`.

A rule with code is a file here: its docstring is its manual page, and `check(register)` yields its
problems; one that depends on the day has `check_on(register, as_of)` instead. A new file is a new
rule: a warning, or an error if it is in LIST_RULES. `DEFAULT = False` in it makes a rule that runs
only if it is selected. The pages in other languages: `locale/<language>/LC_MESSAGES/rules.po`.

The rules whose findings the reader and the loader make are in `reader_rules.toml`.
"""

import re
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from pathlib import Path

from grcm_cli.domain.findings import Rule, RulePage, Severity, page_of_docstring

_HEAD = re.compile(r'^\[(\S+)\]\nseverity = "(error|warning)"$', re.MULTILINE)
_FOLDER = Path(__file__).parent
LIST_RULES = (
    "ambiguous-reference",
    "cyclic-reference",
    "dangling-reference",
    "due-before-meeting",
    "early-progress",
    "end-before-start",
    "ended-twice",
    "excepted-office",
    "id-not-file-name",
    "later-reference",
    "not-a-member",
    "overlapping-terms",
    "progress-not-owed",
    "repeated-number",
    "shared-code",
    "unknown-body",
    "unknown-party",
    "unknown-theme",
    "void-reference",
    "wrong-due",
    "wrong-extension",
    "wrong-kind",
    "wrong-occurrence",
    "wrong-reassignment",
    "wrong-until",
)
"""The rules with code whose findings are errors. Every list runs them: they make it doubtful."""


def rules_of_lists() -> list[Rule]:
    """Return the rules that every list runs."""
    return rules_named(LIST_RULES)


def rules_named(names: Iterable[str]) -> list[Rule]:
    """Return rules with code by their names."""
    rules = []
    for name in names:
        module = import_module(f"{__name__}.{name.replace('-', '_')}")
        severity: Severity = "error" if name in LIST_RULES else "warning"
        page = partial(page_of_docstring, module.__doc__ or "")
        check_on = getattr(module, "check_on", None)
        check = check_on or (lambda register, _as_of, check=module.check: check(register))
        rules.append(Rule(name, severity, page, check, getattr(module, "DEFAULT", True)))
    return rules


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
    names = (path.stem.replace("_", "-") for path in _FOLDER.glob("[!_]*.py"))
    return sorted([*rules_named(names), *without_code], key=lambda rule: rule.name)
