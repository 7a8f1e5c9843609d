"""When something is due, as letters and pages say it."""

import pytest

from grcm_cli.domain.deadlines import parse_due
from grcm_cli.domain.due_text import due_in_words
from grcm_cli.language.text import using_language

CASES = [
    ("2003-01-15", "15 de enero de 2003", "15 January 2003"),
    ("2003-01", "enero de 2003", "January 2003"),
    ("2003-Q1", "primer trimestre de 2003", "first quarter of 2003"),
    ("2003-Q4", "cuarto trimestre de 2003", "fourth quarter of 2003"),
    ("2003-H2", "segundo semestre de 2003", "second half of 2003"),
    ("2003", "2003", "2003"),
    ("2003-02-06/2003-02-07", "6 y 7 de febrero de 2003", "6–7 February 2003"),
    ("next GRCM", "próxima reunión de GRCM", "next meeting of GRCM"),
    ("CRM-2003-05", "reunión CRM-2003-05", "meeting CRM-2003-05"),
    (
        "1 day before next GRCM",
        "1 día antes de la próxima reunión de GRCM",
        "1 day before the next meeting of GRCM",
    ),
    (
        "6 weeks before CRM-2003-05",
        "6 semanas antes de la reunión CRM-2003-05",
        "6 weeks before: meeting CRM-2003-05",
    ),
    ("within 60 days", "en 60 días desde la reunión", "within 60 days of the meeting"),
    (
        "within 1 month of 2003-01-15",
        "en 1 mes desde: 15 de enero de 2003",
        "within 1 month of: 15 January 2003",
    ),
    (
        "within 2 weeks of CRM-2003-05",
        "en 2 semanas desde: reunión CRM-2003-05",
        "within 2 weeks of: meeting CRM-2003-05",
    ),
    ("every year on 05-31", "cada año el 31 de mayo", "every year on 31 May"),
    ("every 1 year", "cada año", "every year"),
    ("every 6 months", "cada 6 meses", "every 6 months"),
    ("every GRCM", "en cada reunión de GRCM", "at every meeting of GRCM"),
    ("ongoing", "permanente", "standing"),
    ("asap", "a la brevedad", "as soon as possible"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "spanish", "english"), CASES, ids=[row[0] for row in CASES])
def test_in_words(written: str, spanish: str, english: str) -> None:
    due = parse_due(written)
    assert due is not None
    for language, expected in (("es", spanish), ("en", english)):
        with using_language(language):
            assert due_in_words(due, language) == expected
