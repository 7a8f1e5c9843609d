"""`grcm tasks PARTY`: list what a party owes, and in which way each task reaches it."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.loaded_record import LoadedRecord
from grcm_cli.cli.lookups import find_party
from grcm_cli.cli.session import ListWords, RecordList, Session
from grcm_cli.domain.model import Mandate, Party
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.task import SOON, Task
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, clean
from grcm_cli.views.tasks import Tables, TaskRecords, by_deadline, listing


def tasks(
    ctx: typer.Context,
    party: Annotated[str, options.PARTY],
    unreported: options.UnreportedOption = False,
    closed: options.AllOption = False,
    format_name: options.FormatOption = "table",
    exit_code: options.ExitCodeOption = False,
) -> int:
    """Print what a party owes, and in which way each task reaches it."""
    session = Session.of(ctx)
    records = session.open_each()

    def of_record(record: LoadedRecord, debtor: Party) -> RecordList[_OwedTally]:
        code, name = debtor.code, clean(debtor.name.shown(session.language))
        query = Query(party=code, closed=closed, unreported=unreported)
        found = select(record.tasks(query), query)

        def supported() -> list[Task]:
            return _supported(record, code, closed=closed)

        def table() -> TextTable:
            title = _("{name} ({code}) · open tasks as of {day}")
            if closed:
                title = _("{name} ({code}) · all tasks as of {day}")
            title = title.format(name=name, code=code, day=session.as_of)
            return Tables(found, session.language, each=True).of_party(title, found, code, ())

        def tally() -> _OwedTally:
            in_front = f"{record.process} " if record.process else ""
            references = dict.fromkeys(f"{in_front}{task.reference}" for task in supported())
            has_reported = record.has_reported(code)
            return _OwedTally(name, found, [*references], has_reported=has_reported)

        # JSON alone has a place for what is only supported.
        apart = {"supports": supported()} if format_name == "json" else {}
        made = TaskRecords(record.register.directory, session.language, record.process)
        return RecordList(record, listing(found, session.as_of, made, table, apart), tally)

    def nothing(tallies: Sequence[_OwedTally]) -> list[str]:
        sentence = _("{name} owes nothing that is open as of {day}.")
        if unreported:
            sentence = _("{name} owes nothing without a report as of {day}.")
        sentence = sentence.format(name=tallies[0].name, day=session.as_of)
        return [sentence, *_support_notes(tallies)]

    asked = session.ask(records, lambda record: find_party(record.register, party))
    words = ListWords(_notes, nothing, by_deadline)
    lists = [of_record(*one) for one in asked]
    return session.answer(records, lists, words, format_name, wanted=exit_code)


class _OwedTally(NamedTuple):
    """What a party owes in one record, and what it only supports there."""

    name: str
    found: Sequence[Task]
    supported: Sequence[str]
    has_reported: bool


def _supported(record: LoadedRecord, code: str, *, closed: bool) -> list[Task]:
    """Return the tasks that a party only supports, the closed ones only if they are wanted."""
    if not any(_supports(row[2], code) for row in record.register.all_mandates):
        return []  # as of most parties; the tasks of all parties take time
    everybody = [t for t in record.tasks(Query(closed=True)) if _supports(t.mandate, code)]
    owed = {task.reference for task in everybody if task.belongs_to(code)}
    return [t for t in everybody if (closed or t.is_open) and t.reference not in owed]


def _supports(mandate: Mandate, code: str) -> bool:
    return any(word.text == code for word in mandate.support)


def _support_notes(tallies: Sequence[_OwedTally]) -> list[str]:
    references = [reference for one in tallies for reference in one.supported]
    if not references:
        return []
    return [_("Only supports, not counted: {references}").format(references=", ".join(references))]


def _notes(tallies: Sequence[_OwedTally]) -> list[str]:
    still = [task for one in tallies for task in one.found if task.is_open]
    late = sum(task.is_late for task in still)
    soon = sum(task.state == "due-soon" for task in still)
    message = _("{open} open: {late} late, {soon} due within {days} days, {rest} other.")
    rest = len(still) - late - soon
    note = message.format(open=len(still), late=late, soon=soon, days=SOON, rest=rest)
    if not any(one.has_reported for one in tallies):
        note = " ".join([note, _("Nothing reported yet.")])
    return [note, *_support_notes(tallies)]
