"""What is read in a conclusion: its acts, and its mandates with who, what and by when."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.domain.model import MandateKind
from grcm_cli.drafting.action import says_nothing_alone
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.passage import Excerpt
from grcm_cli.drafting.split_actions import WITHOUT_OBJECT
from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import all_words
from grcm_cli.language.verbs import Act
from grcm_cli.times.patterns import Time

JOINTS = all_words("clause.and") | {","}
"""Between verbs that share what follows."""


class DraftMandate(NamedTuple):
    """One mandate of a conclusion."""

    action: str
    who: DraftResponsible
    kind: MandateKind
    verb: Excerpt
    support: Mapping[str, Excerpt] = {}  # the codes of those who support, with their names
    due: Time | None = None
    when: Excerpt = Excerpt("")  # the words that say by when it is due
    after: bool = False  # it waits for the duty before it
    second: str = ""
    """What a second reader has of it, in the user's language; empty where there was none."""
    disputed: Sequence[str] = ()
    """The keys for which a second reader has other values; `action` where it lacks the mandate."""


class Reading(NamedTuple):
    """What a conclusion does."""

    acts: Sequence[Act]
    duties: Sequence[DraftMandate]
    clauses: Sequence[tuple[Act, str]]
    """Each act with its clause, for whoever wants to see how it was read."""
    forbidden: Sequence[Excerpt] = ()  # the words that say what is not to be done
    unread: Sequence[Excerpt] = ()
    """Words that say by when, as a cell of a table does, and were not understood."""
    unbound: Sequence[Excerpt] = ()
    """The words that may lay down a duty, from a verb, a name or a time on, and gave no mandate."""
    untimed: Sequence[Excerpt] = ()
    """Expressions of time beside a duty of which no deadline was made."""
    shared: Sequence[Excerpt] = ()
    """Deadlines after the last of several duties, which may hold for those before it too."""
    defers: bool = False
    """It asks for what the items below it say."""
    cut: Sequence[Excerpt] = ()
    """The words from which on a sentence was read without what is before: it is too long."""
    handed_over: Sequence[Excerpt] = ()
    """Words by which a duty seems to go to another party."""
    is_fragment: bool = False  # its own text has no finite verb

    def joined(self, other: "Reading") -> "Reading":
        """Return both: what is read in another part of the same conclusion comes behind."""
        return self._replace(
            duties=[*self.duties, *other.duties],
            clauses=[*self.clauses, *other.clauses],
            unbound=[*self.unbound, *other.unbound],
            untimed=[*self.untimed, *other.untimed],
        )


class ReadClause(NamedTuple):
    """A clause with its words and its mandates."""

    clause: Clause
    words: Excerpt
    duties: Sequence[DraftMandate]
    close: int  # the word that begins the next one
    defers: bool = False
    """The items below it say what is to be done."""


def with_shared_objects(read: Sequence[ReadClause], words: Sequence[Word]) -> list[ReadClause]:
    """Return the clauses of a sentence, *elaborará y circulará el plan* as one duty.

    Of two parties each has the object: *Kenya will draft and Fiji will review the plan*.
    """
    joined = list(read)
    for at, (last, part) in enumerate(pairwise(read)):
        duties, begin, place = part.duties, part.clause.begin, part.clause.place
        bare = last.duties[0] if len(last.duties) == 1 and duties else None
        if bare is None or bare.due or " " in bare.action:
            continue
        if bare.action.lower().removesuffix("se") in WITHOUT_OBJECT:
            continue  # "Report", which needs none
        is_same = duties[0].who.codes == bare.who.codes
        near = words[place - 1 : place] if is_same else words[begin - 1 : begin + 1]
        joint = next((word.text for word in near if word.folded in JOINTS), "")
        if joint and is_same:
            sign, first = joint if joint == "," else f" {joint}", duties[0].action
            action = f"{joined[at].duties[0].action}{sign} {first[:1].lower()}{first[1:]}"
            duties = [duties[0]._replace(action=action), *duties[1:]]
            joined[at : at + 2] = last._replace(duties=[]), part._replace(duties=duties)
        elif joint and not says_nothing_alone(bare.action):
            thing = re.sub("^(?:up)?on ", "", duties[0].action.partition(" ")[2])
            action = f"{bare.action} {thing}".rstrip()
            joined[at] = last._replace(duties=[bare._replace(action=action)])
    return joined
