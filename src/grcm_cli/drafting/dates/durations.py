"""Deadlines after a time: *within 60 days of*."""

import re
from collections.abc import Iterator

from grcm_cli.drafting.dates.said import Said, Scene, day_said, number_said
from grcm_cli.drafting.dates.words import A_NUMBER, A_UNIT, DAY, UNITS

_WITHIN = re.compile(
    rf"(?:(?:en|dentro\s+de)\s+(?:un|el)\s+(?:plazo|lapso|término)(?:\s+(?:máximo|no\s+(?:mayor|superior)))?\s+(?:de|a)"
    rf"|(?:en|dentro\s+de)\s+(?:el\s+)?(?:trans)?curso\s+de|dentro\s+de|en(?=\s+(?:los|las)\s)|within|in(?=\s+the\s+(?:next|coming|following))|over(?=\s+the\s+(?:next|coming))"
    rf"|no\s+later\s+than|a\s+más\s+tardar(?:,?\s+en)?|al\s+cabo\s+de|plazo\s+de|en\s+un\s+máximo\s+de|in\s+no\s+more\s+than|antes\s+de(?:\s+que\s+transcurran)?)"
    rf"\s+(?:(?:los|las|the|un\s+plazo\s+de|a\s+period\s+of)\s+)?(?:(?:próxim[oa]s|siguientes|next|coming|following)\s+)?(?P<n>{A_NUMBER}|[0-9]+)(?:\s*\([^)]*\))?"
    rf"\s+(?:(?:próxim[oa]s|siguientes|calendar|working|business)\s+)?(?P<u>{A_UNIT})(?!\w)(?!\s+(?:antes|before))"
    rf"(?P<of>,?\s+(?:naturales|hábiles|calendario|siguientes|posteriores|contados|a\s+contar|counted|counting|following|after|of|from|a\s+partir|desde|a\s+la|al|tras|después)[^,.;]{{0,70}})?",
    re.IGNORECASE,
)
_THIS_MEETING = re.compile(
    r"(?:reunión|sesión|período\s+de\s+sesiones|clausura|asamblea|meeting|session|closure|close|esta\s+fecha|la\s+fecha|adopci[oó]n|"
    r"conclusi[oó]n|end\s+of|present[ea]s?|today|hoy|this\s+decision|these|adoption)",
    re.IGNORECASE,
)


def within(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the deadlines after a time that is counted from this meeting or a day."""
    for match in _WITHIN.finditer(text, start, end):
        count = number_said(match["n"])
        of = match["of"] or ""
        if not count:
            continue
        anchored = re.search(
            rf"(?:of|de|del|desde\s+el|from|after|partir\s+del?|al)\s+(?P<day>{DAY})",
            of,
            re.IGNORECASE,
        )
        unit = UNITS[match["u"].lower()]
        said = f"within {count} {unit if count > 1 else unit[:-1]}"
        if anchored:
            day = day_said(anchored, scene)
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
