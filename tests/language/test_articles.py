"""Articles of names inside a sentence: of countries, offices, bodies and organizations."""

import pytest

from grcm_cli.language.grammar import after, article, contracted, enumerated, with_article
from grcm_cli.language.text import using_language


@pytest.mark.parametrize(
    ("name", "kind", "language", "expected"),
    [
        ("México", "member", "es", "México"),
        ("El Salvador", "member", "es", "El Salvador"),
        ("República Dominicana", "member", "es", "la República Dominicana"),
        ("Reino Unido", "member", "es", "el Reino Unido"),
        ("Presidencia Pro-Témpore", "office", "es", "la Presidencia Pro-Témpore"),
        ("Grupo Regional de Consulta", "body", "es", "el Grupo Regional de Consulta"),
        ("Sistema de la Integración", "organization", "es", "el Sistema de la Integración"),
        ("OIM", "organization", "es", "OIM"),
        ("Naciones Unidas", "organization", "es", "Naciones Unidas"),
        ("Mexico", "member", "en", "Mexico"),
        ("United States", "member", "en", "the United States"),
        ("Dominican Republic", "member", "en", "the Dominican Republic"),
        ("Presidency Pro-Tempore", "office", "en", "the Presidency Pro-Tempore"),
        ("Guinée-Bissau", "member", "fr", "la Guinée-Bissau"),
        ("Sierra Leone", "member", "fr", "la Sierra Leone"),
        ("Nations Unies", "organization", "fr", "les Nations Unies"),
        ("Guiné-Bissau", "member", "pt", "a Guiné-Bissau"),
        ("Costa Rica", "member", "pt", "a Costa Rica"),
        ("Migration Organization", "organization", "en", "the Migration Organization"),
        ("Save the Children", "organization", "en", "Save the Children"),
        ("", "member", "es", ""),
    ],
)
def test_the_article_of_a_name(name: str, kind: str, language: str, expected: str) -> None:
    assert with_article(name, article(name, kind, language)) == expected


@pytest.mark.parametrize(
    ("name", "found", "language", "of", "to"),
    [
        ("CRM", "la", "es", "de la CRM", "a la CRM"),
        ("GRCM", "el", "es", "del GRCM", "al GRCM"),
        ("Nações Unidas", "as", "pt", "das Nações Unidas", "às Nações Unidas"),
        ("El Salvador", "", "es", "de El Salvador", "a El Salvador"),
        ("GRCM", "the", "en", "of the GRCM", "to the GRCM"),
        ("Mexico", "", "en", "of Mexico", "to Mexico"),
    ],
)
def test_an_article_after_a_preposition(
    name: str, found: str, language: str, of: str, to: str
) -> None:
    assert [after("of", name, found, language), after("to", name, found, language)] == [of, to]


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        ("(con el apoyo de el Sistema y la OIM)", "es", "(con el apoyo del Sistema y la OIM)"),
        ("(con el apoyo de la OIM)", "es", "(con el apoyo de la OIM)"),
        ("con el apoyo de El Salvador", "es", "con el apoyo de El Salvador"),
        ("30 días antes de el Foro", "es", "30 días antes del Foro"),
        ("a el Grupo", "es", "al Grupo"),
        ("avec l’appui de le Secrétariat", "fr", "avec l’appui du Secrétariat"),
        ("de les États-Unis", "fr", "des États-Unis"),
        ("à les membres de l’OIM", "fr", "aux membres de l’OIM"),
        ("com o apoio de o Grupo e a OIM", "pt", "com o apoio do Grupo e a OIM"),
        ("a a Secretaria", "pt", "à Secretaria"),
        ("of the Chair", "en", "of the Chair"),
    ],
)
def test_a_preposition_and_the_article_behind_it(phrase: str, language: str, expected: str) -> None:
    with using_language(language):
        assert contracted(phrase) == expected


@pytest.mark.parametrize(
    ("names", "language", "expected"),
    [
        ([], "es", ""),
        (["México"], "es", "México"),
        (["Belice", "Canadá", "México"], "es", "Belice, Canadá y México"),
        (["España", "Italia"], "es", "España e Italia"),
        (["México", "Hiedra"], "es", "México y Hiedra"),
        (["Belize", "Mexico"], "en", "Belize and Mexico"),
    ],
)
def test_names_in_a_sentence(names: list[str], language: str, expected: str) -> None:
    assert enumerated(names, language) == expected
