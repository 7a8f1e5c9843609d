"""Requests in Spanish: who is asked, and for what."""

from grcm_cli.minutes.heads import Head, Sentence, Span
from grcm_cli.minutes.spanish.clause import (
    DETERMINERS,
    after_aside,
    clause_begin,
    first_verb,
    is_passive,
    is_relative,
)
from grcm_cli.wording.acts import NOT_DONE_BY_ANYBODY, URGING, Act
from grcm_cli.wording.spanish import Form


def acting(sentence: Sentence, place: int, form: Form, act: Act, before: list[Head]) -> Head:
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
    if not sentence.within((at + 1, verb)) and not passive:
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
    end = sentence.end
    at = place + 1
    if form.verb == "hacer":
        while at < end and words[at].folded not in ("a", "al", "para"):
            at += 1
    who_from = at
    what = None
    while at < end:
        folded = words[at].folded
        inside = sentence.mention_over(at)
        if inside:
            at = inside.end
            continue
        if folded == "que" and not is_relative(sentence, at):
            what = _that(sentence, at)
            break
        if folded == ":":
            if at + 2 < end and words[at + 1].folded in ("a", "al") and words[at + 2].text != ")":
                who_from = at + 1  # "encarga: a la Presidencia, que gestione"
                at += 1
                continue
            what = (at + 1, end)
            break
        if words[at].is_form("infinitive") and words[at - 1].folded in {
            "a",
            "de",
            "para",
            "y",
            "que",
            ",",
        } | _NAMES_BEFORE(sentence, at):
            what = (at, end)
            break
        if (
            folded in DETERMINERS
            and at > who_from
            and words[at - 1].folded
            not in ("a", "de", "del", "en", "con", "por", "y", "para", "sobre", "entre", "como")
            and _after_who(sentence, who_from, at)
        ):
            what = (at, end)
            break
        at += 1
    urging = form.verb in URGING or form.verb == "hacer"
    if what is None:
        what = _object_then_who(sentence, place, who_from)
        who = (who_from, end)
        return Head(place, "directive", form.verb, begin, who, what, urging, bool(form.enclitic))
    who_end = at if at < end else end
    who: Span | None = (who_from, who_end)
    subject = None
    pronoun = words[place - 1].folded in ("le", "les", "lo", "los", "la", "las") if place else False
    if words[at].folded == "que" and not sentence.within((who_from, who_end)):
        subject = (at + 1, what[0]) if not (pronoun or form.enclitic) else None
    passive = is_passive(sentence, what[0]) and subject is not None
    antecedent = (bool(form.enclitic) or pronoun) and not sentence.within((who_from, who_end))
    return Head(
        place, "directive", form.verb, begin, subject or who, what, urging, antecedent, passive
    )


def _NAMES_BEFORE(sentence: Sentence, at: int) -> frozenset[str]:  # noqa: N802
    """Return the last word of a name that ends just before a verb, as in *Solicitar a México presentar*."""
    ended = any(mention.end == at for mention in sentence.mentions)
    return frozenset({sentence.words[at - 1].folded}) if ended else frozenset()


def _after_who(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether whoever is asked has been named in full before a word."""
    words = sentence.words[start:at]
    if not words or words[0].folded not in ("a", "al"):
        return False
    return any(m.end <= at for m in sentence.mentions if m.start >= start)


def _object_then_who(sentence: Sentence, place: int, start: int) -> Span | None:
    return (start, sentence.end) if start < sentence.end else None


def _that(sentence: Sentence, at: int) -> Span:
    """Return what is asked for after *que*: from its verb on."""
    verb = first_verb(sentence, at + 1, ("subjunctive",))
    if verb is None:
        verb = first_verb(sentence, at + 1, ("future", "infinitive"))
    return (verb if verb is not None else min(at + 1, sentence.end - 1), sentence.end)
