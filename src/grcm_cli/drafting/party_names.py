"""The words by which a register's parties are called: in full, in short, by a code, in a text."""

import re
from collections.abc import Iterator, Mapping, Sequence

from grcm_cli.domain.model import Party
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register
from grcm_cli.drafting.tokens import Word, words_of
from grcm_cli.language.lexicon import all_words, phrase_regex
from grcm_cli.language.text import fold_words

_PARTS, _GENITIVE = re.compile(r"[^\W_]+"), re.compile("['’]s$")
_NO_SHORT_NAMES = all_words("parties.no_short_name")
_LINKS, _LAST_WORDS = all_words("parties.links"), all_words("parties.last_words")
_ABBREVIATION = re.compile(
    r"(?<=\w)\s+\((?:(?:hereinafter|en adelante|the|la|el)\s+)*"
    r"[“\"«]?(?P<short>[A-Z](?:[A-Z-]{1,9}s?|[a-z]{1,2}[A-Z]{1,2}))[”\"»]?\)"
)
_SALUTATION = phrase_regex(r"\s*<parties.salutations>\b[^.:;]{0,60}[,:]\s*")
_ALIKE = 6  # letters that words of one family have in common
GROUP_NOUN = phrase_regex(r"<parties.groups|parties.one_of_group>(?!\w)")
_MEMBERS_BEFORE = phrase_regex(r"(?<!\w)<parties.member_states>\s*$")
_OF_MEMBERS = re.compile(r"\b(?:of(?: the| its)?|del?|de l[ao]s|de sus)\s*$", re.IGNORECASE)
"""Before the members in the name of a body: *Conference of the Contracting Parties (COP)*."""
_ONE_OF_MANY = all_words("parties.one_of_many")
"""*cada Signatario*, who is no party by a short name."""


class PartyNames:
    """All the words by which a register's parties are called."""

    def __init__(self, register: Register) -> None:
        self.parties = {party.code: party for party in register.parties}
        full: dict[tuple[str, ...], str] = {}
        self._spelled: dict[str, str] = {}
        """Names that only accents part from another one: *Secretaria General*."""
        self._in_small_letters: set[tuple[str, ...]] = set()
        """The names that a text may write without a capital: of groups, and those that the register
        writes so."""
        for party in register.parties:
            for name in (*names_of(party), *_singular_names(party)):
                words = tuple(_PARTS.findall(fold_words(name)))
                is_short = re.fullmatch("[A-Z][a-z]{1,2}[A-Z]{1,2}", name) is not None  # "OdS"
                is_code = len(words) == 1 and (name.isupper() or is_short)
                if words and (is_code or len(name) > 3):
                    code = full.setdefault(("=" + name,) if is_code else words, party.code)
                    if code != party.code:
                        self._spelled[name.casefold()] = party.code
                    if party.kind == "group" or name[0].islower():
                        self._in_small_letters.add(words)
        self._small_starts = tuple({words[0] for words in self._in_small_letters})
        self.groups = frozenset(group.code for group in register.parties if group.kind == "group")
        self._shortened = _short_names(register.parties, full)
        self._codes = {**self._shortened, **full}
        self.signer: str | None = None
        """Who signs a letter to the members: empty where no party, None where it is none."""
        self.called_members: set[str] = set()  # how a document calls the members, in short: *CP*
        self.member_count = sum(party.kind == "member" for party in register.parties)
        self._longest: dict[str, int] = {}
        """How many words the longest name has that begins with a word."""
        for words in self._codes:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def kind_of(self, code: str) -> str:
        """Return the kind of a party; empty for a group of words that has no code."""
        return self.parties[code].kind if code else ""

    def is_short(self, words: Sequence[Word]) -> bool:
        """Tell whether some words are one that is short for a party's name: *the Office*."""
        return len(words) == 1 and (words[0].folded,) in self._shortened

    def bodies_like(self, word: str) -> list[str]:
        """Return the bodies that have a name with a word alike: *ministerial*, *Ministras*."""
        begin = fold_words(word)[:_ALIKE]
        codes = (
            code
            for words, code in self._codes.items()
            if self.parties[code].kind == "body" and any(part.startswith(begin) for part in words)
        )
        return list(dict.fromkeys(codes))

    def learn(self, text: str, language: str) -> None:
        """Add the abbreviations that a document gives to parties: *Comité Técnico (COTEC)*.

        That of *Contracting Parties (CPs)* is one of the members.
        """
        for match in _ABBREVIATION.finditer(text):
            before = text[max(0, match.start() - 120) : match.start()]
            members = _MEMBERS_BEFORE.search(before)
            is_body = members is not None and _OF_MEMBERS.search(before[: members.start()])
            if members and not is_body and ("=" + match["short"],) not in self._codes:
                self.called_members.add(match["short"].removesuffix("s"))
            words = words_of(before, language)
            named = (self.at(words, place) for place in range(len(words)))
            code = next((name[1] for name in named if name and name[0] == len(words)), None)
            if code:
                self._codes.setdefault(("=" + match["short"],), code)

    def learn_letter(self, lines: Sequence[str], language: str) -> None:
        """Keep who signs a letter to all members, by its signature or its head.

        *Executive Secretariat* … *Dear colleagues,* … *Anna Lind / Executive Secretary*.
        """
        if not any(map(_SALUTATION.fullmatch, lines)):
            return
        self.signer = ""
        for line in lines:
            for article in ("", "The ", "El ", "La "):
                words = words_of(article + line, language)
                named = self.at(words, 0) if words else None
                is_alone = named and (named[0] == len(words) or words[named[0]].text == ",")
                if named and is_alone and self.kind_of(named[1]) in ("office", "organization"):
                    self.signer = named[1]

    def at(self, words: Sequence[Word], place: int) -> tuple[int, str] | None:
        """Return the place after the party's name that begins at a word, and its code if any."""
        first = words[place]
        is_small = first.text[0].islower()
        is_none = is_small and not first.folded.startswith(self._small_starts)  # as nearly all
        if is_none or first.quoted or not first.text[0].isalnum():
            return None
        following = words[place + 1] if place + 1 < len(words) else first
        is_numbered = following.start == first.end and following.text.isdigit()
        whole = self._codes.get((f"={first.text}{following.text}",)) if is_numbered else None
        exact = whole or self._codes.get(
            ("=" + _GENITIVE.sub("", first.text),)
        )  # "WG1"; else a session: "COP28"
        named = (place + 1 + is_numbered, exact) if exact else None
        is_near = following.start <= first.end + 1 and following.text.isdigit()
        if exact and is_near and not whole and self.kind_of(exact) == "organization":
            named = place + 2, ""  # "WG 4" is another one than WG
        begin = _PARTS.search(first.folded)
        longest = self._longest.get(begin[0], 0) if begin else 0
        if not longest:
            return named
        # The parts of words, as names are compared: without signs, "Pro-Témpore" as two.
        near = range(place, min(place + 14, len(words)))
        parts = [(part, end + 1) for end in near for part in _PARTS.findall(words[end].folded)]
        for size in range(longest, 0, -1):
            known = tuple(part for part, _end in parts[:size])
            code = self._codes.get(known) if len(known) == size else None
            if code is not None:
                end = parts[size - 1][1]
                if is_small and known not in self._in_small_letters:
                    continue
                is_short = known in self._shortened
                is_other = is_short and place > 0 and words[place - 1].folded in _ONE_OF_MANY
                is_other |= is_short and (_goes_on(words, end) or _is_inside_name(words, place))
                if not is_other:
                    written = " ".join(word.text for word in words[place:end]).casefold()
                    return end, self._spelled.get(written, code)
        return named


def _is_inside_name(words: Sequence[Word], place: int) -> bool:
    """Tell whether a longer name begins before a word: *the Western Pacific Commission*."""
    before = words[max(0, place - 2) : place]
    if len(before) < 2 or not words[place].text.istitle():
        return False
    is_first = not before[0].text[-1].isalnum()  # of a sentence
    is_name = before[1].text.istitle() and len(before[1].text) > 3
    is_verb = before[1].forms and not before[0].text.istitle()  # "the Peace Support Office"
    return is_name and not is_first and not is_verb


def _goes_on(words: Sequence[Word], end: int) -> bool:
    """Tell whether a short name is but the beginning of another: *Red* of *Red de Enlace*."""
    following = words[end : end + 3]
    if not following or following[0].folded not in _LINKS - {"y", "and"}:
        first = following[0].text if following else ""  # "el Grupo ad hoc sobre licencias"
        return first == "ad" or (first[:1].isupper() and first[0].isalpha())
    is_name = any(word.text[0].isupper() for word in following[1:])
    return is_name and following[0].folded in ("de", "del", "of", "for", "on", "para", "sobre")


def _short_names(
    parties: Sequence[Party], full: Mapping[tuple[str, ...], str]
) -> dict[tuple[str, ...], str]:
    """Return the short forms that mean one party alone: *the Secretariat*, *la Comisión*."""
    meant: dict[tuple[str, ...], set[str]] = {}
    for party in parties:
        is_short = party.kind not in ("member", "group")
        names = party.name.by_language.items() if is_short else ()
        for language, name in names:
            words = _PARTS.findall(fold_words(name))
            first, dash, _second = name.partition(" - ")  # "Lakes Council - Meeting of Ministers"
            shorts = [_PARTS.findall(fold_words(first))] if dash else []
            for short in (*shorts, *_short_forms(words, language)):
                # "the meeting" is where one is, and no party.
                if len(short) > 1 or short[0] not in _NO_SHORT_NAMES:
                    meant.setdefault(tuple(short), set()).add(party.code)
    return {
        words: next(iter(codes))
        for words, codes in meant.items()
        if len(codes) == 1 and words not in full
    }


def _short_forms(words: Sequence[str], language: str) -> Iterator[Sequence[str]]:
    for place in (at for at in range(1, len(words)) if words[at - 1] not in _LINKS):
        if words[place] in _LINKS or language == "es":
            yield words[:place]
        if words[-1] in _LAST_WORDS:
            yield words[place:]


def is_part_of_name(words: Sequence[Word], place: int) -> bool:
    """Tell whether a longer name has the same word, further in front: *the Drugs Office*."""
    return any(
        words[at].text == words[place].text
        and (_is_inside_name(words, at) or _goes_on(words, at + 1))
        for at in range(place - 1)
    )


def _singular_names(party: Party) -> Iterator[str]:
    """Yield how one of a group is called by the group's names: *Smaller Island State*."""
    for name in names_of(party) if party.kind == "group" else ():
        for noun in GROUP_NOUN.finditer(name):
            for end, singular in (("ies", "y"), ("es", ""), ("s", "")):
                if noun[0].endswith(end):
                    yield name[: noun.end() - len(end)] + singular + name[noun.end() :]
