"""Requests in the English passive: *was requested to*, *is to submit*."""

from grcm_cli.drafting.english.asking import agreed_on, bound_by_that
from grcm_cli.drafting.english.clause import ADVERBS, IS, begin_of, governed, is_verb, subject_of
from grcm_cli.drafting.english.own import ACTS
from grcm_cli.drafting.heads import Head, Sentence, Span
from grcm_cli.language.acts import URGING

_CHARGED = frozenset({"charged", "entrusted", "tasked", "responsible"})


def asked_in_passive(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what is said in the passive: *was requested to*, *was thanked*, *is to submit*."""
    words = sentence.words
    if words[place].folded not in IS:
        return None
    at = _past_adverbs(sentence, place + 1)
    if at >= sentence.end:
        return None
    if words[place - 1].folded == "which" and words[place].folded in ("is", "are"):
        return _asked_by_which(sentence, place, at)
    if governed(sentence, place):
        return None
    begin = begin_of(sentence, place, before)
    who = subject_of(sentence, begin, place)
    return (
        _is_to(sentence, place, at, begin, who)
        or _charged(sentence, place, at, begin, who)
        or _of_verb(sentence, place, at, begin, who)
    )


def _past_adverbs(sentence: Sentence, at: int) -> int:
    words = sentence.words
    while at < sentence.end and (
        words[at].folded
        in ADVERBS | {"reminded", "each", "both", "all", "authorized", "authorised"}
        or words[at].folded.endswith("ly")
        or (words[at].folded == "and" and words[at - 1].folded in ("authorized", "authorised"))
    ):
        at += 1
    return at


def _is_to(sentence: Sentence, place: int, at: int, begin: int, who: Span | None) -> Head | None:
    """Return the duty of *is to submit*, *are to be sent*."""
    words = sentence.words
    if words[at].folded != "to" or not is_verb(sentence, at + 1):
        return None
    passive = words[at + 1].folded == "be"
    if who is None and not passive:
        return None
    form = words[at + 1].form("infinitive")
    name = form.verb if form else "be"
    doing = (at + 1, sentence.end)
    return Head(place, "directive", name, begin, who, doing, passive=passive)


def _charged(sentence: Sentence, place: int, at: int, begin: int, who: Span | None) -> Head | None:
    """Return the duty of *is charged with convening*, *is responsible for the editing*."""
    words = sentence.words
    if words[at].folded not in _CHARGED or who is None or at + 2 >= sentence.end:
        return None
    if words[at + 1].folded not in ("with", "for"):
        return None
    return Head(place, "directive", "charge", begin, who, (at + 2, sentence.end))


def _of_verb(sentence: Sentence, place: int, at: int, begin: int, who: Span | None) -> Head | None:
    """Return the act of a verb in the passive, and the duty where it asks somebody."""
    form = sentence.words[at].form("past")
    if form is None or form.verb not in ACTS:
        return None
    act = ACTS[form.verb]
    if act == "directive":
        return _requested(sentence, place, at, begin, who)
    if form.verb in ("agree", "decide", "resolve") and _says_it(sentence, begin, place):
        return agreed_on(sentence, at, form, begin) or Head(place, act, form.verb, begin)
    told = form.verb in ("inform", "note", "recall", "observe")
    if who or act in ("deciding", "evaluative") or told:
        return Head(place, act, form.verb, begin)
    return None


def _says_it(sentence: Sentence, begin: int, place: int) -> bool:
    return any(word.folded == "it" for word in sentence.words[begin:place])


def _requested(
    sentence: Sentence, place: int, at: int, begin: int, who: Span | None
) -> Head | None:
    """Return the duty of *is requested to*, *are invited:*, *it was recommended that*."""
    words = sentence.words
    form = words[at].form("past")
    if form is None:
        return None
    stem = at + 1
    if stem < sentence.end and words[stem].folded == "to":
        stem += 1
    what = None
    if stem < sentence.end and words[stem].text == ":":
        what = stem + 1
    else:
        near = range(at + 1, min(at + 14, sentence.end))
        to = next((p for p in near if words[p].folded == "to" and is_verb(sentence, p + 1)), None)
        what = to + 1 if to is not None else None
    if what is None:
        near = range(at + 1, min(at + 3, sentence.end))
        that = next((p for p in near if words[p].folded == "that"), None)
        if that is None or not _says_it(sentence, begin, place):
            return None
        return bound_by_that(sentence, place, form, begin, that)
    doing = (what, sentence.end) if what < sentence.end else None
    return Head(place, "directive", form.verb, begin, who, doing, form.verb in URGING)


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
