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
from grcm_cli.edoxen.format import (
    COLLECTION,
    DATE,
    DECISION,
    MEETING,
    NAME,
    PROFILE,
    fitted,
    spelling_of,
    typed,
    verb_of,
)
from grcm_cli.reader.emit import document

Tree = Any
Keys = dict[str, Tree]
_BLANK = re.compile(r"\n\s*\n")
_PARTS = ("considerations", "actions")


class Exported(NamedTuple):
    """The files of a record, by their paths in the folder, and how much they leave out."""

    files: Mapping[str, bytes]
    mandates: int
    references: int
    others: int
    """Notes and annexes."""


def render(register: Register, meetings: Iterable[Meeting]) -> Exported:
    """Return the collections of some meetings, and a register of the bodies that met."""
    trees: dict[str, Tree] = {}
    mandates = references = others = 0
    bodies: dict[str, Party] = {}
    for meeting in meetings:
        body = meeting.body.text if meeting.body else ""
        party = register.directory.by_code.get(body)
        if party is not None:
            bodies[body] = party
        writer = _MeetingWriter(meeting)
        if meeting.conclusions is not None:
            trees[f"decisions/{meeting.id}.yaml"] = writer.collection()
        trees[f"meetings/{meeting.id}.yaml"] = writer.meeting_keys(party)
        for one in meeting.conclusions or ():
            mandates += len(one.mandates)
            references += len(one.lineage)
            others += bool(one.note) + len(one.documents)
    if bodies:
        main = register.process.languages[0] if register.process.languages else "en"
        listed = [
            {"code": party.code, "name": _localized(party.name.by_language, main)}
            for party in bodies.values()
        ]
        trees["bodies.yaml"] = {"scope": register.process.code, "bodies": listed}
    files = {path: b"---\n" + document(tree).encode() for path, tree in trees.items()}
    return Exported(files, mandates, references, others)


# --- trees --------------------------------------------------------------------------------------


def _keys(tree: Tree) -> Keys:
    """Return a mapping; an empty one for what is none."""
    return dict(tree) if isinstance(tree, dict) else {}


def _localized(text: Mapping[str, str], main: str, spellings: Mapping[str, str] = {}) -> list[Tree]:
    return [
        {"spelling": spellings.get(code or main, spelling_of(code or main)), "value": words}
        for code, words in text.items()
        if words
    ]


def _with_extension(made: Keys, attributes: Mapping[str, Tree]) -> Keys:
    """Return keys with an extension of grcm's own that holds attributes, where there are any."""
    extensions = made.get("extensions")
    listed = list(extensions) if isinstance(extensions, list) else []
    if attributes:
        own = [
            {"key": key, "type": "string", "value": json.dumps(value, ensure_ascii=False)}
            for key, value in attributes.items()
        ]
        listed.append({"profile": PROFILE, "attributes": own})
    return {**made, "extensions": listed} if listed else made


def _accepted(wished: Mapping[str, Tree], shape: Tree) -> tuple[Keys, Keys]:
    """Return what the format takes of some keys, and the keys that it does not take as they are."""
    fits = {key: fitted(wished[key], shape.shapes[key]) for key in wished if key in shape.shapes}
    odd = {key: value for key, value in wished.items() if fits.get(key) != value}
    return {key: value for key, value in fits.items() if value is not None}, odd


# --- a meeting ----------------------------------------------------------------------------------


class _MeetingWriter:
    """Writes what the format says of one meeting."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.kept = _keys((meeting.metadata or {}).get(NAME))
        """What an import has kept of it."""
        self.main = meeting.language or "en"
        prefix = self.kept.get("prefix")
        self.prefix = meeting.body.text if meeting.body else "?"
        if isinstance(prefix, str):
            self.prefix = prefix

    def collection(self) -> Keys:
        """Return the collection of the meeting's decisions."""
        kept = _keys(self.kept.get("collection"))
        wished = dict(kept)
        if "title" not in wished and self.meeting.title is not None:
            wished = {"title": self._title(), **wished}
        if "date" not in wished and self.meeting.start is not None:
            wished["date"] = self.meeting.start.isoformat()
        made, odd = _accepted(wished, COLLECTION)
        attributes = self._attributes() | {key: odd[key] for key in odd if key in kept}
        decisions = [self._decision(one) for one in self.meeting.conclusions or ()]
        tree = {"metadata": _with_extension(made, attributes), "decisions": decisions}
        return dict(typed(tree))

    def meeting_keys(self, body: Party | None) -> Keys:
        """Return the meeting's own document."""
        meeting = self.meeting
        kept = _keys(self.kept.get("meeting"))
        wished = dict(kept)
        if wished.get("decisions") == "all":
            del wished["decisions"]
        code = self.prefix
        head: Keys = {"identifier": [{"prefix": code, "number": meeting.id}], "type": "other"}
        if meeting.title is not None and "title" not in wished:
            head["title"] = self._title()
        if meeting.start is not None:
            end = meeting.end or meeting.start
            days = {"start": meeting.start.isoformat(), "end": end.isoformat()}
            head["scheduled_date_range"] = days
        if meeting.place and "general_area" not in wished:
            head["general_area"] = _localized({"": meeting.place}, self.main)
        if body is not None and "committee" not in wished:
            names = _localized(body.name.by_language, self.main)
            head["committee"] = {"code": code, "name": names}
        if meeting.conclusions and not isinstance(kept.get("decisions"), list):
            numbers = [one.number for one in meeting.conclusions]
            head["decisions"] = [{"prefix": code, "number": number} for number in numbers]
        made, odd = _accepted({**head, **wished}, MEETING)
        made = {**{key: head[key] for key in ("identifier", "type")}, **made}
        attributes = self._attributes()
        if kept:
            added = ("identifier", "type", "general_area", "committee")
            attributes |= {key: None for key in head if key in added and key not in kept}
        attributes |= {key: value for key, value in odd.items() if key in kept}
        return dict(typed(_with_extension(made, attributes)))

    def _title(self) -> list[Tree]:
        title = self.meeting.title.by_language if self.meeting.title else {}
        others = self.kept.get("title")
        made = _localized(title, self.main, _keys(self.kept.get("spellings")))
        return [*made, *(others if isinstance(others, list) else [])]

    def _attributes(self) -> Keys:
        """Return what the format has no key for, of a meeting, each under `=` and its own key."""
        meeting = self.meeting
        made: Keys = {"=id": meeting.id}
        if meeting.body is not None:
            made["=body"] = meeting.body.text
        made["=language"] = meeting.language or ""
        texts = {"place": meeting.place, "source": meeting.source}
        made |= {f"={key}": value for key, value in texts.items() if value}
        if meeting.country is not None:
            made["=country"] = meeting.country.text
        codes = {"participants": meeting.participants, "observers": meeting.observers}
        made |= {f"={key}": [code.text for code in codes[key]] for key in codes if codes[key]}
        if meeting.title is None:
            made["=no title"] = "true"
        if "prefix" not in self.kept:
            made["=no prefix"] = "true"
        others = {key: value for key, value in (meeting.metadata or {}).items() if key != NAME}
        if others:
            made["=metadata"] = others
        if not isinstance(self.kept.get("meeting"), dict):
            made["=no meeting"] = "true"
        if meeting.conclusions is None:
            made["=no conclusions"] = "true"
        return made

    # --- decisions --------------------------------------------------------------------------

    def _decision(self, conclusion: Conclusion) -> Keys:
        metadata = conclusion.metadata or {}
        kept = _keys(metadata.get(NAME))
        source, spellings = str(kept.pop("text", "")), _keys(kept.pop("spellings", {}))
        attributes: Keys = {}
        wished = deepcopy(kept)
        if "identifier" in wished:
            attributes = {"identifier": wished["identifier"], "=number": conclusion.number}
            wished["identifier"] = [{"prefix": self.prefix, **one} for one in wished["identifier"]]
        else:
            identifier = {"prefix": self.prefix, "number": conclusion.number}
            wished = {"identifier": [identifier], **wished}
        day = self.meeting.last_day.isoformat() if self.meeting.last_day else ""
        if "dates" not in wished and day:
            wished["dates"] = [{"date": day, "type": "adoption"}]
            attributes["dates"] = None
        text, acts = conclusion.text, [act.text for act in conclusion.acts]
        has_parts = any(name in kept for name in (*_PARTS, "considering"))
        if source in ("title", "subject", "number"):
            pass
        elif source == "message" or (not has_parts and (kept or not acts)):
            message = _localized(text.by_language, self.main, spellings)
            wished["message"] = [*message, *kept.get("message", [])]
        elif not has_parts:
            message = _localized(text.by_language, self.main, spellings)
            wished["actions"] = [{"type": verb_of(acts[0]), "message": message}]
            attributes["actions"] = None
        else:
            self._put_parts(wished, kept, text, spellings)
        if acts and "actions" not in kept:
            attributes["=acts"] = acts
        default = next(iter(fitted(wished.get("dates"), DECISION.shapes["dates"]) or []), None)
        odd_parts = _put_dates(wished, default or {"date": day, "type": "adoption"})
        made, odd = _accepted(wished, DECISION)
        odd_keys = [key for key in (*odd, *odd_parts) if key in kept and key not in attributes]
        attributes |= {key: kept[key] for key in odd_keys}
        others = {key: value for key, value in metadata.items() if key != NAME}
        if others:
            attributes["=metadata"] = others
        return _with_extension(made, attributes)

    def _put_parts(
        self, wished: Keys, kept: Keys, text: Text, spellings: Mapping[str, str]
    ) -> None:
        """Give each part its paragraphs of the text; the last one takes all that is left."""
        left = {code: _BLANK.split(words) for code, words in text.by_language.items()}
        places = [("considering", 0, kept["considering"])] if "considering" in kept else []
        places += [(name, n, part) for name in _PARTS for n, part in enumerate(kept.get(name, []))]
        wished |= {name: [dict(part) for part in kept[name]] for name in _PARTS if name in kept}
        for index, (name, place, part) in enumerate(places):
            words: dict[str, str] = {}
            for code, paragraphs in left.items():
                written = part.get("paragraphs", "1")
                if isinstance(written, dict):
                    written = written.get(code or self.main, "0")
                is_number = isinstance(written, str) and written.isdecimal() and len(written) < 6
                count = int(written) if is_number else 1
                count = len(paragraphs) if index == len(places) - 1 else count
                words[code] = "\n\n".join(paragraphs[:count])
                del paragraphs[:count]
            message = [*_localized(words, self.main, spellings), *part.get("message", [])]
            if name == "considering":
                wished[name] = message
            else:
                wished[name][place].pop("paragraphs", None)
                wished[name][place]["message"] = message


def _put_dates(wished: Keys, default: Keys) -> list[str]:
    """Give each part a date and a text, which the format requires; return where there was none."""
    odd = []
    keys = {"considerations": "date_effective", "actions": "date_effective", "approvals": "date"}
    for name, key in keys.items():
        parts = wished.get(name)
        for part in parts if isinstance(parts, list) else []:
            if not isinstance(part, dict):
                continue
            before = dict(part)
            fit = fitted(part.get(key), DATE)
            if fit is None:
                day = part[key].get("date") if isinstance(part.get(key), dict) else None
                dated = {"date": day, "type": default.get("type", "adoption")}
                part[key] = (fitted(dated, DATE) if day else None) or default
            part.setdefault("message", [])
            if "type" not in part and name == "actions":
                part["type"] = verb_of("deciding")
            extra = part.keys() - {"type", "message", key, "degree"}
            if before != part or fit != before.get(key) or extra:
                odd.append(name)
    return odd
