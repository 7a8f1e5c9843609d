"""Hostile documents: each in a process of its own gives a sentence or its text, and does no harm.

`badinput/draft/manifest.tsv` has what is said of each.
`python -m tests.drafting.test_hostile_documents` writes it anew; then read the difference.
"""

import sys
from pathlib import Path

import pytest

from ..conftest import ROOT, environment
from ..limits import MEGABYTES, SECONDS, Limited, run_limited
from .hostile import CASES

MANIFEST = ROOT / "tests/badinput/draft/manifest.tsv"
READ = """
import resource, sys
from pathlib import Path
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import UnreadableDocument
try:
    pieces = read(Path(sys.argv[1]).read_bytes())
    print(len(pieces), ascii((pieces[0].label + pieces[0].text)[:30]))
except UnreadableDocument as unreadable:
    print(unreadable)
who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(max(resource.getrusage(process).ru_maxrss for process in who) // 1024)
"""


def expected() -> dict[str, str]:
    lines = MANIFEST.read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


def reading(path: Path) -> Limited:
    """Read a document in a process of its own."""
    return run_limited([sys.executable, "-c", READ, path], path.parent, environment())


def test_there_are_enough_of_them() -> None:
    assert sorted(expected()) == sorted(CASES)
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_no_document_does_harm(name: str, tmp_path: Path) -> None:
    path = tmp_path / "document"
    path.write_bytes(CASES[name]())
    done = reading(path)
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
        done = reading(place)
        said, memory = [*done.out.decode().splitlines(), "", ""][:2]
        rows.append(f"{case}\t{said}\n")
        sys.stderr.write(
            f"{done.seconds:.2f} s, {memory} MB, {place.stat().st_size:,} bytes: {rows[-1]}"
        )
        sys.stderr.write(done.err.decode()[-500:])
    MANIFEST.write_text("".join(rows), encoding="utf-8")
