"""The list of `stats`: how many tasks were done on time, late or not, as numbers and bars."""

import datetime
from collections.abc import Sequence
from dataclasses import fields

from grcm_cli.domain.statistics import Count
from grcm_cli.formats.listing import Column, Listing, TableRow, TextTable
from grcm_cli.language.text import N_, _
from grcm_cli.views import labels
from grcm_cli.views.tasks import group_by

PLAIN = tuple(field.name for field in fields(Count))
_BY = N_("all"), N_("party"), N_("body"), N_("meeting"), N_("theme")  # what counts are by
_BAR = 12  # characters
_LEGEND = N_(
    "# done on time   + done late   = done, no binding deadline   - declined, not applicable or "
    "ended   ! overdue   . open, not overdue"
)
_NOTES = N_(
    "{undated}: how many of the open tasks have no date, and in brackets for how many days "
    "the oldest of them has been open; {moved}: how often a deadline was changed; "
    "{reported}: the date of the last report. In the total, each task is counted once; for a "
    "party, all that `grcm tasks` lists is counted: a task of an office also counts for its "
    "holder, and a task of several parties counts for each. For a recurring duty, the oldest "
    "missed occurrence and the next one are counted, as in lists. An encouragement is never "
    "overdue."
)

COUNTED_FOR = N_(
    "What an office owes also counts for its holder, and what several parties owe jointly counts "
    "for each of them."
)


def listing(counts: Sequence[Count], as_of: datetime.date, title: str) -> Listing:
    """Return the counts as a list."""

    def table() -> TextTable:
        keys = {"undated": _("no date"), "moved": _("moved"), "reported": _("last report")}
        numbers = [_("owed"), _("on time"), _("late"), _("overdue"), _("not overdue")]
        numbers += [_("no report"), keys["undated"], keys["moved"]]
        headings = [Column(heading, is_number=True) for heading in numbers]
        words = Column(_("By")), Column(_("Name")), Column("")
        columns = [*words, *headings, Column(keys["reported"])]
        shares = {
            by: sum(count.overdue for count in group) / sum(count.owed for count in group)
            for by, group in group_by(counts, lambda count: count.by).items()
        }
        rows = [_row(count, shares[count.by]) for count in counts]
        notes = [_(_LEGEND), _(_NOTES).format(**keys)]
        return TextTable(title, columns, rows, notes, keys=2, in_groups=True)

    return Listing("stats", as_of, lambda: Count, counts, PLAIN, table)


def _row(count: Count, share: float) -> TableRow:
    name = count.name or (_(labels.NOBODY) if count.by != "all" else "–")
    numbers = (count.owed, count.on_time, count.late, count.overdue, count.open, count.unknown)
    ages = str(count.undated) if count.oldest is None else f"{count.undated} ({count.oldest})"
    last = str(count.last_report or "–")
    cells = _(count.by), name, bar(count), *map(str, numbers), ages, str(count.extended), last
    return TableRow(cells, marked={6: "late"} if count.overdue > share * count.owed else {})


def bar(count: Count) -> str:
    """Return a bar of 12 characters, each part in proportion but at least one character long."""
    parts = {
        "#": count.on_time,
        "+": count.late,
        "=": count.done_undated,
        "-": count.declined + count.ended,
        "!": count.overdue,
        ".": count.open,
    }
    shares = {sign: max(1, round(_BAR * part / count.owed)) for sign, part in parts.items() if part}
    while sum(shares.values()) > _BAR:
        shares[max(shares, key=lambda sign: shares[sign])] -= 1
    if shares:
        shares[max(shares, key=lambda sign: parts[sign])] += _BAR - sum(shares.values())
    return "".join(sign * share for sign, share in shares.items())
