"""Parties by code, name and alias."""

import re
from collections.abc import Iterable, Iterator, Mapping

from grcm_cli.domain.model import Party
from grcm_cli.language.text import fold, nearest

CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}", re.ASCII)


def names_of(party: Party) -> Iterator[str]:
    """Yield the code of a party, its name in each language, and its aliases."""
    yield party.code
    yield from party.name.by_language.values()
    yield from party.aliases


class Directory:
    """Looks parties up by code, name or alias."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self.by_code: dict[str, Party] = {}
        for party in parties:
            self.by_code.setdefault(party.code, party)
        self._by_name: Mapping[str, list[Party]] | None = None

    def named(self, word: str) -> list[Party]:
        """Return the parties with a code, name or alias: one, none, or several that share a name.

        Case, accents, dots and spaces are ignored. A code comes before a name.
        """
        folded = fold(word)
        own = [party for code, party in self.by_code.items() if fold(code) == folded]
        return own or self._names().get(folded, [])

    def near(self, word: str) -> Party | None:
        """Return the party whose code, name or alias is nearest to a word, or None."""
        exact = self.named(word)
        if len(exact) == 1:
            return exact[0]
        names = self._names()
        found = nearest(word, names)
        return names[found][0] if found and len(names[found]) == 1 else None

    def _names(self) -> Mapping[str, list[Party]]:
        if self._by_name is None:
            by_name: dict[str, list[Party]] = {}
            for party in self.by_code.values():
                for name in dict.fromkeys(map(fold, names_of(party))):
                    by_name.setdefault(name, []).append(party)
            self._by_name = by_name
        return self._by_name
