"""Who and by when, where it stands beside the sentence: in a tag behind it, or in a cell."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import Draft, draft

from .test_duties import told


def drafted(register: Register, text: str) -> Draft:
    title = "Grupo Regional de Consulta sobre Migración, Managua, 30 y 31 de octubre de 2002"
    return draft(read(f"{title}\n\nCONCLUSIONES\n\n{text}\n".encode()), register, {})


def duties(register: Register, text: str) -> list[str]:
    return [line for one in drafted(register, text).conclusions for line in told(one.reading)]


AGREED = "The meeting noted the delay. It was agreed to revise the glossary."
REVISED = "Se informó del atraso. Se acordó revisar el glosario."

TAGS = [
    # of a text that names nobody: the tag does
    (f"{AGREED} Responsible: Canada. Deadline: 1 March 2003.",
     ["CAN: Revise the glossary [2003-03-01]"]),
    (f"{AGREED}\nAction: Canada and Mexico", ["CAN+MEX: Revise the glossary"]),
    (f"{AGREED} (Action by: all; due: 1 March 2003)",
     ["members: Revise the glossary [2003-03-01]"]),
    (f"{AGREED} [Technical Secretariat, 1 March 2003]", ["ST: Revise the glossary [2003-03-01]"]),
    (f"{REVISED} Responsable: Secretaría Técnica. Plazo: 1 de marzo de 2003.",
     ["ST: Revisar el glosario [2003-03-01]"]),
    (f"{REVISED}\nResponsables: Canadá y México\nFecha límite: 1 de marzo de 2003",
     ["CAN+MEX: Revisar el glosario [2003-03-01]"]),
    (f"{REVISED} (A cargo de: todos)", ["members: Revisar el glosario"]),
    (f"{REVISED} [Secretaría Técnica; 1 de marzo de 2003]",
     ["ST: Revisar el glosario [2003-03-01]"]),
    # before what the sentence says
    ("Members should check the list. Action: Canada", ["CAN: Check the list"]),
    ("Enviar la lista a México. Responsable: Canadá", ["CAN: Enviar la lista a México"]),
    # one tag for several duties, each with its own party
    ("Canada will draft the plan, and Mexico will check it. Action: Canada, Mexico",
     ["CAN: Draft the plan", "MEX: Check it"]),
    # no tags: a sentence after a colon, brackets that only explain
    ("Action: Canada to draft the plan", ["CAN: Draft the plan"]),
    ("The meeting thanked the host (Canada).", []),
    ("Se agradeció al anfitrión (Canadá).", []),
    ("The meeting welcomed a new party [Canada, which joined in 1996].", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TAGS)
def test_a_tag_says_who_and_by_when(text: str, expected: list[str], register: Register) -> None:
    other = "The meeting thanked Panama." if " the " in text else "Se agradeció a Panamá."
    assert duties(register, f"1. {text}\n\n2. {other}") == expected


def test_a_tag_is_text_of_its_conclusion(register: Register) -> None:
    tagged = "- Se acordó revisar el glosario.\n  Responsable: Canadá"
    text = f"Resumen\n\n{tagged}\n\nOtros asuntos\n\n- Se tomó nota."
    found = drafted(register, text)
    assert [one.item.text for one in found.conclusions] == [
        "Se acordó revisar el glosario. Responsable: Canadá",
        "Se tomó nota.",
    ]
    assert "Otros asuntos" in found.outline.left_out


def test_a_tag_names_who_supports(register: Register) -> None:
    found = drafted(register, f"1. {AGREED}\nLead: Canada. Support: Mexico\n\n2. Noted.")
    [duty] = found.conclusions[0].reading.duties
    assert (list(duty.who.codes), list(duty.support)) == (["CAN"], ["MEX"])


ROWS = [
    ("Confirm the name of the contact; send it | All members | 1 March 2003",
     ["members: Confirm the name of the contact; send it [2003-03-01]"]),
    ("Revisar la ficha y publicarla | Canadá y México | 1 de marzo de 2003",
     ["CAN+MEX: Revisar la ficha y publicarla [2003-03-01]"]),
    ("Status report | All except Canada | ", ["members: Status report"]),
    ("Traducir la guía, cada uno a su idioma | Canadá; México | ",
     ["each CAN+MEX: Traducir la guía, cada uno a su idioma"]),
    ("Translate the guide into its own language | Canada, Mexico | ",
     ["each CAN+MEX: Translate the guide into its own language"]),
    ("Review the file | Canada with Mexico | ", ["CAN: Review the file"]),
    ("Consider the pilot | IOM (invited) | ", ["OIM: Consider the pilot"]),
    ("Clean the list | TBD | ", ["nobody: Clean the list"]),
    ("Mexico will send the chart | Canada | ", ["MEX: Send the chart"]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_a_cell_says_who_and_by_when(row: str, expected: list[str], register: Register) -> None:
    table = f"| No. | Action | Responsible | Due |\n| 1 | {row} |\n| 2 | – | – | – |"
    assert duties(register, table)[: len(expected)] == expected


def test_a_row_s_cells_say_how_much_is_asked_and_who_helps(register: Register) -> None:
    rows = "| 1 | Consider the pilot | IOM (invited) |\n| 2 | Review it | Canada with Mexico |"
    found = drafted(register, f"| No. | Action | Responsible |\n{rows}")
    first, second = (one.reading.duties[0] for one in found.conclusions)
    assert first.kind == "encouragement"
    assert list(second.support) == ["MEX"]
