"""Look-ups: references, parties by any of their names."""

import pytest

from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import fold
from grcm_cli.storage.loader import load

from ..conftest import DATA, Folder, table


@pytest.mark.parametrize(
    ("text", "expected"),
    table("""
# a meeting
WG-2002-10 | WG-2002-10
# a conclusion
WG-2002-10/8 | WG-2002-10 8
# a mandate
WG-2002-10/8#2 | WG-2002-10 8 2
# inside its own file
in WG-2002-10: 8#1 | WG-2002-10 8 1
# a number alone
in WG-2002-10: 8 | WG-2002-10 8
# a symbol with a slash
in WG-2002-10: AG/RES.7 | WG-2002-10 AG/RES.7
# and from outside
WG-2002-10/AG/RES.7#1 | WG-2002-10 AG/RES.7 1
# a number that is not there
in WG-2002-10: 99 | WG-2002-10 99
# mandates count from 1
in WG-2002-10: 8#0 |
# a mandate's place is a number
in WG-2002-10: 8#x |
# nothing after #
in WG-2002-10: 8# |
# a digit of another kind
in WG-2002-10: 8#² |
# nothing
 |
# no meeting
/8 |
# no number
WG-2002-10/ |
# a mandate of a meeting
WG-2002-10#1 |
"""),
)
def test_references(folder: Folder, text: str, expected: str) -> None:
    folder.meeting(
        "- {number: 8, text: T, mandates: [{responsible: AAA}, {responsible: BBB}]}\n"
        "- {number: AG/RES.7, text: T, responsible: AAA}\n"
    )
    inside, _colon, alone = text.rpartition(": ")
    found = folder.register().parse_reference(alone, inside.removeprefix("in ") or None)
    meeting, number, ordinal = (*expected.split(), "", "", "")[:3]
    reference = Reference(meeting, number or None, int(ordinal) if ordinal else None)
    assert found == (reference if meeting else None)


def test_a_reference_is_written_as_short_as_it_can_be(folder: Folder) -> None:
    folder.meeting(
        "- {number: 8, text: T, mandates: [{responsible: AAA}, {responsible: BBB}]}\n"
        "- {number: 9, text: T, responsible: AAA}\n"
    )
    register = folder.register()
    addresses = [str(adopted.reference) for adopted in register.all_mandates]
    assert addresses == ["WG-2002-10/8#1", "WG-2002-10/8#2", "WG-2002-10/9"]


@pytest.fixture(scope="module")
def own() -> Register:
    """Return the register of the repository's own data."""
    register = load(DATA, DATA).register
    assert register is not None
    return register


OF_MEXICO = ("MEX", "mex", "mx", "México", "mexico", "MEXICO", "Mexico", " m e x ", "Me\u0301xico")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *((word, "MEX") for word in OF_MEXICO),
        *(("EEUU", "USA"), ("EE. UU.", "USA"), ("estados unidos de america", "USA")),
        *(("IOM", "OIM"), ("presidencia pro-tempore", "PPT"), ("Presidencia Pro Témpore", "PPT")),
        *(("Presidencia pro\u2010témpore", "PPT"), ("Secretaría Técnica", "ST")),
        ("grupo regional de consulta sobre migración", "GRCM"),
    ],
)
def test_a_party_is_found_by_any_of_its_names(own: Register, word: str, code: str) -> None:
    assert [party.code for party in own.directory.named(word)] == [code]


@pytest.mark.parametrize(
    ("word", "code", "is_name"),
    [
        *(("MXE", "MEX", False), ("Mejico", "MEX", False), ("Gautemala", "GTM", False)),
        *(("Panma", "PAN", False), ("Wxyzw", None, False)),
        *(("México", "MEX", True), ("mx", "MEX", True), ("MEX", "MEX", True)),
    ],
)
def test_a_near_miss_is_suggested(
    own: Register, word: str, code: str | None, *, is_name: bool
) -> None:
    assert bool(own.directory.named(word)) is is_name
    assert own.directory.choices().near(word) == code


def test_parties_that_are_as_near_are_all_suggested(folder: Folder) -> None:
    folder.write(
        "register.yaml",
        "process: {code: EX, name: X}\nmembers:\n  NER: {name: Niger}\n  NGA: {name: Nigeria}\n"
        "  GIN: {name: Guinea}\n  GNB: {name: Guinea-Bissau}\n  GNQ: {name: Guinea Ecuatorial}\n"
        "  GUA: {name: Guinea Alta}\n",
    )
    question = folder.register().directory.choices().question
    assert question("Nigera") == "did you mean 'NER' (Niger) or 'NGA' (Nigeria)?"
    assert question("Gui") == ""  # too many


@pytest.mark.parametrize(
    ("word", "codes"),
    table("""
Côte d\u2019Ivoire | CIV
cote d'ivoire | CIV
A-B | A-B
ab | AB
Guinea\u2011Bissau | AB GNB
# a name that two share means both
TOGO | TGO TOG
# a code is its own party's before it is another's alias
bbb | BBB
"""),
)
def test_neither_case_nor_apostrophes_nor_hyphens_matter(
    word: str, codes: str, folder: Folder
) -> None:
    folder.write(
        "register.yaml",
        "process: {code: EX, name: X}\nmembers:\n  CIV: {name: Côte d'Ivoire}\n"
        "  A-B: {name: Uno}\n  AB: {name: Guinea Bissau}\n  GNB: {name: Guinea-Bissau}\n"
        "  TGO: {name: Togo}\n  TOG: {name: togo}\n"
        "  AAA: {name: Dos, aliases: [BBB]}\n  BBB: {name: Tres}\n",
    )
    found = folder.register().directory.named(word)
    assert " ".join(party.code for party in found) == codes


def test_folding() -> None:
    assert fold(" EE. UU. ") == fold("ee uu") == "eeuu"
    assert fold("México") == fold("ME\u0301XICO") == "mexico"
