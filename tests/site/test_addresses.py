"""The addresses of mandates, what becomes a link in evidence, and what pages say of themselves."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from grcm_cli.site import urls
from grcm_cli.site.page_data import MOST, cut
from grcm_cli.site.rendering import linked_parts

from ..conftest import Folder, run_grcm
from .test_site import BASE, Site, made, said

# --- anchors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conclusions", "anchors"),
    [
        pytest.param([("8", 2)], ["8", "8-1", "8-2"], id="one of several"),
        pytest.param([("9", 1)], ["9", "9-1"], id="the only one: it keeps it when one is added"),
        pytest.param([("12.a", 1)], ["12.a", "12.a-1"], id="a letter"),
        pytest.param([("IV.3", 1)], ["IV.3", "IV.3-1"], id="a Roman number"),
        pytest.param([("AG/RES.1765", 1)], ["AG/RES.1765", "AG/RES.1765-1"], id="a symbol"),
        pytest.param([("8", 0)], ["8"], id="no mandate"),
        pytest.param(
            [("8", 1), ("8", 1)], ["8", "8-1", "_2_8", "_2_8-1"], id="a number that is there twice"
        ),
        pytest.param(
            [("8", 2), ("8-1", 1)],
            ["8", "_2_8-1", "8-2", "8-1", "8-1-1"],
            id="a conclusion keeps its number, whatever a mandate would be called",
        ),
        pytest.param(
            [("8", 1), ("8", 1), ("8-1", 0)],
            ["8", "_2_8-1", "_2_8", "_2__2_8-1", "8-1"],
            id="both at once",
        ),
    ],
)
def test_each_conclusion_and_each_mandate_has_an_anchor_of_its_own(
    folder: Folder, conclusions: list[tuple[str, int]], anchors: list[str]
) -> None:
    folder.meeting(
        "".join(
            f"- {{number: {number}, text: T, mandates: [{', '.join(['{action: A}'] * count)}]}}\n"
            if count
            else f"- {{number: {number}, text: T}}\n"
            for number, count in conclusions
        )
    )
    register = folder.load().register
    assert register is not None
    (meeting,) = register.meetings
    found = urls.anchors(meeting.conclusions or ())
    assert [
        found[id(item)] for one in meeting.conclusions or () for item in (one, *one.mandates)
    ] == anchors
    assert len(set(found.values())) == len(found)


# --- evidence -------------------------------------------------------------------------------------


def marked(text: str) -> str:
    """Return a text with its links in brackets, each with its host where that is shown too."""
    return "".join(
        f"⟦{part.text}{' ' + part.host if part.host else ''}⟧" if part.href else part.text
        for part in linked_parts(text)
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("doc 7", "doc 7"),
        ("https://example.org/a.pdf", "⟦https://example.org/a.pdf⟧"),
        ("HTTP://Example.org", "⟦HTTP://Example.org⟧"),
        ("Nota 12, https://a.org/x. Véase", "Nota 12, ⟦https://a.org/x⟧. Véase"),
        ("(https://a.org/x)", "(⟦https://a.org/x⟧)"),
        ("https://a.org/x_(y)", "⟦https://a.org/x_(y)⟧"),
        ("(véase https://a.org/x_(y)).", "(véase ⟦https://a.org/x_(y)⟧)."),
        ("<https://a.org/x>", "<⟦https://a.org/x⟧>"),
        ("«https://a.org/x», y más", "«⟦https://a.org/x⟧», y más"),
        ("https://a.org/?q=1&r=2#s", "⟦https://a.org/?q=1&r=2#s⟧"),
        ("https://a.org/x,y;z=1", "⟦https://a.org/x,y;z=1⟧"),
        ("https://a.org/x,https://b.org/y", "⟦https://a.org/x⟧,⟦https://b.org/y⟧"),
        ("https://a.org/web/https://b.org/x", "⟦https://a.org/web/https://b.org/x⟧"),
        ("https://a.org:8443/x", "⟦https://a.org:8443/x⟧"),
        ("https://[2001:db8::1]/x", "⟦https://[2001:db8::1]/x⟧"),
        ("https://españa.es/ñ", "⟦https://españa.es/ñ xn--espaa-rta.es⟧"),
    ],
)
def test_an_address_among_words_is_a_link(text: str, shown: str) -> None:
    assert marked(text) == shown
    assert "".join(part.text for part in linked_parts(text)) == text
    assert all(part.href in ("", part.text) for part in linked_parts(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("javascript:alert(1)", id="another scheme"),
        pytest.param("javascript:https://a.org", id="another scheme in front"),
        pytest.param("data:text/html;base64,PHNjcmlwdD4", id="data"),
        pytest.param("ftp://a.org/x", id="ftp"),
        pytest.param("//a.org/x", id="no scheme"),
        pytest.param("https://", id="no host"),
        pytest.param("https:///a.org", id="an empty host, which browsers skip"),
        pytest.param("https://www.gob.mx@evil.example/", id="a user that looks like a host"),
        pytest.param("https://gob.mx\\@evil.example/", id="a backslash"),
        pytest.param("https://%65vil.example/", id="a host with escapes"),
        pytest.param("https://a.org:port/", id="no port"),
        pytest.param("https://a.org:99999/", id="no port either"),
        pytest.param("https://[::1/x", id="half a bracket"),
        pytest.param("https://a.org/\u202egpj.exe", id="text that is turned round"),
        pytest.param("https://a.org/\u200bx", id="a letter that is not seen"),
        pytest.param('https://a.org/"onmouseover=1', id="a quotation mark"),
        pytest.param("https://a.org/<script>x", id="an element"),
        pytest.param("https://" + "a" * 300 + ".org/", id="a label longer than any host's"),
        pytest.param("https://a.org/" + "x" * 9000, id="longer than any address"),
    ],
)
def test_what_could_deceive_stays_text(text: str) -> None:
    assert marked(text) == text


def test_a_letter_of_another_alphabet_shows_the_host_that_the_web_uses() -> None:
    assert marked("https://\u0430pple.com/") == "⟦https://\u0430pple.com/ xn--pple-43d.com⟧"


def test_hostile_evidence_is_shown_whole_and_leads_nowhere_else(
    folder: Folder, tmp_path: Path
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15, action: Informar")
    long = "https://example.org/" + "x" * 5000
    texts = ["javascript:alert(1)", "https://gob.mx@evil.example", 'https://a.org/"><b>', long]
    folder.progress(
        "AAA",
        "".join(
            f"- {{mandate: WG-2002-10/1, date: 2003-01-0{n}, progress: done, evidence: '{text}'}}\n"
            for n, text in enumerate(texts, 1)
        ),
    )
    site = made(folder.path, tmp_path / "s")
    found = site.page("es/meeting/WG-2002-10.html").find(".//div[@id='1-1']")
    assert found is not None
    for text in texts[:-1]:
        assert text in said(found)
    for path in ("es/meeting/WG-2002-10.html", "es/party/AAA.html"):
        outside = [a for a in site.page(path).iter("a") if ":" in a.get("href", "")]
        assert {a.get("href") for a in outside} == {long}
        assert {a.get("rel") for a in outside} == {"nofollow"}
        assert {said(a) for a in outside} == {f"example.org: {'x' * 5000}"}


# --- what pages say of themselves -----------------------------------------------------------------


def head(page: Element) -> dict[str, str]:
    """Return the meta elements and links of a page's head."""
    found = {
        meta.get("name") or meta.get("property") or "": meta.get("content", "")
        for meta in page.iter("meta")
    }
    for link in page.iter("link"):
        found[" ".join(filter(None, (link.get("rel"), link.get("hreflang"))))] = link.get(
            "href", ""
        )
    return {"title": said(next(page.iter("title"))), **found}


def test_a_meeting_says_where_and_when_it_was_and_what_is_late(plain_site: Site) -> None:
    site = plain_site
    english = head(site.page("en/meeting/GRCM-2002-10.html"))
    assert english["title"].startswith(
        "GRCM-2002-10, Ciudad de Guatemala, 29–31 October 2002 · Reg"
    )
    assert english["description"].startswith(
        "29–31 October 2002, Ciudad de Guatemala, Guatemala. 26 conclusions, 12 commitments "
        "overdue. "
    )
    assert (
        "12 compromisos vencidos" in head(site.page("es/meeting/GRCM-2002-10.html"))["description"]
    )
    party = head(site.page("es/party/MEX.html"))
    assert party["title"].startswith("México: compromisos y plazos")
    assert party["description"].startswith(
        "México: 5 compromisos pendientes, 2 vencidos. 15 de enero de 2003: Presentar"
    )
    for path, page in site.pages():
        if "/" in path:
            found = head(page)
            assert 0 < len(found["description"]) <= MOST, path
            assert "canonical" not in found, path


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a  b\nc", "a b c"),
        pytest.param("x" * 160, "x" * 160, id="as long as it may be"),
        pytest.param("x" * 161, "x" * 159 + "…", id="one word"),
        pytest.param("word " * 40, ("word " * 31)[:-1] + " word…", id="behind a word"),
        pytest.param("a\u202eb", "a\\u202eb", id="what turns the text is seen"),
    ],
)
def test_a_description_is_cut_behind_a_word(text: str, shown: str) -> None:
    assert cut(text) == shown
    assert len(cut(text)) <= MOST


def test_a_base_url_gives_canonical_addresses_and_those_of_the_other_language(
    hosted_site: Site,
) -> None:
    for path, page in hosted_site.pages():
        if path == "404.html":  # it stands at any address
            continue
        found = head(page)
        assert found["canonical"] == f"{BASE}/{path}"
        if "/" not in path:
            continue
        _language, _, name = path.partition("/")
        for language in ("es", "en"):
            assert found[f"alternate {language}"] == f"{BASE}/{language}/{name}"
        assert found["alternate x-default"] == found["alternate es"]
        assert found["og:url"] == found["canonical"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("http://example.org/", "http://example.org/"),
        ("HTTPS://Example.org:8443/Acuerdos//", "https://example.org:8443/Acuerdos/"),
        ("https://crm.github.io/registro", "https://crm.github.io/registro/"),
        ("https://[::1]/x", "https://[::1]/x/"),
        pytest.param("example.org", None, id="no scheme"),
        pytest.param("ftp://example.org", None, id="another scheme"),
        pytest.param("javascript:alert(1)", None, id="a script"),
        pytest.param("https://", None, id="no host"),
        pytest.param("https://example.org/?a=1", None, id="a query"),
        pytest.param("https://example.org/#a", None, id="a fragment"),
        pytest.param("https://me:secret@example.org/", None, id="a user"),
        pytest.param("https://example.org:x/", None, id="no port"),
        pytest.param("https://example.org/a b", None, id="a blank"),
        pytest.param('https://example.org/"x', None, id="a quotation mark"),
        pytest.param("https://example.org/index.html", None, id="a page"),
        pytest.param("https://españa.es/", None, id="letters that the web writes otherwise"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_base_url_is_the_address_of_a_folder(text: str, address: str | None) -> None:
    assert urls.base_url(text) == address


@pytest.mark.parametrize(
    ("language", "words"), [("en", "is not the address"), ("es", "no es la dir")]
)
def test_another_base_url_is_refused_with_an_example(
    tmp_path: Path, language: str, words: str
) -> None:
    target = tmp_path / "s"
    ran = run_grcm("--lang", language, "site", str(target), "--base-url", "example.org/x?y")
    assert ran.code == 2
    assert re.search(rf"['«]example.org/x\?y['»] {words}.*https://example.org/acuerdos/", ran.err)
    assert not target.exists()
