"""The words of each language: what somebody who extends a list may get wrong."""

import re
from collections.abc import Iterator

import pytest

from grcm_cli.language import lexicon as words_of_language
from grcm_cli.language.lexicon import Lexicon, lexicon, number_of_word, phrase_regex
from grcm_cli.language.text import READ_LANGUAGES, fold_words, with_single_spaces
from grcm_cli.language.verbs import ACTS, all_forms, verb_forms

from .conftest import ROOT

SOURCE = ROOT / "src/grcm_cli"
FOLDED = ("clause", "parties", "action", "table", "ordinals", "meeting.title", "place.not_towns")
"""Sections whose words are compared without case and accents."""
PARTS = ("text", "layout", "table", "meeting", "place", "attendance", "references", "ordinals")
"""Sections of the parts of a document."""


@pytest.fixture(params=READ_LANGUAGES)
def words(request: pytest.FixtureRequest) -> Lexicon:
    return lexicon(request.param)


def lists(words: Lexicon) -> Iterator[tuple[str, list[str]]]:
    """Yield each list of words or phrases with its key."""
    for key, value in words.values.items():
        if isinstance(value, str):
            is_single = not key.startswith(("dates.", "ordinals.")) or key == "dates.weekdays"
            yield key, value.split() if is_single else value.split(", ")
        elif key == "acts_by_words_beside":
            for rule in value:
                name = f"{key} ({rule['verbs']}, {rule['act']})"
                yield name, rule["verbs"].split()
                if "beside" in rule:
                    yield name, rule["beside"].split()
        elif key == "leads":
            for lead in value:
                yield from ((f"{key}.{name}", words.split()) for name, words in lead.items())
        elif isinstance(value, list):
            yield key, value


def test_no_list_is_empty_or_names_a_word_twice(words: Lexicon) -> None:
    for key, found in lists(words):
        assert found, key
        assert sorted(found) == sorted(set(found)), key


def test_words_are_written_as_they_are_compared(words: Lexicon) -> None:
    for key, found in lists(words):
        if key == "text.abbreviations":  # as written: *No. 5* has a number, and *no.* ends a text
            continue
        if key.startswith("action.verbs_of_nouns."):  # written as they are shown
            continue
        assert [word for word in found if word != word.lower()] == [], key
        if key.startswith(FOLDED) and key not in PATTERNS:
            assert [word for word in found if word != fold_words(word)] == [], key


PATTERNS = {
    *("parties.support", "parties.in_capacity", "parties.except", "parties.groups"),
    *("parties.one_of_group", "parties.every", "parties.member_states", "clause.manner"),
    *("parties.responsible_tags", "parties.as_well_as"),
    *("parties.until_now", "parties.in_charge", "action.conditions", "action.after"),
    *(
        "parties.services",
        "parties.one_service",
        "parties.ends_note",
        "parties.participants",
        "parties.same_again",
    ),
    *("action.auxiliaries", "action.fixed", "action.asked", "action.not_yet", "parties.if_any"),
    *("parties.salutations", "parties.speakers", "parties.addressees"),
}


def test_phrases_are_regular_expressions(words: Lexicon) -> None:
    for key, value in words.values.items():
        if isinstance(value, list) and key not in ("acts_by_words_beside", "leads"):
            for phrase in words.phrases(key):
                assert phrase_regex(phrase).groups == 0, f"{key}: {phrase}"
                assert phrase == phrase.strip(), f"{key}: {phrase}"


def test_a_longer_phrase_stands_before_one_that_begins_it(words: Lexicon) -> None:
    plain = re.compile(r"[\w ]+")
    for key, found in lists(words):
        phrases = [phrase for phrase in found if plain.fullmatch(phrase)]
        for place, phrase in enumerate(phrases if key.startswith("dates.") else ()):
            later = phrases[place + 1 :]
            assert not [more for more in later if more.startswith(f"{phrase} ")], f"{key}: {phrase}"


def test_all_languages_have_the_same_lists_of_the_parts_of_a_document() -> None:
    keys = [{k for k in lexicon(name).values if k.startswith(PARTS)} for name in READ_LANGUAGES]
    assert all(own == keys[0] for own in keys)


def test_an_ordinal_means_one_number() -> None:
    tables = [lexicon(name).values["ordinals"].values() for name in READ_LANGUAGES]
    words = [word for table in tables for words in table for word in words.split(", ")]
    assert len(set(words)) == len(words)
    ordinals = number_of_word("ordinals")
    assert ordinals["septima"] == ordinals["seventh"] == 7


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        pytest.param("reuni[oó]n", "reunion", True, id="one of two letters"),
        pytest.param("ano", "año", False, id="an accent is not added"),
        pytest.param("took part", "took \n part", True, id="a space is any white space"),
        pytest.param(r"p\.", "px", False, id="a full stop is itself"),
        pytest.param("dad[oa]s? en", "dadas en", True, id="alternatives, and what may be absent"),
        pytest.param("dad[oa]s? en", "dad en", False, id="one of the alternatives is there"),
        pytest.param("(a|b) c", "b c", True, id="one of several words"),
        pytest.param(r"veint\w*", "veintidós", True, id="any letters"),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, *, fits: bool) -> None:
    [pattern] = Lexicon({"some": [phrase]}).phrases("some")
    assert (phrase_regex(pattern).fullmatch(text) is not None) == fits


@pytest.mark.parametrize("language", READ_LANGUAGES)
def test_every_verb_is_conjugated(language: str) -> None:
    known = {form.verb for forms in all_forms(language).values() for form in forms}
    assert lexicon(language).words("verbs.known") <= known
    assert ACTS[language].keys() <= known


def test_no_english_verb_is_named_that_is_not_known() -> None:
    """In Spanish, a verb that is not known is found by its ending all the same."""
    known = {form.verb for forms in all_forms("en").values() for form in forms}
    words = lexicon("en")
    rules = words.values["acts_by_words_beside"]
    named = {key: words.words(key) for key in words.values if key.startswith("verbs.")}
    named["acts_by_words_beside"] = frozenset(v for rule in rules for v in rule["verbs"].split())
    named["acts_with_particle"] = frozenset(words.values["acts_with_particle"])
    for key, verbs in named.items():
        assert verbs - known <= {"be"}, key


@pytest.mark.parametrize("language", READ_LANGUAGES)
def test_a_verb_has_one_act(language: str) -> None:
    table: dict[str, str] = lexicon(language).values["acts"]
    verbs = [verb for verbs in table.values() for verb in verbs.split()]
    assert len(verbs) == len(ACTS[language])


def test_every_list_is_read(words: Lexicon) -> None:
    """A list under a misspelt key would change nothing, without a word."""
    folders = ("drafting", "language", "reader", "sheets", "times")
    paths = [path for folder in folders for path in (SOURCE / folder).rglob("*.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    named = set(re.findall(r"(?<=['\"<|])[^'\"<>|\n]+(?=['\">|])", source))
    for key, value in words.values.items():
        names = {key, *(key[: dot.start()] for dot in re.finditer(r"\.", key))}
        assert isinstance(value, dict) or not names.isdisjoint(named), key


@pytest.mark.parametrize(
    ("word", "verb", "mood"),
    [
        ("presentará", "presentar", "future"),
        ("mantendrán", "mantener", "future"),
        ("abarcará", "abarcar", "future"),
        ("remita", "remitir", "subjunctive"),
        ("prosiga", "proseguir", "subjunctive"),
        ("convoque", "convocar", "subjunctive"),
        ("sustituya", "sustituir", "subjunctive"),
        ("dispuso", "disponer", "past"),
        ("requirió", "requerir", "past"),
        ("evalúa", "evaluar", "present"),
        ("resuelto", "resolver", "participle"),
        ("instándole", "instar", "gerund"),
    ],
)
def test_spanish_forms(word: str, verb: str, mood: str) -> None:
    assert (verb, mood) in [(form.verb, form.mood) for form in verb_forms(word, "es")]


@pytest.mark.parametrize(
    ("word", "verb", "mood"),
    [
        ("submitted", "submit", "past"),
        ("undertook", "undertake", "past"),
        ("agreed", "agree", "past"),
        ("ratifies", "ratify", "present"),
        ("convening", "convene", "gerund"),
    ],
)
def test_english_forms(word: str, verb: str, mood: str) -> None:
    assert (verb, mood) in [(form.verb, form.mood) for form in verb_forms(word, "en")]


@pytest.mark.parametrize("word", ["lugar", "popular", "tardar", "bienestar"])
def test_what_ends_as_an_infinitive_and_is_none(word: str) -> None:
    assert verb_forms(word, "es") == ()


# --- the hints of validate -----------------------------------------------------------------------


def test_every_duty_has_a_cue() -> None:
    """A phrase without a cue would never be looked for."""
    duty = words_of_language._hints("duty")[1]
    found = 0
    for folder in ("data", "benchmarks/draft"):
        for path in (ROOT / folder).rglob("*.yaml"):
            for line in path.read_text(encoding="utf-8").splitlines():
                match = duty.search(with_single_spaces(line))
                words = words_of_language.hint_words("duty", [line])
                assert words == (match[0] if match else ""), line
                found += match is not None
    assert found > 100
