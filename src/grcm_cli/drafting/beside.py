"""A name that is joined to those who are bound, and is none of them: *Canada and other donors*."""

from collections.abc import Sequence

from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.sentence import Sentence
from grcm_cli.drafting.parties import Mention, WordSpan
from grcm_cli.drafting.tokens import place_at
from grcm_cli.language.lexicon import all_words, phrase_regex

AND = frozenset({"&", "and", "e", "y"})
OR = all_words("parties.or")
BOTH = all_words("parties.both")
_AS_WELL_AS = phrase_regex(r"<parties.as_well_as>\s")
_ACTORS = all_words("clause.actors")
_ARTICLES = all_words("parties.articles")
_BEFORE_NAME = all_words("clause.determiners") | {"a", "al"}
_OTHERS = all_words("parties.others")
_NO_NAME = (
    (
        all_words("clause.prepositions")
        | all_words("parties.around")
        | all_words("doubts.conditions")
    )
    | all_words("clause.relatives")
    | all_words("clause.when")
)
"""What opens an aside behind a name: *Canada, as host, shall*."""
_NEAR_BOTH = 5  # words from *both* to the second name
_LONGEST = 12  # words of a name that the register lacks


def name_beside(
    sentence: Sentence, named: Sequence[Mention], clause: Clause, verb: int
) -> WordSpan | None:
    """Return the words of such a name, behind those who are bound or before them."""
    start = named[0].start
    near = sentence.words[max(sentence.start, start - _NEAR_BOTH) : start]
    joints = AND | OR - {"-", "–"} | {",", "/"}
    if any(word.folded in BOTH for word in near):
        joints |= {"como"}  # "tanto Chile como la FAO"
    behind = _name_behind(sentence, named[-1].end, clause, verb, joints)
    return behind or _name_before(sentence, named, clause, verb, joints)


def _name_behind(
    sentence: Sentence, end: int, clause: Clause, verb: int, joints: frozenset[str]
) -> WordSpan | None:
    """Return a name behind a place.

    Up to the verb, and to what is asked for, it is all words that are: *members and civil society
    groups shall*, *invites Canada, other donors and agencies to*.
    """
    words, place = sentence.words, sentence.skip((",",), end)
    text, span = sentence.passage.text, (place, len(words))
    aside = _AS_WELL_AS.match(text, words[place].start) if place < len(words) else None
    if not aside and sentence.folded_at(end) not in joints:
        return None
    is_comma = not aside and words[end].text == ","
    joint = place if sentence.folded_at(place) in joints else end
    following = place_at(words, aside.end(), span) if aside else sentence.after_aside(joint + 1)
    first = sentence.skip(_BEFORE_NAME, following)
    leads = sentence.lists["clause.prepositions"] | {sentence.grammar.that, ","}
    places = (*(clause.responsible or ()), clause.place, verb)
    until = min((at for at in places if end < at), default=end)
    until = sentence.skip_back(leads, sentence.before_adverbs(until))
    ends = (
        at for at in range(following, until) if words[at].text in ",;:(" or sentence.is_finite(at)
    )
    close = next(ends, until)
    is_name = first < close and not sentence.is_adverb(first)
    is_name = is_name and not words[first].is_form("gerund", "participle", "past")
    if is_comma:  # "Kenya, after consulting Fiji and Togo, shall"
        is_name &= words[first].folded not in _NO_NAME
        is_name &= joint > end or sentence.next_of(AND, first, until) is not None
    if is_name:
        return following, min(close, following + _LONGEST)
    last = _end_of_name(sentence, first, sentence.end)
    if last == first and sentence.folded_at(first) in _OTHERS:
        last += 2  # "by Canada and other donors"
    is_own = end > verb and sentence.folded_at(last) in ("to", "que")
    is_listed = not is_comma or sentence.folded_at(last) in AND
    # "and Mexico to reply" is another duty
    return (first, last) if last > first and is_listed and not is_own else None


def _name_before(
    sentence: Sentence, named: Sequence[Mention], clause: Clause, verb: int, joints: frozenset[str]
) -> WordSpan | None:
    """Return a name before those who are bound: *invites donors and Canada to*."""
    words, span = sentence.words, clause.responsible
    start = sentence.skip_back(_BEFORE_NAME, named[0].start)
    if start - 2 < sentence.start or words[start - 1].folded not in joints:
        return None
    first = last = start - 1
    if span and clause.place < span[0] < last and words[last].text != ",":
        return span[0], last
    while first > sentence.start and _end_of_name(sentence, first - 1, first) == first:
        first -= 1
    if first == last and len(named) == 1 and words[verb].text.endswith("rán"):
        first = sentence.start  # "La Presidencia, que ejerce Chile, y Perú enviarán"
    is_name = words[last].text != "," or len(named) > 1
    if first == sentence.start and not is_name:  # and not "Para ello, Chile"
        later = words[first + 1 : last]
        is_name = words[first].folded in _ARTICLES or any(
            word.text[0].isupper() or word.folded in _ACTORS for word in later
        )
    return (first, last) if is_name and first < last else None


def _end_of_name(sentence: Sentence, start: int, end: int) -> int:
    """Return the place after a name, written with capitals, or a noun of people; else start."""
    words = sentence.words
    ends = (
        at
        for at in range(start, end)
        if words[at].quoted or not (words[at].text[0].isupper() or words[at].folded in _ACTORS)
    )
    return next(ends, max(start, end))
