"""Duties that a Spanish verb lays down itself: *presentará*, *deberá presentar*, *corresponde a*."""

from grcm_cli.minutes.heads import Head, Sentence
from grcm_cli.minutes.spanish.clause import (
    DETERMINERS,
    after_aside,
    clause_begin,
    first_named,
    governor_of,
    inherited,
    is_passive,
    next_named,
    subject_after,
    subject_of,
)
from grcm_cli.wording.acts import NOT_DONE_BY_ANYBODY
from grcm_cli.wording.spanish import Form


def bound_by_future(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Head | None:
    verb, doing = place, form
    if form.verb in ("deber", "haber", "tener"):
        found = _after_modal(sentence, place)
        if found is None:
            return None
        verb, doing = found
    who_is_asked = falling_to(sentence, place, form, before)
    if who_is_asked:
        return who_is_asked
    modal = form.verb in ("deber", "haber", "tener")
    governor = governor_of(sentence, place)
    decided = governor is not None and _is_decided(sentence, governor, before)
    if form.mood == "conditional" and not decided:
        return None  # what would be done is not what shall be done
    passive = is_passive(sentence, verb)
    begin = clause_begin(sentence, place, before)
    start = (governor + 1) if governor is not None else begin
    who = subject_of(sentence, start, place) or subject_after(sentence, verb if modal else place)
    if who is None and not passive:
        who = inherited(sentence, place, before)
    if passive and who is not None and sentence.words[verb - 1].folded == "se":
        passive = False  # "la Secretaría se encargará de": a verb that is always so
    if doing.verb in NOT_DONE_BY_ANYBODY and not (passive and doing.verb == "ser"):
        return None
    if (
        governor is not None
        and not decided
        and not (passive and _has_agent(sentence, verb, governor))
    ):
        return None
    if who is None and not passive and not modal and not _creates(sentence, before):
        return None
    if passive and doing.verb in _HAPPENS and not modal:
        return None
    if passive or who is not None or modal:
        begin = start
    return Head(place, "directive", doing.verb, begin, who, (verb, sentence.end), passive=passive)


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
_PLEDGE = frozenset({"comprometer", "ofrecer", "obligar", "asumir", "quedar", "comprometieron"})


def falling_to(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Head | None:
    """Return the duty of *corresponde a X elaborar*, *es tarea de X*, *queda encargado X de*."""
    words = sentence.words
    if governor_of(sentence, place) is not None:
        return None
    near = {word.folded for word in words[place + 1 : min(place + 4, sentence.end)]}
    named = (
        form.verb in _FALL
        or (form.verb in ("ser", "quedar") and bool(near & _TASK))
        or (form.verb in ("quedar", "estar", "ser") and bool(near & _IN_CHARGE))
    )
    if form.verb in ("quedar", "estar", "correr", "ser") and near & {"cargo", "cuenta"}:
        begin = clause_begin(sentence, place, before)
        who = next_named(sentence, place)
        return Head(place, "directive", form.verb, begin, who, (begin, place)) if who else None
    if not named:
        return None
    begin = clause_begin(sentence, place, before)
    who = next_named(sentence, place) or first_named(sentence, begin, place)
    if who is None:
        return None
    verb = next(
        (
            at
            for at in range(max(place, who[1] - 1) + 1, sentence.end)
            if words[at].is_form("infinitive") and not sentence.mention_over(at)
        ),
        None,
    )
    if verb is None:
        after = next(
            (
                at
                for at in range(max(place + 1, who[1]), sentence.end)
                if words[at].folded in ("la", "el")
            ),
            None,
        )
        return (
            Head(place, "directive", form.verb, begin, who, (after, sentence.end))
            if after
            else None
        )
    return Head(place, "directive", form.verb, begin, who, (verb, sentence.end))


def _has_agent(sentence: Sentence, verb: int, governor: int) -> bool:
    """Tell whether *, que será enviado por la Secretaría* says who does it, beside the sentence."""
    if sentence.words[governor - 1].text != ",":
        return False
    return any(
        sentence.words[at].folded == "por"
        for mention in sentence.within((verb, sentence.end))
        for at in (mention.start - 1, mention.start - 2)
    )


def _creates(sentence: Sentence, before: list[Head]) -> bool:
    return bool(before) and before[-1].verb in ("crear", "establecer", "constituir", "conformar")


def modal_verb(sentence: Sentence, place: int) -> int | None:
    """Return the verb of *debe presentar*, *se comprometió a presentar*, or None."""
    words = sentence.words
    form = words[place].form("present", "past")
    if form is None:
        return None
    at = place + 1
    if form.verb == "deber" and form.mood == "present":
        found = _after_modal(sentence, place)
        return found[0] if found else None
    if form.verb in ("comprometer", "ofrecer", "obligar") or (
        form.verb == "asumir" and at + 1 < sentence.end and words[at + 1].folded == "compromiso"
    ):
        found = next(
            (
                p
                for p in range(at, min(at + 30, sentence.end))
                if words[p].is_form("infinitive") and not sentence.mention_over(p)
            ),
            None,
        )
        return found
    if (
        form.verb == "quedar"
        and at + 1 < sentence.end
        and words[at].folded in ("en", "de")
        and words[at + 1].is_form("infinitive")
    ):
        return at + 1
    return None


def bound_by_modal(sentence: Sentence, place: int, verb: int, before: list[Head]) -> Head | None:
    if governor_of(sentence, place) is not None:
        return None
    begin = clause_begin(sentence, place, before)
    form = sentence.words[verb].form("infinitive", "participle")
    if form is None or form.verb in NOT_DONE_BY_ANYBODY:
        return None
    passive = is_passive(sentence, verb)
    who = (
        subject_of(sentence, begin, place)
        or subject_after(sentence, place)
        or inherited(sentence, place, before)
    )
    pledges = sentence.words[place].form("past", "present")
    if who is None and pledges and pledges.verb != "deber":
        return None
    return Head(place, "directive", form.verb, begin, who, (verb, sentence.end), passive=passive)


def bare_duty(sentence: Sentence, place: int, form: Form) -> Head:
    return Head(place, "directive", form.verb, place, None, (place, sentence.end))


def opens_sentence(sentence: Sentence, place: int, before: list[Head]) -> bool:
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
    return _creates(sentence, before) and previous in (",", "el", "la", "cual")
