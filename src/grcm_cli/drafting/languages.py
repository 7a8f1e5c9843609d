"""Tell which language a text is in: one that is read, Spanish or English, or another.

Each frequent word of `language/words` speaks for the languages that have it, the less the more of
them do. A text is in another language where that is clear alone: a short one in Spanish or English
is never taken for one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from grcm_cli.language.lexicon import languages_of_frequent_words
from grcm_cli.language.text import N_, READ_LANGUAGES, _

UNKNOWN = "?"  # the language of a text that has hardly a frequent word of a known one
NAMES = {
    "en": N_("English"),
    "es": N_("Spanish"),
    "fr": N_("French"),
    "pt": N_("Portuguese"),
    "it": N_("Italian"),
    "de": N_("German"),
    "nl": N_("Dutch"),
    "ca": N_("Catalan"),
    "ro": N_("Romanian"),
    "pl": N_("Polish"),
    "sv": N_("Swedish"),
    "ARABIC": N_("Arabic script"),
    "CJK": N_("Chinese characters"),
    "CYRILLIC": N_("Cyrillic script"),
    "DEVANAGARI": N_("Devanagari script"),
    "GREEK": N_("Greek"),
    "HANGUL": N_("Korean"),
    "HEBREW": N_("Hebrew script"),
    "HIRAGANA": N_("Japanese"),
    "KATAKANA": N_("Japanese"),
    "THAI": N_("Thai"),
}
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_](?![\w).])")
"""A word; a letter alone before a bracket or a stop is the label of an item."""
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_MIN_LETTERS = 8  # of another script
_MIN_WORDS = 12  # of a text whose language is told
_MIN_DIFFERENT = 4
_MIN_OF_ITS_OWN = 2
"""Different frequent words of another language that neither Spanish nor English has."""
_MIN_WEIGHT = 1.5
_CLEARLY = 1.5
"""How many times more must speak for another language than for Spanish and for English."""
_MIN_WORDS_OF_NONE = 30
_MAX_SHARE_OF_NONE = 0.08  # the share of frequent words; in Spanish and English it is .3 to .5
_MIN_SHARE_OF_READ = 0.2  # the share of words in Spanish and English of a document that is read


def language_name(language: str) -> str:
    """Return the name of a language or script in the user's language."""
    return _(NAMES[language]) if language in NAMES else _("a language that grcm does not know")


def language_of(text: str) -> str:
    """Return the code of the language that a text is clearly in, or nothing.

    For a text in other letters than Latin ones it is the first word of their Unicode names.
    """
    script, words = _script_of(text), _WORD.findall(text.lower())
    if script or len(words) < _MIN_WORDS:
        return script
    frequent = languages_of_frequent_words()
    weights: dict[str, float] = {}
    for languages in (frequent.get(word, frozenset()) for word in words):
        for language in languages:
            weights[language] = weights.get(language, 0.0) + 1 / len(languages)
    by_weight = sorted(weights, key=weights.__getitem__, reverse=True)
    read = [code for code in by_weight if code in READ_LANGUAGES]
    others = [code for code in by_weight if code not in READ_LANGUAGES]
    different = [frequent.get(word, frozenset()) for word in set(words)]
    for codes, rivals in ((others[:1], read[:1]), (read[:1], read[1:])):
        code = "".join(codes)
        weight = weights.get(code, 0.0)
        is_clear = weight > _CLEARLY * sum(weights[rival] for rival in rivals)
        count = sum(code in languages for languages in different)  # a bullet `o` is but one
        if weight >= _MIN_WEIGHT and is_clear and count >= _MIN_DIFFERENT:
            apart = (known for known in different if known.isdisjoint(READ_LANGUAGES))
            count = sum(code in known for known in apart)
            is_sure = code in READ_LANGUAGES or count >= _MIN_OF_ITS_OWN
            return code if is_sure else ""  # "Sur-Sur" alone is no French
    return ""


def likely_languages(text: str, among: Sequence[str] = ()) -> list[str]:
    """Return the languages, of some or of those read, whose frequent words a text has most of."""
    frequent, words = languages_of_frequent_words(), _WORD.findall(text.lower())
    counts = Counter(code for word in words for code in frequent.get(word, ()))
    codes = among or READ_LANGUAGES
    most = max(counts[code] for code in codes)
    return [code for code in codes if counts[code] == most]


def other_language_of(texts: Sequence[str]) -> str:
    """Return the language of a document that is in neither Spanish nor English, or nothing.

    One of which a fifth is in one of these two is theirs. One that has hardly a frequent word is in
    an unknown language; names and figures do not count.
    """
    whole = "\n".join(texts)
    language = language_of(whole)
    if not language:
        frequent = languages_of_frequent_words()
        words = [word for word in _WORD.findall(whole) if word[0].islower()]
        languages = (frequent.get(word, frozenset()) for word in words)
        count = sum(not known.isdisjoint(READ_LANGUAGES) for known in languages)
        is_none = len(words) >= _MIN_WORDS_OF_NONE and count < _MAX_SHARE_OF_NONE * len(words)
        language = UNKNOWN if is_none else ""
    if not language or language in READ_LANGUAGES:
        return ""
    read = sum(len(text.split()) for text in texts if language_of(text) in READ_LANGUAGES)
    return "" if read >= _MIN_SHARE_OF_READ * len(whole.split()) else language


def _script_of(text: str) -> str:
    """Return the script of a text most of whose letters are not Latin, or nothing."""
    others = [] if text.isascii() else _NOT_LATIN.findall(text)
    if len(others) < _MIN_LETTERS or 2 * len(others) < sum(map(str.isalpha, text)):
        return ""
    scripts = Counter(unicodedata.name(letter, UNKNOWN).split()[0] for letter in others)
    # Japanese has many Chinese characters beside its own.
    japanese = [script for script in ("HIRAGANA", "KATAKANA") if 5 * scripts[script] > len(others)]
    return japanese[0] if japanese else scripts.most_common(1)[0][0]
