"""Which sentences lay down a duty, for whom; each phrasing beside one that only tells."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.review import doubts
from grcm_cli.drafting.tokens import sentences, words_of

from .test_sentences import reader, told


@pytest.mark.parametrize(
    "above",
    ["RESOLUCIÓN {}\n\nLa Reunión,\n\nTeniendo presente que un tercio reside en ciudades,"
     "\n\nTomando en consideración el informe de Canadá,",
     "{}. SEGURIDAD Y LUCHA CONTRA LA TRATA"],
    ids=["preamble", "heading"],
)  # fmt: skip
def test_a_paragraph_below_what_leaves_no_sentence_open_is_read_by_itself(
    register: Register, above: str
) -> None:
    text = (
        "Reunión del Grupo Regional de Consulta sobre Migración\n"
        f"Ciudad de Guatemala, 29 al 31 de octubre de 2002\n\n{above.format(1)}\n\n"
        "1.1. Toma nota del mapa.\n\n1.2. Insta a Canadá a imprimir la lista.\n\n"
        f"{above.format(2)}\n\n2.1. Agradece a Canadá.\n\n2.2. Se solicita a México "
        "enviar el mapa.\n"
    )
    found = draft(read(text.encode()), register, {})
    assert [duty.who.codes for _conclusion, duty in found.duties] == [["CAN"], ["MEX"]]


@pytest.mark.parametrize(
    ("conclusions", "named"),
    [
        ("1. Agradecer a la Secretaría Técnica (SECTEC) su informe.\n\n"
         "2. La SECTEC publicará el informe.\n\n3. El GRUPO elaborará una lista.",
         {"1": [], "2": ["ST"], "3": ["GRCM"]}),
        ("| 1 | Traducir el informe | Canadá y México |\n| 2 | Leer el informe | Sobre Canadá |",
         {"1": ["CAN+MEX"], "2": [""]}),
    ],
)  # fmt: skip
def test_abbreviations_and_cells_of_a_document_name_parties(
    register: Register, conclusions: str, named: dict[str, list[str]]
) -> None:
    text = (
        "Reunión del Grupo Regional de Consulta sobre Migración (GRUPO)\n"
        f"Ciudad de Guatemala, 29 a 31 de octubre de 2002\n\nCONCLUSIONES\n\n{conclusions}\n"
    )
    found = draft(read(text.encode()), register, {})
    who = {c.item.number: ["+".join(d.who.codes) for d in c.reading.duties]
           for c in found.conclusions}  # fmt: skip
    assert who == named


def test_a_stop_inside_a_symbol_ends_no_sentence() -> None:
    for text in ("See Amd.1 of the list.", "Read Vol. 3 and Rev. 2 of the list."):
        assert len(sentences(words_of(f"{text} Thank Canada.", "en"))) == 2


def test_an_aside_may_stand_before_the_colon_of_a_stem(register: Register) -> None:
    stem = "The Technical Secretariat shall, subject to funds and in cooperation with Canada:"
    found = reader(register, "en").read("print the list;", stem)
    assert told(found) == ["ST: Print the list"]
    assert list(found.duties[0].support) == ["CAN"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Members shall reply."), ("es", "Los países miembros deberán responder.")],
)
@pytest.mark.parametrize("label", ["1.", "1)", "(1)"])
def test_a_document_may_have_one_short_numbered_conclusion(
    register: Register, language: str, text: str, label: str
) -> None:
    head = "Meeting of the GRCM\nSan José, 29-31 October 2002\n\n"
    found = draft(read(f"{head}{label} {text}\n".encode()), register, {"language": language})
    assert [(one.item.number, one.item.text) for one in found.conclusions] == [("1", text)]
    assert [duty.who.mode for duty in found.conclusions[0].reading.duties] == ["members"]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 1\n\nThe Group,\n\nRecalling that members must report by 2004,\n\n"
        "Aware that Belize should have to wait no longer,\n\n1. REQUESTS Canada:\n\n"
        "(a) to send a list;\n\n(b) to draw:\n\ni. a map;\n\nii. a chart;\n\n2. Thanks Mexico.\n",
        "Resolución 1\n\nEl Grupo,\n\nRecordando que los miembros deben informar antes de 2004,\n\n"
        "Convencido de que Belice no debería esperar más,\n\n1. pide a Canadá:\n\n"
        "a) enviar una lista;\n\nb) dibujar:\n\ni. un mapa;\n\nii. una carta;\n\n"
        "2. Agradece a México.\n",
    ],
    ids=["en", "es"],
)
def test_the_reasons_of_a_resolution_ask_nobody(register: Register, text: str) -> None:
    head = "Regional Consultation Group on Migration\nSan José, 29-31 October 2002\n\n"
    found = draft(read(f"{head}{text}".encode()), register, {"body": "GRCM"})
    assert [duty.who.codes for _, duty in found.duties] == [["CAN"]] * 3
    assert not [point for point in doubts(found) if point.is_loss]
