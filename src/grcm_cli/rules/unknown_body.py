"""A meeting's body, or that of `due: next …` or `every …`, is not one of the register's bodies.

Why: Without its body, a meeting cannot be any body's next meeting.

Bad:
    body: GRMC
Good:
    body: GRCM
"""

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import PlacedWord
from grcm_cli.domain.register import Register
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    bodies = [party.code for party in register.parties if party.kind == "body"]
    choices = register.directory.choices(("body",))
    otherwise = _("the register has no body: add it there, under `bodies`")
    if bodies:
        otherwise = _("its bodies are: {bodies}").format(bodies=", ".join(bodies))
    words: list[tuple[PlacedWord, str | None]] = []  # each unknown code, and a certain cure
    for meeting in register.meetings:
        if meeting.body is not None and not register.is_body(meeting.body.text):
            code = register.sure_code(meeting.body)
            words.append((meeting.body, code if code and register.is_body(code) else None))
    for _meeting, due, at in register.each_due():
        if due.body is not None and not register.is_body(due.body):
            # In quotes, the place is that of the whole `next …`, for which no code may stand.
            words.append((PlacedWord(due.body, at.of_last_word(due.written, due.body)), None))
    for word, cure in words:
        message = _("the register has no body '{code}'").format(code=word.text)
        advice = Suggestion(word.text, choices, otherwise)
        yield Problem(word.at, message, advice, cure, {THE_REGISTER})
