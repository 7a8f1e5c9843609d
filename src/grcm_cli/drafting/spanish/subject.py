"""Who is the subject of a Spanish verb: named before it, after it, or with the verb before."""

from grcm_cli.drafting.heads import Head, Sentence, Span
from grcm_cli.drafting.mentions import Mention
from grcm_cli.drafting.spanish.clause import BEFORE_VERB, DETERMINERS


def subject_after(sentence: Sentence, place: int) -> Span | None:
    """Return the subject that follows its verb at once: *Continuará la Secretaría…*."""
    at = place + 1
    while at < sentence.end and sentence.words[at].folded in DETERMINERS:
        at += 1
    first = sentence.mention_at(at) or sentence.mention_at(at - 1)
    if (
        first is None
        or first.start <= place
        or sentence.words[place].form("future", "conditional", "infinitive") is None
    ):
        return None
    before = sentence.words[first.start - 1].folded
    return (first.start, first.end) if before not in _NOT_SUBJECT else None


def inherited(sentence: Sentence, place: int, before: list[Head]) -> Span | None:
    """Return the subject of the verb before, which a joined verb shares: *elaborará y enviará*."""
    at = place
    while at > sentence.start and sentence.words[at - 1].folded in BEFORE_VERB | {
        "deberan",
        "debera",
    }:
        at -= 1
    joined = at > sentence.start and sentence.words[at - 1].folded in (
        "y",
        "e",
        "asimismo",
        "ademas",
        ",",
    )
    if not joined or not before or before[-1].place < sentence.start or not before[-1].doing:
        return None
    return before[-1].who


def next_named(sentence: Sentence, place: int) -> Span | None:
    """Return the parties that are named just after a word, as far as they are joined."""
    near = [m for m in sentence.mentions if place < m.start <= place + 8]
    if not near:
        return None
    last = near[0]
    for mention in (m for m in sentence.mentions if m.start >= last.end):
        between = {word.folded for word in sentence.words[last.end : mention.start]}
        if between <= {",", "y", "e", "a", "la", "el", "los", "las", "al", "junto", "con"}:
            last = mention
        else:
            break
    return near[0].start, last.end


def first_named(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return the words from the first party named in a span to the last."""
    named = sentence.within((start, end))
    return (named[0].start, named[-1].end) if named else None


def subject_of(sentence: Sentence, start: int, verb: int) -> Span | None:
    """Return the words of the subject before a verb, where they name a party or a group."""
    named = [m for m in sentence.within((start, verb)) if _may_be_subject(sentence, m, start)]
    if not named:
        return None
    last = named[-1]
    first = last
    for mention in reversed(named[:-1]):
        between = [w.folded for w in sentence.words[mention.end : first.start]]
        if set(between) <= {
            ",",
            "y",
            "e",
            "la",
            "el",
            "los",
            "las",
            "junto",
            "con",
            "en",
            "conjunto",
            "asi",
            "como",
        }:
            first = mention
        else:
            break
    return first.start, last.end


_NOT_SUBJECT = frozenset(
    {
        "en",
        "de",
        "del",
        "con",
        "para",
        "por",
        "a",
        "al",
        "entre",
        "sobre",
        "hacia",
        "ante",
        "desde",
        "hasta",
        "bajo",
        "sin",
        "salvo",
        "excepto",
        "segun",
    }
)


_TITLES = frozenset(
    {
        "oficinas",
        "oficina",
        "servicios",
        "servicio",
        "administraciones",
        "administracion",
        "institutos",
        "expertos",
        "ministros",
        "instituciones",
        "gobierno",
        "gobiernos",
        "delegacion",
        "delegaciones",
        "republica",
        "reino",
        "representante",
        "ministerio",
        "autoridades",
    }
)


def _may_be_subject(sentence: Sentence, mention: Mention, start: int) -> bool:
    at = mention.start - 1
    while at >= start and sentence.words[at].folded in DETERMINERS:
        at -= 1
    if at < start:
        return True
    word = sentence.words[at].folded
    if (
        word == "con"
        and at - 1 >= start
        and sentence.words[at - 1].folded in ("junto", "conjuntamente", "conjunto")
    ):
        return True
    if word in ("de", "del") and at - 1 >= start:
        return sentence.words[at - 1].folded in _TITLES
    return word not in _NOT_SUBJECT
