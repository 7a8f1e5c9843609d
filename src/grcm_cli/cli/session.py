"""What a command asks of the machine and its user: the day, the data folder, the terminal."""

import os
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from typer import Exit
from typer.models import Context

from grcm_cli.cli.command_table import COLOURS, SENT, given, terminal_columns, wants_colour
from grcm_cli.cli.records import LoadedRecord, LoadedRecords, MeetingsNeed, UnreadRecord
from grcm_cli.domain.findings import UNREADABLE, Finding, by_file, doubtful
from grcm_cli.domain.model import Location
from grcm_cli.domain.task import select
from grcm_cli.formats import FORMATS, drawn, rendered
from grcm_cli.formats.listing import Listing, Terminal, incomplete_note
from grcm_cli.language import text
from grcm_cli.language.grammar import rewording
from grcm_cli.language.text import LANGUAGES, _, clean, fold, labelled, language_of, reason
from grcm_cli.lookups import names
from grcm_cli.lookups.errors import ExitCode, WrongUse, filled
from grcm_cli.storage.paths import find_folder, folder_if_known, shown_path
from grcm_cli.views.tasks import ORDERS, TaskSelection

TaskAnswers = Sequence[tuple[LoadedRecord, TaskSelection]]
"""The records that answer, each with its tasks."""
SEVERAL = "due, overdue, tasks, changes, export csv|xlsx|json|md|ics"
"""The commands that read several records."""
_NO_TERMINAL = 100  # columns of a table where no terminal is near
# Terminals of which each version in use knows links (OSC 8).
_LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "tmux")
_LINKING_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "ALACRITTY_WINDOW_ID")
_LINKING_VTE = 5000  # version 0.50: GNOME's terminal and others


class Session(NamedTuple):
    """The day, the language, the page and the folder that one run answers with."""

    context: Context  # the command line, parsed
    as_of: date
    language: str
    page: Terminal
    data: tuple[str, ...]
    """The data folders that are named, each once; none where the folder is found from here."""
    cwd: Path
    is_public: bool = False
    """Whether the answer may leave the secretariat: it has nothing internal or confidential."""
    use_cache: bool = True
    """Whether what was read may be cached, outside of the folder, for the next command."""
    filters: names.Filters = names.Filters()  # of a list; so are the next ones
    sort: str = "due"
    each: bool = False
    columns: str | None = None  # those that are asked for, with commas between them
    format_name: str = "table"
    exit_code: bool = False  # whether the exit code tells that the list is not empty

    @classmethod
    def of(cls, context: Context) -> "Session":
        """Return the session that the command line and the environment ask for.

        Raises WrongUse for a day, a language or a colour that there is not.
        """
        environment, written = os.environ, given(context)
        if "as_of" not in written and not environment.get("GRCM_AS_OF"):
            zone, name = environment.get("TZ", "").removeprefix(":"), time.tzname[0]
            is_named = zone.startswith(name) and name not in ("UTC", "GMT")
            is_known = time.timezone or time.daylight or re.search(r"\d", zone)
            if zone and is_named and not is_known:
                message = _("TZ: there is no time zone '{name}'; today's date is taken in UTC")
                say(message, name=zone)
        colour = written.get("color", "auto")
        names.refuse_unknown("--color", colour, COLOURS)
        is_coloured = wants_colour(colour, environment)
        vte = environment.get("VTE_VERSION", "")
        knows_links = (
            environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
            or any(environment.get(name) for name in _LINKING_VARIABLES)
            or (vte.isdecimal() and int(vte) >= _LINKING_VTE)
        )
        links = is_coloured and knows_links and sys.stdout.isatty()
        listed = FORMATS.get(str(context.params.get("format_name") or written.get("format_name")))
        is_for_programs = listed is not None and not (listed.is_own or written.get("internal"))
        as_of = names.as_of_day(written.get("as_of"), environment)
        language = written.get("lang", environment.get("GRCM_LANG") or language_of(environment))
        names.refuse_unknown("--lang" if "lang" in written else "GRCM_LANG", language, LANGUAGES)
        of_filters = names.Filters._fields
        return cls(
            context=context,
            as_of=as_of,
            language=language,
            page=Terminal(terminal_columns(environment) or _NO_TERMINAL, is_coloured, links),
            data=_each_once(written.get("data") or _data_folders(environment)),
            cwd=Path.cwd(),
            is_public=context.info_name in SENT or is_for_programs,
            use_cache=not (written.get("no_cache") or environment.get("GRCM_NO_CACHE")),
            filters=names.Filters(**{key: written[key] for key in of_filters if key in written}),
            **{key: written[key] for key in cls._field_defaults if key in written},
        )

    def is_given(self, parameter: str) -> bool:
        """Tell whether the command line has an option or argument, by its parameter's name."""
        contexts = filter(None, (self.context, self.context.parent))  # or before the command
        sources = [context.get_parameter_source(parameter) for context in contexts]
        return any(source is not None and source.name == "COMMANDLINE" for source in sources)

    def folder(self, start: Path | None = None) -> Path:
        """Return the data folder. Raises WrongUse where there is none, or several are named."""
        if len(self.data) > 1:
            message = _("this command reads one record, but {count} folders are named: {folders}")
            hint = _("name one, as in {command}").format(command=f"--data {clean(self.data[0])}")
            commands = _("commands that read several records: {commands}").format(commands=SEVERAL)
            folders = ", ".join(self.data)
            raise WrongUse(message, hint, commands, count=len(self.data), folders=folders)
        if self.data:
            if not self.data[0]:
                raise WrongUse(_("{option} needs a value"), option="--data")
            return names.find_data_folder(self.data[0], self.cwd)
        folder = find_folder(start or self.cwd) or find_folder(self.cwd)
        if folder is None:
            message = _("no data folder here or above: there is no register.yaml (see --data)")
            hint = names.misnamed_register(self.cwd, self.cwd) or _("grcm init creates one")
            raise WrongUse(message, hint)
        return folder

    def folders(self) -> list[Path]:
        """Return the data folders of this run: one, or those that are there of several."""
        if len(self.data) < 2:
            return [self.folder()]
        return [folder for place in self.data if (folder := folder_if_known(place))]

    def absolute(self, path: str | Path) -> Path:
        """Return a path that is written from the working folder as an absolute one."""
        return Path(os.path.abspath(self.cwd / path))  # noqa: PTH100 - `..` goes, links stay

    def shown(self, path: Path) -> str:
        """Return a path as messages show it: relative to the working folder if it is below."""
        return shown_path(path, self.cwd)

    def open(self, meetings: MeetingsNeed = "needed") -> LoadedRecord:
        """Return all that the data folder says. Raises typer.Exit, having said why it is none."""
        try:
            record = self._read(self.folder(), meetings)
        except UnreadRecord as unread:
            raise Exit(LoadedRecords([unread]).finish()) from unread
        if nouns := record.register.process.conclusion:
            text.set_rewordings({code: rewording(noun, code) for code, noun in nouns.items()})
        return record

    def open_each(self, meetings: MeetingsNeed = "needed") -> LoadedRecords:
        """Return all that the data folders say that are named, for a list over several records.

        Of several, the others answer where one cannot be read. Raises typer.Exit where none can.
        """
        if len(self.data) < 2:
            return LoadedRecords([self.open(meetings)])
        opened: list[LoadedRecord | UnreadRecord] = []
        for place in self.data:
            try:
                opened.append(self._read(names.find_data_folder(place, self.cwd), meetings))
            except UnreadRecord as unread:
                opened.append(unread)
            except (WrongUse, OSError) as error:
                sentence, code = str(error), ExitCode.WRONG_USE
                if isinstance(error, OSError):
                    failed = _("system error: {reason}").format(reason=reason(error))
                    sentence, code = labelled(failed, clean(place)), ExitCode.MACHINE_FAILED
                problem = Finding(Location(place, 1, 1), "error", UNREADABLE, sentence)
                path, sentence = folder_if_known(place) or Path(place), f"grcm: {sentence}"
                opened.append(UnreadRecord(path, self.shown(path), [problem], sentence, code))
        records = LoadedRecords(opened)
        if not records.records:
            raise Exit(records.finish())
        return records

    def _read(self, folder: Path, meetings: MeetingsNeed) -> LoadedRecord:
        cached, public = self.use_cache, self.is_public
        return LoadedRecord(
            folder, self.cwd, self.as_of, meetings, use_cache=cached, is_public=public
        )

    def selection(
        self, record: LoadedRecord, filters: names.Filters, *, is_whole: bool = False
    ) -> TaskSelection:
        """Return the tasks that match filters, in the order that is asked for. Raises WrongUse.

        Where a table is drawn, or it `is_whole`, it has all tasks among which they are counted.
        """
        query = names.build_query(record.register, record.as_of, filters)
        is_whole = is_whole or FORMATS[self.format_name].is_drawn
        everything = record.tasks(query._replace(closed=True) if is_whole else query)
        selected = sorted(select(everything, query), key=ORDERS[self.sort])
        return TaskSelection(
            record.register, query, everything, selected,
            self.as_of, self.language, record.process, record.problems,
        )  # fmt: skip

    def text_of(
        self, listing: Listing, problems: Sequence[Finding], notes: Sequence[str] | None = None
    ) -> str:
        """Return a list in its format, with the columns that are asked for.

        `problems` are errors in the data, for which the list may be incomplete; `notes` stand below
        a table in the place of its own. Raises WrongUse for an unknown column, and for a format
        whose records are always whole.
        """
        if self.columns is not None:
            from grcm_cli.formats.columns import METADATA, column_names, with_columns  # 7 ms

            refuse_columns(self.format_name)
            columns = [name.strip() for name in self.columns.split(",")]
            for name in columns:
                if not name.startswith(METADATA):
                    names.refuse_unknown("--columns", name, column_names(listing))
            listing = with_columns(listing, columns)
        if FORMATS[self.format_name].is_drawn:
            table, note = listing.table(), incomplete_note(by_file(doubtful(problems)))
            table = table if notes is None else table._replace(notes=notes)
            return drawn(table, self.page, note, self.format_name)
        content = listing._replace(language=self.language, problems=problems)
        return rendered(self.format_name, content)

    def answer(
        self,
        record: LoadedRecord | LoadedRecords,
        listing: Listing,
        nothing: Callable[[], Sequence[str]],
        *,
        notes: Sequence[str] | None = None,
        has_more: bool = False,
    ) -> int:
        """Write a list, or on stderr the sentences for an empty one; return the exit code.

        `has_more` says that its notes count as items too.
        """
        records = LoadedRecords([record]) if isinstance(record, LoadedRecord) else record
        write(self.text_of(listing, records.problems, notes))
        if not listing.items:
            first, *sentences = nothing()
            say("\n".join([records.nothing(first), *sentences]))
        return records.finish(has_items=self.exit_code and (has_more or bool(listing.items)))


def refuse_columns(format_name: str) -> None:
    """Raise WrongUse for a format that has no columns to choose."""
    listed = FORMATS.get(format_name)
    if listed is None or listed.is_whole:
        raise WrongUse(_("--columns is only for table, plain, csv and md"))


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


def aligned(rows: Mapping[str, str]) -> str:
    """Return commands and what each does, as the lines of two columns."""
    width = max(map(len, rows))
    return "".join(f"  {command.ljust(width)}  {about}\n" for command, about in rows.items())


def say(sentence: str, **values: object) -> None:
    """Write a sentence that is no part of the answer to stderr, its placeholders filled."""
    sys.stderr.write(f"{filled(sentence, values)}\n")


def ask(
    written: str | None,
    option: str,
    question: str,
    check: Callable[[str], str],
    default: str | None = None,
) -> str:
    """Return an option's value, else what is typed at the terminal, else the default.

    A script is asked nothing. `check` returns an answer as it will be used, and raises WrongUse for
    one that is not valid, as this does where there is none.
    """
    is_asked = written is None and sys.stdin.isatty()
    answer = default if written is None else written
    missing = WrongUse(_("{name} is missing"), name=option)
    while is_asked:
        sys.stderr.write(labelled(f"{question} [{default}]" if default else question, ""))
        sys.stderr.flush()
        if not (line := sys.stdin.readline()):
            raise missing
        try:
            return check(line.strip() or default or "")
        except WrongUse as stop:
            sys.stderr.write(f"{stop}\n")
    if answer is None:
        raise missing
    return check(answer)


def confirmed(question: str) -> bool:
    """Return whether the person at the terminal says yes; without a terminal nobody is asked."""
    if not sys.stdin.isatty():
        return True
    agreed = _("yes")
    hint = _("[{yes}/no]").format(yes=agreed)
    reply = ask(None, "--yes", f"{question} {hint}", fold, "")
    return bool(reply) and fold(agreed).startswith(reply)


def _data_folders(environment: Mapping[str, str]) -> tuple[str, ...]:
    text = environment.get("GRCM_DATA", "")
    is_one = os.pathsep not in text or Path(text).is_dir()  # its own name may have a colon
    return tuple(filter(None, [text] if is_one else text.split(os.pathsep)))


def _each_once(places: tuple[str, ...]) -> tuple[str, ...]:
    if len(places) < 2:
        return places
    first: dict[str, str] = {}
    for place in places:
        if not place:
            raise WrongUse(_("{option} needs a value"), option="--data")
        real = os.path.realpath(folder_if_known(place) or place)
        if real in first:
            message = _("{path} is the same folder as {other}: it is read only once")
            say(message, path=place, other=first[real])
        else:
            first[real] = place
    return tuple(first.values())
