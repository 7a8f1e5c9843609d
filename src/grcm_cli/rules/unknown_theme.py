"""A theme that is not in the register.

Why: Lists of the theme would not contain the conclusion.

Bad:
    themes: [WATTER]
Good:
    themes: [WATER]
"""

import re

from grcm_cli.domain.findings import THE_REGISTER, Advice, Problem, Problems
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register, each_conclusion
from grcm_cli.language.suggestions import Choices, Suggestion
from grcm_cli.language.text import _, fold

_BETWEEN = re.compile(r"[,;/]")


def check(register: Register) -> Problems:
    themes = register.themes
    names = [(name, code) for code in themes for name in names_of(themes[code])]
    choices = Choices(names)
    by_name: dict[str, set[str]] = {}
    for name, code in names:
        by_name.setdefault(fold(name), set()).add(code)
    for _meeting, conclusion in each_conclusion(register):
        for word in conclusion.themes:
            if word.text not in themes:
                message = _("the register has no theme '{code}'").format(code=word.text)
                hint = _("add it to `themes` in register.yaml, or write a code that is there")
                advice: Advice = Suggestion(word.text, choices, hint)
                parts = [part for part in map(str.strip, _BETWEEN.split(word.text)) if part]
                if len(parts) > 1:
                    codes = ", ".join(choices.near(part) or part for part in parts)
                    advice = _("write a list: {codes}").format(codes=f"[{codes}]")
                named = by_name.get(fold(word.text), set())
                is_certain = len(named) == 1 and word.at.width >= len(word.text)
                cure = min(named) if is_certain else None
                yield Problem(word.at, message, advice, cure, {THE_REGISTER})
