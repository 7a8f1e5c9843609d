"""Acts of the meeting in Spanish: what it does with a verb of its own."""

from grcm_cli.drafting.finders import Clause, Sentence
from grcm_cli.drafting.spanish.clause import (
    BEFORE_VERB,
    LEXICON,
    MEETING,
    begins_clause,
    clause_begin,
    governor_of,
    is_label,
    meeting_before,
)
from grcm_cli.drafting.spanish.requests import decision_clause, request_clause
from grcm_cli.language.verbs import ACT_RULES, ACTS, Act, VerbForm

_ACTS, _RULES = ACTS["es"], ACT_RULES["es"]
_TELLING = LEXICON.words("verbs.telling")
_SPEAKERS = frozenset({"representante", "delegacion", "delegado", "delegada"})
_SUBORDINATE = frozenset({"que", "cual", "cuales", "quien", "quienes"})


def find_own_act(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what the meeting does with a verb of its own, and the duty that it lays down."""
    for form in sentence.words[place].forms:
        if form.verb in _ACTS or form.verb in _RULES:
            act = _act_of(sentence, place, form, before)
            if act:
                return _clause(sentence, place, form, act, before)
    return None


def _clause(
    sentence: Sentence, place: int, form: VerbForm, act: Act, before: list[Clause]
) -> Clause:
    begin = clause_begin(sentence, place, before)
    if act == "directive":
        return request_clause(sentence, place, form, begin)
    decision = decision_clause(sentence, place, form, begin) if act == "deciding" else None
    return decision or Clause(place, act, form.verb, begin)


def find_settled_decision(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what *quedó aprobada* says that the meeting did."""
    form = sentence.words[place].form("past", "present")
    if form is None or form.verb != "quedar" or place + 1 >= sentence.end:
        return None
    done = sentence.words[place + 1].form("participle")
    if done is None or _ACTS.get(done.verb) != "deciding":
        return None
    if governor_of(sentence, place) is not None:
        return None
    return Clause(place, "deciding", done.verb, clause_begin(sentence, place, before))


def find_report_to_meeting(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what somebody told the meeting: *México informó que…*; it binds nobody."""
    form = sentence.words[place].form("past")
    if form is None or form.verb not in _TELLING or before:
        return None
    subject = sentence.words[sentence.start : place]
    if not subject or governor_of(sentence, place) is not None:
        return None
    is_named = bool(sentence.mentions_within((sentence.start, place)))
    if not is_named and not {word.folded for word in subject} & _SPEAKERS:
        return None
    if any(word.folded in MEETING - {"delegaciones"} for word in subject[-3:]):
        return None
    return Clause(place, "observing", form.verb, sentence.start)


def _act_of(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> Act | None:
    """Return what the meeting does with a verb here, or None where the verb is not its own."""
    if not _is_own(sentence, place, form, before):
        return None
    is_infinitive = form.mood == "infinitive"
    if form.verb == "establecer" and is_infinitive and not begins_clause(sentence, place):
        return None
    words = [word.folded for word in sentence.words[place + 1 : min(place + 9, sentence.end)]]
    if form.verb == "celebrar" and words[:1] == ["que"]:
        return "evaluative"
    rules = _RULES.get(form.verb)
    if rules is None:
        return _ACTS.get(form.verb)
    near = set(words[: {"celebrar": 2, "reiterar": 3, "renovar": 3}.get(form.verb, 8)])
    named = bool(sentence.mentions_within((place, min(place + 12, sentence.end))))
    for beside, act in rules:
        if beside & near and act == "directive" and not named and form.verb != "hacer":
            continue  # "reiterar el llamamiento a la cooperación" asks nobody
        if not beside or beside & near:
            return act
    return None


def _is_own(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    at = place
    while sentence.folded_before(at) in BEFORE_VERB:
        at -= 1
    has_se = any(word.folded == "se" for word in sentence.words[at:place])
    previous = sentence.folded_before(at)
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


def _may_join(
    sentence: Sentence, at: int, form: VerbForm, previous: str, before: list[Clause]
) -> bool:
    """Tell whether an infinitive is the meeting's own, and not part of what it speaks of."""
    if previous in ("", ":", ";") or is_label(sentence, at - 1):
        return True
    if before and before[-1].place == at - 1 and before[-1].act == "deciding":
        return True
    if previous not in (",", "y", "e", "como") or not before:
        return previous == "," and not before
    act = _ACTS.get(form.verb)
    asked = before[-1].action
    if asked and sentence.words[asked[0]].is_form("infinitive") and act != "directive":
        return False  # "instar a examinar y aprobar"
    # "la oportunidad de aplicar para y, en los casos apropiados, recibir asilo"
    is_urgent = act in ("directive", "evaluative", "reinforcing")
    return is_urgent or previous != "," or form.verb == "tomar"
