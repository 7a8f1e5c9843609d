"""Characters that deceive: named wherever they stand in a file, raw or written as an escape."""

# ruff: noqa: RUF001 - words in other scripts are meant

import re
from collections.abc import Iterator

import pytest

from grcm_cli.domain.findings import Finding
from grcm_cli.reader.records import read_meeting

from ..conftest import REGISTER
from .conftest import read_file

BREAKS = (0x00, 0x0D, 0x85, 0x2028, 0x2029, 0xFEFF)
CONTROLS = (0x01, 0x07, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x9B, 0x9F)
NO_CHARACTERS = (0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)
TURNING = (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069)
HIDDEN = (
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E),
    *(0x180F, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x2061, 0x2064, 0x2065, 0x206A),
    *(0x206F, 0x2800, 0x3164, 0xFE00, 0xFE0E, 0xFE0F, 0xFFA0, 0xFFF0, 0xFFF8, 0xFFF9, 0xFFFA),
    *(0xFFFB, 0x1BCA0, 0x1D159, 0x1D173, 0x1D17A, 0xE0000, 0xE0001, 0xE0020, 0xE0041, 0xE007F),
    *(0xE0080, 0xE0100, 0xE01EF, 0xE0FFF),
)
RULES = {
    "odd-character": BREAKS + CONTROLS + NO_CHARACTERS,
    "bidi-control": TURNING,
    "invisible-character": HIDDEN,
}
CODES = [(code, rule) for rule, codes in RULES.items() for code in codes]
MEETING = "id: WG-2002-10\nbody: WG\nstart: 2002-10-29\n"
# The kind of file, and what stands in it with a § in the place of the character.
PLACES = {
    "text": ("meeting", MEETING + 'conclusions:\n  - {number: 1, text: "Te§to"}\n'),
    "action": ("meeting", MEETING + 'conclusions: [{number: 1, text: T, action: "Ha§cer"}]\n'),
    "responsible": ("meeting", MEETING + 'conclusions: [{number: 1, text: T, responsible: "A§A"}]'),
    "due": ("meeting", MEETING + 'conclusions: [{number: 1, text: T, due: "20§03"}]\n'),
    "number": ("meeting", MEETING + 'conclusions: [{number: "1§2", text: T}]\n'),
    "act": ("meeting", MEETING + 'conclusions: [{number: 1, text: T, acts: "di§rective"}]\n'),
    "reference": ("meeting", MEETING + 'conclusions: [{number: 1, text: T, follows: "W§G/1"}]\n'),
    "id": ("meeting", MEETING.replace("WG-2002-10", '"WG-§2002"')),
    "body": ("meeting", MEETING.replace(" WG\n", ' "W§G"\n')),
    "day": ("meeting", MEETING.replace("2002-10-29", '"2002-§10-29"')),
    "title": ("meeting", MEETING + 'title: {es: "Reu§nión"}\n'),
    "language": ("meeting", MEETING + 'title: {"e§s": Reunión}\n'),
    "list": ("meeting", MEETING + 'participants: [AAA, "B§B"]\n'),
    "key": ("meeting", MEETING + '"pla§ce": Quito\n'),
    "second line": ("meeting", MEETING + 'title: "Reunión de\n  Qui§to"\n'),
    "note": (
        "progress",
        '- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done, note: "a§b"}\n',
    ),
    "party's code": ("register", REGISTER.replace("  ORG: ", '  "O§RG": ')),
    "party's name": ("register", REGISTER.replace("name: Organización", 'name: "Orga§nización"')),
    "alias": ("register", REGISTER.replace("Amb]", '"Am§b"]')),
}


def found(kind: str, text: str) -> list[tuple[str, str, int, int]]:
    """Return rule, code, line and column of the findings about characters."""
    findings: list[Finding] = []
    read_file(kind, text.encode(), findings)
    return [
        (f.rule, match[0], f.at.line, f.at.column)
        for f in findings
        if f.rule in RULES and (match := re.search(r"U\+[0-9A-F]+", f.message))
    ]


def escapes(code: int) -> Iterator[str]:
    """Yield each way in which YAML writes a character as an escape."""
    letters = {0: "0", 7: "a", 11: "v", 12: "f", 13: "r", 27: "e", 0x85: "N", 0x2028: "L"}
    if code in letters:
        yield f"\\{letters[code]}"
    if code <= 0xFF:
        yield f"\\x{code:02x}"
    if code <= 0xFFFF:
        yield f"\\u{code:04x}"
    yield f"\\U{code:08X}"


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("place", PLACES)
def test_each_character_is_named_where_it_stands_raw_and_escaped(place: str) -> None:
    kind, text = PLACES[place]
    before = text[: text.index("§")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    for code, rule in CODES:
        expected = [(rule, f"U+{code:04X}", line, column)]
        for written in (chr(code), *escapes(code)):
            assert found(kind, text.replace("§", written)) == expected, ascii(written)


@pytest.mark.parametrize("written", ["\\ud800", "\\uDBFF", "\\udc00", "\\U0000dfff"])
@pytest.mark.usefixtures("parser")
def test_half_a_character_is_no_character(written: str) -> None:
    findings: list[Finding] = []
    read_meeting("f", "WG", f'{MEETING}place: "Qui{written}to"\n'.encode(), findings)
    assert [(f.rule, f.at[1:]) for f in findings] == [("syntax", (4, 12, len(written)))]


@pytest.mark.parametrize(
    "written", ["é\\u00e9", "a\\tb", "a\\nb", "\\U0001f468\\u200d\\U0001f469", "می\\u200cخواهم"]
)
def test_an_escape_of_what_is_seen_is_right(written: str) -> None:
    assert found("meeting", f'{MEETING}place: "{written}"\n') == []


def test_an_escape_beside_a_raw_character_is_read_with_it() -> None:
    place = PLACES["text"][1]
    assert found("meeting", place.replace("§", "👨\\u200d👩")) == []
    assert found("meeting", place.replace("§", "a\\u200d👩\u200b")) == [
        ("invisible-character", "U+200B", 5, 34),
        ("invisible-character", "U+200D", 5, 27),
    ]


def test_a_letter_of_another_script_is_named_as_an_escape_too() -> None:
    findings: list[Finding] = []
    read_meeting("f", "WG", f'{MEETING}place: "\\u0421RI"\n'.encode(), findings)
    assert [(f.rule, f.at[1:]) for f in findings] == [("look-alike", (4, 9, 6))]
