"""`grcm tasks PARTY`: list what a party owes, and in which way each task reaches it."""

from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.lookups import find_party
from grcm_cli.cli.session import Session
from grcm_cli.domain.model import Mandate
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.task import SOON, Task
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, clean
from grcm_cli.views.tasks import Tables, listing, task_fields


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
    record = session.open_list()
    debtor = find_party(record.register, party)
    code, name = debtor.code, clean(debtor.name.shown(session.language))
    query = Query(party=code, closed=closed, unreported=unreported)
    found = select(record.tasks(query), query)

    def supported() -> list[Task]:
        if not any(_supports(row[2], code) for row in record.register.all_mandates):
            return []  # as of most parties; the tasks of all parties take time
        everybody = [t for t in record.tasks(Query(closed=True)) if _supports(t.mandate, code)]
        owed = {task.reference for task in everybody if task.belongs_to(code)}
        return [t for t in everybody if (closed or t.is_open) and t.reference not in owed]

    def table() -> TextTable:
        title = _("{name} ({code}) · open tasks as of {day}")
        if closed:
            title = _("{name} ({code}) · all tasks as of {day}")
        title = title.format(name=name, code=code, day=session.as_of)
        tally = _tally(found, has_reported=record.has_reported(code))
        tables = Tables(found, session.language, each=True)
        return tables.of_party(title, found, code, [tally, *_support_notes(supported())])

    apart: dict[str, list[Task]] = {}
    if format_name == "json":  # which alone has a place for it
        apart = {"supports": supported()}
    fields = task_fields(record.register.directory, session.language)
    nothing = ""
    if not found:
        sentence = _("{name} owes nothing that is open as of {day}.")
        if unreported:
            sentence = _("{name} owes nothing without a report as of {day}.")
        nothing = record.nothing(sentence.format(name=name, day=session.as_of))
        nothing = "\n".join([nothing, *_support_notes(supported())])
    answer = listing(found, session.as_of, fields, table, apart)
    session.show(answer, format_name, nothing, record.problems)
    return record.finish(found, wanted=exit_code)


def _supports(mandate: Mandate, code: str) -> bool:
    return any(word.text == code for word in mandate.support)


def _support_notes(supported: list[Task]) -> list[str]:
    if not supported:
        return []
    references = dict.fromkeys(str(task.reference) for task in supported)
    return [_("Only supports, not counted: {references}").format(references=", ".join(references))]


def _tally(found: list[Task], *, has_reported: bool) -> str:
    still = [task for task in found if task.is_open]
    late = sum(task.is_late for task in still)
    soon = sum(task.state == "due-soon" for task in still)
    message = _("{open} open: {late} late, {soon} due within {days} days, {rest} other.")
    rest = len(still) - late - soon
    tally = message.format(open=len(still), late=late, soon=soon, days=SOON, rest=rest)
    return tally if has_reported else " ".join([tally, _("Nothing reported yet.")])
