"""Requests in Spanish: who is asked, and for what."""

from grcm_cli.drafting.heads import Head, Sentence, Span
from grcm_cli.drafting.spanish.clause import (
    DETERMINERS,
    after_aside,
    clause_begin,
    first_verb,
    is_passive,
    is_relative,
)
from grcm_cli.drafting.spanish.own import ACTS
from grcm_cli.language.acts import NOT_DONE_BY_ANYBODY, URGING, Act
from grcm_cli.language.spanish import Form


def acting(sentence: Sentence, place: int, form: Form, act: Act, before: list[Head]) -> Head:
    """Return the head of a verb by which the meeting acts, and the duty that it lays down."""
    begin = clause_begin(sentence, place, before)
    if act == "directive":
        return _asking(sentence, place, form, begin)
    if act == "deciding" and form.verb in (
        "acordar",
        "decidir",
        "resolver",
        "convenir",
        "aprobar",
        "establecer",
        "determinar",
    ):
        agreed = _agreed(sentence, place, form, begin)
        if agreed:
            return agreed
    return Head(place, act, form.verb, begin)


def _agreed(sentence: Sentence, place: int, form: Form, begin: int) -> Head | None:
    """Return the duty of *acordar que la Secretaría presente*: of whoever is named there."""
    words = sentence.words
    at = place + 1
    while at < sentence.end and words[at].text == ",":
        at = after_aside(sentence, at)
    if at >= sentence.end or words[at].folded != "que":
        return None
    verb = first_verb(sentence, at + 1, ("subjunctive", "future", "conditional"))
    if verb is None:
        return None
    found = words[verb].form("subjunctive", "future", "conditional")
    if found is None or (found.verb in NOT_DONE_BY_ANYBODY and found.verb != "ser"):
        return None
    passive = is_passive(sentence, verb)
    named = bool(sentence.within((at + 1, verb)))
    if not named and (not passive or found.verb in ("celebrar", "realizar", "llevar")):
        return None
    urging = form.verb in URGING
    return Head(
        place,
        "directive",
        form.verb,
        begin,
        (at + 1, verb),
        (verb, sentence.end),
        urging,
        passive=passive,
    )


def _asking(sentence: Sentence, place: int, form: Form, begin: int) -> Head:
    """Return a request: who is asked, and for what."""
    words = sentence.words
    start = place + 1
    if form.verb not in ACTS or ACTS[form.verb] != "directive":  # "hacer un llamado a"
        start = next((p for p in range(start, sentence.end) if words[p].folded in _TO), start)
    urging = form.verb in URGING or form.verb == "hacer"
    # "reiterar la solicitud", "hacer un llamado": whoever is asked comes after the noun.
    clitic = bool(form.enclitic) or (place > 0 and words[place - 1].folded in _PRONOUNS)
    start, at, what = _request(sentence, start)
    if what is None:
        rest = (start, sentence.end) if start < sentence.end else None
        who = (start, sentence.end)
        return Head(place, "directive", form.verb, begin, who, rest, urging, clitic)
    named = bool(sentence.within((start, at)))
    asks_somebody = at > start and words[start].folded in ("a", "al")
    by_subject = words[at].folded == "que" and not (named or clitic or asks_somebody)
    who = (at + 1, what[0]) if by_subject else (start, at)
    passive = by_subject and is_passive(sentence, what[0])
    antecedent = clitic and not named
    return Head(place, "directive", form.verb, begin, who, what, urging, antecedent, passive)


_TO = frozenset({"a", "al", "para"})
_PRONOUNS = frozenset({"le", "les", "lo", "los", "la", "las"})


def _request(sentence: Sentence, start: int) -> tuple[int, int, Span | None]:
    """Return where whoever is asked begins and ends, and what is asked for, if that is found."""
    words = sentence.words
    at = start
    while at < sentence.end:
        inside = sentence.mention_over(at)
        if inside:
            at = inside.end
            continue
        if words[at].folded == "que" and not is_relative(sentence, at):
            return start, at, _that(sentence, at)
        if words[at].text == ":" and _is_asked_below(sentence, at):
            start = at + 1  # "encarga: a la Presidencia, que gestione"
        elif words[at].text == ":":
            return start, at, (at + 1, sentence.end)
        elif _begins_request(sentence, start, at):
            return start, at, (at, sentence.end)
        at += 1
    return start, at, None


def _is_asked_below(sentence: Sentence, colon: int) -> bool:
    following = sentence.words[colon + 1 : min(colon + 3, sentence.end)]
    return len(following) > 1 and following[0].folded in ("a", "al") and following[1].text != ")"


def _begins_request(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether what is asked for begins: an infinitive, or a noun after whoever is asked."""
    words = sentence.words
    before = words[at - 1].folded
    if words[at].is_form("infinitive"):
        named = any(mention.end == at for mention in sentence.mentions)
        return named or before in ("a", "de", "para", "y", "que", ",")
    is_noun = words[at].folded in DETERMINERS and at > start and before not in _PREPOSITIONS
    return is_noun and _after_who(sentence, start, at)


_PREPOSITIONS = frozenset(
    ["a", "de", "del", "en", "con", "por", "y", "para", "sobre", "entre", "como"]
)


def _after_who(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether whoever is asked has been named in full before a word."""
    words = sentence.words[start:at]
    if not words or words[0].folded not in ("a", "al"):
        return False
    return any(m.end <= at for m in sentence.mentions if m.start >= start)


def _that(sentence: Sentence, at: int) -> Span:
    """Return what is asked for after *que*: from its verb on."""
    verb = first_verb(sentence, at + 1, ("subjunctive",))
    if verb is None:
        verb = first_verb(sentence, at + 1, ("future", "infinitive"))
    return (verb if verb is not None else min(at + 1, sentence.end - 1), sentence.end)


def also_asked(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the second request of *solicitar a la Secretaría que envíe, y a la OIM que revise*."""
    words = sentence.words
    joint = words[place].folded in ("y", "e") and place + 2 < sentence.end
    if not joint or not before or before[-1].act != "directive" or not before[-1].doing:
        return None
    if words[place + 1].folded not in ("a", "al"):
        return None
    near = (m for m in sentence.mentions if place + 2 <= m.start <= place + 3)
    named = next(near, None)
    last = before[-1]
    if named is None or last.verb not in ACTS:
        return None
    at = named.end
    if at < sentence.end and words[at].text == ",":
        at += 1
    if at >= sentence.end or words[at].folded not in ("que", "a"):
        return None
    start, end, what = _request(sentence, place + 1)
    if what is None or end > at + 1:
        return None
    return Head(place, "directive", last.verb, place, (start, end), what, last.urging)
