"""Read a CSV file: UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab."""

import codecs
import csv
import io
import re

from grcm_cli.formats.as_csv import restored
from grcm_cli.language.text import _, clean
from grcm_cli.sheets import table
from grcm_cli.sheets.headings import TableKind

_MOST_BYTES = 16_000_000
_LONGEST_WORD = 40
_SEPARATOR = re.compile("sep=(.)?[,;\t]*")
"""What some programs write as the first line, and do not show as a row."""
_BLANK = f'{table.DELIMITERS}"\r\n '
_OTHER_ENCODING = re.compile(
    "(?<=[a-z])[‡Ž\u201a¡¢£¤](?![A-Z])|(?<=[A-Za-z])Ž(?=[a-z])|(?<=[A-Za-z])œ[bglmnpr]"
    "|i\u2014n(?![a-z])|(?<=[aeiou])\u2013[aeo]s?(?![a-z])|(?<=[a-z]{2})\u2019as?(?![a-z])"
)
"""Accented letters of Mac Roman or code page 850, read as Windows-1252: MŽxico, reuni—n, ni–o."""


def read(data: bytes, kind: TableKind, *, by_line: bool = False) -> table.Sheet:
    """Return a CSV table's rows, numbered, `by_line` by their last line. Raises UnreadableSheet."""
    # Not `splitlines`: it also cuts at a vertical tab, which text pasted from Word has in a cell.
    text = _decoded(data)
    lines = list(io.StringIO(text if text.strip(_BLANK) else "", newline=""))
    separator = _SEPARATOR.fullmatch(lines[0].strip()) if lines else None
    skipped = 1 if separator else 0
    delimiter = (separator and separator[1]) or _delimiter(lines[skipped : skipped + 30], kind)
    # Python's own limit would be reported as a missing quotation mark.
    csv.field_size_limit(_MOST_BYTES)
    reader = csv.reader(lines[skipped:], delimiter=delimiter, strict=True)
    rows = []
    ended = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > table.MANY_ROWS:
                message = _("it has more than {count} rows: split it")
                raise table.UnreadableSheet(message.format(count=table.MANY_ROWS))
            at = reader.line_num + skipped if by_line else number
            ended = reader.line_num
            for column in range(table.MANY_COLUMNS, len(cells)):
                if cells[column].strip():
                    raise table.UnreadableSheet(table.too_wide(f"{table.letter(column)}{number}"))
            texts = [table.cell_text(restored(cell)) for cell in cells[: table.MANY_COLUMNS]]
            rows.append(table.SheetRow(at, texts))
    except csv.Error as error:
        first, last = ended + 1 + skipped, reader.line_num + skipped
        message = _(
            "line {line} is not a CSV row: a quotation mark is missing, or there is one too many"
        )
        if first < last:
            message = _(
                "the row that begins on line {line} is not a CSV row: a quotation mark is "
                "missing, or there is one too many"
            )
        raise table.UnreadableSheet(message.format(line=first)) from error
    return table.Sheet("", rows)


def _delimiter(lines: list[str], kind: TableKind) -> str:
    """Return what stands between the headings; spreadsheets in Spanish write semicolons."""
    for delimiter in table.DELIMITERS:
        for line in lines:
            words = line.split(delimiter, table.MANY_COLUMNS)
            if kind.is_heading_row([word.strip(' "\r\n') for word in words]):
                return delimiter
    first = next((line for line in lines if line.strip(f"{table.DELIMITERS}\r\n ")), "")
    return max(table.DELIMITERS, key=first.count)


def _decoded(data: bytes) -> str:
    if len(data) > _MOST_BYTES:
        message = _("it is larger than {count} MB: split it")
        raise table.UnreadableSheet(message.format(count=_MOST_BYTES // 1_000_000))
    # UTF-16 has a mark, or the NUL bytes of its Latin letters.
    encodings, start = ["utf-8-sig", "cp1252"], data[:200]
    for encoding, nul, first in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if len(start) > 3 and not any(start[nul::2]) and all(start[first::2]):
            encodings = [encoding]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" in text:
            break
        if encoding == "cp1252" and (wrong := _OTHER_ENCODING.search(text)):
            near = text[max(0, wrong.end() - _LONGEST_WORD) : wrong.end()]
            word = re.split(r"[\s,;]", near)[-1]
            message = _(
                "its accents are in an encoding that cannot be read ('{word}…'): in the "
                "spreadsheet program, save it as “CSV UTF-8”"
            )
            raise table.UnreadableSheet(message.format(word=clean(word)))
        return text
    why = _("it is not CSV text: in the spreadsheet program, save it as “CSV UTF-8”")
    raise table.UnreadableSheet(why)
