"""What a draft calls sure is right: groups, leads, offices that pass on, and second duties."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.review import doubts
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.storage.loader import load

REGISTER = """
process: {code: EX, name: {en: Example, es: Ejemplo}, languages: [en, es]}
bodies:
  TC: {name: {en: Technical Committee, es: Comité Técnico}}
members:
  FJI: {name: {en: Fiji, es: Fiyi}}
  WSM: {name: {en: Samoa, es: Samoa}}
  TON: {name: {en: Tonga, es: Tonga}}
  NRU: {name: {en: Nauru, es: Nauru}}
offices:
  CHR:
    name: {en: Chair, es: Presidencia}
    terms: [{holder: FJI, from: 2027-01-01}, {holder: WSM, from: 2028-01-01}]
organizations:
  SEC: {name: {en: Secretariat, es: Secretaría}}
  SPC: {name: {en: Pacific Community, es: Comunidad del Pacífico}}
groups:
  SIS: {name: {en: Smaller Island States, es: Estados Insulares Menores}, members: [NRU, TON]}
  PRT: {name: {en: associated ports, es: puertos asociados}, members: [FJI, TON]}
"""
OPEN = "it is open whether they owe it together or each of them"
PASSING = "who holds the office by then is not sure"
LOST = "no mandate was made from"
SHARED = "is that of one of its duties; it may hold for the others too"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = tmp_path_factory.mktemp("record")
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    known = load(Path(folder), Path(folder)).register
    assert known is not None
    return known


def drafted(register: Register, language: str, text: str) -> tuple[list[str], list[str]]:
    """Return the values of a conclusion's keys, `?` behind what is not sure; and its points."""
    keys = {"body": "TC", "start": "2027-03-10", "language": language}
    made = draft([Paragraph(text, "1."), Paragraph("Thank Fiji.", "2.")], register, keys)
    lines = meeting_file(made, "").partition("number: 1")[2].partition("- number: 2")[0]
    values = []
    for line in lines.splitlines():
        key, _colon, value = line.strip(" -").partition(": ")
        if key in ("action", "responsible", "lead", "support", "due", "confidential"):
            value, _hash, remark = value.partition("  # ")
            values.append(f"{key}: {value}{'?' if remark.startswith('check') else ''}")
    return values, [point.sentence for point in doubts(made) if point.number.startswith("1")]


TABLE: list[tuple[str, str, Sequence[str], Sequence[str]]] = [
    # a group of the register
    ("en", "The Smaller Island States will each send a list.", ["responsible: {each: SIS}"], []),
    ("en", "Each of the Smaller Island States shall send maps.", ["responsible: {each: SIS}"], []),
    ("en", "Each Smaller Island State shall send a list.", ["responsible: {each: SIS}"], []),
    ("es", "Cada uno de los Estados Insulares Menores enviará una lista.",
     ["responsible: {each: SIS}"], []),
    ("en", "The Smaller Island States shall jointly prepare a plan.", ["responsible: SIS"], []),
    ("en", "SIS members will jointly prepare a position paper.", ["responsible: SIS"], []),
    ("en", "The Smaller Island States shall prepare a plan.", ["responsible: SIS?"], [OPEN]),
    ("en", "The members of the SIS shall prepare a plan.", ["responsible: SIS?"], [OPEN]),
    ("en", "The Smaller Island States and Fiji shall prepare a plan.",
     ["responsible: [SIS, FJI]?"], [OPEN]),
    ("en", "The Smaller Island States, except Nauru, shall send a list.",
     ["responsible: {each: SIS, except: [NRU]}?"], [OPEN]),
    ("es", "En lo sucesivo, los puertos asociados remitirán una lista.",
     ["responsible: PRT?"], [OPEN]),
    ("es", "Se acuerda que los puertos asociados elaboren una lista.",
     ["responsible: PRT?"], [OPEN]),
    ("en", "Each of the associated ports shall send a list.", ["responsible: {each: PRT}"], []),
    ("en", "Fiji and Tonga shall send a list each year.", ["responsible: [FJI, TON]"], []),
    ("es", "Los Estados Insulares Menores que comparten cuencas enviarán una lista.",
     ["responsible: SIS?"], ["it does not say which of them are meant", OPEN]),
    ("es", "Los fronterizos (Fiyi y Samoa; Tonga y Nauru) acordaron enviar una lista.",
     ["responsible: [FJI, WSM]?"], ["beside who is to do it stands"]),
    # a name with its abbreviation; one of several before the verb
    ("es", "Fiyi y la Comunidad del Pacífico (SPC) enviarán conjuntamente una lista.",
     ["responsible: [FJI, SPC]"], []),
    ("es", "Difundir el plan de la Comunidad del Pacífico (SPC).", ["responsible: []?"],
     ["the text names nobody"]),
    ("es", "La Presidencia, que hoy es de Fiyi, y la Secretaría enviarán una lista.",
     ["responsible: SEC?"], ["beside who is to do it stands"]),
    # one who leads
    ("en", "Fiji, as lead country, together with Samoa and Tonga, shall draft a plan.",
     ["responsible: [FJI, WSM, TON]", "lead: FJI"], []),
    ("en", "Fiji and Samoa, with Samoa as lead, shall draft a plan.",
     ["responsible: [FJI, WSM]", "lead: WSM"], []),
    ("en", "Fiji (lead) and Tonga shall draft a plan.",
     ["responsible: [FJI, TON]", "lead: FJI"], []),
    ("es", "Fiyi y Tonga, con Tonga como líder, elaborarán un plan.",
     ["responsible: [FJI, TON]", "lead: TON"], []),
    ("es", "Conformar un grupo integrado por Fiyi y Tonga, bajo la coordinación de Samoa, que "
     "presentará un informe.",
     ["responsible: [FJI, TON]?"], ["beside who is to do it stands"]),
    ("en", "Fiji and Tonga, under the leadership of Fiji, shall draft a plan.",
     ["responsible: [FJI, TON]", "lead: FJI"], []),
    ("en", "The Fund, as lead agency, together with Samoa, shall draft a plan.",
     ["responsible: WSM?"], ["beside who is to do it stands"]),
    # an office that passes on
    ("en", "The incoming Chair will draft a plan.", ["responsible: WSM?"], [PASSING]),
    ("es", "La futura Presidencia elaborará un plan.", ["responsible: WSM?"], [PASSING]),
    ("en", "The Chair will draft a plan.", ["responsible: CHR"], []),
    ("en", "The incoming Chair will convene a virtual session in May 2027.",
     ["action: Convene a virtual session", "responsible: WSM?", "due: 2027-05"], [PASSING]),
    ("es", "Fiyi asumirá la Presidencia a partir del 1 de enero de 2028.", [], []),
    ("en", "Fiji will take over the Chair on 1 January 2028.", [], []),
    # a label, and words that say too little
    ("en", "(In closed session) The Secretariat shall draft a list.",
     ["confidential: true?", "responsible: SEC"], ["it is marked as confidential"]),
    ("es", "(Reservado) La Secretaría elaborará una lista.",
     ["confidential: true?", "responsible: SEC"], ["it is marked as confidential"]),
    ("es", "La Secretaría deberá actualizarlo y circularlo a los miembros.",
     ["action: Actualizarlo y circularlo a los miembros"], ["the action says nothing alone"]),
    ("en", "Transfers to Fiji the organization of the workshop entrusted to the Chair.", [],
     ["it seems to hand a duty over"]),
    ("es", "Dado en Suva, a los once días del mes de marzo de dos mil veintisiete.", [],
     ["no operative verb"]),
    # support
    ("en", "The Secretariat shall draft a plan with the support of SPC by 1 May 2027.",
     ["action: Draft a plan", "support: [SPC]"], []),
    ("es", "La Secretaría elaborará, con el apoyo de la Comunidad del Pacífico, un plan.",
     ["action: Elaborar un plan", "support: [SPC]"], []),
    # a relative clause, and the second of two who were named
    ("es", "Fiyi entregará el informe a la Secretaría, que elaborará un plan.",
     ["responsible: FJI", "action: Elaborar un plan", "responsible: SEC"], []),
    ("es", "Solicitar a Fiyi y a Tonga que apoyen el plan, y a este último que lo presente en la "
     "próxima reunión.", ["action: Apoyar el plan", "responsible: [FJI, TON]"], [LOST]),
    ("en", "Requests Fiji and Tonga to support members, and the latter to report in May 2027.",
     ["action: Support members", "responsible: [FJI, TON]"], [LOST]),
    # a deadline behind the last of several duties
    ("es", "Tonga designará un punto focal e informará su nombre a más tardar el 15 de julio de "
     "2027.", ["action: Designar un punto focal", "due: 2027-07-15"], [SHARED]),
    ("es", "La Secretaría elaborará una matriz y la presentará a más tardar el 15 de julio de "
     "2027.", ["action: Elaborar una matriz", "due: 2027-07-15"], [SHARED]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "values", "points"), TABLE)
def test_what_is_sure(
    register: Register, language: str, text: str, values: Sequence[str], points: Sequence[str]
) -> None:
    written, told = drafted(register, language, text)
    assert [value for value in written if value in values] == list(values), written
    responsible = [value for value in written if value.startswith("responsible")]
    assert len(responsible) == sum(value.startswith("responsible") for value in values) or not any(
        value.startswith("responsible") for value in values
    )
    for point in points:
        assert any(point in sentence for sentence in told), told
    assert bool(told) == bool(points), told


@pytest.mark.parametrize(
    ("text", "participants"),
    [
        ("Reunidos los delegados de Fiyi, Samoa y Nauru; ausente Tonga", ["FJI", "WSM", "NRU"]),
        ("Participaron Fiyi, Samoa y Nauru, con la ausencia de Tonga.", ["FJI", "WSM", "NRU"]),
        ("Participaron Fiyi, Tonga (ausente con excusa), Samoa y Nauru.", ["FJI", "WSM", "NRU"]),
        ("Participaron Fiyi, Samoa y Nauru.", ["FJI", "WSM", "NRU"]),
    ],
)
def test_who_is_absent_took_no_part(
    register: Register, text: str, participants: Sequence[str]
) -> None:
    document = f"Reunión del Comité Técnico\nSuva, 10 de marzo de 2027\n\n{text}\n\n"
    document += "ACUERDOS\n\n1. Agradecer a Fiyi.\n\n2. Agradecer a Samoa.\n"
    made = draft(read(document.encode()), register, {"language": "es"})
    assert list(made.keys["participants"].text) == participants
