"""The desk of a command: what it asks of the machine once (today, the folder, the terminal)."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from typer.models import Context

from grcm_cli.cli.command_line import COLOURS, given
from grcm_cli.cli.errors import WrongUse
from grcm_cli.domain.deadlines import DAY_FORM, parse_day
from grcm_cli.formats import renderer
from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.language.text import LANGUAGES, _, clean, language_of
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, find_folder

if TYPE_CHECKING:
    from grcm_cli.cli.keeping import CachedRecord
    from grcm_cli.cli.loaded_record import LoadedRecord

_WORTH = 300_000  # bytes; below, opening what was kept costs as much as reading
_NO_TERMINAL = 100  # columns of a table where no terminal is near


class Session(NamedTuple):
    """The day, the language, the page and the folder that one run answers with."""

    as_of: date
    language: str
    page: Terminal
    data: str | None
    here: Path
    keeps: bool = True
    """Whether what was read may be kept, outside of the folder, for the next list."""

    @classmethod
    def of(cls, context: Context) -> "Session":
        """Return the desk that the command line and the environment ask for.

        Raises WrongUse for a day that is none.
        """
        environment = os.environ
        return cls(
            as_of=_as_of(given(context, "as_of"), environment),
            language=language_wanted(given(context, "lang"), environment),
            page=Terminal(_width(environment), _colour(given(context, "color"), environment)),
            data=_first(given(context, "data"), environment.get("GRCM_DATA") or None),
            here=Path.cwd(),
            keeps=not (given(context, "no_cache") or environment.get("GRCM_NO_CACHE")),
        )

    def folder(self, start: Path | None = None) -> Path:
        """Return the data folder. Raises WrongUse where there is none."""
        if self.data is not None:
            if not self.data:
                raise WrongUse(_("{option} needs a value").format(option="--data"))
            folder = Path(os.path.abspath(self.data))  # noqa: PTH100 - `..` goes, links stay
            for candidate in (folder, folder / "data"):
                if (candidate / REGISTER).is_file():
                    return candidate
            problem = (
                _("{path} has no register.yaml")
                if folder.is_dir()
                else _("there is no folder {path}")
            )
            raise WrongUse(problem.format(path=clean(self.data)))
        found = find_folder(start or self.here) or find_folder(self.here)
        if found is None:
            raise WrongUse(
                _("no data folder here or above: there is no register.yaml (see --data)")
            )
        return found

    def open(self) -> "LoadedRecord":
        """Return all that the data folder says.

        Raises NoList where the register itself cannot be read, after saying why.
        """
        from grcm_cli.cli.loaded_record import (  # all that reads files; a kept list needs none
            LoadedRecord,
        )

        return LoadedRecord.of(self.folder(), self.here, self.as_of)

    def open_list(self) -> "LoadedRecord | CachedRecord":
        """Return what a list is made from: all that the folder says, or what was kept of it."""
        folder = self.folder()
        if self.keeps and is_large(folder) and _has_sqlite():
            from grcm_cli.cli.keeping import opened_or_recalled  # only for a large folder

            return opened_or_recalled(folder, self.here, self.as_of)
        return self.open()

    def show(self, listing: Listing, format_name: str, nothing: str) -> None:
        """Write a list to stdout; where it is empty, say so on stderr."""
        write(renderer(format_name)(listing, self.page))
        if not listing.records:
            say(nothing)


def is_large(folder: Path) -> bool:
    """Tell whether a folder is so large that a list of it is read faster from what was kept."""
    size = 0
    for name in (MEETINGS, PROGRESS):
        try:
            with os.scandir(folder / name) as found:
                for entry in found:
                    size += entry.stat().st_size
                    if size > _WORTH:
                        return True
        except OSError:
            continue
    return False


def _has_sqlite() -> bool:
    """Tell whether this Python has SQLite, and it can take a database from bytes."""
    try:
        from sqlite3 import Connection  # only for a large folder
    except ImportError:
        return False
    return hasattr(Connection, "deserialize")


def write(text: str) -> None:
    """Write an answer to stdout."""
    sys.stdout.write(text)


def say(text: str) -> None:
    """Write a sentence that is no part of the answer to stderr."""
    sys.stderr.write(f"{text}\n")


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value is not None), None)


def _as_of(written: str | None, environment: Mapping[str, str]) -> date:
    name, text = "--as-of", written
    if text is None:
        name, text = "GRCM_AS_OF", environment.get("GRCM_AS_OF") or None
    if text is None:
        return date.today()  # noqa: DTZ011 - the day where the reader is
    day = parse_day(text)
    if day is None:
        message = _("{name}: '{text}' is no day; write it as {form}")
        raise WrongUse(message.format(name=name, text=clean(text), form=DAY_FORM))
    return day


def language_wanted(written: str | None, environment: Mapping[str, str]) -> str:
    """Return the language asked for. Raises WrongUse for one that there is not."""
    for name, text in (("--lang", written), ("GRCM_LANG", environment.get("GRCM_LANG") or None)):
        if text is not None:
            if text not in LANGUAGES:
                message = _("{name}: '{text}' is not one of: {choices}")
                choices = ", ".join(LANGUAGES)
                raise WrongUse(message.format(name=name, text=clean(text), choices=choices))
            return text
    return language_of(environment)


def _width(environment: Mapping[str, str]) -> int:
    columns = environment.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < 5 and int(columns) > 0:
        return int(columns)
    # Of `grcm matrix | less` the terminal is still there, where messages go.
    for stream in (1, 2):
        with suppress(OSError):
            if found := os.get_terminal_size(stream).columns:
                return found
    return _NO_TERMINAL


def _colour(written: str | None, environment: Mapping[str, str]) -> bool:
    if written is not None and written not in COLOURS:
        message = _("{name}: '{text}' is not one of: {choices}")
        choices = ", ".join(COLOURS)
        raise WrongUse(message.format(name="--color", text=clean(written), choices=choices))
    if written in ("always", "never"):
        return written == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and sys.stdout.isatty()
