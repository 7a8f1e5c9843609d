"""What a meeting does with its own verbs, in English."""

from collections.abc import Mapping, Sequence

from grcm_cli.drafting.english.clause import (
    BE,
    DETERMINERS,
    MODALS,
    governed,
    is_adverb,
    meeting_before,
)
from grcm_cli.drafting.heads import Head, Sentence
from grcm_cli.drafting.words import Word
from grcm_cli.language.acts import ACT_OF, Act
from grcm_cli.language.spanish import Form

ACTS = ACT_OF["en"]
_LEADS = frozenset(
    {
        "in",
        "pursuant",
        "further",
        "following",
        "having",
        "recalling",
        "noting",
        "with",
        "as",
        "on",
        "for",
        "taking",
        "acknowledging",
        "considering",
        "after",
        "under",
        "within",
        "at",
        "by",
        "to",
    }
)


def act_of(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Act | None:
    """Return what the meeting does with a verb here, or None where the verb is not its own."""
    if not _is_own(sentence, place, form, before):
        return None
    if before and before[-1].doing and form.verb in _INSIDE:
        return None  # part of what is to be done: "keep the Directors informed"
    return what_act(sentence, place, form)


_INSIDE = frozenset({"inform", "consider", "examine", "review", "receive", "hear"})


def what_act(sentence: Sentence, place: int, form: Form) -> Act | None:
    """Return the act of a verb by the words beside it; None where they make it none."""
    beside = [word.folded for word in sentence.words[place + 1 : min(place + 8, sentence.end)]]
    first = beside[0] if beside else ""
    if form.verb in _NEEDS:
        return ACTS[form.verb] if first in _NEEDS[form.verb] else None
    named = bool(sentence.within((place, min(place + 12, sentence.end))))
    for words, act in _BESIDE.get(form.verb, ()):
        if act == "directive" and not named:
            continue  # "reiterates its call for cooperation" asks nobody
        if not words or words & set(beside[:5]):
            return act
    return None if form.verb in _BESIDE else ACTS[form.verb]


_NEEDS = {"call": ("on", "upon", "for"), "set": ("up",), "form": ("up",)}
"""Verbs that are no act without the word after them."""
_IMPORTANT: Sequence[tuple[frozenset[str], Act]] = (
    (frozenset({"importance", "need"}), "reinforcing"),
    (frozenset(), "evaluative"),
)
_BESIDE: Mapping[str, Sequence[tuple[frozenset[str], Act]]] = {
    "take": ((frozenset({"note", "cognizance"}), "observing"),),
    "pay": ((frozenset({"tribute"}), "evaluative"),),
    "express": (
        (frozenset({"commitment", "determination", "support", "willingness"}), "reinforcing"),
        (frozenset(), "evaluative"),
    ),
    "note": (
        (frozenset({"satisfaction", "appreciation", "concern"}), "evaluative"),
        (frozenset(), "observing"),
    ),
    **dict.fromkeys(
        ("reiterate", "renew"),
        (
            (frozenset({"request", "call", "appeal", "invitation"}), "directive"),
            (frozenset(), "reinforcing"),
        ),
    ),
    **dict.fromkeys(("recognize", "recognise", "acknowledge"), _IMPORTANT),
}
"""Verbs whose act depends on a word near them; no words stand for any other."""


def _is_own(sentence: Sentence, place: int, form: Form, before: list[Head]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    words = sentence.words
    at = place
    while at > sentence.start and is_adverb(words[at - 1]):
        at -= 1
    if at > sentence.start and {words[at - 1].folded, words[place - 1].folded} & DETERMINERS:
        return False
    if at > sentence.start and words[at - 1].folded == "had":
        return False  # "Kenya had requested": what others did before
    if at > sentence.start and words[at - 1].folded in ("has", "have"):
        at -= 1
    previous = words[at - 1].folded if at > sentence.start else ""
    if form.mood == "infinitive":
        return _speaks_plainly(sentence, at, previous, before)
    if previous in ("", ":", ";"):
        return True
    if previous == "," and not before and words[sentence.start].folded in _LEADS:
        return True
    if previous in ("and", ",", "but"):
        joined = bool(before) and _same_mood(words, before, form.mood)
        return joined and not _inside_relative(sentence, at, before)
    return not governed(sentence, at) and meeting_before(sentence, at)


def _speaks_plainly(sentence: Sentence, at: int, previous: str, before: list[Head]) -> bool:
    """Tell whether a plain form is the meeting's own: *Thank*, *To thank*, *decided to thank*."""
    if previous == "to":
        decided = bool(before) and before[-1].act == "deciding" and before[-1].place == at - 2
        joined = bool(before) and sentence.words[at - 2].folded in ("and", ",")
        opened = joined and sentence.words[sentence.start].folded == "to"
        return at - 1 == sentence.start or decided or opened
    if meeting_before(sentence, at) and not governed(sentence, at):
        return True
    joined = previous in ("and", ",", ":") and _same_mood(sentence.words, before, "infinitive")
    return previous == "" or joined


def _same_mood(words: Sequence[Word], before: list[Head], mood: str) -> bool:
    if not before:
        return False
    head = before[-1]
    word = words[head.place]
    return word.is_form(mood) or word.folded in BE | MODALS


def _inside_relative(sentence: Sentence, at: int, before: list[Head]) -> bool:
    """Tell whether a joined verb goes on with a relative clause: *which asked and urged*."""
    for place in range(at - 1, before[-1].place, -1):
        word = sentence.words[place]
        if word.text == ",":
            return False
        if word.folded in ("which", "who") and not word.quoted:
            return True
    return False
