"""`grcm due`: what is open, earliest deadline first."""

from datetime import date

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.options import chosen
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import Query, select, undated
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views.tasks import Tables, duties, listed

HELP = _(
    "List what is to be done, earliest deadline first.\n\n"
    "What has no deadline comes last; with --before, --after or --within it is left out, and what "
    "is late stays in."
)


def due(
    ctx: typer.Context,
    before: given.BeforeOption = None,
    after: given.AfterOption = None,
    within: given.WithinOption = None,
    party: given.PartyOption = None,
    body: given.BodyOption = None,
    meeting: given.MeetingOption = None,
    unassigned: given.UnassignedOption = False,
    closed: given.AllOption = False,
    each: given.EachOption = False,
    format_name: given.FormatOption = "table",
    exit_code: given.ExitCodeOption = False,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    record = session.open_list()
    query = chosen(
        record.register,
        session.as_of,
        Query(unassigned=unassigned, closed=closed),
        days=(before, after, within),
        words=(party, body, meeting),
    )
    found = record.records(query, session.language)

    def table() -> TextTable:
        everything = record.tasks(query, undated=True)
        due = select(everything, query)
        tables = Tables(everything, session.language, each=each or format_name == "md")
        return tables.due(
            _title(query, session.as_of), due, _notes(due, undated(everything, query))
        )

    nothing = "" if found else _nothing(undated(record.tasks(query, undated=True), query))
    session.show(listed(found, session.as_of, table), format_name, nothing)
    return record.finish(found, wanted=exit_code)


def _title(query: Query, as_of: date) -> str:
    if query.before and query.after:
        title = _("Due from {first} to {last}, both days included, and what is late · as of {day}")
        return title.format(first=query.after, last=query.before, day=as_of)
    if query.before:
        return _("Due by {last}, that day included · as of {day}").format(
            last=query.before, day=as_of
        )
    if query.after:
        return _("Due from {first} on, that day included, and what is late · as of {day}").format(
            first=query.after, day=as_of
        )
    return _("To be done · as of {day}").format(day=as_of)


def _notes(found: list[Task], without_day: list[Task]) -> list[str]:
    count = (
        ngettext("{count} duty", "{count} duties", duties(found)).format(count=duties(found))
        + ", "
        + ngettext("{count} task.", "{count} tasks.", len(found)).format(count=len(found))
    )
    return [count, *_hidden(without_day)]


def _nothing(without_day: list[Task]) -> str:
    return "\n".join([_("Nothing is due."), *_hidden(without_day)])


def _hidden(without_day: list[Task]) -> list[str]:
    if not without_day:
        return []
    hidden = ngettext(
        "{count} duty without a day isn't shown: grcm due",
        "{count} duties without a day aren't shown: grcm due",
        duties(without_day),
    )
    return [hidden.format(count=duties(without_day))]
