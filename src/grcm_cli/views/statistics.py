"""How many duties were kept, as a list: numbers for programs, numbers and bars for people."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.statistics import Count, Group
from grcm_cli.formats.listing import Column, Listing, Record, Row, Table
from grcm_cli.language.text import N_, _
from grcm_cli.views import labels

KEYS = Count._fields
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
    "moved: how often a deadline was extended. Who owes together is in each party's row."
)


def listing(found: Sequence[Count], as_of: date, title: str) -> Listing:
    """Return the counts as a list."""
    records: list[Record] = [count._asdict() for count in found]

    def table() -> Table:
        heads = (_("owed"), _("on time"), _("late"), _("overdue"), _("open"), _("no report"))
        columns = (
            Column(_("By")),
            Column(_("Name")),
            Column(""),
            *map(Column, heads),
            Column(_("no day")),
            Column(_("moved")),
        )
        notes = [_(_LEGEND), _(_NOTES)]
        return Table(title, columns, [_row(count) for count in found], notes, keys=2)

    return Listing("stats", as_of, KEYS, records, KEYS, table)


def _row(count: Count) -> Row:
    name = count.name or (_(labels.NOBODY) if count.by != "all" else "–")
    numbers = (count.owed, count.on_time, count.late, count.overdue, count.open, count.unknown)
    ages = f"{count.undated} ({count.oldest})" if count.undated else "0"
    told = (*map(str, numbers), ages, str(count.extended))
    return Row((_(BY[count.by]), name, bar(count), *told), "late" if count.overdue else "")


def bar(count: Count) -> str:
    """Return a line of signs in which each part has its share; what there is has at least one."""
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
