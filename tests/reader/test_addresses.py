"""Addresses of places in a data file."""

import pytest

from grcm_cli.reader.events import addresses

MEETING = """\
# a comment
id: WG-1   # grcm: ignore[x]
participants: [AAA, BBB]
conclusions:
  - number: 8
    text: >-
      One
      two
    mandates:
      - action: {es: Hacer, en: Do}
        responsible: {each: [AAA]}
      - due: 2003-01-15
  - number: 9
    extends: {mandate: X/1, due: 2003-01-15}
  - text: Without a number
    extends:
      - {mandate: "X/1#2", due: 2004-01-15}
"""
PROGRESS = """\
- mandate: WG-1/8#1
  date: 2003-01-10
  progress: done
- {mandate: WG-1/9, for: 2003, date: 2003-01-11, progress: done}
- 7
"""
REGISTER = """\
offices:
  CH:
    terms:
      - {holder: AAA, from: 2002-01-01}
"""


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        (MEETING, 1, 3, ""),
        (MEETING, 2, 1, "id"),
        (MEETING, 2, 5, "id"),
        (MEETING, 2, 12, "id"),
        (MEETING, 3, 16, "participants[AAA]"),
        (MEETING, 3, 21, "participants[BBB]"),
        (MEETING, 5, 5, "conclusions[8].number"),
        (MEETING, 8, 7, "conclusions[8].text"),
        (MEETING, 10, 23, "conclusions[8].mandates[1].action.es"),
        (MEETING, 11, 30, "conclusions[8].mandates[1].responsible.each[AAA]"),
        (MEETING, 12, 9, "conclusions[8].mandates[2].due"),
        (MEETING, 14, 15, "conclusions[9].extends.mandate"),
        (MEETING, 15, 5, "conclusions[#3].text"),
        (MEETING, 17, 33, "conclusions[#3].extends[X/1#2].due"),
        (PROGRESS, 3, 13, "[WG-1/8#1 2003-01-10].progress"),
        (PROGRESS, 4, 60, "[WG-1/9 2003 2003-01-11].progress"),
        (PROGRESS, 5, 3, "[7]"),
        (REGISTER, 4, 17, "offices.CH.terms[AAA 2002-01-01].holder"),
        ("a: [", 1, 1, ""),
        ("", 1, 1, ""),
    ],
)
def test_the_address_of_a_place(text: str, line: int, column: int, expected: str) -> None:
    assert addresses(text.encode())(line, column) == expected


def test_lines_above_change_no_address() -> None:
    above = MEETING.replace("conclusions:\n", "conclusions:\n  - {number: 7, text: New}\n")
    before, after = addresses(MEETING.encode()), addresses(above.encode())
    for line in (*range(5, 15), 17):  # but for the one without a number, which is counted
        if line < 15:
            assert after(line + 1, 9) == before(line, 9)
