"""By when: the words for a time, with the deadline that each gives, or none."""

from datetime import date

import pytest

from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.register import Register
from grcm_cli.drafting.deadlines import time_expressions_in
from grcm_cli.drafting.ordinals import numbered_meetings, ordinals_in
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.times.patterns import Time

MEETING_ENDED = date(2002, 10, 31)
"""It is one of the GRCM. The record has the eighth CRM, of May 2003, as CRM-2003-05."""
DUTY = {"es": "Panamá presentará un mapa {}.", "en": "Panama shall submit a map {}."}


def reader(register: Register, language: str) -> ConclusionReader:
    meetings = numbered_meetings(register.meetings)
    return ConclusionReader(PartyNames(register), language, MEETING_ENDED, "GRCM", meetings)


def shown(due: Time | None) -> str:
    """Return a deadline, with `?` before one that is not sure; `-` for none."""
    if due is None:
        return "-"
    assert parse_due(due.due) is not None
    return due.due if due.sure else f"? {due.due}"


DUES = [
    # a day without a year is the next such day; in figures, the day comes first
    ("es", "antes del 15 de enero", "? 2003-01-14"),
    ("es", "el 9 de mayo", "? 2003-05-09"),
    ("es", "a más tardar el próximo 15 de marzo", "? 2003-03-15"),
    ("es", "a más tardar el 29/10/2003", "2003-10-29"),
    ("es", "antes del 05/04/2003", "? 2003-04-04"),
    ("en", "by 2003-01-15", "2003-01-15"),
    ("en", "by 01/15/2003", "2003-01-15"),
    ("en", "by 04/05/2003 and a list by 01/15/2003", "? 2003-04-05"),
    ("en", "by 15.1.03", "? 2003-01-15"),
    ("en", "by 15 Jan 2003", "2003-01-15"),
    ("es", "por mayoría", "-"),
    # half of a month is no half of a year
    ("en", "during the first half of December 2002", "-"),
    ("es", "en la segunda mitad de diciembre de 2002", "-"),
    ("en", "by 2003/04", "2003-04"),
    ("en", "by 04/2003", "2003-04"),
    ("en", "by 12:00 noon on 15 November 2002", "2002-11-15"),
    ("es", "a más tardar a las 17:00 horas del 15 de noviembre de 2002", "2002-11-15"),
    ("es", "antes del 31 del presente mes", "-"),
    ("en", "by the 31st of this month", "? 2002-10-31"),
    ("en", "in January 2004 to the ministers", "? 2004-01"),
    ("en", "of the workshop in January 2004 to the ministers", "-"),
    ("es", "entre los días 16 y 18 de mayo", "? 2003-05-16/2003-05-18"),
    ("es", "a partir del 1 de enero de 2003", "-"),
    ("en", "starting in January 2003", "-"),
    # periods
    ("en", "in Q2 2003", "2003-Q2"),
    ("es", "en el 1er trimestre de 2003", "2003-Q1"),
    ("en", "in early 2003", "? 2003-Q1"),
    ("es", "hacia finales de 2003", "2003"),
    ("en", "by mid-2003", "? 2003-H1"),
    ("en", "by the beginning of 2004", "? 2004-Q1"),
    ("es", "a principios de 2003", "? 2003-Q1"),
    ("es", "para mediados de 2003", "? 2003-H1"),
    ("es", "durante el próximo año", "? 2003"),
    ("en", "by the end of next year", "? 2003"),
    ("en", "next month", "? 2002-11"),
    ("en", "in the next quarter", "? 2003-Q1"),
    ("es", "en el próximo semestre", "? 2003-H1"),
    # as soon as possible
    *(("es", words, "asap") for words in (
        "en el más corto plazo", "en el menor plazo posible", "a la mayor brevedad",
        "lo más pronto posible", "en el plazo más breve posible", "sin mayor dilación")),
    *(("en", words, "asap") for words in (
        "as early as possible", "as quickly as practicable", "at its earliest convenience",
        "in the shortest possible time", "forthwith", "as a matter of urgency")),
    ("en", "as soon as the funds arrive", "-"),
    ("es", "tan pronto como lleguen los fondos", "-"),
    # meetings
    ("en", "at its fifteenth session", "? at next GRCM"),
    ("en", "at its seventy-sixth session", "? at next GRCM"),
    ("es", "en su septuagésimo sexto período de sesiones", "? at next GRCM"),
    ("en", "to the 42nd RCM", "? at next CRM"),
    ("es", "en la VIII CRM", "at CRM-2003-05"),
    ("en", "by the next RCM", "next CRM"),
    # at a meeting, during which it is not late, or by its first day
    ("en", "at the next RCM", "at next CRM"),
    ("en", "for discussion at the next RCM", "next CRM"),
    ("en", "in time for the 2003 RCM", "CRM-2003-05"),
    ("en", "at the 2003 RCM", "at CRM-2003-05"),
    ("en", "at the 2007 RCM", "? at next CRM"),
    ("es", "a tiempo para la CRM de 2003", "CRM-2003-05"),
    ("es", "en la CRM de 2001", "-"),
    ("en", "by 5 April 2003 and to report thereon to the next CRM", "? 2003-04-05"),
    ("en", "and an updated report by 30 April 2003", "2003-04-30"),
    ("en", "in time for the next meeting", "next GRCM"),
    ("en", "to the agenda of the next meeting", "next GRCM"),
    ("es", "ante la próxima reunión", "at next GRCM"),
    ("es", "durante la VIII CRM", "at CRM-2003-05"),
    ("es", "antes de la VIII CRM", "CRM-2003-05"),
    ("es", "para la próxima reunión", "next GRCM"),
    ("es", "para su aprobación en la próxima CRM", "next CRM"),
    ("en", "for consideration at GRCM9", "? next GRCM"),
    ("es", "a la CRM-8", "at CRM-2003-05"),
    ("en", "30 days before GRCM 9", "? 30 days before next GRCM"),
    ("es", "antes de la próxima CRM", "next CRM"),
    ("en", "at the June 2003 Summit", "2003-06"),
    ("en", "at the June/July 2003 Summit", "2003-06-01/2003-07-31"),
    ("es", "en la cumbre de junio de 2003", "2003-06"),
    ("en", "at its June meeting", "? 2003-06"),
    ("en", "at the meeting of May 2001", "-"),
    ("es", "en la reunión de 2003", "? 2003"),
    ("es", "en la reunión de la CRM", "? at next CRM"),
    ("en", "at its annual meeting", "? at next GRCM"),
    ("en", "on the decision taken at its fifth session", "-"),
    ("es", "de los acuerdos adoptados en la quinta reunión", "-"),
    # who meets tells the body; a word that fits none of them, or more, leaves it open
    ("es", "en la próxima reunión consultiva", "at next GRCM"),
    ("es", "en la próxima reunión ministerial", "at next CRM"),
    ("es", "en la próxima reunión presidencial", "? at next GRCM"),
    ("es", "en la próxima reunión técnica", "? at next GRCM"),
    ("es", "en la próxima reunión ordinaria", "at next GRCM"),
    ("es", "en la próxima reunión virtual", "at next GRCM"),
    ("es", "sobre la fecha de la próxima reunión", "-"),
    ("es", "sobre el lugar y la fecha de la próxima reunión", "-"),
    ("en", "on the date of the next meeting", "-"),
    ("en", "on the venue for the next meeting", "-"),
    # so long before a meeting or a day
    ("es", "30 días antes de la próxima reunión", "30 days before next GRCM"),
    ("es", "con 30 días de antelación a la próxima reunión", "30 days before next GRCM"),
    ("es", "con una antelación mínima de 30 días a la próxima CRM", "30 days before next CRM"),
    ("es", "un mes antes de la celebración de la VIII CRM", "1 month before CRM-2003-05"),
    ("en", "no later than 60 days before the 15th meeting", "? 60 days before next GRCM"),
    ("en", "at least six weeks in advance of the next session", "6 weeks before next GRCM"),
    ("en", "two months prior to the opening of the next RCM", "2 months before next CRM"),
    ("en", "30 days before 5 May 2003", "2003-04-05"),
    ("en", "60 days before each session", "-"),
    # counted from this meeting; and what no calendar tells
    ("en", "within 60 days", "within 60 days"),
    ("es", "treinta días después de la reunión", "? within 30 days"),
    ("en", "two weeks after the meeting of the RCM", "-"),
    ("en", "within 10 working days", "-"),
    ("en", "within 100000 days", "-"),
    ("es", f"dentro de {'9' * 5000} días", "-"),
    ("es", f"cada {'9' * 5000} meses", "-"),
    # a stop that shortens ends no sentence
    ("en", "by 15 Jan. 2003", "2003-01-15"),
    ("en", "by 5 p.m. on 15 November 2002", "2002-11-15"),
    ("es", "antes del 15 ene. 2003", "2003-01-14"),
    ("es", "en un plazo de 10 días hábiles", "-"),
    ("es", "a partir de su circulación", "-"),
    ("en", "upon circulation of the plan", "-"),
    ("en", "within two weeks of receipt of the plan", "-"),
    ("en", "within 30 days after the end of each quarter", "? every 3 months"),
    # what recurs
    ("es", "el 31 de marzo de cada año", "every year on 03-31"),
    ("es", "cada 31 de marzo", "every year on 03-31"),
    ("es", "antes del 31 de marzo de cada año", "every year on 03-30"),
    ("es", "a fines de marzo de cada año", "every year on 03-31"),
    ("es", "cada año en febrero", "every year on 02-29"),
    ("en", "by 31 March annually", "every year on 03-31"),
    ("en", "every other year", "every 2 years"),
    ("en", "quarterly, starting in July 2003", "? every 3 months from 2003-07-01"),
    ("es", "trimestralmente, a partir del 1 de julio de 2003", "every 3 months from 2003-07-01"),
    ("en", "every two years, starting in 2004", "? every 2 years"),
    ("en", "annually thereafter", "? every year"),
    ("en", "annually to the observers", "every year"),
    ("en", "at the next meeting and annually thereafter", "? at next GRCM"),
    ("en", "three times a year", "every 4 months"),
    ("es", "una vez al año", "every year"),
    ("es", "dos veces al año a la Secretaría", "every 6 months"),
    # a year with its number is that of a thing, and recurs not at all
    ("es", "con los datos correspondientes al año 2001", "-"),
    ("es", "relativo al año 2001", "-"),
    ("es", "con la cuota correspondiente al año de 2002", "-"),
    ("es", "con los datos referentes al año", "-"),
    ("es", "correspondiente al año 2001, a más tardar el 30 de abril de 2003", "2003-04-30"),
    ("es", "para el año 2001", "-"),
    ("es", "para el año 2003", "? 2003"),
    ("en", "for the year 2001", "-"),
    ("en", "relating to the year 2001, by 30 April 2003", "2003-04-30"),
    ("en", "of USD 300 per year 2003", "-"),
    ("es", "quincenalmente", "every 2 weeks"),
    ("es", "en los sucesivos períodos de sesiones de la CRM", "? every CRM"),
    ("en", "at all its meetings", "? every GRCM"),
    ("es", "e informes trimestrales", "? every 3 months"),
    ("en", "and quarterly progress reports", "? every 3 months"),
    ("en", "and the annual report", "-"),
    ("en", "in its next annual report", "-"),
    ("es", "y el informe anual en la próxima reunión", "at next GRCM"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "due"), DUES, ids=[row[1][:40] for row in DUES])
def test_by_when(register: Register, language: str, words: str, due: str) -> None:
    [duty] = reader(register, language).read(DUTY[language].format(words)).duties
    assert shown(duty.due) == due


@pytest.mark.parametrize("noun", ["la petición", "la invitación correspondiente", "un avión"])
def test_a_noun_is_no_past_tense(register: Register, noun: str) -> None:
    text = f"Solicitar a Panamá que presente {noun} a más tardar el 3 de mayo de 2003."
    [duty] = reader(register, "es").read(text).duties
    assert shown(duty.due) == "2003-05-03"


CELLS = [
    ("29/10/2003", "2003-10-29"), ("15 Jan 2003", "2003-01-15"), ("15-ene-03", "? 2003-01-15"),
    ("mar-2003", "2003-03"), ("2003/04", "2003-04"), ("Q1 2003", "2003-Q1"), ("2003", "2003"),
    ("March", "? 2003-03"), ("2 weeks", "within 2 weeks"), ("ASAP", "asap"),
    ("Permanente", "ongoing"), ("Quarterly", "every 3 months"), ("anual", "every year"),
    ("8th CRM", "CRM-2003-05"), ("6 weeks before the next CRM", "6 weeks before next CRM"),
    ("10 working days", "-"), ("TBD", "-"), ("upon receipt", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "due"), CELLS, ids=[row[0] for row in CELLS])
def test_a_cell_of_a_table(register: Register, cell: str, due: str) -> None:
    assert shown(reader(register, "en").due_in(cell)) == due


EXPRESSIONS = [
    # counted in days, or from an event, that no calendar has
    ("enviar sus notas dentro de los 10 días hábiles siguientes a la recepción del plan.",
     ["dentro de los 10 días hábiles siguientes a la recepción"]),
    ("shall comment within 10 working days of receipt of the plan.",
     ["within 10 working days of receipt"]),
    ("enviar sus notas a partir de su circulación.", ["a partir de su circulación"]),
    ("to reply upon circulation of the plan.", ["upon circulation"]),
    ("at least six weeks before each session", ["six weeks before each session"]),
    ("enviar sus notas oportunamente", ["oportunamente"]),
    ("report at its next two meetings", ["at its next two meetings"]),
    # what nobody knows the day of
    ("publicar el plan una vez aprobado por la Junta", ["una vez aprobado por la Junta"]),
    ("report before the end of the hurricane season", ["before the end of the hurricane season"]),
    ("reply within a reasonable time", ["within a reasonable time"]),
    # periods, seasons and what has no day yet
    ("Panamá enviará el mapa la semana del 20 de mayo de 2003",
     ["la semana del 20 de mayo de 2003"]),
    ("enviar el mapa en la primera quincena de marzo de 2003",
     ["en la primera quincena de marzo de 2003"]),
    ("enviar el mapa el último día hábil de marzo de 2003",
     ["el último día hábil de marzo de 2003"]),
    ("informar al término de su mandato", ["al término de su mandato"]),
    ("informar antes de Semana Santa", ["antes de Semana Santa"]),
    ("informar cuando se disponga de fondos", ["cuando se disponga de fondos"]),
    ("informar en fecha por definir", ["en fecha por definir"]),
    ("informar en 48 horas", ["en 48 horas"]),
    ("informar al cierre del ejercicio fiscal", ["al cierre del ejercicio fiscal"]),
    ("informar en el curso del año", ["en el curso del año"]),
    ("send the map in the week of 20 May 2003", ["in the week of 20 May 2003"]),
    ("send the map on the last working day of March 2003",
     ["on the last working day of March 2003"]),
    ("send the map by Easter 2003", ["by Easter 2003"]),
    ("report at the end of its term", ["at the end of its term"]),
    ("send it during the first half of December 2002",
     ["during the first half of December 2002"]),
    # what a finder reads
    ("enviar el plan antes del 31 de marzo de cada año.",
     ["antes del 31 de marzo de cada año"]),
    ("to submit a plan by 5 May 2003, and a map as soon as possible.",
     ["by 5 May 2003", "as soon as possible"]),
    # a past day, a year in a name, a length
    ("takes note of the plan of 5 May 2002", []),
    ("la Agenda 2030", []),
    ("to review the decision taken at its fifth session", []),
    ("elaborar un programa de dos años", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS, ids=[row[0] for row in EXPRESSIONS])
def test_each_expression_of_time_is_found(text: str, expected: list[str]) -> None:
    found = time_expressions_in(text, 0, len(text), MEETING_ENDED)
    assert [text[start:end] for start, end in found] == expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("Septuagésimo sexto período", {76}), ("the seventy-sixth session", {76}),
     ("Vigésima Primera Reunión", {21}), ("la decimoquinta reunión", {15}), ("76th", {76}),
     ("XLII Reunión", {42}), ("la 8.ª reunión", {8}), ("la reunión anual", set())],
)  # fmt: skip
def test_ordinals(text: str, numbers: set[int]) -> None:
    assert ordinals_in(text) == numbers
