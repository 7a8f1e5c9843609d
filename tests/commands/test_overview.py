"""`grcm` alone, and the groups of `grcm --help`."""

import shutil
from pathlib import Path

import pytest

from grcm_cli.cli import command_table
from grcm_cli.language.text import LANGUAGES

from ..conftest import DATA, Folder, run_grcm


def test_where_a_record_is_near_it_says_what_is_late_and_what_comes(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    ran = run_grcm("--as-of", "2003-03-20", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    heads = [part.split("\n\n")[0] for part in ran.out.split("\n\n")]
    assert heads[0] == "Overdue as of 2003-03-20"
    assert "Due within 30 days" in heads
    assert "GRCM-2002-10/9" in ran.out
    assert ran.out.endswith("grcm --help lists all commands.\n")


def test_of_many_it_shows_the_first_and_names_the_command_for_all(folder: Folder) -> None:
    folder.meeting("".join(
        f"- {{number: {number}, text: T, responsible: AAA, due: 2003-01-{number:02}}}\n"
        for number in range(1, 21)
    ))  # fmt: skip
    ran = run_grcm("--data", str(folder.path), "--as-of", "2003-01-11")
    lines = ran.out.splitlines()
    assert [line for line in lines if "more:" in line] == [
        "5 more: grcm overdue", "5 more: grcm due --within 30",
    ]  # fmt: skip
    assert sum("WG-2002-10/" in line for line in lines) == 10
    nothing = run_grcm("--data", str(folder.path), "--as-of", "2002-11-01").out
    assert nothing.startswith(
        "Nothing is overdue as of 2002-11-01.\n\nNothing is due within 30 days."
    )


def test_of_several_records_it_tells_of_each(tmp_path: Path) -> None:
    for name in ("north", "south"):
        shutil.copytree(DATA, tmp_path / name)
    ran = run_grcm("--as-of", "2003-03-20", cwd=tmp_path, GRCM_DATA="north:south")
    assert (ran.code, ran.err) == (0, "")
    heads = [line for line in ran.out.splitlines() if line.startswith("Overdue as of")]
    assert heads == [
        "Overdue as of 2003-03-20 · CRM (north)",
        "Overdue as of 2003-03-20 · CRM (south)",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_none_is_near_it_says_how_to_begin(tmp_path: Path, lang: str) -> None:
    ran = run_grcm("--lang", lang, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    for command in ("grcm init DIR", "grcm new", "grcm draft FILE", "grcm import FILE"):
        assert command in ran.out


def test_a_folder_that_is_named_and_is_none_is_refused(tmp_path: Path) -> None:
    ran = run_grcm("--data", "nowhere", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (2, "", "grcm: there is no folder nowhere\n")


def test_help_has_every_command_once_in_a_group_but_for_three() -> None:
    grouped = [name for names in command_table.GROUPS.values() for name in names]
    assert len(grouped) == len(set(grouped))
    assert set(command_table.NAMES) - set(grouped) == {"cache", "completion", "help"}
    shown = run_grcm("--help").out
    assert shown == run_grcm("help").out
    for title in ("Ask:", "Record:", "Share:", "Check:", "Set up:", "Examples:"):
        assert f"\n{title}\n" in shown
    for line in command_table.EXAMPLES:
        assert f"  {line}" in shown
