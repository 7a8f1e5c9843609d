"""What the head of a document says of the meeting: body, title, place, days, who took part."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.minutes.mentions import Names
from grcm_cli.minutes.words import Word, words_of
from grcm_cli.text import fold_words
from grcm_cli.wording.days import Span, spans_in


class Found(NamedTuple):
    """A value, with the words from which it was taken."""

    value: str
    words: str


class Header(NamedTuple):
    """What the document says of the meeting; None or empty where it says nothing."""

    language: str
    body: Found | None = None
    title: Found | None = None
    place: Found | None = None
    country: Found | None = None
    days: Sequence[Span] = ()
    """The days that are stated, the first first; more than one where the document disagrees."""
    days_words: str = ""
    participants: Sequence[str] = ()
    participants_words: str = ""
    observers: Sequence[str] = ()
    everybody: bool = False
    """All members took part, says the document."""
    unknown: Sequence[str] = ()
    """Names among those who took part that the register does not have."""


_SPANISH = frozenset(
    [
        "de",
        "la",
        "el",
        "los",
        "las",
        "del",
        "que",
        "en",
        "y",
        "a",
        "para",
        "por",
        "con",
        "una",
        "se",
        "al",
        "su",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "for",
        "with",
        "by",
        "on",
        "its",
        "be",
        "at",
        "as",
        "from",
        "a",
    ]
)


def language_of(text: str) -> str:
    """Return the language of a text by its smallest words: `es` or `en`."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    spanish = sum(word in _SPANISH for word in words)
    english = sum(word in _ENGLISH for word in words)
    return "es" if spanish >= english else "en"


def read_header(lines: Sequence[str], language: str, names: Names) -> Header:
    """Return what the head of a document says."""
    text = "\n".join(lines)
    words = words_of(text, language)
    named = list(_named(words, names))
    spans = [span for span in spans_in(text) if not _is_filing(text, span)]
    days = _stated(spans)
    place, country = _place(text, spans, names)
    roles = _roles(text, named, names)
    title = _title(lines)
    return Header(
        language,
        _body(text, named, names, title),
        title,
        place,
        country,
        days,
        text[days[0].start : days[0].end] if days else "",
        *roles,
        _unknown(roles[1], names, language),
    )


class _Named(NamedTuple):
    start: int
    end: int
    code: str


def _named(words: Sequence[Word], names: Names) -> Iterator[_Named]:
    place = 0
    while place < len(words):
        found = names.at(words, place)
        if found:
            yield _Named(words[place].start, words[found[0] - 1].end, found[1])
            place = found[0]
        else:
            place += 1


# --- days --------------------------------------------------------------------------------------

_FILING = re.compile(
    r"(?:distr|original|fecha|date|versi[oó]n|version|documento|document|rev\.)[^\n]*$", re.I
)


def _is_filing(text: str, span: Span) -> bool:
    """Tell whether a date is that of the paper and not of the meeting."""
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    return _FILING.match(line.strip()) is not None


def _stated(spans: Sequence[Span]) -> list[Span]:
    """Return the different days that a head states; a single day within a span says no other."""
    found: list[Span] = []
    for span in spans:
        same = [known for known in found if known.first <= span.first and span.last <= known.last]
        wider = [known for known in found if span.first <= known.first and known.last <= span.last]
        if wider and not same:
            found[found.index(wider[0])] = span
        elif not same:
            found.append(span)
    return [span for span in found if abs((span.first - found[0].first).days) < 60]


# --- place -------------------------------------------------------------------------------------

_TOWN = r"(?P<town>[A-ZÁÉÍÓÚÑÜ][\w'’.-]*(?:[ ]+(?:(?:de|del|la|las|los|el|y|of|the|d[’'])[ ]+)*[A-ZÁÉÍÓÚÑÜ][\w'’.-]*){0,4})"
_BEFORE_DAYS = re.compile(
    rf"(?:^|\n|\(|(?<=[A-ZÁÉÍÓÚÑ]{{3}}\s)(?=[A-ZÁÉÍÓÚ][a-záéíóúñ])|\b(?:en|in|at)\s+(?:la\s+ciudad\s+de\s+|the\s+city\s+of\s+|ciudad\s+de\s+|la\s+|el\s+|the\s+)?){_TOWN}"
    r"(?:\s*(?:,|\()\s*(?P<country>[A-ZÁÉÍÓÚÑ][\w .'’-]{2,40}?)\)?)?\s*[,;]?\s*(?:\(|\n)?\s*"
    r"(?:(?:del|de|los\s+d[ií]as|durante\s+los\s+d[ií]as|el|from|on|between|entre|the)\s*)*$"
)
_AFTER_DAYS = re.compile(
    rf"\s*,?\s*(?:en|in|at)\s+(?:la\s+ciudad\s+de\s+|the\s+city\s+of\s+)?{_TOWN}"
    r"(?:\s*(?:,|\()\s*(?P<country>[A-ZÁÉÍÓÚÑ][\w .'’-]{2,40}?)(?=[,.;)\n]|$))?"
)


def _place(text: str, spans: Sequence[Span], names: Names) -> tuple[Found | None, Found | None]:
    """Return the town before or after the days, and its country where that is a member."""
    best: tuple[Found | None, Found | None] = (None, None)
    for span in spans:
        for match in (
            _BEFORE_DAYS.search(text[max(0, span.start - 140) : span.start]),
            _AFTER_DAYS.match(text, span.end),
        ):
            if match is None or _is_no_town(match["town"]):
                continue
            country = _country(match["country"] or "", names)
            found = Found(" ".join(match["town"].split()), " ".join(match[0].split()))
            if country or not best[0]:
                best = found, country
            if country:
                return best
    return best


def _is_no_town(town: str) -> bool:
    return fold_words(town).split()[0] in {
        "reunion",
        "meeting",
        "session",
        "sesion",
        "the",
        "el",
        "la",
    }


def _country(written: str, names: Names) -> Found | None:
    words = words_of(written.strip(), "en")
    found = names.at(words, 0) if words else None
    if found is None or names.parties[found[1]].kind != "member":
        return None
    return Found(found[1], written.strip())


# --- title and body ----------------------------------------------------------------------------

_TITLE = re.compile(
    r"\b(?:reuni[oó]n|sesi[oó]n|per[ií]odo de sesiones|asamblea|conferencia|cumbre|encuentro|meeting|session|assembly"
    r"|conference|summit)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:versi[oó]n|final|draft|borrador|proyecto|distr|original|provisional)\b", re.I
)
_LIST_OF = re.compile(
    r"^(?:conclusiones|acuerdos|decisiones|resoluciones|recomendaciones|conclusions|agreements|decisions"
    r"|resolutions|recommendations|action points|compromisos)\W*$",
    re.IGNORECASE,
)


def _title(lines: Sequence[str]) -> Found | None:
    for place, line in enumerate(lines[:12]):
        plain = line.strip(" –—-*")
        words = _without_days(plain)
        ends = words == plain and plain.endswith((".", ":"))
        if not _TITLE.search(words) or _STATUS.match(plain) or ends:
            continue
        following = place + 1
        while following < len(lines) and _goes_on(words, lines[following]):
            words += " " + lines[following].strip()
            following += 1
        words = _without_days(words)
        if words and len(words.split()) <= 40:
            return Found(" ".join(words.split()), " ".join(words.split()))
    return None


def _goes_on(title: str, line: str) -> bool:
    """Tell whether a title goes on in the next line: capitals, after a small word or capitals."""
    text = line.strip()
    ends_small = fold_words(title.rsplit(maxsplit=1)[-1]) in {
        "de",
        "la",
        "del",
        "of",
        "the",
        "los",
        "el",
        "on",
        "sobre",
        "y",
        "and",
        "for",
        "para",
    }
    return bool(text) and not _LIST_OF.match(text) and ends_small and text[:1].isupper()


def _without_days(title: str) -> str:
    """Return a title without the place and days that stand on its line."""
    spans = spans_in(title)
    if not spans:
        return title
    head = title[: spans[0].start]
    match = _BEFORE_DAYS.search(head)
    return (head[: match.start()] if match else head).strip(" ,(")


def _body(text: str, named: Sequence[_Named], names: Names, title: Found | None) -> Found | None:
    bodies = [found for found in named if names.parties[found.code].kind == "body"]
    if not bodies:
        return None
    counts: dict[str, float] = {}
    for found in bodies:
        in_title = (
            bool(title)
            and text.find(title.value[:30])
            <= found.start
            < text.find(title.value[:30]) + len(title.value)
            if title
            else False
        )
        counts[found.code] = counts.get(found.code, 0) + 1 + 3 * in_title
    best = max(bodies, key=lambda found: counts[found.code])
    return Found(best.code, text[best.start : best.end])


# --- who took part -----------------------------------------------------------------------------

_TAKING_PART = re.compile(
    r"(?:con\s+la\s+(?:participaci[oó]n|asistencia|presencia)|participaron|asistieron|participantes|pa[ií]ses\s+participantes|presentes|with\s+the\s+participation|attended\s+by|participants|participating\s+countries|present\s*:|members\s+present|took\s+part|attended|participated|were\s+represented|estuvieron\s+representad[oa]s|estuvieron\s+presentes|representatives\s+of|representantes\s+de|delegad[oa]s\s+de|delegates\s+(?:of|from)|delegations\s+(?:of|from))",
    re.IGNORECASE,
)
_WATCHING = re.compile(r"observador|observer", re.IGNORECASE)
_ABSENT = re.compile(
    r"ausente|ausencia|excus|absent|apologies|no\s+asisti|did\s+not\s+attend|unable\s+to\s+attend|not\s+represented",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:tod[oa]s\s+(?:los|las)\s+(?:pa[ií]ses|estados|delegaciones|miembros)|la\s+totalidad\s+de\s+los|all\s+(?:the\s+)?(?:member|members|countries|states|delegations))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<=[.;\n])\s*|,?\s+(?:y|and)\s+(?=(?:con|with|by|como|as)\s)|,\s+(?=(?:and\s+)?by\s)|(?=\b(?:en calidad de|como|as)\s+observ)|\bexcept\b|\bsalvo\b|\bexcepto\b"
)


def _roles(
    text: str, named: Sequence[_Named], names: Names
) -> tuple[Sequence[str], str, Sequence[str], bool]:
    taking: dict[str, None] = {}
    watching: dict[str, None] = {}
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
            elif kind == "member":
                taking[found.code] = None
                said = said or " ".join(
                    sentence[cue.start() if cue and not is_list else 0 :].split()
                )
    return list(taking), said, list(watching), everybody


_LISTED = re.compile(
    r"(?:participaci[oó]n|asistencia|presencia|participation|by|participantes|participants|countries|delegad[oa]s|delegates|representantes|representatives)\s*(?:de|of|:)?\s*(?P<list>.+)$",
    re.I | re.S,
)


def _unknown(said: str, names: Names, language: str) -> list[str]:
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


def _is_host(text: str, found: _Named, start: int, cue: re.Match[str] | None) -> bool:
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
        r"(?<=[^A-Z\s][.;])\s+(?=[A-ZÁÉÍÓÚ“])|(?<=:)\n|\n(?=[^\n]{0,40}:)|\n\n", text
    ):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def all_members(names: Names, day: date) -> list[str]:
    """Return the codes of the members on a day, in the register's order."""
    return [p.code for p in names.parties.values() if p.kind == "member" and p.belongs_on(day)]
