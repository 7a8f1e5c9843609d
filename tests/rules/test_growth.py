"""The work of a rule grows like the data, also on the worst data; counted in steps.

A step is a line of Python that is run, or a call of a function, also of C. The worst input of each
rule stands in `worst_inputs.py`: a new rule fails here without one.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from grcm_cli.domain.findings import Rule, capped, check, in_order, without_ignored
from grcm_cli.rules import rules_by_name
from grcm_cli.storage.loader import load

from ..conftest import EVERY, Folder
from .worst_inputs import WORST

DAY = date(2003, 1, 1)
RULES = rules_by_name()
MADE: Mapping[str, Callable[[Path], None]] = {
    "unreadable-file": lambda path: path.symlink_to("nothing"),
    "link-outside": lambda path: path.symlink_to("/etc/hostname"),
    "missing-file": Path.mkdir,
}
"""What no text of a file makes, but something else in its place."""
OF_THE_FOLDER = {"outdated-schema"}  # a rule of three files at most, however large the data is
SMALL, FACTOR = 40, 4
MORE = 1.15  # how much more than the factor the steps may grow, for what takes n log n
BIG = dict.fromkeys(("dangling-reference", "unknown-party", "unknown-body", "unknown-theme"), 250)
"""The sizes from which suggestions are looked up in an index, and not one by one."""


def steps(function: Callable[[], object]) -> int:
    """Return how many lines of Python a function runs, and how many calls it makes."""
    count = 0

    def tally(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401 - sys's own
        nonlocal count
        count += event == "line"
        return trace

    sys.setprofile(tally)
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(None)
        sys.setprofile(None)
    return count


def shown(folder: Path, rule: Rule) -> int:
    """Read a folder, run a rule, and make the findings as they are shown; return their number."""
    loaded = load(folder, folder)
    found = check(loaded.register, [rule], DAY) if loaded.register else []
    kept, unused = without_ignored([*loaded.findings, *found], loaded.ignores)
    findings = in_order(finding for finding in (*kept, *unused) if finding.rule == rule.name)
    for finding in capped(findings)[0]:
        assert finding.full_message
    return len(findings)


NAMES = sorted(RULES.keys() - OF_THE_FOLDER)


def test_every_rule_has_its_worst_input() -> None:
    assert {*WORST, *MADE, *OF_THE_FOLDER} == set(RULES)


@pytest.mark.parametrize("name", NAMES if EVERY else NAMES[::5])
def test_a_rule_takes_steps_like_its_data(name: str, tmp_path: Path) -> None:
    counts = []
    for size in (BIG.get(name, SMALL), FACTOR * BIG.get(name, SMALL)):
        folder = Folder(tmp_path / str(size))
        if name in MADE:
            (folder.path / "meetings").mkdir()
            for number in range(size):
                MADE[name](folder.path / f"meetings/WG-{number}.yaml")
        else:
            for path, text in WORST[name](size).items():
                folder.write(path, text.encode("utf-8", "surrogateescape"))
        assert shown(folder.path, RULES[name]) > 0
        counts.append(steps(partial(shown, folder.path, RULES[name])))
    assert counts[1] < MORE * FACTOR * counts[0]


def chain(size: int) -> list[list[int]]:
    return [[], *([number - 1] for number in range(2, size + 1))]


def circle(size: int) -> list[list[int]]:
    return [[size], *([number - 1] for number in range(2, size + 1))]


def all_to_all(size: int) -> list[list[int]]:
    return [list(range(1, size + 1))] * size


@pytest.mark.parametrize(
    ("links", "growth", "found"),
    [
        pytest.param(chain, 4, 0, id="a chain"),
        pytest.param(circle, 4, 100, id="one circle"),
        pytest.param(all_to_all, 16, 10_000, id="links of all to all"),
    ],
)
def test_circles_are_found_in_steps_like_the_links(
    folder: Folder, links: Callable[[int], list[list[int]]], growth: int, found: int
) -> None:
    counts = []
    problems: list[object] = []
    look = RULES["cyclic-reference"].check
    assert look is not None
    for size in (25, 100):
        rows = enumerate(links(size), 1)
        folder.meeting("".join(f"- {{number: {n}, text: T, follows: {own}}}\n" for n, own in rows))
        register = folder.register()
        problems = list(look(register, DAY))
        counts.append(steps(partial(list, look(register, DAY))))
    assert len(problems) == found
    assert counts[1] < 1.2 * growth * counts[0]
