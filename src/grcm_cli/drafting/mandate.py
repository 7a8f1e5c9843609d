"""What is read in a conclusion: its acts, and its mandates with who, what and by when."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import MandateKind
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.passage import Excerpt
from grcm_cli.language.verbs import Act
from grcm_cli.times.patterns import Time


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
