"""A text to be read: its words, what is quoted in it, and who is named in which role."""

import re
from collections.abc import Sequence

from grcm_cli.drafting.parties import (
    Mention,
    MentionRole,
    PartyNames,
    find_mentions,
    mention_roles,
)
from grcm_cli.drafting.tokens import Word, words_of


class Passage:
    """A text with its words and the parties that it names.

    `begin` is where an item's own text begins after that of its stem; 0 where it is none.
    """

    def __init__(self, text: str, language: str, names: PartyNames, begin: int) -> None:
        self.text, self.names, self.begin = text, names, begin
        self.words: Sequence[Word] = words_of(text, language)
        self.plain = _without_quotes(text, self.words)
        """The text in which what is quoted is dots, of the same length."""
        self.mentions = find_mentions(self.plain, self.words, names)
        self.roles: Sequence[MentionRole] = mention_roles(self.plain, self.words, self.mentions)
        self.acting: Sequence[Mention] = [found.mention for found in self.roles if not found.role]
        """Who acts for itself: no support, no exception, no capacity."""
        self._supporting = [found.mention for found in self.roles if found.role == "support"]
        self._bodies = [
            (self.words[mention.start].start, mention.code)
            for mention in self.mentions
            if mention.code and names.parties[mention.code].kind == "body"
        ]
        """Where bodies are named in the text, with their codes."""

    def text_of(self, start: int, end: int) -> str:
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

    def end_before(self, place: int) -> int:
        """Return where the word before a place ends in the text."""
        return self.words[place - 1].end if place else 0

    def body_after(self, start: int, end: int) -> str:
        """Return the body that a stretch of the text begins with, as far as it goes on."""
        for first, code in self._bodies:
            if start <= first <= end and not re.search(r"[,;.]", self.plain[start:first]):
                return code
        return ""

    def body_before(self, start: int, end: int) -> str:
        """Return the body that a stretch of the text names last, or nothing."""
        codes = [code for first, code in self._bodies if start <= first < end]
        return codes[-1] if codes else ""

    def support(self, start: int, end: int) -> list[str]:
        """Return the codes of those who support, among some words."""
        near = [mention for mention in self._supporting if start <= mention.start < end]
        return list(dict.fromkeys(mention.code for mention in near if mention.code))


def _without_quotes(text: str, words: Sequence[Word]) -> str:
    """Return a text in which what is quoted is dots, of the same length."""
    characters = list(text)
    for word in words:
        if word.quoted:
            characters[word.start : word.end] = "·" * (word.end - word.start)
    return "".join(characters)
