"""The files of the index: which words lead where, what the filters read, how much is loaded.

What a script makes of them is in test_find_browser.py.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.site.search_index import DIGITS, encoded, fold_word, in_words, number_word

from ..conftest import Folder, run_grcm
from .test_site import Site, made

VALUES = {digit: number for number, digit in enumerate(DIGITS)}


class Index:
    """The index of a site, as `index.js` reads it."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self.folder = folder
        (self.head,) = self._called(f"{language}/search/head.js", "head")
        self._entries = [
            self._called(f"{language}/search/entries.{number}.js", "entries")[2]
            for number, _first in enumerate(self.head["files"], 1)
        ]

    def _called(self, path: str, function: str) -> list[Any]:
        script = (self.folder / path).read_text(encoding="utf-8")
        call = re.fullmatch(rf"searchIndex\.receive\.{function}\((.*)\);\n", script)
        assert call is not None
        values: list[Any] = json.loads(f"[{call[1]}]")
        return values

    def words(self) -> dict[str, list[int]]:
        """Return the entries of each word."""
        found: dict[str, list[int]] = {}
        for number, first in enumerate(self.head["words"], 1):
            _number, lines = self._called(f"search/words.{number}.js", "words")
            pairs = [line.split(" ") for line in str(lines).split(",")]
            assert pairs[0][0] == first
            found |= {word: [sum_ - 1 for sum_ in sums(entries)] for word, entries in pairs}
        return found

    def names(self) -> list[str]:
        """Return the name of each entry: a meeting's id, a conclusion's reference."""
        entries = iter([entry for file in self._entries for entry in file])
        names = []
        for meeting, count, *_rest in self.head["meetings"]:
            next(entries)
            numbers = [next(entries)[0] for _number in range(count)]
            names += [meeting, *(f"{meeting}/{number}" for number in numbers)]
        assert next(entries, None) is None
        return names

    def rows(self) -> Iterator[tuple[str, str, int, set[str]]]:
        """Yield the name, state, last day (0 without one) and parties of each row."""
        width, gaps, kinds, days, parties, sizes, _several = self._called(
            "search/duties.js", "duties"
        )
        assert len(str(sizes)) == 3 * len(str(kinds))
        names, codes = self.names(), [party[0] for party in self.head["parties"]]
        for row, entry in enumerate(sums(str(gaps))):
            number = 0
            for digit in str(days)[4 * row : 4 * row + 4]:
                number = number * 64 + VALUES[digit]
            own = str(parties)[row * width : (row + 1) * width]
            bound = {c for n, c in enumerate(codes) if VALUES[own[n // 6]] >> n % 6 & 1}
            state = self.head["states"][VALUES[str(kinds)[row]] % 32 // 2][0]
            yield names[entry], state, number, bound


def sums(text: str) -> list[int]:
    """Return the sums of the numbers that digits of five bits give, the lowest digit first."""
    found, number, shift = [0], 0, 0
    for digit in text:
        number += (VALUES[digit] % 32) << shift
        shift += 5
        if VALUES[digit] < 32:
            found.append(found[-1] + number)
            number = shift = 0
    return found[1:]


@pytest.fixture(scope="module")
def index(plain_site: Site) -> Index:
    return Index(plain_site.folder)


@given(st.lists(st.integers(1, 10_000_000)))
def test_numbers_of_any_size_are_read_back(numbers: list[int]) -> None:
    text = "".join(map(encoded, numbers))
    assert sums(text) == [sum(numbers[: place + 1]) for place in range(len(numbers))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Niños, NIÑAS y niñez", ["ninos", "ninas", "y", "ninez"], id="accents"),
        pytest.param("EE. UU. y EE.UU.", ["ee", "uu", "y", "eeuu"], id="full stops"),
        pytest.param("GRCM-2002-10/8#1", ["grcm", "2002", "10", "8", "1"], id="a reference"),
        pytest.param("Île-de-France d’Ivoire", ["ile", "de", "france", "d", "ivoire"], id="joints"),
        pytest.param("Ελλάδα Україна", ["ελλαδα", "украіна"], id="other alphabets"),
        pytest.param("x" * 300, ["x" * 32], id="a word without end"),
        pytest.param(" – … ", [], id="no word"),
    ],
)
def test_words_are_without_accents_and_case(text: str, words: list[str]) -> None:
    assert in_words(text) == words


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_word(fold_word(text)) == fold_word(text)


def test_every_word_of_a_conclusion_leads_to_it(index: Index) -> None:
    words, names = index.words(), index.names()
    shown = json.loads(run_grcm("show", "GRCM-2002-10", "--format", "json").out)["conclusions"]
    for conclusion in shown:
        place = names.index(f"GRCM-2002-10/{conclusion['number']}")
        for word in in_words(conclusion["text"]):
            assert place in words[word], word
        assert words[number_word(conclusion["number"])] == [place]


def test_words_before_a_number_are_known_in_all_languages(index: Index) -> None:
    numbered = ["conclusion", "conclusiones", "conclusions", "mandate", "mandates"]
    more = ["mandato", "mandatos", "mandat", "mandats", "conclusao", "conclusoes"]
    assert set(index.head["numbered"]) == {*numbered, *more}


def test_the_filters_read_what_due_lists(index: Index) -> None:
    rows = list(index.rows())
    day = "2003-04-01"
    listed = json.loads(run_grcm("due", "--format", "json", "--as-of", day).out)["tasks"]
    assert {row[1] for row in rows} == {task["state"] for task in listed}
    for task in listed:
        name = task["ref"].partition("#")[0]
        codes = set(filter(None, (task["party"] or "").split("+")))
        assert any((row[0], row[1]) == (name, task["state"]) and codes <= row[3] for row in rows), (
            task
        )
    assert sum(row[1] == "overdue" and "MEX" in row[3] for row in rows) == 2


def test_words_of_all_languages_lead_to_a_conclusion(folder: Folder, tmp_path: Path) -> None:
    folder.meeting("- {number: 1, text: {es: Informar, en: Report}}\n")
    words = Index(made(folder.path, tmp_path / "s", "2003-02-01").folder).words()
    assert words["informar"] == words["report"]


def test_a_new_meeting_changes_no_number_of_an_earlier_one(folder: Folder, tmp_path: Path) -> None:
    folder.meeting("- {number: 1, text: Informar}\n")
    before = Index(made(folder.path, tmp_path / "s", "2003-02-01").folder).names()
    folder.meeting("- {number: 1, text: Seguir}\n", id="WG-2003-01", start="2003-01-10",
                   end="2003-01-11")  # fmt: skip
    after = Index(made(folder.path, tmp_path / "s", "2003-02-01").folder).names()
    assert after[: len(before)] == before
    assert after[len(before) :] == ["WG-2003-01", "WG-2003-01/1"]
