"""Words that lay a duty on somebody or set a deadline, as hints for whoever checks a file.

The phrases stand in `words/hints_<language>.txt`: plain text, since `validate` has no use for the
rest of a lexicon, and importing tomllib takes 5 ms.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from grcm_cli.language.text import READ_LANGUAGES, with_single_spaces

_FOLDER = Path(__file__).parent / "words"
_GROUP = re.compile(r"\((?!\?)")


@cache
def hint_lines(section: str) -> tuple[str, ...]:
    """Return the lines of a section in all languages, without comments."""
    found = []
    for language in READ_LANGUAGES:
        inside = False
        text = (_FOLDER / f"hints_{language}.txt").read_text(encoding="utf-8")
        for line in text.splitlines():
            if line.startswith("["):
                inside = line == f"[{section}]"
            elif inside and line and not line.startswith("#"):
                found.append(line)
    return tuple(found)


_CUES = tuple(
    (common.encode(), [cue.replace("_", " ") for cue in cues.split()])
    for common, _colon, cues in (line.partition(":") for line in hint_lines("duty cues"))
)
"""Parts of words, of which any duty has one, by what those of a line have in common."""


def duty_cues(texts: Iterable[str]) -> tuple[str, ...]:
    """Return those parts of words, of which any duty has one, that some texts have."""
    # As bytes, which are put into small letters ten times as fast; but for Á, which stays.
    plain = " ".join(texts).encode("utf-8", "surrogatepass").lower()
    plain = plain.replace("Á".encode(), "á".encode())
    likely = (cue for common, cues in _CUES if common in plain for cue in cues)
    return tuple(cue for cue in likely if cue.encode() in plain)


def duty_words(text: str, cues: Sequence[str] | None = None) -> str:
    """Return the first words of a text that lay a duty on somebody, or nothing.

    `cues` are those of the texts among which it is, where they are known: a few of all.
    """
    known = duty_cues([text]) if cues is None else cues
    lower = text.lower() if known else ""
    return _first_match("duty", text) if any(cue in lower for cue in known) else ""


def deadline_words(text: str) -> str:
    """Return the first words of a text that set a deadline, or nothing."""
    return _first_match("deadline", text)


@cache
def _pattern(section: str) -> re.Pattern[str]:
    phrases = "|".join(hint_lines(section))
    return re.compile(rf"\b(?:{_GROUP.sub('(?:', phrases)})", re.IGNORECASE)


def _first_match(section: str, text: str) -> str:
    match = _pattern(section).search(with_single_spaces(text))
    return match[0] if match else ""
