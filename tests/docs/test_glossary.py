"""The Spanish glossary: its terms are those of the catalogue, and what it rejects is nowhere."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from grcm_cli.language.text import fold_words, rule_text
from grcm_cli.rules import rules_by_name

from ..conftest import ROOT

GLOSSARY = ROOT / "docs/es/glosario.md"
CATALOGUE = ROOT / "src/grcm_cli/locale/es/LC_MESSAGES/grcm.po"
TERMS = GLOSSARY.read_text(encoding="utf-8")
REJECTED = (ROOT / "tests/language/rejected.es.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\w+) \| (\w+) \| ", TERMS, re.MULTILINE)[1:]
PHRASES = [
    phrase
    for cell in re.findall(r"^\| (`.+?`) \| ", REJECTED, re.MULTILINE)
    for phrase in re.findall("`(.+?)`", cell)
]
OF_CALENDARS = "{path} is not a complete grcm calendar: none of its entries can be continued"
CODE = re.compile(
    r"`[^`]*`|extension of the -o|its extension|\{\w+\}|--\w+|\w+\.yaml|grcm \w+|\w+/\w*"
    r"|\bmembers\b"
)
"""What is no prose in a message, or the extension of a file; `members` is a key of the files."""


def plural(term: str) -> str:
    """Return an English term in the plural."""
    return f"{term[:-1]}ies" if term.endswith("y") else f"{term}s"


def messages() -> Iterator[tuple[str, str]]:
    """Yield each message of the catalogue, all its forms together, with its Spanish."""
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            if message.id:
                english, spanish = (
                    " ".join(text) if isinstance(text, tuple | list) else str(text)
                    for text in (message.id, message.string)
                )
                yield english, spanish


def spanish_texts() -> Iterator[tuple[str, str]]:
    """Yield the Spanish texts that people read, each with where it stands."""
    yield from messages()
    for page in sorted((ROOT / "docs/es").glob("*.md")):
        if page != GLOSSARY:
            yield page.name, page.read_text(encoding="utf-8")
    for template in sorted((ROOT / "src/grcm_cli/letters/templates").glob("*.es.md")):
        yield template.name, template.read_text(encoding="utf-8")
    for rule in rules_by_name().values():
        yield rule.name, rule_text(rule.page().what, "es")
        yield rule.name, rule_text(rule.page().why, "es")


def test_the_glossary_has_terms_and_rejected_phrases() -> None:
    assert len(ROWS) > 15
    assert len(PHRASES) > 15


def test_the_english_glossary_has_the_same_terms() -> None:
    english = (ROOT / "docs/en/glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| (\w+) \| ", english, re.MULTILINE)[1:]
    assert [(spanish, term) for term, spanish in rows] == ROWS


@pytest.mark.parametrize(("spanish", "term"), ROWS)
def test_a_term_has_its_one_translation_in_the_catalogue(spanish: str, term: str) -> None:
    """The beginning of the word will do: a plural and a verb have other endings."""
    beginning = fold_words(spanish)[:5]
    word = re.compile(rf"\b(?:{term}|{plural(term)})\b", re.IGNORECASE)
    otherwise = [
        (message, translation)
        for message, translation in messages()
        if word.search(CODE.sub("", message)) and beginning not in fold_words(translation)
    ]
    assert [pair for pair in otherwise if pair[0] != OF_CALENDARS] == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_the_glossary_rejects_is_in_no_spanish_text(phrase: str) -> None:
    words = r"\s+".join(map(re.escape, phrase.split()))
    found = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    assert [where for where, text in spanish_texts() if found.search(text)] == []
