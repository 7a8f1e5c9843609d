"""Parties by code, name and alias, and the suggestions for mistaken ones."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import get_args

from grcm_cli.domain.model import Party, PartyKind, Theme
from grcm_cli.language.suggestions import Choices
from grcm_cli.language.text import _, clean, current_language, fold, fold_name, fold_words

CODE = re.compile(r"(?!(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])$)[A-Z][A-Z0-9-]{1,19}", re.ASCII)
"""The form of a code. A progress file is called like it: it is no device of Windows."""
KINDS: tuple[PartyKind, ...] = get_args(PartyKind)
_PRESENT: tuple[PartyKind, ...] = ("member", "office", "organization", "body")
KINDS_OF_KEY: Mapping[str, tuple[PartyKind, ...]] = {
    "body": ("body",),
    "country": ("member",),
    "holder": ("member", "organization"),
    "participants": ("member", "organization"),
    "observers": _PRESENT,
    "members": _PRESENT,
    "file": _PRESENT,
}
"""The kinds of party that some keys take, and the names of files; the others take every kind."""
_MOST_SUGGESTED = 3
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[-_]")  # what stands for a space in the name of a file


def names_of(party: Party | Theme) -> Iterator[str]:
    """Yield the code of a party or topic, its name in each language, and its aliases."""
    yield party.code
    yield from party.name.by_language.values()
    yield from party.aliases if isinstance(party, Party) else ()


class PartyChoices(Choices):
    """Parties that are right at a place, by all their names."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._parties = {party.code: party for party in parties}
        super().__init__(
            (name, party.code) for party in self._parties.values() for name in names_of(party)
        )
        self._by_word: dict[str, dict[str, None]] = {}

    def question(self, word: str) -> str:
        """Return the question `did you mean …?` with code and name, or an empty string.

        Where a few are as near, it has them all.
        """
        codes = self.nearest(word)
        if not 0 < len(codes) <= _MOST_SUGGESTED:
            return ""
        language = current_language()
        names = ((code, clean(self._parties[code].name.shown(language))) for code in codes)
        parties = (_("'{code}' ({name})").format(code=code, name=name) for code, name in names)
        return _("did you mean {parties}?").format(parties=_(" or ").join(parties))

    def nearest(self, word: str) -> list[str]:
        """Return the codes of the nearest parties, else of those with these words in a name.

        `Salvador` is El Salvador if no other party has the word in a name; `Sec.` is a party with
        a word that begins so, not a mistyped `SPC`.
        """
        is_short_form = word.find(".") == len(word) - 1 and fold(word) not in self._by_folded
        if near := [] if is_short_form else super().nearest(word):
            return near
        if not self._by_word:
            for name, code in self.names:
                for part in _WORD.findall(fold_words(name)):
                    self._by_word.setdefault(part, {})[code] = None
        words = _WORD.findall(fold_words(word))
        if word.endswith(".") and len(words) == 1:
            begun = (codes for part, codes in self._by_word.items() if part.startswith(words[0]))
            return list(dict.fromkeys(chain.from_iterable(begun)))
        if not words or max(map(len, words)) < 4:
            return []
        first, *later_codes = (self._by_word.get(part, {}) for part in words)
        return [code for code in first if all(code in codes for codes in later_codes)]


class Directory:
    """Looks parties up by code, name or alias.

    `languages` are those of the process: a name without a language is in one of them.
    """

    def __init__(self, parties: Iterable[Party], languages: Sequence[str] = ()) -> None:
        self.languages = languages
        self.by_code: dict[str, Party] = {}
        for party in parties:
            self.by_code.setdefault(party.code, party)
        self._choices: dict[tuple[PartyKind, ...], PartyChoices] = {}

    @cached_property
    def offices(self) -> Mapping[str, Party]:
        """The offices that somebody has held, by code."""
        return {code: party for code, party in self.by_code.items() if party.terms}

    @cached_property
    def _by_name(self) -> Mapping[str, list[Party]]:
        by_code: dict[str, list[Party]] = {}
        by_name: dict[str, list[Party]] = {}
        for party in self.by_code.values():
            by_code.setdefault(fold(party.code), []).append(party)
            for name in dict.fromkeys(map(fold_name, names_of(party))):
                by_name.setdefault(name, []).append(party)
        return by_name | by_code  # a code comes before a name

    def named(self, word: str) -> list[Party]:
        """Return the parties with a code, name or alias: one, none, or several that share a name.

        Case, accents, dots, spaces, apostrophes and hyphens are ignored. A code comes before a
        name, and one that is written with its hyphens before another.
        """
        return self._by_name.get(fold(word)) or self._by_name.get(fold_name(word), [])

    def of_file(self, stem: str) -> str | None:
        """Return the code of the party whose file of reports a name stands for, or None.

        The name is the party's, or begins with it: `Costa Rica`, `cri`, `CRI-DESKTOP-4F2K`.
        """
        ends = [len(stem), *(index for index, char in enumerate(stem) if not char.isalnum())]
        for end in sorted(ends, reverse=True):
            for word in dict.fromkeys((stem[:end], _BETWEEN.sub(" ", stem[:end]))):
                parties = self.named(word) if word.strip() else []
                if len(parties) == 1:
                    return parties[0].code
        return None

    def choices(self, kinds: tuple[PartyKind, ...] = KINDS) -> PartyChoices:
        """Return the parties of some kinds, to suggest one of them for a mistaken word."""
        if kinds not in self._choices:
            parties = [party for party in self.by_code.values() if party.kind in kinds]
            self._choices[kinds] = PartyChoices(parties)
        return self._choices[kinds]
