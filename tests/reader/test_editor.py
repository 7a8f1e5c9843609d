"""What an editor shows: yaml-language-server on the data, on mistakes, and where a value is typed.

Run by `make editor`: npm takes a minute to install the server, which the cache of pytest keeps.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grcm_cli.domain.due_forms import due_examples
from grcm_cli.reader import fields

from ..conftest import DATA, run_grcm
from .language_server import Client, installed

pytestmark = pytest.mark.package
FILES = {"register": "register*.yaml", "meeting": "meetings/*.yaml", "progress": "progress/*.yaml"}


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Path:
    found = installed(request.config.cache.mkdir("yaml-language-server"))
    if found is None:
        pytest.skip("yaml-language-server cannot be installed: there is no npm, or no network")
    return found


def client(server: Path, folder: Path, *options: str) -> Client:
    """Return a client of the data in a folder, with the schemas that grcm prints."""
    shutil.copytree(DATA, folder / "data")
    schemas = {}
    for kind, files in FILES.items():
        path = folder / f"{kind}.schema.json"
        path.write_text(run_grcm("schema", kind, *options, cwd=folder).out, encoding="utf-8")
        schemas[path.as_uri()] = files
    return Client(server, folder, schemas)


@pytest.fixture(scope="module")
def general(server: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Return a client with the schemas for every record."""
    with client(server, tmp_path_factory.mktemp("general")) as found:
        yield found


@pytest.fixture(scope="module")
def own(server: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Return a client with the schemas of the record."""
    folder = tmp_path_factory.mktemp("own")
    with client(server, folder, "--data", "data", "--lang", "es") as found:
        yield found


HEAD = "id: GRCM-2002-10\nbody: GRCM\nstart: 2002-10-29\nend: 2002-10-31\n"
CONCLUSION = f"{HEAD}conclusions:\n  - number: 1\n    text: Texto.\n    "
MEETING = Path("/tmp/data/meetings/GRCM-2002-10.yaml")  # noqa: S108 - a name; the server gets its text
ENTRY = Path("/tmp/data/progress/CRI.yaml")  # noqa: S108 - the same


@pytest.mark.parametrize("name", ["general", "own"])
def test_of_the_data_nothing_is_shown(name: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(name)
    for path in sorted(DATA.rglob("*.yaml")):
        assert client.problems(path, path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("name", ["general", "own"])
@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        pytest.param(HEAD.replace("10-31", "13-45"), (4, 6), "Write a calendar date",
                     id="a day that the calendar does not have"),
        pytest.param(HEAD.replace("2002-10-31", "2002"), (4, 6), "Write a calendar date",
                     id="a number for a day"),
        pytest.param(f"{CONCLUSION}due: soonish\n", (8, 10), "Write it in one of the",
                     id="no deadline"),
        pytest.param(f"{CONCLUSION}due: [2003]\n", (8, 10), "Write it in one of the",
                     id="a list for a deadline"),
        pytest.param(f"{CONCLUSION}mandates:\n      - due: soonish\n", (9, 14),
                     "Write it in one of the", id="no deadline, inside a mandate"),
        pytest.param(f"{CONCLUSION}extends: {{mandate: 8, due: soonish}}\n", (8, 32),
                     "Write it in one of the", id="no deadline, in an extension"),
        pytest.param(f"{CONCLUSION}until: soonish\n", (8, 12), "Write a date, month, quarter",
                     id="no period"),
        pytest.param(f"{CONCLUSION}documents: [A, '']\n", (8, 20), "The text is empty",
                     id="an empty text in a list"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_a_sentence(
    name: str, request: pytest.FixtureRequest, text: str, place: tuple[int, int], expected: str
) -> None:
    client: Client = request.getfixturevalue(name)
    [(line, column, sentence)] = client.problems(MEETING, text)
    assert ((line, column), sentence.startswith(expected)) == (place, True)
    english, spanish = sentence.split(" · ")
    assert english != spanish
    assert len(english) < 200
    assert "[0-9]" not in sentence


@pytest.mark.parametrize(
    ("keys", "column", "expected"),
    [
        ("responsible: XXX", 18, "The register has no party with this code."),
        ("responsible: [CRI, XXX]", 24, "The register has no party with this code."),
        ("responsible: {each: member}", 25, "Write members, participants, or codes"),
        ("responsible: {each: members, except: [XXX]}", 43, "The register has no party"),
        ("due: next XXX", 10, "Write it in one of the"),
        ("due: CRM-2099-01", 10, "Write it in one of the"),
    ],
)
def test_a_name_that_the_record_lacks_is_told(
    own: Client, general: Client, keys: str, column: int, expected: str
) -> None:
    [(line, start, sentence)] = own.problems(MEETING, f"{CONCLUSION}{keys}\n")
    assert ((line, start), sentence.startswith(expected)) == ((8, column), True)
    assert general.problems(MEETING, f"{CONCLUSION}{keys}\n") == []


@pytest.mark.parametrize("place", ["due: |", "due: ne|", "mandates:\n      - due: |"])
def test_the_forms_of_a_deadline_are_offered(general: Client, place: str) -> None:
    offered = general.completions(MEETING, f"{CONCLUSION}{place}\n")
    assert set(offered) == due_examples().keys()
    assert offered["asap"].startswith("As soon as possible")
    assert all(" · " in about for about in offered.values())


def test_the_bodies_and_meetings_of_the_record_are_offered(own: Client) -> None:
    offered = own.completions(MEETING, f"{CONCLUSION}due: |\n")
    assert offered["next GRCM"] == "Grupo Regional de Consulta sobre Migración"
    assert {"next CRM", "every CRM", "every GRCM", "within 60 days", "2003-Q1"} < set(offered)
    assert offered["CRM-2003-05"] == "2003-05-29 · VIII Conferencia Regional sobre Migración"


@pytest.mark.parametrize(
    ("place", "more"),
    [
        ("responsible: |", set()),
        ("responsible: [|]", set()),
        ("responsible: [CRI, |]", set()),
        ("responsible:\n      - |", set()),
        ("responsible: {each: |}", {"members", "participants"}),
        ("responsible: {each: members, except: |}", set()),
        ("support: |", set()),
    ],
)
def test_the_parties_are_offered_with_their_names(own: Client, place: str, more: set[str]) -> None:
    offered = own.completions(MEETING, f"{CONCLUSION}{place}\n")
    assert (offered["MEX"], offered["PPT"]) == ("México", "Presidencia Pro-Témpore")
    schema = json.loads(run_grcm("schema", "meeting", "--data", "data").out)
    assert set(offered) == {*schema["definitions"]["party"]["enum"], *more}


def test_where_a_body_stands_bodies_are_offered(own: Client) -> None:
    assert set(own.completions(MEETING, "id: X\nbody: |\n")) == {"CRM", "GRCM"}


def test_the_mandates_are_offered_to_a_report(own: Client) -> None:
    offered = own.completions(ENTRY, "- mandate: |\n")
    assert offered["GRCM-2002-10/22"].startswith("Elaborar una propuesta de Plan de Trabajo")
    assert set(own.completions(ENTRY, "- progress: |\n")) == {
        "not-started", "started", "done", "declined", "not-applicable", "withdrawn"
    }  # fmt: skip


def test_without_a_record_a_group_is_offered(general: Client) -> None:
    offered = general.completions(MEETING, f"{CONCLUSION}responsible: {{each: |}}\n")
    assert set(offered) == {"members", "participants"}
    assert set(fields.FILES) == set(FILES)
