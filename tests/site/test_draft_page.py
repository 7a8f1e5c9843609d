"""The page on which a draft is checked: the whole text, its marks, its cards, its points.

What a browser sees of it is in test_site_browser.py.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml

from grcm_cli.drafting.draft import draft
from grcm_cli.site import draft_page
from grcm_cli.storage.loader import load

from ..conftest import DATA, ROOT, Folder, Ran, run_grcm
from ..drafting.test_completeness import document, letters
from ..drafting.test_layout import CASES
from ..formats.test_formats import HOSTILE

SEED = "data/sources/GRCM-2002-10.txt"
OURS = ("unseen", "badge", "tag", "without")
"""The classes of what the page adds to the document's text."""


def reviewed(
    folder: Path, *arguments: str, name: str = SEED, cwd: Path = ROOT
) -> tuple[Ran, Element]:
    """Draft a document with a page, and return what the command said and the page."""
    path = folder / "review.html"
    ran = run_grcm("draft", name, "--review", str(path), *arguments, cwd=cwd)
    assert ran.code == 0, ran.err
    return ran, parsed(path)


def parsed(path: Path) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    tree: Element = parser.parse(path.read_text("utf-8"))
    return tree


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def every(page: Element, name: str) -> list[Element]:
    """Return the elements of a class."""
    return [element for element in page.iter() if name in classes(element)]


def own_text(element: Element) -> str:
    """Return the text of an element without what the page adds to it."""
    text = "" if set(OURS) & set(classes(element)) else element.text or ""
    for inside in element:
        text += "" if set(OURS) & set(classes(inside)) else own_text(inside)
        text += inside.tail or ""
    return text


def words(text: str) -> list[str]:
    return text.split()


def targets(page: Element) -> Iterator[tuple[str, str]]:
    """Yield where each link leads, with its text."""
    for link in page.iter("a"):
        yield link.get("href", ""), "".join(link.itertext())


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Element]:
    """Return the page of the seed, in English."""
    return reviewed(tmp_path_factory.mktemp("seed"))


def test_the_page_has_the_document_once_and_in_order(seed: tuple[Ran, Element]) -> None:
    [document] = every(seed[1], "document")
    text = (ROOT / SEED).read_text("utf-8")
    assert "".join(words(own_text(document))) == "".join(words(text))


def test_the_page_and_its_text_say_their_languages(seed: tuple[Ran, Element]) -> None:
    page = seed[1]
    assert page.get("lang") == "en"
    assert {element.get("lang") for element in every(page, "document")} == {"es"}
    assert {element.get("lang") for element in every(page, "action")} == {"es"}
    hidden = every(every(page, "document")[0], "unseen")
    assert {element.get("lang") for element in hidden} == {"en"}


def test_every_point_of_the_summary_has_its_number(seed: tuple[Ran, Element]) -> None:
    ran, page = seed
    lines = [line.strip().split(": ", 1) for line in ran.err.splitlines() if line[:2] == "  "]
    said = [f"{name}: {sentence}" for names, sentence in lines for name in names.split(", ")]
    points = {}
    for card in every(page, "card"):
        [name] = ["".join(head.itertext()).split()[0] for head in card.iter("h4")] or [""]
        for one in (line for line in card.iter("li") if line.get("id")):
            number = own_text(next(one.iter("a"))) or "".join(next(one.iter("a")).itertext())
            points[int(number.split()[-1])] = f"{name}: {' '.join(own_text(one).split())}"
    assert sorted(points.values()) == sorted(one.replace("`", "") for one in said)
    assert sorted(points) == list(range(1, len(said) + 1))


def test_a_card_leads_to_its_words_and_they_lead_back(seed: tuple[Ran, Element]) -> None:
    page = seed[1]
    by_id = {element.get("id"): element for element in page.iter() if element.get("id")}
    for where, _text in targets(page):
        assert where.removeprefix("#") in by_id
    [card] = [one for one in every(page, "card") if own_text(one).split()[0] == "8#2"]
    quoted = {
        own_text(by_id[link.get("href", "")[1:]]): own_text(link)
        for link in card.iter("a")
        if list(link.iter("q"))
    }
    assert quoted == {word: word for word in ("Costa Rica", "la siguiente reunión", "presente")}
    tags = [link for link in every(page, "tag") if "".join(link.itertext()) == "8#2"]
    assert [by_id[link.get("href", "")[1:]] for link in tags] == [card]


def test_the_meeting_comes_first_and_cards_follow_the_document(seed: tuple[Ran, Element]) -> None:
    meeting, *cards = every(seed[1], "card")
    assert own_text(next(meeting.iter("h3"))) == "The meeting"
    names = [own_text(card).split()[0] for card in cards]
    assert names == ["3", "4", "5", "6", "8#1", "8#2", "9", "9", "12.a", "12.b", "17", "22", "23"]
    unsure = [name for name, card in zip(names, cards, strict=True) if "unsure" in classes(card)]
    assert unsure == ["3", "4", "5", "6", "12.a", "12.b", "17", "23"]
    sure = [one for group in every(seed[1], "sure") for one in every(group, "card")]
    assert not any("unsure" in classes(card) for card in sure)


def test_a_card_has_its_mandate_as_the_file_writes_it(seed: tuple[Ran, Element]) -> None:
    written = [yaml.safe_load("".join(one.itertext())) for one in seed[1].iter("pre")]
    assert all(mandate.keys() >= {"action", "responsible"} for (mandate,) in written)
    (mandate,) = (one for (one,) in written if str(one.get("due")) == "2003-01-15")
    assert mandate["responsible"] == {"each": "members"}


POINTS = """Acta

29 al 31 de octubre de 2002

Publicada el 4 de noviembre de 2002

CONCLUSIONES

1. Agradecer a México su mapa de mayo de 2003 sobre los países miembros.

2. Encomendar a México que circule el plan. Encomendar que se revise cada año la lista.

3. Boyas y faros del istmo.

4. Agradecer a los anfitriones.
"""


def test_what_gave_nothing_can_be_seen(tmp_path: Path) -> None:
    """A lost duty has no card: its conclusion and its words are marked."""
    (tmp_path / "acta.txt").write_text(POINTS, "utf-8")
    asked = ("--body", "GRCM", "--data", str(DATA))
    _ran, page = reviewed(tmp_path, *asked, name=str(tmp_path / "acta.txt"))
    heads = [own_text(head) for head in every(page, "document")[0].iter("h3")]
    without = [
        own_text(next(block.iter("h3")))
        for block in every(page, "conclusion")
        if any(True for one in block.iter() if "without" in classes(one))
    ]
    assert (heads, without) == (["1.", "2.", "3.", "4."], ["1.", "4."])
    unread = [own_text(mark) for mark in every(every(page, "document")[0], "unused-words")]
    assert unread == ["mayo de 2003"]
    [counts] = every(page, "counted")
    assert own_text(counts).endswith(", 2 conclusions without a mandate or a point to check")


OLDER = """Reunión del Grupo Regional de Consulta sobre Migración

Ciudad de México, 3 al 4 de febrero de 2003

CONCLUSIONES

1. Prorrogar hasta el 31 de octubre de 2003 el plazo previsto en la conclusión 9 de la reunión
anterior del Grupo Regional de Consulta sobre Migración.

2. Dar por concluido el mandato relativo al plan, contenido en la conclusión 6 de la reunión
anterior.

3. Dejar sin efecto la conclusión 22 de la reunión anterior y, en su lugar, encomendar a Panamá la
revisión del texto.

4. En seguimiento a la conclusión 5 de la reunión anterior, agradecer a Canadá.
"""


@pytest.mark.parametrize(
    ("language", "changes"),
    [
        ("en",
         ["Extends GRCM-2002-10/9 to 31 October 2003 for all who owe it", "Ends GRCM-2002-10/6",
          "Replaces GRCM-2002-10/22", "Follows up GRCM-2002-10/5"]),
        ("es",
         ["Prorroga GRCM-2002-10/9 hasta el 31 de octubre de 2003 para todos los obligados",
          "Da por terminado GRCM-2002-10/6", "Sustituye GRCM-2002-10/22",
          "Da seguimiento a GRCM-2002-10/5"]),
    ],
)  # fmt: skip
def test_what_is_done_with_older_mandates_has_cards_and_marks(
    tmp_path: Path, language: str, changes: list[str]
) -> None:
    (tmp_path / "acta.txt").write_text(OLDER, "utf-8")
    asked = ("--body", "GRCM", "--data", str(DATA), "--lang", language)
    ran, page = reviewed(tmp_path, *asked, name=str(tmp_path / "acta.txt"))
    cards = {own_text(card): one for one in every(page, "card") for card in every(one, "change")}
    assert list(cards) == changes
    assert ["unsure" in classes(card) for card in cards.values()] == [True, True, True, False]
    [text] = every(page, "document")
    assert every(text, "without") == []
    marks = {one.get("id"): one for one in text.iter("mark") if one.get("id")}
    links = [[link.get("href", "")[1:] for link in card.iter("a") if list(link.iter("q"))]
             for card in cards.values()]  # fmt: skip
    assert [marks[first].get("title") for first, *_others in links] == changes
    assert own_text(marks[links[0][1]]) == "el 31 de octubre de 2003"
    keys = [card.get("data-mandates") for card in cards.values()]
    assert [marks[first].get("data-mandates") for first, *_others in links] == keys
    assert every(text, "unused-words") == []
    nobody = {"en": "names nobody", "es": "no nombra a nadie"}[language]
    assert nobody not in ran.err


def test_a_mark_says_in_words_what_it_gave(seed: tuple[Ran, Element]) -> None:
    marks = {
        own_text(mark): ("".join(every(mark, "unseen")[-1].itertext()).strip(), mark.get("title"))
        for mark in every(seed[1], "document")[0].iter("mark")
        if "ends" in classes(mark)
    }
    assert marks["presentará"] == ("[duty: 8#1]", "duty: 8#1")
    assert marks["cada país"] == ("[who: 8#1]", "who: 8#1")
    assert marks["durante el primer trimestre del año 2003"][0] == "[by when: 9]"
    assert marks["con copia a"][0] in ("[point to check]", "[by when: 6]")


def test_the_page_in_spanish(tmp_path: Path) -> None:
    ran, page = reviewed(tmp_path, "--lang", "es")
    assert page.get("lang") == "es"
    text = "".join(page.itertext())
    assert "Revisión del borrador GRCM-2002-10" in text
    assert "Solo las conclusiones con un punto por revisar" in text
    assert "cada país miembro" in text
    assert ran.err.startswith(f"{tmp_path}/review.html: ábralo en un navegador")


def test_nothing_of_the_page_is_elsewhere(seed: tuple[Ran, Element]) -> None:
    page = seed[1]
    [policy] = [one.get("content", "") for one in page.iter("meta") if one.get("http-equiv")]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.keys() == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    assert rules["default-src"] == "'none'"
    assert all(re.fullmatch("'sha256-[A-Za-z0-9+/=]{44}'", rules[kind])
               for kind in ("style-src", "script-src"))  # fmt: skip
    assert not any(element.get("src") or element.get("style") for element in page.iter())
    assert all(where.startswith("#") for where, _text in targets(page))
    assert not list(page.iter("link"))


def test_no_text_of_a_document_does_anything(folder: Folder) -> None:
    """Markup, text that is turned or hidden, links, formulas, in the text and in the header."""
    texts = [text for name, text in HOSTILE.items() if name != "escape"]  # no text file has it
    lines = [f"{n}. Solicitar a Ámbar {text}." for n, text in enumerate(texts, 1)]
    head = "<img src=x onerror=alert(1)> Reunión\n\nCONCLUSIONES\n\n"
    path = folder.write("acta.txt", head + "\n\n".join(lines) + "\n\n</main><script>x</script>\n")
    name = ("--body", "WG", "--start", "2002-10-29", "--title", "</title><script>x</script>")
    data = ("--data", str(folder.path))
    _ran, page = reviewed(folder.path, *name, *data, name=str(path))
    assert len(list(page.iter("script"))) == 1
    assert not list(page.iter("img"))
    text = "".join(page.itertext())
    assert "</main><script>x</script>" in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x0e-\x1f]", text)


@pytest.mark.parametrize("output", [(), ("-o", "a.yaml")])
def test_the_draft_and_its_page_are_both_written_or_neither(
    folder: Folder, output: tuple[str, ...]
) -> None:
    folder.write("acta.txt", "CONCLUSIONES\n\n1. Agradecer a Ámbar.\n\n2. Agradecer a Brezo.\n")
    asked = ("draft", "acta.txt", *output, "--review", "a.html")
    first = run_grcm(*asked, cwd=folder.path)
    assert (first.code, "conclusions:" in first.out) == (0, not output)
    told = "a.html: open it in a browser to check the draft\n"
    assert told in (first.out if output else first.err)
    (folder.path / "a.yaml").unlink(missing_ok=True)
    again = run_grcm(*asked, cwd=folder.path)
    assert (again.code, again.out) == (2, "")
    assert again.err == "grcm: a.html already exists; --force overwrites it\n"
    assert not (folder.path / "a.yaml").exists()
    assert run_grcm(*asked, "--force", cwd=folder.path).code == 0


def test_the_draft_and_its_page_are_two_files(folder: Folder) -> None:
    folder.write("acta.txt", "CONCLUSIONES\n\n1. Agradecer a Ámbar.\n\n2. Agradecer a Brezo.\n")
    (folder.path / "a.yaml").symlink_to("a.html")
    asked = ("draft", "acta.txt", "-o", "a.yaml", "--review", "a.html", "--force")
    ran = run_grcm(*asked, cwd=folder.path)
    assert (ran.code, ran.err) == (2, "grcm: --review and -o name the same file\n")


def test_a_page_of_any_layout_has_its_text_and_no_link_leads_nowhere() -> None:
    register = load(DATA, DATA).register
    assert register is not None
    for path in CASES:
        paragraphs = document(path)
        data = draft_page.page(draft(paragraphs, register, {}), register, path.name, "es")
        page = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(data.decode())
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), path
        assert {where for where, _text in targets(page)} <= {f"#{name}" for name in ids}, path
        [text] = every(page, "document")
        for heading in text.iter("h3"):
            for number in heading.findall("small"):  # where the label has none
                heading.remove(number)
        printed = "".join("".join([p.label, p.text, *p.notes]) for p in paragraphs)
        assert letters(own_text(text)) == letters(printed), path
