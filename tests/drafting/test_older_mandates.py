"""What a text does with mandates of older meetings: it moves their deadlines, or ends them."""

from grcm_cli.domain.register import Register
from grcm_cli.drafting.to_yaml import meeting_file

from .test_sentences import of_older, older_keys


def test_what_stands_in_the_place_of_what_ends(register: Register) -> None:
    text = (
        "Dejar sin efecto la conclusión 22 @ y, en su lugar, encomendar a Panamá la revisión del "
        "texto."
    )
    found = of_older(register, "es", text)
    assert older_keys(found) == ["supersedes: GRCM-2002-10/22"]
    assert [duty.action for _conclusion, duty in found.duties] == ["Revisar el texto"]


def test_another_act_of_the_sentence_ends_nothing(register: Register) -> None:
    text = (
        "Dar por concluido el taller y solicitar a Panamá que cumpla el mandato contenido en la "
        "conclusión 6 @."
    )
    assert older_keys(of_older(register, "es", text)) == []


def test_several_conclusions_are_followed_in_one_key(register: Register) -> None:
    found = of_older(
        register, "es", "En seguimiento a las conclusiones 5 y 6 @, agradecer a Canadá."
    )
    assert "    follows: [GRCM-2002-10/5, GRCM-2002-10/6]  # likely" in meeting_file(found, "")
