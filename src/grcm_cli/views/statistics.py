"""The list of `stats`: how many tasks were done on time, late or not, as numbers and bars."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.statistics import Count, Group
from grcm_cli.formats.listing import Column, Listing, OutputField, TableRow, TextTable
from grcm_cli.formats.output_schema import (
    DAY_OR_NONE,
    NUMBER,
    NUMBER_OR_NONE,
    TEXT_OR_NONE,
    iso,
    one_of,
)
from grcm_cli.language.text import N_, _
from grcm_cli.views import labels

BY: dict[Group, str] = {
    "all": N_("all"),
    "party": N_("party"),
    "body": N_("body"),
    "meeting": N_("meeting"),
}
_BAR = 12  # characters
_LEGEND = N_("# done on time   + done late   - declined, n/a or ended   ! late   . open")
_NOTES = N_(
    "no day: how many of the open ones have none, and for how many days the oldest has stood; "
    "moved: how often a deadline was extended; last report: its day. Who owes together is in each "
    "party's row; each time of a recurring duty is counted, of which lists show the first."
)


COUNT_FIELDS: Sequence[OutputField[Count]] = (
    OutputField("by", one_of(BY), "What is counted together.", lambda c: c.by),
    OutputField(
        "name", TEXT_OR_NONE, "A code or an id; none for nobody.", lambda c: c.name or None
    ),
    OutputField("owed", NUMBER, "All tasks.", lambda c: c.owed),
    OutputField("on_time", NUMBER, "Done by the deadline then in force.", lambda c: c.on_time),
    OutputField("late", NUMBER, "Done after it.", lambda c: c.late),
    OutputField("declined", NUMBER, "Declined, or not applicable.", lambda c: c.declined),
    OutputField("ended", NUMBER, "Superseded or closed before an answer.", lambda c: c.ended),
    OutputField("overdue", NUMBER, "Open and late.", lambda c: c.overdue),
    OutputField("open", NUMBER, "Open and not late.", lambda c: c.open),
    OutputField("unknown", NUMBER, "Open, without any report.", lambda c: c.unknown),
    OutputField("undated", NUMBER, "Open, without a day.", lambda c: c.undated),
    OutputField("oldest", NUMBER_OR_NONE, "Days the oldest of these stands.", lambda c: c.oldest),
    OutputField("median", NUMBER_OR_NONE, "Days half of these stand.", lambda c: c.median),
    OutputField("extended", NUMBER, "How often a deadline was moved.", lambda c: c.extended),
    OutputField(
        "last_report", DAY_OR_NONE, "The day of its last report.", lambda c: iso(c.last_report)
    ),
)


def listing(counts: Sequence[Count], as_of: date, title: str) -> Listing:
    """Return the counts as a list."""

    def table() -> TextTable:
        headings = (
            *(_("By"), _("Name"), "", _("owed"), _("on time"), _("late"), _("overdue")),
            *(_("open"), _("no report"), _("no day"), _("moved"), _("last report")),
        )
        columns = [Column(heading) for heading in headings]
        notes = [_(_LEGEND), _(_NOTES)]
        return TextTable(title, columns, [_row(count) for count in counts], notes, keys=2)

    return Listing("stats", as_of, COUNT_FIELDS, counts, Count._fields, table)


def _row(count: Count) -> TableRow:
    name = count.name or (_(labels.NOBODY) if count.by != "all" else "–")
    numbers = (count.owed, count.on_time, count.late, count.overdue, count.open, count.unknown)
    ages = f"{count.undated} ({count.oldest})" if count.undated else "0"
    cells = (
        *(_(BY[count.by]), name, bar(count), *map(str, numbers), ages, str(count.extended)),
        iso(count.last_report) or "–",
    )
    return TableRow(cells, "late" if count.overdue else "")


def bar(count: Count) -> str:
    """Return a bar of 12 characters, each part in proportion but at least one character long."""
    parts = {
        "#": count.on_time,
        "+": count.late,
        "-": count.declined + count.ended,
        "!": count.overdue,
        ".": count.open,
    }
    shares = {sign: max(1, round(_BAR * part / count.owed)) for sign, part in parts.items() if part}
    while sum(shares.values()) > _BAR:
        longest = max(shares, key=lambda sign: shares[sign])
        shares[longest] -= 1
    while shares and sum(shares.values()) < _BAR:
        longest = max(shares, key=lambda sign: parts[sign])
        shares[longest] += 1
    return "".join(sign * share for sign, share in shares.items())
