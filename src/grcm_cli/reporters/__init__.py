"""The formats of findings: functions that return a report as text."""

from collections.abc import Callable
from importlib import import_module

from grcm_cli.domain.findings import Report
from grcm_cli.formats.listing import Terminal

OF_REPOSITORY = ("github", "gitlab", "sarif", "junit")
"""The formats for a service that knows files by their paths from the repository's root."""
COMMANDS = ("github",)  # the formats that are commands to the service that shows them
_FUNCTIONS = {"full": "people.full", "concise": "people.concise", "json": "services.as_json"}
_FUNCTIONS |= {name: f"services.{name}" for name in OF_REPOSITORY}
NAMES = tuple(_FUNCTIONS)


def reporter(name: str) -> Callable[[Report, Terminal], str]:
    """Return the function that renders a report. Only its file is imported."""
    module, function = _FUNCTIONS[name].split(".")
    render: Callable[[Report, Terminal], str]
    render = getattr(import_module(f"{__name__}.{module}"), function)
    return render
