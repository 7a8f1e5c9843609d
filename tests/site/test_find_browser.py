"""Finding in a real browser: the search as a table, the filters of the list and its address.

From a folder, where a page can load nothing but scripts; see test_site_browser.py.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from ..conftest import DATA, Folder, run_grcm
from ..formats.test_formats import hostile
from . import test_site_browser as browser

pytestmark = browser.pytestmark
chromium, shown = browser.chromium, browser.shown
G = "GRCM-2002-10"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("find") / "pages"
    data = copytree(DATA, target.parent / "data")
    with (data / "register.yaml").open("a", encoding="utf-8") as register:
        register.write("themes: {TRF: {name: {en: Human trafficking, es: Trata}}}\n")
    meeting = data / f"meetings/{G}.yaml"
    text = meeting.read_text(encoding="utf-8")
    meeting.write_text(
        text.replace("number: 7\n", "number: 7\n    themes: TRF\n"), encoding="utf-8"
    )
    assert run_grcm("--data", str(data), "site", str(target), "--as-of", "2003-04-01").code == 0
    return target.as_uri()


@pytest.fixture(scope="module")
def search(chromium: Any, base: str) -> Iterator[Any]:
    """Yield a search page; whatever it says on its console is a failure."""
    opened, wrong = _opened(chromium, f"{base}/en/search.html")
    yield opened
    opened.close()
    assert wrong == []


def _opened(chromium: Any, address: str, **options: Any) -> tuple[Any, list[str]]:
    opened = chromium.new_page(viewport={"width": 1200, "height": 800}, **options)
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(address)
    return opened, wrong


def found(page: Any, asked: str) -> tuple[list[str], bool]:
    """Return the names of the results, and whether similar words were needed for any."""
    names, similar = page.evaluate(
        """async (asked) => {
          const answer = await searchIndex.find(asked);
          if (!answer) return [[], false];
          const party = (number) => searchIndex.head.named[number][0];
          const entries = [...answer.entries, ...answer.similarEntries];
          const name = async (entry) => (await searchIndex.entry(entry)).name;
          const names = await Promise.all(entries.map(name));
          const parties = [...answer.parties, ...answer.similarParties].map(party);
          return [[...parties, ...names], answer.similar.length > 0];
        }""",
        asked,
    )
    return names, similar


@pytest.mark.parametrize(
    ("asked", "first", "count"),
    [
        pytest.param("explotacion NIÑOS", [f"{G}/8"], 1, id="no accent, capitals"),
        pytest.param("ＮＩÑＯＳ", [f"{G}/8"], 4, id="letters as wide as Chinese ones"),
        pytest.param("explot", [f"{G}/8"], 1, id="the beginning of a word"),
        pytest.param("8#1", [f"{G}/8"], 1, id="a mandate's number"),
        pytest.param("8#3", [], 0, id="a mandate that is not there"),
        pytest.param("8", [f"{G}/8"], 1, id="a conclusion's number"),
        pytest.param("12.a", [f"{G}/12.a"], 1, id="a number with a letter"),
        pytest.param(f"{G}/8", [f"{G}/8"], 1, id="a reference"),
        pytest.param(f"{G.lower()}/8#2", [f"{G}/8"], 1, id="a mandate's reference, small letters"),
        pytest.param(f"{G}/99", [], 0, id="a reference to nothing"),
        pytest.param("8-2", [f"{G}/8"], 1, id="a mandate as its address has it"),
        pytest.param("#8-2", [f"{G}/8"], 1, id="the end of its address"),
        pytest.param("8-3", [], 0, id="an address of a mandate that is not there"),
        pytest.param("conclusión 8", [f"{G}/8"], 1, id="the word before a number"),
        pytest.param("mandates 8#2", [f"{G}/8"], 1, id="the word in the other language"),
        pytest.param("mandatos viceministeriales", [f"{G}/1"], 1, id="the word in a text"),
        pytest.param("Regional Consultation Group", ["GRCM", G], 2, id="a body, in English"),
        pytest.param("«plan de trabajo»", [f"{G}/9"], 3, id="in quotation marks"),
        pytest.param(G, [G, f"{G}/1", f"{G}/2"], 27, id="a meeting and its conclusions"),
        pytest.param("GRCM 2002 consular", [f"{G}/7"], 3, id="parts of a meeting's id, and a word"),
        pytest.param("GRCM", ["GRCM", G], 28, id="a body's code"),
        pytest.param("MEX", ["MEX"], None, id="a country's code"),
        pytest.param("mexico", ["MEX"], None, id="its name"),
        pytest.param("ee.uu.", ["USA", f"{G}/8"], None, id="an alias with full stops"),
        pytest.param("estados unidos", ["USA"], None, id="a name of two words"),
        pytest.param("overdue", [f"{G}/8", f"{G}/9"], 2, id="a state"),
        pytest.param("hond late", ["HND", f"{G}/8"], None, id="another word for a state"),
        pytest.param("trafficking", ["TRF"], None, id="a topic"),
        pytest.param("no deadline", [f"{G}/3"], 4, id="a state of two words"),
        pytest.param("mexico vencido", ["MEX"], None, id="what a party has not done in time"),
        pytest.param("BLZ overdue", ["BLZ", f"{G}/8"], 2, id="only its own are overdue"),
        pytest.param("salvador vencidas", ["SLV", f"{G}/8"], None, id="a state in its gender"),
        pytest.param("ciudad overdue", [f"{G}/8", f"{G}/9"], 2, id="a meeting's place, a state"),
        pytest.param("html", [], 0, id="an address is no word"),
        pytest.param("zzzz", [], 0, id="nothing"),
        pytest.param(" ,;# ", [], 0, id="no word at all"),
    ],
)
def test_what_is_typed_finds(search: Any, asked: str, first: list[str], count: int | None) -> None:
    names, similar = found(search, asked)
    assert names[: len(first)] == first
    assert count is None or len(names) == count
    assert not similar or not first


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param("proteccióm", [f"{G}/7"], id="a letter changed"),
        pytest.param("protecion consular", [f"{G}/7"], id="a letter left out"),
        pytest.param("consularr", [f"{G}/7"], id="a letter too many"),
        pytest.param("cosnular", [f"{G}/7"], id="two letters exchanged"),
        pytest.param("xonsular", [f"{G}/7"], id="the first letter"),
        pytest.param("Mexcio", ["MEX"], id="a country"),
        pytest.param("overdeu", [f"{G}/8", f"{G}/9"], id="a state"),
        pytest.param("csnoluar", [], id="two errors are too many"),
        pytest.param("tla", [], id="a word of three letters is meant as it is"),
    ],
)
def test_one_typing_error_is_forgiven(search: Any, asked: str, first: list[str]) -> None:
    names, similar = found(search, asked)
    assert names[: len(first)] == first
    assert bool(names) is bool(first)
    assert similar is bool(first)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param("¿Quién no ha respondido la conclusión 8?", f"{G}/8", id="a number"),
        pytest.param("what must Mexico do next", "MEX", id="a party"),
        pytest.param("qué quedó vencido después", f"{G}/8", id="a state"),
        pytest.param("consular zzzz", f"{G}/7", id="a word and one that nothing has"),
    ],
)
def test_a_question_finds_what_has_most_of_its_words(search: Any, asked: str, first: str) -> None:
    assert found(search, asked) == ([], False)
    search.locator("#words").fill(asked)
    said = "Nothing contains all these words. Nearest matches:"
    browser.sync_api.expect(search.locator("#found")).to_have_text(said)
    reference = search.locator("#results > li > small").first
    browser.sync_api.expect(reference).to_contain_text(f"{first} · ")


def test_where_nothing_is_found_the_page_says_how_to_go_on(search: Any) -> None:
    search.locator("#words").fill("zzzz yyyy")
    said = "Nothing contains all these words. Try fewer words, a country, or a number such as 8#1."
    browser.sync_api.expect(search.locator("#found")).to_have_text(said)
    browser.sync_api.expect(search.locator("#results > li")).to_have_count(0)


def test_who_has_not_answered_is_in_the_result(chromium: Any, base: str) -> None:
    opened, wrong = _opened(chromium, f"{base}/es/index.html")
    opened.set_viewport_size({"width": 390, "height": 844})
    opened.locator("input[name=q]").fill("8")
    opened.keyboard.press("Enter")
    opened.locator("#results .states a", has_text="HND").wait_for()
    assert shown(opened, "#results mark") == []
    state = opened.locator("#results .states li").first
    assert state.bounding_box()["y"] < 844
    opened.locator("#results .states a", has_text="HND").click()
    opened.wait_for_url("**/es/party/HND.html")
    assert wrong == []
    opened.close()


def test_what_is_spelt_as_typed_comes_before_what_is_similar(
    chromium: Any, folder: Folder, tmp_path: Path
) -> None:
    folder.meeting("- {number: 1, text: Informar}\n- {number: 2, text: Informe}\n")
    run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    opened, _wrong = _opened(chromium, f"{(tmp_path / 's').as_uri()}/en/search.html")
    assert found(opened, "informe") == (["WG-2002-10/2"], False)
    assert found(opened, "informo") == (["WG-2002-10/1", "WG-2002-10/2"], True)
    opened.close()


def test_results_show_states_and_the_address_keeps_the_words(chromium: Any, base: str) -> None:
    opened, wrong = _opened(chromium, f"{base}/es/search.html?q=explotacion")
    opened.wait_for_selector("#results li")
    (title,) = shown(opened, "#results > li > a")
    assert title.startswith("Presentar observaciones al documento de Costa Rica")
    assert shown(opened, "#results > li > small") == [f"{G}/8 · 31 de octubre de 2002"]
    assert shown(opened, "#results .states li") == [
        "! vencido · #1 · 15 de enero de 2003 · cada uno de los 11 países (sin informes): "
        "BLZ, CAN, CRI, DOM, GTM, HND, MEX, NIC, PAN, SLV, USA",
        "○ en espera de reunión · #2 · próxima reunión del Grupo Regional de Consulta sobre "
        "Migración · Costa Rica",
    ]
    assert shown(opened, "#found") == ["Resultados: 1."]
    opened.locator("#words").fill("taller")
    opened.locator("#found", has_text="Resultados: 4").wait_for()
    assert opened.url.endswith("/es/search.html?q=taller")
    opened.locator("#results a").last.click()
    opened.go_back()
    opened.wait_for_selector("#results li")
    assert opened.locator("#words").input_value() == "taller"
    opened.locator("#kind").select_option("party")
    browser.sync_api.expect(opened.locator("#results li")).to_have_count(0)
    assert opened.url.endswith("?q=taller&kind=party")
    assert wrong == []
    opened.close()


# --- the list ---------------------------------------------------------------------------------


def rows(page: Any) -> list[str]:
    """Return the rows that can be seen, each as one text."""
    return [" ".join(one.split()) for one in shown(page, ".duties tbody tr")]


def wait_for_rows(page: Any, count: int) -> None:
    page.locator("#whole").wait_for(state="hidden")
    browser.sync_api.expect(page.locator("#filtered tbody tr")).to_have_count(count)


CHOICES = [
    pytest.param({"party": "BLZ"}, [f"{G}/8#1", f"{G}/3"], id="party"),
    pytest.param({"party": "GTM", "state": "open"}, [f"{G}/8#1"], id="party and state"),
    pytest.param({"state": "overdue"}, [f"{G}/8#1", f"{G}/9"], id="state"),
    pytest.param({"state": "ended"}, [], id="nothing"),
    pytest.param({"state": "unreported", "party": "MEX", "q": "taller"}, [f"{G}/9"], id="silent"),
    pytest.param({"period": "90d"}, [f"{G}/22"], id="from the day of the pages on"),
    pytest.param({"period": "2002"}, [], id="a year without any"),
    pytest.param(
        {"period": "between", "from": "2003-01-01", "to": "2003-03-31"}, [f"{G}/8#1", f"{G}/9"],
        id="between two dates",
    ),
    pytest.param(
        {"period": "between", "from": "2003-03-31", "to": "2003-01-01"}, [f"{G}/8#1", f"{G}/9"],
        id="the later day first",
    ),
    pytest.param({"q": "belice"}, [f"{G}/8#1", f"{G}/3"], id="the words name a party"),
    pytest.param({"q": "costa rica vencido"}, [f"{G}/8#1"], id="the words name a state too"),
    pytest.param({"q": "taller", "body": "GRCM"}, [f"{G}/9"], id="words and body"),
    pytest.param(
        {"meeting": G, "kind": "encouragement"}, [f"{G}/{number}" for number in (3, 5, 17)],
        id="meeting and kind",
    ),
    pytest.param(
        {"state": "overdue", "sort": "latest"}, [f"{G}/9", f"{G}/8#1"], id="in another order"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("choices", "references"), CHOICES)
def test_filters_make_an_address_and_the_address_sets_the_filters(
    chromium: Any, base: str, choices: dict[str, str], references: list[str]
) -> None:
    opened, wrong = _opened(chromium, f"{base}/es/list.html")
    opened.wait_for_selector("#filters [name=party] option:nth-child(2)", state="attached")
    opened.locator("#filters details").evaluate("one => { one.open = true; }")
    for name, value in choices.items():
        field = opened.locator(f"#filters [name={name}]")
        if name in ("q", "from", "to"):
            field.fill(value)
            field.dispatch_event("change")
        else:
            field.select_option(value)
    wait_for_rows(opened, len(references))
    assert [row.split()[-1] for row in rows(opened)] == references
    there = rows(opened)
    query = opened.url.partition("?")[2]
    assert query
    opened.goto(f"{base}/es/list.html?{query}")
    wait_for_rows(opened, len(references))
    assert rows(opened) == there
    for name, value in choices.items():
        assert opened.locator(f"#filters [name={name}]").input_value() == value
    assert wrong == []
    opened.close()


def test_what_is_listed_can_be_saved_for_a_spreadsheet(chromium: Any, base: str) -> None:
    opened, wrong = _opened(chromium, f"{base}/en/list.html")
    assert not opened.locator("#save").is_visible()
    opened.goto(f"{base}/en/list.html?party=MEX&state=overdue")
    wait_for_rows(opened, 2)
    name, (heads, *lines) = saved(opened)
    assert name == "MEX-overdue-2003-04-01.csv"
    assert heads == ["Deadline", "When", "Who", "What", "Reference"]
    assert [(line[0], line[1], line[-1]) for line in lines] == [
        ("2003-01-15", "76 days late", f"{G}/8#1"),
        ("2003-03-31", "1 day late", f"{G}/9"),
    ]
    assert wrong == []
    opened.close()


def test_no_cell_of_a_saved_list_is_a_formula(chromium: Any, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    actions = ['=HYPERLINK("x"; "y")', "' +1, and more", "Informar"]
    folder.meeting("".join(
        f"- {{number: {number}, text: {json.dumps(action)}, responsible: AAA, due: 2003-01-15}}\n"
        for number, action in enumerate(actions, 1)
    ))  # fmt: skip
    ran = run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    assert ran.code == 0
    opened, wrong = _opened(chromium, f"{(tmp_path / 's').as_uri()}/en/list.html?party=AAA")
    wait_for_rows(opened, 3)
    _name, (_heads, *lines) = saved(opened)
    assert [line[3] for line in lines] == [f"'{actions[0]}", f"'{actions[1]}", actions[2]]
    assert wrong == []
    opened.close()


def saved(opened: Any) -> tuple[str, list[list[str]]]:
    """Return the name and the lines of the file as which a list is saved."""
    with opened.expect_download() as saving:
        opened.locator("#save").click()
    data = Path(saving.value.path()).read_bytes()
    return saving.value.suggested_filename, list(csv.reader(data.decode("utf-8-sig").splitlines()))


def test_an_address_of_what_the_record_lacks_finds_nothing(chromium: Any, base: str) -> None:
    opened, wrong = _opened(chromium, f"{base}/en/list.html?party=ZZZ&state=open")
    browser.sync_api.expect(opened.locator("#count")).to_have_text("No commitment matches.")
    assert rows(opened) == []
    assert opened.locator("#filters [name=party]").input_value() == "ZZZ"
    opened.locator("#filters [name=party]").select_option("BLZ")
    wait_for_rows(opened, 2)
    assert opened.url.endswith("/en/list.html?party=BLZ&state=open")
    assert wrong == []
    opened.close()


@pytest.mark.parametrize("language", ["es", "en"])
def test_filtered_rows_are_those_of_the_page(chromium: Any, base: str, language: str) -> None:
    """What a script makes of the index is what the page has without it, word for word."""
    for selector, state in (("", "open"), ("section.late", "overdue")):
        opened, _wrong = _opened(chromium, f"{base}/{language}/list.html")
        whole = opened.locator(f"#whole {selector} .duties tbody tr").evaluate_all(
            "all => all.map(HTML)".replace("HTML", _HTML)
        )
        opened.goto(f"{base}/{language}/list.html?state={state}")
        wait_for_rows(opened, len(whole))
        made = opened.locator("#filtered tbody tr").evaluate_all(
            "all => all.map(HTML)".replace("HTML", _HTML)
        )
        assert made == whole
        opened.close()


_HTML = "(row) => row.outerHTML.replace(/>\\s+</g, '><').replace(/\\n/g, '')"


def test_without_scripts_the_list_reads_whole(chromium: Any, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{base}/en/list.html?party=MEX")
    assert len(rows(opened)) == 11
    assert not opened.locator("#filters").is_visible()
    opened.goto(f"{base}/en/search.html")
    assert opened.locator("noscript a").first.is_visible()
    context.close()


def test_a_word_is_looked_for_in_all_parts_of_a_list(
    chromium: Any, folder: Folder, tmp_path: Path
) -> None:
    folder.meeting("".join(
        f"- {{number: {n}, text: Texto {n}, responsible: AAA, due: 2003-01-{n % 28 + 1:02}}}\n"
        for n in range(1, 702)
    ))  # fmt: skip
    run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    opened, wrong = _opened(chromium, f"{(tmp_path / 's').as_uri()}/en/party/AAA.2.html")
    opened.locator(".find input[type=search]").fill("texto")
    opened.locator(".find button").click()
    opened.wait_for_url("**/list.html?party=AAA&q=texto")
    wait_for_rows(opened, 50)
    assert shown(opened, "#count") == ["701 of 701 commitments, the first 50 shown"]
    opened.locator("#more").click()
    wait_for_rows(opened, 100)
    assert wrong == []
    opened.close()


def test_no_text_of_the_data_does_anything_in_results(
    chromium: Any, folder: Folder, tmp_path: Path
) -> None:
    hostile(folder)
    run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    base = (tmp_path / "s").as_uri()
    for page, results in (
        ("list.html?sort=newest", "#filtered tr a"),
        ("search.html?q=wg", "li a"),
    ):
        opened, wrong = _opened(chromium, f"{base}/en/{page}")
        opened.on("dialog", lambda dialog, wrong=wrong: wrong.append(dialog.message))
        opened.locator(f"main {results}").nth(5).wait_for()
        assert opened.locator("main img, main script:not([src^='../assets/'])").count() == 0
        assert not opened.evaluate("[...document.links].some((one) => one.protocol !== 'file:')")
        assert wrong == []
        opened.close()


def test_the_meetings_of_one_page_are_filtered_with_their_years(chromium: Any, base: str) -> None:
    opened, wrong = _opened(chromium, f"{base}/en/meetings.html")
    assert shown(opened, ".meetings .year") == ["To come", "2002"]
    opened.locator("[data-filter]").fill("guatemala")
    assert shown(opened, ".meetings .year") == ["2002"]
    assert shown(opened, "[data-count]") == ["2 of 3 rows"]
    assert wrong == []
    opened.close()


# --- a narrow screen --------------------------------------------------------------------------


def test_a_phone_and_paper_show_the_matrix(chromium: Any, base: str) -> None:
    opened, _wrong = _opened(chromium, f"{base}/es/meeting/{G}.html")
    opened.set_viewport_size({"width": 390, "height": 844})
    assert opened.locator(".grid").is_visible()
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.evaluate("document.querySelector('.matrix').scrollWidth") <= 390
    opened.emulate_media(media="print")
    assert opened.locator(".grid").is_visible()
    opened.close()


def test_a_conclusion_at_its_address_leads_to_those_beside_it(chromium: Any, base: str) -> None:
    opened, _wrong = _opened(chromium, f"{base}/en/meeting/{G}.html#8")
    names = ["Conclusion 7", "Conclusion 8", "Conclusion 9"]
    assert [name.split("\n")[0] for name in shown(opened, "article h2 a")] == names
    assert shown(opened, "article blockquote")[0].startswith("Agradecer")
    opened.locator("article h2 a", has_text="Conclusion 9").click()
    assert shown(opened, "article h2 a") == ["Conclusion 8", "Conclusion 9", "Conclusion 10"]
    opened.close()
