"""What is near a mistaken word, and when it is looked for."""

import pytest

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.language.suggestions import Choices, Suggestion, choices_of

IDS = ("CM-2026-12", "GRCM-2002-10", "CRM-2003-05", "CRM-2002-05", "SPC")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        pytest.param("CM-2026-1", None, id="a number with fewer digits is another"),
        pytest.param("CM-2026-122", None, id="and one with more"),
        pytest.param("CRM-2003-5", "CRM-2003-05", id="the zeros before a number do not count"),
        pytest.param("CRM-2030-05", "CRM-2003-05", id="two digits in the wrong order"),
        pytest.param("GRCM-2002-11", "GRCM-2002-10", id="one digit in a long word"),
        pytest.param("CRM-2003-11", None, id="two other digits"),
        pytest.param("CRM-200-05", None, id="as near to two"),
        pytest.param("GRMC-2002-10", "GRCM-2002-10", id="two letters in the wrong order"),
        pytest.param("grcm 2002-10", "GRCM-2002-10", id="case, and a space for a hyphen"),
        pytest.param("GRCM", "GRCM-2002-10", id="the beginning of only one"),
        pytest.param("CRM", None, id="the beginning of two"),
        pytest.param("SICA", None, id="some letters in common"),
        pytest.param("", None, id="nothing"),
        pytest.param("SEC", None, id="another letter of three"),
        pytest.param("SCP", "SPC", id="two of three in the wrong order"),
    ],
)
@pytest.mark.parametrize("more", [0, 500], ids=["few", "many"])
def test_near_is_one_mistake_in_four_letters(word: str, found: str | None, more: int) -> None:
    if more and found == "GRCM-2002-10" and word in ("GRCM", "GRCM-2002-11"):
        pytest.skip("of many choices only those with one mistake are looked at")
    choices = choices_of([*IDS, *(f"ZZ-{number}" for number in range(more))])
    assert choices.near(word) == found


class _Counting(Choices):
    looked = 0

    def nearest(self, word: str) -> list[str]:
        self.looked += 1
        return super().nearest(word)


def test_a_word_is_looked_up_once_and_only_when_it_is_shown() -> None:
    choices = _Counting((word, word) for word in IDS)
    at = Location("x", 1, 1)
    findings = [
        Finding(at, "error", "r", "m", Suggestion("CRM-2003-5", choices)) for _n in range(9)
    ]
    assert len(set(findings)) == 1
    assert choices.looked == 0
    assert {finding.hint for finding in findings} == {"did you mean `CRM-2003-05`?"}
    assert choices.looked == 1


def test_findings_with_suggestions_are_plain_values() -> None:
    at = Location("x", 1, 1)
    one, same = (Finding(at, "error", "r", "m", Suggestion("x", choices_of(IDS))) for _n in "ab")
    assert one == same
    assert hash(one) == hash(same)
    assert one != Finding(at, "error", "r", "m", Suggestion("x", choices_of(IDS[1:])))
