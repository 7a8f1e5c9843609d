"""The manual: two languages tell the same, no link leads nowhere, the reference is in step."""

import re
import shutil
from pathlib import Path

import pytest
from tools import pictures
from tools.reference import made

from grcm_cli.cli import command_table
from grcm_cli.language.text import LANGUAGES
from grcm_cli.reader import fields
from grcm_cli.views.changes import KINDS

from ..conftest import DATA, ROOT, run_grcm, transcript

DOCS = ROOT / "docs"
INDEX = (DOCS / "README.md").read_text(encoding="utf-8")
CHAPTERS = {
    DOCS / english: DOCS / spanish
    for english, spanish in re.findall(r"\((en/\S+\.md)\) \| \[.*?\]\((es/\S+\.md)\)", INDEX)
}
PAIRS = [pytest.param(english, spanish, id=english.stem) for english, spanish in CHAPTERS.items()]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
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
    plain = re.sub(r" --lang (es|en)\b", "", command)
    words = re.sub(r"'[^']*'|\"[^\"]*\"", "TEXT", plain).split()
    named = {"grcm", *command_table.NAMES}
    return [word for i, word in enumerate(words) if i == 0 or word in named or word[0] in "-|<>"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_index_names_every_chapter(language: str) -> None:
    named = set(CHAPTERS) if language == "en" else set(CHAPTERS.values())
    assert set((DOCS / language).glob("*.md")) == named


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_both_languages_tell_the_same(english: Path, spanish: Path) -> None:
    en, es = english.read_text(encoding="utf-8"), spanish.read_text(encoding="utf-8")
    assert [depth for depth, _ in headings(en)] == [depth for depth, _ in headings(es)]
    assert [skeleton(command) for _, command, _ in transcript(en)] == [
        skeleton(command) for _, command, _ in transcript(es)
    ]
    assert blocks(en) == blocks(es)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_can_be_read(language: str) -> None:
    """Words are what has a letter or a digit; examples and the reference count."""
    pages = "".join(page.read_text(encoding="utf-8") for page in (DOCS / language).glob("*.md"))
    assert len(re.findall(r"^\S*\w\S*|(?<=\s)\S*\w\S*", pages)) <= 25_000


def blocks(page: str) -> list[str]:
    """Return the kinds of the blocks of a page, in order: console, yaml, sh."""
    return re.findall(r"^```(\w.*)$", page, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_leads_nowhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in links(text):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_are_there_and_small(language: str) -> None:
    drawn = pictures.PICTURES / f"terminal.{language}.svg"
    assert drawn.read_text(encoding="utf-8") == pictures.terminal(language), "make pictures"
    for name in pictures.PHOTOGRAPHS:
        assert (pictures.PICTURES / f"{name}.{language}.png").stat().st_size < 80_000


# --- the reference, which is made from the program ------------------------------------------------

COMMANDS = {
    language: DOCS / language / name
    for language, name in zip(
        LANGUAGES, ("ordenes.md", "commands.md", "commandes.md", "comandos.md"), strict=True
    )
}
DATA_PAGES = {
    language: DOCS / language / name
    for language, name in zip(
        LANGUAGES, ("datos.md", "data.md", "donnees.md", "dados.md"), strict=True
    )
}
BEFORE = """
from dataclasses import make_dataclass
from typing import Annotated
import typer
from grcm_cli.cli import command_table, options, output_schema
from grcm_cli.commands import lists
from grcm_cli.formats import FORMATS, Format
FORMATS["rows"] = Format("rows", "A format for this test.")
lists.matrix.__defaults__ = (options.option("--shade", "TEXT"),)
command_table._SECTIONS["matrix"] = ("", "--shade: An option for this test.")
from grcm_cli.reader import fields
fields.MANDATE["shade"] = fields.Field("line", "A key for this test.")
output_schema.LISTS = dict(output_schema.LISTS)
output_schema.LISTS["meetings"] = make_dataclass("R", [("tint", Annotated[str, "Of this test."])])
"""
"""A list format, an option, a key of a file and a key of JSON that only this test knows."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_is_in_step_with_the_program(language: str) -> None:
    pages = made(language)
    assert {COMMANDS[language], DATA_PAGES[language]} <= {*pages}
    for page, text in pages.items():
        assert page.read_text(encoding="utf-8") == text, "write it anew: make man"


def test_what_is_added_to_the_program_comes_into_the_reference_by_itself() -> None:
    pages = made("en", BEFORE)
    commands, data = pages[COMMANDS["en"]], pages[DATA_PAGES["en"]]
    assert "| `rows` | A format for this test. |" in commands
    assert "|rows`" in commands
    assert "- `--shade TEXT`: An option for this test." in commands
    assert "| `shade` | A key for this test. |" in data
    assert "| `tint` | Of this test. |" in data


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_reference_has_nothing_left_in_english(language: str) -> None:
    """As the pages have it, which are in step with the program."""
    english = {line for line in reference_lines("en") if " " in line}
    left = english & {*reference_lines(language)}
    assert {line for line in left if not re.match("#+ |`grcm ", line)} == set()


def reference_lines(language: str) -> list[str]:
    """Return the lines of a language's pages that are made from the program."""
    pages = [page.read_text(encoding="utf-8") for page in (DOCS / language).glob("*.md")]
    blocks = re.findall(r"<!-- made: .*?-->\n(.*?)<!-- end -->", "".join(pages), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_change_is_told(language: str) -> None:
    text = DATA_PAGES[language].read_text(encoding="utf-8")
    part = text.partition("<!-- made: changes -->")[2].partition("<!-- end -->")[0]
    assert {*re.findall(r"^\| `(\w+)` \|", part, re.M)} == {"change", *KINDS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_a_file_has_its_table(language: str) -> None:
    text = DATA_PAGES[language].read_text(encoding="utf-8")
    marks = re.findall(r"<!-- made: keys (\w+)(?: (\w+))? -->", text)
    told = {key for names in marks for name in filter(None, names) for key in table(name)}
    rows = {key for row in re.findall(r"^\| (`[^|]+) \|", text, re.M) for key in row.split("`")}
    assert fields.ALL_KEYS - told - {*fields.NOUN, *fields.EACH, *fields.ALL} == set()
    assert told <= rows


def table(name: str) -> fields.Table:
    """Return the keys of a part of a file by the name of the part."""
    found: fields.Table = getattr(fields, name.upper())
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variable_that_is_read_is_told(language: str) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r'environ(?:ment)?\.get\("([A-Z_]+)"', source))
    text = COMMANDS[language].read_text(encoding="utf-8")
    assert {name for name in read if f"`{name}`" not in text} == set()


EXAMPLES = [
    pytest.param(kind, block, id=f"{page.relative_to(ROOT)}:{place}")
    for page in PAGES
    for place, (kind, block) in enumerate(
        re.findall(r"^```yaml (\w+)\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S), 1
    )
]
LATER = "id: GRCM-2003-05\nbody: GRCM\nstart: 2003-05-12\nlanguage: es\nconclusions:\n"


def lay(kind: str, block: str, data: Path) -> None:
    """Put an example where it belongs in a data folder: a whole file, or a piece of one."""
    adopted = data / "meetings/GRCM-2002-10.yaml"
    head = adopted.read_text(encoding="utf-8").partition("conclusions:\n")
    name, text = {
        "register": ("register.yaml", block),
        "meeting": (f"meetings/{block.split()[1]}.yaml", block),
        "conclusions": (adopted.relative_to(data).as_posix(), "".join(head[:2]) + block),
        "later": ("meetings/GRCM-2003-05.yaml", LATER + block),
        "progress": ("progress/CRI.yaml", block),
    }[kind]
    if kind == "register":
        shutil.rmtree(data / "meetings")
    (data / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("kind", "block"), EXAMPLES)
def test_an_example_of_a_file_is_one_without_findings(
    kind: str, block: str, tmp_path: Path
) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    lay(kind, block, tmp_path / "data")
    alone = ["--ignore", "missing-file"] if kind == "register" else []  # it has no meetings
    ran = run_grcm("validate", "--strict", *alone, "--as-of", "2004-01-01", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "")


@pytest.mark.parametrize("language", DATA_PAGES)
def test_the_forms_of_who_are_those_that_are_read(language: str, tmp_path: Path) -> None:
    page = DATA_PAGES[language].read_text(encoding="utf-8")
    forms = re.findall(r"^\| `(responsible: .+?)` \|", page, re.MULTILINE)
    text = "text: Presentar el informe."
    block = "".join(f"  - number: {i}\n    {text}\n    {form}\n" for i, form in enumerate(forms, 1))
    shutil.copytree(DATA, tmp_path / "data")
    lay("conclusions", block, tmp_path / "data")
    with (tmp_path / "data/register.yaml").open("a", encoding="utf-8") as register:
        register.write("groups: {SIS: {name: States, members: [CRI, MEX]}}\n")
    ran = run_grcm("matrix", "GRCM-2002-10", "--format", "csv", cwd=tmp_path)
    assert len(forms) == 9
    assert (ran.code, ran.err, ran.out.count("\nGRCM-2002-10/")) == (0, "", len(forms))
