"""What is named on the command line or in the environment, and cannot be what it is taken for."""

from pathlib import Path

import pytest

from ..conftest import run_grcm

LONG = "x" * 5000
TO_A_FILE = ["export csv -o", "agenda GRCM -o", "remind MEX -o"]
TO_A_FOLDER = ["site", "export edoxen", "remind --all -o", "init --code EX --name X"]


@pytest.mark.parametrize("forced", ["", "--force"])
@pytest.mark.parametrize("command", [*TO_A_FILE, *TO_A_FOLDER])
def test_nothing_is_written_through_a_link_that_leads_nowhere(
    work: Path, command: str, forced: str
) -> None:
    link = work / ("link.md" if command in TO_A_FILE and "csv" not in command else "link")
    link = link.with_suffix(".csv") if "csv" in command else link
    link.symlink_to("nowhere")
    if forced and command.startswith("init"):
        return  # it has no such option
    ran = run_grcm(*command.split(), link.name, *filter(None, [forced]), cwd=work)
    assert (ran.code, "is a link that leads nowhere" in ran.err) == (2, True), ran.err
    assert {path.name for path in work.iterdir()} == {"data", link.name}


def test_a_report_is_not_written_through_such_a_link_either(work: Path) -> None:
    (work / "data/progress/CRI.yaml").symlink_to("OTHER.yaml")
    ran = run_grcm("record", "done", "GRCM-2002-10/8#1", "--by", "CRI", cwd=work)
    assert (ran.code, "CRI.yaml" in ran.err) == (3, True)
    assert not (work / "data/progress/OTHER.yaml").exists()


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (["due"], {"GRCM_DATA": LONG}),
        (["--data", LONG, "due"], {}),
        (["export", "csv", "-o", f"{LONG}.csv"], {}),
        (["site", LONG], {}),
        (["validate", LONG], {}),
        (["init", LONG, "--code", "EX", "--name", "X", "--body", "WG", "--body-name", "W"], {}),
    ],
    ids=["GRCM_DATA", "--data", "-o", "site", "validate", "init"],
)
def test_a_name_that_is_too_long_is_no_failure_of_the_machine(
    work: Path, words: list[str], variables: dict[str, str]
) -> None:
    ran = run_grcm(*words, cwd=work, **variables)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("grcm: no file or folder can have such a long name: ")
    assert len(ran.err) < 200


ZONES = "America/Guatemala :Europe/London Africa/Abidjan UTC Zulu WET0 CST6 <-06>6"
UNKNOWN = ("America/Gautemala", "Guatemala")


@pytest.mark.parametrize("zone", [*ZONES.split(), "", *UNKNOWN])
def test_a_time_zone_that_there_is_not_is_told(work: Path, zone: str) -> None:
    told = run_grcm("meetings", cwd=work, TZ=zone).err
    unknown = f"TZ: there is no time zone '{zone}'; today's date is taken in UTC\n"
    assert told == (unknown if zone in UNKNOWN else "")
    if told:  # and only where the day is today's
        assert run_grcm("meetings", "--as-of", "2003-01-01", cwd=work, TZ=zone).err == ""


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_whole_site_is_not_replaced_by_a_partial_one(work: Path) -> None:
    site = ("site", "pages", "--as-of", "2003-02-01")
    assert run_grcm(*site, cwd=work).code == 0
    before = state(work / "pages")
    with (work / "data/meetings/GRCM-2002-10.yaml").open("a", encoding="utf-8") as file:
        file.write("<<<<<<< ours\n")
    refused = run_grcm(*site, cwd=work)
    assert (refused.code, refused.out) == (1, "")
    assert "with these errors a file may be wrong, so none was written" in refused.err
    assert state(work / "pages") == before
    assert run_grcm(*site, "--force", cwd=work).code == 1
    assert state(work / "pages") == before
    assert run_grcm(*site, "--partial", cwd=work).code == 1
    assert state(work / "pages") != before
    assert run_grcm("site", "new", cwd=work).code == 1  # nothing is replaced
    assert (work / "new/index.html").is_file()
