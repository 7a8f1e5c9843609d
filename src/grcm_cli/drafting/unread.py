"""The net: what may lay down a duty in a sentence and is in no mandate's words.

A request, a commitment, a verb of duty or of what is still to come, the noun of a duty: each is
told, whatever the clause around it was taken for, thanks, a note or a reason.
"""

from collections.abc import Iterator, Sequence

from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.grammar import grammar
from grcm_cli.drafting.clauses.obligations import Obligations
from grcm_cli.drafting.deadlines import MODALS, PROMISES, is_promised, may_say_by_when
from grcm_cli.drafting.nouns_of_acts import verb_of_act
from grcm_cli.drafting.parties import Mention
from grcm_cli.drafting.to_come import (
    AIMS,
    BY,
    CHARGES,
    DESCRIBING,
    DETERMINERS,
    EXPECTED,
    IS,
    NEAR,
    RELATIVES,
    TO_COME,
    UNDERSTOOD,
    Places,
    clause_start,
    is_dated_later,
    is_to_come,
    leaves_to_do,
)
from grcm_cli.language.lexicon import all_words, lexicon
from grcm_cli.language.text import READ_LANGUAGES
from grcm_cli.language.verbs import ACTS

_ASSIGNING = all_words("verbs.assigning")
_ASKING = all_words("doubts.duty_verbs") | all_words("doubts.proposing_verbs") | _ASSIGNING
_PLEDGING, _TAKING_ON = lexicon("es").words("verbs.pledging"), all_words("verbs.taking_on")
_FALLING = all_words("clause.falling")
_PENDING, _REMAINING = all_words("doubts.pending"), all_words("doubts.remaining")
_PASSING = all_words("doubts.passing")
_TASKS = all_words("doubts.duty_nouns") | CHARGES
_AFTER_NOUN = all_words("doubts.after_duty_nouns")
_OFFERS, _BASES = all_words("doubts.offers"), all_words("doubts.bases")
_LEAVING, _LEFT_FOR = all_words("doubts.leaving"), all_words("doubts.left_for")
_SAME, _HOLDS = all_words("doubts.same"), all_words("doubts.holds")
_WILLING, _BEFORE_WILLING = all_words("doubts.willing"), all_words("doubts.before_willing")
_INTENDING, _PRONOUNS = all_words("doubts.intending"), all_words("clause.subject_pronouns")
_ADJECTIVES = UNDERSTOOD | _WILLING
"""They may stand next to a verb that was read: *considered it useful that*."""
_AFTER_WILLING = frozenset({"a", "al", "de", "to", "wish"})
_MEANT = ("present", "gerund", "participle")
_MIGHT = all_words("doubts.might")
_SPEAKERS = all_words("clause.speaking")
_TOLD, _OBJECTS = all_words("verbs.telling") | DESCRIBING, all_words("clause.object_pronouns")
_BEFORE_NOUN = DETERMINERS | all_words("clause.prepositions")
_ADDRESSING = frozenset({"a", "al", "to"})
_JOINTS = frozenset({"and", "e", "o", "or", "u", "y"})
_OPENINGS = _JOINTS | {"", ",", ";", ":", ")", "but", "pero"}
_PLUPERFECT = frozenset({"had", "habia", "habian"})
_POSSESSIVES = frozenset({"its", "nuestro", "our", "su", "their"})
_NO_TASK = all_words("doubts.no_task") | all_words("verbs.telling") | {*ACTS["en"], *ACTS["es"]}
"""Verbs of the present that tell, and lay nothing down: *Kenya chairs the Board*."""
_FINITE = ("present", "past", "future", "conditional")
_MOODS = ("infinitive", "subjunctive", *_FINITE)
_SUBORDINATING = RELATIVES | all_words("doubts.conditions")
_LEADS = frozenset({"a", "al", "en", "que", "that", "to", "with"})
_NOUNS = _TASKS | _OFFERS
_TELLING = _NOUNS.union(
    *(TO_COME, _FALLING, _LEAVING, UNDERSTOOD, EXPECTED, _PENDING, _SAME, _PASSING),
    *(_WILLING, _MIGHT, *(grammar(code).leading for code in READ_LANGUAGES)),
)
"""The words that may lay down a duty and need be no form of a verb."""


def unread_words(
    sentence: Obligations,
    read: Sequence[Clause],
    bound: Sequence[tuple[int, int]],
    times: Places,
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
        is_read = place in read_at and word.folded not in _ADJECTIVES
        if not may_tell or word.quoted or is_read or sentence.mention_over(place):
            continue
        is_open = place + 1 < sentence.end and place not in inside
        if is_open and _asks(sentence, place, times, is_first=place == first):
            starts.append(place)
        elif is_open and _commits(sentence, place):
            start = clause_start(sentence, place)
            starts.append(start if place - start < 2 * NEAR else place)
        elif is_open and (
            _is_noun_of_duty(sentence, place, is_told=is_told) or _is_condition(sentence, place)
        ):
            starts.append(place)
        elif is_to_come(sentence, place, read_at, times):
            starts.append(clause_start(sentence, place))
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
        if is_dated_later(sentence, clause, times)
        or _tells_by_when(sentence, clause, times)
        or (leaves_to_do(sentence, clause, times) and not _is_followed(clause, read))
    ]
    starts += _unread_parties(sentence, read, read_at, times)
    starts += [] if read or starts else _only_words(sentence, begin, times)
    others = [sentence.next_told(clause.place + 1) for clause in read if clause.action]
    others.append(sentence.next_latter(begin))
    return sorted({*starts, *(at for at in others if at is not None and at + 1 not in read_at)})


def _is_followed(clause: Clause, read: Sequence[Clause]) -> bool:
    """Tell whether a duty was read right behind a decision: *decided: that Kenya send the map*."""
    return any(each.action and 0 <= each.begin - clause.place <= NEAR for each in read)


def _goes_on(sentence: Obligations, place: int) -> bool:
    """Tell whether a duty goes on, or passes to others: *is pending*, *the same applies to*."""
    folded = sentence.words[place].folded
    if folded in _PENDING:  # "queda pendiente la designación"
        near = sentence.words[max(place - 2, sentence.start) : place]
        return any(form.verb in _REMAINING for word in near for form in word.forms)
    if folded in _SAME:
        return sentence.folded_at(place + 1) in _HOLDS
    passes = folded in _PASSING
    to = sentence.next_of(_ADDRESSING, place + 1, place + 3 * NEAR) if passes else None
    return to is not None and any(map(sentence.mention_at, range(to + 1, to + 3)))


def _may_do(sentence: Obligations, place: int) -> bool:
    """Tell whether a party is ready to do something, means to, or might: *Kenya plans to host*."""
    word, following = sentence.words[place], place + 1
    is_ready = word.folded in _WILLING and sentence.folded_at(following) in _AFTER_WILLING
    is_weak = word.folded in _MIGHT and following < sentence.end
    is_weak = is_weak and sentence.words[following].is_form("infinitive")
    means = any(form.verb in _INTENDING and form.mood in _MEANT for form in word.forms)
    means |= word.folded in _INTENDING
    means = means and sentence.infinitive_at(following) is not None
    if not (is_ready or is_weak or means):
        return False
    subject = sentence.skip_back(IS | _BEFORE_WILLING, sentence.before_adverbs(place))
    again = sentence.folded_before(subject) in _PRONOUNS
    is_name = subject > sentence.start and sentence.words[subject - 1].text[0].isupper()
    is_name |= sentence.folded_before(subject) == "," and bool(  # "Kenya, having one, is ready to"
        sentence.subject_of(sentence.start, subject)
    )
    return is_name or again or sentence.is_actor(subject - 1, subject)


def _has_verb_of_last(sentence: Obligations) -> bool:
    """Tell whether a party shares the verb of the sentence before: *; Fiji, eighty hectares*.

    It may be asked, too: *Encarga a Chile la revisión; a Cuba, la traducción*.
    """
    words, start = sentence.passage.words, sentence.start
    is_asked = sentence.folded_at(start) in _ADDRESSING
    named = sentence.mention_at(sentence.skip(DETERMINERS, start + is_asked))
    if not start or words[start - 1].text != ";" or named is None or not named.code:
        return False
    stop = next((at for at in range(start - 1, 0, -1) if words[at].text == "."), 0)
    before = words[stop:start]
    asks = any(ACTS["es"].get(form.verb) == "directive" for each in before for form in each.forms)
    shares = asks if is_asked else is_promised(before, words[start].start)
    return sentence.folded_at(named.end) == "," and shares


def _lacks_verb(sentence: Obligations, times: Places) -> bool:
    """Tell whether a sentence names a time and has no verb: *Course: hosted by Fiji, May 2027*."""
    places = range(sentence.start, sentence.end)
    verbs = (at for at in places if sentence.is_finite(at) and not sentence.mention_over(at))
    lacks = all(sentence.folded_at(at + 1) in BY for at in verbs)
    return lacks and not sentence.is_item and bool(times())  # times cost the most


def _is_planned(sentence: Obligations, begin: int, times: Places) -> bool:
    """Tell whether somebody does a thing in the present at a time to come, as in a list of actions.

    *The office presents the accounts at the next meeting*, *La oficina rinde cuentas en mayo*. What
    it tells needs a deadline: *Kenya informs the Board by 5 May*.
    """
    places = range(begin, sentence.end)
    verb = next(filter(sentence.planned_at, places), None)
    if verb is not None:
        return max(times(), default=begin) > verb
    told = (at for at in places if sentence.planned_at(at, joined=True))
    return any(_has_deadline(sentence, at, times) for at in told)


def _has_deadline(sentence: Obligations, verb: int, times: Places) -> bool:
    """Tell whether words like *before*, and a time to come, are behind a verb."""
    start, end = sentence.words[verb].start, sentence.words[sentence.end - 1].end
    says_when = may_say_by_when(sentence.passage.plain, start, end)
    return says_when and max(times(), default=verb) > verb


def _tells_by_when(sentence: Obligations, clause: Clause, times: Places) -> bool:
    """Tell whether a party does what else the meeting does: *Kenya informs the Board by 5 May*."""
    verb = clause.place
    is_present = sentence.words[verb].is_form("present") and clause.action is None
    teller = sentence.mention_before(sentence.before_adverbs(verb)) if is_present else None
    is_party = teller is not None and not sentence.is_meeting(teller)
    return is_party and _has_deadline(sentence, verb, times)


def _only_words(sentence: Obligations, begin: int, times: Places) -> list[int]:
    """Return where the words begin of a sentence of which nothing else was told, if they bind."""
    binds = _has_verb_of_last(sentence) or _begins_as_act(sentence) or _lacks_verb(sentence, times)
    if binds or _is_planned(sentence, begin, times):
        return [begin]
    task = _bare_task(sentence)
    return [] if task is None else [task]


def _bare_task(sentence: Obligations) -> int | None:
    """Return where somebody is told to act, without another verb: *Heads of agency to name one*."""
    near = range(sentence.start + 1, min(sentence.start + 3 * NEAR, sentence.end - 1))
    to = next((at for at in near if sentence.folded_at(at) == "to"), None)
    if to is None or sentence.infinitive_at(to) is None or not sentence.has_marker:
        return None
    before = sentence.words[sentence.start : to]
    has_verb = any(
        (each.forms and each.text.islower()) or each.folded in _OBJECTS for each in before
    )
    has_verb |= any(map(sentence.is_finite, range(sentence.start, to)))
    is_opening = sentence.words[sentence.start].text[0].isupper()
    return sentence.start if is_opening and not has_verb else None


def _begins_as_act(sentence: Obligations) -> bool:
    """Tell whether a sentence begins with a verb of the present, as the acts of a meeting do.

    *We commit ourselves to*, *Refers the file to Kenya*; but *The Secretary reports on*.
    """
    start = sentence.start + (sentence.folded_at(sentence.start) in _SPEAKERS)
    verb = sentence.words[start] if start + NEAR < sentence.end else None
    if verb is None or not verb.is_form("present") or sentence.folded_at(start + 1) == ":":
        return False
    is_act = start > sentence.start or not verb.is_form("past", "infinitive")
    return is_act and DESCRIBING.isdisjoint(form.verb for form in verb.forms)


# --- requests and commitments ---------------------------------------------------------------------


def _asks(sentence: Obligations, place: int, times: Places, *, is_first: bool) -> bool:
    """Tell whether a word asks, agrees or obliges, and is no noun: *the request of*.

    `is_first` tells that no verb stands before.
    """
    word, following = sentence.words[place], sentence.words[place + 1]
    before = sentence.folded_before(place)
    if before in _BEFORE_NOUN and not (before == "to" and word.is_form("infinitive")):
        return False
    if word.folded in _FALLING - _LEAVING:
        return any(map(sentence.mention_at, range(place + 1, place + NEAR)))
    if word.folded in _LEAVING:
        return sentence.next_of(_LEFT_FOR, place + 1, place + 3 * NEAR) is not None
    begins = is_first or before in _OPENINGS or before == "to"
    moods = (*_FINITE, "infinitive") if begins else _FINITE
    verbs = {form.verb for form in word.forms if form.mood in moods}
    if not verbs & _ASKING:
        return False
    start = clause_start(sentence, place)
    is_relative = sentence.folded_before(start) in RELATIVES
    if is_relative:
        at = start - 1
        at -= sentence.folded_before(at) in DETERMINERS
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
        return sentence.folded_at(at) in DETERMINERS | {"a", "con", "en", "para"}
    takes = form.verb in _TAKING_ON and word.folded not in MODALS
    nouns = _NOUNS if word.is_form("present", "past") else _TASKS
    return takes and sentence.next_of(nouns, at, at + NEAR) is not None


def _is_noun_of_duty(sentence: Obligations, place: int, *, is_told: bool) -> bool:
    """Tell whether a word is a noun of what is to be done: *su compromiso de enviar*.

    `is_told` tells that the sentence thanks or notes: *thanked Canada for the task of revising it*.
    """
    folded = sentence.words[place].folded
    if folded not in _NOUNS:
        return False
    # "el compromiso de Chile de organizar": whoever takes it on may stand between.
    named = sentence.mentions_within((place, min(place + 3 * NEAR, sentence.end)))
    is_by = sentence.folded_at(place + 1) in BY  # "the pledge by the Foundation to provide it"
    to = sentence.next_of(("to",), place + 2, place + 2 * NEAR) if is_by else None
    is_done = any(
        sentence.folded_at(end) in _AFTER_NOUN
        and end + 1 < sentence.end
        and (
            sentence.words[end + 1].is_form("infinitive", "gerund")
            or (sentence.folded_at(end) == "to" and sentence.words[end + 1].text.islower())
        )
        for end in (to or place + 1, *(mention.end for mention in named))
    )
    if sentence.folded_at(place + 1) == ":":  # "accepted two tasks: to host it; to"
        is_done |= sentence.infinitive_at(place + 2) is not None
    at = sentence.skip_back(DETERMINERS, place)
    is_charged = place <= sentence.start + 1 or sentence.folded_before(place) == "a"
    is_charged = (is_charged and folded in CHARGES) or sentence.folded_before(at) in IS
    is_open = place + 1 < sentence.end and sentence.next_infinitive(place + 1, place + 2 * NEAR)
    if is_charged and (named or is_open):
        return True  # "Responsibility for the list passes from Kenya to Fiji", "es tarea de todos"
    that = sentence.next_of(("that", "que"), place, place + 3 * NEAR)
    is_done |= that is not None and sentence.next_of(PROMISES, that, that + 2 * NEAR) is not None
    owner = sentence.folded_before(place)
    is_owned = bool(named) or is_by or owner in _POSSESSIVES or owner.endswith(("'s", "\u2019s"))
    if is_told and not is_owned:
        return False
    return is_done and sentence.folded_before(at) not in _BASES


def _is_condition(sentence: Obligations, place: int) -> bool:
    """Tell whether a word leads to what is to be done: *provided that*, *the importance of*."""
    that = place + 1 + (sentence.folded_at(place + 1) == "de")  # "la importancia de que Chile"
    joint = sentence.folded_at(that) if sentence.words[place].folded in UNDERSTOOD else ""
    if joint not in ("that", "que", "for", "of", "to"):
        return joint == "if"  # "useful if Kenya sent it"
    named = sentence.mentions_within((that, that + 1 + NEAR))
    end = sentence.end_of_names(named[0].start) if named else sentence.end
    if not named or sentence.is_meeting(named[0]) or end >= sentence.end:
        return False
    moods = ("infinitive", "gerund") if sentence.grammar.marker else ("subjunctive",)
    verb = sentence.words[end]  # "desirable for Kenya to send it"
    return verb.is_form(*moods) or (joint, verb.folded) == ("for", "to")


# --- subjects of clauses that were not read -------------------------------------------------------


def _unread_parties(
    sentence: Obligations, read: Sequence[Clause], read_at: set[int], times: Places
) -> Iterator[int]:
    """Yield the parties that are to do something in a clause of their own that was not read."""
    bound = [clause.responsible for clause in read if clause.responsible]
    for mention in sentence.mentions:
        is_bound = any(start <= mention.start < end for start, end in bound)
        if is_bound or sentence.is_meeting(mention):
            continue
        at = sentence.skip_back(DETERMINERS, mention.start)
        opening = sentence.folded_before(at)
        if _is_asked_of(sentence, mention):
            yield mention.start
            continue
        is_wish = opening == "que" and (not read or sentence.folded_before(at - 1) in _JOINTS)
        is_who = sentence.folded_at(mention.end) in ("quien", "quienes")
        if not (is_wish or is_who) and opening not in _OPENINGS:
            continue  # but "Será Chile quien revise"
        start = clause_start(sentence, at) if opening in _JOINTS else at
        leading = {word.folded for word in sentence.words[max(0, start - 1) : at]}
        if opening in _JOINTS and not leading.isdisjoint(_SUBORDINATING):
            continue  # "if Chile and Peru"
        verb = _verb_after(sentence, mention.end + is_who, times)
        if verb is not None and read_at.isdisjoint((verb - 1, verb)):
            yield mention.start


def _is_asked_of(sentence: Obligations, mention: Mention) -> bool:
    """Tell whether the meeting does a thing so that a party acts: *left it to Kenya to send it*."""
    is_that = sentence.folded_before(mention.start) == sentence.grammar.that
    articles = sentence.lists["clause.determiners"] - {"a", "that"}
    start = sentence.skip_back(articles, mention.start)
    near = range(start - 1, max(sentence.start, start - 2 * NEAR) - 1, -1)
    verb = next((at for at in near if sentence.words[at].is_form("past", "present")), None)
    if verb is None or not sentence.meeting_before(sentence.before_adverbs(verb)):
        return False
    joint, end = sentence.folded_at(mention.end), mention.end + (not is_that)
    if joint in articles and sentence.folded_before(start) in _ADDRESSING:
        return bool(verb_of_act(sentence.folded_at(end)))  # "asignó a Chile la revisión de"
    end = sentence.skip(sentence.lists["clause.clitics"] | {"que"}, end)  # "para que lo revise"
    leads = is_that or joint in AIMS | {"a", "que"}
    moods = ("infinitive",) if sentence.grammar.marker else ("infinitive", "subjunctive")
    return leads and end < sentence.end and sentence.words[end].is_form(*moods)


def _verb_after(sentence: Obligations, start: int, times: Places) -> int | None:
    """Return the verb by which a subject is to do something: *to send*, *send*, *envíe*.

    What it does in the present, with a time to come, too.
    """
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
    is_told = form.mood == "present" and form.verb in _TOLD
    if not (binds or is_told or times().isdisjoint(range(place, sentence.end))):
        return place  # "continues to lend it until 2030", "publica el informe en mayo"
    return place if binds and form.verb not in DESCRIBING - {"provide"} else None


# --- what is still to come ------------------------------------------------------------------------
