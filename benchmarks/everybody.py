"""Time lists of a record in which every member owes every duty: `python -m benchmarks.everybody`.

A thousand members times a thousand duties are a million tasks: `overdue` is to take 5 seconds,
`due --all --format json` 30.
"""

import argparse
import subprocess
import sys
import time
from itertools import islice, product
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory

HEAD = "process: {code: BIG, name: Big, languages: [en]}\nbodies:\n  WG: {name: Group}\nmembers:\n"
MEETING = "id: WG-2002-10\nbody: WG\nstart: 2002-10-01\nlanguage: en\nconclusions:\n"
LISTS = ("overdue", "due --all --format json")


def write(folder: Path, size: int) -> None:
    """Write a record of so many members, each with as many duties."""
    codes = islice(map("".join, product(ascii_uppercase, repeat=4)), size)
    members = "".join(f"  {code}: {{name: Country {code}}}\n" for code in codes)
    (folder / "register.yaml").write_text(HEAD + members)
    duties = "".join(
        f"- {{number: {n}, text: Report on {n}., responsible: {{each: members}},"
        f" due: 2003-01-{n % 28 + 1:02}}}\n"
        for n in range(1, size + 1)
    )
    (folder / "meetings").mkdir()
    (folder / "meetings/WG-2002-10.yaml").write_text(MEETING + duties)


def main() -> None:
    """Print how long each list takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1000)
    size = parser.parse_args().size
    with TemporaryDirectory() as folder:
        write(Path(folder), size)
        for words in LISTS:
            command = [sys.executable, "-m", "grcm_cli", "--data", folder, *words.split()]
            began = time.perf_counter()
            subprocess.run([*command, "--as-of", "2004-01-01"], stdout=subprocess.DEVNULL)  # noqa: PLW1510 - exit 1 tells that the list is not empty
            print(f"{words}: {size * size:,} tasks in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
