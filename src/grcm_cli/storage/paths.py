"""The layout of a data folder: the names in it, how it is found, how its paths are shown."""

import os
from collections.abc import Mapping
from pathlib import Path

REGISTER = "register.yaml"
MEETINGS = "meetings"
PROGRESS = "progress"
SCHEMA_FOLDER = ".schemas"
"""The folder of the schemas for editors."""
TEMPLATES = "templates"
"""The folder of a secretariat's own letter templates: no data, so no rule checks it."""


def find_folder(start: Path) -> Path | None:
    """Return the first of a folder and those above it that is or has (`data`) a data folder."""
    for folder in (start, *start.parents):
        for candidate in (folder / "data", folder):
            if (candidate / REGISTER).is_file():
                return candidate
    return None


def folder_named(place: str) -> Path | None:
    """Return the data folder that a path is or has (`data`); None where it has no register."""
    folder = Path(os.path.abspath(place))  # noqa: PTH100 - `..` goes, links stay
    candidates = (folder, folder / "data")
    return next((path for path in candidates if (path / REGISTER).is_file()), None)


def folder_if_known(place: str) -> Path | None:
    """Return what `folder_named` does; None too where the system does not say."""
    try:
        return folder_named(place)
    except OSError:
        return None


def is_data_file(path: Path, folder: Path) -> bool:
    """Tell whether a path is that of register.yaml or of a file in `meetings` or `progress`."""
    name = Path(os.path.abspath(path)).parts  # noqa: PTH100 - `..` goes, links stay
    base = Path(os.path.abspath(folder)).parts  # noqa: PTH100 - as above
    inside = name[len(base) :] if name[: len(base)] == base else ()
    return inside == (REGISTER,) or (len(inside) == 2 and inside[0] in (MEETINGS, PROGRESS))


def leads_outside(path: Path, folder: Path) -> bool:
    """Tell whether a path's links lead out of a folder, which may itself be reached by a link.

    What is not there counts too: a file made through such a link would lie outside.
    """
    real = Path(os.path.realpath(path))
    return not real.is_relative_to(os.path.realpath(folder))


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
