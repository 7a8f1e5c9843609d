"""Words for a deadline without a day."""

import re
from collections.abc import Iterator

from grcm_cli.drafting.dates.said import Said, Scene

_ASAP = re.compile(
    r"(?:a\s+la\s+(?:mayor\s+)?brevedad(?:\s+posible)?|lo\s+antes\s+posible|tan\s+pronto\s+como|con\s+carácter\s+(?:de\s+urgencia|urgente)|inmediat(?:a(?:mente)?|o)|immediately|de\s+inmediato|cuanto\s+antes|con\s+(?:la\s+mayor\s+)?(?:urgencia|celeridad|prontitud)|as\s+soon\s+as\s+(?:possible|practicable)|at\s+the\s+earliest\s+(?:opportunity|possible\s+\w+)|without\s+(?:further\s+)?delay|promptly|urgently|sin\s+(?:más\s+)?(?:demora|dilación)|en\s+el\s+más\s+breve\s+plazo)",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"(?:de\s+(?:manera|forma)\s+(?:permanente|continua|continuada|sostenida)|con\s+carácter\s+permanente|permanentemente|on\s+(?:a\s+permanent|an\s+ongoing|a\s+continuing|a\s+continuous)\s+basis|continuously"
    r"|(?:sus|las|its|their|the)\s+(?:próximas|futuras|future|forthcoming)\s+\w+(?:ciones|mes|es|ions|ts|s)\b|en\s+(?:lo\s+sucesivo|adelante)|in\s+future|from\s+now\s+on|henceforth|con\s+copia\s+a|with\s+a\s+copy\s+to)",
    re.IGNORECASE,
)


def softly(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield *as soon as possible* and what stands for good."""
    yield from (Said("asap", *match.span()) for match in _ASAP.finditer(text, start, end))
    yield from (
        Said("ongoing", *match.span(), sure=False) for match in _STANDING.finditer(text, start, end)
    )
