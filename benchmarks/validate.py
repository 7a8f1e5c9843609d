"""`grcm validate` beside check-jsonschema and yamllint on the same meeting files, in one run.

    python -m pip install check-jsonschema yamllint
    python -m benchmarks.validate

grcm runs all its rules on the whole folder; the others check each file's shape, or its layout.
Whole processes in alternation, user + system time and peak memory, medians.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.generate import ROOT, folder


def run(command: list[str]) -> tuple[float, float]:
    """Return a process's user and system seconds, and its peak memory in MB."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, _status, usage = os.wait4(started.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Generate, measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--meetings", type=int, default=400)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    bin_folder = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as made:
        data = Path(made) / "data"
        folder(data, asked.meetings)
        files = [str(path) for path in sorted((data / "meetings").glob("*.yaml"))]
        schema = str(ROOT / "schemas/meeting.schema.json")
        commands = {
            "grcm": [str(bin_folder / "grcm"), "--data", str(data), "validate", "--exit-zero"],
            "check-jsonschema": [
                *(str(bin_folder / "check-jsonschema"), "--schemafile", schema),
                *files,
            ],
            "yamllint": [str(bin_folder / "yamllint"), *files],
        }
        there = {name: words for name, words in commands.items() if shutil.which(words[0])}
        figures: dict[str, list[tuple[float, float]]] = {name: [] for name in there}
        for _ in range(asked.runs):
            for name, words in there.items():
                figures[name].append(run(words))
    print(f"{asked.meetings} meetings, {25 * asked.meetings} conclusions, {asked.runs} runs")
    ours = statistics.median(seconds for seconds, _memory in figures["grcm"])
    for name, found in figures.items():
        seconds = statistics.median(seconds for seconds, _memory in found)
        memory = max(memory for _seconds, memory in found)
        print(f"{seconds:8.2f} s {seconds / ours:6.1f} × {memory:7.0f} MB  {name}")


if __name__ == "__main__":
    main()
