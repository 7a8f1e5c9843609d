"""Find what may lay down a duty in a sentence and gave no mandate.

Thanks, notes, what is told of others and what depends on *that* or *which* lay down nothing.
"""

from collections.abc import Sequence

from grcm_cli.drafting.finders import Clause, Sentence
from grcm_cli.drafting.parties import Mention
from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import all_words
from grcm_cli.language.verbs import STATIVE

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
_MAX_ASIDE = 3  # words between a subject and its verb


def unbound_words(sentence: Sentence, found: Sequence[Clause]) -> int | None:
    """Return the first word of what asks, agrees or obliges and no clause accounts for, or None."""
    verb = _unbound_verb(sentence, found)
    if verb is not None or any(clause.act in ("evaluative", "observing") for clause in found):
        return verb
    subject = _unbound_subject(sentence, found)
    is_told = any(clause.action or clause.act == "reinforcing" for clause in found)
    if subject is not None or is_told:
        return subject
    return _duty_noun(sentence)


def _unbound_verb(sentence: Sentence, found: Sequence[Clause]) -> int | None:
    first = sentence.words[sentence.start]
    if first.is_form("gerund") or any(clause.negated for clause in found):
        return None
    end = sentence.end
    for clause in found:
        if clause.action or clause.act not in ("deciding", "directive"):
            end = min(end, clause.begin, clause.place)
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
    for mention in sentence.mentions:
        is_bound = any(start <= mention.start < end for start, end in bound)
        if is_bound or sentence.is_meeting(mention) or not _opens_clause(sentence, mention):
            continue
        verb = _verb_after(sentence, mention.end)
        if verb is not None and all(clause.place not in (verb, verb + 1) for clause in found):
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
    for place in range(start, min(start + _MAX_ASIDE, sentence.end - 1)):
        word, following = sentence.words[place], sentence.words[place + 1]
        if word.folded == "to":
            return place if place == start and _may_be_infinitive(following) else None
        if word.folded in _MODALS | _PROMISES:
            return place if _obliges(sentence, place + 1) else None
        form = word.form("future")
        if form is not None:
            return None if form.verb in _DESCRIBING else place
        if not word.text[0].isalpha() or word.is_form("present", "past"):
            return None
    return None


def _may_be_infinitive(word: Word) -> bool:
    is_unknown = word.text.islower() and not word.forms and word.folded not in _BEFORE_NOUN
    return word.is_form("infinitive") or is_unknown


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
