"""The site in a real browser, from a folder as from a web host: search, filter, languages, axe.

And the page on which a draft is checked.

They run where Chromium and the packages of the group `browser` are (`make browser`); a machine
without them skips this file and says so.
"""

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Folder, run_grcm

sync_api = pytest.importorskip("playwright.sync_api", reason="make browser installs playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="make browser")
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium"),
    pytest.mark.xdist_group("browser"),
]
PAGES = (
    *("index.html", "late.html", "due.html", "parties.html", "meetings.html"),
    *("list.html", "list.html?party=MEX", "search.html?q=overdue"),
    *("search.html?q=mexico", "party/MEX.html", "party/PPT.html", "meeting/GRCM-2002-10.html"),
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "pages"
    assert run_grcm("site", str(target), "--as-of", "2003-04-01").code == 0
    return target


@pytest.fixture(scope="module", params=["file", "http"])
def base(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Yield where the site begins: in a folder, or on a web host of this machine alone."""
    if request.param == "file":
        yield folder.as_uri()
        return
    handler = functools.partial(Quiet, directory=os.fspath(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, base: str) -> Iterator[Any]:
    """Yield a page; whatever it says on its console, or asks of another host, is a failure."""
    context = chromium.new_context(viewport={"width": 1200, "height": 800})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda asked: wrong.extend(_elsewhere(asked.url, base)))
    opened.on("response", lambda got: wrong.extend([got.url] if got.status >= 400 else []))
    yield opened
    context.close()
    assert wrong == []


def _elsewhere(address: str, base: str) -> list[str]:
    return [] if address.startswith(base) else [address]


def shown(page: Any, selector: str) -> list[str]:
    """Return the texts of what can be seen."""
    found = page.locator(selector).all()
    return [one.inner_text() for one in found if one.is_visible()]


def test_every_page_opens_without_a_word_on_the_console(page: Any, base: str) -> None:
    for language in ("es", "en"):
        for name in PAGES:
            page.goto(f"{base}/{language}/{name}")
            assert page.locator("h1").count() == 1


def test_the_entrance_leads_to_the_language_of_the_process(page: Any, base: str) -> None:
    page.goto(f"{base}/index.html")
    page.wait_for_url(f"{base}/es/index.html")
    assert page.locator("html").get_attribute("lang") == "es"


def test_a_newcomer_finds_what_mexico_owes(page: Any, base: str) -> None:
    page.goto(f"{base}/es/index.html")
    page.locator("input[name=q]").fill("mexico")
    page.locator("input[name=q]").press("Enter")
    page.locator("#results a").first.click()
    assert page.locator("h1").inner_text().startswith("México")
    assert shown(page, ".duties .ref")[:2] == ["GRCM-2002-10/8#1", "GRCM-2002-10/9"]


def test_search_finds_whatever_the_accents_and_marks_the_words(page: Any, base: str) -> None:
    page.goto(f"{base}/es/search.html")
    page.locator("#words").fill("explotacion NIÑOS")
    page.locator("#found", has_text="Resultados: 1.").wait_for()
    assert shown(page, "#results > li > a") == ["GRCM-2002-10/8"]
    assert {word.lower() for word in shown(page, "#results mark")} == {"explotación", "niños"}
    page.locator("#words").fill("zzzz")
    page.locator("#found", has_text="Ninguna conclusión contiene todas estas palabras.").wait_for()
    assert shown(page, "#results a") == []
    page.locator("#words").fill("explotacion")
    page.locator("#results a").last.click()
    assert page.url.endswith("meeting/GRCM-2002-10.html#8")
    assert page.locator("h3:target").inner_text().startswith("8")


def test_the_filter_leaves_the_rows_with_all_words(page: Any, base: str) -> None:
    page.goto(f"{base}/en/party/MEX.html")
    assert len(shown(page, ".duties tbody tr")) == 5
    page.locator("[data-filter]").fill("presidency TALLER")
    assert [row.split()[-1] for row in shown(page, ".duties tbody tr")] == ["GRCM-2002-10/9"]
    assert shown(page, "[data-count]") == ["1 of 5 rows"]
    assert shown(page, "main section h2") == ["Offices", "Overdue"]
    page.locator("[data-filter]").fill("")
    assert len(shown(page, ".duties tbody tr")) == 5


def test_the_list_knows_names_and_filters_on_a_phone_too(page: Any, base: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base}/es/list.html")
    page.locator("#filters [name=q]").fill("belice")
    page.locator("#count", has_text="2 filas de 11").wait_for()
    assert shown(page, ".duties .ref") == ["GRCM-2002-10/8#1", "GRCM-2002-10/3"]


def test_the_language_switch_keeps_the_page(page: Any, base: str) -> None:
    page.goto(f"{base}/en/party/MEX.html")
    page.get_by_role("link", name="Español").click()
    assert page.url == f"{base}/es/party/MEX.html"
    assert page.locator("h2").nth(1).inner_text() == "Vencidos"


def test_the_calendar_can_be_subscribed_to_where_there_is_a_host(page: Any, base: str) -> None:
    page.goto(f"{base}/en/party/MEX.html")
    address = page.locator("[data-feed]").evaluate("link => link.href")
    scheme = "webcal://127" if base.startswith("http") else "file://"
    assert address.startswith(scheme)
    assert address.endswith("/en/party/MEX.ics")


def test_the_keyboard_alone_leads_to_the_content(page: Any, base: str) -> None:
    page.goto(f"{base}/en/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "_main"


@pytest.mark.parametrize("width", [320, 760, 900])
def test_nothing_is_wider_than_the_screen(page: Any, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for name in PAGES:
        page.goto(f"{base}/es/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("width", [360, 1200])
def test_a_word_without_end_breaks_no_page(chromium: Any, tmp_path: Path, width: int) -> None:
    folder = Folder(tmp_path)
    word = "x" * 300
    folder.meeting(
        f"- {{number: 1, text: {word}, action: {word}, responsible: AAA, due: 2003-01-15,"
        f" note: {word}, documents: [{word}]}}\n"
    )
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: started,"
                    f" evidence: 'https://example.org/{word}', note: {word}}}\n")  # fmt: skip
    run_grcm("--data", str(tmp_path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    opened = chromium.new_page(viewport={"width": width, "height": 800})
    for name in ("index.html", "due.html", "party/AAA.html", "meeting/WG-2002-10.html"):
        opened.goto(f"{(tmp_path / 's').as_uri()}/en/{name}")
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, name
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_axe_finds_nothing(chromium: Any, folder: Path, scheme: str, width: int) -> None:
    """Contrast, names, headings, tables, links: the rules of axe-core, in both themes."""
    context = chromium.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    for language in ("es", "en"):
        for name in PAGES:
            opened = context.new_page()
            opened.goto(f"{folder.as_uri()}/{language}/{name}")
            result = axe.Axe().run(opened)
            found = [(v["id"], v["nodes"][0]["html"]) for v in result.response["violations"]]
            assert found == [], (language, name)
            opened.close()
    context.close()


# --- the page on which a draft is checked ---------------------------------------------------------


@pytest.fixture(scope="module", params=["es", "en"])
def review(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("review") / f"{request.param}.html"
    seed = "data/sources/GRCM-2002-10.txt"
    ran = run_grcm("draft", seed, "--review", str(path), "--lang", request.param)
    assert ran.code == 0
    return path


@pytest.mark.parametrize("width", [320, 800, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_review(
    chromium: Any, review: Path, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 800}
    context = chromium.new_context(color_scheme=scheme, viewport=size, bypass_csp=True)
    opened = context.new_page()
    opened.goto(review.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.keyboard.press("n")
    violations = axe.Axe().run(opened).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []
    context.close()


def test_keys_step_through_the_points_and_can_be_turned_off(chromium: Any, review: Path) -> None:
    opened = chromium.new_page(viewport={"width": 1280, "height": 800})
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(review.as_uri())

    def current() -> tuple[str, list[str]]:
        """Return the point that has the focus, and the words that are shown for it."""
        focused = opened.evaluate("document.activeElement.parentNode.id")
        return focused, opened.locator("mark.current").evaluate_all("all => all.map(a => a.id)")

    seen = []
    for key in "nnjpk":
        opened.keyboard.press(key)
        seen.append(current())
    assert [point for point, _words in seen] == ["d1", "d2", "d3", "d2", "d1"]
    assert seen[1] == seen[3] != seen[0] == seen[4]
    opened.keyboard.press("p")
    assert current()[0] == "d5"
    assert opened.locator("mark.current").is_visible()
    opened.locator("#keys").uncheck()
    opened.keyboard.press("n")
    assert opened.locator("li.current").get_attribute("id") == "d5"
    assert wrong == []
    opened.close()


def test_without_a_script_each_point_is_a_link_to_it(chromium: Any, review: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(review.as_uri())
    assert opened.locator("[data-step]").first.is_hidden()
    opened.locator(".points a").nth(3).click()
    assert opened.url.endswith("#d4")
    opened.locator("#d4 a").click()
    assert opened.locator("mark:target").first.is_visible()
    context.close()


def test_paper_has_every_card_whole_and_all_of_the_text(chromium: Any, review: Path) -> None:
    opened = chromium.new_page(viewport={"width": 1280, "height": 800})
    opened.goto(review.as_uri())
    opened.emulate_media(media="print")
    heights = opened.locator(".pane").evaluate_all(
        "all => all.map(pane => [pane.scrollHeight, pane.clientHeight])"
    )
    assert all(whole == shown for whole, shown in heights)
    cards = opened.locator(".card").evaluate_all(
        "all => all.map(a => getComputedStyle(a).breakInside)"
    )
    assert set(cards) == {"avoid"}
    opened.close()
