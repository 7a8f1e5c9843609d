"""Where the time of `due` and `validate` goes without a cache, stage by stage, in one process.

    python -m benchmarks.stages            # a record of 10,000 conclusions, and the table
    python -m benchmarks.stages FOLDER     # a data folder of your own, as JSON

The least of five rounds of each: what stands in a machine's way only ever adds. libyaml's own work
and PyYAML's objects of it are the floor of reading: no reader that takes PyYAML's events is faster.
"""

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from benchmarks.figures import Stage
from benchmarks.generate import ROOT, TODAY
from benchmarks.questions import BY, generate
from grcm_cli.domain.findings import check
from grcm_cli.domain.task import Query, select
from grcm_cli.domain.tasks import tasks
from grcm_cli.formats import rendered
from grcm_cli.rules import rules_by_name, rules_of_lists
from grcm_cli.storage.loader import load
from grcm_cli.views.tasks import TaskSelection

ROUNDS = 5
SIZE = 10_000
"""Conclusions of the record on which stages are told in the manual."""


def of_folder(data: Path) -> dict[str, float]:
    """Return the seconds that each stage takes on a data folder, in the order of a run."""
    files = [*sorted(data.glob("meetings/*.yaml")), *sorted(data.glob("progress/*.yaml"))]
    contents = [path.read_bytes() for path in files]
    register = load(data, data).register
    if register is None:
        message = f"{data}: there is no register"
        raise RuntimeError(message)
    query = Query(before=BY)
    owed = tasks(register, TODAY, query)

    def events() -> None:
        for content in contents:
            parser = yaml.CLoader(content)
            while parser.get_event() is not None:
                pass

    def lines() -> str:
        due = TaskSelection(register, query, owed, select(owed, query), TODAY, "en")
        listed = due.listing(lambda: due.table("", (), each=True))
        return rendered("plain", listed)

    rules = rules_by_name().values()
    stages: dict[str, Callable[[], object]] = {
        "bytes": lambda: [path.read_bytes() for path in files],
        "events": events,
        "model": lambda: load(data, data),
        "tasks": lambda: tasks(register, TODAY, query),
        "rules": lambda: check(register, rules_of_lists(), TODAY),
        "list": lines,
        "checks": lambda: check(register, [r for r in rules if r.is_default], TODAY),
    }
    least = {name: min(_cost(stage) for _round in range(ROUNDS)) for name, stage in stages.items()}
    least["model"] -= least["bytes"] + least["events"]  # what is left of reading
    return least


def _cost(stage: Callable[[], object]) -> float:
    began = time.process_time()
    stage()
    return time.process_time() - began


def measured(data: Path, size: int) -> tuple[Stage, ...]:
    """Return the stages of a record, measured in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.stages", str(data)]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(Stage(name, size, seconds) for name, seconds in json.loads(ran.stdout).items())


def main() -> None:
    """Print the stages of a folder as JSON, or those of a record that is made as a table."""
    if sys.argv[1:]:
        gc.disable()  # as in grcm itself
        print(json.dumps(of_folder(Path(sys.argv[1]))))
        return
    with tempfile.TemporaryDirectory(prefix="grcm-stages-") as made:
        for stage in measured(generate(Path(made), SIZE).data, SIZE):
            print(f"{stage.name:10}{stage.seconds:8.3f} s")


if __name__ == "__main__":
    main()
