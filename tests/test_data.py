"""The repository's own data: the real document word for word, and as a careful officer reads it."""

import re
from datetime import date

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import collapse
from grcm_cli.storage.loader import load

from .conftest import DATA, run_grcm


@pytest.fixture(scope="module")
def register() -> Register:
    read = load(DATA, DATA).register
    assert read is not None
    return read


def adopted() -> dict[str, str]:
    """Return the document's paragraphs by number, the items of 12 as 12.a and 12.b."""
    document = (DATA / "sources/GRCM-2002-10.txt").read_text(encoding="utf-8")
    paragraphs: dict[str, str] = {}
    for line in document.partition("CONCLUSIONES\n")[2].splitlines():
        if match := re.match(r"(\d+)\. (.*)", line):
            paragraphs[match[1]] = collapse(match[2])
        elif match := re.match(r"([a-z])\) (.*)", line):
            paragraphs[f"12.{match[1]}"] = collapse(match[2])
        else:
            assert not line.strip(), line
    return paragraphs


def test_the_conclusions_are_word_for_word(register: Register) -> None:
    meeting = register.calendar.by_id["GRCM-2002-10"]
    recorded = {c.number: collapse(c.text.shown("es")) for c in meeting.conclusions or ()}
    assert recorded == adopted()
    assert sorted(number for number in recorded if number.isdigit()) == sorted(
        map(str, range(1, 25))
    )


# who: parties; `+` together, `each` one task for each of them. See the document's numbers.
@pytest.mark.parametrize(
    ("number", "who", "due", "kind", "support"),
    [
        ("3", "each BLZ CRI HND NIC PAN DOM", None, "encouragement", ""),
        ("4", "", None, "request", ""),
        ("5", "PPT", "ongoing", "encouragement", "OIM ST"),
        ("6", "PPT+ST", "ongoing", "request", ""),
        ("8#1", "each BLZ CAN CRI SLV USA GTM HND MEX NIC PAN DOM", "2003-01-15", "request", ""),
        ("8#2", "CRI", "next GRCM", "request", ""),
        ("9", "PPT", "2003-Q1", "request", "OIM"),
        ("12.a", "", None, "request", ""),
        ("12.b", "", None, "request", ""),
        ("17", "OIM", "ongoing", "encouragement", ""),
        ("22", "MEX", "next CRM", "request", ""),
    ],
)
def test_each_mandate_is_read_as_a_careful_officer_reads_it(
    register: Register, number: str, who: str, due: str | None, kind: str, support: str
) -> None:
    found = [
        task
        for task in tasks(register, date(2002, 11, 15))
        if str(task.reference) == f"GRCM-2002-10/{number}"
    ]
    each = "each " if found[0].is_separate else ""
    assert each + " ".join("+".join(task.parties) for task in found) == who
    mandate = found[0].mandate
    assert (found[0].due, mandate.kind, " ".join(w.text for w in mandate.support)) == (
        due,
        kind,
        support,
    )


def test_no_other_conclusion_binds_anybody(register: Register) -> None:
    numbers = {conclusion.number for _meeting, conclusion, _mandate in register.all_mandates}
    assert numbers == {"3", "4", "5", "6", "8", "9", "12.a", "12.b", "17", "22"}


def test_eleven_members_and_no_report_is_invented(register: Register) -> None:
    members = [party for party in register.parties if party.kind == "member"]
    assert sum(party.belongs_on(date(2002, 10, 31)) for party in members) == 11
    assert list(register.entries) == []


def test_the_data_has_no_problem_at_all() -> None:
    ran = run_grcm("validate", "--strict")
    assert (ran.code, ran.out) == (0, "")


def test_country_names_are_those_of_the_common_locale_data(register: Register) -> None:
    from babel import Locale

    alpha2 = {"BLZ": "BZ", "CAN": "CA", "CRI": "CR", "SLV": "SV", "USA": "US", "GTM": "GT",
              "HND": "HN", "MEX": "MX", "NIC": "NI", "PAN": "PA", "DOM": "DO"}  # fmt: skip
    for language in ("es", "en"):
        territories = Locale(language).territories
        for code, short in alpha2.items():
            party = register.directory.by_code[code]
            assert party.name.shown(language) == territories[short]
            assert short in party.aliases
