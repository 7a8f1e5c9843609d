"""Lists of random records: what the cache keeps of a record gives the same as the record itself.

By default 10,000 tasks are compared; with GRCM_ALL_STATES=1 in the environment, 200,000.
"""

import json
from datetime import date
from itertools import groupby
from random import Random

from grcm_cli.domain.query import select
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.domain.tasks import tasks
from grcm_cli.formats.listing import record_of
from grcm_cli.storage import codec
from grcm_cli.views.tasks import task_fields

from ..conftest import EVERY
from ..domain.random_records import LAST, random_day, random_query, random_register

ENOUGH = 200_000 if EVERY else 10_000
DAYS = 4


def cached(register: Register) -> Register:
    """Return a register as the cache gives it back, each file through its row of JSON."""
    decoder = codec.Decoder()

    def through(row: codec.Json) -> codec.Json:
        return json.loads(json.dumps(row))

    row = through(codec.register_row(register.process, register.parties))
    parties = decoder.register(row, "register.yaml")
    everything = codec.RowTexts()
    meetings = [
        decoder.meeting(through(codec.meeting_row(meeting, everything)), meeting.at.path)
        for meeting in register.meetings
    ]
    entries = [
        entry
        for party, own in groupby(register.entries, key=lambda entry: entry.party)
        for entry in decoder.entries(through(codec.entry_rows(own, everything)), party, "")
    ]
    reported = ReportedProgress(entries, register.reporting_parties)
    return Register(*parties, meetings, reported, register.unread_meetings)


def test_a_list_from_the_cache_is_the_list() -> None:
    compared = seed = 0
    while compared < ENOUGH:
        random = Random(seed)  # noqa: S311 # the same records in every run, and no secret
        register = random_register(random)
        kept = cached(register)
        fields = task_fields(register.directory, "es")
        for day in (random_day(random, date(LAST.year + 2, 1, 1)) for _ in range(DAYS)):
            query = random_query(random, register)
            for asked in (query, query.without_days):
                plain, quick = (select(tasks(one, day, asked), asked) for one in (register, kept))
                assert [record_of(task, fields) for task in quick] == [
                    record_of(task, fields) for task in plain
                ], f"seed {seed}, {day}, {asked}"
                compared += len(plain)
        seed += 1
