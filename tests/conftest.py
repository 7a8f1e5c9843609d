"""What the tests share: a small register to read, folders to write into, and grcm to run."""

import gc
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

import html5lib
import pytest
from hypothesis import settings

from grcm_cli.domain.findings import MISSING, Finding
from grcm_cli.domain.register import Register
from grcm_cli.language import text
from grcm_cli.storage.loader import Loaded, load

from . import processes

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
EVERY = os.environ.get("GRCM_ALL_STATES") == "1"
"""Whether tests that go through all states, operations or mutants leave none out, to be slow."""

# A small process, plainly an example: four members, one of which joins later, an office that
# passes from AAA to BBB at the turn of the year 2003, and two bodies.
REGISTER = """\
process: {code: EX, name: {es: Ejemplo, en: Example}, languages: [es, en]}
bodies:
  WG: {name: Grupo de Trabajo}
  CO: {name: Conferencia}
members:
  AAA: {name: {es: Ámbar, en: Amber}, aliases: [A. A., Amb]}
  BBB: {name: Brezo, aliases: [BB]}
  CCC: {name: Cedro, until: 2002-12-31}
  DDD: {name: Dalia, since: 2003-01-01}
offices:
  CH:
    name: {es: Presidencia, en: Chair}
    terms: [{holder: AAA, from: 2002-01-01}, {holder: BBB, from: 2003-01-01}]
organizations:
  ORG: {name: Organización}
"""
MEETING = """\
id: {id}
body: {body}
start: {start}
end: {end}
participants: [AAA, CCC]
conclusions:
"""


SOMEBODY = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in {"NAME": "Example", "EMAIL": "example@example.org"}.items()
}
"""Who commits, in the environment of git."""

# No example has a deadline of its own: on a busy machine a sound one would miss it.
settings.register_profile("grcm", deadline=None, max_examples=100 if EVERY else 50)
settings.load_profile("grcm")

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
"""The folder of Linux whose files are in memory."""


def pytest_configure() -> None:
    """Make temporary folders in memory where it has room: there are tens of thousands of them.

    On a disk, to take one away can take 3 ms. TMPDIR, where it is set, says another place.
    """
    if "TMPDIR" not in os.environ and has_room(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def has_room(folder: Path) -> bool:
    """Return whether a folder can hold what the tests write, and programs that they run."""
    if os.name == "nt" or not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > 4 * 1024**3 and not found.f_flag & os.ST_NOEXEC


def pytest_collection() -> None:
    """Collect without a search for garbage: nothing of eleven thousand tests is."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what was collected out of every search for garbage, and out of copies of the process.

    A search writes to all that it sees, so that a copy has pages of its own of that.
    """
    gc.enable()
    gc.set_threshold(50_000, 10, 10)  # of Python's 700, a search is 4 % of all the time
    gc.freeze()


class Folder:
    """A data folder to write into and to read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("register.yaml", REGISTER)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file below the folder."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def meeting(
        self,
        conclusions: str,
        id: str = "WG-2002-10",  # noqa: A002 - the key's own name
        body: str = "WG",
        start: str = "2002-10-29",
        end: str = "2002-10-31",
    ) -> None:
        """Write a meeting with these conclusions, which are YAML of a list."""
        head = MEETING.format(id=id, body=body, start=start, end=end)
        self.write(f"meetings/{id}.yaml", head + conclusions if conclusions else head[:-13])

    def mandate(self, keys: str, **meeting: str) -> None:
        """Write a meeting with one conclusion, number 1, that carries these keys of a mandate."""
        self.meeting(f"- {{number: 1, text: Texto, {keys}}}\n", **meeting)

    def progress(self, party: str, entries: str) -> None:
        """Write a party's entries."""
        self.write(f"progress/{party}.yaml", entries)

    def load(self) -> Loaded:
        """Read the folder as commands do."""
        return load(self.path, self.path)

    def register(self) -> Register:
        """Return the register of a folder that has no findings."""
        loaded = self.load()
        assert loaded.register is not None
        assert self.findings() == []
        return loaded.register

    def findings(self) -> list[Finding]:
        """Return what the reader finds, in order, but that an example has no meeting."""
        found = (f for f in self.load().findings if (f.at.path, f.rule) != ("meetings", MISSING))
        return sorted(found, key=lambda finding: (finding.at, finding.rule))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty data folder with the example register."""
    return Folder(tmp_path)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a working folder with a copy of the repository's data."""
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data/progress").mkdir(exist_ok=True)
    return tmp_path


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    text.set_language("en")
    yield
    text.set_language("en")


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", processes.does_not_wait)
        yield


class Ran:
    """What a run of grcm, or of another program, gave."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code = code
        self.out = out.decode()
        self.err = err.decode()


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which a run depends on nothing but what is given here."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    plain = {"COLUMNS": "100", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "GRCM_LANG": "en"}
    uncached = {} if "XDG_CACHE_HOME" in more else {"GRCM_NO_CACHE": "1"}
    return {**kept, **plain, **uncached, **more}


def run_grcm(*arguments: str, cwd: Path = ROOT, stdin: str | bytes = b"", **more: str) -> Ran:
    """Run grcm in a process of its own and return what it gave. `more` is its environment's."""
    if any(name.startswith(("PYTHON", "LC_", "LANG")) for name in more):
        # What Python reads when it starts needs one that starts.
        return run_python("-m", "grcm_cli", *arguments, cwd=cwd, stdin=stdin, **more)
    given = stdin.encode() if isinstance(stdin, str) else stdin
    ended = processes.grcm(arguments, cwd, environment(**more), given)
    return Ran(ended.code, ended.out, ended.err)


def run_python(*words: str, cwd: Path = ROOT, stdin: str | bytes = b"", **more: str) -> Ran:
    """Run a Python of its own, as `run_program` does."""
    return run_program(sys.executable, *words, cwd=cwd, stdin=stdin, **more)


def run_program(*command: str, cwd: Path = ROOT, stdin: str | bytes = b"", **more: str) -> Ran:
    """Run a program and return what it gave. `more` is its environment's."""
    given, env = stdin.encode() if isinstance(stdin, str) else stdin, environment(**more)
    done = subprocess.run(
        command, cwd=cwd, env=env, input=given, capture_output=True, timeout=300, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


_HOLDER = """
import sys, time
from pathlib import Path
from grcm_cli.storage import files
path = Path(sys.argv[1])
def hold(now):
    path.with_name(f".{path.name}.0123abcd.new").write_bytes(b"half")
    print("held", flush=True)
    time.sleep(60)
    return now
files.rewrite_all({path: hold})
"""


@contextmanager
def held_by_another(path: Path) -> Iterator[int]:
    """Let another process hold a file's lock, which has begun to write it; yield its id."""
    command = [sys.executable, "-c", _HOLDER, str(path)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            yield holder.pid
        finally:
            holder.kill()


def table(text: str) -> list[object]:
    """Return the cases of a table: cells between ` | `, and above a row, after #, what it is.

    ⏎ in a cell is a line end.
    """
    cases: list[object] = []
    name = None
    for line in text.strip().splitlines():
        if line.startswith("# "):
            name = line.removeprefix("# ")
        else:
            cells = [cell.strip(" ").replace("⏎", "\n") for cell in f"{line} ".split(" | ")]
            cases.append(pytest.param(*cells, id=name))
            name = None
    return cases


def git(where: Path, *words: str, **more: str) -> str:
    """Run git as somebody of the examples, and return what it says. `more` is its environment's."""
    of_nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    ran = run_program("git", *words, cwd=where, **{**of_nobody, **SOMEBODY, **more})
    assert ran.code == 0, ran.err
    return ran.out


def repository(folder: Path) -> Path:
    """Make a folder a git repository of one commit, on branch main, and return it."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "data")
    return folder


_BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_RUN = re.compile(
    _BLOCK.pattern + r"|^```(?:yaml|python|csv|text)\n(?P<text># (?P<added>added to )?"
    r"(?P<file>\S+/\S+\.(?:yaml|md)|\w+\.(?:py|csv|txt))\n.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_PLAIN = re.compile(
    r"""grcm(?P<words>(?:[^'"|&;<>$`*?(){}\[\]~\\\n#]|(?<! )\#|'[^']*'|"[^"$`\\\n]*")+?)"""
    r"(?: > (?P<file>[\w./-]+))?(?: ?(?P<joint>\||&&|;) (?P<rest>.*))?",
    re.DOTALL,
)
"""A line that begins with a grcm for which a shell reads no more than words and quotation marks."""
_COMMAND = re.compile(r"^\$ (?P<command>.+)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def transcript(page: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, command and expected output of each `$ …` in the console blocks of a page."""
    for block in _BLOCK.finditer(page):
        for match in _COMMAND.finditer(block["body"]):
            line = page.count("\n", 0, block.start("body") + match.start()) + 1
            yield line, match["command"], match["output"].rstrip("\n")


def rewrite(page: str, cwd: Path, more: Mapping[str, str] = {}, *, may_write: bool = False) -> str:
    """Return a page with the output that its commands give now.

    `more` is added to their environment. With `may_write`, the blocks that begin with a file's name
    are files that are there for the commands after them, or are added to one.
    """
    more = dict(more)

    def block(found: re.Match[str]) -> str:
        if found["file"]:
            if may_write:
                path = cwd / found["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                is_bare = found["added"] or path.suffix in (".csv", ".txt")
                text = found["text"].partition("\n")[2] if is_bare else found["text"]
                with path.open("a" if found["added"] else "w", encoding="utf-8") as file:
                    file.write(text)
            return found[0]
        commands = [match["command"] for match in _COMMAND.finditer(found["body"])]
        answers = [run_line(command, cwd, more) for command in commands]
        runs = [
            f"$ {command}\n" + (f"{answer}\n\n" if answer else "")
            for command, answer in zip(commands, answers, strict=True)
        ]
        return "```console\n" + "".join(runs).rstrip("\n") + "\n```"

    return _RUN.sub(block, page)


def run_line(command: str, cwd: Path, more: dict[str, str] | None = None) -> str:
    """Return what a shell shows for a command line: its output, messages, and a failing code.

    `export NAME=VALUE` is added to the environment for the commands after it, `more`; `page FILE
    PATH` says the text of each element at a path of a page, and where a link leads.
    """
    more = {} if more is None else more
    if command.startswith("export "):
        name, _, value = command.removeprefix("export ").partition("=")
        more[name] = value
        return ""
    env = environment(PATH=processes.path_for_shells(), **more) | SOMEBODY
    code, out, err = _answer(command, cwd, env)
    messages = (f"2> {line}\n" for line in err.decode().splitlines())
    shown = (out.decode() + "".join(messages)).rstrip("\n")
    return "\n".join(filter(None, [shown, f"[exit {code}]" if code else ""]))


def _answer(command: str, cwd: Path, env: dict[str, str]) -> tuple[int, bytes, bytes]:
    """Return the exit code and the output of a line, whose first grcm needs no shell for itself."""
    out, err, rest = b"", b"", command
    if command.startswith("page "):
        first, _, rest = command.partition(" | ")
        out = page_text(cwd, *first.split()[1:]).encode()
    elif plain := _PLAIN.fullmatch(command):
        code, out, err, _seconds = processes.grcm(shlex.split(plain["words"]), cwd, env)
        if plain["file"]:
            (cwd / plain["file"]).write_bytes(out)
            out = b""
        rest = plain["rest"] or ""
        if plain["joint"] != "|":
            runs = rest and not (code and plain["joint"] == "&&")
            after = _answer(rest, cwd, env) if runs else (code, b"", b"")
            return after[0], out + after[1], err + after[2]
    if not rest:
        return 0, out, err
    done = subprocess.run(
        ["bash", "-c", rest], cwd=cwd, env=env, input=out, capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, err + done.stderr


def corrupted(data: bytes, chance: Random) -> bytes:
    """Return bytes with one bit, some or one byte more or less."""
    place = chance.randrange(len(data))
    after = (
        bytes([data[place] ^ 1 << chance.randrange(7)]) + data[place + 1 :],
        data[place + chance.randrange(1, 40) :],
        bytes([chance.randrange(33, 127)]) + data[place:],
    )
    return data[:place] + after[chance.randrange(3)]


def page_text(folder: Path, name: str, path: str) -> str:
    """Return the text of each element at a path of a page, a line each, and where a link leads.

    `p.lead` in the path is a paragraph of class lead.
    """
    from .site.test_site import said  # a site is read by these pages alone

    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    lines = []
    where = re.sub(r"\.(\w+)", r"[@class='\1']", path)
    for element in parser.parse((folder / name).read_text("utf-8")).iterfind(f".//{where}"):
        cells = element if element.tag == "tr" else [element]
        text = " | ".join(cell.get("aria-label") or said(cell) for cell in cells).rstrip()
        text = f"({element.get('lang')}) {text}" if element.get("lang") else text
        address = element.get("href") or element.get("src")
        lines.append(f"[{text}]({address})" if address else text)
    return "".join(f"{line}\n" for line in lines)
