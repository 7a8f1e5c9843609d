"""Parties and mandates as lists of JSON, and back: what a list shows, without places in files."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal

from grcm_cli.domain.deadlines import parse_due
from grcm_cli.domain.model import (
    Conclusion,
    Due,
    Each,
    Extension,
    Location,
    Mandate,
    Party,
    Responsible,
    Term,
    Text,
    Together,
    Unclear,
    Until,
    Written,
)

NOWHERE = Location("", 0, 0)
"""Lists show no places, so none is kept."""
Name = Callable[[Written], str]
"""Returns a reference in full: read back, it is understood without the rest of its file."""
Json = Any
"""What a JSON document holds has no narrower type."""


def day_of(number: int | None) -> date | None:
    """Return a day by its number (proleptic Gregorian, as `date.toordinal`)."""
    return None if number is None else date.fromordinal(number)


def number_of(day: date | None) -> int | None:
    """Return a day's number."""
    return None if day is None else day.toordinal()


# --- parties -------------------------------------------------------------------------------------


def party_out(party: Party) -> Json:
    """Return a party as a list."""
    terms = [(t.holder.text, t.start.toordinal(), number_of(t.until)) for t in party.terms]
    days = (number_of(party.since), number_of(party.until))
    names = list(party.name.by_language.items())
    return [party.code, party.kind, names, party.aliases, party.language, *days, terms]


def party_in(row: Json) -> Party:
    """Return the party of a list."""
    code, kind, names, aliases, language, since, until, terms = row
    return Party(
        code=code,
        kind=kind,
        name=Text(dict(names)),
        aliases=tuple(aliases),
        at=NOWHERE,
        language=language,
        since=day_of(since),
        until=day_of(until),
        terms=tuple(
            Term(Written(holder, NOWHERE), date.fromordinal(first), day_of(last))
            for holder, first, last in terms
        ),
    )


# --- conclusions ---------------------------------------------------------------------------------


def conclusion_out(conclusion: Conclusion, name: Name) -> Json:
    """Return what a list needs of a conclusion: its text only where a mandate has no action."""
    needs_text = any(mandate.action is None for mandate in conclusion.mandates)
    text = list(conclusion.text.by_language.items()) if needs_text else []
    return [text, [_mandate_out(mandate, name) for mandate in conclusion.mandates]]


def conclusion_in(number: str, row: Json, lineage: Json) -> Conclusion:
    """Return a conclusion with its mandates, and with what it says of older ones."""
    text, mandates = row
    supersedes, closes, extends = lineage
    return Conclusion(
        number=number,
        text=Text(dict(text)),
        at=NOWHERE,
        number_at=NOWHERE,
        mandates=tuple(
            _mandate_in(mandate, place, len(mandates)) for place, mandate in enumerate(mandates, 1)
        ),
        supersedes=_words(supersedes),
        closes=_words(closes),
        extends=tuple(
            Extension(Written(mandate, NOWHERE), _due_in(due), NOWHERE, _words(parties))
            for mandate, due, parties in extends
        ),
    )


def lineage_out(conclusion: Conclusion, name: Name) -> Json:
    """Return what a conclusion says of older mandates."""
    return [
        [name(word) for word in conclusion.supersedes],
        [name(word) for word in conclusion.closes],
        [
            [name(extension.mandate), extension.due.written, _codes(extension.parties)]
            for extension in conclusion.extends
        ],
    ]


def _mandate_out(mandate: Mandate, name: Name) -> Json:
    return [
        list(mandate.action.by_language.items()) if mandate.action else None,
        _responsible_out(mandate.responsible),
        mandate.due.written if mandate.due else None,
        number_of(mandate.until.day) if mandate.until else None,
        _codes(mandate.support),
        mandate.kind,
        [name(word) for word in mandate.after],
        mandate.void,
    ]


def _mandate_in(row: Json, ordinal: int, count: int) -> Mandate:
    action, responsible, due, until, support, kind, after, void = row
    return Mandate(
        ordinal=ordinal,
        of_several=count > 1,
        action=Text(dict(action)) if action is not None else None,
        responsible=_responsible_in(responsible),
        due=_due_in(due) if due is not None else None,
        at=NOWHERE,
        due_at=NOWHERE,
        support=_words(support),
        kind=kind,
        after=_words(after),
        void=void,
        until=Until(date.fromordinal(until), NOWHERE) if until is not None else None,
    )


def _responsible_out(responsible: Responsible | None) -> Json:
    match responsible:
        case None:
            return None
        case Together(parties):
            return [_codes(parties)]
        case Each(group, listed, exceptions):
            return [_codes(listed), group, _codes(exceptions)]


def _responsible_in(row: Json) -> Responsible | None:
    if row is None:
        return None
    listed, *each = row
    if not each:
        return Together(_words(listed))
    group: Literal["members", "participants", "listed"] = each[0]
    return Each(group, _words(listed), _words(each[1]), NOWHERE)


def _due_in(written: str) -> Due:
    return parse_due(written) or Unclear(written)


def _codes(words: Sequence[Written]) -> list[str]:
    return [word.text for word in words]


def _words(codes: Sequence[str]) -> tuple[Written, ...]:
    return tuple(Written(code, NOWHERE) for code in codes)
