"""Rows that were kept, as the records of a list: made one by one, where a format asks for them."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import overload

from grcm_cli.cache.rows import Row, Rows, Values
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Lean, ListRecord
from grcm_cli.views import labels
from grcm_cli.views.tasks import PLAIN


class Kept(Lean):
    """The records of rows, which say the same as those of the tasks themselves."""

    def __init__(self, rows: Rows | Sequence[Row]) -> None:
        """Take rows, in the order of a list; what is kept of them is read when it is needed."""
        self.rows = rows

    @cached_property
    def whole(self) -> Sequence[Values]:
        """The rows with all of their values."""
        return self.rows.whole() if isinstance(self.rows, Rows) else self.rows

    def cells(self) -> Iterator[Sequence[str | int | None]]:
        """Return what `plain` prints: the first values of each row, which stand in its order."""
        if isinstance(self.rows, Rows):
            return iter(self.rows.plain())
        return (row[: len(PLAIN)] for row in self.rows)

    def __bool__(self) -> bool:
        """Tell whether there is any, which needs none of them."""
        return bool(self.rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.whole)

    @overload
    def __getitem__(self, index: int) -> ListRecord: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ListRecord]: ...
    def __getitem__(self, index: int | slice) -> ListRecord | Sequence[ListRecord]:
        """Return one record, or several."""
        if isinstance(index, slice):
            return [_record(Row._make(row)) for row in self.whole[index]]
        return _record(Row._make(self.whole[index]))


def row_of(task: Task, language: str, rank: int) -> Row:
    """Return the row of a task that was computed; `rank` as other rows of its mandate have it."""
    by = task.deadline
    return Row(
        ref=str(task.reference),
        party="+".join(task.parties) or None,
        deadline=by.isoformat() if by else None,
        state=task.state,
        days=task.days,
        due=task.due,
        action=labels.what(task.mandate, task, language),
        holders="+".join(holder for held in task.holders.values() for holder in held),
        kind=task.mandate.kind,
        progress=task.progress,
        by=(by or date.max).toordinal(),
        rank=rank,
    )


def _record(row: Row) -> ListRecord:
    return {
        "ref": row.ref,
        "party": row.party,
        "together": row.party is not None and "+" in row.party,
        "holders": row.holders.split("+") if row.holders else [],
        "kind": row.kind,
        "action": row.action,
        "due": row.due,
        "deadline": row.deadline,
        "state": row.state,
        "days": row.days,
        "progress": row.progress,
    }
