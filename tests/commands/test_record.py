"""`grcm record` as people misuse it: what is said, what is written, and what never is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import DATA, environment, run_grcm

REF = "GRCM-2002-10/8#1"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path


def record(
    work: Path, *arguments: str, table: str = "", day: str = "2003-02-01", lang: str = "en"
) -> tuple[int, str, str]:
    words = ("--as-of", day, "--lang", lang, "record", *arguments)
    ran = run_grcm(*words, cwd=work, stdin=table)
    return ran.code, ran.out, ran.err


def states(work: Path, party: str = "CRI") -> list[str]:
    path = work / f"data/progress/{party}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.split("progress: ")[1].strip("}").split(",")[0] for line in lines]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        pytest.param(["done", "done"], ["done"], id="the same twice is one entry"),
        pytest.param(
            ["done", "withdrawn", "done"], ["done", "withdrawn", "done"],
            id="what was taken back can be said again on the same day",
        ),
        pytest.param(
            ["done", "withdrawn", "withdrawn"], ["done", "withdrawn"], id="taken back twice"
        ),
        pytest.param(
            ["started", "done", "started"], ["started", "done"],
            id="what is there already and still stands is not said again",
        ),
    ],
)  # fmt: skip
def test_one_day_s_reports(work: Path, said: list[str], written: list[str]) -> None:
    for state in said:
        assert record(work, state, REF, "--by", "CRI")[0] == 0
    assert states(work) == written


def test_a_table_that_takes_back_and_says_again_is_taken_in_once(work: Path) -> None:
    rows = [f"{REF},CRI,2003-01-10,{state}" for state in ("done", "withdrawn", "done")]
    table = "\n".join(["ref,party,date,progress", *rows, ""])
    record(work, "-", table="\n".join(["ref,party,date,progress", rows[0], ""]))
    for _again in range(2):
        assert record(work, "-", table=table)[0] == 0
        assert states(work) == ["done", "withdrawn", "done"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (f"ref,party,date,progress,note\n{REF},CRI,2003-01-10,done,Nota 12, de enero\n",
         "stdin:2: more cells than headings; a text with a comma or semicolon stands in "
         "quotes; "
         "nothing was written"),
        (f"ref,party,date,result\n{REF},CRI,2003-01-10,cumplido\n",
         "stdin: there is no column State: add it, or give one for all rows, as in grcm record "
         "done -; columns that are not read: result; nothing was written"),
        (f"ref,party,progress\n{REF},CRI,done\n",
         "stdin: there is no column Date: add it, or give one for all rows, as in grcm record - "
         "--on 2026-03-15; nothing was written"),
        ("ref,party,date,progress\nGRCM-2002-10/6,PPT+ST,2003-01-10,done\n",
         "stdin:2: PPT+ST owe together: say which of them reports; nothing was written"),
    ],
)  # fmt: skip
def test_a_table_that_would_lose_something(work: Path, table: str, expected: str) -> None:
    code, out, err = record(work, "-", table=table)
    assert (code, out, err.splitlines()[-1]) == (2, "", f"grcm: {expected}")
    assert not list((work / "data/progress").glob("*.yaml"))


def test_a_table_that_grcm_wrote_takes_nobody_back(work: Path) -> None:
    record(work, "started", REF, "--by", "CRI", "--on", "2003-01-05")
    record(work, "done", REF, "--by", "CRI", "--on", "2003-01-10")
    table = f"ref,party,progress\n{REF},NIC,done\n{REF},CRI,{{}}\n"
    code, _out, _err = record(work, "-", "--on", "2003-01-12", table=table.format("done"))
    assert (code, states(work), states(work, "NIC")) == (0, ["started", "done"], ["done"])
    code, _out, err = record(work, "-", "--on", "2003-01-13", table=table.format("started"))
    assert code == 2
    assert "CRI has said done on 2003-01-10; give this row a day of its own" in err


def test_a_spreadsheet_s_own_first_lines_are_passed_over(work: Path) -> None:
    table = (
        f"sep=;\n\nref;party;date;progress\n{REF};CRI;2003-01-10;done\n{REF};XX;2003-01-10;done\n"
    )
    code, _out, err = record(work, "-", table=table)
    assert code == 2
    assert "stdin:5: the register has no party 'XX'" in err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["done", "GRCM-2002-10/4"],
         "GRCM-2002-10/4 binds nobody that its text names; write in the meeting's file who is "
         "responsible, then record"),
        (["done", "CRM-2003-05", "--by", "CRI"],
         "CRM-2003-05 is a meeting, and no mandate; add the conclusion's number, as in "
         "CRM-2003-05/8"),
        (["done", REF, "--by", "CRI", "--for", "2003-01-15"],
         "GRCM-2002-10/8#1 is due once: there is no `for`; leave out --for"),
        (["acabada", REF, "--by", "CRI"],
         "'acabada' is not one of: not-started, started, done, declined, not-applicable, "
         "withdrawn"),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_says_what_to_do(
    work: Path, arguments: list[str], expected: str
) -> None:
    code, _out, err = record(work, *arguments)
    assert (code, err) == (2, f"grcm: {expected}; nothing was written\n")


@pytest.mark.parametrize(
    ("word", "state"),
    [("hecho", "done"), ("retirado", "withdrawn"), ("no-aplica", "not-applicable"),
     ("No aplica", "not-applicable"), ("iniciado", "started"), ("declinado", "declined")],
)  # fmt: skip
def test_words_for_progress(work: Path, word: str, state: str) -> None:
    first = ["started"] if state == "withdrawn" else []
    for said in (*first, word):
        assert record(work, said, REF, "--by", "CRI", lang="es")[0] == 0
    assert states(work) == [*first, state]


def test_for_names_a_meeting_in_any_case_and_hints_speak_of_the_option(work: Path) -> None:
    path = work / "data/meetings/GRCM-2002-10.yaml"
    more = "\n  - {number: 25, text: x, responsible: CRI, due: every CRM}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    code, _out, err = record(work, "done", "GRCM-2002-10/25")
    assert (code, "; write `--for CRM-2003-05`; nothing was written" in err) == (2, True)
    assert record(work, "done", "GRCM-2002-10/25", "--for", "crm-2003-05")[0] == 0
    assert "for: CRM-2003-05" in (work / "data/progress/CRI.yaml").read_text()


def test_whoever_is_not_in_the_register_gets_no_file(work: Path) -> None:
    path = work / "data/meetings/GRCM-2002-10.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("responsible: CRI", "responsible: MXE", 1), encoding="utf-8")
    code, _out, err = record(work, "done", "GRCM-2002-10/8#2")
    assert (code, "the register has no party 'MXE'" in err) == (2, True)
    assert not (work / "data/progress/MXE.yaml").exists()


def test_bytes_that_are_no_text_are_refused(work: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grcm_cli", "--lang", "en", "--as-of", "2003-02-01", "record",
         "done", REF, "--by", "CRI", "--note", b"espa\xf1ola"],
        cwd=work, env=environment(), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"note: this is not UTF-8 text" in done.stderr
    assert not (work / "data/progress/CRI.yaml").exists()


def test_what_is_no_file_is_never_opened(work: Path) -> None:
    path = work / "data/progress/CRI.yaml"
    path.symlink_to("CRI.yaml")
    assert record(work, "done", REF, "--by", "CRI")[0] == 3
    path.unlink()
    path.symlink_to("../../nowhere/CRI.yaml")
    assert record(work, "done", REF, "--by", "CRI")[0] == 3
    assert not (work / "nowhere").exists()
    if hasattr(os, "mkfifo"):
        path.unlink()
        os.mkfifo(path)
        code, _out, err = record(work, "done", REF, "--by", "CRI")
        assert (code, "is no regular file" in err) == (1, True)


def test_what_else_is_broken_is_named_after_writing(work: Path) -> None:
    (work / "data/meetings/CRM-2003-05.yaml").write_text("id: [\n", encoding="utf-8")
    code, out, err = record(work, "done", REF, "--by", "CRI")
    assert (code, "1 entry added" in out, "CRM-2003-05.yaml" in err) == (1, True, True)


@pytest.mark.parametrize("text", ["--- []\n", "---\n[]\n", "[]\n", "--- # c\n"])
def test_an_empty_list_takes_entries_wherever_it_stands(work: Path, text: str) -> None:
    (work / "data/progress/CRI.yaml").write_text(text, encoding="utf-8")
    assert record(work, "done", REF, "--by", "CRI")[0] == 0
    code, out, _err = record(work, "done", REF, "--by", "CRI")
    assert (code, "nothing added" in out) == (0, True)


# --- several parties at once ---------------------------------------------------------------------


def files(work: Path) -> dict[str, str]:
    folder = work / "data/progress"
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}


def test_each_party_named_gets_its_own_entry(work: Path) -> None:
    code, out, err = record(work, "done", REF, "--by", "SLV", "--by", "GTM", "--note", "juntos")
    assert (code, err) == (0, "")
    entry = f"- {{mandate: {REF}, date: 2003-02-01, progress: done, note: juntos}}\n"
    assert files(work) == {"SLV": entry, "GTM": entry}
    assert out == (
        "data/progress/GTM.yaml: 1 entry added\n"
        "data/progress/SLV.yaml: 1 entry added\n"
        f"  {REF}  SLV  2003-01-15  done late, 2003-02-01\n"
        f"  {REF}  GTM  2003-01-15  done late, 2003-02-01\n"
    )


def test_several_references_and_parties_are_all_of_them(work: Path) -> None:
    code, _out, err = record(work, "started", REF, "3", "--by", "NIC", "--by", "CRI")
    assert (code, err) == (0, "")
    assert [text.count("mandate:") for text in files(work).values()] == [2, 2]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["GRCM-2002-10/8#2", "--by", "CRI", "--by", "GTM"],
                     ["GTM does not owe GRCM-2002-10/8#2; it binds: CRI"], id="one owes nothing"),
        pytest.param([REF, "--by", "SLV", "--by", "nobody"],
                     ["the register has no party 'nobody'"], id="one is nobody"),
        pytest.param([REF, "--by", "SLV", "--by", "XX", "--by", "YY"],
                     ["the register has no party 'XX'", "the register has no party 'YY'"],
                     id="two are nobody"),
        pytest.param(["GRCM-2002-10/99", "--by", "SLV", "--by", "GTM"],
                     ["GRCM-2002-10 has no conclusion 99; it has 1 to 24"],
                     id="what is wrong for all is said once"),
    ],
)  # fmt: skip
def test_if_one_cannot_be_recorded_none_is(
    work: Path, arguments: list[str], expected: list[str]
) -> None:
    code, out, err = record(work, "done", *arguments)
    sentences = [line.removeprefix("grcm: ") for line in err.splitlines()]
    assert (code, out) == (2, "")
    assert sentences == [*expected[:-1], f"{expected[-1]}; nothing was written"]
    assert files(work) == {}


def test_if_one_file_cannot_take_entries_none_is_written(work: Path) -> None:
    (work / "data/progress/SLV.yaml").write_text("x: 1\n", encoding="utf-8")
    code, out, err = record(work, "done", REF, "--by", "GTM", "--by", "SLV")
    assert (code, out) == (1, "")
    assert "data/progress/SLV.yaml takes no more entries" in err
    assert files(work) == {"SLV": "x: 1\n"}


def test_those_who_owe_together_each_have_their_own_say(work: Path) -> None:
    """GRCM-2002-10/6 binds the PPT, which Guatemala holds, and the ST, together."""
    code, out, _err = record(work, "declined", "GRCM-2002-10/6", "--by", "PPT", "--by", "ST")
    assert code == 0
    assert set(files(work)) == {"PPT", "ST"}
    assert out.count("  declined\n") == 2


def test_an_office_and_its_holder_may_both_report(work: Path) -> None:
    code, _out, err = record(work, "started", "GRCM-2002-10/9", "--by", "PPT", "--by", "México")
    assert (code, err, set(files(work))) == (0, "", {"PPT", "MEX"})


def test_a_party_named_twice_reports_once(work: Path) -> None:
    code, out, _err = record(work, "done", REF, "--by", "SLV", "--by", "El Salvador")
    assert (code, states(work, "SLV")) == (0, ["done"])
    assert out.startswith("data/progress/SLV.yaml: 1 entry added\n")


@pytest.mark.parametrize(
    ("table", "by", "said", "written"),
    [
        pytest.param(f"ref,party\n{REF},\n", ["SLV", "GTM"], "", {"SLV", "GTM"}, id="each"),
        pytest.param(f"ref,party\n{REF},El Salvador\n", ["SLV"], "", {"SLV"}, id="the same"),
        pytest.param("ref,party\nGRCM-2002-10/9,PPT\n", ["MEX"], "", {"PPT"}, id="its office"),
        pytest.param(f"ref,party\n{REF},\n{REF},CAN\n", ["SLV", "GTM"],
                     "the row speaks for CAN, and --by says GTM, SLV", set(), id="another"),
        pytest.param("ref,party\nGRCM-2002-10/9,PPT\n", ["CAN"],
                     "the row speaks for PPT, and --by says CAN", set(), id="no holder"),
    ],
)  # fmt: skip
def test_who_speaks_in_the_rows_of_a_table(
    work: Path, table: str, by: list[str], said: str, written: set[str]
) -> None:
    options = [word for name in by for word in ("--by", name)]
    code, _out, err = record(work, "done", "-", *options, "--on", "2003-01-10", table=table)
    assert (code, set(files(work))) == (2 if said else 0, written), err
    assert said in err


def test_a_dry_run_shows_each_file_and_writes_none(work: Path) -> None:
    code, out, _err = record(work, "done", REF, "--by", "SLV", "--by", "GTM", "--dry-run")
    assert (code, out.count("would get:"), files(work)) == (0, 2, {})


# --- what is taken back --------------------------------------------------------------------------

NINE = "GRCM-2002-10/9"  # by the PPT: Guatemala in 2002, Mexico in 2003


@pytest.mark.parametrize(
    ("before", "arguments"),
    [
        pytest.param([], [REF, "--by", "CRI"], id="nothing was reported"),
        pytest.param([["started", REF, "--by", "NIC"]], [REF, "--by", "CRI"],
                     id="another party has reported"),
        pytest.param([["done", "GRCM-2002-10/8#2"]], [REF, "--by", "CRI"],
                     id="it has reported on something else"),
        pytest.param([["done", REF, "--by", "CRI"]], [REF, "--by", "CRI", "--on", "2003-01-31"],
                     id="it reported only later"),
        pytest.param([["done", REF, "--by", "CRI", "--on", "2003-01-10"],
                      ["withdrawn", REF, "--by", "CRI", "--on", "2003-01-20"]],
                     [REF, "--by", "CRI"], id="it has been taken back"),
        pytest.param([["done", REF, "--by", "NIC"]], [REF, "--by", "NIC", "--by", "CRI"],
                     id="one of two has reported nothing"),
        pytest.param([["done", REF, "--by", "GTM", "--on", "2002-12-01"]], [REF, "--by", "MEX"],
                     id="two holders of an office that does not owe it"),
    ],
)  # fmt: skip
def test_nothing_cannot_be_taken_back(
    work: Path, before: list[list[str]], arguments: list[str]
) -> None:
    for words in before:
        assert record(work, *words)[0] == 0
    already = files(work)
    code, out, err = record(work, "withdrawn", *arguments)
    assert (code, out) == (2, "")
    assert "has reported nothing on GRCM-2002-10/8#1 by 2003-0" in err
    assert err.endswith("to be withdrawn; nothing was written\n")
    assert files(work) == already


@pytest.mark.parametrize(
    ("reported", "withdrawn"),
    [
        pytest.param(["--by", "PPT", "--on", "2002-12-01"], ["--by", "PPT"], id="by the office"),
        pytest.param(["--by", "GTM", "--on", "2002-12-01"], ["--by", "PPT"],
                     id="by the office, of its holder"),
        pytest.param(["--by", "PPT", "--on", "2002-12-01"], ["--by", "MEX"],
                     id="by the holder, of the office"),
        pytest.param(["--by", "GTM", "--on", "2002-12-01"], ["--by", "MEX"],
                     id="by the next holder"),
    ],
)  # fmt: skip
def test_an_office_takes_back_what_was_reported_for_it(
    work: Path, reported: list[str], withdrawn: list[str]
) -> None:
    assert record(work, "started", NINE, *reported)[0] == 0
    assert record(work, "withdrawn", NINE, *withdrawn)[0] == 0


def test_of_a_duty_that_comes_back_one_time_is_taken_back(work: Path) -> None:
    path = work / "data/meetings/GRCM-2002-10.yaml"
    more = "\n  - {number: 25, text: x, responsible: CRI, due: every 3 months}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    times = [["GRCM-2002-10/25", "--for", day] for day in ("2003-01-31", "2003-04-30")]
    assert record(work, "done", *times[0])[0] == 0
    assert record(work, "withdrawn", *times[1])[0] == 2
    assert record(work, "withdrawn", *times[0])[0] == 0
    assert states(work) == ["done", "withdrawn"]


def test_a_table_may_not_take_nothing_back(work: Path) -> None:
    table = f"ref,party,date,progress\n{REF},CRI,2003-01-10,done\n{REF},NIC,2003-01-10,withdrawn\n"
    code, _out, err = record(work, "-", table=table)
    assert (code, files(work)) == (2, {})
    assert "grcm: stdin:3: NIC has reported nothing on" in err


# --- an office and its holder on one day ----------------------------------------------------------

OF_PPT = "GRCM-2002-10/9"
SENTENCES = {
    "en": "`{one}` by MEX on GRCM-2002-10/9 does not count: of the same day progress/PPT.yaml has "
    "`{other}`, and the file of an office comes after its holder's; record it with --by PPT, or on "
    "another day",
    "es": "`{one}` de MEX sobre GRCM-2002-10/9 no cuenta: del mismo día progress/PPT.yaml tiene "
    "`{other}`, y el archivo de un cargo va después del de su titular; regístrelo con --by PPT, o "
    "con otra fecha",
}


@pytest.mark.parametrize("lang", SENTENCES)
@pytest.mark.parametrize(
    ("first", "then", "counts"),
    [
        pytest.param(("PPT", "started"), ("MEX", "done"), False, id="the office has said less"),
        pytest.param(("PPT", "done"), ("MEX", "started"), False, id="the office has said more"),
        pytest.param(("PPT", "done"), ("MEX", "done"), True, id="both say the same"),
        pytest.param(("MEX", "done"), ("PPT", "started"), True, id="the office's own comes last"),
    ],
)
def test_an_entry_that_does_not_count_is_named(
    work: Path, lang: str, first: tuple[str, str], then: tuple[str, str], *, counts: bool
) -> None:
    assert record(work, first[1], OF_PPT, "--by", first[0])[0] == 0
    code, _out, err = record(work, then[1], OF_PPT, "--by", then[0], lang=lang)
    sentence = SENTENCES[lang].format(one=then[1], other=first[1])
    assert (code, err) == (0, "" if counts else f"{sentence}\n")
    # The day after, it counts.
    code, _out, err = record(work, then[1], OF_PPT, "--by", then[0], day="2003-02-02")
    assert (code, err) == (0, "")


@pytest.mark.parametrize("lang", SENTENCES)
def test_withdrawing_what_the_office_reported_on_that_day_is_refused(work: Path, lang: str) -> None:
    assert record(work, "started", OF_PPT, "--by", "MEX", day="2003-01-31")[0] == 0
    assert record(work, "done", OF_PPT, "--by", "PPT")[0] == 0
    code, out, err = record(work, "withdrawn", OF_PPT, "--by", "MEX", lang=lang)
    sentence = SENTENCES[lang].format(one="withdrawn", other="done")
    assert (code, out) == (2, "")
    assert err.startswith(f"grcm: {sentence}; ")
    assert states(work, "MEX") == ["started"]
    assert record(work, "withdrawn", OF_PPT, "--by", "PPT")[0] == 0
    assert states(work, "PPT") == ["done", "withdrawn"]
