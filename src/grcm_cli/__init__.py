"""grcm: who must do what by when, from the numbered conclusions of meetings.

For other programs, `import grcm_cli as grcm` is a library: `grcm.load(folder)` and the names in
`__all__`. Every other name in this package may change at any time.
"""

from collections.abc import Sequence
from importlib import import_module

__version__ = "0.9.0"

# Their types are in __init__.pyi: an import here, even one for type checkers alone, would make a
# circle with the modules below that ask for the version.
__all__ = [
    "Change", "ChangeKind", "Conclusion", "Contact", "Each", "Finding", "Kind", "Link", "LinkKind",
    "Mandate", "Meeting", "Membership", "Party", "PartyKind", "Progress", "Record", "RecordError",
    "Report", "Severity", "State", "Task", "Term", "load",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import the library when it is first used: the command line does without it."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module("grcm_cli.library.record"), name)


def __dir__() -> Sequence[str]:
    return [*__all__, "__all__", "__doc__", "__version__"]
