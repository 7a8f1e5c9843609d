"""A tracker of sixty rows with the mess of real ones. All of it is an example; nobody wrote it.

`messy.csv` has its cells as a spreadsheet shows them being typed: a day is a real day, a number a
number, and what begins with ' is text. ⏎ is a line end, ⍽ a blank that does not break, ¬ a hyphen
that is not seen.
"""

import csv
import io
import re
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook


def cell(typed: str) -> str | int | datetime | None:
    """Return the value of a cell."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", typed):
        return datetime.fromisoformat(typed)
    if typed.isdecimal():
        return int(typed)
    text = typed.removeprefix("'").replace("⏎", "\n").replace("⍽", "\u00a0").replace("¬", "\u00ad")
    return text or None


with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
    HEAD, *ROWS = ([cell(typed) for typed in row] for row in csv.reader(file))


def workbook() -> bytes:
    """Return the tracker as Excel saves it, with merged cells and a title above."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Seguimiento"
    sheet.append(["MATRIZ DE SEGUIMIENTO (ejemplo)"])
    sheet.append([])
    sheet.append(HEAD)
    for row in ROWS:
        sheet.append([*row, *[None] * (len(HEAD) - len(row))])
    sheet.merge_cells("A1:L1")
    sheet.merge_cells("A4:A15")
    sheet.merge_cells("B4:B15")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
