"""`make new-rule`: the files of a rule that is still to be written."""

import tomllib
from pathlib import Path

import pytest
from tools import new_rule

from ..conftest import ROOT, Folder

FOLDERS = ("src/grcm_cli/rules", "tests/rules")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder in which a rule can be made."""
    for name in FOLDERS:
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "src/grcm_cli/rules/rules.toml").touch()
    return tmp_path


def test_a_rule_has_a_page_code_and_examples(root: Path) -> None:
    text = new_rule.make("number-twice", "numbers", root=root)
    made = {path.relative_to(root).as_posix() for path in root.rglob("*.*")}
    examples = {f"tests/rules/number-twice/{name}" for name in ("bad.yaml", "bad.txt", "ok.yaml")}
    assert made == {"src/grcm_cli/rules/numbers.py", "src/grcm_cli/rules/rules.toml", *examples}
    assert [name for name in made if name not in text] == []


def test_until_it_is_filled_in_its_page_is_refused_and_it_finds_nothing(
    root: Path, folder: Folder
) -> None:
    new_rule.make("number-twice", "numbers", root=root)
    rules = root / "src/grcm_cli/rules"
    page = tomllib.loads((rules / "rules.toml").read_text(encoding="utf-8"))["number-twice"]
    assert page["bad"] == page["good"]
    namespace: dict[str, object] = {}
    exec(compile((rules / "numbers.py").read_bytes(), "numbers.py", "exec"), namespace)  # noqa: S102 - it was made here
    check = namespace["number_twice"]
    assert callable(check)
    for name in ("bad", "ok"):
        example = root / f"tests/rules/number-twice/{name}.yaml"
        folder.write("meetings/WG-2002-10.yaml", example.read_bytes())
        assert list(check(folder.register())) == []


@pytest.mark.parametrize("name", ["", "Number", "number_gap", "number gap", "-gap", "../gap"])
def test_a_name_of_another_form_is_refused(name: str, root: Path) -> None:
    with pytest.raises(ValueError, match="called like number-gap"):
        new_rule.make(name, "numbers", root=root)
    assert [path.name for path in root.rglob("*.*") if path.is_file()] == ["rules.toml"]


def test_a_rule_that_is_there_is_left_alone() -> None:
    with pytest.raises(ValueError, match="already"):
        new_rule.make("number-gap", "conclusions", root=ROOT)
