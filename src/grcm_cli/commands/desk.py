"""The desk of a command: what it asks of the machine once (today, the folder, the terminal)."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import NamedTuple

from typer.models import Context

from grcm_cli import findings as results
from grcm_cli.checker import check, without_ignored
from grcm_cli.commands.frame import COLOURS, given
from grcm_cli.commands.stops import NoList, WrongUse
from grcm_cli.deadlines import DAY_FORM, parse_day
from grcm_cli.exporter import Listing, Page
from grcm_cli.findings import Finding
from grcm_cli.formats import renderer
from grcm_cli.loader import MEETINGS, PROGRESS, REGISTER, Loaded, find_folder, load
from grcm_cli.register import Register
from grcm_cli.reporters.concise import sentence
from grcm_cli.rules import meaning_rules
from grcm_cli.text import LANGUAGES, _, clean, language_of, ngettext

_NO_TERMINAL = 100  # columns of a table that goes into a file or another program


class Desk(NamedTuple):
    """The day, the language, the page and the folder that one run answers with."""

    as_of: date
    language: str
    page: Page
    data: str | None
    here: Path

    @classmethod
    def of(cls, context: Context) -> "Desk":
        """Return the desk that the command line and the environment ask for.

        Raises WrongUse for a day that is none.
        """
        environment = os.environ
        return cls(
            as_of=_as_of(given(context, "as_of"), environment),
            language=language_wanted(given(context, "lang"), environment),
            page=Page(_width(environment), _colour(given(context, "color"), environment)),
            data=_first(given(context, "data"), environment.get("GRCM_DATA") or None),
            here=Path.cwd(),
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

    def open(self) -> "Opened":
        """Return all that the data folder says.

        Raises NoList where the register itself cannot be read, after saying why.
        """
        loaded = load(self.folder(), self.here)
        if loaded.register is None:
            _tell(loaded.findings)
            raise NoList(results.exit_code(loaded.findings) or 1)
        return Opened(loaded.register, loaded, self.as_of)

    def show(self, listing: Listing, format_name: str, nothing: str) -> None:
        """Write a list to stdout; where it is empty, say so on stderr."""
        write(renderer(format_name)(listing, self.page))
        if not listing.records:
            say(nothing)


class Opened:
    """The register that was read, and all that makes an answer from it doubtful."""

    def __init__(self, register: Register, loaded: Loaded, as_of: date) -> None:
        self.register = register
        found = [*loaded.findings, *check(register, meaning_rules(), as_of)]
        self._findings, _unused = without_ignored(found, loaded.ignores)

    @property
    def doubtful(self) -> list[str]:
        """The files with errors, as they are called in the data folder, wherever that lies."""
        paths = {PurePath(one.at.path) for one in self._findings if one.severity == "error"}
        return sorted(
            f"{path.parent.name}/{path.name}"
            if path.parent.name in (MEETINGS, PROGRESS)
            else path.name
            for path in paths
        )

    def finish(self, found: Sequence[object], *, wanted: bool) -> int:
        """Name on stderr what is missing or doubtful; return the exit code of a list.

        3 or 1 for what is wrong in the data; else 5 where it is `wanted` and the list not empty.
        """
        _tell(self._findings)
        return results.exit_code(self._findings) or (5 if wanted and found else 0)


def write(text: str) -> None:
    """Write an answer to stdout."""
    sys.stdout.write(text)


def say(text: str) -> None:
    """Write a sentence that is no part of the answer to stderr."""
    sys.stderr.write(f"{text}\n")


def _tell(findings: Sequence[Finding]) -> None:
    """Name each file that has errors, or is no data at all: its first one, and how many more."""
    by_file: dict[str, list[Finding]] = {}
    for finding in results.in_order(findings):
        if finding.severity == "error" or finding.rule == results.IGNORED:
            by_file.setdefault(finding.at.path, []).append(finding)
    for found in by_file.values():
        more = ngettext("; {count} more error", "; {count} more errors", len(found) - 1)
        rest = more.format(count=len(found) - 1) if len(found) > 1 else ""
        say(sentence(found[0], rest).rstrip("\n"))
    if by_file:
        say(_("In these places the answer may be incomplete or wrong. Details: grcm validate"))


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
    try:
        return os.get_terminal_size(1).columns or _NO_TERMINAL
    except OSError:
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
