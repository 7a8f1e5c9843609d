"""What grcm costs beside what people would pick instead, measured in one run.

    python -m benchmarks.run --sizes 24 1000 10000 --json build/benchmarks.json

Whole processes in alternation, after one to warm up; medians of user + system time, wall time and
peak memory. A machine's speed is in both halves of a ratio, which is why ratios are the targets.
What takes more than ten seconds runs three times, and the table says so. Byte code is compiled.
"""

import argparse
import compileall
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import day, figures, peers, questions, stages, tables
from benchmarks.figures import Figure, Machine, Report, Stage
from benchmarks.generate import ROOT
from benchmarks.picture import svg

RUNS = 7


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
    others = [(peer.name, peer.program) for peer in peers.PEERS]
    others += [(name, name) for name in peers.CHECKERS]
    if with_peers:
        found |= {name: peers.version(program) for name, program in others if peers.found(program)}
    return found


def missing() -> list[str]:
    """Return a line for each program that is not installed, with how to get it."""
    lines = [
        f"{peer.name} is not installed and left out: {peer.install}"
        for peer in peers.PEERS
        if not peers.found(peer.program)
    ]
    lines += [
        f"{name} is not installed and left out: make peers"
        for name in peers.CHECKERS
        if not peers.found(name)
    ]
    return lines


def measured(sizes: Sequence[int], runs: int, *, with_peers: bool) -> Report:
    """Return the figures of all questions at all sizes."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    cached = questions.knows_a_cache()
    found: list[Figure] = []
    staged: tuple[Stage, ...] = ()
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="grcm-benchmark-") as made:
            print(f"{size} conclusions …", file=sys.stderr, flush=True)
            record = questions.generate(Path(made), size)
            if size == stages.SIZE:
                staged = stages.measured(record.data, size)
            found += questions.due(record, runs, cached=cached, with_peers=with_peers)
            found += questions.tasks(record, runs, cached=cached)
            found += questions.show(record, runs, cached=cached)
            found += questions.report(record, runs, cached=cached)
            if cached and size in day.SIZES:
                found += day.measured(record)
            found += questions.validate(record, runs, cached=cached, with_peers=with_peers)
    today = datetime.now(UTC).date().isoformat()
    return Report(today, machine(), versions(with_peers=with_peers), tuple(found), staged)


def shown(report: Report) -> str:
    """Return all tables for the terminal."""
    named = ", ".join(f"{name} {number}" for name, number in report.versions.items())
    told = f"medians of {max(figure.runs for figure in report.figures)} runs, user + system time"
    slow = "".join(f"{line}\n" for line in tables.fewer(report, "en"))
    parts = [f"{report.day}, {tables.machine(report, 'en')}\n{named}\n{told}\n{slow}"]
    for question in figures.QUESTIONS:
        rows = tables.costs(report, question, "en")
        if question == figures.DUE:
            rows.append(tables.answers(report, question, "en"))
        parts.append(f"grcm {question}\n{tables.plain(rows)}")
    parts.append(
        f"peak memory of validate\n{tables.plain(tables.memory(report, 'validate', 'en'))}"
    )
    parts.append(f"growth with the data\n{tables.plain(tables.exponents(report, 'en'))}")
    if report.stages:
        parts.append(f"where the time goes\n{tables.plain(tables.stages(report, 'en'))}")
    parts.append(tables.plain(tables.targets(report, "en")))
    return "\n".join(parts)


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print, and write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[24, 1000, 10_000])
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--svg", type=Path, help="write the picture here")
    parser.add_argument("--no-peers", action="store_true", help="measure grcm alone")
    asked = parser.parse_args(words)
    if not asked.no_peers:
        print("\n".join(missing()), file=sys.stderr, flush=True)
    report = measured(asked.sizes, asked.runs, with_peers=not asked.no_peers)
    print(shown(report), end="")
    if asked.json:
        asked.json.write_text(report.to_json(), encoding="utf-8")
    if asked.svg:
        asked.svg.write_text(svg(report, "en"), encoding="utf-8")


if __name__ == "__main__":
    main()
