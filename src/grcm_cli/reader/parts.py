"""How the parts of a file are read: what reads the value of each of their keys."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from yaml import MappingStartEvent, ScalarEvent, SequenceStartEvent

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Each, Group, Location, PlacedWord, Responsible, Together
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import N_, _, clean
from grcm_cli.reader.events import Event, Keys, read
from grcm_cli.reader.fields import ALL, EACH, GROUPS, Kind, Table
from grcm_cli.reader.values import Part, Reader, Values


def advise(problems: list[Finding], since: int, hint: str) -> None:
    """Give the findings from a place in their list on a hint, where they have none."""
    for index in range(since, len(problems)):
        if not problems[index].advice:
            problems[index] = problems[index]._replace(advice=hint)


def advise_brackets(
    problems: list[Finding],
    since: int,
    values: Mapping[str, Any],
    keys: Sequence[str],
    table: Table = EACH,
) -> None:
    """Say that several codes need brackets: `{each: GTM, CRI}` has two keys to YAML.

    One finding is left for all the codes that follow a comma.
    """
    if len(keys) == len(values):
        return  # as nearly always: each key is known
    loose = [key for key in keys if key not in table and CODE.fullmatch(key)]
    found = [finding for finding in problems[since:] if finding.rule == "unknown-key"]
    before = [key for key in keys[: keys.index(loose[0])] if key in table] if loose else []
    value = values.get(before[-1]) if before else None
    words = value[1] if value and before[-1] in ("each", "all") else value
    if words and found:
        codes = ", ".join([clean(word.text) for word in words] + loose)
        listed = f"{before[-1]}: [{codes}]"
        hint = _("write {words}").format(words=f"{{{listed}}}" if before[-1] == "each" else listed)
        others = [finding for finding in problems[since:] if finding.rule != "unknown-key"]
        problems[since:] = [*others, found[0]._replace(advice=hint)]


def list_of(read_item: Reader) -> Reader:
    """Return a reader of a list, in which one item may stand without its brackets."""
    return lambda file, event: file.each_of(event, read_item)


def _responsible(file: Values, event: Event) -> tuple[Responsible, bool]:
    """Return who is responsible, and whether all of it was understood."""
    before, problems = file.errors, len(file.problems)
    if event.__class__ is MappingStartEvent:
        return _each(file, event), file.errors == before
    parties = Together(file.codes(event))
    advise(file.problems, problems, _("write GTM, [GTM, CRI] or {each: members}"))
    return parties, file.errors == before


def _members(file: Values, event: Event) -> Each:
    """Return who belongs to a group: those that are listed, or all members but some."""
    problems, at = len(file.problems), file.place(event)
    if event.__class__ is MappingStartEvent:
        members = _each(file, event, _ALL, "all")
    else:
        members = Each("listed", some(Values.codes)(file, event) or (), (), at)
    advise(file.problems, problems, _("write [COK, KIR, NRU] or {all: members, except: [AUS]}"))
    return members


def _all(file: Values, event: Event) -> tuple[Group, tuple[PlacedWord, ...]] | None:
    return None if file.choice(event, ALL["all"].choices) is None else ("members", ())


def _each(file: Values, event: Event, part: Part | None = None, key: str = "each") -> Each:
    errors, problems, keys = file.errors, len(file.problems), Keys()
    values = file.fields(event, part or _EACH, keys)
    at = file.place(event)
    # `{members}` and `{each:members}` are a key without a value to YAML.
    [name] = keys if len(keys) == 1 else [""]
    group_name = name.removeprefix(f"{key}:").strip()
    if group_name in GROUPS:
        del file.problems[problems:]
        file.errors = errors
        message = _("{expected} belongs here, not {found}")
        sentence = message.format(expected=f"`{{{key}: {group_name}}}`", found=group_name)
        file.problem(at, "wrong-type", sentence)
        return Each("listed", (), (), at)
    group: Group
    group, listed = values.get(key) or ("listed", ())
    advise_brackets(file.problems, problems, values, list(keys), part.table if part else EACH)
    return Each(group, listed, values.get("except") or (), at)


def _group(file: Values, event: Event) -> tuple[Group, tuple[PlacedWord, ...]]:
    """Return the group of an `each`: its name, and the codes where they are listed."""
    if event.__class__ is ScalarEvent and event.value in GROUPS:
        file.text_of(event)
        return GROUPS[event.value], ()
    return "listed", file.codes(event)


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
    "reference": Values.reference,
    "references": list_of(Values.reference),
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
            read_word = partial(Values.choice, choices=field.choices)
            readers[key] = read_word if field.kind == "word" else list_of(read_word)
        else:
            readers[key] = _READERS[field.kind]
    required = tuple(key for key, field in table.items() if field.required)
    return Part(name, table, readers, required)


_EACH = part_of(N_("`responsible`"), EACH)
_ALL = part_of(N_("`members`"), ALL, all=_all)


def some(read_list: Reader) -> Reader:
    """Return a reader of a list in which something must be: an empty one is a finding."""

    def reader(file: Values, event: Event) -> object:
        before = file.errors
        items = read_list(file, event)
        if items or file.errors > before or event.__class__ is not SequenceStartEvent:
            return items
        hint = _("write what belongs in it, or leave the key out")
        file.problem(file.place(event), "null-value", _("the list is empty"), hint)
        return None

    return reader


_Record = TypeVar("_Record")


def read_mapping(
    path: str, data: bytes, findings: list[Finding], read_root: Callable[[Values, Event], _Record]
) -> _Record | None:
    """Return what is read of a file's mapping; it is a finding if there is none."""

    def read_if_mapping(file: Values, root: Event) -> _Record | None:
        if root.__class__ is MappingStartEvent:
            return read_root(file, root)
        file.wrong_type(root, _("keys with values, as `id: GRCM-2002-10`"))
        return None

    before = len(findings)
    record = read(path, data, findings, Values, read_if_mapping)
    if record is None and len(findings) == before:
        at = Location(path, 1, 1, 0)
        findings.append(Finding(at, "error", "missing-key", _("the file is empty")))
    return record
