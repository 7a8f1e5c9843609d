"""How a data folder is laid out: what its files are called, where it is. Nothing is opened."""

from pathlib import Path

REGISTER = "register.yaml"
MEETINGS = "meetings"
PROGRESS = "progress"
TEMPLATES = "templates"
"""The folder of a secretariat's own letters: no data, so that no rule looks at it."""


def find_folder(start: Path) -> Path | None:
    """Return the data folder of a working folder: its own, or that of the first folder above."""
    for folder in (start, *start.parents):
        for candidate in (folder / "data", folder):
            if (candidate / REGISTER).is_file():
                return candidate
    return None


def shown_path(path: Path, seen_from: Path) -> str:
    """Return a path as people read it: from the working folder where it is below it, with `/`."""
    try:
        return path.relative_to(seen_from).as_posix()
    except ValueError:
        return path.as_posix()
