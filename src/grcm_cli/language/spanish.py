"""Spanish verbs as decisions use them: which verb a form belongs to, its mood and its number.

The forms follow the paradigms of the Nueva gramática de la lengua española (RAE), chapter 4: the
regular endings, the spelling changes (c/qu, g/gu, z/c, g/j), and the irregular stems listed here.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from grcm_cli.language.acts import ACT_OF
from grcm_cli.language.spanish_verbs import VERBS

Mood = Literal[
    "infinitive", "gerund", "participle", "present", "past", "future", "conditional", "subjunctive"
]


class Form(NamedTuple):
    """What a word is the form of."""

    verb: str
    """The infinitive."""
    mood: Mood
    plural: bool = False
    enclitic: str = ""
    """The pronoun at its end: `la` of *instarla*."""


_FUTURE = {
    "hacer": "har",
    "decir": "dir",
    "poder": "podr",
    "haber": "habr",
    "saber": "sabr",
    "salir": "saldr",
    "tener": "tendr",
    "poner": "pondr",
    "venir": "vendr",
    "valer": "valdr",
}
_SUBJUNCTIVE = {
    "hacer": "hag",
    "decir": "dig",
    "tener": "teng",
    "poner": "pong",
    "venir": "veng",
    "salir": "salg",
    "traer": "traig",
    "caer": "caig",
    "oír": "oig",
    "haber": "hay",
    "ser": "se",
    "ver": "ve",
    "saber": "sep",
    "poder": "pued",
}
_PAST = {
    "hacer": "hiz hicier",
    "tener": "tuv tuvier",
    "poner": "pus pusier",
    "venir": "vin vinier",
    "decir": "dij dijer",
    "traer": "traj trajer",
    "poder": "pud pudier",
    "haber": "hub hubier",
    "ducir": "duj dujer",
    "estar": "estuv estuvier",
    "dar": "di dier",
}
_PARTICIPLE = {
    "hacer": "hecho",
    "decir": "dicho",
    "poner": "puesto",
    "ver": "visto",
    "abrir": "abierto",
    "scribir": "scrito",
    "olver": "uelto",
    "cubrir": "cubierto",
    "imprimir": "impreso",
}
_IRREGULAR = {
    "ha": "haber",
    "han": "haber",
    "es": "ser",
    "son": "ser",
    "está": "estar",
    "están": "estar",
    "va": "ir",
    "van": "ir",
    "era": "ser",
    "eran": "ser",
    "fue": "ser",
    "fueron": "ser",
}
"""Forms in the present, or past, that have no pattern."""
_DIPHTHONG = set(
    "cerrar alentar comenzar empezar pensar encomendar recomendar contar mostrar demostrar probar "
    "aprobar comprobar acordar recordar encontrar renovar rogar colgar soltar mover promover remover "
    "volver devolver resolver envolver atender extender entender verter concertar reforzar".split()
)
_RAISING = set(
    "pedir medir repetir corregir servir rendir seguir proseguir conseguir elegir impedir despedir".split()
)
_BOTH = set(
    "requerir adquirir sugerir transferir referir convertir adherir invertir advertir preferir".split()
)


@cache
def forms() -> Mapping[str, tuple[Form, ...]]:
    """Return the forms of the verbs that are known, in lower case, accents kept."""
    found: dict[str, dict[Form, None]] = {}
    for verb in dict.fromkeys([*VERBS, *ACT_OF["es"]]):
        for word, form in _conjugated(verb):
            if len(word) > 2:  # "de" is no verb
                found.setdefault(word, {})[form] = None
    for word, verb in _IRREGULAR.items():
        found.setdefault(word, {})[Form(verb, "present", word.endswith("n"))] = None
    return {word: tuple(known) for word, known in found.items()}


def form_of(word: str) -> tuple[Form, ...]:
    """Return what a word may be the form of; a verb that is not known, by its ending alone."""
    lower = word.lower()
    known = forms().get(lower)
    if known:
        return known
    enclitic = _ENCLITIC.fullmatch(lower)
    if enclitic:
        stem = _plain_end(enclitic[1])
        inner = forms().get(stem, ()) or ((Form(stem, "infinitive"),) if _INFINITIVE(stem) else ())
        return tuple(
            form._replace(enclitic=enclitic[2])
            for form in inner
            if form.mood in ("infinitive", "gerund")
        )
    imperative = _IMPERATIVE.fullmatch(lower)
    if imperative:
        inner = forms().get(_unaccented(imperative[1]), ()) or forms().get(imperative[1], ())
        found = tuple(
            f._replace(mood="present", enclitic="se")
            for f in inner
            if f.mood in ("present", "subjunctive")
        )
        if found:
            return found
    future = _ANY_FUTURE.fullmatch(lower)
    if future and len(lower) > 5:
        return (Form(future[1], "future", bool(future[2])),)
    return (Form(lower, "infinitive"),) if _INFINITIVE(lower) else ()


_ENCLITIC = re.compile(r"(\w+(?:[aeií]r|[áéaei]ndo))(se|las?|les?|los?|nos)")
_IMPERATIVE = re.compile(r"(\w+[ae])se")
_ANY_FUTURE = re.compile(r"(\w+[aei]r)á(n?)")
_NO_VERBS = set(
    "tardar lugar mujer taller poder deber mar par hogar militar similar particular popular familiar bienestar "
    "carácter caracter líder primer tercer cualquier ayer regular auxiliar titular nuclear escolar vascular "
    "pilar dólar solar lunar insular interinsular secular ejemplar preliminar curricular parlamentar cónsul exterior "
    "placer menester alquiler saber ser haber nivel azúcar néctar altar bar militar circular sanitar "
    "porvenir elixir alfiler cáncer".split()
)
_SHAPE = re.compile(r"\w{2,}(?:ar|er|ir)")


def _INFINITIVE(word: str) -> bool:  # noqa: N802 - reads as a constant pattern does
    return word not in _NO_VERBS and _SHAPE.fullmatch(word) is not None


def _unaccented(word: str) -> str:
    return word.translate(str.maketrans("áéíóú", "aeiou"))


def _plain_end(stem: str) -> str:
    return stem.replace("ándo", "ando").replace("éndo", "endo").replace("ír", "ir")


def _conjugated(verb: str) -> Iterator[tuple[str, Form]]:
    kind = "ir" if verb[-2:] in ("ir", "ír") else verb[-2:]
    stem = verb[:-2]
    yield verb, Form(verb, "infinitive")
    yield _gerund(verb, stem, kind), Form(verb, "gerund")
    participle = _by_end(_PARTICIPLE, verb) or stem + ("ado" if kind == "ar" else "ido")
    for ending in ("o", "a", "os", "as"):
        yield participle[:-1] + ending, Form(verb, "participle", ending.endswith("s"))
    future = _by_end(_FUTURE, verb) or verb.replace("í", "i")
    yield future + "á", Form(verb, "future")
    yield future + "án", Form(verb, "future", plural=True)
    yield future + "ía", Form(verb, "conditional")
    yield future + "ían", Form(verb, "conditional", plural=True)
    theme = "e" if kind == "ar" else "a"
    present = _subjunctive_stem(verb, stem, kind)
    yield present + theme, Form(verb, "subjunctive")
    yield present + theme + "n", Form(verb, "subjunctive", plural=True)
    own = "a" if kind == "ar" else "e"
    said = _present_stem(verb, stem)
    yield said + own, Form(verb, "present")
    yield said + own + "n", Form(verb, "present", plural=True)
    yield (
        stem + {"ar": "amos", "er": "emos", "ir": "imos"}[kind],
        Form(verb, "present", plural=True),
    )
    yield from _past(verb, stem, kind)


def _past(verb: str, stem: str, kind: str) -> Iterator[tuple[str, Form]]:
    irregular = _by_end(_PAST, verb)
    if irregular:
        one, many = irregular.split()
        yield one + "o", Form(verb, "past")
        base = many
    elif kind == "ar":
        yield stem + "ó", Form(verb, "past")
        base = stem + "ar"
    else:
        raised = _raised(stem) if verb in _RAISING | _BOTH else stem
        glide = "y" if stem[-1] in "aeou" and not stem.endswith(("gu", "qu")) else "i"
        yield raised + glide + "ó", Form(verb, "past")
        base = raised + glide + "er"
    yield base + "on", Form(verb, "past", plural=True)
    for ending in ("a", "an"):
        yield base + ending, Form(verb, "subjunctive", ending == "an")
    whole = base[:-1] + "se"
    yield whole, Form(verb, "subjunctive")
    yield whole + "n", Form(verb, "subjunctive", plural=True)


def _gerund(verb: str, stem: str, kind: str) -> str:
    if kind == "ar":
        return stem + "ando"
    if verb in _RAISING | _BOTH:
        return _raised(stem) + "iendo"
    return stem + ("yendo" if stem[-1] in "aeou" and not stem.endswith(("gu", "qu")) else "iendo")


def _subjunctive_stem(verb: str, stem: str, kind: str) -> str:
    irregular = _by_end(_SUBJUNCTIVE, verb)
    if irregular:
        return irregular
    base = _present_stem(verb, stem)
    if kind == "ar":
        changes = (("gu", "gü"), ("c", "qu"), ("g", "gu"), ("z", "c"))
        for end, other in changes:
            if base.endswith(end):
                return base.removesuffix(end) + other
        return base
    if base.endswith("gu"):
        return base[:-1]
    if base.endswith("g"):
        return base[:-1] + "j"
    if base.endswith("c"):
        return base[:-1] + ("z" if verb in ("ejercer", "vencer", "convencer") else "zc")
    if verb.endswith("uir") and not verb.endswith("guir"):
        return stem + "y"
    return base


def _present_stem(verb: str, stem: str) -> str:
    if verb in _DIPHTHONG | _BOTH:
        return _broken(stem)
    if verb in _RAISING:
        return _raised(stem)
    if verb.endswith(("tener", "venir")):
        return stem[:-2] + "ien" if stem.endswith("en") else stem
    if verb.endswith("uir") and not verb.endswith("guir"):
        return stem + "y"
    if verb.endswith(("enviar", "ampliar")) or verb in (
        "confiar",
        "variar",
        "guiar",
        "vaciar",
        "fiar",
    ):
        return stem[:-1] + "í"
    if verb.endswith(("evaluar", "continuar", "efectuar")):
        return stem[:-1] + "ú"
    if verb == "reunir":
        return "reún"
    return "e" if verb == "ser" else "est" if verb == "estar" else stem


def _by_end(table: Mapping[str, str], verb: str) -> str:
    """Return a verb's own stem, or that of the verb that it is made from: mantener, tener."""
    for end, stem in table.items():
        alone = end in (
            "ser",
            "ver",
            "caer",
            "haber",
            "oír",
            "estar",
            "dar",
            "abrir",
            "saber",
            "decir",
        )
        if verb == end or (verb.endswith(end) and not alone):
            return (
                verb.removesuffix(end) + stem
                if " " not in stem
                else " ".join(verb.removesuffix(end) + part for part in stem.split())
            )
    return ""


def _broken(stem: str) -> str:
    return _last_vowel(stem, {"e": "ie", "o": "ue", "i": "ie"})


def _raised(stem: str) -> str:
    return _last_vowel(stem, {"e": "i"})


def _last_vowel(stem: str, change: Mapping[str, str]) -> str:
    for place in range(len(stem) - 1, -1, -1):
        if stem[place] in change:
            return stem[:place] + change[stem[place]] + stem[place + 1 :]
    return stem
