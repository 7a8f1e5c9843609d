"""Requests in the English passive: *was requested to*, *is to submit*."""

from grcm_cli.minutes.english.asking import agreed_on, bound_by_that
from grcm_cli.minutes.english.clause import ADVERBS, begin_of, governed, is_verb, subject_of
from grcm_cli.minutes.english.own import ACTS
from grcm_cli.minutes.heads import Head, Sentence
from grcm_cli.wording.acts import URGING

_CHARGED = frozenset({"charged", "entrusted", "tasked", "responsible"})


def asked_in_passive(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what is said in the passive: *was requested to*, *was thanked*, *is to submit*."""
    words = sentence.words
    at = place + 1
    while at < sentence.end and (
        words[at].folded in ADVERBS
        or words[at].folded.endswith("ly")
        or words[at].folded in ("reminded", "each", "both", "all", "authorized", "authorised")
        or (words[at].folded == "and" and words[at - 1].folded in ("authorized", "authorised"))
    ):
        at += 1
    if at >= sentence.end:
        return None
    if words[place - 1].folded == "which" and words[place].folded in ("is", "are"):
        return _asked_by_which(sentence, place, at)
    if governed(sentence, place):
        return None
    begin = begin_of(sentence, place, before)
    if words[at].folded == "to" and is_verb(sentence, at + 1):
        who = subject_of(sentence, begin, place)
        passive = words[at + 1].folded == "be"
        if who is None and not passive:
            return None
        found = words[at + 1].form("infinitive")
        return Head(
            place,
            "directive",
            found.verb if found else "be",
            begin,
            who,
            (at + 1, sentence.end),
            passive=passive,
        )
    if (
        words[at].folded in _CHARGED
        and at + 2 < sentence.end
        and words[at + 1].folded in ("with", "for")
    ):
        who = subject_of(sentence, begin, place)
        return (
            Head(place, "directive", "charge", begin, who, (at + 2, sentence.end)) if who else None
        )
    form = words[at].form("past")
    if form is None or form.verb not in ACTS:
        return None
    stem_to = at + 2 < sentence.end and words[at + 1].folded == "to" and words[at + 2].text == ":"
    if stem_to and ACTS[form.verb] == "directive":
        who = subject_of(sentence, begin, place)
        doing = (at + 3, sentence.end) if at + 3 < sentence.end else None
        return Head(place, "directive", form.verb, begin, who, doing, form.verb in URGING)
    if words[at + 1 : at + 2] and words[at + 1].text == ":" and ACTS[form.verb] == "directive":
        who = subject_of(sentence, begin, place)
        doing = (at + 2, sentence.end) if at + 2 < sentence.end else None
        return Head(place, "directive", form.verb, begin, who, doing, form.verb in URGING)
    if (
        form.verb in ("agree", "decide", "resolve")
        and begin < sentence.end
        and any(w.folded == "it" for w in words[begin:place])
    ):
        return agreed_on(sentence, at, form, begin) or Head(place, "deciding", form.verb, begin)
    if form.verb == "inform":
        return Head(place, "observing", form.verb, begin)
    act = ACTS[form.verb]
    if act != "directive":
        return (
            Head(place, act, form.verb, begin)
            if subject_of(sentence, begin, place) or act in ("deciding", "evaluative")
            else None
        )
    to = next(
        (
            p
            for p in range(at + 1, min(at + 14, sentence.end))
            if words[p].folded == "to" and is_verb(sentence, p + 1)
        ),
        None,
    )
    if to is None:
        if any(w.folded == "it" for w in words[begin:place]):
            that = next(
                (p for p in range(at + 1, min(at + 3, sentence.end)) if words[p].folded == "that"),
                None,
            )
            return bound_by_that(sentence, place, form, begin, that) if that is not None else None
        return None
    return Head(
        place,
        "directive",
        form.verb,
        begin,
        subject_of(sentence, begin, place),
        (to + 1, sentence.end),
        form.verb in URGING,
    )


def _asked_by_which(sentence: Sentence, place: int, at: int) -> Head | None:
    """Return the duty of *the Council, which is requested to rule on it*: of whom it follows."""
    words = sentence.words
    form = words[at].form("past")
    named = next((m for m in sentence.mentions if m.end in (place - 1, place - 2)), None)
    if form is None or ACTS.get(form.verb) != "directive" or named is None:
        return None
    to = next(
        (
            p
            for p in range(at + 1, min(at + 6, sentence.end))
            if words[p].folded == "to" and is_verb(sentence, p + 1)
        ),
        None,
    )
    if to is None:
        return None
    return Head(
        place,
        "directive",
        form.verb,
        place,
        (named.start, named.end),
        (to + 1, sentence.end),
        form.verb in URGING,
    )
