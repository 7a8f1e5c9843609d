"""A name that is joined to those who are bound, and is none of them: *Canada and other donors*."""

from collections.abc import Sequence

from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.subjects import Subjects
from grcm_cli.drafting.parties import Mention, WordSpan
from grcm_cli.drafting.tokens import Word, place_at
from grcm_cli.language.lexicon import all_words, phrase_regex

AND = frozenset({"&", "and", "e", "y"})
OR, BOTH = all_words("parties.or"), all_words("parties.both")
_AS_WELL_AS = phrase_regex(r"<parties.as_well_as>\s")
_ACTORS, _OTHERS = all_words("clause.actors"), all_words("parties.others")
_ARTICLES = all_words("parties.articles")
_BEFORE_NAME = all_words("clause.determiners") | {"a", "al"}
_ASIDE = (
    all_words("parties.aside") | all_words("clause.prepositions") | all_words("clause.relatives")
)
_NEAR_BOTH = 5  # words from *both* to the second name


def name_beside(
    sentence: Subjects, named: Sequence[Mention], clause: Clause, verb: int
) -> WordSpan | None:
    """Return the words of such a name, behind those who are bound or before them."""
    near = sentence.words[max(sentence.start, named[0].start - _NEAR_BOTH) : named[0].start]
    joints = AND | OR | {",", "/"}
    if any(word.folded in BOTH for word in near):
        joints |= {"como"}  # "tanto Chile como la FAO"
    behind = _name_behind(sentence, named[-1].end, clause, verb, joints)
    return behind or _name_before(sentence, named, clause, verb, joints)


def _name_behind(
    sentence: Subjects, end: int, clause: Clause, verb: int, joints: frozenset[str]
) -> WordSpan | None:
    """Return a name behind a place.

    Up to the verb, and to what is asked for, it is all words that are: *members and civil society
    groups shall*, *invites Canada, other donors and agencies to*.
    """
    words, place = sentence.words, sentence.skip((",",), end)
    text = sentence.passage.text
    aside = _AS_WELL_AS.match(text, words[place].start if place < len(words) else len(text))
    if not aside and sentence.folded_at(end) not in joints:
        return None
    joint = place if sentence.folded_at(place) in joints else end
    following = sentence.after_aside(joint + 1)
    if aside:
        following = place_at(words, aside.end(), (place, len(words)))
    first = sentence.skip(_BEFORE_NAME, following)
    places = (*(clause.responsible or ()), clause.place, verb)
    until = sentence.before_adverbs(min((at for at in places if end < at), default=end))
    until = sentence.skip_back(_ASIDE | {","}, until)
    later = range(following, until)
    ends = (at for at in later if words[at].text in ",;:(" or sentence.is_finite(at))
    close = next(ends, until)
    is_name = first < close and not words[first].is_form("gerund", "participle", "past")
    is_name = is_name and not sentence.is_adverb(first)
    is_listed = aside or words[end].text != ","
    if is_name and not is_listed:  # "Kenya, after consulting Fiji and Togo, shall"
        is_name = joint > end or sentence.next_of(AND, first, until) is not None
        is_name &= words[first].folded not in _ASIDE
    if is_name:
        return following, close
    last = next((at for at in range(first, sentence.end) if not _is_name(words[at])), sentence.end)
    if last == first and sentence.folded_at(first) in _OTHERS:
        last += 2  # "by Canada and other donors"
    is_listed = is_listed or sentence.folded_at(last) in AND
    return (first, last) if last > first and is_listed else None


def _name_before(
    sentence: Subjects, named: Sequence[Mention], clause: Clause, verb: int, joints: frozenset[str]
) -> WordSpan | None:
    """Return a name before those who are bound: *invites donors and Canada to*."""
    words, span = sentence.words, clause.responsible
    first = last = sentence.skip_back(_BEFORE_NAME, named[0].start) - 1
    if last <= sentence.start or words[last].folded not in joints:
        return None
    if span and clause.place < span[0] < last and words[last].text != ",":
        return span[0], last
    while first > sentence.start and _is_name(words[first - 1]):
        first -= 1
    if first == last and len(named) == 1 and words[verb].text.endswith("rán"):
        first = sentence.start  # "La Presidencia, que ejerce Chile, y Perú enviarán"
    is_name = words[last].text != "," or len(named) > 1
    if not is_name:  # and not "Para ello, Chile"
        is_name = words[first].folded in _ARTICLES or any(map(_is_name, words[first + 1 : last]))
    return (first, last) if is_name and first < last else None


def _is_name(word: Word) -> bool:
    """Tell whether a word is one of a name, written with capitals, or a noun of people."""
    return not word.quoted and (word.text[0].isupper() or word.folded in _ACTORS)
