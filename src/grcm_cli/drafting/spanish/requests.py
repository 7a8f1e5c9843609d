"""Requests in Spanish: who is asked, and for what; and what a decision lays on somebody."""

from grcm_cli.drafting.finders import Clause, Sentence, WordSpan
from grcm_cli.drafting.spanish.clause import (
    DETERMINERS,
    LEXICON,
    after_aside,
    first_verb,
    is_passive,
    is_relative,
)
from grcm_cli.language.verbs import ACTS, STATIVE, URGING, VerbForm

_ACTS = ACTS["es"]
_AGREEING = LEXICON.words("verbs.agreeing")
_PREPOSITIONS = LEXICON.words("clause.request_prepositions")
_TO = frozenset({"a", "al", "para"})
_PRONOUNS = frozenset({"le", "les", "lo", "los", "la", "las"})


def decision_clause(sentence: Sentence, place: int, form: VerbForm, begin: int) -> Clause | None:
    """Return the duty of *acordar que la Secretaría presente*: of whoever is named there."""
    if form.verb not in _AGREEING:
        return None
    words = sentence.words
    at = place + 1
    while at < sentence.end and words[at].text == ",":
        at = after_aside(sentence, at)
    if at >= sentence.end or words[at].folded != "que":
        return None
    verb = first_verb(sentence, at + 1, ("subjunctive", "future", "conditional"))
    found = words[verb].form("subjunctive", "future", "conditional") if verb is not None else None
    if verb is None or found is None or (found.verb in STATIVE and found.verb != "ser"):
        return None
    passive = is_passive(sentence, verb)
    named = bool(sentence.mentions_within((at + 1, verb)))
    if not named and (not passive or found.verb in ("celebrar", "realizar", "llevar")):
        return None
    who, action, urging = (at + 1, verb), (verb, sentence.end), form.verb in URGING
    return Clause(place, "directive", form.verb, begin, who, action, urging, passive=passive)


def request_clause(sentence: Sentence, place: int, form: VerbForm, begin: int) -> Clause:
    """Return a request: who is asked, and for what."""
    words = sentence.words
    start = place + 1
    if _ACTS.get(form.verb) != "directive":
        # "reiterar la solicitud", "hacer un llamado": whoever is asked comes after the noun.
        to = sentence.next_of(_TO, start)
        start = start if to is None else to
    urging = form.verb in URGING or form.verb == "hacer"
    clitic = bool(form.enclitic) or (place > 0 and words[place - 1].folded in _PRONOUNS)
    start, at, what = _asked_and_what(sentence, start)
    if what is None:
        rest = (start, sentence.end) if start < sentence.end else None
        who = (start, sentence.end)
        return Clause(place, "directive", form.verb, begin, who, rest, urging, clitic)
    named = bool(sentence.mentions_within((start, at)))
    asks_somebody = at > start and words[start].folded in ("a", "al")
    by_subject = words[at].folded == "que" and not (named or clitic or asks_somebody)
    who = (at + 1, what[0]) if by_subject else (start, at)
    passive = by_subject and is_passive(sentence, what[0])
    antecedent = clitic and not named
    return Clause(place, "directive", form.verb, begin, who, what, urging, antecedent, passive)


def _asked_and_what(sentence: Sentence, start: int) -> tuple[int, int, WordSpan | None]:
    """Return where whoever is asked begins and ends, and what is asked for, if that is found."""
    words = sentence.words
    at = start
    while at < sentence.end:
        inside = sentence.mention_over(at)
        if inside:
            at = inside.end
            continue
        if words[at].folded == "que" and not is_relative(sentence, at):
            return start, at, _what_after_que(sentence, at)
        if words[at].text == ":" and _is_asked_below(sentence, at):
            start = at + 1  # "encarga: a la Presidencia, que gestione"
        elif words[at].text == ":":
            return start, at, (at + 1, sentence.end)
        elif _begins_request(sentence, start, at):
            return start, at, (at, sentence.end)
        at += 1
    return start, at, None


def _is_asked_below(sentence: Sentence, colon: int) -> bool:
    following = sentence.words[colon + 1 : min(colon + 3, sentence.end)]
    return len(following) > 1 and following[0].folded in ("a", "al") and following[1].text != ")"


def _begins_request(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether what is asked for begins: an infinitive, or a noun after whoever is asked."""
    words = sentence.words
    before = words[at - 1].folded
    if words[at].is_form("infinitive"):
        return bool(sentence.mention_before(at)) or before in ("a", "de", "para", "y", "que", ",")
    is_noun = words[at].folded in DETERMINERS and at > start and before not in _PREPOSITIONS
    return is_noun and _after_who(sentence, start, at)


def _after_who(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether whoever is asked has been named in full before a word."""
    return sentence.words[start].folded in ("a", "al") and any(
        mention.end <= at for mention in sentence.mentions if mention.start >= start
    )


def _what_after_que(sentence: Sentence, at: int) -> WordSpan:
    """Return what is asked for after *que*: from its verb on."""
    verb = first_verb(sentence, at + 1, ("subjunctive",))
    if verb is None:
        verb = first_verb(sentence, at + 1, ("future", "infinitive"))
    return (verb if verb is not None else min(at + 1, sentence.end - 1), sentence.end)


def find_joined_request(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the second request of *solicitar a la Secretaría que envíe, y a la OIM que revise*."""
    words = sentence.words
    joint = words[place].folded in ("y", "e") and place + 2 < sentence.end
    if not joint or not before or before[-1].act != "directive" or not before[-1].action:
        return None
    last = before[-1]
    if words[place + 1].folded not in ("a", "al") or last.verb not in _ACTS:
        return None
    named = sentence.mention_at(place + 2) or sentence.mention_at(place + 3)
    if named is None:
        return None
    at = named.end
    if at < sentence.end and words[at].text == ",":
        at += 1
    if at >= sentence.end or words[at].folded not in ("que", "a"):
        return None
    start, end, what = _asked_and_what(sentence, place + 1)
    if what is None or end > at + 1:
        return None
    return Clause(place, "directive", last.verb, place, (start, end), what, last.urging)
