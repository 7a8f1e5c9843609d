"""`concise`: one line a finding, as compilers write them."""

from grcm_cli.domain.findings import Finding, Report
from grcm_cli.language.text import N_, _, clean

_SEVERITIES = {"error": N_("error"), "warning": N_("warning")}


def render(report: Report) -> str:
    """Return the findings, one a line, with what to write instead in brackets."""
    return "".join(
        sentence(finding, f" ({clean(finding.hint)})" if finding.hint else "")
        for finding in report.findings
    )


def sentence(finding: Finding, rest: str = "") -> str:
    """Return a finding's line: place, severity, rule, what is wrong."""
    severity = _(_SEVERITIES[finding.severity])
    place = clean(str(finding.at))
    return f"{place}: {severity}[{finding.rule}]: {clean(finding.message)}{rest}\n"
