"""The forms of Spanish verbs: conjugation, and which verb a word is a form of.

The forms follow the paradigms of the Nueva gramática de la lengua española (RAE), chapter 4: the
regular endings, the spelling changes (c/qu, g/gu, z/c, g/j), and the irregular stems that
`words/es.toml` lists.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from grcm_cli.language.lexicon import lexicon
from grcm_cli.language.verbs import ACTS, Mood, VerbForm

_LEXICON = lexicon("es")
_FUTURE_STEMS = _LEXICON.mapping("conjugation.future")
_SUBJUNCTIVE_STEMS = _LEXICON.mapping("conjugation.subjunctive")
_PAST_STEMS = _LEXICON.mapping("conjugation.past")
_PARTICIPLES = _LEXICON.mapping("conjugation.participle")
_IRREGULAR_PRESENT = _LEXICON.mapping("conjugation.present")
_BOTH = _LEXICON.words("conjugation.diphthong_and_raising")
_DIPHTHONG = _LEXICON.words("conjugation.diphthong") | _BOTH
_RAISING = _LEXICON.words("conjugation.raising") | _BOTH
_ACCENTED_I = _LEXICON.words("conjugation.accented_i")
_NO_COMPOUNDS = _LEXICON.words("conjugation.no_compounds")
_NO_VERBS = _LEXICON.words("conjugation.no_verbs")


@cache
def all_forms() -> Mapping[str, tuple[VerbForm, ...]]:
    """Return the forms of the verbs that are known, in lower case, accents kept."""
    found: dict[str, dict[VerbForm, None]] = {}
    for verb in sorted(_LEXICON.words("verbs.known") | ACTS["es"].keys()):
        for word, form in _conjugate(verb):
            if len(word) > 2:  # "de" is no verb
                found.setdefault(word, {})[form] = None
    for word, verb in _IRREGULAR_PRESENT.items():
        found.setdefault(word, {})[VerbForm(verb, "present")] = None
    return {word: tuple(known) for word, known in found.items()}


def verb_forms(word: str) -> tuple[VerbForm, ...]:
    """Return what a word may be the form of; a verb that is not known, by its ending alone."""
    lower, forms = word.lower(), all_forms()
    if lower in forms:
        return forms[lower]
    with_enclitic = _ENCLITIC.fullmatch(lower)
    if with_enclitic:
        stem = with_enclitic[1].replace("ándo", "ando").replace("éndo", "endo").replace("ír", "ir")
        inner = forms.get(stem, ())
        if not inner and _looks_like_infinitive(stem):
            inner = (VerbForm(stem, "infinitive"),)
        moods: tuple[Mood, ...] = ("infinitive", "gerund")
        return tuple(f._replace(enclitic=with_enclitic[2]) for f in inner if f.mood in moods)
    imperative = _IMPERATIVE.fullmatch(lower)
    if imperative:
        inner = forms.get(imperative[1].translate(_UNACCENTED)) or forms.get(imperative[1], ())
        moods = ("present", "subjunctive")
        taken = [f._replace(mood="present", enclitic="se") for f in inner if f.mood in moods]
        if taken:
            return tuple(taken)
    future = _UNKNOWN_FUTURE.fullmatch(lower)
    if future and len(lower) > 5:
        return (VerbForm(future[1], "future"),)
    return (VerbForm(lower, "infinitive"),) if _looks_like_infinitive(lower) else ()


_ENCLITIC = re.compile(r"(\w+(?:[aeií]r|[áéaei]ndo))(se|las?|les?|los?|nos)")
_UNACCENTED = str.maketrans("áéíóú", "aeiou")
_IMPERATIVE = re.compile(r"(\w+[ae]n?)se")
_UNKNOWN_FUTURE = re.compile(r"(\w+[aei]r)án?")
_INFINITIVE = re.compile(r"\w{2,}(?:ar|er|ir)")


def _looks_like_infinitive(word: str) -> bool:
    return word not in _NO_VERBS and _INFINITIVE.fullmatch(word) is not None


def _conjugate(verb: str) -> Iterator[tuple[str, VerbForm]]:
    kind = "ir" if verb[-2:] in ("ir", "ír") else verb[-2:]
    stem = verb[:-2]
    yield verb, VerbForm(verb, "infinitive")

    participle = _by_ending(_PARTICIPLES, verb) or stem + ("ado" if kind == "ar" else "ido")
    for ending in ("o", "a", "os", "as"):
        yield participle[:-1] + ending, VerbForm(verb, "participle")
    future = _by_ending(_FUTURE_STEMS, verb) or verb.replace("í", "i")
    yield from _both_numbers(verb, future + "á", "future")
    yield from _both_numbers(verb, future + "ía", "conditional")
    theme = "e" if kind == "ar" else "a"
    yield from _both_numbers(verb, _subjunctive_stem(verb, stem, kind) + theme, "subjunctive")
    own = "a" if kind == "ar" else "e"
    yield from _both_numbers(verb, _present_stem(verb, stem) + own, "present")
    first_person = stem + {"ar": "amos", "er": "emos", "ir": "imos"}[kind]
    yield first_person, VerbForm(verb, "present")
    if kind == "er" and not _by_ending(_PAST_STEMS, verb):
        yield stem + "imos", VerbForm(verb, "past")
    yield from _gerund_and_past(verb, stem, kind)


def _both_numbers(verb: str, singular: str, mood: Mood) -> Iterator[tuple[str, VerbForm]]:
    yield singular, VerbForm(verb, mood)
    yield singular + "n", VerbForm(verb, mood)


def _gerund_and_past(verb: str, stem: str, kind: str) -> Iterator[tuple[str, VerbForm]]:
    """Yield the gerund, the past, and both forms of the past subjunctive."""
    ends_in_vowel = stem[-1] in "aeou" and not stem.endswith(("gu", "qu"))
    raised = _last_vowel(stem, {"e": "i"}) if verb in _RAISING else stem
    base = raised + ("y" if ends_in_vowel else "i")
    yield stem + "ando" if kind == "ar" else base + "endo", VerbForm(verb, "gerund")
    irregular = _by_ending(_PAST_STEMS, verb)
    if irregular:
        first, plural = irregular.split()
        third = first + "o"
    elif kind == "ar":
        third, plural = stem + "ó", stem + "ar"
    else:
        third, plural = base + "ó", base + "er"
    yield third, VerbForm(verb, "past")
    yield plural + "on", VerbForm(verb, "past")
    yield from _both_numbers(verb, plural + "a", "subjunctive")
    yield from _both_numbers(verb, plural[:-1] + "se", "subjunctive")


def _subjunctive_stem(verb: str, stem: str, kind: str) -> str:
    irregular = _by_ending(_SUBJUNCTIVE_STEMS, verb)
    if irregular:
        return irregular
    base = _present_stem(verb, stem)
    ends_in_z = verb == "ejercer" or verb.endswith("vencer")
    changes: tuple[tuple[str, str], ...] = (
        ("gu", "g"),
        ("g", "j"),
        ("c", "z" if ends_in_z else "zc"),
    )
    if kind == "ar":
        changes = (("gu", "gü"), ("c", "qu"), ("g", "gu"), ("z", "c"))
    found = (base.removesuffix(end) + new for end, new in changes if base.endswith(end))
    return next(found, base)


def _present_stem(verb: str, stem: str) -> str:
    if verb in _DIPHTHONG:
        return _last_vowel(stem, {"e": "ie", "o": "ue", "i": "ie"})
    if verb in _RAISING:
        return _last_vowel(stem, {"e": "i"})
    if verb.endswith(("tener", "venir")):
        return stem[:-2] + "ien" if stem.endswith("en") else stem
    if verb.endswith("uir") and not verb.endswith("guir"):
        return stem + "y"
    if verb.endswith(("enviar", "ampliar")) or verb in _ACCENTED_I:
        return stem[:-1] + "í"
    if verb.endswith(("evaluar", "continuar", "efectuar", "actuar")):
        return stem[:-1] + "ú"
    irregular = {"reunir": "reún", "ser": "e", "estar": "est"}
    return irregular.get(verb, stem)


def _by_ending(table: Mapping[str, str], verb: str) -> str:
    """Return a verb's irregular stems, or those of the verb that it is made from.

    *mantener* is made from *tener*; the stems of one verb are separated by spaces.
    """
    for end, stems in table.items():
        if verb == end or (verb.endswith(end) and end not in _NO_COMPOUNDS):
            start = verb.removesuffix(end)
            return " ".join(start + stem for stem in stems.split())
    return ""


def _last_vowel(stem: str, change: Mapping[str, str]) -> str:
    """Return a stem whose last vowel, of those that change, is changed."""
    for place in range(len(stem) - 1, -1, -1):
        if stem[place] in change:
            return stem[:place] + change[stem[place]] + stem[place + 1 :]
    return stem
