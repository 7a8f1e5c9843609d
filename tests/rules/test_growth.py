"""The work of a rule grows like the data, also on the worst data; counted in steps."""

import sys
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from grcm_cli.rules import cyclic_reference

from ..conftest import Folder

DAY = date(2003, 1, 1)


def steps(function: Callable[[], object]) -> int:
    """Return how many calls, of Python and of C, a function makes."""
    count = 0

    def tally(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


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
        pytest.param(circle, 4, 200, id="one circle"),
        pytest.param(all_to_all, 16, 40_000, id="links of all to all"),
    ],
)
def test_circles_are_found_in_steps_like_the_links(
    folder: Folder, links: Callable[[int], list[list[int]]], growth: int, found: int
) -> None:
    counts = []
    problems: list[object] = []
    for size in (50, 200):
        rows = enumerate(links(size), 1)
        folder.meeting("".join(f"- {{number: {n}, text: T, follows: {own}}}\n" for n, own in rows))
        register = folder.register()
        problems = list(cyclic_reference.check(register, DAY))
        counts.append(steps(partial(list, cyclic_reference.check(register, DAY))))
    assert len(problems) == found
    assert counts[1] < 1.2 * growth * counts[0]
