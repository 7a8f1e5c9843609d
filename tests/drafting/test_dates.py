"""By when: the words for a time, with the deadline that each gives, or none."""

from datetime import date

import pytest

from grcm_cli.drafting.dates.expressions import time_expressions_in

MEETING_ENDED = date(2002, 10, 31)

EXPRESSIONS = [
    # counted in days, or from an event, that no calendar has
    ("enviar sus notas dentro de los 10 días hábiles siguientes a la recepción del plan.",
     ["dentro de los 10 días hábiles siguientes a la recepción"]),
    ("shall comment within 10 working days of receipt of the plan.",
     ["within 10 working days of receipt"]),
    ("enviar sus notas a partir de su circulación.", ["a partir de su circulación"]),
    ("to reply upon circulation of the plan.", ["upon circulation"]),
    ("at least six weeks before each session", ["six weeks before each session"]),
    # what a finder reads
    ("enviar el plan antes del 31 de marzo de cada año.",
     ["antes del 31 de marzo de cada año"]),
    ("to submit a plan by 5 May 2003, and a map as soon as possible.",
     ["by 5 May 2003", "as soon as possible"]),
    # a past day, a year in a name, a length
    ("takes note of the plan of 5 May 2002", []),
    ("la Agenda 2030", []),
    ("elaborar un programa de dos años", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS, ids=[row[0] for row in EXPRESSIONS])
def test_each_expression_of_time_is_found(text: str, expected: list[str]) -> None:
    found = time_expressions_in(text, 0, len(text), MEETING_ENDED)
    assert [text[start:end] for start, end in found] == expected
