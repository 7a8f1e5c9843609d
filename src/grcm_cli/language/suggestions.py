"""Suggestions for mistaken words: the word that is near, and right at that place.

Near is: the same but for case, accents, dots, apostrophes, spaces and the zeros before a number;
one mistake in four letters, but three at most, where two letters in the wrong order are one mistake
and another digit is two; or the beginning of only one word. A number with more or fewer digits is
another number, and three letters of which one is another are another code: SPC is not SEC. Where
two words are as near, neither is suggested; of parties, up to three are named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from grcm_cli.language.text import _, fold, word_lines

_FEW = 200
"""Up to so many choices are compared one by one; of more, those with one letter more or less."""
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_FAR = 99
_MOST = 3  # the most mistakes in a word
_SHORTEST_BEGINNING = 3
Meant = Mapping[str, Sequence[str]]
"""Words that people write, folded, each with those that may be right for it."""


class Choices:
    """The words that are right at a place. What is near a word is looked for once."""

    def __init__(self, names: Iterable[tuple[str, str]], meant: Meant | None = None) -> None:
        """Take pairs of a name and the word right for it; `meant` has wrong words, folded."""
        self.names = tuple(names)
        self._meant = meant or {}
        self._nearest: dict[str, str | None] = {}

    def __eq__(self, other: object) -> bool:
        """Tell whether the names are the same, in the same order."""
        return isinstance(other, Choices) and self.names == other.names

    def __hash__(self) -> int:
        """Return one value for as many names: a set of findings hashes thousands of them."""
        return len(self.names)

    def near(self, word: str) -> str | None:
        """Return the only right word that is near a word, or None."""
        if word not in self._nearest:
            nearest = self.nearest(word)
            self._nearest[word] = nearest[0] if len(nearest) == 1 else None
        return self._nearest[word]

    def question(self, word: str) -> str:
        """Return the question `did you mean …?` for a mistaken word, or an empty string."""
        near = self.near(word)
        return _("did you mean `{key}`?").format(key=near) if near else ""

    def nearest(self, word: str) -> list[str]:
        """Return the right words nearest to a word; where none is near, those that it begins."""
        folded = _folded(word)
        if folded in self._by_folded:
            return list(self._by_folded[folded])
        for meant in self._meant.get(folded, ()):
            if meant in self._by_folded.get(_folded(meant), ()):
                return [meant]
        by_distance: dict[int, list[str]] = {}
        choices: Iterable[str] = self._by_folded
        if len(self._by_folded) > _FEW:
            parts = [self._by_shortened.get(part, ()) for part in _shortened(folded)]
            choices = dict.fromkeys(word for part in parts for word in part)
        for choice in choices:
            distance = _distance(folded, choice)
            # It begins with the word, and goes on with no more digits of a number.
            begins = len(folded) >= _SHORTEST_BEGINNING and choice.startswith(folded)
            following = choice[len(folded) :][:1]
            if distance < _FAR or (begins and not (folded[-1].isdigit() and following.isdigit())):
                by_distance.setdefault(distance, []).append(choice)
        near = by_distance[min(by_distance)] if by_distance else ()
        return list(dict.fromkeys(right for name in near for right in self._by_folded[name]))

    @cached_property
    def _by_folded(self) -> Mapping[str, Mapping[str, None]]:
        by_folded: dict[str, dict[str, None]] = {}
        for name, right in self.names:
            by_folded.setdefault(_folded(name), {})[right] = None
        return by_folded

    @cached_property
    def _by_shortened(self) -> Mapping[str, Sequence[str]]:
        by_shortened: dict[str, list[str]] = {}
        for folded in self._by_folded:
            for shortened in _shortened(folded):
                by_shortened.setdefault(shortened, []).append(folded)
        return by_shortened


class Suggestion(NamedTuple):
    """A hint that names what is near a mistaken word. It is looked for when it is shown."""

    word: str
    choices: Choices
    otherwise: str = ""  # the hint where nothing is near
    addition: str = ""  # what else may be right where something is near

    def __str__(self) -> str:
        """Return the hint as a sentence."""
        question = self.choices.question(self.word)
        if not question:
            return self.otherwise
        return f"{question} {self.addition}" if self.addition else question


def choices_of(words: Iterable[str], meant: Meant | None = None) -> Choices:
    """Return words as choices, each right for itself."""
    return Choices(((word, word) for word in words), meant)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return the question `did you mean …?` for a mistaken word, or an empty string."""
    return choices_of(words).question(word)


@cache
def synonyms(section: Literal["keys", "words", "groups"]) -> Meant:
    """Return the words that people write for the keys, or for the words, of a file."""
    meant: dict[str, list[str]] = {}
    for line in word_lines("synonyms.txt", section):
        right, _colon, words = line.partition(":")
        for word in words.split():
            meant.setdefault(fold(word.replace("_", " ")), []).append(right)
            meant.setdefault(fold(word), []).append(right)
    return meant


def _folded(word: str) -> str:
    # The two hyphens of an option are no part of its name.
    return _ZEROS.sub("", fold(word)).lstrip("-")


def _shortened(word: str) -> Iterator[str]:
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))


def _distance(first: str, second: str) -> int:
    """Return the mistakes between two words (optimal string alignment); _FAR for too many."""
    longest = max(len(first), len(second))
    most = min(_MOST, max(1, longest // 4)) if longest >= _SHORTEST_BEGINNING else 0
    if abs(len(first) - len(second)) > most:
        return _FAR
    before: list[int] = []
    row = list(accumulate(map(_cost, second), initial=0))
    for place, letter in enumerate(first):
        earlier, before = before, row
        row = [before[0] + _cost(letter)]
        for index, against in enumerate(second):
            is_digit = letter.isdigit() and against.isdigit()
            another = 2 if is_digit or longest == _SHORTEST_BEGINNING else 1
            least = min(
                before[index] + (0 if letter == against else another),
                before[index + 1] + _cost(letter),
                row[index] + _cost(against),
            )
            if earlier and index and first[place - 1] == against and letter == second[index - 1]:
                least = min(least, earlier[index - 1] + 1)
            row.append(least)
        if min(row) > most:
            return _FAR
    return row[-1] if row[-1] <= most else _FAR


def _cost(letter: str) -> int:
    """Return the cost of a letter too many or too few: with a digit, a number is another one."""
    return _FAR if letter.isdigit() else 1
