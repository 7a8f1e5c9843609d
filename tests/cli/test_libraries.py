"""A library that is missing or damaged: one sentence with what to install, and exit 3."""

import re
import sys
import tomllib
from pathlib import Path

import openpyxl
import pytest

from grcm_cli.cli import app

from ..conftest import ROOT, Folder, Ran, run_python

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS: dict[str, str] = {
    re.split(r"[<>=]", line)[0]: line
    for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lsp"])
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"
USES = [
    *(("typer", "typer", "--version"), ("typer", "typer", "due"), ("pyyaml", "yaml", "validate")),
    *(("rich", "rich", "due"), ("python-dateutil", "dateutil", "due --format plain")),
    *(("pypdf", "pypdf", "draft a.pdf"), ("openpyxl", "openpyxl", "export xlsx -o -")),
    *(("Jinja2", "jinja2", "remind AAA"), ("Jinja2", "jinja2", "site pages")),
    *(("openpyxl", "openpyxl", "record a.xlsx"), ("openpyxl", "openpyxl", "import a.xlsx")),
    ("python-docx", "docx", "agenda WG --format docx -o -"),
    *(("markdown-it-py", "markdown_it", "agenda WG --format html"), ("pygls", "pygls", "lsp")),
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
    return run_python(*flags, "-c", start, cwd=cwd, **more)


def test_every_library_is_tried() -> None:
    assert {library for library, _module, _command in USES} == set(REQUIREMENTS)


@pytest.mark.parametrize(("library", "module", "command"), HERE)
def test_one_that_cannot_be_imported_is_named(
    library: str, module: str, command: str, data: Path, tmp_path: Path
) -> None:
    package = tmp_path / "damaged" / module
    package.mkdir(parents=True)
    source = f"raise ImportError('cut off', name={module + '.part'!r})"
    (package / "__init__.py").write_text(source, encoding="utf-8")
    ran = run(command, data, package.parent)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert ran.err.startswith(f"grcm: a library that grcm needs cannot be used: {module}; ")
    assert f"{sys.executable} -m pip install --force-reinstall" in ran.err
    assert library.casefold() in ran.err.casefold()
    assert ("pygls" in ran.err) == (module == "pygls")  # which is an extra


def test_without_the_extra_of_the_server_it_is_named_alone(data: Path, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    source = "raise ModuleNotFoundError('not there', name='lsprotocol')"
    (tmp_path / "away" / "lsprotocol.py").write_text(source, encoding="utf-8")
    ran = run("lsp", data, tmp_path / "away")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert ran.err.startswith("grcm: a library that grcm needs cannot be used: pygls; ")
    assert re.findall(r'"([a-z-]+)[<>=]', ran.err) == ["pygls"]


def test_from_a_copy_of_the_source_the_missing_one_is_named(data: Path, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "grcm_cli").symlink_to(ROOT / "src" / "grcm_cli")
    ran = run("due", data, tmp_path / "alone", "-I", "-S")  # -S: nothing that pip installed
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert ran.err.endswith(" -m pip install --force-reinstall typer\n")


def test_a_document_that_needs_a_missing_library(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grcm_cli.drafting.documents import document

    broken = document._START.replace("from grcm_cli", "sys.modules['pypdf'] = None\nfrom grcm_cli")
    monkeypatch.setattr(document, "_START", broken)
    with pytest.raises(ImportError) as caught:
        document._read_apart("pdf", PDF)
    assert caught.value.name == "pypdf"


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
def test_a_bug_of_ours_stays_one(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    assert app._unexpected(error) == 4
    assert "this is a bug in grcm" in capsys.readouterr().err
