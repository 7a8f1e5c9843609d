"""`grcm rename`: every reference follows, nothing else changes, and back again is as before."""

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from grcm_cli.domain.model import Entry, Location, PlacedWord
from grcm_cli.recording.progress_files import progress_changes
from grcm_cli.storage.files import ChangedError, rewrite_all

from ..conftest import Ran, git, repository, run_grcm

EXAMPLE = Path(__file__).parent / "rename"
"""A record in which codes and ids stand wherever they may, and where they are only words."""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a copy of the example, of which one file is as Windows saves it."""
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "meetings/WG-2003-05.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (tmp_path / "notes.txt").write_text("AAA WG-2002-10")
    return tmp_path


def run(work: Path, *words: str) -> Ran:
    return run_grcm("--data", str(work), "--as-of", "2003-07-01", *words, cwd=work)


def files(work: Path) -> Mapping[str, bytes]:
    paths = (path for path in work.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(work).as_posix(): path.read_bytes() for path in paths}


LISTS = (
    ("due", "--all", "--format", "json"),
    ("changes", "--since", "2002-01-01", "--format", "json"),
    ("meetings", "--format", "json"),
    ("stats", "--format", "json"),
    ("matrix", "--format", "json"),
    ("validate", "--format", "concise"),
)


def lists(work: Path) -> list[str]:
    """Return what lists say, but for columns, and the texts of the record, which stay."""
    answers = [run(work, *words).out for words in LISTS]
    return [re.sub(r'"(?:text|action|note)": ".*"|(?<=:\d\d):\d+:', "", said) for said in answers]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        *(("party", code, f"{code}X") for code in ("AAA", "BBB", "CCC", "CH", "ORG", "WG", "CO")),
        *(("group", code, f"{code}X") for code in ("ISL", "REST")),
        ("theme", "AGUA", "MAR"),
        ("theme", "AGUA", "AAA"),  # a topic and a party may have one code
        *(("meeting", name, f"{name}-X") for name in ("WG-2002-10", "WG-2003-05", "WG-2004-05")),
    ],
)
def test_every_list_is_the_same_but_for_the_word_and_back_is_byte_for_byte(
    work: Path, kind: str, old: str, new: str
) -> None:
    before, said = files(work), lists(work)
    there = run(work, "rename", kind, old, new)
    sent = "forms sent before still have {}: they are refused when they come back\n"
    assert (there.code, there.err) == (0, sent.format(old) if kind == "meeting" else "")
    word = re.compile(rf"(?<![\w-]){old}(?![\w-])")
    assert lists(work) == [word.sub(new, answer) for answer in said]
    back = run(work, "rename", kind, new, old)
    assert (back.code, back.err) == (0, sent.format(new) if kind == "meeting" else "")
    assert files(work) == before


def test_a_party_may_have_the_code_of_a_topic(work: Path) -> None:
    before = files(work)
    assert run(work, "rename", "party", "AAA", "AGUA").code == 0
    assert run(work, "rename", "theme", "AGUA", "AGUAS").code == 0
    assert run(work, "rename", "theme", "AGUAS", "AGUA").code == 0
    assert run(work, "rename", "party", "AGUA", "AAA").code == 0
    assert files(work) == before


def test_nothing_is_renamed_where_a_use_may_be_overlooked(work: Path) -> None:
    path = work / "meetings/WG-2004-05.yaml"
    path.write_text("id: WG-2004-05\nbody: WG\nstart: soon\nparticipants: [AAA\n")
    before = files(work)
    ran = run(work, "rename", "party", "AAA", "AMB")
    assert (ran.code, ran.out, files(work)) == (2, "", before)
    assert ran.err == (
        "grcm: meetings/WG-2004-05.yaml, which names AAA, has errors: correct them first\n"
    )
    ran = run(work, "rename", "party", "ORG", "ORGAN")
    assert (ran.code, ran.out.count(" value")) == (1, 2)  # it says what is wrong elsewhere


@pytest.mark.parametrize(("leads_to", "code"), [("../../away.yaml", 1), ("WG-2004-05.yaml", 3)])
def test_nothing_is_renamed_beside_a_file_that_is_not_opened(
    work: Path, leads_to: str, code: int
) -> None:
    path = work / "meetings/WG-2004-05.yaml"
    path.rename(work.with_name("away.yaml"))
    path.symlink_to(leads_to)  # out of the folder; in a circle
    before = files(work)
    ran = run(work, "rename", "party", "AAA", "AMB")
    assert (ran.code, ran.out, files(work)) == (code, "", before)
    assert ran.err.startswith("grcm: meetings/WG-2004-05.yaml: ")
    assert ran.err.endswith("; nothing was written\n")


def test_no_report_is_written_for_a_party_that_has_just_been_renamed(work: Path) -> None:
    at = Location("", 1, 1)
    entries = [Entry("AAA", PlacedWord("WG-2002-10/1", at), date(2003, 1, 1), "done", at)]
    [change] = progress_changes(work, work, entries)
    assert run(work, "rename", "party", "AAA", "AMB").code == 0
    before = files(work)
    with pytest.raises(ChangedError, match=r"register\.yaml"):
        rewrite_all({change.path: change.applied})
    assert files(work) == before


def test_in_git_the_file_of_a_party_is_renamed(work: Path) -> None:
    repository(work)
    assert run(work, "rename", "party", "AAA", "AMB").code == 0
    git(work, "add", ".")
    changes = git(work, "diff", "--cached", "--name-status")
    assert "R100\tprogress/AAA.yaml\tprogress/AMB.yaml" in changes


def test_where_one_file_cannot_be_written_none_is(work: Path) -> None:
    (work / "register.yaml").chmod(0o444)
    before = files(work)
    ran = run(work, "rename", "party", "AAA", "AMB")
    assert files(work) == before or ran.code == 0  # as root any file can be written
