"""Tables inside a conclusion: which give mandates, and which a point to check."""

from collections.abc import Sequence

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import Draft, draft
from grcm_cli.drafting.review import doubts

from .documents import docx, paragraph, table

Rows = Sequence[Sequence[str]]

LIST = ["Actualizar el directorio de puntos focales", "Canadá", "31 de julio de 2003"]
MAP = ["Elaborar el mapa de rutas", "Secretaría Técnica", "30/11/2003"]
DIRECTORY = "CAN: Actualizar el directorio de puntos focales [2003-07-31]"
CHART = "ST: Elaborar el mapa de rutas [2003-11-30]"
NOT_UNDERSTOOD = "a table was not understood"


def drafted(register: Register, rows: Rows) -> Draft:
    """Return the draft of a document whose second conclusion has a table."""
    before = ["1. Agradecer a Panamá.", "2. Aprobar el plan de 2003, que comprende lo siguiente:"]
    body = "".join(
        [
            *map(paragraph, before),
            table(*([paragraph(cell) for cell in row] for row in rows)),
            paragraph("3. Agradecer a México."),
        ]
    )
    given = {"body": "GRCM", "start": "2002-10-31", "language": "es"}
    return draft(read(docx(body)), register, given)


def mandates(found: Draft) -> list[str]:
    return [
        f"{conclusion.item.number} {'+'.join(duty.who.codes)}: {duty.action}"
        f" [{duty.due.due if duty.due else ''}]"
        for conclusion, duty in found.duties
    ]


def tables_not_understood(found: Draft) -> list[tuple[str, str]]:
    """Return the conclusion and the marked words of each point on a table."""
    texts = {one.item.number: one.item.text for one in found.conclusions}
    points = [one for one in doubts(found) if one.sentence.startswith(NOT_UNDERSTOOD)]
    assert all(one.is_loss for one in points)
    return [
        (one.number, texts[one.number][slice(*one.place)] if one.place else one.words)
        for one in points
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ["Actividad", "Responsable", "Fecha límite"],
        ["Actividad", "Responsable", "Plazo"],
        ["Actividades", "Responsables", "Fecha de cumplimiento"],
        ["Entregable", "Responsable", "Vencimiento"],
        ["Producto", "A cargo de", "Fecha"],
        ["Qué", "Quién", "Cuándo"],
        ["Tema", "Responsable", "Plazo"],
        ["Actividad", "Institución", "Plazo"],
        ["Actividad", "País", "Plazo"],
        ["Compromiso", "Responsable(s)", "Plazo"],
        ["Activity", "Lead", "Deadline"],
        ["Milestone", "Responsible", "Due date"],
    ],
    ids=" | ".join,
)
def test_heads_that_say_who_and_by_when(register: Register, heads: list[str]) -> None:
    found = drafted(register, [heads, LIST, MAP])
    assert mandates(found) == [f"2.1 {DIRECTORY}", f"2.2 {CHART}"]
    assert tables_not_understood(found) == []


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("N.º", "a", "b"),
        ("Inciso", "a", "b"),
        ("Letra", "A", "B"),
        ("N.º", "a)", "b)"),
        ("N.º", "1", "2"),
        ("", "a.", "b."),
    ],
)
def test_letters_and_numbers_name_the_items(
    register: Register, head: str, first: str, second: str
) -> None:
    heads = [head, "Actividad", "Responsable", "Fecha límite"]
    found = drafted(register, [heads, [first, *LIST], [second, *MAP]])
    numbers = [f"2.{label.strip('.)')}" for label in (first, second)]
    assert mandates(found) == [f"{numbers[0]} {DIRECTORY}", f"{numbers[1]} {CHART}"]


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        pytest.param([["Hora", "Actividad", "Responsable"], LIST, MAP], 1, id="a programme"),
        pytest.param(
            [["Fecha", "Actividad", "Lugar"],
             ["31 de julio de 2003", "Taller", "Canadá"], ["30/11/2003", "Curso", "México"]],
            1, id="a calendar",
        ),
        pytest.param(
            [["Delegación", "Cuota", "Cubierta el"],
             ["Canadá", "300", "3 de mayo de 2002"], ["México", "300", "4 de mayo de 2002"]],
            1, id="a party and a day",
        ),
        pytest.param(
            [["País", "Cuota"], ["Canadá", "2000"], ["México", "300"]], 0, id="amounts"
        ),
        pytest.param(
            [["Delegación", "Nombre"], ["Canadá", "Ana Ejemplo"]], 0, id="names of people"
        ),
    ],
)  # fmt: skip
def test_a_table_that_is_only_text(register: Register, rows: Rows, points: int) -> None:
    found = drafted(register, rows)
    words = " ".join(" ".join(row) for row in rows)
    assert mandates(found) == []
    assert tables_not_understood(found) == ([("2", words)] * points)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("N.º Actividad Responsable Fecha límite a Hacer el mapa Canadá 30/11/2003",
         "Actividad Responsable Fecha límite a Hacer el mapa Canadá 30/11/2003"),
        ("Actividad Responsable Hacer el mapa Canadá",
         "Actividad Responsable Hacer el mapa Canadá"),
        ("Tema Responsables Plazo El mapa Canadá Mayo", "Responsables Plazo El mapa Canadá Mayo"),
        ("Task Lead Deadline Draw the map Canada May",
         "Task Lead Deadline Draw the map Canada May"),
        ("La actividad y el responsable se indican en la fecha de la convocatoria.", ""),
        ("Responsable de la actividad es la Secretaría Técnica.", ""),
    ],
)  # fmt: skip
def test_a_table_whose_cells_are_words_of_text(register: Register, line: str, marked: str) -> None:
    given = {"body": "GRCM", "start": "2002-10-31", "language": "es"}
    text = f"1. Agradecer a Panamá.\n\n2. Aprobar el plan: {line}\n\n3. Agradecer a México.\n"
    found = draft(read(text.encode()), register, given)
    assert tables_not_understood(found) == ([("2", marked)] if marked else [])


@pytest.mark.parametrize(
    ("action", "is_open"),
    [
        ("Remitir las observaciones al mapa", True),
        ("Designar un experto", True),
        ("Remitir observaciones conjuntas", False),
        ("Elaborar el mapa", False),
    ],
)
def test_a_cell_with_several_parties(register: Register, action: str, is_open: object) -> None:
    heads = ["Compromiso", "Responsable", "Plazo"]
    found = drafted(register, [heads, [action, "CAN, MEX", "30/11/2003"], MAP])
    who = found.duties[0][1].who
    points = [one.sentence for one in doubts(found) if one.number == "2.1"]
    assert (who.mode, list(who.codes)) == ("together", ["CAN", "MEX"])
    assert [point.startswith("it is unclear whether") for point in points] == [True] * bool(is_open)


@pytest.mark.parametrize(
    ("cell", "is_point"),
    [
        ("Por definir", False), ("por confirmar", False), ("Pendiente.", False), ("s/f", False),
        ("n/d", False), ("TBC", False), ("cuando haya fondos", True), ("mediano", True),
    ],
)  # fmt: skip
def test_a_cell_that_says_there_is_no_deadline_is_no_point(
    register: Register, cell: str, is_point: object
) -> None:
    heads = ["Compromiso", "Responsable", "Plazo"]
    found = drafted(register, [heads, ["Elaborar el mapa", "Canadá", cell], MAP])
    assert found.duties[0][1].due is None
    points = [one.words for one in doubts(found) if one.number == "2.1"]
    assert (cell in points) is is_point


NAMED = ["1. Canadá enviará el mapa a más tardar el 31 de julio de 2003.",
         "2. México redactará la guía dentro de los 45 días siguientes."]  # fmt: skip
CLOSING = ["Acuerdo", "Responsable", "Plazo"]
GIVEN = {"body": "GRCM", "start": "2002-10-31", "language": "es"}


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
    register: Register, heads: list[str], rows: Rows, points: list[str]
) -> None:
    """Where it differs, or names what the document does not have, it is a point."""
    cells = ([paragraph(cell) for cell in row] for row in [heads, *rows])
    lines = [*map(paragraph, NAMED), paragraph("CUADRO DE SEGUIMIENTO"), table(*cells)]
    found = draft(
        read(docx("".join([*lines, paragraph("Se levanta la sesión.")]))), register, GIVEN
    )
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


ALIGNED = """
1. The Group thanked Panama.

2. The Group requested the parties named to carry out the following actions:

No.   Activity                                 Responsible            Time frame
---   --------------------------------------   --------------------   ----------------
2.1   Publish a guide to rules of origin       Technical              30 April 2003
      in English and Spanish                   Secretariat
2.2   Train customs officers                   Canada, Mexico         Second half of 2003
2.3   Host the website                         To be agreed           --

3. The Group thanked Canada.
"""
NUMBERED = """
1. El Grupo agradeció a Panamá.

2. Las delegaciones asumieron los compromisos que siguen:

  C.1   Enviar observaciones al Anexo B       Canadá                28/02/2003
  C.2   Preparar una nota sobre rutas de      Secretaría Técnica    marzo de 2003
        los ríos

3. El Grupo agradeció a Canadá.
"""
DRAWN = """
– The Group thanked Panama for the report on the state of its rivers.

– Canada will send the plan of the north pier before 1 May 2003.

– The delegations thanked the fishermen of both banks for their help.

+----+-------------------------------+-------------+-------------+
| No | Action                        | Responsible | Deadline    |
+----+-------------------------------+-------------+-------------+
| 1  | Repair the road to the south  | Panama      | June 2003   |
|    | pier                          |             |             |
| 2  | Send the list of boats        | Mexico and  | 31/12/2002  |
|    |                               | Panama      |             |
+----+-------------------------------+-------------+-------------+
"""
RULE_ACROSS = """
1. The Group thanked Panama.

2. The following actions were agreed:

No.   Action                                   Responsible            Date
----------------------------------------------------------------------------------
1     Publish a guide to rules of origin       Canada                 Feb 28, 2003
2     Train customs officers                   Mexico                 Quarterly
3     Print the list of wells                  Panama                 As soon as
      of both banks                                                   possible
"""
NARROW = """
Follow-up

      Activity                          Responsible       Date
      ------------------------------    --------------    ---------------
i.    Send the slides of the            Technical         16 November 2002
      meeting                           Secretariat
ii.   Complete the survey               Canada            30 November
                                                          2002
viii. Present the costs of the          Panama and        next session
      exercise                          Mexico
"""
RULED = """
+------------+-------------------------------+-------------+-------------+
| No of the  | Action                        | Responsible | Deadline    |
| point      |                               |             |             |
+------------+-------------------------------+-------------+-------------+
| 1          | Repair the road to the south  | Panama      | June 2003   |
| of the     | pier                          |             |             |
| agenda     |                               |             |             |
+------------+-------------------------------+-------------+-------------+
| 2          | Send the list of boats        | Mexico and  | 31/12/2002  |
|            |                               | Panama      |             |
+------------+-------------------------------+-------------+-------------+
"""
PIPED = """
PARTE A. COMPROMISOS DE LOS PAÍSES

| N.º | Compromiso                    | Responsable | Plazo          | Nota          |
|-----|-------------------------------|-------------|----------------|---------------|
| A1  | Traducir al inglés la guía de | Panamá      | 1.er trim.     |               |
|     | los puestos de recolec-       |             | 2003           |               |
|     | ción                          |             |                |               |
| A2  | Enviar la lista               | Canadá y    | 2.º sem. 2003  | Sujeto a      |
|     |                               | México      |                | acuerdo       |
| A3  | Revisar la norma              | México      | s/plazo        |               |

PARTE B. PENDIENTES DE LA REUNIÓN ANTERIOR Y COMPROMISOS DE LOS ÓRGANOS DE LA RED EN GENERAL

C1. Acreditación del centro.
C2. Base de datos.
C3. Sello.

(1) El Grupo agradeció a Canadá.
(2) El Grupo agradeció a México.
"""


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(
            *(PIPED, "es"),
            [
                "A1 PAN: Traducir al inglés la guía de los puestos de recolección [2003-Q1]",
                "A2 CAN+MEX: Enviar la lista [2003-H2]",
                "A3 MEX: Revisar la norma []",
            ],
            id="between pipes, with cells that wrap, above a list with codes and notes",
        ),
        pytest.param(
            *(DRAWN, "en"),
            [
                "2 CAN: Send the plan of the north pier [2003-04-30]",
                "3.1 PAN: Repair the road to the south pier [2003-06]",
                "3.2 MEX+PAN: Send the list of boats [2002-12-31]",
            ],
            id="drawn, beside a list of dashes",
        ),
        pytest.param(
            *(RULED, "en"),
            [
                "1 PAN: Repair the road to the south pier [2003-06]",
                "2 MEX+PAN: Send the list of boats [2002-12-31]",
            ],
            id="drawn, with a rule below each row",
        ),
        pytest.param(
            *(RULE_ACROSS, "en"),
            [
                "2.1 CAN: Publish a guide to rules of origin [2003-02-28]",
                "2.2 MEX: Train customs officers [every 3 months]",
                "2.3 PAN: Print the list of wells of both banks [asap]",
            ],
            id="a rule across all columns",
        ),
        pytest.param(
            *(NARROW, "en"),
            [
                "i ST: Send the slides of the meeting [2002-11-16]",
                "ii CAN: Complete the survey [2002-11-30]",
                "viii PAN+MEX: Present the costs of the exercise [next GRCM]",
            ],
            id="a number one space from its text, a column without a head",
        ),
        pytest.param(
            *(ALIGNED, "en"),
            [
                "2.1 ST: Publish a guide to rules of origin in English and Spanish [2003-04-30]",
                "2.2 CAN+MEX: Train customs officers [2003-H2]",
                "2.3 : Host the website []",
            ],
            id="under heads",
        ),
        pytest.param(
            *(NUMBERED, "es"),
            [
                "2.C.1 CAN: Enviar observaciones al Anexo B [2003-02-28]",
                "2.C.2 ST: Preparar una nota sobre rutas de los ríos [2003-03]",
            ],
            id="numbered, without heads",
        ),
    ],
)
def test_a_table_that_is_drawn_or_whose_columns_are_apart(
    register: Register, text: str, language: str, expected: list[str]
) -> None:
    """A line without a first cell goes on with the row above; cells count before their stem."""
    given = {"body": "GRCM", "start": "2002-10-31", "language": language}
    assert mandates(draft(read(text.encode()), register, given)) == expected


NUMBERED_ROWS = [
    ["N.º", "Acción", "Responsable", "Plazo"],
    ["1", "Elaborar el glosario", "Canadá", "1/3/2003"],
    ["", "Traducir el glosario", "Panamá", "1/5/2003"],
    ["2", "Revisar el mapa de los", "México y", "3/7/2003"],
    ["", "puertos del Caribe", "Panamá", ""],
    ["3", "Imprimir el glosario", "Belice", "4/7/2003"],
]


@pytest.mark.parametrize("form", ["piped", "ruled", "aligned", "tabbed", "docx"])
def test_rows_under_one_number(register: Register, form: str) -> None:
    """A row of its own is an item; one that goes on with the cells above it is not."""
    rule = f"+-----{'+------------------------' * 3}+"
    lines = ["  ".join(f"{cell:24}" for cell in row).strip() for row in NUMBERED_ROWS]
    piped = ["| " + " | ".join(f"{cell:22}" for cell in row) + " |" for row in NUMBERED_ROWS]
    texts = {
        "piped": piped,
        "ruled": [rule, piped[0], rule, *piped[1:], rule],
        "tabbed": ["\t".join(row) for row in NUMBERED_ROWS],
        "aligned": [line.rjust(len(line) + 26 * (not line[0].isdigit())) for line in lines[1:]],
    }
    if form == "docx":
        rows = [
            *NUMBERED_ROWS[:3],
            [*NUMBERED_ROWS[3][:1], "Revisar el mapa", "México y Panamá", "3/7/2003"],
        ]
        content = docx(table(*([paragraph(cell) for cell in row] for row in rows)))
    else:
        content = "\n".join([*([lines[0]] if form == "aligned" else []), *texts[form]]).encode()
    given = {"body": "GRCM", "start": "2002-10-31", "language": "es"}
    assert mandates(draft(read(content), register, given))[:3] == [
        "1 CAN: Elaborar el glosario [2003-03-01]",
        "1.1 PAN: Traducir el glosario [2003-05-01]",
        f"2 MEX+PAN: Revisar el mapa{' de los puertos del Caribe' * (form != 'docx')} [2003-07-03]",
    ]


def test_rows_without_a_number_inside_a_conclusion(register: Register) -> None:
    last = ["2", "Revisar el mapa", "México", "3/7/2003"]
    assert mandates(drafted(register, [*NUMBERED_ROWS[:3], last])) == [
        "2.1 CAN: Elaborar el glosario [2003-03-01]",
        "2.1.1 PAN: Traducir el glosario [2003-05-01]",
        "2.2 MEX: Revisar el mapa [2003-07-03]",
    ]


def test_headings_stand_between_the_heads_and_the_rows(register: Register) -> None:
    rows = ["N.º\tActividad\tResponsable\tPlazo", "De la anterior", "\t".join(["A1", *LIST]),
            "De esta reunión", "\t".join(["A2", *MAP])]  # fmt: skip
    text = "\n".join(["Reunión del Grupo Regional de Consulta sobre Migración\n", *rows])
    found = draft(read(text.encode()), register, GIVEN)
    assert mandates(found) == [f"A1 {DIRECTORY}", f"A2 {CHART}"]


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
    cells = ([paragraph(cell) for cell in row] for row in [heads, *rows])
    body = [*map(paragraph, lines), paragraph("CUADRO DE SEGUIMIENTO"), table(*cells)]
    found = draft(read(docx("".join(body))), register, GIVEN)
    numbers = [one.item.number for one in found.conclusions]
    assert numbers == ["1", "2", "3", "A.1", "A.2", "A.3"]
    assert [one.item.number for one, _duty in found.duties] == ["1", "2", "3"]
    assert [one.differs for one in found.conclusions[3:]] == [differs] * 3


HEADS = ["Tema", "Compromiso", "Encargado", "Plazo", "Comentarios"]


@pytest.mark.parametrize(
    ("row", "expected", "told"),
    [
        (["Ríos", "Elaborar el mapa", "Canadá", "30/11/2003", "El mapa de 1999 no sirve ya"],
         "2.1 CAN: Elaborar el mapa [2003-11-30]", ""),
        (["Ríos", "Elaborar el mapa", "Canadá", "", "México enviará los datos a Canadá"],
         "2.1 CAN: Elaborar el mapa []", "México enviará"),
        (["Ríos", "Publicar el mapa", "Canadá", "30/9/2002", "Cumplido el 26 de septiembre"],
         "", "Cumplido el 26"),
        (["Ríos", "Publicar el mapa", "Canadá", "Sin efecto", ""], "", "Sin efecto"),
        (["Ríos", "Publicar el mapa anual", "Canadá", "2001", ""],
         "2.1 CAN: Publicar el mapa anual []", "2001"),
        (["Ríos", "Revisar la guía", "Secretaría Técnica de Licencias", "30/11/2003", ""],
         "2.1 ST: Revisar la guía [2003-11-30]", "Secretaría Técnica de Licencias"),
        (["Ríos", "Revisar la guía", "Canadá, previo visto bueno de Belice", "30/11/2003", ""],
         "2.1 CAN: Revisar la guía [2003-11-30]", "previo visto bueno de Belice"),
    ],
)  # fmt: skip
def test_cells_beside_an_action(
    register: Register, row: list[str], expected: str, told: str
) -> None:
    """A remark is no action; what is done, or named by a longer name, is a point."""
    found = drafted(register, [HEADS, row, ["Ríos", *MAP, ""]])
    assert [each for each in mandates(found) if each.startswith("2.1")] == [expected] * bool(
        expected
    )
    words = " ".join(one.sentence for one in doubts(found))
    assert told in words


def test_a_line_across_a_table_is_a_heading(register: Register) -> None:
    heads = ["Compromiso", "Responsable", "Plazo"]
    found = drafted(register, [heads, LIST, ["Puertos y faros"], MAP])
    assert mandates(found) == [f"2.1 {DIRECTORY}", f"2.2 {CHART}"]
    assert "Puertos y faros" in found.outline.left_out
