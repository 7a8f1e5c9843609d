"""`--unreported`: what the lists show of it, and what they say where nothing is left."""

import json

import pytest

from ..conftest import Folder, run_grcm

REPORTS = """\
- {mandate: WG-2002-10/1, date: 2002-12-01, progress: started}
- {mandate: WG-2002-10/2, date: 2002-12-01, progress: started}
"""


@pytest.fixture
def reported(folder: Folder) -> Folder:
    """Return a folder in which AAA has reported on all that it owes, and BBB and CCC on nothing."""
    folder.meeting(
        "- {number: 1, text: T, responsible: {each: members}, due: 2003-01-15}\n"
        "- {number: 2, text: T, responsible: [AAA, BBB], due: 2003-01-15}\n"
        "- {number: 3, text: T, responsible: ORG, due: 2003-01-15}\n"
    )
    folder.meeting(
        "- {number: 1, text: T, closes: WG-2002-10/3}\n",
        id="WG-2002-12", start="2002-12-01", end="2002-12-01",
    )  # fmt: skip
    folder.progress("AAA", REPORTS)
    return folder


def test_the_matrix_tells_who_is_left_out_from_who_is_not_bound(reported: Folder) -> None:
    where = ("--data", str(reported.path), "--as-of", "2003-02-01", "matrix", "--unreported")
    out = run_grcm(*where).out.splitlines()
    assert out[2:4] == [
        "Mandate       Deadline   AAA BBB CCC DDD",
        "WG-2002-10/1  2003-01-15     !   !   ·",
    ]
    assert "Empty: bound, and reported or closed." in out
    [row] = json.loads(run_grcm(*where, "--format", "json").out)["matrix"]
    assert [(cell["parties"], cell["state"]) for cell in row["cells"]] == [
        (["BBB"], "overdue"),
        (["CCC"], "overdue"),
    ]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("due --party AAA", "Nothing of this kind is due: AAA, no report."),
        ("overdue --party AAA", "Nothing of this kind is late as of 2003-02-01: AAA, no report."),
        ("tasks AAA", "Amber owes nothing of this kind as of 2003-02-01: no report."),
        (
            "matrix WG-2002-12",
            "There is no mandate of this kind in the record: WG-2002-12, no report.",
        ),
    ],
)
def test_nothing_is_left(reported: Folder, command: str, sentence: str) -> None:
    where = ("--data", str(reported.path), "--as-of", "2003-02-01")
    ran = run_grcm(*where, *command.split(), "--unreported")
    assert (ran.code, ran.out, ran.err) == (0, "", f"{sentence}\n")
