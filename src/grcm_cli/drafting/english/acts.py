"""Acts of the meeting in English: verbs of its own, who is asked for what, decisions that bind."""

from grcm_cli.drafting.english.clause import (
    ACTORS,
    BE_FINITE,
    DETERMINERS,
    LEXICON,
    MODALS,
    PREPOSITIONS,
    clause_begin,
    governor_of,
    is_adverb,
    is_passive,
    is_verb,
    subject_of,
    to_before_verb,
    verb_after,
)
from grcm_cli.drafting.english.own_verbs import assigned_to, is_own
from grcm_cli.drafting.finders import Clause, Sentence, act_beside
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.language.verbs import ACTS, STATIVE, URGING, Act, VerbForm

_ACTS = ACTS["en"]
_INSIDE_DUTY = LEXICON.words("verbs.inside_duty")
_PARTICLES = LEXICON.mapping("acts_with_particle")
_TELLING = frozenset({"reported", "presented", "informed", "briefed"})
_AGREEING = LEXICON.words("verbs.agreeing")
_DESCRIBING = LEXICON.words("clause.describing")
_IN_CHARGE = LEXICON.words("clause.in_charge")
_ENTRUSTING = frozenset({"entrust", "charge", "task"})
_FAVOURING = LEXICON.words("verbs.favouring")
_NEAR_VERB = 5
"""Words from a verb of asking to whoever is asked."""
_TAKES_PLACE = frozenset({"held", "convened", "hosted", "celebrated"})
_ADOPTING = frozenset({"accept", "adopt", "appoint", "approve", "elect", "endorse"})
"""What a meeting does itself: *that the report be approved*."""
_INDICATIVE = BE_FINITE | {"can", "could", "has", "have", "may", "might"}
_NO_ASKED = PREPOSITIONS | {"to", "and", ",", "that"}
_ORDERING = frozenset({"direct", "instruct", "recommend", "request"})


def find_own_act(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what the meeting does with a verb of its own, and the duty that it lays down."""
    is_title = sentence.words[place].text.istitle()
    is_title = is_title and sentence.folded_before(place) not in ("", ":", "to")
    for form in sentence.words[place].forms:
        if is_title and form.mood == "infinitive":
            continue  # "a Task Force"
        if form.verb not in _ACTS or form.mood == "gerund":
            continue
        in_duty = before and before[-1].action and form.verb in _INSIDE_DUTY
        if in_duty or not is_own(sentence, place, form, before):
            continue  # "keep the Directors informed"
        act = _act_by_words_beside(sentence, place, form)
        if act is None:
            continue
        begin = clause_begin(sentence, place, before)
        if act == "directive":
            return request_clause(sentence, place, form, begin)
        decision = decision_clause(sentence, place, form, begin) if act == "deciding" else None
        return decision or Clause(place, form.verb, begin, act=act)
    return None


def find_report_to_meeting(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what somebody told the meeting: *Kenya reported on…*; it binds nobody."""
    word = sentence.words[place]
    if before or word.folded not in _TELLING or not sentence.mention_before(place):
        return None
    if governor_of(sentence, place) is not None:
        return None
    return Clause(place, word.folded, sentence.start, act="observing")


def _act_by_words_beside(sentence: Sentence, place: int, form: VerbForm) -> Act | None:
    """Return the act of a verb by the words beside it; None where they make it none."""
    beside = sentence.folded_from(place + 1, 5)
    if form.verb in _PARTICLES:
        has_particle = bool(beside) and beside[0] in _PARTICLES[form.verb].split()
        return _ACTS[form.verb] if has_particle else None
    if form.verb == "assign" and assigned_to(sentence, place) is None:
        to = to_before_verb(sentence, place + 1, place + 14)
        is_named = sentence.mention_at(place + 1) or sentence.mention_at(place + 2)
        return "directive" if to is not None or is_named else "deciding"
    return act_beside(sentence, place, form.verb, "en", set(beside))


# --- active requests -----------------------------------------------------------------------------


def request_clause(sentence: Sentence, place: int, form: VerbForm, begin: int) -> Clause:
    """Return a request: who is asked, and for what."""
    asked = _asked(sentence, place, form) if form.mood == "past" else None
    if asked:
        return asked
    words, end = sentence.words, sentence.end
    start = place + 1
    while sentence.folded_at(start) in ("on", "upon"):
        start += 1
    first = sentence.folded_at(start)
    with_ = sentence.next_of(("with",), start) if form.verb in _ENTRUSTING else None
    if with_ is not None and with_ + 1 < end:  # "entrusts it with the coordination"
        action = (with_ + 1, end)
        is_pronoun = first in ("it", "them")
        return Clause(place, form.verb, begin, (start, with_), action, antecedent=is_pronoun)
    urging = form.verb in URGING
    for at in range(start, end):
        if words[at].folded == "that" and not words[at].quoted and at <= start + 1:
            bound = _duty_after_that(sentence, place, form, begin, at)
            if bound:
                return bound
        what = _begin_of_request(sentence, at, start)
        if what is not None:
            is_pronoun = first in ("it", "them", "him", "her")
            return Clause(place, form.verb, begin, (start, at), (what, end), urging, is_pronoun)
    near = sentence.mentions_within((start, min(start + _NEAR_VERB, end)))
    is_people = near or sentence.next_of(ACTORS, start, start + _NEAR_VERB) is not None
    if form.verb in _FAVOURING and not is_people:
        return Clause(place, form.verb, begin, act="reinforcing")  # "encourages cooperation"
    rest = (start, end) if start < end else None
    return Clause(place, form.verb, begin, (start, end), rest, urging)


def _asked(sentence: Sentence, place: int, form: VerbForm) -> Clause | None:
    """Return the duty of *Members invited to comment*."""
    named = sentence.mention_before(place)
    to = to_before_verb(sentence, place + 1, place + 2)
    if named is None or sentence.is_meeting(named) or to is None:
        return None
    if sentence.words[to + 1].folded == "be":
        return None
    who, action = (named.start, named.end), (to + 1, sentence.end)
    return Clause(place, form.verb, sentence.start, who, action, form.verb in URGING)


def _begin_of_request(sentence: Sentence, at: int, start: int) -> int | None:
    """Return where what is asked for begins: after *to* or a colon, or with a bare verb.

    A verb that no list has is one where whoever is asked stands before: *asks members to liaise*.
    """
    words = sentence.words
    if words[at].text == ":" and not words[at].quoted:
        return at + 1
    if words[at].folded != "to" or words[at].quoted:
        return at if _is_bare_request(sentence, at, start) else None
    following = words[at + 1].text if at + 1 < sentence.end else ""
    if at > start and words[at - 1].folded in _DESCRIBING:
        return None
    is_asked = sentence.mention_before(at) or words[at - 1].folded in ACTORS
    is_word = following.isalpha() and following.islower() and following not in DETERMINERS
    return at + 1 if is_verb(sentence, at + 1) or (is_asked and is_word) else None


def _is_bare_request(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether a plain verb follows whoever is asked: *requests the Secretariat send it*."""
    words = sentence.words
    if at == start or not words[at].text.islower() or not words[at].is_form("infinitive"):
        return False
    if sentence.folded_at(at + 1) in PREPOSITIONS | {"", "and", ",", "to"}:
        return False
    named = sentence.mention_before(at)
    first = named.start if named else at - 1
    if not named and words[first].folded not in ACTORS:
        return False
    between = {word.folded for word in words[start:first]}
    return between <= DETERMINERS or (not named and between.isdisjoint(_NO_ASKED))


def find_joined_request(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the second request of *urged Nicaragua to join, and Costa Rica to extend*."""
    words = sentence.words
    if words[place].folded != "to" or not before or not is_verb(sentence, place + 1):
        return None
    last = before[-1]
    named = sentence.mention_before(place)
    if named is None or last.act != "directive" or not last.action:
        return None
    at = named.start - 1
    while words[at].folded in DETERMINERS:
        at -= 1
    if named.start < last.action[0] or words[at].folded != "and":
        return None
    who, action = (named.start, named.end), (place + 1, sentence.end)
    return Clause(place, last.verb, at, who, action, last.urging)


# --- clauses after *that* ------------------------------------------------------------------------


def decision_clause(sentence: Sentence, place: int, form: VerbForm, begin: int) -> Clause | None:
    """Return the duty of *agreed that the Secretariat will*: of whoever is named there."""
    if form.verb not in _AGREEING:
        return None
    at = place + 1
    is_that = sentence.folded_at(at) == "that"
    return _duty_after_that(sentence, place, form, begin, at) if is_that else None


def find_resolution(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what a *that* at the start of a text resolves: *THAT the report be published*."""
    words = sentence.words
    if words[place].folded != "that" or words[sentence.start].folded != "that":
        return None
    if before and sentence.folded_before(place) not in ("and", ",", ";"):
        return None
    found = _duty_after_that(sentence, place, VerbForm("resolve", "present"), place, place)
    return found or Clause(place, "resolve", place, act="deciding")


def _duty_after_that(
    sentence: Sentence, place: int, form: VerbForm, begin: int, at: int
) -> Clause | None:
    """Return the duty after *that*: with a modal, or in the subjunctive after a request."""
    words = sentence.words
    places = range(at + 1, sentence.end)
    modal = next((p for p in places if words[p].folded in MODALS and not words[p].quoted), None)
    if modal is not None:
        verb = verb_after(sentence, modal + 1)
    else:
        modal = verb = next((p for p in places if _is_subjunctive(sentence, p)), None)
        if verb is not None and _states_fact(sentence, at + 1, verb):
            return None
    if verb is None or modal is None:
        return None
    who = subject_of(sentence, at + 1, modal)
    passive = words[verb].folded == "be" and is_passive(sentence, verb)
    if passive:
        # What the meeting itself does: "that Kenya be asked to report", "be thanked".
        own = _passive_act(sentence, verb, _after_adverbs(sentence, verb + 1), begin, who)
        if own and (own.act == "evaluative" or own.action or own.verb in _ADOPTING):
            return own._replace(place=place)
    if passive and who is None and words[verb + 1].folded in _TAKES_PLACE:
        return None  # "agreed that the next meeting would be held in May"
    found = words[verb].form("infinitive")
    if not passive and (found is None or found.verb in STATIVE):
        return None
    if not passive and who is None and form.verb not in _ORDERING:
        return None
    urging = form.verb in URGING or words[modal].folded == "should"
    return Clause(place, form.verb, begin, who, (verb, sentence.end), urging, passive=passive)


def _states_fact(sentence: Sentence, start: int, verb: int) -> bool:
    """Tell whether an indicative stands before a plain verb: *that the study is open*."""
    relative = sentence.next_of(("which", "who", "that"), start, verb)
    end = verb if relative is None else relative
    return sentence.next_of(_INDICATIVE, start, end) is not None


def _is_subjunctive(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    return (
        (word.is_form("infinitive") or word.folded == "be")
        and word.text.islower()
        and not sentence.mention_over(at)
        and sentence.words[at - 1].folded not in DETERMINERS | PREPOSITIONS
    )


# --- passive requests ----------------------------------------------------------------------------


def find_passive_request(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what is said in the passive: *was requested to*, *was thanked*, *is to submit*."""
    words = sentence.words
    if words[place].folded not in BE_FINITE:
        return None
    at = _after_adverbs(sentence, place + 1)
    if at >= sentence.end:
        return None
    if governor_of(sentence, place) is not None:
        return None
    begin = clause_begin(sentence, place, before)
    who = subject_of(sentence, begin, place)
    if who is None and before and sentence.folded_before(place) == "and":
        first = before[0]
        if words[first.place].folded in BE_FINITE:  # "Kenya was thanked and was invited to"
            who = subject_of(sentence, first.begin, first.place)
    in_charge = words[at].folded in _IN_CHARGE and sentence.folded_at(at + 1) in ("with", "for")
    if in_charge and who is not None and at + 2 < sentence.end:  # "is charged with convening"
        return Clause(place, "charge", begin, who, (at + 2, sentence.end))
    bound = _is_to(sentence, place, at, begin, who)
    return bound or _passive_act(sentence, place, at, begin, who)


_BEFORE_PARTICIPLE = frozenset(["reminded", "each", "both", "all", "authorized", "authorised"])


def _after_adverbs(sentence: Sentence, at: int) -> int:
    words = sentence.words
    while at < sentence.end and (
        is_adverb(words[at])
        or words[at].folded in _BEFORE_PARTICIPLE
        or (words[at].folded == "and" and words[at - 1].folded in ("authorized", "authorised"))
    ):
        at += 1
    return at


def _is_to(
    sentence: Sentence, place: int, at: int, begin: int, who: WordSpan | None
) -> Clause | None:
    """Return the duty of *is to submit*, *are to be sent*, *are expected to reply*."""
    words = sentence.words
    at += words[at].folded in ("bound", "expected", "obliged") and at + 1 < sentence.end
    if words[at].folded != "to" or not is_verb(sentence, at + 1):
        return None
    passive = words[at + 1].folded == "be"
    if who is None and not passive:
        return None
    form = words[at + 1].form("infinitive")
    verb, action = form.verb if form else "be", (at + 1, sentence.end)
    return Clause(place, verb, begin, who, action, passive=passive)


def _passive_act(
    sentence: Sentence, place: int, at: int, begin: int, who: WordSpan | None
) -> Clause | None:
    """Return the act of a verb in the passive, and the duty where it asks somebody."""
    form = sentence.words[at].form("past")
    if form is None or form.verb not in _ACTS:
        return None
    act = _ACTS[form.verb]
    says_it = sentence.next_of(("it",), begin, place) is not None
    if act == "directive":
        # "is requested to", "are invited:"
        stem = at + 1 + (sentence.folded_at(at + 1) == "to")
        if sentence.folded_at(stem) == ":":
            what = (stem + 1, sentence.end) if stem + 1 < sentence.end else None
            return Clause(place, form.verb, begin, who, what, form.verb in URGING)
        to = to_before_verb(sentence, at + 1, at + 14)
        if to is not None:
            what = (to + 1, sentence.end)
            return Clause(place, form.verb, begin, who, what, form.verb in URGING)
        that = sentence.next_of(("that",), at + 1, at + 3) if says_it else None
        return _duty_after_that(sentence, place, form, begin, that) if that is not None else None
    if form.verb in ("agree", "decide", "resolve") and says_it:
        decision = decision_clause(sentence, at, form, begin)
        return decision or Clause(place, form.verb, begin, act=act)
    telling = form.verb in ("inform", "note", "recall", "observe")
    is_act = who or telling or act in ("deciding", "evaluative")
    return Clause(place, form.verb, begin, act=act) if is_act else None
