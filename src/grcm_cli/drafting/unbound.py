"""Find what may lay down a duty in a sentence and gave no mandate.

`unbound_words` looks at what the sentence itself asks, agrees or obliges; `unread_futures` at each
verb of what is still to come, wherever it stands: also behind thanks and notes, and in a clause
with *which* or *that*.
"""

from collections.abc import Callable, Sequence

from grcm_cli.drafting.finders import Clause, Sentence
from grcm_cli.drafting.parties import Mention
from grcm_cli.language.lexicon import all_words, lexicon
from grcm_cli.language.verbs import HOLDING, STATIVE

_OF_DUTY = all_words("doubts.duty_verbs")
_MODALS = all_words("doubts.modals")
_PROPOSING = all_words("doubts.proposing_verbs")
_ADVERBS = all_words("doubts.adverbs")
_BE = frozenset({"be", "ser"})
_AUXILIARIES = frozenset({"be", "have", "is", "are", "was", "were", "been", "being", "has", "had"})
_PROMISES = all_words("doubts.promises")
_NOUNS = all_words("doubts.duty_nouns")
_AFTER_NOUN = all_words("doubts.after_duty_nouns")
_DESCRIBING = STATIVE | all_words("doubts.describing")
_DETERMINERS = all_words("clause.determiners")
_BEFORE_NOUN = _DETERMINERS | all_words("clause.prepositions")
_BASES = all_words("doubts.bases")
_RELATIVES = all_words("clause.relatives") - {"as", "how"}
_SUBORDINATE = _RELATIVES | all_words("doubts.conditions")
_FINITE = ("present", "past", "future", "conditional")
_JOINTS = frozenset({"and", "y", "e"})
_OPENINGS = _JOINTS | {"", ",", ";", ":"}
"""What stands before the subject of a clause."""


def unbound_words(sentence: Sentence, found: Sequence[Clause]) -> int | None:
    """Return the first word of what asks, agrees or obliges and no clause accounts for, or None."""
    verb = _unbound_verb(sentence, found)
    verb = _offer(sentence, found) if verb is None else verb
    if verb is not None or any(clause.act in ("evaluative", "observing") for clause in found):
        return verb
    subject = _unbound_subject(sentence, found)
    is_told = any(clause.action or clause.act == "reinforcing" for clause in found)
    return subject if subject is not None or is_told else _duty_noun(sentence)


def _unbound_verb(sentence: Sentence, found: Sequence[Clause]) -> int | None:
    first = sentence.words[sentence.start]
    if first.is_form("gerund") or any(clause.negated for clause in found):
        return None
    ends = [
        min(clause.begin, clause.place)
        for clause in found
        if clause.action or clause.act not in ("deciding", "directive")
    ]
    end = min(ends, default=sentence.end)
    own = {place for clause in found for place in (clause.place, clause.place + 1)}
    own |= {place for clause in found if clause.action for place in range(*clause.action)}
    is_main = True
    for place in range(sentence.start, sentence.end):
        word = sentence.words[place]
        is_main = is_main and (word.quoted or word.folded not in _RELATIVES)
        if word.quoted or place in own or sentence.mention_over(place):
            continue
        # Behind thanks or a note only what is joined to it: *thanked Mexico and urged Canada to*.
        is_near = is_main and (place < end or sentence.folded_before(place) in _JOINTS)
        is_near = is_near or (bool(found) and _goes_on_with(sentence, found[0].place, place))
        if is_near and _is_of_duty(sentence, place):
            return place
    return None


def _goes_on_with(sentence: Sentence, first: int, place: int) -> bool:
    """Tell whether a verb after a comma and *and* has the ending of the sentence's first verb."""
    before = [word.folded for word in sentence.words[max(first, place - 2) : place]]
    is_joined = len(before) == 2 and before[0] == "," and before[1] in _JOINTS
    return is_joined and sentence.words[first].folded[-2:] == sentence.words[place].folded[-2:]


def _is_of_duty(sentence: Sentence, place: int) -> bool:
    """Tell whether a word asks, agrees or obliges, and is no noun: *the request of*."""
    word = sentence.words[place]
    if sentence.folded_before(place) in _BEFORE_NOUN or place + 1 >= sentence.end:
        return False
    following = sentence.words[place + 1]
    if word.folded in _MODALS:
        return following.text[0].isalpha() and _obliges(sentence, place + 1)
    verbs = {form.verb for form in word.forms if form.mood in _FINITE}
    if verbs & _PROPOSING:
        return following.folded in ("that", "que")
    if not verbs & _OF_DUTY or _describes_noun(sentence, place):
        return False
    leads = following.folded in ("a", "al", "en", "que", "that", "to")
    return bool(leads or sentence.mention_at(place + 1) or sentence.mention_at(place + 2))


def _obliges(sentence: Sentence, start: int) -> bool:
    """Tell whether what follows a modal is to be done, and does not say how something is."""
    at = start
    while at < sentence.end - 1 and sentence.words[at].folded in _ADVERBS:
        at += 1
    word = sentence.words[at]
    if word.folded in _BE and at + 1 < sentence.end:
        return sentence.words[at + 1].is_form("past", "participle")
    is_inverted = at == start and word.folded in _DETERMINERS  # "should the Group decide"
    describes = word.folded in _DESCRIBING or any(f.verb in _DESCRIBING for f in word.forms)
    return not (describes or is_inverted or word.folded == "not")


def _describes_noun(sentence: Sentence, place: int) -> bool:
    """Tell whether a participle belongs to the noun before: *the comments agreed to by Canada*."""
    if not sentence.words[place].text.endswith("ed") or place == sentence.start:
        return False
    before = sentence.words[place - 1]
    following = [word.folded for word in sentence.words[place + 1 : place + 3]]
    if following == ["to", "by"]:
        return True
    is_noun = before.text[0].islower() and not any(
        form.verb in _AUXILIARIES for form in before.forms
    )
    return is_noun and before.folded not in _JOINTS | _AUXILIARIES


def _unbound_subject(sentence: Sentence, found: Sequence[Clause]) -> int | None:
    """Return the first party that is to do something, in a clause of its own that was not read."""
    bound = [clause.responsible for clause in found if clause.responsible]
    read = {at for clause in found for at in (clause.place, clause.place - 1)}
    for mention in sentence.mentions:
        is_bound = any(start <= mention.start < end for start, end in bound)
        if is_bound or sentence.is_meeting(mention) or not _opens_clause(sentence, mention):
            continue
        verb = _verb_after(sentence, mention.end)
        if verb is not None and verb not in read:
            return mention.start
    return None


def _opens_clause(sentence: Sentence, mention: Mention) -> bool:
    at = mention.start
    while sentence.folded_before(at) in _DETERMINERS:
        at -= 1
    opening = sentence.folded_before(at)
    if opening not in _JOINTS:
        return opening in _OPENINGS
    begin = at - 1
    while sentence.folded_before(begin) not in _OPENINGS - _JOINTS:
        begin -= 1
    return not any(word.folded in _SUBORDINATE for word in sentence.words[begin:at])


def _verb_after(sentence: Sentence, start: int) -> int | None:
    """Return the verb by which a subject is to do something: *to send*, *should*, *enviará*."""
    for place in range(start, min(start + 3, sentence.end - 1)):
        word, following = sentence.words[place], sentence.words[place + 1]
        if word.folded == "to":
            is_new = following.text.islower() and not following.forms  # a verb that no list has
            is_new = is_new and following.folded not in _BEFORE_NOUN
            is_verb = following.is_form("infinitive") or is_new
            return place if place == start and is_verb else None
        if word.folded in _MODALS | _PROMISES:
            return place if _obliges(sentence, place + 1) else None
        form = word.form("future")
        if form is not None:
            return None if form.verb in _DESCRIBING else place
        if not word.text[0].isalpha() or word.is_form("present", "past"):
            return None
    return None


def _duty_noun(sentence: Sentence) -> int | None:
    """Return the noun of a duty in a sentence that names somebody: *the task of revising it*."""
    if not sentence.mentions:
        return None
    for place in range(sentence.start, sentence.end - 1):
        word = sentence.words[place]
        if word.folded in _SUBORDINATE:
            return None
        at = place
        while sentence.folded_before(at) in _DETERMINERS:
            at -= 1
        is_free = sentence.folded_before(at) not in _BASES
        leads = sentence.words[place + 1].folded in _AFTER_NOUN
        if word.folded in _NOUNS and leads and is_free and not word.quoted:
            return place
    return None


def _offer(sentence: Sentence, found: Sequence[Clause]) -> int | None:
    """Return the noun of what somebody offers to do: *el ofrecimiento de Chile de organizar*."""
    bound = {at for one in found if one.action for at in range(*one.action)}
    for place in range(sentence.start, sentence.end):
        word = sentence.words[place]
        if word.folded not in _OFFERS or word.quoted or place in bound:
            continue
        named = sentence.mentions_within((place, min(place + 2 * _NEAR, sentence.end)))
        end = named[-1].end + 1 if named else sentence.end
        if any(sentence.words[at].is_form("infinitive") for at in range(end, sentence.end)[:2]):
            return place
    return None


# --- what is still to come ------------------------------------------------------------------------

_OFFERS = lexicon("es").words("doubts.offers")
_CHARGES = all_words("doubts.charges")
_PERSONAL = all_words("doubts.personal")
_ACTORS = all_words("clause.actors")
_MEETING = all_words("clause.meeting")
_HAPPENING = HOLDING | all_words("verbs.happening") | all_words("verbs.deliberating")
_PREPOSITIONS = all_words("clause.prepositions")
_MAY = all_words("doubts.permissions")
_HYPOTHETICAL = all_words("doubts.hypothetical")
_WEAK = all_words("doubts.weak_modals")
_UNDERSTOOD = all_words("doubts.understood")
_AIMING = frozenset({"so", "order", "para"})
_END_OF_CLAUSE = _RELATIVES | {",", ":", ";", "("}
_NEAR = 4  # words from a verb to the subject after it


def unread_futures(
    sentence: Sentence, found: Sequence[Clause], times: Callable[[], frozenset[int]]
) -> list[int]:
    """Return where each clause begins that tells what somebody will do and gave no mandate.

    `times` returns the words that begin a time to come, and is called only where a verb may count.
    A verb counts whose subject is a party, a group or a noun of people, or beside which there is a
    time; not one that only says how a thing is, or what would be if something else were.
    """
    read = {at for one in found for at in (one.place, one.place + 1)}
    read |= {one.action[0] for one in found if one.action}
    first = sentence.words[sentence.start]
    begin = found[0].place if found and first.is_form("gerund") else sentence.start
    starts = []
    for place in range(max(sentence.start, begin), sentence.end - 1):
        word = sentence.words[place]
        if word.quoted or place in read or sentence.mention_over(place):
            continue
        verb = _verb_to_come(sentence, place)
        if verb is None or verb in read:
            continue
        start = _clause_start(sentence, place)
        opening = sentence.folded_before(start)
        before = sentence.folded_before(start - 1) if start > sentence.start else ""
        if opening in _HYPOTHETICAL or (opening in ("that", "que") and before in _AIMING):
            continue  # "if Chile sent it", "so that Chile will send it"
        is_weak = word.folded in _WEAK and opening in _RELATIVES
        if is_weak and before not in _UNDERSTOOD:
            continue  # "noted that Chile would"; what binds: "it being understood that it would"
        close = min(place + 25, sentence.end)
        is_dated = not times().isdisjoint(range(start, close))
        if _may_bind(sentence, start, place, verb, is_dated=is_dated):
            starts.append(start)
    return starts


def _clause_start(sentence: Sentence, place: int) -> int:
    """Return where the clause of a verb begins: behind the last relative or sign before it."""
    floor = max(sentence.start, place - 20)
    for start in range(place, floor, -1):
        is_end = sentence.words[start - 1].folded in _END_OF_CLAUSE
        if is_end and not sentence.mention_over(start - 1):
            return start
    return floor


def _verb_to_come(sentence: Sentence, place: int) -> int | None:
    """Return the verb of *enviará*, *deberá enviar*, *will send* that begins at a word, or None."""
    word = sentence.words[place]
    if word.folded in _MAY:
        return None
    if word.folded not in _MODALS | _PROMISES:
        return place if word.is_form("future") else None
    end = place + 1 + _NEAR
    near = range(place + 1, min(end, sentence.end))
    verb = next((at for at in near if sentence.words[at].is_form("infinitive")), None)
    be = sentence.next_of(_BE, place + 1, end)
    return verb if be is None else be


def _may_bind(sentence: Sentence, start: int, place: int, verb: int, *, is_dated: bool) -> bool:
    words = sentence.words
    forms = {form.verb for form in words[verb].forms} | {words[verb].folded}
    is_be = bool(forms & _BE)
    if is_be or sentence.folded_before(verb) == "se":
        done = words[verb + 1] if is_be and verb + 1 < sentence.end else words[verb]
        if is_be and not done.is_form("past", "participle"):
            return False
        if any(form.verb in _HAPPENING | _DESCRIBING for form in done.forms):
            return False
        by = sentence.next_of(("by", "por"), verb + 1, verb + 2 * _NEAR)
        near = range(0 if by is None else by + 1, 0 if by is None else by + _NEAR)
        return is_dated or any(_is_people(sentence, at) for at in near)
    has_people = _has_people(sentence, start, place, verb)
    is_charged = sentence.next_of(_CHARGES, verb + 1, verb + _NEAR) is not None
    if forms & _DESCRIBING and not is_charged:
        return is_dated and has_people
    return is_dated or has_people


def _has_people(sentence: Sentence, start: int, place: int, verb: int) -> bool:
    """Tell whether the subject of a verb is a party, a group or a noun of people."""
    opening = sentence.folded_before(start)
    is_relative = opening in _RELATIVES
    if opening in _PERSONAL or any(_is_subject(sentence, at, start) for at in range(start, place)):
        return True
    if sentence.next_of(("it",), start, place) is not None:
        return is_relative and bool(sentence.mentions)
    if start == place and is_relative and sentence.mention_before(start - 2):
        return True
    is_spanish = sentence.words[place].is_form("future") or sentence.words[place].folded in _MODALS
    after = range(verb + 1, min(verb + _NEAR, sentence.end))
    return is_spanish and any(_is_subject(sentence, at, verb + 1) for at in after)


def _is_people(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is in a name that is not the meeting's, or is a noun of people."""
    if at >= sentence.end:
        return False
    mention = sentence.mention_over(at)
    if mention is not None:
        return not sentence.is_meeting(mention)
    folded = sentence.words[at].folded
    return folded in _ACTORS and folded not in _MEETING and not sentence.words[at].quoted


def _is_subject(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether a word is of people, and no preposition stands before it: *a los países*."""
    if not _is_people(sentence, at):
        return False
    mention = sentence.mention_over(at)
    first = mention.start if mention else at
    while first > start and sentence.words[first - 1].folded in _DETERMINERS:
        first -= 1
    return first <= start or sentence.words[first - 1].folded not in _PREPOSITIONS
