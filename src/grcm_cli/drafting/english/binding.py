"""Duties that an English verb lays down itself: *shall submit*, *undertook to*, *X to submit*."""

from grcm_cli.drafting.english.clause import (
    BE,
    DETERMINERS,
    MODALS,
    begin_of,
    governed,
    governor_of,
    inherited,
    is_passive,
    is_verb,
    subject_of,
    verb_after,
)
from grcm_cli.drafting.heads import Head, Sentence, Span
from grcm_cli.language.acts import JUDGING, NOT_DONE_BY_ANYBODY

_CREATE = frozenset({"establish", "create", "set", "constitute", "form"})


def opens_sentence(sentence: Sentence, place: int, before: list[Head]) -> bool:
    """Tell whether a verb opens a sentence, as in *Prepare a note*, *To circulate the text*."""
    if place == sentence.start:
        return True
    previous = sentence.words[place - 1]
    if previous.folded == "to" and place - 1 == sentence.start:
        return True
    listed = previous.text in (":", ")") and sentence.words[place].text.islower()
    return listed and sentence.is_item and not before


def bound_by_modal(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *the Board shall submit*, *members should keep*, *it will report*."""
    words = sentence.words
    if words[place].folded not in MODALS or place + 1 >= sentence.end:
        return None
    if words[place + 1].text == ":":
        return _listed(sentence, place)
    found = _verb(sentence, place)
    governor = governor_of(sentence, place)
    if found is None or _is_condition(sentence, place) or not _binds(sentence, governor, before):
        return None
    verb, name, passive = found
    start = begin_of(sentence, place, before) if governor is None else governor + 1
    who = _bound_party(sentence, place, start, before, passive=passive)
    pronoun = place > sentence.start and words[place - 1].folded in ("it", "they")
    antecedent = who is None and pronoun and governor is None
    if antecedent:
        who = (place - 1, place)
    if who is None and _creates(before) and governor is not None:
        who = (before[-1].place + 1, governor)
    needs_somebody = not passive and words[place].folded in ("will", "would")
    if who is None and needs_somebody and not _creates(before):
        return None
    urging = words[place].folded == "should"
    doing = (verb, sentence.end)
    return Head(place, "directive", name, start, who, doing, urging, antecedent, passive)


def _verb(sentence: Sentence, place: int) -> tuple[int, str, bool] | None:
    """Return the verb after a modal, its name, and whether it is passive; None for no duty."""
    if sentence.words[place + 1].folded in ("not", "never"):
        return None
    verb = verb_after(sentence, place + 1)
    if verb is None:
        return None
    form = sentence.words[verb].form("infinitive")
    is_be = sentence.words[verb].folded == "be"
    passive = is_be and is_passive(sentence, verb)
    if passive:
        return None if _takes_place(sentence, verb) else (verb, "be", True)
    if is_be or form is None or form.verb in NOT_DONE_BY_ANYBODY:
        return None
    return verb, form.verb, False


def _takes_place(sentence: Sentence, verb: int) -> bool:
    """Tell whether a passive says that something will be, and not who is to see to it."""
    words = [word.folded for word in sentence.words[verb + 1 : sentence.end]]
    return words[:1] in (["held"], ["hosted"]) and "by" not in words


def _is_condition(sentence: Sentence, place: int) -> bool:
    """Tell whether a sentence says what would be, *Should the funds come*, *Had it not been*."""
    first = sentence.words[sentence.start].folded
    opens = first in ("should", "were") and sentence.start == place
    return opens or (
        first in ("had", "should", "were", "if") and sentence.words[place].folded == "would"
    )


def _binds(sentence: Sentence, governor: int | None, before: list[Head]) -> bool:
    """Tell whether a verb binds though it depends on a *that* or a *which*."""
    if governor is None or _is_decided(sentence, governor, before):
        return True
    return _creates(before) and sentence.words[governor].folded in ("which", "that", "who")


def _bound_party(
    sentence: Sentence, place: int, start: int, before: list[Head], *, passive: bool
) -> Span | None:
    who = subject_of(sentence, start, place)
    if who is None:
        return None if passive else inherited(sentence, place, before)
    near = sentence.words[max(start, place - 1) : place + 2]
    each = any(word.folded == "each" for word in near)
    return (who[0], place + 2) if each else who


def _listed(sentence: Sentence, place: int) -> Head | None:
    """Return the duties that stand as items under *The Secretariat will:*."""
    who = subject_of(sentence, sentence.start, place)
    doing = (place + 2, sentence.end) if place + 2 < sentence.end else None
    return Head(place, "directive", "", sentence.start, who, doing) if who else None


def _creates(before: list[Head]) -> bool:
    return bool(before) and before[-1].verb in _CREATE


def _is_decided(sentence: Sentence, governor: int, before: list[Head]) -> bool:
    if not before or before[-1].act not in ("deciding", "directive"):
        return False
    previous = sentence.words[governor - 1].folded if governor > sentence.start else ""
    return previous in ("and", ",", ";") or governor - before[-1].place <= 2


def aim_of(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty in *so that Spain can present*: of whoever is named there."""
    words = sentence.words
    if words[place].folded not in _MAY | MODALS or not before or not before[-1].doing:
        return None
    verb = verb_after(sentence, place + 1)
    form = words[verb].form("infinitive") if verb is not None else None
    if verb is None or form is None or form.verb in JUDGING:
        return None
    for at in range(place - 1, max(before[-1].place, place - 14), -1):
        pair = (words[at - 1].folded, words[at].folded)
        if pair in (("so", "that"), ("order", "that")):
            who = (at + 1, place)
            pronoun = words[at + 1].folded in ("it", "they", "the", "latter")
            if sentence.within(who):
                return Head(
                    place, "directive", form.verb, at - 1, who, (verb, sentence.end), purpose=True
                )
            if pronoun and words[at + 1].folded in ("it", "they"):
                return Head(
                    place,
                    "directive",
                    form.verb,
                    at - 1,
                    who,
                    (verb, sentence.end),
                    antecedent=True,
                    purpose=True,
                )
            return None
    return None


_MAY = frozenset({"can", "may", "could", "might"})


_FALL = frozenset({"falls", "incumbent", "rests"})


def also_asked(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the second request of *urged Nicaragua to join, and Costa Rica to extend*."""
    words = sentence.words
    if words[place].folded != "to" or not before or not is_verb(sentence, place + 1):
        return None
    last = before[-1]
    named = next((m for m in sentence.mentions if m.end == place), None)
    if named is None or last.act != "directive" or not last.doing or named.start < last.doing[0]:
        return None
    at = named.start - 1
    while words[at].folded in DETERMINERS:
        at -= 1
    if words[at].folded != "and":
        return None
    who, doing = (named.start, named.end), (place + 1, sentence.end)
    return Head(place, "directive", last.verb, at, who, doing, last.urging)


def falls_to(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *it falls to X to*, *is charged with convening*, *agreed to test*."""
    words = sentence.words
    word = words[place]
    if word.folded in _FALL:
        who = next(
            ((m.start, m.end) for m in sentence.mentions if place < m.start <= place + 5), None
        )
        to = next(
            (
                p
                for p in range(place + 1, sentence.end)
                if words[p].folded == "to"
                and is_verb(sentence, p + 1)
                and (who is None or p >= who[1])
            ),
            None,
        )
        if who and to:
            return Head(place, "directive", "fall", sentence.start, who, (to + 1, sentence.end))
    if (
        word.folded in ("agree", "agrees", "agreed", "offers", "offered", "volunteered", "promised")
        and place + 2 < sentence.end
        and words[place + 1].folded == "to"
    ):
        begin = begin_of(sentence, place, before)
        who = subject_of(sentence, begin, place) or inherited(sentence, place, before)
        meets = who is not None and any(
            m.code and not m.each and m.start >= who[0] and sentence.is_meeting(m)
            for m in sentence.within(who)
        )
        if who and not meets and not governed(sentence, place) and words[place + 2].folded != "be":
            return Head(place, "directive", "agree", begin, who, (place + 2, sentence.end))
    return None


def pledged(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *Kenya undertook to host*: of whoever binds itself."""
    if sentence.words[place].folded not in _PLEDGES:
        return None
    to = place + 1
    if to < sentence.end and sentence.words[to].folded in ("itself", "themselves"):
        to += 1
    if to + 1 >= sentence.end or sentence.words[to].folded != "to":
        return None
    begin = begin_of(sentence, place, before)
    who = subject_of(sentence, begin, place)
    if who is None or governed(sentence, place):
        return None
    return Head(place, "directive", "undertake", begin, who, (to + 1, sentence.end))


_PLEDGES = frozenset(
    [
        "undertakes",
        "undertake",
        "undertook",
        "undertaken",
        "commits",
        "commit",
        "committed",
        "pledges",
        "pledge",
        "pledged",
    ]
)


def action_point(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of an action point: *Uganda to share its experience*."""
    words = sentence.words
    if before or place == sentence.start or words[place].folded != "to":
        return None
    named = any(mention.end == place for mention in sentence.mentions)
    following = words[place + 1].text if place + 1 < sentence.end else ""
    likely = named and following.isalpha() and following.islower() and following not in DETERMINERS
    if not (likely or is_verb(sentence, place + 1)) or any(
        w.quoted for w in words[place : place + 2]
    ):
        return None
    earlier = words[sentence.start : place]
    if any(
        w.folded in MODALS | BE
        or (
            w.is_form("past", "present")
            and not w.is_form("infinitive")
            and not sentence.mention_over(sentence.start + p)
        )
        for p, w in enumerate(earlier)
    ):
        return None
    who = subject_of(sentence, sentence.start, place)
    if who is not None and who[0] > sentence.start + 3:
        return None  # an action point begins with whoever is to act
    verb = place + 1
    passive = words[verb].folded == "be"
    if who is None and not passive:
        return None
    found = words[verb].form("infinitive")
    return Head(
        place,
        "directive",
        found.verb if found else "be",
        sentence.start,
        who,
        (verb, sentence.end),
        passive=passive,
    )
