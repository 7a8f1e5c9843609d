"""The layout of a data folder: the names in it, how it is found, how its paths are shown."""

import os
from collections.abc import Mapping
from pathlib import Path

REGISTER = "register.yaml"
MEETINGS = "meetings"
PROGRESS = "progress"
TEMPLATES = "templates"
"""The folder of a secretariat's own letter templates: no data, so no rule checks it."""


def find_folder(start: Path) -> Path | None:
    """Return the first of a folder and those above it that is or has (`data`) a data folder."""
    for folder in (start, *start.parents):
        for candidate in (folder / "data", folder):
            if (candidate / REGISTER).is_file():
                return candidate
    return None


def shown_path(path: Path, seen_from: Path) -> str:
    """Return a path with `/`, relative to the working folder if it is below that."""
    try:
        return path.relative_to(seen_from).as_posix()
    except ValueError:
        return path.as_posix()


def search_path(environment: Mapping[str, str]) -> list[str]:
    """Return the folders where programs are looked for: the absolute entries of PATH.

    An empty entry and `.` stand for the working folder, whose files are data and no programs.
    """
    entries = environment.get("PATH", os.defpath).split(os.pathsep)
    return [entry for entry in entries if os.path.isabs(entry)]  # noqa: PTH117 - a word, no path yet
