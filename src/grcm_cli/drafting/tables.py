"""What the other cells of a row say: who is responsible, and by when."""

import re
from collections.abc import Sequence

from grcm_cli.drafting.layout.outline import Item
from grcm_cli.drafting.reading import ConclusionReader, Reading
from grcm_cli.language.text import fold_words

_WHO = ("respons", "encargad", "a cargo", "lead", "who", "quien", "parte", "actor")
_WHEN = ("plazo", "fecha", "deadline", "due", "when", "cuando", "date", "vencimiento")


_WORD = re.compile(r"\w")


def with_cells(
    reading: Reading, item: Item, columns: Sequence[str], reader: ConclusionReader
) -> Reading:
    """Return a reading in which the cells of a row say what its text leaves open."""
    who = _cell(item, columns, _WHO)
    when = _cell(item, columns, _WHEN)
    duties = []
    due = reader.due_in(when) if when else None
    for duty in reading.duties:
        changed = duty
        if duty.who.mode == "nobody" and who:
            changed = changed._replace(who=reader.who_in(who) or duty.who)
        if duty.due is None and due:
            changed = changed._replace(due=due, due_words=when)
        duties.append(changed)
    is_open = any(duty.due is None for duty in duties) and _WORD.search(when)
    return reading._replace(duties=duties, unread=[when] if is_open else [])


def _cell(item: Item, columns: Sequence[str], heads: Sequence[str]) -> str:
    for column, cell in zip(columns, item.cells, strict=False):
        if any(head in fold_words(column) for head in heads):
            return cell
    return ""
