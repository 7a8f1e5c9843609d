"""`grcm import`: trackers → meeting files and progress, and what is said of their cells."""

import csv
import io
import re
import shutil
from collections.abc import Mapping, Sequence
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


def files(work: Path) -> dict[str, str]:
    """Return the meeting and progress files that an import made."""
    found = sorted((work / "data").glob("*s/*.yaml"))
    return {
        path.stem: path.read_text(encoding="utf-8")
        for path in found
        if path.parent.name in ("meetings", "progress")
        and not (DATA / path.parent.name / path.name).exists()
    }


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
    for path in DATA.rglob("*.yaml"):
        assert (work / "data" / path.relative_to(DATA)).read_bytes() == path.read_bytes()
    for sentence in (
        *("Entendido: 4 reuniones", "«GTM» (Guatemala)?", "ACNUR: {name: ACNUR}"),
        *("indíquela con --start", '"GRCM-2019-10=AAAA-MM-DD"', "la celda muestra #REF!"),
    ):
        assert sentence in " ".join(ran.out.split()), sentence
    checked = run_grcm("validate", cwd=work)
    assert checked.code == 0
    assert "0 errors" in checked.err


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


@pytest.mark.parametrize(
    ("text", "action", "who", "read"),
    [
        ("Se alienta a los miembros a compartir datos.", "", "Todos", "urged, doubtful"),
        ("Se alienta a los miembros a compartir datos.", "Compartir", "Todos", "urged, doubtful"),
        ("Se invita a Panamá a ser sede.", "Panamá será sede", "Panamá", ""),
        ("Panamá informará. Se invita a México a ser sede.", "Sede", "México", "urged, doubtful"),
        ("Panamá informará. Se invita a México a ser sede.", "Informe", "Panamá", ""),
        ("México informará. Se invita a México a ser sede.", "Sede", "México", "doubtful"),
        ("Se invita a México a ser sede.", "Invitar a México", "Panamá", ""),
    ],
)
def test_the_text_tells_an_encouragement(
    work: Path, text: str, action: str, who: str, read: str
) -> None:
    head = ("Reunión", "N.º", "Texto", "Acción", "Responsable", "Plazo")
    ran = run(work, xlsx([head, (MEETING, 1, text, action, who, "2020-12-31")]))
    assert ("kind: encouragement" in files(work)["GRCM-2020-03"]) is ("urged" in read)
    assert ("encourage" in ran.out) is ("doubtful" in read)


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
    assert "the value above it was used" in collapse(ran.out)


@pytest.mark.parametrize(
    ("name", "place", "kind"),
    [
        ("GRCM (por correspondencia), 5 de abril de 2020", "", "correspondence"),
        ("GRCM, 5 April 2020", "Silence procedure", "correspondence"),
        ("GRCM, por correspondencia, 1 al 9 de abril de 2020", "", "doubtful"),
        ("GRCM, 5 de abril de 2020", "Lima", ""),
    ],
)
def test_a_decision_by_correspondence_is_no_meeting(
    work: Path, name: str, place: str, kind: str
) -> None:
    rows = [(*HEADINGS[:3], "Lugar"), (name, 1, "Ejemplo.", place)]
    ran = run(work, xlsx(rows))
    written = files(work)["GRCM-2020-04"]
    assert ("kind: correspondence\nstart" in written) is (kind == "correspondence")
    assert ("correspondence" in ran.out) is bool(kind)


def test_numbers_as_their_cells_show_them(work: Path) -> None:
    rows = [HEADINGS[:3], (MEETING, 8.1, "Uno."), (MEETING, 7, "Dos."), (MEETING, 9.1, "Tres.")]
    run(work, xlsx(rows, formats={"B2": "0.00", "B3": "000"}))
    text = files(work)["GRCM-2020-03"]
    assert [line.split()[2] for line in text.splitlines() if "- number:" in line] == [
        "007", "8.10", "9.1",
    ]  # fmt: skip


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(work: Path) -> None:
    ran = run(work, xlsx([HEADINGS, (MEETING, 1, "Ejemplo.")]), "--sheet", "Otra")
    assert (ran.code, files(work)) == (2, {})
    assert "there is no sheet Otra; the sheets are: Sheet" in ran.err


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
