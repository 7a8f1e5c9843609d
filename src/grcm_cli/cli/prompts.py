"""Questions to whoever sits at the terminal; from a script, an answer that is missing is named."""

import sys
from collections.abc import Callable

from grcm_cli.cli.errors import WrongUse
from grcm_cli.language.text import _

Check = Callable[[str], str]
"""Returns an answer as it will be used. Raises WrongUse for one that cannot be meant."""


def answer(
    given: str | None,
    option: str,
    question: str,
    check: Check,
    default: str = "",
    *,
    may_be_empty: bool = False,
) -> str:
    """Return what an option gives, else what is answered at the terminal, else the default.

    Raises WrongUse where there is none of the three, and for an option's value that is wrong.
    """
    if given is not None:
        return check(given)
    if not sys.stdin.isatty():
        if default:
            return check(default)
        if may_be_empty:
            return ""
        raise WrongUse(_("{name} is missing").format(name=option))
    while True:
        said = _asked(f"{question} [{default}]" if default else question, option) or default
        if not said and may_be_empty:
            return ""
        try:
            return check(said)
        except WrongUse as stop:
            sys.stderr.write(f"{stop}\n")


def _asked(question: str, option: str) -> str:
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise WrongUse(_("{name} is missing").format(name=option))
    return line.strip()


def anything(text: str) -> str:
    """Return an answer that may be any text, or none."""
    return " ".join(text.split())
