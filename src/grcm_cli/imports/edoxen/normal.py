"""Bring the generations of the Edoxen format to the newest one, and take out what grcm wrote.

Three generations are known: texts without a language (`resolutions` with `dates: [{start, kind}]`),
decisions with `localizations`, and texts with a spelling each. What the newest has no key for stays
under the key that it has. A text without a language gets the spelling `""`.
"""

import json
from collections.abc import Mapping, Sequence

from grcm_cli.edoxen.format import PROFILE, Tree, date_kind
from grcm_cli.reader.events import DEEPEST

_PARTS = ("considerations", "actions", "approvals")


def decision_of(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return the keys of a decision as the newest generation has them."""
    made = dict(tree)
    own = _own_attributes(made)
    _list_identifier_and_texts(made, ("title", "subject", "message", "considering"))
    if "dates" in made:
        made["dates"] = [_date(one) for one in _listed(made["dates"])]
    for name in _PARTS:
        if name in made:
            key = "date" if name == "approvals" else "date_effective"
            made[name] = [_part(part, key) for part in _listed(made[name])]
    return _restored(made, own)


def collection_of(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return the metadata of a collection as the newest generation has them."""
    made = dict(tree)
    own = _own_attributes(made)
    if "title_localized" in made:
        texts = [
            {"spelling": _spelling(one), "value": one["title"]}
            for one in _listed(made["title_localized"])
            if isinstance(one, dict) and "title" in one
        ]
        default = made.get("title")
        if texts and all(isinstance(one["value"], str) for one in texts):
            if isinstance(default, str) and default not in [one["value"] for one in texts]:
                made["default_title"] = default
            made["title"] = texts
            del made["title_localized"]
    if "title" in made:
        made["title"] = localized(made["title"])
    dates = made.get("dates")
    if isinstance(dates, list) and len(dates) == 1 and isinstance(dates[0], dict):
        [one] = dates
        is_plain = one.keys() <= {"start", "end", "kind"} and "start" in one
        if is_plain and one.get("kind") == "meeting":
            made.setdefault("date", one["start"])
            if "end" in one:
                made["end"] = one["end"]
            del made["dates"]
    return _restored(made, own)


def meeting_of(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return the keys of a meeting as the newest generation has them."""
    made = dict(tree)
    own = _own_attributes(made)
    _list_identifier_and_texts(made, ("title", "general_area", "note", "practical_info"))
    if "date_range" in made and "scheduled_date_range" not in made:
        made["scheduled_date_range"] = made.pop("date_range")
    return _restored(made, own)


def _list_identifier_and_texts(made: dict[str, Tree], names: Sequence[str]) -> None:
    """Make lists of what older generations write as one identifier and as plain texts."""
    identifier = made.get("identifier")
    if isinstance(identifier, str):
        made["identifier"] = [{"number": identifier}]
    elif isinstance(identifier, dict):
        made["identifier"] = [identifier]
    if "localizations" in made:
        _merge_localizations(made)
    made |= {name: localized(made[name]) for name in names if name in made}


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
        made["type"] = date_kind(tree["kind"])
    return {**made, **{key: value for key, value in tree.items() if key not in ("start", "kind")}}


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
    """Return the code of a localization's language, with its script."""
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
                _merge_parts(made.setdefault(name, []), value, spelling)
            elif isinstance(value, str):
                made.setdefault(name, []).append({"spelling": spelling, "value": value})
            else:
                made.setdefault("localized", []).append({"spelling": spelling, name: value})


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
        spellings = [] if same is None else [e["spelling"] for e in same.get("message", [])]
        if same is not None and known == rest and spelling not in spellings:
            same.setdefault("message", []).extend(entry)
        else:
            parts.append({**rest, "message": entry} if entry else rest)


# --- what an export of grcm's own has kept ------------------------------------------------------


def _own_attributes(made: dict[str, Tree]) -> dict[str, Tree]:
    """Take the extensions that grcm wrote out of some keys, and return their values."""
    found: dict[str, Tree] = {}
    others = []
    extensions = made.get("extensions")
    for one in extensions if isinstance(extensions, list) else []:
        if isinstance(one, dict) and one.get("profile") == PROFILE:
            found |= _attributes(one)
        else:
            others.append(one)
    if found and others:
        made["extensions"] = others
    elif found:
        del made["extensions"]
    return found


def _attributes(extension: Mapping[str, Tree]) -> dict[str, Tree]:
    found = {}
    for one in _listed(extension.get("attributes", [])):
        if isinstance(one, dict) and isinstance(one.get("key"), str):
            try:
                found[one["key"]] = _texts(json.loads(str(one.get("value", "null"))), 0)
            except (ValueError, RecursionError):
                found[one["key"]] = str(one["value"])
    return found


def _texts(tree: Tree, depth: int) -> Tree:
    """Return a tree of JSON with texts alone. Raises RecursionError for one that is too deep."""
    if depth > DEEPEST // 2:
        raise RecursionError
    if isinstance(tree, dict):
        return {key: _texts(value, depth + 1) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_texts(value, depth + 1) for value in tree if value is not None]
    return tree if tree is None or isinstance(tree, str) else str(tree)


def _restored(made: dict[str, Tree], own: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return keys with the values that an export could not write as they were.

    The texts of the parts are never among them: they are taken from the parts that it wrote. What
    grcm knows itself is put under `grcm`.
    """
    for key, value in own.items():
        if key.startswith("="):
            made.setdefault(PROFILE, {})[key[1:]] = value
        elif value is None and key in ("considerations", "actions"):
            made[key] = [{"message": one["message"]} for one in made.get(key, [])]
            made.setdefault(PROFILE, {})[f"no {key}"] = "true"
        elif value is None:
            made.pop(key, None)
        elif key in ("considerations", "actions"):
            made[key] = _with_messages(value, made.get(key, []))
        else:
            made[key] = value
    return made


def _with_messages(parts: Tree, written: Sequence[Tree]) -> list[Tree]:
    """Return parts with the texts of those that an export wrote, in their order."""
    made = []
    texts = [one.get("message", []) for one in written if isinstance(one, dict)]
    for place, part in enumerate(parts if isinstance(parts, list) else []):
        text = texts[place] if place < len(texts) else []
        own = part.get("message", []) if isinstance(part, dict) else []
        made.append({**part, "message": text or own} if text or own else part)
    return made
