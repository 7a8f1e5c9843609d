"""A reference that must name one mandate names a conclusion with several, or with none.

Why: It is unclear which duty was done or is waited for.

Bad:
    mandate: GRCM-2002-10/8
Good:
    mandate: GRCM-2002-10/8#1
"""

from functools import cache

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Entry, PlacedWord, Reference
from grcm_cli.domain.register import Register, links
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    lineage = Lineage(register)
    numbered = cache(lambda: _with_ordinals(register))
    words: list[tuple[PlacedWord, Reference | None, Entry | None]] = [
        (link.word, link.target, None) for link in links(register, "extends", "after")
    ]
    entries = register.each_entry()
    words += [(entry.mandate, to.reference, entry) for entry, to in entries if to.mandate is None]
    for word, reference, entry in words:
        if reference is None:
            continue
        concerns = {reference.meeting}
        if reference.number is None:
            message = _("{text} is a meeting, not a mandate").format(text=reference)
            hint = _("add the conclusion's number, as in {form}").format(form=f"{reference}/8")
            yield Problem(word.at, message, hint, concerns=concerns)
        conclusion = register.conclusion(reference)
        if conclusion is None or reference.ordinal is not None:
            continue
        count = len(conclusion.mandates)
        if count == 0:
            message = _("{text} has no mandate").format(text=reference)
            yield Problem(word.at, message, concerns=concerns)
        elif count > 1:
            message = _("{text} has {count} mandates").format(text=reference, count=count)
            owed = _owed(register, lineage, reference, entry) if entry else ()
            hint = _("write {text}#1, or another of them").format(text=reference)
            cure = None
            if entry is not None and len(owed) == 1:
                hint = _("write {text}#{ordinal}, which {party} owes")
                hint = hint.format(text=reference, ordinal=owed[0], party=entry.party)
                cure = _with_ordinal(word, owed[0])
            elif (not owed or 1 in owed) and reference[:2] not in numbered():
                # Who knows of the second one writes which it is: these were written before it.
                hint = _("write {text}#1, which is what it meant when there was only one")
                hint, cure = hint.format(text=reference), _with_ordinal(word, 1)
            yield Problem(word.at, message, hint, cure, concerns)


def _owed(register: Register, lineage: Lineage, reference: Reference, entry: Entry) -> list[int]:
    """Return the ordinals of a conclusion's mandates that the party of an entry owes."""
    parties = register.directory.by_code
    owed = []
    for mandate in register.mandates(reference):
        codes = lineage.all_who_owe(reference._replace(ordinal=mandate.ordinal))
        offices = (parties[code] for code in codes if code in parties)
        if entry.party in codes or any(
            office.holder_on(entry.day) == entry.party for office in offices
        ):
            owed.append(mandate.ordinal)
    return owed


def _with_ordinals(register: Register) -> frozenset[tuple[object, ...]]:
    """Return the conclusions to which some reference says which mandate it means."""
    targets = [link.target for link in links(register)]
    targets += [target.reference for _entry, target in register.each_entry()]
    return frozenset(target[:2] for target in targets if target and target.ordinal is not None)


def _with_ordinal(word: PlacedWord, ordinal: int) -> str:
    """Return a reference with its `#`, in quotes where it has them."""
    written = f"{word.text}#{ordinal}"
    return written if word.at.width == len(word.text) else f"'{written}'"
