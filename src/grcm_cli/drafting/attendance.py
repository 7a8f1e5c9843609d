"""Who took part in a meeting, who watched, who was absent, as the head of its document says."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.words import Word, words_of


class Named(NamedTuple):
    """A party, and where it is named."""

    start: int
    end: int
    code: str


def named_in(words: Sequence[Word], names: PartyNames) -> Iterator[Named]:
    """Yield the parties that a head names, in its order."""
    place = 0
    while place < len(words):
        found = names.at(words, place)
        if found:
            yield Named(words[place].start, words[found[0] - 1].end, found[1])
            place = found[0]
        else:
            place += 1


_TAKING_PART = re.compile(
    r"(?:con\s+la\s+(?:participaci[oó]n|asistencia|presencia)|participaron|asistieron|participantes|pa[ií]ses\s+participantes|presentes|pa[ií]ses\s+asistentes|asistentes|with\s+the\s+participation|attended\s+by|participants|participating\s+countries|present\s*:|members\s+present|took\s+part|attended|participated|were\s+represented|estuvieron\s+representad[oa]s|estuvieron\s+presentes|representatives\s+of|representantes\s+de|delegad[oa]s\s+de|delegates\s+(?:of|from)|delegations\s+(?:of|from))",
    re.IGNORECASE,
)


_WATCHING = re.compile(r"observador|observer", re.IGNORECASE)


_ABSENT = re.compile(
    r"ausente|ausencia|excus|absent|apologies|no\s+asisti|did\s+not\s+attend|unable\s+to\s+attend|not\s+represented",
    re.IGNORECASE,
)


_ALL = re.compile(
    r"(?:tod[oa]s\s+(?:los|las)\s+(?:pa[ií]ses|estados|delegaciones|miembros)|la\s+totalidad\s+de\s+los"
    r"|l[oa]s\s+(?:\d+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w+|veint\w+|treinta)\s+(?:pa[ií]ses|estados)\s+(?:miembros|participantes|signatarios|partes)"
    r"|all\s+(?:the\s+)?(?:\w+\s+)?(?:member|members|countries|states|delegations)"
    r"|the\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty)\s+(?:members|member\s+(?:states|countries)))",
    re.IGNORECASE,
)


_BUT = re.compile(r"\b(?:salvo|excepto|menos|excepci[oó]n|except|exception|but)\b", re.IGNORECASE)


class Attendance(NamedTuple):
    """Who took part, the words that say so, who watched; whether all did, but for whom."""

    taking: Sequence[str]
    said: str
    watching: Sequence[str]
    everybody: bool
    absent: Sequence[str]


def who_took_part(text: str, named: Sequence[Named], names: PartyNames) -> Attendance:
    """Return what the head of a document says of those who were there."""
    taking: dict[str, None] = {}
    watching: dict[str, None] = {}
    absent: list[str] = []
    said, everybody = "", False
    is_list = False
    for sentence_start, sentence_end in _sentences(text):
        sentence = text[sentence_start:sentence_end]
        cue = _TAKING_PART.search(sentence)
        watch = _WATCHING.search(sentence)
        inside = [n for n in named if sentence_start <= n.start < sentence_end]
        if not (cue or watch or (is_list and inside)):
            is_list = False
            continue
        is_list = sentence.rstrip().endswith(":") or (is_list and bool(inside))
        if _ABSENT.search(sentence) and not cue:
            continue
        if cue and _ALL.search(sentence, 0) and not (watch and watch.start() < cue.start()):
            everybody = True
            said = said or " ".join(sentence[cue.start() :].split())
            but = _BUT.search(sentence)
            if but:
                less = [n for n in inside if n.start >= sentence_start + but.start()]
                absent += [n.code for n in less if names.parties[n.code].kind == "member"]
        after = watch is not None and any(n.start >= sentence_start + watch.start() for n in inside)
        for found in inside:
            kind = names.parties[found.code].kind
            if kind in ("body", "office") or _is_host(text, found, sentence_start, cue):
                continue
            sees = watch is not None and (
                found.start >= sentence_start + watch.start() if after else kind != "member"
            )
            if sees:
                watching[found.code] = None
            elif kind == "member" and found.code not in absent:
                taking[found.code] = None
                said = said or " ".join(
                    sentence[cue.start() if cue and not is_list else 0 :].split()
                )
    return Attendance(list(taking), said, list(watching), everybody, absent)


_LISTED = re.compile(
    r"(?:participaci[oó]n|asistencia|presencia|participation|by|participantes|participants|countries|delegad[oa]s|delegates|representantes|representatives)\s*(?:de|of|:)?\s*(?P<list>.+)$",
    re.I | re.S,
)


def unknown_names(said: str, names: PartyNames, language: str) -> list[str]:
    """Return the names in a list of those who took part that mean no party."""
    match = _LISTED.search(said)
    if match is None:
        return []
    listed = re.split(r"[.;:]", match["list"])[0]
    found = []
    for part in re.split(r",\s*|\s+(?:y|e|and)\s+", listed):
        name = re.sub(r"^(?:(?:de|del|la|el|los|las|the|of)\s+)+", "", part.strip())
        words = words_of(name, language)
        known = any(names.at(words, place) for place in range(len(words)))
        if name[:1].isupper() and len(words) <= 6 and not known:
            found.append(name)
    return found


def _is_host(text: str, found: Named, start: int, cue: re.Match[str] | None) -> bool:
    """Tell whether a country is named as the place, before it is said who took part."""
    before_cue = cue is not None and found.start < start + cue.start()
    after = text[found.end : found.end + 14]
    lists = (
        re.match(r"\s*(?:,|y\b|and\b|took|particip|attend|were|asist|estuv|fueron)", after)
        is not None
    )
    verbs = cue is not None and re.match(r"took|particip|attended$|were|asist|estuv", cue[0], re.I)
    return bool(before_cue and not (verbs and lists))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a head; a line of a list is one, a wrapped line is none."""
    start = 0
    for match in re.finditer(
        r"(?<=[^A-Z\s][.;])\s+(?=[A-ZÁÉÍÓÚ“])|(?<=:)\n|\n(?=[^\n.;]{0,40}:)|\n\n", text
    ):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def all_members(names: PartyNames, day: date) -> list[str]:
    """Return the codes of the members on a day, in the register's order."""
    return [p.code for p in names.parties.values() if p.kind == "member" and p.belongs_on(day)]
