"""Every command that reads a record has a row, and each row's words are a command that works."""

from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks import figures, questions, rows
from benchmarks.measure import output
from benchmarks.questions import Choice, Record
from benchmarks.rows import all_programs, commands_of

from grcm_cli.cli import command_table

from ..processes import grcm_for_shells

ALONE = Choice(runs=1, with_peers=False)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    made = questions.generate(tmp_path_factory.mktemp("rows"), 24)
    questions.commit(made)
    return made


def test_every_command_that_reads_a_record_has_a_row() -> None:
    left_out = {"draft", "import", "new", "rename", "init", "explain", "schema", "lsp", "help"}
    left_out.add("cache")
    listed = {*command_table.NAMES}
    measured = {question.partition(" ")[0] for question in figures.QUESTIONS}
    assert listed - left_out == measured - {figures.DAY}


@pytest.mark.parametrize("question", [one for one in figures.QUESTIONS if one != figures.DAY])
def test_the_words_of_a_row_work(question: str, record: Record) -> None:
    commands, _answer = commands_of(question, record, ALONE)
    plain = commands[figures.PLAIN]
    assert commands.get(figures.CACHED, plain).words[1:] == plain.words[1:]
    if plain.before:
        plain.before()
    wrote = question.startswith("export") or question == figures.SITE
    words = replace(plain, words=[grcm_for_shells(), *plain.words[1:]])
    assert output(words) or question == figures.VALIDATE or wrote


def test_another_program_is_measured_in_the_same_turns(record: Record) -> None:
    choice = Choice(runs=1, with_peers=False, before="/elsewhere/grcm")
    commands, _answer = commands_of(figures.SHOW, record, choice)
    assert [*commands] == ["grcm", "grcm cached", "before", "before cached"]
    assert commands["before"].words[1:] == commands["grcm"].words[1:]
    caches = {
        commands[who].environment["XDG_CACHE_HOME"] for who in ("grcm cached", "before cached")
    }
    assert len(caches) == 2


def test_single_questions_are_asked_on_some_sizes(tmp_path: Path) -> None:
    everything = Choice(runs=1)
    assert rows.questions(Record(tmp_path, 25_000), everything) == ["site"]
    assert "day" not in rows.questions(Record(tmp_path, 24), everything)
    second = rows.questions(Record(tmp_path, 1_000, "second"), everything)
    assert {*second} == {*rows.SECOND_QUESTIONS}
    only = Choice(runs=1, only=["validate", "due"])
    assert rows.questions(Record(tmp_path, 1_000), only) == ["due", "validate"]


def test_what_would_take_too_long_is_left_out(tmp_path: Path) -> None:
    earlier = (figures.Figure("site", "grcm", 25_000, 30, 30.0, 90, 1),)
    assert Record(tmp_path, 100_000, earlier=earlier).is_too_slow("site", "grcm")
    assert not Record(tmp_path, 50_000, earlier=earlier).is_too_slow("site", "grcm")
    assert not Record(tmp_path, 100_000, earlier=earlier).is_too_slow("site", "before")


def test_how_to_get_each_program_is_told() -> None:
    assert {name for name, _program, _how in all_programs()} == {*figures.PEERS}
    assert all(how for _name, _program, how in all_programs())
