"""The words of the record, each with the entries that have it, for the search and the filters.

An entry is a meeting or one of its conclusions. Entries are numbered from 0, the oldest meeting
first, so that a new meeting changes no number of an earlier one. The words are those of all
languages of a text, so that all languages of the site share these files.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.language.text import clean

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""The digits of numbers in the index: 6 bits each."""
_CHARACTERS_OF_FILE = 40_000
_LONGEST = 32  # characters of a word; the rest is cut off
_SHORTEST = 3  # letters of a word that a misspelt one may be meant for
_MORE = 32  # the bit of a digit after which a number goes on
_WORD = re.compile(r"[^\W_]+")
_ESCAPES = (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def meetings_in_order(register: Register) -> Sequence[Meeting]:
    """Return the meetings, the oldest first, those without a day before them."""
    return sorted(register.meetings, key=lambda one: (str(one.start or ""), one.id))


def script(call: str, *values: object) -> bytes:
    """Return a script that calls a function of the index with values."""
    found = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    text = ",".join(found)
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return f"searchIndex.receive.{call}({text});\n".encode(errors="replace")


def fold(text: str) -> str:
    """Return text without accents, case and full stops, as `index.js` folds what is typed."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c != "." and unicodedata.category(c)[0] != "M").lower()


@cache
def _words_between_blanks(text: str) -> tuple[str, ...]:
    return tuple(word[:_LONGEST] for word in _WORD.findall(fold(text)))


def in_words(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    return [word for part in text.split() for word in _words_between_blanks(part)]


def words(texts: Iterable[str]) -> set[str]:
    """Return the folded words of texts."""
    found: set[str] = set()
    for part in set(" ".join(texts).split()):
        found.update(_words_between_blanks(part))
    return found


def number_word(number: str) -> str:
    """Return the word for the number of a conclusion or mandate: `/8`, `/8#1`."""
    return "/" + re.sub(r"[\s,]", "", fold(clean(number)))


def word_scripts(register: Register) -> tuple[list[str], list[tuple[str, bytes]]]:
    """Return the first word of each file of words, and the name and bytes of each file."""
    found: dict[str, list[int]] = {}
    for number, entry_words in enumerate(_words_of_entries(register)):
        for word in entry_words:
            found.setdefault(word, []).append(number)
    _words_between_blanks.cache_clear()
    # As scripts compare texts: by units of UTF-16.
    ordered = sorted(found, key=lambda word: word.encode("utf-16-be", "surrogatepass"))
    first_words: list[str] = []
    files = []
    lines: list[str] = []
    size = 0
    for word in ordered:
        entries = "".join(encoded(number - last) for last, number in pairwise([-1, *found[word]]))
        if lines and size + len(entries) > _CHARACTERS_OF_FILE:
            files.append(lines)
            lines, size = [], 0
        if not lines:
            first_words.append(word)
        lines.append(f"{word} {entries}")
        size += len(word) + len(entries) + 2
    files += [lines] if lines else []
    vocabulary = [w for w in ordered if len(w) >= _SHORTEST and w.isalpha()]
    return first_words, [
        *(
            (f"words.{number}.js", script("words", number - 1, ",".join(file)))
            for number, file in enumerate(files, 1)
        ),
        ("vocabulary.js", script("vocabulary", ",".join(_front_coded(vocabulary)))),
    ]


def _words_of_entries(register: Register) -> Iterator[set[str]]:
    """Yield the words of each entry, in their order."""
    by_code = register.directory.by_code
    for meeting in meetings_in_order(register):
        texts = [
            meeting.place or "",
            *(meeting.title.by_language.values() if meeting.title else ()),
        ]
        for code in (meeting.country, meeting.body):
            party = by_code.get(code.text) if code else None
            texts += party.name.by_language.values() if party else ()
        yield words(texts)
        for conclusion in meeting.conclusions or ():
            number = conclusion.number
            texts = [*conclusion.text.by_language.values(), *conclusion.documents]
            numbers = {number_word(number)}
            for mandate in conclusion.mandates:
                texts += mandate.action.by_language.values() if mandate.action else ()
                numbers.add(number_word(f"{number}#{mandate.ordinal}"))
            yield words(texts) | numbers


@lru_cache(maxsize=4096)  # most gaps are small: half the time of the index
def encoded(number: int) -> str:
    """Return a number in digits of five bits, the lowest first; all but the last have `_MORE`."""
    digits = ""
    while number >= _MORE:
        digits += DIGITS[_MORE + number % _MORE]
        number //= _MORE
    return digits + DIGITS[number]


def _front_coded(ordered: Sequence[str]) -> Iterator[str]:
    """Yield each word as the length of what it shares with the one before, and the rest."""
    before = ""
    for word in ordered:
        shared = 0
        while shared < min(len(before), len(word)) and before[shared] == word[shared]:
            shared += 1
        yield DIGITS[shared] + word[shared:]
        before = word
