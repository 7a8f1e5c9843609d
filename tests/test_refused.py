"""P26: what the machine refuses is said, or the work is done without it, whatever the command."""

import errno
import fcntl
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest

from grcm_cli.cli import command_table
from grcm_cli.site import pages

from . import processes
from .conftest import EVERY, ROOT, environment, repository
from .drafting.documents import docx, paragraph
from .processes import Ended

TEXT = ROOT / "data/sources/GRCM-2002-10.txt"
READING = [
    *("due", "overdue", "tasks MEX", "meetings", "matrix", "stats", "search plan", "cache"),
    *("changes --since 2002-10-31", "show GRCM-2002-10/8", "log GRCM-2002-10/22", "diff HEAD"),
    *("validate", "explain unknown-party", "schema meeting", "help", "completion zsh", "lsp"),
]
WRITING = [
    *(f"export {kind} -o x.{kind}" for kind in ("csv", "json", "md", "ics", "xlsx", "sqlite")),
    *("export edoxen collections", "site pages", "agenda GRCM -o a.md", "agenda GRCM -o a.docx"),
    *("remind MEX -o m.txt", "remind --all -o letters", "remind --all --form -o forms"),
    "rename party MEX MX",
    *("record done GRCM-2002-10/22", "record reply.csv --yes", "import tracker.csv --yes"),
    *("draft text.docx -o y.yaml", "draft text.txt -o y.yaml", "validate --fix"),
    *(
        "new --body GRCM --start 2009-05-29",
        "init other --code EX --name X --body WG --body-name W",
    ),
]
NEEDS = {
    "core": ["site pages"],
    "lock": WRITING,
    "process": ["log GRCM-2002-10/22", "diff HEAD", "draft text.docx -o y.yaml", "site pages"],
    "memory": [*READING, *WRITING],
    "file to read": [*READING, *WRITING],
    "file": [*READING, *WRITING],
    "file to write": WRITING,
}
"""What may be refused, and the commands that need it."""
SAID = {
    "lock": r"cannot be locked: No locks available; work on a copy on a local disk",
    "process": "Resource temporarily unavailable: .*git|cannot be started",
    "memory": "there is not enough memory|it is too large for the memory",
    "file to read": "cannot be read: permission denied|permission denied: |the machine failed",
    "file to write": "permission denied: ",
    "file": "Too many open files",
}
"""What is said where the work is not done; `core` is done without."""


def refuse(code: int) -> Callable[..., NoReturn]:
    """Return a function that fails as the system does which refuses it."""

    def refused(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return refused


def refuse_core() -> None:
    os.sched_getaffinity = refuse(errno.EPERM)
    pages._MANY = 0


def refuse_lock() -> None:
    fcntl.flock = refuse(errno.ENOLCK)


def refuse_process() -> None:
    os.fork = refuse(errno.EAGAIN)
    subprocess._fork_exec = refuse(errno.EAGAIN)  # type: ignore[attr-defined] # Python's own
    pages._MANY = 0


def refuse_descriptors() -> None:
    opened = len(list(Path("/proc/self/fd").iterdir())) - 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (opened, opened))


def refuse_opening(modes: tuple[bool, ...], error: Exception) -> None:
    """Refuse to open what lies in the working folder, for reading, for writing or for both."""
    work = str(Path.cwd())

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path = Path(os.fsdecode(arguments[0])).absolute()
            is_writing = bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
            if path.is_relative_to(work) and is_writing in modes:
                if isinstance(error, OSError):
                    error.filename = str(path)
                raise error

    sys.addaudithook(hook)


NO_PERMISSION = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
REFUSALS: dict[str, Callable[[], None]] = {
    "core": refuse_core,
    "lock": refuse_lock,
    "process": refuse_process,
    "memory": partial(refuse_opening, (False, True), MemoryError()),
    "file": refuse_descriptors,
    "file to read": partial(refuse_opening, (False,), NO_PERMISSION),
    "file to write": partial(refuse_opening, (True,), NO_PERMISSION),
}


def run(line: str, cwd: str, refusal: str) -> None:
    os.chdir(cwd)
    if refusal:
        REFUSALS[refusal]()
    processes.grcm_here(line.split(), cwd, environment(GRCM_AS_OF="2003-02-01"))


def grcm(line: str, work: Path, refusal: str) -> Ended:
    return processes.call(run, (line, str(work), refusal))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the repository's data, in git, and what commands read beside it."""
    folder = tmp_path_factory.mktemp("refused")
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(TEXT, folder / "text.txt")
    (folder / "text.docx").write_bytes(
        docx("".join(map(paragraph, TEXT.read_text("utf-8").split("\n"))))
    )
    (folder / "reply.csv").write_text("ref,by,date,state\nGRCM-2002-10/22,MEX,2003-01-10,done\n")
    sheet = 'Meeting,No.,Text,Responsible\n"GRCM, 2 May 2004",1,Act.,MEX\n'
    (folder / "tracker.csv").write_text(sheet)
    return repository(folder)


def test_all_commands_are_in_the_table() -> None:
    assert {line.split()[0] for line in (*READING, *WRITING)} == {*command_table.NAMES}


REFUSED = [
    (refusal, line)
    for turn, (refusal, lines) in enumerate(NEEDS.items())
    for place, line in enumerate(lines)
    if (EVERY or line == "lsp" or (turn + place) % 3 == 0) and (refusal, line) != ("file", "lsp")
]
"""Where none is left out, all; else a third, in turn. `lsp` is a server, started by an editor."""


def test_each_command_is_refused_something() -> None:
    assert {line for _refusal, line in REFUSED} == {*READING, *WRITING}
    assert {refusal for refusal, _line in REFUSED} == {*NEEDS}


@pytest.mark.parametrize(("refusal", "line"), REFUSED)
def test_what_is_refused_is_said_or_done_without(
    refusal: str, line: str, record: Path, tmp_path: Path
) -> None:
    for name in ("refused", "granted"):
        shutil.copytree(record, tmp_path / name)
    ended = grcm(line, tmp_path / "refused", refusal)
    said = ended.err.decode()
    assert ended.code in (0, 1, 3), said
    assert "Traceback" not in said
    assert "bug of grcm" not in said
    if ended.code:
        assert re.search(SAID[refusal], ended.out.decode() + said), said
    else:
        granted = grcm(line, tmp_path / "granted", "")
        assert (ended.out, said) == (granted.out, granted.err.decode())


def test_a_lock_that_is_refused_is_told_with_the_file_and_what_to_do(
    record: Path, tmp_path: Path
) -> None:
    shutil.copytree(record, tmp_path, dirs_exist_ok=True)
    before = sorted(path.name for path in (tmp_path / "data/progress").iterdir())
    ended = grcm("record done GRCM-2002-10/22", tmp_path, "lock")
    assert (ended.code, ended.out) == (3, b"")
    assert ended.err.decode() == (
        "grcm: data/progress/MEX.yaml cannot be locked: No locks available; work on a copy on a "
        "local disk: not every network drive supports locking\n"
    )
    assert sorted(path.name for path in (tmp_path / "data/progress").iterdir()) == before
