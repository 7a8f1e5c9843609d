"""`grcm changes`: list what became of the tasks since a day or a meeting, without git."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.change_period import change_period
from grcm_cli.cli.loaded_record import LoadedRecord
from grcm_cli.cli.lookups import build_query
from grcm_cli.cli.session import ListWords, RecordList, Session
from grcm_cli.domain.changes import task_changes
from grcm_cli.domain.query import Query
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views.changes import (
    ARRANGEMENTS,
    Arrangement,
    ChangePeriod,
    ChangeTables,
    arranged,
    listing,
    order_of,
)
from grcm_cli.views.tasks import TaskRecords, duties

SinceOption = Annotated[
    str | None,
    options.value(
        "--since",
        _("DAY|MEETING"),
        _(
            "From the day after this one, or after a meeting's last day; if left out, after that "
            "of the last meeting of any body."
        ),
        "meeting",
    ),
]
SinceLastOption = Annotated[
    str | None,
    options.value(
        "--since-last",
        _("BODY"),
        _("From the day after the last meeting of this body that has ended."),
        "body",
    ),
]
ByOption = Annotated[
    str | None,
    options.choice_option(
        "--by",
        ARRANGEMENTS,
        _("By party or by meeting; else by day."),
        options.ARRANGEMENT_WORDS,
    ),
]


def changes(
    ctx: typer.Context,
    since: SinceOption = None,
    since_last: SinceLastOption = None,
    by: ByOption = None,
    party: options.PartyOption = None,
    body: options.BodyOption = None,
    meeting: options.MeetingOption = None,
    format_name: options.FormatOption = "table",
    exit_code: options.ExitCodeOption = False,
) -> int:
    """Print what became of the tasks after a day, each change with its day."""
    session = Session.of(ctx)
    records = session.open_each()
    order: Arrangement | None = next((name for name in ARRANGEMENTS if name == by), None)

    def ask(record: LoadedRecord) -> tuple[ChangePeriod, Query]:
        period = change_period(record.register, record.as_of, since, since_last)
        return period, build_query(record.register, record.as_of, party, body, meeting, closed=True)

    asked = session.ask(records, ask)
    is_one_period = len({_title(period) for _record, (period, _query) in asked}) == 1

    def of_record(
        record: LoadedRecord, period: ChangePeriod, query: Query
    ) -> RecordList[_ChangeTally]:
        found = arranged(task_changes(record.register, period.since, period.until, query), order)

        def table() -> TextTable:
            tables = ChangeTables(record.tasks(query.without_days), session.language)
            title = _title(period) if is_one_period else _title_of_several(period.until)
            return tables.table(title, found, (), order)

        def tally() -> _ChangeTally:
            days = "" if is_one_period else f"{record.process}: {_first_day(period)}"
            return _ChangeTally(duties([change.task for change in found]), len(found), days)

        made = TaskRecords(record.register.directory, session.language, record.process)
        return RecordList(record, listing(found, period, made, table), tally)

    def nothing(_tallies: Sequence[_ChangeTally]) -> Sequence[str]:
        first = min(period.since for _record, (period, _query) in asked)
        sentence = _("Nothing has changed after {since}, up to {day}.")
        return [sentence.format(since=first, day=session.as_of)]

    lists = [of_record(record, *days_and_query) for record, days_and_query in asked]
    words = ListWords(_notes, nothing, order_of(order))
    return session.answer(records, lists, words, format_name, wanted=exit_code)


class _ChangeTally(NamedTuple):
    """What has changed in one record, and since when, where that is not the same in all."""

    duties: int
    changes: int
    days: str


def _title(period: ChangePeriod) -> str:
    if period.meeting is None:
        title = _("What has changed after {since}, up to {day}")
        return title.format(since=period.since, day=period.until)
    title = _("What has changed after {meeting} ({since}), up to {day}")
    return title.format(meeting=period.meeting.id, since=period.since, day=period.until)


def _title_of_several(until: date) -> str:
    return _("What has changed up to {day}").format(day=until)


def _first_day(period: ChangePeriod) -> str:
    if period.meeting is None:
        return _("after {since}").format(since=period.since)
    return _("after {meeting} ({since})").format(meeting=period.meeting.id, since=period.since)


def _notes(tallies: Sequence[_ChangeTally]) -> list[str]:
    count, found = sum(one.duties for one in tallies), sum(one.changes for one in tallies)
    of_duties = ngettext("{count} duty", "{count} duties", count).format(count=count)
    changed = ngettext("{count} change.", "{count} changes.", found).format(count=found)
    return [f"{of_duties}, {changed}", *(one.days for one in tallies if one.days)]
