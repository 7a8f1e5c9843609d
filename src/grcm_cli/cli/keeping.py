"""Lists of a large folder: from what was kept of it, where no file has changed since."""

import errno
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from grcm_cli.cache import location
from grcm_cli.cache.fingerprint import Stamp, stamp, told
from grcm_cli.cache.recall import Facts
from grcm_cli.cache.rows import Row, Rows, ranks_of_computed
from grcm_cli.cache.snapshot import REFUSED, opened, sealed
from grcm_cli.cache.snapshot import facts as facts_of
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.storage.paths import PROGRESS
from grcm_cli.views.kept import Kept, row_of

if TYPE_CHECKING:
    from grcm_cli.cli.loaded_record import LoadedRecord


class CachedRecord:
    """A register that was kept, and of which a query reads a part."""

    def __init__(self, found: Facts, as_of: date) -> None:
        """Take what was kept, and the day that is asked about."""
        self.found, self.as_of = found, as_of
        self._tasks: dict[tuple[Query, bool], Sequence[Task]] = {}

    @cached_property
    def register(self) -> Register:
        """Who takes part, and all meetings, without any conclusion."""
        return self.found.calendar()

    def tasks(self, query: Query, *, undated: bool = False) -> Sequence[Task]:
        """Return tasks, all that match a query among them; `undated` those without a day too."""
        key = (query, undated)
        if key not in self._tasks:
            part = self.found.part(query, self.as_of, undated=undated)
            self._tasks[key] = tasks(part, self.as_of)
        return self._tasks[key]

    def records(self, query: Query, language: str) -> Kept:
        """Return the records of the tasks that match a query."""
        found = Rows(self.found.base, query, self.as_of, language)
        is_beyond = self.as_of >= self.found.horizon
        ranks = ranks_of_computed(self.found.base, is_beyond=is_beyond)
        if not ranks:
            return Kept(found)
        computed = [
            row_of(task, language, ranks[reference])
            for task in select(tasks(self.found.recurring(query, self.as_of), self.as_of), query)
            if (reference := str(task.reference)) in ranks
        ]
        every = [*map(Row._make, found.whole()), *computed]
        return Kept(sorted(every, key=attrgetter("by", "rank")))

    def heard(self, code: str) -> bool:
        """Tell whether a party has reported anything until the day."""
        return self.found.heard(code, self.as_of)

    def finish(self, found: Sequence[object], *, wanted: bool) -> int:
        """Return the exit code of a list: a record that was kept has nothing wrong in it."""
        return 5 if wanted and found else 0


def opened_or_recalled(folder: Path, here: Path, as_of: date) -> "LoadedRecord | CachedRecord":
    """Return what was kept of a folder, else what is read of it now; that is kept afterwards."""
    place = location.file_of(folder, os.environ)
    before = stamp(folder) if place is not None else None
    if place is None or before is None:
        return _read(folder, here, as_of)
    kept = opened(location.read(place, _most(before)))
    if kept is not None and kept.payload != REFUSED:
        facts = Facts(kept.payload)
        is_now = kept.stamped == before.digest
        if is_now or _is_taken_over(facts, folder, before, place, as_of):
            return CachedRecord(facts, as_of)
    read = _read(folder, here, as_of)
    known = kept is not None and kept.stamped == before.digest
    if before.is_settled and read.is_clean and not known:

        def keep(answered: "LoadedRecord") -> None:
            sys.stdout.flush()  # the answer first
            with suppress(MemoryError, sqlite3.Error):
                _keep(answered.register, folder, before, place)

        read.afterwards = keep
    return read


def _most(now: Stamp) -> int:
    """Return how many bytes facts can have: more of them take longer to read than the files."""
    return 10 * now.size + 1_000_000


def _read(folder: Path, here: Path, as_of: date) -> "LoadedRecord":
    from grcm_cli.cli.loaded_record import LoadedRecord  # all that reads files; here it is needed

    return LoadedRecord.of(folder, here, as_of)


def _is_taken_over(facts: Facts, folder: Path, now: Stamp, place: Path, as_of: date) -> bool:
    """Tell whether the facts have what changed since, from the files that did alone."""
    from grcm_cli.cache.amend import serialized  # as the next
    from grcm_cli.cache.later import taken_over  # these read files again
    from grcm_cli.domain.findings import check
    from grcm_cli.rules import meaning_rules
    from grcm_cli.storage.loader import read_bytes

    def read(name: str) -> bytes:
        content = read_bytes(folder / name)
        if told(folder, name) != now.files[name]:
            raise OSError(errno.EAGAIN, "changed while it was read", name)
        return content

    rules = meaning_rules()
    try:
        if not taken_over(facts, now, read, lambda register: check(register, rules, as_of)):
            return False
    except (OSError, MemoryError, sqlite3.Error):
        return False
    if now.is_settled:
        location.write(place, sealed(now, serialized(facts)))
    return True


def _keep(register: Register, folder: Path, before: Stamp, place: Path) -> None:
    from grcm_cli.storage.loader import read_bytes  # it is loaded already: the files were just read

    try:
        written = {name: read_bytes(folder / name) for name in before.files if _is_report(name)}
    except OSError:
        return
    payload = facts_of(register, before.files, written) or REFUSED
    if len(payload) > _most(before) // 2:  # they grow with the reports that are added
        payload = REFUSED
    after = stamp(folder)
    # What changed while it was read may be half of the one state and half of the other.
    if after is not None and after.digest == before.digest:
        location.write(place, sealed(before, payload))


def _is_report(name: str) -> bool:
    return name.startswith(f"{PROGRESS}/") and name.endswith(".yaml")
