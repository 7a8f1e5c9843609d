"""`gitlab`: a code quality report, which GitLab shows in a merge request."""

import hashlib
import json

from grcm_cli.domain.findings import Finding, Report

_SEVERITIES = {"error": "major", "warning": "minor"}


def render(report: Report) -> str:
    """Return the findings as a JSON list of issues."""
    seen: dict[str, int] = {}
    issues = [_issue(finding, seen) for finding in report.findings]
    return json.dumps(issues, indent=2) + "\n"


def _issue(finding: Finding, seen: dict[str, int]) -> dict[str, object]:
    # The fingerprint does not depend on the line, and differs between equal findings.
    same = "\0".join((finding.at.path, finding.rule, finding.message))
    seen[same] = seen.get(same, 0) + 1
    numbered = f"{same}\0{seen[same]}".encode("utf-8", "replace")
    return {
        "description": finding.full_message,
        "check_name": finding.rule,
        "fingerprint": hashlib.sha256(numbered).hexdigest(),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.at.path, "lines": {"begin": finding.at.line}},
    }
