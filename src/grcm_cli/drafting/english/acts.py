"""Acts of the meeting in English: what it does with a verb of its own."""

from grcm_cli.drafting.english.clause import (
    BE,
    DETERMINERS,
    LEXICON,
    MODALS,
    clause_begin,
    is_adverb,
    is_governed,
    meeting_before,
)
from grcm_cli.drafting.english.requests import decision_clause, request_clause
from grcm_cli.drafting.finders import Clause, Sentence
from grcm_cli.language.verbs import ACT_RULES, ACTS, Act, VerbForm

_ACTS, _RULES = ACTS["en"], ACT_RULES["en"]
_OPENING = LEXICON.words("clause.opening")
_INSIDE_DUTY = LEXICON.words("verbs.inside_duty")
_PARTICLES = LEXICON.mapping("acts_with_particle")
_TELLING = frozenset({"reported", "presented", "informed", "briefed"})


def find_own_act(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what the meeting does with a verb of its own, and the duty that it lays down."""
    for form in sentence.words[place].forms:
        if form.verb in _ACTS and form.mood != "gerund":
            act = _act_of(sentence, place, form, before)
            if act:
                return _clause(sentence, place, form, act, before)
    return None


def find_gerund_act(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what the meeting does besides: *, inviting the Board to*."""
    form = sentence.words[place].form("gerund")
    if form is None or form.verb not in _ACTS or sentence.folded_before(place) != ",":
        return None
    act = _act_by_words_beside(sentence, place, form)
    return _clause(sentence, place, form, act, before) if act else None


def _clause(
    sentence: Sentence, place: int, form: VerbForm, act: Act, before: list[Clause]
) -> Clause:
    begin = clause_begin(sentence, place, before)
    if act == "directive":
        return request_clause(sentence, place, form, begin, before)
    decision = decision_clause(sentence, place, form, begin) if act == "deciding" else None
    return decision or Clause(place, act, form.verb, begin)


def find_report_to_meeting(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what somebody told the meeting: *Kenya reported on…*; it binds nobody."""
    word = sentence.words[place]
    if before or word.folded not in _TELLING or not sentence.mention_before(place):
        return None
    if is_governed(sentence, place):
        return None
    return Clause(place, "observing", word.folded, sentence.start)


def _act_of(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> Act | None:
    """Return what the meeting does with a verb here, or None where the verb is not its own."""
    if not _is_own(sentence, place, form, before):
        return None
    if before and before[-1].action and form.verb in _INSIDE_DUTY:
        return None  # "keep the Directors informed"
    return _act_by_words_beside(sentence, place, form)


def _act_by_words_beside(sentence: Sentence, place: int, form: VerbForm) -> Act | None:
    """Return the act of a verb by the words beside it; None where they make it none."""
    beside = [word.folded for word in sentence.words[place + 1 : min(place + 6, sentence.end)]]
    if form.verb in _PARTICLES:
        particles = _PARTICLES[form.verb].split()
        return _ACTS[form.verb] if beside and beside[0] in particles else None
    rules = _RULES.get(form.verb)
    if rules is None:
        return _ACTS[form.verb]
    named = bool(sentence.mentions_within((place, min(place + 12, sentence.end))))
    for words, act in rules:
        if act == "directive" and not named:
            continue  # "reiterates its call for cooperation" asks nobody
        if not words or words & set(beside):
            return act
    return None


def _is_own(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    words = sentence.words
    at = place
    while at > sentence.start and is_adverb(words[at - 1]):
        at -= 1
    if {sentence.folded_before(at), sentence.folded_before(place)} & DETERMINERS:
        return False
    if sentence.folded_before(at) == "had":
        return False  # "Kenya had requested": what others did before
    if sentence.folded_before(at) in ("has", "have"):
        at -= 1
    previous = sentence.folded_before(at)
    if form.mood == "infinitive":
        return _is_own_infinitive(sentence, at, previous, before)
    if previous in ("", ":", ";"):
        return True
    if previous == "," and not before and words[sentence.start].folded in _OPENING:
        return True
    if previous in ("and", ",", "but"):
        joined = _has_mood_of_last(sentence, before, form.mood)
        return joined and not _is_inside_relative(sentence, at, before)
    return not is_governed(sentence, at) and meeting_before(sentence, at)


def _is_own_infinitive(sentence: Sentence, at: int, previous: str, before: list[Clause]) -> bool:
    """Tell whether a plain form is the meeting's own: *Thank*, *To thank*, *decided to thank*."""
    if previous == "to":
        decided = bool(before) and before[-1].act == "deciding" and before[-1].place == at - 2
        joined = bool(before) and sentence.words[at - 2].folded in ("and", ",")
        opened = joined and sentence.words[sentence.start].folded == "to"
        return at - 1 == sentence.start or decided or opened
    if meeting_before(sentence, at) and not is_governed(sentence, at):
        return True
    joined = previous in ("and", ",", ":") and _has_mood_of_last(sentence, before, "infinitive")
    return previous == "" or joined


def _has_mood_of_last(sentence: Sentence, before: list[Clause], mood: str) -> bool:
    """Tell whether the clause before has a verb of the same mood, or an auxiliary."""
    if not before:
        return False
    word = sentence.words[before[-1].place]
    return word.is_form(mood) or word.folded in BE | MODALS


def _is_inside_relative(sentence: Sentence, at: int, before: list[Clause]) -> bool:
    """Tell whether a joined verb goes on with a relative clause: *which asked and urged*."""
    for place in range(at - 1, before[-1].place, -1):
        word = sentence.words[place]
        if word.text == ",":
            return False
        if word.folded in ("which", "who") and not word.quoted:
            return True
    return False
