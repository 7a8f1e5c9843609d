"""What each command loads, and that nothing leaves the process: counted, not timed."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grcm_cli import commands
from grcm_cli.rules import MEANING, every_rule

from .conftest import ROOT, environment, run_grcm

ARGUMENTS = {
    "tasks": ["MEX"],
    "show": ["GRCM-2002-10"],
    "search": ["plan"],
    "schema": ["meeting"],
    "record": ["done", "GRCM-2002-10/22", "--dry-run"],
    "log": ["GRCM-2002-10/22"],
    "diff": ["HEAD"],
    "draft": ["data/sources/GRCM-2002-10.txt"],
    "new": ["--body", "GRCM", "--start", "2009-05-29"],
    "init": ["other", "--code", "EX"],
    "export": ["json"],
    "site": ["pages"],
    "agenda": ["GRCM"],
    "remind": ["MEX"],
}
WRITERS = {"new", "init", "site"}
"""With the arguments above; `record` and `validate --fix` write too, and are tested for it."""
GIT = {"log", "diff"}
PROBE = """
import json, sys
before = set(sys.modules)
from grcm_cli.cli import main
try:
    main({arguments!r})
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted(set(sys.modules) - before)]), file=sys.stderr)
"""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a folder of one's own with the repository's data, in git."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "data"]):
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, timeout=60)
    return tmp_path


def loaded(*arguments: str, cwd: Path = ROOT) -> set[str]:
    """Return the modules that a run of grcm imports."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=list(arguments))],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    code, modules = json.loads(done.stderr.decode().splitlines()[-1])
    assert code == 0
    return set(modules)


def ours(modules: set[str]) -> set[str]:
    return {name.removeprefix("grcm_cli.") for name in modules if name.startswith("grcm_cli.")}


def test_what_the_plain_list_may_import() -> None:
    modules = loaded("due", "--format", "plain", "--as-of", "2002-11-15")
    assert ours(modules) == {
        *("cli", "text", "model", "findings", "deadlines", "parties", "register", "tasks"),
        *("lineage", "occurrences", "reports", "task"),
        *("checker", "rules", *(f"rules.{name.replace('-', '_')}" for name in MEANING)),
        *("queries", "loader", "exporter", "views", "views.tasks", "views.words"),
        *(
            "reader",
            "reader.build",
            "reader.characters",
            "reader.fields",
            "reader.ignores",
            "reader.nodes",
            "reader.places",
            "reader.shapes",
            "reader.syntax",
            "reader.values",
        ),
        *("reporters", "reporters.concise", "formats", "formats.plain"),
        *(
            "commands",
            "commands.due",
            "commands.desk",
            "commands.arguments",
            "commands.choosing",
            "commands.frame",
            "commands.stops",
        ),
    }
    heavy = {"rich", "dateutil", "json", "csv", "dataclasses", "sqlite3", "pydantic", "click"}
    assert not heavy & {name.partition(".")[0] for name in modules}


def test_of_rich_a_table_loads_only_what_measures_letters() -> None:
    modules = loaded("due", "--as-of", "2002-11-15")
    assert {name for name in modules if re.match(r"rich\.[a-z]", name)} == {"rich.cells"}
    for name in ("json", "csv", "md"):
        assert "rich" not in loaded("due", "--format", name)
    assert "rich" not in loaded("show", "GRCM-2002-10/8")
    assert "rich" not in loaded("validate")


PAGED = {"site", "remind"}
"""Which make pages or letters, by templates or from Markdown."""
LIBRARIES = {"xlsxwriter", "icalendar", "sqlite3", "jinja2", "markdown_it", "rich", "csv"}


@pytest.mark.parametrize(
    ("name", "libraries", "views"),
    [
        ("csv", {"csv"}, set()),
        ("json", set(), set()),
        ("md", set(), set()),
        ("xlsx", {"xlsxwriter"}, {"spreadsheet", "matrix", "conclusion", "links", "standing"}),
        ("ics", {"icalendar"}, {"feed", "dues"}),
        ("sqlite", {"sqlite3"}, {"database", "relations"}),
    ],
)
def test_an_export_loads_its_own_library_and_no_other(
    name: str, libraries: set[str], views: set[str]
) -> None:
    modules = loaded("export", name, "-o", "-")
    assert LIBRARIES & {module.partition(".")[0] for module in modules} == libraries
    own = {module.removeprefix("views.") for module in ours(modules) if module.startswith("views.")}
    assert own == views | {"answer", "tasks", "words"}


@pytest.mark.parametrize("name", [name for name in commands.NAMES if name not in PAGED])
def test_only_letters_are_made_with_jinja_and_markdown(name: str, work: Path) -> None:
    modules = loaded(name, *ARGUMENTS.get(name, []), cwd=work)
    assert not {"jinja2", "markdown_it"} & modules


@pytest.mark.parametrize("name", commands.NAMES)
def test_a_command_imports_no_other(name: str, work: Path) -> None:
    arguments = ARGUMENTS.get(name, [])
    modules = ours(loaded(name, *arguments, cwd=work))
    assert {f"commands.{other}" for other in commands.NAMES} & modules == {f"commands.{name}"}


@pytest.mark.parametrize(
    "name", [name for name in commands.NAMES if name not in ("explain", "schema")]
)
def test_a_bug_is_called_a_bug(name: str, work: Path) -> None:
    """An exception in any command is one line and exit 4; the trace comes only with --debug."""
    arguments = ARGUMENTS.get(name, [])
    broken = (
        "import grcm_cli.loader as loader\n"
        "def load(*_): raise ZeroDivisionError('an example')\n"
        "loader.load = load\n"
        "from grcm_cli.cli import main\n"
    )
    for extra in ([], ["--debug"]):
        done = subprocess.run(
            [sys.executable, "-c", f"{broken}main({[name, *arguments, *extra]!r})"],
            cwd=work,
            env=environment(),
            capture_output=True,
            check=False,
            timeout=60,
        )
        said = done.stderr.decode()
        assert (done.returncode, done.stdout) == (4, b"")
        assert said.splitlines()[-1] == (
            "grcm: this is a bug of grcm: ZeroDivisionError: an example (--debug shows where)"
        )
        assert ("Traceback" in said) is bool(extra)
        assert (len(said.splitlines()) == 1) is not bool(extra)


AUDIT = """
import os, sys
seen = []
def hook(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.system")):
        seen.append(event)
    if event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate",
                 "os.chmod", "os.utime", "os.rmdir"):
        seen.append(f"write {{arguments[0]}}")
    if event == "open":
        path, mode, flags = arguments
        if set(mode or "") & set("wax+") or (not mode and flags & (os.O_WRONLY | os.O_RDWR)):
            seen.append(f"write {{path}}")
sys.addaudithook(hook)
sys.dont_write_bytecode = True
from grcm_cli.cli import main
try:
    main({arguments!r})
except SystemExit:
    pass
print(seen, file=sys.stderr)
"""


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder, git's own too, with its bytes and its time."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", commands.NAMES)
def test_no_connection_no_program_no_writing(name: str, work: Path) -> None:
    arguments = ARGUMENTS.get(name, [])
    before = everything(work)
    done = subprocess.run(
        [sys.executable, "-c", AUDIT.format(arguments=[name, *arguments])],
        cwd=work,
        env=environment(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    seen = done.stderr.decode().splitlines()[-1]
    assert (everything(work) == before) is (name not in WRITERS)
    if name in GIT:
        assert set(re.findall(r"'([A-Za-z.]+)'", seen)) == {"subprocess.Popen"}
    elif name in WRITERS:
        assert "'write " in seen
        assert not re.search("socket|subprocess|exec|fork|system", seen)
    else:
        assert seen == "[]"


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Guatemala"])
def test_the_same_bytes_in_every_time_zone(zone: str) -> None:
    first = run_grcm("due", "--as-of", "2002-11-15", "--format", "json", TZ="UTC")
    assert run_grcm("due", "--as-of", "2002-11-15", "--format", "json", TZ=zone).out == first.out


def test_the_house_has_no_file_of_two_jobs() -> None:
    """A file that is longer than a few screens has a second job."""
    for path in (ROOT / "src").rglob("*.py"):
        assert len(Path(path).read_text(encoding="utf-8").splitlines()) <= 350, path


def test_every_list_runs_the_rules_whose_breach_makes_it_doubtful() -> None:
    checked = {rule.name for rule in every_rule() if rule.check and rule.severity == "error"}
    assert set(MEANING) == checked
