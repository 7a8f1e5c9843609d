"""Which tasks the options of `due`, `export` and others choose."""

from datetime import date, timedelta

from grcm_cli.commands import arguments as given
from grcm_cli.commands.stops import WrongUse
from grcm_cli.queries import Query
from grcm_cli.register import Register
from grcm_cli.text import _


def chosen(
    register: Register,
    as_of: date,
    query: Query,
    *,
    days: tuple[object, object, object],
    words: tuple[str | None, str | None, str | None],
) -> Query:
    """Return a query with what the options say: before, after, within; party, body, meeting.

    Raises WrongUse where they contradict each other or name what is not in the register.
    """
    before, after, within = days
    party, body, meeting = words
    query = query._replace(
        before=_last_day(as_of, before, within),
        after=after[0] if isinstance(after, tuple) else None,
        party=given.party_code(register, party),
        body=given.body_code(register, body),
        meeting=given.meeting_id(register, meeting),
    )
    if query.before and query.after and query.before < query.after:
        raise WrongUse(_("--after is later than --before: no day is between them"))
    return query


def _last_day(as_of: date, before: object, within: object) -> date | None:
    if before is not None and within is not None:
        raise WrongUse(_("--before and --within say the same; give one of them"))
    if isinstance(within, int):
        try:
            return as_of + timedelta(days=within)
        except OverflowError:
            return date.max
    return before[1] if isinstance(before, tuple) else None
