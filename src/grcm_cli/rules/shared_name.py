"""A name or an alias that two parties share, or a name that two themes share.

Why: On the command line it stands for neither; the program asks for a code.

Bad:
    SICA: {name: Sistema, aliases: [Secretaría]}
    ST: {name: Secretaría Técnica, aliases: [Secretaría]}
Good:
    SICA: {name: Sistema}
    ST: {name: Secretaría Técnica, aliases: [Secretaría]}
"""

from collections.abc import Sequence

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Party, Theme
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, fold


def check(register: Register) -> Problems:
    yield from _shared(register.parties, _("'{name}' is the code of another party"))
    yield from _shared(register.process.themes, _("'{name}' is the code of another theme"))


def _shared(named: Sequence[Party | Theme], is_code: str) -> Problems:
    """Yield what is called like another; a topic may be called like a party."""
    first: dict[str, Party | Theme] = {}
    for each in named:  # a code is right: what is called like it is the mistake
        first.setdefault(fold(each.code), each)
    for each in named:
        for name in dict.fromkeys(names_of(each)):
            other = first.setdefault(fold(name), each)
            if other is not each and other.code != each.code:
                message = _("'{name}' also means {other}")
                hint = _("case, accents, dots and spaces do not matter")
                if fold(name) == fold(other.code):
                    message, hint = is_code, _("delete it, or write another name")
                at = each.name_places.get(name, each.at) if isinstance(each, Party) else each.at
                yield Problem(at, message.format(name=name, other=other.code), hint)
                break
