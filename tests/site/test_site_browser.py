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
from urllib.parse import unquote

import pytest
import yaml

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
    *("index.html", "parties.html", "meetings.html", "changes.html"),
    *("list.html", "list.html?party=MEX", "search.html?q=overdue"),
    *("search.html?q=mexico", "party/MEX.html", "party/PPT.html", "party/CRM.html"),
    *("meeting/GRCM-2002-10.html", "meeting/GRCM-2002-10.html#8-2", "meeting/CRM-2003-05.html"),
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


class NotFound(Quiet):
    """Answers a wrong address as a host does: with the page 404.html of the site."""

    def send_error(self, code: int, *_told: str | None, **_more: str | None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((Path(self.directory) / "crm/404.html").read_bytes())


@pytest.mark.parametrize("path", ["crm/en/meeting/none.html", "crm/none.html"])
def test_a_wrong_address_leads_on_where_the_host_is_not_known(
    chromium: Any, folder: Path, tmp_path: Path, path: str
) -> None:
    shutil.copytree(folder, tmp_path / "crm")
    handler = functools.partial(NotFound, directory=os.fspath(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}"
    opened = chromium.new_page()
    opened.goto(f"{home}/{path}")
    opened.locator("input[name=q]").first.fill("taller")
    opened.keyboard.press("Enter")
    opened.wait_for_url(f"{home}/crm/es/search.html?q=taller")
    opened.close()
    server.shutdown()
    server.server_close()


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
    assert shown(page, ".duties td:nth-child(5)")[:2] == ["GRCM-2002-10/8#1", "GRCM-2002-10/9"]


def test_search_finds_whatever_the_accents_and_marks_the_words(page: Any, base: str) -> None:
    page.goto(f"{base}/es/search.html")
    page.locator("#words").fill("explotacion NIÑOS")
    page.locator("#found", has_text="Resultados: 1.").wait_for()
    assert shown(page, "#results > li > small") == ["GRCM-2002-10/8 · 31 de octubre de 2002"]
    assert {word.lower() for word in shown(page, "#results mark")} == {"explotación", "niños"}
    page.locator("#words").fill("zzzz")
    page.locator("#found", has_text="No hay nada que contenga todas estas palabras.").wait_for()
    assert shown(page, "#results a") == []
    page.locator("#words").fill("explotacion")
    page.locator("#results > li > a").last.click()
    assert page.url.endswith("meeting/GRCM-2002-10.html#8")
    assert page.locator("h2:target").inner_text().startswith("Conclusión 8")
    assert page.locator("article blockquote:visible").count() == 1
    assert page.title().startswith("Conclusión 8 · ")
    page.get_by_role("link", name="Todas las conclusiones de esta reunión").click()
    assert page.locator("article:visible").count() == 26
    page.go_back()
    page.go_back()
    page.locator("#results .states a", has_text="#2").click()
    assert page.url.endswith("meeting/GRCM-2002-10.html#8-2")


def test_the_filter_leaves_the_rows_with_all_words(page: Any, base: str) -> None:
    page.goto(f"{base}/en/party/MEX.html")
    assert len(shown(page, ".duties tbody tr")) == 5
    page.locator("[data-filter]").fill("presidency TALLER")
    assert [row.split()[-1] for row in shown(page, ".duties tbody tr")] == ["GRCM-2002-10/9"]
    assert shown(page, "[data-count]") == ["1 of 5 rows"]
    assert shown(page, "main section:has(.duties) h2") == ["Overdue"]
    page.locator("[data-filter]").fill("")
    assert len(shown(page, ".duties tbody tr")) == 5


def test_the_list_knows_names_and_filters_on_a_phone_too(page: Any, base: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base}/es/list.html")
    page.locator("#filters [name=q]").fill("belice")
    page.locator("#count", has_text="17 de 26 compromisos").wait_for()
    page.locator("#filtered td:nth-child(5)").nth(1).wait_for()
    assert shown(page, ".duties td:nth-child(5)") == ["GRCM-2002-10/8#1", "GRCM-2002-10/3"]


def test_the_language_switch_keeps_the_page(page: Any, base: str) -> None:
    page.goto(f"{base}/en/party/MEX.html")
    page.get_by_role("link", name="Español").click()
    assert page.url == f"{base}/es/party/MEX.html"
    assert page.locator("h2#late").inner_text() == "Vencidos"


def test_the_language_switch_keeps_the_mandate_and_the_query(page: Any, base: str) -> None:
    page.goto(f"{base}/en/meeting/GRCM-2002-10.html#8-1")
    page.evaluate("location.hash = '#8-2'")
    page.get_by_role("link", name="Español").click()
    assert page.url == f"{base}/es/meeting/GRCM-2002-10.html#8-2"
    assert page.locator(".duty:target .named small").inner_text() == "8#2"
    page.go_back()
    assert page.url == f"{base}/en/meeting/GRCM-2002-10.html#8-2"
    page.goto(f"{base}/es/search.html?q=ni%C3%B1os")
    page.evaluate("history.replaceState(null, '', '?q=taller')")  # as a script does, without event
    page.get_by_role("link", name="English").click()
    assert page.url == f"{base}/en/search.html?q=taller"
    assert page.locator("#words").input_value() == "taller"


# --- a mandate at its own address -----------------------------------------------------------------


def test_a_button_copies_the_link_to_a_mandate_and_says_so(page: Any, base: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{base}/en/meeting/GRCM-2002-10.html?from=mail#8")
    button = page.get_by_role("button", name="Copy link to 8#2")
    button.click()
    address = f"{base}/en/meeting/GRCM-2002-10.html#8-2"
    page.wait_for_function("document.getElementById('_copied').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert page.locator("#_copied").inner_text() == f"Link copied: {address}"
    assert button.evaluate("button => button === document.activeElement")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    assert page.locator(".duty:target .named small").inner_text() == "8#2"


def test_a_report_by_mail_names_its_commitment(chromium: Any, tmp_path: Path) -> None:
    data = Folder(tmp_path / "data")
    register = (data.path / "register.yaml").read_text(encoding="utf-8")
    secretariat = "languages: [es, en], secretariat: {email: st@example.org}}"
    data.write("register.yaml", register.replace("languages: [es, en]}", secretariat))
    data.meeting(
        "- {number: 1, text: T, responsible: AAA, due: 2003-02-15}\n"
        "- number: 2\n  text: T\n  mandates: [{responsible: AAA}, {responsible: BBB}]\n"
    )
    ran = run_grcm("--data", str(data.path), "site", str(tmp_path / "s"), "--as-of", "2003-01-20")
    assert ran.code == 0
    opened = chromium.new_page()
    mails = ".reporting >> visible=true"
    places = {
        "meeting/WG-2002-10.html": [],  # not beside every commitment of the meeting
        "meeting/WG-2002-10.html#2-2": ["WG-2002-10/2#1", "WG-2002-10/2#2"],
        "party/AAA.html": ["WG-2002-10/1, AAA", "WG-2002-10/2#1, AAA"],
    }
    for path, subjects in places.items():
        opened.goto("about:blank")
        opened.goto(f"{(tmp_path / 's').as_uri()}/en/{path}")
        links = [unquote(one.get_attribute("href")) for one in opened.locator(mails).all()]
        sent = [link.split("&body=") for link in links]
        heads = [f"mailto:st@example.org?subject={subject}" for subject in subjects]
        assert [head for head, _body in sent] == heads
        for _head, body in sent:  # what was asked, by when, and what is to be said of it
            assert body.startswith("T\r\n")
            assert body.endswith("What was done:\r\nOn which date:\r\nWhere the evidence is:")
    opened.close()


@pytest.mark.parametrize("by_hand", [True, False])
def test_where_the_browser_refuses_the_address_is_copied_by_hand(
    page: Any, base: str, *, by_hand: bool
) -> None:
    """As on a host without https, and in a browser that copies nothing for a page."""
    refuse = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
    page.add_init_script(f"{refuse} document.execCommand = () => {str(by_hand).lower()};")
    page.goto(f"{base}/es/meeting/GRCM-2002-10.html")
    page.get_by_role("button", name="Copiar enlace a 8#2").click()
    address = f"{base}/es/meeting/GRCM-2002-10.html#8-2"
    page.wait_for_function("document.getElementById('_copied').textContent !== ''")
    if by_hand:
        assert page.locator("#_copied").inner_text() == f"Enlace copiado: {address}"
        return
    field = page.get_by_role("textbox", name="Dirección de 8#2")
    assert field.input_value() == address
    assert page.evaluate("getSelection().toString()") == address
    assert "teclado" in page.locator("#_copied").inner_text()


def test_without_a_script_a_mandate_is_a_link_to_its_own_address(
    chromium: Any, folder: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{folder.as_uri()}/es/meeting/GRCM-2002-10.html")
    assert opened.locator(".copy").first.is_hidden()
    opened.locator(".duty").get_by_role("link", name="Presentar una propuesta de proyecto").click()
    assert opened.url.endswith("/es/meeting/GRCM-2002-10.html#8-2")
    opened.get_by_role("link", name="English").click()
    assert opened.url.endswith("/en/meeting/GRCM-2002-10.html")
    context.close()


@pytest.fixture(scope="module")
def long_meeting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a meeting whose page has several parts, at a known address."""
    data = Folder(tmp_path_factory.mktemp("long"))
    data.meeting("".join(
        f"- {{number: {n}, text: T, mandates: [{{action: A, responsible: AAA}}, {{action: B}}]}}\n"
        if n < 150
        else "- {number: 150, text: T, responsible: AAA}\n"
        for n in range(1, 151)
    ))  # fmt: skip
    target = data.path / "s"
    options = ("--as-of", "2003-02-01", "--base-url", "https://example.org/a")
    assert run_grcm("--data", str(data.path), "site", str(target), *options).code == 0
    assert (target / "en/meeting/WG-2002-10.2.html").is_file()
    return target


@pytest.mark.parametrize("part", ["", ".2"])
@pytest.mark.parametrize(("anchor", "there"), [("149-2", ".2"), ("1-2", ""), ("150-1", ".2")])
def test_an_address_leads_to_its_part_also_from_another(
    chromium: Any, long_meeting: Path, part: str, anchor: str, there: str
) -> None:
    opened = chromium.new_page()
    folder = f"{long_meeting.as_uri()}/en/meeting"
    opened.goto(f"{folder}/WG-2002-10{part}.html#{anchor}")
    opened.wait_for_url(f"{folder}/WG-2002-10{there}.html#{anchor}")
    assert opened.locator(":target").evaluate("one => one.tagName") in ("DIV", "H2")
    opened.close()


def test_the_copied_address_is_that_of_the_first_part_on_the_web(
    chromium: Any, long_meeting: Path
) -> None:
    context = chromium.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(f"{long_meeting.as_uri()}/en/meeting/WG-2002-10.2.html")
    opened.get_by_role("button", name="Copy link to 149#2").click()
    opened.wait_for_function("document.getElementById('_copied').textContent !== ''")
    address = "https://example.org/a/en/meeting/WG-2002-10.html#149-2"
    assert opened.evaluate("navigator.clipboard.readText()") == address
    context.close()


def test_the_calendar_can_be_subscribed_to_where_there_is_a_host(page: Any, base: str) -> None:
    page.goto(f"{base}/en/party/MEX.html")
    address = page.locator("[data-feed]").evaluate("link => link.href")
    scheme = "webcal://127" if base.startswith("http") else "file://"
    assert address.startswith(scheme)
    assert address.endswith("/en/party/MEX.ics")


def test_the_day_and_how_far_off_deadlines_are_come_from_one_file(page: Any, base: str) -> None:
    """Made on 1 April 2003, and read years later."""
    page.goto(f"{base}/es/party/MEX.html")
    (late, *_rest) = page.locator(".duties td:nth-child(2)").all_inner_texts()
    assert late == "vencido hace 76 días"
    assert page.locator("footer").inner_text().startswith("Al 1 de abril de 2003. ")
    assert page.locator(".age").inner_text().startswith("Situación al 1 de")
    page.goto(f"{base}/en/meeting/GRCM-2002-10.html")
    assert "76 days late" in page.locator("[id='8-1'] ol").inner_text()


def test_without_a_script_the_state_stands_there(chromium: Any, base: str) -> None:
    opened = chromium.new_context(java_script_enabled=False).new_page()
    opened.goto(f"{base}/en/party/MEX.html")
    assert opened.locator(".duties td:nth-child(2)").first.inner_text() == "overdue"
    assert "As of the day given on the first page." in opened.locator("footer").inner_text()
    opened.goto(f"{base}/en/index.html")
    assert "As of 1 April 2003" in opened.locator("main").inner_text()


def test_addresses_can_be_copied_where_there_is_a_host(page: Any, base: str) -> None:
    page.goto(f"{base}/en/party/MEX.html")
    fields = page.locator("[data-subscription] input")
    if not base.startswith("http"):
        assert shown(page, "[data-subscription]") == []
        return
    found = [field.input_value() for field in fields.all()]
    assert found == [f"{base}/en/party/MEX.{ending}" for ending in ("ics",)]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy-field]").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == found[0]


def test_the_counts_of_a_period_lead_to_its_sections(page: Any, base: str) -> None:
    page.goto(f"{base}/en/changes.html")
    page.get_by_role("link", name="Changes of holder: 1").click()
    assert page.url.endswith("/en/changes.html#GRCM-2002-10.passed")
    assert page.locator("[id='GRCM-2002-10.passed']").inner_text() == "Changes of holder"


def test_the_keyboard_alone_leads_to_the_content(page: Any, base: str) -> None:
    page.goto(f"{base}/en/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
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
    for name in ("index.html", "list.html", "party/AAA.html", "meeting/WG-2002-10.html"):
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
    assert (last := current()[0]) == opened.locator("li[id^=d]").last.get_attribute("id")
    assert opened.locator("mark.current").is_visible()
    opened.locator("#keys").uncheck()
    opened.keyboard.press("n")
    assert opened.locator("li.current").get_attribute("id") == last
    assert wrong == []
    opened.close()


def test_ticks_stay_and_points_can_be_seen_alone(chromium: Any, review: Path) -> None:
    opened = chromium.new_page(viewport={"width": 1280, "height": 800})
    opened.goto(review.as_uri())
    cards = opened.locator(".card").count()
    opened.locator(".card > label input").nth(1).check()
    opened.reload()
    assert opened.locator(".card.checked").count() == 1
    assert opened.locator("#_done").inner_text().startswith("1 ")
    assert str(cards) in opened.locator("#_done").inner_text()
    opened.locator(".card > label input").nth(1).uncheck()
    opened.locator("#_only").check()
    assert 0 < opened.locator(".group .card:visible").count() < cards - 1
    opened.close()


def test_a_mandate_is_put_right_and_copied_without_typing_keys(chromium: Any, review: Path) -> None:
    opened = chromium.new_page(viewport={"width": 390, "height": 844})
    opened.goto(review.as_uri())
    assert opened.locator(".group .card").first.bounding_box()["y"] < 844
    written = opened.locator("[id='m4'] .written")
    assert written.locator("input").first.is_hidden()
    written.locator("summary").click()
    written.locator("[data-key=responsible]").fill("PAN")
    written.locator("[data-key=due]").fill("")
    written.locator("[data-key=kind]").select_option("encouragement")
    (mandate,) = yaml.safe_load(written.locator("pre").inner_text())
    assert mandate.pop("action").startswith("Presentar observaciones")
    assert mandate == {"kind": "encouragement", "responsible": "PAN"}
    parties = opened.locator("#_parties option").evaluate_all("all => all.map(o => o.value)")
    assert {"{each: members}", "PAN", "ST"} <= set(parties)
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
