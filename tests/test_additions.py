"""Half an addition fails every test that `docs/house.md` names for it.

Each is made in a copy of the project, and the tests that its section lists under *Fails until
complete* run there, each file to its first failure; `make breadth` does it. That they pass without
it, `make test` shows.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from tools import new_rule

from .conftest import EVERY, ROOT

HOUSE = (ROOT / "docs/house.md").read_text(encoding="utf-8")
LEFT_OUT = (".git", ".venv", ".*_cache", ".hypothesis", "build", "dist")
FORM = '''

class WhenReady(NamedTuple("WhenReady", [("written", str)]), Due):
    """A made-up form of deadline."""

    __slots__ = ()
    pattern = "when rowsready"
    examples = (("when rowsready", N_("A made-up day.")),)

    def words(self, wording: DueWording) -> str:
        return self.written


FORMS = (*FORMS, WhenReady)
'''


def insert(root: Path, name: str, before: str, text: str) -> None:
    path = root / "src/grcm_cli" / name
    code = path.read_text(encoding="utf-8")
    assert code.count(before) == 1
    path.write_text(code.replace(before, text + before), encoding="utf-8")


def write(root: Path, name: str, code: str) -> None:
    (root / "src/grcm_cli" / name).write_text(code, encoding="utf-8")


def add_rule(root: Path) -> None:
    new_rule.make("rows-made-up", "rows", root=root)


def add_format(root: Path) -> None:
    write(root, "formats/rows.py", "def render(listing):\n    return 'rows'\n")
    row = '    "rows": Format("rows", "One a line."),\n'
    insert(root, "formats/__init__.py", '    "md": Format(', row)


def add_reporter(root: Path) -> None:
    write(root, "reporters/rows.py", "def render(report):\n    return 'rows'\n")
    insert(root, "reporters/__init__.py", '"full": ', '"rows": "rows.render", ')


def add_export(root: Path) -> None:
    insert(root, "commands/export.py", '"csv", "xlsx"', '"rows", ')
    insert(root, "cli/output.py", '    "csv": (".csv",),', '    "rows": (".rows",),\n')


def add_command(root: Path) -> None:
    write(root, "commands/rows.py", "def rows() -> None:\n    pass\n")
    insert(root, "cli/help.txt", "[due]", "[rows]\nMade up.\n\n")


def add_form(root: Path) -> None:
    with (root / "src/grcm_cli/domain/due_forms.py").open("a", encoding="utf-8") as file:
        file.write(FORM)


def add_column(root: Path) -> None:
    name = "views/task_record.py"
    insert(root, name, "    days_late: Annotated[", '    rows: Annotated[int, "Made up."]\n')
    insert(root, name, "        days_late=task.days_late,", "        rows=0,\n")


def add_language(root: Path) -> None:
    insert(root, "language/text.py", '"fr", "pt")', '"de", ')


ADDITIONS: dict[str, tuple[Callable[[Path], None], ...]] = {
    "rule": (add_rule,),
    "format": (add_format, add_reporter, add_export),
    "column": (add_column,),
    "command": (add_command,),
    "form of deadline": (add_form,),
    "language": (add_language,),
}


def named_tests(section: str) -> list[str]:
    """Return the test files that house.md lists as failing until an addition is complete."""
    text = HOUSE.partition(f"## Where do I add a {section}?")[2].partition("\n## ")[0]
    listed = re.split(r"\.\s", text.partition("Fails until complete: ")[2])[0]
    return re.findall(r"`(tests/[\w/]+\.py)`", listed)


@pytest.mark.skipif(not EVERY, reason="each takes seconds")
@pytest.mark.parametrize("section", ADDITIONS)
def test_half_an_addition_fails(section: str, tmp_path: Path) -> None:
    root = tmp_path / "grcm"
    shutil.copytree(ROOT, root, symlinks=True, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for add in ADDITIONS[section]:
        add(root)
    files = named_tests(section)
    options = ("-q", "--tb=no", "--continue-on-collection-errors", "-p", "no:cacheprovider")
    command = (sys.executable, "-m", "pytest", *options, "-p", "tests.first_failures", *files)
    sampled = {**os.environ, "PYTHONPATH": str(root / "src"), "GRCM_ALL_STATES": ""}
    ran = subprocess.run(
        command, cwd=root, env=sampled, capture_output=True, text=True, check=False
    )
    failed = re.findall(r"^(?:FAILED|ERROR) ([\w/]+\.py)", ran.stdout, re.MULTILINE)
    assert {*files} == {*failed} or "ImportError while loading conftest" in ran.stderr, ran.stdout


def test_every_section_names_tests_and_is_tried() -> None:
    sections = re.findall(r"^## Where do I add an? (.+)\?$", HOUSE, re.MULTILINE)
    assert [section for section in sections if named_tests(section)] == [*ADDITIONS]


def test_the_map_has_every_folder_in_the_order_of_the_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    assert re.findall(r"^  (\w+)(?:/|\.py) ", HOUSE, re.MULTILINE) == " | ".join(layers).split(
        " | "
    )


def test_what_the_map_names_is_there() -> None:
    named = re.findall(r"`([\w./]+)/`|([\w./]+\.(?:py|toml|md))\b", HOUSE)
    folders = ("src", "tests", "docs", "tools", "benchmarks")
    paths = [*ROOT.glob("*"), *(path for each in folders for path in (ROOT / each).rglob("*"))]
    ends = [f"/{folder or file}" for folder, file in named if "NAME" not in folder + file]
    assert [end for end in ends if not any(str(path).endswith(end) for path in paths)] == []
