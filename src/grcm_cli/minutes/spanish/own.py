"""What a meeting does with its own verbs, in Spanish."""

from grcm_cli.minutes.heads import Head, Sentence
from grcm_cli.minutes.spanish.clause import (
    BEFORE_VERB,
    MEETING,
    begins_clause,
    governor_of,
    is_label,
    meeting_before,
)
from grcm_cli.wording.acts import ACT_OF, Act
from grcm_cli.wording.spanish import Form

ACTS = ACT_OF["es"]
_JOINTS = frozenset(
    {
        "y",
        "e",
        "o",
        "u",
        ",",
        ":",
        ";",
        "(",
        "asimismo",
        "igualmente",
        "ademas",
        "tambien",
        "asi",
        "como",
        "ni",
    }
)
FORMULAS = {
    # What these verbs do depends on the noun beside them.
    "tomar": ("nota", "conocimiento"),
    "recibir": ("beneplacito", "satisfaccion", "agrado", "interes"),
    "tener": ("recibida", "recibido", "recibidas", "recibidos", "presente"),
    "dar": ("recibida", "recibido", "recibidas", "recibidos"),
    "dejar": ("constancia",),
    "expresar": (),
    "manifestar": (),
    "hacer": ("hincapie", "llamado", "llamamiento", "propicia", "suyo", "suya", "suyas", "suyos"),
    "poner": ("relieve", "manifiesto"),
    "celebrar": (
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
    ),
}
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
    beside = {word.folded for word in sentence.words[place + 1 : min(place + 9, sentence.end)]}
    verb = form.verb
    if verb == "hacer":
        if beside & {"llamado", "llamamiento"}:
            return "directive"
        return "reinforcing" if "hincapie" in beside else None
    if verb in ("tener", "dar"):
        return "observing" if beside & set(FORMULAS[verb]) else None
    if verb == "dejar":
        return "observing" if "constancia" in beside else None
    if verb == "poner":
        return "reinforcing" if "relieve" in beside else None
    if verb == "tomar":
        return "observing" if beside & {"nota", "conocimiento"} else None
    if verb == "recibir":
        return "evaluative" if beside & set(FORMULAS["recibir"]) else "observing"
    if verb == "celebrar":
        following = sentence.words[place + 2].folded if place + 2 < sentence.end else ""
        return "evaluative" if following in FORMULAS["celebrar"] else None
    if verb == "destacar" or verb == "reconocer":
        return "reinforcing" if "importancia" in beside or "necesidad" in beside else ACTS[verb]
    if verb in ("expresar", "manifestar"):
        if beside & {
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
        }:
            return "evaluative"
        return (
            "reinforcing"
            if beside & {"compromiso", "voluntad", "apoyo", "respaldo"}
            else "evaluative"
        )
    if verb == "establecer" and form.mood == "infinitive" and not begins_clause(sentence, place):
        return None
    return ACTS.get(verb)


def _is_own(sentence: Sentence, place: int, form: Form, before: list[Head]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    words = sentence.words
    if form.mood in ("participle", "subjunctive"):
        return False
    at = place
    while at > sentence.start and words[at - 1].folded in BEFORE_VERB:
        at -= 1
    has_se = any(word.folded == "se" for word in words[at:place])
    if form.mood == "future" and not has_se:
        return False
    previous = words[at - 1].folded if at > sentence.start else ""
    if form.mood == "gerund":
        return bool(form.enclitic) or previous == ","
    if form.mood == "infinitive":
        return _may_join(sentence, at, form, previous, before)
    if previous in ("que", "cual", "cuales", "quien", "quienes"):
        return False
    if previous == "," and has_se:
        return True
    if governor_of(sentence, at) is not None:
        return False
    if previous in ("", ",", "y", "e", ";", ":") or is_label(sentence, at - 1):
        return True
    return meeting_before(sentence, at)


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
    return act in ("directive", "evaluative", "reinforcing") or previous != ","
