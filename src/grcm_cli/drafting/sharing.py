"""How several parties owe what is to be done: together, or each its own.

Who pays a fee or sends comments does so alone, though a text names several: *Kenya and Fiji shall
send their comments*. Where no word says so, it stays open.
"""

from collections.abc import Sequence
from typing import Literal

from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import all_words, phrase_regex

_TOGETHER = all_words("parties.together")
_OWN_NOUNS = all_words("parties.own_papers")
_OWN_VERBS = all_words("verbs.own_acts")
_ALONE_VERBS, _ALONE_NOUNS = all_words("verbs.alone"), all_words("parties.alone")
_NEAR_NOUNS = 10  # words of an action in which a noun as *ratification* stands
_FEES = all_words("parties.fees")
_PAYING, _OPEN_VERBS = all_words("verbs.paying"), all_words("verbs.open_acts")
_JOINT = ("conjunt", "joint")
_ITS_OWN = phrase_regex(r"\b<parties.own>\b")
_IN_TURN = phrase_regex(r"\b<parties.in_turn>\b")
_NO_OBJECT = frozenset({",", "the", "el", "la", "los", "las"})
"""Between a verb and *their respective plans* none of these stands."""
_NEAR_VERB = 8  # words from a verb to what it is about
Sharing = Literal["together", "each", "open", "jointly"]
"""How several owe: together, each its own, one of both, or together by the text's own words."""
POSSESSIVES = frozenset({"su", "sus", "their", "its"})


def sharing_of(action: Sequence[Word], *, is_asked_apart: bool, in_table: bool = False) -> Sharing:
    """Return how several parties owe an action, which begins with its verb.

    `is_asked_apart` tells that the text repeats the preposition before each: *a Chile y a Perú*.
    """
    folded = [word.folded for word in action]
    if any(word.startswith(_JOINT) or word in _TOGETHER for word in folded):
        return "jointly"
    near = folded[:_NEAR_VERB]
    verbs = {form.verb for word in action[:1] for form in word.forms}
    noun = next((at for at, word in enumerate(near) if word in _OWN_NOUNS | _FEES), None)
    if verbs & _ALONE_VERBS or not _ALONE_NOUNS.isdisjoint(folded[:_NEAR_NOUNS]):
        return "each"  # who signs, signs alone
    if verbs & _PAYING and noun is not None and near[noun] in _FEES:
        return "each"
    text = " ".join(folded[: 2 * _NEAR_VERB])
    match = _ITS_OWN.search(text)
    if match and (in_table or _NO_OBJECT.isdisjoint(text[: match.start()].split()[1:-1])):
        return "each"  # "hand over their respective plans", "submit a plan each"
    has_possessive = not POSSESSIVES.isdisjoint(near)
    if is_asked_apart and has_possessive and not verbs & _OPEN_VERBS:
        return "each"
    # "to do so", "que lo hagan"
    is_so = near[:2] == ["do", "so"] or ("hacer" in verbs and not near[1:2])
    is_open = is_so or has_possessive or match is not None or noun is not None
    is_open |= _IN_TURN.search(text) is not None or not verbs.isdisjoint(_OPEN_VERBS | _PAYING)
    return "open" if is_open or (in_table and verbs & _OWN_VERBS) else "together"
