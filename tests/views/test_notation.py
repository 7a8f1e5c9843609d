"""What a person reads in Spanish has no word of the notation of files; programs get that alone."""

import json
import re
from pathlib import Path

import pytest

from grcm_cli.domain.due_forms import FORMS, parse_due
from tests.conftest import Folder, run_grcm

DUES = {
    "2003-01": "enero de 2003",
    "2003-Q1": "primer trimestre de 2003",
    "2003-H1": "primer semestre de 2003",
    "2003-02-06/2003-02-07": "6 y 7 de febrero de 2003",
    "next CO": "próxima reunión CO",
    "next WG": "próxima reunión WG",
    "CO-2003-05": "CO-2003-05",
    "30 days before next CO": "30 días antes de la próxima reunión CO",
    "1 week before next WG": "1 semana antes de la próxima reunión WG",
    "30 days before CO-2003-05": "30 días antes de CO-2003-05",
    "within 60 days": "60 días desde la reunión",
    "within 60 days of 2003-01-15": "60 días desde 2003-01-15",
    "every year on 05-31": "cada año el 31 de mayo",
    "every 6 months": "cada 6 meses",
    "every month": "cada mes",
    "every CO": "cada CO",
    "at next CO": "en la próxima reunión CO",
    "ongoing": "permanente",
    "asap": "a la brevedad",
}
"""Every form of `due`, and the words of a list for it."""
NOTATION = re.compile(
    r"\b(?:next|within|every|before|ongoing|asap|days?|weeks?|months?|years?)\b"
    r"|\b[0-9]{4}-[QH][0-9]\b|[0-9]/[0-9]{4}-[0-9]{2}-"
)
COMMANDS = (
    *("due --all", "due --all --each", "overdue", "tasks AAA --all", "show WG-2002-10", "matrix"),
    *("show WG-2002-10/8", "meetings", "search Texto", "stats", "log WG-2002-10/9"),
    *("changes --since 2002-01-01", "export md", "export ics", "agenda WG", "agenda CO"),
    *(
        "remind AAA",
        "due --format md",
        "matrix --format md",
        "changes --since 2002-01-01 --by meeting",
    ),
)


@pytest.fixture
def record(folder: Folder) -> Folder:
    """Return a record with a duty for each form of `due`, and a later meeting of one body."""
    duties = "".join(
        f"  - {{number: {number}, text: Texto, responsible: AAA, due: {due}}}\n"
        for number, due in enumerate(DUES, 1)
    )
    folder.meeting(duties)
    folder.write(
        "meetings/CO-2003-05.yaml", "id: CO-2003-05\nbody: CO\nstart: 2003-05-10\nend: 2003-05-11\n"
    )
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_person_reads_words(command: str, record: Folder) -> None:
    for day in ("2002-11-15", "2003-06-30"):
        ran = run_grcm(*command.split(), "--lang", "es", "--as-of", day, cwd=record.path)
        assert ran.code == 0
        lines = [line for line in ran.out.splitlines() if not line.startswith("UID:")]
        assert [line for line in lines if NOTATION.search(line)] == []


def test_a_list_has_the_words_for_each_form(record: Folder) -> None:
    ran = run_grcm("due", "--all", "--each", "--lang", "es", "--as-of", "2002-11-15",
                   "--format", "md", cwd=record.path)  # fmt: skip
    assert {type(parse_due(due)) for due in DUES} == {*FORMS}
    out = re.sub("<br>|\n", " ", ran.out)
    assert [words for words in DUES.values() if words not in out] == []


def test_the_workbook_and_the_pages_have_words(record: Folder, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book, pages = tmp_path / "r.xlsx", tmp_path / "pages"
    common = ("--lang", "es", "--as-of", "2002-11-15")
    assert run_grcm("export", "xlsx", "-o", str(book), *common, cwd=record.path).code == 0
    assert run_grcm("site", str(pages), *common, cwd=record.path).code == 0
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(book)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert [cell for cell in cells if NOTATION.search(cell)] == []
    for page in set(pages.rglob("*.html")) - set((pages / "en").rglob("*.html")):
        text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", page.read_text("utf-8"), flags=re.S)
        assert NOTATION.findall(text) == [], page


def test_programs_get_the_notation(record: Folder) -> None:
    common = ("due", "--all", "--lang", "es", "--as-of", "2002-11-15", "--format")
    listed = json.loads(run_grcm(*common, "json", cwd=record.path).out)["tasks"]
    assert {task["due"] for task in listed} == set(DUES)
    for name in ("csv", "plain"):
        out = run_grcm(*common, name, cwd=record.path).out
        assert [due for due in DUES if due not in out] == []
