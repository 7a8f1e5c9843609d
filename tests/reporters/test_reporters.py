"""Findings in every format, with texts in them that a CI system would act on.

`NAME.txt` here is what a format makes of them; a format without one fails.
`python -m tests.reporters.test_reporters` writes them anew; then read the difference.
"""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from xmlschema import XMLSchema

from grcm_cli import __version__
from grcm_cli.domain.findings import MOST, Finding, Report, capped
from grcm_cli.domain.model import Location
from grcm_cli.formats.listing import Terminal
from grcm_cli.reporters import NAMES, reporter
from grcm_cli.rules import rules_by_name

from ..conftest import ROOT

HERE = Path(__file__).parent
STANDARDS = ROOT / "tests/standards"
HOSTILE = "::error::x\r\n%0A <b>&]]> \x1b[31m 'MXE'"
FINDINGS = [
    Finding(
        Location("data/meetings/A,B:1.yaml", 3, 5, 4), "error", "unknown-party", HOSTILE, "do: this"
    ),
    Finding(
        Location("data/meetings/A,B:1.yaml", 3, 5, 4), "error", "unknown-party", HOSTILE, "do: this"
    ),
    Finding(Location("data/register.yaml", 1, 1, 0), "warning", "ignored-file", "odd"),
]
WARNED = "data/register.yaml:1:1: warning\nodd"
PAGE = Terminal(100, colour=False)
LINES = ["id: A", "body: B", "x:  'MXE'"]


@pytest.fixture(params=NAMES)
def render(request: pytest.FixtureRequest) -> Callable[[Report], str]:
    return lambda findings: reporter(request.param)(findings, PAGE)


def report(findings: list[Finding], *, strict: bool = False) -> Report:
    rules = rules_by_name()
    left_out = {"data/register.yaml": 7}
    return Report(findings, left_out, lambda _path: LINES, rules, address, strict)


def address(at: Location) -> str:
    """Return an address that no line above changes."""
    return f"conclusions[8].due at {at.column}"


def rendered(name: str, findings: list[Finding] | None = None) -> str:
    return reporter(name)(report(FINDINGS if findings is None else findings), PAGE)


def test_a_report_is_the_same_each_time_and_has_no_control(render: Callable[[Report], str]) -> None:
    text = render(report(FINDINGS))
    assert text == render(report(FINDINGS))
    assert not any((ord(c) < 32 and c not in "\n") or 127 <= ord(c) < 160 for c in text)


def test_without_findings_a_report_is_whole_too(render: Callable[[Report], str]) -> None:
    assert "unknown-party" not in render(report([]))


def shown(name: str) -> str:
    """Return what a format makes of the findings, with no version of grcm in it."""
    return rendered(name).replace(__version__, "VERSION")


@pytest.mark.parametrize("name", NAMES)
def test_a_format_says_of_each_finding_what_was_reviewed(name: str) -> None:
    assert shown(name) == (HERE / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("findings", [FINDINGS, []], ids=["findings", "nothing"])
def test_sarif_and_junit_pass_their_schemas(findings: list[Finding]) -> None:
    schema = json.loads((STANDARDS / "sarif-2.1.0.json").read_text())
    check = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)
    assert [
        error.message for error in check.iter_errors(json.loads(rendered("sarif", findings)))
    ] == []
    XMLSchema(STANDARDS / "junit.xsd").validate(ET.fromstring(rendered("junit", findings)))  # noqa: S314


def names(name: str, findings: list[Finding]) -> list[str]:
    """Return how a format names findings, so that a program compares two runs."""
    text = rendered(name, findings)
    if name == "gitlab":
        return [issue["fingerprint"] for issue in json.loads(text)]
    if name == "sarif":
        return [
            result["partialFingerprints"]["dataAddress/v1"]
            for result in json.loads(text)["runs"][0]["results"]
        ]
    cases = ET.fromstring(text).iter("testcase")  # noqa: S314 - our own text
    return [f"{case.attrib['classname']} {case.attrib['name']}" for case in cases]


@pytest.mark.parametrize("name", ["gitlab", "junit", "sarif"])
def test_a_finding_is_called_the_same_in_every_run(name: str) -> None:
    """Neither the language nor the lines above change its name; equal ones are numbered."""
    before = names(name, FINDINGS)
    assert len(set(before)) == len(FINDINGS)
    moved = [f._replace(at=f.at._replace(line=99)) for f in FINDINGS]
    assert names(name, moved) == before
    translated = [
        f._replace(message=f"{f.at.width} palabras", advice="haga esto") for f in FINDINGS
    ]
    assert names(name, translated) == before
    for other in (
        FINDINGS[0]._replace(rule="unknown-body"),
        FINDINGS[0]._replace(at=FINDINGS[0].at._replace(path="data/meetings/B.yaml")),
        FINDINGS[0]._replace(at=FINDINGS[0].at._replace(column=6)),
    ):
        assert names(name, [other])[0] not in before


def test_junit_fails_where_the_exit_code_does() -> None:
    for strict, expected in ((False, (2, 1)), (True, (3, 0))):
        text = reporter("junit")(report(FINDINGS, strict=strict), PAGE)
        root = ET.fromstring(text)  # noqa: S314 - our own text
        failures, outputs = len(list(root.iter("failure"))), list(root.iter("system-out"))
        assert (failures, len(outputs)) == expected
        assert root.attrib["failures"] == str(failures)
        assert [output.text for output in outputs] == [WARNED] * len(outputs)
        XMLSchema(STANDARDS / "junit.xsd").validate(root)


def test_errors_are_shown_before_warnings_where_there_are_too_many() -> None:
    at = FINDINGS[0].at
    warnings = [Finding(at._replace(line=n), "warning", "number-gap", "x") for n in range(1, 200)]
    error = Finding(at._replace(line=500), "error", "unknown-party", "x")
    shown, left_out = capped([*warnings, error])
    assert shown == [*warnings[: MOST - 1], error]
    assert left_out == {at.path: 100}


if __name__ == "__main__":
    for written in NAMES:
        (HERE / f"{written}.txt").write_text(shown(written), encoding="utf-8")
