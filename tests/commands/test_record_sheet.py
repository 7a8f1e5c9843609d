"""`grcm record reply.xlsx` and `reply.csv`: what people send back, and the cells that are wrong."""

import io
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from grcm_cli.language.text import LANGUAGES
from grcm_cli.sheets.headings import reports_like, state_named

from ..conftest import EVERY, Folder, run_grcm
from .test_new_and_init import typed

REF = "GRCM-2002-10/8#1"
Cells = Sequence[Sequence[object]]
HEAD = ("Acuerdo", "País", "Estado", "Fecha de cumplimiento", "Evidencia", "Observaciones")


def xlsx(rows: Cells, **hidden: Cells) -> bytes:
    """Return a workbook with a sheet of these rows, and hidden sheets."""
    book = Workbook()
    for name, cells in {"Respuesta": rows, **hidden}.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for number, row in enumerate(cells, 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column, value)
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: Cells, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    texts = [[str(cell if cell is not None else "") for cell in row] for row in rows]
    lines = [delimiter.join(f'"{text}"' if "\n" in text else text for text in row) for row in texts]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def record(
    work: Path, *words: str, lang: str = "en", files: Mapping[str, bytes] = {}, **more: bytes
) -> tuple[int, str, str]:
    """Write files (`reply_xlsx` is reply.xlsx) and run `grcm record`."""
    for name, data in {**files, **more}.items():
        (work / name.replace("_", ".")).write_bytes(data)
    ran = run_grcm("--as-of", "2003-02-01", "--lang", lang, "record", *words, cwd=work)
    return ran.code, ran.out, ran.err


def written(work: Path) -> dict[str, str]:
    folder = work / "data/progress"
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}


REPLY: Cells = (
    HEAD,
    (REF, "México", "cumplido", "15/01/2003", "Nota verbal 1", "línea uno\nlínea dos"),
    ("8#1", "panama", "En proceso", "10/01/2003", "", "según acordado"),
    ("8#1", "EE. UU.", "No aplica", "2003-01-03", "", ""),
    ("8#1", "Belice", "sin informe", "", "", ""),
    ("8#1", "Canadá", "", "", "", ""),
)
EXPECTED = {
    "MEX": f"- {{mandate: {REF}, date: 2003-01-15, progress: done, evidence: Nota verbal 1, "
    "internal: línea uno línea dos}\n",
    "PAN": f"- {{mandate: {REF}, date: 2003-01-10, progress: started, internal: según acordado}}\n",
    "USA": f"- {{mandate: {REF}, date: 2003-01-03, progress: not-applicable}}\n",
}
DATED: Cells = [
    [*row[:3], {"15/01/2003": datetime(2003, 1, 15), "10/01/2003": date(2003, 1, 10)}.get(  # noqa: DTZ001
        str(row[3]), row[3]), *row[4:]]
    for row in REPLY
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *(
            pytest.param("reply_csv", csv(REPLY, mark, encoding), id=f"{encoding} {ord(mark)}")
            for mark, encoding in (
                *((";", name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")),
                *((",", "utf-8"), ("\t", "utf-16")),
            )
        ),
        pytest.param("reply_csv", b"sep=;\r\n" + csv(REPLY), id="a line that names the separator"),
        pytest.param(
            "reply_csv", b"Respuesta de los pa\xedses;;\r\n;;\r\n" + csv(REPLY, ";", "cp1252"),
            id="a title above the headings",
        ),
        pytest.param("reply_xlsx", xlsx(REPLY), id="xlsx with days as text"),
        pytest.param("reply_xlsx", xlsx(DATED), id="xlsx with real days"),
        pytest.param(
            "reply_xlsx", xlsx([("Respuesta",), (), ("Rellene, por favor",), *DATED]),
            id="xlsx with a title above the headings",
        ),
        pytest.param(
            "reply_xlsx", xlsx(DATED, Otra=[HEAD, (REF, "NIC", "cumplido", "2003-01-01")]),
            id="xlsx with a hidden sheet",
        ),
    ],
)  # fmt: skip
def test_what_countries_send_back(work: Path, name: str, data: bytes) -> None:
    code, out, err = record(work, name.replace("_", "."), lang="es", files={name: data})
    assert (code, written(work)) == (0, EXPECTED), err
    assert out.startswith("3 anotaciones por registrar\n")
    assert "se omitieron 2 filas sin avance" in err.splitlines()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("reply_csv", csv([HEAD, (REF, "MEX", "sí", "2003-01-15", "Nota\x0b1",
                                  "uno\u2028dos\x85tres")])),
        ("reply_xlsx", xlsx([HEAD, (REF, "MEX", "sí", "2003-01-15", "Nota_x000D_\n1",
                                    "uno_x000b_dos_x000d_tres")])),
    ],
)  # fmt: skip
def test_line_breaks_pasted_from_word_cut_no_cell(work: Path, name: str, data: bytes) -> None:
    code, _out, err = record(work, name.replace("_", "."), files={name: data})
    texts = "evidence: Nota 1, internal: uno dos tres}"
    assert (code, texts in written(work)["MEX"]) == (0, True), err


FORM = ("Referencia", "Parte", "Qué", "Plazo", "Estado hoy", "Estado", "Fecha", "Evidencia", "Nota")
FORM_ROW = (REF, "MEX", "Enviar", "2003-01-15", "vencido", "cumplido", "2003-01-15", "", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_of_tasks_filled_in_is_recorded(work: Path, lang: str) -> None:
    """What it said before is left alone: a report of an office's holder, or of one of several."""
    done = ("record", "done", "GRCM-2002-10/9", "--by", "GTM", "--on", "2002-12-01")
    details = ("--evidence", "Nota 6", "--note", "en Antigua")
    assert run_grcm(*done, *details, cwd=work).code == 0
    options = ("--all", "-o", "tasks.xlsx", "--lang", lang, "--as-of", "2003-02-01")
    assert run_grcm("export", "xlsx", *options, cwd=work).code == 0
    book = load_workbook(work / "tasks.xlsx")
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if sum(cell.value is not None for cell in row) > 9)
    reference, party = head[0].column, head[1].column
    progress, evidence, reported = head[6].column, head[7].column, head[12].column
    for row in range(head[0].row + 1, sheet.max_row + 1):
        if [sheet.cell(row, at).value for at in (reference, party)] == [REF, "MEX"]:
            sheet.cell(row, progress).value = "done"
            sheet.cell(row, evidence).value = "Nota 7"
            sheet.cell(row, reported).value = date(2003, 1, 20)
    book.save(work / "tasks.xlsx")
    code, _out, err = record(work, "tasks.xlsx", lang=lang)
    assert code == 0, err
    entry = f"- {{mandate: {REF}, date: 2003-01-20, progress: done, evidence: Nota 7}}\n"
    files = {path.name: path.read_text() for path in (work / "data/progress").glob("*.yaml")}
    assert files.pop("GTM.yaml").count("mandate") == 1
    assert files == {"MEX.yaml": entry}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"State": "done", "Done on": date(2003, 1, 15)}, "2003-01-15, progress: done"),
        ({"Progress": "done", "Done on": date(2003, 1, 15), "Reported on": date(2003, 1, 20)},
         "2003-01-15, progress: done"),
        ({"Progress": "done", "Reported on": date(2003, 1, 20)}, "2003-01-20, progress: done"),
        ({"State": "done 15/1/2003"}, "2003-01-15, progress: done"),
        ({"State": "declined", "Reported on": date(2003, 1, 20)}, "2003-01-20, progress: declined"),
        ({"State": "sent to all", "Done on": date(2003, 1, 15)}, "E7 (State): 'sent to all' is"),
        ({"Progress": "perhaps", "Done on": date(2003, 1, 15)}, "G7 (Progress): 'perhaps' is not"),
        ({"State": "done", "Progress": "started", "Reported on": date(2003, 1, 20)},
         "E7 (State): these cells contradict each other: State: done, Progress: started;"),
        ({"Done on": date(2003, 1, 15)}, "'no report' reports nothing, but the row has Done on:"),
        ({"Progress": "started", "Reported on": date(2003, 1, 10), "Done on": date(2003, 1, 15)},
         "L7 (Done on): 2003-01-15 is given here, but the state is dated 2003-01-10;"),
    ],
)  # fmt: skip
def test_what_an_office_writes_into_the_workbook_is_read_or_asked_about(
    work: Path, cells: Mapping[str, object], expected: str
) -> None:
    options = ("--all", "-o", "tasks.xlsx", "--lang", "en", "--as-of", "2003-02-01")
    assert run_grcm("export", "xlsx", *options, cwd=work).code == 0
    book = load_workbook(work / "tasks.xlsx")
    head, *rows = book.worksheets[0].iter_rows()
    columns = [cell.value for cell in head]
    row = next(row for row in rows if [cell.value for cell in row[:2]] == [REF, "MEX"])
    for heading, value in cells.items():
        row[columns.index(heading)].value = value
    book.save(work / "tasks.xlsx")
    code, _out, err = record(work, "tasks.xlsx")
    entry = f"- {{mandate: {REF}, date: {expected}}}\n"
    is_read = expected.startswith("2003-")
    assert (code, written(work)) == ((0, {"MEX": entry}) if is_read else (2, {})), err
    assert is_read or expected.replace("7 (", f"{row[0].row} (") in err


def test_a_workbook_that_nobody_filled_in_says_nothing_new(work: Path) -> None:
    """Though it was done on another day than that of the last report."""
    said = [("done", "2002-12-01"), ("done", "2003-01-10")]
    said += [("started", "2002-11-20"), ("not-started", "2003-01-11")]
    for progress, day in said:
        words = ("--by", "MEX", "--on", day, "--evidence", f"Nota {day}")
        for reference in (REF, "GRCM-2002-10/22"):
            run_grcm("record", progress, reference, *words, "--as-of", "2003-02-01", cwd=work)
    before = written(work)
    options = ("--all", "-o", "tasks.xlsx", "--lang", "en", "--as-of", "2003-02-01")
    assert run_grcm("export", "xlsx", *options, cwd=work).code == 0
    code, _out, err = record(work, "tasks.xlsx", "--yes")
    assert (code, written(work)) == (0, before), err


NOTED = {
    "BLZ": f"- {{mandate: {REF}, date: 2003-01-10, progress: started, note: See our page}}\n",
    "CAN": f"- {{mandate: {REF}, date: 2003-01-10, progress: done, note: '=1+1 ##[x', "
    "evidence: '@a  b', internal: by phone}\n",
    "CRI": f"- {{mandate: {REF}, date: 2003-01-10, progress: done, note: an error · x}}\n"
    f"- {{mandate: {REF}, date: 2003-01-11, progress: withdrawn, note: it was not}}\n",
    "GTM": f"- {{mandate: {REF}, date: 2003-01-10, progress: started, internal: by phone}}\n",
    "MEX": f"- mandate: {REF}\n  date: 2003-01-12\n  progress: started\n"
    "  note: |\n    One line: a · b.\n\n    Another line.\n"
    "- {mandate: GRCM-2002-10/9, date: 2003-01-14, progress: started, note: of the holder}\n",
    "PPT": "- {mandate: GRCM-2002-10/6, date: 2003-01-14, progress: declined, note: we cannot}\n",
    "ST": "- {mandate: GRCM-2002-10/6, date: 2003-01-12, progress: PROGRESS, note: we can}\n",
}
"""What parties have reported, with notes of every shape."""


def change_row(table: Path, note: str, before: str, after: str) -> None:
    """Write another state, and the day of it, into the row of a table with a note."""
    if table.suffix == ".csv":
        text = table.read_text()
        row = next(row for row in text.splitlines() if note.rsplit(": ", maxsplit=1)[-1] in row)
        changed = re.sub(r"2003-01-1\d", "2003-01-20", row.replace(f",{before},", f",{after},"))
        table.write_text(text.replace(row, changed))
    else:
        book = load_workbook(table)
        row = next(row for row in book.worksheets[0].rows if row[13].value == note)
        row[6].value, row[12].value = after, date(2003, 1, 20)
        book.save(table)


@pytest.mark.parametrize("name", [*LANGUAGES, "csv"])
@pytest.mark.parametrize("joint", ["started", "declined"])
def test_a_table_that_grcm_wrote_takes_no_note_away(work: Path, name: str, joint: str) -> None:
    """Unchanged, it adds nothing; with another state, what it has as a note stays public."""
    for party, entries in NOTED.items():
        path = work / f"data/progress/{party}.yaml"
        path.write_text(entries.replace("PROGRESS", joint), encoding="utf-8")
    before, table = written(work), work / ("t.csv" if name == "csv" else "t.xlsx")
    lang = "en" if name == "csv" else name
    options = ("--all", "-o", table.name, "--lang", lang, "--as-of", "2003-02-01")
    assert run_grcm("export", table.suffix[1:], *options, cwd=work).code == 0
    for reader in ("en", "fr"):
        code, _out, err = record(work, table.name, "--yes", lang=reader)
        assert (code, written(work)) == (0, before), err
    change_row(table, "See our page", "started", "done")
    assert record(work, table.name, "--yes")[0] == 0
    entry = f"- {{mandate: {REF}, date: 2003-01-20, progress: done, note: See our page}}\n"
    assert written(work) == {**before, "BLZ": before["BLZ"] + entry}


def test_a_note_that_is_new_is_internal(work: Path) -> None:
    (work / "data/progress/BLZ.yaml").write_text(NOTED["BLZ"])
    run_grcm("export", "csv", "-o", "t.csv", "--as-of", "2003-02-01", cwd=work)
    text = (work / "t.csv").read_text().replace("See our page", "See our page too")
    assert record(work, "t.csv", "--yes", t_csv=text.encode())[0] == 0
    assert "internal: See our page too" in written(work)["BLZ"]


def test_why_nothing_was_done_explains_no_later_state(work: Path) -> None:
    entry = f"- {{mandate: {REF}, date: 2003-01-10, progress: not-started, note: Ship in dock}}\n"
    (work / "data/progress/BLZ.yaml").write_text(entry)
    run_grcm("export", "csv", "-o", "t.csv", "--as-of", "2003-02-01", "--lang", "en", cwd=work)
    change_row(work / "t.csv", "Ship in dock", "not-started", "done")
    assert record(work, "t.csv", "--yes")[0] == 0
    assert (
        written(work)["BLZ"] == entry + f"- {{mandate: {REF}, date: 2003-01-20, progress: done}}\n"
    )


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_the_note_of_another_party_is_none_of_the_reporter_s(work: Path, name: str) -> None:
    (work / "data/progress/PPT.yaml").write_text(NOTED["PPT"])
    run_grcm("export", name, "-o", f"t.{name}", "--as-of", "2003-02-01", "--lang", "en", cwd=work)
    table = work / f"t.{name}"
    change_row(table, "PPT: we cannot", "declined", "started")
    assert record(work, table.name, "--yes", "--by", "ST")[0] == 0
    entry = "- {mandate: GRCM-2002-10/6, date: 2003-01-20, progress: started}\n"
    assert written(work)["ST"] == entry


def test_a_form_without_its_hidden_sheet_is_of_somebody_named(work: Path) -> None:
    """In a workbook and in CSV: the party that a row names may be another's doing."""
    for files in ({"f.xlsx": xlsx([FORM, FORM_ROW])}, {"f.csv": csv([FORM, FORM_ROW])}):
        [name] = files
        for options, code in (((), 2), (("--by", "PAN"), 2), (("--by", "MEX"), 0)):
            shutil.rmtree(work / "data/progress", ignore_errors=True)
            ended, _out, err = record(work, name, *options, files=files)
            assert (ended, bool(written(work))) == (code, code == 0), err
            if not options:
                assert "without its hidden sheet: give the sender with --by" in err
            elif code:
                assert "the row is from MEX, but --by names PAN; if MEX sent it" in err


@pytest.mark.parametrize(
    ("second", "asked"),
    [("declinado", True), ("iniciado", True), ("no iniciado", True), ("cumplido", False),
     ("retirado", False)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("typing", "options", "is_written"),
    [("s\n", (), True), ("no\n", (), False), (None, ("--yes",), False), (None, (), False),
     (None, ("--dry-run",), False)],
)  # fmt: skip
def test_two_sheets_that_contradict_each_other_on_a_day_are_asked_about(
    work: Path, second: str, asked: bool, typing: str | None, options: tuple[str, ...],  # noqa: FBT001 - of a table
    is_written: bool,  # noqa: FBT001 - of a table
) -> None:  # fmt: skip
    record(work, "one.csv", files={"one.csv": csv([HEAD, (REF, "MEX", "cumplido", "2003-01-15")])})
    before = written(work)
    said = "el registro ya tiene «cumplido» de MEX en la misma fecha"
    (work / "two.csv").write_bytes(csv([HEAD, (REF, "MEX", second, "2003-01-15", "", "Nota")]))
    if typing is None:
        code, _out, shown = record(work, "two.csv", *options, lang="es")
        assert code == (2 if asked and options != ("--dry-run",) else 0), shown
    else:
        shown = typed(work, typing, "--lang", "es", "--as-of", "2003-02-01", "record", "two.csv")
    assert (said in shown) is asked
    is_changed = is_written if asked or typing else options != ("--dry-run",)
    assert (written(work) != before) is is_changed


@pytest.mark.parametrize(
    ("share", "state"),
    [(0.996, "started, note: 99.6%"), (0.004, "started, note: 0.4%"), (1, "done"),
     (0, "not-started"), (1.004, "")],
)  # fmt: skip
def test_a_rounded_percentage_is_read_as_it_is(work: Path, share: float, state: str) -> None:
    book = load_workbook(io.BytesIO(xlsx([HEAD, (REF, "MEX", share, "2003-01-15", "", "")])))
    book.worksheets[0]["C2"].number_format = "0%"
    book.save(work / "r.xlsx")
    code, _out, err = record(work, "r.xlsx", "--yes")
    assert written(work).get("MEX", "").partition("progress: ")[2].rstrip("}\n") == state, err
    assert code == (0 if state else 2)


def test_a_preview_writes_nothing(work: Path) -> None:
    code, out, _err = record(work, "reply.csv", "--dry-run", lang="es", reply_csv=csv(REPLY))
    assert (code, written(work)) == (0, {})
    assert "2     GRCM-2002-10/8#1  México" in out
    assert "La evidencia y las notas son públicas; lo marcado como interno, no." in out


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (["Compromiso adquirido", "País u organismo", "Vence", "Nivel de avance"],
         ["mandate", "by", "deadline", "progress"]),
        (["N.º", "Referencia", "Acuerdo", "País"], [None, "mandate", "what", "by"]),
        (["Acuerdo", "Fecha", "Estado", "Avance"], ["mandate", "on", None, "progress"]),
        (["Acuerdo", "País", "Situación actual", "Fecha"], ["mandate", "by", "progress", "on"]),
        (["Decision", "Current status", "Date"], ["mandate", "progress", "on"]),
        (["Decision", "Current status", "Status", "Date"], ["mandate", "today", "progress", "on"]),
        (["Décision", "Situation actuelle", "Date"], ["mandate", "progress", "on"]),
        (["Decisão", "Situação atual", "Data"], ["mandate", "progress", "on"]),
        (["Decision", "Date", "Completed on", "Last updated"],
         ["mandate", "on", "done", "reported"]),
        (["Acuerdo", "Nota"], ["mandate", "internal"]),
        (["Acuerdo", "Nota pública", "Seguimiento"], ["mandate", "note", "internal"]),
        (["Décision", "Pays", "État", "Commentaires"], ["mandate", "by", "progress", "internal"]),
        (["Decisão", "País", "Status", "Observações"], ["mandate", "by", "progress", "internal"]),
        (["Decision", "Country", "Status", "Remarks"], ["mandate", "by", "progress", "internal"]),
        (FORM,
         ["mandate", "by", "what", "deadline", "today", "progress", "on", "evidence", "note"]),
    ],
)  # fmt: skip
def test_headings(headings: list[str], columns: list[str | None]) -> None:
    known = reports_like([headings], is_form=False).columns_of(headings)
    assert [known.get(place) for place in range(len(headings))] == columns


AMBIGUOUS: Cells = (HEAD, (REF, "MEX", "cumplido", "03/01/2003"), (REF, "PAN", "sí", "05/01/2003"))


@pytest.mark.parametrize(
    ("typing", "day"),
    [
        pytest.param("3\n1\nsí\n", "2003-01-03", id="the day first, after a slip"),
        pytest.param("2\ns\n", "2003-03-01", id="the month first"),
        pytest.param("1\nno\n", None, id="it is not to be recorded"),
        pytest.param("1\n\n", None, id="an empty answer stops"),
    ],
)
def test_at_a_terminal_order_and_preview_are_asked_about(
    work: Path, typing: str, day: str | None
) -> None:
    (work / "reply.csv").write_bytes(csv(AMBIGUOUS))
    words = ("--lang", "es", "--as-of", "2003-06-01", "record", "reply.csv")
    shown = " ".join(typed(work, typing, *words).split())
    question = "¿«03/01/2003» es (1) el 3 de enero de 2003 o (2) el 1 de marzo de 2003? [1/2]:"
    assert question in shown
    assert "¿Registrar estas anotaciones? [sí/no]" in shown
    assert (f"date: {day}" in written(work).get("MEX", "")) is (day is not None)
    assert ("no se escribió nada" in shown) is (day is None)


WRONG = [
    ("A3", (None, "MEX", "cumplido", "2003-01-15"), "the reference is missing"),
    ("A3", ("99", "MEX", "cumplido", "2003-01-15"), "GRCM-2002-10 has no conclusion 99"),
    ("A3", ("CRM-1999-01/1", "MEX", "cumplido", "2003-01-15"), "CRM-1999-01"),
    ("A3", (date(2003, 8, 1), "MEX", "cumplido", "2003-01-15"), "this cell holds a date"),
    ("A3", ("=A2&1", "MEX", "cumplido", "2003-01-15"), "a formula without its value"),
    ("A3", ("8.1.1", "MEX", "cumplido", "2003-01-15"), "8.1.1"),
    ("B3", (REF, "Mejico del Sur", "cumplido", "2003-01-15"), "the register has no party"),
    ("B3", (REF, "MEX, PAN", "cumplido", "2003-01-15"), "name one at a time"),
    ("B3", (REF, "", "cumplido", "2003-01-15"), "who reports on"),
    ("B3", (REF, "OIM", "cumplido", "2003-01-15"), "OIM does not owe"),
    ("B3", (REF, "#REF!", "cumplido", "2003-01-15"), "the cell shows #REF!; write the value"),
    ("A3", ("GRCM-2002-10/8\u200b#1", "MEX", "cumplido", "2003-01-15"), "the character U+200B is"),
    ("A3", ("\u200f" + REF, "MEX", "cumplido", "2003-01-15"), "the character U+200F is invisible"),
    ("A3", ("GR\u0421M-2002-10/8#1", "MEX", "cumplido", "2003-01-15"), "did you mean `GRCM-2002"),
    ("A3", ("GRCM–2002–10/8#1", "MEX", "cumplido", "2003-01-15"), "did you mean `GRCM-2002-10`?"),
    ("A3", ("GRCM-2002-10/8", "MEX", "cumplido", "2003-01-15"), "has 2 mandates; write GRCM-2002"),
    ("B3", (REF, "MEX y GTM", "cumplido", "2003-01-15"), "name one at a time"),
    ("C3", (REF, "Panamá", "declinado", "15/01/2003"), "row 2 has 'done' on the same day; delete"),
    ("D3", (REF, "MEX", "cumplido", "15/01/2003 10:30"), "is not a calendar date"),
    ("E3", (REF, "MEX", "cumplido", "2003-01-15", "#¿NOMBRE?"), "the cell shows #¿NOMBRE?; write"),
    ("C3", (REF, "MEX", "quizás", "2003-01-15"), "is not a state; write one of"),
    ("C3", (REF, "MEX", "en parte", "2003-01-15"), "is not a state"),
    ("C3", (REF, "MEX", "", "2003-01-15"), "the state is missing"),
    ("C3", (REF, "MEX", None, None, "Nota 1"), "the state is missing"),
    ("C3", (REF, "MEX", date(2003, 1, 1), "2003-01-15"), "'2003-01-01' is not a state"),
    ("C3", (REF, "MEX", "05/06/2003", "2003-01-15"), "'05/06/2003' is not a state"),
    ("C3", (REF, "MEX", "retirado", "2003-01-15"), "had reported nothing"),
    ("C3", (REF, "MEX", "100", "2003-01-15"), "is not a state"),
    ("C3", (REF, "MEX", "no cumplido", "2003-01-15"), "nothing, but the row has Fecha de c"),
    ("C3", (REF, "MEX", "pending", "", "nota.pdf"), "reports nothing, but the row has Evidencia"),
    ("D3", (REF, "MEX", "cumplido", ""), "the date is missing"),
    ("D3", (REF, "MEX", "cumplido", "31/02/2003"), "write it as YYYY-MM-DD"),
    ("D3", (REF, "MEX", "cumplido", "15-01-03"), "is not a calendar date"),
    ("D3", (REF, "MEX", "cumplido", "enero de 2003"), "is not a calendar date"),
    ("D3", (REF, "MEX", "cumplido", 37636), "is not a calendar date"),
    ("D3", (REF, "MEX", "cumplido", "01/15/2003"), "a different order from the other rows"),
    ("D3", (REF, "MEX", "cumplido", "2003-13-01"), "is not a calendar date"),
    ("D3", (REF, "MEX", "cumplido", "2004-01-15"), "2004-01-15"),
    ("D3", (REF, "MEX", "cumplido", "2001-01-15"), "2001-01-15"),
    ("D3", (REF, "MEX", "cumplido", "=TODAY()"), "a formula without its value"),
    ("E3", (REF, "MEX", "cumplido", "2003-01-15", "a\u200bb"), "is invisible"),
    ("F3", (REF, "MEX", "cumplido", "2003-01-15", "", "a\u202eb"), "is invisible"),
]  # fmt: skip
GOOD = (REF, "Panamá", "cumplido", "15/01/2003", "", "")


def test_a_damaged_sheet_names_each_cell_and_nothing_is_written(work: Path) -> None:
    """41 kinds of damage, each alone: in CSV where CSV can have it, in a workbook each third."""
    for number, (cell, row, why) in enumerate(WRONG):
        kinds = {}
        if "formula" not in why and not any(isinstance(value, date) for value in row):
            kinds["reply.csv"] = csv([HEAD, GOOD, row])
        if EVERY or not kinds or number % 3 == 0:
            kinds["reply.xlsx"] = xlsx([HEAD, GOOD, row])
        for name, data in kinds.items():
            code, out, err = record(work, name, files={name: data})
            assert (code, out, written(work)) == (2, "", {}), (row, out)
            assert f"{name}, {cell} (" in err, (row, err)
            assert why in err, (row, err)


def test_all_that_is_wrong_is_named_at_once(work: Path) -> None:
    rows = [HEAD, GOOD, *(row for _cell, row, _why in WRONG)]
    code, _out, err = record(work, "reply.xlsx", reply_xlsx=xlsx(rows))
    # What a rule of reports finds needs the other rows to be right.
    expected = [f"{cell[0]}{number} (" for number, (cell, _row, why) in enumerate(WRONG, 3)
                if "reported nothing" not in why and "same day" not in why]  # fmt: skip
    assert code == 2
    assert [cell for cell in expected if cell not in err] == []
    assert err.endswith("; nothing was written\n")


def test_two_wrong_cells_of_a_row_are_both_named(work: Path) -> None:
    rows = [HEAD, ("99", "nadie", "quizás", "31/02/2003")]
    _code, _out, err = record(work, "reply.xlsx", reply_xlsx=xlsx(rows), lang="es")
    assert [cell in err for cell in ("A2 (Acuerdo)", "C2 (Estado)", "D2 (Fecha")] == [True] * 3


def repacked(data: bytes, **parts: bytes) -> bytes:
    """Return a workbook with other parts: `sheet` is the first sheet's."""
    paths = {"sheet": "xl/worksheets/sheet1.xml", "styles": "xl/styles.xml"}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(
                name, {paths[key]: part for key, part in parts.items()}.get(name, old.read(name))
            )
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
BOOK = xlsx(REPLY)
NOT_READ = [
    pytest.param("reply_xlsx", b"", "not a workbook, or", id="empty"),
    pytest.param("reply_xlsx", csv(REPLY), "not a workbook, or", id="CSV by its name"),
    pytest.param("reply_xlsx", BOOK[: len(BOOK) // 2], "not a workbook, or", id="cut"),
    pytest.param("reply_xlsx", repacked(BOOK, sheet=b"<x"), "or it is damaged", id="no XML"),
    pytest.param("reply_xlsx", OLE, "old Excel file", id="an old workbook"),
    *(
        pytest.param("reply_xlsx", repacked(BOOK, sheet=DOCTYPE.encode(encoding)),
                     "something that no workbook has", id=f"entities in {encoding}")
        for encoding in ("utf-8", "utf-16", "utf-16-be")
    ),
    pytest.param("reply_xlsx", repacked(BOOK, sheet=DOCTYPE.encode("utf-32")), "or it is damaged",
                 id="entities in utf-32"),
    pytest.param(
        "reply_xlsx",
        repacked(BOOK, sheet=b"<?xml version='1.0' encoding='cp037'?>" + DOCTYPE.encode("cp037")),
        "something that no workbook has", id="entities in EBCDIC",
    ),
    pytest.param("reply_xlsx", repacked(BOOK, styles=b"<x>" + b" " * 50_000_000 + b"</x>"),
                 "far larger than such a sheet", id="a bomb"),
    pytest.param("reply_xlsx", repacked(BOOK, sheet=b"<x>" + b"<c/>" * 2_000_001 + b"</x>"),
                 "far more cells", id="too many cells"),
    pytest.param("reply_xlsx", xlsx([("Uno", "Dos"), (1, 2)]), "there is no column Reference",
                 id="another table"),
    pytest.param("reply_xlsx", xlsx([]), "it is empty", id="no row"),
    pytest.param("reply_ods", b"PK", "save it as .xlsx or as “CSV UTF-8”", id="another program's"),
    pytest.param("reply_csv", b"", "it is empty", id="empty CSV"),
    pytest.param("reply_csv", BOOK, "it is not CSV text", id="a workbook by the name of CSV"),
    pytest.param("reply_csv", csv(REPLY, ";", "mac-roman"), "its accents are in", id="Mac Roman"),
    pytest.param("reply_csv", csv([HEAD, (REF, "PAN", "sí", "2003-01-15", "Acta de la reunión")],
                                  ";", "mac-roman"),
                 "that cannot be read ('reuni—n…')", id="Mac Roman with one accent"),
    pytest.param("reply_csv", csv(REPLY, ";", "cp850"), "its accents are in", id="code page 850"),
    pytest.param("reply_csv", csv(REPLY).replace(b"M", b"\0"), "it is not CSV text", id="NUL"),
    pytest.param("reply_csv", b";;;\r\n\r\n;;;\r\n", "it is empty", id="rows without a cell"),
    pytest.param("reply_csv", csv([HEAD, GOOD]) + b'"8#1;MEX\r\n8#1;PAN\r\n',
                 "the row that begins on line 3 is not a CSV row", id="a quotation mark alone"),
    pytest.param("reply_csv", csv([HEAD, *[GOOD] * 20_001]), "more than 20000 rows", id="long CSV"),
    pytest.param("reply_csv", csv([(*HEAD, "Estado"), GOOD]), "two columns are called State",
                 id="a heading twice"),
    pytest.param("reply_xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "by a password",
                 id="with a password"),
    pytest.param("reply_xlsx", b"\0" * 5000, "not a workbook, or", id="only NUL"),
    *(pytest.param(f"reply_{ending}", csv(REPLY), "save it as .xlsx or as “CSV UTF-8”", id=ending)
      for ending in ("txt", "xls", "numbers")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected"), NOT_READ)
def test_what_is_no_sheet_of_reports(work: Path, name: str, data: bytes, expected: str) -> None:
    file = name.replace("_", ".")
    code, out, err = record(work, file, files={name: data})
    assert (code, out, written(work)) == (2, "", {})
    assert err.startswith(f"grcm: {file}: ")
    assert expected in err
    assert err.endswith("; nothing was written\n")


def test_a_row_far_below_and_a_cell_far_right_take_no_time(work: Path) -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    code, _out, err = record(work, "reply.xlsx", reply_xlsx=repacked(BOOK, sheet=sheet))
    assert (code, "XFD1 has a value, but no more than 100 columns are read" in err) == (2, True), (
        err
    )


@pytest.mark.parametrize(
    ("word", "state"),
    [("CUMPLIDA", "done"), ("en  proceso", "started"), ("N/A", "not-applicable"), ("–", "unknown"),
     ("Not started", "not-started"), ("not-started", "not-started"), ("50%", "started"),
     ("100 %", "done"), ("closed", "done"), ("implemented", "done"), ("cumplirá", None)],
)  # fmt: skip
def test_words_of_states(word: str, state: str | None) -> None:
    assert state_named(word) == state


@pytest.mark.parametrize("heading", ["Vencimiento", "Plazo", "Fecha del vencimiento", "Vez"])
def test_the_deadline_of_a_row_tells_the_occurrence(folder: Folder, heading: str) -> None:
    folder.mandate("responsible: AAA, due: every 6 months")
    rows: Cells = (
        ("Referencia", "Parte", "Estado", "Fecha", heading),
        ("WG-2002-10/1", "AAA", "cumplido", "15/01/2003", date(2003, 4, 30)),
    )
    (folder.path / "reply.xlsx").write_bytes(xlsx(rows))
    ran = run_grcm(
        *("--data", str(folder.path), "--as-of", "2003-05-01", "record"),
        *(str(folder.path / "reply.xlsx"), "--yes"),
    )
    assert ran.code == 0, ran.err
    text = (folder.path / "progress/AAA.yaml").read_text(encoding="utf-8")
    assert "for: 2003-04-30" in text


def test_a_missing_occurrence_names_the_column_by_its_heading(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every 6 months")
    rows: Cells = (("Referencia", "Parte", "Estado", "Fecha"),
                   ("WG-2002-10/1", "AAA", "cumplido", "15/01/2003"))  # fmt: skip
    (folder.path / "reply.xlsx").write_bytes(xlsx(rows))
    ran = run_grcm(
        *("--data", str(folder.path), "--as-of", "2003-05-01", "--lang", "es", "record"),
        *(str(folder.path / "reply.xlsx"), "--yes"),
    )
    assert ran.code == 2
    assert "en la columna Fecha del vencimiento" in ran.err
    assert not (folder.path / "progress/AAA.yaml").exists()
