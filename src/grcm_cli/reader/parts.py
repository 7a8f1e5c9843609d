"""How the parts of a file are read: what reads the value of each of their keys."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar, cast

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Each, Group, Location, PlacedWord, Responsible, Together
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import N_, _, clean
from grcm_cli.reader import events
from grcm_cli.reader.events import Node, Scalar, read_tree
from grcm_cli.reader.fields import ALL, EACH, GROUPS, Kind, Table
from grcm_cli.reader.values import Part, Reader, Values


def advise_brackets(
    file: Values, since: int, values: Mapping[str, Any], node: Node, table: Table
) -> None:
    """Say that several codes need brackets: `{each: GTM, CRI}` has two keys to YAML.

    One finding is left for all the codes that follow a comma.
    """
    keys = node.names if isinstance(node, events.Mapping) else []
    if len(keys) == len(values):
        return  # as nearly always: each key is known
    problems = file.problems[since:]
    loose = [key for key in keys if key not in table and CODE.fullmatch(key)]
    unknown = [finding for finding in problems if finding.rule == "unknown-key"]
    before = [key for key in keys[: keys.index(loose[0])] if key in table] if loose else []
    words = values.get(before[-1]) if before else None
    if unknown and words and type(words) is tuple:  # and not a word with its place
        codes = ", ".join([clean(word.text) for word in words] + loose)
        listed = f"{before[-1]}: [{codes}]"
        hint = _("write {words}").format(words=f"{{{listed}}}" if before[-1] == "each" else listed)
        others = [finding for finding in problems if finding.rule != "unknown-key"]
        file.problems[since:] = [*others, unknown[0]._replace(advice=hint)]


def optional(kind: Any, values: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a NamedTuple
    """Return the values that are there under the names of fields which a class may lack."""
    names = kind._field_defaults
    return {name: value for name, value in values.items() if value is not None and name in names}


def list_of(read_item: Reader) -> Reader:
    """Return a reader of a list, in which one item may stand without its brackets."""
    return lambda file, node: file.each_of(node, read_item)


def _responsible(file: Values, node: Node) -> tuple[Responsible, bool]:
    """Return who is responsible, and whether all of it was understood."""
    before, problems = file.errors, len(file.problems)
    if isinstance(node, events.Mapping):
        return _each(file, node, _EACH), file.errors == before
    parties = Together(file.codes(node))
    file.advise(problems, _("write GTM, [GTM, CRI] or {each: members}"))
    return parties, file.errors == before


def _members(file: Values, node: Node) -> Each:
    """Return who belongs to a group: those that are listed, or all members but some."""
    problems = len(file.problems)
    if isinstance(node, events.Mapping):
        members = _each(file, node, _ALL)
    else:
        members = Each("listed", some(Values.codes)(file, node) or (), (), node.at)
    file.advise(problems, _("write [COK, KIR, NRU] or {all: members, except: [AUS]}"))
    return members


def _each(file: Values, node: events.Mapping, part: Part) -> Each:
    errors, problems = file.errors, len(file.problems)
    values, at, [key] = file.fields(node, part), node.at, part.required
    # `{members}` and `{each:members}` are a key without a value to YAML.
    [name] = node.names if len(node.names) == 1 else [""]
    group_name = name.removeprefix(f"{key}:").strip()
    if group_name in GROUPS:
        del file.problems[problems:]
        file.errors = errors
        message = _("{expected} belongs here, not {found}")
        sentence = message.format(expected=f"`{{{key}: {group_name}}}`", found=group_name)
        file.problem(at, "wrong-type", sentence)
        return Each("listed", (), (), at)
    advise_brackets(file, problems, values, node, part.table)
    who, exceptions = values.get(key) or (), values.get("except") or ()
    if isinstance(who, PlacedWord):
        return Each(cast(Group, who.text), (), exceptions, at)
    return Each("listed", who, exceptions, at)


def _group(file: Values, node: Node) -> PlacedWord | tuple[PlacedWord, ...]:
    """Return the name of a group, or the codes that are listed."""
    if isinstance(node, Scalar) and node.text in GROUPS:
        return PlacedWord(node.text, node.at)
    return file.codes(node)


_reference = partial(Values.code, expected=N_("a reference, such as GRCM-2002-10/8#1"))
_READERS: dict[Kind, Reader] = {
    "line": Values.line,
    "lines": list_of(Values.line),
    "text": Values.text,
    "day": Values.day,
    "language": Values.language,
    "languages": list_of(Values.language),
    "id": Values.id,
    "number": Values.number,
    "code": Values.code,
    "codes": Values.codes,
    "reference": _reference,
    "references": list_of(_reference),
    "due": Values.due,
    "until": Values.until,
    "occurrence": Values.occurrence,
    "responsible": _responsible,
    "members": _members,
    "flag": Values.flag,
    "group": _group,
}


def part_of(name: str, table: Table, /, **inner: Reader) -> Part:
    """Return how a part is read; `inner` has the readers of the parts inside it."""
    readers = dict(inner)
    for key, field in table.items():
        if key in inner:
            continue
        if field.kind in ("word", "words"):
            read_word = partial(Values.choice, choices=(*field.choices,))
            readers[key] = read_word if field.kind == "word" else list_of(read_word)
        else:
            readers[key] = _READERS[field.kind]
    required = tuple(key for key, field in table.items() if field.required)
    return Part(name, table, readers, required)


_EACH = part_of(N_("`responsible`"), EACH)
_ALL = part_of(N_("`members`"), ALL)


def some(read_list: Reader) -> Reader:
    """Return a reader of a list in which something must be: an empty one is a finding."""

    def reader(file: Values, node: Node) -> object:
        before = file.errors
        items = read_list(file, node)
        if items or file.errors > before or not isinstance(node, events.Sequence):
            return items
        hint = _("write what belongs in it, or leave the key out")
        file.problem(node.at, "null-value", _("the list is empty"), hint)
        return None

    return reader


_Record = TypeVar("_Record")


def read_values(
    path: str, data: bytes, findings: list[Finding], read_root: Callable[[Values, Node], _Record]
) -> _Record | None:
    """Return what `read_root` makes of the root of a file; None if the file cannot be read."""
    root = read_tree(path, data, findings)
    if root is None:
        return None
    file = Values()
    record = read_root(file, root)
    findings += file.problems
    return record


def read_mapping(
    path: str,
    data: bytes,
    findings: list[Finding],
    read_root: Callable[[Values, events.Mapping], _Record],
) -> _Record | None:
    """Return what is read of a file's mapping; it is a finding if there is none."""

    def read_if_mapping(file: Values, root: Node) -> _Record | None:
        if isinstance(root, events.Mapping):
            return read_root(file, root)
        file.wrong_type(root, _("keys with values, such as `id: GRCM-2002-10`"))
        return None

    before = len(findings)
    record = read_values(path, data, findings, read_if_mapping)
    if record is None and len(findings) == before:
        at = Location(path, 1, 1, 0)
        findings.append(Finding(at, "error", "missing-key", _("the file is empty")))
    return record
