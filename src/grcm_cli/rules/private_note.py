"""A public note with an e-mail address, a telephone number, or the word “confidential”.

Why: A `note` is published with its conclusion, in pages, letters and tables. What is only for the
secretariat is written under `internal`.

Bad:
    note: HR – confidential, call Ana on +503 2264 4444
Good:
    internal: HR – confidential, call Ana on +503 2264 4444
"""

import re
from collections.abc import Iterator

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Location
from grcm_cli.domain.register import Register, each_conclusion
from grcm_cli.language.text import N_, _

_PRIVATE = {
    N_("an e-mail address"): re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w"),
    N_("a telephone number"): re.compile(
        r"\+\d{1,3}(?:[ .()/-]{0,2}\d){6,12}\b"
        r"|(?<![\w/.-])\(?\d{2,4}\)?(?:[ .-]\d{3,4}){2}(?![\w/.-])"
    ),
    N_("the word “confidential”"): re.compile(
        r"\b(?:confiden[ct]i[ae]l(?:ity|es|mente|ly)?|confidentiel(?:le)?s?|confidenci(?:al|ais)"
        r"|reservad[oa]s?|in confidence|restricted)\b",
        re.IGNORECASE,
    ),
}
"""What a note has that is rarely meant for everybody."""


def check(register: Register) -> Problems:
    for note, at in _notes(register):
        for what, pattern in _PRIVATE.items():
            if pattern.search(note):
                message = _("the note is public, but contains {what}").format(what=_(what))
                hint = _("write it under `internal`, or add the comment: {comment}")
                comment = "# grcm: ignore[private-note]"
                yield Problem(at, message, hint.format(comment=comment))
                break


def _notes(register: Register) -> Iterator[tuple[str, Location]]:
    for meeting, conclusion in each_conclusion(register):
        if conclusion.confidential or meeting.confidential:
            continue
        if conclusion.note:
            yield conclusion.note, conclusion.number_at
        for mandate in conclusion.mandates:
            if mandate.note:
                yield mandate.note, mandate.at
    for entry in register.entries:
        for text in filter(None, (entry.note, entry.evidence)):
            yield text, entry.at
