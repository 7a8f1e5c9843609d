"""The rules: one file each, whose docstring is its manual page. A new file here is a new rule.

A file has `SEVERITY` and, unless the reader or the loader sees the problem, `check(register, day)`.
One that checks for an error stands in MEANING too, which a test watches.
"""

from collections.abc import Iterable
from importlib import import_module

from grcm_cli.domain.findings import Rule

MEANING = (
    "ambiguous-reference",
    "cyclic-reference",
    "dangling-reference",
    "due-before-meeting",
    "early-progress",
    "end-before-start",
    "ended-twice",
    "id-not-file-name",
    "later-reference",
    "not-a-member",
    "overlapping-terms",
    "progress-not-owed",
    "repeated-number",
    "shared-code",
    "unknown-body",
    "unknown-party",
    "wrong-due",
    "wrong-extension",
    "wrong-occurrence",
    "wrong-until",
)
"""The errors that a rule sees and the reader doesn't: what makes an answer doubtful."""


def meaning_rules() -> list[Rule]:
    """Return the rules that every list runs, so that it shows nothing wrong in silence."""
    return rules_named(MEANING)


def rules_named(names: Iterable[str]) -> list[Rule]:
    """Return rules by their names."""
    return [_rule(name) for name in names]


def _rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    return Rule(
        name,
        module.SEVERITY,
        module.__doc__ or "",
        getattr(module, "check", None),
        getattr(module, "DEFAULT", True),
    )


def every_rule() -> list[Rule]:
    """Return all rules, by name."""
    from pkgutil import iter_modules  # lists have no need of it: theirs are named above

    names = (info.name.replace("_", "-") for info in iter_modules(__path__))
    return [_rule(name) for name in sorted(names)]
