"""`make language`: the files of a further language, to be translated."""

import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tools import new_language

from ..conftest import ROOT

COPIED = (
    "src/grcm_cli/language/words/months.txt",
    "src/grcm_cli/language/words/grammar_en.toml",
    "src/grcm_cli/letters/templates/reminder.en.md",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder in which a language can be made, with templates of one message each."""
    for name in COPIED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "build").mkdir()
    for domain in ("grcm", "rules"):
        text = f'msgid "of {domain}"\nmsgstr ""\n'
        (tmp_path / "build" / f"{domain}.pot").write_text(text, encoding="utf-8")
    return tmp_path


def test_each_file_is_made_and_named(root: Path) -> None:
    before = {path.relative_to(root).as_posix() for path in root.rglob("*.*")}
    text = new_language.make("de", root)
    made = {path.relative_to(root).as_posix() for path in root.rglob("*.*")} - before
    assert made == {
        "src/grcm_cli/language/words/grammar_de.toml",
        "src/grcm_cli/letters/templates/reminder.de.md",
        "src/grcm_cli/locale/de/LC_MESSAGES/grcm.po",
        "src/grcm_cli/locale/de/LC_MESSAGES/rules.po",
    }
    assert [name for name in {*made, COPIED[0]} if name not in text] == []


def test_a_catalogue_has_the_messages_and_the_plurals_of_the_language(root: Path) -> None:
    new_language.make("pl", root)
    with (root / "src/grcm_cli/locale/pl/LC_MESSAGES/grcm.po").open("rb") as file:
        catalogue = read_po(file)
    assert [(one.id, one.string) for one in catalogue if one.id] == [("of grcm", "")]
    assert (catalogue.num_plurals, catalogue.fuzzy) == (3, False)


def test_the_months_get_a_line_of_their_own(root: Path) -> None:
    new_language.make("de", root)
    lines = (root / COPIED[0]).read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "de: " + " ".join("?" * 12)
    assert lines[:-1] == (ROOT / COPIED[0]).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("code", ["", "en", "xx", "deu", "DE", "../x"])
def test_another_code_makes_nothing(root: Path, code: str) -> None:
    before = sorted(root.rglob("*"))
    with pytest.raises(ValueError, match=r"code|letters"):
        new_language.make(code, root)
    assert sorted(root.rglob("*")) == before


def test_a_language_that_is_there_is_left_alone(root: Path) -> None:
    new_language.make("de", root)
    with pytest.raises(ValueError, match="no files yet"):
        new_language.make("de", root)
