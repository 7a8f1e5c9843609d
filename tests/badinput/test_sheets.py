"""Hostile and careless workbooks and CSV files: what is said of each, and no harm done.

A case is the command, the file, the exit code and a part of what is said.
"""

import io
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from ..conftest import DATA, environment
from ..limits import SECONDS, run_limited
from ..processes import grcm_here

LEAST = 40
REF = "GRCM-2002-10/8#1"
MEETING = "XXIV Reunión del GRCM, San José, 3 al 5 de marzo de 2020"
REPORT = (("Reference", "Party", "State", "Date"), (REF, "MEX", "done", "2003-01-15"))
FORM = (
    *("Reference", "Party", "What", "Deadline", "State on that date", "State", "Date", "Evidence"),
    "Note",
)
HEAD = ("Meeting", "No.", "Text", "Responsible", "Deadline", "State")
Rows = Sequence[Sequence[object]]
Edit = Callable[[bytes], bytes]


def xlsx(rows: Rows, edits: dict[str, Edit] | None = None, **sheets: Rows) -> bytes:
    """Return a workbook; `edits` change its parts, `hidden…` sheets are hidden."""
    book = Workbook()
    for name, cells in {"Reply": rows, **sheets}.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name.startswith(("hidden", "grcm")) else "visible"
        for row in cells:
            sheet.append(list(row))
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = Path(name).stem
            edit = (edits or {}).get(part, bytes)
            new.writestr(name, edit(old.read(name)))
    return changed.getvalue()


def commented(*cells: str, rows: Rows = REPORT) -> bytes:
    """Return a workbook with a comment on each of some cells."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cell in cells:
        book.active[cell].comment = Comment("Check", "A. B.")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: Rows, encoding: str = "utf-8") -> bytes:
    lines = ("|".join(str(cell) for cell in row).replace("|", "\t") for row in rows)
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def behind(mark: bytes, added: bytes) -> Edit:
    """Return what puts bytes behind the first place of a mark."""
    return lambda part: part.replace(mark, mark + added, 1)


def before(mark: bytes, added: bytes) -> Edit:
    return lambda part: part.replace(mark, added + mark, 1)


def report(**edits: Edit) -> bytes:
    return xlsx(REPORT, edits)


def of_sheet(mark: bytes, added: bytes) -> bytes:
    return report(sheet1=before(mark, added))


def number_format(code: str) -> bytes:
    """Return a workbook in which the number 8 has a format."""
    formats = f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'.encode()
    rows = (*REPORT[:1], (REF, "MEX", "done", "2003-01-15"), (8, "PAN", "done", "2003-01-15"))

    def styled(part: bytes) -> bytes:
        part = part.replace(b"<fonts", formats + b"<fonts", 1)
        return part.replace(b'numFmtId="0" fontId="0"', b'numFmtId="200" fontId="0"')

    return xlsx(rows, {"styles": styled})


def tracker(*row: object) -> bytes:
    return csv([HEAD, row])


def wide_sheet(mark: bytes) -> bytes:
    return of_sheet(b"</sheetData>", b'<row r="9"><c r="' + mark + b'"><v>1</v></c></row>')


class Case(NamedTuple):
    """A file that somebody sends, and what is said of it."""

    command: str
    name: str
    data: Callable[[], bytes]
    code: int
    said: str


NO_BOOK = "or it is damaged"
ODD = "it contains something that no workbook has"
LONG = "more than 32767 characters"
CASES = {
    # --- workbooks: XML, sizes, styles
    "60,000 unclosed merged cells": Case("record", "r.xlsx", lambda: of_sheet(
        b"</worksheet>", b"<mergeCell " * 60_000), 2, NO_BOOK),
    "60,000 merged cells": Case("record", "r.xlsx", lambda: of_sheet(
        b"</worksheet>", b"<mergeCells>" + b'<mergeCell ref="B1:B20000"/>' * 60_000
        + b"</mergeCells>"), 0, "1 entry"),
    "100,000 merged cells": Case("record", "r.xlsx", lambda: of_sheet(
        b"</worksheet>", b'<mergeCell ref="A1:B2"/>' * 100_001), 2, "far more cells"),
    "a merged cell of a million rows": Case("record", "r.xlsx", lambda: of_sheet(
        b"</worksheet>", b'<mergeCell ref="F1:F1048576"/>'), 0, "1 entry"),
    "half a million zeros": Case("record", "r.xlsx", lambda: number_format("0." + "0" * 500_000),
                                 2, ODD),
    "a number format of brackets": Case("record", "r.xlsx", lambda: number_format("[" * 100_000),
                                        2, ODD),
    "a number format of 255 zeros": Case("record", "r.xlsx", lambda: number_format("0" * 255),
                                         2, "A3 (Reference)"),
    "300 sheets": Case("record", "r.xlsx", lambda: report(workbook=before(
        b"</sheets>", b'<sheet name="a" sheetId="9"/>' * 300)), 2, ODD),
    "200,000 fonts": Case("record", "r.xlsx", lambda: report(styles=before(
        b"</fonts>", b"<font><b/></font>" * 200_000)), 2, "far more cells"),
    "100,000 elements in each other": Case("record", "r.xlsx", lambda: report(workbook=before(
        b"</sheets>", b"<x>" * 100_000)), 2, "far more cells"),
    "entities in the texts": Case("record", "r.xlsx", lambda: report(core=lambda _part:
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'), 2, ODD),
    "entities behind a comment": Case("record", "r.xlsx", lambda: report(styles=lambda _part:
        b"<!-- x --><!DOCTYPE x><x/>"), 2, ODD),
    "an encoding of its own": Case("record", "r.xlsx", lambda: report(styles=lambda _part:
        b"<?xml version='1.0' encoding='utf-7'?><x/>"), 2, ODD),
    "row minus one": Case("record", "r.xlsx", lambda: of_sheet(
        b"</sheetData>", b'<row r="-1"><c><v>1</v></c></row>'), 2, NO_BOOK),
    "row ten to the nine": Case("record", "r.xlsx", lambda: of_sheet(
        b"</sheetData>", b'<row r="1000000000"><c><v>1</v></c></row>'), 2, NO_BOOK),
    "a number of 30,000 digits": Case("record", "r.xlsx", lambda: of_sheet(
        b"</sheetData>", b"<row><c><v>" + b"9" * 30_000 + b"</v></c></row>"), 2, NO_BOOK),
    "a number that is none": Case("record", "r.xlsx", lambda: of_sheet(
        b"</sheetData>", b"<row><c><v>NaN</v></c></row>"), 2, NO_BOOK),
    "no part for a sheet": Case("record", "r.xlsx", lambda: report(**{"workbook.xml": lambda _p:
        b"<Relationships/>"}), 2, NO_BOOK),
    "a cell of 40,000 letters": Case("record", "r.xlsx", lambda: xlsx(
        (*REPORT[:1], (REF, "MEX", "done", "2003-01-15"), ("x" * 32_000, "", "done", ""))), 2,
        "A3 (Reference)"),
    # --- workbooks: what vanished without a word
    "a row far below": Case("record", "r.xlsx", lambda: wide_sheet(b"A9"), 0,
                            "1 row without progress left out"),
    "row 20,002 behind a gap": Case("record", "r.xlsx", lambda: of_sheet(
        b"</sheetData>", b'<row r="20002"><c r="A20002"><v>1</v></c></row>'), 2,
        "more than 20000 rows"),
    "column 101": Case("record", "r.xlsx", lambda: wide_sheet(b"CW9"), 2, "CW9 has a value"),
    "the last column": Case("import", "t.xlsx", lambda: wide_sheet(b"XFD9"), 2, "XFD9 has a value"),
    "a styled cell in the last column": Case("record", "r.xlsx", lambda: of_sheet(
        b"</sheetData>", b'<row r="9"><c r="XFD9" s="0"/></row>'), 0, "1 entry"),
    "a hidden row": Case("record", "r.xlsx", lambda: report(sheet1=lambda part: part.replace(
        b'<row r="2"', b'<row r="2" hidden="1"')), 0, "hidden in the sheet, but read: row 2"),
    "a hidden column": Case("record", "r.xlsx", lambda: of_sheet(
        b"<sheetData>", b'<cols><col min="2" max="3" hidden="1" width="0"/></cols>'), 0,
        "hidden in the sheet, but read: column B, column C"),
    "comments on cells": Case("record", "r.xlsx", lambda: commented("C2", "D9"), 0,
                              "r.xlsx: comments on cells that are not read: 2 (C2, D9)"),
    "a comment in a tracker": Case("import", "t.xlsx", lambda: commented("D2", rows=(
        HEAD, (MEETING, 1, "Do it.", "MEX"))), 0, "t.xlsx: comments on cells that are not read: 1"),
    "a second sheet": Case("record", "r.xlsx", lambda: xlsx(REPORT, Other=[("a", "b")]), 0,
                           "only the sheet Reply is read, not: Other"),
    "a hidden sheet": Case("record", "r.xlsx", lambda: xlsx(REPORT, hidden=[("a", "b")]), 0,
                           "only the sheet Reply is read, not: hidden"),
    "a column without a heading": Case("record", "r.xlsx", lambda: xlsx(
        (REPORT[0], (*REPORT[1], None, "late"))), 0, "columns that are not read: F"),
    "the same in a tracker": Case("import", "t.xlsx", lambda: xlsx(
        (HEAD, (MEETING, 1, "Do it.", "MEX", "", "", "", "late"))), 0, "column H  it has no head"),
    # --- forms
    "a form for another country": Case("record", "r.xlsx", lambda: xlsx(
        (FORM, (REF, "PAN", "Send it", "", "", "done", "2003-01-15")),
        grcm=[("grcm reply form 1",), (REF, "MEX", "", "Send it")]), 2,
        "this form asks MEX about GRCM-2002-10/8#1, but this row has 'PAN'"),
    "a form for its own country": Case("record", "r.xlsx", lambda: xlsx(
        (FORM, (REF, "MEX", "Send it", "", "", "done", "2003-01-15")),
        grcm=[("grcm reply form 1",), (REF, "MEX", "", "Send it")]), 0, "1 entry to record"),
    # --- CSV
    "20,000 columns": Case("record", "r.csv", lambda: csv(REPORT) + b"x\t" * 20_000, 2,
                           "CW3 has a value"),
    "20,000 headings": Case("record", "r.csv", lambda: csv([["State"] * 20_000]), 2,
                            "CW1 has a value"),
    "a line of a million commas": Case("record", "r.csv", lambda: b"," * 1_000_000 + b"x", 2,
                                       "has a value"),
    "a million quotation marks": Case("record", "r.csv", lambda: csv(REPORT) + b'"' * 1_000_001,
                                      2, "not a CSV row"),
    "a long word in Mac Roman": Case("record", "r.csv", lambda: csv(
        [*REPORT, (REF, "x" * 300_000 + "reunión", "", "")], "mac-roman"), 2, "its accents are in"),
    "a cell of a million letters": Case("record", "r.csv", lambda: csv(
        [*REPORT, ("x" * 1_000_000, "PAN", "done", "2003-01-15")]), 2, LONG),
    "a heading of brackets": Case("record", "r.csv", lambda: csv(
        [[*REPORT[0], "(" * 30_000], [*REPORT[1], "x"]]), 0, "columns that are not read"),
    # --- cells of trackers
    "30,000 digits for a meeting": Case("import", "t.csv", lambda: tracker(
        "9" * 30_000, 1, "Do it."), 1, "the body that met is not named"),
    "a heading of 30,000 digits": Case("import", "t.csv", lambda: csv(
        [HEAD, ("9" * 30_000,)]), 1, "neither a text nor an action"),
    "40,000 spaces": Case("import", "t.csv", lambda: tracker(
        MEETING, 1, "Do it.", "MEX" + " " * 32_000 + "Pérez"), 0, "kept as an internal remark"),
    "40,000 lines": Case("import", "t.csv", lambda: csv([HEAD]) + (
        f'"{MEETING}"\t1\tDo it.\t"MEX' + "\n" * 32_000 + 'PAN"\t\t\r\n').encode(), 0, "joint"),
    "a state of 30,000 letters": Case("import", "t.csv", lambda: tracker(
        MEETING, 1, "Do it.", "MEX", "", "done " * 6_000), 0, "no state was recognized"),
    "5,000 brackets of a party": Case("import", "t.csv", lambda: tracker(
        MEETING, 1, "Do it.", "Pérez" + "(" * 5_000), 0, "kept as an internal remark"),
    "a number of 30,000 letters": Case("import", "t.csv", lambda: tracker(
        MEETING, "N" * 30_000 + "1", "Do it."), 1, "is not the number of a decision"),
    "a deadline of 2,000 days": Case("import", "t.csv", lambda: tracker(
        MEETING, 1, "Do it.", "MEX", "2003-01-15 " * 2_000), 0, "internal remark"),
}  # fmt: skip


def test_there_are_enough() -> None:
    assert len(CASES) >= LEAST


@pytest.mark.parametrize("name", CASES)
def test_no_sheet_does_harm(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / case.name).write_bytes(case.data())
    words = ["--as-of", "2021-01-31", case.command, case.name, "--dry-run"]
    done = run_limited(grcm_here, words, str(tmp_path), environment(COLUMNS="300"))
    output = (done.out + done.err).decode()
    assert "Traceback" not in output
    assert done.seconds < SECONDS
    assert case.said in output, output[:2000]
    assert done.code == case.code, output[:2000]
