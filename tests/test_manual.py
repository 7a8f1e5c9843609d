"""The manual in both languages: the same chapters, commands and headings; no link leads nowhere."""

import re
from pathlib import Path

import pytest

from grcm_cli import commands

from .conftest import ROOT, transcript

DOCS = ROOT / "docs"
INDEX = (DOCS / "README.md").read_text(encoding="utf-8")
CHAPTERS = {
    DOCS / english: DOCS / spanish
    for english, spanish in re.findall(r"\((en/\S+\.md)\) \| \[.*?\]\((es/\S+\.md)\)", INDEX)
}
COMING = {
    "calendar": "calendario",
    "export": "exportar",
    "letters": "cartas",
    "publishing": "publicar",
}
"""Chapters that the index names already; one that is here is held to everything below."""
PAIRS = [
    pytest.param(english, spanish, id=english.stem)
    for english, spanish in CHAPTERS.items()
    if english.stem not in COMING or english.exists()
]
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
_FENCE = re.compile(r"^(```+).*?^\1$", re.MULTILINE | re.DOTALL)


def headings(page: str) -> list[tuple[int, str]]:
    """Return depth and text of each heading of a page."""
    found = re.finditer(r"^(#+) (.+)$", _FENCE.sub("", page), re.MULTILINE)
    return [(len(match[1]), match[2]) for match in found]


def anchors(page: str) -> set[str]:
    """Return the names under which the headings of a page are reached, as GitHub gives them."""
    plain = (re.sub(r"[^\w\- ]", "", text.lower()) for _, text in headings(page))
    return {text.replace(" ", "-") for text in plain}


def links(page: str) -> list[str]:
    """Return where the links of a page lead that leave neither the repository nor the page."""
    prose = re.sub(r"`[^`]*`", "", _FENCE.sub("", page))
    found: list[str] = re.findall(r"\]\(([^)\s]+)\)", prose)
    return [link for link in found if "://" not in link]


def skeleton(command: str) -> list[str]:
    """Return the programs, commands and options of a command line, without what is translated."""
    words = re.sub(r'"[^"]*"', "TEXT", command.replace("--lang es ", "")).split()
    named = {"grcm", *commands.NAMES}
    return [word for i, word in enumerate(words) if i == 0 or word in named or word[0] in "-|<>"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_index_names_every_chapter(language: str) -> None:
    named = set(CHAPTERS) if language == "en" else set(CHAPTERS.values())
    coming = set(COMING) if language == "en" else set(COMING.values())
    there = set((DOCS / language).glob("*.md"))
    assert there <= named
    assert {path.stem for path in named - there} <= coming


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_both_languages_tell_the_same(english: Path, spanish: Path) -> None:
    en, es = english.read_text(encoding="utf-8"), spanish.read_text(encoding="utf-8")
    assert [depth for depth, _ in headings(en)] == [depth for depth, _ in headings(es)]
    assert [skeleton(command) for _, command, _ in transcript(en)] == [
        skeleton(command) for _, command, _ in transcript(es)
    ]
    assert blocks(en) == blocks(es)


def blocks(page: str) -> list[str]:
    """Return the kinds of the blocks of a page, in order: console, yaml, sh."""
    return re.findall(r"^```(\w.*)$", page, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_leads_nowhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in links(text):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if target.stem in COMING or target.stem in COMING.values():
            continue
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link
