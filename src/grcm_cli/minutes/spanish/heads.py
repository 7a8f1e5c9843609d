"""The heads of a Spanish sentence."""

from grcm_cli.minutes.heads import Head, Sentence
from grcm_cli.minutes.spanish.aims import aim_of, wished_of
from grcm_cli.minutes.spanish.asking import acting
from grcm_cli.minutes.spanish.binding import (
    bare_duty,
    bound_by_future,
    bound_by_modal,
    falling_to,
    modal_verb,
    opens_sentence,
)
from grcm_cli.minutes.spanish.own import ACTS, FORMULAS, act_of, told_by


def heads(sentence: Sentence) -> list[Head]:
    """Return the acts and duties of a sentence, in its order."""
    found: list[Head] = []
    place = sentence.start
    while place < sentence.end:
        head = _head(sentence, place, found)
        if head is not None:
            found.append(head)
            if head.doing:
                place = max(place, head.doing[0])
        place += 1
    return found


def _head(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    word = sentence.words[place]
    if not word.forms or sentence.mention_over(place):
        return None
    for form in word.forms:
        if form.verb in ACTS or form.verb in FORMULAS:
            act = act_of(sentence, place, form, before)
            if act:
                return acting(sentence, place, form, act, before)
    future = word.form("future", "conditional")
    if future:
        return bound_by_future(sentence, place, future, before)
    present = word.form("present")
    falls = falling_to(sentence, place, present, before) if present else None
    if falls:
        return falls
    told = told_by(sentence, place, before)
    if told:
        return told
    modal = modal_verb(sentence, place)
    if modal:
        return bound_by_modal(sentence, place, modal, before)
    infinitive = word.form("infinitive")
    if infinitive and opens_sentence(sentence, place, before):
        return bare_duty(sentence, place, infinitive)
    if word.is_form("subjunctive"):
        return wished_of(sentence, place, before) or aim_of(sentence, place, before)
    return None
