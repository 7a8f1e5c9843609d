"""Questions at the terminal for what options do not give; a script gets an error instead."""

import sys
from collections.abc import Callable

from grcm_cli.cli.errors import WrongUse
from grcm_cli.language.text import _, fold

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
    missing = WrongUse(_("{name} is missing"), name=option)
    if not sys.stdin.isatty():
        if default:
            return check(default)
        if may_be_empty:
            return ""
        raise missing
    while True:
        sys.stderr.write(f"{question} [{default}]: " if default else f"{question}: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise missing
        reply = line.strip() or default
        if not reply and may_be_empty:
            return ""
        try:
            return check(reply)
        except WrongUse as stop:
            sys.stderr.write(f"{stop}\n")


def confirmed(question: str) -> bool:
    """Return whether the person at the terminal says yes; without a terminal nobody is asked."""
    if not sys.stdin.isatty():
        return True
    agreed = _("yes")
    hint = _("[{yes}; anything else stops]").format(yes=agreed)
    reply = answer(None, "--yes", f"{question} {hint}", fold, may_be_empty=True)
    return bool(reply) and fold(agreed).startswith(reply)


def single_spaced(text: str) -> str:
    """Return an answer, which may be any text, with single spaces between its words."""
    return " ".join(text.split())


def required_text(name: str, text: str) -> str:
    """Return a text with single spaces. Raises WrongUse for one that is empty."""
    found = single_spaced(text)
    if not found:
        raise WrongUse(_("{name}: the text is empty"), name=name)
    return found
