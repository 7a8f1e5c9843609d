"""The options that every command takes, and what is kept of those that commands share."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import typer
from typer.core import TyperOption

from grcm_cli.language.text import LANGUAGES, _

COLOURS = ("auto", "always", "never")
_COMMON = "grcm_cli.common"  # the key of these options among what a context carries


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


def kept_option(names: str, **more: Any) -> TyperOption:  # noqa: ANN401 - what the class takes
    """Return an option whose value `given` returns, by its first long name or the word behind it.

    `names` are as `--data DIR`; without a word for the value it takes none.
    """
    words = names.split()
    is_flag = words[-1].startswith("-")
    return TyperOption(
        param_decls=words if is_flag else words[:-1], metavar=None if is_flag else _(words[-1]),
        is_flag=is_flag, callback=_keep, expose_value=False, **more,
    )  # fmt: skip


def common_options() -> list[TyperOption]:
    """Return the options that grcm and every command take."""
    return [
        kept_option("--data DIR", multiple=True),
        kept_option("--as-of DAY"),
        kept_option(f"--lang {'|'.join(LANGUAGES)}"),
        kept_option(f"--color {'|'.join(COLOURS)}"),
        kept_option("--no-cache"),
        kept_option("--debug"),
    ]
