"""The net: what may lay down a duty in a sentence and is in no mandate's words.

A request, a commitment, a verb of duty or of what is still to come, the noun of a duty: each is
told, whatever the clause around it was taken for, thanks, a note or a reason.
"""

from collections.abc import Callable, Iterator, Sequence

from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.grammar import grammar
from grcm_cli.drafting.clauses.obligations import Obligations
from grcm_cli.drafting.deadlines import MODALS, PROMISES, is_promised
from grcm_cli.drafting.nouns_of_acts import VERBS_OF_NOUNS, verb_of_act
from grcm_cli.drafting.parties import Mention
from grcm_cli.language.lexicon import all_words, lexicon
from grcm_cli.language.text import READ_LANGUAGES
from grcm_cli.language.verbs import ACTS, HOLDING, JUDGING, STATIVE

_Places = Callable[[], frozenset[int]]
_ASSIGNING = all_words("verbs.assigning")
_ASKING = all_words("doubts.duty_verbs") | all_words("doubts.proposing_verbs") | _ASSIGNING
_PLEDGING, _TAKING_ON = lexicon("es").words("verbs.pledging"), all_words("verbs.taking_on")
_CHARGES, _FALLING = all_words("doubts.charges"), all_words("clause.falling")
_PENDING, _REMAINING = all_words("doubts.pending"), all_words("doubts.remaining")
_READY, _PASSING = all_words("doubts.ready"), all_words("doubts.passing")
_TASKS = all_words("doubts.duty_nouns") | _CHARGES
_AFTER_NOUN = all_words("doubts.after_duty_nouns")
_OFFERS, _BASES = all_words("doubts.offers"), all_words("doubts.bases")
_MAY, _WEAK = all_words("doubts.permissions"), all_words("doubts.weak_modals")
_ALLOWING, _CREATING = all_words("verbs.allowing"), all_words("verbs.creating")
_AGREEING, _CONFIRMING = all_words("verbs.agreeing"), all_words("doubts.confirming_verbs")
_LEAVING, _LEFT_FOR = all_words("doubts.leaving"), all_words("doubts.left_for")
_NOUNS_OF_ACTS = frozenset[str]().union(*VERBS_OF_NOUNS.values())
_SAME, _HOLDS = all_words("doubts.same"), all_words("doubts.holds")
_UNDERSTOOD, _MEETINGS = all_words("doubts.understood"), all_words("clause.meetings")
_DESCRIBING = STATIVE | all_words("doubts.describing") | all_words("verbs.courtesy")
_CARRYING_OUT, _BY = lexicon("es").words("doubts.carrying_out"), all_words("clause.by")
_EXPECTED, _WILLING = all_words("doubts.expected"), all_words("doubts.willing")
_IS = frozenset({"are", "be", "es", "esta", "estan", "is", "preve", "se", "sera", "son"})
_MIGHT, _ADVERBS = all_words("doubts.might"), all_words("doubts.adverbs")
_DELIBERATING, _SPEAKERS = all_words("verbs.deliberating"), all_words("clause.speaking")
_HAPPENING = HOLDING | all_words("verbs.happening") | _DELIBERATING
_DETERMINERS = all_words("clause.determiners")
_OBJECTS = _DETERMINERS | all_words("clause.object_pronouns")
_NO_VERBS = _DETERMINERS | _ADVERBS | all_words("clause.of_letters") | {"not"}
_BEFORE_NOUN = _DETERMINERS | all_words("clause.prepositions")
_RELATIVES = all_words("clause.relatives") - {"as", "how"}
_AIMS = frozenset({"encargada", "encargado", "para", "purpose", "to"})
_ADDRESSING = frozenset({"a", "al", "to"})
_BE, _JOINTS = frozenset({"be", "estar", "ser"}), frozenset({"and", "e", "o", "or", "u", "y"})
_OPENINGS = _JOINTS | {"", ",", ";", ":", ")", "but", "pero"}
_END_OF_CLAUSE = _RELATIVES | {",", ":", ";", "("}
_PLUPERFECT = frozenset({"had", "habia", "habian"})
_REMINDING, _APPROVING = frozenset({"recordar", "remind"}), frozenset({"approve", "aprobar"})
_POSSESSIVES = frozenset({"its", "nuestro", "our", "su", "their"})
_OWN_ACTS = frozenset(ACTS["en"]) | JUDGING | _HAPPENING | _DESCRIBING - {"provide"}
"""What a meeting does itself: *agreed to approve the list*, *to meet again*."""
_NO_TASK = all_words("doubts.no_task") | all_words("verbs.telling") | {*ACTS["en"], *ACTS["es"]}
"""Verbs of the present that tell, and lay nothing down: *Kenya chairs the Board*."""
_PARTICIPLE_ENDINGS = ("ado", "ido", "echo", "erto", "esto", "ito")
_FINITE = ("present", "past", "future", "conditional")
_MOODS = ("infinitive", "subjunctive", *_FINITE)
_SUBORDINATING = _RELATIVES | all_words("doubts.conditions")
_LEADS = frozenset({"a", "al", "en", "que", "that", "to", "with"})
_NEAR = 4  # words from a verb to the subject after it
_NOUNS, _TO_COME = _TASKS | _OFFERS, MODALS | PROMISES
_TELLING = _NOUNS.union(
    *(_TO_COME, _FALLING, _LEAVING, _UNDERSTOOD, _EXPECTED, _PENDING, _SAME, _PASSING),
    *(_WILLING, _MIGHT, *(grammar(code).leading for code in READ_LANGUAGES)),
)
"""The words that may lay down a duty and need be no form of a verb."""


def unread_words(
    sentence: Obligations,
    read: Sequence[Clause],
    bound: Sequence[tuple[int, int]],
    times: _Places,
) -> list[int]:
    """Return the words that begin what may lay down a duty and gave no mandate, in their order.

    `read` are the clauses of the sentence, `bound` what is to be done by its mandates. `times`
    returns the words that begin a time to come, and is called only where a verb may count.
    """
    words = sentence.words
    read_at = {at for clause in read for at in (clause.place, clause.place + 1)}
    read_at |= {
        at for clause in read if clause.action for at in range(clause.place, clause.action[0] + 1)
    }
    inside = {at for start, end in bound for at in range(start, end)}
    is_reason = words[sentence.start].is_form("gerund") and bool(read)
    is_told = any(clause.act in ("evaluative", "observing") for clause in read)
    begin = read[0].place if is_reason else sentence.start
    places = range(begin, sentence.end)
    first = next((at for at in places if words[at].is_form(*_MOODS)), sentence.end)
    starts = []
    for place in places:
        word = words[place]
        may_tell = word.forms or word.folded in _TELLING
        is_read = place in read_at and word.folded not in _UNDERSTOOD  # "consider it useful that"
        if not may_tell or word.quoted or is_read or sentence.mention_over(place):
            continue
        is_open = place + 1 < sentence.end and place not in inside
        if is_open and _asks(sentence, place, times, is_first=place == first):
            starts.append(place)
        elif is_open and _commits(sentence, place):
            start = _clause_start(sentence, place)
            starts.append(start if place - start < 2 * _NEAR else place)
        elif is_open and (
            _is_noun_of_duty(sentence, place, is_told=is_told) or _is_condition(sentence, place)
        ):
            starts.append(place)
        elif _is_to_come(sentence, place, read_at, times):
            starts.append(_clause_start(sentence, place))
        elif _goes_on(sentence, place) or _may_do(sentence, place):
            starts.append(place)
    opens = words[sentence.start].folded == "que"
    wishes = [at for at in range(first, sentence.end) if words[at].is_form("subjunctive")]
    is_wish = first in wishes and (opens or first <= sentence.start + 1)
    if not read and (is_wish or (opens and not all(map(sentence.is_noun, wishes)))):
        starts.append(begin)  # "Que los que son parte difundan", "Se lleve a cabo"
    starts += [
        clause.place
        for clause in read
        if _leaves_to_do(sentence, clause, times) or _is_dated_later(sentence, clause, times)
    ]
    starts += _unread_parties(sentence, read, read_at)
    if not (read or starts) and (
        _has_verb_of_last(sentence) or _begins_as_act(sentence) or _lacks_verb(sentence, times)
    ):
        starts.append(begin)
    latter = sentence.next_latter(begin)
    return sorted({*starts, *([] if latter is None else [latter])})


def _goes_on(sentence: Obligations, place: int) -> bool:
    """Tell whether a duty goes on, or passes to others: *is pending*, *the same applies to*."""
    folded = sentence.words[place].folded
    if folded in _PENDING:  # "queda pendiente la designación"
        near = sentence.words[max(place - 2, sentence.start) : place]
        return any(form.verb in _REMAINING for word in near for form in word.forms)
    if folded in _SAME:
        return sentence.folded_at(place + 1) in _HOLDS
    passes = folded in _PASSING
    to = sentence.next_of(_ADDRESSING, place + 1, place + 3 * _NEAR) if passes else None
    return to is not None and any(map(sentence.mention_at, range(to + 1, to + 3)))


def _may_do(sentence: Obligations, place: int) -> bool:
    """Tell whether a party is ready to do something, or might: *Kenya is ready to host it*."""
    word, following = sentence.words[place].folded, place + 1
    is_ready = word in _WILLING and sentence.folded_at(following) in _ADDRESSING | {"de", "wish"}
    is_weak = word in _MIGHT and following < sentence.end
    if not is_ready and not (is_weak and sentence.words[following].is_form("infinitive")):
        return False
    subject = sentence.skip_back(_IS | {"en"}, sentence.before_adverbs(place))
    is_name = subject > sentence.start and sentence.words[subject - 1].text[0].isupper()
    return is_name or sentence.is_actor(subject - 1, subject)


def _has_verb_of_last(sentence: Obligations) -> bool:
    """Tell whether a party shares the verb of the sentence before: *; Fiji, eighty hectares*."""
    words, start = sentence.passage.words, sentence.start
    named = sentence.mention_at(sentence.skip(_DETERMINERS, start))
    if not start or words[start - 1].text != ";" or named is None or not named.code:
        return False
    stop = next((at for at in range(start - 1, 0, -1) if words[at].text == "."), 0)
    return sentence.folded_at(named.end) == "," and is_promised(
        words[stop:start], words[start].start
    )


def _lacks_verb(sentence: Obligations, times: _Places) -> bool:
    """Tell whether a sentence names a time and has no verb: *Course: hosted by Fiji, May 2027*."""
    places = range(sentence.start, sentence.end)
    verbs = (at for at in places if sentence.is_finite(at) and not sentence.mention_over(at))
    lacks = all(sentence.folded_at(at + 1) in _BY for at in verbs)
    return lacks and not sentence.is_item and bool(times())  # times cost the most


def _begins_as_act(sentence: Obligations) -> bool:
    """Tell whether a sentence begins with a verb of the present, as the acts of a meeting do.

    *We commit ourselves to*, *Refers the file to Kenya*; but *The Secretary reports on*.
    """
    start = sentence.start + (sentence.folded_at(sentence.start) in _SPEAKERS)
    verb = sentence.words[start] if start + _NEAR < sentence.end else None
    if verb is None or not verb.is_form("present") or sentence.folded_at(start + 1) == ":":
        return False
    is_act = start > sentence.start or not verb.is_form("past", "infinitive")
    return is_act and _DESCRIBING.isdisjoint(form.verb for form in verb.forms)


# --- requests and commitments ---------------------------------------------------------------------


def _asks(sentence: Obligations, place: int, times: _Places, *, is_first: bool) -> bool:
    """Tell whether a word asks, agrees or obliges, and is no noun: *the request of*.

    `is_first` tells that no verb stands before.
    """
    word, following = sentence.words[place], sentence.words[place + 1]
    before = sentence.folded_before(place)
    if before in _BEFORE_NOUN and not (before == "to" and word.is_form("infinitive")):
        return False
    if word.folded in _FALLING - _LEAVING:
        return any(map(sentence.mention_at, range(place + 1, place + _NEAR)))
    if word.folded in _LEAVING:
        return sentence.next_of(_LEFT_FOR, place + 1, place + 3 * _NEAR) is not None
    begins = is_first or before in _OPENINGS or before == "to"
    moods = (*_FINITE, "infinitive") if begins else _FINITE
    verbs = {form.verb for form in word.forms if form.mood in moods}
    if not verbs & _ASKING:
        return False
    start = _clause_start(sentence, place)
    is_relative = sentence.folded_before(start) in _RELATIVES
    if is_relative:
        at = start - 1
        at -= sentence.folded_before(at) in _DETERMINERS
        if sentence.folded_before(at) in _ADDRESSING:
            return True  # "al que solicitó", "a la que se pide"
    is_told = word.is_form("past") and (verbs <= _ASSIGNING or is_relative or before in _PLUPERFECT)
    asks = following.folded in _LEADS or any(map(sentence.mention_at, (place + 1, place + 2)))
    return asks and not (is_told and times().isdisjoint(range(place, sentence.end)))


def _commits(sentence: Obligations, place: int) -> bool:
    """Tell whether somebody takes something on: *undertook to*, *took on the task of*."""
    word, at = sentence.words[place], place + 1
    lead, _verb = sentence.lead_at(place)
    if lead is not None and "agreed" not in lead.flags:
        return word.folded not in sentence.lists["clause.past"]  # "noted that it was to reply"
    form = word.form("present", "past", "infinitive", "gerund")
    if form is None:
        return False
    if form.verb in _PLEDGING:  # "comprometió el envío", "se comprometió con un plan"
        return sentence.folded_at(at) in _DETERMINERS | {"a", "con", "en", "para"}
    takes = form.verb in _TAKING_ON and word.folded not in MODALS
    nouns = _NOUNS if word.is_form("present", "past") else _TASKS
    return takes and sentence.next_of(nouns, at, at + _NEAR) is not None


def _leaves_to_do(sentence: Obligations, clause: Clause, times: _Places) -> bool:
    """Tell whether a decision is still to be carried out: *agreed to update the list*."""
    if clause.act == "observing" and clause.responsible:  # "asked the Board to take note"
        return True
    if clause.action or clause.negated or clause.place + 2 >= sentence.end:
        return False
    near = clause.place + 1, clause.place + 1 + 2 * _NEAR
    is_reminded = clause.verb in _REMINDING
    if clause.verb in _ALLOWING or (is_reminded and sentence.grammar.marker):
        # "authorizes the Secretariat to sign", "reminds all working groups to submit terms"
        return sentence.next_infinitive(*near) is not None
    if is_reminded:
        that = sentence.next_of(("que",), *near)
        return that is not None and sentence.words[that + 1].is_form("subjunctive")
    if clause.verb in _CREATING:  # "set up a group to draft a plan"
        to = sentence.next_of(_AIMS, clause.place + 1)
        aim = sentence.words[to + 1 : min(to + _NEAR, sentence.end)] if to is not None else ()
        return any(word.is_form("infinitive", "subjunctive", "gerund") for word in aim)
    if clause.verb not in _AGREEING:
        return False
    that = clause.place + 1 + (sentence.folded_at(clause.place + 1) == ":")
    that += sentence.folded_at(that + 1) == "that"  # "was agreed that"
    if sentence.folded_at(that) in ("que", "that"):
        return _is_wished(sentence, that)
    # "agreed in principle to", "convino en principio en"
    at = that + 2 * (sentence.folded_at(that + 1) in ("principle", "principio"))
    return _is_act_to_do(sentence, at, times) or _is_noun_to_do(sentence, clause.place + 1, times)


def _is_noun_to_do(sentence: Obligations, start: int, times: _Places) -> bool:
    """Tell whether a noun is to be done: *agreed on the publication of the list by Kenya*."""
    noun = sentence.next_of(_NOUNS_OF_ACTS, start, start + 2 * _NEAR)
    by = None if noun is None else sentence.next_of(_BY, noun, noun + 3 * _NEAR)
    is_done = by is not None and not sentence.words[by - 1].is_form("past", "participle")
    verb = verb_of_act(sentence.folded_at(sentence.skip(_DETERMINERS | {"on"}, start)))
    approves = any(form.verb in _APPROVING for form in sentence.words[start - 1].forms)
    is_own = approves or verb in _OWN_ACTS | ACTS["es"].keys()
    is_done |= bool(verb) and not is_own
    return is_done or (noun is not None and max(times(), default=0) > noun)


def _is_dated_later(sentence: Obligations, clause: Clause, times: _Places) -> bool:
    """Tell whether what only says how a thing is has a time: *will be considered in May*."""
    place = clause.place
    if clause.action or sentence.words[place].folded not in _TO_COME:
        return False
    is_be = sentence.next_of(_BE, place, place + _NEAR) is not None
    is_dated = is_be and not times().isdisjoint(range(place, sentence.end))
    return is_dated and _may_bind(sentence, place + 1, is_dated=True)


def _is_act_to_do(sentence: Obligations, to: int, times: _Places) -> bool:
    """Tell whether an infinitive after *agreed* is to be done, and is no act of the meeting itself.

    Such an act is to be done where a time is named: *agreed to review it at its next session*.
    """
    if to + 1 >= sentence.end or sentence.folded_at(to) not in ("en", "to"):
        return False
    verb = sentence.words[to + 1].form("infinitive")
    if verb is None:
        return sentence.folded_at(to) == "to" and sentence.is_unlisted_verb(to + 1)
    is_later = verb.verb in JUDGING and not times().isdisjoint(range(to, sentence.end))
    return verb.verb not in _OWN_ACTS or is_later


def _is_wished(sentence: Obligations, that: int) -> bool:
    """Tell whether a clause is to be done: *que los del norte revisen*, *that a course be run*."""
    if not sentence.grammar.marker:
        return any(
            word.is_form("subjunctive") and _DESCRIBING.isdisjoint(form.verb for form in word.forms)
            for word in sentence.words[that : sentence.end]
        )
    be = sentence.next_of(("be",), that + 2)
    done = sentence.words[sentence.after_adverbs(be + 1) : sentence.end] if be else []
    return bool(done) and _OWN_ACTS.isdisjoint(form.verb for form in done[0].forms)


def _is_noun_of_duty(sentence: Obligations, place: int, *, is_told: bool) -> bool:
    """Tell whether a word is a noun of what is to be done: *su compromiso de enviar*.

    `is_told` tells that the sentence thanks or notes: *thanked Canada for the task of revising it*.
    """
    folded = sentence.words[place].folded
    if folded not in _NOUNS:
        return False
    # "el compromiso de Chile de organizar": whoever takes it on may stand between.
    named = sentence.mentions_within((place, min(place + 3 * _NEAR, sentence.end)))
    is_done = any(
        sentence.folded_at(end) in _AFTER_NOUN
        and end + 1 < sentence.end
        and (
            sentence.words[end + 1].is_form("infinitive", "gerund")
            or (sentence.folded_at(end) == "to" and sentence.words[end + 1].text.islower())
        )
        for end in (place + 1, *(mention.end for mention in named))
    )
    at = sentence.skip_back(_DETERMINERS, place)
    is_charged = place <= sentence.start + 1 or sentence.folded_before(place) == "a"
    is_charged = (is_charged and folded in _CHARGES) or sentence.folded_before(at) in _IS
    is_open = place + 1 < sentence.end and sentence.next_infinitive(place + 1, place + 2 * _NEAR)
    if is_charged and (named or is_open):
        return True  # "Responsibility for the list passes from Kenya to Fiji", "es tarea de todos"
    that = sentence.next_of(("that", "que"), place, place + 3 * _NEAR)
    is_done |= that is not None and sentence.next_of(PROMISES, that, that + 2 * _NEAR) is not None
    owner = sentence.folded_before(place)
    is_owned = bool(named) or owner in _POSSESSIVES or owner.endswith(("'s", "\u2019s"))
    if is_told and not is_owned:
        return False
    return is_done and sentence.folded_before(at) not in _BASES


def _is_condition(sentence: Obligations, place: int) -> bool:
    """Tell whether a word leads to what is to be done: *provided that*, *the importance of*."""
    that = place + 1 + (sentence.folded_at(place + 1) == "de")  # "la importancia de que Chile"
    joint = sentence.folded_at(that) if sentence.words[place].folded in _UNDERSTOOD else ""
    if joint not in ("that", "que", "for", "of", "to"):
        return joint == "if"  # "useful if Kenya sent it"
    if joint == "to":  # "looks forward to Kenya sending it"
        later = sentence.words[that + 2 : min(that + 3 * _NEAR, sentence.end)]
        return any(word.is_form("gerund") for word in later)
    named = sentence.mentions_within((that, that + 1 + _NEAR))
    end = sentence.end_of_names(named[0].start) if named else sentence.end
    if not named or sentence.is_meeting(named[0]) or end >= sentence.end:
        return False
    moods = ("infinitive", "gerund") if sentence.grammar.marker else ("subjunctive",)
    verb = sentence.words[end]  # "desirable for Kenya to send it"
    return verb.is_form(*moods) or (joint, verb.folded) == ("for", "to")


# --- subjects of clauses that were not read -------------------------------------------------------


def _unread_parties(
    sentence: Obligations, read: Sequence[Clause], read_at: set[int]
) -> Iterator[int]:
    """Yield the parties that are to do something in a clause of their own that was not read."""
    bound = [clause.responsible for clause in read if clause.responsible]
    for mention in sentence.mentions:
        is_bound = any(start <= mention.start < end for start, end in bound)
        if is_bound or sentence.is_meeting(mention):
            continue
        at = sentence.skip_back(_DETERMINERS, mention.start)
        opening = sentence.folded_before(at)
        if _is_asked_of(sentence, mention):
            yield mention.start
            continue
        is_wish = opening == "que" and (not read or sentence.folded_before(at - 1) in _JOINTS)
        is_who = sentence.folded_at(mention.end) in ("quien", "quienes")
        if not (is_wish or is_who) and opening not in _OPENINGS:
            continue  # but "Será Chile quien revise"
        start = _clause_start(sentence, at) if opening in _JOINTS else at
        leading = {word.folded for word in sentence.words[max(0, start - 1) : at]}
        if opening in _JOINTS and not leading.isdisjoint(_SUBORDINATING):
            continue  # "if Chile and Peru"
        verb = _verb_after(sentence, mention.end + is_who)
        if verb is not None and read_at.isdisjoint((verb - 1, verb)):
            yield mention.start


def _is_asked_of(sentence: Obligations, mention: Mention) -> bool:
    """Tell whether the meeting does a thing so that a party acts: *left it to Kenya to send it*."""
    is_that = sentence.folded_before(mention.start) == sentence.grammar.that
    articles = sentence.lists["clause.determiners"] - {"a", "that"}
    start = sentence.skip_back(articles, mention.start)
    near = range(start - 1, max(sentence.start, start - 2 * _NEAR) - 1, -1)
    verb = next((at for at in near if sentence.words[at].is_form("past", "present")), None)
    if verb is None or not sentence.meeting_before(sentence.before_adverbs(verb)):
        return False
    joint, end = sentence.folded_at(mention.end), mention.end + (not is_that)
    if joint in articles and sentence.folded_before(start) in _ADDRESSING:
        return bool(verb_of_act(sentence.folded_at(end)))  # "asignó a Chile la revisión de"
    end = sentence.skip(sentence.lists["clause.clitics"] | {"que"}, end)  # "para que lo revise"
    leads = is_that or joint in _AIMS | {"a", "que"}
    moods = ("infinitive",) if sentence.grammar.marker else ("infinitive", "subjunctive")
    return leads and end < sentence.end and sentence.words[end].is_form(*moods)


def _verb_after(sentence: Obligations, start: int) -> int | None:
    """Return the verb by which a subject is to do something: *to send*, *send*, *envíe*."""
    place = sentence.after_adverbs(start)
    if place + 1 >= sentence.end:
        return None
    word, following = sentence.words[place], sentence.words[place + 1]
    if word.folded == "to":
        is_verb = following.is_form("infinitive") or sentence.is_unlisted_verb(place + 1)
        return place if is_verb else None
    form = word.form("future", "subjunctive", "present")
    if form is None and sentence.grammar.marker and word.text.islower():
        form = word.form("infinitive")
    if form is None or word.is_form("past"):  # "Kenya lends a ship", "Kenya lend it"
        return None
    binds = form.mood != "present" or form.verb not in _NO_TASK
    return place if binds and form.verb not in _DESCRIBING - {"provide"} else None


# --- what is still to come ------------------------------------------------------------------------


def _is_to_come(sentence: Obligations, place: int, read_at: set[int], times: _Places) -> bool:
    """Tell whether a word begins what somebody will do: *enviará*, *deberá enviar*, *will send*.

    What only says how a thing is, without a time, or what would be if something else were, is none.
    """
    word = sentence.words[place]
    verb = place
    if word.folded in _TO_COME:
        end = place + 1 + _NEAR
        near = range(place + 1, min(end, sentence.end))
        infinitive = next((at for at in near if sentence.words[at].is_form("infinitive")), None)
        be = sentence.next_of(_BE, place + 1, end)
        following = sentence.folded_at(place + 1)
        may_be_verb = sentence.has_marker and following.isalpha()
        may_be_verb = may_be_verb and following not in _NO_VERBS
        helped = infinitive if be is None else be
        if helped is None and not may_be_verb:
            return False
        verb = place + 1 if helped is None else helped
    elif not word.is_form("future", "conditional"):
        is_expected = word.folded in _EXPECTED and sentence.folded_before(place) in _IS
        return is_expected and place + 1 in times()  # "a draft is expected in April"
    if verb in read_at or word.folded in _MAY:
        return False
    start = _clause_start(sentence, place)
    opening = sentence.folded_before(start)
    before = sentence.folded_before(start - 1) if start > sentence.start else ""
    agreed = sentence.words[max(start - 2, sentence.start)]
    main_verbs = {form.verb for form in agreed.forms}
    whom = sentence.words[max(start - 5, sentence.start) : start - 2]  # "assured the Board that"
    main_verbs |= {form.verb for each in whom for form in each.forms} & _CONFIRMING
    is_agreed = before in _UNDERSTOOD or bool(main_verbs & (_AGREEING | _CONFIRMING))
    is_conditional = word.is_form("conditional") and word.folded not in MODALS
    is_weak = is_conditional or (word.folded in _WEAK and opening in _RELATIVES)
    if is_weak and not is_agreed:
        return False  # "noted that Chile would"; what binds: "it being understood that it would"
    is_confirmed = main_verbs & _CONFIRMING and opening in ("that", "que")
    if is_confirmed and not {form.verb for form in sentence.words[verb].forms} & STATIVE:
        return True
    takes_place = [sentence.folded_at(at) for at in (verb + 1, verb + 2)] == ["a", "cabo"]
    if takes_place and opening in _RELATIVES and not is_agreed:
        return False  # "el seminario que se llevará a cabo el próximo año"
    close = min(place + 25, sentence.end)
    is_dated = not times().isdisjoint(range(start, close))
    return _may_bind(sentence, verb, is_dated=is_dated)


def _clause_start(sentence: Obligations, place: int) -> int:
    """Return where the clause of a verb begins: behind the last relative or sign before it."""
    floor = max(sentence.start, place - 20)
    for start in range(place, floor, -1):
        is_end = sentence.words[start - 1].folded in _END_OF_CLAUSE
        if is_end and not sentence.mention_over(start - 1):
            return start
    return floor


def _may_bind(sentence: Obligations, verb: int, *, is_dated: bool) -> bool:
    """Tell whether a verb in the future says what somebody does, and not how a thing is."""
    words, following = sentence.words, verb + 1
    # "whose follow-up will be the responsibility of Kenya", "estará lista en mayo"
    if sentence.next_of(_CHARGES | _READY if is_dated else _CHARGES, following, verb + _NEAR):
        return True
    forms = {form.verb for form in words[verb].forms} | {words[verb].folded}
    is_be = bool(forms & _BE)
    behind = sentence.folded_at(following)
    if is_be or (sentence.folded_before(verb) == "se" and behind != "de"):  # "se encargarán de"
        done = words[following] if is_be and following < sentence.end else words[verb]
        if is_be and not done.is_form("past", "participle"):
            return False
        verbs = {form.verb for form in done.forms}
        if not is_be and verbs & _CARRYING_OUT:
            return sentence.next_of(_MEETINGS, following, verb + _NEAR) is None
        if verbs & (_HAPPENING | _DESCRIBING):
            return is_dated and bool(verbs & _DELIBERATING)
        return is_dated or sentence.next_of(_BY, following, verb + 2 * _NEAR) is not None
    # "habrá de renovar", "para entonces deberán haber migrado", "will apply the scheme"
    is_duty = behind == "de" or ("haber" in forms and behind.endswith(_PARTICIPLE_ENDINGS))
    is_duty |= not forms.isdisjoint(sentence.lists["verbs.with_object"]) and behind in _OBJECTS
    return is_duty or not forms & (STATIVE if is_dated else _DESCRIBING)
