"""Acts of the meeting in English: verbs of its own, who is asked for what, decisions that bind."""

from grcm_cli.drafting.english.clause import (
    ACTORS,
    BE_FINITE,
    DETERMINERS,
    LEXICON,
    MODALS,
    PREPOSITIONS,
    clause_begin,
    follows_tag,
    has_agent,
    is_adverb,
    is_governed,
    is_passive,
    is_verb,
    subject_of,
    tells_how,
    to_before_verb,
    verb_after,
)
from grcm_cli.drafting.english.own_verbs import assigned_to, is_own
from grcm_cli.drafting.finders import (
    Clause,
    Sentence,
    WordSpan,
    act_by_rules,
    bare_infinitive,
)
from grcm_cli.language.verbs import ACT_RULES, ACTS, STATIVE, URGING, Act, VerbForm

_ACTS, _RULES = ACTS["en"], ACT_RULES["en"]
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
_BOUND = frozenset({"bound", "expected", "obliged"})
_ADOPTING = frozenset({"accept", "adopt", "appoint", "approve", "elect", "endorse"})
"""What a meeting does itself: *that the report be approved*."""
_INDICATIVE = BE_FINITE | {"can", "could", "has", "have", "may", "might"}
_NO_ASKED = PREPOSITIONS | {"to", "and", ",", "that"}


def find_own_act(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what the meeting does with a verb of its own, and the duty that it lays down."""
    before_it = sentence.folded_before(place)
    is_title = sentence.words[place].text.istitle() and before_it not in ("", ":", "to")
    for form in sentence.words[place].forms:
        if is_title and form.mood == "infinitive":
            continue  # "a Task Force"
        if form.verb in _ACTS and form.mood != "gerund":
            if _ACTS[form.verb] == "observing" and is_task(sentence, place, form):
                return bare_infinitive(sentence, place)  # "Action: Review the text (Kenya)"
            act = _act_of(sentence, place, form, before)
            if act:
                return _clause(sentence, place, form, act, before)
    return None


def is_task(sentence: Sentence, place: int, form: VerbForm) -> bool:
    """Tell whether a plain verb that opens a sentence is a task, and not what the meeting does.

    A tag stands before it, *Action item: Review*, or whoever is to do it behind it, *(Kenya)*.
    """
    if form.mood != "infinitive":
        return False
    opens = place == sentence.start
    return follows_tag(sentence, place) or (opens and bool(sentence.closing_parties()))


def find_gerund_act(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what the meeting does besides: *, inviting the Board to*."""
    form = sentence.words[place].form("gerund")
    if form is None or form.verb not in _ACTS or sentence.folded_before(place) != ",":
        return None
    act = _act_by_words_beside(sentence, place, form)
    return _clause(sentence, place, form, act, before) if act else None


def _clause(
    sentence: Sentence, place: int, form: VerbForm, act: Act, before: list[Clause]
) -> Clause:
    begin = clause_begin(sentence, place, before)
    if before and before[-1].action and begin <= before[-1].action[0]:
        begin = place  # no sign parts it from what is to be done
    if act == "directive":
        return request_clause(sentence, place, form, begin, before)
    decision = decision_clause(sentence, place, form, begin) if act == "deciding" else None
    return decision or Clause(place, form.verb, begin, act=act)


def find_report_to_meeting(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return what somebody told the meeting: *Kenya reported on…*; it binds nobody."""
    word = sentence.words[place]
    if before or word.folded not in _TELLING or not sentence.mention_before(place):
        return None
    if is_governed(sentence, place):
        return None
    return Clause(place, word.folded, sentence.start, act="observing")


def _act_of(sentence: Sentence, place: int, form: VerbForm, before: list[Clause]) -> Act | None:
    """Return what the meeting does with a verb here, or None where the verb is not its own."""
    if not is_own(sentence, place, form, before):
        return None
    if before and before[-1].action and form.verb in _INSIDE_DUTY:
        return None  # "keep the Directors informed"
    return _act_by_words_beside(sentence, place, form)


def _act_by_words_beside(sentence: Sentence, place: int, form: VerbForm) -> Act | None:
    """Return the act of a verb by the words beside it; None where they make it none."""
    beside = [word.folded for word in sentence.words[place + 1 : min(place + 6, sentence.end)]]
    if form.verb in _PARTICLES:
        particles = _PARTICLES[form.verb].split()
        if form.verb == "call" and beside and beside[0] not in particles:
            return "directive" if _calls_somebody(sentence, place) else None
        return _ACTS[form.verb] if beside and beside[0] in particles else None
    if form.verb == "assign" and not _assigns_task(sentence, place):
        return "deciding"
    rules = _RULES.get(form.verb)
    if rules is None:
        return _ACTS[form.verb]
    return act_by_rules(sentence, place, form.verb, rules, set(beside))


def _assigns_task(sentence: Sentence, place: int) -> bool:
    """Tell whether *assigns* gives somebody a task, and appoints or classifies nothing."""
    if assigned_to(sentence, place) is not None:
        return True
    to = to_before_verb(sentence, place + 1, place + 14)
    as_ = sentence.next_of(("as",), place + 1, place + 14)
    if as_ is not None and (to is None or as_ < to):
        return False
    return bool(to or sentence.mention_at(place + 1) or sentence.mention_at(place + 2))


def _calls_somebody(sentence: Sentence, place: int) -> bool:
    """Tell whether *calls* asks somebody *to* do something, and convenes no meeting."""
    to = to_before_verb(sentence, place + 2, place + 14)
    if to is None:
        return False
    named = sentence.mention_at(place + 1) or sentence.mention_at(place + 2)
    return bool(named) or any(word.folded in ACTORS for word in sentence.words[place + 1 : to])


# --- active requests -----------------------------------------------------------------------------


def request_clause(
    sentence: Sentence, place: int, form: VerbForm, begin: int, before: list[Clause]
) -> Clause:
    """Return a request: who is asked, and for what."""
    passive = _second_of_passive(sentence, place, form, before) or _asked(sentence, place, form)
    if passive:
        return passive
    words = sentence.words
    start = _after_verb(sentence, place, form)
    entrusted = _entrusted(sentence, place, form, begin, start)
    if entrusted:
        return entrusted
    urging = form.verb in URGING
    for at in range(start, sentence.end):
        if words[at].folded == "that" and not words[at].quoted and at <= start + 1:
            bound = _duty_after_that(sentence, place, form, begin, at)
            if bound:
                return bound
        what = _begin_of_request(sentence, at, start)
        if what is None and _is_bare_request(sentence, at, start):
            what = at  # "requests the Secretariat send the list"
        if what is not None:
            pronoun = words[start].folded in ("it", "them", "him", "her")
            action = (what, sentence.end)
            return Clause(place, form.verb, begin, (start, at), action, urging, pronoun)
    if form.verb in _FAVOURING and not _names_somebody(sentence, start):
        return Clause(place, form.verb, begin, act="reinforcing")  # "encourages cooperation"
    rest = (start, sentence.end) if start < sentence.end else None
    return Clause(place, form.verb, begin, (start, sentence.end), rest, urging)


def _names_somebody(sentence: Sentence, start: int) -> bool:
    """Tell whether a party, or people that the register lacks, follow a verb."""
    end = min(start + _NEAR_VERB, sentence.end)
    named = sentence.mentions_within((start, end))
    return bool(named) or any(w.folded in ACTORS for w in sentence.words[start:end])


def _after_verb(sentence: Sentence, place: int, form: VerbForm) -> int:
    """Return where whoever is asked begins: after *on*, an aside, or the noun of the request."""
    words = sentence.words
    start = place + 1
    while start < sentence.end and words[start].folded in ("on", "upon"):
        start += 1
    if start < sentence.end and words[start].text == ",":  # "requests, as in 2019, Kenya to"
        comma = sentence.next_of((",",), start + 1)
        start = start if comma is None else comma + 1
    if _ACTS[form.verb] != "directive":  # "reiterates its request to members to send"
        to = sentence.next_of(("to",), start)
        start = start if to is None else to + 1
    return start


def _second_of_passive(
    sentence: Sentence, place: int, form: VerbForm, before: list[Clause]
) -> Clause | None:
    """Return the second of *Members are thanked and invited to*, which has the same subject."""
    if sentence.folded_before(place) not in ("and", ",") or form.mood != "past" or not before:
        return None
    if sentence.words[before[-1].place].folded not in BE_FINITE:
        return None
    to = to_before_verb(sentence, place + 1, place + 14)
    who = subject_of(sentence, sentence.start, before[-1].place)
    if to is None or who is None:
        return None
    return Clause(place, form.verb, place, who, (to + 1, sentence.end), form.verb in URGING)


def _asked(sentence: Sentence, place: int, form: VerbForm) -> Clause | None:
    """Return the duty of *Members invited to comment*, where *are* is left out."""
    named = sentence.mention_before(place)
    if form.mood != "past" or named is None or sentence.is_meeting(named):
        return None
    to = to_before_verb(sentence, place + 1, place + 2)
    if to is None or sentence.words[to + 1].folded == "be":
        return None
    who, action = (named.start, named.end), (to + 1, sentence.end)
    return Clause(place, form.verb, sentence.start, who, action, form.verb in URGING)


def _entrusted(
    sentence: Sentence, place: int, form: VerbForm, begin: int, start: int
) -> Clause | None:
    """Return the duty of *entrusts it with the coordination*."""
    at = sentence.next_of(("with",), start) if form.verb in _ENTRUSTING else None
    if at is None or at + 1 >= sentence.end:
        return None
    pronoun = sentence.words[start].folded in ("it", "them")
    action = (at + 1, sentence.end)
    return Clause(place, form.verb, begin, (start, at), action, antecedent=pronoun)


def _begin_of_request(sentence: Sentence, at: int, start: int) -> int | None:
    """Return where what is asked for begins, where a word leads to it: *to*, or a colon."""
    words = sentence.words
    if words[at].quoted:
        return None
    if words[at].text == ":":
        return at + 1
    if words[at].folded != "to":
        return None
    if at + 1 < sentence.end and words[at + 1].text == ":":
        return at + 2
    describes = at > start and words[at - 1].folded in _DESCRIBING
    return at + 1 if _is_verb_of_request(sentence, at) and not describes else None


def _is_verb_of_request(sentence: Sentence, to: int) -> bool:
    """Tell whether a verb follows *to*; one that no list has, where whoever is asked stands before.

    *asks members to liaise*
    """
    if is_verb(sentence, to + 1):
        return True
    word = sentence.words[to + 1].text if to + 1 < sentence.end else ""
    is_asked = sentence.mention_before(to) or sentence.words[to - 1].folded in ACTORS
    return bool(is_asked) and word.isalpha() and word.islower() and word not in DETERMINERS


def _is_bare_request(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether a plain verb follows whoever is asked at once, without *to*."""
    words = sentence.words
    if at == start or not words[at].text.islower() or not words[at].is_form("infinitive"):
        return False
    if at + 1 >= sentence.end or words[at + 1].folded in PREPOSITIONS | {"and", ",", "to"}:
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
    if at < sentence.end and sentence.words[at].text == ",":
        comma = sentence.next_of(",", at + 1)
        at = at + 1 if comma is None else comma + 1
    if at >= sentence.end or sentence.words[at].folded != "that":
        return None
    return _duty_after_that(sentence, place, form, begin, at)


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
    if modal is None:
        modal = verb = next((p for p in places if _is_subjunctive(sentence, p)), None)
        if verb is not None and _states_fact(sentence, at + 1, verb):
            return None
    else:
        verb = verb_after(sentence, modal + 1)
    if verb is None or modal is None:
        return None
    who = subject_of(sentence, at + 1, modal)
    passive = words[verb].folded == "be" and is_passive(sentence, verb)
    own = _own_passive(sentence, verb, begin, who) if passive else None
    if own is not None:
        return own._replace(place=place)
    if passive and who is None and words[verb + 1].folded in _TAKES_PLACE:
        return None  # "agreed that the next meeting would be held in May"
    found = words[verb].form("infinitive")
    if not passive:
        if found is None or found.verb in STATIVE:
            return None
        if who is None and form.verb not in ("request", "recommend", "direct", "instruct"):
            return None
    if tells_how(sentence, verb, passive=passive):
        return None
    urging = form.verb in URGING or words[modal].folded == "should"
    return Clause(place, form.verb, begin, who, (verb, sentence.end), urging, passive=passive)


def _states_fact(sentence: Sentence, start: int, verb: int) -> bool:
    """Tell whether an indicative stands before a plain verb: *that the study is open*."""
    places = range(start, verb)
    finite = (p for p in places if sentence.words[p].folded in _INDICATIVE)
    return any(not _in_relative(sentence, start, p) for p in finite)


def _in_relative(sentence: Sentence, start: int, at: int) -> bool:
    return sentence.next_of(("which", "who", "that"), start, at) is not None


def _own_passive(sentence: Sentence, verb: int, begin: int, who: WordSpan | None) -> Clause | None:
    """Return what the meeting itself does with *that Kenya be asked to report, be thanked*."""
    if has_agent(sentence, verb):
        return None
    found = _passive_act(sentence, verb, _after_adverbs(sentence, verb + 1), begin, who)
    is_own = found and (found.act == "evaluative" or found.action or found.verb in _ADOPTING)
    return found if is_own else None


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
    if words[place - 1].folded == "which" and words[place].folded in ("is", "are"):
        return _asked_by_which(sentence, place, at)
    if is_governed(sentence, place):
        return None
    begin = clause_begin(sentence, place, before)
    who = subject_of(sentence, begin, place) or _shared_passive(sentence, place, before)
    return (
        _is_to(sentence, place, at, begin, who)
        or _in_charge(sentence, place, at, begin, who)
        or _passive_act(sentence, place, at, begin, who)
    )


def _shared_passive(sentence: Sentence, place: int, before: list[Clause]) -> WordSpan | None:
    """Return the subject of the passive before: *Kenya was thanked and was invited to*."""
    if not before or sentence.folded_before(place) != "and":
        return None
    last = before[0]
    is_passive_act = sentence.words[last.place].folded in BE_FINITE
    return subject_of(sentence, last.begin, last.place) if is_passive_act else None


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
    at += words[at].folded in _BOUND and at + 1 < sentence.end
    if words[at].folded != "to" or not is_verb(sentence, at + 1):
        return None
    passive = words[at + 1].folded == "be"
    if who is None and not passive:
        return None
    form = words[at + 1].form("infinitive")
    verb, action = form.verb if form else "be", (at + 1, sentence.end)
    expected = passive and words[at - 1].folded == "expected" and not has_agent(sentence, at + 1)
    if passive and (expected or tells_how(sentence, at + 1, passive=True)):
        return Clause(place, verb, begin, act="deciding")
    return Clause(place, verb, begin, who, action, passive=passive)


def _in_charge(
    sentence: Sentence, place: int, at: int, begin: int, who: WordSpan | None
) -> Clause | None:
    """Return the duty of *is charged with convening*, *is responsible for the editing*."""
    words = sentence.words
    if words[at].folded not in _IN_CHARGE or who is None or at + 2 >= sentence.end:
        return None
    if words[at + 1].folded not in ("with", "for"):
        return None
    return Clause(place, "charge", begin, who, (at + 2, sentence.end))


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
        action = _passive_request(sentence, at)
        if action:
            what = action if action[0] < action[1] else None
            return Clause(place, form.verb, begin, who, what, form.verb in URGING)
        that = sentence.next_of(("that",), at + 1, at + 3) if says_it else None
        return _duty_after_that(sentence, place, form, begin, that) if that is not None else None
    if form.verb in ("agree", "decide", "resolve") and says_it:
        decision = decision_clause(sentence, at, form, begin)
        return decision or Clause(place, form.verb, begin, act=act)
    telling = form.verb in ("inform", "note", "recall", "observe")
    if who or act in ("deciding", "evaluative") or telling:
        return Clause(place, form.verb, begin, act=act)
    return None


def _passive_request(sentence: Sentence, at: int) -> WordSpan | None:
    """Return what is asked for in *is requested to*, *are invited:*; None where it is not said."""
    stem = at + 1
    if stem < sentence.end and sentence.words[stem].folded == "to":
        stem += 1
    if stem < sentence.end and sentence.words[stem].text == ":":
        return stem + 1, sentence.end
    to = to_before_verb(sentence, at + 1, at + 14)
    return (to + 1, sentence.end) if to is not None else None


def _asked_by_which(sentence: Sentence, place: int, at: int) -> Clause | None:
    """Return the duty of *the Council, which is requested to rule on it*: of whom it follows."""
    form = sentence.words[at].form("past")
    named = next((m for m in sentence.mentions if m.end in (place - 1, place - 2)), None)
    if form is None or _ACTS.get(form.verb) != "directive" or named is None:
        return None
    to = to_before_verb(sentence, at + 1, at + 6)
    if to is None:
        return None
    who, action = (named.start, named.end), (to + 1, sentence.end)
    return Clause(place, form.verb, place, who, action, form.verb in URGING)
