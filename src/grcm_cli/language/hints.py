"""Words that lay a duty on somebody or set a deadline, as hints for whoever checks a file."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from grcm_cli.language.text import with_single_spaces

_DUTY = (
    # Infinitive and present, with or without the pronoun that carries the addressee; a past form
    # (“instaron”) reports what others did, and nouns (“invitación”) ask nobody.
    r"(?:encomend|instru|solicit|comision|encarg|inst|exhort|invit|alent|recomend)"
    r"(?:ar|ir|ando|ándo|yendo|yéndo|á)(?:la|le|lo|las|les|los)\b",
    r"(?:encomendar|encomienda|instruir|instruye|comisionar|comisiona|encargar|encarga|instar|insta"
    r"|exhortar|exhorta|alentar|alienta) (?:a|al|que)\b",
    r"(?:solicitar|solicita|invitar|invita|recomendar|recomienda) (?:a|al|que)\b",
    r"(?:deber|presentar|organizar|enviar|elaborar|remitir|entregar|informar|convocar|circular"
    r"|preparar|designar|facilitar)(?:á|án)\b",
    r"(?<!the )(?<!a )(?<!at )(?<!their )(?<!its )(?<!this )"
    r"(?:requests?|directs?|instructs?|urges?|encourages?|calls? (?:up)?on)(?= )(?! for\b)"
    r"(?= (?:the|each|all|its|member|every|those)\b)",
    r"shall(?= (?:be )?\w+)",
    r"(?:agreed|decided|agrees|decides) that (?:\w+ ){1,6}(?:will|shall)\b",
)
_DEADLINE = (
    r"a más tardar",
    r"antes del? (?:\d|fin|mes|final|próxim)",
    r"hasta el \d",
    r"(?:en|dentro de) (?:un|el) plazo",
    r"(?:en|dentro de) los próximos \w+ (?:días|semanas|meses|años)",
    r"durante el (?:primer|segundo|tercer|cuarto|último) (?:trimestre|semestre|bimestre)",
    r"(?:en|para) (?:la|su) (?:próxima|siguiente) reunión",
    r"(?:no|not) later than",
    r"by (?:the end of|\d{1,2} \w+ \d{4}|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December) )",
    r"within (?:\d+|thirty|sixty|ninety) (?:days|weeks|months)",
    r"before (?:the end of|\d{1,2} \w+ \d{4})",
    r"(?:at|by) (?:its|the|their) next (?:meeting|session)",
    r"in the (?:first|second|third|fourth|last) (?:quarter|half)",
)


# Every match of a duty holds one of these; looking for them is ten times as fast as the pattern.
_CUES_BY_PART = {
    "comend": ("encomend", "recomendar", "recomendand", "recomendánd"),
    "comiend": ("encomiend", "recomiend"),
    "instru": ("instruir", "instruy", "instruct"),
    "insta": ("instar", "insta ", "instando"),
    "invita": ("invitar", "invita ", "invitand"),
    "ánd": ("instánd", "invitánd"),
    "all": ("call", "shall"),
}
"""By a part that they share: where that is not, none of them is."""
_OTHER_CUES = (
    *("solicita", "comisiona", "encarga", "exhorta", "alent", "alient", "rá"),
    *("request", "direct", "urge", "encourage", "agree", "decide"),
)
_DUTY_CUES = (*_OTHER_CUES, *(cue for cues in _CUES_BY_PART.values() for cue in cues))


@cache
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + ")", re.IGNORECASE)


def duty_cues(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of words, of those that any duty has, which stand somewhere in some texts."""
    # As bytes, which are put into small letters ten times as fast; but for Á, which stays.
    plain = " ".join(texts).encode("utf-8", "surrogatepass").lower().replace(_CAPITAL, _SMALL)
    likely = list(_OTHER_CUES)
    for part, cues in _CUES_BY_PART.items():
        if part.encode() in plain:
            likely += cues
    return tuple([cue for cue in likely if cue.encode() in plain])


_CAPITAL, _SMALL = "Á".encode(), "á".encode()


def duty_words(text: str, cues: Sequence[str] = _DUTY_CUES) -> str:
    """Return the first words of a text that lay a duty on somebody, or nothing.

    `cues` are those of the texts among which it is, where they are known: a few of all.
    """
    lower = text.lower() if cues else ""
    if not any(cue in lower for cue in cues):
        return ""
    match = _pattern(_DUTY).search(with_single_spaces(text))
    return match[0] if match else ""


def deadline_words(text: str) -> str:
    """Return the first words of a text that set a deadline, or nothing."""
    match = _pattern(_DEADLINE).search(with_single_spaces(text))
    return match[0] if match else ""
