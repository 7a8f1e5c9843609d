"""The same entry is in a party's file twice.

Why: It has no effect, but whoever counts the reports counts one too many. Merging two branches that
both recorded it can cause this.

Bad:
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
Good:
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, with_earlier
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for entry, before in with_earlier(register):
        same = (before.progress, before.evidence, before.note)
        if (entry.progress, entry.evidence, entry.note) == same:
            hint = _("the first is on line {line}; delete one").format(line=before.at.line)
            yield Problem(entry.at, _("this entry exists already"), hint)
