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
    lower = word.lower()
    known = all_forms().get(lower)
    if known:
        return known
    with_enclitic = _ENCLITIC.fullmatch(lower)
    if with_enclitic:
        stem = with_enclitic[1].replace("ándo", "ando").replace("éndo", "endo").replace("ír", "ir")
        return _forms_with_enclitic(stem, with_enclitic[2])
    imperative = _IMPERATIVE.fullmatch(lower)
    if imperative:
        inner = all_forms().get(imperative[1].translate(_UNACCENTED)) or all_forms().get(
            imperative[1], ()
        )
        found = tuple(
            form._replace(mood="present", enclitic="se")
            for form in inner
            if form.mood in ("present", "subjunctive")
        )
        if found:
            return found
    future = _UNKNOWN_FUTURE.fullmatch(lower)
    if future and len(lower) > 5:
        return (VerbForm(future[1], "future"),)
    return (VerbForm(lower, "infinitive"),) if _looks_like_infinitive(lower) else ()


def _forms_with_enclitic(stem: str, pronoun: str) -> tuple[VerbForm, ...]:
    inner = all_forms().get(stem, ())
    if not inner and _looks_like_infinitive(stem):
        inner = (VerbForm(stem, "infinitive"),)
    return tuple(
        form._replace(enclitic=pronoun) for form in inner if form.mood in ("infinitive", "gerund")
    )


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
    yield _gerund(verb, stem, kind), VerbForm(verb, "gerund")
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
    yield from _past(verb, stem, kind)


def _both_numbers(verb: str, singular: str, mood: Mood) -> Iterator[tuple[str, VerbForm]]:
    yield singular, VerbForm(verb, mood)
    yield singular + "n", VerbForm(verb, mood)


def _past(verb: str, stem: str, kind: str) -> Iterator[tuple[str, VerbForm]]:
    """Yield the past, and both forms of the past subjunctive."""
    irregular = _by_ending(_PAST_STEMS, verb)
    if irregular:
        one, base = irregular.split()
        yield one + "o", VerbForm(verb, "past")
    elif kind == "ar":
        yield stem + "ó", VerbForm(verb, "past")
        base = stem + "ar"
    else:
        raised = _raised(stem) if verb in _RAISING else stem
        glide = "y" if _ends_in_vowel(stem) else "i"
        yield raised + glide + "ó", VerbForm(verb, "past")
        base = raised + glide + "er"
    yield base + "on", VerbForm(verb, "past")
    yield from _both_numbers(verb, base + "a", "subjunctive")
    yield from _both_numbers(verb, base[:-1] + "se", "subjunctive")


def _gerund(verb: str, stem: str, kind: str) -> str:
    if kind == "ar":
        return stem + "ando"
    if verb in _RAISING:
        return _raised(stem) + "iendo"
    return stem + ("yendo" if _ends_in_vowel(stem) else "iendo")


def _ends_in_vowel(stem: str) -> bool:
    return stem[-1] in "aeou" and not stem.endswith(("gu", "qu"))


def _subjunctive_stem(verb: str, stem: str, kind: str) -> str:
    irregular = _by_ending(_SUBJUNCTIVE_STEMS, verb)
    if irregular:
        return irregular
    base = _present_stem(verb, stem)
    if kind == "ar":
        changes = (("gu", "gü"), ("c", "qu"), ("g", "gu"), ("z", "c"))
        found = (base.removesuffix(end) + new for end, new in changes if base.endswith(end))
        return next(found, base)
    if base.endswith("gu"):
        return base[:-1]
    if base.endswith("g"):
        return base[:-1] + "j"
    if base.endswith("c"):
        return base[:-1] + ("z" if verb == "ejercer" or verb.endswith("vencer") else "zc")
    return base


def _present_stem(verb: str, stem: str) -> str:
    if verb in _DIPHTHONG:
        return _last_vowel(stem, {"e": "ie", "o": "ue", "i": "ie"})
    if verb in _RAISING:
        return _raised(stem)
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


def _raised(stem: str) -> str:
    return _last_vowel(stem, {"e": "i"})


def _last_vowel(stem: str, change: Mapping[str, str]) -> str:
    """Return a stem whose last vowel, of those that change, is changed."""
    for place in range(len(stem) - 1, -1, -1):
        if stem[place] in change:
            return stem[:place] + change[stem[place]] + stem[place + 1 :]
    return stem
