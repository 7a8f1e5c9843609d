"""`github`, `gitlab`, `sarif`, `junit` and `json`: findings as services and programs read them."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from urllib.parse import quote

from grcm_cli import __version__
from grcm_cli.domain.findings import Report, errors
from grcm_cli.domain.model import Location
from grcm_cli.formats import record
from grcm_cli.formats.as_json import SCHEMA_VERSION
from grcm_cli.formats.listing import Terminal
from grcm_cli.language import ci_commands
from grcm_cli.language.text import clean

_SEVERITIES = {"error": "major", "warning": "minor"}
"""On GitLab's own scale: info, minor, major, critical, blocker."""
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_FINGERPRINT = "dataAddress/v1"
"""What tells that two runs have the same result; GitHub makes its own `primaryLocationLineHash`."""
_HELP = "{what} {why}\n\nBad:\n\n{bad}\n\nGood:\n\n{good}"
_WIDEST = 200  # characters of a line that are shown


def github(report: Report, terminal: Terminal) -> str:
    """Return one workflow command a finding, which GitHub shows beside the lines of a change.

    Texts are escaped as GitHub's toolkit does: in a property `:` and `,` too.
    """
    commands = []
    for finding in report.findings:
        at = finding.at
        path = _data(at.path).replace(":", "%3A").replace(",", "%2C")
        place = f"file={path},line={at.line},col={at.column},endColumn={at.column + at.width}"
        message = _data(finding.full_message)
        commands.append(f"::{finding.severity} {place},title={finding.rule}::{message}\n")
    return "".join(commands)


def _data(text: str) -> str:
    # Azure's agent acts on a mark inside the line, and so does GitHub's on an unknown command.
    safe = ci_commands.without_commands(clean(text), colon=":")
    return safe.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def gitlab(report: Report, terminal: Terminal) -> str:
    """Return a code quality report, a JSON list of issues; GitLab compares their fingerprints."""
    issues = [
        {
            "description": finding.full_message,
            "check_name": finding.rule,
            "fingerprint": name.fingerprint(),
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": finding.at.path, "lines": {"begin": finding.at.line}},
        }
        for finding, name in report.named()
    ]
    return ci_commands.json_without_commands(json.dumps(issues, indent=2)) + "\n"


def junit(report: Report, terminal: Terminal) -> str:
    """Return XML as test runners write it: a suite per file, a test case per finding.

    A finding that does not make the run fail is a test that passed, with the finding as its output.
    """
    from xml.sax.saxutils import escape, quoteattr  # 25 ms, only for this format

    cases: dict[str, list[str]] = {}
    failures: Counter[str] = Counter()
    for finding, name in report.named():
        path = quoteattr(clean(finding.at.path))
        failures[path] += report.counts(finding)
        ordinal = f"({name.ordinal})" if name.ordinal > 1 else ""
        title = quoteattr(clean(" ".join(filter(None, (name.rule, name.address, ordinal)))))
        message = clean(finding.message)
        place = f"{clean(str(finding.at))}: {finding.severity}"
        body = escape("\n".join(filter(None, (place, message, clean(finding.hint)))))
        content = f"      <system-out>{body}</system-out>\n"
        if report.counts(finding):
            kind = f"type={quoteattr(finding.rule)} message={quoteattr(message)}"
            content = f"      <failure {kind}>{body}</failure>\n"
        case = f"    <testcase name={title} classname={path}>\n{content}    </testcase>\n"
        cases.setdefault(path, []).append(case)
    # A run without findings is a test that passed.
    cases = cases or {'"grcm validate"': ['    <testcase name="data" classname="grcm"/>\n']}
    suites = [
        f'  <testsuite name={name} tests="{len(texts)}" failures="{failures[name]}" errors="0">\n'
        f"{''.join(texts)}  </testsuite>\n"
        for name, texts in cases.items()
    ]
    tests = max(1, len(report.findings))
    head = f'<testsuites name="grcm" tests="{tests}" failures="{failures.total()}" errors="0">'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{"".join(suites)}</testsuites>\n'
    return ci_commands.markup_without_commands(xml)


def sarif(report: Report, terminal: Terminal) -> str:
    """Return the findings as one run of a SARIF log, with the rules that they name."""
    names = list(dict.fromkeys(finding.rule for finding in report.findings))
    from importlib.metadata import PackageNotFoundError, metadata  # 20 ms, only for this format

    links: list[str] = []
    with suppress(PackageNotFoundError):
        links = metadata("grcm-cli").get_all("Project-URL") or []
    driver = {
        "name": "grcm",
        "fullName": f"grcm {__version__}",
        "semanticVersion": __version__,
        **({"informationUri": links[0].partition(", ")[2]} if links else {}),
        "rules": [
            {
                "id": rule.name,
                "name": rule.name.title().replace("-", ""),
                "shortDescription": {"text": rule.page().what},
                "fullDescription": {"text": rule.page().why},
                "help": {"text": _HELP.format(**rule.page()._asdict())},
                "defaultConfiguration": {"level": rule.severity},
            }
            for rule in (report.rules[name] for name in names)
        ],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "grcm/"},
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": finding.rule,
                "ruleIndex": names.index(name.rule),
                "level": finding.severity,
                "message": {"text": finding.full_message},
                "locations": [{"physicalLocation": _place(finding.at, report.lines)}],
                "partialFingerprints": {_FINGERPRINT: name.fingerprint()},
            }
            for finding, name in report.named()
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return ci_commands.json_without_commands(json.dumps(log, indent=2)) + "\n"


def _place(at: Location, lines: Callable[[str], Sequence[str]]) -> dict[str, object]:
    end = at.column + max(1, at.width)
    region: dict[str, object] = {"startLine": at.line, "startColumn": at.column, "endColumn": end}
    place: dict[str, object] = {"artifactLocation": {"uri": quote(at.path)}, "region": region}
    # A finding about a file as a whole may be about one that must not be opened.
    text = lines(at.path) if at.width else ()
    if at.line <= len(text):
        start = at.column - 1
        region["snippet"] = {"text": _shortened(text[at.line - 1][start : start + at.width])}
        count = len(text) if text[-1] else len(text) - 1  # a line end is not followed by a line
        first, last = max(1, at.line - 1), max(at.line, min(count, at.line + 1))
        around = "\n".join(_shortened(line.rstrip("\r")) for line in text[first - 1 : last])
        place["contextRegion"] = {"startLine": first, "endLine": last, "snippet": {"text": around}}
    return place


def _shortened(line: str) -> str:
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def as_json(report: Report, terminal: Terminal) -> str:
    """Return the findings as a JSON document."""
    number = len(errors(report.findings))
    document = {
        "schema_version": SCHEMA_VERSION,
        "errors": number,
        "warnings": len(report.findings) - number,
        "left_out": report.left_out,
        "findings": list(map(record.finding_record, report.findings)),
    }
    written = json.dumps(document, indent=2, default=record.json_value)
    return ci_commands.json_without_commands(written) + "\n"


def findings_schema() -> record.JsonSchema:
    """Return the JSON Schema of the document."""
    number = record.type_schema(int)
    left_out = {"type": "object", "additionalProperties": number}
    keys: dict[str, record.JsonSchema] = {
        "schema_version": {"const": SCHEMA_VERSION},
        "errors": number,
        "warnings": number,
        "left_out": {**left_out, "description": "How many are not listed, by file."},
        "findings": record.array_schema(record.FindingRecord),
    }
    return record.object_schema(keys)
