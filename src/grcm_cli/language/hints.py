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


@cache
def _pattern(section: str) -> re.Pattern[str]:
    phrases = "|".join(hint_lines(section))
    return re.compile(rf"\b(?:{_GROUP.sub('(?:', phrases)})", re.IGNORECASE)


def _cue_group(line: str) -> tuple[bytes, list[tuple[bytes, str]]]:
    """Return what the cues of a line have in common, and each cue as bytes and as text."""
    common, _colon, cues = line.partition(":")
    words = [cue.replace("_", " ") for cue in cues.split()]
    return common.encode(), [(word.encode(), word) for word in words]


_CUE_GROUPS = tuple(map(_cue_group, hint_lines("duty cues")))
_DUTY_CUES = tuple(cue for _common, cues in _CUE_GROUPS for _encoded, cue in cues)


def duty_cues(texts: Iterable[str]) -> tuple[str, ...]:
    """Return those parts of words, of which any duty has one, that some texts have."""
    # As bytes, which are put into small letters ten times as fast; but for Á, which stays.
    plain = " ".join(texts).encode("utf-8", "surrogatepass").lower().replace(_CAPITAL, _SMALL)
    likely = (cues for common, cues in _CUE_GROUPS if common in plain)
    return tuple([cue for cues in likely for encoded, cue in cues if encoded in plain])


_CAPITAL, _SMALL = "Á".encode(), "á".encode()


def duty_words(text: str, cues: Sequence[str] = _DUTY_CUES) -> str:
    """Return the first words of a text that lay a duty on somebody, or nothing.

    `cues` are those of the texts among which it is, where they are known: a few of all.
    """
    lower = text.lower() if cues else ""
    if not any(cue in lower for cue in cues):
        return ""
    return _first_match("duty", text)


def deadline_words(text: str) -> str:
    """Return the first words of a text that set a deadline, or nothing."""
    return _first_match("deadline", text)


def _first_match(section: str, text: str) -> str:
    match = _pattern(section).search(with_single_spaces(text))
    return match[0] if match else ""
