"""`--check` compares with the document as it is read, not with what the draft has of it."""

from collections.abc import Sequence

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.comparison import compare
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.review import doubts
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.reader.records import read_meeting

KEYS = {"body": "GRCM", "start": "2003-02-03"}
HEAD = [Paragraph("Reunión del GRCM, celebrada el 3 de febrero de 2003"), Paragraph("")]


def compared(paragraphs: Sequence[Paragraph], register: Register) -> tuple[list[str], list[str]]:
    """Return what is told of the file that is drafted of a document."""
    found = draft(paragraphs, register, KEYS)
    meeting = read_meeting("x.yaml", "GRCM-2003-02", meeting_file(found, "").encode(), [])
    assert meeting is not None
    return compare(found, meeting, paragraphs)


def lines(*texts: str) -> list[Paragraph]:
    return [*HEAD, *read("\n\n".join(texts).encode())]


def test_what_the_draft_leaves_out_inside_a_text_differs(register: Register) -> None:
    """A paragraph in the style of a heading, between two of one conclusion."""
    heading = Paragraph("Faros y boyas", heading=True)
    pieces = [
        *HEAD,
        Paragraph("Agradecer a Canadá el informe sobre las boyas.", label="1."),
        heading,
        Paragraph("También agradecer a Panamá el curso de los prácticos."),
        Paragraph("Tomar nota.", label="2."),
    ]
    differences, _passages = compared(pieces, register)
    assert [line for line in differences if "Faros y boyas" in line]


def test_a_text_mended_by_hand_is_the_document_s(register: Register) -> None:
    """The draft has two items of what is one text in the file, with the document's words."""
    pieces = lines(
        "1. Aprobar el plan:", "a) de las boyas del estrecho;", "b) de los faros del estrecho.",
        "2. Tomar nota.",
    )  # fmt: skip
    text = meeting_file(draft(pieces, register, KEYS), "")
    begin, end = text.index("  - number: 1.a"), text.index("  - number: 2")
    one = "Aprobar el plan: a) de las boyas del estrecho; b) de los faros del estrecho."
    text = text[:begin].replace("Aprobar el plan:", one) + text[end:]
    meeting = read_meeting("x.yaml", "GRCM-2003-02", text.encode(), [])
    assert meeting is not None
    assert compare(draft(pieces, register, KEYS), meeting, pieces) == ([], [])


def test_each_passage_in_no_conclusion_is_named(register: Register) -> None:
    pieces = lines("1. Aprobar el plan.", "FAROS", "2. Tomar nota.", "Hecho en Panamá.", "El Faro")
    assert compared(pieces, register) == ([], ["FAROS", "Hecho en Panamá.", "El Faro"])


def test_a_passage_that_binds_is_a_doubt(register: Register) -> None:
    pieces = lines(
        "1. Aprobar el plan.",
        "2. Tomar nota.",
        "Firmado por la Presidencia.",
        "México presentará el plano de los faros antes del 1 de mayo de 2003.",
    )
    said = [doubt.sentence for doubt in doubts(draft(pieces, register, KEYS))]
    assert (
        "a sentence outside the conclusions contains a duty or a deadline: "
        "“México presentará el plano de los faros antes del 1 de mayo…”" in said
    )


def test_a_duty_before_the_first_number_is_a_doubt(register: Register) -> None:
    duty = "México presentará a la Secretaría Técnica el plano de todos los faros."
    pieces = lines(duty, "CONCLUSIONES", "1. Aprobar el plan.", "2. Tomar nota.")
    said = [doubt.sentence for doubt in doubts(draft(pieces, register, KEYS))]
    assert any(line.startswith("text before the first conclusion reads") for line in said)


@pytest.mark.parametrize(
    "duty",
    [
        "Se encargó a la Secretaría Técnica remitir el plano a más tardar el 16 de marzo de 2003.",
        "The Technical Secretariat was asked to send the plans of the lights by 16 March 2003.",
        "México presentará el plano de los faros antes del 16 de marzo de 2003.",
    ],
)
def test_a_dated_duty_before_the_first_number_is_no_day_of_the_meeting(
    duty: str, register: Register
) -> None:
    pieces = read(
        f"Grupo del Ejemplo, Ámbar, 3 y 4 de febrero de 2003\n\n{duty}\n\n"
        "1. Aprobar el plan.\n\n2. Tomar nota.\n".encode()
    )
    found = draft(
        pieces, register, {"body": "GRCM"} | {"language": "en" if "The " in duty else "es"}
    )
    said = [doubt.sentence for doubt in doubts(found)]
    assert any(line.startswith("text before the first conclusion reads") for line in said)
    assert (found.keys["start"].text, found.keys["end"].text) == ("2003-02-03", "2003-02-04")
    assert not found.other_days


def test_a_row_whose_cells_were_used_is_in_the_file(register: Register) -> None:
    """A row with a cell of another column is named."""
    heads = "Acuerdo | Responsable | Notas"
    rows = ["Pintar los faros | México | ", "Enviar la carta | Panamá | Véase el anexo"]
    pieces = lines("1. Tomar nota.", "\n".join(["2. Acciones:", heads, *rows]), "3. Agradecer.")
    assert compared(pieces, register) == ([], [heads, rows[1]])


def test_a_signature_is_no_deadline(register: Register) -> None:
    pieces = lines(
        "1. Aprobar el plan.", "2. Tomar nota.", "Hecho en Ámbar, el 4 de marzo de 2004."
    )
    said = [doubt.sentence for doubt in doubts(draft(pieces, register, KEYS))]
    assert [line for line in said if "no conclusion" in line] == []
