"""Shell completion: answer a shell that asks, and give the script that makes it ask."""

import os

import shellingham
from typer import _completion_classes  # typer has no public way to do what is used of these
from typer._completion_shared import get_completion_script, install
from typer.completion import shell_complete
from typer.core import TyperGroup

from grcm_cli.language.text import _
from grcm_cli.lookups.errors import ExitCode, WrongUse

VARIABLE = "_GRCM_COMPLETE"
"""The environment variable with which a shell asks for completions."""
SHELLS = ("bash", "zsh", "fish", "powershell")
_AUTOLOADED = """\
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _grcm_completion "$@"
else
  compdef _grcm_completion grcm
fi"""
"""The end of the script for zsh: also for a file of `fpath`, which is run when TAB is pressed."""


def answer_shell(group: TyperGroup) -> int:
    """Print the completions that a shell asks for in its environment; return the exit code."""
    _completion_classes.completion_init()
    # typer removes rich's markup from texts, for which it loads rich: 65 ms. Ours have no markup.
    _completion_classes._sanitize_help_text = lambda text: text
    if not {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"} & set(os.environ):
        return ExitCode.WRONG_USE
    return shell_complete(group, {}, "grcm", VARIABLE, os.environ[VARIABLE])


def completion_script(shell: str) -> str:
    """Return the script that makes one of SHELLS complete grcm's commands."""
    script: str = get_completion_script(prog_name="grcm", complete_var=VARIABLE, shell=shell)
    return script.replace("compdef _grcm_completion grcm", _AUTOLOADED)


def install_completion() -> str:
    """Add the completion to the start file of the shell that runs us; return where it is."""
    shell = _shell()
    if shell == "powershell":  # typer would let it run any script, for the sake of this one
        message = _("{command} prints what the file $PROFILE must contain")
        raise WrongUse(message, command=f"grcm completion {shell}")
    _completion_classes.completion_init()
    shell, path = install(shell=shell, prog_name="grcm", complete_var=VARIABLE)
    message = _("Completion for {shell} is in {path}; it works in the next shell you open.")
    return message.format(shell=shell, path=path)


def show_completion() -> str:
    """Return the script for the shell that runs us."""
    return completion_script(_shell())


def _shell() -> str:
    from grcm_cli.storage.paths import search_path  # 1 ms, only for an option that is rarely used

    # Where there is no /proc, `ps` is run, which must be no file of the working folder.
    os.environ["PATH"] = os.pathsep.join(search_path(os.environ))
    try:
        name: str = shellingham.detect_shell()[0]
    except (shellingham.ShellDetectionFailure, OSError):
        name = ""
    name = {"pwsh": "powershell"}.get(name, name)
    if name not in SHELLS:
        message = _("the shell is not known; name it: grcm completion {choices}")
        raise WrongUse(message, choices="|".join(SHELLS))
    return name
