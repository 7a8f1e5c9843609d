"""A text to be read: its words, what is quoted in it, who is named in which part."""

import re
from collections.abc import Sequence

from grcm_cli.drafting.mentions import Mention, Names, mentions
from grcm_cli.drafting.roles import Cast, cast_of
from grcm_cli.drafting.words import Word, words_of


class Passage:
    """A text with its words and the parties that it names.

    `begin` is where an item's own text begins after that of its stem; 0 where it is none.
    """

    def __init__(self, text: str, language: str, names: Names, begin: int) -> None:
        self.text, self.names, self.begin = text, names, begin
        self.words: Sequence[Word] = words_of(text, language)
        self.plain = _without_quotes(text, self.words)
        """The text in which what is quoted is dots, of the same length."""
        self.mentions = mentions(self.plain, self.words, names)
        self.cast: Sequence[Cast] = cast_of(self.plain, self.words, self.mentions)
        self._supporting = [cast for cast in self.cast if cast.role == "support"]
        self.own: Sequence[Mention] = [cast.mention for cast in self.cast if not cast.role]
        """Who acts for itself: no support, no exception, no capacity."""

    def said(self, start: int, end: int) -> str:
        """Return the text from a word to the one before another."""
        return self.text[self.words[start].start : self.words[max(end, start + 1) - 1].end]

    def as_one(self) -> str:
        """Return a stem and its item as one sentence of the same length.

        *Include in the glossary: The definition* → *Include in the glossary  the definition*.
        """
        stem, own = self.text[: self.begin], self.text[self.begin :]
        if not stem.rstrip().endswith(":"):
            return self.text
        named = any(self.words[mention.start].start == self.begin for mention in self.mentions)
        if own[:1].isupper() and not own[1:2].isupper() and not named:
            own = own[:1].lower() + own[1:]
        return stem.rstrip()[:-1].ljust(self.begin) + own

    def ends(self, place: int) -> int:
        """Return where the word before a place ends in the text."""
        return self.words[place - 1].end if place else 0

    def body_after(self, start: int, end: int) -> str:
        """Return the body that a stretch of the text begins with, as far as it goes on."""
        for mention in self.mentions:
            first = self.words[mention.start]
            party = self.names.parties.get(mention.code)
            inside = first.start >= start and first.start <= end
            gap = self.plain[start : first.start]
            if inside and party and party.kind == "body" and not re.search(r"[,;.]", gap):
                return party.code
        return ""

    def body_before(self, start: int, end: int) -> str:
        """Return the body that a stretch of the text names last, or nothing."""
        codes = [
            mention.code
            for mention in self.mentions
            if mention.code
            and start <= self.words[mention.start].start < end
            and self.names.parties[mention.code].kind == "body"
        ]
        return codes[-1] if codes else ""

    def support(self, start: int, end: int) -> list[str]:
        """Return the codes of those who support, among some words."""
        codes = [
            cast.mention.code
            for cast in self._supporting
            if start <= cast.mention.start < end and cast.mention.code
        ]
        return list(dict.fromkeys(codes))


def _without_quotes(text: str, words: Sequence[Word]) -> str:
    """Return a text in which what is quoted is dots, of the same length."""
    characters = list(text)
    for word in words:
        if word.quoted:
            characters[word.start : word.end] = "·" * (word.end - word.start)
    return "".join(characters)
