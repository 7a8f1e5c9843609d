"""The record as collections of decisions and meetings in the newest generation of Edoxen.

What an import has kept below `metadata` is given back. What the format does not take as it is
stands in an extension of the profile `grcm`, which an import reads again. Mandates, deadlines,
references and reports have no place in the format and are left out.
"""

import json
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from grcm_cli.domain.model import Conclusion, Meeting, Party, Text
from grcm_cli.domain.register import Register
from grcm_cli.edoxen.shape import COLLECTION, DECISION, MEETING, fitted, typed
from grcm_cli.edoxen.words import NAME, PROFILE, spelling_of, verb_of
from grcm_cli.exports.block_yaml import dump

Tree = Any
_BLANK = re.compile(r"\n\s*\n")
_PARTS = ("considerations", "actions")


class Exported(NamedTuple):
    """The files of a record, by their paths in the folder, and how much they leave out."""

    files: Mapping[str, bytes]
    decisions: int
    mandates: int
    references: int
    others: int
    """Notes and annexes."""


def render(register: Register, meetings: Iterable[Meeting]) -> Exported:
    """Return the collections of some meetings, and a register of the bodies that met."""
    files: dict[str, bytes] = {}
    decisions = mandates = references = others = 0
    bodies: dict[str, Party] = {}
    for meeting in meetings:
        body = meeting.body.text if meeting.body else ""
        party = register.directory.by_code.get(body)
        if party is not None:
            bodies[body] = party
        if meeting.conclusions is not None:
            files[f"decisions/{meeting.id}.yaml"] = _dump(_collection(meeting))
            decisions += len(meeting.conclusions)
        files[f"meetings/{meeting.id}.yaml"] = _dump(_meeting(meeting, party))
        for one in meeting.conclusions or ():
            mandates += len(one.mandates)
            references += len(one.lineage)
            others += bool(one.note) + len(one.documents)
    if bodies:
        main = register.process.languages[0] if register.process.languages else "en"
        listed = [
            {"code": party.code, "name": _localized(party.name.by_language, {}, main)}
            for party in bodies.values()
        ]
        files["bodies.yaml"] = _dump({"scope": register.process.code, "bodies": listed})
    return Exported(files, decisions, mandates, references, others)


def _dump(tree: Tree) -> bytes:
    return b"---\n" + dump(tree).encode()


# --- texts --------------------------------------------------------------------------------------


def _localized(text: Mapping[str, str], spellings: Mapping[str, str], main: str) -> list[Tree]:
    return [
        {"spelling": spellings.get(code or main, spelling_of(code or main)), "value": words}
        for code, words in text.items()
        if words
    ]


def _kept(value: Meeting | Conclusion) -> dict[str, Tree]:
    """Return what an import has kept of a meeting or of a decision."""
    return _mapping((value.metadata or {}).get(NAME))


def _mapping(value: Tree) -> dict[str, Tree]:
    return dict(value) if isinstance(value, dict) else {}


def _main(meeting: Meeting) -> str:
    return meeting.language or "en"


def _with_extension(made: dict[str, Tree], attributes: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return what the format takes, with an extension for what it has no key for."""
    extensions = made.get("extensions")
    added = list(extensions) if isinstance(extensions, list) else []
    if attributes:
        listed = [
            {"key": key, "type": "string", "value": json.dumps(value, ensure_ascii=False)}
            for key, value in attributes.items()
        ]
        added.append({"profile": PROFILE, "attributes": listed})
    return {**made, "extensions": added} if added else made


def _accepted(wished: Mapping[str, Tree], shape: Tree) -> tuple[dict[str, Tree], dict[str, Tree]]:
    """Return what the format takes of some keys, and the keys that it does not take as they are."""
    made = {}
    odd = {}
    for key, value in wished.items():
        kind = shape.shapes.get(key)
        found = None if kind is None else fitted(value, kind)
        if found is not None:
            made[key] = found
        if found != value:
            odd[key] = value
    return made, odd


# --- decisions ----------------------------------------------------------------------------------


def _prefix(meeting: Meeting) -> str:
    kept = _kept(meeting).get("prefix")
    if isinstance(kept, str):
        return kept
    return meeting.body.text if meeting.body else "?"


def _collection(meeting: Meeting) -> dict[str, Tree]:
    """Return the collection of a meeting's decisions."""
    own = _kept(meeting)
    kept = _mapping(own.get("collection"))
    wished = dict(kept)
    attributes = _attributes(meeting, own)
    if "title" not in wished and meeting.title is not None:
        wished = {"title": _title(meeting, own), **wished}
    if "date" not in wished and meeting.start is not None:
        wished["date"] = meeting.start.isoformat()
    made, odd = _accepted(wished, COLLECTION)
    attributes |= {key: value for key, value in odd.items() if key in kept}
    metadata = _with_extension(made, attributes)
    decisions = [_decision(one, meeting) for one in meeting.conclusions or ()]
    collection: dict[str, Tree] = typed({"metadata": metadata, "decisions": decisions})
    return collection


def _title(meeting: Meeting, own: Mapping[str, Tree]) -> list[Tree]:
    title = meeting.title.by_language if meeting.title else {}
    others = own.get("title")
    made = _localized(title, _mapping(own.get("spellings")), _main(meeting))
    return [*made, *(others if isinstance(others, list) else [])]


def _attributes(meeting: Meeting, own: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return what the format has no key for, of a meeting, each under `=` and its own key."""
    made: dict[str, Tree] = {"=id": meeting.id}
    if meeting.body is not None:
        made["=body"] = meeting.body.text
    made["=language"] = meeting.language or ""
    texts = {"place": meeting.place, "source": meeting.source}
    made |= {f"={key}": value for key, value in texts.items() if value}
    if meeting.country is not None:
        made["=country"] = meeting.country.text
    for key, codes in (("participants", meeting.participants), ("observers", meeting.observers)):
        if codes:
            made[f"={key}"] = [code.text for code in codes]
    if meeting.title is None:
        made["=no title"] = "true"
    if "prefix" not in own:
        made["=no prefix"] = "true"
    others = {key: value for key, value in (meeting.metadata or {}).items() if key != NAME}
    if others:
        made["=metadata"] = others
    if not isinstance(own.get("meeting"), dict):
        made["=no meeting"] = "true"
    if meeting.conclusions is None:
        made["=no conclusions"] = "true"
    return made


def _decision(conclusion: Conclusion, meeting: Meeting) -> dict[str, Tree]:
    """Return a decision."""
    kept = _kept(conclusion)
    source = str(kept.pop("text", ""))
    spellings = _mapping(kept.pop("spellings", {}))
    attributes: dict[str, Tree] = {}
    wished = deepcopy(kept)
    if "identifier" not in wished:
        wished = {
            "identifier": [{"prefix": _prefix(meeting), "number": conclusion.number}],
            **wished,
        }
    else:
        attributes["identifier"] = wished["identifier"]
        attributes["=number"] = conclusion.number
        wished["identifier"] = [{"prefix": _prefix(meeting), **one} for one in wished["identifier"]]
    day = meeting.last_day.isoformat() if meeting.last_day else ""
    if "dates" not in wished and day:
        wished["dates"] = [{"date": day, "type": "adoption"}]
        attributes["dates"] = None
    _put_text(wished, conclusion, kept, source, spellings, meeting, attributes)
    default = next(iter(fitted(wished.get("dates"), DECISION.shapes["dates"]) or []), None)
    odd_parts = _with_dates(wished, default or {"date": day, "type": "adoption"})
    made, odd = _accepted(wished, DECISION)
    attributes |= {
        key: kept[key] for key in (*odd, *odd_parts) if key in kept and key not in attributes
    }
    others = {key: value for key, value in (conclusion.metadata or {}).items() if key != NAME}
    if others:
        attributes["=metadata"] = others
    return _with_extension(made, attributes)


def _put_text(  # noqa: PLR0913, PLR0917 - the parts of one decision
    wished: dict[str, Tree],
    conclusion: Conclusion,
    kept: Mapping[str, Tree],
    source: str,
    spellings: Mapping[str, str],
    meeting: Meeting,
    attributes: dict[str, Tree],
) -> None:
    """Put the text under the keys that it comes from; else by its acts."""
    main = _main(meeting)
    text = conclusion.text.by_language
    others = kept.get("message", [])
    has_parts = any(name in kept for name in (*_PARTS, "considering"))
    if source in ("title", "subject", "number"):
        pass
    elif source == "message" or (not has_parts and (kept or not conclusion.acts)):
        wished["message"] = [*_localized(text, spellings, main), *others]
    elif not has_parts:
        acts = [act.text for act in conclusion.acts]
        message = _localized(text, spellings, main)
        wished["actions"] = [{"type": verb_of(acts[0]), "message": message}]
        attributes["actions"] = None
    else:
        _put_parts(wished, kept, conclusion.text, spellings, main)
    if conclusion.acts and "actions" not in kept:
        attributes["=acts"] = [act.text for act in conclusion.acts]


def _put_parts(
    wished: dict[str, Tree],
    kept: Mapping[str, Tree],
    text: Text,
    spellings: Mapping[str, str],
    main: str,
) -> None:
    """Give each part its paragraphs of the text; the last one takes all that is left."""
    left = {code: _BLANK.split(words) for code, words in text.by_language.items()}
    places = [("considering", 0, kept["considering"])] if "considering" in kept else []
    places += [(name, n, one) for name in _PARTS for n, one in enumerate(kept.get(name, []))]
    for name in _PARTS:
        if name in kept:
            wished[name] = [dict(one) for one in kept[name]]
    for index, (name, place, part) in enumerate(places):
        own: dict[str, str] = {}
        for code, paragraphs in left.items():
            written = part.get("paragraphs", "1")
            if isinstance(written, dict):
                written = written.get(code or main, "0")
            is_count = isinstance(written, str) and written.isdecimal() and len(written) < 6
            count = int(written) if is_count else 1
            count = len(paragraphs) if index == len(places) - 1 else count
            own[code] = "\n\n".join(paragraphs[:count])
            del paragraphs[:count]
        message = [*_localized(own, spellings, main), *part.get("message", [])]
        if name == "considering":
            wished[name] = message
        else:
            made = wished[name][place]
            made.pop("paragraphs", None)
            made["message"] = message


def _with_dates(wished: dict[str, Tree], default: Tree) -> list[str]:
    """Give each part a date and a text, which the format requires; return where there was none."""
    odd = []
    for name, key in (("considerations", "date_effective"), ("actions", "date_effective"),
                      ("approvals", "date")):  # fmt: skip
        for one in wished.get(name, []) if isinstance(wished.get(name), list) else []:
            if not isinstance(one, dict):
                continue
            before = dict(one)
            date_shape = DECISION.shapes["actions"].item.shapes["date_effective"]  # type: ignore[union-attr]
            fit = fitted(one.get(key), date_shape)
            if fit is None:
                day = one[key].get("date") if isinstance(one.get(key), dict) else None
                kind = default.get("type", "adoption")
                wished_day = fitted({"date": day, "type": kind}, date_shape) if day else None
                one[key] = wished_day or default
            one.setdefault("message", [])
            if "type" not in one and name == "actions":
                one["type"] = verb_of("deciding")
            extra = one.keys() - {"type", "message", key, "degree"}
            if before != one or fit != before.get(key) or extra:
                odd.append(name)
    return odd


# --- meetings -----------------------------------------------------------------------------------


def _meeting(meeting: Meeting, party: Party | None) -> dict[str, Tree]:
    """Return a meeting's own document."""
    own = _kept(meeting)
    kept = _mapping(own.get("meeting"))
    wished = dict(kept)
    if wished.get("decisions") == "all":
        del wished["decisions"]
    code = _prefix(meeting)
    head: dict[str, Tree] = {
        "identifier": [{"prefix": code, "number": meeting.id}],
        "type": "other",
    }
    if meeting.title is not None and "title" not in wished:
        head["title"] = _title(meeting, own)
    if meeting.start is not None:
        end = meeting.end or meeting.start
        days = {"start": meeting.start.isoformat(), "end": end.isoformat()}
        head["scheduled_date_range"] = days
    if meeting.place and "general_area" not in wished:
        head["general_area"] = _localized({"": meeting.place}, {}, _main(meeting))
    if party is not None and "committee" not in wished:
        names = _localized(party.name.by_language, {}, _main(meeting))
        head["committee"] = {"code": code, "name": names}
    if meeting.conclusions and not isinstance(kept.get("decisions"), list):
        numbers = [one.number for one in meeting.conclusions]
        head["decisions"] = [{"prefix": code, "number": number} for number in numbers]
    added = [key for key in head if key not in kept]
    made, odd = _accepted({**head, **wished}, MEETING)
    made = {**{key: head[key] for key in ("identifier", "type")}, **made}
    attributes = _attributes(meeting, own)
    if kept:
        derived = ("identifier", "type", "general_area", "committee")
        attributes |= {key: None for key in added if key in derived}
    attributes |= {key: value for key, value in odd.items() if key in kept}
    document: dict[str, Tree] = typed(_with_extension(made, attributes))
    return document
