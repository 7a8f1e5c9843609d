"""A document in neither Spanish nor English is said to be so; every text here is an example."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import Draft, draft
from grcm_cli.drafting.languages import language_of, other_language_of
from grcm_cli.drafting.review import doubts
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.storage.loader import load

from ..conftest import DATA, ROOT, run_grcm

FRENCH = (
    "Demander au Secrétariat de préparer un projet de règlement avant la fin de l'année.",
    "Le Groupe a pris note du rapport, et les pays membres transmettront leurs observations au "
    "plus tard le 15 janvier 2003.",
    "Inviter les pays qui ne l'ont pas encore fait à communiquer les noms de leurs experts.",
)
SPANISH = (
    "Solicitar a la Secretaría Técnica que envíe el informe a más tardar el 15 de enero de 2003.",
    "Agradecer a Costa Rica la presentación del documento sobre la formación de los funcionarios.",
    "Cada país presentará sus observaciones antes del 1 de marzo de 2003.",
)
ENGLISH = (
    "Request the Technical Secretariat to send the report by 15 January 2003 at the latest.",
    "Thank Costa Rica for the presentation of the document on the training of the officials.",
    "Each country shall send its comments before the end of the year to the Secretariat.",
)
OTHERS = {
    "fr": FRENCH,
    "pt": (
        "Solicitar à Secretaria Técnica que apresente um projeto de regulamento na próxima "
        "reunião do Grupo.",
        "Os países membros enviarão as suas observações até 15 de janeiro de 2003.",
    ),
    "it": (
        "Il Gruppo ha preso atto della relazione presentata dalla Segreteria nella riunione.",
        "I paesi membri invieranno le loro osservazioni alla Segreteria entro il 15 gennaio 2003.",
    ),
    "de": (
        "Die Gruppe nahm den Bericht des Sekretariats zur Kenntnis und dankte der Regierung.",
        "Die Mitgliedstaaten übermitteln ihre Stellungnahmen bis zum 15. Januar 2003 an das Büro.",
    ),
    "nl": (
        "De Groep nam kennis van het verslag van het Secretariaat over de opleiding.",
        "De lidstaten zullen hun opmerkingen voor 15 januari 2003 aan het Secretariaat zenden.",
    ),
    "ca": (
        "El Grup va prendre nota de l'informe presentat per la Secretaria sobre els cursos.",
        "Els països membres enviaran les seves observacions a la Secretaria abans del 15 de gener "
        "amb els noms dels seus experts.",
    ),
    "CYRILLIC": (
        "Группа приняла к сведению доклад Секретариата.",
        "Страны-члены направят свои замечания до 15 января 2003 года.",
    ),
    "ARABIC": ("أحاط الفريق علما بتقرير الأمانة.", "ترسل البلدان الأعضاء ملاحظاتها قبل 15 يناير."),
    "CJK": ("小组注意到秘书处的报告。", "成员国应在2003年1月15日之前提交意见。"),
    "?": (
        "Ryhmä pani merkille sihteeristön esittämän raportin jäsenmaiden koulutuksesta ja "
        "kiittää isäntämaata hyvin järjestetystä kokouksesta kauniissa kaupungissa.",
        "Jäsenmaat lähettävät huomautuksensa sihteeristölle viimeistään tammikuun lopussa, ja "
        "sihteeristö laatii niiden perusteella luonnoksen seuraavaa kokousta varten.",
        "Kokous päätti perustaa työryhmän, joka valmistelee yhteisen ohjelman vuosille kahden "
        "seuraavan kauden ajaksi, sekä pyytää kaikkia maita nimeämään siihen asiantuntijansa.",
    ),
}


def document(*texts: str) -> str:
    """Return a document with these conclusions."""
    head = "Grupo Regional de Consulta sobre Migración\nSan José, 3 y 4 de mayo de 2002\n"
    return head + "".join(f"\n{number}. {text}\n" for number, text in enumerate(texts, 1))


def drafted(register: Register, *texts: str, **given: str) -> Draft:
    return draft(read(document(*texts).encode()), register, given)


@pytest.mark.parametrize("language", OTHERS)
def test_a_document_in_another_language_is_said_to_be_so(register: Register, language: str) -> None:
    found = drafted(register, *OTHERS[language])
    assert found.other_language == language
    assert found.duties == []


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (
            FRENCH,
            {
                "en": "the document is in French; grcm reads Spanish and English. With --language",
                "es": "el documento está en francés; grcm lee español e inglés. Con --language",
            },
        ),
        (OTHERS["CYRILLIC"], {"en": "is in Cyrillic script;", "es": "está en escritura cirílica;"}),
        (
            OTHERS["?"],
            {
                "en": "is in a language that grcm does not know;",
                "es": "está en un idioma que grcm no conoce;",
            },
        ),
    ],
)
def test_the_refusal_names_the_language_and_what_can_be_done(
    tmp_path: Path, language: str, texts: tuple[str, ...], said: dict[str, str]
) -> None:
    (tmp_path / "doc.txt").write_text(document(*texts))
    ran = run_grcm("--data", str(DATA), "--lang", language, "draft", "doc.txt", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert said[language] in ran.err


def test_with_a_given_language_it_is_read_and_each_text_is_marked(register: Register) -> None:
    found = drafted(register, *FRENCH, language="es")
    assert found.other_language == ""
    assert meeting_file(found, "").count("# check: it is in French, but was read all the same") == 3


@pytest.mark.parametrize(
    ("texts", "language", "others"),
    [
        pytest.param(SPANISH + FRENCH, "es", ["4", "5", "6"], id="a French annex"),
        pytest.param(SPANISH + ENGLISH[:2], "es", ["4", "5"], id="in two languages"),
        pytest.param(ENGLISH + SPANISH[:2], "en", ["4", "5"], id="English first"),
        pytest.param(SPANISH, "es", [], id="Spanish alone"),
        pytest.param((*SPANISH, "Merci à tous."), "es", [], id="a few words"),
    ],
)
def test_a_part_in_another_language_is_a_doubt_and_not_read(
    register: Register, texts: tuple[str, ...], language: str, others: list[str]
) -> None:
    found = drafted(register, *texts)
    assert (found.other_language, found.header.language) == ("", language)
    said = [doubt.number for doubt in doubts(found) if "so it was not read" in doubt.sentence]
    assert said == others
    assert not [c for c, _duty in found.duties if c.item.number in others]


PROSE = "".join(
    f"En relación con el punto {place}, Panamá presentará antes del {place} de junio de 2003 el "
    "informe sobre los puntos focales de la región.\n\n"
    for place in range(1, 9)
)


def test_an_annex_in_another_language_does_not_decide_the_language(register: Register) -> None:
    annex = "ANNEX\n\nThe friends of the Group state:\n\n(a) Canada will fund the course.\n"
    head = "Grupo Regional de Consulta sobre Migración\nSan José, 3 y 4 de mayo de 2002\n\n"
    found = draft(read(f"{head}{PROSE}{annex}".encode()), register, {})
    assert found.header.language == "es"
    assert [duty.who.codes for _c, duty in found.duties] == [["PAN"]] * 8


def test_one_text_of_many_is_read_in_its_own_language(register: Register) -> None:
    text = "Canada shall send the list of experts to the Technical Secretariat by 30 June 2003."
    found = drafted(register, *SPANISH, *SPANISH, *SPANISH, text)
    assert [duty.who.codes for c, duty in found.duties if c.item.number == "10"] == [["CAN"]]
    [doubt] = [d for d in doubts(found) if "read all the same" in d.sentence]
    assert doubt.number == "10"


def test_a_table_of_names_and_figures_is_in_no_other_language(register: Register) -> None:
    rows = [f"Módulo {n} | Taller de datos | Panamá | {n} | 2003-03-{n:02}" for n in range(1, 20)]
    assert other_language_of(rows) == ""
    assert drafted(register, *rows).other_language == ""


def own_texts() -> Iterator[str]:
    """Yield each conclusion of at least twelve words of our own documents and of the record."""
    folders = [DATA, *(ROOT / "benchmarks/draft").glob("o*/*")]
    for folder in folders:
        found = load(folder, folder).register
        assert found is not None
        for meeting in found.meetings:
            for conclusion in meeting.conclusions or ():
                yield next(iter(conclusion.text.by_language.values()))


def test_no_text_in_spanish_or_english_is_taken_for_another_language() -> None:
    texts = list(own_texts())
    assert len(texts) > 400
    assert {language_of(text) for text in texts} == {"es", "en", ""}
    assert {text for text in texts if other_language_of([text])} == set()


def test_a_word_that_is_also_french_makes_no_text_french(register: Register) -> None:
    text = "Destacar la importancia de la cooperación Sur-Sur en materia de saneamiento rural."
    assert language_of(text) == ""
    assert drafted(register, text, "Felicitar a México.").other_language == ""
