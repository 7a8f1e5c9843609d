"""Hostile and careless files: each gives exactly these findings, on every machine, and no harm.

`badinput/GROUP/NAME.yaml` stands for meetings/WG-2002-10.yaml in the folder of the rules' examples,
those of `register` and `progress` for register.yaml and progress/AAA.yaml;
`badinput/manifest.tsv` has a line for each: the file, the exit code of `grcm validate`, and the
findings at line:column; `badinput/messages.txt` has what is said of each, word for word.
`python -m tests.badinput.test_badinput` writes both anew; then read the difference.
"""

import random
import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest

from grcm_cli.cli.records import data_code
from grcm_cli.domain.findings import Finding, check, in_order
from grcm_cli.domain.tasks import tasks
from grcm_cli.reader import events
from grcm_cli.rules import rules_by_name
from grcm_cli.storage.file_reader import FileSource
from grcm_cli.storage.loader import load

from ..conftest import DATA, EVERY, ROOT, environment
from ..limits import SECONDS, run_limited
from ..processes import Ended, grcm_here

HERE = Path(__file__).parent
MANIFEST = HERE / "manifest.tsv"
RULES = [rule for rule in rules_by_name().values() if rule.is_default]
MESSAGES = HERE / "messages.txt"
FILES = sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("*/*.yaml"))
EXPECTED = dict(line.split("\t", 1) for line in MANIFEST.read_text("utf-8").splitlines())
SAID = dict(part.split("\n", 1) for part in MESSAGES.read_text("utf-8").split("\n\n") if part)
PLACES = {"register": "register.yaml", "progress": "progress/AAA.yaml"}
LEAST = {
    **dict.fromkeys(("register", "who"), 20),
    **dict.fromkeys(("bytes", "lie"), 25),
    "date": 30,
    "good": 15,
    "progress": 2,
    "shape": 40,
    "yaml": 45,
}


def lay(file: str, folder: Path) -> None:
    """Make a data folder in which a hostile file stands."""
    shutil.copytree(ROOT / "tests/rules/base", folder, dirs_exist_ok=True)
    (folder / "progress").mkdir(exist_ok=True)
    group = file.partition("/")[0]
    shutil.copy(HERE / file, folder / PLACES.get(group, "meetings/WG-2002-10.yaml"))


def findings(folder: Path) -> list[Finding]:
    """Return all that validate finds in a folder."""
    loaded = load(folder, folder)
    seen = check(loaded.register, RULES, date(2003, 6, 1)) if loaded.register else []
    return in_order([*loaded.findings, *seen])


def said(found: list[Finding]) -> str:
    """Return each finding with its width, its words, and its cure where it has one."""
    lines = []
    for f in found:
        cure = f" => {f.cure}" if f.cure is not None else ""
        head = f"  {f.at.line}:{f.at.column}+{f.at.width} {f.severity}[{f.rule}]"
        lines.append(ascii(f"{head} {f.message} | {f.hint}{cure}")[1:-1])
    return "\n".join(lines) or "  -"


def verdict(found: list[Finding]) -> str:
    """Return exit code and findings as the manifest has them."""
    places = [f"{f.at.line}:{f.at.column} {f.rule}" for f in found]
    return f"{data_code(found)}\t{', '.join(places) or '-'}"


def test_there_are_enough_of_each_group() -> None:
    assert sorted(EXPECTED) == FILES
    for group, least in LEAST.items():
        assert sum(file.startswith(f"{group}/") for file in FILES) >= least, group


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith("good/")])
def test_a_checker_cannot_pass_by_refusing(file: str) -> None:
    assert EXPECTED[file] == "0\t-"


@pytest.mark.parametrize(
    ("file", "parser"),
    [
        *((file, "libyaml") for file in FILES),
        *((file, "pure Python") for file in (FILES if EVERY else FILES[::8])),
    ],
)
def test_the_findings_are_these_with_either_parser(
    file: str, parser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if parser == "pure Python":
        monkeypatch.setattr(events, "_LIBYAML", None)
    lay(file, tmp_path)
    found = findings(tmp_path)
    assert verdict(found) == EXPECTED[file]
    assert said(found) == SAID[file].rstrip("\n")


def harmless(folder: Path) -> Ended:
    """Run validate with no more time and memory than a hostile file may take."""
    done = run_limited(grcm_here, ["validate"], str(folder), environment())
    assert b"Traceback" not in done.err
    assert done.seconds < SECONDS
    return done


@pytest.mark.parametrize("file", FILES if EVERY else FILES[::20])
def test_no_file_crashes_a_process_or_hangs_it(file: str, tmp_path: Path) -> None:
    lay(file, tmp_path)
    done = harmless(tmp_path)
    assert done.code == int(EXPECTED[file].partition("\t")[0])


BIG = {
    "a scalar of 100 MB": lambda: b"title: " + b"a" * 100_000_000,
    "a comment of 9 MB": lambda: b"#" + b"x" * 9_000_000,
    "20,000 conclusions": lambda: (
        b"conclusions:\n"
        + b"".join(b"  - {number: %d, text: T}\n" % number for number in range(1, 20_001))
    ),
    "5,000 errors": lambda: b"".join(b"key%d: x\n" % number for number in range(5_000)),
    "100,000 brackets": lambda: b"title: " + b"[" * 100_000,
    "an open quotation mark before 2 MB": lambda: b'title: "' + b"a b\n  " * 350_000,
    "100,000 invisible characters": lambda: b"# " + b"\xe2\x80\x8b\xe2\x80\x8c" * 50_000,
    "a million of one invisible character": lambda: b"# " + b"\xe2\x80\x8b" * 1_000_000,
    "1 MB without a line end": lambda: b"participants: [" + b"AAA, " * 200_000 + b"AAA]",
}


@pytest.mark.parametrize("name", BIG)
def test_size_alone_does_no_harm(name: str, tmp_path: Path) -> None:
    lay("good/bom.yaml", tmp_path)
    head = b"id: WG-2002-10\nbody: WG\nstart: 2002-10-29\n"
    (tmp_path / "meetings/WG-2002-10.yaml").write_bytes(head + BIG[name]() + b"\n")
    done = harmless(tmp_path)
    assert done.code in (0, 1), done.err[-300:]


# --- mutants of the real files ----------------------------------------------------------------

SHARE = 1 if EVERY else 60
MUTANTS = {
    "register.yaml": 3_000,
    "meetings/CRM-2002-05.yaml": 8_000,
    "meetings/CRM-2003-05.yaml": 8_600,
    "meetings/GRCM-2002-10.yaml": 400,
}
BYTES = b"\t\n\r :-[]{}'\"#&*!%@`,?|>\\~\x00\xe9\xc3\xa9aA109/.="


def mutant(original: bytes, chance: random.Random) -> bytes:
    """Return a file in which one to four places have lost or gained bytes, or lines moved."""
    changed = bytearray(original)
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                del changed[place : place + chance.randrange(1, 12)]
            case 1:
                changed[place:place] = bytes(chance.choices(BYTES, k=chance.randrange(1, 4)))
            case 2:
                changed[place : place + 1] = bytes([chance.choice(BYTES)])
            case _:
                lines = bytes(changed).split(b"\n")
                lines.insert(chance.randrange(len(lines)), chance.choice(lines))
                changed = bytearray(b"\n".join(lines))
    return bytes(changed)


@pytest.mark.parametrize("name", MUTANTS)
def test_no_mutant_of_a_real_file_stops_the_program(name: str, tmp_path: Path) -> None:
    """Whatever becomes of a file: what comes is findings, never an exception.

    Every fifth says the same without libyaml; `test_parsers.py` has more. By default 300 mutants
    are read, the same each time; with GRCM_ALL_STATES=1 in the environment, twenty thousand.
    """
    chance = random.Random(name)  # noqa: S311 - the same mutants each time
    original = (DATA / name).read_bytes()
    shutil.copy(DATA / "register.yaml", tmp_path)
    (tmp_path / "meetings").mkdir()
    read = {"register.yaml": FileSource(tmp_path, ".").read("register.yaml")}
    names_vary = name == "register.yaml"  # where not, what they share is the same each time
    looked_for = [rule for rule in RULES if names_vary or rule.name != "shared-name"]
    for number in range(MUTANTS[name] // SHARE):
        source = FileSource(tmp_path, ".", {name: mutant(original, chance)})
        read[name] = source.read(name)
        if number % 5 == 0:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(events, "_LIBYAML", None)
                assert source.read(name) == read[name], source.instead
        files = {tmp_path / name: source.instead[name]}
        loaded = load(
            tmp_path, tmp_path, files, lambda _source, names: map(read.__getitem__, names)
        )
        if loaded.register is not None:
            check(loaded.register, looked_for, date(2003, 6, 1))
            tasks(loaded.register, date(2003, 6, 1))


if __name__ == "__main__":
    rows, parts = [], []
    for hostile in FILES:
        with tempfile.TemporaryDirectory() as made:
            lay(hostile, Path(made))
            found = findings(Path(made))
        rows.append(f"{hostile}\t{verdict(found)}\n")
        parts.append(f"{hostile}\n{said(found)}\n")
    MANIFEST.write_text("".join(rows), encoding="utf-8")
    MESSAGES.write_text("\n".join(parts), encoding="utf-8")
