"""What runs instead of a command: the version, and what shells are told while somebody types."""

import os
from collections.abc import Iterator
from typing import Any

import typer
from typer import completion as typer_completion

from grcm_cli import __version__
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.session import Session, write
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, clean
from grcm_cli.storage.loader import load

_VARIABLE = "_GRCM_COMPLETE"
_shells: Any = typer_completion  # it uses these functions without exporting them


def version() -> None:
    """Write the version."""
    write(f"grcm {__version__}\n")


def answer_shell(group: Any) -> int:
    """Write the completions that a shell asks for in its environment; return the exit code."""
    _shells.completion_init()
    if not {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"} & set(os.environ):
        return 2
    code: int = _shells.shell_complete(group, {}, "grcm", _VARIABLE, os.environ[_VARIABLE])
    return code


def install_completion() -> None:
    """Add the completion to the start file of the shell that runs us."""
    _shells.completion_init()
    shell, path = _shells.install(shell=_shell(), prog_name="grcm", complete_var=_VARIABLE)
    message = _("Completion for {shell} is in {path}; it works in the next shell you open.")
    write(message.format(shell=shell, path=path) + "\n")


def show_completion() -> None:
    """Write what would be added to the shell's start file."""
    _shells.completion_init()
    script = _shells.get_completion_script(prog_name="grcm", complete_var=_VARIABLE, shell=_shell())
    write(f"{script}\n")


def _shell() -> str:
    import shellingham  # typer's own way of finding it

    try:
        name: str = shellingham.detect_shell()[0]
    except (shellingham.ShellDetectionFailure, OSError) as error:
        raise WrongUse(
            _("the shell is not known: run this from bash, zsh, fish or PowerShell")
        ) from error
    return name


def suggest(context: typer.Context, kind: str, incomplete: str) -> list[tuple[str, str]]:
    """Return words with their meaning; none where the data folder is not to be read.

    A shell takes only words that begin as what is typed, so a code typed in small letters gets
    its suggestions in small letters, which every command takes too.
    """
    try:
        session = Session.of(context)
        register = load(session.folder(), session.here).register
    except (WrongUse, OSError):
        return []
    if register is None:
        return []
    found = _choices(register, kind, session.language)
    begin = incomplete.casefold()
    lower = incomplete.islower()
    return [
        (word.lower() if lower else word, clean(meaning))
        for word, meaning in found
        if word.casefold().startswith(begin)
    ]


def _choices(register: Register, kind: str, language: str) -> Iterator[tuple[str, str]]:
    if kind in ("party", "body"):
        for party in register.parties:
            if kind == "party" or party.kind == "body":
                yield party.code, party.name.shown(language)
        return
    for meeting in register.meetings:
        yield meeting.id, meeting.title.shown(language) if meeting.title else ""
        if kind == "reference":
            yield from _references(meeting, language)


def _references(meeting: Meeting, language: str) -> Iterator[tuple[str, str]]:
    for conclusion in meeting.conclusions or ():
        address = f"{meeting.id}/{conclusion.number}"
        yield address, conclusion.text.shown(language)[:60]
        for mandate in conclusion.mandates:
            if mandate.of_several:
                action = mandate.action.shown(language) if mandate.action else ""
                yield f"{address}#{mandate.ordinal}", action[:60]
