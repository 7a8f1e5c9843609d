"""Deadlines: the calendar of meetings, and the last day that a `due` gives by it."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

from grcm_cli.domain.due import Due
from grcm_cli.domain.model import Meeting


class Calendar:
    """The meetings by id, and those of each body in the order of their days."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self.by_id: dict[str, Meeting] = {}
        by_body: dict[str, list[tuple[date, str, Meeting]]] = {}
        for meeting in meetings:
            self.by_id.setdefault(meeting.id, meeting)
            if meeting.body is not None and meeting.start is not None:
                of_body = by_body.setdefault(meeting.body.text, [])
                of_body.append((meeting.start, meeting.id, meeting))
        self._by_body: Mapping[str, Sequence[tuple[date, str, Meeting]]] = {
            body: sorted(rows, key=lambda row: row[:2]) for body, rows in by_body.items()
        }

    def of_body(self, body: str, after: date) -> Sequence[tuple[date, str, Meeting]]:
        """Return the meetings of a body that start after a day: first day, id, meeting."""
        rows = self._by_body.get(body, ())
        return rows[bisect_right(rows, after, key=itemgetter(0)) :]

    def next_of(self, body: str, after: date) -> Meeting | None:
        """Return the first meeting of a body that starts after a day, or None."""
        rows = self._by_body.get(body, ())
        index = bisect_right(rows, after, key=itemgetter(0))
        return rows[index][2] if index < len(rows) else None


def deadline(due: Due | None, meeting: Meeting, calendar: Calendar) -> date | None:
    """Return the last day on which a duty of `meeting` is not late, or None where it has no day.

    None also for what the calendar does not tell yet: a next meeting that is in no file; and for
    what recurs, which has many.
    """
    return None if due is None else due.last_day(meeting, calendar)
