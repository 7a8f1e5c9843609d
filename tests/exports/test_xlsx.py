"""`grcm export xlsx`: typed days, texts that stay texts, nothing lost; read back by openpyxl."""

import io
import re
import tempfile
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task, standing
from grcm_cli.language.text import clean, collapse
from grcm_cli.sheets import workbook
from grcm_cli.sheets.workbook import Heading, WorkbookData, WorkbookRow, WorkbookSheet
from grcm_cli.views import labels
from grcm_cli.views.meetings import written_due

from ..conftest import DATA, REGISTER, Folder
from .common import HOSTILE, export, folders, hostile, lines, listed, made, quoted

FIRST_DAY = date(1900, 3, 1)  # from it on every program counts the days of a workbook alike


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def head_row(sheet: openpyxl.worksheet.worksheet.Worksheet) -> int:
    """Return the row of the headings: the second where a line above them tells of errors."""
    return 2 if str(sheet["A1"].value).startswith("The answer may be incomplete") else 1


def cells(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    """Return a sheet's values below its head, a day as a day."""
    rows = sheet.iter_rows(min_row=head_row(sheet) + 1, values_only=True)
    return [[v.date() if isinstance(v, datetime) else v for v in row] for row in rows]


def column(sheet: openpyxl.worksheet.worksheet.Worksheet, heading: str) -> list[object]:
    """Return the values below a heading."""
    place = [cell.value for cell in sheet[head_row(sheet)]].index(heading)
    return [row[place] for row in cells(sheet)]


def drawn(*values: str | int | date | None) -> list[object]:
    """Return what a row of these values is read back as."""
    headings = [Heading(f"H{number}", 10) for number in range(len(values))]
    sheet = WorkbookSheet("Hoja", headings, [WorkbookRow([(value, "") for value in values])])
    book = WorkbookData("x", date(2002, 11, 15), [sheet])
    return cells(opened(workbook.render(book)).worksheets[0])[0]


# --- as people open it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "names", "first"),
    [
        ("en", ["Tasks", "Matrix", "Conclusions"], ["Reference", "Party", "What"]),
        ("es", ["Compromisos", "Matriz", "Conclusiones"], ["Referencia", "Parte", "Qué"]),
    ],
)
def test_a_sheet_a_view_in_the_readers_language(
    lang: str, names: list[str], first: list[str]
) -> None:
    book = opened(export(DATA, "xlsx", "2002-11-15", lang=lang).data)
    assert book.sheetnames == names
    assert [cell.value for cell in book.worksheets[0][1]][:3] == first
    for sheet in book.worksheets:
        assert 0 < len(sheet.title) <= 31
        assert all(cell.value for cell in sheet[1])


def test_the_head_stays_filters_cover_all_and_pages_repeat_it() -> None:
    for sheet in opened(export(DATA, "xlsx", "2002-11-15").data).worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:")
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert all(cell.font.bold for cell in sheet[1])


def test_no_cell_is_marked_for_being_a_text_of_digits() -> None:
    """As the numbers of conclusions: openpyxl itself writes nothing of that."""
    with zipfile.ZipFile(io.BytesIO(export(DATA, "xlsx", "2002-11-15").data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 3
        for name in sheets:
            ignored = b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/>'
            assert ignored in parts.read(name)


def test_days_are_days_and_numbers_are_numbers() -> None:
    sheet = opened(export(DATA, "xlsx", "2002-11-15", "--party", "MEX").data)["Tasks"]
    assert column(sheet, "Deadline") == [date(2003, 1, 15), date(2003, 3, 31), date(2003, 5, 29)]
    assert column(sheet, "Days left") == [61, 136, 195]
    meeting = "next Vice-Ministerial Meeting of the RCM: Eighth Regional Conference on Migration"
    assert column(sheet, "Due") == ["2003-01-15", "first quarter of 2003", meeting]
    assert column(sheet, "Holder") == [None, "GTM → MEX", None]
    assert {cell.number_format for cell in sheet["D"][1:]} == {"yyyy-mm-dd"}


def test_a_state_is_a_word_and_a_colour() -> None:
    book = opened(export(DATA, "xlsx", "2003-04-01").data)
    late = next(row for row in book["Tasks"].iter_rows(min_row=2) if row[4].value == "overdue")
    assert late[4].font.color.rgb == "FF9C0006"
    matrix = [cell for row in book["Matrix"].iter_rows(min_row=2) for cell in row]
    red = {cell.value for cell in matrix if cell.font.color.rgb == "FF9C0006"}
    assert red == {"overdue"}


def test_the_matrix_has_a_row_a_mandate_and_a_column_a_party() -> None:
    sheet = opened(export(DATA, "xlsx", "2003-04-01").data)["Matrix"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:5] == ["Reference", "What", "Kind", "Due", "Deadline"]
    assert heads[5:8] == ["BLZ", "CAN", "CRI"]
    assert heads[-1] == "nobody"
    assert len(cells(sheet)) == 11


def test_what_one_has_done_stands_beside_what_the_others_owe(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2002-11-01, progress: done}\n")
    sheet = opened(export(folder.path, "xlsx", "2002-11-15").data)["Matrix"]
    assert [column(sheet, code) for code in ("AAA", "BBB")] == [["done"], ["upcoming"]]


def test_the_matrix_has_a_row_for_each_deadline_of_a_mandate(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    moved = "{mandate: WG-2002-10/1, due: 2003-02-28, parties: BBB}"
    folder.write(
        "meetings/WG-2002-11.yaml",
        "id: WG-2002-11\nbody: WG\nstart: 2002-11-10\n"
        f"conclusions:\n- {{number: 1, text: T, extends: {moved}}}\n",
    )
    sheet = opened(export(folder.path, "xlsx", "2002-11-15").data)["Matrix"]
    assert column(sheet, "Deadline") == [date(2003, 1, 15), date(2003, 2, 28)]
    states = [column(sheet, code) for code in ("AAA", "BBB")]
    assert states == [["upcoming", None], [None, "upcoming"]]


def test_the_row_of_what_recurs_has_the_oldest_time_that_is_open(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every month")
    first = "{mandate: WG-2002-10/1, date: 2002-11-20, progress: done, for: 2002-11-30}"
    folder.progress("AAA", f"- {first}\n")
    sheet = opened(export(folder.path, "xlsx", "2003-02-15").data)["Matrix"]
    assert column(sheet, "Deadline") == [date(2002, 12, 31)]
    assert column(sheet, "AAA") == ["overdue"]


def test_several_together_are_told_as_such(folder: Folder) -> None:
    folder.mandate("responsible: [AAA, BBB, CCC], due: 2003-01-15")
    evidence = "- {mandate: WG-2002-10/1, date: 2002-11-01, progress: started, evidence: 'n. 1'}\n"
    folder.progress("AAA", evidence)
    folder.progress("BBB", evidence)
    taken_back = "- {mandate: WG-2002-10/1, date: 2002-11-02, progress: withdrawn, note: 'n. 2'}\n"
    folder.progress("CCC", evidence + taken_back)
    book = opened(export(folder.path, "xlsx", "2002-11-15").data)
    assert column(book["Matrix"], "AAA") == ["upcoming, jointly"]
    assert column(book["Tasks"], "Evidence") == ["AAA: n. 1\nBBB: n. 1"]
    assert column(book["Tasks"], "Note") == [None]
    assert column(book["Tasks"], "Remarks") == ["report withdrawn: CCC: n. 2"]


def test_themes_and_the_lead_have_columns(folder: Folder) -> None:
    themes = "themes:\n  WATER: {name: {en: Water, es: Agua}}\n  SEA: {name: {en: Sea}}\n"
    folder.write("register.yaml", REGISTER + themes)
    folder.mandate("responsible: [AAA, BBB], lead: BBB, themes: [WATER, SEA]")
    book = opened(export(folder.path, "xlsx", "2002-11-15").data)
    assert column(book["Tasks"], "Themes") == column(book["Conclusions"], "Themes")
    assert column(book["Tasks"], "Themes") == ["Water, Sea"]
    assert column(book["Tasks"], "Lead") == ["BBB"]


# --- no text acts --------------------------------------------------------------------------------


def test_nothing_is_taken_for_a_formula_or_a_link(folder: Folder) -> None:
    hostile(folder)
    data = export(folder.path, "xlsx", "2002-11-15", "--all").data
    book = opened(data)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d"}
                assert cell.hyperlink is None
                assert cell.comment is None
    assert [len(cells(sheet)) for sheet in book.worksheets] == [len(HOSTILE)] * 3
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if re.search("link|external|vba", name, re.I)]
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]
        for name in parts.namelist():
            assert parts.getinfo(name).date_time[0] == 1980


@pytest.mark.parametrize("heading", ["What", "Name", "Evidence", "Note", "Remarks"])
def test_a_hostile_text_is_read_back_as_it_is(folder: Folder, heading: str) -> None:
    hostile(folder)
    sheet = opened(export(folder.path, "xlsx", "2002-11-15").data)["Tasks"]
    on_one_line = heading in ("What",)
    for said, text in zip(column(sheet, heading), HOSTILE, strict=True):
        wanted = collapse(text) if on_one_line else text.strip()
        # openpyxl gives back `_x005F_`, by which a workbook writes a `_` that begins an escape.
        assert str(said).replace("_x005F_", "_") == lines(wanted)


def test_a_text_that_is_too_long_for_a_cell_goes_on_in_the_next(folder: Folder) -> None:
    long = "".join(f"{number:06}" for number in range(12_000))
    folder.meeting(f"- {{number: 1, text: {long}, action: {long}, responsible: AAA}}\n")
    book = opened(export(folder.path, "xlsx", "2002-11-15").data)
    sheet = book["Tasks"]
    heads = [cell.value for cell in sheet[1]]
    parts = [column(sheet, head)[0] for head in heads if head.startswith("What")]
    assert [head for head in heads if head.startswith("What")] == ["What", "What (2)", "What (3)"]
    assert "".join(map(str, parts)) == long
    assert sheet.auto_filter.ref == sheet.dimensions


@pytest.mark.parametrize("character", ["x", "ñ", "你", "🎉"])
def test_a_cell_holds_32767_units_of_utf_16(character: str) -> None:
    found = drawn(character * 40_000)
    assert "".join(map(str, found)) == character * 40_000
    assert all(len(str(piece).encode("utf-16-le")) // 2 <= 32_767 for piece in found)


def test_a_sheet_holds_1048576_rows_and_is_refused_with_more() -> None:
    sheet = WorkbookSheet("Hoja", [Heading("H", 10)], [WorkbookRow([("x", "")])] * 1_048_576)
    with pytest.raises(workbook.TooLongError):
        workbook.render(WorkbookData("x", date(2002, 11, 15), [sheet]))


def test_a_sheet_holds_16384_columns_and_is_refused_with_more() -> None:
    with pytest.raises(workbook.TooLongError):
        drawn(*["x"] * 16_385)


def test_more_than_a_workbook_holds_is_one_sentence(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 1)
    folder.mandate("responsible: {each: members}")
    done = export(folder.path, "xlsx", "2002-11-15")
    assert (done.code, done.data) == (1, b"")
    assert done.err == (
        "grcm: there are more rows than a spreadsheet can hold; choose fewer, or use sqlite\n"
    )


# --- nothing is lost -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "read"),
    [
        pytest.param(date(1, 1, 1), "0001-01-01", id="the first day of all"),
        pytest.param(date(1899, 12, 31), "1899-12-31", id="before a workbook's first year"),
        pytest.param(date(1900, 2, 28), "1900-02-28", id="counted differently by two programs"),
        pytest.param(date(1900, 3, 1), date(1900, 3, 1), id="the first that all count alike"),
        pytest.param(date(9999, 12, 31), date(9999, 12, 31), id="the last day of all"),
    ],
)
def test_a_day_that_a_workbook_cannot_count_is_a_text(day: date, read: object) -> None:
    assert drawn(day) == [read]


@pytest.mark.parametrize("as_of", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_any_day_can_be_asked_for(as_of: str) -> None:
    book = opened(export(DATA, "xlsx", as_of, "--all").data)
    assert book.properties.title == f"Regional Conference on Migration · as of {as_of}"


def _row(task: Task, register: Register) -> list[object]:
    """Return what a row of the tasks says, by the task's own fields."""

    def day(value: date | None) -> object:
        return value if value is None or value >= FIRST_DAY else str(value)

    reported = labels.progress_word(task.progress) if task.progress != "unknown" else "no report"
    whom = "? unclear who" if task.anybody else "nobody named"
    return [
        str(task.reference),
        " + ".join(task.parties) or whom,
        ", ".join(" → ".join(held) for held in task.holders.values()) or None,
        clean(collapse((task.mandate.action or task.conclusion.text).shown("en"))) or None,
        day(task.deadline),
        written_due(task, register, "en") or None,
        labels.state(task.state),
        task.days,
        reported,
        day(task.done_on),
        day(max((e.day for e in task.reports if e.progress != "withdrawn"), default=None)),
        ", ".join(word.text for word in task.mandate.support) or None,
        task.mandate.kind,
    ]


KEPT = (
    *("Reference", "Party", "Holder", "What", "Deadline", "Due", "State", "Days left", "Progress"),
    *("Done on", "Reported on", "Support", "Kind"),
)


@given(folders(), st.dates())
@settings(max_examples=30)
def test_nothing_is_lost_in_a_workbook(files: dict[str, str], as_of: date) -> None:
    with tempfile.TemporaryDirectory() as path:
        register = made(Path(path), files)
        book = opened(export(Path(path), "xlsx", str(as_of), "--all").data)
    expected = listed(register, as_of)
    rows = [list(row) for row in zip(*(column(book["Tasks"], name) for name in KEPT), strict=True)]
    for row in rows:
        row[3] = str(row[3]).replace("_x005F_", "_") if row[3] else None
    assert rows == [_row(task, register) for task in expected]
    reports = [standing(task.reports) for task in expected]  # remarks have the others' notes
    notes = ["\n".join(entry.note for entry in some if entry.note) for some in reports]
    for said, note, task in zip(column(book["Tasks"], "Note"), notes, expected, strict=True):
        if len(task.parties) < 2:
            assert str(said or "").replace("_x005F_", "_") == lines(note)
    held = {task.meeting.id for task in expected}
    texts = [c for m in register.meetings if m.id in held for c in m.conclusions or ()]
    assert column(book["Conclusions"], "Text") == [c.text.shown("en") for c in texts]
    assert set(column(book["Matrix"], "Reference")) == {str(task.reference) for task in expected}


def test_a_name_that_would_be_an_escape_of_a_workbook_is_none(folder: Folder) -> None:
    folder.meeting(f"- {{number: 1, text: T, action: {quoted('a_x000D_b')}, responsible: AAA}}\n")
    data = export(folder.path, "xlsx", "2002-11-15").data
    assert "a_x005F_x000D_b" in column(opened(data)["Tasks"], "What")
