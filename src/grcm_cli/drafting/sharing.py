"""Whether several parties owe one thing together, or each of them its own.

Who pays a fee or sends comments does so alone, though a text names several: *Kenya and Fiji shall
send their comments*. Where no word says so, it stays open.
"""

from collections.abc import Sequence
from typing import Literal

from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import all_words

_OWN_NOUNS = all_words("parties.own_papers")
_OWN_VERBS = all_words("verbs.own_acts")
_FEES = all_words("parties.fees")
_PAYING = all_words("verbs.paying")
_POSSESSIVES = frozenset({"su", "sus", "their", "its"})
_TOGETHER = all_words("parties.together")
_JOINT = ("conjunt", "joint")
_NEAR = 8  # words from a verb to what it is about

Sharing = Literal["together", "each", "open"]


def sharing_of(action: Sequence[Word], *, is_asked_apart: bool, in_table: bool = False) -> Sharing:
    """Return how several parties owe an action, which begins with its verb.

    `is_asked_apart` tells that the text repeats the preposition before each: *a Chile y a Perú*.
    """
    folded = [word.folded for word in action]
    if any(word.startswith(_JOINT) or word in _TOGETHER for word in folded):
        return "together"
    near = folded[:_NEAR]
    verbs = {form.verb for word in action[:1] for form in word.forms}
    own = next((at for at, word in enumerate(near) if word in _OWN_NOUNS | _FEES), None)
    if verbs & _PAYING and own is not None and near[own] in _FEES:
        return "each"
    has_possessive = not _POSSESSIVES.isdisjoint(near[:own] if own is not None else near[1:3])
    if is_asked_apart and has_possessive:
        return "each"
    if own is not None or (in_table and verbs & _OWN_VERBS):
        return "open"
    return "together"
