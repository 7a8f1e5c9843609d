"""The process that generated folders are about, plainly an example: who takes part, who meets."""

import json
from collections.abc import Sequence
from datetime import date

from benchmarks.phrases import Pair

MEMBERS = {
    "AAA": Pair("Ámbar", "Amber"),
    "BBB": Pair("Brezo", "Briar"),
    "CCC": Pair("Cedro", "Cedar"),
    "DDD": Pair("Dalia", "Dahlia"),
    "EEE": Pair("Encina", "Evergreen"),
    "FFF": Pair("Fresno", "Fernland"),
    "GGG": Pair("Granado", "Garnet"),
    "HHH": Pair("Haya", "Hazel"),
    "III": Pair("Iris", "Irisland"),
    "JJJ": Pair("Jazmín", "Jasmine"),
    "KKK": Pair("Kiri", "Kirland"),
    "LLL": Pair("Laurel", "Laureland"),
}
SINCE = {"LLL": date(1998, 1, 1)}
OFFICES = {
    "PPT": Pair("la Presidencia Pro-Témpore", "the Presidency Pro-Tempore"),
    "REL": Pair("la Relatoría", "the Rapporteurship"),
}
ORGANIZATIONS = {
    "ST": Pair("la Secretaría Técnica", "the Technical Secretariat"),
    "ORG-A": Pair("la Organización A", "Organization A"),
    "ORG-B": Pair("la Red de Organizaciones B", "the Network of Organizations B"),
}
BODIES = {
    "GC": Pair("el Grupo de Consulta", "the Consultation Group"),
    "ASA": Pair("la Asamblea", "the Assembly"),
    "CE": Pair("el Comité Ejecutivo", "the Executive Committee"),
    "CP": Pair("el Comité de Presupuesto", "the Budget Committee"),
    "GT-1": Pair("el Grupo de Trabajo 1", "Working Group 1"),
    "GT-2": Pair("el Grupo de Trabajo 2", "Working Group 2"),
    "RE": Pair("la Reunión de Expertos", "the Meeting of Experts"),
    "RED": Pair("la Red de Enlace", "the Liaison Network"),
}
NAMES = {**MEMBERS, **OFFICES, **ORGANIZATIONS}
YEARS = range(1991, 2006)
"""Those of the terms of the offices: more than those of the meetings."""


def members_on(day: date) -> list[str]:
    """Return the codes of the members on a day."""
    return [code for code in MEMBERS if code not in SINCE or SINCE[code] <= day]


def holder(office: str, day: date) -> str:
    """Return who holds an office on a day: each year another member, in turn."""
    first = list(OFFICES).index(office) * 5
    turn = list(MEMBERS)[:11]  # the one that joins later comes to no office
    return turn[(first + day.year - YEARS[0]) % len(turn)]


def register() -> str:
    """Return the text of register.yaml."""
    lines = ["process: {code: EX, name: {es: Ejemplo, en: Example}, languages: [es, en]}"]
    lines += ["bodies:", *_named(BODIES), "members:"]
    for code, line in zip(MEMBERS, _named(MEMBERS), strict=True):
        since = f", since: {SINCE[code]}}}" if code in SINCE else "}"
        lines.append(line.removesuffix("}") + since)
    lines.append("offices:")
    for office, name in OFFICES.items():
        lines += [f"  {office}:", f"    name: {_map(name)}", "    terms:"]
        days = [date(year, 1, 1) for year in YEARS]
        lines += [f"      - {{holder: {holder(office, day)}, from: {day}}}" for day in days]
    lines += ["organizations:", *_named(ORGANIZATIONS)]
    return "\n".join(lines) + "\n"


def _named(parties: dict[str, Pair]) -> Sequence[str]:
    return [f"  {code}: {{name: {_map(name)}}}" for code, name in parties.items()]


def _map(name: Pair) -> str:
    bare = Pair(name.es.removeprefix("la ").removeprefix("el "), name.en.removeprefix("the "))
    return "{" + f"es: {_quoted(bare.es)}, en: {_quoted(bare.en)}" + "}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
