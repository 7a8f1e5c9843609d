"""What a meeting does with its own verbs, in English."""

from grcm_cli.minutes.english.clause import (
    BE,
    DETERMINERS,
    MODALS,
    governed,
    is_adverb,
    meeting_before,
)
from grcm_cli.minutes.heads import Head, Sentence
from grcm_cli.wording.acts import ACT_OF, Act
from grcm_cli.wording.spanish import Form

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
    if not _is_own(sentence, place, form, before):
        return None
    if (
        before
        and before[-1].doing
        and form.verb in ("inform", "consider", "examine", "review", "receive", "hear")
    ):
        return None  # part of what is to be done: "keep the Directors informed"
    return what_act(sentence, place, form)


def what_act(sentence: Sentence, place: int, form: Form) -> Act | None:
    beside = [word.folded for word in sentence.words[place + 1 : min(place + 8, sentence.end)]]
    verb = form.verb
    if verb == "take":
        return "observing" if "note" in beside or "cognizance" in beside else None
    if verb == "call":
        return "directive" if beside[:1] in (["on"], ["upon"]) or "for" in beside[:1] else None
    if verb == "express":
        if {"commitment", "determination", "support", "willingness"} & set(beside):
            return "reinforcing"
        return "evaluative"
    if verb == "pay":
        return "evaluative" if "tribute" in beside else None
    if verb in ("set", "form"):
        return "deciding" if beside[:1] == ["up"] else None
    if verb in ("recognize", "recognise", "acknowledge"):
        return "reinforcing" if {"importance", "need"} & set(beside[:4]) else "evaluative"
    if verb == "note":
        return (
            "evaluative"
            if {"satisfaction", "appreciation", "concern"} & set(beside[:4])
            else "observing"
        )
    if verb in ("ask", "task", "require", "order", "direct", "appeal", "advise") and not beside:
        return None
    return ACTS[verb]


def _is_own(sentence: Sentence, place: int, form: Form, before: list[Head]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    words = sentence.words
    at = place
    while at > sentence.start and is_adverb(words[at - 1]):
        at -= 1
    previous = words[at - 1].folded if at > sentence.start else ""
    if previous in DETERMINERS or words[place - 1].folded in DETERMINERS and place > sentence.start:
        return False
    if previous in ("has", "have", "had"):
        previous = words[at - 2].folded if at - 2 >= sentence.start else ""
        at -= 1
    if form.mood == "infinitive":
        if previous == "to":
            earlier = words[at - 2] if at - 2 >= sentence.start else None
            return at - 1 == sentence.start or bool(
                earlier and before and before[-1].act == "deciding" and before[-1].place == at - 2
            )
        plural = meeting_before(sentence, at) and not governed(sentence, at)
        return (
            previous == ""
            or plural
            or (previous in ("and", ",", ":") and _same_mood(words, before, "infinitive"))
        )
    if previous in ("", ":", ";"):
        return True
    if previous == "," and not before and words[sentence.start].folded in _LEADS:
        return True
    if previous in ("and", ",", "but"):
        return (
            bool(before)
            and _same_mood(words, before, form.mood)
            and not _inside_relative(sentence, at, before)
        )
    if governed(sentence, at):
        return False
    return meeting_before(sentence, at)


def _same_mood(words: object, before: list[Head], mood: str) -> bool:
    if not before:
        return False
    head = before[-1]
    word = words[head.place]  # type: ignore[index]
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
