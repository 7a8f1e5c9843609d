"""The formats of findings: one file each, whose `render(report)` returns text."""

from collections.abc import Callable
from importlib import import_module

from grcm_cli.domain.findings import Report
from grcm_cli.formats.listing import Terminal

NAMES = ("full", "concise", "json", "github", "gitlab", "sarif", "junit")
OF_REPOSITORY = ("github", "gitlab", "sarif", "junit")
"""The formats for a service that knows files by their paths from the repository's root."""
COMMANDS = ("github",)
"""The formats that are commands to the service that shows them."""


def reporter(name: str) -> Callable[[Report, Terminal], str]:
    """Return the function that renders a report. Only its file is imported."""
    # A file named `json` would hide the standard library's module from its neighbours.
    file = "as_json" if name == "json" else name
    render: Callable[[Report, Terminal], str] = import_module(f"{__name__}.{file}").render
    return render
