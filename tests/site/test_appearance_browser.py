"""How the pages look in a real browser: narrow and wide, dark, in forced colours, on paper.

It runs where `make browser` has installed what it needs.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..conftest import run_grcm
from . import test_site_browser as browser

pytestmark = browser.pytestmark
axe, chromium, folder = browser.axe, browser.chromium, browser.folder

SMALL = """() => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter((one) => {
    const { width, height, right } = one.getBoundingClientRect();
    const isInText = getComputedStyle(one).display === "inline"; // WCAG 2.5.8 leaves these out
    return width && height && right > 0 && !isInText && (width < 24 || height < 24);
  })
  .map((one) => one.outerHTML)"""
BROKEN = """() => {
  const found = [], range = document.createRange();
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { right, width } = text.parentElement.getBoundingClientRect();
    if (right < 0 || !width) continue;
    for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((one) => one.width);
      if (lines.length > 1 && lines.at(-1).top > lines[0].top + 5) found.push(word[0]);
    }
  }
  return found; }"""
SHIFTED = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) sum += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(sum), 50));
})"""
ALL = (*browser.PAGES, "figures.html", "about.html")


@pytest.fixture
def sized(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Yield a page of the width that the test is given."""
    opened = chromium.new_page(viewport={"width": request.param, "height": 844})
    yield opened
    opened.close()


@pytest.mark.parametrize("sized", [320, 390, 768, 1280, 1920], indirect=True)
def test_a_page_fits_with_whole_words_and_targets_of_a_finger_s_size(
    sized: Any, folder: Path
) -> None:
    width = sized.viewport_size["width"]
    for language in ("es", "en"):
        for name in ALL:
            sized.goto(f"{folder.as_uri()}/{language}/{name}")
            assert sized.evaluate("document.documentElement.scrollWidth") <= width, name
            assert sized.evaluate(SMALL) == [], (language, name)
            assert sized.evaluate(BROKEN) == [], (language, name)


@pytest.mark.parametrize("sized", [320], indirect=True)
def test_on_the_narrowest_screen_the_heading_is_within_200_pixels(sized: Any, folder: Path) -> None:
    for name in ALL:
        sized.goto(f"{folder.as_uri()}/es/{name}")
        assert sized.locator("h1").bounding_box()["y"] <= 200, name


@pytest.mark.parametrize("sized", [390, 1280], indirect=True)
@pytest.mark.parametrize(
    "name", ["list.html", "list.html?party=MEX", "search.html?q=mexico", "party/MEX.html"]
)
def test_nothing_jumps_when_scripts_show_their_part(sized: Any, folder: Path, name: str) -> None:
    """The day of the page is the reader's own, so that no notice of its age comes in between."""
    sized.clock.set_fixed_time("2003-04-02")
    sized.goto(f"{folder.as_uri()}/es/{name}")
    sized.wait_for_load_state("networkidle")
    assert sized.evaluate(SHIFTED) < 0.05


@pytest.mark.parametrize("name", ["index.html", "meeting/GRCM-2002-10.html"])
def test_on_a_phone_a_row_begins_with_its_state(chromium: Any, folder: Path, name: str) -> None:
    opened = chromium.new_page(viewport={"width": 390, "height": 844})
    opened.goto(f"{folder.as_uri()}/es/{name}")
    tops = opened.locator(".duties tbody tr").evaluate_all(
        "rows => rows.map(row => [1, 3, 2, 4].map("
        "column => row.cells[column].getBoundingClientRect().top))"
    )
    assert all(row == sorted(row) for row in tops)
    opened.close()


def test_wide_windows_show_duties_beside_the_text_that_they_come_from(
    chromium: Any, folder: Path
) -> None:
    opened = chromium.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(f"{folder.as_uri()}/es/meeting/GRCM-2002-10.html")
    places = opened.locator("article.binding").evaluate_all(
        "all => all.map(one => [...one.children].map(box => box.getBoundingClientRect().left))"
    )
    assert places
    assert all(text < duties for text, duties in places)
    opened.close()


@pytest.mark.parametrize(("forced", "width"), [("active", 1280), ("none", 390)])
def test_axe_finds_nothing_with_all_opened_and_in_forced_colours(
    chromium: Any, folder: Path, forced: str, width: int
) -> None:
    """The rules of WCAG 2.2 AA, which has the size of targets, and what axe advises beside them."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    context = chromium.new_context(
        forced_colors=forced, viewport={"width": width, "height": 844}, bypass_csp=True
    )
    for name in ALL:
        opened = context.new_page()
        opened.goto(f"{folder.as_uri()}/es/{name}")
        opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        result = axe.Axe().run(opened, options={"runOnly": tags})
        found = [(v["id"], v["nodes"][0]["html"]) for v in result.response["violations"]]
        assert found == [], name
        opened.close()
    context.close()


def test_on_a_telephone_a_table_keeps_the_heads_of_its_columns(chromium: Any, folder: Path) -> None:
    opened = chromium.new_page(viewport={"width": 390, "height": 844})
    for name in ("list.html", "parties.html", "meetings.html"):
        opened.goto(f"{folder.as_uri()}/es/{name}")
        table = opened.locator("table[role=table]:visible").first
        row = table.locator("tbody [role=row]:has([role=cell])").first
        heads = table.locator("[role=columnheader]").count()
        assert heads == row.locator("[role=cell], [role=rowheader]").count() > 0, name
    opened.close()


# --- on paper -------------------------------------------------------------------------------------


def test_on_paper_a_heading_stays_with_what_follows(chromium: Any, folder: Path) -> None:
    opened = chromium.new_page()
    opened.emulate_media(media="print")
    for name in ALL:
        opened.goto(f"{folder.as_uri()}/es/{name}")
        broken = opened.locator("h1, h2, h3, .signs, .keys").evaluate_all(
            "all => all.map(one => getComputedStyle(one).breakAfter)"
        )
        assert set(broken) == {"avoid"}, name
        alone = opened.locator("main section").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().height"
            " && ![...one.children].some(part => !/^H[1-6]$/.test(part.tagName)"
            " && part.getBoundingClientRect().height)).map(one => one.innerText)"
        )
        assert alone == [], name
    opened.close()


def test_a_wide_matrix_has_its_heading_and_signs_on_its_own_sheet(
    chromium: Any, tmp_path: Path
) -> None:
    codes = [f"M{number:02}" for number in range(20)]
    members = ", ".join(f"{code}: {{name: State {code}}}" for code in codes)
    (tmp_path / "d/meetings").mkdir(parents=True)
    (tmp_path / "d/register.yaml").write_text(
        "process: {code: EX, name: Example, languages: [en]}\nbodies: {WG: {name: W}}\n"
        f"members: {{{members}}}\n",
        encoding="utf-8",
    )
    (tmp_path / "d/meetings/WG-2002-10.yaml").write_text(
        "id: WG-2002-10\nbody: WG\nstart: 2002-10-01\nlanguage: en\nconclusions:\n"
        "- {number: 1, text: Report, responsible: {each: members}, due: 2003-01-15}\n",
        encoding="utf-8",
    )
    target = tmp_path / "s"
    data = str(tmp_path / "d")
    assert run_grcm("--data", data, "site", str(target), "--as-of", "2003-02-01").code == 0
    opened = chromium.new_page()
    opened.emulate_media(media="print")
    opened.goto(f"{target.as_uri()}/en/meeting/WG-2002-10.html")
    section = opened.locator("section:has(> h2):has(.grid)")
    assert section.evaluate("one => getComputedStyle(one).page") == "wide"
    assert section.locator("h2, .signs").count() == 2
    opened.close()
