"""What the tests of the package share: how it is built, and a run of what grcm does."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..conftest import DATA, environment, run_python
from ..drafting.documents import pdf

COMMANDS = (
    *("--version", "due", "due --format json", "overdue", "tasks MEX", "show GRCM-2002-10/8"),
    *("matrix", "stats", "changes", "search plan", "validate", "validate --format sarif"),
    *("explain unknown-party", "schema meeting"),
    *("draft data/sources/GRCM-2002-10.txt -o draft.yaml", "draft a.pdf"),
    *("record done GRCM-2002-10/22 --by MEX", "export csv -o a.csv", "export json -o a.json"),
    *("export md -o a.md", "export xlsx -o a.xlsx", "export ics --alarm 14d -o a.ics"),
    *("export ics --as todo -o todo.ics", "export ics --alarm 14d -o a.ics --force"),
    *("export sqlite -o a.sqlite", "site pages", "agenda GRCM", "agenda GRCM --format html"),
    *("remind MEX", "remind MEX --format html", "remind MEX --format eml"),
    *("new --body GRCM --start 2009-05-29", "init other --code EX", "due --nosuch", "due --before"),
    *("nosuch", "due --help"),
)
"""Every library is used by one of them."""
OF_OTHER_BYTES = {".xlsx", ".sqlite"}
"""Files whose bytes may differ between two versions of a library and mean the same.

So do those of calendars, but only in where a line is folded.
"""
MINUTES = (
    "Reunión del Grupo Regional de Consulta, Ciudad de Guatemala, 29 al 31 de octubre de 2002",
    "Conclusiones",
    "1. Cada país presentará un informe a más tardar el 15 de enero de 2003.",
    "2. Agradecer a Costa Rica la presentación del documento.",
)


class Outcome(NamedTuple):
    """What the commands gave: of each its exit code, output and messages; the files at the end."""

    runs: dict[str, tuple[int, str, str]]
    files: dict[str, bytes]


def use(grcm: Callable[[str, Path, dict[str, str]], tuple[int, str, str]], folder: Path) -> Outcome:
    """Run all commands in a new folder with the repository's data.

    `grcm` runs one in a folder with an environment; it returns the exit code and the output.
    """
    shutil.copytree(DATA, folder / "data")
    (folder / "a.pdf").write_bytes(pdf(MINUTES))
    env = environment(GRCM_AS_OF="2002-11-15")
    runs = {command: grcm(command, folder, env) for command in COMMANDS}
    files = {
        str(path.relative_to(folder)): _comparable(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in OF_OTHER_BYTES
    }
    return Outcome(runs, files)


def _comparable(data: bytes) -> bytes:
    """Return a file without its folds, and without the digest over files of other bytes."""
    return re.sub(rb", files [0-9a-f]{40}\n", b"\n", data.replace(b"\r\n ", b""), count=1)


class Built(NamedTuple):
    """The two files of a release."""

    sdist: Path
    wheel: Path


def build(tree: Path, target: Path) -> Built:
    """Build the source distribution and the wheel of a source tree."""
    words = ("-m", "hatchling", "build", "-d", str(target), "-t", "sdist", "-t", "wheel")
    ran = run_python(*words, cwd=tree)
    assert ran.code == 0, ran.err
    [sdist], [wheel] = target.glob("*.tar.gz"), target.glob("*.whl")
    return Built(sdist, wheel)
