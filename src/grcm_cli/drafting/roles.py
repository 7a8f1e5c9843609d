"""The part that a party plays in a sentence: it supports, is exempt, or speaks in a capacity."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from grcm_cli.drafting.mentions import Mention
from grcm_cli.drafting.words import Word

Role = Literal["", "support", "capacity", "except"]

_SUPPORT = re.compile(
    r"(?:con\s+(?:el|la)\s+(?:apoyo|asistencia|asesor[ií]a|colaboraci[oó]n|cooperaci[oó]n|ayuda|acompañamiento|respaldo|concurso|asesoramiento)(?:\s+(?:t[eé]cnic[oa]|financier[oa]|log[ií]stic[oa]))*(?:\s+y\s+\w+)?\s+(?:de|del)"
    r"|con\s+(?:apoyo|asistencia|colaboraci[oó]n|cooperaci[oó]n)(?:\s+t[eé]cnica)?\s+(?:de|del)|facilitad[oa]s?\s+por|apoyad[oa]s?\s+por|asistid[oa]s?\s+por|en\s+coordinaci[oó]n\s+con|en\s+colaboraci[oó]n\s+con|en\s+cooperaci[oó]n\s+con"
    r"|with\s+(?:the\s+)?(?:(?:technical|financial|logistical|kind|secretarial)\s+(?:and\s+\w+\s+)?)?(?:support|assistance|help|cooperation|co-operation|collaboration|backing|advice)\s+(?:of|from)|assisted\s+by|supported\s+by|in\s+(?:coordination|co-ordination|cooperation|co-operation|collaboration)\s+with|facilitated\s+by)"
    r"\s+(?:(?:la|el|los|las|the|su|its)\s+)?$",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    r"(?:en\s+(?:su\s+)?(?:calidad|car[aá]cter|condici[oó]n)\s+de|en\s+ejercicio\s+de|como|a\s+cargo\s+de|que\s+ejerce|que\s+ostenta|in\s+its\s+capacity\s+(?:as|of)|as\s+(?:the\s+)?(?:holder\s+of|current|incoming|outgoing)?|acting\s+as|which\s+holds|holding)"
    r"\s*(?:(?:la|el|los|las|the|its)\s+)?(?:(?:incoming|outgoing|current|entrante|saliente|nueva?|next)\s+)?$",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"(?:salvo|excepto|con\s+(?:la\s+)?excepci[oó]n\s+del?|a\s+excepci[oó]n\s+del?|except(?:\s+for)?|with\s+the\s+exception\s+of|other\s+than|excluding)\s+(?:(?:la|el|los|las|the)\s+)?$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:,|,?\s*(?:y|e|and|as\s+well\s+as|as[ií]\s+como|,\s*y|of\s+the|de\s+la|del))\s*(?:(?:de|del|of|la|el|los|las|the)\s+)*$",
    re.IGNORECASE,
)


class Cast(NamedTuple):
    """A mention with its part."""

    mention: Mention
    role: Role


def cast_of(text: str, words: Sequence[Word], mentions: Sequence[Mention]) -> list[Cast]:
    """Return the mentions of a text with the part that each plays."""
    found: list[Cast] = []
    for mention in mentions:
        start = words[mention.start].start
        before = text[max(0, start - 90) : start]
        role: Role = ""
        if _SUPPORT.search(before):
            role = "support"
        elif _EXCEPT.search(before):
            role = "except"
        elif found and _is_capacity(text, words, found[-1], mention, before):
            role = "capacity"
        elif found and found[-1].role in ("support", "except"):
            between = text[words[found[-1].mention.end - 1].end : start]
            role = found[-1].role if _JOINED.fullmatch(between) else ""
        found.append(Cast(mention, role))
    return found


def _is_capacity(
    text: str, words: Sequence[Word], last: Cast, mention: Mention, before: str
) -> bool:
    """Tell whether an office says in which capacity the party named before it acts."""
    between = text[words[last.mention.end - 1].end : words[mention.start].start]
    match = _CAPACITY.search(before)
    near = not last.role and len(between) <= 60
    return near and match is not None and mention.group == "party"
