"""The list of `diff`: the changes of mandates between two states of a data folder."""

from collections.abc import Callable, Sequence
from datetime import date

from grcm_cli.domain.deadlines import parse_due
from grcm_cli.domain.diff import Change, ChangeKind, MandateVersion, PartyTerm
from grcm_cli.domain.due_text import short_due
from grcm_cli.domain.model import Each, Entry
from grcm_cli.formats.listing import (
    Column,
    Emphasis,
    JsonSchema,
    JsonValue,
    Listing,
    OutputField,
    TableRow,
    TextTable,
)
from grcm_cli.formats.output_schema import (
    DAY_OR_NONE,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    iso,
    list_of,
    object_schema,
    one_of,
)
from grcm_cli.language.text import N_, _, collapse
from grcm_cli.views import labels

PLAIN = ("change", "ref", "party", "action", "before", "after")
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
    changes: Sequence[Change], as_of: date, language: str, title: str, notes: Sequence[str]
) -> Listing:
    """Return changes as a list, each as a record and a row."""

    def table() -> TextTable:
        columns = (
            Column(_("Change")),
            Column(_("Reference")),
            Column(_("Before → now"), wide=True, most=34),
            Column(_("Who"), wide=True, most=24),
            Column(_("What"), wide=True),
        )
        rows = [_row(change, language) for change in changes]
        return TextTable(title, columns, rows, notes)

    fields = change_fields(language)
    in_csv = tuple(field.name for field in fields if field.name != "terms")
    return Listing("changes", as_of, fields, changes, PLAIN, table, in_csv, language=language)


def _row(change: Change, language: str) -> TableRow:
    sides = _sides(change, _)
    known = _known(change)
    cells = (
        _(KINDS[change.kind]),
        str(change.address),
        " → ".join(side for side in sides if side),
        _parties(known) if known else "–",
        collapse(_action(change, language) or "–"),
    )
    return TableRow(cells, _STANDS_OUT.get(change.kind, ""))


def change_fields(language: str) -> Sequence[OutputField[Change]]:
    """Return the keys of a change's record: the public format of `diff`.

    `language` is that of the action; all else is the same in every language.
    """
    return (
        OutputField("change", one_of(KINDS), "What kind of change.", lambda c: c.kind),
        OutputField("ref", TEXT, "The mandate, or the conclusion.", lambda c: str(c.address)),
        OutputField("meeting", TEXT, "The id of its meeting.", lambda c: c.address.meeting),
        OutputField("party", TEXT_OR_NONE, "Codes; + joins those who owe together.", _party),
        OutputField("parties", TEXTS, "Who owes it, after the change.", _owing),
        OutputField("action", TEXT_OR_NONE, "What is to be done.", lambda c: _action(c, language)),
        OutputField("parts", TEXTS, "Of what was rewritten.", lambda c: c.parts),
        OutputField("before", TEXT_OR_NONE, "In short.", lambda c: _sides(c, str)[0] or None),
        OutputField("after", TEXT_OR_NONE, "In short.", lambda c: _sides(c, str)[1] or None),
        OutputField("terms", _TERMS, "Its deadlines on both sides.", _terms_of),
        OutputField("ended_by", TEXT_OR_NONE, "A later conclusion.", _ended_by),
    )


_TERM = object_schema({"parties": TEXTS, "due": TEXT_OR_NONE, "deadline": DAY_OR_NONE})
_TERMS: JsonSchema = object_schema({"before": list_of(_TERM), "after": list_of(_TERM)})


def _terms_of(change: Change) -> JsonValue:
    """Return the terms on both sides; those without parties hold for all."""
    sides = {"before": change.before, "after": change.after}
    return {
        side: [
            {"parties": term.parties, "due": term.written, "deadline": iso(term.day)}
            for term in (version.terms if version else ())
        ]
        for side, version in sides.items()
    }


def _known(change: Change) -> MandateVersion | None:
    return change.after or change.before


def _party(change: Change) -> str | None:
    known = _known(change)
    return _codes(known) if known else None


def _owing(change: Change) -> Sequence[str]:
    known = _known(change)
    return list(dict.fromkeys(code for codes in known.owing for code in codes)) if known else []


def _action(change: Change, language: str) -> str | None:
    known = _known(change)
    return (known.mandate.action or known.conclusion.text).shown(language) if known else None


def _ended_by(change: Change) -> str | None:
    return str(change.after.ending.by) if change.after and change.after.ending else None


def _codes(duty: MandateVersion) -> str | None:
    return " ".join("+".join(parties) for parties in duty.owing) or None


def _parties(duty: MandateVersion) -> str:
    if isinstance(duty.mandate.responsible, Each) and duty.mandate.responsible.group != "listed":
        group = duty.mandate.responsible.group
        each = _("each member") if group == "members" else _("each participant")
        return f"{each} ({len(duty.owing)})"
    return _codes(duty) or "–"


Translate = Callable[[str], str]
"""`_` for a text in the reader's language, `str` for a record, which keeps the keys."""


def _sides(change: Change, translate: Translate) -> tuple[str, str]:
    """Return the texts for the states before and after."""
    old, new = change.before, change.after
    match change.kind:
        case "new" | "removed" | "moved":
            return _terms(old, translate), _terms(new, translate)
        case "ended":
            return "", _ending(new, translate)
        case "reopened":
            return _ending(old, translate), ""
        case "rewritten":
            parts = (translate(_PARTS[part]) if translate is _ else part for part in change.parts)
            return "", ", ".join(parts)
        case "reported":
            return "", "; ".join(_entry(entry, translate) for entry in change.entries)
        case "unreported":
            return "; ".join(_entry(entry, translate) for entry in change.entries), ""


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


def _terms(duty: MandateVersion | None, translate: Translate) -> str:
    return "; ".join(_term(term, translate) for term in duty.terms) if duty else ""


def _term(term: PartyTerm, translate: Translate) -> str:
    text = term.written or translate(N_("no deadline"))
    due = parse_due(term.written) if term.written else None
    if due and translate is _:
        text = short_due(due)
    if term.day and term.written != term.day.isoformat():
        text = f"{term.day} ({text})"
    return f"{text} ({' '.join(term.parties)})" if term.parties else text


def _ending(duty: MandateVersion | None, translate: Translate) -> str:
    if duty is None:
        return ""
    if duty.mandate.void is not None:
        return translate(N_("void, recorded in error: {reason}")).format(reason=duty.mandate.void)
    return labels.ended_by(duty.ending, translate) if duty.ending else ""


def _entry(entry: Entry, translate: Translate) -> str:
    progress = translate(labels.PROGRESS[entry.progress]) if translate is _ else entry.progress
    name = f" ({entry.occurrence.text})" if entry.occurrence else ""
    return f"{entry.party} {progress} {entry.day}{name}"
