"""`grcm changes`: list what became of the tasks since a day or a meeting, without git."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.records import LoadedRecord
from grcm_cli.cli.session import Session
from grcm_cli.domain.changes import ChangePeriod, TaskChange
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.query import Query
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, counted, labelled
from grcm_cli.lookups.names import build_query, change_period, changes_in
from grcm_cli.views import changes as view
from grcm_cli.views.tasks import TaskRecords, duties, filter_words, with_filters

SINCE = options.value(
    "--since",
    _("DAY|MEETING"),
    _(
        "From the day after this one (-7d: a week ago), or after a meeting's last day; "
        "if left out, from the day after the last meeting of any body."
    ),
    "meeting",
)
SINCE_LAST = options.value(
    "--since-last",
    _("BODY"),
    _("From the day after the last meeting of this body that has ended."),
    "body",
)
RECORDED_SINCE = options.value(
    "--recorded-since",
    _("DAY"),
    _("What was recorded after this day, whenever it happened, according to git."),
)
BY = options.choice_option(
    "--by",
    view.ARRANGEMENTS,
    _("By party or by meeting; otherwise by date."),
    options.ARRANGEMENT_WORDS,
)


def changes(
    ctx: typer.Context,
    since: str | None = SINCE,
    since_last: str | None = SINCE_LAST,
    recorded_since: str | None = RECORDED_SINCE,
    by: str | None = BY,
) -> int:
    """Print what became of the tasks after a day, each change with its day."""
    session = Session.of(ctx)
    records = session.open_each()
    arrangement = next((name for name in view.ARRANGEMENTS if name == by), None)
    order = view.order_of(arrangement)

    def answer(record: LoadedRecord) -> ChangeAnswer:
        period = change_period(
            record.register, record.as_of, since, since_last, recorded_since=recorded_since
        )
        query = build_query(record.register, record.as_of, session.filters._replace(closed=True))
        events, moved = changes_in(record.register, period, query, record.folder, session.here)
        limits = filter_words(query, record.register)
        return ChangeAnswer(record, period, query, limits, sorted(events, key=order), moved)

    answers = [each for _record, each in records.ask(answer)]
    titles = {_title(each.period) for each in answers}
    title = _("What has changed up to {day}").format(day=session.as_of)
    if len(titles) == 1:
        [title] = titles

    def table(each: ChangeAnswer) -> TextTable:
        tables = view.ChangeTables(each.record.tasks(each.query.without_days), session.language)
        return tables.table(with_filters(title, each.limits), each.changes, (), arrangement)

    parts = []
    for each in answers:
        record, drawn = each.record, partial(table, each)
        made = TaskRecords(record.register.directory, session.language, record.process)
        parts.append(view.listing(each.changes, each.period, made, drawn))
    moved = [
        _("{meeting} has new dates: {before} → {after}.").format(
            meeting=now.id, before=was.start or "–", after=now.start or "–"
        )
        for each in answers
        for was, now in each.moved
    ]

    def notes() -> list[str]:
        count = sum(duties([change.after for change in each.changes]) for each in answers)
        number = sum(len(each.changes) for each in answers)
        of_duties = counted("{count} duty", "{count} duties", count)
        changed = counted("{count} change.", "{count} changes.", number)
        several = answers if len(titles) > 1 else ()
        since_each = [labelled(each.record.process, _since(each.period)) for each in several]
        return [f"{of_duties}, {changed}", *moved, *since_each]

    whole = records.as_one(parts, order, session.language)
    return session.answer(records, whole.with_notes(notes), lambda: [_nothing(answers), *moved])


class ChangeAnswer(NamedTuple):
    """What has become of the tasks of one record, and since when."""

    record: LoadedRecord
    period: ChangePeriod
    query: Query
    limits: str
    """All to which the query limits the list, in words."""
    changes: Sequence[TaskChange]
    moved: Sequence[tuple[Meeting, Meeting]]
    """Meetings on other days than before, each as it was and is."""


def _title(period: ChangePeriod) -> str:
    if period.meeting is None:
        title = _("What has changed after {since}, up to {day}")
        if period.is_recorded:
            title = _("What was recorded after {since}, whenever it happened, up to {day}")
        return title.format(since=period.since, day=period.until)
    title = _("What has changed after {meeting} ({since}), up to {day}")
    return title.format(meeting=period.meeting.id, since=period.since, day=period.until)


def _since(period: ChangePeriod) -> str:
    if period.meeting is None:
        return _("after {since}").format(since=period.since)
    return _("after {meeting} ({since})").format(meeting=period.meeting.id, since=period.since)


def _nothing(answers: Sequence[ChangeAnswer]) -> str:
    first, limits = answers[0], answers[0].limits
    sentence = _("Nothing has changed after {since}, up to {day}.")
    if first.period.is_recorded:
        sentence = _("No change was recorded after {since}, up to {day}.")
        if limits:
            sentence = _("No change of this kind was recorded after {since}, up to {day}: {words}.")
    elif limits:
        sentence = _("Nothing of this kind has changed after {since}, up to {day}: {words}.")
    since = min(answer.period.since for answer in answers)
    return sentence.format(since=since, day=first.period.until, words=limits)
