"""The verb of an action that a text names by a noun: *la revisión del texto*, *un informe*."""

import re
from collections.abc import Iterator, Sequence

from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.tokens import Word, skip
from grcm_cli.language.lexicon import all_words, lexicon
from grcm_cli.language.text import READ_LANGUAGES

VERBS_OF_NOUNS = {
    language: lexicon(language).values["action.verbs_of_nouns"] for language in READ_LANGUAGES
}
VERBS_FOR_THINGS = {
    language: {
        noun: verb
        for verb, nouns in lexicon(language).values["action.verbs_for_things"].items()
        for noun in nouns.split()
    }
    for language in READ_LANGUAGES
}
_LONGEST = 3  # words of *puesta en marcha*
_ADVERBIAL = all_words("action.adverbial")
_DETERMINERS = all_words("clause.determiners")
_BEHIND = all_words("clause.prepositions") | all_words("action.behind_nouns")
_WITHOUT_OBJECT = all_words("verbs.without_object")
_MORE = all_words("action.more")
_JOINTS, _OF = frozenset({"y", "e", "and"}), frozenset({"de", "del", "of"})
_POSSESSIVES = frozenset({"su", "sus"})
_INDEFINITE = frozenset({"a", "an", "un", "una", "unas", "unos"})
_PRONOUNS = {"del": "lo", "el": "lo", "un": "lo", "una": "la"} | {
    word: word for word in ("la", "los", "las")
}
_NEAR_NOUN = 4  # words from an article to its noun, past its adjectives
_NEAR_OBJECT = 25  # words from *su* back to what it means


def verb_of_act(noun: str) -> str:
    """Return the verb of a word, folded, that is the noun of an act: *publicación*; else ""."""
    known = (verbs[noun] for verbs in VERBS_OF_NOUNS.values() if noun in verbs)
    return next(known, noun[: -len("cion")] + "r" if noun.endswith("acion") else "")


def infinitive_of_noun(words: Sequence[Word], span: WordSpan, language: str) -> tuple[str, int]:
    """Return *revisar* for *la revisión de*, and the place from which the words go on."""
    (first, last), things = span, VERBS_FOR_THINGS[language]
    begin = first + (words[first].folded in _DETERMINERS and first + 1 < last)
    is_led = begin > first
    how = begin if words[begin].folded in _ADVERBIAL and begin + 1 < last else 0
    verb, end = _verb_of_nouns(words, (begin + bool(how), last), language)
    following = words[end].folded if end < last else ""
    near = [word.folded for word in words[begin : min(begin + _NEAR_NOUN, last)]]
    is_adverb = any(word.endswith("ly") for word in near[1:2])  # "more systematically"
    is_more = near[0] in _MORE and not is_adverb
    near = near if is_led or near[0] in things or is_more else []
    thing = next((each for each in near if each in things or each in _BEHIND), "")
    is_asked = words[first].folded in _INDEFINITE or following not in _OF
    if thing in things and (is_asked or not verb):
        return things[thing], first  # "un estudio de las remesas"
    if following in _ADVERBIAL and end + 1 < last and words[end + 1].folded in _OF:
        how, end = end, end + 1  # "la preparación conjunta de un plan"
        following = words[end].folded
    manner = f" {re.sub('o$', 'a', words[how].text)}mente" if how else ""
    if verb and following in _OF:
        article = ("l" if verb.endswith(" a") else " el") if following == "del" else ""
        return verb + manner + article, end + 1  # "dar seguimiento al acuerdo"
    is_plain = not following.isalpha() or following in _BEHIND  # and "una edición abreviada" stays
    if verb and language == "es" and is_led and is_plain:
        is_of_object = words[first].folded in _POSSESSIVES and verb not in _WITHOUT_OBJECT
        return verb + (_pronoun_before(words, first) if is_of_object else "") + manner, end
    return "", first


def _verb_of_nouns(words: Sequence[Word], span: WordSpan, language: str) -> tuple[str, int]:
    """Return the verb of a noun, or of several: *la revisión y actualización*; and their end."""
    known, verbs, (at, last), end = VERBS_OF_NOUNS[language], "", span, span[0]
    while at < last:
        folded = [word.folded for word in words[at : min(at + _LONGEST, last)]]
        noun = next((name for name in (" ".join(folded), folded[0]) if name in known), folded[0])
        ends_so = noun.endswith("acion") and noun not in VERBS_FOR_THINGS[language]
        ending = noun[:-4] + "r" if ends_so else ""
        if not (verb := known.get(noun, ending)):
            break
        joint = words[end].text if verbs else ""
        verbs = f"{verbs.removesuffix(' a')} {joint} {verb}".strip().replace(" ,", ",")
        end = at + 1 + noun.count(" ")
        is_joined = end < last and words[end].folded in _JOINTS | {","}
        at = skip(words, _DETERMINERS, end + 1, last) if is_joined else last
    return verbs, end


def _pronoun_before(words: Sequence[Word], first: int) -> str:
    """Return the pronoun for what *su* means: *lo* behind *Acoger el informe y*, or nothing."""
    for at in range(first - 1, max(0, first - _NEAR_OBJECT), -1):
        if words[at].text in ".;":
            break
        # "la elaboración de una guía y su": not of the act, and "de la niñez y su" of no object
        is_del = words[at].folded == "del"
        is_act, of_act = (
            place >= 0 and _verb_of_nouns(words, (place, first), "es")[0]
            for place in (at + 1, at - 2 + is_del)
        )
        is_object = of_act or not (is_del or words[at - 1].folded in _BEHIND)
        is_object = is_object and not (is_act and words[at + 2].folded in _OF)
        if words[at].folded in _PRONOUNS and is_object and words[at + 1].text.islower():
            return _PRONOUNS[words[at].folded]
    return ""


def joined_nouns(words: Sequence[Word], span: WordSpan, language: str) -> Iterator[int]:
    """Yield where the nouns begin that go on with the first one: *y la organización de*.

    One whose object is that of the first has *su*: *y su publicación*.
    """
    first, last = span
    behind = infinitive_of_noun(words, span, language)[1]
    if not first < behind < last or infinitive_of_noun(words, (behind, last), language)[1] > behind:
        return  # "la mejora de la gestión y la coordinación de las redes"
    for at in range(behind + 1, last - 1):
        if words[at - 1].folded in _JOINTS and words[at].folded in _DETERMINERS:
            end = infinitive_of_noun(words, (at, last), language)[1]
            if end > at and (words[at].folded in _POSSESSIVES or words[end - 1].folded in _OF):
                yield at
