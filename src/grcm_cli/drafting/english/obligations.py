"""Duties that an English verb lays down itself.

By a modal verb (*shall submit*), a pledge (*undertook to*), a task (*it falls to*), an action point
(*Uganda to share*), a bare infinitive (*Prepare a note*) or a purpose (*so that Spain can*).
"""

from grcm_cli.drafting.english.clause import (
    ACTORS,
    BE,
    DETERMINERS,
    LEXICON,
    MEETING,
    MODALS,
    PREPOSITIONS,
    clause_begin,
    follows_tag,
    governor_of,
    inherited,
    is_passive,
    is_preamble,
    is_verb,
    may_be_verb,
    subject_of,
    tells_how,
    to_before_verb,
    verb_after,
)
from grcm_cli.drafting.finders import Clause, Sentence, bare_infinitive, follows_creation
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.language.verbs import JUDGING, STATIVE

_PLEDGES = LEXICON.words("clause.pledges")
_OFFERS = LEXICON.words("clause.offers")
_WANTING = LEXICON.words("clause.wanting")
_DESCRIBING = LEXICON.words("verbs.describing")
_SECOND_NOUNS = LEXICON.words("clause.second_nouns")
_IN_POSITION = LEXICON.words("clause.describing")
_TASKS = frozenset({"action", "responsibility", "task"})
_SUPPOSING = LEXICON.words("clause.supposing")
_HAVING = frozenset({"has", "have", "need", "needs", "ought"})
_NEAR_COLON = 30
"""Words from a colon to the verb of an action point."""
_LEFT_OPEN = frozenset({"announced", "confirmed", "continued", "decided", "defined", "determined"})
"""Of what is left open: *Venue to be confirmed*."""
_CAN = frozenset({"can", "may", "could", "might"})


# --- modal verbs ---------------------------------------------------------------------------------


def find_modal_obligation(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *the Board shall submit*, *members should keep*, *it will report*."""
    words = sentence.words
    if words[place].folded not in MODALS or place + 1 >= sentence.end:
        return None
    colon = _colon_of_stem(sentence, place)
    if colon is not None:  # the items under "The Secretariat will:"
        who = subject_of(sentence, sentence.start, place)
        action = (colon + 1, sentence.end) if colon + 1 < sentence.end else None
        return Clause(place, "", sentence.start, who, action) if who else None
    found = _verb_of_modal(sentence, place)
    governor = governor_of(sentence, place)
    if found is None or _only_tells(sentence, place, governor, before):
        return None
    verb, name, passive = found
    start = clause_begin(sentence, place, before) if governor is None else governor + 1
    who = _bound_party(sentence, place, start, before, passive=passive)
    pronoun = sentence.folded_before(place) in ("it", "they")
    antecedent = who is None and pronoun and governor is None
    if antecedent:
        who = (place - 1, place)
    if who is None and governor is not None and not (passive or name in _DESCRIBING):
        who = _whose_relative(sentence, place, governor, before)
    tells = words[place].folded in ("will", "would")
    named = sentence.mentions_within(who) if who else []
    by_meeting = who and named and named[-1].end == who[1] and all(map(sentence.is_meeting, named))
    if tells and not passive and governor is None and by_meeting:
        return Clause(place, name, start, act="deciding")  # "the Board will discuss it"
    follows_if = passive and words[sentence.start].folded == "if"
    if follows_if or tells_how(sentence, verb, passive=passive):
        return Clause(place, name, start, act="deciding")
    is_unknown = not passive and words[verb].form("infinitive") is None
    says_what_is = is_unknown or name in _DESCRIBING or (tells and not follows_creation(before))
    if who is None and not passive and says_what_is:
        return None  # "prices will rise", "the report shall include a map"
    urging = words[place].folded == "should"
    return Clause(place, name, start, who, (verb, sentence.end), urging, antecedent, passive)


def _whose_relative(
    sentence: Sentence, place: int, governor: int, before: list[Clause]
) -> WordSpan | None:
    """Return whose duty a relative clause is: of a new body, or of the party right before it.

    *sets up a team of Kenya and Fiji, which shall report*, *asks the Board, which shall reply*
    """
    if follows_creation(before):
        return before[-1].place + 1, governor
    near = governor == place - 1 and sentence.words[governor - 1].text == ","
    named = sentence.mention_before(governor - 1) if near else None
    return (named.start, named.end) if named else None


def _only_tells(sentence: Sentence, place: int, governor: int | None, before: list[Clause]) -> bool:
    """Tell whether a modal verb is in a condition, a reason, or in what somebody said."""
    words = sentence.words
    is_would = words[place].folded == "would"
    if governor is not None:
        is_joined = sentence.folded_before(governor) in ("and", ",", ";")
        decides = bool(before) and before[-1].act in ("deciding", "directive")
        return not (decides and (is_joined or governor - before[-1].place <= 2))
    places = range(place, max(sentence.start, place - _NEAR_COLON), -1)
    colon = next((p for p in places if words[p].text == ":"), 0)
    if colon and words[colon - 1].folded in _SUPPOSING:
        return True  # "with the assumptions: Kenya will"
    is_guess = is_would and sentence.folded_before(place) == "it"
    return is_guess or is_preamble(sentence, place, before)


def _verb_of_modal(sentence: Sentence, place: int) -> tuple[int, str, bool] | None:
    """Return the verb after a modal, its name, and whether it is passive; None for no duty."""
    verb = verb_after(sentence, place + 1)
    if verb is None or sentence.words[place + 1].folded in ("not", "never"):
        return None
    word = sentence.words[verb]
    if word.folded == "be":
        is_held = sentence.folded_at(verb + 1) in ("held", "hosted")
        takes_place = is_held and sentence.next_of(("by",), verb + 1) is None
        return (verb, "be", True) if is_passive(sentence, verb) and not takes_place else None
    form = word.form("infinitive")
    if form is None:
        has_verb = word.folded == "do" or may_be_verb(word)  # "shall do so"
        return (verb, word.folded, False) if has_verb else None
    takes_place = form.verb == "take" and sentence.folded_at(verb + 1) == "place"
    return None if takes_place or form.verb in STATIVE else (verb, form.verb, False)


def _bound_party(
    sentence: Sentence, place: int, start: int, before: list[Clause], *, passive: bool
) -> WordSpan | None:
    who = subject_of(sentence, start, place)
    if who is None:
        return None if passive else inherited(sentence, place, before)
    near = sentence.words[max(start, place - 1) : place + 2]
    each = any(word.folded == "each" for word in near)
    return (who[0], place + 2) if each else who


def _colon_of_stem(sentence: Sentence, place: int) -> int | None:
    """Return the colon after a modal, or after a modal and an aside: *shall, with the experts:*."""
    words = sentence.words
    colon = sentence.next_of((":",), place + 1)
    if colon is None or colon == place + 1:
        return colon
    if words[place + 1].text != "," and words[place + 1].folded not in PREPOSITIONS:
        return None
    has_verb = any(
        words[at].text == "," and words[at + 1].is_form("infinitive")
        for at in range(place + 1, colon)
    )
    return None if has_verb else colon


def find_purpose_obligation(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty in *so that Spain can present*: of whoever is named there."""
    words = sentence.words
    if words[place].folded not in _CAN | MODALS or not before or not before[-1].action:
        return None
    verb = verb_after(sentence, place + 1)
    form = words[verb].form("infinitive") if verb is not None else None
    if verb is None or form is None or form.verb in JUDGING:
        return None
    for at in range(place - 1, max(before[-1].place, place - 14), -1):
        if words[at].folded == "that" and words[at - 1].folded in ("so", "order"):
            who = (at + 1, place)
            named = bool(sentence.mentions_within(who))
            if not named and words[at + 1].folded not in ("it", "they"):
                return None
            clause = Clause(place, form.verb, at - 1, who, (verb, sentence.end), purpose=True)
            return clause._replace(antecedent=not named)
    return None


def find_necessity(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *Kenya has to report*, *members need to reply*: of whoever is named."""
    words = sentence.words
    if words[place].folded not in _HAVING or place + 2 >= sentence.end:
        return None
    if words[place + 1].folded != "to" or governor_of(sentence, place) is not None:
        return None
    verb = verb_after(sentence, place + 2)
    if verb is None or is_preamble(sentence, place, before):
        return None
    form = words[verb].form("infinitive")
    passive = words[verb].folded == "be" and is_passive(sentence, verb)
    if not passive and (form.verb in STATIVE if form else not may_be_verb(words[verb])):
        return None
    begin = clause_begin(sentence, place, before)
    who = subject_of(sentence, begin, place)
    if who is None and not passive:
        return None
    urging = words[place].folded == "ought"
    name = form.verb if form else words[verb].folded
    return Clause(place, name, begin, who, (verb, sentence.end), urging, passive=passive)


# --- pledges and tasks ---------------------------------------------------------------------------


def find_pledge(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *Kenya undertook to host*: of whoever binds itself."""
    word = sentence.words[place]
    takes = word.is_form("past", "present") and any(form.verb == "take" for form in word.forms)
    task = sentence.next_of(_TASKS, place + 2, place + 4) if takes else None
    if word.folded not in _PLEDGES and task is None:
        return None
    to = place + 1 if task is None else task + 1  # "took the action to"
    to += sentence.folded_at(to) in ("itself", "themselves")
    if to + 1 >= sentence.end or sentence.words[to].folded != "to":
        return None
    begin = clause_begin(sentence, place, before)
    who = subject_of(sentence, begin, place)
    if who is None or governor_of(sentence, place) is not None:
        return None
    return Clause(place, "undertake", begin, who, (to + 1, sentence.end))


def find_assigned_task(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *it falls to X to*."""
    if sentence.words[place].folded not in ("falls", "incumbent", "rests"):
        return None
    named = next((m for m in sentence.mentions if place < m.start <= place + 5), None)
    to = to_before_verb(sentence, named.end, sentence.end) if named else None
    if named is None or to is None:
        return None
    who = (named.start, named.end)
    return Clause(place, "fall", sentence.start, who, (to + 1, sentence.end))


def find_offer(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of *Kenya agreed to test*; not of what the meeting agreed to."""
    words = sentence.words
    if words[place].folded not in _OFFERS or place + 2 >= sentence.end:
        return None
    if words[place + 1].folded != "to" or words[place + 2].folded == "be":
        return None
    if sentence.folded_before(place) in _HAVING and sentence.folded_before(place - 1) == "which":
        return None
    begin = clause_begin(sentence, place, before)
    who = subject_of(sentence, begin, place) or inherited(sentence, place, before)
    if who is None or governor_of(sentence, place) is not None:
        return None
    named = sentence.mentions_within(who)
    if any(m.code and not m.each and sentence.is_meeting(m) for m in named):
        return None
    return Clause(place, "agree", begin, who, (place + 2, sentence.end))


# --- infinitives ---------------------------------------------------------------------------------


def find_action_point(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of an action point: *Uganda to share its experience*."""
    words = sentence.words
    if place == sentence.start or words[place].folded != "to" or place + 1 >= sentence.end:
        return None
    # It begins after "The following was agreed:", or with the sentence.
    near = range(place - 1, max(sentence.start, place - _NEAR_COLON) - 1, -1)
    start = next((at + 1 for at in near if words[at].text == ":"), sentence.start)
    if before and (before[-1].action or before[-1].place >= start):
        return None
    verb = words[place + 1]
    likely = verb.text.isalpha() and verb.text.islower() and verb.text not in DETERMINERS
    if not (likely and sentence.mention_before(place)) and not is_verb(sentence, place + 1):
        return None
    # The first word is a noun: *Comments to be sent*.
    has_verb = any(_is_main_verb(sentence, at, start) for at in range(start + 1, place))
    passive = verb.folded == "be"
    how = passive and tells_how(sentence, place + 1, passive=True)
    quoted = words[place].quoted or verb.quoted
    if quoted or has_verb or how or is_preamble(sentence, place, before):
        return None
    who = subject_of(sentence, start, place)
    if who is not None and not _opens_action_point(sentence, who, start, place):
        return None
    if who is None and (not passive or sentence.folded_at(place + 2) in _LEFT_OPEN):
        return None
    form = verb.form("infinitive")
    name, action = form.verb if form else "be", (place + 1, sentence.end)
    return Clause(place, name, start, who, action, passive=passive)


def _opens_action_point(sentence: Sentence, who: WordSpan, start: int, place: int) -> bool:
    """Tell whether an action point begins with whoever is to act, or after *in May,*.

    No verb or noun that it belongs to follows the name: *Kenya affirms its wish to*, *the Board
    decision on the plan to*.
    """
    words = sentence.words
    if who[0] > start + 3 and words[who[0] - 1].text != ",":
        return False
    if words[place - 1].folded in _IN_POSITION:
        return False
    if who[1] + 1 >= place:
        return True
    word, following = words[who[1]], words[who[1] + 1].folded
    is_lower = word.text.isalpha() and word.text.islower()
    if not is_lower or word.folded in PREPOSITIONS | ACTORS | DETERMINERS | {"other"}:
        return True  # "all members other than Kenya to"
    return not word.folded.endswith(("s", "ed")) and following not in PREPOSITIONS - {"as"}


def _is_main_verb(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether a word is a verb of the sentence, and not in *Kenya (supported by Fiji) to*."""
    word = sentence.words[at]
    is_finite = word.is_form("past", "present") and not word.is_form("infinitive")
    is_finite = is_finite and not sentence.mention_over(at)
    if not is_finite and word.folded not in MODALS | BE | _WANTING | _HAVING:
        return False
    before = [word.text for word in sentence.words[start:at]]
    return before.count("(") <= before.count(")")


def find_bare_infinitive(sentence: Sentence, place: int, before: list[Clause]) -> Clause | None:
    """Return the duty of a verb that opens a sentence: *Prepare a note*, *To circulate it*."""
    words = sentence.words
    following = sentence.folded_from(place + 1, 3)
    if following and (following[0] in _SECOND_NOUNS | {"(", "/"} or ":" in following):
        return None  # "target date for the ballot", "Draft agenda: …", "Study (20.20)"
    if words[place].folded in ACTORS and following[:1] in (["and"], [","], ["to"]):
        return None  # "Chair and Secretariat to draft a letter"
    if place == sentence.start or follows_tag(sentence, place):
        return bare_infinitive(sentence, place)
    previous = words[place - 1]
    if previous.folded == "to" and place - 1 == sentence.start:
        return None if _is_aim(sentence, place) else bare_infinitive(sentence, place)
    listed = previous.text in (":", ")") and words[place].text.islower()
    is_own = listed and sentence.is_item and not before
    return bare_infinitive(sentence, place) if is_own else None


def _is_aim(sentence: Sentence, place: int) -> bool:
    """Tell whether *To fulfil the plan, the Board adopts* only says what something is for."""
    comma = sentence.next_of((",",), place)
    return comma is not None and any(
        sentence.words[at].folded in MODALS | BE or sentence.words[at].is_form("present", "past")
        for at in range(comma + 1, sentence.end)
        if sentence.mention_before(at) or sentence.words[at - 1].folded in MEETING
    )
