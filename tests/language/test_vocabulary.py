"""What a process calls its conclusions: every message with the word, in each language and gender.

`vocabulary.txt` has them as they read with other nouns. `python -m tests.language.test_vocabulary`
writes it anew; then read the difference.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from grcm_cli.language.grammar import grammar, known_noun, rewording
from grcm_cli.language.text import LANGUAGES, Noun
from grcm_cli.letters.templates import BUILT_IN

from ..conftest import ROOT, Folder, run_grcm

EXPECTED = Path(__file__).parent / "vocabulary.txt"
NOUNS = {
    "es": ["acuerdo", "decisión"],
    "en": ["decision", "agreement"],
    "fr": ["avis", "décision", "accord"],
    "pt": ["acordo", "decisão"],
}
"""A noun for each gender and for each beginning that matters."""


def messages(language: str) -> Iterator[str]:
    """Yield the messages of a language, and the lines of its letter, that name a conclusion."""
    usual = "|".join(grammar(language)["conclusion"]["usual"].split(", "))
    word = re.compile(rf"(?<![\w`{{])(?:{usual})(?![\w`}}])", re.IGNORECASE)
    with (ROOT / "src/grcm_cli/locale/es/LC_MESSAGES/grcm.po").open("rb") as file:
        english = list(read_po(file))
    own = english
    if language not in ("es", "en"):
        with (ROOT / f"src/grcm_cli/locale/{language}/LC_MESSAGES/grcm.po").open("rb") as file:
            own = list(read_po(file))
    texts = [
        form for entry in own for form in forms(entry.id if language == "en" else entry.string)
    ]
    letter = (BUILT_IN / f"reminder.{language}.md").read_text(encoding="utf-8").split("\n")
    for text in dict.fromkeys([*texts, *letter]):
        if word.search(text):
            yield text


def forms(message: object) -> list[str]:
    return [message] if isinstance(message, str) else [str(one) for one in message or ()]  # type: ignore[attr-defined] # of babel: a text or several


def in_words() -> str:
    """Return each message that a noun changes, around the noun, with every noun."""
    lines = []
    for language in LANGUAGES:
        for word in NOUNS[language]:
            noun = known_noun(word, language)
            assert noun is not None
            reword = rewording(noun, language)
            lines += [f"# {language} {word}", ""]
            found = {
                match[0]
                for message in messages(language)
                for match in re.finditer(
                    rf"(?:\S+ ){{0,3}}\S*\b(?:{noun.singular}|{noun.plural})\b\S*(?: \S+){{0,3}}",
                    reword(message).replace("\n", " "),
                    re.IGNORECASE,
                )
            }
            lines += [*sorted(found), ""]
    return "\n".join(lines)


def test_every_message_reads_as_it_was_reviewed() -> None:
    assert in_words() == EXPECTED.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_has_the_usual_word_then(language: str) -> None:
    reword = rewording(Noun("zzz", "zzzs", "m"), language)
    usual = "|".join(grammar(language)["conclusion"]["usual"].split(", "))
    for message in messages(language):
        left = re.findall(rf"(?<![\w`{{])(?:{usual})(?![\w`}}])", reword(message), re.IGNORECASE)
        keys = re.findall(r"(?m)^\s*conclusions:", message) + re.findall(
            r"register\.yaml conclusions:", message
        )
        assert len(left) == len(keys), message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write `conclusions:` anew", "write `conclusions:` anew"),
        ("{conclusion} of {conclusions}", "{conclusion} of {conclusions}"),
        ("A conclusion. Conclusions", "An agreement. Agreements"),
        ("conclusions[8].due", "conclusions[8].due"),
        ("--conclusion", "--conclusion"),
    ],
)
def test_keys_and_placeholders_stay(text: str, expected: str) -> None:
    assert rewording(Noun("agreement", "agreements"), "en")(text) == expected


REGISTER = "process: {{code: EX, name: Ejemplo, languages: [es, en], conclusion: {words}}}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("{es: acuerdo}", "Acuerdos"),
        ("{es: Acuerdo}", "Acuerdos"),
        ("{pt: deliberação}", "Deliberações"),
        ("{fr: délibération}", "Délibérations"),
        ("{es: {singular: acta, plural: actas, gender: f}}", "Actas"),
        ("{en: decision}", "Conclusiones"),
    ],
)
def test_a_list_has_the_word_of_the_register(folder: Folder, words: str, sentence: str) -> None:
    base = (folder.path / "register.yaml").read_text(encoding="utf-8").split("\n", 1)[1]
    folder.write("register.yaml", REGISTER.format(words=words) + base)
    folder.meeting("- {number: 1, text: T}\n- {number: 2, text: T}")
    for _run in range(2):  # read, then from the cache
        language = words[1:3].replace("en", "es")
        ran = run_grcm("--data", str(folder.path), "--lang", language, "meetings")
        assert sentence in ran.out


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("acuerdo", "a word for each language: {es: acuerdo, en: decision}"),
        ("{es: hito}", "grcm does not know the plural of 'hito'"),
        ("{de: Beschluss}", "grcm has no interface in the language 'de'"),
        ("{es: {singular: acta}}", "plural"),
        ("{es: {singular: acta, plural: actas, gender: x}}", "gender"),
    ],
)
def test_a_word_that_is_not_known_is_said(folder: Folder, words: str, problem: str) -> None:
    base = (folder.path / "register.yaml").read_text(encoding="utf-8").split("\n", 1)[1]
    folder.write("register.yaml", REGISTER.format(words=words) + base)
    ran = run_grcm("--data", str(folder.path), "validate")
    assert ran.code == 1
    assert "register.yaml:1:" in ran.out
    assert problem in ran.out


if __name__ == "__main__":
    EXPECTED.write_text(in_words(), encoding="utf-8")
