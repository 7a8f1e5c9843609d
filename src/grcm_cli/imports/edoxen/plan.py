"""What an import of collections is to write: checked before any of it is."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.register import Register
from grcm_cli.drafting.draft import DraftConclusion, draft_texts
from grcm_cli.edoxen.format import NAME
from grcm_cli.imports.edoxen.meetings import Meetings, NewMeeting, body_code
from grcm_cli.imports.edoxen.to_yaml import meeting_file, register_file
from grcm_cli.imports.plan import Destination
from grcm_cli.language.text import _, clean, collapse, fold
from grcm_cli.lookups.errors import BadData
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import REGISTER
from grcm_cli.views.file_templates import schema_line

_INFERRED = re.compile(
    r"( +)(?:due|responsible|support|after|follows|extends|closes|supersedes): .*"
)
"""The line of a value that a draft infers."""
_MOST_SHOWN = 10
"""Errors that end an import."""


class CollectionPlan(NamedTuple):
    """What is to be written."""

    files: Mapping[Path, bytes]
    mandates: Mapping[str, int]
    """How many there are, by the id of the meeting."""
    unnamed: Counter[str]
    """The words for who is bound that the register does not have, with how often."""


def plan_collections(
    meetings: Meetings, register: Register | None, destination: Destination, *, drafts: bool
) -> CollectionPlan:
    """Return the files of new meetings, and of a register where there is none yet.

    With `drafts`, mandates are inferred from the texts. Raises BadData where a file would have an
    error that comes of no inferred value.
    """
    made: dict[Path, bytes] = {}
    if register is None and meetings.made:
        made[destination.folder / REGISTER] = _new_register(meetings).encode()
        register = load(destination.folder, destination.here, made).register
    mandates: dict[str, int] = {}
    unnamed: Counter[str] = Counter()
    schema = schema_line("meeting", above=True)
    for meeting in meetings.made:
        drafted = _drafted(meeting, register) if drafts and register is not None else {}
        duties = [duty for conclusion in drafted.values() for duty in conclusion.reading.duties]
        mandates[meeting.id] = len(duties)
        nobody = [duty.who.words for duty in duties if duty.who.mode == "nobody"]
        unnamed.update(collapse(words) for words in nobody if words)
        path = destination.new_meeting(meeting.id, _("'{text}' is no id of a meeting"))
        made[path] = meeting_file(meeting, drafted, schema).encode()
    _withdraw_faulty(made, destination)
    return CollectionPlan(made, mandates, unnamed)


def _drafted(meeting: NewMeeting, register: Register) -> dict[str, DraftConclusion]:
    """Return what is inferred of a meeting's conclusions, of those in a language that is read."""
    keys = {"body": meeting.body, "start": meeting.first.isoformat()}
    keys["end"] = meeting.last.isoformat()
    drafted: dict[str, DraftConclusion] = {}
    main = str(meeting.keys.get("language", ""))
    for language in sorted(("es", "en"), key=lambda language: language != main):
        items = [
            (conclusion.number, conclusion.text[language])
            for conclusion in meeting.conclusions or ()
            if conclusion.number not in drafted and language in conclusion.text
        ]
        if items:
            made = draft_texts(items, register, {**keys, "language": language})
            drafted |= {conclusion.item.number: conclusion for conclusion in made}
    return drafted


def _new_register(meetings: Meetings) -> str:
    """Return a register with the bodies that met and the organizations that are the sources."""
    languages: dict[str, None] = {}
    sources: dict[str, str] = {}
    for meeting in meetings.made:
        languages[str(meeting.keys.get("language", "en"))] = None
        for conclusion in meeting.conclusions or ():
            languages.update(dict.fromkeys(conclusion.text))
        source = meeting.metadata.get(NAME, {}).get("collection", {}).get("source")
        if isinstance(source, str):
            words = " ".join(source.split())
            sources.setdefault(fold(words), words)
    bodies = meetings.new_bodies
    codes = {body.code for body in bodies}
    names = {name.casefold() for body in bodies for name in (*body.names.values(), *body.aliases)}
    organizations = []
    for source in sources.values():
        if source.casefold() not in names:
            count, code = 1, body_code(source)
            unique = code
            while unique in codes:
                count += 1
                unique = f"{code[:18]}{count}"
            codes.add(unique)
            organizations.append((unique, source))
    known = [code for code in languages if code]
    return register_file(bodies, organizations, known, schema_line("register", above=False))


def _withdraw_faulty(made: dict[Path, bytes], destination: Destination) -> None:
    """Make a comment of each inferred value in which a rule finds an error.

    Raises BadData where a file has another error.
    """
    by_path = {destination.shown(path): path for path in made}
    while errors := destination.checked(made)[1]:
        others = []
        for finding in errors:
            path, place = by_path[finding.at.path], finding.at.line - 1
            lines = made[path].decode().split("\n")
            match = _INFERRED.fullmatch(lines[place])
            if match is None:
                others.append(clean(f"{finding.at}: {finding.full_message}"))
                continue
            lines[place] = f"{match[1]}# {lines[place].strip()} ({clean(finding.message)})"
            made[path] = "\n".join(lines).encode()
        if others:
            raise BadData("; ".join(others[:_MOST_SHOWN]), _("nothing was written"))
