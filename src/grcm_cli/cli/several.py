"""Several records in one list: which could be read, what each is called, what is asked of each."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import typer

from grcm_cli.cli.errors import MachineFailed, WrongUse
from grcm_cli.cli.loaded_record import (
    LoadedRecord,
    LoadedRecords,
    NoRegister,
    UnreadRecord,
)
from grcm_cli.domain.findings import UNREADABLE, Finding
from grcm_cli.domain.model import Location
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.formats import several
from grcm_cli.formats.listing import Listing
from grcm_cli.language.text import _, clean, collapse, reason
from grcm_cli.storage.paths import folder_if_known, shown_path

Asked = TypeVar("Asked")


# --- which could be read -------------------------------------------------------------------------


class _Opened(NamedTuple):
    """What became of a folder that was named: a record, or what is wrong."""

    place: str
    record: LoadedRecord | None
    findings: Sequence[Finding] = ()
    sentence: str = ""
    code: int = 0


def read_each(
    places: Sequence[str], here: Path, load: Callable[[str], LoadedRecord]
) -> LoadedRecords:
    """Return the records of several folders, each with its process.

    Raises typer.Exit where none can be read, after the reasons went to stderr.
    """
    opened = [_opened(place, load) for place in places]
    records, unread = [], []
    for one, process in zip(opened, _processes(opened, here), strict=True):
        if one.record is not None:
            one.record.process = process
            records.append(one.record)
        else:
            shown = shown_path(folder_if_known(one.place) or Path(one.place), here)
            found = one.findings
            unread.append(UnreadRecord(process, shown, found, one.sentence, one.code))
    found_records = LoadedRecords(records, unread)
    if not records:
        raise typer.Exit(found_records.finish((), wanted=False))
    return found_records


def _opened(place: str, load: Callable[[str], LoadedRecord]) -> _Opened:
    try:
        return _Opened(place, load(place))
    except NoRegister as stop:
        return _Opened(place, None, stop.findings, "", stop.code)
    except WrongUse as stop:
        return _not_there(place, str(stop), stop.code)
    except OSError as error:
        failed = _("the machine failed: {reason}").format(reason=reason(error))
        return _not_there(place, f"{failed}: {clean(place)}", MachineFailed.code)


def _not_there(place: str, sentence: str, code: int) -> _Opened:
    problem = Finding(Location(place, 1, 1), "error", UNREADABLE, sentence)
    return _Opened(place, None, [problem], f"grcm: {sentence}", code)


def _processes(opened: Sequence[_Opened], here: Path) -> list[str]:
    """Return what each record is called: its process's code, unless another is called so too.

    Then the folder's name stands behind it, or alone where there is no code; else the path.
    """
    names = [_names(one, here) for one in opened]
    level = [0] * len(names)
    for _round in names[0]:
        found = [own[place] for own, place in zip(names, level, strict=True)]
        count = Counter(found)
        for number, name in enumerate(found):
            if (count[name] > 1 or not name) and level[number] + 1 < len(names[number]):
                level[number] += 1
    return [own[place] for own, place in zip(names, level, strict=True)]


def _names(one: _Opened, here: Path) -> tuple[str, str, str]:
    """Return what a record may be called, the shortest first: empty without a code."""
    code = one.record.register.process.code if one.record else ""
    path = folder_if_known(one.place) or Path(one.place)
    named = path.absolute()
    # Of /srv/crm/data, the name of the folder above says which it is.
    folder = named.parent.name if named.name == "data" else named.name
    shown = shown_path(path, here)
    if not code:
        return "", folder, shown
    return code, f"{code} ({folder})", f"{code} ({shown})"


# --- what is asked of each -----------------------------------------------------------------------


def ask_each(
    records: Sequence[LoadedRecord], ask: Callable[[LoadedRecord], Asked]
) -> list[tuple[LoadedRecord, Asked]]:
    """Return each record in which `ask` raises nothing; the others are told of on stderr.

    Raises WrongUse where it does in all of them, with what is near in any of them.
    """
    found: list[tuple[LoadedRecord, Asked]] = []
    refused: list[tuple[LoadedRecord, WrongUse]] = []
    for record in records:
        try:
            found.append((record, ask(record)))
        except WrongUse as stop:
            refused.append((record, stop))
    named = [(clean(record.process), str(stop)) for record, stop in refused]
    if not found:
        if len({sentence for _process, sentence in named}) == 1:
            raise refused[0][1]
        ask(_with_all_names(records))
        raise WrongUse("; ".join(f"{process}: {sentence}" for process, sentence in named))
    message = _("{process}: {sentence}; the answer has nothing of this record")
    for process, sentence in named:
        sys.stderr.write(f"grcm: {message.format(process=process, sentence=sentence)}\n")
    return found


def _with_all_names(records: Sequence[LoadedRecord]) -> LoadedRecord:
    """Return a record that knows the parties and the meetings of all, to suggest one of them."""
    every = copy(records[0])
    registers = [record.register for record in records]
    parties = {party.code: party for one in registers for party in one.parties}
    meetings = [meeting for one in registers for meeting in one.meetings]
    unread = frozenset(name for one in registers for name in one.unread_meetings)
    every.register = Register(
        registers[0].process, tuple(parties.values()), meetings, ReportedProgress([], []), unread
    )
    return every


# --- as one list ---------------------------------------------------------------------------------


def as_one(
    records: LoadedRecords,
    parts: Sequence[tuple[LoadedRecord, Listing]],
    order: Callable[[Any], Any],
    language: str,
) -> Listing:
    """Return the lists of several records as one."""
    since = {record.process: part.since for record, part in parts if part.since}
    answering = {record.process for record, _part in parts}
    sources = [
        several.SourceRecord(
            process=record.process,
            code=record.register.process.code or None,
            name=collapse(record.register.process.name.shown(language)) or None,
            folder=shown_path(record.folder, record.here),
            complete=not record.problems,
            answers=record.process in answering,
        )
        for record in records.records
    ]
    sources += [
        several.SourceRecord(one.process, None, None, one.folder, complete=False, answers=False)
        for one in records.unread
    ]
    if since:
        sources = [
            several.ChangeSourceRecord(**asdict(source), since=since.get(source.process))
            for source in sources
        ]
    named = [(record.process, part) for record, part in parts]
    return several.joined(named, order, sources)
