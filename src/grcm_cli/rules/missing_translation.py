"""A title, text, action or name that is not given in every language of the process.

Why: Readers of that language get the authentic text. This rule runs only if it is selected.

Bad:
    action: Presentar observaciones
Good:
    action: {es: Presentar observaciones, en: Submit comments}
"""

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Party, Theme
from grcm_cli.domain.register import Register, placed_texts
from grcm_cli.language.text import _

DEFAULT = False


def check(register: Register) -> Problems:
    languages = set(register.process.languages)
    if len(languages) < 2:
        return
    texts = [
        (text, at, meeting.language or "")
        for meeting in register.meetings
        for text, at in placed_texts(meeting)
    ]
    # A name without a language is the same in all: PNA.
    named: list[Party | Theme] = [*register.parties, *register.process.themes]
    texts += [(each.name, each.at, "") for each in named if "" not in each.name.by_language]
    for text, at, authentic in texts:
        missing = sorted(languages - {language or authentic for language in text.by_language})
        if missing:
            message = _("missing in: {languages}").format(languages=", ".join(missing))
            hint = _("write one for each: {es: …, en: …}")
            yield Problem(at, message, hint, concerns={THE_REGISTER})
