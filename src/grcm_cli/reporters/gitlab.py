"""`gitlab`: a code quality report, which GitLab shows in a merge request.

GitLab compares the fingerprints of two branches: see FindingName for what they are made of.
"""

import json

from grcm_cli.domain.findings import Report
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.ci_commands import json_without_commands

_SEVERITIES = {"error": "major", "warning": "minor"}
"""On GitLab's own scale: info, minor, major, critical, blocker."""


def render(report: Report, terminal: Terminal) -> str:
    """Return the findings as a JSON list of issues."""
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
    return json_without_commands(json.dumps(issues, indent=2)) + "\n"
