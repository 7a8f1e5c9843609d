"""`concise`: one line per finding, as compilers write them."""

from grcm_cli.domain.findings import SEVERITY_LABELS, Finding, Report
from grcm_cli.language.text import _, clean


def render(report: Report) -> str:
    """Return the findings, one a line, each with its hint in brackets."""
    return "".join(
        sentence(finding, f" ({clean(finding.hint)})" if finding.hint else "")
        for finding in report.findings
    )


def sentence(finding: Finding, rest: str = "") -> str:
    """Return a finding's line: place, severity, rule, message; `rest` is put at its end."""
    severity = _(SEVERITY_LABELS[finding.severity])
    place = clean(str(finding.at))
    return f"{place}: {severity}[{finding.rule}]: {clean(finding.message)}{rest}\n"
