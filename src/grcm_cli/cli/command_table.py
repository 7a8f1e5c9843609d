"""What is known of the commands without importing them: names, help texts, the options of all."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from keyword import iskeyword
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperOption

from grcm_cli.language.text import LANGUAGES, N_, _, fold, word_tables

COLOURS = ("auto", "always", "never")
_COMMON = "grcm_cli.common"  # the key of the options of all among what a context carries


def help_sections(text: str) -> dict[str, tuple[str, str]]:
    """Return what each command does and the lines of its options, from the text of `help.txt`."""
    sections = {}
    for section in text.split("\n[")[1:]:
        name, _sign, lines = section.partition("]\n")
        about, _gap, options = f"\n{lines}".rstrip().partition("\n  ")
        paragraphs = about.strip().split("\n\n")
        sections[name] = "\n\n".join(block.replace("\n", " ") for block in paragraphs), options
    return sections


def option_texts(lines: str) -> dict[str, str]:
    """Return what each option and argument is for, from their lines in `help.txt`."""
    items = (item.partition(": ") for item in lines.replace("\n      ", " ").split("\n  "))
    return {option: about for option, _sign, about in items}


_SECTIONS = help_sections(Path(__file__).with_name("help.txt").read_text(encoding="utf-8"))
_SHARED = _SECTIONS.pop("options")[1]
HELP = {name: about for name, (about, _options) in _SECTIONS.items()}
"""Each command's `--help`, in the order of `grcm --help`; its first paragraph is its line there."""

NAMES = tuple(HELP)
_CHOOSING = (
    *("before", "after", "within", "party", "body", "meeting", "state", "kind", "theme"),
    "unassigned",
)
_LISTED = ("columns", "format_name", "exit_code")
LIST_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "due": (*_CHOOSING, "unreported", "closed", "each", "sort", *_LISTED),
    "overdue": (
        *("party", "body", "meeting", "theme", "encouragements", "unreported", "each", "sort"),
        *_LISTED,
    ),
    "tasks": (
        *("body", "meeting", "state", "kind", "theme", "unreported", "closed", "sort", *_LISTED),
    ),
    "meetings": ("body", *_LISTED),
    "search": _LISTED,
    "matrix": ("body", "theme", "unreported", "format_name", "exit_code"),
    "stats": ("columns", "format_name"),
    "changes": ("party", "body", "meeting", "theme", *_LISTED),
    "log": ("columns", "format_name"),
    "diff": _LISTED,
    "export": (*_CHOOSING, "closed", "sort", "columns"),
}
"""The options of lists that a command takes, by their names in `cli/options.py`."""
SENT = ("export", "site", "agenda", "remind")
"""The commands whose answers are published or sent: they have nothing that is internal."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Ask"): (
        *("due", "overdue", "tasks", "show", "meetings", "search", "matrix", "stats"),
        *("changes", "log", "diff"),
    ),
    N_("Record"): ("record", "draft", "import", "new", "rename"),
    N_("Share"): SENT,
    N_("Check"): ("validate", "explain"),
    N_("Set up"): ("init", "schema", "lsp"),
}
"""The commands as `grcm --help` shows them; the others are only in the manual."""
EXAMPLES: Mapping[str, str] = {
    "grcm due": N_("What is to be done, by everybody."),
    "grcm tasks MEX": N_("What a party owes."),
    "grcm record done GRCM-2002-10/8#1 --by MEX": N_("Record that the party has done it."),
}
"""What is asked most, each with what it does."""
OVERVIEW = "overview"  # what runs where no command is named; nobody types it
_MODULES: Mapping[str, str] = {
    **dict.fromkeys(("due", "overdue", OVERVIEW), "tasks"),
    **dict.fromkeys(("changes", "log", "diff"), "history"),
    **dict.fromkeys(("init", "new", "rename"), "folder"),
    **dict.fromkeys(("meetings", "search", "matrix", "stats"), "lists"),
    **dict.fromkeys(("agenda", "remind"), "letters"),
    **dict.fromkeys(("explain", "help", "completion", "lsp", "cache"), "program"),
}
INSTEAD_OF_ARGUMENT: Mapping[str, str] = {
    "due": "tasks {words}",
    "overdue": "overdue --party {words}",
    "meetings": "meetings --body {words}",
    "changes": "changes --since {words}",
    **{name: f"{name} {{words}}" for name in ("tasks", "remind", "agenda")},
}
"""What to write where somebody gives one of these commands an argument too many, as a name."""

ALIKE = ("due", "overdue", "tasks", "changes", "matrix", "stats", "meetings")
"""Lists of which one may have an option that another has not; the first that has it is named."""
PREPOSITION = re.compile(
    r"\A(?:desde|después|para|hasta|antes|del?|since|after|for|of|by|before) "
    r"(?:(?:el|la|de|the) )?",
    re.IGNORECASE,
)
"""What may stand before words that are given as an argument: `desde 2026-11-01` is a day."""


def function_of(name: str) -> tuple[str, str]:
    """Return a command's module and function; `import` is a word of Python's own."""
    function = f"{name}_" if iskeyword(name) else name
    return _MODULES.get(name, function), function


@cache
def other_words() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the words that people write for commands: by language, by command."""
    return word_tables("commands.toml")


def words_for_commands() -> Iterator[tuple[str, str]]:
    """Yield each word that names a command, with the command: its own name, then other words."""
    yield from ((name, name) for name in NAMES)
    for by_command in other_words().values():
        for name, words in by_command.items():
            yield from ((word, name) for word in words)


def command_named(word: str) -> str | None:
    """Return the command that a word names, by its name or by another word for it; else None."""
    if word in (*HELP, OVERVIEW):
        return word
    folded = fold(word)
    return next((name for alias, name in words_for_commands() if fold(alias) == folded), None)


def summary(name: str) -> str:
    """Return the line of a command in `grcm --help`, in the reader's language."""
    return _(HELP[name]).partition("\n\n")[0]


def options_help(command: str = "") -> Mapping[str, str]:
    """Return what options and arguments are for, in English: those of a command before others."""
    return option_texts(_SHARED) | option_texts(_SECTIONS.get(command, ("", ""))[1])


def given(context: typer.Context) -> Mapping[str, Any]:
    """Return the options that are common to commands or to lists, by their parameters' names.

    Each as it was written last, before or after the command; else its default, if it has one.
    """
    written: Mapping[str, Any] = context.meta.get(_COMMON, {})
    return written


def terminal_columns(environment: Mapping[str, str]) -> int | None:
    """Return the width that COLUMNS or the terminal has, None where there is neither."""
    columns = environment.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < 5 and int(columns) > 0:
        return int(columns)
    # Of `grcm matrix | less` the terminal is still there, where messages go.
    for stream in (1, 2):
        with suppress(OSError):
            if width := os.get_terminal_size(stream).columns:
                return width
    return None


def wants_colour(written: str, environment: Mapping[str, str]) -> bool:
    """Tell whether stdout gets colours: as `--color` says, else the environment and the stream."""
    if written != "auto" or environment.get("NO_COLOR"):
        return written == "always"
    is_terminal = environment.get("TERM") != "dumb" and sys.stdout.isatty()
    return is_terminal or bool(environment.get("FORCE_COLOR"))


def _keep(context: typer.Context, parameter: typer.CallbackParam, value: Any) -> None:  # noqa: ANN401 - of any option
    """Note the value of an option for `given`, and return none: no command takes it."""
    written = context.meta.setdefault(_COMMON, {})
    if getattr(parameter, "multiple", False):
        written[parameter.name] = (*written.get(parameter.name, ()), *(value or ()))
    elif value is not None:
        written[parameter.name] = value


def kept_option(names: str, metavar: str = "", **settings: Any) -> TyperOption:  # noqa: ANN401 - what the class takes
    """Return an option whose value `given` returns by its first long name, or by the first word.

    `names` are as `--data`. Without a `metavar`, the word for its value, it takes none.
    """
    return TyperOption(
        param_decls=names.split(), metavar=metavar or None, is_flag=not metavar,
        callback=_keep, expose_value=False, **settings,
    )  # fmt: skip


def common_options() -> list[TyperOption]:
    """Return the options that grcm and every command take."""
    return [
        kept_option("--data", _("DIR"), multiple=True),
        kept_option("--as-of", _("DAY")),
        kept_option("--lang", "|".join(LANGUAGES)),
        kept_option("--color", "|".join(COLOURS)),
        kept_option("--no-cache"),
        kept_option("--debug"),
    ]
