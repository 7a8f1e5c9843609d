"""`grcm` alone: say in short what is late and what comes, or how to begin."""

from datetime import timedelta

import typer

from grcm_cli.cli.session import Session, aligned, write, write_line
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.task import SOON
from grcm_cli.formats import drawn_table
from grcm_cli.language.text import _
from grcm_cli.lookups.names import misnamed_register
from grcm_cli.storage.paths import find_folder
from grcm_cli.views import tasks as view

_MOST = 5
"""Rows of each list."""


def overview(ctx: typer.Context) -> int:
    """Print the first of what is late and of what comes, and which commands tell more."""
    session = Session.of(ctx)
    here = session.here
    if not (session.data or find_folder(here) or misnamed_register(here, here)):
        write_line(_("There is no record here: no register.yaml, in this folder or above."))
        steps = {
            "grcm init DIR": _("creates a data folder"),
            "grcm new": _("creates the file of a meeting"),
            "grcm draft FILE": _("drafts it from a document"),
            "grcm import FILE": _("imports a tracker"),
            "grcm due --data DIR": _("reads the record of another folder"),
            "grcm --help": _("lists all commands"),
        }
        write(aligned(steps))
        return 0
    records = session.open_each()
    for record in records.records:
        everything = record.tasks(Query(closed=True))
        until = session.as_of + timedelta(days=SOON)
        coming = [task for task in select(everything, Query(before=until)) if not task.has_passed]
        columns = view.task_columns(everything, each=False)
        in_days = _("Nothing is due within {days} days.").format(days=SOON)
        on_day = _("Nothing is overdue as of {day}.").format(day=session.as_of)
        for tasks, first, title, nothing, command in (
            (select(everything, Query(late=True)), "late",
             _("Overdue as of {day}").format(day=session.as_of), on_day, "grcm overdue"),
            (coming, "when", _("Due within {days} days").format(days=SOON),
             in_days, f"grcm due --within {SOON}"),
        ):  # fmt: skip
            process = f" · {record.process}" if record.process else ""
            drawn = [columns[key] for key in (first, "deadline", "who")]
            table = view.task_table(title + process, tasks, session.language, drawn, each=False)
            hidden = len(table.rows) - _MOST
            note = _("{count} more: {command}").format(count=hidden, command=command)
            table = table._replace(rows=table.rows[:_MOST], notes=[note] if hidden > 0 else [])
            shown = drawn_table(table, session.page) if tasks else f"{nothing}{process}\n"
            write(f"{shown}\n")
    write_line(_("grcm tasks PARTY lists what a party owes; grcm --help lists all commands."))
    return records.finish()
