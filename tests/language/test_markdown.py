"""Texts that stay texts in Markdown, whatever is in them, as another reader of it sees them."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grcm_cli.language.markdown import literal, passage, row, to_html
from grcm_cli.language.text import clean

PLACES = {
    "a line": ("{}", ["p"]),
    "after a line": ("Before:\n{}", ["p"]),
    "before a line": ("{}\n\nAfter", ["p", "p"]),
    "a heading": ("# {}", ["h1"]),
    "a heading's end": ("# Before {}", ["h1"]),
    "an item": ("- {}", ["ul", "li"]),
    "a numbered item": ("1. {}", ["ol", "li"]),
    "a quotation": ("> {}", ["blockquote", "p"]),
}
TEXTS = [
    *("1. uno", "12) doce", "# uno", "## uno", "- uno", "+ uno", "* uno", "> uno", "    uno"),
    *("---", "===", "***", "```", "~~~", ":--", "| a |", "uno #", "uno ##", "#", "##", "-", "1."),
    *("<b>uno</b>", "&lt;", "&#64;", "[a](http://example.org)", "![a](b)", "\\", "uno\\", "`a`"),
    *("<http://example.org>", "a@example.org", "[a]: b", "[^1]", "{{ 7*7 }}", "uno  ", "--> <!--"),
    *("2003-01-15", "15.000", "uno\n# dos", "uno\n\n- dos", "\tuno", "_a_ __b__ *c* **d**"),
]


class Page(HTMLParser):
    """The tags of a page and its text, read by Python's own reader of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("place", PLACES)
def test_a_passage_is_a_text_wherever_it_stands(place: str) -> None:
    around, tags = PLACES[place]
    for text in TEXTS:
        page = Page(to_html(around.replace("{}", passage(text))))
        assert (page.tags, page.attributes) == (tags, []), text
        assert clean(text).strip() in page.text


@given(st.text(min_size=1).filter(lambda text: clean(text).strip()))
@example("¶#")
@example("0. 0.")
def test_any_passage_comes_back_to_the_letter(text: str) -> None:
    page = Page(to_html(passage(text)))
    assert (page.tags, page.attributes) == (["p"], [])
    assert page.text.removesuffix("\n") == clean(text).strip()


@pytest.mark.parametrize("text", TEXTS)
def test_a_literal_keeps_to_its_cell(text: str) -> None:
    page = Page(to_html("\n".join([row(["A", "B"]), row(["---"] * 2), row([literal(text), "z"])])))
    assert page.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert clean(text).strip() in page.text


def test_what_reads_well_is_left_as_it_is() -> None:
    for text in ("GRCM-2002-10/8#1", "2003-01-15", "15.000 personas", "¿Qué? (uno)", "a - b"):
        assert passage(text) == text
