"""`github`, `gitlab` and `junit`: findings as services show them beside a change or a run."""

import json
from collections import Counter
from xml.sax.saxutils import escape, quoteattr

from grcm_cli.domain.findings import Report
from grcm_cli.formats.listing import Terminal
from grcm_cli.language import ci_commands
from grcm_cli.language.text import clean

_SEVERITIES = {"error": "major", "warning": "minor"}
"""On GitLab's own scale: info, minor, major, critical, blocker."""
_NOTHING = '    <testcase name="data" classname="grcm"/>\n'
"""The test of a run without any findings."""


def github(report: Report, terminal: Terminal) -> str:
    """Return one workflow command a finding, which GitHub shows beside the lines of a change.

    `%`, CR and LF are escaped in a message, `:` and `,` in a property too, as GitHub's toolkit
    does, so that no text of a file becomes a command.
    """
    commands = []
    for finding in report.findings:
        at = finding.at
        properties = {
            "file": at.path,
            "line": str(at.line),
            "col": str(at.column),
            "endColumn": str(at.column + at.width),
            "title": finding.rule,
        }
        written = ",".join(
            f"{name}={_data(value).replace(':', '%3A').replace(',', '%2C')}"
            for name, value in properties.items()
        )
        commands.append(f"::{finding.severity} {written}::{_data(finding.full_message)}\n")
    return "".join(commands)


def _data(text: str) -> str:
    # Azure's agent acts on a mark inside the line, and so does GitHub's on an unknown command.
    safe = ci_commands.without_commands(clean(text), colon=":")
    return safe.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def gitlab(report: Report, terminal: Terminal) -> str:
    """Return a code quality report, a JSON list of issues, which GitLab shows in a merge request.

    It compares the fingerprints of two branches: see FindingName for what they are made of.
    """
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

    A finding that does not make the run fail, as a warning without --strict, is a test that passed
    and has the finding as its output; so is a run without any.
    """
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
    cases = cases or {'"grcm validate"': [_NOTHING]}
    suites = [
        f'  <testsuite name={name} tests="{len(own)}" failures="{failures[name]}" errors="0">\n'
        f"{''.join(own)}  </testsuite>\n"
        for name, own in cases.items()
    ]
    tests = max(1, len(report.findings))
    counts = f'tests="{tests}" failures="{failures.total()}" errors="0"'
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="grcm" {counts}>\n{"".join(suites)}</testsuites>\n'
    )
    return ci_commands.markup_without_commands(xml)
