"""The words of the record, each with the entries that have it, for the search and the filters.

An entry is a meeting or one of its conclusions. Entries are numbered from 0, the oldest meeting
first, so that a new meeting changes no number of an earlier one. The words are those of all
languages of a text, so that all languages of the site share these files.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from grcm_cli.domain.model import Conclusion, Meeting
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


class _Entries:
    """The numbers of the entries that have a word, each as the distance from the one before."""

    __slots__ = ("last", "text")

    def __init__(self) -> None:
        self.last = -1
        self.text = bytearray()

    def add(self, number: int) -> None:
        """Add the number of an entry."""
        self.text += encoded(number - self.last)
        self.last = number


class WordIndex:
    """The words of a register with their entries, in files of about the same length."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._found: dict[str, _Entries] = {}
        self._number = 0
        self.first_words: list[str] = []
        """The first word of each file, once the files are made."""

    def add(self, meeting: Meeting) -> None:
        """Read the texts of a meeting in full: after those of all earlier ones."""
        self._add(words(self._meeting_texts(meeting)))
        for conclusion in meeting.conclusions or ():
            self._add(words(_texts(conclusion)).union(_numbers(conclusion)))

    def _add(self, entry_words: set[str]) -> None:
        found, number = self._found, self._number
        for word in entry_words:
            entries = found.get(word)
            if entries is None:
                entries = found[word] = _Entries()
            entries.add(number)
        self._number += 1

    def scripts(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and bytes of each file."""
        _words_between_blanks.cache_clear()
        # As scripts compare texts: by units of UTF-16.
        ordered = sorted(self._found, key=lambda word: word.encode("utf-16-be", "surrogatepass"))
        for number, file in enumerate(_cut(ordered, self._found)):
            self.first_words.append(file[0][0])
            lines = ",".join(f"{word} {entries}" for word, entries in file)
            yield f"words.{number + 1}.js", script("words", number, lines)
        vocabulary = [w for w in ordered if len(w) >= _SHORTEST and w.isalpha()]
        yield "vocabulary.js", script("vocabulary", ",".join(_front_coded(vocabulary)))

    def _meeting_texts(self, meeting: Meeting) -> Iterator[str]:
        yield meeting.place or ""
        yield from meeting.title.by_language.values() if meeting.title else ()
        for code in (meeting.country, meeting.body):
            party = self._register.directory.by_code.get(code.text) if code else None
            yield from party.name.by_language.values() if party else ()


def _texts(conclusion: Conclusion) -> Iterator[str]:
    yield from conclusion.text.by_language.values()
    for mandate in conclusion.mandates:
        yield from mandate.action.by_language.values() if mandate.action else ()
    yield from conclusion.documents


def _numbers(conclusion: Conclusion) -> Iterator[str]:
    yield number_word(conclusion.number)
    for mandate in conclusion.mandates:
        yield number_word(f"{conclusion.number}#{mandate.ordinal}")


@lru_cache(maxsize=4096)  # most gaps are small: half the time of the index
def encoded(number: int) -> bytes:
    """Return a number in digits of five bits, the lowest first; all but the last have `_MORE`."""
    digits = bytearray()
    while number >= _MORE:
        digits.append(ord(DIGITS[_MORE + number % _MORE]))
        number //= _MORE
    digits.append(ord(DIGITS[number]))
    return bytes(digits)


def _cut(ordered: Sequence[str], found: Mapping[str, _Entries]) -> Iterator[list[tuple[str, str]]]:
    file: list[tuple[str, str]] = []
    size = 0
    for word in ordered:
        entries = found[word].text.decode()
        if file and size + len(entries) > _CHARACTERS_OF_FILE:
            yield file
            file, size = [], 0
        file.append((word, entries))
        size += len(word) + len(entries) + 2
    if file:
        yield file


def _front_coded(ordered: Sequence[str]) -> Iterator[str]:
    """Yield each word as the length of what it shares with the one before, and the rest."""
    before = ""
    for word in ordered:
        shared = 0
        while shared < min(len(before), len(word)) and before[shared] == word[shared]:
            shared += 1
        yield DIGITS[shared] + word[shared:]
        before = word
