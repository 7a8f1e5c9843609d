"""Words on their way to a reader: order, cleaning, languages."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grcm_cli.language import days, text
from grcm_cli.language.days import long_span


def test_numbers_sort_by_their_value() -> None:
    numbers = ["12.b", "9", "12", "IV.3", "8#2", "8#1", "12.a", "100"]
    expected = ["8#1", "8#2", "9", "12", "12.a", "12.b", "100", "IV.3"]
    assert sorted(numbers, key=text.natural_key) == expected


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [(62.5, 0, "63"), (61.5, 0, "62"), (62.4, 0, "62"), (100, 0, "100"), (0.125, 2, "0.13")],
)
def test_a_half_is_rounded_up(number: float, decimals: int, shown: str) -> None:
    assert text.half_up(number, decimals) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("uno\tdos\ntres", "uno dos tres", id="one line"),
        pytest.param("\x1b[31mrojo", "\\x1b[31mrojo", id="a colour"),
        pytest.param("\x1b]8;;http://x\x07y", "\\x1b]8;;http://x\\x07y", id="a link"),
        pytest.param("\x9b31m", "\\x9b31m", id="a C1 control"),
        pytest.param("a\u202eb", "a\\u202eb", id="right to left"),
        pytest.param("a\u200bb", "a\\u200bb", id="an invisible space"),
        pytest.param(
            "[anexo 1] :mexico: [/x] 🎉 ñ", "[anexo 1] :mexico: [/x] 🎉 ñ", id="text stays text"
        ),
    ],
)
def test_what_a_terminal_would_act_on_is_shown(written: str, shown: str) -> None:
    assert text.clean(written) == shown


@given(st.text())
def test_clean_text_has_no_control_and_is_clean_already(written: str) -> None:
    shown = text.clean(written)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)
    assert text.clean(shown) == shown


@given(st.text())
def test_folded_words_keep_their_length(written: str) -> None:
    assert len(text.fold_words(written)) == len(written)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "es_MX", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "es", "LANG": "en_GB"}, "es"),
        ({"LANGUAGE": "es:en", "LANG": "en_GB"}, "es"),
        ({"LANG": "fr_FR"}, "fr"),
        ({"LANG": "pt_BR.UTF-8"}, "pt"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_s_language(variables: dict[str, str], language: str) -> None:
    assert text.language_of(variables) == language


@pytest.mark.parametrize(
    ("first", "last", "es", "en"),
    [
        (
            date(2002, 10, 29),
            date(2002, 10, 31),
            "29 al 31 de octubre de 2002",
            "29–31 October 2002",
        ),
        (date(2002, 10, 29), date(2002, 10, 29), "29 de octubre de 2002", "29 October 2002"),
        (
            date(2002, 10, 31),
            date(2002, 11, 2),
            "31 de octubre al 2 de noviembre de 2002",
            "31 October – 2 November 2002",
        ),
        (
            date(2002, 12, 31),
            date(2003, 1, 2),
            "31 de diciembre de 2002 al 2 de enero de 2003",
            "31 December 2002 – 2 January 2003",
        ),
    ],
)
def test_the_days_of_a_meeting(first: date, last: date, es: str, en: str) -> None:
    assert (long_span(first, last, "es"), long_span(first, last, "en")) == (es, en)


# --- what is looked for in a shorter way, and found as in the plain one ---------------------------

_PIECES = st.lists(
    st.sampled_from(
        (
            *("15", "5", " ", "  ", "\n", "\t", "de ", "enero", "Enero ", "January ", " de 2003"),
            *("2003", "-01-15", "2003-01-15", ", ", "º", "٣", "del año ", " del ", "x", "marzo 31"),
        )
    ),
    max_size=9,
).map("".join)


@given(_PIECES)
@example("el 15 de enero de 2003-01-15 y March 31, 2003")
def test_days_are_tried_where_they_may_begin(written: str) -> None:
    plain = " ".join(written.split())
    everywhere = {match.span() for match in days._spans().finditer(plain)}
    assert {(span.start, span.end) for span in days.spans_in(plain)} <= everywhere


def test_a_block_has_its_language_in_its_own_thread_and_changes_nothing_of_the_process() -> None:
    together = Barrier(2, timeout=30)

    def spoken(language: str) -> tuple[str, str]:
        with text.using_language(language):
            together.wait()  # both threads are in their blocks
            return text.current_language(), text._("warning")

    before = dict(os.environ)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(spoken, ["es", "en"])) == [("es", "aviso"), ("en", "warning")]
    assert (text.current_language(), dict(os.environ)) == ("en", before)


def test_a_block_in_a_block_gives_the_language_back() -> None:
    text.set_language("es")
    with text.using_language("en"):
        with pytest.raises(ZeroDivisionError), text.using_language("es"):
            raise ZeroDivisionError
        assert text.current_language() == "en"
    assert text.current_language() == "es"
