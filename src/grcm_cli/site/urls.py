"""Where each page of a site lies, seen from the folder of its language, and each conclusion on it.

A code or an id becomes a file's name only where it is safe on every system; else its digest does.
What is added to a name begins with a full stop, which neither a code nor an id can have, so that no
two pages have one address.
"""

from hashlib import sha256
from urllib.parse import quote

from grcm_cli.storage.files import file_name

OVERVIEW = "index.html"
LATE = "late.html"
OPEN = "due.html"
ENDED = "ended.html"
PARTIES = "parties.html"
MEETINGS = "meetings.html"
SEARCH = "search.html"
CALENDAR = "calendar.ics"


def party(code: str) -> str:
    """Return the page of a party."""
    return f"party/{_stem(code)}.html"


def ended(code: str) -> str:
    """Return the page of what a party owes no more."""
    return f"party/{_stem(code)}.ended.html"


def feed(code: str) -> str:
    """Return the calendar of a party."""
    return f"party/{_stem(code)}.ics"


def meeting(name: str, again: int = 0) -> str:
    """Return the page of a meeting, by its id; `again` counts further files that say the same."""
    more = f".again-{again}" if again else ""
    return f"meeting/{_stem(name)}{more}.html"


def at(path: str, number: str | None) -> str:
    """Return the place of a conclusion on a page: `meeting/GRCM-2002-10.html#8`."""
    return path if number is None else f"{path}#{quote(number, safe='/.-')}"


def part(path: str, number: int) -> str:
    """Return the address of a page's part: its own for the first, `due.2.html` for the second."""
    return path if number == 1 else f"{path.removesuffix('.html')}.{number}.html"


def is_first(path: str) -> bool:
    """Tell whether a page of a party or a meeting is the first that it has."""
    folder, _, name = path.rpartition("/")
    return folder.endswith(("party", "meeting")) and name.count(".") == 1 and name.endswith("html")


def _stem(name: str) -> str:
    if file_name(name) is not None:
        return name
    return f"x-{sha256(name.encode(errors='surrogatepass')).hexdigest()[:16]}"
