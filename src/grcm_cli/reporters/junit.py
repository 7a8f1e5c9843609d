"""`junit`: XML as test runners write it, for programs that show test results: a suite per file."""

from xml.sax.saxutils import escape, quoteattr

from grcm_cli.domain.findings import Finding, Report
from grcm_cli.language.text import clean


def render(report: Report) -> str:
    """Return the findings as failed test cases; a run without any as one that passed."""
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_file.setdefault(finding.at.path, []).append(finding)
    suites = [_suite(path, found) for path, found in by_file.items()]
    if not suites:
        suites = [
            _testsuite('"grcm validate"', 1, 0, '    <testcase name="data" classname="grcm"/>\n')
        ]
    count = len(report.findings)
    head = f'<testsuites name="grcm" tests="{max(1, count)}" failures="{count}" errors="0">\n'
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + head + "".join(suites) + "</testsuites>\n"


def _suite(path: str, found: list[Finding]) -> str:
    return _testsuite(quoteattr(clean(path)), len(found), len(found), "".join(map(_case, found)))


def _testsuite(name: str, tests: int, failures: int, cases: str) -> str:
    head = f'  <testsuite name={name} tests="{tests}" failures="{failures}" errors="0">\n'
    return f"{head}{cases}  </testsuite>\n"


def _case(finding: Finding) -> str:
    place, message = clean(str(finding.at)), clean(finding.message)
    name = quoteattr(f"{finding.rule} {finding.at.line}:{finding.at.column}")
    file = quoteattr(clean(finding.at.path))
    body = escape("\n".join(filter(None, (place, message, clean(finding.hint)))))
    kind = f"type={quoteattr(finding.rule)} message={quoteattr(message)}"
    failure = f"      <failure {kind}>{body}</failure>\n"
    return f"    <testcase name={name} classname={file}>\n{failure}    </testcase>\n"
