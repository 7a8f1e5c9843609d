"""The actions that one verb lays down: items of a list, and verbs with objects of their own."""

import re
from collections.abc import Sequence
from itertools import pairwise

from grcm_cli.drafting.nouns_of_acts import joined_nouns
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.passage import Passage
from grcm_cli.drafting.sharing import POSSESSIVES
from grcm_cli.drafting.tokens import Word, place_at, skip, skip_back
from grcm_cli.language.lexicon import all_words, lexicon
from grcm_cli.language.text import READ_LANGUAGES

_LABEL = re.compile(
    r"(?:^|(?<=[\s(])(?<![0-9] )(?<![0-9] \())"
    r"\(?(?P<label>[a-j](?=\))|i{1,3}|iv|v|vi{0,3}|[1-9](?=\)))[).]\s*"
)
"""Before each item of a list inside a sentence, in one of these orders; not *paragraph 12 (a)*."""
_SERIES = " a b c d e f g h i j ", " i ii iii iv v vi vii viii ", " 1 2 3 4 5 6 7 8 9 "
_THINGS = all_words("clause.object_pronouns") | {","}
_JOINTS = frozenset({"y", "e", "and"})
_BETWEEN = {code: lexicon(code).words("action.between") for code in READ_LANGUAGES}
"""What may stand between a joint and the verb that it leads to."""
_MOODS = {"to": "infinitive", "que": "subjunctive"}
"""Of a verb that no list has: *to mobilise*, *que ultime*."""
_ANY_BETWEEN = (_BETWEEN["es"] | _BETWEEN["en"] | {","}) - {"se", "tambien"}
_OPENING = {code: lexicon(code).words("action.opening") for code in READ_LANGUAGES}
_CLOSING = frozenset({",", ";", ".", "y", "e", "and", "(", "to"})
_PRONOUNS = all_words("action.pronouns")
_DETERMINERS = all_words("clause.determiners")
_KEEPING, _INFORMED = all_words("action.keeping"), all_words("action.informed")
_ASIDES = all_words("action.asides")
_PREPOSITIONS = all_words("clause.prepositions")
_EACH = frozenset({"each", "every", "cada"})
_NEAR_EACH = 8  # words from *keep* to what says how often: *keep members informed at each session*
_AIMS = frozenset({("order", "to"), ("fin", "de"), ("objeto", "de"), ("objetivo", "de")})
_BY_WHEN = frozenset({"before", "by", "until", "within", "antes", "dentro", "inmediato", "tardar"})
_IN_PHRASES = lexicon("es").words("action.of_time") | {"ser"}
_LATER = all_words("action.later")
_NO_OBJECTS = lexicon("en").words("action.no_objects")
WITHOUT_OBJECT = all_words("verbs.without_object")
_NEAR_AIM = 14  # words from an aim to a verb that goes on with it
_NEAR_LABEL = 7  # characters from a label to a verb: *(i) to send*
_OBJECTS = frozenset({"lo", "la", "los", "las", "le", "les"})
_NOUNS = all_words("action.nouns_like_verbs")


def split_actions(passage: Passage, span: WordSpan) -> list[WordSpan]:
    """Return the actions in what is to be done, as spans of words.

    Items inside the sentence are one each; so are verbs with objects of their own.
    """
    words, language = passage.words, passage.language
    start, end = words[span[0]].start, words[span[1] - 1].end
    labels = list(_LABEL.finditer(passage.text, max(0, start - _NEAR_LABEL), end))
    items = [span]
    names = [label["label"] for label in labels]
    begins = names[:1] in (["a"], ["i"], ["1"])
    goes_on = any(f" {' '.join(names[:2])} " in series for series in _SERIES)  # "(iv) …; (v) …"
    if len(names) > 1 and (begins or goes_on):
        starts = [place_at(words, label.end(), span) for label in labels]
        ends = [*(place_at(words, label.start(), span) for label in labels[1:]), span[1]]
        spans = zip(starts, ends, strict=True)
        items = [_trimmed(words, (first, last), language) for first, last in spans if first < last]
    return [part for item in items for part in _split_at_verbs(words, item, language)]


def _trimmed(words: Sequence[Word], span: WordSpan, language: str) -> WordSpan:
    first = skip(words, _OPENING[language], span[0], span[1] - 1)
    return first, skip_back(words, _CLOSING, span[1], first + 1)


def _split_at_verbs(words: Sequence[Word], span: WordSpan, language: str) -> list[WordSpan]:
    """Return a span cut before each verb that begins an action of its own."""
    first = words[span[0]].form("infinitive", "subjunctive", "future", "conditional", "gerund")
    mood = first.mood if first else _MOODS.get(words[max(span[0] - 1, 0)].folded, "")
    begins, ends = [span[0]], list[int]()
    if not mood:
        nouns = joined_nouns(words, span, language)
        begins += [at for at in nouns if words[at].folded not in POSSESSIVES]
        ends = begins[1:]
    for at in range(span[0] + 1, span[1] if mood else 0):
        verb = _joined_verb(words, at, span, mood, language)
        if verb in (None, begins[-1]):
            continue
        if words[at].text == ";" or _has_own_object(words, begins[-1], at, verb, span[1]):
            begins.append(verb)
            is_aside = any(word.text == "," for word in words[at + 1 : verb])
            ends.append(at if is_aside else skip_back(words, _ANY_BETWEEN, verb))
    parts = zip(begins, [*ends, span[1]], strict=True)
    return [_trimmed(words, part, language) for part in parts]


def _joined_verb(
    words: Sequence[Word], at: int, span: WordSpan, mood: str, language: str
) -> int | None:
    """Return the verb that a joint at a place leads to, in the mood of the first one."""
    if words[at].folded not in _JOINTS and words[at].text not in (",", ";"):
        return None
    start = at + 1
    if start < span[1] and words[start].text == ",":  # "and, within a month, produce a plan"
        start = next(
            (end + 1 for end in range(start + 1, span[1]) if words[end].text == ","), start
        )
    verb = skip(words, _BETWEEN[language], start, span[1])
    if start < verb < span[1] and words[verb].text == ",":  # "y que, sobre esa base, eleve"
        commas = (place for place in range(verb + 1, span[1]) if words[place].text == ",")
        verb = next(commas, verb) + 1
    if verb >= span[1] or not words[verb].is_form(mood) or words[verb].folded in _IN_PHRASES:
        return None  # "y, a partir de entonces,", "y, de ser posible,"
    lead = words[at + 1].folded if words[at].text == "," else ""
    # "un plan, para que cuente con asistencia", "a la Presidencia, que elaborará un informe",
    # "the meeting, to be held in Geneva"
    is_adjunct = words[at].text == "," and [lead, words[verb].folded] == ["to", "be"]
    if is_adjunct or lead == "para" or (lead == "que" and mood in ("future", "conditional")):
        return None
    object_ = words[verb + 1].folded if verb + 1 < span[1] else ""
    is_dated = verb + 2 < span[1] and words[verb + 2].text.isdecimal()  # "acta e informe al 31"
    has_object = object_ in _DETERMINERS | {"a", "al", "ante"} and not is_dated
    is_noun = words[verb].folded in _NOUNS and not has_object
    if is_noun and verb == at + 1 and words[at - 1].text != ",":
        return None  # "un plan e informe de avance", but "y presente sus conclusiones"
    # "the date and place of the meeting", "the Committee on Administration and Finance"
    is_of = verb == at + 1 and object_ == "of"
    if is_of or (words[verb].text.istitle() and words[at - 1].text.istitle()):
        return None
    is_list = language == "en" and lead not in ("", "and", "as", "to")
    return None if is_list else verb


def _has_own_object(words: Sequence[Word], start: int, joint: int, verb: int, end: int) -> bool:
    """Tell whether a joined verb is about something else than the verb before it."""
    at = verb + 1
    at += at < end and words[at].folded.endswith(("ly", "mente"))  # "enviar semanalmente las"
    has_aside = at < end - 1 and words[at].text == "," and words[at + 1].folded in _ASIDES
    if has_aside:  # "y que abra, a más tardar el 30, un buzón"
        at = next((place + 1 for place in range(at + 1, end) if words[place].text == ","), end)
    following = [word.folded for word in words[at : min(at + 5, end)]]
    # "name an expert and to publish the list"; "draft a note, with Fiji, and to submit it"
    # "cooperate with and assist others", "prevent, address and eliminate the demand"
    is_listed = words[joint - 1].is_form("infinitive")
    is_listed &= words[joint - 2].folded in _JOINTS | {",", "to"}  # "to build and equip a house"
    is_of_first = words[verb - 1].folded in _OBJECTS  # "prepare un plan y lo presente"
    is_of_first |= is_listed and words[verb].is_form("infinitive")
    if is_of_first or words[joint - 1].folded in _PREPOSITIONS:
        return False
    is_marked = words[verb - 1].folded in ("to", "que", "a") and joint - start > 1
    is_parted = bool({words[joint].text, words[joint - 1].text} & {",", ";"})
    is_parted |= _THINGS.isdisjoint(following[:1]) and not any(
        f.enclitic for f in words[verb].forms
    )
    if {form.verb for form in words[verb].forms} & _KEEPING and _INFORMED & set(following):
        near = {word.folded for word in words[verb : min(verb + _NEAR_EACH, end)]}
        return not _EACH.isdisjoint(near)  # "draft a plan and keep members informed"
    is_later = not _LATER.isdisjoint(word.folded for word in words[joint:verb])
    if is_later or (is_marked and is_parted and following):
        return True
    first, second = (
        {word.folded for word in part} for part in (words[start:joint], words[verb:end])
    )
    if first & _BY_WHEN and second & (_BY_WHEN | {"next", "proxima", "proximo"}):
        return True  # "draft a plan by 1 May and try it by 3 June"
    is_article = words[verb].is_form("infinitive") and not _OBJECTS.isdisjoint(following[:1])
    no_pronouns = 2 if following[:1] == ["a"] else int(is_article)  # "y someter a la Junta un plan"
    if not following or not _PRONOUNS.isdisjoint(following[no_pronouns:2]):
        return False
    # "its name and address by 31 March"
    needs_object = {form.verb for form in words[verb].forms}.isdisjoint(WITHOUT_OBJECT)
    is_noun = needs_object and following[0] in _NO_OBJECTS
    before = [word.folded for word in words[max(start, joint - _NEAR_AIM) : joint]]
    aims = [at for at, pair in enumerate(pairwise(before)) if pair in _AIMS]
    # "in order to plan works and fund them"
    is_in_aim = bool(aims) and "," not in before[aims[-1] :]
    if verb == joint + 1 and (is_noun or is_in_aim):
        return False
    is_enclitic = any(form.enclitic for form in words[verb].forms)
    if following[0] in _JOINTS | {","} or joint - start <= 1 or is_enclitic:
        return False  # "redactar el informe y circularlo"
    thing = next((word[:6] for word in following if len(word) > 3), None)
    return thing not in {word.folded[:6] for word in words[start:joint] if len(word.folded) > 3}
