"""A text to be read: its words, what is quoted in it, and who is named in which role."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise, takewhile
from typing import NamedTuple

from grcm_cli.drafting.ordinals import with_digits
from grcm_cli.drafting.parties import (
    Mention,
    Role,
    WordSpan,
    find_mentions,
    mentions_from,
    places_of,
)
from grcm_cli.drafting.party_names import PartyNames
from grcm_cli.drafting.tokens import (
    Words,
    as_read,
    parts_of,
    sentences,
    skip,
    words_of,
)
from grcm_cli.language.lexicon import all_words, phrase_regex
from grcm_cli.language.text import in_small_letters
from grcm_cli.times.patterns import Bodies

LEADING = all_words("parties.leading")
NAME_JOINTS = all_words("parties.list") | LEADING  # words between the names of a list
_SPEAKER, _ADDRESSEE = phrase_regex("<parties.speakers>"), phrase_regex("<parties.addressees>")
_FINITE = all_words("clause.modals") | all_words("clause.finite")
_BEFORE_FINITE = frozenset({"no", "se"})
_MOST_JOINED = 30  # names of one subject
_CAPACITY = all_words("parties.capacity")
_BRACKETED = LEADING | {"(", ")", ":"}
_OF = frozenset({"de", "del", "of"})
_ANNOUNCING = re.compile(r"\b(?:following|siguientes?)(?: [^\W\d_]+){1,2}\s*:\s*$")
"""At the end of a stem whose colon belongs to what is to be done: *the following areas: trade*."""
_ARTICLE = r"(?:la|el|los|las|the|its)"
_SUPPORT = phrase_regex(rf"<parties.support> (?:(?:{_ARTICLE}|su) )?$")
_HAVING_MEANS = all_words("verbs.having_means")
_AFTER_SUPPORT = phrase_regex(r"\s*(?:[.;]|$)|,? <dates.after_support>\b")
_SUPPORTING = phrase_regex(r",? \(?<parties.supporting>\)?(?=\s*(?:[;,.)]|$))")
_IN_CAPACITY = phrase_regex(rf"<parties.in_capacity>\s*(?:{_ARTICLE} )?(?:<parties.turns> )?$")
IN_CHARGE = phrase_regex(rf"(?:,|\()?\s*(?<!\w)<parties.in_charge>\s*(?:{_ARTICLE} )?$")
"""Before whoever has the task, behind what is to be done: *, a cargo de la Secretaría*."""
_BOTH = re.compile(r"\btanto\b[^.;]*\bcomo\s+(?:(?:el|la|los|las)\s+)?$", re.IGNORECASE)
"""Before the second of *tanto México como Chile*."""
_EXCEPT = phrase_regex(
    "<parties.except> (?:(?:la|el|los|las|that|those) (?:de|del|of) )?(?:(?:la|el|los|las|the) )?$"
)
_EXCEPTED = phrase_regex(r"(?:, [^,.;]{2,60})?,? <parties.excepted>(?!\w)")
"""Behind who is exempt: *Uganda, which has done so already, is exempt*."""
_JOINED = phrase_regex(
    r"\s*(?:,|,?\s*(?:y|e|and|as well as|as[ií] como|,\s*y|of the|de la|del))"
    r"\s*(?:(?:de|del|of|la|el|los|las|the) )*$"
)
Place = tuple[int, int]
"""Characters of a conclusion's own text: the first, and the one after the last.

Places in the texts that an item completes, its stem, are negative: they count back from its own
text, with one space between two texts. Behind the text are the other cells of its row, each after
one space.
"""


class Excerpt(NamedTuple):
    """Words of a conclusion and where they are."""

    words: str
    place: Place | None = None


class Passage:
    """A text with its words and the parties that it names.

    `begin` is where an item's own text begins after that of its stem; 0 where it is none.
    """

    def __init__(self, text: str, language: str, names: PartyNames, begin: int) -> None:
        self.text, self.names, self.begin = text, names, begin
        self.language = language
        words = as_read(words_of(text, language), language)
        self.words = words
        characters = list(text)
        for word in self.words:
            if word.quoted:
                characters[word.start : word.end] = "·" * (word.end - word.start)
        plain = "".join(characters)
        self.plain = with_digits(plain) if language == "es" else plain
        """The text in which what is quoted is dots, days and years are figures, of one length."""
        self.lower = in_small_letters(self.plain)
        """The same in small letters, of one length."""
        named = find_mentions(self.lower, self.words, names)
        self.mentions = _with_roles(self.plain, self.words, named, names)
        start = 0
        for at, word in enumerate(words):  # a list of names: "Canada; Mexico: prepare a note"
            if word.text == ";" and self.are_names(start, at):
                words[at] = word._replace(text=",", folded=",")
            elif word.text in ".;":
                start = at + 1
        self.sentences: list[tuple[int, int]] = []
        self.later_parts: list[int] = []
        """The words that begin the second part of a sentence that is read in parts."""
        for sentence in sentences(self.words):
            parts = list(parts_of(self.words, sentence))
            self.sentences += parts
            self.later_parts += [start for start, _end in parts[1:2]]
        self.acting: Sequence[Mention] = [name for name in self.mentions if not name.role]
        """Who acts for itself: no support, no exception, no capacity."""
        self._with_roles = [name for name in self.mentions if name.role]
        self._supporting = [name for name in self.mentions if name.role == "support"]
        phrases = {name.role_start: name.end for name in self._supporting}
        self._support_phrases = [(at, self.words[end - 1].end) for at, end in phrases.items()]
        """Where the words begin and end that say who supports: *with the support of Kenya*."""
        bodies = []
        for name in self.mentions:
            if names.kind_of(name.code) == "body":
                last = name.end - 1
                is_joined = self.words[last].start == self.words[last - 1].end
                last -= is_joined and self.words[last].text.isdigit()  # *CC9* is a session
                bodies.append((self.words[name.start].start, self.words[last].end, name.code))
        self.bodies = Bodies(self.plain, bodies, names.bodies_like)

    def support_cuts(self, part: WordSpan) -> Iterator[WordSpan]:
        """Yield the characters of some words that only say who supports what they ask for."""
        begin, last = self.words[part[0]].end, self.words[part[1] - 1].end
        has = any(form.verb in _HAVING_MEANS for form in self.words[part[0]].forms)
        for start, end in () if has else self._support_phrases:  # "contar con el apoyo de"
            if begin <= start and end <= last:
                before = self.plain[self.words[part[0]].start : start]
                if before.rstrip().endswith(",") and self.plain.startswith(",", end):
                    yield self.plain.rindex(",", 0, start), end + 1
                elif end == last or _AFTER_SUPPORT.match(self.plain, end):
                    yield start, end

    def excerpt(self, start: int, end: int) -> Excerpt:
        """Return the text from a word to the one before another, with its place."""
        first, last = self.words[start], self.words[max(end, start + 1) - 1]
        place = first.start - self.begin, last.end - self.begin
        return Excerpt(self.text[first.start : last.end], place)

    @cached_property
    def as_one(self) -> str:
        """A stem and its item as one sentence of the same length.

        *Include in the glossary: The definition* → *Include in the glossary  the definition*.
        """
        stem, item = self.text[: self.begin], self.text[self.begin :]
        if not stem.rstrip().endswith(":") or _ANNOUNCING.search(stem):
            return self.text
        named = any(self.words[mention.start].start == self.begin for mention in self.mentions)
        if item[:1].isupper() and not item[1:2].isupper() and not named:
            item = item[:1].lower() + item[1:]
        return stem.rstrip()[:-1].ljust(self.begin) + item

    def person(self, start: int, end: int) -> Mention | None:
        """Return whom some words of a letter mean: *I* who signs it, *you* the members, or None."""
        if self.names.signer is None or start >= end or mentions_from(self.acting, start, end):
            return None
        words = self.excerpt(start, end).words
        if any(form.speaks for form in self.words[start].forms) or _SPEAKER.fullmatch(words):
            return Mention(start, end, "party", self.names.signer, supposed=True)
        is_you = _ADDRESSEE.fullmatch(words) is not None
        return Mention(start, end, "members", supposed=True) if is_you else None

    def support(self, start: int, end: int) -> dict[str, Excerpt]:
        """Return the codes of those who support, among some words, each with its first name."""
        return self.by_code(mentions_from(self._supporting, start, end))

    def in_charge(self, part: WordSpan) -> Mention | None:
        """Return who has the task, behind what is to be done: *(a cargo de Chile)*, or None."""
        for mention in mentions_from(self.acting, *part):
            start = self.words[mention.start].start
            if IN_CHARGE.search(self.plain, max(0, start - 90), start):
                return mention
        return None

    def by_code(self, mentions: Sequence[Mention]) -> dict[str, Excerpt]:
        """Return the codes that some mentions have, each with the first name."""
        named = [name for name in reversed(mentions) if name.code]
        excerpts = {name.code: self.excerpt(name.start, name.end) for name in named}
        return dict(reversed(excerpts.items()))

    def are_names(self, start: int, end: int) -> bool:
        """Tell whether some words name parties or groups of them, and say nothing else."""
        named = places_of(mentions_from(self.mentions, start, end))
        others = (self.words[at].folded for at in range(start, end) if at not in named)
        return bool(named) and NAME_JOINTS.issuperset(others)

    def joined_first(
        self, mentions: Sequence[Mention], joints: frozenset[str] = NAME_JOINTS
    ) -> list[Mention]:
        """Return the first of some mentions and those that are joined to it."""
        joined = takewhile(lambda two: self.joined(*two, joints), pairwise(mentions))
        return [*mentions[:1], *(second for _first, second in joined)]

    def joined(self, first: Mention, second: Mention, joints: frozenset[str] = NAME_JOINTS) -> bool:
        """Tell whether only words of a list, or what one of them is, stand between two names."""
        with_roles = mentions_from(self._with_roles, first.end, second.start)
        excepted = [name.end for name in with_roles if name.role == "except"]
        start = max([first.end, *excepted])  # "members, except Fiji, and the Secretariat"
        inside = places_of(with_roles)
        between = {word.folded for word in self.words[first.end : second.start]}
        allowed = joints | _CAPACITY if inside else joints
        if between & LEADING:
            allowed |= _BRACKETED  # "Kenya (lead), Fiji", "the Secretariat (lead: Fiji)"
        if first.start and self.words[first.start - 1].folded in _OF:
            allowed |= _OF  # "de Ecuador y del Perú"
        others = set(range(start, second.start)) - inside
        return all(self.words[place].folded in allowed for place in others)

    def named_before(self, sentence_start: int) -> Sequence[Mention]:
        """Return who acts in the last sentence, of those before a place, that names anybody."""
        at = bisect_left(self.acting, sentence_start, key=lambda mention: mention.start) - 1
        if at < 0:
            return []
        last = bisect_right(self.sentences, self.acting[at].start, key=lambda span: span[0]) - 1
        return mentions_from(self.acting, *self.sentences[last])


def _with_roles(
    text: str, words: Words, mentions: Sequence[Mention], names: PartyNames
) -> list[Mention]:
    """Return the mentions of a text, each with its role."""
    named: list[Mention] = []
    for at, mention in enumerate(mentions):
        start = words[mention.start].start
        before = text[max(0, start - 90) : start]
        between = text[words[named[-1].end - 1].end : start] if named else ""
        role: Role = ""
        begin, support = -1, _SUPPORT.search(before)
        if _SUPPORTING.match(text, words[mention.end - 1].end):
            role, begin = "support", start
        elif support:
            role, begin = "support", start - len(before) + support.start()
        elif _EXCEPT.search(before) or (
            any(earlier.group != "party" for earlier in named)
            and _EXCEPTED.match(text, words[mention.end - 1].end)
        ):
            role = "except"
        elif named and not named[-1].role:
            is_office = len(between) <= 60 and _IN_CAPACITY.search(before) is not None
            is_office = is_office and not _BOTH.search(text, max(0, start - 200), start)
            role = "capacity" if is_office and mention.group == "party" else ""
        elif named and named[-1].role != "capacity":
            is_joined = _JOINED.fullmatch(between) and not (
                # "except Fiji, and the Secretariat": who is no member is no exception
                named[-1].role == "except"
                and names.kind_of(mention.code) != names.kind_of(named[-1].code)
            )
            near = mentions[at : at + _MOST_JOINED]
            begins = not between.startswith(" ") and _is_subject(text, words, near)
            is_joined = is_joined and not begins  # "With the help of Fiji, Kenya will"
            role = named[-1].role if is_joined else ""
            begin = named[-1].role_start if role else -1
        named.append(mention._replace(role=role, role_start=begin))
    return named


def _is_subject(text: str, words: Words, mentions: Sequence[Mention]) -> bool:
    """Tell whether a verb follows the first of some mentions, and those that *and* joins to it."""
    last = mentions[0]
    for mention in mentions[1:]:
        between = text[words[last.end - 1].end : words[mention.start].start]
        if "," in between or not _JOINED.fullmatch(between):
            break
        last = mention
    word = words[skip(words, _BEFORE_FINITE, last.end, len(words))]
    return word.is_form("future", "conditional", "present", "past") or word.folded in _FINITE
