"""`full` and `concise`: findings for people, with their lines of the file, or one a line."""

from collections.abc import Mapping

from grcm_cli.domain.findings import SEVERITY_LABELS, Finding, Report, Severity
from grcm_cli.formats.listing import Emphasis, Terminal
from grcm_cli.language.characters import masked
from grcm_cli.language.text import _, clean

_WIDEST = 160  # characters of a line that are shown
_EMPHASES: Mapping[Severity, Emphasis] = {"error": "late", "warning": "soon"}
_PLAIN = Terminal(80, colour=False)


def concise(report: Report, terminal: Terminal) -> str:
    """Return the findings, one a line, each with its hint in brackets."""
    return "".join(
        sentence(finding, f" ({clean(finding.hint)})" if finding.hint else "", terminal)
        for finding in report.findings
    )


def sentence(finding: Finding, ending: str = "", terminal: Terminal = _PLAIN) -> str:
    """Return a finding's line: place, severity, rule, message, and `ending`."""
    place = terminal.linked_file(clean(str(finding.at)), finding.at.path)
    severity = _(SEVERITY_LABELS[finding.severity]) + f"[{finding.rule}]"
    severity = terminal.styled(severity, _EMPHASES[finding.severity])
    return f"{place}: {severity}: {clean(finding.message)}{ending}\n"


def full(report: Report, terminal: Terminal) -> str:
    """Return the findings, each with its line and carets under the word that it is about."""
    from rich.cells import cell_len  # 10 ms, only for this format

    def shown(finding: Finding) -> str:
        # A finding about a file as a whole may be about one that must not be opened.
        of_file = report.lines(finding.at.path) if finding.at.width > 0 else ()
        at, head = finding.at, sentence(finding, "", terminal)
        if at.width == 0 or at.line > len(of_file) or not of_file[at.line - 1].strip():
            return head + (f"  {clean(finding.hint)}\n" if finding.hint else "")
        line = of_file[at.line - 1].rstrip("\r")
        # Of a long line, the part around the place is shown.
        start = max(0, at.column - 1 - _WIDEST // 2) if len(line) > _WIDEST else 0
        word, end = at.column - 1 - start, at.column - 1 - start + max(1, at.width)
        shown = masked(line[start : max(start + end, start + _WIDEST)].replace("\t", " "))
        before, meant, after = shown[:word], shown[word:end], shown[end:_WIDEST]
        arrows = "^" * max(1, min(cell_len(meant), _WIDEST))
        pointer = " " * cell_len(before) + terminal.styled(arrows, _EMPHASES[finding.severity])
        hint = f" {clean(finding.hint)}" if finding.hint else ""
        return f"{head}{at.line:>5} | {before}{meant[:_WIDEST]}{after}\n      | {pointer}{hint}\n"

    return "\n".join(map(shown, report.findings))
