"""The points to check: what each is about, in what order they are named, and what is none."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.review import Doubt, doubts, grouped
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.language.text import using_language

from .test_sentences import HEAD


def told(register: Register, text: str, head: str = HEAD) -> list[str]:
    """Return the lines of the summary for an English document."""
    found = draft(read((head + text).encode()), register, {"language": "en"})
    return [line.text for line in grouped(doubts(found))]


def test_a_deadline_is_in_the_words_of_the_reader(register: Register) -> None:
    text = "1. México enviará informes semestrales.\n\n2. Agradecer a Canadá.\n"
    with using_language("es"):
        found = draft(read(f"CONCLUSIONES\n\n{text}".encode()), register, {"language": "es"})
        [said] = [one.sentence for one in doubts(found) if one.number == "1"]
    assert (
        said == "el plazo se infiere: cada 6 meses (se escribe `every 6 months`) de «semestrales»"
    )


@pytest.mark.parametrize(
    ("before", "count"),
    [
        ("Recalling its first meeting,\nRecommends that the Conference at its next meeting:", 1),
        ("They met on 29 October 2002. They thanked Canada for its help, and urged Mexico to "
         "send the list.", 1),
        ("They met on 29 October 2002. They thanked Canada for its help with the list.", 0),
    ],
)  # fmt: skip
def test_a_duty_before_the_first_conclusion(register: Register, before: str, count: int) -> None:
    lines = told(register, f"{before}\n\n1. Thank Canada.\n\n2. Thank Mexico.\n")
    assert sum("before the first conclusion" in line for line in lines) == count


def test_a_name_that_the_register_lacks_stands_beside_the_mandate(register: Register) -> None:
    text = f"{HEAD}CONCLUSIONS\n\n1. SPAG will send a list.\n\n2. Thank Canada.\n"
    found = draft(read(text.encode()), register, {"language": "en"})
    line = "    responsible: []  # check: the register does not have “SPAG”\n"
    assert line in meeting_file(found, "")


def test_what_was_half_read_is_marked_in_the_draft(register: Register) -> None:
    text = (
        f"{HEAD}CONCLUSIONS\n\n1. The fee must rise.\n\n"
        "2. Mexico shall name an expert, and shall print a list, by 1 May 2003.\n"
    )
    found = draft(read(text.encode()), register, {"language": "en"})
    marks = [one.sentence for one in doubts(found) if one.number in ("1", "2") and one.place]
    assert len(marks) == 2
    for mark in marks:
        assert f"    # check: {mark}\n" in meeting_file(found, "")


def test_what_may_be_lost_is_named_first_and_what_repeats_once() -> None:
    points = [
        Doubt("1", "who?"),
        Doubt("2", "lost", is_loss=True),
        Doubt("3#2", "who?"),
        Doubt("", "which body?"),
        *(Doubt(str(number), "when?") for number in range(1, 15)),
    ]
    assert [(line.text, line.size) for line in grouped(points)] == [
        ("which body?", 1),
        ("2: lost", 1),
        ("1, 3#2: who?", 2),
        ("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, … (14): when?", 14),
    ]


@pytest.mark.parametrize(
    ("language", "text", "due", "words"),
    [
        ("es", "Panamá presentará informes semestrales sobre la niñez, el primero de ellos el 30 "
         "de junio de 2003.",
         "? every 6 months from 2003-06-30", "el primero de ellos el 30 de junio de 2003"),
        ("es", "Panamá presentará un informe cada seis meses, el primero el 30 de junio de 2003.",
         "every 6 months from 2003-06-30", "cada seis meses, el primero el 30 de junio de 2003"),
        ("en", "Panama shall submit half-yearly reports, the first by 30 June 2003.",
         "? every 6 months from 2003-06-30", "the first by 30 June 2003"),
        ("en", "Panama shall submit annual reports, the first of which is due on 30 June 2003.",
         "? every year from 2003-06-30", "the first of which is due on 30 June 2003"),
        ("en", "Panama shall submit a list every month, starting on 30 June 2003.",
         "every month from 2003-06-30", "every month, starting on 30 June 2003"),
        ("en", "Panama shall submit a list quarterly, starting in July 2003.",
         "? every 3 months from 2003-07-01", "quarterly, starting in July 2003"),
        ("en", "Panama shall submit a list every two years, starting in 2004.",
         "? every 2 years", "every two years"),
        ("en", "Panama shall submit the first annual report by 30 June 2003.",
         "2003-06-30", "by 30 June 2003"),
    ],
)  # fmt: skip
def test_the_first_day_of_what_recurs(
    register: Register, language: str, text: str, due: str, words: str
) -> None:
    """It is written beside how often; a first month, or an adjective, leaves it a point."""
    last = {"es": "Agradecer a Canadá.", "en": "Thank Canada."}[language]
    document = f"{HEAD}CONCLUSIONS\n\n1. {text}\n\n2. {last}\n"
    found = draft(read(document.encode()), register, {"language": language})
    [(_conclusion, duty)] = found.duties
    assert duty.due is not None
    assert (f"{'' if duty.due.sure else '? '}{duty.due.due}", duty.due_words) == (due, words)
    points = [one.words for one in doubts(found) if one.number == "1"]
    assert points == ([] if duty.due.sure else [words])


LOST = "no mandate was made from "


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Agradeció el apoyo de México y se comprometió a enviar el informe."),
        ("es", "En este marco solicitar a la FAO que presente un estudio."),
        ("es", "Constituir un grupo para elaborar un reglamento."),
        ("es", "Los países ratificaron su compromiso de enviar los datos."),
        ("es", "Se lleve a cabo un taller en México."),
        ("es", "La Comisión propone a los países reclamar sus cuotas."),
        ("es", "Se acordó un manual, cuyo seguimiento estará a cargo de la Secretaría Técnica."),
        ("en", "The Group requested the secretariat to take note of the report."),
        ("en", "The Group agreed to update the list."),
        ("en", "The Group welcomed Panama's commitment to open a shelter."),
        ("en", "The Group thanked El Salvador for its offer to translate the manual."),
        ("en", "Members were reminded that contributions fall due on 1 March 2003."),
        ("es", "México se comprometió con el envío de los formularios."),
        ("es", "Queda pendiente que Nicaragua remita sus comentarios."),
        ("es", "Corresponde a los países de origen imprimir la lista."),
    ],
)
def test_nothing_switches_the_check_off(register: Register, language: str, text: str) -> None:
    found = draft(
        read(f"{HEAD}1. Approve the list.\n\n2. {text}\n".encode()),
        register,
        {"language": language},
    )
    assert [one for one in doubts(found) if one.sentence.startswith(LOST) and one.is_loss]


def test_a_day_alone_is_the_meeting_s_only_beside_words_of_one(register: Register) -> None:
    head = "Conclusions of the officers\n\nPublished on 3 May 2003\n\n"
    [line] = [one for one in told(register, "1. Approve the list.\n", head) if "3 May" in one]
    assert line.startswith("nothing says that the meeting was on “3 May 2003”")
    head = "Third meeting of the officers, 3 May 2003\n\n"
    assert not [one for one in told(register, "1. Approve the list.\n", head) if "3 May" in one]
