"""The points to check: what each is about, in what order they are named, and what is none."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import Doubt, draft
from grcm_cli.drafting.review import doubts, grouped
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.language.text import using_language

from .test_sentences import HEAD


def told(register: Register, text: str, head: str = HEAD) -> list[str]:
    """Return the lines of the summary for an English document."""
    found = draft(read((head + text).encode()), register, {"language": "en"})
    return list(grouped(doubts(found)))


def test_a_deadline_is_in_the_words_of_the_reader(register: Register) -> None:
    text = "1. México enviará informes semestrales.\n\n2. Agradecer a Canadá.\n"
    with using_language("es"):
        found = draft(read(f"CONCLUSIONES\n\n{text}".encode()), register, {"language": "es"})
        [said] = [one.sentence for one in doubts(found) if one.number == "1"]
    due = "cada 6 meses (se escribe `every 6 months`)"
    assert said == f"el plazo no es seguro: {due}, según «semestrales»"


@pytest.mark.parametrize(
    ("before", "count"),
    [
        ("Recalling its first meeting,\nRecommends that the Conference at its next meeting:", 1),
        ("They met on 29 October 2002. They thanked Canada for its help, and urged Mexico to "
         "send the list.", 1),
        ("They met on 29 October 2002. They thanked Canada for its help with the list.", 0),
    ],
)  # fmt: skip
def test_a_duty_before_the_first_conclusion(register: Register, before: str, count: int) -> None:
    lines = told(register, f"{before}\n\n1. Thank Canada.\n\n2. Thank Mexico.\n")
    assert sum("before the first conclusion" in line for line in lines) == count


def test_a_name_that_the_register_lacks_stands_beside_the_mandate(register: Register) -> None:
    text = f"{HEAD}CONCLUSIONS\n\n1. SPAG will send a list.\n\n2. Thank Canada.\n"
    found = draft(read(text.encode()), register, {"language": "en"})
    line = "    responsible: []  # check: the register does not contain “SPAG”\n"
    assert line in meeting_file(found, "")


def test_what_was_half_read_is_marked_in_the_draft(register: Register) -> None:
    text = (
        f"{HEAD}CONCLUSIONS\n\n1. The fee must rise.\n\n"
        "2. Mexico shall name an expert, and shall print a list, by 1 May 2003.\n"
    )
    found = draft(read(text.encode()), register, {"language": "en"})
    marks = [one.sentence for one in doubts(found) if one.number in ("1", "2") and one.place]
    assert len(marks) == 2
    for mark in marks:
        assert f"    # check: {mark}\n" in meeting_file(found, "")


def test_what_may_be_lost_is_named_first_and_what_repeats_once() -> None:
    points = [
        Doubt("1", "who?"),
        Doubt("2", "lost", is_loss=True),
        Doubt("3#2", "who?"),
        Doubt("", "which body?"),
        *(Doubt(str(number), "when?") for number in range(1, 15)),
    ]
    assert list(grouped(points).items()) == [
        ("which body?", 1),
        ("2: lost", 1),
        ("1, 3#2: who?", 2),
        ("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, … (14): when?", 14),
    ]


def test_a_day_alone_is_the_meeting_s_only_beside_words_of_one(register: Register) -> None:
    head = "Conclusions of the officers\n\nPublished on 3 May 2003\n\n"
    [line] = [one for one in told(register, "1. Approve the list.\n", head) if "3 May" in one]
    assert line.startswith("nothing says that the meeting was on “3 May 2003”")
    head = "Third meeting of the officers, 3 May 2003\n\n"
    assert not [one for one in told(register, "1. Approve the list.\n", head) if "3 May" in one]


def test_a_day_without_a_year_needs_the_meeting_s_own(register: Register) -> None:
    text = "1. Mexico will send the list by 10 September.\n\n2. Thank Canada.\n"
    for head, due in (("Meeting of the officers\n\n", None), (HEAD, "2003-09-10")):
        found = draft(read(f"{head}{text}".encode()), register, {"language": "en"})
        [(conclusion, duty)] = found.duties
        assert (duty.due and duty.due.due) == due
        untimed = [one.words for one in conclusion.reading.untimed]
        assert untimed == ([] if due else ["by 10 September"])
