"""What a text does with mandates of older meetings: it moves their deadlines, or ends them."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import Draft, draft
from grcm_cli.drafting.review import doubts
from grcm_cli.drafting.to_yaml import meeting_file

HEADS = {
    "es": "Reunión del Grupo Regional de Consulta sobre Migración\n"
    "Ciudad de México, 3 al 4 de febrero de 2003\n\nCONCLUSIONES\n\n",
    "en": "Meeting of the Regional Consultation Group on Migration\n"
    "Mexico City, 3 to 4 February 2003\n\nCONCLUSIONS\n\n",
}
OTHERS = {"es": "\n\n2. Agradecer a México.\n", "en": "\n\n2. Thank Mexico.\n"}
LAST = {"es": "de la reunión anterior", "en": "of the previous meeting"}


def drafted(register: Register, language: str, text: str) -> Draft:
    """Return the draft of a document whose first conclusion has a text; `@` is the last meeting."""
    own = text.replace("@", LAST[language])
    document = f"{HEADS[language]}1. {own}{OTHERS[language]}"
    return draft(read(document.encode()), register, {"body": "GRCM", "language": language})


def keys(found: Draft) -> list[str]:
    """Return the lines of the meeting file on older mandates, without comments."""
    lines = (line.strip().partition("  #")[0] for line in meeting_file(found, "").splitlines())
    return [line for line in lines if line.startswith(("extends:", "closes:", "supersedes:"))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "En relación con la conclusión 3 @, se acordó conceder a Belice y a Panamá una "
         "prórroga hasta el 31 de octubre de 2003 para el pago.",
         ["extends: {mandate: GRCM-2002-10/3, due: 2003-10-31, parties: [BLZ, PAN]}"]),
        ("es", "Otorgar a Belice una prórroga hasta el 31 de octubre de 2003 del plazo establecido "
         "en la conclusión 3 @.",
         ["extends: {mandate: GRCM-2002-10/3, due: 2003-10-31, parties: [BLZ]}"]),
        ("es", "Ampliar hasta el 31 de octubre de 2003 el plazo de la conclusión 9 @.",
         ["extends: {mandate: GRCM-2002-10/9, due: 2003-10-31}"]),
        ("es", "Dejar sin efecto la conclusión 22 @.", ["closes: GRCM-2002-10/22"]),
        ("es", "La conclusión 22 @ queda sin efecto.", ["closes: GRCM-2002-10/22"]),
        ("es", "Dar por cumplida la conclusión 6 @.", ["closes: GRCM-2002-10/6"]),
        ("es", "Se dio por cumplido el mandato contenido en la conclusión 6 @, relativo al plan.",
         ["closes: GRCM-2002-10/6"]),
        ("es", "Se deja sin efecto la conclusión 5 @ y la conclusión 6 @.",
         ["closes: [GRCM-2002-10/5, GRCM-2002-10/6]"]),
        ("es", "Dar por concluido el mandato relativo al glosario común, contenido en la "
         "conclusión 6 @.", ["closes: GRCM-2002-10/6"]),
        ("es", "La Reunión decide dar por cumplido el encargo hecho a Panamá sobre el plan "
         "común de los países, a que se refiere la conclusión 6 @.", ["closes: GRCM-2002-10/6"]),
        ("es", "Dejar sin efecto las conclusiones 5, 6 y 22 @.",
         ["closes: [GRCM-2002-10/5, GRCM-2002-10/6, GRCM-2002-10/22]"]),
        ("es", "Prorrogar hasta el 1 de mayo de 2003 los plazos de las conclusiones 3 y 9 @.",
         ["extends: [{mandate: GRCM-2002-10/3, due: 2003-05-01}, "
          "{mandate: GRCM-2002-10/9, due: 2003-05-01}]"]),
        ("es", "Prorrogar hasta el 31 de enero de 2003 el plazo para enviar comentarios al "
         "anuario, previsto en la conclusión 9 @.",
         ["extends: {mandate: GRCM-2002-10/9, due: 2003-01-31}"]),
        ("es", "Prorrogar hasta el 1 de mayo de 2003 el plazo del inciso a) de la conclusión 12 @.",
         ["extends: {mandate: GRCM-2002-10/12.a, due: 2003-05-01}"]),
        ("en", "Terminate the mandate on the common glossary, set out in conclusion 6 @.",
         ["closes: GRCM-2002-10/6"]),
        ("en", "Extend to 1 May 2003 the deadline for sending comments on the yearbook, laid down "
         "in conclusion 9 @.", ["extends: {mandate: GRCM-2002-10/9, due: 2003-05-01}"]),
        ("en", "The Group grants Belize an extension until 31 October 2003 of the deadline set in "
         "conclusion 3 @.",
         ["extends: {mandate: GRCM-2002-10/3, due: 2003-10-31, parties: [BLZ]}"]),
        ("en", "The Group considers conclusion 6 @ fulfilled.", ["closes: GRCM-2002-10/6"]),
        ("en", "Conclusion 22 @ shall cease to have effect.", ["closes: GRCM-2002-10/22"]),
        ("en", "The Group revokes conclusion 22 @.", ["closes: GRCM-2002-10/22"]),
        ("es", "En seguimiento a la conclusión 22 @, agradecer a Canadá.", []),
        ("en", "The Group notes that the plan of conclusion 6 @ will be completed.", []),
    ],
)  # fmt: skip
def test_what_is_moved_or_ended(
    register: Register, language: str, text: str, expected: list[str]
) -> None:
    found = drafted(register, language, text)
    assert keys(found) == expected
    assert found.duties == []
    points = [one.sentence for one in doubts(found) if expected and one.number]
    changes = [one for one in found.conclusions[0].older if one.kind != "follows"]
    assert len(points) == len(changes)
    assert [one for one in points if not one.startswith("inferred, check it: ")] == []


def test_what_stands_in_the_place_of_what_ends(register: Register) -> None:
    text = (
        "Dejar sin efecto la conclusión 22 @ y, en su lugar, encomendar a Panamá la revisión del "
        "texto."
    )
    found = drafted(register, "es", text)
    assert keys(found) == ["supersedes: GRCM-2002-10/22"]
    assert [duty.action for _conclusion, duty in found.duties] == ["Revisar el texto"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Otorgar a Belice una prórroga de treinta días.",
         "Otorgar a Belice una prórroga de treinta días"),
        ("Otorgar a Belice una prórroga de treinta días para cumplir la conclusión 3 @.",
         "conclusión 3"),
        ("Ampliar hasta el 1 de mayo de 2003 el plazo de la conclusión 99 @.", "conclusión 99"),
        ("Dejar sin efecto la conclusión 99 @.", "conclusión 99"),
        ("Dejar sin efecto el inciso e) de la conclusión 8 @.", "inciso e) de la conclusión 8"),
        ("Dar por cumplida la conclusión 7 @.", "conclusión 7"),
        ("Dejar sin efecto el encargo a Panamá previsto en la conclusión 99 @.", "conclusión 99"),
        ("Dar por concluido el mandato relativo al glosario común.",
         "Dar por concluido el mandato relativo al glosario común"),
        ("Prorrogar el plazo para enviar comentarios hasta el 1 de mayo de 2003.",
         "Prorrogar el plazo para enviar comentarios hasta el 1 de mayo de…"),
        ("Prorrógase hasta mayo de 2003 el mandato del comité.",
         "Prorrógase hasta mayo de 2003 el mandato del comité"),
        ("Se da por ampliado el plazo para enviar comentarios.",
         "ampliado el plazo para enviar comentarios"),
        ("El mandato del comité sobre puertos queda prorrogado por un año.",
         "mandato del comité sobre puertos queda prorrogado por un año"),
    ],
)  # fmt: skip
def test_what_was_not_found_is_a_point(register: Register, text: str, words: str) -> None:
    found = drafted(register, "es", text)
    assert keys(found) == []
    assert found.duties == []
    points = [one.sentence for one in doubts(found) if one.number == "1"]
    assert points
    assert [point for point in points if not point.endswith(f": “{words}”")] == []


def test_another_act_of_the_sentence_ends_nothing(register: Register) -> None:
    text = (
        "Dar por concluido el taller y solicitar a Panamá que cumpla el mandato contenido en la "
        "conclusión 6 @."
    )
    assert keys(drafted(register, "es", text)) == []


def test_several_conclusions_are_followed_in_one_key(register: Register) -> None:
    found = drafted(
        register, "es", "En seguimiento a las conclusiones 5 y 6 @, agradecer a Canadá."
    )
    assert "    follows: [GRCM-2002-10/5, GRCM-2002-10/6]  # likely" in meeting_file(found, "")
