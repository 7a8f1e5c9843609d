"""How long a start takes: `grcm due --format plain` against a bare Python, in one run.

    python benchmarks/start.py

Whole processes in alternation, user + system time, medians; byte code is compiled first. The
ratio is the figure that counts: a machine's speed is in both halves of it.
"""

import argparse
import compileall
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 20
TARGET = 8.0


def cost(command: list[str], environment: dict[str, str]) -> float:
    """Return the user and system time of one process, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return 1000 * spent


def measure(commands: dict[str, list[str]], runs: int) -> dict[str, float]:
    """Return each command's median cost over so many alternating runs, after one to warm up."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    costs: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            spent = cost(command, environment)
            if run > 0:
                costs[name].append(spent)
    return {name: statistics.median(spent) for name, spent in costs.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    compileall.compile_dir(ROOT / "src", quiet=1)
    python = sys.executable
    grcm = str(Path(python).with_name("grcm"))
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "python -c 'import typer'": [python, "-c", "import typer"],
        "grcm due --format plain": [python, grcm, "due", "--format", "plain"],
        "grcm due": [python, grcm, "due"],
        "grcm validate": [python, grcm, "validate"],
    }
    medians = measure(commands, asked.runs)
    bare = medians["python -c pass"]
    if asked.json:
        ratios = {name: round(median / bare, 2) for name, median in medians.items()}
        print(json.dumps({"milliseconds": medians, "ratios": ratios}, indent=2))
        return
    versions = f"Python {platform.python_version()}, typer {metadata.version('typer')}"
    print(f"medians of {asked.runs} runs, user + system; {versions}, {platform.machine()}")
    for name, median in medians.items():
        print(f"{median:8.1f} ms {median / bare:6.1f} ×  {name}")
    print(f"target: grcm due --format plain ≤ {TARGET:g} ×")


if __name__ == "__main__":
    main()
