"""The rules: one file each, whose docstring is its manual page. A new file here is a new rule.

A file has `SEVERITY` and, unless the reader or the loader sees the problem, `check(register)`.
"""

from importlib import import_module
from pkgutil import iter_modules

from grcm_cli.checker import Rule


def every_rule() -> list[Rule]:
    """Return all rules, by name."""
    found = []
    for module_info in iter_modules(__path__):
        if module_info.name.startswith("_"):
            continue
        module = import_module(f"{__name__}.{module_info.name}")
        name = module_info.name.replace("_", "-")
        check = getattr(module, "check", None)
        found.append(Rule(name, module.SEVERITY, module.__doc__ or "", check))
    return sorted(found, key=lambda rule: rule.name)
