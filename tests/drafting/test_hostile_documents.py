"""Hostile documents: each in a process of its own gives a sentence or its text, and does no harm.

`badinput/draft/manifest.tsv` has what is said of each.
`python -m tests.drafting.test_hostile_documents` writes it anew; then read the difference.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ..conftest import ROOT, environment
from .hostile import CASES

MANIFEST = ROOT / "tests/badinput/draft/manifest.tsv"
SECONDS, MEGABYTES = 5, 500
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


def reading(path: Path) -> tuple[subprocess.CompletedProcess[bytes], float]:
    """Read a document in a process of its own, and tell how many seconds it took."""

    def limit() -> None:
        most = 2 * MEGABYTES * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", READ, path],
        env=environment(),
        capture_output=True,
        timeout=4 * SECONDS,  # machines are noisy: this only tells a hang from an answer
        check=False,
        preexec_fn=limit,
    )
    return done, time.monotonic() - begun


def test_there_are_enough_of_them() -> None:
    assert sorted(expected()) == sorted(CASES)
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_no_document_does_harm(name: str, tmp_path: Path) -> None:
    path = tmp_path / "document"
    path.write_bytes(CASES[name]())
    done, _seconds = reading(path)
    assert (done.returncode, done.stderr) == (0, b"")
    said, memory = done.stdout.decode().splitlines()
    assert said == expected()[name]
    assert int(memory) < MEGABYTES


if __name__ == "__main__":
    MANIFEST.parent.mkdir(exist_ok=True)
    place = Path(sys.argv[1])
    rows = []
    for case, make in CASES.items():
        place.write_bytes(make())
        done, seconds = reading(place)
        said, memory = [*done.stdout.decode().splitlines(), "", ""][:2]
        rows.append(f"{case}\t{said}\n")
        sys.stderr.write(
            f"{seconds:.2f} s, {memory} MB, {place.stat().st_size:,} bytes: {rows[-1]}"
        )
        sys.stderr.write(done.stderr.decode()[-500:])
    MANIFEST.write_text("".join(rows), encoding="utf-8")
