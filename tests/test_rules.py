"""Each rule: a file that breaks it with the exact text of its finding, and one that does not.

A rule's folder has `bad.yaml` and `ok.yaml`, which stand for meetings/WG-2002-10.yaml in the
folder `base`, or `bad/` and `ok/`, whose files are laid over it; and `bad.txt`. A new folder is a
new test, and a rule without one fails here.
"""

import shutil
from pathlib import Path

import pytest

from grcm_cli.checker import Rule, check
from grcm_cli.findings import Finding, in_order
from grcm_cli.loader import load, read_lines
from grcm_cli.reporters import full
from grcm_cli.rules import every_rule

HERE = Path(__file__).parent / "rules"
FOLDERS = sorted(path.name for path in HERE.iterdir() if path.name != "base")
RULES = {rule.name: rule for rule in every_rule()}


def lay(example: Path, folder: Path) -> None:
    """Make a data folder of `base` with an example in it."""
    shutil.copytree(HERE / "base", folder)
    if example.with_suffix(".yaml").exists():
        shutil.copy(example.with_suffix(".yaml"), folder / "meetings/WG-2002-10.yaml")
    else:
        shutil.copytree(example, folder, dirs_exist_ok=True, symlinks=True)


def findings(folder: Path) -> list[Finding]:
    """Return all that validate finds in a folder."""
    loaded = load(folder, folder)
    seen = check(loaded.register, RULES.values()) if loaded.register else []
    return in_order([*loaded.findings, *seen])


def test_every_rule_has_its_example() -> None:
    assert sorted(RULES) == FOLDERS


@pytest.mark.parametrize("name", FOLDERS)
def test_what_breaks_a_rule_is_found_at_its_place(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    lay(HERE / name / "bad", folder)
    found = findings(folder)
    expected = (HERE / name / "bad.txt").read_text(encoding="utf-8")
    assert full.render(found, lambda path: read_lines(folder / path)) == expected
    assert [(f.rule, f.severity) for f in found] == [(name, RULES[name].severity)]


@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_right_is_not_found(name: str, tmp_path: Path) -> None:
    lay(HERE / name / "ok", tmp_path / "data")
    assert findings(tmp_path / "data") == []


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_s_page_says_what_why_bad_good(rule: Rule) -> None:
    what, why, bad, bad_text, good, good_text = rule.page.strip().split("\n\n")[:6]
    assert what.endswith(".")
    assert why.startswith("Why: ")
    assert (bad, good) == ("Bad:", "Good:")
    assert bad_text.startswith("    ")
    assert bad_text != good_text
