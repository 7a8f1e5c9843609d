"""Acts of the meeting in Spanish: verbs of its own, who is asked for what, decisions that bind."""

from grcm_cli.drafting.finders import Clause, Sentence, act_beside
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.spanish.clause import (
    ACTORS,
    BEFORE_VERB,
    DETERMINERS,
    LEXICON,
    MEETING,
    clause_begin,
    end_of_those,
    first_verb,
    governor_of,
    infinitive_after,
    is_label,
    is_passive,
    is_relative,
    meeting_before,
    subject_of,
)
from grcm_cli.language.verbs import ACT_RULES, ACTS, STATIVE, URGING, Act, VerbForm

_ACTS, _RULES = ACTS["es"], ACT_RULES["es"]
_TELLING = LEXICON.words("verbs.telling")
_SPEAKERS = frozenset({"representante", "delegacion", "delegado", "delegada"})
_SUBORDINATE = frozenset({"que", "cual", "cuales", "quien", "quienes"})
_SPEAKERS_OF_PARTY = LEXICON.words("clause.speakers")
_AGREEING = LEXICON.words("verbs.agreeing")
_PREPOSITIONS = LEXICON.words("clause.request_prepositions")
_TO_WHOM = frozenset({"a", "al"})
_TO = _TO_WHOM | {"para"}
_ASKING_NOUNS = LEXICON.words("clause.asking_nouns")
_JOINTS = LEXICON.words("clause.joints") | {"a", "al"}
_BY_WHEN = frozenset({"antes", "plazo", "tardar"})
_ASKED_NOUNS = LEXICON.words("clause.asked_nouns")
_THANKING = LEXICON.words("requests.thanking")
_MUCH = LEXICON.words("requests.much")
_NOUNS_OF_VERBS = LEXICON.mapping("action.verbs_of_nouns").keys()
_OPENINGS = frozenset({"", ",", "y", "e", ";", ":"})
_PRONOUNS = frozenset({"le", "les", "lo", "los", "la", "las"})


def find_own_act(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what the meeting does with a verb of its own, and the duty that it lays down."""
    for form in sentence.words[place].forms:
        known = form.verb in _ACTS or form.verb in _RULES
        act = _act_of(sentence, place, form, before) if known else None
        if act is None:
            continue
        begin = clause_begin(sentence, place, before)
        if act == "directive":
            return request_clause(sentence, place, form, begin)
        decision = decision_clause(sentence, place, form, begin) if act == "deciding" else None
        return decision or Clause(place, form.verb, begin, act=act)
    return None


def find_polite_request(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the request of *se agradecerá a Chile que remita*, *el envío de*: thanks to come."""
    form = sentence.words[place].form("present", "future", "conditional", "infinitive")
    if form is None or form.verb not in _THANKING or place + 2 >= sentence.end:
        return None
    at = place
    while sentence.folded_before(at) in BEFORE_VERB | _MUCH:
        at -= 1
    opens = sentence.folded_before(at) in _OPENINGS or is_label(sentence, at - 1)
    if not (opens or meeting_before(sentence, at)) or governor_of(sentence, at) is not None:
        return None
    if sentence.words[place + 1].folded not in ("a", "al", "que"):
        near = {word.folded for word in sentence.words[place : sentence.end]}
        action = (place + 1, sentence.end)
        is_asked = form.mood in ("future", "conditional") and near & _BY_WHEN
        return Clause(place, form.verb, place, None, action) if is_asked else None
    clause = request_clause(sentence, place, form, clause_begin(sentence, place, before))
    if clause.action is None or sentence.folded_before(clause.action[0]) in ("y", "e"):
        return None  # "agradecer a Chile y aceptar el informe"
    verb = sentence.words[clause.action[0]]
    asked = verb.form("subjunctive", "infinitive")
    between = sentence.words[place + 2 : clause.action[0]]
    joined = {word.folded for word in between} & {"nos", "se"}
    if joined or any(word.is_form("past") and not word.is_form("subjunctive") for word in between):
        return None  # "agradecer a Chile, que se ofreció a organizar"
    if asked is not None:
        return clause if asked.verb != "haber" else None
    following = sentence.words[clause.action[0] + 1 : clause.action[0] + 2]
    is_noun = any(word.folded in _ASKED_NOUNS | _NOUNS_OF_VERBS for word in following)
    return clause if is_noun and form.mood in ("future", "conditional") else None


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
    return Clause(place, done.verb, clause_begin(sentence, place, before), act="deciding")


def find_passive_request(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the request of *fue solicitado a Chile que*, *los expertos fueron invitados a*."""
    form = sentence.words[place].form("present", "past")
    if form is None or form.verb != "ser" or place + 2 >= sentence.end:
        return None
    asked = sentence.words[place + 1].form("participle")
    if asked is None or _ACTS.get(asked.verb) != "directive":
        return None
    if governor_of(sentence, place) is not None:
        return None
    begin = clause_begin(sentence, place, before)
    who = subject_of(sentence, begin, place)
    if who is None:
        return request_clause(sentence, place + 1, asked, begin)
    action = infinitive_after(sentence, place + 2)
    return action and Clause(place, asked.verb, begin, who, action, asked.verb in URGING)


def find_report_to_meeting(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what somebody told the meeting: *México informó que…*; it binds nobody."""
    form = sentence.words[place].form("past")
    if form is None or form.verb not in _TELLING or before or place == sentence.start:
        return None
    is_named = bool(sentence.mentions_within((sentence.start, place)))
    is_named = is_named or sentence.next_of(_SPEAKERS, sentence.start, place) is not None
    if not is_named or governor_of(sentence, place) is not None:
        return None
    near = max(sentence.start, place - 3)
    if sentence.next_of(MEETING - {"delegaciones"}, near, place) is not None:
        return None
    return Clause(place, form.verb, sentence.start, act="observing")


def _act_of(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> Act | None:
    """Return what the meeting does with a verb here, or None where the verb is not its own."""
    if not _is_own(sentence, place, form, before):
        return None
    words = sentence.folded_from(place + 1, 8)
    if form.verb == "encargar" and words[:1] in (["de"], ["del"]):
        return None  # "la Secretaría se encargará de"
    if form.verb == "celebrar" and words[:1] == ["que"]:
        return "evaluative"
    if form.verb in ("recordar", "reiterar", "renovar") and _reminds_of_duty(sentence, place):
        return "directive"
    near = set(words[: {"celebrar": 2, "reiterar": 3, "renovar": 3}.get(form.verb, 8)])
    return act_beside(sentence, place, form.verb, "es", near)


def _reminds_of_duty(sentence: Sentence, place: int) -> bool:
    """Tell whether *reiterar* and *recordar* ask: *a México que envíe*, *a México el envío de*."""
    words = sentence.words
    if sentence.folded_at(place + 1) not in ("a", "al"):
        return False
    at = _end_of_asked(sentence, place + 2)
    if at + 1 >= sentence.end:
        return False
    if words[at].folded == "que":
        verb = first_verb(sentence, at + 1, ("subjunctive", "present", "future"))
        return verb is not None and words[verb].is_form("subjunctive")
    noun = words[at + 1].folded
    if noun == "necesidad":
        return sentence.next_of(_BY_WHEN, at) is not None
    return words[at].folded in ("el", "la") and noun in _ASKED_NOUNS | _ASKING_NOUNS


def _end_of_asked(sentence: Sentence, start: int) -> int:
    """Return the place after the parties that are asked: *a Chile y Perú* que."""
    near = sentence.mentions_within((start, sentence.end))
    if not near or near[0].start > start + 10:
        return sentence.end
    end = near[0].end
    for mention in near[1:]:
        between = {word.folded for word in sentence.words[end : mention.start]}
        if not between <= _JOINTS:
            break
        end = mention.end
    return end


def _is_own(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    at = place
    while sentence.folded_before(at) in BEFORE_VERB:
        at -= 1
    has_se = sentence.next_of(("se",), at, place) is not None
    previous = sentence.folded_before(at)
    if form.mood == "gerund":
        return bool(form.enclitic) or previous == ","
    if form.mood == "infinitive":  # of "la Secretaría se servirá convocar" see `courtesy`
        is_future = sentence.words[place].is_form("future")
        return not is_future and _may_join(sentence, at, form, previous, before)
    if form.mood not in ("present", "past") and not (form.mood == "future" and has_se):
        return False
    if previous in _SUBORDINATE or governor_of(sentence, at) is not None:
        return False
    first = sentence.next_of(_SPEAKERS_OF_PARTY, sentence.start, min(sentence.start + 2, at))
    if form.mood == "past" and first is not None:
        return False  # "la delegada de Chile pidió"
    begins = previous in _OPENINGS or is_label(sentence, at - 1)
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


# --- requests and decisions ---------------------------------------------------------------------


def decision_clause(sentence: Sentence, place: int, form: VerbForm, begin: int) -> Clause | None:
    """Return the duty of *acordar que la Secretaría presente*: of whoever is named there."""
    if form.verb not in _AGREEING:
        return None
    words = sentence.words
    at = place + 1
    at += sentence.folded_at(at) == "en"  # "convenir en que"
    if sentence.folded_at(at) != "que":
        return None
    verb = first_verb(sentence, at + 1, ("subjunctive", "future", "conditional", "present"))
    if verb is None:
        return None
    moods: tuple[str, ...] = ("subjunctive", "future", "conditional")
    if words[verb].folded in ("debe", "deben"):  # "acordar que el texto debe ser revisado"
        verb, moods = verb + 1, (*moods, "infinitive")
    found = words[verb].form(*moods) if verb < sentence.end else None
    if found is None or (found.verb in STATIVE and found.verb != "ser"):
        return None
    passive = is_passive(sentence, verb)
    named = bool(sentence.mentions_within((at + 1, verb)))
    if not named and (not passive or found.verb in ("celebrar", "realizar", "llevar")):
        return None
    who, urging = (at + 1, verb), form.verb in URGING
    return Clause(place, form.verb, begin, who, (verb, sentence.end), urging, passive=passive)


def request_clause(sentence: Sentence, place: int, form: VerbForm, begin: int) -> Clause:
    """Return a request: who is asked, and for what."""
    words = sentence.words
    start = place + 1
    urging = form.verb in URGING or form.verb == "hacer"
    clitic = bool(form.enclitic) or (place > 0 and words[place - 1].folded in _PRONOUNS)
    start, at, what = _asked_and_what(sentence, start)
    if what is None:
        rest = (start, sentence.end) if start < sentence.end else None
        who = (start, sentence.end)
        return Clause(place, form.verb, begin, who, rest, urging, clitic)
    named = bool(sentence.mentions_within((start, at)))
    asks_somebody = at > start and words[start].folded in ("a", "al")
    by_subject = words[at].folded == "que" and not (named or clitic or asks_somebody)
    who = (at + 1, what[0]) if by_subject else (start, at)
    passive = by_subject and is_passive(sentence, what[0])
    antecedent = clitic and not named
    return Clause(place, form.verb, begin, who, what, urging, antecedent, passive)


def _asked_and_what(sentence: Sentence, start: int) -> tuple[int, int, WordSpan | None]:
    """Return where whoever is asked begins and ends, and what is asked for, if that is found."""
    words, end = sentence.words, sentence.end
    at = start
    while at < end:
        inside = sentence.mention_over(at)
        if inside:
            at = inside.end
            continue
        is_que = words[at].folded == "que"
        those = end_of_those(sentence, at) if is_que and at > start else None
        if those is not None:
            at = those
            if words[at].folded != "que":
                return start, at, (at, end)
            continue
        if is_que and not is_relative(sentence, at):
            verb = first_verb(sentence, at + 1, ("subjunctive",))
            if verb is None:
                verb = first_verb(sentence, at + 1, ("future", "infinitive"))
            return start, at, (min(at + 1, end - 1) if verb is None else verb, end)
        if words[at].text == ":":
            return start, at, (at + 1, end)
        if _begins_request(sentence, start, at):
            return start, at, (at, end)
        at += 1
    return start, at, None


def _begins_request(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether what is asked for begins: an infinitive, or a noun after whoever is asked."""
    words = sentence.words
    before = words[at - 1].folded
    if words[at].is_form("infinitive"):
        named = sentence.mention_before(at) or before in ACTORS
        return bool(named) or before in ("a", "de", "para", "y", "que", ",")
    if words[at].folded not in DETERMINERS or at <= start or before in _PREPOSITIONS:
        return False
    if sentence.mention_at(at + 1) or words[start].folded not in _TO_WHOM:
        return False  # "a los países que han ejercido la Presidencia que"
    is_noun = sentence.folded_at(at + 1) in _ASKING_NOUNS
    if is_noun and infinitive_after(sentence, at + 1) is not None:
        return False  # "el pedido de remitir": what is asked for is the infinitive
    if any(mention.end <= at for mention in sentence.mentions if mention.start >= start):
        return True
    is_people = sentence.next_of(ACTORS, start + 1, at) is not None
    return at - start > 2 and is_people


def find_joined_request(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the second request of *solicitar a la Secretaría que envíe, y a la OIM que revise*."""
    words = sentence.words
    joint = words[place].folded in ("y", "e") and place + 2 < sentence.end
    if not joint or not before or before[-1].act != "directive" or not before[-1].action:
        return None
    last = before[-1]
    if words[place + 1].folded not in ("a", "al") or last.verb not in _ACTS:
        return None
    named = sentence.mention_at(place + 2) or sentence.mention_at(place + 3)
    if named is None:
        return None
    at = named.end
    if at >= sentence.end or words[at].folded not in ("que", "a"):
        return None
    start, end, what = _asked_and_what(sentence, place + 1)
    if what is None or end > at + 1:
        return None
    return Clause(place, last.verb, place, (start, end), what, last.urging)
