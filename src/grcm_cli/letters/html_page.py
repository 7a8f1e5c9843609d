"""A self-contained HTML page: for a browser, a word processor, a mail program."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from grcm_cli.language.ci_commands import markup_without_commands
from grcm_cli.language.text import clean

_STYLE = """\
body, h1, h2, h3 { font-family: Calibri, Arial, sans-serif; }
body { font-size: 11pt; line-height: 1.3; color: #000; }
h1 { font-size: 16pt; margin: 0 0 6pt 0; }
h2 { font-size: 13pt; margin: 14pt 0 4pt 0; page-break-after: avoid; }
h3 { font-size: 11pt; margin: 10pt 0 2pt 0; page-break-after: avoid; }
p { margin: 0 0 6pt 0; }
blockquote { margin: 0 0 8pt 12pt; border-left: 2px solid #999; padding-left: 8pt; }
table { border-collapse: collapse; font-size: 9.5pt; }
th { background: #e8e8e8; text-align: left; }
thead { display: table-header-group; }
tr { page-break-inside: avoid; }
td { overflow-wrap: anywhere; }
p:has(+ ul), p:has(+ blockquote), ul:has(+ blockquote) { page-break-after: avoid; }
ul:has(+ blockquote), blockquote { page-break-inside: avoid; }
p + ul:not(:has(> li:nth-child(7))) { page-break-inside: avoid; }
p, li, blockquote { orphans: 3; widows: 3; }
"""
# A signature has room above it, and never stands alone on a page.
PORTRAIT = (
    _STYLE
    + """\
@page { size: A4; margin: 2.5cm; }
body { max-width: 45em; }
h1 { font-size: 13pt; }
ul { margin: 0 0 6pt 0; padding-left: 16pt; }
li { page-break-inside: avoid; }
.Section1 > p:nth-last-child(-n+3) { page-break-before: avoid; page-break-inside: avoid; }
.Section1 > p:last-child { margin-top: 36pt; }
"""
)
# Word takes paper and margins from the named page of a division; other programs from `@page`.
LANDSCAPE = (
    _STYLE
    + """\
@page { size: A4 landscape; margin: 1.8cm; }
@page Section1 { size: 841.9pt 595.3pt; mso-page-orientation: landscape; margin: 1.8cm; }
div.Section1 { page: Section1; }
"""
)
_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<div class="Section1">
{body}</div>
</body>
</html>
"""
_CELL = "border: 1px solid #666; padding: 3pt 5pt; vertical-align: top"


def html_page(title: str, language: str, body: str, style: str) -> str:
    """Return a page around a body that is HTML already; `style` is a style sheet."""
    page = _PAGE.format(
        title=escape(clean(title)), language=escape(language), style=style, body=body
    )
    return markup_without_commands(page)


def with_table_styles(html: str, widths: Mapping[int, Sequence[int]]) -> str:
    """Return HTML whose tables have borders, and columns of these widths in per cent.

    `widths` are by the number of columns. Each cell has the style itself, and its width as an
    attribute: LibreOffice ignores both in a style sheet.
    """

    def with_widths(head: re.Match[str]) -> str:
        cells = re.split("(?=<th[ >])", head[0])
        shares = widths.get(len(cells) - 1)
        if shares is None:
            return head[0]
        pairs = zip(shares, cells[1:], strict=True)
        return cells[0] + "".join(f'<th width="{share}%"{cell[3:]}' for share, cell in pairs)

    html = re.sub("<thead>.*?</thead>", with_widths, html, flags=re.DOTALL)
    html = html.replace("<table>", '<table style="width: 100%">')
    html = html.replace("<tr>", '<tr valign="top">')
    return re.sub("<t[hd](?: [^>]*)?>", lambda cell: _with_style(cell[0], _CELL), html)


def _with_style(tag: str, style: str) -> str:
    name, has_style, own = tag.removesuffix(">").partition(' style="')
    return f'{name} style="{style}; {own}>' if has_style else f'{name} style="{style}">'
