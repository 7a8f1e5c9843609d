"""`json`: one document with the version of its schema. Keys, rules and severities are English."""

import json

from grcm_cli.domain.findings import Report
from grcm_cli.formats.as_json import PROBLEM_FIELDS, SCHEMA_VERSION
from grcm_cli.formats.listing import JsonSchema, record_of
from grcm_cli.formats.output_schema import NUMBER, list_of, object_schema, record_schema
from grcm_cli.language.ci_commands import json_without_commands


def render(report: Report) -> str:
    """Return the findings as a JSON document."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "errors": report.errors,
        "warnings": len(report.findings) - report.errors,
        "left_out": report.left_out,
        "findings": [record_of(finding, PROBLEM_FIELDS) for finding in report.findings],
    }
    return json_without_commands(json.dumps(document, indent=2)) + "\n"


def findings_schema() -> JsonSchema:
    """Return the JSON Schema of the document."""
    left_out = {"type": "object", "additionalProperties": NUMBER}
    return object_schema(
        {
            "schema_version": {"const": SCHEMA_VERSION},
            "errors": NUMBER,
            "warnings": NUMBER,
            "left_out": {**left_out, "description": "By file, how many are not listed."},
            "findings": list_of(record_schema(PROBLEM_FIELDS)),
        }
    )
