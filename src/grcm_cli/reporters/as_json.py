"""`json`: one document with the version of its schema. Keys, rules and severities are English."""

import json

from grcm_cli.domain.findings import Report
from grcm_cli.formats import record
from grcm_cli.formats.as_json import SCHEMA_VERSION
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.ci_commands import json_without_commands


def render(report: Report, terminal: Terminal) -> str:
    """Return the findings as a JSON document."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "errors": report.errors,
        "warnings": len(report.findings) - report.errors,
        "left_out": report.left_out,
        "findings": list(map(record.finding_record, report.findings)),
    }
    return json_without_commands(json.dumps(document, indent=2, default=record.json_value)) + "\n"


def findings_schema() -> record.JsonSchema:
    """Return the JSON Schema of the document."""
    number = record.type_schema(int)
    left_out = {"type": "object", "additionalProperties": number}
    return record.object_schema(
        {
            "schema_version": {"const": SCHEMA_VERSION},
            "errors": number,
            "warnings": number,
            "left_out": {**left_out, "description": "How many are not listed, by file."},
            "findings": record.array_schema(record.FindingRecord),
        }
    )
