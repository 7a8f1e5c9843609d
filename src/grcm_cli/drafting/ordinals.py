"""The numbers of meetings, as they are written: `VII`, `Séptima`, `Seventh`, `7th`, `7.ª`."""

import re

from grcm_cli.drafting.layout.labels import roman
from grcm_cli.language.text import fold_words

_ORDINALS = {
    word: value
    for words in (
        "primera segunda tercera cuarta quinta sexta septima octava novena decima undecima duodecima decimotercera decimocuarta decimoquinta decimosexta decimoseptima decimoctava decimonovena vigesima",
        "primer segundo tercer cuarto quinto sexto septimo octavo noveno decimo undecimo duodecimo decimotercer decimocuarto decimoquinto decimosexto decimoseptimo decimoctavo decimonoveno vigesimo",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    )
    for value, word in enumerate(words.split(), 1)
}  # fmt: skip


def ordinals_in(text: str) -> set[int]:
    """Return the ordinal numbers of meetings in a text: `VII`, `Séptima`, `Seventh`, `7th`, `7.ª`."""
    found = {roman(word) for word in re.findall(r"\b[IVXL]{1,6}\b", text)} - {0}
    folded = fold_words(text)
    words = re.findall(r"[^\W\d_]+", folded)
    for place, word in enumerate(words):
        value = _ORDINALS.get(word)
        if value is None:
            continue
        following = _ORDINALS.get(words[place + 1]) if place + 1 < len(words) else None
        if value in (10, 20) and following and following < 10:
            value += following
        elif place and _ORDINALS.get(words[place - 1]) in (10, 20) and value < 10:
            continue
        found.add(value)
    found |= {
        int(number) for number in re.findall(r"\b([0-9]{1,2})(?:\.?[ªº°a]|st|nd|rd|th)\b", text)
    }
    return found
