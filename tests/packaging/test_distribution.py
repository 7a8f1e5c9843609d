"""What a release holds: the wheel what runs, the source distribution all that tests it."""

import re
import subprocess
import tarfile
import tomllib
import zipfile
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest

from ..conftest import ROOT, run_python
from .common import Built, build

pytestmark = pytest.mark.package
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
URLS: dict[str, str] = PROJECT["urls"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FOLDERS = (
    *(".ci", ".github", "benchmarks", "data", "docs", "man", "requirements", "schemas", "src"),
    *("tests", "tools"),
)
FILES = (
    *(
        *(".gitattributes", ".gitignore", ".pre-commit-hooks.yaml", "CHANGELOG.md"),
        *("CONTRIBUTING.md", "LICENSE"),
    ),
    *("Makefile", "README.md", "SECURITY.md", "babel.cfg", "pyproject.toml"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the release of this source tree."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def unpacked(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the source distribution."""
    target = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(built.sdist) as archive:
        archive.extractall(target, filter="data")
    [folder] = target.iterdir()
    return folder


@pytest.fixture(scope="module")
def metadata(built: Built) -> Message:
    """Return what the wheel says of itself."""
    with zipfile.ZipFile(built.wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return BytesParser().parsebytes(archive.read(name))


def readme(metadata: Message) -> str:
    payload = metadata.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def files_below(folder: Path) -> set[str]:
    """Return the files of a source tree that belong to it."""
    return {
        str(path.relative_to(folder))
        for name in FOLDERS
        for path in (folder / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_what_runs_and_nothing_else(built: Built) -> None:
    names = set(zipfile.ZipFile(built.wheel).namelist())
    installed = {name.partition(".data/data/")[2] for name in names} - {""}
    assert installed == {f"share/man/{of}man1/grcm.1" for of in ("", "es/", "fr/", "pt/")}
    package = {name for name in names if name.startswith("grcm_cli/")}
    assert {
        name for name in names - package if ".dist-info/" not in name and ".data/" not in name
    } == set()
    source = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src" / "grcm_cli").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    catalogues = {name for name in source if name.endswith(".po")}
    assert source - package == catalogues
    assert package - source == set()
    for name in (
        "grcm_cli/py.typed",
        "grcm_cli/exports/schema.sql",
        "grcm_cli/locale/es/LC_MESSAGES/grcm.mo",
        "grcm_cli/language/words/es.toml",
        "grcm_cli/letters/templates/reminder.es.md",
        "grcm_cli/site/templates/base.html",
    ):
        assert name in package


def test_the_source_distribution_holds_the_whole_project(unpacked: Path) -> None:
    assert files_below(unpacked) == files_below(ROOT)
    for name in FILES:
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()
    more = {path.name for path in unpacked.iterdir()} - {*FOLDERS, *FILES}
    assert more == {"PKG-INFO"}


def test_nothing_that_git_has_is_left_out() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no repository: this is a source distribution")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = {name.partition("/")[0] for name in done.stdout.decode().split("\0")} - {""}
    assert names <= {*FOLDERS, *FILES}


def test_the_wheel_of_the_source_distribution_is_the_same(
    built: Built, unpacked: Path, tmp_path: Path
) -> None:
    assert build(unpacked, tmp_path).wheel.read_bytes() == built.wheel.read_bytes()


@pytest.mark.package
def test_the_source_distribution_runs_its_own_tests(unpacked: Path) -> None:
    """Those of two folders, to see that they find their files; all of them take minutes."""
    probe = "import grcm_cli; print(grcm_cli.__file__)"

    def run(*words: str) -> str:
        ran = run_python(*words, cwd=unpacked, PYTHONPATH=str(unpacked / "src"))
        assert ran.code == 0, ran.out
        return ran.out

    assert run("-c", probe).startswith(str(unpacked))
    tests = ("tests/edoxen", "tests/reporters", "tests/tools/test_manpage.py")
    assert "passed" in run("-m", "pytest", "-p", "no:cacheprovider", "-v", *tests)


# --- what it says of itself ----------------------------------------------------------------------


def test_the_metadata_names_nobody_and_says_what_an_index_shows(metadata: Message) -> None:
    assert metadata["License-Expression"] == "MIT"
    assert metadata["License-File"] == "LICENSE"
    assert metadata["Author"] is metadata["Author-email"] is metadata["Maintainer"] is None
    assert metadata["Description-Content-Type"] == "text/markdown"
    classifiers = metadata.get_all("Classifier", [])
    assert not [name for name in classifiers if name.startswith("License ::")]
    versions = {name for name in classifiers if "Python :: 3." in name}
    prefix = "Programming Language :: Python :: "
    assert versions == {f"{prefix}{version}" for version in ("3.11", "3.12", "3.13", "3.14")}
    assert metadata["Requires-Python"] == ">=3.11"


def test_all_addresses_are_of_one_place(metadata: Message) -> None:
    urls = dict(line.split(", ", 1) for line in metadata.get_all("Project-URL", []))
    assert urls == URLS
    assert set(urls) == {"Source", "Documentation", "Changelog", "Issues"}
    assert all(url.startswith(urls["Source"]) for url in urls.values())


def test_links_of_the_readme_lead_to_the_project_and_to_files_that_it_has(
    metadata: Message,
) -> None:
    here = (ROOT / "README.md").read_text(encoding="utf-8")
    relative, absolute = LINK.findall(here), LINK.findall(readme(metadata))
    assert len(relative) == len(absolute) > 10
    tree = URLS["Documentation"].removesuffix("docs/README.md")
    assert tree.startswith(URLS["Source"])
    for old, new in zip(relative, absolute, strict=True):
        if re.match(r"[a-z]+:", old):
            assert new == old
        else:
            assert new == f"{tree}{old}"
            assert (ROOT / old.partition("#")[0]).exists()
    assert LINK.sub("", here) == LINK.sub("", readme(metadata))
