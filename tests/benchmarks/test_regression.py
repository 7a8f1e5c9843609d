"""A tenth of a regression fails: made-up figures, for nothing is timed in a test."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks import run
from benchmarks.figures import Figure
from benchmarks.questions import Choice
from benchmarks.regression import REPEATS, confirmed, regressions

from .test_benchmarks import figure, report

KEPT = report(
    figure("due", "grcm", 1_000, 0.5),
    figure("due", "grcm cached", 1_000, 0.1),
    figure("due", "Taskwarrior", 1_000, 0.1),
    figure("day", "grcm", 1_000, 9.0),
)


def slower(one: Figure, times: float) -> Figure:
    return replace(one, seconds=times * one.seconds, wall=times * one.wall)


@pytest.mark.parametrize(
    ("times", "is_told"), [(0.5, False), (1.0, False), (1.09, False), (1.11, True)]
)
def test_more_than_a_tenth_is_told(times: float, *, is_told: bool) -> None:
    found = list(regressions(KEPT, [slower(KEPT.figures[0], times)]))
    assert [(one.figure.question, one.what) for one in found] == [("due", "cost")] * is_told
    assert not is_told or found[0].more == pytest.approx(times)


def test_a_slow_machine_is_no_regression() -> None:
    slow = [replace(slower(one, 3.0), unit=3.0 * one.unit) for one in KEPT.figures]
    assert list(regressions(KEPT, slow)) == []


def test_memory_is_compared_too() -> None:
    [found] = regressions(KEPT, [replace(KEPT.figures[1], memory=1.2 * KEPT.figures[1].memory)])
    assert (found.what, found.figure.who) == ("memory", "grcm cached")


def test_others_and_a_day_and_what_is_new_are_not_compared() -> None:
    new = figure("stats", "grcm", 1_000, 9.0)
    of_others = [slower(one, 2.0) for one in KEPT.figures[2:]]
    of_another_generator = replace(slower(KEPT.figures[0], 2.0), generator="second")
    assert list(regressions(KEPT, [new, *of_others, of_another_generator])) == []


def test_figures_without_a_unit_are_not_compared() -> None:
    old = replace(KEPT, figures=tuple(replace(one, unit=0.0) for one in KEPT.figures))
    assert list(regressions(old, [slower(KEPT.figures[0], 2.0)])) == []


@pytest.mark.parametrize(
    ("repeats", "costs", "measured"),
    [
        pytest.param([1.0], 1.0, 1, id="the first time was noise"),
        pytest.param([1.3, 1.05], 1.05, 2, id="so were two"),
        pytest.param([1.3, 1.15, 1.4], 1.15, REPEATS, id="the least counts"),
    ],
)
def test_what_is_above_is_measured_again(
    repeats: Sequence[float], costs: float, measured: int
) -> None:
    asked: list[list[str]] = []

    def again(who: list[str]) -> list[Figure]:
        asked.append(who)
        return [slower(KEPT.figures[0], repeats[len(asked) - 1])]

    first = [slower(KEPT.figures[0], 1.5), KEPT.figures[1]]
    found = confirmed(KEPT, first, again)
    assert found == [slower(KEPT.figures[0], costs), KEPT.figures[1]]
    assert asked == [["grcm"]] * measured


def test_a_regression_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(KEPT.to_json(), encoding="utf-8")
    times = 1.0
    monkeypatch.setattr(
        run,
        "measured",
        lambda *_words: replace(KEPT, figures=tuple(slower(f, times) for f in KEPT.figures)),
    )
    words = ["--against", str(kept), "--no-peers", "--json", str(tmp_path / "new.json")]
    assert run.main(words) == 0
    assert "nothing costs more than a tenth more" in capsys.readouterr().out
    times = 1.2
    assert run.main(words) == 1
    told = capsys.readouterr().out.partition("more than a tenth above")[2].split()
    assert [told.count(word) for word in ("`due`", "`day`", "1.20", "2.400", "0.480")] == [
        2,
        0,
        2,
        1,
        1,
    ]


def test_questions_are_named_in_a_word() -> None:
    assert run.named("due,export sqlite") == ["due", "export sqlite"]
    assert len(run.named("export")) == 7
    with pytest.raises(argparse.ArgumentTypeError, match="dew is none of due, overdue"):
        run.named("due,dew")


def test_the_minutes_are_told_by_what_is_kept() -> None:
    everything = Choice(runs=5)
    some = Choice(runs=5, only=["due"])
    assert run.estimate(KEPT, [1_000], some, ["first"]) <= run.estimate(
        KEPT, [1_000], everything, ["first"]
    )
    assert run.estimate(KEPT, [24], everything, ["first"]) == 1
