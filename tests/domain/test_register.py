"""Look-ups: references, parties by any of their names."""

import pytest

from grcm_cli.domain.model import Reference
from grcm_cli.language.text import fold
from grcm_cli.storage.loader import load

from ..conftest import DATA, Folder


@pytest.mark.parametrize(
    ("text", "inside", "expected"),
    [
        pytest.param("WG-2002-10", None, Reference("WG-2002-10"), id="a meeting"),
        pytest.param("WG-2002-10/8", None, Reference("WG-2002-10", "8"), id="a conclusion"),
        pytest.param("WG-2002-10/8#2", None, Reference("WG-2002-10", "8", 2), id="a mandate"),
        pytest.param(
            "8#1", "WG-2002-10", Reference("WG-2002-10", "8", 1), id="inside its own file"
        ),
        pytest.param("8", "WG-2002-10", Reference("WG-2002-10", "8"), id="a number alone"),
        pytest.param(
            "AG/RES.7",
            "WG-2002-10",
            Reference("WG-2002-10", "AG/RES.7"),
            id="a symbol with a slash",
        ),
        pytest.param(
            "WG-2002-10/AG/RES.7#1",
            None,
            Reference("WG-2002-10", "AG/RES.7", 1),
            id="and from outside",
        ),
        pytest.param(
            "99", "WG-2002-10", Reference("WG-2002-10", "99"), id="a number that is not there"
        ),
        pytest.param("8#0", "WG-2002-10", None, id="mandates count from 1"),
        pytest.param("8#x", "WG-2002-10", None, id="a mandate's place is a number"),
        pytest.param("8#", "WG-2002-10", None, id="nothing after #"),
        pytest.param("", None, None, id="nothing"),
        pytest.param("/8", None, None, id="no meeting"),
        pytest.param("WG-2002-10/", None, None, id="no number"),
        pytest.param("WG-2002-10#1", None, None, id="a mandate of a meeting"),
        pytest.param("8#²", "WG-2002-10", None, id="a digit of another kind"),
    ],
)
def test_references(
    folder: Folder, text: str, inside: str | None, expected: Reference | None
) -> None:
    folder.meeting(
        "- {number: 8, text: T, mandates: [{responsible: AAA}, {responsible: BBB}]}\n"
        "- {number: AG/RES.7, text: T, responsible: AAA}\n"
    )
    assert folder.register().parse_reference(text, inside) == expected


def test_a_reference_is_written_as_short_as_it_can_be(folder: Folder) -> None:
    folder.meeting(
        "- {number: 8, text: T, mandates: [{responsible: AAA}, {responsible: BBB}]}\n"
        "- {number: 9, text: T, responsible: AAA}\n"
    )
    register = folder.register()
    addresses = [str(adopted.reference) for adopted in register.all_mandates]
    assert addresses == ["WG-2002-10/8#1", "WG-2002-10/8#2", "WG-2002-10/9"]


@pytest.mark.parametrize(
    "word", ["MEX", "mex", "mx", "México", "mexico", "MEXICO", "Mexico", " m e x ", "Me\u0301xico"]
)
def test_a_party_is_found_by_any_of_its_names(word: str) -> None:
    register = load(DATA, DATA).register
    assert register is not None
    assert [party.code for party in register.directory.named(word)] == ["MEX"]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("EEUU", "USA"),
        ("EE. UU.", "USA"),
        ("estados unidos de america", "USA"),
        ("IOM", "OIM"),
        ("presidencia pro-tempore", "PPT"),
        ("Secretaría Técnica", "ST"),
        ("grupo regional de consulta sobre migración", "GRCM"),
        ("Presidencia Pro Témpore", "PPT"),
        ("Presidencia pro\u2010témpore", "PPT"),
    ],
)
def test_offices_organizations_and_bodies_too(word: str, code: str) -> None:
    register = load(DATA, DATA).register
    assert register is not None
    assert [party.code for party in register.directory.named(word)] == [code]


@pytest.mark.parametrize(
    ("word", "code"), [("MXE", "MEX"), ("Mejico", "MEX"), ("Gautemala", "GTM"), ("Panma", "PAN")]
)
def test_a_near_miss_is_suggested(word: str, code: str) -> None:
    register = load(DATA, DATA).register
    assert register is not None
    assert register.directory.named(word) == []
    assert register.directory.choices().near(word) == code


@pytest.mark.parametrize("word", ["México", "mx", "MEX"])
def test_what_is_no_miss_at_all_is_nearest(word: str) -> None:
    register = load(DATA, DATA).register
    assert register is not None
    assert register.directory.choices().near(word) == "MEX"


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


def test_nothing_near_suggests_nothing() -> None:
    register = load(DATA, DATA).register
    assert register is not None
    assert register.directory.choices().near("Wxyzw") is None


def test_a_name_that_two_share_means_both(folder: Folder) -> None:
    folder.write(
        "register.yaml",
        "process: {code: EX, name: X}\nmembers:\n  AAA: {name: Guinea}\n  BBB: {name: guinea}\n",
    )
    assert [p.code for p in folder.register().directory.named("GUINEA")] == ["AAA", "BBB"]


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("Côte d\u2019Ivoire", ["CIV"]),
        ("cote d'ivoire", ["CIV"]),
        ("A-B", ["A-B"]),
        ("ab", ["AB"]),
        ("Guinea\u2011Bissau", ["AB", "GNB"]),
    ],
)
def test_neither_apostrophes_nor_hyphens_matter(
    word: str, codes: list[str], folder: Folder
) -> None:
    folder.write(
        "register.yaml",
        "process: {code: EX, name: X}\nmembers:\n  CIV: {name: Côte d'Ivoire}\n"
        "  A-B: {name: Uno}\n  AB: {name: Guinea Bissau}\n  GNB: {name: Guinea-Bissau}\n",
    )
    assert [party.code for party in folder.register().directory.named(word)] == codes


def test_a_code_is_its_own_party_s_before_it_is_another_s_alias(folder: Folder) -> None:
    folder.write(
        "register.yaml",
        "process: {code: EX, name: X}\n"
        "members:\n  AAA: {name: Uno, aliases: [BBB]}\n  BBB: {name: Dos}\n",
    )
    assert [p.code for p in folder.register().directory.named("bbb")] == ["BBB"]


def test_folding() -> None:
    assert fold(" EE. UU. ") == fold("ee uu") == "eeuu"
    assert fold("México") == fold("ME\u0301XICO") == "mexico"
