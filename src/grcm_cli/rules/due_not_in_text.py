"""A `due` on a date other than the only one that the text names.

Why: One wrong digit makes it a month late. “Before the 15th” in a text means the 14th. The rule
reads Spanish and English.

Bad:
    text: … a más tardar el 15 de enero de 2003.
    due: 2003-01-16
Good:
    text: … a más tardar el 15 de enero de 2003.
    due: 2003-01-15
"""

from datetime import timedelta

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, each_conclusion
from grcm_cli.language.days import spans_in
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for _meeting, conclusion in each_conclusion(register):
        dues = [
            (mandate.due.fixed_day, mandate.due_at)
            for mandate in conclusion.mandates
            if mandate.due is not None and mandate.due.fixed_day and mandate.due.is_day
        ]
        texts = conclusion.text.by_language.values() if dues else ()
        days = {day for text in texts for span in spans_in(text) for day in span[:2]}
        if len(days) != 1:
            continue
        [named] = days
        # A text may name the day after the last one: "before 1 May".
        if all(named - day not in (timedelta(0), timedelta(days=1)) for day, _at in dues):
            message = _("the text names {day}").format(day=named)
            yield Problem(dues[0][1], message, _("one of the two is wrong, or neither is"))
