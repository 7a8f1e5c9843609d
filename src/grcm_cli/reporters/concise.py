"""`concise`: one line per finding, as compilers write them."""

from collections.abc import Mapping

from grcm_cli.domain.findings import SEVERITY_LABELS, Finding, Report, Severity
from grcm_cli.formats.listing import Emphasis, Terminal
from grcm_cli.language.text import _, clean

EMPHASES: Mapping[Severity, Emphasis] = {"error": "late", "warning": "soon"}
_PLAIN = Terminal(80, colour=False)


def render(report: Report, terminal: Terminal) -> str:
    """Return the findings, one a line, each with its hint in brackets."""
    return "".join(
        sentence(finding, f" ({clean(finding.hint)})" if finding.hint else "", terminal)
        for finding in report.findings
    )


def sentence(finding: Finding, rest: str = "", terminal: Terminal = _PLAIN) -> str:
    """Return a finding's line: place, severity, rule, message; `rest` is put at its end."""
    place = terminal.linked_file(clean(str(finding.at)), finding.at.path)
    severity = _(SEVERITY_LABELS[finding.severity]) + f"[{finding.rule}]"
    severity = terminal.styled(severity, EMPHASES[finding.severity])
    return f"{place}: {severity}: {clean(finding.message)}{rest}\n"
