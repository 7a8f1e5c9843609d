"""The generations of the format as the newest one.

Three are known: texts without a language (`resolutions` with `dates: [{start, kind}]`), decisions
with `localizations`, and texts with a spelling each. What the newest has no key for stays under the
key that it has. A text without a language gets the spelling `""`, until that is known.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from grcm_cli.edoxen.format import PROFILE, Tree, date_kind

_PARTS = {"considerations": "date_effective", "actions": "date_effective", "approvals": "date"}
"""The parts of a decision, each with the key of its date."""
_DEEPEST = 16
"""Levels of a value in an extension: half of those that a data file may have."""
_TEXTS = {
    "decision": ("title", "subject", "message", "considering"),
    "collection": ("title",),
    "meeting": ("title", "general_area", "note", "practical_info"),
}
"""The keys that hold a text in several languages."""


def newest(
    tree: Mapping[str, Tree], kind: Literal["decision", "collection", "meeting"]
) -> dict[str, Tree]:
    """Return some keys, without the extensions of grcm, as the newest generation has them."""
    made = dict(tree)
    if others := [one for one in _listed(made.pop("extensions", [])) if not _is_of_grcm(one)]:
        made["extensions"] = others
    identifier = made.get("identifier")
    if isinstance(identifier, str | dict):
        number = {"number": identifier}
        made["identifier"] = [identifier if isinstance(identifier, dict) else number]
    if "localizations" in made and kind != "collection":
        _merge_localizations(made)
    if kind == "collection":
        _renew_collection(made)
    elif kind == "decision":
        _renew_dates(made)
    elif "date_range" in made and "scheduled_date_range" not in made:
        made["scheduled_date_range"] = made.pop("date_range")
    return made | {name: localized(made[name]) for name in _TEXTS[kind] if name in made}


def _renew_dates(made: dict[str, Tree]) -> None:
    if "dates" in made:
        made["dates"] = [_date(one) for one in _listed(made["dates"])]
    for name, key in _PARTS.items():
        if name in made:
            made[name] = [_part(part, key) for part in _listed(made[name])]


def _renew_collection(made: dict[str, Tree]) -> None:
    texts = [
        {"spelling": _spelling(one), "value": one["title"]}
        for one in _listed(made.get("title_localized", []))
        if isinstance(one, dict) and "title" in one
    ]
    if texts and all(isinstance(one["value"], str) for one in texts):
        default = made.get("title")
        if isinstance(default, str) and default not in [one["value"] for one in texts]:
            made["default_title"] = default
        made["title"] = texts
        del made["title_localized"]
    match made.get("dates"):
        case [{"start": start, "kind": "meeting", **others}] if others.keys() <= {"end"}:
            made.setdefault("date", start)
            if others:
                made["end"] = others["end"]
            del made["dates"]


def localized(value: Tree) -> list[Tree]:
    """Return a text as a list of texts with their spellings."""
    is_plain = isinstance(value, str)
    return [{"spelling": "", "value": value}] if is_plain else list(_listed(value))


def _listed(value: Tree) -> Sequence[Tree]:
    return value if isinstance(value, list) else [value]


def _date(tree: Tree) -> Tree:
    """Return a date with its kind: `{start, kind}` of the oldest generation is `{date, type}`."""
    if not isinstance(tree, dict) or "start" not in tree or "date" in tree:
        return tree
    made = {"date": tree["start"]}
    if "kind" in tree:
        kind = tree["kind"]
        made["type"] = date_kind(kind) if isinstance(kind, str) else kind
    return made | {key: value for key, value in tree.items() if key not in ("start", "kind")}


def _part(tree: Tree, key: str) -> Tree:
    """Return a consideration, an action or an approval; its date stands under `key`."""
    if not isinstance(tree, dict):
        return tree
    made = dict(tree)
    if "message" in made:
        made["message"] = localized(made["message"])
    dates = made.get("dates")
    if isinstance(dates, list) and len(dates) == 1 and key not in made:
        made[key] = _date(dates[0])
        del made["dates"]
    return made


def _spelling(one: Mapping[str, Tree]) -> str:
    code, script = one.get("language_code"), one.get("script")
    language = code if isinstance(code, str) else ""
    return f"{language}-{script}" if isinstance(script, str) and script != "Latn" else language


def _merge_localizations(made: dict[str, Tree]) -> None:
    """Move the texts of each language to the keys that hold them in all languages.

    Parts of two languages are one where they have the same place and, but for the text, the same
    keys; others follow each other.
    """
    for one in _listed(made.pop("localizations")):
        if not isinstance(one, dict):
            continue
        spelling = _spelling(one)
        for name, value in one.items():
            if name in ("language_code", "script"):
                continue
            if name in _PARTS and isinstance(value, list):
                made[name] = list(_listed(made.get(name, [])))
                _merge_parts(made[name], value, spelling)
            elif isinstance(value, str):
                made[name] = [
                    *localized(made.get(name, [])),
                    {"spelling": spelling, "value": value},
                ]
            else:
                others = _listed(made.get("localized", []))
                made["localized"] = [*others, {"spelling": spelling, name: value}]


def _merge_parts(parts: list[Tree], added: Sequence[Tree], spelling: str) -> None:
    for place, one in enumerate(added):
        if not isinstance(one, dict):
            parts.append(one)
            continue
        text = one.get("message")
        rest = {key: value for key, value in one.items() if key != "message"}
        entry = [{"spelling": spelling, "value": text}] if isinstance(text, str) else []
        same = parts[place] if place < len(parts) and isinstance(parts[place], dict) else None
        known = None if same is None else {k: v for k, v in same.items() if k != "message"}
        texts = [] if same is None else localized(same.get("message", []))
        spellings = [one.get("spelling") for one in texts if isinstance(one, dict)]
        if same is not None and known == rest and spelling not in spellings:
            same["message"] = [*texts, *entry]
        else:
            parts.append({**rest, "message": entry} if entry else rest)


# --- what an export of grcm has kept --------------------------------------------------------------


def kept_attributes(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return what the extensions of grcm say: a record's values, None for one that is not there.

    Those of grcm's own keys begin with `=`.
    """
    values: dict[str, Tree] = {}
    for extension in filter(_is_of_grcm, _listed(tree.get("extensions", []))):
        for one in _listed(extension.get("attributes", [])):
            if isinstance(one, dict) and isinstance(one.get("key"), str):
                try:
                    value = _texts(json.loads(str(one.get("value", "null"))), 0)
                except (ValueError, RecursionError):
                    value = str(one["value"])
                values[one["key"]] = value
    return values


def extension(attributes: Mapping[str, Tree]) -> Tree:
    """Return the extension that holds attributes."""
    written = [
        {"key": key, "type": "string", "value": json.dumps(value, ensure_ascii=False)}
        for key, value in attributes.items()
    ]
    return {"profile": PROFILE, "attributes": written}


def _is_of_grcm(tree: Tree) -> bool:
    return isinstance(tree, dict) and tree.get("profile") == PROFILE


def _texts(tree: Tree, depth: int) -> Tree:
    """Return a tree of JSON with texts alone. Raises RecursionError for one that is too deep."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(tree, dict):
        return {key: _texts(value, depth + 1) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_texts(value, depth + 1) for value in tree if value is not None]
    return tree if tree is None or isinstance(tree, str) else str(tree)
