"""Requests in English: who is asked, and for what."""

from grcm_cli.drafting.english.clause import (
    DETERMINERS,
    IS,
    MODALS,
    PREPOSITIONS,
    begin_of,
    is_passive,
    is_verb,
    subject_of,
    verb_after,
)
from grcm_cli.drafting.english.own import ACTS
from grcm_cli.drafting.heads import Head, Sentence
from grcm_cli.language.acts import NOT_DONE_BY_ANYBODY, URGING, Act
from grcm_cli.language.spanish import Form


def acting(sentence: Sentence, place: int, form: Form, act: Act, before: list[Head]) -> Head:
    """Return the head of a verb by which the meeting acts, and the duty that it lays down."""
    begin = begin_of(sentence, place, before)
    if act == "directive":
        return _asked_too(sentence, place, form, before) or _asking(sentence, place, form, begin)
    if act == "deciding" and form.verb in ("agree", "decide", "resolve", "determine", "approve"):
        agreed = agreed_on(sentence, place, form, begin)
        if agreed:
            return agreed
    return Head(place, act, form.verb, begin)


def _asked_too(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Head | None:
    """Return the second of *Members are thanked and invited to*, which has the same subject."""
    words = sentence.words
    joined = place > sentence.start and words[place - 1].folded in ("and", ",")
    if not joined or not before or words[before[-1].place].folded not in IS or form.mood != "past":
        return None
    to = next(
        (
            p
            for p in range(place + 1, min(place + 14, sentence.end))
            if words[p].folded == "to" and is_verb(sentence, p + 1)
        ),
        None,
    )
    who = subject_of(sentence, sentence.start, before[-1].place)
    if to is None or who is None:
        return None
    return Head(
        place, "directive", form.verb, place, who, (to + 1, sentence.end), form.verb in URGING
    )


def agreed_on(sentence: Sentence, place: int, form: Form, begin: int) -> Head | None:
    """Return the duty of *agreed that the Secretariat will*: of whoever is named there."""
    at = place + 1
    if at < sentence.end and sentence.words[at].text == ",":
        comma = next((p for p in range(at + 1, sentence.end) if sentence.words[p].text == ","), at)
        at = comma + 1
    if at >= sentence.end or sentence.words[at].folded != "that":
        return None
    return bound_by_that(sentence, place, form, begin, at)


def bound_by_that(sentence: Sentence, place: int, form: Form, begin: int, at: int) -> Head | None:
    """Return the duty after *that*: with a modal, or in the subjunctive after a request."""
    urging = form.verb in URGING
    modal = next(
        (
            p
            for p in range(at + 1, sentence.end)
            if sentence.words[p].folded in MODALS and not sentence.words[p].quoted
        ),
        None,
    )
    if modal is not None:
        verb = verb_after(sentence, modal + 1)
        urging = urging or sentence.words[modal].folded == "should"
    else:
        verb = next(
            (
                p
                for p in range(at + 1, sentence.end)
                if (sentence.words[p].is_form("infinitive") or sentence.words[p].folded == "be")
                and not sentence.mention_over(p)
                and sentence.words[p - 1].folded not in DETERMINERS | PREPOSITIONS
            ),
            None,
        )
        modal = verb
    if verb is None or modal is None:
        return None
    who = subject_of(sentence, at + 1, modal)
    passive = sentence.words[verb].folded == "be" and is_passive(sentence, verb)
    if passive and who is None and sentence.words[verb + 1].folded in _TAKES_PLACE:
        return None  # "agreed that the next meeting would be held in May"
    found = sentence.words[verb].form("infinitive")
    stative = (found.verb in NOT_DONE_BY_ANYBODY if found else True) and not passive
    if (
        who is None
        and not passive
        and form.verb not in ("request", "recommend", "direct", "instruct")
    ) or stative:
        return None
    return Head(
        place, "directive", form.verb, begin, who, (verb, sentence.end), urging, passive=passive
    )


def _asking(sentence: Sentence, place: int, form: Form, begin: int) -> Head:
    """Return a request: who is asked, and for what."""
    words = sentence.words
    urging = form.verb in URGING
    start = place + 1
    while start < sentence.end and words[start].folded in ("on", "upon"):
        start += 1
    if ACTS[form.verb] != "directive":  # "reiterates its request to members to send"
        after = (p + 1 for p in range(start, sentence.end) if words[p].folded == "to")
        start = next(after, start)
    if form.verb in ("entrust", "charge", "task"):
        given = _entrusted(sentence, place, form, begin, start)
        if given:
            return given
    for at in range(start, sentence.end):
        if words[at].quoted:
            continue
        if words[at].folded == "that" and at <= start + 1:
            bound = bound_by_that(sentence, place, form, begin, at)
            if bound:
                return bound
        what = _asked_for(sentence, at, start)
        if what is not None:
            pronoun = words[start].folded in ("it", "them", "him", "her")
            doing = (what, sentence.end)
            return Head(place, "directive", form.verb, begin, (start, at), doing, urging, pronoun)
    rest = (start, sentence.end) if start < sentence.end else None
    return Head(place, "directive", form.verb, begin, (start, sentence.end), rest, urging)


def _entrusted(sentence: Sentence, place: int, form: Form, begin: int, start: int) -> Head | None:
    """Return the duty of *entrusts it with the coordination*."""
    words = sentence.words
    at = next((p for p in range(start, sentence.end) if words[p].folded == "with"), None)
    if at is None or at + 1 >= sentence.end:
        return None
    pronoun = words[start].folded in ("it", "them")
    doing = (at + 1, sentence.end)
    return Head(place, "directive", form.verb, begin, (start, at), doing, antecedent=pronoun)


def _asked_for(sentence: Sentence, at: int, start: int) -> int | None:
    """Return where what is asked for begins, where a word leads to it: *to*, or a colon."""
    words = sentence.words
    if words[at].text == ":":
        return at + 1
    if words[at].folded != "to":
        return None
    if at + 1 < sentence.end and words[at + 1].text == ":":
        return at + 2
    describes = at > start and words[at - 1].folded in _DESCRIBING
    return at + 1 if is_verb(sentence, at + 1) and not describes else None


_TAKES_PLACE = frozenset({"held", "convened", "hosted", "celebrated"})
_DESCRIBING = frozenset(
    ["position", "able", "failed", "yet", "wishing", "willing", "ready", "obliged", "invited"]
)
"""Words whose *to* tells who is asked: *partners in a position to do so*."""
