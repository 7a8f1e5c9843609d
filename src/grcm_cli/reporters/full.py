"""`full`: each finding with its line of the file and carets under the word that it is about."""

from rich.cells import cell_len

from grcm_cli.domain.findings import Finding, Report
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.characters import masked
from grcm_cli.language.text import clean
from grcm_cli.reporters.concise import EMPHASES, sentence

_WIDEST = 160


def render(report: Report, terminal: Terminal) -> str:
    """Return the findings with excerpts, an empty line between them."""

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
        before, meant, rest = shown[:word], shown[word:end], shown[end:_WIDEST]
        arrows = "^" * max(1, min(cell_len(meant), _WIDEST))
        pointer = " " * cell_len(before) + terminal.styled(arrows, EMPHASES[finding.severity])
        hint = f" {clean(finding.hint)}" if finding.hint else ""
        return f"{head}{at.line:>5} | {before}{meant[:_WIDEST]}{rest}\n      | {pointer}{hint}\n"

    return "\n".join(map(shown, report.findings))
