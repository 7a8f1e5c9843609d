"""The lists of words by which the parts of a document are recognised: their form, and what fits."""

import re
import tomllib

import pytest

from grcm_cli.drafting.word_lists import FOLDER, alternatives, expression, ordinal_numbers
from grcm_cli.language.text import LANGUAGES

FILES = {
    language: tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    for language in LANGUAGES
}
LISTS = [
    pytest.param(words, id=f"{language} {section}.{key}")
    for language, file in FILES.items()
    for section, lists in file.items()
    for key, words in lists.items()
]


@pytest.mark.parametrize("words", LISTS)
def test_a_list_has_words_in_lower_case_and_each_once(words: list[str]) -> None:
    assert words
    assert all(word == word.lower() and word.strip() == word for word in words)
    assert len(set(words)) == len(words)
    assert all(re.compile(expression(word)) for word in words)


def test_all_languages_have_the_same_lists() -> None:
    keys = [
        {(section, key) for section, lists in file.items() for key in lists}
        for file in FILES.values()
    ]
    assert all(own == keys[0] for own in keys)


def test_an_ordinal_means_one_number() -> None:
    words = [
        word for file in FILES.values() for words in file["ordinals"].values() for word in words
    ]
    assert len(set(words)) == len(words)
    assert ordinal_numbers()["septima"] == ordinal_numbers()["seventh"] == 7


@pytest.mark.parametrize(
    ("entry", "text", "fits"),
    [
        pytest.param("reunión", "reunion", True, id="an accent may be missing"),
        pytest.param("ano", "año", False, id="but is not added"),
        pytest.param("took part", "took \n part", True, id="a space is any white space"),
        pytest.param("p.", "px", False, id="a full stop is itself"),
        pytest.param("dad(o|a)[s] en", "dadas en", True, id="alternatives, and what may be absent"),
        pytest.param("dad(o|a)[s] en", "dad en", False, id="one of the alternatives is there"),
        pytest.param("veint*", "veintidós", True, id="any letters"),
        pytest.param("??er", "ser", False, id="one letter each"),
        pytest.param("los {number} países", "los 11 países", True, id="a number in digits"),
        pytest.param("los {number} países", "los once países", True, id="a number in words"),
        pytest.param("los {number} países", "los países", False, id="no number"),
    ],
)
def test_what_an_entry_finds(entry: str, text: str, *, fits: bool) -> None:
    assert (re.fullmatch(expression(entry), text) is not None) == fits


def test_accents_may_be_required() -> None:
    verbs = alternatives("layout.binding_verbs", exact_accents=True)
    assert re.fullmatch(verbs, "presentará")
    assert not re.fullmatch(verbs, "presentara")
