"""Questions at the terminal for what options do not give; a script gets an error instead."""

import sys
from collections.abc import Callable

from grcm_cli.cli.errors import WrongUse
from grcm_cli.language.text import _

Check = Callable[[str], str]
"""Returns an answer as it will be used. Raises WrongUse for one that is not valid."""


def answer(
    given: str | None,
    option: str,
    question: str,
    check: Check,
    default: str = "",
    *,
    may_be_empty: bool = False,
) -> str:
    """Return an option's value, else what is typed at the terminal, else the default.

    Raises WrongUse where there is none of the three, and for an option's value that is not valid.
    """
    if given is not None:
        return check(given)
    if not sys.stdin.isatty():
        if default:
            return check(default)
        if may_be_empty:
            return ""
        raise WrongUse(_("{name} is missing").format(name=option))
    prompt = f"{question} [{default}]" if default else question
    while True:
        reply = _ask(prompt, option) or default
        if not reply and may_be_empty:
            return ""
        try:
            return check(reply)
        except WrongUse as stop:
            sys.stderr.write(f"{stop}\n")


def _ask(prompt: str, option: str) -> str:
    sys.stderr.write(f"{prompt}: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise WrongUse(_("{name} is missing").format(name=option))
    return line.strip()


def single_spaced(text: str) -> str:
    """Return an answer, which may be any text, with single spaces between its words."""
    return " ".join(text.split())
