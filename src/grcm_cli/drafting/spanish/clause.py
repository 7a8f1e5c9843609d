"""The grammar of a Spanish clause: its subject, the word it depends on, the passive."""

from grcm_cli.drafting.finders import Clause, Sentence, SubjectWords, shared_subject
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.language.lexicon import lexicon

LEXICON = lexicon("es")
BEFORE_VERB = LEXICON.words("clause.before_verb")
DETERMINERS = LEXICON.words("clause.determiners")
MEETING = LEXICON.words("clause.meeting")
PREPOSITIONS = LEXICON.words("clause.prepositions")
ACTORS = LEXICON.words("clause.actors")
_PERSON_TITLES = LEXICON.words("clause.person_titles")
_DEMONSTRATIVES = LEXICON.words("clause.demonstratives")
_RELATIVES = LEXICON.words("clause.relatives")
_RELATIVE_PRONOUNS = frozenset(["que", "cual", "cuales", "quien", "cuyo", "cuya", "cuyas", "cuyos"])
_WISHING = frozenset({"desear", "querer"})
_SUBJECT = SubjectWords(LEXICON, of=("de", "del", "por"), with_="con", before_verb=BEFORE_VERB)


def is_label(sentence: Sentence, place: int) -> bool:
    """Tell whether the word at a place ends a label: *a)*."""
    return place > sentence.start and sentence.words[place].text == ")"


def begins_clause(sentence: Sentence, place: int) -> bool:
    """Tell whether a word begins a clause."""
    return place == sentence.start or sentence.words[place - 1].folded in ("y", "e", ",", ":", ")")


def clause_begin(sentence: Sentence, place: int, before: list[Clause]) -> int:
    """Return where a verb's clause begins: after the last sign or joint behind the one before."""
    floor = before[-1].place + 1 if before else sentence.start
    for at in range(place - 1, floor, -1):
        word = sentence.words[at]
        joined = word.folded in ("y", "e") and before and not sentence.mention_over(at)
        if word.text == ":" or (joined and at >= place - 2):
            return at + 1
    return floor if not before else max(floor, place)


def after_aside(sentence: Sentence, comma: int) -> int:
    """Return the place after an aside between commas."""
    end = sentence.next_of(",", comma + 1)
    return sentence.end if end is None else end + 1


# --- verbs ---------------------------------------------------------------------------------------


def first_verb(sentence: Sentence, start: int, moods: tuple[str, ...]) -> int | None:
    """Return the first verb in one of some moods that is not inside a relative clause."""
    is_relative = False
    for at in range(start, sentence.end):
        word = sentence.words[at]
        if sentence.mention_over(at):
            continue
        if word.folded in _RELATIVE_PRONOUNS and at > start:
            is_relative = True
        if word.is_form(*moods):
            if is_relative:
                is_relative = False
            elif not _is_noun(sentence, at):
                return at
    return None


def infinitive_after(sentence: Sentence, start: int) -> WordSpan | None:
    """Return the words from the first infinitive on, or None."""
    places = (p for p in range(start, sentence.end) if sentence.words[p].is_form("infinitive"))
    at = next((place for place in places if not sentence.mention_over(place)), None)
    return None if at is None else (at, sentence.end)


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether a form that is also a noun stands after an article: *la cuenta*, *el cargo*."""
    if at > 1 and sentence.words[at - 2].folded in ("que", "no", "y"):
        return False  # "que la notificara"
    return (
        at > 0
        and sentence.words[at - 1].folded in DETERMINERS | {"de", "del", "en", "con", "por", "al"}
        and not sentence.words[at].is_form("infinitive")
    )


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is passive: *se circulará*, *será enviado*, *sea trasladada*."""
    if verb >= sentence.end:
        return False
    if sentence.folded_before(verb) == "se":
        return True
    form = sentence.words[verb].form("subjunctive", "future", "infinitive")
    is_be = form is not None and form.verb == "ser" and verb + 1 < sentence.end
    return is_be and sentence.words[verb + 1].is_form("participle")


# --- subordinate clauses -------------------------------------------------------------------------


def is_relative(sentence: Sentence, at: int) -> bool:
    """Tell whether *que* begins a relative clause: after a noun whose verb follows at once."""
    if at + 1 >= sentence.end:
        return False
    following = sentence.words[at + 1]
    if following.folded in ("aun", "todavia", "ya", "no") or end_of_those(sentence, at) is not None:
        return True
    return following.is_form("present", "past") and not following.is_form("subjunctive")


def end_of_those(sentence: Sentence, que: int) -> int | None:
    """Return where words end that only say of whom something is asked; None where they ask.

    *(los países) que a la fecha no hayan pagado*: a perfect tense, or a wish, asks nothing. What is
    asked for follows.
    """
    words = sentence.words
    verb = first_verb(sentence, que + 1, ("subjunctive",))
    if verb is None or verb > que + 8 or verb + 1 >= sentence.end:
        return None
    form = words[verb].form("subjunctive")
    is_perfect = words[verb + 1].is_form("participle")
    if form is None or not (form.verb in _WISHING or (form.verb == "haber" and is_perfect)):
        return None
    later = range(verb + 1, sentence.end)
    asked = (p for p in later if words[p].folded == "que" or words[p].is_form("infinitive"))
    return next(asked, None)


def governor_of(sentence: Sentence, place: int) -> int | None:
    """Return the *que* on which a verb depends, or None where it is the sentence's own."""
    for at in range(place - 1, sentence.start - 1, -1):
        word = sentence.words[at]
        by_rule = word.folded in ("conforme", "segun") and at + 1 < place
        if by_rule and sentence.words[at + 1].folded != "se":
            continue
        if word.folded in _RELATIVES and not word.quoted:
            finite = any(_is_finite(sentence, later) for later in range(at + 1, place))
            return None if finite else at
    return None


def _is_finite(sentence: Sentence, at: int) -> bool:
    return (
        sentence.words[at].is_form("present", "past", "future", "conditional", "subjunctive")
        and not _is_noun(sentence, at)
        and not sentence.mention_over(at)
    )


# --- subjects ------------------------------------------------------------------------------------


def meeting_before(sentence: Sentence, at: int) -> bool:
    """Tell whether the subject before a verb is the meeting or those who sit in it."""
    near = sentence.words[max(sentence.start, at - 8) : at]
    return any(word.folded in MEETING for word in near) or bool(sentence.mention_before(at))


def subject_of(sentence: Sentence, start: int, verb: int) -> WordSpan | None:
    """Return the words of the subject before a verb: a party, or somebody the register lacks."""
    return _SUBJECT.subject_of(sentence, start, verb) or actor_before(sentence, start, verb)


def actor_before(sentence: Sentence, start: int, verb: int) -> WordSpan | None:
    """Return the subject before a verb where it is a person, an office or a group of people.

    The register has none of its names: *los puntos focales*, *la señora Pérez*, *el CISC*. The
    meeting itself is none.
    """
    words = sentence.words
    end = verb
    while end > start and words[end - 1].folded in BEFORE_VERB | {"deberan"}:
        end -= 1
    first = _after_comma(sentence, start, end)
    if first == end and end - 1 > start:  # "el Comité, con apoyo de Canadá, presentará"
        aside = range(end - 2, start - 1, -1)
        end = next((at for at in aside if words[at].text == ","), start)
        first = _after_comma(sentence, start, end)
    if first >= end or any(_is_finite(sentence, at) for at in range(first, end)):
        return None
    head = first
    while head < end and words[head].folded in DETERMINERS | _BEFORE_NOUN:
        head += 1
    if head >= end or words[head].quoted or not _is_actor(sentence, head):
        return None
    alone = end - head == 1 and words[head].folded in MEETING
    is_meeting = alone and words[first].folded not in _DEMONSTRATIVES | {"cada"}
    return None if is_meeting else (first, end)


_BEFORE_NOUN = _DEMONSTRATIVES | LEXICON.words("clause.before_noun")


def _after_comma(sentence: Sentence, start: int, end: int) -> int:
    """Return the place after the last comma or colon of a span, or its start."""
    places = range(end - 1, start - 1, -1)
    return next((at + 1 for at in places if sentence.words[at].text in (",", ":")), start)


def _is_actor(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is a noun of people who act, an acronym, or the title of a person."""
    word = sentence.words[at]
    letters = word.text.replace("-", "").replace("/", "")
    is_acronym = letters.isalpha() and letters.isupper() and len(letters) > 2
    title = word.folded.rstrip(".") in _PERSON_TITLES
    return word.folded in ACTORS or title or (is_acronym and not set(letters) <= set("IVXLC"))


def inherited(sentence: Sentence, place: int, before: list[Clause]) -> WordSpan | None:
    """Return the subject of the verb before, which a joined verb shares: *elaborará y enviará*."""
    at = place
    while sentence.folded_before(at) in BEFORE_VERB | {"deberan", "debera"}:
        at -= 1
    return shared_subject(sentence, at, ("y", "e", "asimismo", "ademas", ","), before)


def next_named(sentence: Sentence, place: int) -> WordSpan | None:
    """Return the parties that are named just after a word, as far as they are joined."""
    first = next((m for m in sentence.mentions if place < m.start <= place + 8), None)
    if first is None:
        return None
    end = first.end
    for mention in (m for m in sentence.mentions if m.start >= first.end):
        between = {word.folded for word in sentence.words[end : mention.start]}
        if not between <= {",", "y", "e", "a", "la", "el", "los", "las", "al", "junto", "con"}:
            break
        end = mention.end
    return first.start, end
