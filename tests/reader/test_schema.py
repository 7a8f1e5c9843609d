"""The schema and the reader are made from one table, and say yes and no to the same files.

`python -m tests.reader.test_schema` writes `schemas/` anew.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from grcm_cli.commands.schema import READER, reader_schema
from grcm_cli.domain.due_forms import DEVICE, due_examples, fault_of_id, parse_due
from grcm_cli.domain.findings import Finding, errors
from grcm_cli.domain.periods import parse_day
from grcm_cli.language.text import set_language
from grcm_cli.reader import events, fields, schema
from grcm_cli.reader.events import Mapping, Node, Scalar, Sequence
from grcm_cli.reader.fields import Field, Table
from grcm_cli.reader.schema import Names, file_schema, names_of
from grcm_cli.storage.loader import load

from ..conftest import DATA, ROOT, Folder, run_grcm
from .conftest import read_file

FOLDER = ROOT / "schemas"


def value(node: Node | None) -> Any:
    """Return a node as an editor's YAML server sees it: the core schema, no dates."""
    match node:
        case Scalar(text=text, is_null=is_null):
            if is_null:
                return None
            if re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
                return int(text)
            return text == "true" if text in ("true", "false") else text
        case Sequence(items=items):
            return [value(item) for item in items]
        case Mapping(items=pairs):
            return {key.text: value(inner) for key, inner in pairs}
        case None:
            return None


def verdicts(kind: str, text: str) -> tuple[bool, bool]:
    """Return whether the reader and whether the schema take a file."""
    found: list[Finding] = []
    read_file(kind, text.encode(), found)
    ignored: list[Finding] = []
    instance = value(events.read_tree("f", text.encode(), ignored))
    return not errors(found), Draft7Validator(file_schema(kind)).is_valid(instance)


def dump(thing: object) -> str:
    """Return plain values as YAML; JSON is YAML."""
    return json.dumps(thing, ensure_ascii=False)


# --- files that are right ---------------------------------------------------------------------

DAY = st.dates().map(str)
WORD = st.text("abcXYZ ñé", min_size=1, max_size=12).map(lambda word: f"w{word}")
TEXT = st.one_of(WORD, st.dictionaries(st.sampled_from(["es", "en", "pt"]), WORD, min_size=1))
CODE = st.from_regex(r"[A-Z][A-Z0-9-]{1,5}", fullmatch=True).filter(
    lambda code: DEVICE.fullmatch(code) is None
)
CODES = st.one_of(CODE, st.lists(CODE, max_size=3, unique=True))
SOME_CODES = st.one_of(CODE, st.lists(CODE, min_size=1, max_size=3, unique=True))
DUE = st.sampled_from(
    ["every year on 02-29", "every 6 months", "every week", "every GRCM",
     "2003-01-15", "2003-Q1", 2003, "next GRCM", "CRM-2003-05", "within 60 days", "ongoing", "asap",
     "2003-02-06/2003-02-07", "within 6 months of 2003-01-15", "within 1 year of CRM-2003-05"]
)  # fmt: skip
KINDS: dict[str, Callable[[Field], st.SearchStrategy[Any]]] = {
    "line": lambda _f: st.one_of(WORD, st.integers(0, 9999)),
    "lines": lambda _f: st.one_of(WORD, st.lists(WORD, max_size=3)),
    "email": lambda _f: st.just("a.b@example.org"),
    "emails": lambda _f: st.sampled_from(["a.b@example.org", ["a@example.org", "b@x-y.example"]]),
    "text": lambda _f: TEXT,
    "texts": lambda _f: st.one_of(TEXT, st.lists(TEXT, max_size=3)),
    "day": lambda _f: DAY,
    "language": lambda _f: st.sampled_from(["es", "en"]),
    "languages": lambda _f: st.lists(st.sampled_from(["es", "en"]), min_size=1, max_size=2),
    "id": lambda _f: st.from_regex(r"[A-Z][A-Za-z0-9-]{0,20}[A-Z]", fullmatch=True).filter(
        lambda identity: not fault_of_id(identity)
    ),
    "number": lambda _f: st.one_of(st.integers(1, 99), st.sampled_from(["12.a", "IV.3"])),
    "code": lambda _f: CODE,
    "codes": lambda _f: CODES,
    "reference": lambda _f: st.sampled_from(["GRCM-2002-10/8#1", 8]),
    "references": lambda _f: st.lists(st.sampled_from(["8#1", 9]), max_size=2),
    "flag": lambda _f: st.booleans(),
    "word": lambda f: st.sampled_from(list(f.choices)),
    "words": lambda f: st.lists(st.sampled_from(list(f.choices)), max_size=2),
    "due": lambda _f: DUE,
    "until": lambda _f: st.sampled_from(["2003-05-31", 2007, "2007-H2"]),
    "occurrence": lambda _f: st.one_of(DAY, st.just("GRCM-2003-05")),
    "members": lambda _f: st.one_of(SOME_CODES, mapping(fields.ALL)),
    "responsible": lambda _f: st.one_of(CODES, mapping(fields.EACH)),
    "group": lambda _f: st.one_of(st.sampled_from(sorted(fields.GROUPS)), CODES),
}


PARTS = ("part", "parts", "by_code", "by_language")


def mapping(
    table: Table, leave: tuple[str, ...] = (), **parts: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings that have the required keys of a table and any of the others."""
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in table.items():
        if name in leave:
            continue
        if field.kind in PARTS and name not in parts:
            continue
        strategy = parts[name] if name in parts else KINDS[field.kind](field)
        (required if field.required else optional)[name] = strategy
    return st.fixed_dictionaries(required, optional=optional)


def by_code(party: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(CODE, party, max_size=3)


MANDATE = mapping(fields.MANDATE).filter(lambda m: any(k in m for k in fields.MANDATE_NEEDS))
EXTENDS = st.lists(mapping(fields.EXTENSION, parties=SOME_CODES), max_size=2)
REASSIGNS = st.lists(mapping(fields.REASSIGNMENT, to=SOME_CODES), max_size=2)
WITH_MANDATES = mapping(
    fields.CONCLUSION,
    tuple(fields.OWN_MANDATE),
    mandates=st.lists(MANDATE, max_size=2),
    extends=EXTENDS,
    reassigns=REASSIGNS,
)
CONCLUSION = st.one_of(
    mapping(fields.CONCLUSION, extends=EXTENDS, reassigns=REASSIGNS), WITH_MANDATES
)
FILES = {
    "register": mapping(
        fields.REGISTER,
        process=mapping(fields.PROCESS, secretariat=mapping(fields.SECRETARIAT)),
        bodies=by_code(mapping(fields.PARTY)),
        members=by_code(mapping(fields.MEMBER, contact=mapping(fields.CONTACT))),
        offices=by_code(mapping(fields.OFFICE, terms=st.lists(mapping(fields.TERM), max_size=2))),
        organizations=by_code(mapping(fields.PARTY)),
        groups=by_code(mapping(fields.GROUP)),
        themes=by_code(mapping(fields.THEME)),
    ),
    "meeting": mapping(fields.MEETING, conclusions=st.lists(CONCLUSION, max_size=3)),
    "progress": st.lists(mapping(fields.ENTRY), max_size=3),
}
SCHEMAS: dict[str, Callable[[], dict[str, object]]] = {
    **{kind: partial(file_schema, kind) for kind in FILES},
    **{kind: partial(reader_schema, kind) for kind in READER},
}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_one_and_the_committed_file_is_it(kind: str) -> None:
    made = SCHEMAS[kind]()
    Draft7Validator.check_schema(made)
    committed = (FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert json.loads(committed) == made


def test_every_key_is_described_in_both_languages() -> None:
    text = json.dumps([file_schema(kind) for kind in FILES], ensure_ascii=False)
    for description in re.findall(r'"(?:description|errorMessage)": "([^"]*)"', text):
        english, spanish = description.split(" · ")
        assert english.endswith(".")
        assert spanish.endswith(".")
        assert english != spanish


FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", FILES)
@FEW
@given(data=st.data())
def test_a_file_that_is_right_is_right_to_both(kind: str, data: st.DataObject) -> None:
    text = dump(data.draw(FILES[kind]))
    assert verdicts(kind, text) == (True, True), text


# --- and wrong --------------------------------------------------------------------------------

MINIMAL: dict[str, Any] = {
    "register": {
        "process": {"code": "EX", "name": "Ejemplo", "secretariat": {"place": "Uno"}},
        "members": {"AAA": {"name": "Uno", "contact": {"name": "Dos"}}},
        "groups": {"ISL": {"name": "Tres", "members": {"all": "members", "except": "AAA"}}},
        "themes": {"AGUA": {"name": "Agua"}},
        "offices": {"CH": {"name": "Dos", "terms": [{"holder": "AAA", "from": "2002-01-01"}]}},
    },
    "meeting": {
        "id": "GRCM-2002-10",
        "body": "GRCM",
        "start": "2002-10-29",
        "conclusions": [
            {"number": 8, "text": "T", "mandates": [{"responsible": {"each": "members"}}]},
            {"number": 9, "text": "T", "due": "2003-Q1"},
            {"number": 10, "text": "T", "extends": [{"mandate": "8#1", "due": "2003"}]},
            {"number": 11, "text": "T", "reassigns": [{"mandate": "8#1", "to": "AAA"}]},
        ],
    },
    "progress": [{"mandate": "GRCM-2002-10/8#1", "date": "2003-01-10", "progress": "done"}],
}
PLACES: dict[tuple[str, str], Table] = {
    ("register", ""): fields.REGISTER,
    ("register", "process"): fields.PROCESS,
    ("register", "members AAA"): fields.MEMBER,
    ("register", "offices CH"): fields.OFFICE,
    ("register", "offices CH terms 0"): fields.TERM,
    ("register", "groups ISL"): fields.GROUP,
    ("register", "groups ISL members"): fields.ALL,
    ("register", "themes AGUA"): fields.THEME,
    ("register", "process secretariat"): fields.SECRETARIAT,
    ("register", "members AAA contact"): fields.CONTACT,
    ("meeting", ""): fields.MEETING,
    ("meeting", "conclusions 0"): fields.CONCLUSION,
    ("meeting", "conclusions 0 mandates 0"): fields.MANDATE,
    ("meeting", "conclusions 0 mandates 0 responsible"): fields.EACH,
    ("meeting", "conclusions 2 extends 0"): fields.EXTENSION,
    ("meeting", "conclusions 3 reassigns 0"): fields.REASSIGNMENT,
    ("progress", "0"): fields.ENTRY,
}


def at(document: Any, place: str) -> Any:
    for step in place.split():
        document = document[int(step) if step.isdigit() else step]
    return document


def changed(kind: str, place: str, change: Callable[[dict[str, Any]], object]) -> str:
    """Return the minimal file with one part of it changed."""
    document = json.loads(json.dumps(MINIMAL[kind]))
    change(at(document, place))
    return dump(document)


def mistakes() -> Iterator[Any]:
    for (kind, place), table in PLACES.items():
        where = f"{kind} {place}".strip()
        present = at(MINIMAL[kind], place)
        yield pytest.param(kind, place, "zzz", "x", id=f"{where}: unknown key")
        for name, field in table.items():
            if field.required and name in present:
                yield pytest.param(kind, place, name, None, id=f"{where}: no {name}")
            if field.kind not in (*PARTS, "group"):
                yield pytest.param(kind, place, name, {"zzz": {"y": "x"}}, id=f"{where}: {name}")
            yield pytest.param(kind, place, name, [[["x"]]], id=f"{where}: {name} in lists")


@pytest.mark.parametrize("kind", MINIMAL)
def test_the_smallest_file_is_right(kind: str) -> None:
    assert verdicts(kind, dump(MINIMAL[kind])) == (True, True)


@pytest.mark.parametrize(("kind", "place", "key", "wrong"), list(mistakes()))
def test_what_is_wrong_is_wrong_to_both(kind: str, place: str, key: str, wrong: object) -> None:
    def change(part: dict[str, Any]) -> None:
        if wrong is None:
            del part[key]
        else:
            part[key] = wrong

    assert verdicts(kind, changed(kind, place, change)) == (False, False)


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        *((text, (True, True)) for text in ("ATM", "At-1", "CONSEJO", "EVERY-1", "1-A", "COM10")),
        *((text, (False, False)) for text in ("AT", "at", "Next", "EVERY", "asap", "Within")),
        *((text, (False, False)) for text in ("CON", "Nul", "com1", "2003", "2003-Q1", "2003-1")),
    ],
)  # fmt: skip
def test_an_id_is_one_to_both_or_to_neither(identity: str, expected: tuple[bool, bool]) -> None:
    text = dump({"id": identity, "body": "GRCM", "start": "2002-10-29"})
    assert verdicts("meeting", text) == expected


# --- days and deadlines --------------------------------------------------------------------------


MEETING = Draft7Validator(file_schema("meeting"))


def fits(key: str, value: object) -> bool:
    """Tell whether a mandate's key may have a value."""
    document = json.loads(json.dumps(MINIMAL["meeting"]))
    document["conclusions"][1][key] = value
    return MEETING.is_valid(document)


def test_a_day_is_one_of_the_calendar() -> None:
    keys = file_schema("meeting")["properties"]
    assert isinstance(keys, dict)
    day = Draft7Validator(keys["start"])
    for year in (0, 1, 4, 100, 1900, 2000, 2003, 2004, 2100, 9999):
        for month in range(14):
            for number in range(33):
                text = f"{year:04}-{month:02}-{number:02}"
                assert day.is_valid(text) is (parse_day(text) is not None), text


@pytest.mark.parametrize(
    "text",
    [
        *("soonish", "Soonish", "pronto", "next", "next week", "next grcm", "ASAP", "Ongoing"),
        *("2002-13-45", "2003-02-30", "2003-02-29", "2003-00", "2003-13", "2003-Q5", "2003-H3"),
        *("2003-W05", "15/01/2003", "20030115", "2003-1-5", "0000", "0000-01-01", ""),
        *("2003-02-06/2003-02-30", "2003-02/2003-03", "every", "every year on 02-30"),
        *("every year on 13-01", "within 60", "within 0 days", "within days", "within 6 days of",
          "30 days before", "0 days before next GRCM", "30 days before 2003-01-15",
          "30 days before soonish", "30 days before next", "before next GRCM",
          "within 6 days of soonish", "within 6 days of 2003-02-30", "60 dias", "next GRCM "),
    ],
)  # fmt: skip
def test_what_is_no_deadline_does_not_pass(text: str) -> None:
    assert not fits("due", text)


@pytest.mark.parametrize(
    "form",
    [
        *due_examples(),
        *("2004-02-29", "9999-12-31", "every year on 02-29", "within 1 week"),
        *("CUMBRE", "crm-2003-05", 2003),
    ],
)
def test_what_is_a_deadline_passes(form: str | int) -> None:
    assert parse_due(str(form)) is not None
    assert fits("due", form)


@given(st.text("0123456789-/QHW nextwihdaysofCRMGasp", max_size=24))
@settings(max_examples=300)
def test_what_is_a_deadline_to_the_reader_is_one_to_the_schema(text: str) -> None:
    """But for an id of a meeting in small letters without a digit: see `soonish`."""
    found = parse_due(text)
    word = (found and found.meeting) or ""
    if found is not None and (not word or re.search("[0-9]", word) or word.isupper()):
        assert fits("due", text)


def test_an_editor_suggests_every_form_of_a_deadline() -> None:
    found = snippets()
    assert {text: re.sub(r"\$\{[0-9]:(.*?)\}", r"\1", found[text]) for text in found} == {
        text: text for text in due_examples()
    }
    assert found["30 days before next GRCM"] == "${1:30} ${2:days} before next ${3:GRCM}"


def snippets() -> dict[str, str]:
    """Return what an editor inserts for each form of a deadline, in a record without names."""
    definitions = file_schema("meeting")["definitions"]
    offered = definitions["due"]["defaultSnippets"]
    return {snippet["label"]: snippet["body"] for snippet in offered}


# --- with the names of a record ------------------------------------------------------------------


def names(folder: Folder) -> Names:
    register = folder.load().register
    assert register is not None
    return names_of(register, "en")


def test_the_names_of_a_record_are_enumerated_with_their_meaning(folder: Folder) -> None:
    folder.mandate("action: Hacer, responsible: AAA")
    found = json.dumps(file_schema("meeting", names(folder)), ensure_ascii=False)
    party = file_schema("meeting", names(folder))["definitions"]["party"]
    meanings = dict(zip(party["enum"], party["enumDescriptions"], strict=True))
    assert meanings == {
        "WG": "Grupo de Trabajo", "CO": "Conferencia", "AAA": "Amber", "BBB": "Brezo",
        "CCC": "Cedro", "DDD": "Dalia", "CH": "Chair", "ORG": "Organización",
    }  # fmt: skip
    assert '{"label": "next WG", "body": "next WG", "description": "Grupo de Trabajo"}' in found
    assert '{"label": "WG-2002-10", "body": "WG-2002-10", "description": "2002-10-29"}' in found
    assert '{"label": "WG-2002-10/1", "body": "WG-2002-10/1", "description": "Hacer"}' in found


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("body", ["WG", "CO"], ["AAA", "XX", "wg"]),
        ("country", ["AAA"], ["WG", "ORG", "MEX"]),
        ("participants", ["AAA", ["AAA", "ORG"]], ["Amber", ["AAA", "XXX"]]),
        ("responsible", ["CH", ["AAA", "BBB"], {"each": "members"}, {"each": ["AAA"]},
                         {"each": "participants", "except": "AAA"}, []],
         ["ZZ", ["AAA", "ZZ"], {"each": "member"}, {"each": "members", "except": "ZZ"}]),
        ("support", ["ORG", []], ["Org"]),
        ("due", ["next WG", "every CO", "WG-2002-10", "within 3 weeks of WG-2002-10", 2003],
         ["next XX", "every XX", "WG-2002-11", "within 3 weeks of WG-2002-11", "AAA"]),
    ],
)  # fmt: skip
def test_a_name_that_the_record_lacks_does_not_pass(
    folder: Folder, key: str, right: list[object], wrong: list[object]
) -> None:
    folder.mandate("responsible: AAA")
    known = names(folder)
    document = {"body": "WG"}
    for value in right:
        assert fits_with(document | {key: value}, known), value
    for value in wrong:
        assert not fits_with(document | {key: value}, known), value


def fits_with(keys: dict[str, object], known: Names) -> bool:
    own = {key: keys.pop(key) for key in list(keys) if key not in fields.MEETING}
    conclusion = {"number": 1, "text": "T", **own}
    document = {"id": "N", "start": "2002-10-29", "conclusions": [conclusion], **keys}
    return Draft7Validator(file_schema("meeting", known)).is_valid(document)


def test_the_repository_s_data_fits_every_schema_and_its_own() -> None:
    register = load(DATA, DATA).register
    assert register is not None
    known = names_of(register, "es")
    for kind, files in (("register", "register.yaml"), ("meeting", "meetings/*.yaml")):
        for path in DATA.glob(files):
            assert verdicts(kind, path.read_text(encoding="utf-8")) == (True, True), path
            instance = value(events.read_tree("f", path.read_bytes(), []))
            assert Draft7Validator(file_schema(kind, known)).is_valid(instance), path


@pytest.mark.parametrize("kind", FILES)
def test_a_record_with_nothing_in_it_has_a_schema(kind: str, folder: Folder) -> None:
    folder.write("register.yaml", "process: {code: EX, name: Ejemplo}\n")
    Draft7Validator.check_schema(file_schema(kind, names(folder)))
    if kind != "register":
        assert Draft7Validator(file_schema(kind, names(folder))).is_valid(MINIMAL[kind])


def test_names_are_text_and_no_snippet(folder: Folder) -> None:
    """A snippet of an editor has commands; only codes, ids and references are inserted."""
    text = "$(x) ${1:y} [a](command:b) \\x1b[31m"
    folder.meeting(f'- {{number: 1, text: "{text}", responsible: AAA}}\n')
    for kind in FILES:
        document = json.dumps(file_schema(kind, names(folder)))
        assert not re.search(r"\\u001b|markdown", document)
        inserted = re.findall(r'"body": "(.*?)"', document)
        generic = {*snippets().values()}
        assert all(re.fullmatch(r"[A-Za-z0-9./# -]+", word) for word in {*inserted} - generic)


def test_only_the_latest_mandates_are_suggested(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_MOST_REFERENCES", 3)
    two = "".join(f"- {{number: {n}, text: T, responsible: AAA}}\n" for n in (1, 2))
    folder.meeting(two, id="WG-2001-10", start="2001-10-01", end="2001-10-01")
    folder.meeting(two, id="WG-2002-10")
    assert list(names(folder).mandates) == ["WG-2002-10/1", "WG-2002-10/2", "WG-2001-10/1"]


@pytest.mark.parametrize("kind", FILES)
def test_the_command_prints_either(kind: str, tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    general = run_grcm("schema", kind, cwd=tmp_path)
    assert (general.code, json.loads(general.out)) == (0, file_schema(kind))
    register = load(DATA, DATA).register
    assert register is not None
    ran = run_grcm("schema", kind, "--data", "data", "--lang", "es", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == file_schema(kind, names_of(register, "es"))
    (tmp_path / "data/meetings/CRM-2003-05.yaml").write_text("id: [", encoding="utf-8")
    broken = run_grcm("schema", kind, "--data", "data", cwd=tmp_path)
    assert (broken.code, "CRM-2003-05.yaml" in broken.err) == (1, True)
    if kind == "meeting":  # a reference into a file that cannot be read is none that is wrong
        assert "CRM-2003-05" in broken.out
    nowhere = run_grcm("schema", kind, "--data", "nowhere", cwd=tmp_path)
    assert (nowhere.code, nowhere.out) == (2, "")


if __name__ == "__main__":
    set_language("en")
    FOLDER.mkdir(exist_ok=True)
    for name, make in SCHEMAS.items():
        written = json.dumps(make(), ensure_ascii=False, indent=2) + "\n"
        (FOLDER / f"{name}.schema.json").write_text(written, encoding="utf-8")
