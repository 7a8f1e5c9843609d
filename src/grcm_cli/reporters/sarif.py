"""`sarif`: OASIS Static Analysis Results Interchange Format 2.1.0, for code scanning services."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote

from grcm_cli import __version__
from grcm_cli.domain.findings import Finding, FindingName, Report
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.ci_commands import json_without_commands

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_FINGERPRINT = "dataAddress/v1"
"""What tells that two runs have the same result; GitHub makes its own `primaryLocationLineHash`."""
_HELP = "{what} {why}\n\nBad:\n\n{bad}\n\nGood:\n\n{good}"
_WIDEST = 200  # characters of a line that are shown


def render(report: Report, terminal: Terminal) -> str:
    """Return the findings as one run of a SARIF log, with the rules that they name."""
    names = list(dict.fromkeys(finding.rule for finding in report.findings))
    lines = lru_cache(maxsize=1)(report.lines)  # the findings of a file stand together
    from importlib.metadata import PackageNotFoundError, metadata  # 20 ms, only for this format

    links: list[str] = []
    with suppress(PackageNotFoundError):
        links = metadata("grcm-cli").get_all("Project-URL") or []
    pages = [link.partition(", ")[2] for link in links]
    driver = {
        "name": "grcm",
        "fullName": f"grcm {__version__}",
        "semanticVersion": __version__,
        **({"informationUri": pages[0]} if pages else {}),
        "rules": [
            {
                "id": rule.name,
                "name": rule.name.title().replace("-", ""),
                "shortDescription": {"text": rule.page.what},
                "fullDescription": {"text": rule.page.why},
                "help": {"text": _HELP.format(**rule.page._asdict())},
                "defaultConfiguration": {"level": rule.severity},
            }
            for rule in (report.rules[name] for name in names)
        ],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "grcm/"},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, name, names.index(name.rule), lines)
            for finding, name in report.named()
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_without_commands(json.dumps(log, indent=2)) + "\n"


def _result(
    finding: Finding, name: FindingName, index: int, lines: Callable[[str], Sequence[str]]
) -> dict[str, object]:
    at = finding.at
    end = at.column + max(1, at.width)
    region: dict[str, object] = {"startLine": at.line, "startColumn": at.column, "endColumn": end}
    place = {"artifactLocation": {"uri": quote(at.path)}, "region": region}
    # A finding about a file as a whole may be about one that must not be opened.
    text = lines(at.path) if at.width else ()
    if at.line <= len(text):
        start = at.column - 1
        region["snippet"] = {"text": _shortened(text[at.line - 1][start : start + at.width])}
        count = len(text) if text[-1] else len(text) - 1  # a line end is not followed by a line
        first, last = max(1, at.line - 1), max(at.line, min(count, at.line + 1))
        around = "\n".join(_shortened(line.rstrip("\r")) for line in text[first - 1 : last])
        place["contextRegion"] = {"startLine": first, "endLine": last, "snippet": {"text": around}}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": finding.full_message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {_FINGERPRINT: name.fingerprint()},
    }


def _shortened(line: str) -> str:
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"
