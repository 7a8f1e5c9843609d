"""Who and by when, where it stands beside the sentence: in a tag behind it, or in a cell."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.review import doubts

from .test_sentences import drafted

AGREED = "The meeting noted the delay. It was agreed to revise the glossary."


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


def test_a_row_s_cells_say_how_much_is_asked_and_who_helps(register: Register) -> None:
    rows = "| 1 | Consider the pilot | IOM (invited) |\n| 2 | Review it | Canada with Mexico |"
    found = drafted(register, f"| No. | Action | Responsible |\n{rows}")
    first, second = (one.reading.duties[0] for one in found.conclusions)
    assert first.kind == "encouragement"
    assert list(second.support) == ["MEX"]


HEADED = {
    "es": ["1. Se agradeció a Panamá.", "2. Se tomó nota del plan.", "TAREAS",
           "I. Corresponde a Canadá",
           "- Acoger el curso sobre boyas a más tardar el 30 de junio de 2003.\n"
           "- En su condición de sede, enviar el acta completa a las delegaciones.",
           "II. Tareas de México y Panamá",
           "- Remisión a la Secretaría del inventario, tan pronto como las condiciones permitan.\n"
           "- Ana Ejemplo, Directora", "3. El Grupo acordó reunirse en mayo."],
    "en": ["1. The Group thanked Panama.", "2. The Group took note of the plan.", "TASKS", "Canada",
           "- Host the course on buoys by 30 June 2003.\n"
           "- In its capacity as host, send the full record to the delegations.",
           "Mexico and Panama",
           "- Submission of the inventory to the Secretariat, as soon as conditions allow.\n"
           "- Ana Example, Director", "3. The Group agreed to meet in May."],
}  # fmt: skip


@pytest.mark.parametrize("language", HEADED)
def test_names_alone_on_a_line_are_those_who_act(register: Register, language: str) -> None:
    """A noun of action below them is a point; so is what is no duty. They may say *tasks of*."""
    found = drafted(register, "\n\n".join(HEADED[language]))
    who = {one.item.number: list(duty.who.codes) for one, duty in found.duties}
    assert who | {"3": []} == {
        "2.1": ["CAN"], "2.2": ["CAN"], "2.3": ["MEX", "PAN"], "3": []
    }  # fmt: skip
    points = {one.number for one in doubts(found) if one.number.startswith("2.")}
    assert points >= {"2.3", "2.4"}
    assert "2.1" not in points


@pytest.mark.parametrize(
    "text",
    [
        "Canadá\n\nMéxico\n\nPanamá\n\n1. Enviar el mapa.\n\n2. Acoger el curso.",
        "1. Se tomó nota.\n\nPanamá\n\n2. Enviar el mapa.\n\n3. Acoger el curso.",
    ],
)
def test_other_lines_of_names_ask_nobody(register: Register, text: str) -> None:
    """They are those of whoever is there, or one is the subject of what is below it."""
    assert not any(duty.who.codes for _one, duty in drafted(register, text).duties)
