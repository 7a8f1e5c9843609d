"""What the benchmark makes of its figures: tables, pictures, pages; nothing is timed here."""

import dataclasses
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks import commands_picture, page, tables
from benchmarks.figures import Figure, Machine, Report, Stage, exponent, growth
from benchmarks.picture import WIDTH, svg
from benchmarks.run import shown
from benchmarks.targets import TARGETS

GOLDEN = Path(__file__).parent
"""The expected pages of the example's figures.

`python -m tests.benchmarks.test_benchmarks` writes them anew.
"""


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_points_on_a_curve(power: float) -> None:
    points = [(size, 3 * size**power) for size in (1_000.0, 10_000.0, 100_000.0)]
    assert exponent(points) == pytest.approx(power)


def figure(question: str, who: str, size: int, seconds: float, runs: int = 7) -> Figure:
    memory = 10 + size / 500
    return Figure(
        *(question, who, size, seconds, 1.1 * seconds, memory, runs, size // 2),
        together=memory * (1.5 if size > 1_000 else 1),
        unit=0.25,
    )


def report(*figures: Figure) -> Report:
    versions = {"Python": "3.11.0", "grcm-cli": "1.0.0", "Taskwarrior": "2.6.2"}
    return Report("2003-01-15", Machine("Example 1", 2, 4, "Linux"), versions, figures)


@pytest.mark.parametrize(
    ("costs", "power"),
    [
        pytest.param((0.1, 0.2, 1.1, 10.1), 1.0, id="the start is taken out"),
        pytest.param((0.1, 0.12, 1.1, 10.1), 1.0, id="what adds little says nothing"),
        pytest.param((0.1, 0.11, 0.12, 0.14), None, id="flat"),
        pytest.param((0.1, 0.11, 0.12, 1.0), None, id="one size is no line"),
        pytest.param((0.12, 0.1, 0.13, 0.4), 1.0, id="from the cheapest on"),
        pytest.param((0.1, 0.2, 10.1, 1000.1), 2.0, id="a square"),
    ],
)
def test_growth_is_that_of_the_data(costs: Sequence[float], power: float | None) -> None:
    sizes = (24, 1_000, 10_000, 100_000)
    pairs = zip(sizes, costs, strict=True)
    measured = report(*(figure("due", "grcm", size, cost) for size, cost in pairs))
    assert growth(measured, "due", "grcm") == (power and pytest.approx(power))


def test_a_target_is_met_by_its_limit_and_missed_above_it() -> None:
    [target] = [
        t
        for t in TARGETS
        if (t.against, t.who, t.size, t.what) == ("Taskwarrior", "grcm", 10_000, "wall")
    ]
    peer = figure("due", "Taskwarrior", 10_000, 1)
    verdicts = [
        target.met(report(peer, figure("due", "grcm", 10_000, ours))) for ours in (4.0, 4.01)
    ]
    assert (verdicts, target.met(report(peer))) == ([True, False], None)


def test_a_target_of_seconds_is_one_of_units() -> None:
    [target] = [t for t in TARGETS if (t.question, t.size, t.wanted) == ("site", 100_000, 40)]
    made = figure("site", "grcm", 100_000, 40)
    assert target.reached(report(made)) == pytest.approx(1.1 * 40 / 0.25)
    slow = dataclasses.replace(made, seconds=2 * made.seconds, wall=2 * made.wall, unit=0.5)
    assert target.reached(report(slow)) == target.reached(report(made))


def example() -> Report:
    """Return figures that are plainly made up: some met, some missed, some not measured."""
    made = [figure("due", "python", size, 0.01) for size in (24, 10_000, 100_000)]
    costs = {
        ("due", "grcm"): (0.07, 0.57, 5.07),
        ("due", "grcm cached"): (0.07, 0.075, 0.15),
        ("due", "grcm first"): (0.07, 0.7, 6.1),
        ("due", "grcm changed"): (0.07, 0.08, 0.2),
        ("due", "grcm added"): (0.07, 0.09, 0.3),
        ("due", "Taskwarrior"): (0.004, 0.1, 0.9),
        ("due", "hledger"): (0.02, 0.5, 6.0),
        ("tasks", "grcm"): (0.07, 0.6, 5.2),
        ("show", "grcm"): (0.07, 0.6, 5.2),
        ("record", "grcm"): (0.07, 0.8, 7.2),
        ("record", "grcm cached"): (0.07, 0.26, 2.2),
        ("record", "Taskwarrior"): (0.004, 0.1, 0.9),
        ("search", "grcm"): (0.07, 0.6, 5.2),
        ("search", "grcm cached"): (0.07, 0.5, 5.0),
        ("search", "ripgrep"): (0.004, 0.01, 0.1),
        ("export sqlite", "grcm"): (0.08, 0.9, 8.1),
        ("site", "grcm"): (0.3, 5.2, 51.0),
        ("day", "grcm"): (7.7, 60, 520),
        ("day", "grcm cached"): (7.7, 20, 150),
        ("validate", "grcm"): (0.07, 0.4, 3.5),
        ("validate", "yamllint"): (0.1, 6.5, 65.0),
    }
    for (question, who), each in costs.items():
        for size, cost in zip((24, 10_000, 100_000), each, strict=True):
            made.append(figure(question, who, size, cost, 3 if cost > 10 else 7))
    made += [
        dataclasses.replace(figure(question, who, size, size / 9_000), generator="second")
        for question in ("due", "validate")
        for who in ("grcm", "grcm cached")
        for size in (10_000, 100_000)
    ]
    names = ("bytes", "events", "model", "tasks", "rules", "list", "checks")
    staged = tuple(Stage(name, 10_000, 0.01 * n) for n, name in enumerate(names, 1))
    return dataclasses.replace(report(*made), stages=staged)


def blocks() -> str:
    """Return a page that has nothing but what is made from figures, filled."""
    empty = "".join(f"<!-- figures: {name} -->\n<!-- end -->\n\n" for name in page.BLOCKS)
    return page.filled(empty, example())


MADE: dict[str, Callable[[], str]] = {
    "figures.json": lambda: example().to_json(),
    "table.txt": lambda: shown(example()),
    "picture.svg": lambda: svg(example()),
    "commands.svg": lambda: commands_picture.svg(example()),
    "page.md": blocks,
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_of_figures(name: str) -> None:
    assert MADE[name]() == (GOLDEN / name).read_text(encoding="utf-8")


def test_figures_are_kept_as_they_are() -> None:
    kept = Report.from_json(example().to_json())
    assert shown(kept) == shown(example())
    assert Report.from_json(kept.to_json()) == kept


TAGS = {"svg", "title", "style", "rect", "text", "line", "polyline", "circle"}


def test_the_picture_is_plain_xml_that_names_every_line() -> None:
    root = ElementTree.fromstring(svg(example()))  # noqa: S314 - our own text
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= TAGS
    words = [element.text for element in root.iter() if element.tag.endswith("}text")]
    for question in ("due", "validate"):
        for who in example().of("first").programs(question):
            assert tables.label(who) in words


def test_the_picture_of_the_commands_names_each_and_stays_on_its_paper() -> None:
    root = ElementTree.fromstring(commands_picture.svg(example()))  # noqa: S314 - our own
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= TAGS
    words = [element.text for element in root.iter() if element.tag.endswith("}text")]
    drawn = {figure.question for figure in example().figures} - {"day"}
    assert drawn <= {*words}
    places = [element.get(key) for element in root.iter() for key in ("x", "cx", "x1", "x2")]
    assert all(0 <= float(place) <= WIDTH for place in places if place)


def test_names_of_lines_do_not_cover_each_other() -> None:
    root = ElementTree.fromstring(svg(example()))  # noqa: S314 - our own text
    names = [e for e in root.iter() if e.tag.endswith("}text") and e.get("class") == "word"]
    places = sorted((e.get("x"), float(e.get("y") or 0)) for e in names)
    for (x, y), (next_x, next_y) in pairwise(places):
        assert x != next_x or next_y - y >= 14


def test_the_page_is_in_step_with_its_figures() -> None:
    measured = Report.from_json(page.FIGURES.read_text(encoding="utf-8"))
    written = page.PAGE.read_text(encoding="utf-8")
    assert page.filled(written, measured) == written
    assert re.findall(r"<!-- figures: (\w+) -->", written) == [*page.BLOCKS]
    for name, picture in page.PICTURES.items():
        assert picture(measured) == (page.DOCS / name).read_text(encoding="utf-8")
        assert f"]({name})" in written


if __name__ == "__main__":
    for name, made in MADE.items():
        (GOLDEN / name).write_text(made(), encoding="utf-8")
