"""Each rule: files that break it with the exact text of the finding, and one that does not.

A rule's folder has `bad.yaml` and `ok.yaml`, which stand for meetings/WG-2002-10.yaml in the
folder `base`, or `bad/` and `ok/`, whose files are laid over it; and `bad.txt` with what
`grcm validate` shows. There may be more of each: `bad-2.yaml`, `ok-empty/`. A new example is a new
test, and a rule without one fails here. `python -m tests.rules.test_rules` writes the expected
texts and the pages of the manual anew; then read the difference.
"""

import ast
import shutil
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from tools.reference import rule_page

from grcm_cli.domain.findings import Finding, Report, Rule, check, in_order, without_ignored
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.text import LANGUAGES, rule_text, set_language
from grcm_cli.reporters.people import full
from grcm_cli.rules import rules_by_name
from grcm_cli.storage.file_reader import FileReading, read_if_possible, split_lines
from grcm_cli.storage.loader import ReadFiles, load
from grcm_cli.storage.schemas import schema_findings

from ..conftest import EVERY, ROOT

HERE = Path(__file__).parent
PAGES = ROOT / "docs/rules"
TODAY = date(2003, 6, 1)
RULES = rules_by_name()


def examples(kind: str) -> list[Path]:
    """Return the examples of a kind, `bad` or `ok`, without the endings of their files."""
    found = {path.with_suffix("") for path in HERE.glob(f"*/{kind}*") if path.suffix != ".txt"}
    return sorted(found)


def sampled(kind: str) -> list[Path]:
    """Return one of the examples of each rule; with GRCM_ALL_STATES=1 all of them."""
    found = examples(kind)
    return found if EVERY else [*{path.parent: path for path in found}.values()]


def name_of(example: Path) -> str:
    return f"{example.parent.name}/{example.name}"


def lay(example: Path, folder: Path) -> None:
    """Make a data folder of `base` with an example in it.

    `X.link` holds what the link X leads to: an archive of the project may hold no such link.
    """
    shutil.copytree(HERE / "base", folder)
    if example.with_suffix(".yaml").exists():
        shutil.copy(example.with_suffix(".yaml"), folder / "meetings/WG-2002-10.yaml")
    else:
        shutil.copytree(example, folder, dirs_exist_ok=True, symlinks=True)
    for link in folder.rglob("*.link"):
        link.with_suffix("").unlink(missing_ok=True)
        link.with_suffix("").symlink_to(link.read_text().strip())
        link.unlink()


def read_but(readings: Iterable[FileReading]) -> ReadFiles:
    """Return what reads files but those of which it is known what they say."""
    known = {reading.name: reading for reading in readings}
    return lambda source, names: (known.get(name) or source.read(name) for name in names)


def findings(folder: Path, rule: str, known: Iterable[FileReading] = ()) -> list[Finding]:
    """Return all that validate finds in a folder, with a rule that must be selected too.

    Files of which it is `known` what they say are not read.
    """
    loaded = load(folder, folder, None, read_but(known))
    active = [r for r in RULES.values() if r.is_default or r.name == rule]
    seen = check(loaded.register, active, TODAY) if loaded.register else []
    seen += schema_findings(folder, folder, None)
    kept, unused = without_ignored([*loaded.findings, *seen], loaded.ignores)
    return in_order([*kept, *unused])


def shown(folder: Path, found: list[Finding]) -> str:
    def lines(path: str) -> list[str]:
        return split_lines(read_if_possible(folder / path))

    page = Terminal(100, colour=False)
    return full(Report(found, {}, lines, RULES, lambda _at: ""), page)


def test_every_rule_has_its_code_and_its_examples() -> None:
    files = (ROOT / "src/grcm_cli/rules").glob("[!_]*.py")
    nodes = [node for path in files for node in ast.parse(path.read_text(encoding="utf-8")).body]
    named = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    code = {rule.name.replace("-", "_") for rule in RULES.values() if rule.check}
    assert {name for name in named if name[0] != "_"} == code
    assert {path.parent.name for path in examples("bad")} == set(RULES)
    assert {path.parent.name for path in examples("ok")} == set(RULES)


@pytest.mark.parametrize("example", examples("bad"), ids=name_of)
def test_what_breaks_a_rule_is_found_at_its_place(example: Path, tmp_path: Path) -> None:
    rule = RULES[example.parent.name]
    folder = tmp_path / "data"
    lay(example, folder)
    found = findings(folder, rule.name)
    assert shown(folder, found) == example.with_suffix(".txt").read_text(encoding="utf-8")
    assert {(f.rule, f.severity) for f in found} == {(rule.name, rule.severity)}


@pytest.mark.parametrize("example", examples("ok"), ids=name_of)
def test_what_is_right_is_not_found(example: Path, tmp_path: Path) -> None:
    lay(example, tmp_path / "data")
    assert findings(tmp_path / "data", example.parent.name) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_s_page_says_what_why_bad_good_in_all_languages(rule: Rule) -> None:
    page = rule.page()
    for text in (page.what, page.why):
        in_languages = {rule_text(text, language) for language in LANGUAGES}
        assert len(in_languages) == len(LANGUAGES)
        assert all(one.endswith(".") for one in in_languages)
    assert page.bad != page.good


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_the_manual_has_the_rule_s_own_page(rule: Rule) -> None:
    assert (PAGES / f"{rule.name}.md").read_text(encoding="utf-8") == rule_page(rule)


def test_the_manual_has_no_page_of_a_rule_that_is_gone() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(RULES)


if __name__ == "__main__":
    set_language("en")
    PAGES.mkdir(exist_ok=True)
    for written in RULES.values():
        (PAGES / f"{written.name}.md").write_text(rule_page(written), encoding="utf-8")
    for bad in examples("bad"):
        with tempfile.TemporaryDirectory() as made:
            lay(bad, Path(made) / "data")
            text = shown(Path(made) / "data", findings(Path(made) / "data", bad.parent.name))
        bad.with_suffix(".txt").write_text(text, encoding="utf-8")
