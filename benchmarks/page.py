"""The page of measurements, docs/benchmarks.md, filled with the figures of docs/benchmarks.json.

    python -m benchmarks.page

The words of the page are written by hand, without figures; what stands between two marks comes from
here. The pictures are made beside the figures.
"""

import re
from collections.abc import Callable

from benchmarks import commands_picture, figures, tables
from benchmarks.figures import Report
from benchmarks.generate import ROOT
from benchmarks.picture import svg
from benchmarks.tables import label, markdown, ratio, seconds, whole
from benchmarks.targets import TARGETS

Block = Callable[[Report], str]

DOCS = ROOT / "docs"
FIGURES = DOCS / "benchmarks.json"
PAGE = DOCS / "benchmarks.md"
PICTURES: dict[str, Callable[[Report], str]] = {
    "benchmarks.svg": svg,
    "benchmarks-commands.svg": commands_picture.svg,
}
"""What draws each picture, by its file's name."""
_BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
WORDS = {
    "machine": "Measured on {day}: {machine}. {versions}. Medians of {runs} runs.",
    "slow": "Fewer runs where one takes long: {slow}.",
    "told": "With {size} conclusions `grcm {question}` ({who}) takes {ratios}.",
    "of": "{ratio} what {other} does",
    "score": "Targets: {met} met, {missed} missed, {missing} not measured.",
    "reckoned": "With {size} conclusions a command takes {least} to {most}, an export at most "
    "{export} (`{kind}`), the site {site}. What takes most memory is `{largest}`, {memory}.",
}


def filled(chapter: str, report: Report) -> str:
    """Return a chapter with what stands between its marks made from the figures."""
    return _BLOCK.sub(lambda m: f"{m[1]}\n{BLOCKS[m[2]](report)}\n{m[3]}", chapter)


def _table(question: str) -> Block:
    return lambda report: markdown(tables.walls(_first(report), question))


def _first(report: Report) -> Report:
    return report.of(figures.FIRST_GENERATOR)


def _walls(report: Report) -> str:
    return markdown(tables.walls(_first(report)))


def _costs(report: Report) -> str:
    return markdown(tables.costs(_first(report)))


def _memory(report: Report) -> str:
    return markdown(tables.memory(_first(report)))


def _second(report: Report) -> str:
    return markdown(tables.both(report.of(figures.SECOND_GENERATOR)))


def _growth(report: Report) -> str:
    return markdown(tables.exponents(report))


def _stages(report: Report) -> str:
    return markdown(tables.stages(report))


def _targets(report: Report) -> str:
    return markdown(tables.targets(report))


def _due(report: Report) -> str:
    rows = tables.walls(_first(report), figures.DUE)
    return markdown([*rows, tables.answers(_first(report), figures.DUE)])


def _machine(report: Report) -> str:
    words = WORDS
    versions = ", ".join(f"{name} {number}" for name, number in report.versions.items())
    machine, runs = tables.machine(report), max(one.runs for one in report.figures)
    said = words["machine"].format(day=report.day, machine=machine, versions=versions, runs=runs)
    slow = tables.fewer(report)
    return f"{said} {words['slow'].format(slow=slow)}\n" if slow else f"{said}\n"


def _in_words(report: Report) -> str:
    """Return what a reader takes away, on the largest record that has something to compare."""
    sentences = [
        sentence
        for question in (figures.DUE, figures.VALIDATE)
        for who in figures.OURS
        if (sentence := _compared(report, question, who))
    ]
    verdicts = [target.met(report) for target in TARGETS]
    score = WORDS["score"].format(
        met=verdicts.count(True), missed=verdicts.count(False), missing=verdicts.count(None)
    )
    return "".join(f"- {sentence}\n" for sentence in [*sentences, score])


def _reckoned(report: Report) -> str:
    """Return what to reckon with for a record of each size, without a cache."""
    first = _first(report)
    return "".join(f"- {one}\n" for size in first.sizes if (one := _of_size(first, size)))


def _of_size(report: Report, size: int) -> str | None:
    ours = [one for one in report.figures if (one.size, one.who) == (size, figures.PLAIN)]
    wall = {one.question: one.wall for one in ours if one.question != figures.DAY}
    exports = {name: wall[name] for name in figures.EXPORTS if name in wall}
    site = wall.get(figures.SITE)
    others = [wall[name] for name in wall if name not in (*figures.EXPORTS, figures.SITE)]
    if site is None or not exports or not others:
        return None
    kind = max(exports, key=exports.__getitem__)
    largest = max(ours, key=lambda one: max(one.memory, one.together))
    return WORDS["reckoned"].format(
        size=whole(size), least=seconds(min(others)), most=seconds(max(others)),
        export=seconds(exports[kind]), kind=kind, site=seconds(site),
        largest=largest.question, memory=f"{max(largest.memory, largest.together):.0f} MB",
    )  # fmt: skip


def _compared(report: Report, question: str, who: str) -> str | None:
    others = [one for one in report.programs(question) if one in figures.PEERS]
    for size in reversed(report.sizes):
        ours = report.figure(question, who, size)
        found = [(other, report.figure(question, other, size)) for other in others]
        if ours is None or not any(figure for _other, figure in found):
            continue
        ratios = [
            WORDS["of"].format(ratio=ratio(ours.wall / figure.wall), other=other)
            for other, figure in found
            if figure
        ]
        return WORDS["told"].format(
            size=whole(size), question=question, who=label(who), ratios=", ".join(ratios)
        )
    return None


BLOCKS: dict[str, Block] = {
    "reckoned": _reckoned,
    "machine": _machine,
    "words": _in_words,
    "due": _due,
    "validate": _table(figures.VALIDATE),
    "walls": _walls,
    "costs": _costs,
    "memory": _memory,
    "second": _second,
    "day": _table(figures.DAY),
    "growth": _growth,
    "stages": _stages,
    "targets": _targets,
}
"""What stands between marks, by the name that the first of them says."""


def write(report: Report) -> None:
    """Fill the page and draw its pictures."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(filled(page, report), encoding="utf-8", newline="\n")
    for name, drawn in PICTURES.items():
        (DOCS / name).write_text(drawn(report), encoding="utf-8", newline="\n")


def main() -> None:
    """Read the figures and write what shows them."""
    write(Report.from_json(FIGURES.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
