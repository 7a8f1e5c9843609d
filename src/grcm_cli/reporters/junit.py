"""`junit`: XML as test runners write it, for programs that show test results: a suite per file.

A finding that does not make the run fail, as a warning without --strict, is a test that passed and
has the finding as its output.
"""

from collections import Counter
from xml.sax.saxutils import escape, quoteattr

from grcm_cli.domain.findings import Report
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.ci_commands import markup_without_commands
from grcm_cli.language.text import clean

_NOTHING = '    <testcase name="data" classname="grcm"/>\n'


def render(report: Report, terminal: Terminal) -> str:
    """Return the findings as test cases; a run without any as one that passed."""
    cases: dict[str, list[str]] = {}
    failures: Counter[str] = Counter()
    for finding, name in report.named():
        path = quoteattr(clean(finding.at.path))
        failures[path] += report.counts(finding)
        ordinal = f"({name.ordinal})" if name.ordinal > 1 else ""
        title = quoteattr(clean(" ".join(filter(None, (name.rule, name.address, ordinal)))))
        file = quoteattr(clean(finding.at.path))
        message = clean(finding.message)
        place = f"{clean(str(finding.at))}: {finding.severity}"
        body = escape("\n".join(filter(None, (place, message, clean(finding.hint)))))
        content = f"      <system-out>{body}</system-out>\n"
        if report.counts(finding):
            kind = f"type={quoteattr(finding.rule)} message={quoteattr(message)}"
            content = f"      <failure {kind}>{body}</failure>\n"
        case = f"    <testcase name={title} classname={file}>\n{content}    </testcase>\n"
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
    return markup_without_commands(xml)
