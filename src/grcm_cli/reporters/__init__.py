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
_SERVICES = {"json": "as_json", **{name: name for name in OF_REPOSITORY}}
"""The functions of `services`, by their formats; the others have a file of their own."""


def reporter(name: str) -> Callable[[Report, Terminal], str]:
    """Return the function that renders a report. Only its file is imported."""
    module = import_module(f"{__name__}.{'services' if name in _SERVICES else name}")
    render: Callable[[Report, Terminal], str] = getattr(module, _SERVICES.get(name, "render"))
    return render
