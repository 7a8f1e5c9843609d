"""The grammar of an English clause: its subject, the word it depends on, the passive."""

import re

from grcm_cli.drafting.finders import Clause, Sentence, SubjectWords, shared_subject
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import alternatives, lexicon

LEXICON = lexicon("en")
DETERMINERS = LEXICON.words("clause.determiners")
PREPOSITIONS = LEXICON.words("clause.prepositions")
MODALS = LEXICON.words("clause.modals")
BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
BE_FINITE = frozenset({"is", "are", "was", "were"})
_FINITE = MODALS | BE | {"has", "have", "had", "did", "does"}
_RELATIVES = LEXICON.words("clause.relatives") - {"as"}  # "as amended by Kenya"
_ADVERBS = LEXICON.words("clause.adverbs")
MEETING = LEXICON.words("clause.meeting")
ACTORS = LEXICON.words("clause.actors")
_PERSON_TITLES = LEXICON.words("clause.person_titles")
PREAMBLE = LEXICON.words("clause.preamble")
_ROMAN = frozenset("ivxlc")
_OF_ASIDE = LEXICON.words("clause.of_aside")
_NEAR = 40
"""Words from a verb to whoever does it, or by when."""
_TAGS = LEXICON.words("clause.tags")
_NO_DUTY = LEXICON.words("clause.no_duty") | DETERMINERS | PREPOSITIONS | MODALS
_DESCRIBING_PASSIVE = LEXICON.words("verbs.describing_passive")
_AMENDING = LEXICON.words("verbs.amending")
_DELIBERATING = LEXICON.words("verbs.deliberating")
_OF_MANNER = LEXICON.words("verbs.of_manner")
_MANNER = re.compile(alternatives(LEXICON.phrases("clause.manner")) + r"\b")
_TIME_CUES = LEXICON.words("clause.time_cues")
_SUBJECT = SubjectWords(
    LEXICON,
    of=("of",),
    with_="with",
    before_verb=_ADVERBS,
    skipped=frozenset({"incoming", "outgoing", "current"}),
)


def is_adverb(word: Word) -> bool:
    """Tell whether a word only tells how: *warmly*, *also*."""
    ends_so = word.folded.endswith("ly") and word.text.islower()
    return word.folded in _ADVERBS or (ends_so and not word.forms)  # "reply" is none


def after_adverbs(sentence: Sentence, at: int) -> int:
    """Return the place after the adverbs that stand at a place, if any do."""
    while at < sentence.end and is_adverb(sentence.words[at]):
        at += 1
    return at


def clause_begin(sentence: Sentence, place: int, before: list[Clause]) -> int:
    """Return where the clause of a verb begins: behind the one before it."""
    if not before:
        return sentence.start
    floor = before[-1].place + 1
    for at in range(place - 1, floor, -1):
        word = sentence.words[at]
        if word.text in (":", ",") or word.folded in ("and", "but"):
            follows = sentence.mention_at(at + 1) or sentence.mention_at(at + 2)
            if not (word.folded == "and" and sentence.mention_before(at) and follows):
                return at + 1
    return floor


def follows_tag(sentence: Sentence, place: int) -> bool:
    """Tell whether only a tag stands before a word: *Action item:*, *AP 3:*."""
    words = sentence.words[sentence.start : place]
    return 1 < len(words) < 5 and words[-1].text == ":" and words[0].folded in _TAGS


# --- verbs ---------------------------------------------------------------------------------------


def is_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether the word after *to* is a verb: known as one, or before an object."""
    if at >= sentence.end:
        return False
    word = sentence.words[at]
    if word.is_form("infinitive") or word.folded in ("be", "do", "ensure"):
        return True
    letters = word.text.replace("-", "")  # "re-submit"
    if not (letters.isalpha() and letters.islower()) or word.folded.endswith("s"):
        return False
    if word.folded in DETERMINERS | {"which", "whom", "date"}:
        return False
    objects = DETERMINERS | {"it", "them", "up", "out", "on", "with"}
    return sentence.folded_at(at + 1) in objects


def to_before_verb(sentence: Sentence, start: int, end: int) -> int | None:
    """Return the place of the first *to* before a verb, or None."""
    places = range(start, min(end, sentence.end))
    folded = (at for at in places if sentence.words[at].folded == "to")
    return next((at for at in folded if is_verb(sentence, at + 1)), None)


def verb_after(sentence: Sentence, start: int) -> int | None:
    """Return the verb after a modal, whatever adverb or aside stands between."""
    at = start
    while at < min(start + 40, sentence.end):
        word = sentence.words[at]
        if word.text == ",":
            comma = sentence.next_of(",", at + 1)
            if comma is None:
                return None
            at = comma + 1
        elif word.is_form("infinitive") or word.folded in ("be", "do"):
            return at
        elif is_adverb(word) or word.folded in ("each", "not", "continue"):
            at += 1
        else:
            return at if may_be_verb(word) else None
    return None


def may_be_verb(word: Word) -> bool:
    """Tell whether a word that no list has may be a verb that binds, where one is expected."""
    return (
        word.text.isalpha()
        and word.text.islower()
        and len(word.text) > 2
        and not word.folded.endswith("ly")
        and word.folded not in _NO_DUTY
    )


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a participle follows *be*."""
    at = after_adverbs(sentence, verb + 1)
    if at >= sentence.end:
        return False
    word = sentence.words[at]
    return word.is_form("past") or (
        word.folded.endswith("ed") and not word.folded.startswith("un")  # "remain unchanged"
    )


def tells_how(sentence: Sentence, verb: int, *, passive: bool) -> bool:
    """Tell whether a verb says how something is or is done, and nobody has to see to it.

    *will be based on the report*, *should only be printed*, *shall work according to the rules*.
    Where the text says by whom or by when, somebody has to.
    """
    words = sentence.words
    done = min(after_adverbs(sentence, verb + 1), sentence.end - 1) if passive else verb
    form = words[done].form("past" if passive else "infinitive")
    name = form.verb if form else ""
    following = sentence.folded_from(done + 1, 5)
    if passive and name in _AMENDING:  # "shall be replaced by “the Board”"
        near = words[max(sentence.start, done - _NEAR) : min(done + _NEAR, sentence.end)]
        if "following" in following or any(word.quoted for word in near):
            return True
    if passive and name in _DESCRIBING_PASSIVE:
        return True
    if sentence.next_of(_TIME_CUES, done, done + _NEAR) is not None:
        return False
    if passive:
        beside = (sentence.folded_before(verb), words[verb].folded, sentence.folded_at(verb + 1))
        if name in _DELIBERATING or "only" in beside:
            return True
    return (passive or name in _OF_MANNER) and _MANNER.match(" ".join(following)) is not None


# --- subordinate clauses -------------------------------------------------------------------------


def governor_of(sentence: Sentence, place: int) -> int | None:
    """Return the *that* or *which* on which a verb depends, or None."""
    for at in range(place - 1, sentence.start - 1, -1):
        word = sentence.words[at]
        if word.folded not in _RELATIVES or word.quoted or sentence.mention_over(at):
            continue
        if at + 1 < place and sentence.words[at + 1].folded in _OF_ASIDE:
            continue  # "and, where appropriate, Kenya shall"
        is_plain = not sentence.words[at + 1].is_form("present")
        if word.folded == "that" and is_plain and sentence.folded_before(at) in PREPOSITIONS:
            continue  # "of that text"
        finite = _describes_party(sentence, at, place) or any(
            _is_finite(sentence, later, at) for later in range(at + 1, place)
        )
        return None if finite else at
    return None


def _describes_party(sentence: Sentence, at: int, place: int) -> bool:
    """Tell whether a relative clause has its own verb: *members that fish there were asked*."""
    named = sentence.mention_before(at)
    if named is None or at + 2 >= place:
        return False
    if sentence.words[at].folded == "that" and named.group == "party":
        return False  # "the statement by Kenya that fees were paid"
    following = sentence.words[at + 1]
    return (
        following.text.isalpha()
        and following.text.islower()
        and following.folded not in DETERMINERS | PREPOSITIONS
        and not sentence.mention_over(at + 1)
    )


def _is_finite(sentence: Sentence, at: int, governor: int) -> bool:
    word = sentence.words[at]
    if word.folded in _FINITE:
        return True
    if word.is_form("infinitive"):
        return at == governor + 1
    return (
        word.is_form("past", "present")
        and sentence.words[at - 1].folded not in DETERMINERS | PREPOSITIONS
        and not sentence.mention_over(at)
    )


# --- subjects ------------------------------------------------------------------------------------


def meeting_before(sentence: Sentence, at: int) -> bool:
    """Tell whether the subject before a verb is the meeting or those who sit in it."""
    if sentence.mention_before(at):
        return True
    subject = sentence.words[sentence.start : at]
    if any(word.text == "," for word in subject[-2:]):
        return False
    return bool(subject) and subject[-1].folded in MEETING


def subject_of(sentence: Sentence, start: int, verb: int) -> WordSpan | None:
    """Return the words of the subject before a verb: a party, or somebody the register lacks."""
    found = _SUBJECT.subject_of(sentence, start, verb)
    if found is None:
        return actor_before(sentence, start, verb)
    end = found[1]
    while end < verb and sentence.words[end].folded in ACTORS:
        end += 1  # "the TC 5 editors"
    return found[0], end


def actor_before(sentence: Sentence, start: int, verb: int) -> WordSpan | None:
    """Return the subject before a verb where it is a person, an office or a group of people.

    The register has none of its names: *the project leaders*, *Mr. Smith*, *the chair of the task
    force*, *SPAG*. The meeting itself, *the Committee*, is none.
    """
    words = sentence.words
    last = verb - 1
    while last > start and (is_adverb(words[last]) or words[last].folded in _ALL):
        last -= 1
    opening = {")": "(", ",": ","}.get(words[last].text) if last > start else None
    if opening:  # "the Chair, Ms. Lind, is to", "the Chair (Ms. Lind) is to"
        aside = range(last - 1, max(start, last - 10), -1)
        last = next((p for p in aside if words[p].text == opening), start) - 1
    if last < start:
        return None
    over = sentence.mention_over(last)
    if over is None and not _is_actor(sentence, last, start):
        return None
    first = over.start if over else last
    while True:
        first = _begin_of_nouns(sentence, first, start)
        joint = sentence.folded_before(first) if first > start else ""
        head = first - 2
        if not joint or head < start or not _is_actor(sentence, head, start):
            break
        if joint not in PREPOSITIONS and joint not in ("and", ","):
            break
        first = head
    folded = [word.folded for word in words[first : last + 1]]
    is_meeting = folded[-1] in MEETING and DETERMINERS.issuperset(folded[:-1])
    if joint in PREPOSITIONS or is_meeting:
        return None
    return first, last + 1


_ALL = frozenset({"all", "both", "each"})
_NO_NOUNS = PREPOSITIONS | _RELATIVES | MODALS | BE | {"and", "or", "but"}


def _is_actor(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether a word is the noun of people who act, an acronym, or a person's name."""
    word = sentence.words[at]
    if word.quoted:
        return False
    if word.folded in ACTORS:
        return True
    letters = word.text.replace("/", "").replace("-", "")
    acronym = letters.removesuffix("s")  # "RMOs"
    if acronym.isalpha() and acronym.isupper() and len(acronym) > 1:
        return not set(word.folded) <= _ROMAN
    if not letters.isalpha() or not word.text[0].isupper() or at == start:
        return False
    first = at
    while first - 1 >= start and at - first < 3 and sentence.words[first - 1].text.istitle():
        first -= 1
    titled = max(start, first - 1 - (sentence.folded_before(first) == "."))
    if {sentence.words[p].folded.rstrip(".") for p in (titled, first)} & _PERSON_TITLES:
        return True
    return first == start < at and sentence.words[first].folded not in DETERMINERS | _NO_NOUNS


def _begin_of_nouns(sentence: Sentence, at: int, start: int) -> int:
    """Return where the words begin that belong to a noun: *the first* of *the first editor*."""
    while at > start:
        word = sentence.words[at - 1]
        if word.folded in DETERMINERS:
            return at - 1
        if word.folded in _NO_NOUNS or word.quoted or not word.text[0].isalnum():
            return at
        if word.is_form("past", "present") and not word.is_form("infinitive"):
            return at
        at -= 1
    return at


def is_preamble(sentence: Sentence, place: int, before: list[Clause]) -> bool:
    """Tell whether a verb is in a reason, not closed by a comma: *considering a draft will be*."""
    floor = before[-1].place if before else sentence.start - 1
    for at in range(place - 1, floor, -1):
        word = sentence.words[at]
        if word.text == "," and sentence.words[at + 1].folded != "and":
            return False
        if word.folded in PREAMBLE and not word.quoted:
            return sentence.folded_before(at) not in PREPOSITIONS
    return False


def inherited(sentence: Sentence, place: int, before: list[Clause]) -> WordSpan | None:
    """Return the subject of the verb before, which a joined one shares: *and shall report*."""
    return shared_subject(sentence, place, ("and", "but", ","), before)
