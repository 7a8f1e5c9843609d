"""A file → the register, a meeting, a progress: straight where all is plain, else by its nodes."""

from collections.abc import Iterator
from typing import NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import (
    Conclusion,
    Entry,
    Extension,
    Location,
    Mandate,
    Meeting,
    Party,
    PartyKind,
    Process,
    Term,
    Text,
    Unclear,
)
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import N_, _, nearest
from grcm_cli.reader import fields, nodes, parts, straight
from grcm_cli.reader.nodes import Mapping, Node, Scalar
from grcm_cli.reader.values import Values


class RegisterFile(NamedTuple):
    """What register.yaml says: the process and everybody who takes part."""

    process: Process
    parties: tuple[Party, ...]


_SECTIONS: dict[str, tuple[PartyKind, fields.Table]] = {
    "members": ("member", fields.MEMBER),
    "offices": ("office", fields.OFFICE),
    "organizations": ("organization", fields.PARTY),
    "bodies": ("body", fields.PARTY),
}


def read_register(path: str, data: bytes, findings: list[Finding]) -> RegisterFile | None:
    """Return what a register file says, or None where it cannot be read at all."""
    values = Values(findings)
    node = _document(path, data, values)
    if not isinstance(node, Mapping):
        return None
    got = values.fields(node, fields.REGISTER, N_("the register"))
    parties = [
        party
        for key, section in got.items()
        if key in _SECTIONS and section is not None
        for party in _parties(values, section, *_SECTIONS[key])
    ]
    return RegisterFile(_process(values, got.get("process")), tuple(parties))


def read_meeting(path: str, stem: str, data: bytes, findings: list[Finding]) -> Meeting | None:
    """Return the meeting of a file, or None where the file cannot be read at all.

    `stem` is the file's name, which serves for an id that has an error.
    """
    plain = straight.read_meeting(path, stem, data)
    return meeting_by_nodes(path, stem, data, findings) if plain is None else plain


def meeting_by_nodes(path: str, stem: str, data: bytes, findings: list[Finding]) -> Meeting | None:
    """Return the same as `read_meeting`, in the way that finds what is wrong."""
    values = Values(findings)
    node = _document(path, data, values)
    if not isinstance(node, Mapping):
        return None
    words = {key.text: value.text for key, value in node.items if isinstance(value, Scalar)}
    values.authentic = words.get("language", "")
    got = values.fields(node, fields.MEETING, N_("a meeting"))
    conclusions = got.get("conclusions")
    places = {key.text: value.at for key, value in node.items}
    inner = tuple(_conclusions(values, conclusions)) if conclusions else None
    return parts.meeting(got, stem, places.get("id", node.at), places.get("end", node.at), inner)


def read_progress(path: str, party: str, data: bytes, findings: list[Finding]) -> list[Entry]:
    """Return the entries of a party's file, in its order; those with errors are findings alone."""
    plain = straight.read_progress(path, party, data)
    return progress_by_nodes(path, party, data, findings) if plain is None else plain


def progress_by_nodes(path: str, party: str, data: bytes, findings: list[Finding]) -> list[Entry]:
    """Return the same as `read_progress`, in the way that finds what is wrong."""
    return entries_of(nodes.read(path, data, findings), party, findings)


def entries_of(node: Node | None, party: str, findings: list[Finding]) -> list[Entry]:
    """Return the entries in a file's document."""
    values = Values(findings)
    entries = []
    for item in values.items(node) if node is not None else ():
        got = values.fields(item, fields.ENTRY, N_("an entry"))
        # An error in what an entry adds doesn't take away what it says.
        says = all(got.get(key) for key in ("mandate", "date", "progress"))
        if says and not item.is_broken:
            entries.append(parts.entry(got, party, item.at))
    return entries


def _document(path: str, data: bytes, values: Values) -> Node | None:
    """Return a file's mapping; that it is missing is a finding, where nothing else is."""
    before = len(values.findings)
    node = nodes.read(path, data, values.findings)
    if node is None and len(values.findings) == before:
        values.find(Location(path, 1, 1, 0), "missing-key", _("the file is empty"))
    elif node is not None and not isinstance(node, Mapping):
        values.wrong_type(node, _("keys with values, as `id: GRCM-2002-10`"))
    return node


def _process(values: Values, node: Node | None) -> Process:
    got = values.fields(node, fields.PROCESS, N_("the process")) if node is not None else {}
    name = got.get("name") or Text({"": got.get("code") or ""})
    return Process(got.get("code") or "", name, got.get("languages") or ())


def _parties(values: Values, node: Node, kind: PartyKind, table: fields.Table) -> Iterator[Party]:
    if not isinstance(node, Mapping):
        values.wrong_type(node, _("codes with what they stand for, as `MEX: {name: México}`"))
        return
    for key, value in node.items:
        if not CODE.fullmatch(key.text):
            message = _("'{text}' is no code of a party").format(text=key.text)
            form = _("write 2 to 20 capital letters, digits and hyphens, a letter first")
            capitals = key.text.upper() if CODE.fullmatch(key.text.upper()) else ""
            hint = _("did you mean `{key}`?").format(key=capitals) if capitals else form
            values.find(key.at, "wrong-code", message, hint)
        elif not values.is_null(value, key):
            got = values.fields(value, table, N_("a party"))
            terms = got.get("terms")
            yield Party(
                code=key.text,
                kind=kind,
                name=got.get("name") or Text({"": key.text}),
                aliases=got.get("aliases") or (),
                at=key.at,
                language=got.get("language"),
                since=got.get("since"),
                until=got.get("until"),
                terms=tuple(_terms(values, terms)) if terms is not None else (),
            )


def _terms(values: Values, node: Node) -> Iterator[Term]:
    for item in values.items(node):
        got = values.fields(item, fields.TERM, N_("a term"))
        if got.get("holder") and got.get("from"):
            yield Term(got["holder"], got["from"], got.get("until"))


def _conclusions(values: Values, node: Node) -> Iterator[Conclusion]:
    for item in values.items(node):
        before = values.errors
        got = values.fields(item, fields.CONCLUSION, N_("a conclusion"))
        own = [key for key in got if key in fields.OWN_MANDATE]
        faulty = values.errors > before
        if got.get("mandates") is None:
            is_meant = bool(own) or (faulty and _means_a_mandate(item))
            keys = {key: got[key] for key in own}
            mandates = (
                [parts.mandate(keys, _place(item, own).at, faulty=faulty)] if is_meant else []
            )
        else:
            _refuse_both(values, item, own)
            mandates = list(_mandates(values, got["mandates"], faulty=bool(own)))
        extends = _extensions(values, got["extends"]) if "extends" in got else ()
        yield parts.conclusion(got, item.at, mandates, extends)


def _extensions(values: Values, node: Node | None) -> Iterator[Extension]:
    for item in values.items(node) if node is not None else ():
        before = values.errors
        got = values.fields(item, fields.EXTENSION, N_("an extension"))
        due, due_at = got.get("due") or (Unclear(""), item.at)
        if values.errors > before:
            due = Unclear(due.written)  # for whom, or until when, is open: nothing moves in silence
        if got.get("mandate"):
            yield Extension(got["mandate"], due, due_at, got.get("parties") or ())


def _place(item: Node, own: list[str]) -> Node:
    """Return the node that stands for a conclusion's own mandate: the first of its keys."""
    keys = (
        [key for key, _value in item.items if key.text in own] if isinstance(item, Mapping) else []
    )
    return keys[0] if keys else item


def _refuse_both(values: Values, item: Node, own: list[str]) -> None:
    if own:
        message = _("a mandate's key stands beside `mandates`")
        hint = _("put it into one of the mandates")
        values.find(_place(item, own).at, "mandate-twice", message, hint)


def _means_a_mandate(item: Node) -> bool:
    """Tell whether a conclusion has a misspelt key of a mandate, which must not hide a duty."""
    keys = [key.text for key, _value in item.items] if isinstance(item, Mapping) else []
    meant = (nearest(key, fields.CONCLUSION) for key in keys if key not in fields.CONCLUSION)
    return any(key in fields.OWN_MANDATE or key == "mandates" for key in meant)


def _mandates(values: Values, node: Node, *, faulty: bool) -> Iterator[Mandate]:
    items = list(values.items(node))
    for index, item in enumerate(items, 1):
        before = values.errors
        got = values.fields(item, fields.MANDATE, N_("a mandate"))
        if isinstance(item, Mapping) and not any(key in got for key in fields.MANDATE_NEEDS):
            message = _("a mandate says neither what, nor who, nor when")
            hint = _("add at least one of: {keys}").format(keys=", ".join(fields.MANDATE_NEEDS))
            values.find(item.at, "missing-key", message, hint)
        wrong = faulty or values.errors > before
        yield parts.mandate(got, item.at, index, len(items), faulty=wrong)
