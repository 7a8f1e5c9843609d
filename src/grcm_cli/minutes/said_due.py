"""By when, as a text says it → the closed grammar of `due`. A date that is no deadline is none."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.deadlines import parse_period
from grcm_cli.minutes.ordinals import ordinals_in

_MONTHS = {
    name: number
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
} | {"setiembre": 9}
_NUMBERS = {
    name: number
    for names in (
        "un dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "one two three four five six seven eight nine ten eleven twelve",
    )
    for number, name in enumerate(names.split(), 1)
} | {"una": 1, "a": 1, "an": 1, "fifteen": 15, "quince": 15, "veinte": 20, "twenty": 20, "fortnight": 2,
     "treinta": 30, "thirty": 30, "cuarenta": 40, "forty": 40, "cuarenta y cinco": 45,
     "forty-five": 45, "sesenta": 60, "sixty": 60, "noventa": 90, "ninety": 90, "dieciocho": 18,
     "eighteen": 18, "veinticuatro": 24, "twenty-four": 24, "catorce": 14, "fourteen": 14,
     "ciento veinte": 120, "ciento ochenta": 180, "cien": 100, "hundred": 100}  # fmt: skip
_ORDINALS = {
    **{
        "primer": 1,
        "primero": 1,
        "segundo": 2,
        "tercer": 3,
        "tercero": 3,
        "cuarto": 4,
        "último": 4,
    },
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3},
    **{"4th": 4, "primera": 1, "segunda": 2},
}
_UNITS = {
    **{"día": "days", "días": "days", "dia": "days", "dias": "days", "day": "days", "days": "days"},
    **{"semana": "weeks", "semanas": "weeks", "week": "weeks", "weeks": "weeks"},
    **{"mes": "months", "meses": "months", "month": "months", "months": "months"},
    **{"trimestre": "3 months", "semestre": "6 months", "bienio": "2 years", "quarter": "3 months"},
    **{"half-year": "6 months", "biennium": "2 years"},
    **{"año": "years", "años": "years", "year": "years", "years": "years"},
}
_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_N = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_O = "|".join(_ORDINALS)
_U = "|".join(sorted(_UNITS, key=len, reverse=True))
_WEEKDAY = "(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR_SAID = (
    r"(?:\s*,?\s+(?:del?|of|in)?\s*(?:(?P<next_year>(?:pr[oó]ximo\s+año|año\s+(?:pr[oó]ximo|siguiente|entrante)|next\s+year|(?:the\s+)?following\s+year))"
    r"|(?P<this_year>(?:presente|mismo|este)\s+año|año\s+(?:en\s+curso|actual)|corriente\s+año|this\s+year|the\s+(?:current|same)\s+year)))?"
)
_DAY = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?<![0-9])(?P<d>[0-9]{{1,2}})(?:º|°|er|st|nd|rd|th)?\.?\s+(?:de\s+|of\s+|day of\s+)?(?P<m>{_M})(?:,?\s+(?:del?\s+)?(?:año\s+)?(?P<y>[0-9]{{4}}))?"
    rf"|(?P<m2>{_M})\s+(?P<d2>[0-9]{{1,2}})(?![0-9])(?:st|nd|rd|th)?(?:,?\s+(?P<y2>[0-9]{{4}}))?)"
    + _YEAR_SAID
)
_MONTH = rf"(?P<pm>{_M})(?:,?\s+(?:del?\s+)?(?:año\s+)?(?P<py>[0-9]{{4}}))?"
_YEAR = r"(?:del?\s+|el\s+|año\s+|the\s+year\s+|of\s+)*(?P<yy>(?:19|20)[0-9]{2})"


class Said(NamedTuple):
    """A deadline that a text sets."""

    due: str
    start: int
    end: int
    sure: bool = True
    """False where something was inferred: a year, the body of a next meeting."""


class Scene(NamedTuple):
    """What a deadline is read against."""

    ended: date
    """The meeting's last day."""
    body: str
    body_after: Callable[[int, int], str]
    """Returns the body that a stretch of the text names, or nothing."""
    body_before: Callable[[int, int], str]
    """Returns the body that a stretch names last, or nothing: the one that *its* means."""
    meeting: Callable[[str, set[int]], str | None]
    """Returns the id of a body's later meeting with an ordinal; empty where it is in no file yet,
    and None where it is past."""
    holds: bool
    """The duty is to hold something: the day of the event is its deadline."""


_BY = (
    r"(?:(?:no|nunca)\s+después\s+(?:del?|de\s+el)|not\s+after|at\s+any\s+rate\s+by|a\s+más\s+tardar(?:\s+(?:el|en|al|para|a))?(?:\s+(?:el\s+)?(?:d[ií]a|mes\s+de))?|no\s+más\s+tarde\s+(?:del?|que)(?:\s+el)?"
    r"|(?:no|not)\s+later\s+than(?:\s+on)?|on\s+or\s+before|by|para\s+el|para\s+fines\s+de|al\s+más\s+tardar(?:\s+el)?"
    r"|hasta\s+el|hasta|until|con\s+fecha\s+límite\s+(?:el|del)|con\s+plazo\s+(?:al|hasta\s+el)|plazo:?|deadline:?|as\s+late\s+as|at\s+the\s+latest\s+(?:by|on|in)|al)"
)
_BEFORE = r"(?:antes\s+de\s+que|con\s+antelación\s+al?|ahead\s+of|antes\s+de(?:l|\s+el)?(?:\s+(?:d[ií]a|mes\s+de|próximo))?|before|prior\s+to|con\s+anterioridad\s+al?)"
_END = (
    r"(?:(?:el\s+|la\s+)?(?:fin(?:es|al|ales)?|término|cierre)\s+(?:de|del)(?:\s+(?:mes|año)\s+de)?"
    r"|(?:the\s+)?(?:end|close)\s+of|(?:concluya|termine|finalice|acabe|concluir|terminar|finalizar|expiry\s+of|conclusion\s+of)(?:\s+el)?|mediados\s+de|principios\s+de|comienzos\s+de|inicios\s+de|the\s+(?:beginning|start|middle)\s+of|early|mid-|late)\s*(?:el\s+|the\s+)?(?:mes\s+de\s+|month\s+of\s+|año\s+|year\s+)?"
)
_MEETING = (
    r"(?:reunión|sesión|per[ií]odo\s+de\s+sesiones|asamblea|conferencia|cumbre|encuentro"
    r"|meeting|session|assembly|conference|summit)"
)
_NEXT = (
    rf"(?P<next>(?:(?:la|su|el|the|its|their|our|nuestra|dicha)\s+)?(?:próxim[oa]|siguiente|next|following|forthcoming|upcoming)\s+"
    rf"(?:(?:regular|annual|ordinary|plenary|statutory)\s+)?{_MEETING}(?:\s+(?:ordinaria|anual|plenaria|viceministerial))?"
    rf"|(?:la|una|the)\s+(?:primera\s+)?{_MEETING}\s+que\s+(?:\w+\s+)?(?:celebr|teng|realic)\w+|(?:when|the\s+next\s+time)\s+it\s+(?:next\s+)?meets)"
)
_THIS = re.compile(
    r"(?:(?:antes\s+de(?:\s+que)?|a|al|by|before)\s+)?(?:fin(?:es|al|ales|alizar|alice)?|termin(?:ar|e)|conclui?r?|concluya|acab(?:ar|e)|cierre|the\s+(?:end|close|turn)|end|close)"
    r"\s*(?:de(?:l)?|of)?\s*(?:el|the|this|este)?\s*(?:presente\s+|current\s+)?(?:año|year)(?:\s+en\s+curso)?(?!\s+(?:[0-9]|pr[oó]xim|siguiente|de\s+[0-9]))(?!\w)"
    r"|before\s+the\s+year\s+is\s+out|(?:en\s+el\s+curso|dentro|antes\s+del\s+fin)\s+del\s+(?:presente|este)\s+año",
    re.IGNORECASE,
)


def said_due(text: str, start: int, end: int, scene: Scene) -> Said | None:
    """Return the first deadline that a stretch of a text sets, or None."""
    found = [
        said
        for reader in _READERS
        for said in reader(text, start, end, scene)
        if _holds_good(text, said, start, scene)
    ]
    # A soft word beside a day says less than the day; what comes back counts before when it begins.
    rank = {"ongoing": 2, "asap": 2}
    return min(
        found,
        key=lambda said: (rank.get(said.due, 1 - said.due.startswith("every")), said.start),
        default=None,
    )


_PAST = re.compile(
    r"(?:celebrad[oa]s?|realizad[oa]s?|que\s+(?:tuvo|tuvieron)\s+lugar|aprobad[oa]s?|adoptad[oa]s?|held|adopted|approved|issued"
    r"|conducted|vigente|correspondiente|que\s+se\s+(?:celebrará|realizará|llevará\s+a\s+cabo)|(?:which|that)\s+(?:will|would)"
    r"|to\s+be\s+held|presentad[oa]s?|published|publicad[oa]s?|concluid[oa]|iniciad[oa]|that\s+(?:was|were)|ending|as\s+at"
    r"|previst[oa]s?|programad[oa]s?|scheduled|in\s+force|en\s+vigor|hosted|remitid[oa]s?|fechad[oa]|dated)[^.;,]{0,40}$",
    re.IGNORECASE,
)


_TO_BE = re.compile(
    r"\b(?:ser[áa]n?|sean?|estar|esté|estén|ser|haber\s+sido|shall\s+be|will\s+be|should\s+be|must\s+be)\s+(?!held)\w+",
    re.IGNORECASE,
)


def _holds_good(text: str, said: Said, start: int, scene: Scene) -> bool:
    """Tell whether a date belongs to the duty, and not to something that the text speaks of."""
    before = text[max(start, said.start - 70) : said.start]
    before = _TO_BE.sub("", before)  # "será remitida a más tardar": what is to be done
    if (
        said.due.startswith("next ")
        or said.due.startswith("every ")
        or said.due in ("asap", "ongoing")
    ):
        return True
    return _PAST.search(before) is None


# --- recurring ---------------------------------------------------------------------------------

_EVERY = re.compile(
    rf"(?:al\s+(?:término|final|cierre)\s+de\s+|at\s+the\s+end\s+of\s+)?(?:cada|every|each|todos\s+los)\s+(?:(?P<n>{_N}|[0-9]+)\s+)?(?P<u>{_U})(?!\w)(?:,?\s+(?:{_BY}|{_BEFORE}|on|el|in)\s+(?:the\s+)?(?P<day>{_DAY}))?",
    re.IGNORECASE,
)
_BY_YEAR = re.compile(
    rf"(?P<how>{_BY}|{_BEFORE}|on|el)\s+(?:el\s+|the\s+)?(?P<day>{_DAY}),?\s+(?:(?:de|of|in)\s+)?(?:cada|each|every)\s+(?:año|year|calendar\s+year)",
    re.IGNORECASE,
)
_ADVERBS = (
    (
        r"anualmente|una\s+vez\s+al\s+año|annually|yearly|once\s+a\s+year|con\s+periodicidad\s+anual|por\s+año|al\s+año|per\s+year|on\s+an\s+annual\s+basis",
        "every year",
    ),
    (
        r"semestralmente|dos\s+veces\s+al\s+año|twice\s+a\s+year|con\s+periodicidad\s+semestral|every\s+half-?year|semi-annually|biannually",
        "every 6 months",
    ),
    (
        r"trimestralmente|con\s+periodicidad\s+trimestral|quarterly|on\s+a\s+quarterly\s+basis",
        "every 3 months",
    ),
    (
        r"mensualmente|una\s+vez\s+al\s+mes|mes\s+a\s+mes|monthly|on\s+a\s+monthly\s+basis|con\s+periodicidad\s+mensual",
        "every month",
    ),
    (r"bienalmente|cada\s+bienio|biennially|con\s+periodicidad\s+bienal", "every 2 years"),
)
_ADVERB = [
    (
        re.compile(
            rf"(?<!\w)(?:{words})(?!\w)(?!\s+[a-záéíóúñ])(?=[\s,.;:]|$)|(?<!\w)(?:{words})(?=\s+(?:a|al|el|la|los|las|to|the|on|with|sobre|un|una|de)\s)",
            re.I,
        ),
        due,
    )
    for words, due in _ADVERBS
]
_EACH_MEETING = re.compile(
    r"(?:en|at|to|a)\s+(?:cada|each|every)\s+(?:una\s+de\s+)?(?:(?:sus|its|las|the|regular|ordinary)\s+)*(?:reunión|reuniones|sesión|sesiones|período\s+de\s+sesiones|meeting|session|asamblea|assembly)(?:\s+ordinaria)?",
    re.IGNORECASE,
)


_THEN_BY = re.compile(
    rf",?\s+(?:{_BY}|{_BEFORE}|on|el)\s+(?:el\s+|the\s+)?(?P<day>{_DAY})", re.IGNORECASE
)


def _recurring(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _BY_YEAR.finditer(text, start, end):
        month_day = _month_day(match, back=_is_before(match["how"]))
        if month_day:
            yield Said(f"every year on {month_day}", match.start(), match.end())
    for match in _EVERY.finditer(text, start, end):
        size, _space, unit = _UNITS[match["u"].lower()].rpartition(" ")
        count = _number(match["n"] or "1") * int(size or 1)
        if (unit == "days" and not match["n"]) or not count:
            continue
        if (unit, count) == ("years", 1) and match["day"]:
            month_day = _month_day(match, back=_has_before(match[0]))
            yield Said(f"every year on {month_day}" if month_day else "every year", *match.span())
        else:
            yield Said(
                f"every {count} {unit}" if count > 1 else f"every {unit[:-1]}", *match.span()
            )
    for pattern, due in _ADVERB:
        for match in pattern.finditer(text, start, end):
            by = _THEN_BY.match(text, match.end()) if due == "every year" else None
            month_day = _month_day(by, back=_has_before(by[0])) if by else ""
            yield Said(
                f"{due} on {month_day}" if month_day else due, match.start(), (by or match).end()
            )
    for match in _EACH_MEETING.finditer(text, start, end):
        body = scene.body_after(match.start(), min(end, match.end() + 60)) or scene.body
        yield Said(f"every {body}", *match.span())


# --- the next meeting --------------------------------------------------------------------------

_AT_NEXT = re.compile(_NEXT, re.IGNORECASE)


def _next_meeting(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _AT_NEXT.finditer(text, start, end):
        before = text[max(start, match.start() - 40) : match.start()].lower()
        if re.search(
            r"(?:organi[zs]ar|hold|host|convene|convocar|acoger|sede\s+de|orden\s+del\s+día\s+para)\s*$",
            before,
        ):
            continue
        named = scene.body_after(match.start(), min(end, match.end() + 70))
        if not named and re.match(r"(?:su|its|their)\b", match[0], re.IGNORECASE):
            named = scene.body_before(start, match.start())
        own = re.match(
            r"\s*(?:de|of)\s+(?:el\s+|la\s+|the\s+|este\s+|esta\s+|this\s+)?", text[match.end() :]
        )
        yield Said(
            f"next {named or scene.body}", match.start(), match.end(), bool(named) or not own
        )


_ORDINAL_MEETING = re.compile(
    rf"(?:(?:en|a|para|antes\s+de|at|to|by|before|con\s+antelación\s+a)\s+)(?:la|su|the|its)\s+(?P<o>[IVXL]+|[0-9]{{1,2}}(?:\.?[ªa]|st|nd|rd|th)|[A-Za-zÁÉÍÓÚáéíóú]+(?:-[a-z]+)?(?:\s+(?:primera|segunda|tercera|cuarta|quinta|sexta|séptima|octava|novena))?)\s+(?:(?:regular|ordinary|annual)\s+)?{_MEETING}(?!\w)",
    re.IGNORECASE,
)


def _numbered_meeting(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the later meeting that a text names by its number: *en su sexta reunión*."""
    for match in _ORDINAL_MEETING.finditer(text, start, end):
        numbers = ordinals_in(match["o"])
        if not numbers:
            continue
        body = scene.body_after(match.start("o"), min(end, match.end() + 70))
        body = body or scene.body_before(start, match.start()) or scene.body
        found = scene.meeting(body, numbers)
        if found is not None:
            yield Said(found or f"next {body}", match.start("o"), match.end(), sure=bool(found))


# --- durations ---------------------------------------------------------------------------------

_WITHIN = re.compile(
    rf"(?:(?:en|dentro\s+de)\s+(?:un|el)\s+(?:plazo|lapso|término)(?:\s+(?:máximo|no\s+(?:mayor|superior)))?\s+(?:de|a)"
    rf"|(?:en|dentro\s+de)\s+(?:el\s+)?(?:trans)?curso\s+de|dentro\s+de|en(?=\s+(?:los|las)\s)|within|in(?=\s+the\s+(?:next|coming|following))|over(?=\s+the\s+(?:next|coming))"
    rf"|no\s+later\s+than|a\s+más\s+tardar(?:,?\s+en)?|al\s+cabo\s+de|plazo\s+de|en\s+un\s+máximo\s+de|in\s+no\s+more\s+than|antes\s+de(?:\s+que\s+transcurran)?)"
    rf"\s+(?:(?:los|las|the|un\s+plazo\s+de|a\s+period\s+of)\s+)?(?:(?:próxim[oa]s|siguientes|next|coming|following)\s+)?(?P<n>{_N}|[0-9]+)(?:\s*\([^)]*\))?"
    rf"\s+(?:(?:próxim[oa]s|siguientes|calendar|working|business)\s+)?(?P<u>{_U})(?!\w)(?!\s+(?:antes|before))"
    rf"(?P<of>,?\s+(?:naturales|hábiles|calendario|siguientes|posteriores|contados|a\s+contar|counted|counting|following|after|of|from|a\s+partir|desde|a\s+la|al|tras|después)[^,.;]{{0,70}})?",
    re.IGNORECASE,
)
_THIS_MEETING = re.compile(
    r"(?:reunión|sesión|período\s+de\s+sesiones|clausura|asamblea|meeting|session|closure|close|esta\s+fecha|la\s+fecha|adopci[oó]n|"
    r"conclusi[oó]n|end\s+of|present[ea]s?|today|hoy|this\s+decision|these|adoption)",
    re.IGNORECASE,
)


def _within(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _WITHIN.finditer(text, start, end):
        count = _number(match["n"])
        of = match["of"] or ""
        if not count:
            continue
        anchored = re.search(
            rf"(?:of|de|del|desde\s+el|from|after|partir\s+del?|al)\s+(?P<day>{_DAY})",
            of,
            re.IGNORECASE,
        )
        unit = _UNITS[match["u"].lower()]
        said = f"within {count} {unit if count > 1 else unit[:-1]}"
        if anchored:
            day = _day(anchored, scene)
            if day:
                yield Said(f"{said} of {day}", match.start(), match.start() + len(match[0]))
        elif (
            not of.strip()
            or _THIS_MEETING.search(of)
            or re.fullmatch(
                r"\s+(?:naturales|hábiles|calendario|siguientes|posteriores|following)\s*", of
            )
        ):
            yield Said(said, *match.span())


# --- days and periods --------------------------------------------------------------------------

_BY_DAY = re.compile(
    rf"(?<!\w)(?P<how>{_BY}|{_BEFORE})\s+(?:el\s+|the\s+|día\s+)*(?P<day>{_DAY})", re.IGNORECASE
)
_AROUND = re.compile(
    rf"(?<!\w)(?:a|hacia|para|de\s+aquí\s+a|en|at|around|towards?)\s+(?P<end>{_END}){_MONTH}{_YEAR_SAID}",
    re.IGNORECASE,
)
_THIS_MONTH = re.compile(
    r"(?:antes\s+de|a|by|before)\s+(?:the\s+)?(?:fin(?:es|al)?\s+de(?:l)?|end\s+of\s+(?:the|this))\s*(?:presente\s+)?(?:mes|month)(?!\w)|within\s+the\s+month(?!\s+of)",
    re.IGNORECASE,
)
_WITHIN_MONTH = re.compile(
    rf"(?:within|during|in(?=\s+the\s+month)|en(?=\s+el\s+mes)|dentro\s+de(?:l)?|durante|in\s+the\s+course\s+of|en\s+el\s+curso\s+de(?:l)?)\s+(?:the\s+month\s+of\s+|(?:el\s+)?mes\s+de\s+)?{_MONTH}{_YEAR_SAID}",
    re.IGNORECASE,
)
_WEEK = re.compile(
    rf"(?P<n>primera|segunda|tercera|última|first|second|third|last)\s+(?:semana|week)\s+(?:de|of|in)\s+{_MONTH}{_YEAR_SAID}",
    re.IGNORECASE,
)
_DAY_LATEST = re.compile(
    rf"(?:el|on|día)\s+(?P<day>{_DAY}),?\s+(?:a\s+más\s+tardar|como\s+máximo|at\s+the\s+latest)",
    re.IGNORECASE,
)
_BY_MONTH = re.compile(
    rf"(?<!\w)(?P<how>{_BY}|{_BEFORE})\s+(?P<end>{_END})?(?:en\s+|in\s+|early\s+|late\s+|mid-|mediados\s+de\s+|mes\s+de\s+|el\s+)*{_MONTH}{_YEAR_SAID}",
    re.IGNORECASE,
)
_BY_YEAR_END = re.compile(
    rf"(?<!\w)(?P<how>{_BY}|{_BEFORE}|a|en|at)\s+(?P<end>{_END})?{_YEAR}(?![0-9-])", re.IGNORECASE
)
_PART = re.compile(
    rf"(?<!\w)(?P<how>{_BY}|{_BEFORE}|durante|en|during|in|dentro\s+del?|within)?\s*(?P<end>{_END})?(?:el|la|the|del)?\s*(?P<o>{_O})\s+(?:six\s+months|(?P<p>trimestre|semestre|mitad|quarter|half))"
    rf"(?:\s+(?:del?|of)\s*(?:the\s+year\s+|el\s+año\s+|año\s+)?(?P<yy>[0-9]{{4}}|pr[oó]ximo\s+año|next\s+year|presente\s+año|this\s+year|año)?)?",
    re.IGNORECASE,
)
_DURING = re.compile(
    rf"(?<!\w)(?:durante|en\s+el\s+(?:trans)?curso\s+de(?:l)?|during|in\s+the\s+course\s+of|over\s+the\s+course\s+of|a\s+lo\s+largo\s+de(?:l)?)\s+(?:el\s+año\s+|el\s+|the\s+year\s+|año\s+)?(?P<yy>(?:19|20)[0-9]{{2}})(?![0-9–-])",
    re.IGNORECASE,
)


def _days(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _BY_DAY.finditer(text, start, end):
        day = _day(match, scene)
        if day is None or re.match(
            r",?\s+(?:de|of|in)?\s*(?:cada|each|every)\s", text[match.end() :]
        ):
            continue
        if re.match(r"(?:al|hasta|until)\b", match["how"], re.I) and not _may_be_last(
            text, match, scene
        ):
            continue
        day -= timedelta(days=_is_before(match["how"]))
        yield Said(day.isoformat(), match.start(), match.end(), sure=_has_year(match))


def _latest(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _DAY_LATEST.finditer(text, start, end):
        day = _day(match, scene)
        if day:
            yield Said(day.isoformat(), match.start(), match.end(), sure=_has_year(match))


def _may_be_last(text: str, match: re.Match[str], scene: Scene) -> bool:
    """Tell whether *hasta el 15* ends a time to do something, and not a span of dates."""
    before = text[max(0, match.start() - 60) : match.start()]
    spans = re.search(r"[0-9]\s*(?:de\s+\w+\s*)?(?:de\s+[0-9]{4}\s*)?$", before)
    stays = re.search(
        r"(?:mant|prorrog|prórrog|ejerc|extend|extens|conserv|vigen|continu|segui|sig[au]|keep|remain|serve|hold|run|valid|dur)\w*[^,;]{0,40}$",
        before,
        re.IGNORECASE,
    )
    return not match["how"].lower().startswith("al") and spans is None and stays is None


def _months(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _BY_MONTH.finditer(text, start, end):
        if re.match(r"\s*[0-9]{1,2}(?![0-9])", text[match.end() :]):
            continue
        if re.match(r"(?:al|hasta|until)\b", match["how"], re.I):
            continue
        year, month = _year_and_month(match, scene)
        if _is_before(match["how"]) and not match["end"]:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        yield Said(f"{year:04}-{month:02}", match.start(), match.end(), _has_month_s_year(match))
    for pattern in (_AROUND, _WITHIN_MONTH):
        for match in pattern.finditer(text, start, end):
            year, month = _year_and_month(match, scene)
            if (year, month) >= (scene.ended.year, scene.ended.month):
                yield Said(f"{year:04}-{month:02}", *match.span(), _has_month_s_year(match))
    for match in _THIS_MONTH.finditer(text, start, end):
        yield Said(scene.ended.isoformat()[:7], *match.span(), sure=False)
    for match in _WEEK.finditer(text, start, end):
        year, month = _year_and_month(match, scene)
        week = {"primera": 0, "first": 0, "segunda": 1, "second": 1, "tercera": 2, "third": 2}
        first = date(year, month, 1) + timedelta(days=7 * week.get(match["n"].lower(), 3))
        last = first + timedelta(days=6)
        yield Said(f"{first}/{last}", *match.span(), sure=False)


def _year_and_month(match: re.Match[str], scene: Scene) -> tuple[int, int]:
    month = _MONTHS[match["pm"].lower()]
    if match["py"]:
        return int(match["py"]), month
    if match["next_year"] or match["this_year"]:
        return scene.ended.year + bool(match["next_year"]), month
    return _year_of(month, 28, scene), month


def _has_month_s_year(match: re.Match[str]) -> bool:
    return bool(match["py"] or match["next_year"] or match["this_year"])


def _years(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _THIS.finditer(text, start, end):
        yield Said(f"{scene.ended.year}", match.start(), match.end(), sure=False)
    for match in _BY_YEAR_END.finditer(text, start, end):
        how = match["how"].lower()
        plain = how in ("a", "en", "at")
        if (plain and not match["end"]) or how.startswith(("al", "hasta", "until")):
            continue
        year = int(match["yy"]) - (_is_before(how) and not match["end"])
        yield Said(str(year), match.start(), match.end())
    for match in _DURING.finditer(text, start, end):
        yield Said(match["yy"], match.start(), match.end())


def _parts(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _PART.finditer(text, start, end):
        number = _ORDINALS[match["o"].lower()]
        is_half = (match["p"] or "half").lower() in ("semestre", "half", "mitad")
        written = (match["yy"] or "").lower()
        known = re.search(r"(?:en|in|during|durante)\s+([0-9]{4})[\s,]*$", text[: match.start()])
        if known and not written:
            written = known[1]
        if number > (2 if is_half else 4) and match["o"].lower() not in ("último", "last"):
            continue
        number = min(number, 2) if is_half else number
        for year in _years_of_part(written, scene):
            said = f"{year}-{'H' if is_half else 'Q'}{number}"
            period = parse_period(said)
            if period and period[1] > scene.ended:
                yield Said(said, match.start(), match.end(), bool(written))
                break


def _years_of_part(written: str, scene: Scene) -> tuple[int, ...]:
    """Return the years that a part of one may be of, likeliest first."""
    if written.isdigit():
        return (int(written),)
    year = scene.ended.year
    return (
        (year + 1,)
        if written.startswith(("pr", "next")) and "presente" not in written
        else (year, year + 1)
    )


# --- the day of an event -----------------------------------------------------------------------

_SPAN = re.compile(
    rf"(?:del?|from|los\s+días|between|entre\s+el|on|el)?\s*(?P<d1>[0-9]{{1,2}})(?:\s+(?:de\s+)?(?P<m1>{_M}))?\s*(?:al?|y|to|and|–|-|—)\s*(?:el\s+)?(?P<day>{_DAY})",
    re.IGNORECASE,
)
_ON = re.compile(rf"(?:el|on|for|para\s+el)\s+(?:día\s+|the\s+)?(?P<day>{_DAY})", re.IGNORECASE)
_IN_MONTH = re.compile(
    rf"(?:en|in|during|durante)\s+(?:(?:el\s+mes\s+de|the\s+month\s+of|early|late|mid-)\s*)?{_MONTH}",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(
    r"(?:en|in)\s+(?:el\s+(?:año\s+)?|the\s+year\s+)?(?P<yy>(?:19|20)[0-9]{2})(?![0-9–-])",
    re.IGNORECASE,
)


def _events(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _SPAN.finditer(text, start, end):
        last = _day(match, scene)
        if last is None or not (scene.holds or match[0].lower().startswith(("entre", "between"))):
            continue
        month = _MONTHS[match["m1"].lower()] if match["m1"] else last.month
        first = _date(last.year, month, int(match["d1"]))
        if first and first < last and first > scene.ended:
            yield Said(f"{first}/{last}", match.start(), match.end())
    if not scene.holds:
        return
    for match in _ON.finditer(text, start, end):
        day = _day(match, scene)
        if day and day > scene.ended:
            yield Said(day.isoformat(), match.start(), match.end(), _has_year(match))
    for match in _IN_MONTH.finditer(text, start, end):
        month = _MONTHS[match["pm"].lower()]
        year = int(match["py"]) if match["py"] else _year_of(month, 28, scene)
        if (year, month) > (scene.ended.year, scene.ended.month):
            yield Said(f"{year:04}-{month:02}", match.start(), match.end(), bool(match["py"]))
    for match in _IN_YEAR.finditer(text, start, end):
        if int(match["yy"]) > scene.ended.year:
            yield Said(match["yy"], match.start(), match.end())


# --- soft ones ---------------------------------------------------------------------------------

_ASAP = re.compile(
    r"(?:a\s+la\s+(?:mayor\s+)?brevedad(?:\s+posible)?|lo\s+antes\s+posible|tan\s+pronto\s+como|con\s+carácter\s+(?:de\s+urgencia|urgente)|inmediat(?:a(?:mente)?|o)|immediately|de\s+inmediato|cuanto\s+antes|con\s+(?:la\s+mayor\s+)?(?:urgencia|celeridad|prontitud)|as\s+soon\s+as\s+(?:possible|practicable)|at\s+the\s+earliest\s+(?:opportunity|possible\s+\w+)|without\s+(?:further\s+)?delay|promptly|urgently|sin\s+(?:más\s+)?(?:demora|dilación)|en\s+el\s+más\s+breve\s+plazo)",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"(?:de\s+(?:manera|forma)\s+(?:permanente|continua|continuada|sostenida)|con\s+carácter\s+permanente|permanentemente|on\s+(?:a\s+permanent|an\s+ongoing|a\s+continuing|a\s+continuous)\s+basis|continuously"
    r"|(?:sus|las|its|their|the)\s+(?:próximas|futuras|future|forthcoming)\s+\w+(?:ciones|mes|es|ions|ts|s)\b|en\s+(?:lo\s+sucesivo|adelante)|in\s+future|from\s+now\s+on|henceforth|con\s+copia\s+a|with\s+a\s+copy\s+to)",
    re.IGNORECASE,
)


def _soft(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    yield from (Said("asap", *match.span()) for match in _ASAP.finditer(text, start, end))
    yield from (
        Said("ongoing", *match.span(), sure=False) for match in _STANDING.finditer(text, start, end)
    )


_READERS = (
    _recurring,
    _next_meeting,
    _numbered_meeting,
    _within,
    _days,
    _latest,
    _months,
    _years,
    _parts,
    _events,
    _soft,
)


# --- values ------------------------------------------------------------------------------------


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS.get(written.lower(), 0)


def _is_before(how: str) -> bool:
    return re.match(_BEFORE, how, re.IGNORECASE) is not None


def _has_before(words: str) -> bool:
    return re.search(_BEFORE, words, re.IGNORECASE) is not None


def _month_day(match: re.Match[str], *, back: bool) -> str:
    month, day = _MONTHS[(match["m"] or match["m2"]).lower()], int(match["d"] or match["d2"])
    found = _date(2000, month, day)
    if found is None:
        return ""
    return (found - timedelta(days=back)).isoformat()[5:]


def _has_year(match: re.Match[str]) -> bool:
    return bool(match["y"] or match["y2"] or match["next_year"] or match["this_year"])


def _day(match: re.Match[str], scene: Scene) -> date | None:
    month, day = _MONTHS[(match["m"] or match["m2"]).lower()], int(match["d"] or match["d2"])
    written = match["y"] or match["y2"]
    if match["next_year"] or match["this_year"]:
        return _date(scene.ended.year + bool(match["next_year"]), month, day)
    return _date(int(written) if written else _year_of(month, day, scene), month, day)


def _year_of(month: int, day: int, scene: Scene) -> int:
    """Return the year of a day that names none: the first one after the meeting."""
    return scene.ended.year + ((month, day) <= (scene.ended.month, scene.ended.day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
