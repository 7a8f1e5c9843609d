"""Verbs of decisions: the forms in which they are found, and what a meeting does with them.

An act is one of the five terms that the United Nations use of their texts. directive: it binds or
asks somebody; deciding; evaluative: it thanks or regrets; observing: it takes note; reinforcing: it
recalls or stresses. The verbs themselves stand in `words/<language>.toml`.

The Spanish forms follow the paradigms of the Nueva gramática de la lengua española (RAE), chapter
4: the regular endings, the spelling changes (c/qu, g/gu, z/c, g/j), and the irregular stems that
`words/es.toml` lists.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from grcm_cli.language.lexicon import all_words, lexicon
from grcm_cli.language.text import READ_LANGUAGES

Act = Literal["directive", "deciding", "evaluative", "observing", "reinforcing"]
"""The terms that the United Nations use of their texts: an evaluative one thanks or regrets, an
observing one takes note, a reinforcing one recalls or stresses."""
Mood = Literal[
    "infinitive", "gerund", "participle", "present", "past", "future", "conditional", "subjunctive"
]
_VERBS = {language: lexicon(language).values["acts"].items() for language in READ_LANGUAGES}
ACTS: Mapping[str, Mapping[str, Act]] = {
    language: {verb: act for act, verbs in lists for verb in verbs.split()}
    for language, lists in _VERBS.items()
}
"""The act of each verb by which a meeting speaks, by language."""
_SPANISH = lexicon("es")
_BOTH = _SPANISH.words("conjugation.diphthong_and_raising")
_DIPHTHONG = _SPANISH.words("conjugation.diphthong") | _BOTH
_RAISING = _SPANISH.words("conjugation.raising") | _BOTH
_NO_COMPOUNDS = _SPANISH.words("conjugation.no_compounds")
_NO_VERBS = _SPANISH.words("conjugation.no_verbs")
_DETERMINERS = ("esta", "estas", "este", "esten")
_ENCLITIC = re.compile(r"(\w+(?:[aeií]r|[áéaei]ndo))(se|las?|les?|los?|nos)")
_UNACCENTED = str.maketrans("áéíóú", "aeiou")
_IMPERATIVE = re.compile(r"(\w+[ae]n?)se")
_UNKNOWN_FUTURE = re.compile(r"(\w+[aei]r)(?:án?|(é))")
_UNLISTED_SUBJUNCTIVE = re.compile(r"(?!\w*mente$)([a-záéíóúñ]{2,}?)(qu|gu|gü|c)?en?")
_BEFORE_E = {"qu": "c", "gu": "g", "gü": "gu", "c": "z"}
_INFINITIVE = re.compile(r"\w{2,}(?:ar|er|ir)")
_ENGLISH = lexicon("en")
_IRREGULAR_PAST = _ENGLISH.values["conjugation.past"]
_DOUBLING = _ENGLISH.words("conjugation.doubling")


class VerbForm(NamedTuple):
    """The verb of which a word is a form, and the form."""

    verb: str  # the infinitive
    mood: Mood
    enclitic: str = ""  # the pronoun at its end: `la` of *instarla*
    speaks: bool = False  # a Spanish first person: *enviaré*, *ruego*


class ActRule(NamedTuple):
    """The act of a verb where one of some words is near it; no words stand for any."""

    beside: frozenset[str]
    act: Act


def _act_rules(language: str) -> Mapping[str, Sequence[ActRule]]:
    rules: dict[str, list[ActRule]] = {}
    for rule in lexicon(language).values["acts_by_words_beside"]:
        for verb in rule["verbs"].split():
            beside = frozenset(rule.get("beside", "").split())
            rules.setdefault(verb, []).append(ActRule(beside, rule["act"]))
    return rules


ACT_RULES = {language: _act_rules(language) for language in READ_LANGUAGES}
"""The rules of verbs whose act depends on the words near them, by language."""
URGING = all_words("verbs.urging")
STATIVE = all_words("verbs.stative")
JUDGING = all_words("verbs.judging")
CONTINUING = all_words("verbs.continuing")
HOLDING = all_words("verbs.holding")


@cache
def all_forms(language: str) -> Mapping[str, Sequence[VerbForm]]:
    """Return the forms of the verbs that are known, in lower case, accents kept."""
    by_word: dict[str, dict[VerbForm, None]] = {}
    for word, form in _spanish_forms() if language == "es" else _english_forms():
        by_word.setdefault(word, {})[form] = None
    return {word: tuple(forms) for word, forms in by_word.items()}


def verb_forms(word: str, language: str) -> Sequence[VerbForm]:
    """Return what a word may be the form of; a Spanish verb that is not known, by its ending."""
    lower, forms = word.lower(), all_forms(language)
    if lower in forms or language != "es":
        return forms.get(lower, ())
    if with_enclitic := _ENCLITIC.fullmatch(lower):
        stem = with_enclitic[1].translate(_UNACCENTED)
        pronoun, moods = with_enclitic[2], ("infinitive", "gerund")
        may_be_verb = pronoun != "nos" and _looks_like_infinitive(stem)  # "internos" is none
        inner = forms.get(stem) or [VerbForm(stem, "infinitive")] * may_be_verb
        return tuple(form._replace(enclitic=pronoun) for form in inner if form.mood in moods)
    if imperative := _IMPERATIVE.fullmatch(lower):
        inner = forms.get(imperative[1].translate(_UNACCENTED)) or forms.get(imperative[1], ())
        if taken := [form for form in inner if form.mood in ("present", "subjunctive")]:
            return tuple(form._replace(mood="present", enclitic="se") for form in taken)
    future = _UNKNOWN_FUTURE.fullmatch(lower)
    is_past = future and future[2] and future[1] + "ar" in forms  # "preparé"
    if future and len(lower) > 5 and not is_past:
        return (VerbForm(future[1], "future", speaks=bool(future[2])),)
    return (VerbForm(lower, "infinitive"),) if _looks_like_infinitive(lower) else ()


def unlisted_subjunctive(word: str) -> VerbForm | None:
    """Return what a Spanish word behind *que* is by its ending, of a verb in *-ar*: *licite*."""
    ending = _UNLISTED_SUBJUNCTIVE.fullmatch(word)
    if ending is None or word in _NO_VERBS:
        return None
    changed = ending[2] or ""
    stem = ending[1].translate(_UNACCENTED)  # "repatríe"
    return VerbForm(f"{stem}{_BEFORE_E.get(changed, changed)}ar", "subjunctive")


def _spanish_forms() -> Iterator[tuple[str, VerbForm]]:
    for verb in sorted(_SPANISH.words("verbs.known") | ACTS["es"].keys()):
        for mood, words in _conjugate(verb):
            # "de" is no verb, and "este" is none without its accent.
            forms = (word for word in words if len(word) > 2 and word not in _DETERMINERS)
            speaking = ("é", "emos") if mood == "future" else ()
            yield from ((word, VerbForm(verb, mood, "", word.endswith(speaking))) for word in forms)
    for word, verb in _SPANISH.values["conjugation.wishes"].items():
        yield word, VerbForm(verb, "subjunctive")
    for word, verb in _SPANISH.values["conjugation.to_come"].items():
        yield word, VerbForm(verb, "future")
    for word, verb in _SPANISH.values["conjugation.present"].items():
        yield word, VerbForm(verb, "present", speaks=word.endswith("o"))


def _looks_like_infinitive(word: str) -> bool:
    return word not in _NO_VERBS and _INFINITIVE.fullmatch(word) is not None


def _conjugate(verb: str) -> Iterator[tuple[Mood, Sequence[str]]]:
    kind = "ir" if verb[-2:] in ("ir", "ír") else verb[-2:]
    stem, is_ar = verb[:-2], kind == "ar"
    yield "infinitive", [verb]
    participle = _by_ending("conjugation.participle", verb) or stem + ("ado" if is_ar else "ido")
    yield "participle", [participle[:-1] + ending for ending in ("o", "a", "os", "as")]
    future = _by_ending("conjugation.future", verb) or verb.replace("í", "i")
    yield "future", [future + ending for ending in ("á", "án", "é", "emos")]
    yield "conditional", _both_numbers(future + "ía")
    subjunctive = _subjunctive_stem(verb, stem, kind)
    yield "subjunctive", _both_numbers(subjunctive + ("e" if is_ar else "a"))
    first_person = stem + {"ar": "amos", "er": "emos", "ir": "imos"}[kind]
    present = _present_stem(verb, stem) + ("a" if is_ar else "e")
    yield "present", [*_both_numbers(present), first_person]
    irregular = _by_ending("conjugation.past", verb).split()
    if kind == "er" and not irregular:
        yield "past", [stem + "imos"]
    ends_in_vowel = stem[-1] in "aeou" and not stem.endswith(("gu", "qu"))
    raised = _last_vowel(stem, {"e": "i"}) if verb in _RAISING else stem
    base = raised + ("y" if ends_in_vowel else "i")
    yield "gerund", [stem + "ando" if is_ar else base + "endo"]
    third, plural = (stem + "ó", stem + "ar") if is_ar else (base + "ó", base + "er")
    if irregular:
        third, plural = irregular[0] + "o", irregular[1]
    yield "past", [third, plural + "on"]
    yield "subjunctive", [*_both_numbers(plural + "a"), *_both_numbers(plural[:-1] + "se")]


def _both_numbers(singular: str) -> Sequence[str]:
    return singular, singular + "n"


def _subjunctive_stem(verb: str, stem: str, kind: str) -> str:
    if irregular := _by_ending("conjugation.subjunctive", verb):
        return irregular
    base = _present_stem(verb, stem)
    changes = {"gu": "g", "g": "j", "c": "zc"}
    if kind == "ar":
        changes = {"gu": "gü", "c": "qu", "g": "gu", "z": "c"}
    end = next(filter(base.endswith, changes), "")
    return base.removesuffix(end) + changes.get(end, "")


def _present_stem(verb: str, stem: str) -> str:
    if verb in _DIPHTHONG:
        return _last_vowel(stem, {"e": "ie", "o": "ue", "i": "ie"})
    if verb in _RAISING:
        return _last_vowel(stem, {"e": "i"})
    if verb.endswith("uir") and not verb.endswith("guir"):
        return stem + "y"
    return _by_ending("conjugation.present_stem", verb) or stem


def _by_ending(key: str, verb: str) -> str:
    """Return a verb's irregular stems, spaces between them: *mantener* has those of *tener*."""
    for end, stems in _SPANISH.values[key].items():
        if verb == end or (verb.endswith(end) and end not in _NO_COMPOUNDS):
            return " ".join(verb.removesuffix(end) + stem for stem in stems.split())
    return ""


def _last_vowel(stem: str, change: Mapping[str, str]) -> str:
    """Return a stem whose last vowel, of those that change, is changed."""
    vowel = f"[{''.join(change)}]"
    return re.sub(f"{vowel}(?!.*{vowel})", lambda match: change[match[0]], stem)


def _english_forms() -> Iterator[tuple[str, VerbForm]]:
    irregular = set(_IRREGULAR_PAST.values())
    for verb in sorted(_ENGLISH.words("verbs.known")):
        yield verb, VerbForm(verb, "infinitive")
        yield _third_person(verb), VerbForm(verb, "present")
        yield _with_ending(verb, "ing"), VerbForm(verb, "gerund")
        if verb not in irregular or verb == "draft":
            yield _with_ending(verb, "ed"), VerbForm(verb, "past")
    for word, verb in _IRREGULAR_PAST.items():
        yield word, VerbForm(verb, "past")


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return "has" if verb == "have" else verb + "s"


def _with_ending(verb: str, ending: str) -> str:
    if verb in _DOUBLING:
        return verb + verb[-1] + ending
    if verb.endswith("ee") and ending == "ed":
        return verb + "d"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ending
