"""A library that is missing, too old or damaged: one sentence with what to install, and exit 3."""

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import openpyxl
import pytest

from grcm_cli.cli.libraries import advice, fits

from ..conftest import ROOT, Folder, Ran, environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS: dict[str, str] = {
    re.split(r"[<>=]", line)[0]: line
    for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lsp"])
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"
USES = [
    ("typer", "typer", "--version"),
    ("typer", "typer", "due"),
    ("pyyaml", "yaml", "validate"),
    ("rich", "rich", "due"),
    ("python-dateutil", "dateutil", "due --format plain"),
    ("pypdf", "pypdf", "draft a.pdf"),
    ("icalendar", "icalendar", "export ics -o -"),
    ("icalendar", "icalendar", "site pages"),
    ("XlsxWriter", "xlsxwriter", "export xlsx -o -"),
    ("Jinja2", "jinja2", "remind AAA"),
    ("Jinja2", "jinja2", "site pages"),
    ("openpyxl", "openpyxl", "record a.xlsx"),
    ("openpyxl", "openpyxl", "import a.xlsx"),
    ("python-docx", "docx", "agenda WG --format docx -o -"),
    ("markdown-it-py", "markdown_it", "agenda WG --format html"),
    ("pygls", "pygls", "lsp"),
]
"""Each library, its module, and a command that cannot do without it."""
HERE = [use for use in USES if use[0] != "pypdf"]
"""Without the one that a process of its own loads, which takes no folder of libraries."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder in which every library is needed for something."""
    folder = Folder(tmp_path / "work")
    folder.mandate("responsible: AAA, due: within 2 months")
    (folder.path / "a.pdf").write_bytes(PDF)
    book = openpyxl.Workbook()
    book.active.append(["Reference", "Party", "Progress", "Date"])
    book.save(folder.path / "a.xlsx")
    return folder.path


def run(command: str, cwd: Path, libraries: Path, *flags: str, **more: str) -> Ran:
    """Run grcm with a folder of libraries that come before the installed ones."""
    code = f"import sys; sys.path.insert(0, {str(libraries)!r})\n"
    words = ["grcm", *command.split()]
    start = f"{code}sys.argv = {words!r}\nfrom grcm_cli.__main__ import main\nmain()"
    done = subprocess.run(
        [sys.executable, *flags, "-c", start],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def replaced(folder: Path, module: str, source: str, library: str, version: str | None) -> Path:
    """Make a library of one module; with a `version`, as pip would have installed it."""
    folder.mkdir()
    package = folder / module
    package.mkdir()
    (package / "__init__.py").write_text(source, encoding="utf-8")
    if version is not None:
        info = folder / f"{library.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        head = f"Metadata-Version: 2.1\nName: {library}\nVersion: {version}\n"
        (info / "METADATA").write_text(head, encoding="utf-8")
    return folder


def assert_one_sentence(ran: Ran, *parts: str) -> None:
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("grcm: ")
    for part in parts:
        assert part.casefold() in ran.err.casefold()  # builders of a package write names small


def test_every_library_is_tried() -> None:
    assert {library for library, _module, _command in USES} == set(REQUIREMENTS)


@pytest.mark.parametrize(("library", "module", "command"), HERE)
def test_one_that_is_too_old_is_named_with_what_to_do(
    library: str, module: str, command: str, data: Path, tmp_path: Path
) -> None:
    old = replaced(tmp_path / "old", module, "", library, "0.1")
    requirement = REQUIREMENTS[library]
    ran = run(command, data, old)
    assert_one_sentence(ran, f"{requirement} is needed, and there is 0.1", f'"{requirement}"')
    assert f"{sys.executable} -m pip install " in ran.err


@pytest.mark.parametrize(("library", "module", "command"), HERE)
def test_one_that_cannot_be_imported_is_named_too(
    library: str, module: str, command: str, data: Path, tmp_path: Path
) -> None:
    source = f"raise ImportError('cut off', name={module + '.part'!r})"
    ran = run(command, data, replaced(tmp_path / "damaged", module, source, library, None))
    name = library.casefold()
    assert (ran.code, ran.out) == (3, "")
    assert name in ran.err.casefold()
    assert "is damaged" in ran.err
    assert "pip install --force-reinstall" in ran.err


def metadata_only(folder: Path) -> Path:
    """Return a folder with grcm as pip installs it, without any library."""
    info = folder / "grcm_cli-1.0.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", "Name: grcm-cli", "Version: 1.0"]
    lines += [f"Requires-Dist: {line}" for line in PROJECT["dependencies"]]
    lines += ['Requires-Dist: not-asked-for>=1; extra == "more"']
    (info / "METADATA").write_text("\n".join([*lines, ""]), encoding="utf-8")
    (folder / "grcm_cli").symlink_to(ROOT / "src" / "grcm_cli")
    return folder


@pytest.mark.parametrize("lang", ["en", "es"])
def test_without_any_library_all_are_named(lang: str, data: Path, tmp_path: Path) -> None:
    alone = metadata_only(tmp_path / "alone")
    ran = run("due", data, alone, "-I", "-S", GRCM_LANG=lang)  # -S: nothing that pip installed
    assert_one_sentence(ran, *(f'"{line}"' for line in PROJECT["dependencies"]))
    assert ran.err.count("is missing" if lang == "en" else "falta") == len(PROJECT["dependencies"])
    assert "not-asked-for" not in ran.err


def test_from_a_copy_of_the_source_the_missing_one_is_named(data: Path, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "grcm_cli").symlink_to(ROOT / "src" / "grcm_cli")
    ran = run("due", data, tmp_path / "alone", "-I", "-S")
    assert_one_sentence(ran, "typer is missing", 'pip install "typer"')


def test_debug_shows_the_trace_too(data: Path, tmp_path: Path) -> None:
    old = replaced(tmp_path / "old", "icalendar", "", "icalendar", "0.1")
    ran = run("export ics -o - --debug", data, old)
    assert ran.code == 3
    assert "Traceback" in ran.err
    assert ran.err.splitlines()[-1].startswith("grcm: a library")


def test_a_document_that_needs_a_missing_library(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grcm_cli.drafting.documents import sandbox

    broken = sandbox._START.replace("from grcm_cli", "sys.modules['pypdf'] = None\nfrom grcm_cli")
    monkeypatch.setattr(sandbox, "_START", broken)
    with pytest.raises(ImportError) as caught:
        sandbox.read("pdf", PDF)
    assert caught.value.name == "pypdf"
    assert "pypdf" in (advice(caught.value) or "")


# --- what is no library's fault ------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        ZeroDivisionError(),
        ImportError("cannot import name", name="grcm_cli.domain"),
        ImportError("no name"),
        ModuleNotFoundError("no tomllib", name="tomllib"),
    ],
    ids=repr,
)
def test_a_bug_of_ours_stays_one(error: Exception) -> None:
    assert advice(error) is None


def test_another_exception_is_not_for_lack_of_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = metadata.version

    def version(name: str) -> str:
        if name == "icalendar":
            raise metadata.PackageNotFoundError
        return installed(name)

    monkeypatch.setattr(metadata, "version", version)
    assert advice(ZeroDivisionError()) is None
    assert "icalendar>=" in (advice(ModuleNotFoundError("x", name="icalendar")) or "")


def test_another_exception_of_a_library_of_the_wrong_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "1.0" if name == "rich" else "99")
    assert "rich>=14 is needed, and there is 1.0" in (advice(AttributeError()) or "")


# --- versions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "bounds", "expected"),
    [
        ("0.26.0", ">=0.26,<0.29", True),
        ("0.26", ">=0.26.0", True),
        ("0.28.9", ">=0.26,<0.29", True),
        ("0.29.0", ">=0.26,<0.29", False),
        ("0.25.9", ">=0.26,<0.29", False),
        ("2.9.0.post0", ">=2.9", True),
        ("10.0", ">=9.1", True),
        ("2026.6", ">=14", True),
        ("1", "", True),
    ],
)
def test_versions_are_compared_as_numbers(version: str, bounds: str, *, expected: bool) -> None:
    assert fits(version, bounds) is expected


@pytest.mark.parametrize("line", PROJECT["dependencies"])
def test_the_project_uses_no_other_bounds(line: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]+>=[0-9.]+(,<[0-9.]+)?", line)
