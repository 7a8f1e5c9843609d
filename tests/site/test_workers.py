"""The languages of a large site, each made in a process of its own.

Each test is a program of its own: a copy of the tests' process would have its threads' locks.
"""

import sys

import pytest

from ..conftest import DATA, run_python

ONE_AND_TWO = """
import os, signal, sys
from multiprocessing import active_children
from grcm_cli.site import workers
workers.cores = lambda: 2

def counting(name, count=3, end=lambda: None):
    def made():
        for number in range(count):
            yield f"{name}{number}", bytes(200_000)
        end()
    return made
"""
BOTH = """
import hashlib, sys
from datetime import date
from pathlib import Path
from grcm_cli.cli.records import LoadedRecord
from grcm_cli.domain.tasks import tasks
from grcm_cli.site import pages, workers

workers.cores = lambda: 2
day = date(2003, 2, 1)
record = LoadedRecord(Path(sys.argv[1]), Path.cwd(), day)
everything = tasks(record.register, day)
for pages._MANY in (1, 10**9):
    files = sorted(pages.pages(record.register, everything, day))
    print(len(files), hashlib.blake2b(repr(files).encode()).hexdigest())
"""
needs_copies = pytest.mark.skipif(sys.platform != "linux", reason="no copies of a process")


def ran(program: str, *arguments: str) -> tuple[str, str]:
    of_program = run_python("-c", program, *arguments)
    return of_program.out, of_program.err


@needs_copies
def test_the_site_is_the_same_as_from_one_process() -> None:
    out, err = ran(BOTH, str(DATA))
    several, one = out.splitlines()
    assert (several, err) == (one, "")
    assert int(one.split()[0]) > 100


@needs_copies
def test_all_files_come_and_the_processes_end() -> None:
    program = """
makers = [counting("a"), counting("b", 500), counting("c", 0)]
files = list(workers.files_of(makers, in_processes=True))
print(sorted({path[0] for path, _data in files}), len(files), active_children())
"""
    assert ran(ONE_AND_TWO + program) == ("['a', 'b'] 503 []\n", "")


@needs_copies
def test_they_end_where_nobody_reads_on() -> None:
    program = """
files = workers.files_of([counting("a", 10**9), counting("b", 10**9)], in_processes=True)
print(len(next(files)[1]))
files.close()
print(active_children())
"""
    assert ran(ONE_AND_TWO + program) == ("200000\n[]\n", "")


@needs_copies
@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("lambda: 1 / 0", "ZeroDivisionError"),
        ("lambda: os.kill(os.getpid(), signal.SIGKILL)", "ChildProcessError"),
    ],
    ids=["it raises", "the system ends it"],
)
def test_what_goes_wrong_in_one_is_raised(end: str, expected: str) -> None:
    program = f"""
try:
    list(workers.files_of([counting("b", end={end}), counting("a")], in_processes=True))
except Exception as error:
    print(type(error).__name__, active_children())
"""
    assert ran(ONE_AND_TWO + program) == (f"{expected} []\n", "")


@needs_copies
def test_the_place_of_an_error_is_told() -> None:
    program = """
try:
    list(workers.files_of([counting("b", end=lambda: 1 / 0), counting("a")], in_processes=True))
except Exception as error:
    print("in made" in error.__notes__[0])
"""
    assert ran(ONE_AND_TWO + program) == ("True\n", "")


@needs_copies
@pytest.mark.parametrize("allowed", [0, 1])
def test_where_the_system_refuses_a_process_its_share_is_made_here(allowed: int) -> None:
    program = f"""
real, begun = os.fork, []
def fork():
    if len(begun) == {allowed}:
        raise BlockingIOError(11, "Resource temporarily unavailable")
    begun.append(1)
    return real()
os.fork = fork
makers = [counting(name) for name in "abc"]
files = list(workers.files_of(makers, in_processes=True))
print(sorted(path for path, _data in files), active_children())
"""
    names = [f"{name}{number}" for name in "abc" for number in range(3)]
    assert ran(ONE_AND_TWO + program) == (f"{names} []\n", "")
