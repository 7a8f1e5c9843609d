"""The layout of a data folder: the names in it, how it is found, how its paths are shown."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

REGISTER = "register.yaml"
MEETINGS = "meetings"
PROGRESS = "progress"
SCHEMA_FOLDER = ".schemas"  # the folder of the schemas for editors
TEMPLATES = "templates"  # a secretariat's own letter templates: no data, so no rule checks it


def find_folder(start: Path) -> Path | None:
    """Return the first of a folder and those above it that is or has (`data`) a data folder."""
    above = (start, *start.parents)
    return _data_folder([place for folder in above for place in (folder / "data", folder)])


def _data_folder(candidates: Sequence[Path]) -> Path | None:
    """Return the first folder with a register, else with something in its place or meetings."""
    for folder in candidates:
        if (folder / REGISTER).is_file():
            return folder
    for folder in candidates:
        if os.path.lexists(folder / REGISTER) or any((folder / MEETINGS).glob("*.yaml")):
            return folder
    return None


def folder_named(place: str) -> Path | None:
    """Return the data folder that a path is or has (`data`); None for another folder."""
    folder = Path(os.path.abspath(place))  # noqa: PTH100 - `..` goes, links stay
    return _data_folder((folder, folder / "data"))


def folder_if_known(place: str) -> Path | None:
    """Return what `folder_named` does; None too where the system does not say."""
    try:
        return folder_named(place)
    except OSError:
        return None


def is_data_file(path: Path, folder: Path) -> bool:
    """Tell whether a path is that of register.yaml or of a file in `meetings` or `progress`."""
    file = Path(os.path.abspath(path))  # noqa: PTH100 - `..` goes, links stay
    base = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    return file == base / REGISTER or file.parent in (base / MEETINGS, base / PROGRESS)


def leads_outside(path: Path, folder: Path) -> bool:
    """Tell whether a path's links lead out of a folder, which may itself be reached by a link.

    What is not there counts too: a file made through such a link would lie outside.
    """
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def repository_root(folder: Path) -> Path:
    """Return the repository of git in which a folder lies; outside of any, the folder itself."""
    return next((path for path in (folder, *folder.parents) if (path / ".git").exists()), folder)


def shown_path(path: Path, seen_from: Path) -> str:
    """Return a path with `/`, relative to the working folder if it is below that."""
    is_below = path.is_relative_to(seen_from)
    return (path.relative_to(seen_from) if is_below else path).as_posix()


def search_path(environment: Mapping[str, str]) -> list[str]:
    """Return the folders where programs are looked for: the absolute entries of PATH.

    An empty entry and `.` stand for the working folder, whose files are data and no programs.
    """
    entries = environment.get("PATH", os.defpath).split(os.pathsep)
    return [entry for entry in entries if os.path.isabs(entry)]  # noqa: PTH117 - a word, no path yet
