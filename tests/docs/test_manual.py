"""The manual in both languages: the same chapters, commands and headings; no link leads nowhere."""

import re
import shutil
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from grcm_cli.cli import command_table
from grcm_cli.domain.due_forms import FORMS
from grcm_cli.domain.due_grammar import due_examples, parse_due
from grcm_cli.domain.task import State
from grcm_cli.reader import fields

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
    options = page[re.search(r"^(Options|Opciones):$", page, re.MULTILINE).start() :]  # type: ignore[union-attr] # every page has them
    return re.findall(r"^  (-.+?)(?:  .*)?$", options, re.MULTILINE)


@cache
def general_help(language: str) -> str:
    """Return what `grcm --help` shows."""
    return run_grcm("--help", GRCM_LANG=language).out


@pytest.mark.parametrize("language", COMMANDS)
def test_every_command_has_its_section_in_the_order_of_the_help(language: str) -> None:
    page = general_help(language)
    of_help = re.findall(r"^  ([a-z]+)  ", page[page.rindex(":\n") :], re.MULTILINE)
    text = COMMANDS[language].read_text(encoding="utf-8")
    assert [name for depth, name in headings(text) if depth == 3] == of_help


@pytest.mark.parametrize(("language", "heading"), [("en", "Commands"), ("es", "Órdenes")])
def test_the_other_words_for_commands_are_told(language: str, heading: str) -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+) \|$", sections(language)[heading], re.MULTILINE)
    told_words = {name: re.findall("`(.+?)`", words) for name, words in rows}
    assert told_words == command_table.other_words()[language]


@pytest.mark.parametrize("language", COMMANDS)
@pytest.mark.parametrize("command", command_table.NAMES)
def test_a_section_tells_every_option_of_its_command_and_no_other(
    command: str, language: str
) -> None:
    page = run_grcm(command, "--help", GRCM_LANG=language).out
    common = helped(general_help(language))
    section = sections(language)[command]
    assert told(section) == [option for option in helped(page) if option not in common]
    assert section.startswith(f"\n`{page.splitlines()[0].partition(': ')[2]}`\n")


@pytest.mark.parametrize(("language", "heading"), [("en", "Options"), ("es", "Opciones")])
def test_the_common_options_are_told_once(language: str, heading: str) -> None:
    assert told(sections(language)[heading]) == helped(general_help(language))


@pytest.mark.parametrize(("language", "heading"), [("en", "Environment"), ("es", "Entorno")])
def test_every_variable_that_is_read_is_told(language: str, heading: str) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r'environ(?:ment)?\.get\("([A-Z_]+)"', source))
    assert {name for name in read if f"`{name}`" not in sections(language)[heading]} == set()


DATA_PAGES = {"en": DOCS / "en/data.md", "es": DOCS / "es/datos.md"}
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


def tables(page: Path) -> list[list[str]]:
    """Return the code in the first column of each table of a page."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^\|---.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    cells = ([row.split(" | ")[0] for row in rows.splitlines()] for rows in found)
    return [re.findall("`(.+?)`", " ".join(column)) for column in cells]


KEYS = [
    {*fields.REGISTER},
    {*fields.PARTY, *fields.MEMBER, *fields.OFFICE},
    {*fields.SECRETARIAT},
    {*fields.MEETING},
    {*fields.CONCLUSION} - {*fields.OWN_MANDATE},
    {*fields.MANDATE},
]
"""What the first tables tell about; then come who, by when, lineage, reports and states."""


@pytest.mark.parametrize("language", DATA_PAGES)
def test_the_chapter_on_the_files_tells_every_key_and_word(language: str) -> None:
    *keys, _who, _when, lineage, report, states = tables(DATA_PAGES[language])
    assert [set(column) for column in keys] == KEYS
    assert set(lineage) == {"follows", "supersedes", "closes", "extends"}
    assert set(report) == {*fields.ENTRY}
    assert states == list(get_args(State))
    text = DATA_PAGES[language].read_text(encoding="utf-8")
    inner = {*fields.PROCESS, *fields.CONTACT, *fields.TERM, *fields.EXTENSION, *fields.EACH}
    words = {*fields.PROGRESS_WORDS, *fields.ACTS, "request", "encouragement"}
    assert {word for word in inner | words if not re.search(f"`{word}`|{word}: ", text)} == set()


@pytest.mark.parametrize("language", DATA_PAGES)
def test_the_forms_of_a_deadline_are_those_that_are_read(language: str) -> None:
    when = tables(DATA_PAGES[language])[len(KEYS) + 1]
    forms = [code for code in when if ":" not in code]
    assert {type(parse_due(form)) for form in forms} == set(FORMS)
    assert {*due_examples()} <= {*forms}


@pytest.mark.parametrize("language", DATA_PAGES)
def test_the_forms_of_who_are_those_that_are_read(language: str, tmp_path: Path) -> None:
    forms = tables(DATA_PAGES[language])[len(KEYS)]
    text = "text: Presentar el informe."
    block = "".join(f"  - number: {i}\n    {text}\n    {form}\n" for i, form in enumerate(forms, 1))
    shutil.copytree(DATA, tmp_path / "data")
    lay("conclusions", block, tmp_path / "data")
    ran = run_grcm("matrix", "GRCM-2002-10", "--format", "csv", cwd=tmp_path)
    assert (ran.code, ran.err, ran.out.count("\nGRCM-2002-10/")) == (0, "", len(forms))
