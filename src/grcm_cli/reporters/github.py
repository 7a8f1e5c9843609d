"""`github`: workflow commands, which GitHub shows as annotations beside the lines of a change.

`%`, CR and LF are escaped in a message, `:` and `,` in a property too, as GitHub's toolkit does, so
that no text of a file becomes a command.
"""

from grcm_cli.domain.findings import Report
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.ci_commands import without_commands
from grcm_cli.language.text import clean


def render(report: Report, terminal: Terminal) -> str:
    """Return one workflow command a finding."""
    commands = []
    for finding in report.findings:
        at = finding.at
        properties = {
            "file": at.path,
            "line": str(at.line),
            "col": str(at.column),
            "endColumn": str(at.column + at.width),
            "title": finding.rule,
        }
        written = ",".join(
            f"{name}={_data(value).replace(':', '%3A').replace(',', '%2C')}"
            for name, value in properties.items()
        )
        commands.append(f"::{finding.severity} {written}::{_data(finding.full_message)}\n")
    return "".join(commands)


def _data(text: str) -> str:
    # Azure's agent acts on a mark inside the line, and so does GitHub's on an unknown command.
    safe = without_commands(clean(text), colon=":")
    return safe.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
