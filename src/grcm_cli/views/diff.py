"""What became of the duties between two states of a folder, as a list."""

from collections.abc import Callable, Sequence
from datetime import date

from grcm_cli.domain.diff import Change, ChangeKind, MandateVersion, PartyTerm
from grcm_cli.domain.model import Each, Entry
from grcm_cli.formats.listing import Column, Emphasis, Listing, Record, Row, Table
from grcm_cli.language.text import N_, _, collapse
from grcm_cli.views import labels

KEYS = ("change", "ref", "party", "action", "before", "after")
KINDS: dict[ChangeKind, str] = {
    "new": N_("new duty"),
    "removed": N_("gone"),
    "ended": N_("ended"),
    "reopened": N_("open again"),
    "moved": N_("moved"),
    "rewritten": N_("rewritten"),
    "reported": N_("reported"),
    "unreported": N_("report gone"),
}
_STANDS_OUT: dict[ChangeKind, Emphasis] = {"removed": "late", "unreported": "late", "moved": "soon"}


def listing(
    found: Sequence[Change], as_of: date, language: str, title: str, notes: Sequence[str]
) -> Listing:
    """Return the changes as a list: one record a change for programs, one row for people."""
    records = [record(change, language) for change in found]

    def table() -> Table:
        columns = (
            Column(_("Change")),
            Column(_("Reference")),
            Column(_("Before → now"), wide=True, most=34),
            Column(_("Who"), wide=True, most=24),
            Column(_("What"), wide=True),
        )
        rows = [_row(change, told) for change, told in zip(found, records, strict=True)]
        return Table(title, columns, rows, notes)

    return Listing("changes", as_of, KEYS, records, KEYS, table)


def _row(change: Change, told: Record) -> Row:
    sides = _sides(change, _)
    known = change.after or change.before
    cells = (
        _(KINDS[change.kind]),
        str(told["ref"]),
        " → ".join(side for side in sides if side),
        _who(known) if known else "–",
        collapse(str(told["action"] or "–")),
    )
    return Row(cells, _STANDS_OUT.get(change.kind, ""))


def record(change: Change, language: str) -> Record:
    """Return a change's record: the public format of `grcm diff`, the same in every language."""
    known = change.after or change.before
    before, after = _sides(change, str)
    return {
        "change": change.kind,
        "ref": str(change.address),
        "party": _codes(known) if known else None,
        "action": (
            (known.mandate.action or known.conclusion.text).shown(language) if known else None
        ),
        "before": before or None,
        "after": after or None,
    }


def _codes(duty: MandateVersion) -> str | None:
    return " ".join("+".join(parties) for parties in duty.owing) or None


def _who(duty: MandateVersion) -> str:
    if isinstance(duty.mandate.responsible, Each) and duty.mandate.responsible.group != "listed":
        group = duty.mandate.responsible.group
        said = _("each member") if group == "members" else _("each participant")
        return f"{said} ({len(duty.owing)})"
    return _codes(duty) or "–"


Say = Callable[[str], str]
"""Looks a word up in the reader's language, or leaves it as it is, for programs."""


def _sides(change: Change, say: Say) -> tuple[str, str]:
    """Return what was before, and what is now."""
    old, new = change.before, change.after
    match change.kind:
        case "new" | "removed" | "moved":
            return _terms(old, say), _terms(new, say)
        case "ended":
            return "", _ending(new, say)
        case "reopened":
            return _ending(old, say), ""
        case "rewritten":
            parts = (say(_PARTS[part]) if say is _ else part for part in change.parts)
            return "", ", ".join(parts)
        case "reported":
            return "", "; ".join(_entry(entry, say) for entry in change.entries)
        case "unreported":
            return "; ".join(_entry(entry, say) for entry in change.entries), ""


_PARTS = {
    "text": N_("the adopted text"),
    "action": N_("the action"),
    "responsible": N_("who owes it"),
    "support": N_("who supports it"),
    "after": N_("what it waits for"),
    "kind": N_("how strongly it binds"),
    "until": N_("its last day"),
    "first due": N_("the deadline that it had first"),
    "times": N_("the meetings at which it falls due"),
}


def _terms(duty: MandateVersion | None, say: Say) -> str:
    return "; ".join(_term(term, say) for term in duty.terms) if duty else ""


def _term(term: PartyTerm, say: Say) -> str:
    said = term.written or say(N_("no deadline"))
    if term.day and term.written != term.day.isoformat():
        said = f"{term.day} ({said})"
    return f"{said} ({' '.join(term.parties)})" if term.parties else said


def _ending(duty: MandateVersion | None, say: Say) -> str:
    if duty is None:
        return ""
    if duty.mandate.void is not None:
        return say(N_("void, recorded in error: {reason}")).format(reason=duty.mandate.void)
    if duty.ending is None:
        return ""
    superseded, closed = N_("superseded by {reference}"), N_("closed by {reference}")
    message = superseded if duty.ending.state == "superseded" else closed
    return say(message).format(reference=duty.ending.by)


def _entry(entry: Entry, say: Say) -> str:
    progress = say(labels.PROGRESS[entry.progress]) if say is _ else entry.progress
    name = f" ({entry.occurrence.text})" if entry.occurrence else ""
    return f"{entry.party} {progress} {entry.day}{name}"
