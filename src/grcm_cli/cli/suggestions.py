"""What a shell offers while somebody types: the parties, meetings and conclusions of a record."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from grcm_cli.cli.session import Session
from grcm_cli.domain.model import Meeting
from grcm_cli.language.text import clean
from grcm_cli.storage.loader import load, read_each

_WORD = re.compile(r"[\w./#-]+")
"""What a shell is given to type: no code or reference that is valid has another character."""
_LONGEST = 60
"""Characters of the meaning of a word."""


def suggested(session: Session, kind: str, typed: str) -> list[tuple[str, str]]:
    """Return the words of a kind that begin with what is typed, each with its meaning.

    The kinds are "party", "body", "meeting", "reference" and "shown" (a reference or a party). The
    conclusions of a meeting are offered where its id is typed, or no other begins with what is. A
    shell takes only words that begin with what is typed: a code typed in small letters gets words
    in small letters. Raises WrongUse where there is no data folder.
    """
    lower = typed.islower()
    meanings: dict[str, str] = {}
    for folder in session.folders():
        for word, meaning in _words(folder, session, kind, typed.casefold()):
            if word.casefold().startswith(typed.casefold()) and _WORD.fullmatch(word):
                meanings.setdefault(word, meaning)  # of a code that several have, the first
    # zsh evaluates a text, quoted but for a backslash before: it must run nothing.
    return [
        (word.lower() if lower else word, clean(meaning).replace("\\", ""))
        for word, meaning in meanings.items()
    ]


def sheets(typed: str, endings: tuple[str, ...]) -> list[str]:
    """Return the sheets that a typed path may go on to, as it is written from the working folder.

    A name that a shell would have to quote is left to the shell's own completion.
    """
    folder, name = os.path.split(typed)
    try:
        names = sorted(os.listdir(folder or "."))  # noqa: PTH208 - names, as they are typed
    except OSError:
        return []
    paths = [os.path.join(folder, other) for other in names if other.startswith(name)]  # noqa: PTH118
    return [path for path in paths if path.lower().endswith(endings) and _WORD.fullmatch(path)]


def _words(folder: Path, session: Session, kind: str, typed: str) -> Iterator[tuple[str, str]]:
    cache = session.cache_of(folder)
    register = load(folder, session.here, read=cache.read if cache else read_each).register
    if register is None:
        return
    language = session.language
    if kind in ("party", "body", "shown"):
        for party in register.parties:
            if kind != "body" or party.kind == "body":
                yield party.code, party.name.shown(language)
    if kind not in ("party", "body"):
        begun = [m for m in register.meetings if m.id.casefold().startswith(typed)]
        for meeting in register.meetings:
            yield meeting.id, meeting.title.shown(language) if meeting.title else ""
            is_meant = typed.partition("/")[0] == meeting.id.casefold() or begun == [meeting]
            if kind != "meeting" and is_meant:
                yield from _references(meeting, language)
    if cache is not None:
        cache.write(is_sound=False)  # no rule has run


def _references(meeting: Meeting, language: str) -> Iterator[tuple[str, str]]:
    for conclusion in meeting.conclusions or ():
        reference = f"{meeting.id}/{conclusion.number}"
        yield reference, conclusion.text.shown(language)[:_LONGEST]
        for mandate in conclusion.mandates:
            if mandate.of_several:
                action = mandate.action.shown(language) if mandate.action else ""
                yield f"{reference}#{mandate.ordinal}", action[:_LONGEST]
