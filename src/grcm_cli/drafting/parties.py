"""The parties that a text names, and the role in which each is named.

A party is named in full, by a short form of its name, by its code, or as one of a group.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Party
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register
from grcm_cli.drafting.sharing import POSSESSIVES
from grcm_cli.drafting.tokens import Word, Words, skip_back, wish_behind, words_of
from grcm_cli.language.lexicon import all_words, alternatives, lexicon, phrase_regex
from grcm_cli.language.text import fold_words
from grcm_cli.language.verbs import ACT_RULES, ACTS
from grcm_cli.times.patterns import NUMBERS, time_regex

WordSpan = tuple[int, int]  # places of words: the first, and the one after the last
Named = Mapping[int, tuple[int, str]]
"""The names of parties by the places of their first words: the place after each, and its code."""
Group = Literal["party", "members", "participants"]
Role = Literal["", "support", "capacity", "except"]
"""Of a party that is named: it acts, supports, holds an office, or is exempt."""
_PARTS, _GENITIVE = re.compile(r"[^\W_]+"), re.compile("['’]s$")
_NO_SHORT_NAMES, _FOLLOWING = all_words("parties.no_short_name"), all_words("parties.following")
_LINKS, _LAST_WORDS = all_words("parties.links"), all_words("parties.last_words")
_ABBREVIATION = re.compile(
    r"(?<=\w)\s+\((?:(?:hereinafter|en adelante|the|la|el)\s+)*"
    r"[“\"«]?(?P<short>[A-Z](?:[A-Z-]{1,9}s?|[a-z]{1,2}[A-Z]{1,2}))[”\"»]?\)"
)
_SALUTATION = phrase_regex(r"\s*<parties.salutations>\b[^.:;]{0,60}[,:]\s*")
_ALIKE = 6  # letters that words of one family have in common
GROUP_NOUN = phrase_regex(r"<parties.groups|parties.one_of_group>(?!\w)")
_A_GROUP = phrase_regex(
    r"(?<![^\W\d_])"
    r"<parties.member_states|parties.groups|parties.services|parties.one_of_group|parties.one_service>",
    0,
)
"""What no group is named without, in small letters."""
_SERVICE = phrase_regex(r"<parties.services|parties.one_service>\b")
_MEMBERS_BEFORE = phrase_regex(r"(?<!\w)<parties.member_states>\s*$")
_OF_MEMBERS = re.compile(r"\b(?:of(?: the| its)?|del?|de l[ao]s|de sus)\s*$", re.IGNORECASE)
"""Before the members in the name of a body: *Conference of the Contracting Parties (COP)*."""
COUNTS = {word: count for word, count in NUMBERS.items() if count > 1}
_MEMBERS = phrase_regex(
    r"(?<!\w)(?:(?P<all><parties.every>) )?(?:(?:l[oa]s|el|the|its|sus|those|aquell[oa]s) )?"
    rf"(?:(?P<count>{alternatives(sorted(COUNTS))}|[0-9]+) )?"
    r"(?:(?P<rest>resto de(?: l[oa]s)?|dem[aá]s|otr[oa]s|restantes|remaining|other|rest of the) )?"
    r"(?:national )?(?:<parties.member_states>|(?P<plain><parties.groups|parties.services>)"
    r"|<parties.one_of_group|parties.one_service>)(?: nacional(?:es)?)?(?!\w)(?! no miembros?\b)",
    0,
)
_ENDS_IN_ONE = phrase_regex(r"\b<parties.one_of_group|parties.one_service>(?: nacional)?$")
_SPANISH_GROUP = re.compile(alternatives(lexicon("es").phrases("parties.groups")))
_PARTICIPANTS = phrase_regex(r"(?<!\w)<parties.participants>(?!\w)", 0)
_THOSE = phrase_regex(
    # In Spanish at the start alone: elsewhere *en los que* and *a quienes* go on with a sentence.
    r"(?<!\w)those(?=\s+(?:that|which|who)\s)"
    r"|(?:^|(?<=[.;:]\s))(?:(?:aquellos|aquellas|los|las)(?=\s+que\s)|quienes(?=\s))"
)
_TIME = time_regex(r"(?:(?:early|late|principios de|fin(?:al)?es de) )?(?:<ONE_MONTH>|<YEAR>)\b")
_BEING = frozenset({"are", "be", "es", "is", "sean", "ser", "son", "was", "were"})
_PREPOSITIONS = all_words("clause.prepositions")
_BEFORE_GROUP = (
    all_words("parties.before_group")
    | all_words("clause.adverbs")
    | _PREPOSITIONS
    | all_words("clause.relatives")
)
_AFTER_GROUP = (
    all_words("parties.after_group") | all_words("clause.modals") | all_words("clause.determiners")
)
_RELATIVES = frozenset({"that", "which", "who", "whose", "que", "cuyo", "cuya", "cuyos", "cuyas"})
_MAX_RESTRICTION = 9  # words that say which of a group are meant
_OF_ALL = all_words("clause.meeting") - all_words("parties.parts_of_body")
_POSITION, _NOT_YET = all_words("parties.position"), frozenset({"aun", "no", "todavia", "ya"})
_WISHING = all_words("parties.wishing") | _POSITION
_DETERMINERS, _DEMONSTRATIVES = all_words("clause.determiners"), all_words("clause.demonstratives")
_REST, _ONE_OF_MANY = all_words("parties.rest"), all_words("parties.one_of_many")
"""*the other Importing Members*; *cada Signatario*, who is no party by a short name."""
_EACH_OF = frozenset({"cada", "de", "las", "los", "una", "uno"})
_IF_ANY = phrase_regex("(?<!\\w)<parties.if_any> $")
_ENDS_RESTRICTION = all_words("parties.after_restriction") | all_words("doubts.modals")
_ACTING = frozenset(verb for acts in (*ACTS.values(), *ACT_RULES.values()) for verb in acts)


class Mention(NamedTuple):
    """Words that name a party or a group of them."""

    start: int  # the first word's place
    end: int  # the place after the last word
    group: Group
    code: str = ""
    rest: bool = False  # the others: all but those who were named before
    unnamed: bool = False
    """Those who fit a clause, as who have not done it yet: the text does not say who they are."""
    number: int = 0  # how many they are, as the text says: *the three other members*
    supposed: bool = False
    """It is called by the members' services, *each office*, which may be those of others."""
    partial: bool = False
    """Some of the group: *members in arrears*, *donor countries*. The register does not say who."""
    role: Role = ""
    role_start: int = -1
    """The character at which the words begin that give a role: *with the support of*."""


def mentions_from(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """Return those of some mentions, in their order, that begin at a word from `start` to `end`."""
    start_of = attrgetter("start")
    first = bisect_left(mentions, start, key=start_of)
    return list(mentions[first : bisect_left(mentions, end, lo=first, key=start_of)])


def places_of(mentions: Iterable[Mention]) -> set[int]:
    """Return the places of the words of some mentions."""
    return {at for mention in mentions for at in range(mention.start, mention.end)}


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
        """Return the place after the party's name that begins at a word, and its code or nothing."""
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
    return is_name and not is_first and not before[1].forms


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


# --- groups ------------------------------------------------------------------------------------


def _singular_names(party: Party) -> Iterator[str]:
    """Yield how one of a group is called by the group's names: *Smaller Island State*."""
    for name in names_of(party) if party.kind == "group" else ():
        for noun in GROUP_NOUN.finditer(name):
            for end, singular in (("ies", "y"), ("es", ""), ("s", "")):
                if noun[0].endswith(end):
                    yield name[: noun.end() - len(end)] + singular + name[noun.end() :]


def _members_of(
    words: Sequence[Word], place: int, named: Named, names: PartyNames, *, of_body: bool
) -> Mention | None:
    """Return the group in *SIS members*, *members of the SIS*, *members of the Committee*, or None.

    Those of a body, where `of_body`, are the members; a group has its own code.
    """
    end = place
    while end < len(words) and GROUP_NOUN.fullmatch(words[end].folded):
        end += 1
    if place < end < len(words) - 1 and words[end].folded in ("of", "de", "del"):
        end += 1 + (words[end + 1].folded in _DETERMINERS)
    else:
        end = place
    party = named.get(end)
    is_plain = words[place].folded in ("members", "miembros")
    if party and is_plain and of_body and names.kind_of(party[1]) == "body":
        return Mention(place, party[0], "members")
    if party is None or party[1] not in names.groups:
        return None
    end = party[0]
    while end < len(words) and GROUP_NOUN.fullmatch(words[end].folded):
        end += 1
    return Mention(place, end, "party", party[1])


def find_mentions(lower: str, words: Words, names: PartyNames) -> list[Mention]:
    """Return the parties and groups that a text in small letters names, in its order."""
    mentions: list[Mention] = []
    places = range(len(words))
    named = {at: known for at in places if (known := names.at(words, at))}
    for at in [at for at in named if named.get(at + 1, (0,))[0] > named[at][0]]:
        del named[at]  # "the Unit", of "the Coordination Unit"
    matches, begins = [*_PARTICIPANTS.finditer(lower)], set(named)
    if _A_GROUP.search(lower):
        matches += _MEMBERS.finditer(lower)
        begins |= {at for at in places if GROUP_NOUN.fullmatch(words[at].folded)}
    groups = _groups([*matches, *_THOSE.finditer(lower)], words, named, names)
    place = 0
    while place < len(words):
        group = groups.get(place)
        near = sorted(begins.intersection(range(place, group.end if group else place + 1)))
        members = (_members_of(words, at, named, names, of_body=not group) for at in near)
        listed = next(filter(None, members), None)
        if listed:
            mentions.append(listed)
            place = listed.end
            continue
        party = named.get(place)
        if party and (group is None or party[0] >= group.end):
            end = _end_with_abbreviation(words, *party, named)
            mentions.append(Mention(place, end, "party", party[1], partial=not party[1]))
        elif group is not None:
            mentions.append(group)
        place = mentions[-1].end if party or group else place + 1
    for at, name in enumerate(mentions):
        if name.code in names.groups:  # "upstream States that fish", "the other coastal States"
            before = words[skip_back(words, _EACH_OF, name.start) - 1].folded
            is_some = words[name.end].folded in _RELATIVES
            is_some = is_some and _restricts(words, name.end, is_asked=before in ("a", "al"))
            mentions[at] = name._replace(unnamed=is_some, rest=before in _REST)
    return mentions


def _end_with_abbreviation(words: Sequence[Word], end: int, code: str, named: Named) -> int:
    """Return where a name ends with its abbreviation: *the Pacific Community (SPC)*."""
    short = named.get(end + 1) if end + 2 < len(words) and words[end].text == "(" else None
    is_same = short is not None and short[1] == code and short[0] < len(words)
    return short[0] + 1 if short and is_same and words[short[0]].text == ")" else end


def _groups(
    matches: Iterable[re.Match[str]], words: Sequence[Word], named: Named, names: PartyNames
) -> dict[int, Mention]:
    """Return the groups that matches mean, each by the place of its first word."""
    places = {word.start: place for place, word in enumerate(words)}
    ends = {word.end: place + 1 for place, word in enumerate(words)}
    groups: dict[int, Mention] = {}
    for match in matches:
        group: Group = "participants" if match.re is _PARTICIPANTS else "members"
        start, end = places.get(match.start()), ends.get(match.end())
        if start is None or end is None or words[start].quoted or start in groups:
            continue
        if start and words[start - 1].folded in _BEING:
            continue  # "which are parties to the treaty"
        if any((name := named.get(at)) and name[0] > end for at in range(start, end)):
            continue  # "los Estados Unidos"
        made = Mention(start, end, group, unnamed=match.re is _THOSE)
        if match.re is _MEMBERS:
            rest = bool(match["rest"]) or "restantes" in match[0]
            number = match["count"] or "0"
            count = int(number) if number.isdecimal() else COUNTS[number]
            is_service = _SERVICE.search(match[0]) is not None  # members, by their services
            is_any = bool(_IF_ANY.search(match.string, max(0, match.start() - 20), match.start()))
            made = made._replace(rest=rest, number=count, supposed=is_service or is_any)
            is_group = is_any or _is_group(match, words[start:end])
            if not is_group or _is_named_again(words, made, names):
                continue
        is_whole = made.unnamed or words[start].folded.startswith(("our", "nuestr"))
        is_whole = is_whole or _is_of_body(words, start, end, named)
        made = made if is_whole else _restricted(words, made)
        groups[made.start] = made
    for place, word in enumerate(words) if names.called_members else ():
        if word.text.removesuffix("s") in names.called_members and not word.quoted:
            start = skip_back(words, _DETERMINERS, place)
            made = _restricted(words, Mention(start, place + 1, "members"))
            groups[made.start] = made
    return groups


def _restricted(words: Sequence[Word], group: Mention) -> Mention:
    """Return a group with the words beside it that say which of it are meant, if any do.

    *interested* members, members *in arrears*, los países *andinos*, Estados *que son parte*.
    """
    start, end = group[:2]
    before = words[start - 1] if start else None
    if before and before.text.replace("-", "").isalpha() and before.folded not in _BEFORE_GROUP:
        is_noun = words[max(start - 2, 0)].folded in _DETERMINERS  # "the host countries"
        is_verb = before.is_form("infinitive", "subjunctive", "future", "gerund")
        is_verb = (is_verb or any(form.verb in _ACTING for form in before.forms)) and not is_noun
        is_verb |= words[start].folded in _DETERMINERS  # "To this end each member"
        start -= not is_verb or before.folded in _FOLLOWING  # "the following countries"
    at = end
    is_asked = before is not None and before.folded in ("a", "al")
    is_asked = is_asked and not words[start].folded.startswith("aquell")
    if at < len(words) and _restricts(words, at, is_asked=is_asked):
        at += 2 if words[at].folded in _RELATIVES else 1
        at += at < len(words) and words[at].folded in _DETERMINERS
        close = min(end + _MAX_RESTRICTION, len(words))
        while at < close and words[at].text.isalpha() and words[at].folded not in _ENDS_RESTRICTION:
            if words[at].is_form("future", "subjunctive", "conditional", "infinitive", "past"):
                break
            at += 1
        lead = end + (words[end].folded in _PREPOSITIONS)  # "in whose waters"
        is_clause = lead < at and words[lead].folded in _RELATIVES
        is_clause |= any(word.folded in _POSITION for word in words[end:at])
        if (is_clause or words[end].is_form("gerund")) and not group.supposed:
            return group._replace(unnamed=True)
    return group._replace(start=start, end=at, partial=True) if (start, at) != group[:2] else group


def _is_named_again(words: Sequence[Word], group: Mention, names: PartyNames) -> bool:
    """Tell whether a group is of those who were named before: *these countries*, *the two States*.

    But *those members that fish* are some of all.
    """
    if group.number not in (0, names.member_count) and not group.rest:
        return True
    near = words[max(0, group.start - 1) : group.start + 1]
    is_some = group.end < len(words) and _restricts(words, group.end, is_asked=False)
    return not is_some and any(word.folded in _DEMONSTRATIVES for word in near)


def _is_of_body(words: Sequence[Word], start: int, end: int, named: Named) -> bool:
    """Tell whether a group is that of a body: *each member of the Committee*, *its members*."""
    if any((name := named.get(at)) and name[0] == start for at in range(start)[-6:]):
        return True
    if end + 2 >= len(words) or words[end].folded not in ("of", "de", "del"):
        return False
    following = words[end + 2] if words[end + 1].folded in _DETERMINERS else words[end + 1]
    return not named.keys().isdisjoint((end + 1, end + 2)) or following.folded in _OF_ALL


def _restricts(words: Sequence[Word], at: int, *, is_asked: bool) -> bool:
    """Tell whether a word behind a group says which of it are meant.

    `is_asked` tells that *a* is before: of *a los países que presenten* it is what they are asked.
    """
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if word.folded == "que" and following is not None and is_asked:
        is_wished = any(near.folded in _WISHING for near in words[at + 1 : at + 4])
        is_not_yet = any(near.folded in _NOT_YET for near in words[at + 1 : at + 6])
        is_told = following.is_form("present", "past") and not following.is_form("subjunctive")
        return is_wished or is_not_yet or is_told or wish_behind(words, at) is not None
    near = [each.folded for each in words[at : at + 4]]
    is_led = near[1:2] == ["yet"] or near[1:3] in (["las", "que"], ["los", "que"])
    is_led |= not (_RELATIVES - {"que", "that"}).isdisjoint(near[1:2])  # "on whose"
    if word.folded in _RELATIVES or (is_led and word.text.isalpha()):
        return True
    if word.folded.endswith(("ly", "mente")) and following is not None:
        word, following = following, None  # "members generally to", but "members newly elected"
    if not word.text.isalpha() or word.quoted or word.folded in _AFTER_GROUP:
        return False
    if word.folded == "menos" and following is not None:  # "menos Chile", not "menos adelantados"
        return following.text[0].islower() and following.folded not in _DETERMINERS
    is_thing = following and (following.folded in POSSESSIVES or following.is_form("infinitive"))
    is_task = following and following.is_form("gerund") and not _DETERMINERS.isdisjoint(near[2:3])
    if (near[0] == "with" and is_task) or (near[0] in ("of", "de") and is_thing):
        return False  # "entrusts members with printing it", "el compromiso de los países de ir"
    if word.folded in ("en", "in") and following is not None:  # "en mora", and no time
        if following.folded in _DETERMINERS and at + 2 < len(words):
            noun = words[at + 2]  # "in the Pacific", "in a position to do so"
            return noun.text[0].isupper() or noun.folded in _POSITION
        is_other = following.text.isalpha() and following.folded not in _DETERMINERS
        return is_other and not _TIME.match(" ".join(near[1:]))
    return not word.is_form("infinitive", "present", "past", "future", "subjunctive", "conditional")


def _is_group(match: re.Match[str], words: Sequence[Word]) -> bool:
    """Tell whether matched words mean the members and not, say, the governments of others."""
    matched, every, rest = match[0], match["all"], match["rest"]
    if _ENDS_IN_ONE.search(matched) and "member" not in matched.split()[:-1] and not every:
        return False  # "the country", "el país miembro": one of them
    plain = match["plain"] or ""
    if plain == "partes" and any(word.text == plain for word in words):
        return False  # "las partes del texto"
    if not plain or rest:
        return True
    is_service = _SERVICE.fullmatch(plain) is not None
    if not every and (is_service or _SPANISH_GROUP.fullmatch(plain)):
        before = match.string[: match.start()].rstrip()[-1:]
        opens = is_service and before in ("", ".", ";", ":")  # but "Customs offices shall"
        if not (opens or re.match(r"(?:l[oa]s|the|sus|aquell[oa]s)\s", matched)):
            return False
    follows = match.string[match.end() : match.end() + 12]
    return not re.match(r"\s+(?:de|del|of|vecin|neigh|donante|donor|receptor)\b", follows)
