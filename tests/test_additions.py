"""Half an addition fails every test that `docs/house.md` names for it.

Each is made in a copy of the project, and the tests that its section lists under *Fails until
complete* run there; `make breadth` does it. That they pass without it, `make test` shows.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tools import new_rule

from .conftest import EVERY, ROOT

LEFT_OUT = (".git", ".venv", ".*_cache", ".hypothesis", "build", "dist")
FORM = '''

class WhenReady(NamedTuple("WhenReady", [("written", str)]), Due):
    """A made-up form of deadline."""

    __slots__ = ()
    pattern = "when rowsready"
    examples = (("when rowsready", N_("A made-up day.")),)


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
    write(root, "formats/rows.py", "def render(listing, terminal):\n    return 'rows'\n")
    row = '    "rows": Format("rows", "One a line."),\n'
    insert(root, "formats/__init__.py", '    "md": Format(', row)


def add_reporter(root: Path) -> None:
    write(root, "reporters/rows.py", "def render(report):\n    return 'rows'\n")
    insert(root, "reporters/__init__.py", '    "full": ', '    "rows": "rows.render",\n')


def add_export(root: Path) -> None:
    insert(root, "commands/export.py", '"csv", "xlsx"', '"rows", ')
    insert(root, "cli/output.py", '    "csv": (".csv",),', '    "rows": (".rows",),\n')


def add_command(root: Path) -> None:
    write(root, "commands/rows.py", "def rows() -> None:\n    pass\n")
    insert(root, "cli/command_table.py", '    "due": N_(', '    "rows": N_("Made up."),\n')


def add_form(root: Path) -> None:
    with (root / "src/grcm_cli/domain/due_forms.py").open("a", encoding="utf-8") as file:
        file.write(FORM)


ADDITIONS: dict[str, tuple[Callable[[Path], None], ...]] = {
    "rule": (add_rule,),
    "format": (add_format, add_reporter, add_export),
    "command": (add_command,),
    "form of deadline": (add_form,),
}


def named_tests(section: str) -> list[str]:
    """Return the test files that house.md lists as failing until an addition is complete."""
    house = (ROOT / "docs/house.md").read_text(encoding="utf-8")
    text = house.partition(f"## Where do I add a {section}?")[2].partition("\n## ")[0]
    listed = re.split(r"\.\s", text.partition("Fails until complete: ")[2])[0]
    return re.findall(r"`(tests/[\w/]+\.py)`", listed)


CASES = [(section, file) for section in ADDITIONS for file in named_tests(section)]


@pytest.mark.skipif(not EVERY, reason="each takes seconds")
@pytest.mark.parametrize(("section", "file"), CASES)
def test_half_an_addition_fails(section: str, file: str, tmp_path: Path) -> None:
    root = tmp_path / "grcm"
    shutil.copytree(ROOT, root, symlinks=True, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for add in ADDITIONS[section]:
        add(root)
    command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", file)
    sampled = {**os.environ, "PYTHONPATH": str(root / "src"), "GRCM_ALL_STATES": ""}
    ran = subprocess.run(
        command, cwd=root, env=sampled, capture_output=True, text=True, check=False
    )
    added = [add.__name__ for add in ADDITIONS[section]]
    assert re.search(r"^(?:FAILED|ERROR) ", ran.stdout, re.MULTILINE), f"{file} passes by {added}"


def test_every_section_that_names_tests_is_tried() -> None:
    house = (ROOT / "docs/house.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## Where do I add an? (.+)\?$", house, re.MULTILINE)
    assert set(ADDITIONS) == {section for section in sections if named_tests(section)}
