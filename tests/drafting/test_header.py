"""The header: the meeting's days and not the paper's, its body, its town, who took part."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.review import doubts


def keys(register: Register, header: str) -> dict[str, object]:
    """Return the keys of the draft of a document with a header."""
    text = f"{header}\n\nCONCLUSIONES\n\n1. Tomar nota.\n\n2. Agradecer a Canadá.\n"
    found = draft(read(text.encode()), register, {})
    return {key: value.text for key, value in found.keys.items()}


HELD = (
    "La Reunión del Grupo Regional de Consulta sobre Migración se celebró en Managua, Nicaragua, "
    "los días 6 y 7 de mayo de 2008."
)
DAYS = {"start": "2008-05-06", "end": "2008-05-07"}


@pytest.mark.parametrize(
    "header",
    [
        f"12 de junio de 2008\n\nActa\n\n{HELD}",
        f"Distr. general\n2 de mayo de 2008\n\n{HELD}",
        f"2 de mayo de 2008\nOriginal: español\n\n{HELD}",
        f"{HELD}\n\nSe publicó el 30 de mayo de 2008",
        "Reunión del Grupo Regional de Consulta, Managua, 6 al 7/05/2008",
        "Reunidos los días seis de mayo y siete de mayo de dos mil ocho, los representantes del "
        "Grupo Regional de Consulta sobre Migración acordaron:",
    ],
)
def test_the_days_are_the_meeting_s_and_not_the_paper_s(header: str, register: Register) -> None:
    assert DAYS.items() <= keys(register, header).items()


def test_observers_are_not_the_only_ones_who_took_part(register: Register) -> None:
    found = keys(
        register,
        "Los Viceministros de México y Panamá, reunidos en Tela el 6 de mayo de 2008, "
        "en presencia de los observadores de la OIM,",
    )
    assert (found["participants"], found["observers"]) == (["MEX", "PAN"], ["OIM"])


def test_who_is_named_behind_an_observer_is_none(register: Register) -> None:
    found = keys(
        register,
        "En Tela, el 6 de mayo de 2008, reunidos los Viceministros de Panamá y Belice, con la "
        "presencia de la OIM en calidad de observador, y en ejercicio de la Presidencia Belice,",
    )
    assert (found["participants"], found["observers"]) == (["PAN", "BLZ"], ["OIM"])


def test_a_day_of_distribution_alone_is_no_meeting(register: Register) -> None:
    found = keys(register, "Distr. limitada\n12 de mayo de 2022\n\nGrupo Regional de Consulta")
    assert "start" not in found


@pytest.mark.parametrize(
    ("header", "kind", "letter"),
    [
        ("GRCM\nCircular letter of 1 May 2008\nDecision taken by correspondence",
         "correspondence", ""),
        ("GRCM, 6-7 May 2008\nThe decision taken by correspondence", None, "by correspondence"),
        ("Grupo Regional de Consulta\n1 de mayo de 2008\nDecisiones adoptadas mediante consulta "
         "por correspondencia", "correspondence", ""),
        ("GRCM\n1 de mayo de 2008\nProcedimiento de silencio", "correspondence", ""),
        ("GRCM\nCircular letter\n1 May 2008", None, "Circular letter"),
        (f"{HELD}\nSe recordó lo decidido por correspondencia.", None, "por correspondencia"),
        (f"{HELD}\nVista la nota circular 3,", None, ""),
        ("Reunión del GRCM, 1 de mayo de 2008\nLa correspondencia recibida,", None, ""),
    ],
)  # fmt: skip
def test_what_was_decided_by_correspondence_is_no_meeting(
    header: str, kind: str | None, letter: str, register: Register
) -> None:
    """Where it may have been, that is a point to check."""
    text = f"{header}\n\n1. Tomar nota.\n"
    found = draft(read(text.encode()), register, {})
    assert {key: value.text for key, value in found.keys.items()}.get("kind") == kind
    assert found.header.letter.words == letter
    sentences = [doubt.sentence for doubt in doubts(found)]
    assert any("`kind: correspondence`" in sentence for sentence in sentences) is bool(letter)


def test_the_body_is_the_one_that_opens_its_decisions(register: Register) -> None:
    header = (
        "Documento para la Reunión Viceministerial\n\nSe invita a la Viceministerial.\n\n"
        "El Grupo Regional de Consulta sobre Migración,"
    )
    assert keys(register, header)["body"] == "GRCM"


def test_a_town_is_never_a_meeting(register: Register) -> None:
    found = keys(register, "Reunión del GRCM\n\nSecretaría Técnica\n6 y 7 de mayo de 2008")
    assert "place" not in found


def test_a_region_may_stand_between_town_and_country(register: Register) -> None:
    found = keys(
        register, "Reunión del GRCM\nTela, Costa de Atlántida, Honduras\n6 de mayo de 2008"
    )
    assert (found["place"], found["country"]) == ("Tela", "HND")


@pytest.mark.parametrize(
    "names",
    [
        "Participaron representantes de Belice, Canadá,\nCosta Rica y la República\nDominicana.",
        "Participantes:\nBelice\nCanadá\nCosta Rica\nRepública Dominicana",
        "Attending: Belize, Canada,\nCosta Rica and the Dominican Republic",
        "Parties represented: Belize, Canada, Costa Rica, Dominican\nRepublic.",
        "Países representados: Belice, Canadá, Costa Rica y República Dominicana",
        "Participantes:\n\n- Belice\n- Canadá\n- Costa Rica\n- República Dominicana",
    ],
)
def test_participants_across_lines(names: str, register: Register) -> None:
    found = keys(register, f"{HELD}\n\n{names}")
    assert set(found["participants"]) == {"BLZ", "CAN", "CRI", "DOM"}  # type: ignore[call-overload] # a list


@pytest.mark.parametrize(
    "names",
    [
        "Reunidos los delegados de Belice, Canadá y Honduras; ausente Panamá",
        "Participaron Belice, Canadá y Honduras, con la ausencia de Panamá.",
        "Participaron Belice, Panamá (ausente con excusa), Canadá y Honduras.",
        "Participaron Belice, Canadá y Honduras.",
    ],
)
def test_who_is_absent_took_no_part(names: str, register: Register) -> None:
    assert keys(register, f"{HELD}\n\n{names}")["participants"] == ["BLZ", "CAN", "HND"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Los participantes, reunidos en Ciudad de Panamá, Panamá, acuerdan:", None),
        ("Representatives of Belize and Canada met in Tegucigalpa, Honduras.", ["BLZ", "CAN"]),
        ("Delegates of Belize met in Honduras, at the invitation of its Government.", ["BLZ"]),
        ("Participaron en la Reunión, Belice y Canadá.", ["BLZ", "CAN"]),
    ],
)
def test_the_country_of_the_venue_took_part_only_if_it_is_said(
    sentence: str, found: list[str] | None, register: Register
) -> None:
    assert keys(register, f"{HELD}\n\n{sentence}").get("participants") == found


def test_a_preambular_clause_is_no_title(register: Register) -> None:
    header = "Recordando la decisión de la Reunión anterior,\n\nReunión del GRCM sobre boyas"
    assert keys(register, header)["title"] == "Reunión del GRCM sobre boyas"


def test_a_labelled_day_is_the_meetings_where_no_other_is_stated(register: Register) -> None:
    head = "Grupo Regional de Consulta\nLUGAR: San José\nFECHA: jueves 2 de mayo de 2002"
    found = draft(read(f"{head}\n\n1. México enviará la lista.\n".encode()), register, {})
    start = found.keys["start"]
    assert (start.text, start.sure) == ("2002-05-02", False)


def test_without_the_meetings_day_a_day_without_a_year_is_no_deadline(register: Register) -> None:
    text = "Grupo Regional de Consulta\n\n1. México enviará la lista hasta el 10 de septiembre.\n"
    [conclusion] = draft(read(text.encode()), register, {}).conclusions
    [duty] = conclusion.reading.duties
    assert duty.due is None
    assert [one.words for one in conclusion.reading.untimed] == ["hasta el 10 de septiembre"]
