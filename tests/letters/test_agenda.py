"""`grcm agenda`: what concerns a body, under which heading it stands, and the document of it."""

from datetime import date

import pytest

from grcm_cli.domain.tasks import tasks
from grcm_cli.language.markdown import to_html
from grcm_cli.language.text import clean, using_language
from grcm_cli.letters.agenda import MeetingPack

from ..conftest import Folder, run_grcm
from ..formats.test_formats import HOSTILE
from ..language.test_markdown import Page
from .conftest import write_everywhere

DAY = date(2003, 2, 1)


def next_meeting(folder: Folder, start: str = "2003-03-10", end: str = "2003-03-12") -> None:
    """Write the working group's next meeting, known by its dates."""
    folder.meeting("", id="WG-2003-03", start=start, end=end)


SEVERAL = """\
- {number: 1, text: Uno, action: A, responsible: {each: [AAA, BBB, DDD]}, due: 2003-01-15}
- {number: 2, text: Dos, action: B, responsible: [CH, ORG], due: 2003-02-10}
- {number: 3, text: Tres, action: C, responsible: BBB}
- {number: 4, text: Cuatro, action: D, responsible: BBB, due: 2002-12-01}
- {number: "5", text: "Se incluirá:"}
- {number: 5.a, text: la definición., action: E, responsible: []}
"""
REPORTS = """\
- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done, evidence: example.org/a, note: N}
- {mandate: WG-2002-10/2, date: 2003-01-11, progress: started}
"""


def several(folder: Folder, language: str) -> MeetingPack:
    folder.meeting(SEVERAL)
    folder.progress("BBB", REPORTS.replace("- {mandate: WG-2002-10/1", "- {mandate: WG-2002-10/4"))
    folder.progress("AAA", REPORTS.splitlines()[0])
    next_meeting(folder)
    register = folder.register()
    party = register.directory.by_code["WG"]
    return MeetingPack(register, tasks(register, DAY), party, DAY, language)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_holds_what_the_document_does(folder: Folder, language: str) -> None:
    """HTML is the Markdown's own, so that neither says more; heads repeat on paper, lines show."""
    with using_language(language):
        pack = several(folder, language)
        page, text = Page(pack.render("html").decode()), Page(to_html(pack.markdown()))
    assert page.text.split() == [*page.text.split()[: -len(text.text.split())], *text.text.split()]
    assert page.tags.count("table") == page.tags.count("thead") == 6
    assert ("lang", language) in page.attributes
    assert "landscape" in page.text
    styles = [value or "" for name, value in page.attributes if name == "style"]
    cells = page.tags.count("td") + page.tags.count("th")
    assert sum("border" in style for style in styles) == cells
    assert sum("right" in style for style in styles) == 9


# --- the command ---------------------------------------------------------------------------------


def agenda(folder: Folder, *arguments: str, day: str = "2003-02-01") -> tuple[int, str, str]:
    ran = run_grcm("--data", str(folder.path), "--as-of", day, "agenda", *arguments)
    return ran.code, ran.out, ran.err


def test_no_text_acts_in_either_format(folder: Folder) -> None:
    texts = [*HOSTILE.values(), "{{ 7*7 }}", "1. # x", "- x", "> x", "</td></table>", "--> <!--"]
    write_everywhere(folder, texts, "done")
    page = Page(agenda(folder, "WG", "--format", "html")[1])
    assert set(page.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "h3", "p"),
        *("table", "thead", "tbody", "tr", "th", "td", "strong", "blockquote"),
    }
    assert {name for name, _value in page.attributes} <= {
        *("lang", "charset", "class", "style", "width", "valign")
    }
    of_markdown = Page(to_html(agenda(folder, "WG")[1]))
    said = " ".join(of_markdown.text.split())
    for text in texts:
        shown = " ".join(clean(text).split())
        # As an action and in evidence, of the open and the settled; and in the annex. Of what has
        # changed, those that are late have a sentence, as they are many.
        assert said.count(shown) >= 5
        assert " ".join(page.text.split()).count(shown) == said.count(shown)
    assert of_markdown.tags.count("td") == page.tags.count("td")
    rows = 2 * len(texts)
    assert of_markdown.tags.count("td") == 4 * len(texts) + 5 * rows + 4


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Guatemala"])
def test_the_same_bytes_in_every_zone(zone: str) -> None:
    arguments = ("agenda", "GRCM", "--as-of", "2003-04-01", "--format", "html")
    assert run_grcm(*arguments, TZ=zone).out == run_grcm(*arguments, TZ="UTC").out
