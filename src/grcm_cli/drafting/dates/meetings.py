"""Deadlines at a later meeting: the next one, or one by its number."""

import re
from collections.abc import Iterator

from grcm_cli.drafting.dates.said import Said, Scene
from grcm_cli.drafting.dates.words import MEETING, NEXT
from grcm_cli.drafting.references import ordinals_in

_AT_NEXT = re.compile(NEXT, re.IGNORECASE)


def at_next_meeting(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the deadlines at a next meeting, of the body that is named or meant."""
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
    rf"(?:(?:en|a|para|antes\s+de|at|to|by|before|con\s+antelación\s+a)\s+)(?:la|su|the|its)\s+(?P<o>[IVXL]+|[0-9]{{1,2}}(?:\.?[ªa]|st|nd|rd|th)|[A-Za-zÁÉÍÓÚáéíóú]+(?:-[a-z]+)?(?:\s+(?:primera|segunda|tercera|cuarta|quinta|sexta|séptima|octava|novena))?)\s+(?:(?:regular|ordinary|annual)\s+)?{MEETING}(?!\w)",
    re.IGNORECASE,
)


def at_numbered_meeting(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
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
