"""Shell completion: answer a shell that asks, and install or show the script that makes it ask."""

import os

import shellingham
from typer import _completion_classes  # typer has no public way to do what is used of these
from typer._completion_shared import get_completion_script, install
from typer.completion import shell_complete
from typer.core import TyperGroup

from grcm_cli.cli.errors import WrongUse
from grcm_cli.language.text import _

VARIABLE = "_GRCM_COMPLETE"
"""The environment variable with which a shell asks for completions."""


def answer_shell(group: TyperGroup) -> int:
    """Print the completions that a shell asks for in its environment; return the exit code."""
    _completion_classes.completion_init()
    # typer removes rich's markup from texts, for which it loads rich: 65 ms. Ours have no markup.
    _completion_classes._sanitize_help_text = lambda text: text
    if not {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"} & set(os.environ):
        return 2
    return shell_complete(group, {}, "grcm", VARIABLE, os.environ[VARIABLE])


def install_completion() -> str:
    """Add the completion to the start file of the shell that runs us; return where it is."""
    _completion_classes.completion_init()
    shell, path = install(shell=_shell(), prog_name="grcm", complete_var=VARIABLE)
    message = _("Completion for {shell} is in {path}; it works in the next shell you open.")
    return message.format(shell=shell, path=path)


def show_completion() -> str:
    """Return what `install_completion` would add to the shell's start file."""
    _completion_classes.completion_init()
    return get_completion_script(prog_name="grcm", complete_var=VARIABLE, shell=_shell())


def _shell() -> str:
    """Return the name of the shell that runs us. Raises WrongUse where it is not known."""
    try:
        name: str = shellingham.detect_shell()[0]
    except (shellingham.ShellDetectionFailure, OSError) as error:
        raise WrongUse(
            _("the shell is not known: run this from bash, zsh, fish or PowerShell")
        ) from error
    return name
