"""What the head of a document says of the meeting: body, title, place, days, who took part."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from grcm_cli.drafting.attendance import Named, named_in, unknown_names, who_took_part
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.words import words_of
from grcm_cli.language.days import Span, spans_in
from grcm_cli.language.text import fold_words


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
    absent: Sequence[str] = ()
    """But these."""
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


def read_header(lines: Sequence[str], language: str, names: PartyNames) -> Header:
    """Return what the head of a document says."""
    text = "\n".join(lines)
    words = words_of(text, language)
    named = list(named_in(words, names))
    spans = [span for span in spans_in(text) if not _is_filing(text, span)]
    days = _stated(spans)
    place, country = _place(text, spans, names)
    roles = who_took_part(text, named, names)
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
        unknown_names(roles.said, names, language),
    )


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


def _place(
    text: str, spans: Sequence[Span], names: PartyNames
) -> tuple[Found | None, Found | None]:
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


def _country(written: str, names: PartyNames) -> Found | None:
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


def _body(
    text: str, named: Sequence[Named], names: PartyNames, title: Found | None
) -> Found | None:
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
