"""A clause of a sentence, and the verb of a duty."""

from typing import NamedTuple

from grcm_cli.drafting.parties import WordSpan
from grcm_cli.language.verbs import Act

FUTURE = ("future", "conditional")
PRESENT = ("present", "past")


class Clause(NamedTuple):
    """One act of the meeting, or one duty that it lays down."""

    place: int  # the word that begins it
    verb: str
    begin: int  # where the clause begins: the words before its verb belong to it
    responsible: WordSpan | None = None
    """The words that say who is to do it; None where nobody is asked or named."""
    action: WordSpan | None = None
    """The words that say what is to be done; None for an act that binds nobody."""
    urging: bool = False
    antecedent: bool = False  # a pronoun stands for whoever is spoken of just before
    passive: bool = False  # who does it follows after *por* or *by*, if anybody is named
    purpose: bool = False  # it is the aim of the duty before it, and waits for that
    inferred: bool = False
    """Nobody is asked: a party offered or told it, or is given more time. It is not sure."""
    negated: bool = False
    """It says what is not to be done, which lays down no duty that can be done."""
    act: Act = "directive"


class Duty(NamedTuple):
    """The verb of what is to be done, and the modal verb or the ending that says so."""

    place: int
    verb: int
    name: str
    passive: bool
    weak: bool = False
