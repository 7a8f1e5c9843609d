"""The heads of an English sentence."""

from grcm_cli.drafting.english.asking import acting
from grcm_cli.drafting.english.binding import (
    action_point,
    aim_of,
    also_asked,
    bound_by_modal,
    falls_to,
    opens_sentence,
    pledged,
)
from grcm_cli.drafting.english.clause import governed
from grcm_cli.drafting.english.own import ACTS, act_of, what_act
from grcm_cli.drafting.english.passive import asked_in_passive
from grcm_cli.drafting.heads import Head, Sentence, all_heads


def heads(sentence: Sentence) -> list[Head]:
    """Return the acts and duties of a sentence, in its order."""
    return all_heads(sentence, _FINDERS)


def _told(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what somebody told the meeting: *Kenya reported on…*; it binds nobody."""
    word = sentence.words[place]
    named = any(mention.end == place for mention in sentence.mentions)
    if before or not named or word.folded not in ("reported", "presented", "informed", "briefed"):
        return None
    if governed(sentence, place):
        return None
    return Head(place, "observing", word.folded, sentence.start)


def _own(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what the meeting does with a verb of its own."""
    for form in sentence.words[place].forms:
        if form.verb in ACTS and form.mood != "gerund":
            act = act_of(sentence, place, form, before)
            if act:
                return acting(sentence, place, form, act, before)
    return None


def _by_gerund(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what the meeting does besides: *, inviting the Board to*."""
    form = sentence.words[place].form("gerund")
    joined = place > sentence.start and sentence.words[place - 1].text == ","
    if form is None or form.verb not in ACTS or not joined:
        return None
    act = what_act(sentence, place, form)
    return acting(sentence, place, form, act, before) if act else None


def _bare(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of a verb that opens a sentence: *Prepare a note*."""
    form = sentence.words[place].form("infinitive")
    if form is None or not opens_sentence(sentence, place, before):
        return None
    return Head(place, "directive", form.verb, place, None, (place, sentence.end))


_FINDERS = (
    aim_of,
    bound_by_modal,
    pledged,
    action_point,
    also_asked,
    asked_in_passive,
    falls_to,
    _told,
    _own,
    _by_gerund,
    _bare,
)
"""What a word can begin, in the order in which that is tried."""
