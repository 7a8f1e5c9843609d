"""The definite article of names in Spanish and English, as a sentence about a party needs it.

An article comes from the first word of a Spanish name and from the words of an English one. Where
that is not certain, as of an acronym, there is none.
"""

import re
from collections.abc import Sequence

from grcm_cli.language.text import fold

_FEMININE_ENDINGS = ("a", "ion", "dad", "tad", "red", "sede")
_MASCULINE_IN_A = ("sistema", "programa", "comite", "area")
_PLACES_ES = {
    **dict.fromkeys(("republica", "union", "comunidad", "mancomunidad", "confederacion"), "la"),
    **dict.fromkeys(("federacion", "santa"), "la"),
    **dict.fromkeys(("reino", "principado", "estado", "gran"), "el"),
}
"""The article of a country, by the first word of its name; others have none: `México`."""
_PLACES_EN = frozenset(
    [
        "republic",
        "kingdom",
        "states",
        "netherlands",
        "philippines",
        "bahamas",
        "gambia",
        "comoros",
        "maldives",
        "islands",
        "emirates",
        "federation",
        "union",
        "see",
        "duchy",
    ]
)
"""What the name of a country that has an article begins or ends with: `Dominican Republic`."""
_NOUNS_EN = frozenset(
    [
        "agency",
        "alliance",
        "assembly",
        "association",
        "bank",
        "centre",
        "center",
        "commission",
        "committee",
        "community",
        "conference",
        "council",
        "court",
        "department",
        "federation",
        "forum",
        "fund",
        "group",
        "institute",
        "league",
        "ministry",
        "mission",
        "nations",
        "network",
        "office",
        "organisation",
        "organization",
        "parliament",
        "presidency",
        "programme",
        "secretariat",
        "service",
        "society",
        "system",
        "union",
        "university",
    ]
)
"""What the name of an organization that has an article is made of, in English."""


_MEETINGS_ES = {
    **dict.fromkeys(("reunion", "conferencia", "asamblea", "cumbre", "sesion", "comision"), "la"),
    **dict.fromkeys(("junta", "mesa", "plenaria"), "la"),
    **dict.fromkeys(("consejo", "comite", "congreso", "foro", "encuentro", "taller"), "el"),
    **dict.fromkeys(("seminario", "grupo", "periodo", "dialogo"), "el"),
}
"""The article of a meeting, by the noun with which its title begins."""
_MEETINGS_EN = frozenset(
    [
        *("assembly", "conference", "congress", "council", "dialogue", "forum", "meeting"),
        *("round", "seminar", "session", "summit", "workshop"),
    ]
)
_NUMBER_ES = re.compile(r"[IVXLCDM]+|[0-9]+\.?[ªºao]?|[0-9]+\.[ªº]")
"""A number before the noun of a title: `IV Reunión`, `4.ª Reunión`."""
_ORDINALS_ES = re.compile(
    "primer[ao]?|segund[ao]|tercer[ao]?|cuart[ao]|quint[ao]|sext[ao]|septim[ao]|octav[ao]|"
    "noven[ao]|(?:un)?decim[ao]|duodecim[ao]|vigesim[ao]"
)


def meeting_article(title: str, language: str) -> str:
    """Return the article of a meeting's title inside a sentence; empty where it is not certain.

    In Spanish the title begins with the meeting's noun, or a number before it; in English the noun
    comes before the first small word: `Fourth Regional Meeting of the Group`.
    """
    words = title.split()
    if language == "es":
        while words and (_NUMBER_ES.fullmatch(words[0]) or _ORDINALS_ES.fullmatch(fold(words[0]))):
            words = words[1:]
        return _MEETINGS_ES.get(fold(words[0]).rstrip(","), "") if words else ""
    for place, word in enumerate(words):
        if word.islower():
            words = words[:place]
            break
    if not words or fold(words[0]) == "the":
        return ""
    return "the" if any(fold(word).rstrip(",") in _MEETINGS_EN for word in words) else ""


def article(name: str, kind: str, language: str) -> str:
    """Return the article that a party's name takes inside a sentence, or an empty text.

    `kind` is that of the party: member, office, organization or body.
    """
    words = [fold(word) for word in name.split()]
    if not words or words[0] in ("el", "la", "los", "las", "the"):
        return ""
    if language == "es":
        return _spanish(words[0], kind) if _is_word(name.split(maxsplit=1)[0]) else ""
    return "the" if _has_english_article(words, kind) else ""


def _is_word(word: str) -> bool:
    """Tell whether a word is none of an acronym's, as `OIM`."""
    return not word.isupper()


def _spanish(first: str, kind: str) -> str:
    if kind == "member":
        return _PLACES_ES.get(first, "")
    if first.endswith("s"):  # a plural would need another verb too: `Naciones Unidas tiene`
        return ""
    if first in _MASCULINE_IN_A:
        return "el"
    return "la" if first.endswith(_FEMININE_ENDINGS) else "el"


def _has_english_article(words: Sequence[str], kind: str) -> bool:
    if kind in ("office", "body"):
        return True
    if kind == "member":
        return words[0] in _PLACES_EN or words[-1] in _PLACES_EN
    return len(words) > 1 and not _NOUNS_EN.isdisjoint(words)


def with_article(name: str, article: str) -> str:
    """Return a name with its article: `la Presidencia Pro-Témpore`."""
    return f"{article} {name}" if article else name


def of_name(name: str, article: str, language: str) -> str:
    """Return a name after `of`: `de la CRM`, `del GRCM`, `of the GRCM`."""
    if language != "es":
        return f"of {with_article(name, article)}"
    return f"del {name}" if article == "el" else f"de {with_article(name, article)}"


def to_name(name: str, article: str, language: str) -> str:
    """Return a name after `to`: `a México`, `al Grupo Regional`, `to the Chair`."""
    if language != "es":
        return f"to {with_article(name, article)}"
    return f"al {name}" if article == "el" else f"a {with_article(name, article)}"


def enumerated(names: Sequence[str], language: str) -> str:
    """Return names as a sentence lists them: `Belice, Canadá y México`."""
    if len(names) < 2:
        return "".join(names)
    joint = "and"
    if language == "es":
        following = fold(names[-1])
        has_i = following.startswith(("i", "hi")) and not following.startswith(("io", "hia", "hie"))
        joint = "e" if has_i else "y"
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"
