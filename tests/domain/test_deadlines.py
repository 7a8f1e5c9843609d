"""By when: every form of `due`, and its last day."""

import re
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.domain.due import Due, DueWording
from grcm_cli.domain.due_forms import (
    FORMS,
    AtMeeting,
    Before,
    DuringMeeting,
    FixedDay,
    NextMeeting,
    Within,
    due_examples,
    parse_due,
    reads_as_due,
)
from grcm_cli.domain.periods import (
    is_backward,
    looks_like_day,
    parse_day,
    parse_period,
    parse_relative_day,
)
from grcm_cli.language.text import using_language

from ..conftest import Folder


@pytest.mark.parametrize(
    ("written", "last"),
    [
        pytest.param("2003-01-15", date(2003, 1, 15), id="a day"),
        pytest.param("2003-01", date(2003, 1, 31), id="a month"),
        pytest.param("2003-02", date(2003, 2, 28), id="february"),
        pytest.param("2004-02", date(2004, 2, 29), id="february of a leap year"),
        pytest.param("1900-02", date(1900, 2, 28), id="1900 was no leap year"),
        pytest.param("2000-02-29", date(2000, 2, 29), id="2000 was one"),
        pytest.param("2003-Q1", date(2003, 3, 31), id="the first quarter"),
        pytest.param("2003-Q4", date(2003, 12, 31), id="the last quarter"),
        pytest.param("2003-H1", date(2003, 6, 30), id="the first half"),
        pytest.param("2003-H2", date(2003, 12, 31), id="the second half"),
        pytest.param("2003", date(2003, 12, 31), id="a year"),
        pytest.param("9999", date(9999, 12, 31), id="the last year there is"),
        pytest.param("9999-12", date(9999, 12, 31), id="its last month"),
        pytest.param("2003-02-06/2003-02-07", date(2003, 2, 7), id="an interval"),
        pytest.param("2003-02-06/2003-02-06", date(2003, 2, 6), id="an interval of one day"),
    ],
)
def test_a_fixed_deadline_is_its_last_day(written: str, last: date) -> None:
    assert parse_due(written) == FixedDay(written, fixed_day=last)


NO_DEADLINE = """
2003-02-30 | 2003-13 | 2003-00-10 | 2003-Q5 | 2003-Q0 | 2003-H3 | 0000 | 0000-01 | 12003
15/01/2003 | 15-01-2003 | 20030115 | 2003-1-15 | 2003-W03-2 | 03-01-15 | 2003-015 | 2003-q1 | 2003Q1
2003–01–15 | ٢٠٠٣-٠١-١٥ | 2003-02-07/2003-02-06 | 2003-02/2003-03 | 2003-02-06/ | /2003-02-06
primer trimestre | next | next grcm | Next GRCM | next  GRCM | every | as soon as | Ongoing
within | within 0 days | within 01 days | within 60 | within 60 day of | within -1 days
within 100000 days | within 60 fortnights | within 60 days of 2003-02-30 | within 60 days of 2003
before next GRCM | 0 days before next GRCM | 30 days before GRCM next | 30 days before every GRCM
30 days before 2003-01-15 | 30 days before next | 30 days before 10 days before next GRCM
30 days before | every  year | every 0 days | every 1.5 years | every fortnight
every year on 02-30 | every year on 5-31 | Every year
"""  # noqa: RUF001


@pytest.mark.parametrize(
    "written", ["", "2003-01-15 ", " 2003-01-15", "next GRCM ", *re.split(r" \| |\n", NO_DEADLINE)]
)
def test_nothing_else_is_read_as_a_deadline(written: str) -> None:
    assert parse_due(written) is None


@pytest.mark.parametrize("form", due_examples())
def test_each_form_that_a_finding_offers_is_read(form: str) -> None:
    due = parse_due(form)
    assert due is not None
    assert due.written == form


@pytest.mark.parametrize(
    ("written", "form", "parts"),
    [
        ("next GRCM", NextMeeting, {"body": "GRCM"}),
        ("CRM-2003-05", AtMeeting, {"meeting": "CRM-2003-05"}),
        ("1 day before next GRCM", Before, {"body": "GRCM"}),
        (
            "2 months before CRM-2003-05",
            Before,
            {"amount": 2, "unit": "months", "meeting": "CRM-2003-05"},
        ),
        ("at next GRCM", DuringMeeting, {"body": "GRCM"}),
        ("at CRM-2003-05", DuringMeeting, {"meeting": "CRM-2003-05"}),
        ("within 1 day", Within, {}),
        (
            "within 6 weeks of 2003-01-15",
            Within,
            {"amount": 6, "unit": "weeks", "day": date(2003, 1, 15)},
        ),
        (
            "within 2 years of CRM-2003-05",
            Within,
            {"amount": 2, "unit": "years", "meeting": "CRM-2003-05"},
        ),
    ],
)
def test_what_depends_on_the_calendar_keeps_its_parts(
    written: str, form: Callable[..., Due], parts: Mapping[str, object]
) -> None:
    due = parse_due(written)
    assert (type(due), due) == (form, form(written, **parts))


@pytest.mark.parametrize(
    "meeting_id", ["2003", "2003-01", "2003-Q1", "ongoing", "asap", "every", "at", "12"]
)
def test_a_meeting_id_that_reads_as_a_form_is_refused(meeting_id: str) -> None:
    assert reads_as_due(meeting_id)


@given(st.dates())
def test_a_day_is_read_back_from_its_own_form(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_period(day.isoformat()) == (day, day)


@given(st.text(alphabet="0123456789-QH/ nextwihdaysof.GRCM", max_size=24))
def test_any_text_is_a_form_or_none_and_never_an_exception(written: str) -> None:
    due = parse_due(written)
    assert due is None or due.written == written


@pytest.mark.parametrize(
    ("written", "day", "backward"),
    [
        pytest.param("2003-02-30", True, False, id="a day that there is not"),
        pytest.param("2003-01-15", True, False, id="one that there is"),
        pytest.param("2003-02", False, False, id="a month"),
        pytest.param("2003-02-07/2003-02-06", False, True, id="an interval that ends first"),
        pytest.param("2003-02-06/2003-02-07", False, False, id="one that does not"),
        pytest.param("2003-02-06/2003-02-06", False, False, id="one of a day"),
        pytest.param("2003-02-06/x", False, False, id="half an interval"),
        pytest.param("x/2003-02-06", False, False, id="the other half"),
        pytest.param("2003-02-06", True, False, id="no interval"),
    ],
)
def test_why_a_text_is_no_deadline(written: str, day: bool, backward: bool) -> None:  # noqa: FBT001 - a table
    assert (looks_like_day(written), is_backward(written)) == (day, backward)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *((word, date(2003, 3, 31)) for word in ("today", "Hoy", "aujourd’hui", "hoje")),
        *((word, date(2003, 3, 30)) for word in ("yesterday", "ayer", "hier", "ontem")),
        *((word, date(2003, 4, 1)) for word in ("tomorrow", "manana", "demain", "amanhã")),
        ("-7d", date(2003, 3, 24)),
        ("+2w", date(2003, 4, 14)),
        ("-1m", date(2003, 2, 28)),
        *((other, None) for other in ("7d", "-7", "-d", "+1y", "-7D", "- 7d", "-99999d")),
    ],
)
def test_an_option_may_count_from_today(written: str, day: date | None) -> None:
    assert parse_relative_day(written, date(2003, 3, 31)) == day


def test_periods_have_a_first_and_a_last_day() -> None:
    assert parse_period("2003-Q2") == (date(2003, 4, 1), date(2003, 6, 30))
    assert parse_period("2003") == (date(2003, 1, 1), date(2003, 12, 31))


# The meeting ends on 2002-10-31. WG-2003-06 comes later; CO-2003-05 meets on 29 and 30 May 2003.
LAST_DAYS = [
    ("2003-Q1", date(2003, 3, 31)),  # a period's last day
    ("next CO", date(2003, 5, 29)),  # the first day of the next meeting
    ("next WG", date(2003, 6, 10)),  # the same body's next, not this one
    ("CO-2003-05", date(2003, 5, 29)),  # the first day of that meeting
    ("at next CO", date(2003, 5, 30)),  # the last day of the next meeting
    ("at CO-2003-05", date(2003, 5, 30)),  # the last day of that meeting
    ("at next XX", None),  # at one that is in no file
    ("30 days before next CO", date(2003, 4, 29)),  # before the next meeting
    ("2 weeks before CO-2003-05", date(2003, 5, 15)),  # before that meeting
    ("3 months before next CO", date(2003, 2, 28)),  # no 29 February in 2003
    ("1 year before WG-2003-06", date(2002, 6, 10)),  # a year before
    ("2003 years before CO-2003-05", None),  # before the first year
    ("30 days before next XX", None),  # before one that is in no file
    ("30 days before XX-2003-05", None),  # before an id that is in no file
    ("within 60 days", date(2002, 12, 30)),  # from the meeting's last day
    ("within 2 weeks", date(2002, 11, 14)),  # weeks
    ("within 1 month", date(2002, 11, 30)),  # a month after the 31st
    ("within 4 months", date(2003, 2, 28)),  # four months after the 31st
    ("within 1 year", date(2003, 10, 31)),  # a year
    ("within 2 years", date(2004, 10, 31)),  # two years
    ("within 10 days of XX-2003-05", None),  # from a meeting that is in no file
    ("within 1 month of 2003-01-31", date(2003, 2, 28)),  # from a given day
    ("within 1 year of 2004-02-29", date(2005, 2, 28)),  # from a leap day
    ("within 10 days of CO-2003-05", date(2003, 6, 9)),  # from a meeting's last day
    ("ongoing", None),  # a standing duty has none
    ("asap", None),  # nor has soon
]


@pytest.mark.parametrize(("due", "expected"), LAST_DAYS)
def test_the_calendar_gives_the_day(folder: Folder, due: str, expected: date | None) -> None:
    folder.mandate(f'responsible: AAA, due: "{due}"')
    folder.meeting("", id="CO-2003-05", body="CO", start="2003-05-29", end="2003-05-30")
    folder.meeting("", id="WG-2003-06", start="2003-06-10", end="2003-06-11")
    register = folder.register()
    meeting, _conclusion, mandate = register.all_mandates[0]
    assert mandate.last_day(meeting, register.calendar) == expected


def test_a_meeting_that_starts_while_this_one_lasts_is_not_the_next(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: next CO")
    folder.meeting("", id="CO-2002-10", body="CO", start="2002-10-31", end="2002-11-01")
    folder.meeting("", id="CO-2002-11", body="CO", start="2002-11-01", end="2002-11-01")
    register = folder.register()
    meeting, _conclusion, mandate = register.all_mandates[0]
    assert mandate.last_day(meeting, register.calendar) == date(2002, 11, 1)


def test_a_duration_past_the_end_of_the_calendar_has_no_day(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: within 9999 years")
    register = folder.register()
    meeting, _conclusion, mandate = register.all_mandates[0]
    assert mandate.last_day(meeting, register.calendar) is None


# --- in words -----------------------------------------------------------------------------------

WORDS = [
    ("2003-01-15", "15 de enero de 2003", "15 January 2003"),
    ("2003-01", "enero de 2003", "January 2003"),
    ("2003-Q1", "primer trimestre de 2003", "first quarter of 2003"),
    ("2003-Q4", "cuarto trimestre de 2003", "fourth quarter of 2003"),
    ("2003-H2", "segundo semestre de 2003", "second half of 2003"),
    ("2003", "2003", "2003"),
    ("2003-02-06/2003-02-07", "6 y 7 de febrero de 2003", "6–7 February 2003"),
    ("next GRCM", "próxima reunión GRCM", "next meeting of GRCM"),
    ("CRM-2003-05", "reunión CRM-2003-05", "meeting CRM-2003-05"),
    ("at next GRCM", "en la próxima reunión GRCM", "at the next meeting of GRCM"),
    ("at CRM-2003-05", "en la reunión CRM-2003-05", "at the meeting CRM-2003-05"),
    (
        "1 day before next GRCM",
        "1 día antes de la próxima reunión GRCM",
        "1 day before the next meeting of GRCM",
    ),
    (
        "6 weeks before CRM-2003-05",
        "6 semanas antes de la reunión CRM-2003-05",
        "6 weeks before the meeting CRM-2003-05",
    ),
    ("within 60 days", "60 días desde la reunión", "within 60 days of the meeting"),
    (
        "within 1 month of 2003-01-15",
        "1 mes desde el 15 de enero de 2003",
        "within 1 month of 15 January 2003",
    ),
    (
        "within 2 weeks of CRM-2003-05",
        "2 semanas desde: reunión CRM-2003-05",
        "within 2 weeks of: meeting CRM-2003-05",
    ),
    ("every year on 05-31", "cada año el 31 de mayo", "every year on 31 May"),
    ("every 1 year", "cada año", "every year"),
    ("every 6 months", "cada 6 meses", "every 6 months"),
    (
        "every 3 months from 2003-07-01",
        "cada 3 meses, desde el 1 de julio de 2003",
        "every 3 months, from 1 July 2003",
    ),
    ("every GRCM", "en cada reunión GRCM", "at every meeting of GRCM"),
    ("ongoing", "permanente", "standing"),
    ("asap", "a la brevedad", "as soon as possible"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "spanish", "english"), WORDS, ids=[row[0] for row in WORDS])
def test_it_is_said_in_words(written: str, spanish: str, english: str) -> None:
    due = parse_due(written)
    assert due is not None
    for language, expected in (("es", spanish), ("en", english)):
        with using_language(language):
            assert due.words(DueWording(language)) == expected


def test_every_form_is_in_the_tables_of_this_file() -> None:
    assert {type(parse_due(written)) for written, *_words in WORDS} == {*FORMS}
    assert [form for form in FORMS if form.__abstractmethods__] == []
    with_a_day = {type(parse_due(written)) for written, _day in LAST_DAYS}
    assert with_a_day == {form for form in FORMS if not form.recurs}
