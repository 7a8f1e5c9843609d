"""What a meeting does with its own verbs, in Spanish."""

from collections.abc import Mapping, Sequence

from grcm_cli.drafting.heads import Head, Sentence
from grcm_cli.drafting.spanish.clause import (
    BEFORE_VERB,
    MEETING,
    begins_clause,
    governor_of,
    is_label,
    meeting_before,
)
from grcm_cli.language.acts import ACT_OF, Act
from grcm_cli.language.spanish import Form

ACTS = ACT_OF["es"]
_RECEIVED = frozenset({"recibida", "recibido", "recibidas", "recibidos", "presente"})
_FEELING: Sequence[tuple[frozenset[str], Act]] = (
    (
        frozenset(
            [
                "preocupacion",
                "agradecimiento",
                "reconocimiento",
                "satisfaccion",
                "gratitud",
                "beneplacito",
                "aprecio",
                "pesar",
                "complacencia",
                "condolencias",
                "solidaridad",
                "felicitaciones",
            ]
        ),
        "evaluative",
    ),
    (frozenset({"compromiso", "voluntad", "apoyo", "respaldo"}), "reinforcing"),
    (frozenset(), "evaluative"),
)
_IMPORTANT: Sequence[tuple[frozenset[str], Act]] = (
    (frozenset({"importancia", "necesidad"}), "reinforcing"),
)
BESIDE: Mapping[str, Sequence[tuple[frozenset[str], Act]]] = {
    "tomar": ((frozenset({"nota", "conocimiento"}), "observing"),),
    "recibir": (
        (frozenset({"beneplacito", "satisfaccion", "agrado", "interes"}), "evaluative"),
        (frozenset(), "observing"),
    ),
    "tener": ((_RECEIVED, "observing"),),
    "dar": ((_RECEIVED, "observing"), (frozenset({"gracias"}), "evaluative")),
    "dejar": (
        (frozenset({"agradecimiento", "reconocimiento", "satisfaccion", "pesar"}), "evaluative"),
        (frozenset({"constancia"}), "observing"),
    ),
    "poner": ((frozenset({"relieve", "manifiesto"}), "reinforcing"),),
    "hacer": (
        (frozenset({"llamado", "llamamiento"}), "directive"),
        (frozenset({"hincapie"}), "reinforcing"),
    ),
    **dict.fromkeys(
        ("reiterar", "renovar"),
        (
            (
                frozenset(
                    [
                        "solicitud",
                        "llamado",
                        "llamamiento",
                        "pedido",
                        "peticion",
                        "exhortacion",
                        "invitacion",
                    ]
                ),
                "directive",
            ),
            (frozenset(), "reinforcing"),
        ),
    ),
    "celebrar": (
        (
            frozenset(
                [
                    "progresos",
                    "avances",
                    "logros",
                    "decision",
                    "iniciativa",
                    "anuncio",
                    "adhesion",
                    "incorporacion",
                    "firma",
                    "interes",
                ]
            ),
            "evaluative",
        ),
    ),
    "expresar": _FEELING,
    "manifestar": _FEELING,
    "destacar": (*_IMPORTANT, (frozenset(), "reinforcing")),
    "reconocer": (*_IMPORTANT, (frozenset(), "evaluative")),
}
"""Verbs whose act depends on a word near them; no words stand for any other."""
_TOLD = frozenset(
    {
        "informar",
        "manifestar",
        "indicar",
        "exponer",
        "señalar",
        "explicar",
        "anunciar",
        "presentar",
        "comunicar",
        "expresar",
        "declarar",
        "dar",
        "recomendar",
    }
)


def told_by(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what somebody told the meeting: *México informó que…*; it binds nobody."""
    form = sentence.words[place].form("past")
    if form is None or form.verb not in _TOLD or before or governor_of(sentence, place) is not None:
        return None
    subject = sentence.words[sentence.start : place]
    if not subject or not (
        sentence.within((sentence.start, place))
        or {w.folded for w in subject} & {"representante", "delegacion", "delegado", "delegada"}
    ):
        return None
    if any(word.folded in MEETING - {"delegaciones"} for word in subject[-3:]):
        return None
    return Head(place, "observing", form.verb, sentence.start)


def act_of(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Act | None:
    """Return what the meeting does with a verb here, or None where the verb is not its own."""
    if not _is_own(sentence, place, form, before):
        return None
    if (
        form.verb == "establecer"
        and form.mood == "infinitive"
        and not begins_clause(sentence, place)
    ):
        return None
    following = [word.folded for word in sentence.words[place + 1 : min(place + 2, sentence.end)]]
    if form.verb == "celebrar" and following == ["que"]:
        return "evaluative"
    near = {"celebrar": 3, "reiterar": 4, "renovar": 4}.get(form.verb, 9)
    beside = {word.folded for word in sentence.words[place + 1 : min(place + near, sentence.end)]}
    named = bool(sentence.within((place, min(place + 12, sentence.end))))
    for words, act in BESIDE.get(form.verb, ()):
        if words & beside and act == "directive" and not named and form.verb != "hacer":
            continue  # "reiterar el llamamiento a la cooperación" asks nobody
        if not words or words & beside:
            return act
    return None if form.verb in BESIDE else ACTS.get(form.verb)


def _is_own(sentence: Sentence, place: int, form: Form, before: list[Head]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    words = sentence.words
    at = place
    while at > sentence.start and words[at - 1].folded in BEFORE_VERB:
        at -= 1
    has_se = any(word.folded == "se" for word in words[at:place])
    previous = words[at - 1].folded if at > sentence.start else ""
    if form.mood == "gerund":
        return bool(form.enclitic) or previous == ","
    if form.mood == "infinitive":
        return _may_join(sentence, at, form, previous, before)
    if form.mood not in ("present", "past") and not (form.mood == "future" and has_se):
        return False
    if previous == "," and has_se:
        return True
    if previous in _SUBORDINATE or governor_of(sentence, at) is not None:
        return False
    begins = previous in ("", ",", "y", "e", ";", ":") or is_label(sentence, at - 1)
    return begins or meeting_before(sentence, at)


_SUBORDINATE = frozenset({"que", "cual", "cuales", "quien", "quienes"})


def _may_join(sentence: Sentence, at: int, form: Form, previous: str, before: list[Head]) -> bool:
    """Tell whether an infinitive is the meeting's own, and not part of what it speaks of."""
    if previous in ("", ":", ";") or is_label(sentence, at - 1):
        return True
    if before and before[-1].place == at - 1 and before[-1].act == "deciding":
        return True
    if previous not in (",", "y", "e", "como") or not before:
        return previous == "," and not before
    act = ACTS.get(form.verb)
    asked = before[-1].doing
    if asked and sentence.words[asked[0]].is_form("infinitive") and act != "directive":
        return False  # "instar a examinar y aprobar"
    # "la oportunidad de aplicar para y, en los casos apropiados, recibir asilo"
    return act in ("directive", "evaluative", "reinforcing") or (
        previous != "," or form.verb == "tomar"
    )
