"""What is still to be done: decisions to be carried out, and what somebody will do."""

from collections.abc import Callable

from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.obligations import Obligations
from grcm_cli.drafting.deadlines import MODALS, PROMISES
from grcm_cli.drafting.nouns_of_acts import VERBS_OF_NOUNS, verb_of_act
from grcm_cli.language.lexicon import all_words, lexicon
from grcm_cli.language.verbs import ACTS, HOLDING, JUDGING, STATIVE

Places = Callable[[], frozenset[int]]
CHARGES = all_words("doubts.charges")
_READY = all_words("doubts.ready")
_MAY, _WEAK = all_words("doubts.permissions"), all_words("doubts.weak_modals")
_ALLOWING, _CREATING = all_words("verbs.allowing"), all_words("verbs.creating")
_AGREEING, _CONFIRMING = all_words("verbs.agreeing"), all_words("doubts.confirming_verbs")
_NOUNS_OF_ACTS = frozenset[str]().union(*VERBS_OF_NOUNS.values())
UNDERSTOOD, _MEETINGS = all_words("doubts.understood"), all_words("clause.meetings")
DESCRIBING = STATIVE | all_words("doubts.describing") | all_words("verbs.courtesy")
_CARRYING_OUT, BY = lexicon("es").words("doubts.carrying_out"), all_words("clause.by")
EXPECTED = all_words("doubts.expected")
IS = frozenset({"are", "be", "es", "esta", "estan", "is", "preve", "se", "sera", "son"})
_ADVERBS = all_words("doubts.adverbs")
_DELIBERATING = all_words("verbs.deliberating")
HAPPENING = HOLDING | all_words("verbs.happening") | _DELIBERATING
DETERMINERS = all_words("clause.determiners")
_OBJECTS = DETERMINERS | all_words("clause.object_pronouns")
_NO_VERBS = DETERMINERS | _ADVERBS | all_words("clause.of_letters") | {"not"}
RELATIVES = all_words("clause.relatives") - {"as", "how"}
AIMS = frozenset({"encargada", "encargado", "para", "purpose", "to"})
_BE = frozenset({"be", "estar", "quedar", "ser"})
_END_OF_CLAUSE = RELATIVES | {",", ":", ";", "("}
_WHOSE = all_words("clause.whose")
_REMINDING, _APPROVING = frozenset({"recordar", "remind"}), frozenset({"approve", "aprobar"})
_OWN_ACTS = frozenset(ACTS["en"]) | JUDGING | HAPPENING | DESCRIBING - {"provide"}
"""What a meeting does itself: *agreed to approve the list*, *to meet again*."""
_PARTICIPLE_ENDINGS = ("ado", "ido", "echo", "erto", "esto", "ito")
NEAR = 4  # words from a verb to the subject after it
TO_COME = MODALS | PROMISES


def leaves_to_do(sentence: Obligations, clause: Clause, times: Places) -> bool:
    """Tell whether a decision is still to be carried out: *agreed to update the list*."""
    if clause.act == "observing" and clause.responsible:  # "asked the Board to take note"
        return True
    if clause.action or clause.negated or clause.place + 2 >= sentence.end:
        return False
    near = clause.place + 1, clause.place + 1 + 2 * NEAR
    is_reminded = clause.verb in _REMINDING
    if clause.verb in _ALLOWING or (is_reminded and sentence.grammar.marker):
        # "authorizes the Secretariat to sign", "reminds all working groups to submit terms"
        return sentence.next_infinitive(*near) is not None
    if is_reminded:
        that = sentence.next_of(("que",), *near)
        return that is not None and sentence.words[that + 1].is_form("subjunctive")
    if clause.verb in _CREATING:  # "set up a group to draft a plan"
        to = sentence.next_of(AIMS, clause.place + 1)
        aim = sentence.words[to + 1 : min(to + NEAR, sentence.end)] if to is not None else ()
        return any(word.is_form("infinitive", "subjunctive", "gerund") for word in aim)
    if clause.verb not in _AGREEING:
        return False
    that = clause.place + 1 + (sentence.folded_at(clause.place + 1) == ":")
    that += sentence.folded_at(that + 1) == "that"  # "was agreed that"
    if sentence.folded_at(that) in ("que", "that"):
        return _is_wished(sentence, that)
    # "agreed in principle to", "convino en principio en"
    at = that + 2 * (sentence.folded_at(that + 1) in ("principle", "principio"))
    joints = sentence.lists["clause.and"]
    later = range(at + 1, sentence.end)  # "to close it, and to review at its next session the"
    joined = [to for to in later if sentence.folded_before(to) in joints]
    is_act = any(_is_act_to_do(sentence, to, times) for to in (at, *joined))
    return is_act or _is_noun_to_do(sentence, clause.place + 1, times)


def _is_noun_to_do(sentence: Obligations, start: int, times: Places) -> bool:
    """Tell whether a noun is to be done: *agreed on the publication of the list by Kenya*."""
    noun = sentence.next_of(_NOUNS_OF_ACTS, start, start + 2 * NEAR)
    by = None if noun is None else sentence.next_of(BY, noun, noun + 3 * NEAR)
    is_done = by is not None and not sentence.words[by - 1].is_form("past", "participle")
    verb = verb_of_act(sentence.folded_at(sentence.skip(DETERMINERS | {"on"}, start)))
    approves = any(form.verb in _APPROVING for form in sentence.words[start - 1].forms)
    is_own = approves or verb in _OWN_ACTS | ACTS["es"].keys()
    is_done |= bool(verb) and not is_own
    return is_done or (noun is not None and max(times(), default=0) > noun)


def is_dated_later(sentence: Obligations, clause: Clause, times: Places) -> bool:
    """Tell whether what only says how a thing is has a time: *will be considered in May*."""
    place = clause.place
    if clause.action or sentence.words[place].folded not in TO_COME:
        return False
    is_be = sentence.next_of(_BE, place, place + NEAR) is not None
    is_dated = is_be and not times().isdisjoint(range(place, sentence.end))
    return is_dated and _may_bind(sentence, place + 1, is_dated=True)


def _is_act_to_do(sentence: Obligations, to: int, times: Places) -> bool:
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
            word.is_form("subjunctive") and DESCRIBING.isdisjoint(form.verb for form in word.forms)
            for word in sentence.words[that : sentence.end]
        )
    be = sentence.next_of(("be",), that + 2)
    done = sentence.words[sentence.after_adverbs(be + 1) : sentence.end] if be else []
    return bool(done) and _OWN_ACTS.isdisjoint(form.verb for form in done[0].forms)


def is_to_come(sentence: Obligations, place: int, read_at: set[int], times: Places) -> bool:
    """Tell whether a word begins what somebody will do: *enviará*, *deberá enviar*, *will send*.

    What only says how a thing is, without a time, or what would be if something else were, is none.
    """
    word = sentence.words[place]
    verb = place
    if word.folded in TO_COME:
        end = place + 1 + NEAR
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
        is_expected = word.folded in EXPECTED and sentence.folded_before(place) in IS
        that = sentence.next_of(("que",), place + 1, place + 2 * NEAR) if is_expected else None
        if that is not None and _is_wished(sentence, that):  # "se espera de Perú que la revise"
            return True
        return is_expected and place + 1 in times()  # "a draft is expected in April"
    if verb in read_at or word.folded in _MAY:
        return False
    is_state = not STATIVE.isdisjoint(form.verb for form in sentence.words[verb].forms)
    start = clause_start(sentence, place)
    opening = sentence.folded_before(start)
    before = sentence.folded_before(start - 1) if start > sentence.start else ""
    agreed = sentence.words[max(start - 2, sentence.start)]
    main_verbs = {form.verb for form in agreed.forms}
    whom = sentence.words[max(start - 5, sentence.start) : start - 2]  # "assured the Board that"
    main_verbs |= {form.verb for each in whom for form in each.forms} & _CONFIRMING
    is_agreed = before in UNDERSTOOD or bool(main_verbs & (_AGREEING | _CONFIRMING))
    is_conditional = word.is_form("conditional") and word.folded not in MODALS
    is_relative = word.folded in _WEAK and opening in RELATIVES
    if is_relative:  # "those which failed should": a relative clause that has a verb has ended
        is_relative = not any(map(sentence.is_finite, range(start, place)))
    is_weak = is_conditional or is_relative
    if is_weak and not is_agreed:
        return False  # "noted that Chile would"; what binds: "it being understood that it would"
    is_confirmed = main_verbs & _CONFIRMING and opening in ("that", "que")
    if not is_state and (is_confirmed or (opening in _WHOSE and not is_conditional)):
        return True  # "una guía, cuyas láminas se publicarán"
    takes_place = [sentence.folded_at(at) for at in (verb + 1, verb + 2)] == ["a", "cabo"]
    if takes_place and opening in RELATIVES and not is_agreed:
        return False  # "el seminario que se llevará a cabo el próximo año"
    close = min(place + 25, sentence.end)
    is_dated = not times().isdisjoint(range(start, close))
    return _may_bind(sentence, verb, is_dated=is_dated)


def clause_start(sentence: Obligations, place: int) -> int:
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
    if sentence.next_of(CHARGES | _READY if is_dated else CHARGES, following, verb + NEAR):
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
            return sentence.next_of(_MEETINGS, following, verb + NEAR) is None
        if verbs & (HAPPENING | DESCRIBING):
            return is_dated and bool(verbs & _DELIBERATING)
        return is_dated or sentence.next_of(BY, following, verb + 2 * NEAR) is not None
    # "habrá de renovar", "para entonces deberán haber migrado", "will apply the scheme"
    is_duty = behind == "de" or ("haber" in forms and behind.endswith(_PARTICIPLE_ENDINGS))
    is_duty |= not forms.isdisjoint(sentence.lists["verbs.with_object"]) and behind in _OBJECTS
    return is_duty or not forms & (STATIVE if is_dated else DESCRIBING)
