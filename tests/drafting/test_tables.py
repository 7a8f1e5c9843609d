"""Tables of documents: drawn in the text, behind the conclusions, or with numbers of their own.

In `tests/tables/`, each file has a document and, after a line of `=====`, its duties, each behind
the number of its conclusion. `tests/sentences/tables.txt` has the tables inside a conclusion.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents import docx as word
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import Draft, draft
from grcm_cli.drafting.review import doubts

from ..conftest import ROOT
from .documents import docx, paragraph, table
from .test_sentences import numbered_duties

GIVEN = {"body": "GRCM", "start": "2002-10-31"}


def drafted(
    register: Register, lines: Sequence[str], rows: Sequence[Sequence[str]], *after: str
) -> Draft:
    """Return the draft of a Word document with a table behind its conclusions."""
    cells = table(*(map(paragraph, row) for row in rows))
    before, behind = (
        "".join(map(paragraph, some)) for some in ([*lines, "CUADRO DE SEGUIMIENTO"], after)
    )
    return draft(word.read(docx(before + cells + behind)), register, GIVEN)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests/tables").glob("*.txt")), ids=lambda p: p.stem
)
def test_a_table_that_is_drawn_or_whose_columns_are_apart(register: Register, path: Path) -> None:
    """A line without a first cell goes on with the row above; cells count before their stem."""
    document, _line, expected = path.read_text(encoding="utf-8").partition("=====\n")
    found = draft(read(document.encode()), register, GIVEN)
    assert numbered_duties(found) == expected.splitlines()


NAMED = ["1. Canadá enviará el mapa a más tardar el 31 de julio de 2003.",
         "2. México redactará la guía dentro de los 45 días siguientes."]  # fmt: skip
CLOSING = ["Acuerdo", "Responsable", "Plazo"]


@pytest.mark.parametrize(
    ("heads", "rows", "points"),
    [
        (CLOSING, [["1", "Canadá", "31/07/2003"], ["2", "México", "15/12/2002"]], []),
        (CLOSING, [["Acuerdo 1", "Canadá", "—"], ["Acuerdo 2.", "México", ""]], []),
        (["N.º", *CLOSING[1:]], [["1.", "Canadá", "31/07/2003"], ["(2)", "México", ""]], []),
        (["N.º", "Plazo", "Estado"], [["1", "julio de 2003", "Pendiente"]], []),
        (CLOSING, [["1", "Canadá y México", "31/07/2003"], ["2", "México", "2004"]], ["1", "2"]),
        (CLOSING, [["N.º 1", "Canadá", "31/07/2003"], ["", "México", "31/07/2003"]], ["1"]),
        (CLOSING, [["1", "Canadá y otros", "2003"]], ["1"]),
        (CLOSING, [["Acuerdos 1 y 2", "México", "15/12/2002"]], []),
        (CLOSING, [["1", "Canadá", ""], ["9", "Canadá", "2004"]], [""]),
    ],
)
def test_a_table_of_references_repeats_conclusions(
    register: Register, heads: list[str], rows: Sequence[list[str]], points: list[str]
) -> None:
    """Where it differs, or names what the document does not have, it is a point."""
    found = drafted(register, NAMED, [heads, *rows], "Se levanta la sesión.")
    assert [one.item.text for one in found.conclusions] == [text[3:] for text in NAMED]
    assert [one.item.number for one, _duty in found.duties] == ["1", "2"]
    on_rows = [one for one in doubts(found) if "table" in one.sentence]
    assert [one.number for one in on_rows] == points
    assert all(one.is_loss for one in on_rows)


def test_cells_of_references_run_together(register: Register) -> None:
    rows = ["Acuerdo Responsable Plazo", "1 Canadá 31 de julio", "de 2003", "2 Canadá Panamá 2003"]
    text = "\n\n".join([*NAMED, "\n".join(rows)])
    found = draft(read(text.encode()), register, GIVEN)
    assert [one.item.number for one in found.conclusions] == ["1", "2"]
    assert [one.number for one in doubts(found) if "table" in one.sentence] == ["2"]


@pytest.mark.parametrize(("who", "differs"), [("Canadá", False), ("Panamá", True)])
def test_a_closing_table_with_texts_repeats_conclusions(
    register: Register, who: str, differs: object
) -> None:
    """It has numbers of its own then, and no mandate."""
    texts = ["Enviar el mapa de los puertos", "Redactar la guía de los ríos", "Pintar la boya"]
    asked = [f"{text[:1].lower()}{text[1:]} antes del 31 de julio de 2003" for text in texts]
    lines = [f"{number}. Pedir a Canadá {text}." for number, text in enumerate(asked, 1)]
    heads = ["N.º", "Acción", "Responsable", "Plazo"]
    rows = [[str(at), text, who, "30/7/2003"] for at, text in enumerate(texts, 1)]
    found = drafted(register, lines, [heads, *rows])
    numbers = [one.item.number for one in found.conclusions]
    assert numbers == ["1", "2", "3", "A.1", "A.2", "A.3"]
    assert [one.item.number for one, _duty in found.duties] == ["1", "2", "3"]
    assert [one.differs for one in found.conclusions[3:]] == [differs] * 3
    others = [[f"B{at}", *cells] for at, (_number, *cells) in enumerate(rows, 1)]
    alike = drafted(register, lines, [heads, *others]).conclusions[3:]
    assert [one.may_repeat for one in alike] == (["", "", ""] if differs else ["1", "2", "3"])
