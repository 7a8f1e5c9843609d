"""The days of what is to be held."""

import re
from collections.abc import Iterator

from grcm_cli.drafting.dates.said import Said, Scene, date_of, day_said, has_year, year_of
from grcm_cli.drafting.dates.words import A_MONTH, DAY, MONTH, MONTHS

_SPAN = re.compile(
    rf"(?:del?|from|los\s+días|between|entre\s+el|on|el)?\s*(?P<d1>[0-9]{{1,2}})(?:\s+(?:de\s+)?(?P<m1>{A_MONTH}))?\s*(?:al?|y|to|and|–|-|—)\s*(?:el\s+)?(?P<day>{DAY})",
    re.IGNORECASE,
)
_ON = re.compile(rf"(?:el|on|for|para\s+el)\s+(?:día\s+|the\s+)?(?P<day>{DAY})", re.IGNORECASE)
_IN_MONTH = re.compile(
    rf"(?:en|in|during|durante)\s+(?:(?:el\s+mes\s+de|the\s+month\s+of|early|late|mid-)\s*)?{MONTH}",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(
    r"(?:en|in)\s+(?:el\s+(?:año\s+)?|the\s+year\s+)?(?P<yy>(?:19|20)[0-9]{2})(?![0-9–-])",
    re.IGNORECASE,
)


_AT_THE_END = re.compile(r"\s*(?:[.;]|$)")


def of_events(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the days of what the duty is to hold, and spans of days for anything."""
    yield from _spans(text, start, end, scene)
    for said in _held(text, start, end, scene):
        # "enviar el texto en abril de 2003": at the end, it is when to do it.
        if scene.holds or (_AT_THE_END.match(text, said.end) and said.end - start > 20):
            yield said if scene.holds else said._replace(sure=False)


def _spans(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    for match in _SPAN.finditer(text, start, end):
        last = day_said(match, scene)
        if last is None or not (scene.holds or match[0].lower().startswith(("entre", "between"))):
            continue
        month = MONTHS[match["m1"].lower()] if match["m1"] else last.month
        first = date_of(last.year, month, int(match["d1"]))
        if first and scene.ended < first < last:
            yield Said(f"{first}/{last}", match.start(), match.end())


def _held(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the day, the month or the year of an event."""
    for match in _ON.finditer(text, start, end):
        day = day_said(match, scene)
        if day and day > scene.ended:
            yield Said(day.isoformat(), match.start(), match.end(), has_year(match))
    for match in _IN_MONTH.finditer(text, start, end):
        month = MONTHS[match["pm"].lower()]
        year = int(match["py"]) if match["py"] else year_of(month, 28, scene)
        if (year, month) > (scene.ended.year, scene.ended.month):
            yield Said(f"{year:04}-{month:02}", match.start(), match.end(), bool(match["py"]))
    for match in _IN_YEAR.finditer(text, start, end):
        if int(match["yy"]) > scene.ended.year:
            yield Said(match["yy"], match.start(), match.end())
