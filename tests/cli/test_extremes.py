"""Days at both ends of the calendar, and halves of characters: no command calls them a bug."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from grcm_cli.cli import command_table
from grcm_cli.domain.findings import check
from grcm_cli.rules import rules_by_name
from grcm_cli.storage.loader import load

from ..conftest import EVERY, REGISTER, repository
from ..processes import grcm


def run(*words: str) -> tuple[int, str]:
    """Return exit code and messages of a command that runs in this process, where it stands."""
    ended = grcm(words, Path.cwd(), os.environ)
    return ended.code, ended.err.decode("utf-8", "replace")


# --- days ---------------------------------------------------------------------------------------

FIRST, LAST = "0001-01-01", "9999-12-31"
CALENDAR = f"""\
process: {{code: EX, name: {{es: Ejemplo, en: Example}}, languages: [es, en]}}
bodies: {{WG: {{name: Grupo}}, CO: {{name: Conferencia}}}}
members:
  AAA: {{name: Ámbar, since: {FIRST}, until: {LAST}}}
  BBB: {{name: Brezo, since: {LAST}}}
  CCC: {{name: Cedro, until: {FIRST}}}
offices:
  CH:
    name: Presidencia
    terms:
      - {{holder: AAA, from: {FIRST}, until: {FIRST}}}
      - {{holder: BBB, from: 0001-01-02, until: 9999-12-30}}
      - {{holder: AAA, from: {LAST}, until: {LAST}}}
  ST: {{name: Otra, terms: [{{holder: AAA, from: {LAST}}}, {{holder: BBB, from: {FIRST}}}]}}
organizations: {{ORG: {{name: Organización}}}}
"""
DUES = (
    *(FIRST, LAST, "0001", "9999", "9999-Q4", "9999-H2", "9999-12", f"{FIRST}/{LAST}"),
    *("next WG", "next CO", "WG-0001", "WG-9999", "within 9999 years", "within 1 day"),
    *("1 day before next WG", "9999 years before WG-0001", "99999 days before next CO"),
    *("within 999999999 days", f"within 1 day of {LAST}", "within 1 day of WG-9999"),
    *("every year on 12-31", "every year on 01-01", "every year on 02-29", "every day"),
    *("every 9999 years", "every 999999 weeks", "every month", "every WG", "ongoing", "asap"),
)
TEXTS = (
    f"Presentar antes del {FIRST}.",
    "Presentar antes del 1 de enero de 0001",
    f"Submit before {LAST}",
    "Antes del 31 de diciembre de 9999",
    "Presentar antes del 0000-01-01",
)
WHO = ("AAA", "CH", "BBB", "ORG", "ST", "{each: members}")
DOCUMENT = """\
Reunión del Grupo de Trabajo
31 de diciembre de 9999

1. Encomendar a Ámbar presentar antes del 1 de enero de 0001 un informe.
2. Solicitar a Brezo que informe a más tardar el 31 de diciembre de 9999.
3. Encomendar a Ámbar presentar un plan antes de enero de 0001.
4. Acordar que cada país presentará en la última semana de diciembre un plan.
5. Instruir a Brezo a informar a más tardar el próximo año y cada año antes del 1 de enero.
"""
TRACKER = """\
Meeting,No.,Text,Responsible,Due,State
WG,1,Presentar un plan.,AAA,0001-01-01,done
WG,2,Presentar un plan.,todos,31/12/9999,started
WG,3,Presentar un plan.,CH,within 99999 years,done
CO 0001-01-01,4,Presentar un plan.,BBB,last quarter of 9999,done
"""


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    """Return a data folder, in git, whose days are the first and the last of all."""
    for name in ("meetings", "progress"):
        (tmp_path / name).mkdir()
    (tmp_path / "register.yaml").write_text(CALENDAR)
    (tmp_path / "minutes.txt").write_text(DOCUMENT)
    (tmp_path / "tracker.csv").write_text(TRACKER)
    mandates = []
    for due in DUES:
        ends = (f", until: {end}" for end in (FIRST, LAST, "9999"))
        mandates += [due, *(due + end for end in ends if due.startswith("every"))]
    conclusions = "".join(
        f"  - {{number: {number}, text: '{TEXTS[number % len(TEXTS)]}', action: Hacer, "
        f"responsible: {WHO[number % len(WHO)]}, due: {due}}}\n"
        for number, due in enumerate(mandates, 1)
    )
    moved = (
        "  - {number: 99, text: T, extends: [{mandate: WG-0001/1, due: 9999-12-31}, "
        "{mandate: CO-2002/2, due: 0001-01-01}]}\n"
    )
    for meeting, day in (("WG-0001", FIRST), ("WG-9999", LAST), ("CO-2002", "2002-05-05")):
        head = f"id: {meeting}\nbody: {meeting[:2]}\nstart: {day}\nparticipants: [AAA]\n"
        path = tmp_path / f"meetings/{meeting}.yaml"
        path.write_text(f"{head}conclusions:\n{conclusions}{moved}")
    for party in ("AAA", "BBB", "CH"):
        entries = (
            f"- {{mandate: {meeting}/{number}, date: {day}, progress: {word}}}\n"
            for meeting in ("WG-0001", "WG-9999", "CO-2002")
            for number in (1, 2, 3, 7)
            for day, word in ((FIRST, "started"), (LAST, "done"))
        )
        (tmp_path / f"progress/{party}.yaml").write_text("".join(entries))
    return repository(tmp_path)


def of_one_meeting(calendar: Path, day: str) -> Path:
    """Return a copy of the record with one of its meetings: for each of the days another one."""
    copy = calendar.parent / f"{calendar.name}-one"
    shutil.copytree(calendar, copy)
    meeting = {FIRST: "WG-9999", LAST: "WG-0001"}.get(day, "CO-2002")
    for path in (copy / "meetings").iterdir():
        if path.stem != meeting:
            path.unlink()
    return copy


def commands(day: str) -> Iterator[str]:
    """Yield command lines that reckon with days, each command among them."""
    yield from ("due", "due --all", "due --within 999999", "due --within 0", "due --before 9999")
    yield from (f"due --before {day}", f"due --after {day}", "due --after 0001 --each")
    for shape in ("json", "csv", "plain", "md"):
        yield f"due --all --format {shape}"
    yield from ("overdue", "tasks AAA --all", "tasks CH --all", "tasks BBB --format json")
    yield from ("show WG-0001", "show WG-9999", "show WG-0001/1", "show CO-2002/19 --format json")
    yield from ("meetings", "search Presentar", "matrix", "matrix WG-9999", "stats")
    yield from (f"changes --since {FIRST}", "changes --since WG-0001", "changes --since-last WG")
    yield from ("due --unreported", "matrix --unreported", f"changes --since {FIRST} --by party")
    yield from ("validate", "validate --strict --format sarif", "agenda WG", "agenda CO")
    for shape in ("csv", "json", "md", "ics"):
        yield f"export {shape} -o -"
    yield from ("export xlsx -o x.xlsx", "export sqlite -o x.db", "site pages")
    yield from ("remind AAA", "remind CH --format json", "remind BBB --format eml")
    yield from ("remind AAA --format docx -o -", "agenda WG --format docx -o -")
    yield from (
        "log WG-0001/1",
        "diff HEAD",
        "draft minutes.txt",
        f"draft minutes.txt --start {day} --review minutes.html --force",
    )
    yield f"record done WG-0001/1 --by AAA --on {day} --dry-run"
    yield f"record done WG-9999/2 --by CH --on {day} --dry-run"
    yield from ("remind AAA --form -o form.xlsx --force", "record form.xlsx --dry-run")
    yield f"import tracker.csv --start {day} --on {day} --dry-run"
    yield from (f"new --body WG --start {day}", f"new --body CO --start {day} --end {LAST}")
    yield "rename party ORG ORGAN --dry-run"
    yield from ("init other --code EX", "explain wrong-due", "schema meeting", "cache")
    yield from ("completion bash", "help due")


@pytest.mark.parametrize(
    ("day", "language"),
    [(LAST, "en")] + EVERY * [(FIRST, "en"), *((day, "es") for day in (FIRST, LAST, "2003-01-01"))],
)
def test_no_command_ends_at_the_ends_of_the_calendar(
    day: str, language: str, calendar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(calendar)
    monkeypatch.setenv("COLUMNS", "100")
    failed = {}
    for line in commands(day):
        words = [*line.split(), "--as-of", day, "--lang", language, "--no-cache"]
        if line.startswith("site") and not EVERY:  # its feeds compare all days of a year
            words += ["--data", str(of_one_meeting(calendar, day))]
        code, err = run(*words)
        # A report that is not owed may be refused, a meeting of years, and a renaming where a file
        # has errors; no list is.
        if code not in ((0, 1, 2) if line.startswith(("record", "new", "rename")) else (0, 1)):
            failed[line] = err
    assert failed == {}
    # `lsp` answers to messages: tests/lsp/test_server.py.
    assert {line.split()[0] for line in commands(day)} == {*command_table.NAMES} - {"lsp"}


def test_every_rule_reckons_with_the_ends_of_the_calendar(calendar: Path) -> None:
    """Each alone, whether a run selects it or not, on each of the days."""
    loaded = load(calendar, calendar)
    assert loaded.register is not None
    for rule in rules_by_name().values():
        for day in (date.min, date.max, date(2003, 1, 1)):
            check(loaded.register, [rule], day)


@pytest.mark.parametrize(
    "line", ["due --within 99999999999999999999", "due --as-of 10000-01-01", "due --before 0000"]
)
def test_a_day_that_no_calendar_has_is_wrong_use(
    line: str, calendar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(calendar)
    code, err = run(*line.split())
    assert code in (0, 1, 2)
    assert "bug" not in err


# --- halves of characters -----------------------------------------------------------------------

MEETING = """\
id: WG-2002-10
body: WG
title: Título
place: Quito
country: AAA
start: 2002-10-29
end: 2002-10-31
language: es
participants: [AAA, CCC]
observers: [ORG]
source: Acta
conclusions:
  - number: 1
    text: Texto
    acts: directive
    action: Hacer
    responsible: {each: [AAA, BBB], except: [BBB]}
    support: [ORG]
    due: every year on 05-31
    until: 2007
    kind: request
    after: 2
    note: Nota
    documents: [Anexo]
  - number: 2
    text: {es: Dos, en: Two}
    follows: 1
    extends: {mandate: 1, due: 2004, parties: AAA}
    mandates: [{responsible: CH, due: next CO, void: Error}]
"""
PROGRESS = """\
- mandate: WG-2002-10/1
  for: 2003-05-31
  date: 2003-01-10
  progress: done
  evidence: Acta
  note: Nota
"""
FILES = {
    "register.yaml": REGISTER,
    "meetings/WG-2002-10.yaml": MEETING,
    "progress/AAA.yaml": PROGRESS,
}
WHOLE = ('"\\ud800"', '"\\ud800": 1', '- "\\ud800"', '["\\ud800"]', '[{mandate: "\\ud800"}]')
VALUE = re.compile(
    r"(?<=[:\-\[,{] )[^\s\[\]{},:#>|][^\[\]{},:\n]*|(?<=[\[{])[A-Za-z][^\[\]{},:\n]*"
)
KEY = re.compile(r"(?m)^[ -]*(?P<name>[A-Za-z]+)(?=:)")
READERS = (
    *("due --all", "tasks AAA", "show WG-2002-10", "matrix", "stats", "validate", "agenda CO"),
    *(
        *("search Texto", "remind AAA", "remind AAA --form -o a.xlsx --force", "export ics -o -"),
        *("export xlsx -o -", "export sqlite -o -"),
    ),
    *("due --format json", "validate --format junit", "site pages"),
    "record done WG-2002-10/1 --for 2003-05-31 --on 2003-02-01 --by AAA",
)


def spoilt(text: str) -> Iterator[bytes]:
    """Yield a file with half a character as an escape in each value and key, and as its bytes."""
    places = [match.span() for match in VALUE.finditer(text)]
    places += [match.span("name") for match in KEY.finditer(text)]
    for start, end in places:
        yield f'{text[:start]}"{text[start:end]}\\ud800"{text[end:]}'.encode()
    yield text.encode() + b"# \xed\xa0\x80\n"
    yield from (f"{whole}\n".encode() for whole in WHOLE)


@pytest.mark.parametrize("name", FILES)
def test_half_a_character_in_a_file_is_a_finding(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    count = 0
    for place, data in enumerate([*spoilt(FILES[name])][:: 1 if EVERY else 3]):
        for file, text in FILES.items():
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_text(text)
        (tmp_path / name).write_bytes(data)
        # Each command meets a place of each kind, and each place a command that reads it.
        more = ("due --all", READERS[-1]) if EVERY else ()
        for line in {READERS[place % len(READERS)], "validate", *more}:
            code, err = run(*line.split(), "--as-of", "2003-06-01", "--no-cache")
            assert code in (0, 1, 2), (line, data, err)
            assert b"\\ud800" not in data or line != "validate" or code == 1
            (tmp_path / name).write_bytes(data)
            count += 1
    assert count > 10


LINES = (
    *READERS[:15],
    *("new --body WG --start 2009-01-01", "draft minutes.txt", "explain syntax", "schema meeting"),
    "changes --since 2002-01-01 --party AAA --body WG --meeting WG-2002-10 --by meeting",
    *("log WG-2002-10/1", "diff HEAD", "meetings", "overdue --party AAA", "cache", "init new"),
    "record done WG-2002-10/1 --for 2003-05-31 --note a --evidence b --by AAA --dry-run",
)
VARIABLES = (
    *("GRCM_DATA", "GRCM_AS_OF", "GRCM_LANG", "GRCM_NO_CACHE", "COLUMNS", "XDG_CACHE_HOME"),
    *("LANGUAGE", "LC_ALL", "LANG", "TERM", "NO_COLOR", "FORCE_COLOR", "HOME"),
)
BYTE = os.fsdecode(b"\xff") if os.name != "nt" else "\ud800"
"""As Python gives a byte of the command line that is no UTF-8."""


def arguments(line: str) -> Iterator[list[str]]:
    """Yield a command line with a byte that is no text in each of its words, and as new words."""
    words = line.split()
    for place in range(len(words)):
        yield [*words[:place], words[place] + BYTE, *words[place + 1 :]]
    for more in ([BYTE], [f"--{BYTE}"], [f"--{BYTE}=1"], ["--data", BYTE], ["--as-of", BYTE]):
        yield [*words, *more]
    yield [*words, "--lang", BYTE]
    yield [*words, "--format", BYTE]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a sound record, which is the working folder."""
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text)
    (tmp_path / "minutes.txt").write_text(DOCUMENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("line", LINES)
def test_a_word_that_is_no_text_is_no_bug(line: str) -> None:
    for words in arguments(line):
        code, err = run(*words)
        assert code in (0, 1, 2, 3), (words, err)
        assert "Traceback" not in err


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_that_is_no_text_is_no_bug(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"x{BYTE}")
    for line in ("due", "validate", "meetings", "draft minutes.txt", "export json -o -"):
        code, err = run(*line.split())
        assert code in (0, 1, 2, 3), (line, err)


@pytest.mark.parametrize("place", ["meetings", "progress", "."])
def test_a_file_s_name_that_is_no_text_is_no_bug(place: str, record: Path) -> None:
    (record / place / f"A{BYTE}.yaml").write_text("id: A\n")
    for line in LINES:
        code, err = run(*line.split(), "--no-cache")
        assert code in (0, 1, 2, 3), (line, err)
