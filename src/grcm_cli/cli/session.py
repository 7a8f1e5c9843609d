"""What a command asks of the machine once: the day, the data folder, the terminal."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from typer.models import Context

from grcm_cli.cache.location import file_of, is_large
from grcm_cli.cli.command_line import COLOURS, given, terminal_columns
from grcm_cli.cli.errors import WrongUse, filled
from grcm_cli.cli.loaded_record import LoadedRecord
from grcm_cli.domain.deadlines import parse_day
from grcm_cli.domain.findings import Finding
from grcm_cli.formats import renderer
from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.language.text import LANGUAGES, _, clean, language_of
from grcm_cli.storage.paths import REGISTER, find_folder, shown_path

_NO_TERMINAL = 100  # columns of a table where no terminal is near


class Session(NamedTuple):
    """The day, the language, the page and the folder that one run answers with."""

    as_of: date
    language: str
    page: Terminal
    data: str | None
    here: Path
    use_cache: bool = True
    """Whether what was read may be cached, outside of the folder, for the next command."""

    @classmethod
    def of(cls, context: Context) -> "Session":
        """Return the session that the command line and the environment ask for.

        Raises WrongUse for a day, a language or a colour that there is not.
        """
        environment = os.environ
        data = given(context, "data")
        return cls(
            as_of=_as_of(given(context, "as_of"), environment),
            language=_language(given(context, "lang"), environment),
            page=Terminal(
                terminal_columns(environment) or _NO_TERMINAL,
                _colour(given(context, "color"), environment),
            ),
            data=environment.get("GRCM_DATA") or None if data is None else data,
            here=Path.cwd(),
            use_cache=not (given(context, "no_cache") or environment.get("GRCM_NO_CACHE")),
        )

    def folder(self, start: Path | None = None) -> Path:
        """Return the data folder. Raises WrongUse where there is none."""
        if self.data is not None:
            if not self.data:
                raise WrongUse(_("{option} needs a value"), option="--data")
            folder = Path(os.path.abspath(self.data))  # noqa: PTH100 - `..` goes, links stay
            for candidate in (folder, folder / "data"):
                if (candidate / REGISTER).is_file():
                    return candidate
            problem = (
                _("{path} has no register.yaml")
                if folder.is_dir()
                else _("there is no folder {path}")
            )
            misnamed = self._misnamed_register(folder)
            make = _("grcm init {path} makes one").format(path=clean(self.data))
            hint = misnamed or (make if folder.is_dir() else "")
            raise WrongUse(problem, hint, path=self.data)
        found = find_folder(start or self.here) or find_folder(self.here)
        if found is None:
            message = _("no data folder here or above: there is no register.yaml (see --data)")
            hint = self._misnamed_register(self.here) or _("grcm init makes one")
            raise WrongUse(message, hint)
        return found

    def _misnamed_register(self, folder: Path) -> str:
        """Return what to do with a file that stands for register.yaml here or in `data`."""
        from grcm_cli.storage.stray_files import stray_registers  # 2 ms, only without a register

        for place in (folder, folder / "data"):
            for name in stray_registers(place):
                message = _("there is {path}: rename it to register.yaml")
                return message.format(path=clean(self.shown(place / name)))
        return ""

    def shown(self, path: Path) -> str:
        """Return a path as messages show it: relative to the working folder if it is below."""
        return shown_path(path, self.here)

    def open(self) -> LoadedRecord:
        """Return all that the data folder says, read from its files.

        Raises typer.Exit where the register itself cannot be read, after saying why.
        """
        return LoadedRecord(self.folder(), self.here, self.as_of, None)

    def open_list(self) -> LoadedRecord:
        """Return what lists show: of unchanged files without their places and texts, as cached.

        Raises typer.Exit as `open` does.
        """
        folder = self.folder()
        path = file_of(folder, os.environ) if self.use_cache and is_large(folder) else None
        cache = None
        if path is not None:
            from grcm_cli.cache.file_cache import FileCache  # 6 ms

            cache = FileCache(folder, path)
        return LoadedRecord(folder, self.here, self.as_of, cache)

    def show(
        self, listing: Listing, format_name: str, nothing: str, problems: Sequence[Finding]
    ) -> None:
        """Write a list to stdout; where it is empty, say so on stderr.

        `problems` are errors in the data, for which the list may be incomplete.
        """
        content = listing._replace(language=self.language, problems=problems)
        write(renderer(format_name)(content, self.page))
        if not listing.items:
            say(nothing)


def write(text: str) -> None:
    """Write an answer to stdout."""
    sys.stdout.write(text)


def write_bytes(data: bytes, *, is_text: bool) -> None:
    """Write an answer to stdout: a text in UTF-8 in the terminal's encoding, else as it is."""
    if is_text:
        write(data.decode())
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def write_line(sentence: str, **values: object) -> None:
    """Write a line to stdout, its placeholders filled."""
    sys.stdout.write(f"{filled(sentence, values)}\n")


def say(sentence: str, **values: object) -> None:
    """Write a sentence that is no part of the answer to stderr, its placeholders filled."""
    sys.stderr.write(f"{filled(sentence, values)}\n")


def _as_of(written: str | None, environment: Mapping[str, str]) -> date:
    name = "GRCM_AS_OF" if written is None else "--as-of"
    text = environment.get(name) or None if written is None else written
    if text is None:
        return date.today()  # noqa: DTZ011 - the day where the reader is
    day = parse_day(text)
    if day is None:
        from grcm_cli.reader.advice import wrong_day  # 20 ms, only for mistakes

        raise WrongUse("{name}: {problem}", name=name, problem=wrong_day(text))
    return day


def refuse_unknown(name: str, text: str, choices: Sequence[str]) -> None:
    """Raise WrongUse for a value of an option that is not one of the choices."""
    if text not in choices:
        message = _("{name}: '{text}' is not one of: {choices}")
        raise WrongUse(message, name=name, text=text, choices=", ".join(choices))


def _language(written: str | None, environment: Mapping[str, str]) -> str:
    for name, text in (("--lang", written), ("GRCM_LANG", environment.get("GRCM_LANG") or None)):
        if text is not None:
            refuse_unknown(name, text, LANGUAGES)
            return text
    return language_of(environment)


def _colour(written: str | None, environment: Mapping[str, str]) -> bool:
    if written is not None:
        refuse_unknown("--color", written, COLOURS)
        if written != "auto":
            return written == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and sys.stdout.isatty()
