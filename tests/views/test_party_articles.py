"""An article stands before a name only where the name is in a language that has it."""

import pytest

from grcm_cli.domain.model import Location, Party, Text
from grcm_cli.domain.parties import Directory
from grcm_cli.language.text import using_language
from grcm_cli.views.labels import full_wording, of_name, party_article

AT = Location("register.yaml", 1, 1)
PARTIES = (
    Party("UNMARKED", "group", Text({"": "Estados Pequeños"}), (), AT),
    Party("MARKED", "group", Text({"en": "Smaller States", "es": "Estados Pequeños"}), (), AT),
    Party("EXCEPT", "group", Text({"en": "Island Countries except Nauru"}), (), AT),
    Party("ALLIANCE", "group", Text({"en": "Alliance of Island States"}), (), AT),
    Party("UNION", "organization", Text({"fr": "Union européenne"}), (), AT),
)


@pytest.mark.parametrize(
    ("code", "languages", "language", "expected"),
    [
        ("UNMARKED", ("es",), "es", "de los Estados Pequeños"),
        ("UNMARKED", ("en",), "es", "de Estados Pequeños"),
        ("UNMARKED", ("en",), "fr", "d’Estados Pequeños"),
        ("UNMARKED", ("en",), "pt", "de Estados Pequeños"),
        ("UNMARKED", (), "es", "de los Estados Pequeños"),
        ("MARKED", ("en",), "es", "de los Estados Pequeños"),
        ("MARKED", ("en",), "fr", "de Smaller States"),
    ],
)
def test_a_name_has_an_article_of_its_own_language(
    code: str, languages: tuple[str, ...], language: str, expected: str
) -> None:
    assert of_name(Directory(PARTIES, languages), code, language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", "cada integrante de Estados Pequeños"),
        ("fr", "chaque membre du groupe Estados Pequeños"),
        ("pt", "cada integrante do grupo Estados Pequeños"),
    ],
)
def test_members_of_a_group_without_an_article(language: str, expected: str) -> None:
    directory = Directory(PARTIES, ["en"])
    with using_language(language):
        assert full_wording(directory, language).each_of("UNMARKED") == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("MARKED", "each of the Smaller States"),
        ("EXCEPT", "each of the Island Countries except Nauru"),
        ("ALLIANCE", "each of the members of the Alliance of Island States"),
    ],
)
def test_a_group_called_by_its_members_in_english(code: str, expected: str) -> None:
    with using_language("en"):
        assert full_wording(Directory(PARTIES, ["en"]), "en").each_of(code) == expected


def test_a_french_list_has_no_articles_since_some_names_would_lack_theirs() -> None:
    wording = full_wording(Directory(PARTIES, ["fr"]), "fr")
    assert wording.listed(["MARKED", "UNION"]) == "Smaller States et Union européenne"
    assert wording.listed(["UNION"]) == "l’Union européenne"


def test_a_code_that_is_not_in_the_register_has_no_article() -> None:
    assert party_article(Directory(PARTIES, ["es"]), "XXX", "es") == ""
