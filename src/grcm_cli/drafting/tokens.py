"""The words of a text with their places, and its sentences.

What is quoted in a text lays down no duty.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.language import english_verbs, spanish_verbs
from grcm_cli.language.text import fold_words
from grcm_cli.language.verbs import VerbForm

_TOKEN = re.compile(
    r"(?:EE\.\s?UU\.|U\.S\.(?:A\.)?"
    r"|(?:Sr|Sra|Dr|Dra|Mr|Mrs|Ms|No|Nos|Art|art|párr|para|pág|p)\.(?=\s))"
    r"|[0-9]+(?:[.,:/-][0-9]+)*[ºªo]?(?:st|nd|rd|th)?|[^\W\d_]+(?:['’./-][^\W\d_]+)*|[^\w\s]"
)
_QUOTED = re.compile('“[^”]*”|«[^»]*»|"[^"]*"|\u2018[^\u2019]{3,}\u2019(?!\\w)')
_END_OF_SENTENCE = frozenset(".;!?")
_LONGEST = 600
"""Words of a sentence."""


class Word(NamedTuple):
    """One word or sign."""

    text: str
    folded: str
    start: int
    end: int
    forms: Sequence[VerbForm] = ()
    quoted: bool = False

    def is_form(self, *moods: str) -> bool:
        """Tell whether it may be a verb in one of these moods."""
        return any(form.mood in moods for form in self.forms)

    def form(self, *moods: str) -> VerbForm | None:
        """Return it as a verb in one of these moods, or None."""
        return next((form for form in self.forms if form.mood in moods), None)


def words_of(text: str, language: str) -> list[Word]:
    """Return the words of a text; those inside quotation marks carry no verb."""
    verb_forms = (spanish_verbs if language == "es" else english_verbs).verb_forms
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    found = []
    quote = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while quote < len(quoted) and quoted[quote][1] <= start:
            quote += 1
        inside = quote < len(quoted) and quoted[quote][0] <= start
        token = match[0]
        verb = () if inside or not token[0].isalpha() else verb_forms(token)
        found.append(Word(token, fold_words(token), start, end, verb, inside))
    return found


def sentences(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the sentences as spans of words; a semicolon ends one too, but not in a list."""
    found = []
    start = 0
    for place, word in enumerate(words):
        goes_on = word.text == ";" and _is_listed(words, place + 1)
        if word.text in _END_OF_SENTENCE and not word.quoted and not goes_on:
            found.append((start, place))
            start = place + 1
    if start < len(words):
        found.append((start, len(words)))
    return [part for span in found for part in _in_parts(words, span)]


def _in_parts(words: Sequence[Word], span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield a sentence, in parts where it is too long: reading takes the square of its length."""
    start, end = span
    while end - start > _LONGEST:
        near = range(start + _LONGEST, start + _LONGEST // 2, -1)
        cut = next((place for place in near if words[place].text == ","), start + _LONGEST)
        yield start, cut
        start = cut + (words[cut].text == ",")
    if start < end:
        yield start, end


def _is_listed(words: Sequence[Word], place: int) -> bool:
    """Tell whether an item of a list inside a sentence begins: *; b) to convene*, *; y que*."""
    following = [word.folded for word in words[place : place + 4]]
    if following and following[0] in ("y", "e", "and", "or", "o"):
        following = following[1:]
    if following and following[0] in ("to", "que", "("):
        return True
    return len(following) > 1 and following[1] == ")" and len(following[0]) <= 3
