"""`grcm tasks PARTY`: all that a party owes, and in which way each duty reaches it."""

from datetime import date
from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.task import SOON, Task
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, clean
from grcm_cli.views.tasks import Tables, listed
from grcm_cli.views.tasks import record as task_record

HELP = _(
    "List all that a party owes.\n\n"
    "Itself, as one of a group, together with others, or through an office that it holds now or at "
    "the deadline. What it only supports is named apart and not counted."
)


def tasks(
    ctx: typer.Context,
    party: Annotated[
        str,
        typer.Argument(
            metavar=_("PARTY"),
            help=_("A country, office, organization or body: its code, a name or an alias."),
            autocompletion=given.complete("party"),
        ),
    ],
    closed: given.AllOption = False,
    format_name: given.FormatOption = "table",
    exit_code: given.ExitCodeOption = False,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    record = session.open_list()
    who = given.party(record.register, party)
    query = Query(party=who.code, closed=closed)
    found = record.records(query, session.language)
    name = clean(who.name.shown(session.language))

    def supported() -> list[Task]:
        return [t for t in record.tasks(query) if _only_supports(t, who.code, closed=closed)]

    def table() -> TextTable:
        everything = record.tasks(query)
        own = select(everything, query)
        title = _title(closed=closed).format(name=name, code=who.code, day=session.as_of)
        notes = [_tally(own, heard=record.heard(who.code)), *_support_notes(supported())]
        tables = Tables(everything, session.language, each=True)
        return tables.of_party(title, own, who.code, notes)

    apart = {}
    if format_name == "json":  # which alone has a place for it
        apart = {"supports": [task_record(task, session.language) for task in supported()]}
    nothing = "" if found else _nothing(name, session.as_of, supported())
    session.show(listed(found, session.as_of, table, apart), format_name, nothing)
    return record.finish(found, wanted=exit_code)


def _title(*, closed: bool) -> str:
    if closed:
        return _("{name} ({code}) · all tasks as of {day}")
    return _("{name} ({code}) · open tasks as of {day}")


def _only_supports(task: Task, code: str, *, closed: bool) -> bool:
    supports = any(word.text == code for word in task.mandate.support)
    return supports and not task.belongs_to(code) and (closed or task.is_open)


def _nothing(name: str, day: date, supported: list[Task]) -> str:
    said = _("{name} owes nothing that is open as of {day}.").format(name=name, day=day)
    return "\n".join([said, *_support_notes(supported)])


def _support_notes(supported: list[Task]) -> list[str]:
    if not supported:
        return []
    references = dict.fromkeys(str(task.reference) for task in supported)
    return [_("Only supports, not counted: {references}").format(references=", ".join(references))]


def _tally(found: list[Task], *, heard: bool) -> str:
    still = [task for task in found if task.is_open]
    late = sum(task.is_late for task in still)
    soon = sum(task.state == "due-soon" for task in still)
    tally = _("{open} open: {late} late, {soon} due within {days} days, {rest} other.")
    said = tally.format(
        open=len(still), late=late, soon=soon, days=SOON, rest=len(still) - late - soon
    )
    return said if heard else " ".join([said, _("Nothing reported yet.")])
