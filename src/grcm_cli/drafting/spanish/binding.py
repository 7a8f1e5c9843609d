"""Duties that a Spanish verb lays down itself: *presentará*, *deberá presentar*, *corresponde a*."""

from grcm_cli.drafting.heads import Head, Sentence, Span
from grcm_cli.drafting.spanish.clause import (
    DETERMINERS,
    after_aside,
    clause_begin,
    governor_of,
    is_passive,
)
from grcm_cli.drafting.spanish.subject import (
    first_named,
    inherited,
    next_named,
    subject_after,
    subject_of,
)
from grcm_cli.language.acts import NOT_DONE_BY_ANYBODY
from grcm_cli.language.spanish import Form


def bound_by_future(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *presentará*, *deberá presentar*, *se circulará*."""
    form = sentence.words[place].form("future", "conditional")
    if form is None:
        return None
    modal = form.verb in ("deber", "haber", "tener")
    found = _after_modal(sentence, place) if modal else (place, form)
    if found is None:
        return None
    verb, doing = found
    falls = falling_to(sentence, place, before)
    if falls:
        return falls
    governor = governor_of(sentence, place)
    decided = governor is not None and _is_decided(sentence, governor, before)
    should = form.mood == "conditional" and form.verb == "deber" and governor is None
    if form.mood == "conditional" and not (decided or should):
        return None  # what would be done is not what shall be done
    passive = is_passive(sentence, verb)
    begin = clause_begin(sentence, place, before)
    start = begin if governor is None else governor + 1
    who = subject_of(sentence, start, place) or subject_after(sentence, verb if modal else place)
    if who is None and not passive:
        who = inherited(sentence, place, before)
    if passive and who is not None and sentence.words[verb - 1].folded == "se":
        passive = False  # "la Secretaría se encargará de": a verb that is always so
    by_somebody = governor is None or decided or (passive and _has_agent(sentence, verb, governor))
    if not by_somebody or not _is_duty(doing.verb, who, before, modal=modal, passive=passive):
        return None
    if should and who is None:
        return None
    what = (verb, sentence.end)
    return Head(place, "directive", doing.verb, start, who, what, urging=should, passive=passive)


def _is_duty(
    verb: str, who: Span | None, before: list[Head], *, modal: bool, passive: bool
) -> bool:
    """Tell whether a verb in the future binds somebody, and does not just tell what will be."""
    if verb in NOT_DONE_BY_ANYBODY and not (passive and verb == "ser"):
        return False
    if passive and verb in _HAPPENS and not modal:
        return False
    return who is not None or passive or modal or _creates(before)


_HAPPENS = frozenset(
    {
        "celebrar",
        "realizar",
        "desarrollar",
        "cerrar",
        "abrir",
        "iniciar",
        "acreditar",
        "mantener",
        "efectuar",
        "incorporar",
        "inaugurar",
        "tratar",
        "financiar",
        "considerar",
        "regir",
        "entender",
    }
)
"""Verbs that tell with *se* what will take place: *el taller se celebrará en marzo*."""


def _after_modal(sentence: Sentence, place: int) -> tuple[int, Form] | None:
    """Return the infinitive after *deberá*, whatever subject or aside stands between."""
    at = place + 1
    while at < min(place + 40, sentence.end):
        word = sentence.words[at]
        if word.text == ",":
            at = after_aside(sentence, at)
            continue
        found = word.form("infinitive")
        if found and not sentence.mention_over(at):
            following = sentence.words[at + 1] if at + 1 < sentence.end else None
            inside = found.verb == "haber" and following and following.is_form("participle")
            if inside and following:
                participle = following.form("participle")
                return (at + 1, participle) if participle else None
            return at, found
        at += 1
    return None


_FALL = frozenset({"corresponder", "incumbir", "competer", "tocar"})
_TASK = frozenset({"tarea", "responsabilidad", "obligacion", "deber", "cargo", "funcion"})
_IN_CHARGE = frozenset(
    {
        "encargada",
        "encargado",
        "encargadas",
        "encargados",
        "responsable",
        "responsables",
        "obligados",
        "comprometidos",
    }
)


def falling_to(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *corresponde a X elaborar*, *es tarea de X*, *queda encargado X de*."""
    words = sentence.words
    form = words[place].form("present", "future")
    near = {word.folded for word in words[place + 1 : min(place + 4, sentence.end)]}
    if form is None or governor_of(sentence, place) is not None:
        return None
    begin = clause_begin(sentence, place, before)
    if form.verb in _BECOME and near & {"cargo", "cuenta"}:
        who = next_named(sentence, place)
        doing = (begin, place) if place > begin else _thing_after(sentence, who)
        return Head(place, "directive", form.verb, begin, who, doing) if who and doing else None
    if not _falls(form.verb, near):
        return None
    who = next_named(sentence, place) or first_named(sentence, begin, place)
    if who is None:
        return None
    after = max(place, who[1] - 1) + 1
    doing = _infinitive_after(sentence, after) or _thing_after(sentence, (place, after))
    return Head(place, "directive", form.verb, begin, who, doing) if doing else None


_BECOME = frozenset({"quedar", "estar", "correr", "ser"})


def _falls(verb: str, near: set[str]) -> bool:
    """Tell whether a verb gives somebody a task, with the words after it."""
    given = verb in ("ser", "quedar") and bool(near & _TASK)
    return verb in _FALL or given or (verb in _BECOME and bool(near & _IN_CHARGE))


def _infinitive_after(sentence: Sentence, start: int) -> Span | None:
    for at in range(start, sentence.end):
        if sentence.words[at].is_form("infinitive") and not sentence.mention_over(at):
            return at, sentence.end
    return None


def _thing_after(sentence: Sentence, who: Span | None) -> Span | None:
    """Return what is to be done where it is a thing: *la traducción del Manual*."""
    if who is None:
        return None
    for at in range(who[1], sentence.end):
        if sentence.words[at].folded in ("la", "el"):
            return at, sentence.end
    return None


def _has_agent(sentence: Sentence, verb: int, governor: int) -> bool:
    """Tell whether *, que será enviado por la Secretaría* says who does it, beside the sentence."""
    if sentence.words[governor - 1].text != ",":
        return False
    return any(
        sentence.words[at].folded == "por"
        for mention in sentence.within((verb, sentence.end))
        for at in (mention.start - 1, mention.start - 2)
    )


def _creates(before: list[Head]) -> bool:
    return bool(before) and before[-1].verb in ("crear", "establecer", "constituir", "conformar")


def _modal_verb(sentence: Sentence, place: int) -> int | None:
    """Return the verb of *debe presentar*, *se comprometió a presentar*, or None."""
    words = sentence.words
    form = words[place].form("present", "past")
    if form is None:
        return None
    at = place + 1
    following = [word.folded for word in words[at : at + 2]]
    if form.verb == "deber" and form.mood == "present":
        found = _after_modal(sentence, place)
        return found[0] if found else None
    if form.verb in _PLEDGE or (form.verb == "asumir" and following[1:] == ["compromiso"]):
        doing = _infinitive_after(sentence, at)
        return doing[0] if doing and doing[0] < at + 30 else None
    if form.verb == "quedar" and following[:1] in (["en"], ["de"]):
        is_verb = at + 1 < sentence.end and words[at + 1].is_form("infinitive")
        return at + 1 if is_verb else None
    return None


_PLEDGE = frozenset({"comprometer", "ofrecer", "obligar"})


def bound_by_modal(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *debe presentar*, *se comprometió a presentar*, *quedan en reunirse*."""
    verb = _modal_verb(sentence, place)
    if verb is None or governor_of(sentence, place) is not None:
        return None
    form = sentence.words[verb].form("infinitive", "participle")
    if form is None or form.verb in NOT_DONE_BY_ANYBODY:
        return None
    begin = clause_begin(sentence, place, before)
    who = (
        subject_of(sentence, begin, place)
        or subject_after(sentence, place)
        or inherited(sentence, place, before)
    )
    said = sentence.words[place].form("past", "present")
    if who is None and said and said.verb != "deber":
        return None
    passive = is_passive(sentence, verb)
    return Head(place, "directive", form.verb, begin, who, (verb, sentence.end), passive=passive)


def bare_duty(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of an infinitive that opens a sentence: *Difundir los criterios*."""
    form = sentence.words[place].form("infinitive")
    if form is None or not _opens(sentence, place, before):
        return None
    return Head(place, "directive", form.verb, place, None, (place, sentence.end))


def _opens(sentence: Sentence, place: int, before: list[Head]) -> bool:
    """Tell whether an infinitive is the sentence's own verb."""
    if place == sentence.start:
        return True
    previous = sentence.words[place - 1]
    return not before and (previous.text in (":", ")") or _only_adverbs(sentence, place))


def _only_adverbs(sentence: Sentence, place: int) -> bool:
    """Tell whether only a phrase that ends in a comma stands before: *Asimismo, difundir*."""
    return sentence.words[place - 1].text == "," and not any(
        word.forms
        and word.is_form("infinitive", "future", "past", "present")
        and not word.quoted
        and word.folded not in DETERMINERS
        for word in sentence.words[sentence.start : place - 1]
        if len(word.text) > 3
    )


def _is_decided(sentence: Sentence, governor: int, before: list[Head]) -> bool:
    """Tell whether the *que* belongs to a decision, and not to a noun or to what was noted."""
    previous = sentence.words[governor - 1].folded if governor > sentence.start else ""
    if before and before[-1].act in ("deciding", "directive"):
        near = governor - before[-1].place
        if near <= 2 or previous in ("y", "e", ";"):
            return True
    return _creates(before) and previous in (",", "el", "la", "cual")
