"""What each language of the interface needs beside its catalogues: the test lists what lacks."""

import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from grcm_cli.language.days import month_name
from grcm_cli.language.grammar import grammar
from grcm_cli.language.lexicon import lexicon
from grcm_cli.language.text import LANGUAGES
from grcm_cli.letters.templates import BUILT_IN

REQUIRED = {
    *("name", "articles", "small_words", "member", "other", "meeting", "of", "to", "and"),
    *("inflections", "files", "days"),
}
SHEETS = ("sheet.headings", "sheet.states", "headings")


def missing(language: str) -> Iterator[str]:
    """Yield what a language lacks, each with the file that it belongs into."""
    place = f"language/words/grammar_{language}.toml"
    tables = grammar(language)
    yield from (f"{place}: {key}" for key in REQUIRED - tables.keys())
    for preposition in ("of", "to"):
        for article in articles_of(tables) - set(tables[preposition]):
            yield f"{place}: {preposition}.{article}"
    if len({month_name(month, language) for month in range(1, 13)}) < 12:
        yield f"language/words/months.txt: {language}"
    if not (BUILT_IN / f"reminder.{language}.md").is_file():
        yield f"letters/templates/reminder.{language}.md"
    wanted, own = lexicon("es").values, lexicon(language).values
    for key in SHEETS:
        absent = wanted[key].keys() - own.get(key, {}).keys()
        yield from (f"language/words/{language}.toml: {key}.{name}" for name in sorted(absent))


def articles_of(tables: Mapping[str, Any]) -> set[str]:
    """Return the articles that a name may have in a language."""
    found = {"none", *tables.get("elision", {}).values()} - {
        tables.get("elision", {}).get("before")
    }
    for kind in ("member", "organization", "office", "body", "other"):
        table = tables.get(kind, {})
        found.add(table.get("default", "none"))
        for place in ("whole", "first", "last", "any", "endings"):
            found |= table.get(place, {}).keys()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_that_it_needs(language: str) -> None:
    assert sorted(missing(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_says_the_same_in_every_language(language: str) -> None:
    english = (BUILT_IN / "reminder.en.md").read_text(encoding="utf-8")
    own = (BUILT_IN / f"reminder.{language}.md").read_text(encoding="utf-8")
    names = set(string.ascii_lowercase + "_.")

    def values(template: str) -> set[str]:
        return {part.split("}}")[0].strip() for part in template.split("{{")[1:]}

    # A language names the party with or without its article, as its sentence needs.
    party = {"party.definite", "party.of", "party.to", "party.name"}
    assert {v for v in values(english) if set(v) <= names} - party == {
        v for v in values(own) if set(v) <= names
    } - party


def test_a_language_has_words_of_its_own() -> None:
    for read in (lambda code: grammar(code)["name"], lambda code: month_name(1, code)):
        assert len({read(code) for code in LANGUAGES}) == len(LANGUAGES)
