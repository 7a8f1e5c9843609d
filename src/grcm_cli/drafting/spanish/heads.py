"""The heads of a Spanish sentence."""

from grcm_cli.drafting.heads import Head, Sentence, all_heads
from grcm_cli.drafting.spanish.aims import aim_of, wished_of
from grcm_cli.drafting.spanish.asking import acting, also_asked
from grcm_cli.drafting.spanish.binding import bare_duty, bound_by_future, bound_by_modal, falling_to
from grcm_cli.drafting.spanish.clause import clause_begin, governor_of
from grcm_cli.drafting.spanish.own import ACTS, BESIDE, act_of, told_by


def heads(sentence: Sentence) -> list[Head]:
    """Return the acts and duties of a sentence, in its order."""
    return all_heads(sentence, _FINDERS)


def _own(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what the meeting does with a verb of its own."""
    for form in sentence.words[place].forms:
        if form.verb in ACTS or form.verb in BESIDE:
            act = act_of(sentence, place, form, before)
            if act:
                return acting(sentence, place, form, act, before)
    return None


def _settled(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what *quedó aprobada* says that the meeting did."""
    form = sentence.words[place].form("past", "present")
    if form is None or form.verb != "quedar" or place + 1 >= sentence.end:
        return None
    done = sentence.words[place + 1].form("participle")
    if done is None or ACTS.get(done.verb) != "deciding":
        return None
    if governor_of(sentence, place) is not None:
        return None
    return Head(place, "deciding", done.verb, clause_begin(sentence, place, before))


_FINDERS = (
    _own,
    _settled,
    also_asked,
    bound_by_future,
    falling_to,
    told_by,
    bound_by_modal,
    bare_duty,
    wished_of,
    aim_of,
)
"""What a word can begin, in the order in which that is tried."""
