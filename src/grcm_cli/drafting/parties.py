"""The parties that a text names, and the role in which each is named.

A party is named in full, by a short form of its name, by its code, or as one of a group.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from grcm_cli.drafting.party_names import GROUP_NOUN, PartyNames, is_part_of_name
from grcm_cli.drafting.sharing import POSSESSIVES
from grcm_cli.drafting.tokens import Word, Words, skip_back, wish_behind
from grcm_cli.language.lexicon import all_words, alternatives, lexicon, phrase_regex
from grcm_cli.language.verbs import ACT_RULES, ACTS
from grcm_cli.times.patterns import NUMBERS, time_regex

WordSpan = tuple[int, int]  # places of words: the first, and the one after the last
Named = Mapping[int, tuple[int, str]]
"""The names of parties by the places of their first words: the place after each, and its code."""
Group = Literal["party", "members", "participants"]
Role = Literal["", "support", "capacity", "except"]
"""Of a party that is named: it acts, supports, holds an office, or is exempt."""
_FOLLOWING = all_words("parties.following")
_A_GROUP = phrase_regex(
    r"(?<![^\W\d_])"
    r"<parties.member_states|parties.groups|parties.services|parties.one_of_group|parties.one_service>",
    0,
)
"""What no group is named without, in small letters."""
_SERVICE = phrase_regex(r"<parties.services|parties.one_service>\b")
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
_REST = all_words("parties.rest")  # *the other Importing Members*
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


# --- groups ------------------------------------------------------------------------------------


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
    is_plain = words[place].folded in ("members", "miembros", "integrantes")
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
        elif names.is_short(words[name.start : name.end]) and is_part_of_name(words, name.start):
            mentions[at] = name._replace(supposed=True)  # "the Drugs Office …, and asks the Office"
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
