"""Words that people write for the keys and words of a file, each with the right ones.

They are for suggestions alone, from `words/synonyms.txt`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from grcm_cli.language.text import fold

_FILE = Path(__file__).parent / "words" / "synonyms.txt"
Synonyms = Mapping[str, Sequence[str]]


def _by_word(section: str) -> Synonyms:
    found: dict[str, list[str]] = {}
    for line in section.strip().splitlines():
        right, _colon, words = line.partition(":")
        for word in words.split():
            found.setdefault(fold(word.replace("_", " ")), []).append(right)
            found.setdefault(fold(word), []).append(right)
    return found


_KEYS_SECTION, _WORDS_SECTION = (
    _FILE.read_text(encoding="utf-8").partition("[keys]")[2].split("[words]")
)
KEYS, WORDS = _by_word(_KEYS_SECTION), _by_word(_WORDS_SECTION)
