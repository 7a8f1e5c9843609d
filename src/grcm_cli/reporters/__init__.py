"""How findings are shown, one file each, whose `render(report)` returns text."""

from collections.abc import Callable
from importlib import import_module

from grcm_cli.domain.findings import Report

# `as_` keeps a reporter's file from hiding the standard library's module of that name.
_FILES = {
    "full": "full",
    "concise": "concise",
    "json": "as_json",
    "github": "github",
    "gitlab": "gitlab",
    "sarif": "sarif",
    "junit": "junit",
}
NAMES = tuple(_FILES)


def reporter(name: str) -> Callable[[Report], str]:
    """Return what renders a report. Only that reporter's file is imported."""
    render: Callable[[Report], str] = import_module(f"{__name__}.{_FILES[name]}").render
    return render
