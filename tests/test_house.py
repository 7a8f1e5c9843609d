"""What each command loads, and that nothing leaves the process: counted, not timed."""

import ast
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from benchmarks.generate import folder as generated
from openpyxl import Workbook

from grcm_cli.cli import command_table
from grcm_cli.rules import LIST_RULES, every_rule

from . import processes
from .conftest import ROOT, environment, run_grcm

ARGUMENTS = {
    "tasks": ["MEX"],
    "show": ["GRCM-2002-10"],
    "search": ["plan"],
    "schema": ["meeting"],
    "completion": ["zsh"],
    "record": ["done", "GRCM-2002-10/22", "--dry-run"],
    "log": ["GRCM-2002-10/22"],
    "diff": ["HEAD"],
    "draft": ["data/sources/GRCM-2002-10.txt"],
    "import": ["tracker.csv"],
    "new": ["--body", "GRCM", "--start", "2009-05-29"],
    "init": ["other", "--code", "EX"],
    "export": ["json"],
    "site": ["pages"],
    "agenda": ["GRCM"],
    "remind": ["MEX"],
}
WRITERS = {"import", "new", "init", "site"}
"""With the arguments above; `record` and `validate --fix` write too, and are tested for it."""
GIT = {"log", "diff"}
WITHOUT_DATA = ("explain", "schema", "cache", "completion", "help", "lsp")
PROBE = """
import sys
before = set(sys.modules)
from grcm_cli.cli.app import main
try:
    main({arguments!r})
except SystemExit as end:
    code = end.code
print([code, sorted(set(sys.modules) - before)], file=sys.stderr)
"""


@pytest.fixture(scope="module")
def in_git(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the repository's data, in git."""
    folder = tmp_path_factory.mktemp("in_git")
    shutil.copytree(ROOT / "data", folder / "data")
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "data"]):
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *who, *words], cwd=folder, check=True, timeout=60)
    return folder


@pytest.fixture
def work(in_git: Path, tmp_path: Path) -> Path:
    """Return a copy of it to work in."""
    shutil.copytree(in_git, tmp_path, dirs_exist_ok=True)
    rows = [["ref", "by", "date", "state"], ["GRCM-2002-10/22", "MEX", "2003-01-10", "done"]]
    (tmp_path / "reply.csv").write_text("".join(f"{','.join(row)}\n" for row in rows), "utf-8")
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "reply.xlsx")
    rows = [["Meeting", "No.", "Text", "Responsible"], ["GRCM, 2 May 2004", "1", "Act.", "MEX"]]
    lines = (",".join(f'"{cell}"' for cell in row) for row in rows)
    (tmp_path / "tracker.csv").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "tracker.xlsx")
    return tmp_path


def loaded(*arguments: str, cwd: Path = ROOT, **more: str) -> set[str]:
    """Return the modules that a run of grcm imports."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=list(arguments))],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        check=True,
        timeout=60,
    )
    code, modules = ast.literal_eval(done.stderr.decode().splitlines()[-1])
    assert code == 0
    return set(modules)


def ours(modules: set[str]) -> set[str]:
    return {name.removeprefix("grcm_cli.") for name in modules if name.startswith("grcm_cli.")}


def test_what_the_plain_list_may_import() -> None:
    modules = loaded("due", "--format", "plain", "--as-of", "2002-11-15")
    assert ours(modules) == {
        *("cli", "cli.app", "cli.command_line", "cli.command_table", "cli.completion"),
        *("cli.errors", "cli.lookups", "cli.options", "cli.records", "cli.session"),
        *("cli.streams", "cli.task_list", "commands", "commands.due"),
        *("domain", "domain.deadlines", "domain.due", "domain.due_forms", "domain.due_grammar"),
        *("domain.findings", "domain.lineage", "domain.mandate_status", "domain.model"),
        *("domain.parties", "domain.periods", "domain.progress", "domain.query"),
        *("domain.recurrence", "domain.register", "domain.task", "domain.tasks"),
        *("domain.traversal",),
        *("formats", "formats.listing", "formats.plain"),
        *("language", "language.characters", "language.ci_commands"),
        *("language.suggestions", "language.text"),
        *("reader", "reader.advice", "reader.events", "reader.fields", "reader.parts"),
        *("reader.records", "reader.register", "reader.source", "reader.values"),
        *("rules", *(f"rules.{name.replace('-', '_')}" for name in LIST_RULES)),
        *("storage", "storage.file_reader", "storage.loader", "storage.paths"),
        *("views", "views.labels", "views.tasks"),
    }


def test_a_list_from_the_cache_loads_neither_yaml_nor_rules(tmp_path: Path) -> None:
    data = tmp_path / "data"
    generated(data, 60)
    time.sleep(2.1)  # until a change of these files would surely have another time
    asked = ("--data", str(data), "due", "--format", "plain", "--as-of", "2003-01-01")
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert "yaml" in loaded(*asked, cwd=ROOT, **cache)
    again = loaded(*asked, cwd=ROOT, **cache)
    assert not {"yaml", "rich"} & again
    assert not {"reader.records", "reader.values", "rules", "reporters"} & ours(again)


@pytest.mark.parametrize(
    ("arguments", "shell"),
    [
        pytest.param(["--version"], {}, id="the version"),
        pytest.param(["--help"], {}, id="the help"),
        pytest.param(
            [],
            {"_GRCM_COMPLETE": "complete_bash", "COMP_WORDS": "grcm d", "COMP_CWORD": "1"},
            id="a shell that completes the name of a command",
        ),
        pytest.param(
            [],
            {"_GRCM_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "grcm d"},
            id="a shell that shows what each command does",
        ),
    ],
)
def test_help_and_completion_import_no_command(arguments: list[str], shell: dict[str, str]) -> None:
    modules = loaded(*arguments, cwd=ROOT, **shell)
    assert ours(modules) == {
        *("cli", "cli.app", "cli.command_line", "cli.command_table", "cli.completion"),
        *("cli.errors", "cli.streams"),
        *("language", "language.characters", "language.ci_commands", "language.text"),
    }
    assert not {"rich", "yaml", "difflib"} & modules - brought(("typer",))


EVERY_RUN = ("typer", "yaml", "bisect", "dataclasses", "unicodedata")
"""What grcm imports for whatever command; each brings more with it."""
WORKBOOK = ("openpyxl", "openpyxl.packaging.extended")
LETTER = ("jinja2.sandbox", "jinja2.meta", "markdown_it.tree")
IMPORTS = [
    ("due --format plain", ()),
    ("due --format md", ()),
    ("due --format csv", ("csv",)),
    ("due --format json", ("json",)),
    ("due", ("rich.cells",)),
    ("overdue", ("rich.cells",)),
    ("tasks MEX", ("rich.cells",)),
    ("meetings", ("rich.cells",)),
    ("search plan", ("rich.cells",)),
    ("matrix", ("rich.cells",)),
    ("stats", ("rich.cells",)),
    ("changes", ("rich.cells",)),
    ("log GRCM-2002-10/22", ("rich.cells",)),
    ("diff HEAD", ("rich.cells",)),
    ("show GRCM-2002-10/8", ()),
    ("show GRCM-2002-10", ()),
    ("show GRCM-2002-10 --format json", ("json",)),
    ("validate", ("json",)),
    ("validate --format json", ("json",)),
    ("explain unknown-party", ()),
    ("schema meeting", ("json",)),
    ("cache", ("hashlib",)),
    ("completion zsh", ()),
    ("help", ()),
    ("lsp", ("pygls.lsp.server", "pygls.progress", "concurrent.futures.thread", "gc")),
    ("record done GRCM-2002-10/22 --dry-run", ("json",)),
    ("record reply.csv --dry-run", ("csv", "tomllib", "rich.cells", "json")),
    ("record reply.xlsx --dry-run", ("csv", "tomllib", "rich.cells", "json", "openpyxl")),
    ("import tracker.csv --dry-run", ("csv", "tomllib", "rich.cells", "json")),
    ("import tracker.xlsx --dry-run", ("csv", "tomllib", "rich.cells", "json", "openpyxl")),
    ("new --body GRCM --start 2009-05-29", ("json",)),
    ("init other --code EX", ("json",)),
    ("draft data/sources/GRCM-2002-10.txt", ("json", "tomllib")),
    ("draft data/sources/GRCM-2002-10.txt --review x.html", ("json", "tomllib", "jinja2")),
    ("export csv -o -", ("csv",)),
    ("export json -o -", ("json",)),
    ("export md -o -", ()),
    ("export xlsx -o -", WORKBOOK),
    ("export ics -o -", ()),
    ("export sqlite -o -", ("sqlite3", "tempfile", "atexit")),
    ("agenda GRCM", ("tomllib",)),
    ("agenda GRCM --format html", ("tomllib", "markdown_it", "html")),
    ("agenda GRCM --format docx -o -", ("tomllib", "markdown_it.tree", "docx", "zipfile")),
    ("remind MEX", ("tomllib", *LETTER)),
    ("remind MEX --format html", ("tomllib", *LETTER, "html")),
    ("remind MEX --format docx -o -", ("tomllib", *LETTER, "html", "docx", "zipfile")),
    ("remind MEX --format eml", ("tomllib", *LETTER, "html", "email.policy", "email.generator")),
    ("remind MEX --form -o form.xlsx", ("tomllib", *WORKBOOK, *LETTER, "html", "json")),
    ("remind MEX --format json", ("tomllib", *LETTER, "html", "json")),
    ("site pages", ("tomllib", "gc", "jinja2", *WORKBOOK, "json", "csv", "ctypes")),
]
"""What a command imports beside that, because it uses it."""
OF_FORMATS = {
    "csv": {"formats.as_csv"},
    "json": {"formats.as_json"},
    "md": {"formats.markdown", "language.markdown"},
    "xlsx": {"exports.xlsx"},
    "ics": {"exports.ics"},
    "sqlite": {"exports.sqlite"},
}
"""The modules of each format of an export, which the others leave out."""
BARE = "import sys, {name}; print(sorted(sys.modules))"


def brought(names: Iterable[str]) -> set[str]:
    """Return the modules that are loaded where nothing but these is imported."""
    return {module for name in names for module in brought_by(name)}


@cache
def brought_by(name: str) -> set[str]:
    code = BARE.format(name=name)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, check=True, timeout=60
    )
    return set(ast.literal_eval(done.stdout.decode()))


@pytest.mark.parametrize(("command", "libraries"), IMPORTS, ids=[line for line, _ in IMPORTS])
def test_a_command_imports_what_it_uses_and_no_more(
    command: str, libraries: tuple[str, ...], work: Path
) -> None:
    name, *arguments = command.split()
    modules = loaded(name, *arguments, cwd=work)
    others = {
        module
        for module in modules
        if not module.startswith(("grcm_cli", "encodings", "_")) and "._" not in module
    }
    assert others - brought((*EVERY_RUN, *libraries)) == set()
    assert set(libraries) - brought(EVERY_RUN) <= modules
    commands = {f"commands.{command_table.module_of(other)}" for other in command_table.NAMES}
    assert commands & ours(modules) == {f"commands.{command_table.module_of(name)}"}
    if name == "export":
        assert set().union(*OF_FORMATS.values()) & ours(modules) == OF_FORMATS[arguments[0]]


def test_each_format_of_an_export_is_in_the_table_of_imports() -> None:
    exports = [line.split() for line, _ in IMPORTS if line.startswith("export")]
    assert {words[1] for words in exports} == {*OF_FORMATS}


def test_each_command_is_in_the_table_of_imports() -> None:
    assert {command.split()[0] for command, _ in IMPORTS} == set(command_table.NAMES)


@pytest.mark.parametrize("name", [name for name in command_table.NAMES if name not in WITHOUT_DATA])
def test_a_bug_is_called_a_bug(name: str, work: Path) -> None:
    """An exception in any command is one line and exit 4; the trace comes only with --debug."""
    arguments = ARGUMENTS.get(name, [])
    broken = (
        "import grcm_cli.storage.loader as loader\n"
        "def load(*_, **__): raise ZeroDivisionError('an example')\n"
        "loader.load = load\n"
        "from grcm_cli.cli.app import main\n"
    )
    for extra in ([], ["--debug"]):
        command = f"{broken}main({[name, *arguments, *extra]!r})"
        ended = processes.python(command, work, environment())
        said = ended.err.decode()
        assert (ended.code, ended.out) == (4, b"")
        assert said.splitlines()[-1] == (
            "grcm: this is a bug of grcm: ZeroDivisionError: an example (--debug shows where)"
        )
        assert ("Traceback" in said) is bool(extra)
        assert (len(said.splitlines()) == 1) is not bool(extra)


@pytest.mark.parametrize("name", [name for name in command_table.NAMES if name != "help"])
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("MemoryError", "there is not enough memory"),
        ("RecursionError", "the data is nested too deep"),
    ],
)
def test_what_the_machine_cannot_hold_is_no_bug(
    name: str, error: str, reason: str, work: Path
) -> None:
    """Exit 3 and one line, whichever command it ends, with the largest file that was read."""
    broken = (
        "import grcm_cli.storage.loader as loader\n"
        "from grcm_cli.storage.file_reader import read_bytes\n"
        "def fail(folder=None, *_, **__):\n"
        "    if folder and folder.exists(): read_bytes(folder / 'register.yaml')\n"
        f"    raise {error}\n"
        "loader.load = fail\n"
        "from grcm_cli.cli.app import main\n"
    )
    reads = name not in (*WITHOUT_DATA, "init")
    if not reads and name != "init":
        broken += "import grcm_cli.cli.session as s; s.Session.of = lambda *_: fail()\n"
    command = f"{broken}main({[name, *ARGUMENTS.get(name, [])]!r})"
    ended = processes.python(command, work, environment())
    [said] = ended.err.decode().splitlines()
    assert (ended.code, ended.out) == (3, b""), said
    largest = r"; the largest file is .*data/register\.yaml, with [0-9]+ bytes" if reads else ""
    assert re.fullmatch(f"grcm: the machine failed: {reason}{largest}", said)


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
from grcm_cli.cli.app import main
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


@pytest.mark.parametrize("name", command_table.NAMES)
def test_no_connection_no_program_no_writing(name: str, work: Path) -> None:
    arguments = ARGUMENTS.get(name, [])
    before = everything(work)
    done = subprocess.run(  # a start and all imports too
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
    elif name == "lsp":
        # The two ends with which asyncio wakes itself, which no other program sees, and stdout.
        others = set(ast.literal_eval(seen)) - {"socket.__new__"}
        assert {re.sub("[0-9]+$", "N", event) for event in others} <= {"write N"}
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
        assert len(Path(path).read_text(encoding="utf-8").splitlines()) <= 525, path


def test_every_list_runs_the_rules_whose_breach_makes_it_doubtful() -> None:
    checked = {rule.name for rule in every_rule() if rule.check and rule.severity == "error"}
    assert set(LIST_RULES) == checked
