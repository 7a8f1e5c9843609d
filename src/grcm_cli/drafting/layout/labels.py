"""The label at the start of a line, in each way in which it can be read: `8.`, `c)`, `IV`, `•`."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["number", "dotted", "lower", "upper", "roman", "ROMAN", "bullet"]


class Label(NamedTuple):
    """One reading of a label."""

    kind: Kind
    style: str
    """How it is written, its value aside; a series has one style: `1.`, `(1)`, `alone 1`."""
    value: int
    """Its place in a series, from 1; 0 for a bullet, which has none."""
    written: str
    """Without brackets and stops: `8`, `c`, `IV`, `3.2`, `12/4`; empty for a bullet."""
    rest: str
    """The text after it on its line."""


_WORD = (
    r"(?:conclusi[oó]n|decisi[oó]n|acuerdo|agreement|resoluci[oó]n|resolution|recomendaci[oó]n"
    r"|recommendation|compromiso|commitment|action(?: point| item)?|acci[oó]n|punto|point|numeral"
    r"|item|mandato|mandate|paragraph|p[aá]rrafo|art[ií]culo|article)"
)
_NAMED = re.compile(
    rf"(?P<word>{_WORD})\s+(?:n(?:\.\s?|)[º°o]\.?\s*|#\s*)?(?P<number>[0-9]+(?:[/.-][0-9]+)*|[IVXL]+)"
    r"(?P<end>\s*[.:)–—-]+(?=\s|$)|\s*$)\s*",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})+)(?P<end>[.)]|\.-)?(?=\s|$)\s*")
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<number>[0-9]{1,4})(?P<end>\.-|\.\)|[.)]|º\.?|ª\.?|\s*[–—-](?=\s))(?=\s|$|[“\"A-ZÁÉÍÓÚ])\s*"
)
_SLASHED = re.compile(
    r"(?P<number>[0-9]{1,4}/(?P<last>[0-9]{1,3}))(?:(?P<end>\.-|[.)])(?=\s|$)|(?=\s+[“\"A-ZÁÉÍÓÚ]|$))\s*"
)
_ALONE = re.compile(r"(?P<number>[0-9]{1,4})$")
_LETTER = re.compile(
    r"(?P<open>\()?(?P<number>[a-zA-Z])(?P<end>\.\)|[.)]|\s*[–—-](?=\s))(?=\s|$)\s*"
)
_ROMAN = re.compile(
    r"(?P<open>\()?(?P<number>[ivxl]+|[IVXLC]+)(?P<end>\.-|\.\)|[.)]|\s*[–—-](?=\s)|(?=\s*$))(?=\s|$)\s*"
)
_BULLET = re.compile(r"(?P<number>[-•–—*▪●◦·➢✓■□‣\uf0b7\uf0a7]|o(?=\s{2}))\s+")
_ROMAN_FORM = re.compile(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def labels_of(line: str) -> Iterator[Label]:
    """Yield every way in which a line's start can be read as a label."""
    if match := _NAMED.match(line):
        written = match["number"].upper()
        value = int(re.split(r"[/.-]", written)[-1]) if written[0].isdigit() else roman(written)
        if value:
            kind: Kind = "number" if written[0].isdigit() else "ROMAN"
            yield Label(kind, match["word"].casefold(), value, written, line[match.end() :])
    yield from _in_figures(line)
    if match := _LETTER.match(line):
        letter = match["number"]
        yield _label(
            "lower" if letter.islower() else "upper", match, ord(letter.lower()) - 96, line
        )
    if match := _ROMAN.match(line):
        value = roman(match["number"].upper())
        if value:
            yield _label("roman" if match["number"].islower() else "ROMAN", match, value, line)
    if match := _BULLET.match(line):
        yield Label("bullet", match["number"], 0, "", line[match.end() :])


def _in_figures(line: str) -> Iterator[Label]:
    """Yield the reading of a label that begins with a figure."""
    if match := _SLASHED.match(line):
        yield _label("number", match, int(match["last"]), line)
    elif match := _DOTTED.match(line):
        yield _label("dotted", match, int(match["number"].rpartition(".")[2]), line)
    elif match := _NUMBER.match(line):
        yield _label("number", match, int(match["number"]), line)
    elif match := _ALONE.match(line):
        yield Label("number", "alone 1", int(match["number"]), match["number"], "")


def _label(kind: Kind, match: re.Match[str], value: int, line: str) -> Label:
    groups = match.groupdict()
    slash = "/" if "last" in groups else ""
    style = f"{slash}{groups.get('open') or ''}1{(groups['end'] or '').strip()}"
    return Label(kind, style, value, match["number"], line[match.end() :])


def roman(written: str) -> int:
    """Return the value of a roman number in capitals; 0 where it is none."""
    if not written or not _ROMAN_FORM.fullmatch(written):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in written]
    signs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in signs)
