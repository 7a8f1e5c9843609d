"""`junit`: XML as test runners write it, for programs that show test results: a suite per file.

A finding that does not make the run fail, as a warning without --strict, is a test that passed and
has the finding as its output.
"""

from xml.sax.saxutils import escape, quoteattr

from grcm_cli.domain.findings import Finding, FindingName, Report
from grcm_cli.language.ci_commands import markup_without_commands
from grcm_cli.language.text import clean

_NOTHING = '    <testcase name="data" classname="grcm"/>\n'


def render(report: Report) -> str:
    """Return the findings as test cases; a run without any as one that passed."""
    by_file: dict[str, list[tuple[Finding, FindingName]]] = {}
    for finding, name in report.named():
        by_file.setdefault(finding.at.path, []).append((finding, name))
    suites = [
        _suite(
            quoteattr(clean(path)),
            len(found),
            sum(report.counts(finding) for finding, _name in found),
            "".join(_case(one, name, is_failure=report.counts(one)) for one, name in found),
        )
        for path, found in by_file.items()
    ] or [_suite('"grcm validate"', 1, 0, _NOTHING)]
    tests = max(1, len(report.findings))
    failures = sum(map(report.counts, report.findings))
    head = f'<testsuites name="grcm" tests="{tests}" failures="{failures}" errors="0">\n'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{"".join(suites)}</testsuites>\n'
    return markup_without_commands(xml)


def _suite(name: str, tests: int, failures: int, cases: str) -> str:
    head = f'  <testsuite name={name} tests="{tests}" failures="{failures}" errors="0">\n'
    return f"{head}{cases}  </testsuite>\n"


def _case(finding: Finding, name: FindingName, *, is_failure: bool) -> str:
    ordinal = f"({name.ordinal})" if name.ordinal > 1 else ""
    title = quoteattr(clean(" ".join(filter(None, (name.rule, name.address, ordinal)))))
    file = quoteattr(clean(finding.at.path))
    message = clean(finding.message)
    place = f"{clean(str(finding.at))}: {finding.severity}"
    body = escape("\n".join(filter(None, (place, message, clean(finding.hint)))))
    content = f"      <system-out>{body}</system-out>\n"
    if is_failure:
        kind = f"type={quoteattr(finding.rule)} message={quoteattr(message)}"
        content = f"      <failure {kind}>{body}</failure>\n"
    return f"    <testcase name={title} classname={file}>\n{content}    </testcase>\n"
