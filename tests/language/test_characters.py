"""One table of characters that are not seen: what it holds, and where they are right."""

# ruff: noqa: RUF001 - words in other scripts are meant

import json
import re
import shutil
import subprocess
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.language import characters
from grcm_cli.language.text import clean, clean_lines

EVERY = [chr(number) for number in range(0x110000)]


@cache
def members(ranges: str) -> frozenset[str]:
    return frozenset(filter(re.compile(f"[{ranges}]").match, EVERY))


@pytest.mark.skipif(shutil.which("perl") is None, reason="Perl has Unicode's properties")
@pytest.mark.parametrize(
    ("ranges", "name"),
    [
        (characters.DEFAULT_IGNORABLE, "Default_Ignorable_Code_Point"),
        (characters.BIDI_CONTROL, "Bidi_Control"),
        (characters.NONCHARACTER, "Noncharacter_Code_Point"),
    ],
)
def test_the_table_is_unicode_s(ranges: str, name: str) -> None:
    program = f"for (0..0x10FFFF) {{ print qq($_\n) if chr($_) =~ /\\p{{{name}}}/ }}"
    done = subprocess.run(["perl", "-e", program], capture_output=True, check=True)
    assert members(ranges) == {chr(int(number)) for number in done.stdout.split()}


def test_the_categories_of_which_python_knows_all() -> None:
    categories = {"Cc", "Zl", "Zp", "Cs"}
    expected = {character for character in EVERY if unicodedata.category(character) in categories}
    found = members(
        characters.C0_CONTROL
        + characters.OTHER_CONTROL
        + characters.LINE_SEPARATOR
        + characters.SURROGATE
    )
    assert found == expected


def test_a_text_that_is_quickly_found_safe_is_safe() -> None:
    unsafe = members(characters.UNSAFE)
    assert [character for character in EVERY if characters.is_safe(character)] != []
    assert not any(map(characters.is_safe, unsafe))


def test_what_is_right_is_a_hidden_character() -> None:
    """A sequence that is kept begins with one, so that no other text is passed over."""
    hidden = members(characters.HIDDEN)
    for character in set(EVERY) - hidden:
        assert not characters._pattern(characters._RIGHT).match(character)


RIGHT = [
    pytest.param("👨\u200d👩\u200d👧", id="a family"),
    pytest.param("🏳\ufe0f\u200d🌈", id="a flag of several colours"),
    pytest.param("👩🏽\u200d🔬", id="a colour of the skin"),
    pytest.param("❤\ufe0f", id="a red heart"),
    pytest.param("☎\ufe0e", id="a telephone as text"),
    pytest.param("5\ufe0f\u20e3", id="a key"),
    pytest.param("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", id="England"),
    pytest.param("می\u200cخواهم", id="a Persian verb"),
    pytest.param("کتاب\u200cها", id="a Persian plural"),
    pytest.param("١٤٢٤ ه\u200d", id="a year of the Hijra"),
    pytest.param("क\u094d\u200dष", id="half a letter in Hindi"),
    pytest.param("क\u094d\u200cष", id="a virama that is seen"),
    pytest.param("র\u200d\u09cdয", id="ya-phalaa in Bengali"),
    pytest.param("ශ\u0dca\u200dරී", id="Sri, of Sri Lanka"),
    pytest.param("葛\U000e0100城市", id="a variant of a Chinese character"),
    pytest.param("芦\ufe00", id="a compatibility character"),
    pytest.param("ᠠ\u180b", id="a Mongolian letter's form"),
    pytest.param("ᠨ\u180eᠠ", id="a Mongolian vowel apart"),
    pytest.param("ภาษา\u200bไทย", id="words of Thai"),
    pytest.param("∩\ufe00", id="an intersection with serifs"),
]
WRONG = [
    pytest.param("Costa\u200dRica", "\u200d", id="ZWJ between Latin letters"),
    pytest.param("Costa\u200cRica", "\u200c", id="ZWNJ between Latin letters"),
    pytest.param("Costa\ufe0f Rica", "\ufe0f", id="VS16 after a letter"),
    pytest.param("12\ufe0f", "\ufe0f", id="VS16 after a digit that is no key"),
    pytest.param("👨\u200d Ana", "\u200d", id="ZWJ after an emoji that stands alone"),
    pytest.param("😀\ufe0f\ufe01\ufe02", "\ufe01\ufe02", id="bytes that an emoji carries"),
    pytest.param("a\U000e0100\U000e0171", "\U000e0100\U000e0171", id="bytes that a letter carries"),
    pytest.param("葛\U000e0100\U000e0101", "\U000e0101", id="two of them after one character"),
    pytest.param("🏴\U000e0067\U000e0062", "\U000e0067\U000e0062", id="a flag without an end"),
    pytest.param("x\U000e0067\U000e0062\U000e0065\U000e007f", "", id="tags without a flag"),
    pytest.param("\u200cمی", "\u200c", id="ZWNJ before a Persian word"),
    pytest.param("می\u200c", "\u200c", id="ZWNJ after a Persian word"),
    pytest.param("می\u200c\u200cخواهم", "\u200c\u200c", id="two of them"),
    pytest.param("क\u200dष", "\u200d", id="ZWJ in Hindi without a virama"),
    pytest.param("a\u180b", "\u180b", id="a Mongolian selector after a Latin letter"),
    pytest.param("San\u200bJosé", "\u200b", id="ZWSP between Latin letters"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_kept(text: str) -> None:
    """It is right in what is read and in what is shown."""
    assert list(characters.hidden_runs(text)) == []
    assert clean(text) == text == characters.masked(text)
    assert characters.without_hidden(text) == (text, [])
    assert characters.with_json_escapes(text) == text


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_what_is_wrong_is_found(text: str, expected: str) -> None:
    hidden = "".join(match[0] for match in characters.hidden_runs(text))
    assert hidden == (expected or text[1:])
    assert not any(character in clean(text) for character in hidden)
    assert characters.masked(text).count("\ufffd") == len(hidden)


@given(st.text())
def test_what_is_shown_has_none_of_them(text: str) -> None:
    shown = clean(text)
    assert "\n" not in shown
    assert clean(shown) == shown
    assert clean_lines(text).count("\n") == text.count("\n")
    assert len(characters.masked(text)) == len(text)
    document = json.dumps([text], ensure_ascii=False)
    escaped = characters.with_json_escapes(document)
    assert json.loads(escaped) == [text]
    assert set(escaped) & members(characters.SURROGATE + characters.TURNING) == set()
