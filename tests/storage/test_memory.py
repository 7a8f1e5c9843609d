"""A machine with too little memory: its failure has the file's name, and is no bug of grcm."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import Folder, environment

MEMORY = 150 * 1024 * 1024
SIZE = 40 * 1024 * 1024
ENTRY = "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n#"


def limited(folder: Path, command: str, memory: int = MEMORY) -> subprocess.CompletedProcess[str]:
    """Run grcm in a process that gets no more memory than this."""
    return subprocess.run(
        [sys.executable, "-m", "grcm_cli", *command.split()],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
    )


def large(name: str, folder: Folder) -> None:
    """Write a valid file that needs several times its size to be read."""
    texts = {
        "meetings/WG-2003-05.yaml": b"id: WG-2003-05\nbody: WG\nstart: 2003-05-01\ntitle: ",
        "progress/BBB.yaml": ENTRY.encode(),
        "register.yaml": (folder.path / "register.yaml").read_bytes() + b"# ",
    }
    # A character outside of Latin-1 takes four bytes in memory.
    folder.write(name, texts[name] + "\U0001f600".encode() + b"x" * SIZE + b"\n")


@pytest.mark.parametrize("command", ["due", "validate"])
@pytest.mark.parametrize("name", ["meetings/WG-2003-05.yaml", "progress/BBB.yaml", "register.yaml"])
def test_a_file_that_is_too_large_is_named_and_the_others_are_read(
    name: str, command: str, folder: Folder
) -> None:
    folder.mandate("responsible: BBB, due: 2003-01-15")
    large(name, folder)
    done = limited(folder.path, command)
    said = done.stdout + done.stderr
    assert done.returncode == 3, said[-500:]
    assert f"{name}:1:1: error[unreadable-file]: cannot be read: it is too large" in said
    assert "bug" not in said
    if command == "due" and name != "register.yaml":
        assert "WG-2002-10/1" in done.stdout


def test_no_report_is_added_to_a_file_that_is_too_large(folder: Folder) -> None:
    folder.mandate("responsible: BBB, due: 2003-01-15")
    large("progress/BBB.yaml", folder)
    before = (folder.path / "progress/BBB.yaml").stat()
    done = limited(folder.path, "record done WG-2002-10/1")
    assert done.returncode == 3
    assert "progress/BBB.yaml" in done.stderr
    assert "bug" not in done.stderr
    after = (folder.path / "progress/BBB.yaml").stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


@pytest.mark.parametrize("memory", range(20, 120, 20))
def test_however_little_memory_there_is_it_is_no_bug(memory: int, folder: Folder) -> None:
    """Python itself may not even start; where grcm does, it names no bug."""
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.write("progress/AAA.yaml", b"# " + b"x" * 30 * 1024 * 1024)
    done = limited(folder.path, "due", memory * 1024 * 1024)
    assert "bug of grcm" not in done.stderr
    if done.stderr.startswith(("grcm: ", "progress/")):
        assert done.returncode == 3
