"""`grcm changes`: list what became of the tasks since a day or a meeting, without git."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.records import LoadedRecord
from grcm_cli.cli.session import Session
from grcm_cli.domain.changes import TaskChange
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.query import Query
from grcm_cli.domain.recorded_changes import moved_meetings
from grcm_cli.formats.listing import Listing, TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.lookups.names import build_query, change_period, changes_in, earlier_register
from grcm_cli.views.changes import (
    ARRANGEMENTS,
    Arrangement,
    ChangePeriod,
    ChangeTables,
    arranged,
    listing,
    order_of,
)
from grcm_cli.views.tasks import TaskRecords, duties, filter_words, with_filters

SinceOption = Annotated[
    str | None,
    options.value(
        "--since",
        _("DAY|MEETING"),
        _(
            "From the day after this one (-7d: a week before), or after a meeting's last day; if "
            "left out, after that of the last meeting of any body."
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
RecordedSinceOption = Annotated[
    str | None,
    options.value(
        "--recorded-since",
        _("DAY"),
        _("What was written down after this day, whenever it happened; git tells."),
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
    recorded_since: RecordedSinceOption = None,
    by: ByOption = None,
) -> int:
    """Print what became of the tasks after a day, each change with its day."""
    session = Session.of(ctx)
    records = session.open_each()
    order: Arrangement | None = next((name for name in ARRANGEMENTS if name == by), None)

    def answer(record: LoadedRecord) -> ChangeAnswer:
        period = change_period(
            record.register, record.as_of, since, since_last, recorded_since=recorded_since
        )
        query = build_query(record.register, record.as_of, session.filters._replace(closed=True))
        earlier = earlier_register(record.register, record.folder, session.here, period)
        found = changes_in(record.register, earlier, period, query)
        moved = moved_meetings(earlier, record.register) if earlier else ()
        return ChangeAnswer(record, period, query, arranged(found, order), moved)

    answers = [found for _record, found in records.ask(answer)]
    titles = {_title(found.period) for found in answers}
    title = _("What has changed up to {day}").format(day=session.as_of)
    if len(titles) == 1:
        [title] = titles
    parts = [(found.record, _listing(found, title, session.language, order)) for found in answers]
    first = min(found.period.since for found in answers)
    limits = _limits(answers[0])
    nothing = _("Nothing has changed after {since}, up to {day}.")
    if recorded_since is not None:
        nothing = _("No change was recorded after {since}, up to {day}.")
        if limits:
            nothing = _("No change of this kind was recorded after {since}, up to {day}: {words}.")
    elif limits:
        nothing = _("Nothing of this kind has changed after {since}, up to {day}: {words}.")

    def notes() -> list[str]:
        first_days = _first_days(answers) if len(titles) > 1 else []
        return [_count(answers), *_moved(answers), *first_days]

    sentence = nothing.format(since=first, day=session.as_of, words=limits)
    whole = records.as_one(parts, order_of(order), session.language)
    return session.answer(records, whole.with_notes(notes), lambda: [sentence, *_moved(answers)])


class ChangeAnswer(NamedTuple):
    """What has become of the tasks of one record, and since when."""

    record: LoadedRecord
    period: ChangePeriod
    query: Query
    changes: Sequence[TaskChange]
    moved: Sequence[tuple[Meeting, Meeting]] = ()
    """Meetings on other days than before, each as it was and is."""


def _listing(answer: ChangeAnswer, title: str, language: str, order: Arrangement | None) -> Listing:
    directory, process = answer.record.register.directory, answer.record.process
    records = TaskRecords(directory, language, process)
    table = partial(_table, answer, title, language, order)
    return listing(answer.changes, answer.period, records, table)


def _table(answer: ChangeAnswer, title: str, language: str, order: Arrangement | None) -> TextTable:
    tables = ChangeTables(answer.record.tasks(answer.query.without_days), language)
    return tables.table(with_filters(title, _limits(answer)), answer.changes, (), order)


def _limits(answer: ChangeAnswer) -> str:
    return filter_words(answer.query, answer.record.register)


def _title(period: ChangePeriod) -> str:
    if period.meeting is None:
        title = _("What has changed after {since}, up to {day}")
        if period.is_recorded:
            title = _("What was recorded after {since}, whenever it happened, up to {day}")
        return title.format(since=period.since, day=period.until)
    title = _("What has changed after {meeting} ({since}), up to {day}")
    return title.format(meeting=period.meeting.id, since=period.since, day=period.until)


def _first_days(answers: Sequence[ChangeAnswer]) -> list[str]:
    """Return since when the changes of each record are listed, where that is not the same."""
    notes = []
    for record, period, *_rest in answers:
        day = _("after {since}").format(since=period.since)
        if period.meeting is not None:
            day = _("after {meeting} ({since})")
            day = day.format(meeting=period.meeting.id, since=period.since)
        notes.append(f"{record.process}: {day}")
    return notes


def _moved(answers: Sequence[ChangeAnswer]) -> list[str]:
    """Return a sentence for each meeting that has other days."""
    message = _("{meeting} has other days: {before} → {after}.")
    return [
        message.format(meeting=now.id, before=was.start or "–", after=now.start or "–")
        for answer in answers
        for was, now in answer.moved
    ]


def _count(answers: Sequence[ChangeAnswer]) -> str:
    count = sum(duties([change.after for change in answer.changes]) for answer in answers)
    number = sum(len(answer.changes) for answer in answers)
    of_duties = ngettext("{count} duty", "{count} duties", count).format(count=count)
    changed = ngettext("{count} change.", "{count} changes.", number).format(count=number)
    return f"{of_duties}, {changed}"
