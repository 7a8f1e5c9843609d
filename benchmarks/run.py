"""What grcm costs beside what people would pick instead, measured in one run.

    python -m benchmarks.run --sizes 24 1000 10000 --json build/benchmarks.json
    python -m benchmarks.run --only due,validate --before ../older/.venv/bin/grcm --no-peers
    python -m benchmarks.run --against docs/benchmarks.json

Whole processes in alternation, after one to warm up; medians of user + system time, wall time and
peak memory. A machine's speed is in both halves of a ratio, which is why ratios are the targets.
Slow commands run fewer times, and the tables say so. Byte code is compiled. With `--against`, the
exit code is 1 where something costs more than a tenth more than the figures that are kept.
"""

import argparse
import compileall
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import day, figures, peers, questions, rows, stages, tables
from benchmarks.figures import Figure, Machine, Report, Stage
from benchmarks.generate import ROOT
from benchmarks.measure import turns
from benchmarks.picture import svg
from benchmarks.questions import Choice
from benchmarks.regression import confirmed, regressions

RUNS = 5
SIZES = (24, 1_000, 10_000)
PART = ROOT / "build/benchmarks.part.json"
"""The figures of the records that are done, for a run that is interrupted."""
FAILED: list[str] = []
"""What could not be measured; the others are, and the exit code is 1."""


def machine() -> Machine:
    """Return what this runs on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return Machine(model, os.cpu_count() or 1, round(memory), platform.system())


def versions(*, with_peers: bool) -> dict[str, str]:
    """Return the versions of all that was measured; of grcm with what it starts with."""
    found = {"Python": platform.python_version()}
    found |= {name: metadata.version(name) for name in ("grcm-cli", "typer", "rich", "PyYAML")}
    if with_peers:
        others = rows.all_programs()
        found |= {n: peers.version(program) for n, program, _how in others if peers.found(program)}
    return found


def missing() -> list[str]:
    """Return a line for each program that is not installed, with how to get it."""
    return [
        f"{name} is not installed and left out: {install}"
        for name, program, install in rows.all_programs()
        if not peers.found(program)
    ]


def with_others(sizes: Sequence[int]) -> list[int]:
    """Return the sizes with those on which single questions are asked, where larger ones are."""
    more = {25_000: 100_000}
    return sorted({*sizes, *(size for size, larger in more.items() if larger in sizes)})


def measured(
    sizes: Sequence[int], choice: Choice, generators: Sequence[str], kept: Report | None
) -> Report:
    """Return the figures of all questions at all sizes, of the records of these generators."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    today = datetime.now(UTC).date().isoformat()
    report = Report(today, machine(), versions(with_peers=choice.with_peers), ())
    found: list[Figure] = []
    staged: tuple[Stage, ...] = ()
    for generator in generators:
        is_first = generator == figures.FIRST_GENERATOR
        # A small record is not told in the figures of the second one.
        some = with_others(sizes) if is_first else [size for size in sizes if size != SIZES[0]]
        for size in some:
            if not rows.questions(questions.Record(Path(), size, generator), choice):
                continue
            with tempfile.TemporaryDirectory(prefix="grcm-benchmark-") as made:
                earlier = [figure for figure in found if figure.generator == generator]
                record = questions.generate(Path(made), size, generator, earlier)
                if is_first and size == stages.SIZE and choice.only == figures.QUESTIONS:
                    staged = stages.measured(record.data, size)
                found += of_record(record, choice, kept)
            report = replace(report, figures=tuple(found), stages=staged)
            PART.parent.mkdir(exist_ok=True)
            PART.write_text(report.to_json(), encoding="utf-8")
    return report


def of_record(record: questions.Record, choice: Choice, kept: Report | None) -> list[Figure]:
    """Return the figures of one record; those above the kept ones are measured again."""
    asked = rows.questions(record, choice)
    found: list[Figure] = []
    if figures.DIFF in asked:
        questions.commit(record)
    questions.fill(record, choice)
    for question in asked:
        began = time.perf_counter()
        try:
            found += _of_question(question, record, choice, kept)
        except (RuntimeError, subprocess.SubprocessError) as error:
            FAILED.append(f"{record.size} conclusions, {question}: {error}")
        taken = time.perf_counter() - began
        told = f"{record.size} conclusions, {record.generator} generator: {question}"
        print(f"{told}, {taken:.0f} s", file=sys.stderr, flush=True)
    return found


def _of_question(
    question: str, record: questions.Record, choice: Choice, kept: Report | None
) -> list[Figure]:
    one = rows.figures_of(question, record, choice)
    if kept is None:
        return one
    return confirmed(kept, one, lambda who: rows.again(question, record, choice, who))


def estimate(kept: Report, sizes: Sequence[int], choice: Choice, generators: Sequence[str]) -> int:
    """Return the minutes that a run will take, by the kept figures, rounded up.

    What was not measured on a size is taken to grow in proportion.
    """
    programs = {(f.question, f.who, f.generator) for f in kept.figures if f.question in choice.only}
    seconds = 0.0
    for question, who, generator in sorted(programs):
        for size in with_others(sizes) if generator in generators else ():
            figure = kept.figure(question, who, size, generator)
            wall = figure.wall if figure else _expected(kept, (question, who, generator), size)
            if not 0 < wall < questions.LONGEST and question != figures.DAY:
                continue
            runs = 1 if question == figures.DAY else turns(choice.runs, wall)
            seconds += wall * (runs + (runs > 1)) + 0.1 * runs
            waits = min(runs, 3) + 1 if who in questions.WAITED else 0
            seconds += waits * (questions.SETTLED + wall)
    asked_days = [size for size in day.SIZES if size in sizes and figures.DAY in choice.only]
    seconds += 2 * day.ROUNDS * questions.SETTLED * len(asked_days)
    seconds += 0.002 * sum(with_others(sizes)) * len(generators)  # the records, for all programs
    return int(seconds / 60) + 1


def _expected(kept: Report, of: tuple[str, str, str], size: int) -> float:
    """Return the wall time on a size by that on the largest smaller one; 0 where nothing is run."""
    question, who, generator = of
    if size in tables.EXTRA_SIZES or question == figures.DAY:
        return 0.0
    found = [kept.figure(question, who, one, generator) for one in kept.sizes if one < size]
    smaller = [figure for figure in found if figure]
    return smaller[-1].wall * size / smaller[-1].size if smaller and smaller[-1].size > 24 else 0.0


def shown(report: Report) -> str:
    """Return all tables for the terminal."""
    named = ", ".join(f"{name} {number}" for name, number in report.versions.items())
    told = f"medians of {max(figure.runs for figure in report.figures)} runs"
    slow = tables.fewer(report)
    parts = [f"{report.day}, {tables.machine(report)}\n{named}\n{told}\n{slow}\n"]
    for generator in figures.GENERATORS:
        of_one = report.of(generator)
        if not of_one.figures:
            continue
        parts.append(f"{generator} generator, wall time\n{tables.plain(tables.walls(of_one))}")
        parts.append(f"user + system time\n{tables.plain(tables.costs(of_one))}")
        parts.append(f"peak memory\n{tables.plain(tables.memory(of_one))}")
    parts.append(f"growth with the data\n{tables.plain(tables.exponents(report))}")
    if report.stages:
        parts.append(f"where the time goes\n{tables.plain(tables.stages(report))}")
    targets = [row for row in tables.targets(report) if row[-1] != tables.MISSING]
    parts.append(tables.plain(targets))
    if any(figure.who == figures.BEFORE for figure in report.figures):
        parts.append(f"before and after\n{tables.plain(tables.before_and_after(report))}")
    return "\n".join(parts)


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print, write what is asked for, and compare with what is kept."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--only", type=named, help="due,validate,export …")
    parser.add_argument("--generator", choices=[*figures.GENERATORS, "both"], default="first")
    parser.add_argument("--before", help="another grcm to measure in the same turns")
    parser.add_argument("--against", type=Path, help="the figures to compare with")
    parser.add_argument("--estimate", type=Path, help="figures by which to tell how long it takes")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--svg", type=Path, help="write the picture here")
    parser.add_argument("--no-peers", action="store_true", help="measure grcm alone")
    asked = parser.parse_args(words)
    only = asked.only or figures.QUESTIONS
    choice = Choice(asked.runs, not asked.no_peers, asked.before, only)
    generators = figures.GENERATORS if asked.generator == "both" else (asked.generator,)
    if not asked.no_peers:
        print("\n".join(missing()), file=sys.stderr, flush=True)
    kept = _read(asked.against)
    if known := kept or _read(asked.estimate):
        minutes = estimate(known, asked.sizes, choice, generators)
        print(
            f"about {minutes} minutes, by the figures of {known.day}", file=sys.stderr, flush=True
        )
    report = measured(asked.sizes, choice, generators, kept)
    print(shown(report), end="")
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(report.to_json(), encoding="utf-8")
    if asked.svg:
        asked.svg.write_text(svg(report), encoding="utf-8")
    for line in FAILED:
        print(f"not measured: {line}", file=sys.stderr)
    is_dearer = judged(kept, report) if kept else 0
    return 1 if FAILED else is_dearer


def _read(path: Path | None) -> Report | None:
    """Return the figures of a file, if there is one."""
    if path is None or not path.exists():
        return None
    return Report.from_json(path.read_text(encoding="utf-8"))


def named(words: str) -> list[str]:
    """Return the questions that words between commas name, `export` all of its kinds."""
    asked: list[str] = []
    for word in words.split(","):
        found = [one for one in figures.QUESTIONS if word in (one, one.partition(" ")[0])]
        if not found:
            message = f"{word} is none of {', '.join(figures.QUESTIONS)}"
            raise argparse.ArgumentTypeError(message)
        asked += found
    return asked


def judged(kept: Report, report: Report) -> int:
    """Print what costs more than a tenth more than it did; return 1 where anything does."""
    found = list(regressions(kept, report.figures))
    if not found:
        print(f"\nnothing costs more than a tenth more than on {kept.day}")
        return 0
    print(f"\nmore than a tenth above the figures of {kept.day}")
    print(tables.plain(tables.dearer(found)), end="")
    return 1


if __name__ == "__main__":
    sys.exit(main())
