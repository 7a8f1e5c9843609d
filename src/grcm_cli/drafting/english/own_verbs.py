"""The verbs by which an English text lets the meeting speak: which of them are its own."""

from grcm_cli.drafting.english.clause import (
    ACTORS,
    BE,
    DETERMINERS,
    LEXICON,
    MEETING,
    MODALS,
    PREAMBLE,
    PREPOSITIONS,
    governor_of,
    is_adverb,
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
_SUBJECT_PRONOUNS = frozenset({"i", "people", "they", "we", "who", "you"})
_NO_VERB_AFTER = DETERMINERS | PREPOSITIONS - {"to"}
"""Words before a noun: *in order to*, *at the request of*."""


def is_own(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    at = _before_adverbs(sentence, place)
    if {sentence.folded_before(at), sentence.folded_before(place)} & _NO_VERB_AFTER:
        return False
    if _runs_on(sentence, place, form, before):
        return True
    if sentence.folded_before(at) == "had":
        return False  # "Kenya had requested": what others did before
    if sentence.folded_before(at) in ("has", "have"):
        at -= 1
    return _is_after_joint(sentence, at, place, form, before)


def _before_adverbs(sentence: Sentence, at: int) -> int:
    while at > sentence.start and is_adverb(sentence.words[at - 1]):
        at -= 1
    return at


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
        return governor_of(sentence, at) is None and meeting_before(sentence, at)
    if not before:  # "supports the plan, and asks Kenya to"
        opened = form.mood == "present" and _opens_decision(sentence, at)
        return opened and place + 2 < sentence.end and _leads_on(sentence, place, form)
    return _has_mood_of_last(sentence, before, form.mood)


def _runs_on(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> bool:
    """Tell whether a verb begins an act that no sign parts from what is before it.

    Paragraphs joined in one read so: *considering the report of Kenya requests Fiji to reply*. Such
    a verb asks somebody who follows at once, or resolves *to* or *that*.
    """
    words = sentence.words
    at = _before_adverbs(sentence, place) if form.mood == "present" else place
    if at == sentence.start or place + 2 >= sentence.end or words[at - 1].folded in _NO_END:
        return False
    last = words[at - 1].text[-1]
    if form.mood not in _SPEAKING or not (last.isalnum() or last in _CLOSING):
        return False
    if form.mood == "infinitive":
        return _is_plain_order(sentence, place, form)
    opened = before or _opens_decision(sentence, at) or _follows_statement(sentence, at)
    if not opened or (not before and form.mood != "present"):
        return False
    if governor_of(sentence, at) is not None:
        return False
    if form.mood == "past" and sentence.mention_before(at):
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
    if not named and following.folded not in DETERMINERS | {"other"}:
        return False
    to = to_before_verb(sentence, place + 2, place + 16)
    return to is not None and sentence.words[to - 1].folded not in PREPOSITIONS


def _is_plain_order(sentence: Sentence, place: int, form: VerbForm) -> bool:
    """Tell whether a plain form asks somebody: *the text is old encourage members to rewrite it*.

    The word before it is no plural, of which the form would be the present: *members encourage*.
    """
    previous = sentence.words[place - 1]
    is_singular = previous.quoted or (
        previous.text[-1] in _CLOSING or not previous.folded.endswith("s")
    )
    governed = governor_of(sentence, place) not in (None, sentence.start)
    if not is_singular or previous.folded in _SUBJECT_PRONOUNS or governed:
        return False
    is_joined = sentence.folded_before(place - 1) in ("and", ",")
    return not is_joined and _leads_on(sentence, place, form)


def assigned_to(sentence: Sentence, place: int) -> int | None:
    """Return where whoever is given a thing begins: *assigns the project to WG 3*; None for none.

    What somebody is to be (*assigns Ms. Lind as leader*) and where a thing belongs are no tasks.
    """
    words = sentence.words
    to = sentence.next_of(("to",), place + 1, place + 14)
    if to is None or sentence.next_of(("as",), place + 1, to) is not None:
        return None
    at = to + 1
    while sentence.folded_at(at) in DETERMINERS:
        at += 1
    if at >= sentence.end:
        return None
    if sentence.mention_at(at) or words[at].folded in ACTORS:
        return to + 1
    # An acronym names somebody, "JWG 8", and no thing: "the SDT 36 track".
    after = at + 1
    while after < sentence.end and words[after].text.isdecimal():
        after += 1
    following = words[after].text if after < sentence.end else ""
    is_acronym = words[at].text.isupper() and len(words[at].text) > 1
    return to + 1 if is_acronym and not (following.isalpha() and following.islower()) else None


def _follows_statement(sentence: Sentence, at: int) -> bool:
    """Tell whether a whole statement stands before a verb: *comments were received requests Fiji*.

    In a text with a relative clause, the verb may be that of the sentence: *the letter that was
    received requests*.
    """
    words = sentence.words
    places = range(max(sentence.start + 1, at - 80), at)
    if words[at].folded != "further" and not any(words[p].folded in BE | MODALS for p in places):
        return False
    return not any(
        words[p].folded in ("that", "which", "who", "whose")
        and not words[p].quoted
        and words[p - 1].folded not in PREPOSITIONS  # "for that version"
        for p in places
    )


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
        if at - 1 == sentence.start or _is_listed_with_to(sentence, at, before):
            return True
        if not before:
            return False
        # The verb of a clause is "decided", or that of "was decided".
        decided = at - 2 in (before[-1].place, before[-1].place + 1)
        joined = sentence.words[at - 2].folded in ("and", ",")
        opened = joined and sentence.words[sentence.start].folded == "to"
        return opened or (decided and before[-1].act == "deciding")
    if meeting_before(sentence, at) and governor_of(sentence, at) is None:
        return True
    joined = previous in ("and", ",", ":") and _has_mood_of_last(sentence, before, "infinitive")
    return previous == "" or joined


def _is_listed_with_to(sentence: Sentence, at: int, before: list[Clause]) -> bool:
    """Tell whether an infinitive goes on with *resolves to establish a group, to request Kenya*."""
    if not before or sentence.words[at - 2].folded not in (",", ";", "and"):
        return False
    is_comma = "," in (sentence.words[at - 2].text, sentence.words[at - 3].text)
    # The last of a list: "to form a group, to ask Kenya to lead it and to ask Fiji to reply".
    begin = before[-1].begin
    is_comma = is_comma or "," in {word.text for word in sentence.words[begin - 2 : begin + 1]}
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
        if mood == "infinitive" and word.folded in MODALS and clause.action:
            return False  # "the Board shall hold a workshop and invite Kenya"
        return word.is_form(mood) or word.folded in BE | MODALS
    return False
