"""The formats of findings: one file each, whose `render(report)` returns text."""

from collections.abc import Callable
from importlib import import_module

from grcm_cli.domain.findings import Report

# A file named `json` would hide the standard library's module from its neighbours.
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
    """Return the function that renders a report. Only its file is imported."""
    render: Callable[[Report], str] = import_module(f"{__name__}.{_FILES[name]}").render
    return render
