"""Try grcm on this system: `python -m tools.try_here grcm`, or `… python dist/grcm.pyz`.

It copies the repository's data into a new folder, runs what the manual begins with there, and
compares with what must be the same on every system. Any difference ends it with 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
DAY = "2003-03-10"
RUNS: Sequence[tuple[str, int, bytes]] = (
    ("--version", 0, b"grcm "),
    ("validate", 0, b""),
    ("due --format plain", 0, "explotación".encode()),
    ("due", 0, "México".encode()),
    ("due --exit-code --format json", 5, b'"ref": "GRCM-2002-10/8#1"'),
    ("record done GRCM-2002-10/22 --by México --on 2003-03-01", 0, b"data/progress/MEX.yaml"),
    ("record done GRCM-2002-10/22 --by MEX --on 2003-03-02", 0, b"data/progress/MEX.yaml"),
    ("log GRCM-2002-10/22", 0, b""),
    ("export xlsx -o a.xlsx", 0, b"a.xlsx"),
    ("export ics -o a.ics", 0, b"a.ics"),
    ("export sqlite -o a.sqlite", 0, b"a.sqlite"),
    ("draft data/sources/GRCM-2002-10.docx -o draft.yaml", 0, b"draft.yaml"),
    ("remind --all --form --format eml -o letters", 0, b"letters/MEX.eml"),
    ("remind --all --form --format eml -o letters --force", 0, b"letters/MEX.eml"),
    ("site pages", 0, b"pages/index.html"),
    ("site pages --as-of 2003-04-10", 0, b"pages/index.html"),
)
"""Each command line, with its exit code and bytes that its output has."""


def run_all(program: Sequence[str], folder: Path) -> list[str]:
    """Return what is not as it must be."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.rmtree(folder / "data/progress")
    # The encoding of a console of Windows, where `ó` is one byte and `≤` is none.
    environment = {**os.environ, "PYTHONIOENCODING": "cp850", "GRCM_AS_OF": DAY, "GRCM_LANG": "en"}
    if os.name != "nt":  # there grcm writes UTF-8 whatever is said
        environment["PYTHONIOENCODING"] = "utf-8"
    problems = []
    for line, code, expected in RUNS:
        done = subprocess.run(  # noqa: S603 - the program that is to be tried
            [*program, *line.split()],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=120,
            check=False,
        )
        is_right = done.returncode == code and expected in done.stdout + done.stderr
        if line == "log GRCM-2002-10/22":  # there is no repository: said in one line
            is_right = done.returncode == 2 or (done.returncode == 0 and bool(done.stdout))
        if not is_right or b"Traceback" in done.stderr or b"\r\n" in done.stdout:
            problems.append(f"{line}: {done.returncode}\n{done.stdout!r}\n{done.stderr!r}")
    left = [path.name for path in folder.rglob("*.lock")] + [
        path.name for path in folder.rglob("*.new")
    ]
    return [*problems, *(f"left behind: {name}" for name in left)]


def main() -> None:
    """Run all in a new folder and print what is wrong."""
    program = [shutil.which(sys.argv[1]) or sys.argv[1], *sys.argv[2:]]
    program[1:] = [str(Path(word).resolve()) for word in program[1:]]
    with tempfile.TemporaryDirectory() as folder:
        problems = run_all(program, Path(folder))
    for problem in problems:
        print(problem)  # noqa: T201 - its answer
    print(f"{len(RUNS)} commands, {len(problems)} problems")  # noqa: T201 - as above
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
