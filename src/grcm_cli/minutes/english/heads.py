"""The heads of an English sentence."""

from grcm_cli.minutes.english.asking import acting
from grcm_cli.minutes.english.binding import (
    action_point,
    aim_of,
    bound_by_modal,
    falls_to,
    opens_sentence,
    pledged,
)
from grcm_cli.minutes.english.clause import IS, MODALS, governed
from grcm_cli.minutes.english.own import ACTS, act_of, what_act
from grcm_cli.minutes.english.passive import asked_in_passive
from grcm_cli.minutes.heads import Head, Sentence


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
    if word.quoted or sentence.mention_over(place):
        return None
    if word.folded in MODALS:
        return bound_by_modal(sentence, place, before)
    if word.folded in (
        "undertakes",
        "undertake",
        "undertook",
        "commits",
        "pledges",
        "pledged",
        "undertaken",
    ):
        return pledged(sentence, place, before)
    if word.folded in ("can", "may", "could", "might", *MODALS) and before and before[-1].doing:
        aim = aim_of(sentence, place, before)
        if aim:
            return aim
    if word.folded in MODALS:
        return bound_by_modal(sentence, place, before)
    if word.folded == "to" and not before and place > sentence.start:
        return action_point(sentence, place)
    if word.folded in IS:
        return asked_in_passive(sentence, place, before)
    falls = falls_to(sentence, place, before)
    if falls:
        return falls
    if word.folded in ("reported", "presented", "informed", "briefed") and not before:
        if any(mention.end == place for mention in sentence.mentions) and not governed(
            sentence, place
        ):
            return Head(place, "observing", word.folded, sentence.start)
    for form in word.forms:
        if form.verb in ACTS and form.mood != "gerund":
            act = act_of(sentence, place, form, before)
            if act:
                return acting(sentence, place, form, act, before)
    gerund = word.form("gerund")
    if (
        gerund
        and gerund.verb in ACTS
        and place > sentence.start
        and sentence.words[place - 1].text == ","
    ):
        act = what_act(sentence, place, gerund)
        return acting(sentence, place, gerund, act, before) if act else None
    infinitive = word.form("infinitive")
    if infinitive and opens_sentence(sentence, place, before):
        return Head(place, "directive", infinitive.verb, place, None, (place, sentence.end))
    return None
