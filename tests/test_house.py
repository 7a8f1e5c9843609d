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
from typing import NamedTuple, NoReturn

import pytest
from benchmarks.generate import folder as generated
from openpyxl import Workbook

from grcm_cli.cli import command_table, session
from grcm_cli.storage import file_reader, loader

from . import processes
from .conftest import EVERY, ROOT, environment, repository, run_grcm, run_python
from .processes import Ended

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
    "rename": ["party", "PPT", "PRES", "--dry-run"],
    "new": ["--body", "GRCM", "--start", "2009-05-29"],
    "init": ["other", "--code", "EX"],
    "export": ["json"],
    "site": ["pages"],
    "agenda": ["GRCM"],
    "remind": ["MEX"],
}
GIT = {"log", "diff"}
RULES = ROOT / "src/grcm_cli/rules"
WITHOUT_DATA = ("explain", "schema", "cache", "completion", "help", "lsp")
PROBE = """
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
sys.dont_write_bytecode = True
sys.addaudithook(hook)
before = set(sys.modules)
from grcm_cli.cli.app import main
try:
    main({arguments!r})
except SystemExit as end:
    code = end.code
print([code, sorted(set(sys.modules) - before), seen], file=sys.stderr)
"""


class Probed(NamedTuple):
    """What a run of grcm imports, and what it does to others."""

    modules: set[str]
    seen: list[str]


@pytest.fixture(scope="module")
def in_git(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the repository's data, in git, and with sheets that came back."""
    folder = tmp_path_factory.mktemp("in_git")
    shutil.copytree(ROOT / "data", folder / "data")
    repository(folder)
    rows = [["ref", "by", "date", "state"], ["GRCM-2002-10/22", "MEX", "2003-01-10", "done"]]
    (folder / "reply.csv").write_text("".join(f"{','.join(row)}\n" for row in rows), "utf-8")
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "reply.xlsx")
    rows = [["Meeting", "No.", "Text", "Responsible"], ["GRCM, 2 May 2004", "1", "Act.", "MEX"]]
    lines = (",".join(f'"{cell}"' for cell in row) for row in rows)
    (folder / "tracker.csv").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "tracker.xlsx")
    return folder


@pytest.fixture
def work(in_git: Path, tmp_path: Path) -> Path:
    """Return a copy of it to work in."""
    shutil.copytree(in_git, tmp_path, dirs_exist_ok=True)
    return tmp_path


def probe(*arguments: str, cwd: Path = ROOT, **more: str) -> Probed:
    """Run grcm in a new Python and return what it imports and does."""
    command = [sys.executable, "-c", PROBE.format(arguments=list(arguments))]
    done = subprocess.run(
        command, cwd=cwd, env=environment(**more), capture_output=True, check=True, timeout=60
    )
    code, modules, seen = ast.literal_eval(done.stderr.decode().splitlines()[-1])
    assert code == 0
    return Probed(set(modules), seen)


def loaded(*arguments: str, cwd: Path = ROOT, **more: str) -> set[str]:
    """Return the modules that a run of grcm imports."""
    return probe(*arguments, cwd=cwd, **more).modules


def ours(modules: set[str]) -> set[str]:
    return {name.removeprefix("grcm_cli.") for name in modules if name.startswith("grcm_cli.")}


def test_what_the_plain_list_may_import() -> None:
    modules = loaded("due", "--format", "plain", "--as-of", "2002-11-15")
    assert ours(modules) == {
        *("cli", "cli.app", "cli.command_line", "cli.command_table"),
        *("cli.options", "cli.records", "cli.session"),
        *("lookups", "lookups.errors", "lookups.names"),
        *("commands", "commands.tasks"),
        *("domain", "domain.due", "domain.due_forms"),
        *("domain.findings", "domain.lineage", "domain.model"),
        *("domain.parties", "domain.periods", "domain.progress", "domain.publication"),
        *("domain.register", "domain.task", "domain.tasks"),
        *("formats", "formats.listing", "formats.plain"),
        *("language", "language.characters", "language.ci_commands", "language.days"),
        *("language.grammar", "language.lexicon", "language.suggestions", "language.text"),
        *("reader", "reader.advice", "reader.events", "reader.fields"),
        *("reader.records", "reader.source", "reader.values"),
        *("rules", *(f"rules.{path.stem}" for path in RULES.glob("[!_]*.py"))),
        *("storage", "storage.file_reader", "storage.files", "storage.loader", "storage.paths"),
        "storage.stray_files",
        *("views", "views.labels", "views.tasks"),
    }


def test_a_list_from_the_cache_loads_neither_yaml_nor_rules(tmp_path: Path) -> None:
    data = tmp_path / "data"
    generated(data, 12)
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
        pytest.param([],
                     {"_GRCM_COMPLETE": "complete_bash", "COMP_WORDS": "grcm d", "COMP_CWORD": "1"},
                     id="a shell that completes the name of a command"),
        pytest.param([], {"_GRCM_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "grcm d"},
                     id="a shell that shows what each command does"),
    ],
)  # fmt: skip
def test_help_and_completion_import_no_command(arguments: list[str], shell: dict[str, str]) -> None:
    modules = loaded(*arguments, cwd=ROOT, **shell)
    assert ours(modules) == {
        *("cli", "cli.app", "cli.command_line", "cli.command_table"),
        *("lookups", "lookups.errors"),
        *("language", "language.characters", "language.ci_commands", "language.suggestions"),
        "language.text",
    }
    assert not {"rich", "yaml", "difflib"} & modules - brought(("typer",))


EVERY_RUN = ("typer", "yaml", "bisect", "dataclasses", "unicodedata")
"""What grcm imports for whatever command; each brings more with it."""
SHEET = ("csv", "tomllib", "rich.cells", "json")
WORKBOOK = ("openpyxl", "openpyxl.packaging.extended")
LETTER = ("jinja2.sandbox", "jinja2.meta", "markdown_it.tree")
IMPORTS = [
    *(("due --format plain", ()), ("due --format md", ()), ("due --format csv", ("csv",))),
    *(("due --format json", ("json",)), ("due", ("rich.cells",)), ("overdue", ("rich.cells",))),
    *(("tasks MEX", ("rich.cells",)), ("meetings", ("rich.cells",))),
    *(("search plan", ("rich.cells",)), ("matrix", ("rich.cells",)), ("stats", ("rich.cells",))),
    *(("changes", ("rich.cells",)), ("log GRCM-2002-10/22", ("rich.cells",))),
    *(("diff HEAD", ("rich.cells",)), ("show GRCM-2002-10/8", ("rich.cells", "json"))),
    ("show GRCM-2002-10", ("rich.cells", "json")),
    *(("show GRCM-2002-10 --format json", ("json",)), ("validate", ("rich.cells", "json"))),
    *(("validate --format json", ("json",)), ("explain unknown-party", ("rich.cells", "tomllib"))),
    *(("schema meeting", ("json",)), ("cache", ("hashlib", "pickle")), ("completion zsh", ())),
    ("help", ()),
    ("lsp", ("pygls.lsp.server", "pygls.progress", "concurrent.futures.thread", "gc")),
    ("record done GRCM-2002-10/22 --dry-run", ("json", "tomllib")),
    ("record reply.csv --dry-run", ("csv", "tomllib", "rich.cells", "json")),
    ("record reply.xlsx --dry-run", (*SHEET, "openpyxl", "xml.parsers.expat")),
    ("import tracker.csv", ("csv", "tomllib", "rich.cells", "json")),
    ("import tracker.xlsx --dry-run", (*SHEET, "openpyxl", "xml.parsers.expat")),
    ("rename party PPT PRES --dry-run", ("json",)),
    *(("new --body GRCM --start 2009-05-29", ("json",)), ("init other --code EX", ("json",))),
    ("draft data/sources/GRCM-2002-10.txt", ("json", "tomllib")),
    ("draft data/sources/GRCM-2002-10.txt --review x.html", ("json", "tomllib", "jinja2")),
    *(("export csv -o -", ("csv",)), ("export json -o -", ("json",)), ("export md -o -", ())),
    *(("export xlsx -o -", ("tomllib", *WORKBOOK)), ("export ics -o -", ("tomllib",))),
    *(("export sqlite -o -", ("sqlite3",)), ("agenda GRCM", ("tomllib",))),
    ("agenda GRCM --format html", ("tomllib", "markdown_it.tree", "html")),
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
TRIED = IMPORTS if EVERY else IMPORTS[::4]
"""Without GRCM_ALL_STATES every fourth line: each is a start of Python."""
WRITTEN = {"tracker.csv", "new", "init", "site", "x.html", "form.xlsx"}
"""The words of those that write; `record` and `validate --fix` write too, and are tested for it."""
TEMPORARY = ("export xlsx -o -",)  # those that make a temporary file, which is away at the end
OF_FORMATS = {
    "csv": {"formats.as_csv"},
    "json": {"formats.as_json"},
    "md": {"formats.markdown", "language.markdown"},
    "xlsx": {"exports.xlsx"},
    "ics": {"exports.ics"},
    "sqlite": {"exports.sqlite"},
}
"""The modules of each format of an export, which the others leave out."""
BARE = """
import os, sys
for name in sys.argv[1:]:
    if not os.fork():
        __import__(name)
        print([name, sorted(sys.modules)], flush=True)
        os._exit(0)
    os.wait()
"""


def brought(names: Iterable[str]) -> set[str]:
    """Return the modules that are loaded where nothing but these is imported."""
    return {module for name in names for module in brought_by_each()[name]}


@cache
def brought_by_each() -> dict[str, list[str]]:
    """Return the modules that each library of the table brings, in a process without others."""
    names = {*EVERY_RUN, *(name for _line, libraries in IMPORTS for name in libraries)}
    ran = run_python("-c", BARE, *names)
    assert ran.code == 0, ran.err
    return dict(map(ast.literal_eval, ran.out.splitlines()))


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder, git's own too, with its bytes and its time."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_each_format_of_an_export_is_in_the_table_of_imports() -> None:
    exports = [line.split() for line, _ in IMPORTS if line.startswith("export")]
    assert {words[1] for words in exports} == {*OF_FORMATS}


def test_each_command_is_in_the_table_of_imports() -> None:
    assert {command.split()[0] for command, _ in IMPORTS} == set(command_table.NAMES)


@pytest.mark.parametrize(("command", "libraries"), TRIED, ids=[line for line, _ in TRIED])
def test_a_command_imports_and_does_what_it_must_and_no_more(
    command: str, libraries: tuple[str, ...], work: Path
) -> None:
    """It makes no connection, starts no program but git, and writes only what it is asked for."""
    name, *arguments = command.split()
    before = everything(work)
    modules, seen = probe(name, *arguments, cwd=work)
    is_writer = WRITTEN.intersection(command.split()) != set()
    assert (everything(work) == before) is not is_writer
    events = {re.sub("[0-9]+$", "N", event) for event in seen}
    if name in GIT:
        assert {event for event in events if event[:6] != "write "} == {"subprocess.Popen"}
    elif name == "lsp":
        # The two ends with which asyncio wakes itself, which no other program sees, and stdout.
        assert events - {"socket.__new__"} <= {"write N"}
    elif is_writer or command in TEMPORARY:
        assert {event[:6] for event in events} == {"write "}
    else:
        assert events == set()
    others = {
        module
        for module in modules
        if not module.startswith(("grcm_cli", "encodings", "_")) and "._" not in module
    }
    assert others - brought((*EVERY_RUN, *libraries)) == set()
    assert set(libraries) - brought(EVERY_RUN) <= modules
    commands = {f"commands.{command_table.function_of(other)[0]}" for other in command_table.NAMES}
    assert commands & ours(modules) == {f"commands.{command_table.function_of(name)[0]}"}
    if name == "export":
        assert set().union(*OF_FORMATS.values()) & ours(modules) == OF_FORMATS[arguments[0]]


def broken(arguments: list[str], error: type[Exception], cwd: str) -> None:
    """Run grcm where reading a record, or a session without one, ends in an error."""

    def fail(folder: Path | None = None, *_: object, **__: object) -> NoReturn:
        if folder and folder.exists():
            file_reader.read_bytes(folder / "register.yaml")
        raise error("an example")

    load = loader.load
    for module in [*sys.modules.values()]:  # wherever it was imported to
        if getattr(module, "load", None) is load:
            module.load = fail  # type: ignore[attr-defined]
    if arguments[0] in WITHOUT_DATA:
        session.Session.of = lambda *_: fail()  # type: ignore[method-assign] # as above
    processes.grcm_here(arguments, cwd, environment())


def test_a_second_reader_is_the_only_program_that_a_draft_starts(work: Path) -> None:
    seen = probe("draft", "data/sources/GRCM-2002-10.txt", "--reader", "false", cwd=work).seen
    assert [event for event in seen if event[:6] != "write "] == ["subprocess.Popen"]


def broken_run(name: str, error: type[Exception], cwd: Path, *options: str) -> Ended:
    arguments = [name, *ARGUMENTS.get(name, []), *options]
    return processes.call(broken, (arguments, error, str(cwd)))


@pytest.mark.parametrize("name", [name for name in command_table.NAMES if name not in WITHOUT_DATA])
def test_a_bug_is_called_a_bug(name: str, work: Path) -> None:
    """An exception in any command is one line and exit 4; the trace comes only with --debug."""
    for options in ([], ["--debug"]):
        ended = broken_run(name, ZeroDivisionError, work, *options)
        said = ended.err.decode()
        assert (ended.code, ended.out) == (4, b"")
        assert said.splitlines()[-1] == (
            "grcm: this is a bug in grcm: ZeroDivisionError: an example (--debug shows where)"
        )
        assert ("Traceback" in said) is bool(options)
        assert (len(said.splitlines()) == 1) is not bool(options)


@pytest.mark.parametrize("name", [name for name in command_table.NAMES if name != "help"])
def test_what_the_machine_cannot_hold_is_no_bug(name: str, work: Path) -> None:
    """Exit 3 and one line, whichever command it ends, with the largest file that was read."""
    largest = r"; the largest file is .*data/register\.yaml, with [0-9]+ bytes"
    for error, reason in (
        (MemoryError, "there is not enough memory"),
        (RecursionError, "the data are nested too deeply"),
    ):
        ended = broken_run(name, error, work)
        [said] = ended.err.decode().splitlines()
        assert (ended.code, ended.out) == (3, b""), said
        reads = name not in (*WITHOUT_DATA, "init")
        assert re.fullmatch(f"grcm: system error: {reason}{largest * reads}", said)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Guatemala"])
def test_the_same_bytes_in_every_time_zone(zone: str) -> None:
    first = run_grcm("due", "--as-of", "2002-11-15", "--format", "json", TZ="UTC")
    assert run_grcm("due", "--as-of", "2002-11-15", "--format", "json", TZ=zone).out == first.out
