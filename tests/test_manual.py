"""The manual in both languages: the same chapters, commands and headings; no link leads nowhere."""

import re
from pathlib import Path

import pytest

from grcm_cli import commands

from .conftest import ROOT, run_grcm, transcript

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


COMMANDS = {"en": DOCS / "en/commands.md", "es": DOCS / "es/ordenes.md"}


def sections(language: str) -> dict[str, str]:
    """Return what stands below each heading of the chapter on the commands."""
    text = COMMANDS[language].read_text(encoding="utf-8")
    parts = re.split(r"^#{2,3} (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def told(section: str) -> list[str]:
    """Return the options that a section tells about, as its list writes them."""
    heads = re.findall(r"^- ((?:`[^`]+`(?:, )?)+): ", section, re.MULTILINE)
    return [head.replace("`", "") for head in heads if head.startswith("`-")]


def helped(page: str) -> list[str]:
    """Return the options that a `--help` names, as it writes them."""
    return re.findall(r"^  (-.+?)(?:  .*)?$", page, re.MULTILINE)


@pytest.mark.parametrize("language", COMMANDS)
def test_every_command_has_its_section_in_the_order_of_the_help(language: str) -> None:
    page = run_grcm("--help", GRCM_LANG=language).out
    of_help = re.findall(r"^  ([a-z]+)  ", page[page.rindex(":\n") :], re.MULTILINE)
    text = COMMANDS[language].read_text(encoding="utf-8")
    assert [name for depth, name in headings(text) if depth == 3] == of_help


@pytest.mark.parametrize("language", COMMANDS)
@pytest.mark.parametrize("command", commands.NAMES)
def test_a_section_tells_every_option_of_its_command_and_no_other(
    command: str, language: str
) -> None:
    page = run_grcm(command, "--help", GRCM_LANG=language).out
    common = helped(run_grcm("--help", GRCM_LANG=language).out)
    section = sections(language)[command]
    assert told(section) == [option for option in helped(page) if option not in common]
    assert section.startswith(f"\n`{page.splitlines()[0].partition(': ')[2]}`\n")


@pytest.mark.parametrize(("language", "heading"), [("en", "Options"), ("es", "Opciones")])
def test_the_common_options_are_told_once(language: str, heading: str) -> None:
    page = run_grcm("--help", GRCM_LANG=language).out
    assert told(sections(language)[heading]) == helped(page)


@pytest.mark.parametrize(("language", "heading"), [("en", "Environment"), ("es", "Entorno")])
def test_every_variable_that_is_read_is_told(language: str, heading: str) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r'environ(?:ment)?\.get\("([A-Z_]+)"', source))
    assert {name for name in read if f"`{name}`" not in sections(language)[heading]} == set()
