"""`grcm schema output`: the JSON of every command is what it says, in both languages."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.cli import command_table
from grcm_cli.cli.output_schema import LISTS, output_schema
from grcm_cli.formats.record import record_fields

from ..conftest import EVERY, ROOT, Folder, run_grcm
from ..exports.common import folders, hostile, made, run


def closed(schema: Any) -> Any:  # noqa: ANN401 - a part of a schema
    """Return a schema that takes no key but those that it names: what is published is open."""
    match schema:
        case dict():
            parts = {key: closed(part) for key, part in schema.items()}
            return {"additionalProperties": False, **parts} if "required" in schema else parts
        case list():
            return [closed(part) for part in schema]
        case _:
            return schema


VALIDATOR = jsonschema.Draft7Validator(
    closed(output_schema()), format_checker=jsonschema.FormatChecker()
)
COMMANDS = {
    "due": ["due", "--all"],
    "overdue": ["overdue"],
    "tasks": ["tasks", "CRI", "--all"],
    "supports": ["tasks", "OIM"],
    "show a conclusion": ["show", "GRCM-2002-10/8"],
    "show a number with parts": ["show", "GRCM-2002-10/12"],
    "show an office": ["show", "PPT"],
    "show a body": ["show", "CRM"],
    "show a meeting": ["show", "GRCM-2002-10"],
    "show a mandate": ["show", "GRCM-2002-10/8#2"],
    "meetings": ["meetings"],
    "search": ["search", "taller"],
    "matrix": ["matrix"],
    "stats": ["stats"],
    "changes": ["changes", "--since", "2002-10-01"],
    "changes by party": ["changes", "--since-last", "GRCM", "--by", "party"],
    "due unreported": ["due", "--unreported"],
    "log": ["log", "GRCM-2002-10/8#1"],
    "diff": ["diff", "HEAD"],
    "validate": ["validate"],
    "remind": ["remind", "CRI"],
    "remind all": ["remind", "--all", "--within", "200"],
    "export": ["export", "json"],
}
WITHOUT_JSON = {
    *("agenda", "cache", "completion", "draft", "explain", "help", "import", "init", "new"),
    *("lsp", "record", "rename"),
    *("schema", "site"),
}
TEXTS_OF_PEOPLE = {
    *("language", "message", "hint", "text", "html", "subject", "party_names", "title"),
    *("name", "other_names"),
}


def answer(*command: str, cwd: Path = ROOT, lang: str = "en") -> dict[str, Any]:
    """Return the JSON of a command, checked against the schema."""
    shape = [] if "json" in command else ["--format", "json"]
    ran = run_grcm("--lang", lang, *command, *shape, "--as-of", "2003-02-01", cwd=cwd)
    assert ran.code in (0, 1), ran.err
    document: dict[str, Any] = json.loads(ran.out)
    VALIDATOR.validate(document)
    return document


def facts(value: object) -> object:
    """Return a document without the texts that are for people."""
    match value:
        case dict():
            kept = {key: facts(one) for key, one in value.items() if key not in TEXTS_OF_PEOPLE}
            return {key: one for key, one in kept.items() if key != "language"}
        case list():
            return [facts(one) for one in value]
        case _:
            return value


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(output_schema())
    assert json.loads(run_grcm("schema", "output").out) == output_schema()


def test_the_schema_takes_further_keys() -> None:
    found = json.loads(run_grcm("meetings", "--format", "json", cwd=ROOT).out)
    found["meetings"][0]["later"] = found["later"] = 1
    jsonschema.Draft7Validator(output_schema()).validate(found)
    assert not VALIDATOR.is_valid(found)


def test_every_document_is_the_answer_of_a_command() -> None:
    keys = {key for command in COMMANDS.values() for key in answer(*command)}
    assert set(LISTS) <= keys


@pytest.mark.parametrize("kind", LISTS.values())
def test_every_field_of_a_record_is_described(kind: type[Any]) -> None:
    assert all(field.about.endswith(".") for field in record_fields(kind, of_several=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_json_of_a_command_is_as_published_in_both_languages(name: str) -> None:
    english, spanish = (answer(*COMMANDS[name], lang=lang) for lang in ("en", "es"))
    assert facts(english) == facts(spanish)


def test_every_command_with_a_format_json_is_here() -> None:
    named = {command[0] for command in COMMANDS.values()}
    assert set(command_table.NAMES) == named | WITHOUT_JSON


def commands_of(folder: Path) -> Iterator[list[str]]:
    for command in ("due", "overdue", "matrix", "stats", "meetings", "validate"):
        yield ["--data", str(folder), command]
    yield ["--data", str(folder), "changes", "--since", "0001-01-01"]
    for path in sorted((folder / "meetings").glob("*.yaml")):
        yield ["--data", str(folder), "show", path.stem]


@given(folders(), st.dates())
@settings(max_examples=25 if EVERY else 10)
def test_any_data_gives_what_the_schema_says(files: dict[str, str], as_of: date) -> None:
    with tempfile.TemporaryDirectory() as path:
        made(Path(path), files)
        for command in commands_of(Path(path)):
            ran = run(*command, "--format", "json", "--as-of", str(as_of), "--no-cache")
            if ran.code in (0, 1):
                VALIDATOR.validate(json.loads(ran.text))


def test_hostile_data_gives_what_the_schema_says(folder: Folder) -> None:
    """Each meeting is shown where it is alone, so that forty others are not read with it."""
    hostile(folder)
    alone = folder.path / "alone"
    for command in commands_of(folder.path):
        if command[2] == "show":
            shutil.rmtree(alone, ignore_errors=True)
            name = command[3]
            for file in ("register", f"meetings/{name}", f"progress/{name.replace('WG', 'H')}"):
                path = alone / f"{file}.yaml"
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(folder.path / f"{file}.yaml", path)
            command[1] = str(alone)
        VALIDATOR.validate(json.loads(run(*command, "--format", "json", "--no-cache").text))


@pytest.mark.parametrize("command", ["due", "meetings", "matrix", "stats", "changes"])
def test_a_document_names_what_could_not_be_read(folder: Folder, command: str) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.write("meetings/WG-2003-01.yaml", "id: [\n")
    document = answer("--data", str(folder.path), command)
    [problem] = document["problems"]
    assert document["complete"] is False
    assert (Path(problem["path"]).name, problem["line"]) == ("WG-2003-01.yaml", 2)
    assert (problem["rule"], problem["severity"]) == ("syntax", "error")


def test_a_reference_is_one_and_no_sentence(folder: Folder) -> None:
    folder.write("meetings/CO-2001.yaml", "id: CO-2001\nbody: CO\nstart: 2001-05-01\n")
    folder.meeting("- {number: 1, text: T, follows: [CO-2001/4], responsible: AAA}\n")
    document = answer("--data", str(folder.path), "show", "WG-2002-10/1", lang="es")
    [conclusion] = document["conclusions"]
    assert conclusion["links"] == [{"link": "follows", "ref": "CO-2001/4", "in_record": False}]


def test_what_is_void_is_shown_with_its_reason(folder: Folder) -> None:
    folder.meeting("- {number: 1, text: T, action: A, responsible: AAA, void: dos veces}\n")
    [one] = answer("--data", str(folder.path), "show", "WG-2002-10/1")["conclusions"]
    assert one["tasks"] == []
    assert [(m["ref"], m["void"]) for m in one["mandates"]] == [("WG-2002-10/1", "dos veces")]
