"""The manual lists every heading and word of a state by which a sheet is read."""

import pytest

from grcm_cli.language.lexicon import lexicon
from grcm_cli.language.text import LANGUAGES, using_language
from grcm_cli.sheets.headings import REPORTS, TRACKER, column_named, reports_like, state_named
from grcm_cli.views.labels import PROGRESS, progress_word

from ..conftest import ROOT

PAGES = {"es": "docs/es/registrar.md", "en": "docs/en/recording.md"}
TRACKER_PAGES = {"es": "docs/es/importar.md", "en": "docs/en/importing.md"}


def expected_rows(language: str) -> list[str]:
    """Return the rows of both tables: the headings of each column, the words of each state."""
    words = lexicon(language).values
    with using_language(language):
        rows = []
        for column in REPORTS.read:
            alone = words["sheet.headings_without_another"].get(column, ())
            texts = [*words["sheet.headings"].get(column, ()), *(f"*{word}*" for word in alone)]
            if texts:
                rows.append(f"| {REPORTS.heading_of(column)} | {', '.join(texts)} |")
        for state in PROGRESS:
            texts = words["sheet.states"][state]
            rows.append(f"| `{state}` | {', '.join(texts)} |")
        rows.append(f"| – | {', '.join(words['sheet.states']['unknown'])} |")
    return rows


@pytest.mark.parametrize("language", PAGES)
def test_the_manual_lists_all_headings_and_words(language: str) -> None:
    page = (ROOT / PAGES[language]).read_text(encoding="utf-8")
    missing = [row for row in expected_rows(language) if row not in page]
    assert missing == [], "\n".join(["write into the manual:", *missing])


def rows_of_trackers(language: str) -> list[str]:
    """Return the rows of the tables of a tracker, and the words for nothing."""
    words = lexicon(language).values
    with using_language(language):
        rows = []
        for column in TRACKER.read:
            alone = words["headings_without_another"].get(column, ())
            texts = [*words["headings"][column], *(f"*{word}*" for word in alone)]
            rows.append(f"| {TRACKER.heading_of(column)} | `{column}` | {', '.join(texts)} |")
    for state, texts in words["tracker.states"].items():
        name = "–" if state == "unknown" else f"`{state}`"
        rows.append(f"| {name} | {', '.join(texts)} |")
    lists = ("tracker.nothing.words", "tracker.no_deadline.words")
    return [*rows, *(f"{', '.join(words[key])}." for key in lists)]


@pytest.mark.parametrize("language", TRACKER_PAGES)
def test_the_manual_lists_all_headings_of_trackers(language: str) -> None:
    page = (ROOT / TRACKER_PAGES[language]).read_text(encoding="utf-8")
    missing = [row for row in rows_of_trackers(language) if row not in page]
    assert missing == [], "\n".join(["write into the manual:", *missing])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_column_is_one_of_its_headings(language: str) -> None:
    """So that what grcm says of a column can be written behind --map."""
    with using_language(language):
        for column in TRACKER.headings:
            assert column_named(TRACKER.heading_of(column)) == column


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_grcm_itself_writes_is_read(language: str) -> None:
    with using_language(language):
        for column in REPORTS.headings:
            heading = [REPORTS.heading_of(column)]
            assert reports_like([heading], is_form=True).columns_of(heading) == {0: column}
        for state in PROGRESS:
            assert state_named(progress_word(state)) == state
