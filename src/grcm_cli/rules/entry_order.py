"""Of two entries on one task and day, the later line takes back what the earlier one reported.

Why: Of one day the last line counts, and a merge of two branches may put either last: `started`
below `done` opens the task again. What was reported in error is taken back by `withdrawn`.

Qué: De dos anotaciones sobre un compromiso y un día, la línea posterior deja sin efecto lo que
informó la anterior.

Por qué: De un mismo día cuenta la última línea, y la fusión de dos ramas puede poner última a
cualquiera: `started` debajo de `done` reabre el compromiso. Lo informado por error se retira con
`withdrawn`.

Bad:

    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: started}

Good:

    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: started}
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Entry
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _

_FINAL = ("done", "declined", "not-applicable")


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield each entry below another final one of the same task and day that is not withdrawn."""
    last: dict[tuple[str, str, str | None, date], Entry] = {}
    for entry in register.entries:
        occurrence = entry.occurrence and entry.occurrence.text
        key = (entry.party, entry.mandate.text.removesuffix("#1"), occurrence, entry.day)
        before = last.get(key)
        if (
            before is not None
            and before.progress in _FINAL
            and entry.progress not in (before.progress, "withdrawn")
        ):
            message = _("{progress} of the same day stands above, on line {line}; this line counts")
            hint = _("exchange the two if a merge put them so; else write `withdrawn` between them")
            found = message.format(progress=f"`{before.progress}`", line=before.at.line)
            yield Problem(entry.at, found, hint)
        last[key] = entry
