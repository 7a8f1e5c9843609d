"""The library: the answers of the command line as values, its errors, its languages and threads."""

import ast
import dataclasses
import inspect
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import grcm_cli as grcm
from grcm_cli.formats.record import json_object, json_value
from grcm_cli.language import text
from grcm_cli.rules import rules_of_lists

from ..conftest import DATA, ROOT, Folder, run_grcm, run_python

SURFACE = Path(__file__).with_name("surface.txt")
DAY = "2003-02-01"


def plain(value: object) -> Any:  # noqa: ANN401 - what JSON holds
    """Return a value of the library as JSON has it."""
    return json.loads(json.dumps(json_object(value), default=json_value))


def without_process(values: list[Any]) -> list[Any]:
    return [{key: one for key, one in plain(v).items() if key != "process"} for v in values]


# --- the same answers ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        pytest.param([], {}, id="all that is open"),
        pytest.param(["--party", "mexico"], {"party": "México"}, id="a party"),
        pytest.param(["--before", "2003-Q1"], {"before": "2003-Q1"}, id="a period"),
        pytest.param(["--within", "20", "--all"], {"within": 20, "closed": True}, id="days"),
        pytest.param(["--unassigned"], {"unassigned": True}, id="nobody"),
    ],
)
def test_tasks_are_those_of_due(language: str, words: list[str], arguments: Any) -> None:  # noqa: ANN401 - of any kind
    ran = run_grcm("due", "--as-of", DAY, "--lang", language, "--format", "json", *words)
    found = grcm.load(DATA, language=language).tasks(as_of=DAY, **arguments)
    assert without_process(found) == json.loads(ran.out)["tasks"]


def test_reports_closed_tasks_and_changes_are_those_of_the_command_line(folder: Folder) -> None:
    folder.mandate("action: Hacer, responsible: {each: members}, due: 2003-01-15")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-20, progress: done}\n")
    folder.progress("BBB", "- {mandate: WG-2002-10/1, date: 2003-01-21, progress: started}\n")
    record = grcm.load(folder.path)
    asked = ("--data", str(folder.path), "--as-of", DAY, "--format", "json")
    tasks = json.loads(run_grcm("due", "--all", *asked).out)["tasks"]
    assert without_process(record.tasks(as_of=DAY, closed=True)) == tasks
    changes = json.loads(run_grcm("changes", "--since", "WG-2002-10", *asked).out)["task_changes"]
    assert without_process(record.changes(since="WG-2002-10", as_of=DAY)) == changes
    first = record.tasks(as_of=DAY, closed=True, party="AAA")[0]
    assert (first.done_on, first.days_late, first.is_open) == (date(2003, 1, 20), 5, False)
    assert first.reports == (grcm.Report("AAA", date(2003, 1, 20), "done", None, None, None),)


def test_a_conclusion_and_a_party_are_those_of_show() -> None:
    record = grcm.load(DATA)
    ran = run_grcm("show", "GRCM-2002-10/8", "--format", "json", cwd=ROOT)
    [shown] = json.loads(ran.out)["conclusions"]
    del shown["tasks"]
    shown["file"] = str(ROOT / shown["file"]) if Path.cwd() != ROOT else shown["file"]
    assert plain(record.conclusion("GRCM-2002-10/8")) == shown
    [party] = json.loads(run_grcm("show", "PPT", "--format", "json").out)["parties"]
    found = plain(record.party("presidencia"))
    assert found == {key: party[key] for key in found}


def test_findings_are_those_of_validate(folder: Folder) -> None:
    folder.mandate("responsible: ZZZ, due: 2003-01-15")
    asked = ("--data", str(folder.path), "--format", "json", "--as-of", DAY)
    findings = json.loads(run_grcm("validate", *asked, cwd=folder.path.parent).out)["findings"]
    record = grcm.load(folder.path, allow_errors=True)
    for found, told in zip(map(plain, record.validate(as_of=DAY)), findings, strict=True):
        assert {"line", "column", "severity", "rule", "message"} <= set(told)
        assert {k: found[k] for k in found.keys() & told.keys() - {"path"}} == {
            k: told[k] for k in found.keys() & told.keys() - {"path"}
        }


def test_the_values_have_the_types_that_they_state() -> None:
    record = grcm.load(DATA)
    answers: list[Any] = [*record.tasks(as_of=DAY), *record.parties, *record.meetings]
    for one in [*answers, *record.changes(since="GRCM-2002-10", as_of=DAY)]:
        for field in dataclasses.fields(one):
            value, stated = getattr(one, field.name), str(get_type_hints(type(one))[field.name])
            name = type(value).__name__
            assert value is None or name in stated or "Literal" in stated, (field.name, value)


# --- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda record: record.party("Mexco"), "did you mean 'MEX' (Mexico)?"),
        (lambda record: record.conclusion("8"), "write GRCM-2002-10/8"),
        (lambda record: record.meeting("GRCM-2002-11"), "did you mean `GRCM-2002-10`?"),
        (lambda record: record.tasks(before="June"), "'June' is not a date or period"),
        (lambda record: record.tasks(as_of="June"), "as_of: 'June' is not written as a date"),
        (lambda record: record.tasks(body="MEX"), "MEX is not a body that meets"),
        (lambda record: record.changes(since="2004-01-01", as_of=DAY), "is later than 2003-02-01"),
        (lambda record: record.tasks(before="2003", within=9), "before and within serve the same"),
        (lambda record: record.tasks(meeting="GRCM"), "write body GRCM"),
        (lambda record: record.changes(since="GRCM"), "'GRCM' is not a meeting"),
        (lambda record: record.changes(as_of="1999-01-01"), "give a day: since YYYY-MM-DD"),
        (lambda _record: grcm.load("nowhere"), "there is no folder nowhere"),
        (lambda _record: grcm.load("no\0where"), "there is no folder no"),
        (lambda _record: grcm.load(DATA, language="xx"), "language: 'xx' is not one of"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_record_error(ask: Any, sentence: str) -> None:  # noqa: ANN401 - a question
    with pytest.raises(grcm.RecordError) as raised:
        ask(grcm.load(DATA))
    assert sentence in str(raised.value)
    assert "--" not in str(raised.value)
    assert raised.value.findings == ()


def test_errors_in_the_files_are_raised_unless_they_are_allowed(folder: Folder) -> None:
    folder.mandate("responsible: BBB, due: 15/01/2003")
    folder.write("meetings/WG-2003-10.yaml", "id: [\n")
    with pytest.raises(grcm.RecordError) as raised:
        grcm.load(folder.path)
    rules = {(one.path.rpartition("/")[2], one.rule) for one in raised.value.findings}
    assert rules == {("WG-2002-10.yaml", "wrong-due"), ("WG-2003-10.yaml", "syntax")}
    assert str(raised.value).startswith(f"{raised.value.findings[0]}; 1 more error")
    record = grcm.load(folder.path, allow_errors=True)
    assert record.problems == raised.value.findings
    assert [task.state for task in record.tasks(as_of=DAY)] == ["?"]


def test_without_a_register_there_is_no_record(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.write("register.yaml", "process: [\n")
    with pytest.raises(grcm.RecordError) as raised:
        grcm.load(folder.path, allow_errors=True)
    assert [finding.rule for finding in raised.value.findings] == ["syntax"]


def test_an_error_is_one_on_every_day() -> None:
    """`load` takes no day, and a cache keeps for the next one that there was none."""
    errors = {rule.name.replace("-", "_") for rule in rules_of_lists()}
    for path in (ROOT / "src/grcm_cli/rules").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name in errors:
                assert len(node.args.args) == 1, node.name


# --- nothing of the process ----------------------------------------------------------------------


def test_the_day_is_today_whatever_the_environment_and_moments_are_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = grcm.load(DATA)
    monkeypatch.setenv("GRCM_AS_OF", DAY)
    assert record.tasks() == record.tasks(as_of=date.today())  # noqa: DTZ011 - as the library
    assert record.tasks(as_of=DAY) == record.tasks(as_of=datetime(2003, 2, 1, 12))  # noqa: DTZ001 - a day
    assert record.tasks(as_of=DAY, late=True)[0].days == -17


def test_records_of_two_languages_answer_side_by_side(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    text.set_language("es")
    before = dict(os.environ)

    def message(language: str) -> str:
        record = grcm.load(folder.path, language=language)
        with pytest.raises(grcm.RecordError) as raised:
            record.party("ZZZZ")
        return str(raised.value)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(message, ["es", "en"] * 20))
    assert set(found[::2]) == {"«ZZZZ» no es una parte del registro"}
    assert set(found[1::2]) == {"the register has no party 'ZZZZ'"}
    assert (text.current_language(), dict(os.environ)) == ("es", before)


def test_it_prints_nothing_and_imports_nothing_of_the_command_line() -> None:
    code = (
        "import grcm_cli as grcm, sys\n"
        "assert not [name for name in sys.modules if name.startswith('grcm_cli.')]\n"
        "record = grcm.load('data', language='es')\n"
        "record.tasks(), record.validate(), record.meetings, record.parties, record.changes()\n"
        "assert not {'typer', 'rich', 'jinja2', 'openpyxl'} & set(sys.modules)\n"
    )
    ran = run_python("-c", code)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


# --- what is public ------------------------------------------------------------------------------


def surface() -> str:
    """Return all public names with their signatures."""
    lines = []
    for name in grcm.__all__:
        public = getattr(grcm, name)
        if get_args(public):
            lines.append(f"{name} = {public}")
        elif not inspect.isclass(public):
            lines.append(f"{name}{inspect.signature(public)}")
        elif dataclasses.is_dataclass(public):
            lines.append(name)
            types = {key: type_ for key, type_ in get_type_hints(public).items() if key[0] != "_"}
            lines += [f"  {key}: {_type(type_)}" for key, type_ in types.items()]
        else:
            lines += [name, "  findings: tuple[Finding, ...]"]
        own = vars(public).items() if inspect.isclass(public) else ()
        for member, value in own:
            if not member.startswith("_") and inspect.isfunction(value):
                lines.append(f"  {member}{inspect.signature(value)}")
            elif not member.startswith("_") and inspect.isdatadescriptor(value):
                lines += [] if inspect.ismemberdescriptor(value) else [f"  {member}"]
            elif member in ("meetings", "parties") and name == "Record":
                lines.append(f"  {member}")
    # A class has another name inside.
    return re.sub(r"(?:grcm_cli\.[\w.]+\.)?\b([A-Z]\w+)Record\b", r"\1", "\n".join(lines)) + "\n"


def _type(stated: object) -> str:
    is_class = isinstance(stated, type) and not hasattr(stated, "__args__")
    return stated.__name__ if is_class else str(stated)  # type: ignore[attr-defined] # a class


def test_the_public_surface_is_the_one_that_was_reviewed() -> None:
    assert surface() == SURFACE.read_text(encoding="utf-8")


def test_every_public_name_is_explained_and_says_what_it_raises() -> None:
    for name in grcm.__all__:
        public = getattr(grcm, name)
        assert public.__doc__ or get_args(public), name
    for method in (grcm.load, *(getattr(grcm.Record, name) for name in (
        "party", "meeting", "conclusion", "tasks", "changes", "validate"
    ))):  # fmt: skip
        assert "Raises RecordError" in (method.__doc__ or "")


def test_the_types_of_the_stub_are_the_names_of_the_package() -> None:
    stub = ast.parse((ROOT / "src/grcm_cli/__init__.pyi").read_text(encoding="utf-8"))
    named = [
        alias.asname
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert sorted(map(str, named)) == sorted(grcm.__all__)
    with pytest.raises(AttributeError):
        grcm.nothing  # type: ignore[attr-defined] # noqa: B018 - that is the test


if __name__ == "__main__":
    SURFACE.write_text(surface(), encoding="utf-8")
