"""A record of which every text would act on a page, in a real browser: none does.

Each text field holds each text, in both languages. The pages are opened one by one as on the host
that they were made for, and search and list are asked with the same texts. See
test_site_browser.py.
"""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest

from ..conftest import Folder, run_grcm
from . import test_site_browser as browser

pytestmark = browser.pytestmark
chromium = browser.chromium
TEXTS = (
    *("<script>alert(1)</script>", "</script><script>alert(2)</script>"),
    *('"><img src=x onerror=alert(3)>', "' onmouseover='alert(4)' autofocus onfocus='alert(4)"),
    "</title></style></textarea></template><svg onload=alert(5)>",
    '--><iframe srcdoc="<script>parent.alert(6)</script>"></iframe>',
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(7)</x:script>",
    *("javascript:alert(8)", "data:text/html,<script>alert(9)</script>"),
    "vbscript:x https://ok.example@evil.example/ <a href=javascript:alert(10)>x</a>",
    "{{ 7*7 }} {% for x in ().__class__.__base__.__subclasses__() %} ${7*7} <%= 7*7 %> #{7*7}",
    *("uno\u2028alert(11)\u2029dos", "Hacia \u202eatrás\u202c \u2066x\u2069 e invisible\u200b"),
    *("Rojo \x1b[31m \x1b]8;;http://evil.example\x07 y \x85 fin", "W" * 600),
    *('=HYPERLINK("http://evil.example";"x")', "@SUM(1) +1 -2"),
    "&#60;script&#62;alert(12)&#60;/script&#62; &lt;b&gt; \\u003cscript\\u003e %3Cscript%3E",
    "<base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example><form action=//evil.example><button>x</button>",
    "__proto__ constructor toString hasOwnProperty",
)
ALL = " ".join(TEXTS)
HOME = "https://ok.example/site/"
CHECK = "# grcm: ignore[bidi-control, invisible-character, odd-character]\n"
ELEMENTS = """(own) => [...document.querySelectorAll('*')].filter((one) =>
  ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE', 'TEMPLATE'].includes(one.tagName)
  || (one.tagName === 'SCRIPT' && !one.src.startsWith(own))
  || (one.tagName === 'LINK' && !one.href.startsWith(own) && !one.hasAttribute('hreflang')
      && one.rel !== 'canonical')
  || (one.tagName === 'FORM' && !one.action.startsWith(own))
  || (one.tagName === 'META' && one.httpEquiv === 'refresh')
  || [...one.attributes].some((name) => /^(on|style$|srcdoc|formaction)/i.test(name.name))
).map((one) => one.outerHTML.slice(0, 200))"""
LINKS = "() => [...document.links].map((one) => one.href)"


def text_of(language: str) -> dict[str, str]:
    """Return every text in each language, the other one marked."""
    return {"es": ALL, "en": f"{ALL} {language}"}


def yaml(value: object) -> str:
    """Return a value as YAML on one line: JSON, with what YAML does not take escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def write_record(folder: Folder) -> None:
    """Write a record in which these texts stand in every field that takes a text."""
    name = yaml(text_of("EN"))
    folder.write("register.yaml", (
        f"process: {{code: EX, name: {name}, languages: [es, en]}} {CHECK}"
        f"bodies: {{WG: {{name: {name}, aliases: [{yaml(TEXTS[0])}]}}}} {CHECK}"
        f"members: {{AAA: {{name: {name}, aliases: [{yaml(TEXTS[2])}]}},"
        f" BBB: {{name: {name}}}}} {CHECK}"
        f"offices: {{CH: {{name: {name}, terms: [{{holder: AAA, from: 2002-01-01}}]}}}} {CHECK}"
        f"organizations: {{ORG: {{name: {name}}}}} {CHECK}"
    ))  # fmt: skip
    conclusions = [
        f"- number: {number} {CHECK}"
        f"  text: {yaml({'es': text, 'en': text})} {CHECK}"
        f"  note: {yaml(text)} {CHECK}"
        f"  documents: [{yaml(text)}] {CHECK}"
        "  mandates:\n"
        f"  - action: {yaml({'es': text, 'en': text})} {CHECK}"
        f"    note: {yaml(text)} {CHECK}"
        "    responsible: {each: [AAA, BBB, CH, ORG]}\n"
        "    due: 2003-01-15\n"
        for number, text in enumerate(TEXTS, 1)
    ]
    head = "body: WG\nplace: {0} {1}title: {2} {1}source: {0} {1}"
    fields = head.format(yaml(ALL), CHECK, name)
    folder.write("meetings/WG-2002-10.yaml", (
        "id: WG-2002-10\nstart: 2002-10-29\nend: 2002-10-31\ncountry: AAA\n"
        f"participants: [AAA, BBB]\n{fields}conclusions:\n{''.join(conclusions)}"
    ))  # fmt: skip
    folder.write("meetings/WG-2003-05.yaml", f"id: WG-2003-05\nstart: 2003-05-05\n{fields}")
    folder.progress("AAA", "".join(
        f"- {{mandate: WG-2002-10/{number}, date: 2003-01-{number:02}, progress: done,"
        f" evidence: {yaml(text)}, note: {yaml(text)}}} {CHECK}"
        for number, text in enumerate(TEXTS, 1)
    ))  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Folder(tmp_path_factory.mktemp("hostile"))
    write_record(folder)
    made = folder.path / "pages"
    options = ("--as-of", "2003-02-01", "--base-url", HOME)
    ran = run_grcm("--data", str(folder.path), "site", str(made), *options)
    assert (ran.code, ran.err) == (0, "")
    return made


@pytest.fixture
def page(chromium: Any, site: Path) -> Iterator[Any]:
    """Yield a page on which a dialog, an error or a word on the console is a failure."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    wrong: list[str] = []

    def answer(route: Any) -> None:
        address = route.request.url.partition("#")[0].partition("?")[0]
        if address.startswith(HOME):
            route.fulfill(path=site / unquote(address.removeprefix(HOME)))
        else:
            wrong.append(address)
            route.abort()

    def dismiss(dialog: Any) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    context.route("**/*", answer)
    opened.on("dialog", dismiss)
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def check(page: Any) -> None:
    """Check that nothing on a page is other than the site made it, and no link leads elsewhere."""
    assert page.evaluate(ELEMENTS, HOME) == []
    for link in page.evaluate(LINKS):
        address = urlsplit(link)
        assert address.scheme in ("http", "https", "webcal"), link
        assert "evil" not in (address.hostname or ""), link
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_texts_are_in_the_record_whole(site: Path) -> None:
    read = json.loads(
        run_grcm("--data", str(site.parent), "show", "WG-2002-10", "--format", "json").out
    )
    assert len(read["conclusions"]) == len(TEXTS)


def test_no_page_does_anything(page: Any, site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        if path == site / "index.html":
            continue  # leads on to that of a language
        page.goto(f"{HOME}{quote(str(path.relative_to(site)))}")
        page.mouse.move(200, 400)
        for one in page.locator("details").all():
            one.evaluate("(one) => { one.open = true; }")
        if path.name == "404.html":  # its links count from the site's own address
            assert page.locator("base").evaluate("one => { one.remove(); return one.href }") == HOME
        check(page)


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_question_does_anything(page: Any, language: str) -> None:
    for text in (*TEXTS, "wg", "1", "alert"):
        for asked in (
            f"search.html?q={quote(text)}&kind={quote(text)}",
            f"list.html?q={quote(text)}",
        ):
            page.goto(f"{HOME}{language}/{asked}")
            browser.sync_api.expect(page.locator("#found, #count").first).not_to_have_text("")
            check(page)


def test_no_filter_of_an_address_does_anything(page: Any) -> None:
    names = ("party", "state", "period", "from", "to", "body", "meeting", "kind", "sort", "q", "x")
    for text in TEXTS:
        query = "&".join(f"{name}={quote(text)}" for name in names)
        page.goto(f"{HOME}en/list.html?{query}#{quote(text)}")
        browser.sync_api.expect(page.locator("#count")).not_to_have_text("")
        check(page)
    for sort in ("constructor", "toString", "__proto__"):
        page.goto(f"{HOME}en/list.html?sort={sort}")
        page.locator("#filtered tbody tr").nth(20).wait_for()
        assert page.locator("#filtered tbody tr").count() >= len(TEXTS)


def test_results_show_texts_as_they_are(page: Any) -> None:
    page.goto(f"{HOME}en/search.html?q=WG-2002-10")
    page.locator("#results > li").nth(9).wait_for()
    shown = page.locator("#results").inner_text()
    for text in (TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[7], TEXTS[10]):
        assert text in shown
    check(page)


def test_a_copied_link_is_that_of_the_site(page: Any) -> None:
    page.goto(f"{HOME}en/meeting/WG-2002-10.html")
    for number in (1, 8, len(TEXTS)):
        page.locator(f"[id='{number}-1'] .copy").click()
        address = f"{HOME}en/meeting/WG-2002-10.html#{number}-1"
        browser.sync_api.expect(page.locator("#_copied")).to_contain_text(address)
        check(page)


def test_feeds_and_lists_for_search_engines_are_well_formed(site: Path) -> None:
    files = [*site.rglob("*.atom"), *site.rglob("*.xml"), *site.rglob("*.svg")]
    assert len(files) > 2
    for path in files:
        for element in ET.parse(path).getroot().iter():  # noqa: S314 - written by grcm itself
            assert element.tag.rpartition("}")[2] not in ("script", "img", "iframe"), path
            for name in ("href", "src"):
                address = urlsplit(element.get(name, ""))
                assert address.scheme in ("", "http", "https"), path
                assert "evil" not in (address.hostname or ""), path


def test_no_cell_of_a_file_to_load_down_is_a_formula(site: Path) -> None:
    files = list(site.rglob("*.csv"))
    assert files
    for path in files:
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            for cell in row:
                assert cell[:1] not in set("=+-@\t\r") or re.fullmatch(r"-\d+", cell), (path, cell)


def test_names_of_files_are_codes_alone(site: Path) -> None:
    for path in site.rglob("*"):
        assert not set("<>\"'&%=;{}") & set(unquote(path.name)), path
