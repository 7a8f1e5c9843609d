"""The second kind of generated folders: the same each time, with the findings that are meant."""

import re
from collections import Counter
from pathlib import Path

import pytest
from benchmarks import bilingual
from benchmarks.generate import TODAY

from grcm_cli.domain.register import Register
from grcm_cli.storage.loader import load

from ..conftest import run_grcm
from .test_benchmark_records import contents

WARNINGS = {
    "hidden-duty",
    "nobody-said",
    "number-gap",
    "due-before-awaited",
    "deadline-not-recorded",
}
ERRORS = {"dangling-reference", "unknown-key", "null-value", "repeated-key"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bilingual")
    bilingual.sized(path, 1_000)
    return path


@pytest.fixture(scope="module")
def register(folder: Path) -> Register:
    read = load(folder, folder).register
    assert read is not None
    return read


def found(path: Path) -> Counter[tuple[str, str]]:
    words = ("validate", "--format", "concise", "--data", str(path), "--as-of", str(TODAY))
    return Counter(re.findall(r"(error|warning)\[([a-z-]+)\]", run_grcm(*words).out))


def test_the_same_number_gives_the_same_folder(folder: Path, tmp_path: Path) -> None:
    bilingual.sized(tmp_path, 1_000)
    assert contents(tmp_path) == contents(folder)


def test_it_has_the_warnings_of_real_life_and_no_error(folder: Path) -> None:
    rules = found(folder)
    assert {kind for kind, _rule in rules} == {"warning"}
    assert {rule for _kind, rule in rules} <= WARNINGS
    assert len(rules) >= 4


def test_with_errors_it_has_some(tmp_path: Path) -> None:
    bilingual.sized(tmp_path, 1_000, errors=True)
    errors = {rule for kind, rule in found(tmp_path) if kind == "error"}
    assert errors <= ERRORS
    assert "dangling-reference" in errors


def test_texts_are_long_and_in_two_languages(register: Register) -> None:
    texts = [c.text for m in register.meetings for c in m.conclusions or ()]
    assert len(texts) == 1_000
    for text in texts:
        assert {*text.by_language} == {"es", "en"}
        assert all(len(words) >= 400 for words in text.by_language.values())
    beyond = [text for text in texts if max(str(text.by_language)) > "\u00ff"]
    assert len(beyond) > 900


def test_meetings_are_large_or_small(register: Register) -> None:
    sizes = Counter(len(m.conclusions or ()) for m in register.meetings if m.conclusions)
    assert sizes[bilingual.LARGE] >= 4
    assert sum(number for size, number in sizes.items() if size <= 12) > 60


def test_numbers_and_duties_are_of_many_kinds(register: Register) -> None:
    numbers = " ".join(c.number for m in register.meetings for c in m.conclusions or ())
    for form in (r"\b\d+\.[abc]\b", r"\bIV\.3\b", r"\bA\.1\b"):
        assert re.search(form, numbers)
    rows = register.all_mandates
    assert len([row for row in rows if row[2].of_several]) > len(rows) / 3
    assert sum(1 for row in rows if row[2].recurs) > len(rows) / 10
