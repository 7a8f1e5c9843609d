"""Two grcm programs compared: that the same are the same, and that any difference is told."""

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from benchmarks import answers, measure
from benchmarks.answer_cases import Case, after_an_edit, cases
from benchmarks.answers import CommandAnswer, Comparison, content
from benchmarks.generate import sized
from benchmarks.questions import GRCM

from grcm_cli.cli import command_table

ASKED = [
    Case(("due", "--format", "plain")),
    Case(("validate",), "en"),
    Case(("export", "sqlite", "-o", "out.sqlite")),
    Case(("show", "X-1/1"), "en"),
    Case((), typed="tasks A"),
]
WORSE = """#!{python}
import os, subprocess, sys
ran = subprocess.run(["{grcm}", *sys.argv[1:]], capture_output=True)
out = ran.stdout.replace(b"done", b"don")
if "due" in sys.argv and "{where}" in os.environ:
    out = out.upper()
sys.stdout.buffer.write(out)
sys.stderr.buffer.write(ran.stderr)
sys.exit(ran.returncode)
"""

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="a core is chosen as Linux has it"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("answers") / "data"
    sized(path, 100)
    return path


def compared(data: Path, new: str, cache: Path, asked: Sequence[Case]) -> list[tuple[int, str]]:
    return list(Comparison(str(GRCM), new, answers.WAYS, 2).differing(data, cache, asked))


def test_the_same_program_answers_the_same_in_all_ways(data: Path, tmp_path: Path) -> None:
    assert compared(data, str(GRCM), tmp_path, ASKED) == [(3, "")] * len(ASKED)


def test_what_differs_is_told_with_the_way_and_the_lines(data: Path, tmp_path: Path) -> None:
    worse = tmp_path / "grcm"
    worse.write_text(
        WORSE.format(python=sys.executable, grcm=GRCM, where="XDG_CACHE_HOME"), encoding="utf-8"
    )
    worse.chmod(worse.stat().st_mode | stat.S_IXUSR)
    pairs = compared(data, str(worse), tmp_path / "cache", ASKED[:2])
    [only] = [told for _answers, told in pairs if told]
    assert "due --format plain (es)" in only
    assert ("cached: stdout" in only, "first: stdout" in only) == (True, True)
    assert "whole" not in only


def test_codes_messages_and_files_are_compared() -> None:
    before = CommandAnswer(0, b"a\n", b"", {"x": b"1", "y": b"2"})
    after = CommandAnswer(1, b"a\n", b"b\n", {"x": b"1", "z": b"2"})
    told = [one.splitlines()[0] for one in before.differences(after)]
    assert told == ["exit code 0 → 1", "stderr", "y", "z", "y: gone", "z: new"]
    assert list(before.differences(before)) == []


def test_a_site_is_the_same_whatever_source_made_it(tmp_path: Path) -> None:
    path = tmp_path / ".grcm-site"
    contents = []
    for source in ("0a1b", "9f8e"):
        path.write_text(f"# site\n# made of {source}, files 77\nx.html\n", encoding="utf-8")
        contents.append(content(path))
    assert contents[0] == contents[1]


def test_every_command_that_reads_a_record_is_asked(data: Path) -> None:
    asked = list(cases(data, 3))
    names = {case.words[0] for case in asked if case.words}
    others = {"draft", "import", "new", "init", "rename", "explain", "schema", "completion", "lsp"}
    others |= {"help", "cache"}
    listed = {*command_table.NAMES}
    assert listed - others - names == {"diff"}  # which needs a history in git
    assert {case.language for case in asked} == {"es", "en"}
    assert any(case.typed for case in asked)
    assert any(case.writes_data for case in asked)
    assert {case.words[0] for case in after_an_edit(data)} >= {"due", "show", "record", "validate"}


def test_the_time_of_all_processes_is_counted() -> None:
    busy = "sum(i * i for i in range(2_000_000))"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    alone = measure.cost(measure.Command([sys.executable, "-c", busy]))
    below = measure.cost(measure.Command([sys.executable, "-c", nested]), together=True)
    assert below.seconds > 0.5 * alone.seconds
    assert below.together >= below.memory


@pytest.mark.parametrize(("wall", "runs"), [(0.1, 5), (2.0, 4), (3.9, 2), (5.0, 1), (60.0, 1)])
def test_slow_commands_run_fewer_times(wall: float, runs: int) -> None:
    assert measure.turns(5, wall) == runs
