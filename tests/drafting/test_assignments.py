"""Who and by when, where it stands beside the sentence: in a tag behind it, or in a cell."""

from grcm_cli.domain.register import Register

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
