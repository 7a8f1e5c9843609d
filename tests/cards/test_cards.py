"""What an office writes, and what the lists then say: the cards run as they stand.

Their record goes through every command, format and page too, in four languages; the lists and what
is written in two each unless GRCM_ALL_STATES=1.
`python -m tests.cards.test_cards` writes the answers anew; then read the difference.
"""

import re
import tempfile
from pathlib import Path

import pytest

from grcm_cli.cli.output import ENDINGS
from grcm_cli.commands import export, letters
from grcm_cli.formats import FORMATS
from grcm_cli.language.text import LANGUAGES

from ..conftest import EVERY, rewrite, run_grcm

CARDS = Path(__file__).parent / "cards.md"
FILE = re.compile(r"^```yaml\n# (data/\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LISTS = {
    "due": ["--all"],
    "overdue": [],
    "tasks": ["SIS", "--all"],
    "meetings": [],
    "search": ["focal"],
    "matrix": [],
    "stats": [],
    "changes": ["--since", "2025-03-01"],
    "log": ["MIN-2025-03/4"],
}
DAY = "2025-10-01"


def answered() -> str:
    """Return the cards with the answers that their commands give now."""
    page = CARDS.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data/meetings").mkdir(parents=True)
        (Path(folder) / "data/progress").mkdir()
        return rewrite(page, Path(folder), may_write=True)


def test_the_cards_say_what_the_program_answers() -> None:
    assert answered() == CARDS.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the record of the cards before anything in it is renamed."""
    folder = tmp_path_factory.mktemp("cards")
    before = CARDS.read_text(encoding="utf-8").partition("## 9. ")[0]
    for name, text in FILE.findall(before):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "data/progress").mkdir()
    report = "- {mandate: MIN-2025-03/%d, date: 2025-06-20, progress: %s, internal: by phone}\n"
    (folder / "data/progress/KIR.yaml").write_text(report % (1, "done") + report % (2, "started"))
    return folder


def answer(work: Path, *words: str, lang: str) -> str:
    ran = run_grcm(*words, "--lang", lang, "--as-of", DAY, cwd=work)
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("lang", LANGUAGES if EVERY else ("en", "pt"))
def test_it_goes_through_every_list_and_format(work: Path, lang: str) -> None:
    assert answer(work, "validate", lang=lang) == ""
    for name, words in LISTS.items():
        for format_name in FORMATS:
            assert answer(work, name, *words, "--format", format_name, lang=lang)
    for word in ("MIN-2025-03", "MIN-2025-03/2", "SIS", "KIR", "MIN"):
        for format_name in ("text", "json"):
            assert answer(work, "show", word, "--format", format_name, lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES if EVERY else ("es", "fr"))
def test_it_goes_through_everything_that_is_written(work: Path, lang: str, tmp_path: Path) -> None:
    for name in export.FORMATS:
        target = tmp_path / (name if name == "edoxen" else f"tasks{ENDINGS[name][0]}")
        named = [str(target)] if name == "edoxen" else ["-o", str(target)]
        answer(work, "export", name, *named, lang=lang)
        assert any(target.iterdir()) if target.is_dir() else target.stat().st_size
    for name in letters.PACKS:
        answer(
            work, "agenda", "MIN", "--format", name, "-o", str(tmp_path / f"a.{name}"), lang=lang
        )
    for name in letters.LETTERS:
        target = tmp_path / f"letters-{name}"
        answer(work, "remind", "--all", "--format", name, "-o", str(target), lang=lang)
        assert "SIS" not in " ".join(path.name for path in target.iterdir())
        path = str(tmp_path / f"sis{ENDINGS[name][0]}")
        answer(work, "remind", "SIS", "--format", name, "-o", path, lang=lang)


def test_it_goes_through_the_site(work: Path, tmp_path: Path) -> None:
    """Its pages are in the languages of the record, whoever asks for them."""
    answer(work, "site", str(tmp_path / "site"), lang="en")


if __name__ == "__main__":
    CARDS.write_text(answered(), encoding="utf-8")
