"""The same entry is there twice in a party's file.

Why: It changes nothing, but somebody who counts the reports counts one too many. A merge of two
branches that both recorded it leaves it so.

Bad:

    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}

Good:

    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Entry
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield each entry that equals the one before it on the same task and day."""
    last: dict[tuple[str, str, str | None, date], Entry] = {}
    for entry in register.entries:
        occurrence = entry.occurrence and entry.occurrence.text
        key = (entry.party, entry.mandate.text.removesuffix("#1"), occurrence, entry.day)
        before = last.get(key)
        if before is not None and _content(before) == _content(entry):
            hint = _("the first stands on line {line}; delete one").format(line=before.at.line)
            yield Problem(entry.at, _("this entry is there already"), hint)
        last[key] = entry


def _content(entry: Entry) -> tuple[str, str | None, str | None]:
    return entry.progress, entry.evidence, entry.note
