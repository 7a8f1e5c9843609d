"""A second reader: what it gets, what of its answer counts, and that nothing that it does harms."""

import json
import re
import shlex
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from grcm_cli.commands.schema import reader_schema
from grcm_cli.domain.register import Register
from grcm_cli.drafting import second_reader
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import Draft, draft
from grcm_cli.drafting.review import doubts
from grcm_cli.drafting.second_reader import NoAnswer, SecondReading, ask
from grcm_cli.drafting.to_yaml import meeting_file

from ..conftest import DATA, ROOT, run_grcm

TEXT = """Meeting of the Regional Consultation Group on Migration
Guatemala City, 29 to 31 October 2002

1. Approve the list.

2. Canada shall send the list of fees by 1 May 2003.

3. Request the Technical Secretariat to:

(a) print the map;

(b) translate the glossary.

4. (Confidential) Mexico shall pay its fee.
"""
AGREED = {
    "conclusion": "2",
    "words": "Canada shall send the list",
    "action": "Send the list of fees",
    "responsible": "CAN",
    "due": "2003-05-01",
}
OTHERS = [
    {
        "conclusion": "3.a",
        "words": "Request the Technical Secretariat to: print the map",
        "action": "Print the map",
        "responsible": ["ST"],
    },
    {
        "conclusion": "3.b",
        "words": "translate the glossary",
        "action": "Translate the glossary",
        "responsible": ["ST"],
    },
]


@pytest.fixture(scope="module")
def drafted(register: Register) -> Draft:
    return draft(read(TEXT.encode()), register, {"language": "en"})


def told(drafted: Draft, register: Register, *answers: object) -> list[str]:
    """Return the points of a draft that a second reader adds, each with its number."""
    before = {(one.number, one.sentence) for one in doubts(drafted)}
    after = doubts(SecondReading(drafted, register).compared([*answers, *OTHERS]))
    return [
        f"{one.number}: {one.sentence}" for one in after if (one.number, one.sentence) not in before
    ]


def test_what_it_gets_and_answers_is_of_the_shape(drafted: Draft, register: Register) -> None:
    question = SecondReading(drafted, register).question()
    Draft7Validator(reader_schema("reader-question")).validate(question)
    Draft7Validator(reader_schema("reader-answer")).validate({"mandates": [AGREED, *OTHERS]})
    handed = {one["number"]: one for one in question["conclusions"]}  # type: ignore[attr-defined] # a list
    assert list(handed) == ["1", "2", "3", "3.a", "3.b"]
    assert handed["3.a"]["above"] == ["Request the Technical Secretariat to:"]
    written = json.dumps(question)
    assert "Mexico shall pay" not in written
    assert not any(word in written for word in ("email", "address", "internal"))


def test_where_both_agree_the_draft_says_so(drafted: Draft, register: Register) -> None:
    assert told(drafted, register, AGREED) == []
    compared = SecondReading(drafted, register).compared([AGREED, *OTHERS])
    assert meeting_file(compared, "").count("# the second reader agrees\n") == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"responsible": "MEX"},
            ["2: the second reader has `responsible: MEX`, from “Canada shall send the list”"],
        ),
        (
            {"due": None, "responsible": {"each": "members", "except": ["MEX"]}},
            [
                "2: the second reader has `responsible: {each: members, except: [MEX]}`, `due: –`, "
                "from “Canada shall send the list”"
            ],
        ),
        (
            {"kind": "encouragement"},
            ["2: the second reader has `kind: encouragement`, from “Canada shall send the list”"],
        ),
        (
            {"conclusion": "1", "words": "the list", "action": "Print it", "due": "asap"},
            [
                "1: only the second reader has a mandate: “Print it” (`responsible: CAN`, "
                "`kind: request`, `due: asap`), from “the list”",
                "2: the second reader does not have this mandate",
            ],
        ),
    ],
)
def test_where_they_differ_both_stand(
    answer: dict[str, object], said: list[str], drafted: Draft, register: Register
) -> None:
    assert told(drafted, register, AGREED | answer) == said
    compared = SecondReading(drafted, register).compared([AGREED | answer, *OTHERS])
    assert [duty._replace(second="", disputed=()) for _one, duty in compared.duties] == [
        duty for _one, duty in drafted.duties
    ]
    lines = meeting_file(compared, "").splitlines()
    assert all(f"# check: {line.partition(': ')[2]}" in "\n".join(lines) for line in said)
    for key in ("responsible", "due"):
        if any(f"has `{key}" in line for line in said):
            assert not [line for line in lines if f"{key}: " in line and "sure: “Canada" in line]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"words": "Canada pays"}, "2: {}the conclusion does not contain the words “Canada pays”"),
        ({"words": "anada shall"}, "2: {}the conclusion does not contain the words “anada shall”"),
        ({"responsible": "Canada"}, "2: {}'Canada' is not in the register"),
        ({"responsible": {"each": ["CAN", "BRA"]}}, "2: {}'BRA' is not in the register"),
        ({"responsible": {"all": "members"}}, "2: {}'…' is not in the register"),
        ({"due": "in spring"}, "2: {}'in spring' is not a form of deadline"),
        ({"due": 2003}, "2: {}'2003' is not a form of deadline"),
        ({"due": "next XYZ"}, "2: {}'XYZ' is not in the register"),
        ({"due": "XYZ-2003-05"}, "2: {}'XYZ-2003-05' is not in the register"),
        ({"kind": "order"}, "2: {}'order' is not a kind of mandate"),
        ({"party": "CAN"}, "2: {}it has no key 'party'"),
        ({"action": ""}, "2: {}its action is empty"),
        ({"action": ["a"]}, "2: {}its action is empty"),
        ({"words": " "}, "2: {}the conclusion does not contain the words “ ”"),
        ({"conclusion": "9"}, ": {}there is no conclusion '9'"),
        ({"conclusion": "4", "words": "Mexico"}, ": {}there is no conclusion '4'"),
    ],
)  # fmt: skip
def test_what_does_not_stand_there_is_refused(
    answer: dict[str, object], said: str, drafted: Draft, register: Register
) -> None:
    refused = said.format("a mandate of the second reader was refused: ")
    lacking = "2: the second reader does not have this mandate"
    assert told(drafted, register, AGREED | answer) in ([refused, lacking], [lacking, refused])


@pytest.mark.parametrize("answer", [None, 1, "text", [], [[[]]], {}, {"words": {}}])
def test_what_is_no_mandate_is_refused(answer: object, drafted: Draft, register: Register) -> None:
    said = told(drafted, register, answer, AGREED)
    assert said == [
        ": a mandate of the second reader was refused: it needs conclusion, words, action"
    ]


@pytest.mark.parametrize("action", ["a \u202e\x1b[31m\ud800", "long " * 10_000])
def test_what_it_writes_can_be_shown(action: str, drafted: Draft, register: Register) -> None:
    [_lacking, alone] = told(drafted, register, AGREED | {"action": action, "words": "the list"})
    assert alone.isprintable()
    assert len(alone) < 500


BROKEN = {
    "nothing": ("pass", "its answer is not JSON"),
    "no JSON": ("print('Here are the mandates:')", "its answer is not JSON"),
    "no text": ("import sys; sys.stdout.buffer.write(b'\\xff\\xfe')", "its answer is not JSON"),
    "a tower": ("print('[' * 1_000_000)", "its answer is not JSON"),
    "a long number": ("print('1' * 100_000)", "its answer is not JSON"),
    "a list": ("print([])", "its answer does not match the schema"),
    "no list": ("print('{\"mandates\": 1}')", "its answer does not match the schema"),
    "exit code": ("import sys; sys.exit('no\\x1b[31m key')", "it ended with exit code 1: no"),
    "killed": ("import os; os.kill(os.getpid(), 9)", "it ended with exit code -9"),
    "too much": ("while True: print('[' * 100_000)", "it wrote more than 2 MB"),
    "much on stderr": (
        "import sys\nwhile True: sys.stderr.write('x' * 99_999)",
        "it wrote more than 2 MB",
    ),
    "hangs": ("import time; time.sleep(60)", "it took longer than 1 seconds"),
    "reads nothing": ("import time, os; os.close(0); time.sleep(60)", "it took longer than 1"),
    "closes stdout": ("import time, os; os.close(1); time.sleep(60)", "it took longer than 1"),
    "leaves a child": (
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])",
        "its answer is not JSON",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_a_reason(name: str) -> None:
    program, said = BROKEN[name]
    begun = time.monotonic()
    command = shlex.join([sys.executable, "-c", program])
    with pytest.raises(NoAnswer, match=said) as error:
        ask(command, {"conclusions": ["x" * 1_000_000]}, seconds=1)
    assert "\x1b" not in str(error.value)
    assert time.monotonic() - begun < 10


def test_a_reader_that_fails_leaves_the_draft_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    line = ("draft", "text.txt", "--language", "en", "--data", str(DATA))
    plain = run_grcm(*line, cwd=tmp_path)
    command = shlex.join([sys.executable, "-c", "print('no')"])
    broken = run_grcm(*line, "--reader", command, cwd=tmp_path)
    assert broken.code == 0
    assert broken.out.splitlines()[2:] == plain.out.splitlines()[2:]
    assert "  the second reader gave no answer: its answer is not JSON\n" in broken.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("nowhere-at-all", "it does not exist"),
        ("", "'' is not a command"),
        ("cat '", "'cat '' is not a command"),
        ("cat \0", "is not a command"),
    ],
)
def test_a_command_that_cannot_be_started(command: str, said: str) -> None:
    with pytest.raises(NoAnswer, match=re.escape(said)):
        ask(command, {})


def test_it_is_of_no_use_where_no_draft_is_made() -> None:
    line = ("draft", "data/sources/GRCM-2002-10.txt", "--reader", "cat", "--explain")
    ran = run_grcm(*line, cwd=ROOT)
    assert ran.code == 2
    assert "--reader is for a draft, not for --check or --explain" in ran.err


def test_the_time_limit_is_that_of_the_manual() -> None:
    assert second_reader.SECONDS == 5 * 60
