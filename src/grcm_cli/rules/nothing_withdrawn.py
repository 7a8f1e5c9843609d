"""A report is withdrawn, but the party has none on that task.

Why: `withdrawn` takes back what was reported: another mandate, or another party's file, is meant.

Bad:
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: withdrawn}
Good:
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-09, progress: done}
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: withdrawn}
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    if not any(entry.progress == "withdrawn" for entry in register.entries):
        return  # as nearly always
    last: dict[tuple[str, Reference | str, str], str] = {}
    for entry, target in sorted(register.each_entry(), key=lambda row: row[0].day):
        occurrence = entry.occurrence.text if entry.occurrence else ""
        task = (entry.party, target.address or entry.mandate.text, occurrence)
        if entry.progress == "withdrawn" and last.get(task, "withdrawn") == "withdrawn":
            message = _("{party} has no report on {text} to withdraw")
            sentence = message.format(party=entry.party, text=entry.mandate.text)
            hint = _("delete the entry, or write the mandate that is meant")
            yield Problem(entry.at, sentence, hint)
        last[task] = entry.progress
