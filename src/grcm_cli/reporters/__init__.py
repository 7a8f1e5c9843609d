"""The formats of findings: functions that return a report as text."""

from collections.abc import Callable
from importlib import import_module

from grcm_cli.domain.findings import Report
from grcm_cli.formats.listing import Terminal

NAMES = ("full", "concise", "json", "github", "gitlab", "sarif", "junit")
OF_REPOSITORY = ("github", "gitlab", "sarif", "junit")
"""The formats for a service that knows files by their paths from the repository's root."""
COMMANDS = ("github",)
"""The formats that are commands to the service that shows them."""
# A file named `json` would hide the standard library's module from its neighbours.
_FILES = {"json": "as_json", **dict.fromkeys(("github", "gitlab", "junit"), "services")}
"""The file of each format that is not called like it."""


def reporter(name: str) -> Callable[[Report, Terminal], str]:
    """Return the function that renders a report. Only its file is imported."""
    file = _FILES.get(name, name)
    function = name if file == "services" else "render"
    module = import_module(f"{__name__}.{file}")
    render: Callable[[Report, Terminal], str] = getattr(module, function)
    return render
