"""What a sentence does: each verb by which the meeting acts or somebody is bound, with its parts.

The two languages find heads in their own ways and hand on the same values.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from grcm_cli.drafting.mentions import Mention
from grcm_cli.drafting.words import Word
from grcm_cli.language.acts import Act

Span = tuple[int, int]
"""Places of words: the first, and the one after the last."""


class Head(NamedTuple):
    """One act of the meeting, or one duty that it lays down."""

    place: int
    act: Act
    verb: str
    begin: int
    """Where its clause begins: what is said before the verb belongs to it."""
    who: Span | None = None
    """The words that say who is to do it; None where nobody is asked or named."""
    doing: Span | None = None
    """The words that say what is to be done; None for an act that binds nobody."""
    urging: bool = False
    antecedent: bool = False
    """A pronoun stands for whoever is spoken of just before."""
    passive: bool = False
    """Who does it follows after *por* or *by*, if anybody is named."""
    purpose: bool = False
    """It is the aim of the duty before it, and waits for that."""
    negated: bool = False
    """It says what is not to be done, which lays down no duty that can be done."""


class Sentence(NamedTuple):
    """A sentence of a text, as the two languages read it."""

    text: str
    words: Sequence[Word]
    mentions: Sequence[Mention]
    start: int
    end: int
    is_item: bool
    """It stands under a stem whose sentence it goes on with."""
    body: str = ""
    """The body that meets: what it agrees to is a decision, and no duty of its own."""

    def is_meeting(self, mention: Mention) -> bool:
        """Tell whether a mention is that of the body that meets."""
        return bool(self.body) and mention.code == self.body

    def mention_at(self, place: int) -> Mention | None:
        """Return the mention that begins at a word, or None."""
        return next((mention for mention in self.mentions if mention.start == place), None)

    def mention_over(self, place: int) -> Mention | None:
        """Return the mention that a word is part of, or None."""
        return next((m for m in self.mentions if m.start <= place < m.end), None)

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions inside a span of words."""
        return [m for m in self.mentions if span[0] <= m.start and m.end <= span[1]]


Finder = Callable[[Sentence, int, list[Head]], Head | None]
"""Returns the head that a word begins, given those before it in the sentence, or None."""


def all_heads(sentence: Sentence, finders: Sequence[Finder]) -> list[Head]:
    """Return the heads of a sentence in its order; a word is the first that any finder sees."""
    found: list[Head] = []
    place = sentence.start
    while place < sentence.end:
        head = None
        if not sentence.words[place].quoted and not sentence.mention_over(place):
            head = next((h for find in finders if (h := find(sentence, place, found))), None)
        if head is not None:
            head = head._replace(doing=None, negated=True) if _is_negated(sentence, head) else head
            found.append(head)
            if head.doing:
                place = max(place, head.doing[0])
        place += 1
    return found


_NOT = frozenset({"no", "not", "never", "nunca", "tampoco"})
_NO_NEGATION = frozenset({"later", "mas", "obstante", "only", "solo", "earlier", "less", "menos"})
"""What *no* and *not* go before without denying anything: *no later than*, *no obstante*."""
_CLITICS = frozenset({"se", "le", "les", "lo", "la", "los", "las", "nos"})


def _is_negated(sentence: Sentence, head: Head) -> bool:
    """Tell whether a *not* belongs to what is to be done: *no se publicará*, *asked not to*."""
    words = sentence.words
    if head.act != "directive" or head.doing is None:
        return False
    before = head.place - 1
    while before > sentence.start and words[before].folded in _CLITICS:
        before -= 1
    near = [before, head.place + 1]
    verb = head.doing[0]
    if verb > head.place:
        near += range(max(head.place + 1, verb - 2), verb)
    return any(
        sentence.start <= at < sentence.end - 1
        and words[at].folded in _NOT
        and words[at + 1].folded not in _NO_NEGATION
        for at in near
    )
