"""The process of the second kind of generated folders, plainly an example: who takes part."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from benchmarks.phrases import Pair

MEMBERS = {
    "AGA": Pair("Ágata", "Agate"),
    "BAS": Pair("Basalto", "Basalt"),
    "CUA": Pair("Cuarzo", "Quartz"),
    "DIO": Pair("Diorita", "Diorite"),
    "ESM": Pair("Esmeralda", "Emerald"),
    "FEL": Pair("Feldespato", "Feldspar"),
    "GRA": Pair("Grafito", "Graphite"),
    "HEM": Pair("Hematita", "Hematite"),
    "JAD": Pair("Jade", "Jadeland"),
    "LAP": Pair("Lapislázuli", "Lapis Lazuli"),
    "MAR": Pair("Mármol", "Marble"),
    "OPA": Pair("Ópalo", "Opal"),
    "PIZ": Pair("Pizarra", "Slate"),
    "RUB": Pair("Rubí", "Ruby"),
}
SINCE = {"PIZ": date(1993, 7, 1), "RUB": date(1999, 1, 1)}
OFFICES = {
    "PRES": Pair("la Presidencia", "the Presidency"),
    "VICE": Pair("la Vicepresidencia", "the Vice-Presidency"),
    "REL": Pair("la Relatoría", "the Rapporteurship"),
}
ORGANIZATIONS = {
    "SEC": Pair("la Secretaría Permanente", "the Permanent Secretariat"),
    "BCO": Pair("el Banco Regional", "the Regional Bank"),
    "OBS": Pair("el Observatorio “Łódź – Ñandú”", "the “Łódź – Ñandú” Observatory"),
}
BODIES = {
    "CONF": Pair("la Conferencia", "the Conference"),
    "COM-1": Pair("la Comisión Primera", "the First Commission"),
    "COM-2": Pair("la Comisión Segunda", "the Second Commission"),
    "MESA": Pair("la Mesa", "the Bureau"),
    "EXP": Pair("el Grupo de Expertos", "the Expert Group"),
}
YEARS = range(1985, 2008)


def members_on(day: date) -> list[str]:
    """Return the codes of the members on a day."""
    return [code for code in MEMBERS if code not in SINCE or SINCE[code] <= day]


def holder(office: str, day: date) -> str:
    """Return who holds an office on a day: two years each, in turn, from April on."""
    turn = list(MEMBERS)[:12]
    year = day.year - (day.month < 4)
    return turn[(3 * list(OFFICES).index(office) + (year - YEARS[0]) // 2) % len(turn)]


def register() -> str:
    """Return the text of register.yaml."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "process:\n  code: SEG"
    yield "  name:\n    es: Otro ejemplo – “para comparar”\n    en: Another example – “to compare”"
    yield "  languages:\n  - es\n  - en\n  conclusion: {es: acuerdo, en: decision}"
    yield "bodies:"
    yield from _named(BODIES)
    yield "members:"
    for code, name in MEMBERS.items():
        yield from _named({code: name})
        yield f"    aliases: [{json.dumps('República de ' + name.es, ensure_ascii=False)}]"
        if code in SINCE:
            yield f"    since: {SINCE[code]}"
    yield "offices:"
    for office, name in OFFICES.items():
        yield from _named({office: name})
        yield "    terms:"
        for year in range(YEARS[0], YEARS[-1], 2):
            day = date(year, 4, 1)
            yield f"    - holder: {holder(office, day)}\n      from: {day}"
    yield "organizations:"
    yield from _named(ORGANIZATIONS)


def _named(parties: Mapping[str, Pair]) -> Iterator[str]:
    """Yield the codes with their names, without the article of the texts."""
    for code, name in parties.items():
        yield f"  {code}:\n    name:"
        for language, words in (("es", name.es), ("en", name.en)):
            bare = words.removeprefix("la ").removeprefix("el ").removeprefix("the ")
            yield f"      {language}: {json.dumps(bare, ensure_ascii=False)}"
