"""`grcm tasks PARTY`: all that a party owes, and in which way each duty reaches it."""

from typing import Annotated

import typer

from grcm_cli.commands import arguments as given
from grcm_cli.commands.desk import Desk
from grcm_cli.queries import Query, select
from grcm_cli.task import SOON, Task
from grcm_cli.text import _, clean
from grcm_cli.views.tasks import Tables, listing

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
    desk = Desk.of(ctx)
    record = desk.open_list()
    who = given.party(record.register, party)
    query = Query(party=who.code, closed=closed)
    everything = record.tasks(query)
    found = select(everything, query)
    supported = [task for task in everything if _only_supports(task, who.code, closed=closed)]
    name = clean(who.name.shown(desk.language))
    title = _title(closed=closed).format(name=name, code=who.code, day=desk.as_of)
    notes = [_tally(found, heard=record.heard(who.code)), *_support_notes(supported)]
    answer = listing(
        found,
        desk.as_of,
        desk.language,
        lambda: Tables(everything, desk.language, each=True).of_party(
            title, found, who.code, notes
        ),
        {"supports": supported},
    )
    nothing = _("{name} owes nothing that is open as of {day}.").format(name=name, day=desk.as_of)
    desk.show(answer, format_name, "\n".join([nothing, *notes[1:]]))
    return record.finish(found, wanted=exit_code)


def _title(*, closed: bool) -> str:
    if closed:
        return _("{name} ({code}) · all tasks as of {day}")
    return _("{name} ({code}) · open tasks as of {day}")


def _only_supports(task: Task, code: str, *, closed: bool) -> bool:
    supports = any(word.text == code for word in task.mandate.support)
    return supports and not task.belongs_to(code) and (closed or task.is_open)


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
