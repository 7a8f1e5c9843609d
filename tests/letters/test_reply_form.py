"""`grcm remind --form`: what a party gets, and that what it fills in is recorded as it meant it."""

import json
import os
import random
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from grcm_cli.storage.loader import load

from ..conftest import EVERY, run_grcm

TODAY = "2003-02-01"
RECURRING = (
    "\n  - {number: 25, text: Informar cada tres meses., responsible: {each: members}, "
    "due: every 3 months}\n"
)
HEADINGS = {
    "es": ["Referencia", "Parte", "Fecha del vencimiento", "Qué", "Plazo", "Situación registrada",
           "Estado", "Fecha", "Evidencia", "Nota"],
    "en": ["Reference", "Party", "Date of occurrence", "What", "Deadline", "Recorded status",
           "State", "Date", "Evidence", "Note"],
}  # fmt: skip
STATES = {
    "es": {"no iniciado": "not-started", "iniciado": "started", "cumplido": "done",
           "declinado": "declined", "no aplica": "not-applicable"},
    "en": {"not started": "not-started", "started": "started", "done": "done",
           "declined": "declined", "not applicable": "not-applicable"},
}  # fmt: skip


@pytest.fixture
def work(work: Path) -> Path:
    path = work / "data/meetings/GRCM-2002-10.yaml"
    path.write_text(path.read_text(encoding="utf-8") + RECURRING, encoding="utf-8")
    return work


def grcm(work: Path, *words: str, lang: str = "es") -> tuple[int, str, str]:
    ran = run_grcm("--as-of", TODAY, "--lang", lang, *words, cwd=work)
    return ran.code, ran.out, ran.err


def form(work: Path, party: str = "MEX", lang: str = "es") -> Any:  # noqa: ANN401 - openpyxl's
    """Return the workbook of a party's form."""
    code, _out, err = grcm(work, "remind", party, "--form", "-o", "form.xlsx", lang=lang)
    assert code == 0, err
    return load_workbook(work / "form.xlsx")


def top(sheet: Any, lang: str = "es") -> int:  # noqa: ANN401 - openpyxl's
    """Return the row of the headings."""
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == HEADINGS[lang][0])


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_form_in_the_party_s_language(work: Path, lang: str) -> None:
    sheet = form(work, lang=lang).worksheets[0]
    head = top(sheet, lang)
    assert [cell.value for cell in sheet[head]] == HEADINGS[lang]
    first = {"es": "Llene las celdas blancas", "en": "Fill in the white cells"}[lang]
    assert first in sheet["A3"].value
    day = {"es": "registrada al 1 de febrero de 2003", "en": "as of 1 February 2003"}[lang]
    assert day in sheet["A2"].value
    references = [sheet.cell(row, 1).value for row in range(head + 1, sheet.max_row + 1)]
    assert references[0] == "GRCM-2002-10/8#1"
    listed = grcm(work, "tasks", "MEX", "--format", "json", lang=lang)[1]
    assert len(references) >= len(json.loads(listed)["tasks"])
    [choices] = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert choices.formula1 == f'"{",".join(STATES[lang])}"'


def test_what_no_report_can_name_is_not_asked(work: Path) -> None:
    """The time of a duty that is due at a meeting in no file."""
    recurring_every(work, "GRCM")
    assert "GRCM-2002-10/25" in grcm(work, "tasks", "MEX", "--format", "plain")[1]
    sheet = form(work).worksheets[0]
    assert "GRCM-2002-10/25" not in [row[0].value for row in sheet]


def test_what_is_in_doubt_is_named_above_the_rows(work: Path) -> None:
    path = work / "data/meetings/GRCM-2002-10.yaml"
    more = "  - {number: 26, text: Uno, responsible: [MEX, MXE], due: 2003-01-15}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    code, _out, err = grcm(work, "remind", "MEX", "--form", "-o", "f.xlsx", "--partial", lang="en")
    assert code == 1
    assert "MEX: in doubt, so not in the form: GRCM-2002-10/26\n" in err
    first = load_workbook(work / "f.xlsx").worksheets[0]["A2"].value
    assert first == "Not in this form, as their record is being corrected: GRCM-2002-10/26."


def test_a_form_has_names_of_bodies_and_no_late_encouragement(work: Path) -> None:
    path = work / "data/meetings/GRCM-2002-10.yaml"
    more = (
        "  - {number: 26, text: Uno, responsible: MEX, due: next GRCM}\n"
        "  - {number: 27, text: Dos, responsible: MEX, due: 2003-01-15, kind: encouragement}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    sheet = form(work).worksheets[0]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    plazo, today = HEADINGS["es"].index("Plazo"), HEADINGS["es"].index("Situación registrada")
    assert rows["GRCM-2002-10/26"][plazo].value == (
        "próxima reunión del Grupo Regional de Consulta sobre Migración"
    )
    assert rows["GRCM-2002-10/27"][today].value == "el plazo pasó hace 17 días"


def recurring_every(work: Path, span: str) -> None:
    """Let the recurring duty of the example fall due in another rhythm."""
    path = work / "data/meetings/GRCM-2002-10.yaml"
    text = path.read_text(encoding="utf-8").replace("every 3 months", f"every {span}")
    path.write_text(text, encoding="utf-8")


def test_each_missed_time_has_a_row_of_its_own(work: Path) -> None:
    """Of a duty of each second day the twelve oldest, and a sentence says how many are left."""
    recurring_every(work, "2 days")
    sheet, hidden = form(work).worksheets
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "GRCM-2002-10/25"]
    times = [row[2].date() for row in rows]
    late = [times[0] + timedelta(2 * number) for number in range(12)]
    assert times[:-1] == late
    assert times[-1] >= date.fromisoformat(TODAY)
    assert [row[4].date() for row in rows] == times
    assert not [row[5] for row in rows if "posterior" in row[5]]
    asked = [row[2] for row in hidden.iter_rows(values_only=True) if row[0] == "GRCM-2002-10/25"]
    assert asked == [day.isoformat() for day in times]
    left = (date.fromisoformat(TODAY) - late[-1]).days // 2
    sentence = f"Del compromiso GRCM-2002-10/25 faltan en este formulario {left} "
    assert any(sentence in str(row[0]) for row in sheet.iter_rows(values_only=True))


def test_all_times_of_a_duty_are_answered_at_once(work: Path) -> None:
    recurring_every(work, "month")
    book = form(work)
    sheet = book.worksheets[0]
    rows = [row[0].row for row in sheet.iter_rows() if row[0].value == "GRCM-2002-10/25"]
    for row in rows[:-1]:
        fill(sheet, row, "cumplido", date(2003, 1, 31))
    book.save(work / "reply.xlsx")
    code, _out, err = grcm(work, "record", "reply.xlsx")
    assert code == 0, err
    times = [one[2] for one in recorded(work)]
    assert len(times) == len(set(times)) == len(rows) - 1 == 3
    listed = json.loads(grcm(work, "tasks", "MEX", "--format", "json")[1])["tasks"]
    assert [task["later_missed"] for task in listed if task["ref"] == "GRCM-2002-10/25"] == [0]


def test_a_form_that_was_sent_before_a_party_got_another_code(work: Path) -> None:
    book = form(work)
    fill(book.worksheets[0], top(book.worksheets[0]) + 1, "cumplido", "02/01/2003")  # as it asks
    book.save(work / "reply.xlsx")
    assert grcm(work, "rename", "party", "MEX", "MX")[0] == 0
    code, _out, err = grcm(work, "record", "reply.xlsx")
    assert code == 0, err
    assert "date: 2003-01-02, progress: done" in (work / "data/progress/MX.yaml").read_text()


@pytest.mark.parametrize(("lang", "shown"), [("es", "dd/mm/yyyy"), ("en", "yyyy-mm-dd")])
def test_cells_show_days_as_the_language_writes_them(work: Path, lang: str, shown: str) -> None:
    sheet = form(work, lang=lang).worksheets[0]
    row = sheet[next(one[0].row for one in sheet if one[0].value == "GRCM-2002-10/25")]
    assert {row[place].number_format for place in (2, 4, 7)} == {shown}
    assert row[2].is_date


def test_only_the_cells_to_fill_in_can_be_changed(work: Path) -> None:
    sheet = form(work).worksheets[0]
    head = top(sheet)
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[head + 1]] == [True] * 6 + [False] * 4
    assert sheet.parent.worksheets[1].sheet_state == "hidden"


def test_the_same_day_gives_the_same_bytes(work: Path) -> None:
    form(work)
    first = (work / "form.xlsx").read_bytes()
    grcm(work, "remind", "MEX", "--form", "-o", "form.xlsx", "--force")
    assert (work / "form.xlsx").read_bytes() == first


def test_a_folder_has_a_form_for_each_that_owes_anything(work: Path) -> None:
    code, out, _err = grcm(work, "remind", "--all", "--form", "-o", "forms")
    names = sorted(path.name for path in (work / "forms").iterdir())
    assert (code, len(names), "MEX.xlsx" in names) == (0, len(out.splitlines()), True)
    code, _out, err = grcm(work, "remind", "--all", "--form", "-o", "forms")
    assert (code, "--force" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ["MEX"],
            "--form escribe un libro de Excel: indique su nombre con -o, por ejemplo -o MEX.xlsx",
        ),
        (["MEX", "-o", "MEX.txt"], "MEX.txt: "),
        (["MEX", "-o", "MEX.xlsx", "--format", "html"], "no se pueden usar a la vez"),
        (["--all"], "-o"),
    ],
)
def test_wrong_use(work: Path, words: Sequence[str], expected: str) -> None:
    code, _out, err = grcm(work, "remind", "--form", *words)
    assert (code, expected in err, list(work.glob("MEX*"))) == (2, True, [])


# --- what comes back ------------------------------------------------------------------------------


def fill(sheet: Any, row: int, *values: object, lang: str = "es") -> None:  # noqa: ANN401
    """Fill in the state, the day, the evidence and the note of a row."""
    first = HEADINGS[lang].index({"es": "Estado", "en": "State"}[lang]) + 1
    for place, value in enumerate(values):
        sheet.cell(row, first + place, value)


def written_day(day: date, kind: int) -> object:
    return (day, day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}")[kind]


def test_made_up_replies_are_recorded_as_they_were_meant(work: Path) -> None:
    """200 with GRCM_ALL_STATES, else a few: states, days, evidence and notes by chance."""
    for seed in range(200 if EVERY else 3):
        chance = random.Random(seed)  # noqa: S311 - no secret
        lang = chance.choice(("es", "en"))
        party = chance.choice(("MEX", "GTM", "CRI", "ST"))
        shutil.rmtree(work / "data/progress", ignore_errors=True)
        (work / "form.xlsx").unlink(missing_ok=True)
        book = form(work, party, lang)
        meant = fill_by_chance(work, book.worksheets[0], chance, lang)
        book.save(work / "reply.xlsx")
        code, _out, err = grcm(work, "record", "reply.xlsx", lang=lang)
        assert code == 0, (seed, err)
        assert sorted(recorded(work), key=str) == sorted(meant, key=str), seed
        assert grcm(work, "validate")[0] == 0


def fill_by_chance(
    work: Path,
    sheet: Any,  # noqa: ANN401 - openpyxl's
    chance: random.Random,
    lang: str,
) -> list[tuple[Any, ...]]:
    """Fill in some rows, and return the entries that they mean."""
    register = load(work / "data", work).register
    assert register is not None
    places = {cell.value: cell.column for cell in sheet[top(sheet, lang)]}
    time = places.get(HEADINGS[lang][2])
    meant = []
    for row in range(top(sheet, lang) + 1, sheet.max_row + 1):
        if chance.random() < 0.4:
            continue
        word, state = chance.choice(list(STATES[lang].items()))
        day = date(2002, 11, 1) + timedelta(chance.randrange(90))
        written = written_day(day, chance.randrange(2 if day.day <= 12 else 4))
        texts = chance.choice((None, "Nota 1", "ñandú; 'él', #3")), chance.choice((None, "a: b"))
        for place, value in enumerate((word, written, *texts), places[HEADINGS[lang][6]]):
            sheet.cell(row, place, value)
        occurrence = sheet.cell(row, time).value if time else None
        if isinstance(occurrence, datetime):
            occurrence = occurrence.date().isoformat()
        [party] = register.directory.named(sheet.cell(row, 2).value)
        task = (sheet.cell(row, 1).value, party.code, occurrence or None)
        meant.append((*task, day.isoformat(), state, *texts))
    return meant


def recorded(work: Path) -> list[tuple[Any, ...]]:
    """Return the entries of all progress files."""
    import yaml

    found = []
    for path in (work / "data/progress").glob("*.yaml"):
        for entry in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):  # noqa: S506
            values = (entry.get(key) for key in ("for", "date", "progress", "evidence", "note"))
            found.append((entry["mandate"], path.stem, *values))
    return found


def reply(
    work: Path, change: Callable[[Any, int], object], *options: str
) -> tuple[int, int, str, str]:
    """Fill in the first row of a form, change it, and record it.

    `change` gets the sheet and the row of the headings, which is returned with what grcm gave.
    """
    book = form(work)
    sheet = book.worksheets[0]
    head = top(sheet)
    fill(sheet, head + 1, "cumplido", date(2003, 1, 10))
    change(sheet, head)
    book.save(work / "reply.xlsx")
    return (head, *grcm(work, "record", "reply.xlsx", *options))


def _swap(sheet: Any, head: int) -> None:  # noqa: ANN401
    one, two = sheet.cell(head + 1, 1), sheet.cell(head + 2, 1)
    one.value, two.value = two.value, one.value


def _set(column: int, value: object) -> Callable[[Any, int], None]:
    def change(sheet: Any, head: int) -> None:  # noqa: ANN401 - openpyxl's
        sheet.cell(head + 1, column).value = value

    return change


def _new_row(sheet: Any, head: int) -> None:  # noqa: ANN401
    for column in (1, 4):
        sheet.cell(head + 1, column, f"nuevo {column}")


def _another_time(sheet: Any, head: int) -> None:  # noqa: ANN401 - openpyxl's
    """Leave of a duty with two times the first row alone, in the first place, with the other."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1)]
    first, other = [row for row in rows if row[0] == "GRCM-2002-10/25"]
    sheet.delete_rows(head + 1, len(rows))
    sheet.append([*first[:2], other[2], *first[3:6], "cumplido", date(2003, 1, 10)])


REF = "GRCM-2002-10/8#1"
CHANGED = {
    "another reference of the record": (
        _set(1, "GRCM-2002-10/22"), f"A7 (Referencia): en esta fila el formulario tiene {REF}, "
        f"pero la hoja tiene «GRCM-2002-10/22»; escriba {REF}",
    ),
    "no reference": (
        _set(1, None),
        f"A7 (Referencia): en esta fila el formulario tiene {REF}, pero la celda está vacía",
    ),
    "a character that is not seen": (
        _set(1, f"\u200f{REF}"),
        "A7 (Referencia): el carácter U+200F es invisible; bórrelo, o escriba de nuevo la celda",
    ),
    "two references exchanged": (_swap, "A7 (Referencia): "),
    "another party": (
        _set(2, "PAN"),
        f"B7 (Parte): este formulario pregunta a México por {REF}, pero esta fila tiene «PAN»; "
        "escriba México",
    ),
    "a time of a duty that is due once": (
        _set(3, "2004-01-31"),
        f"C7 (Fecha del vencimiento): {REF} vence una sola vez: deje vacía esta celda",
    ),
    "another text": (_set(4, "Otra cosa"), "D7 (Qué): "),
    "a deadline": (
        _set(5, "ya lo mandamos"), "E7 (Plazo): esta celda no se lee; escriba lo nuevo en las "
        "celdas blancas, y aquí otra vez: 2003-01-15",
    ),
    "a status": (_set(6, "cumplido ayer"), "F7 (Situación registrada): esta celda no se lee"),
    "another time, its row deleted": (_another_time, "C7 (Fecha del vencimiento): para GRCM-"),
    "a row of their own": (
        _new_row, "A7 (Referencia): «nuevo 1» no está en este formulario; sus referencias son: GRCM"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_what_was_changed_is_refused_by_name(work: Path, name: str) -> None:
    change, expected = CHANGED[name]
    head, code, out, err = reply(work, change)
    assert (code, out, recorded(work)) == (2, "", [])
    assert f"reply.xlsx, {expected[0]}{head + 1}{expected[2:]}" in err


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("MEX", ""),
        ("PAN", "la fila es de MEX, pero --by indica PAN; si la envió MEX, escriba --by MEX"),
    ],
)
def test_a_form_is_of_the_party_that_it_was_sent_to(work: Path, by: str, said: str) -> None:
    _head, code, _out, err = reply(work, lambda _sheet, _head: None, "--by", by)
    assert (code, len(recorded(work))) == ((2, 0) if said else (0, 1)), err
    assert said in err


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("PAN.xlsx", "the file is called PAN, but it is the form of MEX: check who sent it"),
        ("Panama.xlsx", "the file is called Panama, but it is the form of MEX: check who sent it"),
        ("MEX.xlsx", ""),
        ("México.xlsx", ""),
        ("reply.xlsx", ""),
    ],
)
def test_a_file_with_the_name_of_another_party_is_told(
    work: Path, name: str, said: str, is_old: bool,  # noqa: FBT001 - of a table
) -> None:  # fmt: skip
    book = form(work, lang="en")
    if is_old:
        book.worksheets[1]["B1"].value = None
    fill(book.worksheets[0], top(book.worksheets[0], "en") + 1, "done", date(2003, 1, 10))
    book.save(work / name)
    code, _out, err = grcm(work, "record", name, "--yes", lang="en")
    assert (code, len(recorded(work))) == (0, 1), err
    assert [line for line in err.splitlines() if "called" in line] == ([said] if said else [])


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize(
    ("sent", "day", "today", "by", "is_recorded"),
    [
        ("GTM", date(2002, 12, 20), "2003-02-01", (), True),
        ("GTM", date(2003, 1, 20), "2003-02-01", (), False),
        ("GTM", None, "2003-02-01", (), False),
        ("GTM, to which it was handed over", date(2003, 1, 20), "2003-02-01", (), True),
        ("GTM", date(2003, 1, 20), "2003-02-01", ("--by", "PPT"), True),
        ("MEX", date(2002, 12, 20), "2003-02-01", (), True),
        ("MEX", date(2003, 1, 20), "2003-02-01", (), True),
    ],
)
def test_an_old_form_speaks_for_an_office_while_its_party_held_it(
    work: Path, sent: str, day: date | None, today: str, by: Sequence[str], *, is_recorded: bool,
    is_old: bool,
) -> None:  # fmt: skip
    """As on the command line, where --by names a past holder."""
    made = today if sent == "MEX" else "2002-12-01"
    words = ("remind", sent[:3], "--form", "-o", "form.xlsx", "--lang", "en")
    assert run_grcm("--as-of", made, *words, cwd=work).code == 0
    if len(sent) > len("GTM"):
        later = (
            "id: GRCM-2003-01\nbody: GRCM\nstart: 2003-01-05\n"
            "conclusions: [{number: 1, text: T, reassigns: {mandate: GRCM-2002-10/9, to: GTM}}]"
        )
        (work / "data/meetings/GRCM-2003-01.yaml").write_text(later, encoding="utf-8")
    book = load_workbook(work / "form.xlsx")
    if is_old:
        book.worksheets[1]["B1"].value = None
    rows = list(book.worksheets[0].iter_rows())
    row = next(row for row in rows if row[0].value == "GRCM-2002-10/9")
    fill(book.worksheets[0], row[0].row, "done", day)
    book.save(work / "reply.xlsx")
    ran = run_grcm("--as-of", today, "--lang", "en", "record", "reply.xlsx", *by, cwd=work)
    assert (ran.code, len(recorded(work))) == ((0, 1) if is_recorded else (2, 0)), ran.err
    refused = "on 2003-01-20, MEX held PPT; report as PPT (`--by PPT`), or write a day of GTM's"
    assert (refused in ran.err) is (day is not None and not is_recorded)
    assert ("held PPT" in ran.err) is (refused in ran.err)


def test_a_form_names_those_with_whom_a_duty_is_joint(work: Path) -> None:
    path = work / "data/meetings/GRCM-2002-10.yaml"
    more = "  - {number: 26, text: Uno, responsible: [MEX, PAN, CRI], due: 2003-03-15}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    rows = form(work, lang="en").worksheets[0].iter_rows(values_only=True)
    [today] = [row[5] for row in rows if row[0] == "GRCM-2002-10/26"]
    assert today == "in 42 days; Mexico, Panama and Costa Rica, jointly"


@pytest.mark.parametrize(
    ("column", "heading"), [(2, "Parte"), (3, "Fecha del vencimiento"), (4, "Qué")]
)
def test_a_column_that_was_deleted_is_asked_for(work: Path, column: int, heading: str) -> None:
    _head, code, out, err = reply(work, lambda sheet, _head: sheet.delete_cols(column))
    assert (code, out, recorded(work)) == (2, "", [])
    assert err.startswith(f"grcm: reply.xlsx: falta la columna {heading} del formulario: vuelva")


def test_rows_may_be_sorted_and_deleted(work: Path) -> None:
    def change(sheet: Any, head: int) -> None:  # noqa: ANN401
        row = [cell.value for cell in sheet[head + 1]]
        sheet.delete_rows(head + 1, 2)
        sheet.append(row)

    _head, code, _out, err = reply(work, change)
    assert (code, len(recorded(work)), "nada: GRCM-2002-10/25" in err) == (0, 1, True), err


def test_a_row_twice_is_refused(work: Path) -> None:
    def change(sheet: Any, head: int) -> None:  # noqa: ANN401
        for place, cell in enumerate(sheet[head + 1], 1):
            sheet.cell(head + 2, place).value = cell.value

    head, code, _out, err = reply(work, change)
    said = f"A{head + 2} (Referencia): {REF} ya está en la fila {head + 1}"
    assert (code, said in err) == (2, True)


# --- LibreOffice ----------------------------------------------------------------------------------

OFFICE = shutil.which("soffice")
FILL = """\
import contextlib, sys, time, uno
from com.sun.star.beans import PropertyValue
pipe, source, target, row = sys.argv[1:]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(300):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.2)
desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
hidden = PropertyValue("Hidden", 0, True, 0)
document = desktop.loadComponentFromURL(source, "_blank", 0, (hidden,))
sheet = document.Sheets.getByIndex(0)
texts = ["cumplido", "2003-01-10", "=1+1", "según lo" + chr(11) + "acordado 🎉"]
for column, text in enumerate(texts, 6):
    cell = sheet.getCellByPosition(column, int(row))
    if column == 7:
        cell.setFormula(text)  # as typed: a day
    else:
        cell.setString(text)
assert sheet.isProtected()
locked = [sheet.getCellByPosition(at, int(row)).CellProtection.IsLocked for at in (0, 5, 6, 9)]
assert locked == [True, True, False, False]
assert sheet.getCellByPosition(6, int(row)).Validation.Type.value == "LIST"
document.storeToURL(target, (PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0),))
document.close(True)
with contextlib.suppress(uno.getClass("com.sun.star.lang.DisposedException")):
    desktop.terminate()  # which may close the pipe before it answers
"""
"""Run by the Python for which LibreOffice has its library."""
UNO = "/usr/bin/python3"


def has_office() -> bool:
    """Tell whether LibreOffice is here, with Calc, which is a package of its own, and UNO."""
    if OFFICE is None or not Path(UNO).exists():
        return False
    if not list(Path(OFFICE).resolve().parent.glob("libsclo.*")):
        return False
    command = [UNO, "-c", "import uno"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def filled_by_office(work: Path, row: str, attempt: int) -> tuple[list[int | None], str]:
    """Fill in a row of form.xlsx in LibreOffice, with a profile and a pipe that no other run has.

    Return the exit codes of LibreOffice and of what drives it, None while it runs, and messages.
    """
    pipe = f"grcm{os.getpid()}-{attempt}"
    profile = f"-env:UserInstallation={(work / f'profile{attempt}').as_uri()}"
    office = [str(OFFICE), profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    source, target = ((work / name).as_uri() for name in ("form.xlsx", "reply.xlsx"))
    quiet = subprocess.DEVNULL
    with subprocess.Popen(office, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        try:
            filler = [UNO, "-c", FILL, pipe, source, target, row]
            filled = subprocess.run(filler, check=False, timeout=90, capture_output=True)
            return [process.poll(), filled.returncode], filled.stderr.decode()
        finally:  # it starts another process
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.skipif(not has_office(), reason="LibreOffice or its Python library is not installed")
def test_a_form_filled_in_by_libreoffice_is_recorded(work: Path) -> None:
    """LibreOffice is started again where a signal ended it, as happens while others run."""
    sheet = form(work).worksheets[0]
    row = str(top(sheet))  # counted from 0 there: the first row below the headings
    codes, said = filled_by_office(work, row, 1)
    if any(code is not None and (code < 0 or code > 128) for code in codes):
        codes, said = filled_by_office(work, row, 2)
    assert codes[1] == 0, (codes, said)
    code, _out, err = grcm(work, "record", "reply.xlsx")
    texts = ("=1+1", "según lo acordado 🎉")
    entry = ("GRCM-2002-10/8#1", "MEX", None, "2003-01-10", "done", *texts)
    assert (code, recorded(work)) == (0, [entry]), err
    assert "GRCM-2002-10/8#1" not in grcm(work, "due", "--party", "MEX", "--format", "plain")[1]
