"""`grcm remind`: what a party is told, in which language, in which shape; and its templates.

`tests/letters/CODE.LANG.md` are whole letters; `python -m tests.letters.test_remind` writes them
anew.
"""

import json
import tempfile
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from grcm_cli.domain.tasks import tasks
from grcm_cli.language.markdown import to_html
from grcm_cli.language.text import clean, using_language
from grcm_cli.letters.reminder import (
    Reminder,
    ReminderData,
    TemplateTask,
    addressees,
    context,
    reminder,
)
from grcm_cli.letters.templates import LetterTemplate, TemplateFault

from ..conftest import REGISTER, ROOT, Folder, Ran, run_grcm
from ..formats.test_formats import HOSTILE
from ..language.test_markdown import Page

HERE = Path(__file__).parent
DAY = "2003-02-01"
FORMATS = ("text", "md", "html", "eml", "json")
CONCLUSIONS = """\
- {number: 1, text: "Uno, y dos.", mandates: [
    {action: Presentar A, responsible: {each: [AAA, BBB, CCC]}, due: 2003-01-15},
    {action: Presentar B, responsible: AAA, due: next WG, after: 1#1}]}
- {number: 2, text: Dos, action: Organizar C, responsible: [CH, ORG], due: 2003-Q1, support: CCC}
- {number: 3, text: Tres, action: Seguir con D, responsible: AAA, kind: encouragement, due: ongoing}
- {number: "5", text: "Se incluirá:"}
- {number: 5.a, text: la definición., responsible: BBB, due: 2003-01-31}
"""
LETTERS = [("AAA", "es"), ("BBB", "en"), ("ORG", "es"), ("CCC", "en")]


def example(folder: Folder) -> None:
    """Write a meeting of which each party hears something else."""
    folder.meeting(CONCLUSIONS)
    entries = (
        "- {mandate: WG-2002-10/1#1, date: 2003-01-10, progress: done, evidence: example.org/a}\n"
    )
    folder.progress("BBB", entries.replace("done", "started"))
    folder.progress("CCC", entries)


def remind(folder: Folder, *arguments: str, **more: str) -> Ran:
    data = ("--data", str(folder.path), "--as-of", DAY)
    return run_grcm(*data, "remind", *arguments, cwd=ROOT, **more)


def situation(folder: Folder, day: str = DAY, within: int = 30) -> ReminderData:
    register, as_of = folder.register(), date.fromisoformat(day)
    return ReminderData(register, tasks(register, as_of), as_of, within)


def told(folder: Folder, code: str, day: str = DAY, within: int = 30) -> Reminder:
    found = situation(folder, day, within)
    return reminder(found, found.register.directory.by_code[code], ["en"])


def items(found: Reminder) -> list[TemplateTask]:
    """Return what a template has of a letter's tasks, whatever their heading."""
    values = context(found)
    lists = [values[name] for name in ("late", "soon", "open")]
    return [item for each in lists if isinstance(each, list) for item in each]


# --- what is told -------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "language"), LETTERS)
def test_a_whole_letter(folder: Folder, code: str, language: str) -> None:
    example(folder)
    ran = remind(folder, code, "--format", "md", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (HERE / f"{code}.{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("due", "within", "place"),
    [
        pytest.param("due: 2003-01-31", 30, "late", id="due yesterday"),
        pytest.param("due: 2003-02-01", 30, "soon", id="due today is not late"),
        pytest.param("due: 2003-03-03", 30, "soon", id="the thirtieth day"),
        pytest.param("due: 2003-03-04", 30, "open", id="the day after it"),
        pytest.param("due: 2003-02-01", 0, "soon", id="within 0 days is today"),
        pytest.param("due: 2003-02-02", 0, "open", id="and not tomorrow"),
        pytest.param("due: 9999-12-31", 99999, "open", id="a day far away"),
        pytest.param("due: next WG", 30, "open", id="a meeting without a date"),
        pytest.param("due: asap", 30, "open", id="as soon as possible"),
        pytest.param("action: X", 30, "open", id="no deadline"),
        pytest.param("due: every month, until: 2003-01", 30, "late", id="recurring, missed"),
    ],
)
def test_where_a_duty_is_told(folder: Folder, due: str, within: int, place: str) -> None:
    folder.mandate(f"responsible: AAA, {due}")
    found = told(folder, "AAA", within=within)
    assert [name for name in ("late", "soon", "open") if getattr(found, name)] == [place]


@pytest.mark.parametrize(
    ("responsible", "code", "reaches"),
    [
        ("AAA", "AAA", ""),
        ("{each: members}", "AAA", "each member country"),
        ("{each: participants}", "AAA", "each participant"),
        ("{each: [AAA, BBB]}", "AAA", "each of the two countries named"),
        ("{each: members, except: [CCC]}", "AAA", "each member country except Cedro"),
        ("[AAA, BBB, ORG]", "AAA", "together with Brezo and Organización"),
        ("CH", "BBB", "Chair"),
        ("[CH, ORG]", "BBB", "Chair, together with Organización"),
        ("[CH, BBB]", "BBB", ""),
        ("CH", "CH", ""),
    ],
)
def test_how_a_duty_reaches_a_party(
    folder: Folder, responsible: str, code: str, reaches: str
) -> None:
    folder.mandate(f"responsible: {responsible}")
    assert [item.reaches for item in items(told(folder, code))] == [reaches]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2003-01-15", "15 January 2003"),
        ("2003-Q1", "31 March 2003 (first quarter of 2003)"),
        ("next WG", "next meeting of the Grupo de Trabajo"),
        ("CO-2003-05", "5 May 2003 (Conferencia V)"),
        ("next CO", "5 May 2003 (Conferencia V)"),
        ("30 days before next CO", "5 April 2003 (30 days before: Conferencia V)"),
        ("1 month before CO-2003-05", "5 April 2003 (1 month before: Conferencia V)"),
        ("within 60 days", "30 December 2002 (within 60 days of the meeting)"),
        ("within 1 week", "7 November 2002 (within 1 week of the meeting)"),
        ("within 2 months of 2003-01-15", "15 March 2003 (within 2 months of: 15 January 2003)"),
        ("within 1 year of CO-2003-05", "6 May 2004 (within 1 year of: Conferencia V)"),
        ("every year on 05-31", "31 May 2003 (every year on 31 May)"),
        ("every 3 months", "31 January 2003 (every 3 months)"),
        ("every CO", "5 May 2003 (at every meeting of the Conferencia)"),
        ("ongoing", ""),
        ("asap", ""),
    ],
)
def test_a_deadline_in_words_for_people(folder: Folder, due: str, said: str) -> None:
    folder.mandate(f"responsible: AAA, due: {due}")
    folder.write(
        "meetings/CO-2003-05.yaml",
        "{id: CO-2003-05, body: CO, title: Conferencia V, start: 2003-05-05, end: 2003-05-06}",
    )
    assert items(told(folder, "AAA"))[0].deadline == said


def test_an_office_in_two_hands_is_told_to_both(folder: Folder) -> None:
    folder.mandate("responsible: CH, due: 2003-01-15")
    found = situation(folder, "2002-12-20")
    codes = {party.code for party in addressees(found) if reminder(found, party, ["en"]).is_needed}
    assert codes == {"AAA", "BBB"}
    reaches = [items(told(folder, code, "2002-12-20"))[0].reaches for code in ("AAA", "BBB", "CH")]
    assert reaches == [
        "Chair; passes to Brezo on 1 January 2003",
        "Chair; held by Brezo from 1 January 2003",
        "passes to Brezo on 1 January 2003",
    ]


@pytest.mark.parametrize("due", ["2002-12-31", "asap", "ongoing"])
def test_an_office_that_does_not_pass_before_the_deadline_is_named_alone(
    folder: Folder, due: str
) -> None:
    folder.mandate(f"responsible: [CH, ORG], due: {due}")
    assert [item.reaches for item in items(told(folder, "AAA", "2002-12-20"))] == [
        "Chair, together with Organización"
    ]


def test_what_is_open_of_an_office_says_to_whom_it_passes(folder: Folder) -> None:
    folder.mandate("responsible: [CH, ORG], due: 2003-06-30")
    arguments = ("remind", "AAA", "--lang", "es", "--format", "md")
    data = ("--data", str(folder.path), "--as-of", "2002-12-20")
    out = run_grcm(*data, *arguments, cwd=ROOT).out
    assert (
        "  Plazo: 30 de junio de 2003, en 192 días\\\n  Responsable: Presidencia, junto con la "
        "Organización; pasa a Brezo el 1 de enero de 2003\n"
    ) in out


def test_a_member_that_is_no_state_is_no_country(folder: Folder) -> None:
    folder.write("register.yaml", REGISTER.replace("members:", "members:\n  EU-X: {name: U}"))
    folder.mandate("responsible: {each: members}")
    assert items(told(folder, "AAA"))[0].reaches == "each member"


def test_an_office_that_nobody_holds_gets_a_letter_of_its_own(folder: Folder) -> None:
    vacant = REGISTER.replace("from: 2002-01-01", "from: 2002-01-01, until: 2002-12-31")
    folder.write("register.yaml", vacant.replace(", {holder: BBB, from: 2003-01-01}", ""))
    folder.mandate("responsible: CH, due: 2003-01-15")
    found = situation(folder)
    assert [p.code for p in addressees(found) if reminder(found, p, ["en"]).is_needed] == ["CH"]


@pytest.mark.parametrize(
    ("keys", "wishes", "language"),
    [
        pytest.param("language: en, ", ["es"], "en", id="the party's own comes first"),
        pytest.param("", ["en", "es"], "en", id="then what is asked for, or the process's first"),
        pytest.param("language: de, ", ["de", "es"], "es", id="one that we do not speak is passed"),
        pytest.param("", ["de"], "es", id="none of them"),
        pytest.param("language: pt, ", ["es"], "pt", id="any language of the interface"),
    ],
)
def test_the_language_of_a_letter(
    folder: Folder, keys: str, wishes: list[str], language: str
) -> None:
    register = REGISTER.replace("BBB: {", f"BBB: {{{keys}")
    folder.write("register.yaml", register)
    found = situation(folder)
    for code in ("BBB", "CH"):  # the chair's holder on the day is BBB
        party = found.register.directory.by_code[code]
        assert reminder(found, party, wishes).language == language


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        pytest.param([], "# Ejemplo: recordatorio a", id="the process's first, not the reader's"),
        pytest.param(["--lang", "en"], "# Example: reminder to", id="asked for"),
    ],
)
def test_who_asks_on_the_command_line_is_heard(
    folder: Folder, arguments: list[str], begins: str
) -> None:
    assert f"\n{begins}" in remind(folder, "AAA", "--format", "md", *arguments).out


def test_messages_stay_in_the_reader_s_language(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 15/01/2003")
    ran = remind(folder, "AAA", GRCM_LANG="en")
    assert (ran.code, "Estimadas" in ran.out) == (1, True)
    assert "In these places the answer may be incomplete" in ran.err
    assert "? 15/01/2003" in ran.out


CONTACT = """{name: Lic. Ana Ejemplo, title: Directora General, email: [ana@example.org],
    salutation: "Estimada señora Directora General:", address: [Calle Ejemplo 1, Ciudad]}"""
SECRETARIAT = """{name: Secretaría Técnica, address: Avenida Ejemplo 2, place: San José,
    signature: [Eva Ejemplo, Secretaria Técnica]}"""


def with_contacts(folder: Folder) -> None:
    register = REGISTER.replace("code: EX,", f"code: EX, secretariat: {SECRETARIAT},")
    folder.write("register.yaml", register.replace("BBB: {", f"BBB: {{contact: {CONTACT}, "))


@pytest.mark.parametrize("code", ["BBB", "CH"])
def test_a_letter_has_an_addressee_and_a_signature(folder: Folder, code: str) -> None:
    """Of an office without a contact, that of its holder on the day: BBB of the chair.

    A country is the last line of an address, and an office the first.
    """
    with_contacts(folder)
    folder.mandate("responsible: CH, due: 2003-01-15")
    out = remind(folder, code, "--format", "md", "--reply-by", "2003-02-28").out
    lines = {
        "BBB": "Calle Ejemplo 1\\\nCiudad\\\nBrezo",
        "CH": "Presidencia (Brezo)\\\nCalle Ejemplo 1\\\nCiudad",
    }
    assert out.startswith(
        "**Secretaría Técnica**\\\nAvenida Ejemplo 2\n\n"
        f"San José, 1 de febrero de 2003\\\nRef.: EX/{code}/2003-02-01\n\n"
        f"Lic. Ana Ejemplo\\\nDirectora General\\\n{lines[code]}\n\n# Ejemplo"
    )
    assert "\nEstimada señora Directora General:\n" in out
    assert "a más tardar el 28 de febrero de 2003." in out
    assert out.endswith("\nAtentamente,\n\nEva Ejemplo\\\nSecretaria Técnica\n")
    to = parsed(remind(folder, code, "--format", "eml").out)["To"]
    assert to == '"Lic. Ana Ejemplo" <ana@example.org>'


@pytest.mark.parametrize(
    ("contact", "language", "salutation"),
    [
        ("{email: a@example.org}", "es", "Estimadas y estimados colegas:"),
        ("{name: Ana Ejemplo}", "es", "De nuestra mayor consideración:"),
        ("{title: Viceministra}", "es", "De nuestra mayor consideración:"),
        ("{name: A, salutation: 'Señora Viceministra:'}", "es", "Señora Viceministra:"),
        ("{email: a@example.org}", "en", "Dear colleagues,"),
        ("{name: Ana Ejemplo, title: Viceministra}", "en", "Dear Sir or Madam,"),
    ],
)
def test_the_salutation_fits_whoever_reads_it(
    folder: Folder, contact: str, language: str, salutation: str
) -> None:
    register = REGISTER.replace("BBB: {", f"BBB: {{contact: {contact}, ")
    folder.write("register.yaml", register)
    out = remind(folder, "BBB", "--lang", language, "--format", "md").out
    assert f"recordatorio a Brezo\n\n{salutation}\n" in out or (
        f"reminder to Brezo\n\n{salutation}\n" in out
    )


def test_a_text_that_was_quoted_is_named_where_it_stands(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: Uno, mandates: [{action: A, responsible: AAA, due: 2003-01-15}, "
        "{action: B, responsible: AAA, due: 2003-01-16}]}\n"
    )
    out = remind(folder, "AAA", "--format", "md").out
    assert out.count("> Uno") == 1
    assert (
        "**WG-2002-10/1#2** B\n\n- Plazo: 16 de enero de 2003, vencido hace 16 días\n"
        "- Adoptado en: Reunión del Grupo de Trabajo, 29 al 31 de octubre de 2002\n"
        "- Último informe: ninguno\n- Texto: citado arriba, en WG-2002-10/1#1\n\n"
    ) in out


@pytest.mark.parametrize(
    ("keys", "left", "late"),
    [
        pytest.param("due: 2003-02-11", 10, 0, id="days ahead"),
        pytest.param("due: 2003-02-02", 1, 0, id="tomorrow"),
        pytest.param("due: 2003-02-01", 0, 0, id="the day itself"),
        pytest.param("due: 2003-01-31", 0, 1, id="yesterday"),
        pytest.param("due: 2003-06-30", 149, 0, id="later than a letter asks"),
        pytest.param("due: asap", 0, 0, id="no day"),
        pytest.param(
            "due: 2003-01-31, kind: encouragement", 0, 0, id="an encouragement of the past"
        ),
        pytest.param("due: 2003-02-11, kind: encouragement", 0, 0, id="an encouragement ahead"),
    ],
)
def test_the_days_of_a_duty_are_those_that_are_left_or_those_that_it_is_late(
    folder: Folder, keys: str, left: int, late: int
) -> None:
    folder.mandate(f"responsible: AAA, {keys}")
    values = context(told(folder, "AAA"))
    lists = (values[name] for name in ("late", "soon", "open", "encouraged"))
    [item] = [each for listed in lists if isinstance(listed, list) for each in listed]
    assert (item.days_left, item.days_late) == (left, late)


@pytest.mark.parametrize("days", ["due: 2003-01-15", "due: 2003-02-10", "due: asap"])
def test_what_a_meeting_encouraged_is_never_late(folder: Folder, days: str) -> None:
    folder.mandate(f"responsible: AAA, kind: encouragement, {days}")
    found = told(folder, "AAA")
    assert [len(getattr(found, name)) for name in ("late", "soon", "open", "encouraged")] == [
        *(0, 0, 0, 1)
    ]
    out = remind(folder, "AAA", "--lang", "en").out
    assert "late" not in out.replace("is late\nor falls due", "").replace("is late or", "")


@pytest.mark.parametrize(("count", "tables"), [(5, 0), (6, 1)])
def test_many_late_duties_have_a_table_first(folder: Folder, count: int, tables: int) -> None:
    keys = "text: T, action: Presentar, responsible: AAA, due: 2003-01-15"
    folder.meeting("".join(f"- {{number: {number}, {keys}}}\n" for number in range(1, count + 1)))
    page = Page(remind(folder, "AAA", "--format", "html").out)
    assert page.tags.count("table") == tables
    assert page.tags.count("tr") == tables * (count + 1)
    assert page.attributes.count(("width", "40%")) == tables  # of the column of what is to be done
    assert page.tags.count("blockquote") == count
    assert max(map(len, remind(folder, "AAA").out.splitlines())) <= 72


TABLE = """\
| Reference | Task | Deadline | Last report |
| --- | --- | --- | --- |
| WG-2002-10/1 | Send it | 15 January 2003, late 17 days | none |
"""
"""Of six duties of which the first has no action of its own, so that its text is one."""


def test_what_a_table_has_in_full_is_not_quoted(folder: Folder) -> None:
    rest = "responsible: {each: [AAA, BBB]}, due: 2003-01-15}\n"
    folder.meeting(
        f"- {{number: 1, text: Send it., {rest}"
        + "".join(f"- {{number: {n}, text: Long, action: Do, {rest}" for n in range(2, 7))
    )
    out = remind(folder, "AAA", "--format", "md", "--lang", "en").out
    assert TABLE in out
    assert out.count("> Long") == 5
    assert "> Send it" not in out
    source = "Meeting of the Grupo de Trabajo, 29–31 October 2002; responsible: each of the "
    assert f"**WG-2002-10/1** {source}two countries named\n" in out


@pytest.mark.parametrize(
    ("keys", "quotations"),
    [
        ("text: Enviar.", 0),
        ("text: Enviar., action: Enviar.", 0),
        ("text: Enviar la nota., action: Enviar.", 1),
        ('text: "Enviar:\\n\\n- uno"', 0),
    ],
)
def test_a_heading_that_is_the_text_is_not_quoted_again(
    folder: Folder, keys: str, quotations: int
) -> None:
    folder.meeting(f"- {{number: 1, {keys}, responsible: AAA, due: 2003-01-15}}\n")
    assert remind(folder, "AAA", "--format", "md").out.count("\n> ") == quotations


def test_no_full_stop_stands_before_a_bracket(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: Enviarlo., responsible: AAA, due: 2003-01-15, support: BBB}\n"
        "- {number: 2, text: Enviar a etc., responsible: AAA, due: 2003-01-15, support: BBB}\n"
        "- {number: 3, text: Mandarlo., responsible: AAA, due: 2003-01-15}\n"
    )
    actions = [item.action for item in items(told(folder, "AAA"))]
    assert actions == ["Enviarlo (with Brezo)", "Enviar a etc. (with Brezo)", "Mandarlo."]


def test_the_last_report_on_another_time_is_told(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every month")
    entry = "- {mandate: WG-2002-10/1, for: %s, date: %s, progress: done}\n"
    folder.progress(
        "AAA", entry % ("2002-11-30", "2002-11-20") + entry % ("2003-01-31", "2003-01-20")
    )
    told_late, told_next = items(told(folder, "AAA"))
    assert told_late.deadline_iso == "2002-12-31"
    assert told_late.reported == (
        "none for this time; the last one (occurrence: 31 January 2003): done, 20 January 2003"
    )
    assert told_next.reported == told_late.reported


@pytest.mark.parametrize(
    ("late", "soon", "language", "words"),
    [
        (1, 0, "es", "tiene un compromiso vencido. Se detalla a continuación, con"),
        (2, 0, "es", "tiene 2 compromisos vencidos. A continuación se detalla cada uno, con"),
        (0, 1, "es", "tiene un compromiso por vencer en los próximos 30 días. Se detalla a"),
        (1, 1, "es", "un compromiso vencido y uno por vencer en los próximos 30 días. A"),
        (2, 3, "es", "2 compromisos vencidos y 3 por vencer en los próximos 30 días. A"),
        (6, 0, "es", "6 compromisos vencidos. Los vencidos figuran primero en un cuadro"),
        (1, 0, "en", "has one task that is late. It is set out below"),
        (2, 1, "en", "has 2 tasks that are late and one due within 30 days. Each"),
        (0, 2, "en", "has 2 tasks due within 30 days. Each"),
    ],
)
def test_the_opening_agrees_in_number(
    folder: Folder, late: int, soon: int, language: str, words: str
) -> None:
    days = ["2003-01-15"] * late + ["2003-02-10"] * soon
    folder.meeting(
        "".join(
            f"- {{number: {number}, text: T, action: A, responsible: AAA, due: {day}}}\n"
            for number, day in enumerate(days, 1)
        )
    )
    assert words in " ".join(remind(folder, "AAA", "--lang", language).out.split())


@pytest.mark.parametrize(
    ("within", "words"), [("0", "por vencer hoy."), ("1", "por vencer hoy o mañana.")]
)
def test_few_days_ahead_are_named(folder: Folder, within: str, words: str) -> None:
    out = remind(folder, "AAA", "--within", within, "--lang", "es").out
    assert words in " ".join(out.split())


def test_parties_have_their_articles(folder: Folder) -> None:
    folder.mandate("responsible: CH, support: [ORG, BBB], due: 30 days before next WG")
    out = " ".join(remind(folder, "CH", "--lang", "es").out.split())
    assert "recordatorio a la Presidencia" in out
    assert "reuniones, la Presidencia no registra" in out
    assert "(con la Organización y Brezo)" in out
    assert "30 días antes de la próxima reunión del Grupo de Trabajo" in out


def test_nothing_late_or_due_is_said_kindly(folder: Folder) -> None:
    ran = remind(folder, "AAA", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "nothing that Amber owes is late\nor falls due within 30 days. Thank you." in ran.out
    assert "How to answer" not in ran.out


# --- the shapes ----------------------------------------------------------------------------------


def parsed(mail: str) -> EmailMessage:
    found = message_from_bytes(mail.encode(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


def test_every_shape_has_the_same_letter(folder: Folder) -> None:
    example(folder)
    text, markdown, html, eml, document = (
        remind(folder, "AAA", "--format", name).out for name in FORMATS
    )
    mail, [values] = parsed(eml), json.loads(document)["letters"]
    assert Page(html).text.split()[-20:] == Page(to_html(markdown)).text.split()[-20:]
    assert body(mail, "plain") == values["text"] == text
    assert body(mail, "html") == values["html"] == html
    assert mail["Subject"] == values["subject"] == "Ejemplo: recordatorio a Ámbar"
    assert (values["party"], values["language"]) == ("AAA", "es")
    assert [task["ref"] for task in values["late"]] == ["WG-2002-10/1#1"]
    assert values["late"][0]["text"] == "Uno, y dos."
    assert [task["ref"] for task in values["open"]] == ["WG-2002-10/1#2"]
    assert [task["ref"] for task in values["encouraged"]] == ["WG-2002-10/3"]
    assert values["to"] == []


def test_plain_text_is_no_wider_than_a_mail_and_has_no_marks(folder: Folder) -> None:
    example(folder)
    out = remind(folder, "BBB", "--lang", "en").out
    assert max(map(len, out.splitlines())) <= 72
    assert "**" not in out
    assert "\\" not in out
    assert "\n\nLate\n----\n\nWG-2002-10/1#1 Presentar A\n\n- Deadline: 15 January 2003" in out
    assert "\n    Se incluirá:\n\n    la definición.\n" in out


TEXTS = [
    *HOSTILE.values(),
    *("{{ 7*7 }}", "{% raw %}", "{% for x in late %}", "1. uno", "# uno", "- uno", "> uno", "==="),
    *("Fin\r\nBcc: all@example.org", "</p></div></body>", "--grcm-0", "From mailman", ".", "uno #"),
]


def hostile(folder: Folder) -> None:
    """Write texts that would act into every place of which a letter takes one."""
    quoted = [json.dumps(text, ensure_ascii=False) for text in TEXTS]
    actions = [json.dumps(f"Do {text}", ensure_ascii=False) for text in TEXTS]
    mark = " # grcm: ignore[bidi-control, invisible-character, odd-character]"
    folder.meeting(
        "".join(
            f"- number: {number}\n  text: {text}{mark}\n  action: {action}{mark}\n"
            "  responsible: {each: [AAA, BBB]}\n  due: 2003-01-15\n"
            for number, (text, action) in enumerate(zip(quoted, actions, strict=True), 1)
        )
    )
    folder.progress(
        "AAA",
        "".join(
            f"- mandate: WG-2002-10/{number}\n  date: 2003-01-10\n  progress: started\n"
            f"  note: {text}{mark}\n"
            for number, text in enumerate(quoted, 1)
        ),
    )


def read(name: str, out: str) -> tuple[str, str]:
    """Return the page that a shape holds, where it has one, and its text."""
    match name:
        case "eml":
            return body(parsed(out), "html"), body(parsed(out), "plain")
        case "json":
            [values] = json.loads(out)["letters"]
            return values["html"], values["text"]
        case "text":  # in which no line is a command to CI
            return "", out.replace("#\\#", "##")
        case _:
            html = to_html(out) if name == "md" else out
            return html, Page(html).text


@pytest.mark.parametrize("name", FORMATS)
def test_no_text_acts_in_any_shape(folder: Folder, name: str) -> None:
    hostile(folder)
    out = remind(folder, "AAA", "--format", name).out
    html, text = read(name, out)
    page = Page(html)
    assert set(page.tags) <= {
        *(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "div",
            "h1",
            "h2",
            "h3",
            "p",
            "ul",
            "li",
        ),
        *("strong", "blockquote", "br", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert page.tags.count("blockquote") == (len(TEXTS) if html else 0)
    assert not [name for name, _value in page.attributes if name in ("href", "src", "onclick")]
    said = " ".join(text.split())
    for one in TEXTS:
        # As an action, in the last report and in the conclusion's own words.
        assert said.count(" ".join(clean(one).split())) >= 3
    assert "49" not in said.replace("2003", "")


# --- files ---------------------------------------------------------------------------------------


def test_a_file_for_each_party_that_is_told_something(folder: Folder, tmp_path: Path) -> None:
    example(folder)
    target = tmp_path / "letters" / "february"
    ran = remind(folder, "--all", "-o", str(target))
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"{target}/AAA.txt: 1 late, 0 due within 30 days",
        f"{target}/BBB.txt: 2 late, 0 due within 30 days",
    ]
    assert ran.err == "nothing late or due within 30 days, so no letter: WG CO DDD ORG\n"
    assert sorted(path.name for path in target.iterdir()) == ["AAA.txt", "BBB.txt"]
    single = remind(folder, "AAA").out
    assert (target / "AAA.txt").read_text(encoding="utf-8") == single


@pytest.mark.parametrize("name", ["Organización", "ORGANIZACION", "Org"])
@pytest.mark.parametrize(
    ("arguments", "written"), [((), "AAA.txt"), (("--form",), "AAA.xlsx")], ids=["letters", "forms"]
)
def test_the_secretariat_writes_no_letter_to_itself(
    folder: Folder, tmp_path: Path, name: str, arguments: tuple[str, ...], written: str
) -> None:
    register = REGISTER.replace("code: EX,", f"code: EX, secretariat: {{name: {name}}},")
    folder.write("register.yaml", register)
    folder.mandate("responsible: {each: [AAA, ORG]}, due: 2003-01-15")
    ran = remind(folder, "--all", "-o", str(tmp_path / "x"), *arguments)
    assert [path.name for path in (tmp_path / "x").iterdir()] == [written]
    assert ran.code == 0
    assert (
        "ORG is the secretariat, which sends the letters, so none goes to it; "
        "grcm remind ORG writes it\n"
    ) in ran.err
    assert "un compromiso vencido" in remind(folder, "ORG").out


@pytest.mark.parametrize("name", FORMATS)
def test_the_files_are_named_by_their_shape(folder: Folder, tmp_path: Path, name: str) -> None:
    example(folder)
    remind(folder, "--all", "--within", "60", "-o", str(tmp_path / "x"), "--format", name)
    ending = "txt" if name == "text" else name
    assert {path.name for path in (tmp_path / "x").iterdir()} == {
        f"{code}.{ending}" for code in ("AAA", "BBB", "ORG")
    }


def test_all_letters_for_a_mailer_are_one_document(folder: Folder) -> None:
    example(folder)
    document = json.loads(remind(folder, "--all", "--format", "json").out)
    assert (document["schema_version"], document["as_of"]) == (3, DAY)
    assert [one["party"] for one in document["letters"]] == ["AAA", "BBB"]


def test_none_is_written_where_one_would_be_written_over(folder: Folder, tmp_path: Path) -> None:
    example(folder)
    target = tmp_path / "x"
    target.mkdir()
    (target / "BBB.txt").write_text("mine")
    ran = remind(folder, "--all", "-o", str(target))
    assert (ran.code, ran.out) == (2, "")
    assert f"{target}/BBB.txt is there already; --force writes over it" in ran.err
    assert [path.name for path in target.iterdir()] == ["BBB.txt"]
    assert remind(folder, "--all", "-o", str(target), "--force").code == 0
    assert (target / "BBB.txt").read_text(encoding="utf-8") != "mine"
    assert remind(folder, "AAA", "-o", str(target / "BBB.txt")).code == 2
    assert remind(folder, "AAA", "-o", str(target)).code == 2
    assert remind(folder, "--all", "-o", str(target / "BBB.txt"), "--force").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a party, or --all"),
        (["AAA", "--all"], "name a party, or --all"),
        (["--all"], "--all writes a file for each party: name a folder with -o"),
        (["XYZ"], "the register has no party 'XYZ'"),
        (
            ["AAA", "--within", "x"],
            "--within: 'x' is no number of days; write it in digits alone, as 30",
        ),
        (
            ["AAA", "--reply-by", "2003-01-31"],
            "--reply-by: 2003-01-31 is before the day of the letter, 2003-02-01",
        ),
        (
            ["AAA", "--format", "pdf"],
            "--format: 'pdf' is not one of: text, md, html, docx, eml, json",
        ),
    ],
)
def test_what_cannot_be_meant(folder: Folder, arguments: list[str], said: str) -> None:
    ran = remind(folder, *arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"grcm: {said}\n")


# --- templates -----------------------------------------------------------------------------------

OWN = """\
# To {{ party.name }} ({{ party.code }})
{% for item in late %}
{{ loop.index }}/{{ loop.length }} {{ item.reference|lower }}: {{ item.action }}
{% for text in item.texts %}
> {{ text }}
{% endfor %}
{% else %}
Nothing.
{% endfor %}
{{ process.name }} {{ day }} {{ day_iso }} {{ within }} {{ soon|length }} {{ "a" if open else "b" }}
"""


def test_the_folder_s_own_template_takes_the_place_of_ours(folder: Folder) -> None:
    example(folder)
    ours = remind(folder, "AAA", "--lang", "en").out
    folder.write("templates/reminder.es.md", OWN.replace("\n", "\r\n").encode("utf-8-sig"))
    assert remind(folder, "AAA", "--lang", "en").out == ours
    assert remind(folder, "AAA", "--format", "md").out == (
        "# To Ámbar (AAA)\n1/1 wg-2002-10/1#1: Presentar A\n> Uno, y dos.\n"
        "Ejemplo 1 de febrero de 2003 2003-02-01 30 0 a\n"
    )
    assert remind(folder, "CCC", "--format", "json").out.count("To Cedro (CCC)") == 4
    validated = run_grcm("--data", str(folder.path), "validate")
    assert "templates" not in validated.out


def test_a_letter_without_a_heading_has_a_subject_all_the_same(folder: Folder) -> None:
    folder.write("templates/reminder.es.md", "Hola\n")
    mail = parsed(remind(folder, "AAA", "--format", "eml").out)
    assert mail["Subject"] == "Ejemplo: recordatorio a Ámbar"


TEMPLATES = {
    "{{ part.name }}": "1: there is no 'part' here; there are: process, party, contact, "
    "secretariat, number, day, day_iso, reply_by, reply_by_iso, within, "
    "within_words, late, soon, open, encouraged, has_form",
    "a\n{{ party.nam }}": "2: there is no 'nam' here; there are: name, code, definite, to",
    "{% for item in open %}\n{{ item.__class__ }}{% endfor %}": "2: there is no '__class__' here; "
    f"there are: {', '.join(TemplateTask._fields)}",
    "{{ late }}": "1: this is no text to show: loop over a list with for, ask for a mark with if",
    "\n\n{% if %}": "3: Jinja does not read this: Expected an expression, got 'end of statement "
    "block'",
    "{% nope %}": "1: Jinja does not read this: Encountered unknown tag 'nope'.",
    "{{ day": "1: Jinja does not read this: unexpected end of template, expected 'end of print "
    "statement'.",
    "{{ day|nope }}": "1: there is no filter 'nope' for letters; there are: default, first, join, "
    "last, length, lower, upper, capitalize",
    "{{ day|safe }}": "1: there is no filter 'safe' for letters; there are: default, first, join, "
    "last, length, lower, upper, capitalize",
    "{% if day is mapping %}{% endif %}": "1: there is no test 'mapping' for letters; there are: "
    "defined, none, odd, even",
    "{{ range(9) }}": "1: 'call' is not for letters: they take names, filters, for and if",
    "{{ 'a' * 99 }}": "1: 'mul' is not for letters: they take names, filters, for and if",
    "{{ 'a' ~ 'b' }}": "1: 'concat' is not for letters: they take names, filters, for and if",
    "{% set x = 1 %}": "1: 'assign' is not for letters: they take names, filters, for and if",
    "{% macro m() %}{% endmacro %}": "1: 'macro' is not for letters: they take names, filters, "
    "for and if",
    "{% include 'x' %}": "1: 'include' is not for letters: they take names, filters, for and if",
    "{{ day|join }}": "1: this is no text to show: loop over a list with for, ask for a mark with "
    "if",
    "{% if day > 1 %}{% endif %}": "1: Jinja cannot work this out: '>' not supported between "
    "instances of 'str' and 'int'",
    "{% for x in within %}{% endfor %}": "1: Jinja cannot work this out: object of type 'int' has "
    "no len()",
}


@pytest.mark.parametrize("source", TEMPLATES)
def test_an_error_in_a_template_is_told_with_its_line(folder: Folder, source: str) -> None:
    example(folder)
    path = folder.write("templates/reminder.es.md", source)
    ran = remind(folder, "AAA")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"grcm: {path}:{TEMPLATES[source]}\n"


def test_an_error_in_a_template_is_told_in_the_reader_s_language(folder: Folder) -> None:
    path = folder.write("templates/reminder.es.md", "{{ part }}")
    err = remind(folder, "AAA", "--lang", "es").err
    assert err.startswith(f"grcm: {path}:1: aquí no hay «part»; hay: process, party, ")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"\xff\xfe", id="no UTF-8"),
        pytest.param(b"a" * 100_001, id="too long"),
        pytest.param(b"{{ " + b"(" * 5000, id="nested without end"),
        pytest.param(b"{% if late %}" * 3000, id="blocks without end"),
        pytest.param(b"{{ " + b"not " * 20_000 + b"late }}", id="a chain without end"),
        pytest.param(b"{{ " + b"late and " * 10_000 + b"late }}", id="a wide chain"),
        pytest.param(
            b"{% for x in late %}" * 30 + b"x" + b"{% endfor %}" * 30, id="loops in loops"
        ),
        pytest.param(b"{% for x in late %}" * 15 + b"{% endfor %}" * 15, id="that say nothing"),
        pytest.param(
            b"{% for x in late %}" * 4 + b"x" * 50_000 + b"{% endfor %}" * 4, id="a flood of text"
        ),
    ],
)
def test_no_template_hangs_or_fills_the_memory(folder: Folder, source: bytes) -> None:
    conclusions = "".join(
        f"- {{number: {number}, text: T, responsible: AAA, due: 2003-01-15}}\n"
        for number in range(1, 60)
    )
    folder.meeting(conclusions)
    folder.write("templates/reminder.es.md", source)
    ran = remind(folder, "AAA")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_what_a_template_shows_is_always_escaped() -> None:
    template = LetterTemplate(
        "{{ x }}|{{ '*b*' }}|{{ y|join('*') }}|{{ x|upper }}|{% raw %}*{% endraw %}", "xy"
    )
    assert template.render({"x": "*a* {{ x }}", "y": ["_c_", "<d>"]}) == (
        r"\*a\* {{ x }}|\*b\*|\_c\_\*&lt;d&gt;|\*A\* {{ X }}|*"
    )


def test_a_fault_keeps_its_line_in_a_loop() -> None:
    template = LetterTemplate("{% for one in x %}\n\n{{ one }}\n{% endfor %}", ["x"])
    with pytest.raises(TemplateFault) as caught:
        template.render({"x": ["a", ["b"]]})
    assert caught.value.line == 3


@pytest.mark.parametrize("chapter", ["en/letters.md", "es/cartas.md"])
def test_the_manual_lists_every_name_that_a_template_has(folder: Folder, chapter: str) -> None:
    page = (ROOT / "docs" / chapter).read_text(encoding="utf-8")
    example(folder)
    for name in (*context(told(folder, "AAA")), *TemplateTask._fields):
        assert f"`{name}`" in page or f"`item.{name}`" in page, name


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        folder = Folder(Path(made))
        example(folder)
        HERE.mkdir(exist_ok=True)
        for code, language in LETTERS:
            with using_language("en"):
                out = remind(folder, code, "--format", "md", "--lang", language).out
            (HERE / f"{code}.{language}.md").write_text(out, encoding="utf-8")
