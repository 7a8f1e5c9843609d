"""A form of deadline that only this test has goes through the whole program by its class alone.

It is a class of `Due` and one more entry in `FORMS`. Whatever knows the forms one by one, instead
of asking them, passes it by and fails here.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import jsonschema
import pytest

from grcm_cli.domain import due_forms
from grcm_cli.domain.due import DatedMeeting, Due, DueWording, MeetingCalendar
from grcm_cli.domain.due_forms import Unclear, due_examples, fault_of_id, grammar, parse_due
from grcm_cli.lsp.completion import completion
from grcm_cli.lsp.documents import UTF16
from grcm_cli.lsp.record import OpenRecord
from grcm_cli.lsp.targets import DueValue, definitions, hover, uses
from grcm_cli.reader import values
from grcm_cli.reader.schema import Schema, file_schema, names_of
from grcm_cli.storage.cache import decoded, encoded
from grcm_cli.storage.file_reader import FileReading

from . import processes
from .conftest import ROOT, Folder, Ran, environment


class EndOfNext(Due):
    """The last day of the next meeting of a body."""

    pattern = "end of next {body}"
    examples = (("end of next GRCM", "The last day of the body's next meeting."),)

    def words(self, wording: DueWording) -> str:
        return f"last day of the next meeting {wording.of_body(self.body or '')}"

    def short(self) -> str:
        return f"end of next {self.body}"

    def last_day(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> date | None:
        upcoming = self.awaited(meeting, calendar)
        return upcoming.last_day if upcoming else None


def register_form() -> None:
    due_forms.FORMS = (*due_forms.FORMS, EndOfNext)
    forget()


def forget() -> None:
    grammar.cache_clear()
    values._due_of.cache_clear()


@pytest.fixture
def _registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(due_forms, "FORMS", due_forms.FORMS)
    register_form()
    yield
    monkeypatch.undo()
    forget()


def run_with_form(arguments: list[str], cwd: str, env: Mapping[str, str]) -> None:
    """Run grcm with the form, in a process that is for nothing else."""
    register_form()
    processes.grcm_here(arguments, cwd, dict(env))


@pytest.fixture
def made_up(folder: Folder) -> Folder:
    """Return a record with a duty at the end of a known meeting and one of a meeting to come."""
    folder.meeting(
        "- {number: 1, text: Uno, responsible: AAA, due: end of next CO}\n"
        "- {number: 2, text: Dos, responsible: BBB, due: 2003-01-15}\n"
        "- {number: 3, text: Tres, responsible: BBB, due: 2003-05-29, after: 1}\n"
    )
    folder.meeting(
        "- {number: 1, text: Uno, extends: {mandate: WG-2002-10/2, due: end of next CO}}\n"
        "- {number: 2, text: Dos, responsible: [AAA, BBB], due: end of next WG}\n",
        id="WG-2002-12", start="2002-12-01", end="2002-12-01",
    )  # fmt: skip
    folder.meeting("", id="CO-2003-05", body="CO", start="2003-05-29", end="2003-05-30")
    return folder


def grcm(folder: Folder, *arguments: str) -> Ran:
    words = ["--data", str(folder.path), "--as-of", "2003-05-20", *arguments]
    ended = processes.call(run_with_form, (words, str(folder.path), environment()))
    return Ran(ended.code, ended.out, ended.err)


SHOWN = {
    "due": ["2003-05-30 in 10 days AAA Uno", "(end of next CO)", "end of next WG awaiting"],
    "due --format plain": [
        "WG-2002-10/1 AAA 2003-05-30 due-soon 10 end of next CO Uno",
        "WG-2002-12/2 AAA+BBB - awaiting - end of next WG Dos",
    ],
    "due --format json": ['"due": "end of next CO", "deadline": "2003-05-30"'],
    "due --format csv": ["end of next CO,2003-05-30,", "end of next WG,,"],
    "due --format md": ["2003-05-30 (end of next CO)"],
    "tasks AAA": ["(end of next CO)", "end of next WG awaiting"],
    "show WG-2002-10/1": ["due 2003-05-30 (end of next CO)"],
    "show WG-2002-12/2": ["due end of next WG (awaiting: no later meeting of WG is in the record)"],
    "show WG-2002-10/2": ["due 2003-05-30 (end of next CO)", "first due 2003-01-15"],
    "log WG-2002-10/1": ["due end of next CO"],
    "log WG-2002-10/2": ["by WG-2002-12/1, to 2003-05-30", "(end of next CO)"],
    "matrix WG-2002-10": ["1 2003-05-30 ○", "2 2003-05-30 · ○"],
    "matrix WG-2002-12": ["2 end of ○+ ○+"],
    "changes --since 2002-10-01": ["new duty: end of next AAA + BBB Dos", "WG"],
    "agenda CO": [
        "## 1. Due at this meeting",
        "| 2003-05-30 (last day of the next meeting of the Conferencia) | in 10 days |",
    ],
    "agenda WG": [
        "Due at the next meeting",
        "| last day of the next meeting of the Grupo de Trabajo | awaiting |",
    ],
    "--lang en remind AAA": ["(last day of the next meeting of the Conferencia)"],
    "export csv": ["end of next CO,2003-05-30"],
    "export md": ["end of next CO"],
    "export json": ['"due": "end of next CO"'],
    "export ics": [
        "DTSTART;VALUE=DATE:20030530",
        "Due: last day of the next meeting of the Conferencia",
    ],
    "validate": ["warning[due-before-awaited]: 1 is due on 2003-05-30, but"],
}


@pytest.mark.parametrize("command", SHOWN)
def test_a_command_shows_it(made_up: Folder, command: str) -> None:
    ran = grcm(made_up, *command.split())
    shown = " ".join(ran.out.split())
    assert [words for words in SHOWN[command] if words not in shown] == [], ran.out
    assert ran.code == 0


def test_the_pages_of_a_site_show_it(made_up: Folder) -> None:
    assert grcm(made_up, "site", "pages").code == 0
    for meeting, body in (("WG-2002-10", "Conferencia"), ("WG-2002-12", "Grupo de Trabajo")):
        page = made_up.path / f"pages/en/meeting/{meeting}.html"
        assert f"last day of the next meeting of the {body}" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("due", "rule", "message"),
    [
        ("end of next XX", "unknown-body", "the register has no body 'XX'"),
        ("end of next", "wrong-due", "end of next WG"),
        ("end", "wrong-due", "end of next WG"),
    ],
)
def test_what_is_wrong_in_it_is_found(folder: Folder, due: str, rule: str, message: str) -> None:
    folder.mandate(f"responsible: AAA, due: {due}")
    ran = grcm(folder, "validate", "--format", "concise")
    assert (ran.code, rule in ran.out, message in ran.out) == (1, True, True), ran.out
    assert "AAA\t-\t?" in grcm(folder, "due", "--format", "plain").out


def test_a_text_with_it_has_a_deadline(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: A más tardar el 15 de enero de 2003, responsible: AAA,"
        " due: end of next CO}\n"
    )
    assert grcm(folder, "validate").out == ""


@pytest.mark.usefixtures("_registered")
def test_no_meeting_has_its_word_for_an_id() -> None:
    assert fault_of_id("end")
    assert parse_due("end") is None


def test_a_tracker_s_cell_is_read_with_it(folder: Folder) -> None:
    row = "WG-2004-10,1,T,AAA,end of next CO"
    folder.write("tracker.csv", f"Meeting,No.,Text,Responsible,Due\n{row}\n")
    assert grcm(folder, "import", "tracker.csv", "--start", "WG-2004-10=2004-10-01").code == 0
    written = (folder.path / "meetings/WG-2004-10.yaml").read_text(encoding="utf-8")
    assert "due: end of next CO\n" in written


@pytest.mark.usefixtures("_registered")
def test_the_schema_takes_and_suggests_it(made_up: Folder) -> None:
    due = due_schema(file_schema("meeting"))
    assert jsonschema.Draft7Validator(due).is_valid("end of next GRCM")
    assert not jsonschema.Draft7Validator(due).is_valid("end of next")
    found = {snippet["label"]: snippet["body"] for snippet in due["defaultSnippets"]}
    assert found["end of next GRCM"] == "end of next ${1:GRCM}"
    register = made_up.load().register
    assert register is not None
    due = due_schema(file_schema("meeting", names_of(register, "en")))
    labels = {snippet["label"] for snippet in due["defaultSnippets"]}
    assert {"end of next WG", "end of next CO"} < labels
    assert "end of next GRCM" not in labels
    assert not jsonschema.Draft7Validator(due).is_valid("end of next XX")


def due_schema(schema: Schema) -> dict[str, Any]:
    """Return the definition of a deadline."""
    return schema["definitions"]["due"]  # type: ignore[no-any-return] # a mapping


@pytest.mark.usefixtures("_registered")
def test_an_editor_knows_it(made_up: Folder) -> None:
    name = "meetings/WG-2002-10.yaml"
    record = OpenRecord(made_up.path, UTF16, date(2003, 5, 20))
    assert list(record.check()) is not None
    text = record.document(name).text
    offers = completion(record, name, text.index("end of next CO"))
    assert offers is not None
    found = {offer.label: offer.detail or "" for offer in offers.items}
    assert found["end of next CO"].endswith("until 30 May 2003")
    for path, written, day in (
        (name, "end of next CO", "until 30 May 2003"),
        (
            "meetings/WG-2002-12.yaml",
            "end of next WG",
            "the next meeting of WG is not in the record",
        ),
    ):
        shown = hover(record, path, record.document(path).text.index(written))
        assert shown is not None
        assert day in str(shown)
    register, meeting = record.register, record.meeting_of(name)
    assert register is not None
    assert meeting is not None
    due = parse_due("end of next CO")
    assert due is not None
    upcoming = register.calendar.by_id["CO-2003-05"]
    assert definitions(DueValue(due, meeting), register) == [upcoming.at]
    for target in (register.directory.by_code["CO"], upcoming):
        named = [at.line for at in uses(target, register) if at.path.endswith(name)]
        assert [text.split("\n")[line - 1].count("end of next CO") for line in named] == [1]


@pytest.mark.usefixtures("_registered")
def test_every_example_is_in_its_own_form_alone() -> None:
    for form in due_forms.FORMS:
        for text, _about in form.examples:
            assert type(parse_due(text)) is form
            alone = form.pattern.format_map(AnyText())
            assert re.fullmatch(alone, text), text


class AnyText(dict[str, str]):
    def __missing__(self, _field: str) -> str:
        return ".+"


def test_a_value_of_each_form_comes_back_from_the_cache() -> None:
    values: Any = [*map(parse_due, due_examples()), Unclear("soonish")]
    again: Any = decoded(encoded(FileReading("WG-1", values)), "WG-1", "WG-1.yaml").values
    assert again == values
    assert {type(due) for due in again} == {*due_forms.FORMS, Unclear}


def test_no_other_file_knows_one_form_from_another() -> None:
    """But for `Unclear`, which is no form: the readers make it of what is in none."""
    names = {form.__name__ for form in due_forms.FORMS}
    source = ROOT / "src/grcm_cli"
    for path in source.rglob("*.py"):
        if path == source / "domain/due_forms.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.ImportFrom(module="grcm_cli.domain.due_forms", names=imported):
                    assert names.isdisjoint(name.name for name in imported), path
                case ast.Attribute(value=ast.Name(id="due_forms"), attr=attribute):
                    assert attribute not in names, path
                case ast.Call(func=ast.Name(id="isinstance"), args=[_, kind]):
                    assert not {"Due", "Unclear"} & {
                        n.id for n in ast.walk(kind) if isinstance(n, ast.Name)
                    }, path
