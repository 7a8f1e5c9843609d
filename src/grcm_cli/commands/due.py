"""`grcm due`: list open tasks, earliest deadline first."""

from datetime import date

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import Query, select, undated
from grcm_cli.domain.task import Task
from grcm_cli.formats import DRAWN
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views.tasks import Tables, duties, listing, task_fields


def due(
    ctx: typer.Context,
    before: options.BeforeOption = None,
    after: options.AfterOption = None,
    within: options.WithinOption = None,
    party: options.PartyOption = None,
    body: options.BodyOption = None,
    meeting: options.MeetingOption = None,
    unassigned: options.UnassignedOption = False,
    unreported: options.UnreportedOption = False,
    closed: options.AllOption = False,
    each: options.EachOption = False,
    format_name: options.FormatOption = "table",
    exit_code: options.ExitCodeOption = False,
) -> int:
    """Print the tasks that match, earliest deadline first."""
    session = Session.of(ctx)
    record = session.open_list()
    query = options.build_query(
        record, party, body, meeting, before, after, within,
        unassigned=unassigned, closed=closed, unreported=unreported,
    )  # fmt: skip
    everything = record.tasks(query.without_days if format_name in DRAWN else query)
    found = select(everything, query)

    def table() -> TextTable:
        notes = _notes(found, undated(everything, query))
        tables = Tables(everything, session.language, each=each or format_name == "md")
        title = _title(query, session.as_of)
        if unreported:
            title = _("{title} · only what nobody has reported on").format(title=title)
        return tables.due(title, found, notes)

    fields = task_fields(record.register.directory, session.language)
    nothing = ""
    if not found:
        without_day = undated(record.tasks(query.without_days), query)
        sentence = _("Nothing without a report is due.") if unreported else _("Nothing is due.")
        nothing = "\n".join([record.nothing(sentence), *_hidden(without_day)])
    session.show(
        listing(found, session.as_of, fields, table),
        format_name,
        nothing,
        record.problems,
    )
    return record.finish(found, wanted=exit_code)


def _title(query: Query, as_of: date) -> str:
    title = _("To be done · as of {day}")
    if query.before and query.after:
        title = _("Due from {first} to {last}, both days included, and what is late · as of {day}")
    elif query.before:
        title = _("Due by {last}, that day included · as of {day}")
    elif query.after:
        title = _("Due from {first} on, that day included, and what is late · as of {day}")
    return title.format(first=query.after, last=query.before, day=as_of)


def _notes(found: list[Task], without_day: list[Task]) -> list[str]:
    count = duties(found)
    of_duties = ngettext("{count} duty", "{count} duties", count).format(count=count)
    of_tasks = ngettext("{count} task.", "{count} tasks.", len(found)).format(count=len(found))
    return [f"{of_duties}, {of_tasks}", *_hidden(without_day)]


def _hidden(without_day: list[Task]) -> list[str]:
    """Return the note on tasks without a day, which options about days leave out; or nothing."""
    if not without_day:
        return []
    count = duties(without_day)
    note = ngettext(
        "{count} duty without a day isn't shown: grcm due",
        "{count} duties without a day aren't shown: grcm due",
        count,
    )
    return [note.format(count=count)]
