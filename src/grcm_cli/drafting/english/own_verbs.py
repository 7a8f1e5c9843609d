"""The verbs by which an English text lets the meeting speak: which of them are its own."""

from grcm_cli.drafting.english.clause import (
    BE,
    DETERMINERS,
    LEXICON,
    MEETING,
    MODALS,
    PREAMBLE,
    PREPOSITIONS,
    is_adverb,
    is_governed,
    meeting_before,
    to_before_verb,
)
from grcm_cli.drafting.finders import Clause, Sentence
from grcm_cli.language.verbs import ACTS, VerbForm

_ACTS = ACTS["en"]
_OPENING = LEXICON.words("clause.opening")
_AGREEING = LEXICON.words("verbs.agreeing")
_WANTING = LEXICON.words("clause.wanting")
_SPEAKING = frozenset({"infinitive", "past", "present"})
"""Moods of a verb that begins an act."""
_CLOSING = frozenset("”’»\"')")
_AUXILIARIES = frozenset({"did", "do", "does", "had", "has", "have"})
_NO_END = DETERMINERS | PREPOSITIONS | MODALS | BE | {"to", "and", "or", "not"} | _AUXILIARIES
"""Words that no sentence ends with: the verb after them is not that of a new one."""
_NO_VERB_AFTER = DETERMINERS | PREPOSITIONS - {"to"}
"""Words before a noun: *in order to*, *at the request of*."""


def is_own(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    words = sentence.words
    at = place
    while at > sentence.start and is_adverb(words[at - 1]):
        at -= 1
    if {sentence.folded_before(at), sentence.folded_before(place)} & _NO_VERB_AFTER:
        return False
    if _runs_on(sentence, place, form, before):
        return True
    if sentence.folded_before(at) == "had":
        return False  # "Kenya had requested": what others did before
    if sentence.folded_before(at) in ("has", "have"):
        at -= 1
    return _is_after_joint(sentence, at, place, form, before)


def _is_after_joint(
    sentence: Sentence, at: int, place: int, form: VerbForm, before: list[Clause]
) -> bool:
    """Tell whether what stands before a verb, from a place on, makes it the meeting's own."""
    previous = sentence.folded_before(at)
    if form.mood == "infinitive":
        return _is_own_infinitive(sentence, at, previous, before)
    if previous in ("", ":", ";"):
        return True
    if previous == "," and not before and sentence.words[sentence.start].folded in _OPENING:
        return True
    if previous not in ("and", ",", "but"):
        return not is_governed(sentence, at) and meeting_before(sentence, at)
    if not before:  # "supports the plan, and asks Kenya to"
        opened = form.mood == "present" and _opens_decision(sentence, at)
        return opened and place + 2 < sentence.end and _leads_on(sentence, place, form)
    joined = _has_mood_of_last(sentence, before, form.mood)
    return joined and not _is_inside_relative(sentence, at, before)


def _runs_on(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> bool:
    """Tell whether a verb begins an act that no sign parts from what is before it.

    Paragraphs joined in one read so: *considering the report of Kenya requests Fiji to reply*. Such
    a verb asks somebody who follows at once, or resolves *to* or *that*.
    """
    words = sentence.words
    at = place
    while at > sentence.start and is_adverb(words[at - 1]) and form.mood == "present":
        at -= 1
    if at == sentence.start or place + 2 >= sentence.end or words[at - 1].folded in _NO_END:
        return False
    last = words[at - 1].text[-1]
    if form.mood not in _SPEAKING or not (last.isalnum() or last in _CLOSING):
        return False
    if not before and not (form.mood == "present" and _opens_decision(sentence, at)):
        return False
    if is_governed(sentence, at) or (form.mood == "past" and sentence.mention_before(at)):
        return False  # "the paper Kenya requested"
    return _leads_on(sentence, place, form)


def _leads_on(sentence: Sentence, place: int, form: VerbForm) -> bool:
    """Tell whether *to* or *that* follows a verb of deciding, or somebody who is asked *to*."""
    following = sentence.words[place + 1]
    if form.verb in _AGREEING:
        return form.mood == "present" and following.folded in ("to", "that")
    if _ACTS[form.verb] != "directive":
        return False
    if following.folded == "that":
        return form.mood == "present"
    named = sentence.mention_at(place + 1) or following.text[0].isupper()
    if not named and following.folded not in DETERMINERS:
        return False
    to = to_before_verb(sentence, place + 2, place + 16)
    return to is not None and sentence.words[to - 1].folded not in PREPOSITIONS


def _opens_decision(sentence: Sentence, at: int) -> bool:
    """Tell whether a sentence before a verb begins as a decision: with a reason, or who decides."""
    first = sentence.words[sentence.start]
    if first.folded in _OPENING | PREAMBLE:
        return True
    if sentence.words[sentence.start + 1].folded in MEETING or any(
        sentence.is_meeting(m) for m in sentence.mentions[:1] if m.start <= sentence.start + 1
    ):
        return True
    name = sentence.words[sentence.start : at]
    return name[-1].text[0].isupper() and all(
        word.text[0].isupper() or word.folded in DETERMINERS | {"of"} for word in name
    )


def _is_own_infinitive(sentence: Sentence, at: int, previous: str, before: list[Clause]) -> bool:
    """Tell whether a plain form is the meeting's own: *Thank*, *To thank*, *decided to thank*."""
    if previous == "to":
        if at - 2 >= sentence.start and sentence.words[at - 2].folded in _WANTING:
            return True
        decided = bool(before) and before[-1].act == "deciding" and _is_place_of(before[-1], at - 2)
        decided = decided or _is_listed_with_to(sentence, at, before)
        joined = bool(before) and sentence.words[at - 2].folded in ("and", ",")
        opened = joined and sentence.words[sentence.start].folded == "to"
        return at - 1 == sentence.start or decided or opened
    if meeting_before(sentence, at) and not is_governed(sentence, at):
        return True
    joined = previous in ("and", ",", ":") and _has_mood_of_last(sentence, before, "infinitive")
    return previous == "" or joined


def _is_place_of(clause: Clause, at: int) -> bool:
    """Tell whether a word is the verb of a clause: *decided*, or that of *was decided*."""
    return clause.place == at or clause.place + 1 == at


def _is_listed_with_to(sentence: Sentence, at: int, before: list[Clause]) -> bool:
    """Tell whether an infinitive goes on with *resolves to establish a group, to request Kenya*."""
    if not before or sentence.words[at - 2].folded not in (",", ";", "and"):
        return False
    if before[-1].act == "deciding" and not before[-1].action:
        last = before[-1].place
        near = {sentence.folded_before(last), sentence.words[last + 1].folded}
        return "to" in near
    is_comma = "," in (sentence.words[at - 2].text, sentence.words[at - 3].text)
    opened = any(clause.act == "deciding" for clause in before[:-1])
    return is_comma and opened and sentence.folded_before(before[-1].place) == "to"


def _has_mood_of_last(sentence: Sentence, before: list[Clause], mood: str) -> bool:
    """Tell whether the clause before has a verb of the same mood, or an auxiliary.

    Of *resolves to adopt the plan, and requests* it is the first verb.
    """
    for clause in reversed(before):
        word = sentence.words[clause.place]
        if mood != "infinitive" and sentence.folded_before(clause.place) == "to":
            continue
        return word.is_form(mood) or word.folded in BE | MODALS
    return False


def _is_inside_relative(sentence: Sentence, at: int, before: list[Clause]) -> bool:
    """Tell whether a joined verb goes on with a relative clause: *which asked and urged*."""
    for place in range(at - 1, before[-1].place, -1):
        word = sentence.words[place]
        if word.text == ",":
            return False
        if word.folded in ("which", "who") and not word.quoted:
            return True
    return False
