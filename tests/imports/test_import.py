"""`grcm import`: trackers → meeting files and progress, and what is said of their cells."""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from grcm_cli.language.text import collapse

from ..cli.test_ci_commands import TEXTS, commands
from ..commands.test_new_and_init import typed
from ..conftest import DATA, Folder, Ran, run_grcm
from .messy import HEAD, ROWS, workbook

Rows = Sequence[Sequence[object]]
TRACKERS = Path(__file__).parent / "trackers"
HEADINGS = ("Reunión", "N.º", "Texto", "Responsable", "Plazo", "Estado", "Fecha del estado")
MEETING = "XXIV Reunión del GRCM, San José, 3 al 5 de marzo de 2020"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path


def xlsx(rows: Rows, merged: Sequence[str] = (), formats: Mapping[str, str] = {}) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    for cell, number_format in formats.items():
        book.active[cell].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def run(work: Path, data: bytes, *words: str, name: str = "t.xlsx", lang: str = "en") -> Ran:
    """Write a file and import it."""
    (work / name).write_bytes(data)
    return run_grcm("--as-of", "2021-01-31", "--lang", lang, "import", name, *words, cwd=work)


def one(work: Path, *row: object, head: Sequence[str] = HEADINGS, options: str = "") -> Ran:
    """Import a tracker of one row."""
    return run(work, xlsx([head, row]), *options.split())


def files(work: Path) -> dict[str, str]:
    """Return the meeting and progress files that an import made."""
    found = sorted((work / "data").glob("*s/*.yaml"))
    return {
        path.stem: path.read_text(encoding="utf-8")
        for path in found
        if path.parent.name in ("meetings", "progress")
        and not (DATA / path.parent.name / path.name).exists()
    }


def untouched(work: Path) -> bool:
    return all(
        path.read_bytes() == (work / "data" / path.relative_to(DATA)).read_bytes()
        for path in DATA.rglob("*.yaml")
    )


# --- whole trackers -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["acuerdos.csv", "decisions.csv"])
def test_an_example_gives_these_files(work: Path, name: str) -> None:
    """After a change that is meant, `python -m tests.imports.test_import` writes them anew."""
    assert shown(work, name) == (TRACKERS / f"{name}.txt").read_text(encoding="utf-8")


def shown(work: Path, name: str) -> str:
    """Return the report of an example and the files that it gives."""
    lang = "es" if name == "acuerdos.csv" else "en"
    ran = run(work, (TRACKERS / name).read_bytes(), name=name, lang=lang)
    parts = [f"{stem}.yaml\n{text}" for stem, text in files(work).items()]
    return "\n".join([f"{ran.out}2> {ran.err}[exit {ran.code}]\n", *parts])


def test_a_messy_tracker_of_sixty_rows(work: Path) -> None:
    ran = run(work, workbook(), lang="es")
    assert ran.code == 1  # some rows were left
    assert {"GRCM-2017-11", "GRCM-2018-06", "GRCM-2019-03", "GRCM-2020-03"} <= set(files(work))
    assert untouched(work)
    for sentence in (
        "Entendido: 4 reuniones",
        "«GTM» (Guatemala)?",
        "ACNUR: {name: ACNUR}",
        '--start "GRCM-2019-10=AAAA-MM-DD"',
        "la celda muestra #REF!",
    ):
        assert sentence in " ".join(ran.out.split()), sentence
    checked = run_grcm("validate", cwd=work)
    assert checked.code == 0
    assert "0 errors" in checked.err


def test_a_second_run_writes_nothing_and_says_why(work: Path) -> None:
    rows = [HEADINGS, (MEETING, 1, "Ejemplo.", "México", "2020", "Cumplido", "2020-03-20")]
    assert run(work, xlsx(rows)).code == 0
    before = files(work)
    again = run(work, xlsx(rows))
    assert (again.code, files(work)) == (0, before)
    assert "GRCM-2020-03 is in the record already: its file is not touched" in again.out
    assert again.err == "there is nothing to write\n"


def test_no_cell_of_a_column_that_is_read_is_lost(work: Path) -> None:
    """Each filled cell of sixty messy rows is in the files or in the report."""
    ran = run(work, workbook(), lang="es")
    kept = collapse(" ".join([ran.out, *files(work).values()]))
    letters, left = "ABCDEFGHI", ran.out.partition("Omitido")[2]
    missing = []
    for number, row in enumerate(ROWS, 4):
        if re.search(rf"(?<![\w-])[A-Z]?{number}(?![\w-])", left):
            continue
        for place, value in enumerate(row[: len(letters)]):
            cell = f"{letters[place]}{number}"
            if value is None or is_said(value, place, cell, number, kept):
                continue
            missing.append((cell, value))
    assert missing == []


def is_said(value: object, place: int, cell: str, number: int, kept: str) -> bool:
    """Tell whether a value is written, or its cell is named in the report."""
    words = collapse(str(value)).replace("\u00ad", "")
    if place == 0:  # its days and its place have keys of their own
        words = words.partition(",")[0]
    if place in (1, 7):
        words = words[:10]
    is_key = place in (2, 4, 5, 6, 7) and f"# {number} " in f"{kept} "
    return words in kept or is_key or any(f"{cell}{end}" in kept for end in (" ", ","))


@pytest.mark.parametrize("cell", range(len(HEAD) - 2))
def test_a_cell_with_words_that_mean_nothing_is_kept(work: Path, cell: int) -> None:
    """Whatever the column, odd words are in the files or in the report, or the row is left."""
    head = [*HEADINGS, "Apoyo", "Acción", "Medio de verificación"][: len(HEAD)]
    row = [MEETING, 1, "Ejemplo.", "México", "2020", "Cumplido", "2020-03-20", "", "Hacer", "x.pdf"]
    row[cell] = "Palabras raras del ejemplo"
    ran = run(work, xlsx([head, row]))
    kept = " ".join([ran.out, *files(work).values()])
    assert "Palabras raras del ejemplo" in kept or "A2 (Reunión)  the body" in ran.out
    assert run_grcm("validate", cwd=work).code == 0


# --- meetings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "options", "keys"),
    [
        (MEETING, "", ("GRCM-2020-03", "XXIV Reunión del GRCM", "2020-03-03", "2020-03-05")),
        ("GRCM-2020-03", "--start 2020-03-09", ("GRCM-2020-03", None, "2020-03-09", None)),
        ("XXIV Reunión del GRCM, marzo de 2020", "--start GRCM-2020-03=2020-03-09/2020-03-10",
         ("GRCM-2020-03", "XXIV Reunión del GRCM, marzo de 2020", "2020-03-09", "2020-03-10")),
        ("Reunión de marzo", "--body GRCM --start 2020-03-09",
         ("GRCM-2020-03", "Reunión de marzo", "2020-03-09", None)),
        ("Reunión Viceministerial, 9/3/2020", "--day-first",
         ("CRM-2020-03", "Reunión Viceministerial, 9/3/2020", "2020-03-09", None)),
    ],
)  # fmt: skip
def test_which_meeting(
    work: Path, words: str, options: str, keys: tuple[str, str | None, str, str | None]
) -> None:
    ran = one(work, words, 1, "Ejemplo.", "México", "2020-12-31", options=options)
    assert ran.code == 0, ran.out + ran.err
    text = files(work)[keys[0]]
    found = {
        line.partition(": ")[0]: line.partition(": ")[2]
        for line in text.splitlines()
        if not line.startswith((" ", "#"))
    }
    assert (found["id"], found.get("title"), found["start"], found.get("end")) == keys


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("XXIV Reunión del GRCM", 'give it with --start "XXIV Reunión del GRCM=YYYY-MM-DD"'),
        ("Reunión de Ministros, 3 de marzo de 2020", "give it with --body: CRM, GRCM"),
        ("Reunión del GRCM y la CRM, 3 de marzo de 2020", "it names several bodies: GRCM, CRM"),
    ],
)
def test_a_row_without_a_day_or_a_body_is_left(work: Path, words: str, sentence: str) -> None:
    ran = one(work, words, 1, "Ejemplo.", "México")
    assert (ran.code, files(work)) == (1, {})
    assert sentence in collapse(ran.out)


def test_two_meetings_of_a_body_in_a_month(work: Path) -> None:
    rows = [
        HEADINGS,
        ("Reunión ordinaria del GRCM, 3 de marzo de 2020", 1, "Ejemplo uno."),
        ("Reunión extraordinaria del GRCM, 30 de marzo de 2020", 1, "Ejemplo dos."),
    ]
    ran = run(work, xlsx(rows))
    assert (ran.code, set(files(work))) == (0, {"GRCM-2020-03-03", "GRCM-2020-03-30"})
    assert "the body has another meeting in that month" in collapse(ran.out)


def test_merged_cells_and_empty_ones_below_a_meeting(work: Path) -> None:
    rows = [
        HEADINGS,
        (MEETING, 1, "Ejemplo uno.", "México"),
        (None, 2, "Ejemplo dos."),
        (None, 3, "Ejemplo tres.", "Panamá"),
    ]
    ran = run(work, xlsx(rows, merged=["A2:A3", "D2:D3"]))
    text = files(work)["GRCM-2020-03"]
    assert text.count("responsible: MEX") == 2
    assert "responsible: PAN" in text
    assert "A4 (Reunión)" in ran.out
    assert "the one above it was taken" in collapse(ran.out)


def test_a_row_with_a_meeting_alone_is_a_heading(work: Path) -> None:
    rows = [HEADINGS[1:], (MEETING,), (1, "Ejemplo.", "México"), ("Total", 1)]
    ran = run(work, xlsx(rows), "--dry-run")
    assert "read as the meeting of the rows below it" in collapse(ran.out)
    assert "GRCM-2020-03" in ran.out


def test_a_numbered_meeting_whose_days_lie_far_apart(work: Path) -> None:
    rows = [
        ("Reunión", "Fecha", "N.º", "Texto"),
        ("XXIV Reunión del GRCM", "2020-03-03", 1, "Ejemplo uno."),
        ("XXIV Reunión del GRCM", "2020-09-03", 2, "Ejemplo dos."),
    ]
    ran = run(work, xlsx(rows))
    assert (ran.code, files(work)) == (1, {})
    assert '--map "Fecha=Deadline"' in ran.out


# --- numbers, duties, states --------------------------------------------------------------------


def test_numbers_as_their_cells_show_them(work: Path) -> None:
    rows = [HEADINGS[:3], (MEETING, 8.1, "Uno."), (MEETING, 7, "Dos."), (MEETING, 9.1, "Tres.")]
    run(work, xlsx(rows, formats={"B2": "0.00", "B3": "000"}))
    text = files(work)["GRCM-2020-03"]
    assert [line.split()[2] for line in text.splitlines() if "- number:" in line] == [
        "007", "8.10", "9.1",
    ]  # fmt: skip


def test_rows_of_one_number_are_further_mandates(work: Path) -> None:
    rows = [
        (*HEADINGS, "Acción"),
        (MEETING, 1, "Ejemplo.", "México", "2020", None, None, "Presentar"),
        (MEETING, 1, "Ejemplo.", "Panamá", None, None, None, "Comentar"),
        (MEETING, None, None, "OIM", None, None, None, "Consolidar"),
        (MEETING, None, "Otro texto.", "OIM"),
    ]
    ran = run(work, xlsx(rows))
    text = files(work)["GRCM-2020-03"]
    assert [line.strip() for line in text.splitlines() if "action" in line] == [
        "- action: Presentar  # 2", "- action: Comentar  # 3", "- action: Consolidar  # 4",
    ]  # fmt: skip
    assert ran.code == 1
    assert "B5 (N.º)  the number is missing" in ran.out


def test_without_a_column_of_numbers_they_are_counted(work: Path) -> None:
    rows = [("Reunión", "Texto", "Responsable"), (MEETING, "Uno.", "MEX"), (MEETING, "Dos.", "PAN")]
    ran = run(work, xlsx(rows))
    assert "number: 2  # 3" in files(work)["GRCM-2020-03"]
    assert "counted in the order of the rows" in collapse(ran.out)


@pytest.mark.parametrize(
    ("who", "state", "day", "options", "entries"),
    [
        ("México", "Cumplido", "2020-04-01", "", {"MEX": "date: 2020-04-01, progress: done"}),
        ("México", "Cumplido", None, "--on 2020-05-01", {"MEX": "date: 2020-05-01"}),
        ("México", "Cumplido el 2/04/2020", None, "--day-first", {"MEX": "date: 2020-04-02"}),
        ("PPT", "En proceso", "2020-04-01", "", {"PPT": "progress: started"}),
        ("cada uno: MEX y PAN", "Cumplido", "2020-04-01", "", {"MEX": "done", "PAN": "done"}),
        ("México", "Cumplido", None, "", {}),
        ("México", "Vencido", "", "", {}),
        ("México", "Cumplido", "2019-01-01", "", {}),
        ("México", "Cumplido", "2022-01-01", "", {}),
        ("FAO", "Cumplido", "2020-04-01", "", {}),
    ],
)
def test_states(
    work: Path, who: str, state: str, day: str | None, options: str, entries: dict[str, str]
) -> None:
    ran = one(work, MEETING, 1, "Ejemplo.", who, "2020-12-31", state, day, options=options)
    assert ran.code == 0
    found = {code: text for code, text in files(work).items() if "- {mandate" in text}
    assert found.keys() == entries.keys()
    for code, part in entries.items():
        assert part in found[code]
    if not entries and state != "Vencido":
        assert f"Estado: {state}" in files(work)["GRCM-2020-03"]
        assert "F2 (Estado)" in ran.out
    assert run_grcm("validate", cwd=work).code == 0


@pytest.mark.parametrize(
    ("state", "day", "recorded", "said"),
    [
        ("Completed 27/8/20", None, "2020-08-27", "recorded as done of 2020-08-27, the rest as"),
        ("Completed (28 Nov 2020)", None, "2020-11-28", "recorded as done of 2020-11-28"),
        ("Completed", "12-May-20", "2020-05-12", ""),
        ("Completed", "28 Nov 2020", "2020-11-28", ""),
        ("Completed", None, "2020-12-31", "it has no day: recorded as done of 2020-12-31, as --on"),
        ("Completed", "in spring", None, "'in spring' is not read as a day"),
        ("Completed August 2020", None, None, "'August 2020' is not read as a day"),
        ("Completed 31/2/2020", None, None, "'31/2/2020' is not read as a day"),
        ("Completed 1/3/20, told 2/3/20", None, None, "not read as a day; write it as"),
    ],
)
def test_the_day_of_all_rows_replaces_no_day_in_a_cell(
    work: Path, state: str, day: str | None, recorded: str | None, said: str
) -> None:
    row = (MEETING, 1, "Ejemplo.", "México", None, state, day)
    ran = one(work, *row, options="--on 2020-12-31 --day-first")
    assert ran.code == 0, ran.out + ran.err
    assert said in collapse(ran.out)
    assert (f"date: {recorded}" in files(work).get("MEX", "")) is (recorded is not None)
    assert (f"Estado: {state}" in files(work)["GRCM-2020-03"]) is (recorded is None)


@pytest.mark.parametrize(
    ("column", "row"),
    [
        ("F2 (Estado)", (MEETING, 1, "Ejemplo.", "México", None, "Done 3/4/2020")),
        ("A2 (Reunión)", ("Reunión del GRCM, 3/4/2020", 1, "Ejemplo.")),
    ],
)
def test_the_order_of_day_and_month_is_asked_of_every_cell(
    work: Path, column: str, row: Sequence[object]
) -> None:
    ran = one(work, *row)
    assert (ran.code, files(work)) == (2, {})
    assert f"t.xlsx, {column}: '" in ran.err
    assert "give --day-first or --month-first" in ran.err


@pytest.mark.parametrize(
    ("state", "options", "count"),
    [("In progress", "", 0), ("Not started", "", 0), ("50%", "", 0), ("Completed", "", 11),
     ("In progress", "--each-started", 11)],
)  # fmt: skip
def test_a_state_before_the_end_is_no_report_of_each_member(
    work: Path, state: str, options: str, count: int
) -> None:
    ran = one(work, MEETING, 1, "Ejemplo.", "Todos", None, state, "2020-04-01", options=options)
    reports = {stem for stem, text in files(work).items() if "- {mandate" in text}
    assert len(reports) == count
    assert (f"Estado: {state}" in files(work)["GRCM-2020-03"]) is (count == 0)
    assert ("it does not say which of 11 parties; see --each-started" in collapse(ran.out)) is (
        count == 0
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_file_of_a_planned_meeting_gets_its_conclusions(work: Path, end: str) -> None:
    planned = work / "data/meetings/GRCM-2020-03.yaml"
    lines = [
        "# Nuestra nota",
        "id: GRCM-2020-03",
        "body: GRCM  # el Grupo",
        "start: 2020-03-03",
        "",
    ]
    planned.write_bytes(end.join(lines).encode())
    ran = one(work, MEETING, 1, "Ejemplo.", "México", None, "Cumplido", "2020-04-01")
    assert ran.code == 0, ran.out + ran.err
    assert "data/meetings/GRCM-2020-03.yaml planned until now" in collapse(ran.out)
    after = planned.read_bytes().decode()
    assert after.startswith(end.join(lines))
    assert after.count("\r\n") == (after.count("\n") if end == "\r\n" else 0)
    assert run_grcm("show", "GRCM-2020-03/1", cwd=work).out.count("Ejemplo.") == 1
    assert "date: 2020-04-01, progress: done" in files(work)["MEX"]
    again = one(work, MEETING, 1, "Ejemplo.", "México")
    assert "is in the record already" in again.out
    assert planned.read_bytes().decode() == after


def test_a_planned_meeting_that_cannot_grow_stays(work: Path) -> None:
    planned = work / "data/meetings/GRCM-2020-03.yaml"
    planned.write_text("{id: GRCM-2020-03, body: GRCM, start: 2020-03-03}\n")
    ran = one(work, MEETING, 1, "Ejemplo.", "México")
    assert (ran.code, planned.read_text()) == (
        1, "{id: GRCM-2020-03, body: GRCM, start: 2020-03-03}\n",
    )  # fmt: skip


def test_what_is_only_for_the_secretariat_is_published_nowhere(work: Path) -> None:
    head = (*HEADINGS[:4], "Comentarios", "Observaciones", "Remarks")
    ran = one(work, MEETING, 1, "Ejemplo.", "México", "uno", "dos", "tres", head=head)
    assert ran.code == 0
    internal = "    internal: >-\n      Comentarios: uno · Observaciones: dos · Remarks: tres\n"
    assert internal in files(work)["GRCM-2020-03"]
    pages = work / "pages"
    assert run_grcm("site", str(pages), cwd=work).code == 0
    published = "".join(page.read_text() for page in pages.rglob("*.html"))
    assert "Observaciones: dos" not in published


def test_a_state_of_a_duty_that_recurs_is_not_recorded(work: Path) -> None:
    ran = one(work, MEETING, 1, "Ejemplo.", "México", "cada 6 meses", "Cumplido", "2020-12-01")
    assert (ran.code, set(files(work))) == (0, {"GRCM-2020-03"})
    assert "which time: see grcm record --for" in collapse(ran.out)


def test_names_that_the_register_lacks_are_lines_to_add(work: Path) -> None:
    rows = [
        HEADINGS,
        (MEETING, 1, "Ejemplo.", "Noruega y FAO"),
        (MEETING, 2, "Ejemplo.", "Cada país excepto Chile"),
        (MEETING, 3, "Ejemplo.", "Secretaría de Género"),
        (MEETING, 4, "Ejemplo.", "Urugay"),
    ]
    ran = run(work, xlsx(rows), "--dry-run", lang="es")
    lines = ran.out.partition("data/register.yaml:\n")[2].partition("\n\n")[0].splitlines()
    assert lines == [
        "members:",
        "  NOR: {name: Noruega}",
        "  CHL: {name: Chile}",
        "  URY: {name: Uruguay, aliases: [Urugay]}",
        "organizations:",
        "  FAO: {name: FAO}",
        "  SG: {name: Secretaría de Género}",
    ]


def test_the_spellings_of_a_first_tracker_are_one_line_each(tmp_path: Path) -> None:
    """With the empty register that `grcm init` makes, and its body's name in a cell."""
    run_grcm("init", "--code", "EX", "--body", "GT", cwd=tmp_path)
    names = (
        "Belize", "Belice", "Rep. Dominicana", "República Dominicana", "Belice", "Mejico", "CEPAL",
        "Honduras con apoyo de OIM", "Grupo de Trabajo", "Panama", "Secretaría Técnica", "ST",
    )  # fmt: skip
    meeting = "I Reunión del Grupo de Trabajo, San José, 3 de marzo de 2020"
    rows = [(meeting, at, f"Ejemplo {at}.", name) for at, name in enumerate(names, 1)]
    ran = run(tmp_path, xlsx([HEADINGS, *rows]), "--dry-run", lang="es")
    assert ran.out.partition("data/register.yaml:\n")[2].partition("\n\n")[0].splitlines() == [
        "members:",
        "  BLZ: {name: Belice, aliases: [Belize]}",
        "  DOM: {name: Rep. Dominicana, aliases: [República Dominicana]}",
        "  MEX: {name: México, aliases: [Mejico]}",
        "  HND: {name: Honduras}",
        "  PAN: {name: Panama}",
        "organizations:",
        "  CEPAL: {name: CEPAL}",
        "  OIM: {name: OIM}",
        "  ST: {name: Secretaría Técnica}",
    ]
    words = collapse(ran.out)
    assert "¿es GT? entonces agregue a sus alias en el registro: Grupo de Trabajo" in words
    assert words.count("se tomó GT, el único del registro") == 1
    assert "A2" not in ran.out


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Rep. Dominicana", "is it DOM? then add to its aliases in the register: Rep. Dominicana"),
        ("Guatemla", "did you mean 'GTM' (Guatemala)?"),
    ],
)
def test_another_spelling_of_a_party_is_no_new_one(work: Path, name: str, sentence: str) -> None:
    ran = one(work, MEETING, 1, "Ejemplo.", name, options="--dry-run")
    assert sentence in collapse(ran.out)
    assert "does not have" not in ran.out


def test_progress_is_added_at_the_end_of_a_file(work: Path) -> None:
    (work / "data/progress").mkdir(exist_ok=True)
    old = "# Nota a mano\n- {mandate: GRCM-2002-10/22, date: 2003-01-10, progress: started}\n"
    (work / "data/progress/MEX.yaml").write_text(old)
    one(work, MEETING, 1, "Ejemplo.", "México", None, "Cumplido", "2020-04-01")
    assert files(work)["MEX"] == (
        f"{old}- {{mandate: GRCM-2020-03/1, date: 2020-04-01, progress: done}}\n"
    )


@pytest.mark.parametrize("state", ["50%", "En proceso (50%)"])
def test_what_a_state_says_besides_is_the_note_of_its_entry(work: Path, state: str) -> None:
    one(work, MEETING, 1, "Ejemplo.", "México", None, state, "2020-04-01")
    assert "progress: started" in files(work)["MEX"]
    assert "50%" in files(work)["MEX"]


DOUBTS = [
    # What is in the row, the cell of the doubt, and what is said of it.
    ((MEETING, 1, "Ejemplo."), "D2", "", "a conclusion without a mandate"),
    ((MEETING, 1, "Ejemplo.", "México y Panamá"), "D2", "México y Panamá", "one joint duty"),
    ((MEETING, 1, "Ejemplo.", "México", "12/31/2020"), "E2", "12/31/2020",
     "read as the deadline 2020-12-31"),
    ((MEETING, 1, "Ejemplo.", "México", "31/12/2020", "Cumplido", "12/30/2020"), "G2",
     "12/30/2020", "read as 2020-12-30: in the order of the other rows"),
    ((MEETING, 1, "Ejemplo.", "México", None, "Cumplido el 2/4/2020", "abril"), "G2", "abril",
     "no day; it is kept as an internal remark"),
    ((MEETING, 1, "Ejemplo.", "México", "Por confirmar"), "E2", "Por confirmar",
     "nothing to write"),
    ((MEETING, 1, "Ejemplo.", "México", "pendiente"), "E2", "pendiente", "nothing to write"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "cell", "text", "sentence"), DOUBTS)
def test_what_is_doubtful(
    work: Path, row: Sequence[object], cell: str, text: str, sentence: str
) -> None:
    ran = one(work, *row, options="--day-first --dry-run")
    doubts = [collapse(part) for part in re.split(r"\n(?=\S)", ran.out)]
    found = [part for part in doubts if part.startswith(cell)]
    assert any(sentence in part and text in part for part in found), ran.out


def test_in_a_sheet_without_duties_no_conclusion_is_doubtful(work: Path) -> None:
    ran = run(work, xlsx([HEADINGS[:3], (MEETING, 1, "Ejemplo.")]), "--dry-run")
    assert "without a mandate" not in collapse(ran.out)


# --- columns ------------------------------------------------------------------------------------


def test_map_names_columns_and_leaves_them_out(work: Path) -> None:
    head = ("Reunión", "N.º", "Lo acordado", "Prioridad", "Observaciones", "Interno")
    row = (MEETING, 1, "Ejemplo.", "Trata", "Una nota", "Secreto")
    options = ["--map", "Lo acordado=Texto", "--map", "Prioridad=Nota", "--map", "Interno="]
    options += ["--map", "Observaciones=Nota"]
    ran = run(work, xlsx([head, row]), *options)
    assert ran.code == 0, ran.err
    text = files(work)["GRCM-2020-03"]
    assert "Prioridad: Trata · Observaciones: Una nota" in text
    assert "Secreto" not in text + ran.out
    assert "Left out" not in ran.out


@pytest.mark.parametrize(
    ("heading", "cells", "name"),
    [
        ("Para el", ["30/04/2020", "2020-05-01", "a la brevedad"], "Plazo"),
        ("Último avance", ["30/04/2020", "2020-05-01", "?"], "Fecha del estado"),
        ("Nuevo plazo informado", ["30/04/2020", "2020-05-01", "?"], "Plazo"),
        ("Le toca a", ["México", "Guatemala, Chile", "Dirección General"], "Responsable"),
        ("Cómo va", ["Cumplido", "50%", "se habló"], "Estado"),
        ("Prioridad", ["alta", "baja", "30/04/2020"], "Nota"),
    ],
)
def test_a_column_is_proposed_by_what_its_cells_are(
    work: Path, heading: str, cells: Sequence[str], name: str
) -> None:
    rows = [(MEETING, at, f"Ejemplo {at}.", cell) for at, cell in enumerate(cells, 1)]
    head = (*HEADINGS[:3], heading)
    ran = run(work, xlsx([head, *rows]), "--dry-run", "--day-first", lang="es")
    assert f'para leerla como {name}: --map "{heading}={name}"' in collapse(ran.out)


def test_no_column_is_proposed_that_the_sheet_has(work: Path) -> None:
    rows = [(*HEADINGS, "Para el"), (MEETING, 1, "Ejemplo.", "", "", "", "", "2020-04-30")]
    assert '--map "Para el=Note"' in collapse(run(work, xlsx(rows), "--dry-run").out)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--map", "Nada=Nota"], "there is no column Nada; the headings are: Reunión, N.º"),
        (["--map", "Texto=Perro"], "is to be written as “Heading=Name”; the names are: Meeting"),
        (["--map", "Plazo=Texto"], "two columns are called Text: Texto, Plazo; delete one of them"),
        (["--sheet", "Otra"], "there is no sheet Otra; its sheets are: Sheet"),
        (["--on", "ayer"], "is not written as a day"),
        (["--start", "GRCM=ayer"], "is not written as a day"),
        (["--start", "2020-03-05/2020-03-04"], "the meeting ends before it starts"),
        (["--body", "ZZZ"], "the register has no body 'ZZZ'"),
        (["--day-first", "--month-first"], "exclude each other"),
        (["otro.xlsx"], "one file at a time: otro.xlsx is too many"),
    ],
)
def test_wrong_use(work: Path, options: list[str], sentence: str) -> None:
    ran = run(work, xlsx([HEADINGS, (MEETING, 1, "Ejemplo.")]), *options)
    assert (ran.code, files(work)) == (2, {})
    assert sentence in ran.err


# --- sheets that cannot be read -----------------------------------------------------------------


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(40_000_001))
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD_SHEETS: Mapping[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("t.xlsx", lambda: xlsx([]), "it is empty"),
    "an empty text": ("t.csv", lambda: b"", "it is empty"),
    "no headings": ("t.xlsx", lambda: xlsx([(1, 2), (3, 4)]), "there is no column Text"),
    "a password": ("t.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "xls under another name": ("t.xlsx", lambda: OLE, "old Excel file"),
    "xls": ("t.xls", lambda: OLE, "save it as .xlsx"),
    "ods": ("t.ods", lambda: b"PK", "save it as .xlsx"),
    "damaged": ("t.xlsx", lambda: xlsx([HEADINGS])[:600], "damaged"),
    "a bomb": ("t.xlsx", bomb, "unpacks to far more"),
    "many rows": ("t.csv", lambda: b"Texto\n" + b"a\n" * 20_001, "more than 20000 rows"),
    "a quotation mark": ("t.csv", lambda: b'Texto\n"a', "quotation mark"),
    "no text": ("t.csv", lambda: b"\x00\x01\x02", "no CSV text"),
}


@pytest.mark.parametrize("case", BAD_SHEETS)
def test_what_is_no_tracker_is_refused(work: Path, case: str) -> None:
    name, data, sentence = BAD_SHEETS[case]
    ran = run(work, data(), name=name)
    assert (ran.code, files(work)) == (2, {})
    assert sentence in ran.err
    assert "nothing was written" in ran.err


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("#REF!", "the cell shows #REF!; write the value itself"),
        ("=1+1", "a formula without its value"),
    ],
)
def test_a_row_with_a_formula_that_has_no_value_is_left(
    work: Path, value: str, sentence: str
) -> None:
    ran = one(work, MEETING, 1, "Ejemplo.", "México", value)
    assert (ran.code, files(work)) == (1, {})
    assert f"E2 (Plazo)  {sentence}" in ran.out


# --- writing ------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing(work: Path) -> None:
    ran = one(work, MEETING, 1, "Ejemplo.", "México", options="--dry-run")
    assert (ran.code, files(work)) == (0, {})
    assert ran.err == "nothing was written\n"


@pytest.mark.parametrize(("reply", "is_written"), [("y\n", True), ("\n", False), ("no\n", False)])
def test_at_a_terminal_there_is_one_question(work: Path, reply: str, is_written: bool) -> None:  # noqa: FBT001 - of a table
    (work / "t.xlsx").write_bytes(xlsx([HEADINGS, (MEETING, 1, "Ejemplo.", "México")]))
    shown_there = typed(work, reply, "import", "t.xlsx")
    assert "Write these files? [yes/no]" in shown_there
    assert bool(files(work)) is is_written


def test_no_cell_becomes_a_command_of_a_ci_service(work: Path) -> None:
    """Neither on the screen nor in the files, whatever the column."""
    head = [*HEADINGS, "Apoyo", "Acción", "Evidencia", "Nota", "Lugar", TEXTS[0]]
    rows = [
        [f"GRCM, 2 de mayo de 2020 {text}", place, *[text] * 11]
        for place, text in enumerate(TEXTS, 1)
    ]
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    ran = run(work, out.getvalue().encode(), name="t.csv", lang="es")
    assert ran.code in (0, 1), ran.err
    assert files(work)
    assert commands("\n".join([ran.out, ran.err, *files(work).values()])) == []


def test_all_or_nothing(work: Path) -> None:
    """A progress file that takes no entry stops the meeting's file too."""
    (work / "data/progress").mkdir(exist_ok=True)
    (work / "data/progress/MEX.yaml").write_text("texto: no es una lista\n")
    ran = one(work, MEETING, 1, "Ejemplo.", "México", None, "Cumplido", "2020-04-01")
    assert ran.code == 1
    assert set(files(work)) == {"MEX"}
    assert "takes no more entries" in ran.err


def test_a_file_of_that_name_that_is_no_meeting_is_not_written_over(work: Path) -> None:
    (work / "data/meetings/GRCM-2020-03.yaml").write_text("id: GRCM-1999-01\nbody: GRCM\n")
    ran = one(work, MEETING, 1, "Ejemplo.", "México")
    assert ran.code == 1
    assert files(work)["GRCM-2020-03"] == "id: GRCM-1999-01\nbody: GRCM\n"


if __name__ == "__main__":
    import tempfile

    for written in ("acuerdos.csv", "decisions.csv"):
        with tempfile.TemporaryDirectory() as made:
            shutil.copytree(DATA, Path(made) / "data")
            text = shown(Path(made), written)
        (TRACKERS / f"{written}.txt").write_text(text, encoding="utf-8")


def test_the_first_meetings_of_a_record_are_no_error(folder: Folder) -> None:
    row = "WG-2004-10,1,T,AAA,2004-12-01"
    folder.write("tracker.csv", f"Meeting,No.,Text,Responsible,Due\n{row}\n")
    words = ("import", "tracker.csv", "--start", "WG-2004-10=2004-10-01")
    ran = run_grcm("--data", str(folder.path), *words, cwd=folder.path)
    assert (ran.code, "missing-file" in ran.err) == (0, False)
