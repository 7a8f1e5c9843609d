"""The record as collections of decisions and meetings in the newest generation of Edoxen.

What an import has kept below `metadata` is given back. What reading the document again would lose
stands in an extension of the profile `grcm`. Mandates, deadlines, references and reports have no
place in the format.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from grcm_cli import edoxen as shapes
from grcm_cli.domain.model import Conclusion, Meeting, Text
from grcm_cli.domain.register import Register
from grcm_cli.edoxen import NAME, Tree, Trees, accepted, fitted, reading
from grcm_cli.edoxen.reading import differences, extension, keys_of, listed, mappings
from grcm_cli.reader.emit import document
from grcm_cli.views.conclusion import theme_names

Keys = dict[str, Any]
_BLANK = re.compile(r"\n\s*\n")


def render(register: Register, meetings: Sequence[Meeting]) -> Mapping[str, bytes]:
    """Return the collections of some meetings and a register of the bodies that met, by path."""
    trees: dict[str, Tree] = {}
    bodies: dict[str, Tree] = {}
    main = register.process.languages[0] if register.process.languages else "en"
    for meeting in meetings:
        party = register.directory.by_code.get(meeting.body.text) if meeting.body else None
        if party is not None:
            name = _localized(party.name.by_language, main)
            bodies[party.code] = {"code": party.code, "name": name}
        for folder, tree in _documents(meeting, register):
            trees[f"{folder}/{meeting.id}.yaml"] = tree
    if bodies:
        trees["bodies.yaml"] = {"scope": register.process.code, "bodies": [*bodies.values()]}
    return {path: b"---\n" + document(tree).encode() for path, tree in trees.items()}


def _localized(text: Mapping[str, str], main: str, spellings: Mapping[str, str] = {}) -> list[Tree]:
    return [
        {"spelling": spellings.get(code or main, shapes.spelling_of(code or main)), "value": words}
        for code, words in text.items()
        if words
    ]


def _with_attributes(keys: Keys, attributes: Trees) -> Keys:
    extensions = listed(keys.get("extensions")) + ([extension(attributes)] if attributes else [])
    return {**keys, "extensions": extensions} if extensions else keys


def _documents(meeting: Meeting, register: Register) -> Iterator[tuple[str, Tree]]:
    metadata = meeting.metadata or {}
    kept = dict(keys_of(metadata.get(NAME)))
    parts = kept.pop("collection", {}), kept.pop("meeting", {})
    kept_collection, kept_meeting = map(keys_of, parts)
    main, code = meeting.language or "en", meeting.body.text if meeting.body else "?"
    body = register.directory.by_code.get(code)
    prefix = kept["prefix"] if isinstance(kept.get("prefix"), str) else code
    names = meeting.title.by_language if meeting.title else {}
    title = _localized(names, main, keys_of(kept.get("spellings"))) + listed(kept.get("title"))
    first, last = (day.isoformat() if day else "" for day in (meeting.start, meeting.last_day))
    numbers = [conclusion.number for conclusion in meeting.conclusions or ()]
    needed: Keys = {"identifier": [{"prefix": prefix, "number": meeting.id}], "type": "other"}
    wished = {"title": title, "scheduled_date_range": {"start": first, "end": last}}
    if not kept_meeting:
        wished["general_area"] = _localized({"": meeting.place or ""}, main)
        if body is not None:
            wished["committee"] = {"code": prefix, "name": _localized(body.name.by_language, main)}
    wished |= kept_meeting
    if wished.get("decisions", "all") == "all":
        wished["decisions"] = [{"prefix": prefix, "number": number} for number in numbers]
    collection = accepted({"title": title, "date": first, **kept_collection}, shapes.COLLECTION)
    written = needed | accepted(wished, shapes.MEETING)
    read = reading.read_meeting(collection, written, (first, last), prefix, numbers)[2]
    read_collection, read_own = read.pop("collection", {}), read.pop("meeting", {})
    values: Keys = {
        "id": meeting.id,
        "body": meeting.body and meeting.body.text,
        "kind": None if meeting.is_session else meeting.kind,
        "language": meeting.language or "",
        "place": meeting.place,
        "source": meeting.source,
        "country": meeting.country and meeting.country.text,
        "participants": [code.text for code in meeting.participants],
        "observers": [code.text for code in meeting.observers],
        "metadata": {key: value for key, value in metadata.items() if key != NAME},
    }
    attributes = {f"={key}": value for key, value in values.items() if value or key == "language"}
    attributes |= {f"={key}": value for key, value in differences(kept, read).items()}
    if meeting.conclusions is not None:
        odd = differences(kept_collection, read_collection)
        named = [(each, theme_names(each, register, main)) for each in meeting.conclusions]
        decisions = [_decision(each, prefix, main, last, themes) for each, themes in named]
        head = _with_attributes(collection, attributes | odd)
        yield "decisions", shapes.typed({"metadata": head, "decisions": decisions})
    odd = differences(kept_meeting, read_own) if kept_meeting else {"=meeting": None}
    yield "meetings", shapes.typed(_with_attributes(written, attributes | odd))


def _decision(conclusion: Conclusion, prefix: str, main: str, day: str, themes: Trees) -> Keys:
    metadata = conclusion.metadata or {}
    kept = keys_of(metadata.get(NAME))
    wished = {"identifier": [], **deepcopy(kept)}
    source, spellings = kept.get("text"), keys_of(kept.get("spellings"))
    acts = [act.text for act in conclusion.acts]
    identifiers = mappings(kept.get("identifier"))
    identifiers = [entry for entry in identifiers if isinstance(entry.get("number"), str | int)]
    identifiers = identifiers or [{"number": conclusion.number}]
    wished["identifier"] = [{"prefix": prefix, **identifier} for identifier in identifiers]
    if day:
        wished.setdefault("dates", [{"date": day, "type": "adoption"}])
    text = _localized(conclusion.text.by_language, main, spellings)
    has_parts = not kept.keys().isdisjoint((*reading.PARTS, "considering"))
    if source == "message" or (not source and not has_parts and (kept or not acts)):
        wished["message"] = [*text, *listed(kept.get("message"))]
    elif not source and not has_parts:
        wished["actions"] = [{"type": shapes.verb_of(acts[0]), "message": text}]
    elif not source:
        _put_parts(wished, conclusion.text, main, spellings)
    wished["categories"] = [*listed(kept.get("categories")), *themes.values()]
    _put_dates(wished)
    decision = accepted(wished, shapes.DECISION)
    number = reading.number_of(decision["identifier"][0]["number"])
    read = reading.read_decision(decision, prefix, number)
    attributes = differences(kept, read.kept)
    if number != conclusion.number or "identifier" in kept:
        attributes["=number"] = conclusion.number
    if list(read.acts) != acts:
        attributes["=acts"] = acts
    if themes:
        attributes["=themes"] = themes
    if other_metadata := {key: value for key, value in metadata.items() if key != NAME}:
        attributes["=metadata"] = other_metadata
    return _with_attributes(decision, attributes)


def _put_parts(wished: Keys, text: Text, main: str, spellings: Mapping[str, str]) -> None:
    """Give each part its paragraphs of the text; the last one takes all that is left."""
    left = {code: _BLANK.split(words) for code, words in text.by_language.items()}
    parts = mappings([wished.get("considering")])
    parts += [part for name in reading.PARTS for part in mappings(wished.get(name))]
    for place, part in enumerate(parts, 1):
        written = part.pop("paragraphs", "1")
        words: dict[str, str] = {}
        for code, paragraphs in left.items():
            count = written.get(code or main, "0") if isinstance(written, dict) else written
            is_number = isinstance(count, str) and count.isdecimal() and len(count) < 6
            end = int(count) if is_number else 1
            words[code] = "\n\n".join(paragraphs[: None if place == len(parts) else end])
            del paragraphs[:end]
        part["message"] = [*_localized(words, main, spellings), *listed(part.get("message"))]
    if isinstance(wished.get("considering"), dict):
        wished["considering"] = wished["considering"]["message"]


def _put_dates(wished: Keys) -> None:
    """Give each part the date and the type that the format requires."""
    default, *_others = fitted(wished.get("dates"), shapes.DECISION.shapes["dates"]) or [{}]
    for name, key in shapes.PART_DATES.items():
        for part in mappings(wished.get(name)):
            if fitted(part.get(key), shapes.DATE) is None:
                day = keys_of(part.get(key)).get("date")
                dated = {"date": day, "type": default.get("type", "adoption")}
                part[key] = fitted(dated, shapes.DATE) or default
            if name == "actions":
                part.setdefault("type", shapes.verb_of("deciding"))
