"""Where each page of a site lies, seen from the folder of its language, and each conclusion on it.

A code or an id becomes a file's name only where it is safe on every system; else its digest does.
"""

import re
from hashlib import sha256
from urllib.parse import quote

from grcm_cli.model import Reference

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)

OVERVIEW = "index.html"
LATE = "late.html"
OPEN = "due.html"
PARTIES = "parties.html"
MEETINGS = "meetings.html"
SEARCH = "search.html"
CALENDAR = "calendar.ics"


def party(code: str) -> str:
    """Return the page of a party."""
    return f"party/{_stem(code)}.html"


def closed(code: str) -> str:
    """Return the page of what a party owes no more."""
    return f"party/{_stem(code)}-closed.html"


def feed(code: str) -> str:
    """Return the calendar of a party."""
    return f"party/{_stem(code)}.ics"


def meeting(name: str) -> str:
    """Return the page of a meeting, by its id."""
    return f"meeting/{_stem(name)}.html"


def conclusion(reference: Reference) -> str:
    """Return the place of a conclusion on its meeting's page: `meeting/GRCM-2002-10.html#8`."""
    where = meeting(reference.meeting)
    return where if reference.number is None else f"{where}#{quote(reference.number, safe='/.-')}"


def part(path: str, number: int) -> str:
    """Return the address of a list's part: its own for the first, `due-2.html` for the second."""
    return path if number == 1 else path.replace(".html", f"-{number}.html")


def _stem(name: str) -> str:
    if _SAFE.fullmatch(name) and not _DEVICES.fullmatch(name):
        return name
    return f"x-{sha256(name.encode(errors='surrogatepass')).hexdigest()[:16]}"
