"""A self-contained HTML page: for a browser, a word processor, a mail program.

Its frame and its style sheets lie in `page/`. A signature has room above it, and never stands alone
on a page. Word takes paper and margins from the named page of a division; other programs from
`@page`.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Literal

from grcm_cli.language.ci_commands import markup_without_commands
from grcm_cli.language.markdown import to_html
from grcm_cli.language.text import clean

_FOLDER = Path(__file__).parent / "page"
_CELL = "border: 1px solid #666; padding: 3pt 5pt; vertical-align: top"


def html_page(
    title: str,
    language: str,
    markdown: str,
    paper: Literal["portrait", "landscape"],
    widths: Mapping[int, Sequence[int]],
) -> str:
    """Return a Markdown text as a page.

    `widths` are those of the columns of a table in per cent, by their number. Each cell has its
    borders itself, and its width as an attribute: LibreOffice ignores both in a style sheet.
    """

    def with_widths(head: re.Match[str]) -> str:
        cells = re.split("(?=<th[ >])", head[0])
        shares = widths.get(len(cells) - 1)
        if shares is None:
            return head[0]
        pairs = zip(shares, cells[1:], strict=True)
        return cells[0] + "".join(f'<th width="{share}%"{cell[3:]}' for share, cell in pairs)

    def with_borders(cell: re.Match[str]) -> str:
        name, has_style, own = cell[0].removesuffix(">").partition(' style="')
        return f'{name} style="{_CELL}; {own}>' if has_style else f'{name} style="{_CELL}">'

    html = re.sub("<thead>.*?</thead>", with_widths, to_html(markdown), flags=re.DOTALL)
    html = html.replace("<table>", '<table style="width: 100%">')
    html = html.replace("<tr>", '<tr valign="top">')
    html = re.sub("<t[hd](?: [^>]*)?>", with_borders, html)
    frame, *styles = (
        (_FOLDER / name).read_text(encoding="utf-8")
        for name in ("page.html", "page.css", f"{paper}.css")
    )
    page = frame.format(
        title=escape(clean(title)), language=escape(language), style="".join(styles), body=html
    )
    return markup_without_commands(page)
