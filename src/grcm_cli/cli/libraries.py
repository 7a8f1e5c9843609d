"""Whether an exception comes of a library that is missing or of another version than is needed."""

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import NamedTuple

from grcm_cli.language.text import _, clean

_PACKAGE = "grcm-cli"
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*\(?([^;)]*)")
_BOUND = re.compile(r"(>=|<)\s*([0-9.]+)")
"""All that pyproject.toml uses of the language of versions; a test holds it to that."""


class Need(NamedTuple):
    """A library that grcm needs and that cannot be used."""

    requirement: str
    """As pip takes it: `typer>=0.26,<0.29`."""
    installed: str | None
    """The version that there is; None where there is none."""


def advice(error: BaseException) -> str | None:
    """Return a sentence with the libraries to install, or None if the exception is not theirs.

    An exception of any kind may come of a library of the wrong version, so the versions decide;
    one that is missing can only have failed to be imported.
    """
    needs = list(_unmet())
    if isinstance(error, ImportError):
        needs = needs or list(_of_extras(error)) or list(_broken(error))
    else:
        needs = [need for need in needs if need.installed is not None]
    if not needs:
        return None
    named = ", ".join(_described(need) for need in needs)
    words = " ".join(f'"{need.requirement}"' for need in needs)
    again = " --force-reinstall" if any(_is_damaged(need) for need in needs) else ""
    message = _("a library that grcm needs cannot be used: {libraries}; to install it: {command}")
    command = f"{_quoted(sys.executable)} -m pip install{again} {words}"
    return message.format(libraries=clean(named), command=clean(command))


def _described(need: Need) -> str:
    if need.installed is None:
        return _("{library} is missing").format(library=need.requirement)
    if _is_damaged(need):
        return _("{library} is damaged").format(library=f"{need.requirement} {need.installed}")
    values = {"library": need.requirement, "version": need.installed}
    return _("{library} is needed, and there is {version}").format(**values)


def _is_damaged(need: Need) -> bool:
    """Tell whether a library has the right version and cannot be imported all the same."""
    return need.installed is not None and fits(need.installed, need.requirement)


def _quoted(program: str) -> str:
    return f'"{program}"' if " " in program else program or "python"


def _unmet() -> Iterator[Need]:
    """Yield what is missing or of the wrong version, by what pip knows of this installation."""
    for line in _requirements():
        found = _REQUIREMENT.match(line)
        if found is None or ";" in line:  # a part that was not asked for, or another system's
            continue
        installed = _version(found[1])
        if installed is None or not fits(installed, found[2]):
            yield Need(_written(found), installed)


def _of_extras(error: ImportError) -> Iterator[Need]:
    """Yield the library of an extra, as of `grcm-cli[lsp]`, that is missing or too old."""
    module = (error.name or "").partition(".")[0]
    for requirement in _requirements():
        found = _REQUIREMENT.match(requirement)
        if found is not None and "extra ==" in requirement and found[1] == module:
            installed = _version(module)
            if installed is None or not fits(installed, found[2]):
                yield Need(_written(found), installed)


def _requirements() -> list[str]:
    """Return what this installation needs, by what pip knows of it; nothing in a copy of source."""
    try:
        return metadata.requires(_PACKAGE) or []
    except metadata.PackageNotFoundError:
        return []


def _written(found: re.Match[str]) -> str:
    bounds = sorted(found[2].strip().split(","), reverse=True)  # `>=` first
    return f"{found[1]}{','.join(bounds)}"


def _broken(error: ImportError) -> Iterator[Need]:
    """Yield the library whose module could not be imported: one that another one needs, or damaged.

    Nothing comes for a module of grcm itself.
    """
    module = (error.name or "").partition(".")[0]
    if not module or module == "grcm_cli" or module in sys.stdlib_module_names:
        return
    for name in metadata.packages_distributions().get(module, [module]):
        yield Need(name, _version(name))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def fits(version: str, bounds: str) -> bool:
    """Tell whether a version is within bounds such as `>=0.26,<0.29`."""
    number = _numbers(version)
    return all(
        number >= _numbers(bound) if relation == ">=" else number < _numbers(bound)
        for relation, bound in _BOUND.findall(bounds)
    )


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with: `2.9.0.post0` is (2, 9), as `2.9` is."""
    found = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
