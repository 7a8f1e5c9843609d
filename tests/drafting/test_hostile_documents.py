"""Hostile documents: each in a process of its own gives a sentence or its text, and does no harm.

The process that reads is a copy of one that has imported grcm, with the limits of a child. With
GRCM_ALL_STATES=1 it is a new Python, as where grcm is used; `test_documents.py` starts some always.

`badinput/draft/manifest.tsv` has what is said of each.
`python -m tests.drafting.test_hostile_documents` writes it anew; then read the difference.
"""

import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from grcm_cli.drafting.documents import document
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import UnreadableDocument

from ..conftest import EVERY, ROOT
from ..limits import MEGABYTES, SECONDS, run_limited
from ..processes import Ended
from .hostile import CASES

MANIFEST = ROOT / "tests/badinput/draft/manifest.tsv"


def expected() -> dict[str, str]:
    lines = MANIFEST.read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


SOME = list(CASES)[::4]
"""Those that are read in any case; where none is left out, by a process that starts."""


def reading(path: Path, way: str) -> Ended:
    """Read a document in a process of its own, which starts or is a copy."""
    return run_limited(tell, str(path), way)


def tell(path: str, way: str) -> None:
    """Print what a document begins with, or why it cannot be read, and the memory in MB."""
    if way == "copy":
        document.run = in_a_copy  # type: ignore[assignment] # it has no limits of its own
    try:
        pieces = read(Path(path).read_bytes())
        said = f"{len(pieces)} {(pieces[0].label + pieces[0].text)[:30]!a}"
    except UnreadableDocument as unreadable:
        said = str(unreadable)
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = max(resource.getrusage(process).ru_maxrss for process in who) // 1024
    sys.stdout.write(f"{said}\n{memory}\n")


def in_a_copy(
    command: Sequence[str] | str, data: bytes, *_limits: object
) -> tuple[int | None, bytes, bytes]:
    """Read in a copy of this process, in the place of one that starts."""
    kind, language = command[-2:]
    there, here = os.pipe()
    with TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        child = os.fork()
        if not child:
            os.dup2(given.fileno(), 0)
            os.dup2(here, 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.closerange(3, 100)
            document.main(kind, language)
            sys.stdout.flush()
            os._exit(0)
    os.close(here)
    with os.fdopen(there, "rb") as answer:
        output = answer.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), output, b""


def test_there_are_enough_of_them() -> None:
    assert sorted(expected()) == sorted(CASES)
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES if EVERY else SOME)
def test_no_document_does_harm(name: str, tmp_path: Path) -> None:
    path = tmp_path / "document"
    path.write_bytes(CASES[name]())
    done = reading(path, "start" if EVERY and name in SOME else "copy")
    assert (done.code, done.err) == (0, b"")
    said, memory = done.out.decode().splitlines()
    assert said == expected()[name]
    assert int(memory) < MEGABYTES
    assert done.seconds < SECONDS


if __name__ == "__main__":
    MANIFEST.parent.mkdir(exist_ok=True)
    place = Path(sys.argv[1])
    rows = []
    for case, make in CASES.items():
        place.write_bytes(make())
        done = reading(place, "copy")
        said, memory = [*done.out.decode().splitlines(), "", ""][:2]
        rows.append(f"{case}\t{said}\n")
        sys.stderr.write(
            f"{done.seconds:.2f} s, {memory} MB, {place.stat().st_size:,} bytes: {rows[-1]}"
        )
        sys.stderr.write(done.err.decode()[-500:])
    MANIFEST.write_text("".join(rows), encoding="utf-8")
