"""The parts of an English clause: its subject, the word it depends on, its passive."""

from grcm_cli.drafting.heads import Head, Sentence, Span
from grcm_cli.drafting.mentions import Mention
from grcm_cli.drafting.words import Word

DETERMINERS = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "their",
        "this",
        "that",
        "these",
        "those",
        "all",
        "each",
        "every",
        "any",
        "no",
        "his",
        "her",
        "such",
        "both",
    }
)
MODALS = frozenset({"shall", "will", "should", "must", "would"})
BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
IS = frozenset({"is", "are", "was", "were"})
_RELATIVES = frozenset(
    {
        "that",
        "which",
        "who",
        "whose",
        "whom",
        "where",
        "when",
        "if",
        "as",
        "while",
        "whether",
        "how",
        "what",
    }
)
ADVERBS = frozenset(
    {
        "also",
        "further",
        "furthermore",
        "moreover",
        "additionally",
        "again",
        "hereby",
        "warmly",
        "jointly",
        "accordingly",
        "therefore",
        "in",
        "unanimously",
        "deeply",
        "strongly",
        "sincerely",
        "formally",
        "once",
        "particularly",
        "especially",
        "likewise",
        "then",
        "more",
        "thus",
        "so",
        "duly",
    }
)
_MEETING = frozenset(
    {
        "meeting",
        "conference",
        "council",
        "committee",
        "commission",
        "group",
        "assembly",
        "board",
        "delegations",
        "ministers",
        "participants",
        "delegates",
        "heads",
        "representatives",
        "bureau",
        "forum",
        "plenary",
        "parties",
        "members",
        "session",
        "panel",
        "it",
        "they",
        "we",
        "network",
        "directors",
        "states",
    }
)
PREPOSITIONS = frozenset(
    {
        "of",
        "in",
        "with",
        "for",
        "from",
        "by",
        "on",
        "at",
        "between",
        "among",
        "to",
        "under",
        "within",
        "except",
        "than",
        "as",
        "against",
        "into",
        "without",
    }
)


def is_adverb(word: Word) -> bool:
    """Tell whether a word only tells how: *warmly*, *also*."""
    manner = word.folded.endswith("ly") and word.text.islower()
    return word.folded in ADVERBS or manner


def meeting_before(sentence: Sentence, at: int) -> bool:
    """Tell whether the subject before a verb is the meeting or those who sit in it."""
    subject = sentence.words[sentence.start : at]
    if any(mention.end == at for mention in sentence.mentions):
        return True
    if any(word.text == "," for word in subject[-2:]):
        return False
    return bool(subject) and subject[-1].folded in _MEETING


def governed(sentence: Sentence, place: int) -> bool:
    """Tell whether a verb depends on a *that* or a *which*."""
    return governor_of(sentence, place) is not None


def governor_of(sentence: Sentence, place: int) -> int | None:
    """Return the *that* or *which* on which a verb depends, or None."""
    for at in range(place - 1, sentence.start - 1, -1):
        word = sentence.words[at]
        if word.folded not in _RELATIVES or word.quoted or sentence.mention_over(at):
            continue
        if (
            word.folded == "that"
            and at + 1 < sentence.end
            and sentence.words[at + 1].is_form("present") is False
            and _is_demonstrative(sentence, at)
        ):
            continue
        if word.folded == "as":
            continue  # "as amended by Kenya"
        finite = [
            later
            for later in range(at + 1, place)
            if sentence.words[later].folded in MODALS | BE | {"has", "have", "had", "did", "does"}
            or (
                sentence.words[later].is_form("past", "present")
                and sentence.words[later - 1].folded not in DETERMINERS | PREPOSITIONS
                and not sentence.words[later].is_form("infinitive")
                and not sentence.mention_over(later)
            )
            or (later == at + 1 and sentence.words[later].is_form("infinitive"))
        ]
        return None if finite else at
    return None


def _is_demonstrative(sentence: Sentence, at: int) -> bool:
    return at > sentence.start and sentence.words[at - 1].folded in PREPOSITIONS


def is_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether the word after *to* is a verb: known as one, or before an object."""
    if at >= sentence.end:
        return False
    word = sentence.words[at]
    while word.folded.endswith("ly") and at + 1 < sentence.end:
        at += 1
        word = sentence.words[at]
    if word.is_form("infinitive") or word.folded in ("be", "do", "ensure"):
        return True
    if (
        not word.text.isalpha()
        or not word.text.islower()
        or word.folded in DETERMINERS | {"which", "whom", "date"}
    ):
        return False
    following = sentence.words[at + 1].folded if at + 1 < sentence.end else ""
    return not word.folded.endswith("s") and (
        following in DETERMINERS | {"it", "them", "up", "out", "on", "with"}
    )


def inherited(sentence: Sentence, place: int, before: list[Head]) -> Span | None:
    """Return the subject of the verb before, which a joined one shares: *and shall report*."""
    joined = place > sentence.start and sentence.words[place - 1].folded in ("and", "but", ",")
    if not joined or not before or before[-1].place < sentence.start or not before[-1].doing:
        return None
    return before[-1].who


def begin_of(sentence: Sentence, place: int, before: list[Head]) -> int:
    """Return where the clause of a verb begins: behind the head before it."""
    if not before:
        return sentence.start
    floor = before[-1].place + 1
    for at in range(place - 1, floor, -1):
        word = sentence.words[at]
        if word.text in (":", ",") or word.folded in ("and", "but"):
            if (
                word.folded == "and"
                and any(m.end == at for m in sentence.mentions)
                and any(m.start in (at + 1, at + 2) for m in sentence.mentions)
            ):
                continue
            return at + 1
    return floor


def verb_after(sentence: Sentence, start: int) -> int | None:
    """Return the verb after a modal, whatever adverb or aside stands between."""
    at = start
    while at < min(start + 40, sentence.end):
        word = sentence.words[at]
        if word.text == ",":
            comma = next(
                (p for p in range(at + 1, sentence.end) if sentence.words[p].text == ","), None
            )
            if comma is None:
                return None
            at = comma + 1
            continue
        if word.is_form("infinitive") or word.folded == "be":
            return at
        if word.folded in ADVERBS | {"each", "not", "continue"} or word.folded.endswith("ly"):
            at += 1
            continue
        return at if word.text.islower() and word.folded not in DETERMINERS | {"not"} else None
    return None


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a participle follows *be*."""
    at = verb + 1
    while at < sentence.end and (
        sentence.words[at].folded in ADVERBS or sentence.words[at].folded.endswith("ly")
    ):
        at += 1
    return at < sentence.end and (
        sentence.words[at].is_form("past") or sentence.words[at].folded.endswith("ed")
    )


def subject_of(sentence: Sentence, start: int, verb: int) -> Span | None:
    """Return the words of the subject before a verb, where they name a party or a group."""
    named = [m for m in sentence.within((start, verb)) if _may_be_subject(sentence, m, start)]
    if not named:
        return None
    first = last = named[-1]
    for mention in reversed(named[:-1]):
        between = {w.folded for w in sentence.words[mention.end : first.start]}
        if between <= {",", "and", "the", "together", "with", "jointly", "as", "well"}:
            first = mention
        else:
            break
    return first.start, last.end


_OF = frozenset(
    {
        "up",
        "composed",
        "comprising",
        "consisting",
        "offices",
        "office",
        "services",
        "service",
        "administration",
        "administrations",
        "institutions",
        "experts",
        "ministers",
        "ministries",
        "customs",
        "ports",
        "government",
        "governments",
        "delegation",
        "delegations",
        "republic",
        "kingdom",
        "representative",
        "ministry",
        "authorities",
        "each",
        "all",
        "both",
    }
)


def _may_be_subject(sentence: Sentence, mention: Mention, start: int) -> bool:
    at = mention.start - 1
    while at >= start and (
        sentence.words[at].folded in DETERMINERS
        or sentence.words[at].folded in ("incoming", "outgoing", "current")
    ):
        at -= 1
    if at < start:
        return True
    word = sentence.words[at].folded
    if (
        word == "with"
        and at - 1 >= start
        and sentence.words[at - 1].folded in ("together", "jointly")
    ):
        return True
    if word == "of" and at - 1 >= start:
        return sentence.words[at - 1].folded in _OF
    return word not in PREPOSITIONS
