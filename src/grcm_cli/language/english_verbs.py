"""The forms of English verbs: conjugation, and which verb a word is a form of."""

from collections.abc import Mapping
from functools import cache

from grcm_cli.language.lexicon import lexicon
from grcm_cli.language.verbs import VerbForm

_LEXICON = lexicon("en")
_IRREGULAR_PAST = _LEXICON.mapping("conjugation.past")
_DOUBLING = _LEXICON.words("conjugation.doubling")


@cache
def all_forms() -> Mapping[str, tuple[VerbForm, ...]]:
    """Return the forms of the verbs that are known, in lower case."""
    found: dict[str, dict[VerbForm, None]] = {}

    def put(word: str, form: VerbForm) -> None:
        found.setdefault(word, {})[form] = None

    irregular = set(_IRREGULAR_PAST.values())
    for verb in sorted(_LEXICON.words("verbs.known")):
        put(verb, VerbForm(verb, "infinitive"))
        put(_third_person(verb), VerbForm(verb, "present"))
        put(_with_ending(verb, "ing"), VerbForm(verb, "gerund"))
        if verb not in irregular or verb == "draft":
            put(_with_ending(verb, "ed"), VerbForm(verb, "past"))
    for word, verb in _IRREGULAR_PAST.items():
        put(word, VerbForm(verb, "past"))
    return {word: tuple(known) for word, known in found.items()}


def verb_forms(word: str) -> tuple[VerbForm, ...]:
    """Return what a word may be the form of; empty where no verb is known that has it."""
    return all_forms().get(word.lower(), ())


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
