"""The heads of an English sentence."""

from grcm_cli.minutes.heads import Head, Sentence, Span
from grcm_cli.minutes.mentions import Mention
from grcm_cli.minutes.words import Word
from grcm_cli.wording.acts import ACT_OF, JUDGING, NOT_DONE_BY_ANYBODY, URGING, Act
from grcm_cli.wording.spanish import Form

_ACTS = ACT_OF["en"]
_DETERMINERS = frozenset(
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
_MODALS = frozenset({"shall", "will", "should", "must", "would"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_IS = frozenset({"is", "are", "was", "were"})
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
_ADVERBS = frozenset(
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
        "once",
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
_LEADS = frozenset(
    {
        "in",
        "pursuant",
        "further",
        "following",
        "having",
        "recalling",
        "noting",
        "with",
        "as",
        "on",
        "for",
        "taking",
        "acknowledging",
        "considering",
        "after",
        "under",
        "within",
        "at",
        "by",
        "to",
    }
)
_CREATE = frozenset({"establish", "create", "set", "constitute", "form"})
_PREPOSITIONS = frozenset(
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


def heads(sentence: Sentence) -> list[Head]:
    """Return the acts and duties of a sentence, in its order."""
    found: list[Head] = []
    place = sentence.start
    while place < sentence.end:
        head = _head(sentence, place, found)
        if head is not None:
            found.append(head)
            if head.doing:
                place = max(place, head.doing[0])
        place += 1
    return found


def _head(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    word = sentence.words[place]
    if word.quoted or sentence.mention_over(place):
        return None
    if word.folded in _MODALS:
        return _modal(sentence, place, before)
    if word.folded in (
        "undertakes",
        "undertake",
        "undertook",
        "commits",
        "pledges",
        "pledged",
        "undertaken",
    ):
        return _pledge(sentence, place, before)
    if word.folded in ("can", "may", "could", "might", *_MODALS) and before and before[-1].doing:
        aim = _aim(sentence, place, before)
        if aim:
            return aim
    if word.folded in _MODALS:
        return _modal(sentence, place, before)
    if word.folded == "to" and not before and place > sentence.start:
        return _to_do(sentence, place)
    if word.folded in _IS:
        return _asked(sentence, place, before)
    falls = _falls_to(sentence, place, before)
    if falls:
        return falls
    if word.folded in ("reported", "presented", "informed", "briefed") and not before:
        if any(mention.end == place for mention in sentence.mentions) and not _governed(
            sentence, place
        ):
            return Head(place, "observing", word.folded, sentence.start)
    for form in word.forms:
        if form.verb in _ACTS and form.mood != "gerund":
            act = _act(sentence, place, form, before)
            if act:
                return _acting(sentence, place, form, act, before)
    gerund = word.form("gerund")
    if (
        gerund
        and gerund.verb in _ACTS
        and place > sentence.start
        and sentence.words[place - 1].text == ","
    ):
        act = _what_act(sentence, place, gerund)
        return _acting(sentence, place, gerund, act, before) if act else None
    infinitive = word.form("infinitive")
    if infinitive and _opens(sentence, place, before):
        return Head(place, "directive", infinitive.verb, place, None, (place, sentence.end))
    return None


def _is_adverb(word: Word) -> bool:
    manner = word.folded.endswith("ly") and word.text.islower()
    return word.folded in _ADVERBS or manner


def _opens(sentence: Sentence, place: int, before: list[Head]) -> bool:
    """Tell whether a verb opens a sentence, as in *Prepare a note*, *To circulate the text*."""
    if place == sentence.start:
        return True
    previous = sentence.words[place - 1]
    if previous.folded == "to" and place - 1 == sentence.start:
        return True
    listed = previous.text in (":", ")") and sentence.words[place].text.islower()
    return listed and sentence.is_item and not before


# --- the meeting's own acts --------------------------------------------------------------------


def _act(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Act | None:
    if not _is_own(sentence, place, form, before):
        return None
    if (
        before
        and before[-1].doing
        and form.verb in ("inform", "consider", "examine", "review", "receive", "hear")
    ):
        return None  # part of what is to be done: "keep the Directors informed"
    return _what_act(sentence, place, form)


def _what_act(sentence: Sentence, place: int, form: Form) -> Act | None:
    beside = [word.folded for word in sentence.words[place + 1 : min(place + 8, sentence.end)]]
    verb = form.verb
    if verb == "take":
        return "observing" if "note" in beside or "cognizance" in beside else None
    if verb == "call":
        return "directive" if beside[:1] in (["on"], ["upon"]) or "for" in beside[:1] else None
    if verb == "express":
        if {"commitment", "determination", "support", "willingness"} & set(beside):
            return "reinforcing"
        return "evaluative"
    if verb == "pay":
        return "evaluative" if "tribute" in beside else None
    if verb in ("set", "form"):
        return "deciding" if beside[:1] == ["up"] else None
    if verb in ("recognize", "recognise", "acknowledge"):
        return "reinforcing" if {"importance", "need"} & set(beside[:4]) else "evaluative"
    if verb == "note":
        return (
            "evaluative"
            if {"satisfaction", "appreciation", "concern"} & set(beside[:4])
            else "observing"
        )
    if verb in ("ask", "task", "require", "order", "direct", "appeal", "advise") and not beside:
        return None
    return _ACTS[verb]


def _is_own(sentence: Sentence, place: int, form: Form, before: list[Head]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    words = sentence.words
    at = place
    while at > sentence.start and _is_adverb(words[at - 1]):
        at -= 1
    previous = words[at - 1].folded if at > sentence.start else ""
    if (
        previous in _DETERMINERS
        or words[place - 1].folded in _DETERMINERS
        and place > sentence.start
    ):
        return False
    if previous in ("has", "have", "had"):
        previous = words[at - 2].folded if at - 2 >= sentence.start else ""
        at -= 1
    if form.mood == "infinitive":
        if previous == "to":
            earlier = words[at - 2] if at - 2 >= sentence.start else None
            return at - 1 == sentence.start or bool(
                earlier and before and before[-1].act == "deciding" and before[-1].place == at - 2
            )
        plural = _meeting_before(sentence, at) and not _governed(sentence, at)
        return (
            previous == ""
            or plural
            or (previous in ("and", ",", ":") and _same_mood(words, before, "infinitive"))
        )
    if previous in ("", ":", ";"):
        return True
    if previous == "," and not before and words[sentence.start].folded in _LEADS:
        return True
    if previous in ("and", ",", "but"):
        return (
            bool(before)
            and _same_mood(words, before, form.mood)
            and not _inside_relative(sentence, at, before)
        )
    if _governed(sentence, at):
        return False
    return _meeting_before(sentence, at)


def _same_mood(words: object, before: list[Head], mood: str) -> bool:
    if not before:
        return False
    head = before[-1]
    word = words[head.place]  # type: ignore[index]
    return word.is_form(mood) or word.folded in _BE | _MODALS


def _inside_relative(sentence: Sentence, at: int, before: list[Head]) -> bool:
    """Tell whether a joined verb goes on with a relative clause: *which asked and urged*."""
    for place in range(at - 1, before[-1].place, -1):
        word = sentence.words[place]
        if word.text == ",":
            return False
        if word.folded in ("which", "who") and not word.quoted:
            return True
    return False


def _meeting_before(sentence: Sentence, at: int) -> bool:
    subject = sentence.words[sentence.start : at]
    if any(mention.end == at for mention in sentence.mentions):
        return True
    if any(word.text == "," for word in subject[-2:]):
        return False
    return bool(subject) and subject[-1].folded in _MEETING


def _governed(sentence: Sentence, place: int) -> bool:
    return _governor(sentence, place) is not None


def _governor(sentence: Sentence, place: int) -> int | None:
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
        if word.folded == "as" and not _as_clause(sentence, at):
            continue
        finite = [
            later
            for later in range(at + 1, place)
            if sentence.words[later].folded in _MODALS | _BE | {"has", "have", "had", "did", "does"}
            or (
                sentence.words[later].is_form("past", "present")
                and sentence.words[later - 1].folded not in _DETERMINERS | _PREPOSITIONS
                and not sentence.words[later].is_form("infinitive")
                and not sentence.mention_over(later)
            )
        ]
        return None if finite else at
    return None


def _is_demonstrative(sentence: Sentence, at: int) -> bool:
    return at > sentence.start and sentence.words[at - 1].folded in _PREPOSITIONS


def _as_clause(sentence: Sentence, at: int) -> bool:
    return False


def _acting(sentence: Sentence, place: int, form: Form, act: Act, before: list[Head]) -> Head:
    begin = _begin(sentence, place, before)
    if act == "directive":
        return _asked_too(sentence, place, form, before) or _asking(sentence, place, form, begin)
    if act == "deciding" and form.verb in ("agree", "decide", "resolve", "determine", "approve"):
        agreed = _agreed(sentence, place, form, begin)
        if agreed:
            return agreed
    return Head(place, act, form.verb, begin)


def _asked_too(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Head | None:
    """Return the second of *Members are thanked and invited to*, which has the same subject."""
    words = sentence.words
    joined = place > sentence.start and words[place - 1].folded in ("and", ",")
    if not joined or not before or words[before[-1].place].folded not in _IS or form.mood != "past":
        return None
    to = next(
        (
            p
            for p in range(place + 1, min(place + 14, sentence.end))
            if words[p].folded == "to" and _is_verb(sentence, p + 1)
        ),
        None,
    )
    who = _subject(sentence, sentence.start, before[-1].place)
    if to is None or who is None:
        return None
    return Head(
        place, "directive", form.verb, place, who, (to + 1, sentence.end), form.verb in URGING
    )


def _agreed(sentence: Sentence, place: int, form: Form, begin: int) -> Head | None:
    """Return the duty of *agreed that the Secretariat will*: of whoever is named there."""
    at = place + 1
    if at < sentence.end and sentence.words[at].text == ",":
        comma = next((p for p in range(at + 1, sentence.end) if sentence.words[p].text == ","), at)
        at = comma + 1
    if at >= sentence.end or sentence.words[at].folded != "that":
        return None
    return _that(sentence, place, form, begin, at)


def _that(sentence: Sentence, place: int, form: Form, begin: int, at: int) -> Head | None:
    """Return the duty after *that*: with a modal, or in the subjunctive after a request."""
    urging = form.verb in URGING
    modal = next(
        (
            p
            for p in range(at + 1, sentence.end)
            if sentence.words[p].folded in _MODALS and not sentence.words[p].quoted
        ),
        None,
    )
    if modal is not None:
        verb = _verb_after(sentence, modal + 1)
        urging = urging or sentence.words[modal].folded == "should"
    else:
        verb = next(
            (
                p
                for p in range(at + 1, sentence.end)
                if (sentence.words[p].is_form("infinitive") or sentence.words[p].folded == "be")
                and not sentence.mention_over(p)
                and sentence.words[p - 1].folded not in _DETERMINERS | _PREPOSITIONS
            ),
            None,
        )
        modal = verb
    if verb is None or modal is None:
        return None
    who = _subject(sentence, at + 1, modal)
    passive = sentence.words[verb].folded == "be" and _is_passive(sentence, verb)
    found = sentence.words[verb].form("infinitive")
    stative = (found.verb in NOT_DONE_BY_ANYBODY if found else True) and not passive
    if (
        who is None
        and not passive
        and form.verb not in ("request", "recommend", "direct", "instruct")
    ) or stative:
        return None
    return Head(
        place, "directive", form.verb, begin, who, (verb, sentence.end), urging, passive=passive
    )


def _asking(sentence: Sentence, place: int, form: Form, begin: int) -> Head:
    """Return a request: who is asked, and for what."""
    words = sentence.words
    urging = form.verb in URGING
    start = place + 1
    while start < sentence.end and words[start].folded in ("on", "upon"):
        start += 1
    for at in range(start, sentence.end):
        word = words[at]
        if word.quoted:
            continue
        if word.folded == "that" and at <= start + 1:
            found = _that(sentence, place, form, begin, at)
            if found:
                return found
        if word.text == ":":
            return Head(
                place, "directive", form.verb, begin, (start, at), (at + 1, sentence.end), urging
            )
        if word.folded == "to" and _is_verb(sentence, at + 1):
            if _depends_on_noun(sentence, at, start):
                continue
            what = _not_so(sentence, at + 1)
            pronoun = (
                words[start].folded in ("it", "them", "him", "her")
                if start < sentence.end
                else False
            )
            return Head(
                place,
                "directive",
                form.verb,
                begin,
                (start, at),
                (what, sentence.end),
                urging,
                pronoun,
            )
        if word.folded == "to" and at + 1 < sentence.end and words[at + 1].text == ":":
            return Head(
                place, "directive", form.verb, begin, (start, at), (at + 2, sentence.end), urging
            )
    what = (start, sentence.end) if start < sentence.end else None
    return Head(place, "directive", form.verb, begin, (start, sentence.end), what, urging)


def _depends_on_noun(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether *to* belongs to the words that describe who is asked: *in a position to do so*."""
    previous = sentence.words[at - 1].folded if at > start else ""
    if previous in (
        "position",
        "able",
        "failed",
        "yet",
        "wishing",
        "willing",
        "ready",
        "obliged",
        "invited",
    ):
        return True
    return False


def _not_so(sentence: Sentence, at: int) -> int:
    return at


def _is_verb(sentence: Sentence, at: int) -> bool:
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
        or word.folded in _DETERMINERS | {"which", "whom", "date"}
    ):
        return False
    following = sentence.words[at + 1].folded if at + 1 < sentence.end else ""
    return not word.folded.endswith("s") and (
        following in _DETERMINERS | {"it", "them", "up", "out", "on", "with"}
    )


# --- what somebody shall do --------------------------------------------------------------------


def _modal(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    words = sentence.words
    if words[place + 1 : place + 2] and words[place + 1].text == ":":
        return _listed(sentence, place)
    if words[place + 1 : place + 2] and words[place + 1].folded in ("not", "never"):
        return None
    verb = _verb_after(sentence, place + 1)
    if verb is None:
        return None
    found = words[verb].form("infinitive")
    passive = words[verb].folded == "be" and _is_passive(sentence, verb)
    if words[verb].folded == "be" and not passive:
        return None
    if not passive and (found is None or found.verb in NOT_DONE_BY_ANYBODY):
        return None
    governor = _governor(sentence, place)
    start = _begin(sentence, place, before)
    if governor is not None:
        if not (
            _creates(before) and words[governor].folded in ("which", "that", "who")
        ) and not _is_decided(sentence, governor, before):
            return None
        start = governor + 1
    who = _subject(sentence, start, place)
    each = any(word.folded == "each" for word in words[max(start, place - 1) : place + 2])
    if who is None and not passive:
        who = _inherited(sentence, place, before)
    if (
        who is None
        and not passive
        and not _creates(before)
        and words[place].folded in ("will", "would")
    ):
        return None
    if words[sentence.start].folded in ("should", "had", "were") and sentence.start == place:
        return None  # "Should the funds become available": a condition
    if (
        words[sentence.start].folded in ("had", "should", "were", "if")
        and words[place].folded == "would"
    ):
        return None
    name = found.verb if found else "be"
    span = (who[0], place + 2) if who and each else who
    if who is None and governor is not None and _creates(before):
        span = (before[-1].place + 1, governor)
    return Head(
        place,
        "directive",
        name,
        start,
        span,
        (verb, sentence.end),
        words[place].folded == "should",
        passive=passive,
    )


def _inherited(sentence: Sentence, place: int, before: list[Head]) -> Span | None:
    """Return the subject of the verb before, which a joined one shares: *and shall report*."""
    joined = place > sentence.start and sentence.words[place - 1].folded in ("and", "but", ",")
    if not joined or not before or before[-1].place < sentence.start or not before[-1].doing:
        return None
    return before[-1].who


def _listed(sentence: Sentence, place: int) -> Head | None:
    """Return the duties that stand as items under *The Secretariat will:*."""
    who = _subject(sentence, sentence.start, place)
    doing = (place + 2, sentence.end) if place + 2 < sentence.end else None
    return Head(place, "directive", "", sentence.start, who, doing) if who else None


def _creates(before: list[Head]) -> bool:
    return bool(before) and before[-1].verb in _CREATE


def _is_decided(sentence: Sentence, governor: int, before: list[Head]) -> bool:
    if not before or before[-1].act not in ("deciding", "directive"):
        return False
    previous = sentence.words[governor - 1].folded if governor > sentence.start else ""
    return previous in ("and", ",", ";") or governor - before[-1].place <= 2


def _aim(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty in *so that Spain can present*: of whoever is named there."""
    words = sentence.words
    verb = _verb_after(sentence, place + 1)
    form = words[verb].form("infinitive") if verb is not None else None
    if verb is None or form is None or form.verb in JUDGING:
        return None
    for at in range(place - 1, max(before[-1].place, place - 14), -1):
        pair = (words[at - 1].folded, words[at].folded)
        if pair in (("so", "that"), ("order", "that")):
            who = (at + 1, place)
            pronoun = words[at + 1].folded in ("it", "they", "the", "latter")
            if sentence.within(who):
                return Head(
                    place, "directive", form.verb, at - 1, who, (verb, sentence.end), purpose=True
                )
            if pronoun and words[at + 1].folded in ("it", "they"):
                return Head(
                    place,
                    "directive",
                    form.verb,
                    at - 1,
                    who,
                    (verb, sentence.end),
                    antecedent=True,
                    purpose=True,
                )
            return None
    return None


_FALL = frozenset({"falls", "incumbent", "rests"})
_CHARGED = frozenset({"charged", "entrusted", "tasked", "responsible"})


def _falls_to(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *it falls to X to*, *is charged with convening*, *agreed to test*."""
    words = sentence.words
    word = words[place]
    if word.folded in _FALL:
        who = next(
            ((m.start, m.end) for m in sentence.mentions if place < m.start <= place + 5), None
        )
        to = next(
            (
                p
                for p in range(place + 1, sentence.end)
                if words[p].folded == "to"
                and _is_verb(sentence, p + 1)
                and (who is None or p >= who[1])
            ),
            None,
        )
        if who and to:
            return Head(place, "directive", "fall", sentence.start, who, (to + 1, sentence.end))
    if (
        word.folded in ("agree", "agrees", "agreed", "offers", "offered", "volunteered", "promised")
        and place + 2 < sentence.end
        and words[place + 1].folded == "to"
    ):
        begin = _begin(sentence, place, before)
        who = _subject(sentence, begin, place) or _inherited(sentence, place, before)
        meets = who is not None and any(
            m.code and not m.each and m.start >= who[0] and sentence.is_meeting(m)
            for m in sentence.within(who)
        )
        if who and not meets and not _governed(sentence, place) and words[place + 2].folded != "be":
            return Head(place, "directive", "agree", begin, who, (place + 2, sentence.end))
    return None


def _pledge(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    to = place + 1
    if to < sentence.end and sentence.words[to].folded in ("itself", "themselves"):
        to += 1
    if to + 1 >= sentence.end or sentence.words[to].folded != "to":
        return None
    begin = _begin(sentence, place, before)
    who = _subject(sentence, begin, place)
    if who is None or _governed(sentence, place):
        return None
    return Head(place, "directive", "undertake", begin, who, (to + 1, sentence.end))


def _to_do(sentence: Sentence, place: int) -> Head | None:
    """Return the duty of an action point: *Uganda to share its experience*."""
    words = sentence.words
    named = any(mention.end == place for mention in sentence.mentions)
    following = words[place + 1].text if place + 1 < sentence.end else ""
    likely = named and following.isalpha() and following.islower() and following not in _DETERMINERS
    if not (likely or _is_verb(sentence, place + 1)) or any(
        w.quoted for w in words[place : place + 2]
    ):
        return None
    earlier = words[sentence.start : place]
    if any(
        w.folded in _MODALS | _BE
        or (
            w.is_form("past", "present")
            and not w.is_form("infinitive")
            and not sentence.mention_over(sentence.start + p)
        )
        for p, w in enumerate(earlier)
    ):
        return None
    who = _subject(sentence, sentence.start, place)
    if who is not None and who[0] > sentence.start + 3:
        return None  # an action point begins with whoever is to act
    verb = place + 1
    passive = words[verb].folded == "be"
    if who is None and not passive:
        return None
    found = words[verb].form("infinitive")
    return Head(
        place,
        "directive",
        found.verb if found else "be",
        sentence.start,
        who,
        (verb, sentence.end),
        passive=passive,
    )


def _asked(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what is said in the passive: *was requested to*, *was thanked*, *is to submit*."""
    words = sentence.words
    at = place + 1
    while at < sentence.end and (
        words[at].folded in _ADVERBS
        or words[at].folded.endswith("ly")
        or words[at].folded in ("reminded", "each", "both", "all", "authorized", "authorised")
        or (words[at].folded == "and" and words[at - 1].folded in ("authorized", "authorised"))
    ):
        at += 1
    if at >= sentence.end:
        return None
    if words[place - 1].folded == "which" and words[place].folded in ("is", "are"):
        return _asked_by_which(sentence, place, at)
    if _governed(sentence, place):
        return None
    begin = _begin(sentence, place, before)
    if words[at].folded == "to" and _is_verb(sentence, at + 1):
        who = _subject(sentence, begin, place)
        passive = words[at + 1].folded == "be"
        if who is None and not passive:
            return None
        found = words[at + 1].form("infinitive")
        return Head(
            place,
            "directive",
            found.verb if found else "be",
            begin,
            who,
            (at + 1, sentence.end),
            passive=passive,
        )
    if (
        words[at].folded in _CHARGED
        and at + 2 < sentence.end
        and words[at + 1].folded in ("with", "for")
    ):
        who = _subject(sentence, begin, place)
        return (
            Head(place, "directive", "charge", begin, who, (at + 2, sentence.end)) if who else None
        )
    form = words[at].form("past")
    if form is None or form.verb not in _ACTS:
        return None
    stem_to = at + 2 < sentence.end and words[at + 1].folded == "to" and words[at + 2].text == ":"
    if stem_to and _ACTS[form.verb] == "directive":
        who = _subject(sentence, begin, place)
        doing = (at + 3, sentence.end) if at + 3 < sentence.end else None
        return Head(place, "directive", form.verb, begin, who, doing, form.verb in URGING)
    if words[at + 1 : at + 2] and words[at + 1].text == ":" and _ACTS[form.verb] == "directive":
        who = _subject(sentence, begin, place)
        doing = (at + 2, sentence.end) if at + 2 < sentence.end else None
        return Head(place, "directive", form.verb, begin, who, doing, form.verb in URGING)
    if (
        form.verb in ("agree", "decide", "resolve")
        and begin < sentence.end
        and any(w.folded == "it" for w in words[begin:place])
    ):
        return _agreed(sentence, at, form, begin) or Head(place, "deciding", form.verb, begin)
    if form.verb == "inform":
        return Head(place, "observing", form.verb, begin)
    act = _ACTS[form.verb]
    if act != "directive":
        return (
            Head(place, act, form.verb, begin)
            if _subject(sentence, begin, place) or act in ("deciding", "evaluative")
            else None
        )
    to = next(
        (
            p
            for p in range(at + 1, min(at + 14, sentence.end))
            if words[p].folded == "to" and _is_verb(sentence, p + 1)
        ),
        None,
    )
    if to is None:
        if any(w.folded == "it" for w in words[begin:place]):
            that = next(
                (p for p in range(at + 1, min(at + 3, sentence.end)) if words[p].folded == "that"),
                None,
            )
            return _that(sentence, place, form, begin, that) if that is not None else None
        return None
    return Head(
        place,
        "directive",
        form.verb,
        begin,
        _subject(sentence, begin, place),
        (to + 1, sentence.end),
        form.verb in URGING,
    )


def _asked_by_which(sentence: Sentence, place: int, at: int) -> Head | None:
    """Return the duty of *the Council, which is requested to rule on it*: of whom it follows."""
    words = sentence.words
    form = words[at].form("past")
    named = next((m for m in sentence.mentions if m.end in (place - 1, place - 2)), None)
    if form is None or _ACTS.get(form.verb) != "directive" or named is None:
        return None
    to = next(
        (
            p
            for p in range(at + 1, min(at + 6, sentence.end))
            if words[p].folded == "to" and _is_verb(sentence, p + 1)
        ),
        None,
    )
    if to is None:
        return None
    return Head(
        place,
        "directive",
        form.verb,
        place,
        (named.start, named.end),
        (to + 1, sentence.end),
        form.verb in URGING,
    )


# --- the parts of a clause ---------------------------------------------------------------------


def _begin(sentence: Sentence, place: int, before: list[Head]) -> int:
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


def _verb_after(sentence: Sentence, start: int) -> int | None:
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
        if word.folded in _ADVERBS | {"each", "not", "continue"} or word.folded.endswith("ly"):
            at += 1
            continue
        return at if word.text.islower() and word.folded not in _DETERMINERS | {"not"} else None
    return None


def _is_passive(sentence: Sentence, verb: int) -> bool:
    at = verb + 1
    while at < sentence.end and (
        sentence.words[at].folded in _ADVERBS or sentence.words[at].folded.endswith("ly")
    ):
        at += 1
    return at < sentence.end and (
        sentence.words[at].is_form("past") or sentence.words[at].folded.endswith("ed")
    )


def _subject(sentence: Sentence, start: int, verb: int) -> Span | None:
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
        sentence.words[at].folded in _DETERMINERS
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
    return word not in _PREPOSITIONS
