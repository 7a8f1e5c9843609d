"""Of two entries on one task and day, the later one takes back what the earlier one reported.

Why: Of several lines for one day, the last one counts, and the file of an office comes after its
holder's. A merge of two branches may put either line last: `started` below `done` opens the task
again. What was reported by mistake is taken back with `withdrawn`.

Bad:
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: started}
Good:
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: started}
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
"""

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.progress import overruled
from grcm_cli.domain.register import Register, with_earlier
from grcm_cli.language.text import _

_FINAL = ("done", "declined", "not-applicable")


def check(register: Register) -> Problems:
    for entry, before in with_earlier(register):
        if before.progress in _FINAL and entry.progress not in (before.progress, "withdrawn"):
            message = _("line {line} above has {progress} for the same day; this line counts")
            hint = _(
                "swap the two if a merge put them in this order; otherwise write `withdrawn` "
                "between them"
            )
            sentence = message.format(progress=f"`{before.progress}`", line=before.at.line)
            yield Problem(entry.at, sentence, hint)
    for entry, by, address in overruled(register):
        if entry.progress in ("not-started", "started") or by.progress == "withdrawn":
            continue  # the order in which things happen
        message = _(
            "{progress} on the same day by {office}, {path}:{line}, counts; this one does not"
        )
        sentence = message.format(
            progress=f"`{by.progress}`", office=by.party, path=by.at.path, line=by.at.line
        )
        hint = _(
            "move this entry to the file of {office}, or give it the date on which it was reported"
        )
        concerns = {by.party, address.meeting, THE_REGISTER}
        yield Problem(entry.at, sentence, hint.format(office=by.party), concerns=concerns)
