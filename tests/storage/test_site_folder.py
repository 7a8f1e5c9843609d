"""Where a site is written: it touches what it made, and nothing else in the folder."""

import os
import shutil
from pathlib import Path

import pytest

from grcm_cli.storage.site_folder import (
    LIST,
    ForeignFileError,
    ForeignFolderError,
    Published,
    digest,
    publish,
    unchanged,
)

from ..conftest import Folder, run_grcm

FIRST = [("index.html", b"one"), ("es/a.html", b"a"), ("es/party/B.html", b"b")]


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder but the list."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LIST
    }


def test_a_new_folder_gets_all_files(tmp_path: Path) -> None:
    assert publish(tmp_path / "new/site", FIRST) == Published(3, 3, 0)
    assert tree(tmp_path / "new/site") == dict(FIRST)


def test_a_second_time_only_what_changed_is_written_and_what_is_gone_is_removed(
    tmp_path: Path,
) -> None:
    publish(tmp_path / "s", FIRST)
    before = (tmp_path / "s/es/a.html").stat().st_mtime_ns
    assert publish(tmp_path / "s", [("index.html", b"two"), FIRST[1]]) == Published(2, 1, 1)
    assert tree(tmp_path / "s") == {"index.html": b"two", "es/a.html": b"a"}
    assert (tmp_path / "s/es/a.html").stat().st_mtime_ns == before
    assert not (tmp_path / "s/es/party").exists()


def test_what_somebody_else_put_there_stays(tmp_path: Path) -> None:
    publish(tmp_path / "s", FIRST)
    (tmp_path / "s/CNAME").write_text("example.org")
    (tmp_path / "s/es/party/own.txt").write_text("x")
    publish(tmp_path / "s", FIRST[:1])
    assert sorted(tree(tmp_path / "s")) == ["CNAME", "es/party/own.txt", "index.html"]


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(ForeignFolderError):
        publish(tmp_path, FIRST)
    assert tree(tmp_path) == {"letter.txt": b"x"}
    assert publish(tmp_path, FIRST, mixed=True).files == 3
    assert "letter.txt" in tree(tmp_path)


def test_a_file_in_the_way_stays(tmp_path: Path) -> None:
    publish(tmp_path / "s", FIRST[:1])
    (tmp_path / "s/es").mkdir()
    (tmp_path / "s/es/a.html").write_text("mine")
    with pytest.raises(ForeignFileError):
        publish(tmp_path / "s", FIRST)
    assert tree(tmp_path / "s")["es/a.html"] == b"mine"


def test_a_run_that_was_stopped_is_completed_by_the_next(tmp_path: Path) -> None:
    def stopped() -> object:
        yield from FIRST[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path / "s", stopped())  # type: ignore[arg-type] # an example of one that ends early
    assert publish(tmp_path / "s", FIRST).files == 3
    assert tree(tmp_path / "s") == dict(FIRST)


@pytest.mark.parametrize("line", ["../outside.txt", "es/../../outside.txt", "/etc/x", "a\\..\\b"])
def test_a_list_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path, line: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    publish(tmp_path / "s", FIRST)
    with (tmp_path / "s" / LIST).open("a") as listing:
        listing.write(f"{line}\n")
    publish(tmp_path / "s", FIRST)
    assert outside.read_text() == "x"


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    publish(tmp_path / "s", FIRST[:1])
    (tmp_path / "s/es").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ForeignFileError):
        publish(tmp_path / "s", FIRST)
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "grcm: x contains other files; name a new folder, or use --force, which keeps them"),
        (
            "es",
            "grcm: x tiene otros archivos; indique una carpeta nueva, o use --force, que los "
            "conserva",
        ),
    ],
)
def test_the_refusal_in_words(tmp_path: Path, language: str, sentence: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/letter.txt").write_text("x")
    ran = run_grcm("--data", "data", "--lang", language, "site", str(tmp_path / "x"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip().replace(str(tmp_path / "x"), "x") == sentence
    refused = run_grcm("site", str(tmp_path / "x/letter.txt"))
    assert refused.code == 2
    assert "is not a folder" in refused.err


def test_the_run_says_where_to_look(tmp_path: Path) -> None:
    ran = run_grcm("--data", str(Path("data").resolve()), "site", "pages", cwd=tmp_path)
    assert ran.out.splitlines()[1] == "pages/index.html"
    again = run_grcm("--data", str(Path("data").resolve()), "site", "pages", cwd=tmp_path)
    assert again.out.splitlines()[0].endswith(", 0 changed")


def test_a_link_laid_under_the_list_or_a_page_is_not_followed(tmp_path: Path) -> None:
    publish(tmp_path / "s", FIRST)
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    for name in (LIST, "index.html"):
        path = tmp_path / "s" / name
        kept = path.read_bytes()
        path.unlink()
        path.symlink_to(outside)
        with pytest.raises(ForeignFileError):
            publish(tmp_path / "s", [("index.html", b"new")], mixed=True)
        path.unlink()
        path.write_bytes(kept)
    assert outside.read_text() == "x"


def test_a_pipe_in_the_place_of_the_list_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    os.mkfifo(tmp_path / "s" / LIST)
    with pytest.raises(ForeignFileError):
        publish(tmp_path / "s", FIRST, mixed=True)


@pytest.mark.parametrize("line", ["notes.txt", "sub/a", "es/notes.txt", "CNAME", "assets/a/b.css"])
def test_a_list_that_names_what_no_site_has_takes_nothing_away(tmp_path: Path, line: str) -> None:
    publish(tmp_path / "s", FIRST)
    other = tmp_path / "s" / line
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_text("mine")
    with (tmp_path / "s" / LIST).open("a") as listing:
        listing.write(f"{line}\n")
    publish(tmp_path / "s", FIRST)
    assert other.read_text() == "mine"


def test_force_leaves_a_strangers_page_too(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s/index.html").write_text("mine")
    ran = run_grcm("--data", "data", "site", str(tmp_path / "s"), "--force")
    assert ran.code == 2
    assert "is in the way and was not made by grcm" in ran.err
    assert (tmp_path / "s/index.html").read_text() == "mine"


def test_where_nothing_is_to_be_removed_old_pages_stay_and_stay_known(tmp_path: Path) -> None:
    publish(tmp_path / "s", FIRST)
    assert publish(tmp_path / "s", FIRST[:1], keep=lambda _path: True).removed == 0
    assert len(tree(tmp_path / "s")) == 3
    assert publish(tmp_path / "s", FIRST[:1]).removed == 2


@pytest.mark.parametrize("path", ["../x.html", "es/../x.html", "/x.html", "x.txt", "es/a b.html"])
def test_a_page_without_a_safe_address_is_never_written(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no address of its own"):
        publish(tmp_path / "s", [(path, b"")])


@pytest.mark.parametrize("name", ["data", "data/meetings", "data/meetings/site", "data/progress/x"])
def test_pages_never_mix_with_data(tmp_path: Path, name: str) -> None:
    shutil.copytree("data", tmp_path / "data")
    before = tree(tmp_path / "data")
    ran = run_grcm("site", name, "--force", cwd=tmp_path)
    assert ran.code == 2
    assert "is for data" in ran.err
    assert tree(tmp_path / "data") == before


@pytest.mark.parametrize(
    ("what", "known"),
    [
        *(("nothing", True), ("a file of somebody else", True), ("made of something else", False)),
        *(("made of nothing that is known", False), ("a page is changed", False)),
        *(("a page is missing", False), ("a page is a link", False)),
        *(("the list lacks a page", False), ("a stopped run", False)),
    ],
)
def test_an_unchanged_site_is_known_again(tmp_path: Path, what: str, *, known: bool) -> None:
    root, page = tmp_path / "s", tmp_path / "s/es/a.html"
    publish(root, FIRST, made_of="ab12")
    made_of = "ab12"
    match what:
        case "a file of somebody else":
            (root / "CNAME").write_text("example.org")
        case "made of something else":
            made_of = "ab13"
        case "made of nothing that is known":
            made_of = ""
        case "a page is changed":
            page.write_bytes(b"A")
        case "a page is missing":
            page.unlink()
        case "a page is a link":
            page.rename(tmp_path / "a.html")
            page.symlink_to(tmp_path / "a.html")
        case "the list lacks a page":
            text = (root / LIST).read_text()
            (root / LIST).write_text(text.replace("es/a.html\n", ""))
        case "a stopped run":
            (tmp_path / f".s{LIST}.new").mkdir()
    assert unchanged(root, made_of) == (Published(3, 0, 0) if known else None)


@pytest.mark.parametrize(
    ("what", "known"),
    [
        *(("nothing", True), ("a reader of the data", True), ("a meeting", False)),
        *(("a report", False), ("the register", False), ("a file that is no data", False)),
        ("the day", False),
    ],
)
def test_what_a_site_is_made_of(folder: Folder, what: str, *, known: bool) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", "")
    before = digest(folder.path, "2003-01-15")
    day = "2003-01-15"
    match what:
        case "a reader of the data":
            assert run_grcm("--data", str(folder.path), "validate").code == 0
        case "a meeting":
            folder.mandate("responsible: AAA, due: 2003-01-16")
        case "a report":
            folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
        case "the register":
            text = (folder.path / "register.yaml").read_text()
            folder.write("register.yaml", f"{text}\n")
        case "a file that is no data":
            folder.write("meetings/WG-2002-10.yml", "")
        case "the day":
            day = "2003-01-16"
    assert (digest(folder.path, day) == before) is known


def test_a_site_is_made_anew_where_the_last_run_had_something_to_report(
    folder: Folder, tmp_path: Path
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.write("meetings/WG-2003-01.yml", "")
    arguments = ("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    first, second = run_grcm(*arguments), run_grcm(*arguments)
    assert "WG-2003-01.yml" in first.err
    assert second.err == first.err
