"""What the cells of a tracker mean: who, by when, how it stands, which number and days."""

from datetime import date

import pytest

from grcm_cli.domain.periods import Days
from grcm_cli.domain.register import Register
from grcm_cli.drafting.ordinals import numbered_meetings
from grcm_cli.drafting.party_names import PartyNames
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.drafting.to_yaml import responsible
from grcm_cli.imports.cells import read_due, read_month, read_number, read_parties
from grcm_cli.imports.findings import NewParties, country_code, new_code
from grcm_cli.language.lexicon import countries
from grcm_cli.sheets.cells import differing_day, one_state, read_days, read_report, read_state
from grcm_cli.sheets.headings import TRACKER, column_named, state_named
from grcm_cli.storage.loader import load

from ..conftest import DATA, ROOT


@pytest.fixture(scope="module")
def register() -> Register:
    found = load(DATA, ROOT).register
    assert found is not None
    return found


def reader(register: Register, language: str = "es") -> ConclusionReader:
    names, meetings = PartyNames(register), numbered_meetings(register.meetings)
    return ConclusionReader(names, language, date(2002, 10, 31), "GRCM", meetings)


PARTIES = [
    ("Costa Rica", "CRI", [], [], True),
    ("cri", "CRI", [], [], True),
    ("Costa Rica y México", "[CRI, MEX]", [], [], True),
    ("CRI/MEX", "[CRI, MEX]", [], [], True),
    ("Belice\nPanamá", "[BLZ, PAN]", [], [], True),
    ("México (MEX)", "MEX", [], [], True),
    ("cada uno: Costa Rica y México", "{each: [CRI, MEX]}", [], [], True),
    ("todos los países miembros", "{each: members}", [], [], True),
    ("Países miembros", "{each: members}", [], [], True),
    ("Todos", "{each: members}", [], [], True),
    ("Cada país excepto Costa Rica", "{each: members, except: [CRI]}", [], [], True),
    ("All members except Belize", "{each: members, except: [BLZ]}", [], [], True),
    ("PPT", "PPT", [], [], True),
    ("PPT (Guatemala)", "PPT", [], [], True),
    ("PPT (México)", "PPT", [], [], False),
    ("Presidencia Pro Témpore (Guatemala)", "PPT", [], [], True),
    ("Presidencia Pro Tempore", "PPT", [], [], True),
    ("Secretaría Técnica con apoyo de OIM", "ST", ["OIM"], [], True),
    ("Costa Rica (con apoyo de OIM)", "CRI", ["OIM"], [], True),
    ("Costa Rica (with the support of OIM)", "CRI", ["OIM"], [], True),
    ("Costa Rica (avec l’appui de OIM)", "CRI", ["OIM"], [], True),
    ("Todos los países, con el apoyo de la OIM", "{each: members}", ["OIM"], [], True),
    ("Costa Rica, FAO", "CRI", [], ["FAO"], False),
    ("Dirección de Migración de Costa Rica", "CRI", [], [], False),
    ("Guatamala", None, [], ["Guatamala"], False),
    ("CRI; ?", "CRI", [], [], False),
    ("Noruega con apoyo de FAO", None, [], ["Noruega", "FAO"], False),
    ("Noruega, con el apoyo de la FAO", None, [], ["Noruega", "FAO"], False),
    ("Norway with the support of FAO", None, [], ["Norway", "FAO"], False),
    ("México con apoyo de FAO", "MEX", [], ["FAO"], False),
    ("Noruega con apoyo de OIM", None, ["OIM"], ["Noruega"], False),
    ("Grupo de expertos ad hoc", None, [], ["Grupo de expertos ad hoc"], False),
    ("países participantes", None, [], ["países participantes"], False),
    ("Los países miembros y la OIM", None, [], [], False),
    ("Costa Rica (w/ OIM)", "CRI", ["OIM"], [], True),
    ("Costa Rica w/ OIM", "CRI", ["OIM"], [], True),
    ("Costa Rica (con OIM)", "CRI", ["OIM"], [], True),
    ("CRI, OIM (support)", "CRI", ["OIM"], [], True),
    ("CRI (apoyo OIM)", "CRI", ["OIM"], [], True),
    ("CRI (apoyo: la OIM)", "CRI", ["OIM"], [], True),
    ("CRI (de apoyo: OIM)", "CRI", ["OIM"], [], True),
    ("CRI (acompaña: OIM)", "CRI", ["OIM"], [], True),
    ("CRI (apoyo de la OIM)", "CRI", ["OIM"], [], True),
    ("CRI / OIM - support", "CRI", ["OIM"], [], True),
    ("Lead: CRI; Support: OIM", "CRI", ["OIM"], [], True),
    ("CRI (lead)", "CRI", [], [], True),
    ("CRI lead", "CRI", [], [], True),
    ("CRI (lead), MEX", "[CRI, MEX], lead: CRI", [], [], True),
    ("Belice, Panamá (responsable principal)", "[BLZ, PAN], lead: PAN", [], [], True),
    ("Lead: CRI; MEX; OIM (support)", "[CRI, MEX], lead: CRI", ["OIM"], [], True),
    ("CRI (lead), MEX (lead)", "[CRI, MEX]", [], [], False),
    ("CRI (lead), FAO", "CRI", [], ["FAO"], False),
    ("CRI and MEX (lead: CRI)", "[CRI, MEX], lead: CRI", [], [], True),
    ("CRI y MEX (coordina México)", "[CRI, MEX], lead: MEX", [], [], True),
    ("CRI, MEX (chef de file : MEX)", "[CRI, MEX], lead: MEX", [], [], True),
    ("Costa Rica, México [lead]", "[CRI, MEX], lead: MEX", [], [], True),
    ("CRI, MEX [lead: CRI]", "[CRI, MEX], lead: CRI", [], [], True),
    ("CRI, MEX (MEX to lead)", "[CRI, MEX], lead: MEX", [], [], True),
    ("Belize with Panama as lead", "[BLZ, PAN], lead: PAN", [], [], True),
    ("Belice, con Panamá como coordinador", "[BLZ, PAN], lead: PAN", [], [], True),
    ("BLZ, PAN; led by PAN", "[BLZ, PAN], lead: PAN", [], [], True),
    ("Belice y Panamá, liderado por Belice", "[BLZ, PAN], lead: BLZ", [], [], True),
    ("CRI, MEX (lead: FAO)", "[CRI, MEX]", [], ["FAO"], False),
    ("CRI, MEX (lead to be agreed)", "[CRI, MEX]", [], ["to be agreed"], False),
    ("each of CRI and MEX (lead: CRI)", "{each: [CRI, MEX]}", [], [], False),
    ("OIM (apoyo)", None, ["OIM"], [], False),
    ("CRI (w/ FAO)", "CRI", [], ["FAO"], False),
    ("Costa Rica con México", "CRI", ["MEX"], [], True),
    ("Todos los países con la OIM", "{each: members}", ["OIM"], [], True),
    ("Tous les États membres", "{each: members}", [], [], True),
    ("Todos os Estados-Membros", "{each: members}", [], [], True),
    ("Belize et Panama", "[BLZ, PAN]", [], [], True),
    ("Costa Rica with OIM", "CRI", ["OIM"], [], True),
    ("Costa Rica junto con México", "[CRI, MEX]", [], [], True),
    ("Costa Rica. Consultar con México", "[CRI, MEX]", [], [], False),
    *(
        (name, None, [], [name], False)
        for name in (
            "Consultora Semilla Digital",
            "Contraloría General",
            "Conferencia de Ministros",
            "Withers Ltd",
            "Eachwell Foundation",
            "Cadasta",
            "Organosur",
            "Apoyarte A.C.",
            "Apoyarte A.C.",
            "Salvoconducto",
            "Los demás países",
            "Otros Estados Miembros",
        )
    ),
    ("CRI y Consultora Verde", "CRI", [], ["Consultora Verde"], False),
    ("CRI (con apoyo de Consultores Asociados)", "CRI", [], ["Consultores Asociados"], False),
    ("CRI → MEX", None, [], [], False),
    ("CRI -> MEX", None, [], [], False),
]


@pytest.mark.parametrize(("cell", "who", "support", "unknown", "sure"), PARTIES)
def test_who_is_responsible(
    register: Register, cell: str, who: str | None, support: list[str], unknown: list[str],
    sure: bool,  # noqa: FBT001 - of a table
) -> None:  # fmt: skip
    language = "en" if cell.startswith("All") else "es"
    found = read_parties(cell, reader(register, language), register)
    written = responsible(found.who) if found.who else None
    if found.who and found.who.lead_code:
        written = f"{written}, lead: {found.who.lead_code}"
    assert (written, list(found.support), list(found.unknown), found.is_sure) == (
        who, support, unknown, sure,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "due", "sure"),
    [
        (date(2003, 3, 15), "2003-03-15", True),
        ("15/03/2003", "2003-03-15", True),
        ("próxima reunión", "next GRCM", True),
        ("Próxima CRM", "next CRM", True),
        ("30 días antes de la próxima reunión", "30 days before next GRCM", True),
        ("a la brevedad", "asap", True),
        ("primer trimestre de 2003", "2003-Q1", True),
        ("diciembre 2003", "2003-12", True),
        ("cada 6 meses", "every 6 months", True),
        ("60 días", "within 60 days", True),
        ("antes del 15 de enero de 2003", "2003-01-14", True),
        ("permanente", "ongoing", True),
        ("2003-H1", "2003-H1", True),
        ("next meeting", "next GRCM", True),
        ("end June 2003", "2003-06", True),
        ("fines de junio de 2003", "2003-06", True),
        ("fin juin 2003", "2003-06", True),
        ("fim de junho de 2003", "2003-06", True),
        ("31/12/03", "2003-12-31", False),
        ("12/31/2003", "2003-12-31", False),
        ("ene-26", "2026-01", False),
        ("enero/27", "2027-01", False),
        ("cuando haya fondos", None, False),
        ("CRI", None, False),
    ],
)
def test_by_when(register: Register, cell: str | date, due: str | None, sure: bool) -> None:  # noqa: FBT001 - of a table
    assert read_due(cell, "day-first", reader(register)) == (due or "", sure)


@pytest.mark.parametrize(
    ("cell", "state", "more", "day"),
    [
        ("Cumplido", "done", "", None),
        ("CUMPLIDO.", "done", "", None),
        ("100%", "done", "", None),
        ("60 %", "started", "60 %", None),
        ("0%", "not-started", "", None),
        ("Vencido", "unknown", "", None),
        ("Pendiente", "unknown", "", None),
        ("No aplica", "not-applicable", "", None),
        ("Cumplido (nota 12)", "done", "(nota 12)", None),
        ("Cumplido el 15/03/2003", "done", "", date(2003, 3, 15)),
        ("Completed 27/8/25", "done", "", date(2025, 8, 27)),
        ("Completed (28 Nov 2025)", "done", "", date(2025, 11, 28)),
        ("Completed 12-May-26", "done", "", date(2026, 5, 12)),
        ("Completed 27/8/25, told 3/9/25", "done", "27/8/25, told 3/9/25", None),
        ("Completed August 2025", "done", "August 2025", None),
        ("Sin avance", "not-started", "", None),
        ("En proceso - 60%", "started", "60%", None),
        ("overdue", "unknown", "", None),
        ("Se remitió nota", None, "", None),
        ("No se ha recibido respuesta", None, "", None),
        ("Sí, pero sin evidencia", None, "", None),
        ("Réalisé partiellement", "started", "Réalisé partiellement", None),
        ("Cumplido (en parte)", "started", "Cumplido (en parte)", None),
        ("Done, 80 %", "started", "Done, 80 %", None),
        ("Cumplido 3/3/25, falta el anexo", "started", "*", date(2025, 3, 3)),
        ("Completed 27/8/25 except annex B", "started", "*", date(2025, 8, 27)),
        ("Cumplido, sin nada pendiente", "done", "sin nada pendiente", None),
        ("Cumplido en menos de un mes", "done", "en menos de un mes", None),
        ("Done; nothing outstanding", "done", "nothing outstanding", None),
        ("Cumplido en Panamá salvo el anexo", "started", "*", None),
        ("Completed; no reply except from Kenya", "started", "*", None),
        ("Fait, il ne manque que l’annexe", "started", "*", None),
        ("Fait, il ne reste rien", "done", "il ne reste rien", None),
        ("Done 100 %", "done", "100 %", None),
        ("À faire", "unknown", "", None),
        ("terminé le brouillon", None, "", None),
        ("Done - not yet", None, "", None),
    ],
)
def test_how_it_stands(cell: str, state: str | None, more: str, day: date | None) -> None:
    assert read_state(cell, "day-first") == (state or "", more.replace("*", cell), day)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("8", "8"), ("8.", "8"), ("8)", "8"), ("Acuerdo 8", "8"), ("Acuerdo No. 4", "4"),
        ("N.º 12", "12"), ("12 bis", "12-bis"), ("12 a)", "12.a"), ("VIII", "VIII"),
        ("8(a)", "8.a"), ("Ac. 3-2020", "3-2020"), ("Decisión 12/2019", "12/2019"), ("8.1", "8.1"),
        ("AG/RES.1765", "AG/RES.1765"), ("ocho y nueve", None), ("—", None), ("8 y 9", None),
    ],
)  # fmt: skip
def test_numbers(cell: str, number: str | None) -> None:
    assert read_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("29 al 31 de octubre de 2002", date(2002, 10, 29), date(2002, 10, 31)),
        ("29-31/10/2002", date(2002, 10, 29), date(2002, 10, 31)),
        ("29/10/2002 al 31/10/2002", date(2002, 10, 29), date(2002, 10, 31)),
        ("Reunión del 29/10/2002", date(2002, 10, 29), date(2002, 10, 29)),
        ("3-4 March 2020", date(2020, 3, 3), date(2020, 3, 4)),
        ("CM 41e session, 14-15 octobre 2025", date(2025, 10, 14), date(2025, 10, 15)),
        ("VI Reunião, 14 e 15 de outubro de 2025", date(2025, 10, 14), date(2025, 10, 15)),
        ("octubre de 2002", None, None),
    ],
)
def test_the_days_of_a_meeting(cell: str, first: date | None, last: date | None) -> None:
    assert read_days(cell, "day-first") == (Days(first, last) if first and last else None)


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("XXIV Reunión del GRCM, San José, octubre de 2002", "2002-10"),
        ("GRCM-2002-10", "2002-10"),
        ("10/2002", "2002-10"),
        ("XXIV Reunión", ""),
    ],
)
def test_the_month_of_a_meeting(cell: str, month: str) -> None:
    assert read_month(cell) == month


@pytest.mark.parametrize(
    ("name", "section", "code"),
    [
        ("Costa Rica", "members", "CRI"),
        ("FAO", "organizations", "FAO"),
        ("Secretaría Técnica", "organizations", "ST"),
        ("Presidencia Pro-Témpore", "offices", "PPT"),
        ("Grupo de expertos ad hoc", "organizations", "GEH"),
    ],
)
def test_the_line_that_adds_a_name(name: str, section: str, code: str) -> None:
    assert new_code(name) == (section, code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Belice", "BLZ"), ("Belize", "BLZ"), ("Rep. Dominicana", "DOM"),
        ("Rca. Dominicana", "DOM"), ("República de Panamá", "PAN"), ("Republic of Panama", "PAN"),
        ("La India", "IND"), ("Nicarágua", "NIC"), ("MEXICO", "MEX"), ("Mejico", "MEX"),
        ("Guatemla", "GTM"), ("Onduras", "HND"), ("Guatmeala", "GTM"), ("Honduuras", "HND"),
        ("CEPAL", None), ("GUATEMLA", None), ("Iram", None), ("Guatmla", None),
        ("Grupo de Trabajo", None), ("", None),
    ],
)  # fmt: skip
def test_which_country_a_name_means(name: str, code: str | None) -> None:
    """With one letter wrong in five or more; an acronym is no misspelt country."""
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (["Belize", "Belice", "Belice"], [("members", "BLZ", "Belice", ("Belize",))]),
        (["Mejico"], [("members", "MEX", "México", ("Mejico",))]),
        (["Panama", "Panamá", "Panamá"], [("members", "PAN", "Panamá", ())]),
        (["ST", "Secretaría Técnica"], [("organizations", "ST", "Secretaría Técnica", ())]),
        (["Comité A", "Consejo Asesor", "Centro Andino"],
         [("organizations", "COMI", "Comité A", ()),
          ("organizations", "CA2", "Consejo Asesor", ()),
          ("organizations", "CA3", "Centro Andino", ())]),
    ],
)  # fmt: skip
def test_a_line_for_each_party(
    names: list[str], lines: list[tuple[str, str, str, tuple[str, ...]]]
) -> None:
    found = NewParties({"CA"})
    for name in names:
        found.add(name)
    parties = [
        (section, code, keys["name"], tuple(keys.get("aliases", ())))
        for section, codes in found.sections().items()
        for code, keys in codes.items()
    ]
    assert parties == lines


def test_the_codes_of_countries_are_those_of_the_standard() -> None:
    """Compared with what Unicode says, whose alpha-3 codes lead to alpha-2 ones."""
    from babel import Locale  # a library of tests
    from babel.core import get_global

    known = get_global("territory_aliases")
    names = {language: Locale(language).territories for language in ("es", "en")}
    for name, code in countries().items():
        assert len(known[code]) == 1, (name, code)
    for code in ("CRI", "GTM", "MEX", "NOR", "TUR"):
        [short] = known[code]
        for territories in names.values():
            assert countries()[territories[short].casefold().replace(" ", "").translate(
                str.maketrans("áéíóúü", "aeiouu"))] == code  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (["Reunión", "N.º", "Texto", "Responsable", "Plazo", "Estado"],
         ["meeting", "number", "text", "responsible", "due", "progress"]),
        (["REUNION", "No.", "TEXTO DEL ACUERDO", "Responsables", "Fecha límite:", "Estatus"],
         ["meeting", "number", "text", "responsible", "due", "progress"]),
        (["Sesión", "Responsable(s)", "Acuerdo", "Compromiso"],
         ["meeting", "responsible", "text", "action"]),
        (["Nº", "Acuerdo", "País"], ["number", "text", "responsible"]),
        (["Texto", "Acuerdo", "Fecha"], ["text", "number", "start"]),
        (["Acuerdo", "Plazo", "Fecha de cumplimiento"], ["text", "due", "done"]),
        (["Acuerdo", "Fecha de cumplimiento"], ["text", "due"]),
        (["Decisión / Acuerdo", "Nota", "Tema"], ["text", "note", "note2"]),
        (["Nota", "Observaciones", "Comments", "Remarques"], ["note", "note2", "note3", "note4"]),
        (["Para", "Decision", "Action", "Lead", "Supporting agency", "Date completed"],
         ["number", "text", "action", "responsible", "support", "done"]),
        (["Meeting", "Date", "Decision", "Owner", "Due date", "Status", "Completion date"],
         ["meeting", "start", "text", "responsible", "due", "progress", "done"]),
        (["Decision", "Status", "Status date", "Date completed", "Last updated"],
         ["text", "progress", "on", "done", "reported"]),
        (["Tema", "Acuerdo"], ["note", "text"]),
        (["Acuerdo", "Fecha compromiso", "Situación", "Fecha de la situación"],
         ["text", "due", "progress", "on"]),
        (["Acuerdo", "Fecha de compromiso", "Fecha de situación"], ["text", "due", "on"]),
        (["Prioridad", "Acuerdo"], [None, "text"]),
        (["N.º", "Deliberação", "Ponto de situação", "Data da resposta"],
         ["number", "text", "progress", "reported"]),
        (["Acuerdo", "¿Confidencial?"], ["text", "confidential"]),
        (["Decision", "Restricted", "Confidential comments"], ["text", "confidential", "note"]),
    ],
)  # fmt: skip
def test_headings(headings: list[str], columns: list[str | None]) -> None:
    found = TRACKER.columns_of(headings)
    assert [found.get(place) for place in range(len(headings))] == columns


@pytest.mark.parametrize(
    ("cells", "one"),
    [
        (["Done", "100%"], "Done"),
        (["Done", "80%"], None),
        (["Declined", "0%"], "Declined"),
        (["Declined", "30 %"], "Declined 30 %"),
        (["Declined", "100%"], None),
        (["80%", "In progress"], "In progress 80%"),
        (["In progress", "0%"], "In progress"),
        (["In progress", "100%"], None),
        (["Not started", "0%"], "Not started"),
        (["Not started", "10%"], None),
        (["Pending", "80%"], "80%"),
        (["Pending", "0%"], "0%"),
        (["Overdue", "No report"], "Overdue"),
        (["No report", "done"], "done"),
        (["Done", "Done 12/8/2025"], "Done 12/8/2025"),
        (["Done", "In progress"], None),
        (["Under review", "50%"], "Under review 50%"),
    ],
)
def test_two_cells_of_a_state(cells: list[str], one: str | None) -> None:
    assert one_state(cells) == one


DAY, OTHER, LATER = date(2025, 8, 27), date(2025, 8, 28), date(2025, 9, 30)


@pytest.mark.parametrize(
    ("cells", "day", "differing"),
    [
        ({"progress": "Done 27/8/25", "reported": OTHER}, DAY, ""),
        ({"progress": "Done 27/8/25", "on": OTHER}, DAY, "on"),
        ({"progress": "Done 27/8/25", "done": "27/8/2025"}, DAY, ""),
        ({"progress": "Done", "reported": OTHER, "done": DAY}, DAY, ""),
        ({"progress": "Done", "reported": OTHER}, OTHER, ""),
        ({"progress": "Started", "reported": OTHER, "done": DAY}, OTHER, ""),
        ({"progress": "Started", "reported": OTHER, "done": LATER}, OTHER, "done"),
        ({"progress": "Started", "reported": OTHER, "on": DAY}, DAY, ""),
        ({"progress": "Started, to end on 27/8/25", "reported": OTHER}, OTHER, ""),
        ({"progress": "Started", "done": DAY}, DAY, ""),
        ({"progress": "Done", "progress2": "80%", "on": DAY}, DAY, ""),
    ],
)
def test_the_day_that_counts_for_a_state(
    cells: dict[str, str | date], day: date, differing: str
) -> None:
    state, _remark, days = read_report(cells, "day-first")
    assert (next(iter(days.values())), differing_day(state, days)) == (day, differing)


@pytest.mark.parametrize(
    ("word", "column"),
    [("note", "note"), ("Nota", "note"), ("fecha de inicio", "start"), ("progress", "progress"),
     ("state", "progress"), ("Acuerdo", None), ("tema", "note")],
)  # fmt: skip
def test_names_of_columns_on_the_command_line(word: str, column: str | None) -> None:
    assert column_named(word) == column


def test_a_state_of_a_reply_is_one_of_a_tracker_too() -> None:
    assert state_named("en trámite") == "started"
