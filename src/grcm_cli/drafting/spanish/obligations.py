"""Duties that a Spanish verb lays down itself.

By a future (*presentará*, *deberá presentar*), a modal verb (*debe presentar*), a task
(*corresponde a*), a bare infinitive, a wish (*que organice*) or a purpose (*con el fin de que*).
"""

from grcm_cli.drafting.finders import Clause, Sentence, bare_infinitive, follows_creation
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.spanish.acts import request_clause
from grcm_cli.drafting.spanish.clause import (
    DETERMINERS,
    LEXICON,
    PREPOSITIONS,
    after_aside,
    begins_clause,
    clause_begin,
    first_verb,
    governor_of,
    infinitive_after,
    inherited,
    is_passive,
    meeting_before,
    next_named,
    subject_of,
)
from grcm_cli.language.verbs import ACTS, HOLDING, JUDGING, STATIVE, VerbForm

_KNOWN = LEXICON.words("verbs.known") | ACTS["es"].keys()
_HAPPENING = LEXICON.words("verbs.happening")
_ASSIGNING = LEXICON.words("verbs.assigning")
_BECOMING = LEXICON.words("verbs.becoming")
_PLEDGING = LEXICON.words("verbs.pledging")
_TAKING_ON = LEXICON.words("verbs.taking_on")
_AGREED = frozenset({"acordar", "convenir", "decidir", "resolver"})
_HOLDING = HOLDING | {"celebrar", "llevar", "reunir"}
_MEETINGS = frozenset({"asamblea", "conferencia", "cumbre", "reunion", "reuniones", "sesion"})
_HOSTING = LEXICON.words("clause.hosting")
_GIVING_TIME = LEXICON.words("verbs.giving_time")
_TASKS = LEXICON.words("clause.tasks")
_IN_CHARGE = LEXICON.words("clause.in_charge")
_PURPOSES = [phrase.split() for phrase in LEXICON.values["clause.purposes"]]
_ASKING_NOTHING = LEXICON.words("requests.asking_nothing")
_HAVING = frozenset({"deber", "haber", "tener"})
_ARTICLES = frozenset({"el", "la", "las", "los"})
_OF_PERSONS = frozenset({"cual", "cuales", "que", "quien", "quienes"})
_PRONOUNS = frozenset({"esta", "este", "estas", "estos", "ella", "aquella"})


# --- futures -------------------------------------------------------------------------------------


def find_future_obligation(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *presentará*, *deberá presentar*, *se circulará*."""
    form = sentence.words[place].form("future", "conditional")
    if form is None:
        return None
    modal = form.verb in _HAVING
    found = _infinitive_of_modal(sentence, place) if modal else (place, form)
    if found is None or (modal and form.verb != "deber" and not _has_to(sentence, place, found[0])):
        return None
    verb, what = found
    governor = governor_of(sentence, place)
    decided = governor is not None and _is_decided(sentence, governor, before)
    should = form.mood == "conditional" and form.verb == "deber" and governor is None
    if form.mood == "conditional" and not (decided or should):
        return None  # what would be done is not what shall be done
    passive = is_passive(sentence, verb)
    start = clause_begin(sentence, place, before) if governor is None else governor + 1
    who = _subject_of_future(sentence, place, verb, start, before)
    aside = passive and governor is not None and _is_aside(sentence, verb, governor, what.verb)
    by_somebody = governor is None or decided or aside
    hosts = who and what.verb == "ser" and sentence.next_of(_HOSTING, verb + 1, verb + 3)
    tells = what.verb in STATIVE and not (passive and what.verb == "ser")
    tells = tells or (passive and what.verb in _HAPPENING and not modal)
    binds = who is not None or passive or modal or follows_creation(before)
    if not by_somebody or not (hosts or (binds and not tells)):
        return _duty_of_named(sentence, place, governor, before)
    if should and who is None:
        return None
    action = (verb, sentence.end)
    is_later = start == place or sentence.words[start].folded in PREPOSITIONS
    if modal and who is None and not passive and is_later and sentence.start > 0:
        # "Para ello deberá presentar un plan": of whoever is spoken of before
        return Clause(place, what.verb, start, (place, place + 1), action, antecedent=True)
    return Clause(place, what.verb, start, who, action, should, passive=passive)


def _subject_of_future(
    sentence: Sentence, place: int, verb: int, start: int, before: list[Clause]
) -> WordSpan | None:
    """Return the subject of a verb: before it, after it, that of the verb before, or a new body."""
    who = subject_of(sentence, start, place)
    if who is None and not is_passive(sentence, verb):
        who = inherited(sentence, place, before)
    is_relative = start > sentence.start and sentence.words[start - 1].folded in _OF_PERSONS
    if who is None and is_relative and follows_creation(before):
        who = (before[-1].place + 1, start - 1)  # "crea un comité de Chile y Perú, que elevará"
    return who


def _duty_of_named(
    sentence: Sentence, place: int, governor: int | None, before: list[Clause]
) -> Clause | None:
    """Return the duty of *por Chile y Perú, los que elevarán un plan*: of those named before."""
    if governor is None or not before or not before[-1].action:
        return None
    first = governor - (sentence.folded_before(governor) in _ARTICLES)
    named = sentence.mention_before(first - 1) if sentence.words[first - 1].text == "," else None
    form = sentence.words[place].form("future")
    if named is None or form is None or form.verb in STATIVE | _HAVING:
        return None
    joined = [m for m in sentence.mentions if before[-1].place < m.start <= named.start]
    who = (joined[0].start, named.end)
    return Clause(place, form.verb, first, who, (place, sentence.end))


def _infinitive_of_modal(sentence: Sentence, place: int) -> tuple[int, VerbForm] | None:
    """Return the infinitive after *deberá*, whatever subject or aside stands between."""
    at = place + 1
    while at < min(place + 40, sentence.end):
        word = sentence.words[at]
        found = word.form("infinitive")
        if word.text == ",":
            at = after_aside(sentence, at)
        elif found is None or sentence.mention_over(at):
            at += 1
        else:
            return at, found
    return None


def _is_aside(sentence: Sentence, verb: int, governor: int, name: str) -> bool:
    """Tell whether a relative clause lays down a duty beside the sentence.

    *, los que se circularán* does, and *, que será enviado por la Secretaría*, which says by whom.
    """
    words = sentence.words
    before = sentence.folded_before(governor)
    if before in _ARTICLES and governor - 2 >= sentence.start and words[governor - 2].text == ",":
        return name not in _HAPPENING
    return any(
        sentence.words[at].folded == "por"
        for mention in sentence.mentions_within((verb, sentence.end))
        for at in (mention.start - 1, mention.start - 2)
    )


def _is_decided(sentence: Sentence, governor: int, before: list[Clause]) -> bool:
    """Tell whether the *que* belongs to a decision, and not to a noun or to what was noted."""
    previous = sentence.folded_before(governor)
    follows_act = bool(before) and before[-1].act in ("deciding", "directive")
    is_near = previous in ("y", "e", ";") or (follows_act and governor - before[-1].place <= 2)
    creates = follows_creation(before) and previous in (",", "el", "la", "cual")
    return creates or (follows_act and is_near)


# --- modal verbs ---------------------------------------------------------------------------------


def find_modal_obligation(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *debe presentar*, *se comprometió a presentar*, *tiene que enviar*."""
    modal = sentence.words[place].form("present", "past")
    verb = _verb_of_modal(sentence, place, modal) if modal else None
    if modal is None or verb is None or governor_of(sentence, place) is not None:
        return None
    form = sentence.words[verb].form("infinitive", "participle")
    passive = is_passive(sentence, verb)
    if form is None or (form.verb in STATIVE and not (passive and form.verb == "ser")):
        return None
    begin = clause_begin(sentence, place, before)
    who = subject_of(sentence, begin, place) or inherited(sentence, place, before)
    pronoun = sentence.folded_before(place)
    if pronoun == "nos":
        who = None  # "agradecemos a la OIM y nos comprometemos a"
    of_all = sentence.words[place].folded == "hay"
    if modal.verb in _PLEDGING | _TAKING_ON and pronoun == "se":
        # "se asumió el compromiso de"
        of_all = of_all or place - 1 == sentence.start or meeting_before(sentence, place)
    elif modal.verb in _PLEDGING | _TAKING_ON:
        of_all = of_all or pronoun == "nos"
    if who is None and modal.verb != "deber" and not of_all:
        return None
    return Clause(place, form.verb, begin, who, (verb, sentence.end), passive=passive)


def _verb_of_modal(sentence: Sentence, place: int, form: VerbForm) -> int | None:
    """Return the verb of *debe presentar*, *se comprometió a presentar*, or None."""
    at = place + 1
    following = [word.folded for word in sentence.words[at : at + 2]]
    if form.verb == "deber" and form.mood == "present":
        found = _infinitive_of_modal(sentence, place)
        return found[0] if found else None
    takes_on = form.verb in _TAKING_ON and following[1:] == ["compromiso"]
    if form.verb in _PLEDGING or takes_on:
        action = infinitive_after(sentence, at)
        return action[0] if action and action[0] < at + 30 else None
    is_verb = at + 1 < sentence.end and sentence.words[at + 1].is_form("infinitive")
    in_order = form.verb == "quedar" and following[:1] in (["en"], ["de"])
    has_to = is_verb and form.verb in _HAVING and _has_to(sentence, place, at + 1)
    return at + 1 if has_to or (is_verb and in_order) else None


def _has_to(sentence: Sentence, place: int, verb: int) -> bool:
    """Tell whether *que* or *de* stands between *tener* or *haber* and its verb: *ha de enviar*."""
    return any(sentence.words[at].folded in ("que", "de") for at in range(place + 1, verb))


def find_agreement(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *se acordó realizarlo*, *Chile y Perú convinieron en firmar*.

    An act of the meeting, as *acordó aprobar*, is none; nor is what it will look at itself, or when
    it meets again.
    """
    form = sentence.words[place].form("present", "past", "infinitive")
    if form is None or form.verb not in _AGREED or governor_of(sentence, place) is not None:
        return None
    at = place + 1
    at += sentence.folded_at(at) == "en"
    verb = sentence.words[at].form("infinitive") if at < sentence.end else None
    if verb is None or verb.verb in JUDGING | STATIVE | ACTS["es"].keys():
        return None
    if verb.verb in _HOLDING and sentence.next_of(_MEETINGS, at + 1, at + 8) is not None:
        return None
    begin = clause_begin(sentence, place, before)
    who = subject_of(sentence, begin, place)
    if who is not None and all(map(sentence.is_meeting, sentence.mentions_within(who))):
        who = None
    return Clause(place, verb.verb, begin, who, (at, sentence.end))


# --- tasks ---------------------------------------------------------------------------------------


def find_assigned_task(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *corresponde a X elaborar*, *es tarea de X*, *queda encargado X de*."""
    form = sentence.words[place].form("present", "future", "past")
    if form is None or governor_of(sentence, place) is not None:
        return None
    if form.mood == "past" and form.verb != "quedar":
        return None  # "correspondió a Chile presidir" only tells
    near = set(sentence.folded_from(place + 1, 3))
    begin = clause_begin(sentence, place, before)
    action: WordSpan | None
    if form.verb == "encargar" and sentence.folded_at(place + 1) in ("de", "del"):
        who = subject_of(sentence, begin, place)  # "la Secretaría se encargará de"
        action = infinitive_after(sentence, place) or (place + 2, sentence.end)
    elif form.verb in _BECOMING and near & {"cargo", "cuenta"}:
        who = next_named(sentence, place)
        action = (begin, place) if place > begin else _thing_after(sentence, who)
    elif (
        form.verb in _ASSIGNING
        or (form.verb in ("ser", "quedar") and near & _TASKS)
        or (form.verb in _BECOMING and near & _IN_CHARGE)
    ):
        who = next_named(sentence, place)
        named = sentence.mentions_within((begin, place))
        if who is None and named:
            who = (named[0].start, named[-1].end)
        after = max(place + 1, who[1]) if who else place
        action = infinitive_after(sentence, after) or _thing_after(sentence, (place, after))
    else:
        return None
    return Clause(place, form.verb, begin, who, action) if who and action else None


def _thing_after(sentence: Sentence, who: WordSpan | None) -> WordSpan | None:
    """Return what is to be done where it is a thing: *la traducción del Manual*."""
    at = sentence.next_of(("la", "el"), who[1]) if who else None
    return (at, sentence.end) if at is not None else None


# --- infinitives and subjunctives ----------------------------------------------------------------


def find_bare_infinitive(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of an infinitive that opens a sentence: *Difundir los criterios*."""
    form = sentence.words[place].form("infinitive")
    if form is None or not _opens(sentence, place, before):
        return None
    near = set(sentence.folded_from(place + 1, 4))
    is_next_meeting = near & {"proxima", "siguiente"} and near & _MEETINGS
    if form.verb in _HOLDING and is_next_meeting:  # "Celebrar la próxima Cumbre en"
        return Clause(place, form.verb, place, act="deciding")
    # "Asumir el compromiso de enviar", "Comprometerse a enviar"
    following = [word.folded for word in sentence.words[place + 1 : place + 3]]
    takes_on = form.verb in _TAKING_ON and following[1:] == ["compromiso"]
    if takes_on or (form.verb in _PLEDGING and form.enclitic and following[:1] == ["a"]):
        taken_on = infinitive_after(sentence, place + 1)
        if taken_on:
            return Clause(place, form.verb, place, None, taken_on)
    if form.verb not in _KNOWN and sentence.folded_at(place + 1) in ("a", "al"):
        # "Conminar a Chile a", or a verb misspelt
        named = sentence.mention_at(place + 2) or sentence.mention_at(place + 3)
        if named is not None and named.end < sentence.end:
            return request_clause(sentence, place, form, clause_begin(sentence, place, before))
    return bare_infinitive(sentence, place)


def find_imperative(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *Remítase el informe*, of whoever is named after *por* if anybody is."""
    form = sentence.words[place].form("present")
    if form is None or form.enclitic != "se" or form.verb in STATIVE | _ASKING_NOTHING:
        return None
    action = (place, sentence.end)
    clause = Clause(place, form.verb, place, None, action, passive=True)
    return clause if begins_clause(sentence, place) else None


def _opens(sentence: Sentence, place: int, before: list[Clause]) -> bool:
    """Tell whether an infinitive is the sentence's own verb: also of *Asimismo, difundir*."""
    if place == sentence.start:
        return True
    previous = sentence.words[place - 1].text
    if before or previous in (":", ")"):
        return not before
    return previous == "," and not any(
        word.is_form("infinitive", "future", "past", "present")
        and not word.quoted
        and word.folded not in DETERMINERS
        for word in sentence.words[sentence.start : place - 1]
        if len(word.text) > 3
    )


def find_wish(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *Que la Secretaría organice*, or the second of *que A haga y que B haga*.

    *acordaron que Chile presente un plan y que Perú lo revise*
    """
    words, start = sentence.words, sentence.start
    form = words[place].form("subjunctive")
    if form is None or form.verb in STATIVE:
        return None
    if not before:
        opens = words[start].folded == "que"
        is_first = opens and first_verb(sentence, start + 1, ("subjunctive",)) == place
        who = subject_of(sentence, start + 1, place) if is_first else None
        return who and Clause(place, form.verb, start, who, (place, sentence.end))
    last = before[-1]
    if not last.action or last.act != "directive":
        return None
    places = range(place - 1, max(last.action[0], place - 12), -1)
    que = next((at for at in places if words[at].folded == "que"), None)
    if que is None or words[que - 1].folded not in ("y", "e"):
        return None
    who = subject_of(sentence, que + 1, place)
    return who and Clause(place, last.verb, que - 1, who, (place, sentence.end), last.urging)


def find_more_time(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *prorrogar el plazo para que Chile informe*, *para informar*."""
    form = sentence.words[place].form("subjunctive", "infinitive")
    if form is None or not before or before[-1].verb not in _GIVING_TIME:
        return None
    first = before[-1].place
    if sentence.next_of(("plazo",), first, place) is None:
        return None
    places = range(place - 1, first, -1)
    at = next((p for p in places if sentence.words[p].folded == "para"), None)
    if at is None:
        return None
    who = (at + 1, place) if form.mood == "subjunctive" else (first + 1, at)
    named = sentence.mentions_within(who)
    if not named:
        return None
    span = (named[0].start, named[-1].end)
    return Clause(place, form.verb, before[-1].begin, span, (place, sentence.end))


def find_purpose_obligation(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty in *con el fin de que Costa Rica presente*: of whoever is named there."""
    form = sentence.words[place].form("subjunctive")
    if not before or not before[-1].action or form is None or form.verb in JUDGING:
        return None
    words = sentence.words
    places = range(place - 1, before[-1].place, -1)
    at = next((earlier for earlier in places if words[earlier].folded == "que"), None)
    if at is None:
        return None
    who = (at + 1, place)
    named = bool(sentence.mentions_within(who))
    if not named and _PRONOUNS.isdisjoint(word.folded for word in words[at + 1 : place]):
        return None
    for phrase in _PURPOSES:
        begin = max(0, at + 1 - len(phrase))
        if [word.folded for word in words[begin : at + 1]] == phrase:
            clause = Clause(place, form.verb, begin, who, (place, sentence.end))
            return clause._replace(antecedent=not named, purpose=True)
    return None
