"""Characters that are not seen, or that act on a terminal: one table for what is read and shown.

Its ranges are Unicode's properties of these names (Unicode 16: DerivedCoreProperties.txt and
PropList.txt); `tests/language/test_characters.py` compares them with Perl's copy of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

DEFAULT_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point: what is not shown where it has no effect."""
BIDI_CONTROL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Bidi_Control: what turns the direction of text, the three marks among them."""
NONCHARACTER = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
"""Noncharacter_Code_Point."""
BLANK = "\u2800\ufff9-\ufffb\U0001d159"
"""Neither property has these, and they are not seen: an empty Braille cell, marks of annotations,
an empty note head."""
C0_CONTROL, OTHER_CONTROL = "\x00-\x1f", "\x7f-\x9f"
"""The general category Cc: what JSON writes as escapes, and the rest."""
LINE_SEPARATOR = "\u2028\u2029"  # the general categories Zl and Zp
SURROGATE = "\ud800-\udfff"  # half of a character: Python has it where bytes were no UTF-8

TURNING = "\u202a-\u202e\u2066-\u2069"
"""Bidi_Control without its three marks, which turn nothing but white space and punctuation."""
HIDDEN = DEFAULT_IGNORABLE + BIDI_CONTROL + BLANK
_UNSAFE_IN_JSON = OTHER_CONTROL + LINE_SEPARATOR + SURROGATE + NONCHARACTER + HIDDEN
UNSAFE = C0_CONTROL + _UNSAFE_IN_JSON

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE_MARK = "\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f"
_MONGOLIAN = "\u1820-\u18aa"
# Letters and marks, without digits, of the scripts whose letters join: Arabic, Syriac, N'Ko, …
_JOINING = (
    "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff\u0710-\u074f"
    "\u0750-\u077f\u07ca-\u07f5\u0840-\u085b\u0860-\u0887\u0889-\u088f\u0897-\u08e1\u08e3-\u08ff"
    "\ufb50-\ufdcf\ufe70-\ufefc" + _MONGOLIAN
)
_INDIC = "\u0900-\u0963\u0971-\u0dff"
_VIRAMA = (
    "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u1039\u103a\u17d2"
    "\u1b44\ua9c0"
)
# Scripts of words without spaces between them: Thai, Lao, Tibetan, Myanmar, Khmer.
_UNSPACED = "\u0e01-\u0e4e\u0e81-\u0ece\u0f00-\u0fbc\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
# After UTS #51 (sequences of emoji), the lists of variation sequences, and UAX #31, contexts A1, A2
# and B, as far as one character on each side tells. Each matches from a hidden character on.
_RIGHT = "|".join(
    (
        f"(?<=[{_EMOJI}])\ufe0f?\u200d(?=[{_EMOJI}])",
        f"(?<=[{_EMOJI}])[\ufe0e\ufe0f]",
        "(?<=[0-9#*])\ufe0f(?=\u20e3)",
        "(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f",  # 🏴󠁧󠁢󠁷󠁬󠁳󠁿
        f"(?<=[{_IDEOGRAPH}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
        f"(?<=[{_WIDE_MARK}])[\ufe00\ufe01]",
        "(?<=[\u2200-\u22ff\u2a00-\u2aff\u1000-\u109f\ua840-\ua87f])\ufe00",
        f"(?<=[{_MONGOLIAN}])[\u180b-\u180d\u180f]",
        f"(?<=[{_MONGOLIAN}])\u180e(?=[{_MONGOLIAN}])",
        f"(?<=[{_JOINING}])(?:\u200c(?=[{_JOINING}])|\u200d)",
        f"(?<=[{_VIRAMA}])(?:\u200c(?=[{_INDIC}])|\u200d)",
        f"(?<=[{_INDIC}])\u200d(?=[{_VIRAMA}])",
        f"(?<=[{_UNSPACED}])\u200b(?=[{_UNSPACED}])",
    )
)

# What Python calls printable and is in the table: all of it lies outside of these ranges.
_find_rare = re.compile("[^\x00-\u034e\u2010-\u2027]").search
_COLOURS: Mapping[str, str] = {
    "heading": "1",
    "late": "1;31",
    "soon": "33",
    "done": "32",
    "declined": "36",
    "ended": "2",
    "unclear": "35",
}
"""Of ECMA-48 (SGR), by what stands out."""

_pattern: Callable[[str], re.Pattern[str]] = cache(re.compile)
"""Not when the module is read: the characters that are right take 3 ms."""


def _runs(characters: str, text: str) -> Iterator[re.Match[str]]:
    """Yield each run of one of the characters that is not right where it stands."""
    search = _pattern(f"([{characters}])\\1*").search
    run = search(text)
    while run:
        right = _pattern(_RIGHT).match(text, run.start())
        if not right:
            yield run
        run = search(text, (right or run).end())


def is_safe(text: str) -> bool:
    """Tell whether a text has none of these characters. Where unsure, the answer is no."""
    return text.isprintable() and (text.isascii() or _find_rare(text) is None)


def beyond_ascii(text: bytes) -> str:
    """Return what of a text in UTF-8 is neither printed ASCII nor the end of a line or a tab."""
    return text.translate(None, bytes(range(32, 127)) + b"\t\r\n").decode(errors="surrogatepass")


def hidden_runs(text: str) -> Iterator[re.Match[str]]:
    """Yield each run of one hidden character that is not right where it stands."""
    return _runs(HIDDEN, text)


def without_hidden(text: str) -> tuple[str, list[str]]:
    """Return a text without its hidden characters, and their codes, as U+202E."""
    codes = dict.fromkeys(code_point(match[0]) for match in hidden_runs(text))
    return (_substituted(HIDDEN, lambda _run: "", text), list(codes)) if codes else (text, [])


def code_point(character: str) -> str:
    """Return the code of a text's first character, as U+200B."""
    return f"U+{ord(character[0]):04X}"


def with_escapes(text: str) -> str:
    """Return `text` on one line, with an escape for what is not seen where it stands."""
    return _substituted(UNSAFE, _visible, text)


def with_json_escapes(text: str) -> str:
    """Return JSON with an escape for what is not seen; `json.dumps` has escaped C0 controls."""
    if is_safe(beyond_ascii(text.encode(errors="surrogatepass"))):  # as nearly always
        return text
    import json  # 5 ms; who has made JSON has it already

    return _substituted(_UNSAFE_IN_JSON, lambda run: json.dumps(run)[1:-1], text)


def masked(text: str) -> str:
    """Return `text` with U+FFFD for what is not seen, in as many characters."""
    return _substituted(UNSAFE, lambda run: "\ufffd" * len(run), text)


def _substituted(characters: str, replace: Callable[[str], str], text: str) -> str:
    pieces: list[str] = []
    done = 0
    for run in _runs(characters, text):
        pieces += text[done : run.start()], replace(run[0])
        done = run.end()
    return "".join(pieces) + text[done:] if pieces else text


def _visible(run: str) -> str:
    escape = run[0].encode("unicode_escape").decode("ascii")
    return len(run) * (" " if run[0] in "\t\n\r" else escape)


def styled(text: str, emphasis: str) -> str:
    """Return a text in the colour of an emphasis; one without a colour as it is, and no text."""
    code = _COLOURS.get(emphasis) if text else None
    return f"\x1b[{code}m{text}\x1b[0m" if code else text
