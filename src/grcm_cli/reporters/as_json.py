"""`json`: one document with the version of its schema. Keys, rules and severities are English."""

import json

from grcm_cli.domain.findings import Report
from grcm_cli.language.ci_commands import json_without_commands

SCHEMA_VERSION = 1


def render(report: Report) -> str:
    """Return the findings as a JSON document."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "errors": report.errors,
        "warnings": len(report.findings) - report.errors,
        "left_out": report.left_out,
        "findings": [
            {
                "path": finding.at.path,
                "line": finding.at.line,
                "column": finding.at.column,
                "end_column": finding.at.column + finding.at.width,
                "severity": finding.severity,
                "rule": finding.rule,
                "message": finding.message,
                "hint": finding.hint or None,
            }
            for finding in report.findings
        ],
    }
    return json_without_commands(json.dumps(document, indent=2)) + "\n"
