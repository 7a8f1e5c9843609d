"""`sarif`: OASIS Static Analysis Results Interchange Format 2.1.0, for code scanning services."""

import json
from urllib.parse import quote

from grcm_cli import __version__
from grcm_cli.domain.findings import Finding, Report, Rule

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def render(report: Report) -> str:
    """Return the findings as one run of a SARIF log, with the rules that they name."""
    names = list(dict.fromkeys(finding.rule for finding in report.findings))
    driver = {
        "name": "grcm",
        "semanticVersion": __version__,
        "rules": [_rule(report.rules[name]) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, names.index(finding.rule)) for finding in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    page = rule.page
    text = f"{page.what['en']} {page.why['en']}\n\nBad:\n\n{page.bad}\n\nGood:\n\n{page.good}"
    return {
        "id": rule.name,
        "shortDescription": {"text": page.what["en"]},
        "fullDescription": {"text": page.why["en"]},
        "help": {"text": text},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, index: int) -> dict[str, object]:
    at = finding.at
    region = {
        "startLine": at.line,
        "startColumn": at.column,
        "endColumn": at.column + max(1, at.width),
    }
    location = {"artifactLocation": {"uri": quote(at.path)}, "region": region}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": finding.full_message},
        "locations": [{"physicalLocation": location}],
    }
