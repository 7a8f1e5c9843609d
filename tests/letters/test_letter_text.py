"""Markdown as plain text: what a template may hold, as a reader of mail without pages sees it."""

import pytest

from grcm_cli.letters.render import first_heading, plain_text

LONG = "palabra " * 11 + "palabra"


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        pytest.param("# Uno\n\n## Dos\n\n### Tres", "Uno\n===\n\nDos\n---\n\nTres", id="headings"),
        pytest.param("a **b** _c_ `d` &amp; \\*e\\*", "a b c d & *e*", id="marks and escapes"),
        pytest.param("uno\ndos\n\ntres", "uno dos\n\ntres", id="paragraphs"),
        pytest.param("uno  \ndos\\\ntres", "uno\ndos\ntres", id="lines that end as they are"),
        pytest.param(LONG, LONG[:71] + "\n" + LONG[72:], id="lines of 72 columns"),
        pytest.param("> a\n>\n> b", "    a\n\n    b", id="quotations"),
        pytest.param("- a\n- b\n  - c", "- a\n- b\n  - c", id="a list without gaps"),
        pytest.param("- a\n\n- b", "- a\n\n- b", id="a list with gaps"),
        pytest.param(
            "3. a\n4. b\n   > c", "3. a\n4. b\n       c", id="numbers, a quotation within"
        ),
        pytest.param("- ", "-", id="an empty item"),
        pytest.param("    a\n\n```\n*b*\n```", "    a\n\n    *b*", id="code"),
        pytest.param("a\n\n---\n\nb", f"a\n\n{'-' * 72}\n\nb", id="a rule"),
        pytest.param("| a | b |\n|---|---|\n| 1 | **2** |", "a | b\n1 | 2", id="a table"),
        pytest.param("[here](https://example.org) <https://example.org>",
                     "here (https://example.org) https://example.org",
                     id="links say where they lead"),
        pytest.param("![a picture](x.png)", "a picture", id="a picture's words"),
        pytest.param("<b>a</b>", "<b>a</b>", id="HTML is text"),
        pytest.param("", "", id="nothing"),
    ],
)  # fmt: skip
def test_a_text_without_marks(markdown: str, plain: str) -> None:
    assert plain_text(markdown, "en") == f"{plain}\n"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("a\n\n## **Uno** y\\* dos\n\n# b", "Uno y* dos"),
        ("# \n\n# b", ""),
        ("no heading", ""),
        ("> # quoted", ""),
    ],
)
def test_what_a_letter_is_about(markdown: str, words: str) -> None:
    assert first_heading(markdown) == words


def test_a_cell_behind_its_heading_has_the_colon_of_the_letter() -> None:
    table = f"| A | B |\n|---|---|\n| c | {'d ' * 40}|\n"
    assert "B\xa0: d" in plain_text(table, "fr")
