"""The list of `diff`: the changes of mandates between two states of a data folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Annotated

from grcm_cli.domain.diff import Difference, DifferenceKind, MandateVersion, PartyTerm
from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.model import Entry, MandateKind
from grcm_cli.domain.task import ENDED
from grcm_cli.formats.listing import Column, Emphasis, Listing, TableColumn, table_of
from grcm_cli.language.text import N_, _, collapse, counted, labelled
from grcm_cli.views import labels
from grcm_cli.views.changes import KINDS

PLAIN = ("change", "ref", "party", "action", "before", "after")
_EMPHASES: dict[DifferenceKind, Emphasis] = {
    "removed": "late",
    "unreported": "late",
    "moved": "soon",
}
_HANDED_OVER = ("reassigned",)  # the parts of a duty that was handed over and not rewritten
Translate = Callable[[str], str]
"""`_` for a text in the reader's language, `str` for a record, which keeps the keys."""
_PARTS = {
    "text": N_("the adopted text"),
    "action": N_("the action"),
    "responsible": N_("who owes it"),
    "support": N_("who supports it"),
    "after": N_("what it waits for"),
    "kind": N_("how strongly it binds"),
    "until": N_("its last day"),
    "first due": N_("its original deadline"),
    "times": N_("the meetings at which it falls due"),
    "note": N_("the note"),
    "internal": N_("the internal remark"),
    "confidential": N_("whether it is confidential"),
    "themes": N_("the themes"),
    "reassigned": N_("to whom it is handed over"),
    "lead": N_("who leads"),
    "members": N_("the members"),
    "documents": N_("the annexes"),
    "acts": N_("what the text does"),
    "follows": N_("what it follows up"),
    "days": N_("the dates"),
    "code": N_("the code or id"),
    "body": N_("the body"),
    "title": N_("the title"),
    "place": N_("the place"),
    "country": N_("the country"),
    "language": N_("the language"),
    "participants": N_("who took part"),
    "observers": N_("who observed"),
    "source": N_("the document"),
    "name": N_("the name"),
    "aliases": N_("the other names"),
    "role": N_("what it is"),
    "membership": N_("the membership"),
    "terms": N_("the terms of office"),
    "contact": N_("the contact"),
    "process": N_("the name of the process"),
    "languages": N_("the languages"),
    "secretariat": N_("the secretariat"),
    "conclusion": N_("the word for a conclusion"),
    "correspondence": N_("whether it is by correspondence"),
    "metadata": N_("what other programs store"),
}


def listing(
    changes: Sequence[Difference], as_of: date, language: str, title: str, notes: Sequence[str]
) -> Listing:
    """Return changes as a list, each as a record and a row."""
    columns: list[TableColumn[Difference]] = [
        (Column(_("Change")), _kind),
        (Column(_("Reference")), lambda change: str(change.reference)),
        (Column.text(_("Before → now"), 34), lambda row: " → ".join(filter(None, _sides(row, _)))),
        (Column.text(_("Who"), 24), _parties),
        (Column.text(_("What")), partial(_what, language=language)),
    ]
    table = partial(
        table_of, title, columns, changes, lambda change: _EMPHASES.get(change.kind, ""), notes
    )
    record = partial(diff_record, language=language)
    return Listing("changes", as_of, lambda: DiffRecord, changes, PLAIN, table, record)


@dataclass(frozen=True, slots=True)
class DiffTermsRecord:
    """The deadlines of a mandate in two states of the record."""

    before: Annotated[tuple[PartyTerm, ...], "In the older state."]
    after: Annotated[tuple[PartyTerm, ...], "In the newer state."]


@dataclass(frozen=True, slots=True)
class DiffRecord:
    """A difference between two states of a record."""

    change: Annotated[DifferenceKind, "What kind of change."]
    ref: Annotated[str, "The mandate, the conclusion, the meeting or the party."]
    meeting: Annotated[str | None, "The id of its meeting; none for what is in the register."]
    party: Annotated[str | None, "Codes; + joins those who owe it jointly."]
    parties: Annotated[tuple[str, ...], "Who owes it now, or for whom it moved or ended."]
    action: Annotated[str | None, "What is to be done."]
    kind: Annotated[MandateKind | None, "How strongly it binds."]
    parts: Annotated[tuple[str, ...], "For what was rewritten or edited: the keys."]
    duties: Annotated[
        tuple[str, ...], "The mandates that a change of terms, membership or members concerns."
    ]
    before: Annotated[str | None, "In short."]
    after: Annotated[str | None, "In short."]
    terms: Annotated[DiffTermsRecord, "Its deadlines, before and after."]
    ended_by: Annotated[str | None, "A later conclusion."]


def diff_record(change: Difference, language: str) -> DiffRecord:
    """Return the record of a change. `language` is that of the action."""
    side = change.after or change.before
    before, after = _sides(change, str)
    owing = _owing(change)
    ending = change.after.ending if change.after else None
    terms = (side.terms if side else () for side in (change.before, change.after))
    return DiffRecord(
        change=change.kind,
        ref=str(change.reference),
        meeting=None if change.kind == "register" else change.reference.meeting,
        party=_codes(owing) or None,
        parties=tuple(dict.fromkeys(chain.from_iterable(owing))),
        action=(side.mandate.action or side.conclusion.text).shown(language) if side else None,
        kind=side.mandate.kind if side else None,
        parts=change.parts,
        duties=tuple(map(str, change.duties)),
        before=before or None,
        after=after or None,
        terms=DiffTermsRecord(*terms),
        ended_by=str(ending.by) if ending else None,
    )


def _what(change: Difference, language: str) -> str:
    """Return what is to be done, or which value was edited, and how many duties an office owes."""
    side, count = change.after or change.before, len(change.duties)
    if side:
        action = collapse((side.mandate.action or side.conclusion.text).shown(language))
        mark = _("(encouragement)") if side.mandate.kind == "encouragement" else ""
        return f"{labels.without_stop(action)} {mark}" if mark else action
    words = ", ".join(_(_PARTS[part]) for part in change.parts) or "–"
    duties = counted("{count} duty", "{count} duties", count)
    return f"{words} ({duties})" if count else words


def _owing(change: Difference) -> Sequence[tuple[str, ...]]:
    """Return who owes the duty of a change; of one that moved or ended, for whom it did."""
    side = change.after or change.before
    if version := {"ended": change.after, "reopened": change.before}.get(change.kind):
        ended = dict.fromkeys(task.parties for task in version.tasks if task.state in ENDED)
        return [*ended] or version.owing_now
    was, now = (
        {task.parties: task.term for task in side.tasks if task.moves} if side else {}
        for side in (change.before, change.after)
    )
    moved = [codes for codes in {**was, **now} if was.get(codes) != now.get(codes)]
    if change.kind == "moved" and moved:
        return moved
    return side.owing_now if side else ()


def _codes(owing: Sequence[tuple[str, ...]]) -> str:
    return " ".join(map("+".join, owing))


def _kind(change: Difference) -> str:
    if change.kind == "new" and change.after is None:
        return _("new text")
    kind = "reassigned" if change.parts == _HANDED_OVER else change.kind
    return _(KINDS[kind])


def _parties(change: Difference) -> str:
    duty = change.after or change.before
    if duty is None:
        return "–"
    group, owing = labels.group_in_words(duty.mandate.responsible, labels.CODES), _owing(change)
    total, codes = len(duty.owing), _codes(owing) or "–"
    if not group or duty.handovers:
        return codes
    if len(owing) == total:
        return f"{group} ({total})"
    return labelled(_("{count} of {total}").format(count=len(owing), total=total), codes)


def _sides(change: Difference, translate: Translate) -> tuple[str, str]:
    old, new = change.before, change.after
    entries = translate(N_("; ")).join(_entry(entry, translate) for entry in change.reports)
    match change.kind:
        case "new" | "removed" | "moved":
            return _terms(old, translate), _terms(new, translate)
        case "ended":
            return "", _ending(new, translate)
        case "reopened":
            return _ending(old, translate), ""
        case "rewritten":
            parts = (translate(_PARTS[part]) if translate is _ else part for part in change.parts)
            sides = "", ", ".join(parts)
            if old and new and change.parts == _HANDED_OVER:
                sides = _codes(old.owing_now), _codes(new.owing_now)
            return sides
        case "reported":
            return "", entries
        case "edited" if change.reports:
            message = translate(N_("{label}: {text}"))
            entry = _entry(change.reports[0], translate)
            return message.format(label=entry, text=change.sides[0]), change.sides[1]
        case "edited" | "register" | "meeting":
            return change.sides
        case "unreported":
            return entries, ""


def _terms(duty: MandateVersion | None, translate: Translate) -> str:
    terms = []
    for term in duty.terms if duty else ():
        written, day = term.due, term.deadline
        due = parse_due(written) if written and translate is _ else None
        text = due.short() if due else written or translate(N_("no deadline"))
        text = f"{day} ({text})" if day and written != day.isoformat() else text
        terms.append(f"{text} ({' '.join(term.parties)})" if term.parties else text)
    return translate(N_("; ")).join(terms)


def _ending(duty: MandateVersion | None, translate: Translate) -> str:
    if duty is None:
        return ""
    if duty.mandate.void is not None:
        return translate(N_("void, recorded by mistake: {reason}")).format(reason=duty.mandate.void)
    return labels.ended_by(duty.ending, translate) if duty.ending else ""


def _entry(entry: Entry, translate: Translate) -> str:
    progress = translate(labels.PROGRESS[entry.progress]) if translate is _ else entry.progress
    name = f" ({entry.occurrence.text})" if entry.occurrence else ""
    return f"{entry.party} {progress} {entry.day}{name}"
