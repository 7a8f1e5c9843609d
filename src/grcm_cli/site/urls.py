"""The addresses of pages, from the folder of their language, and of conclusions on them.

Suffixes begin with a full stop, which no code or id has, so that no two pages have one address.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit

from grcm_cli.domain.model import Conclusion, Mandate
from grcm_cli.storage.files import file_name

_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?", re.IGNORECASE
)
_WEB_ADDRESS = re.compile(
    r"https?://[^\s\"<>\\^`{|}/?#@]+(?:[/?#][^\s\"<>\\^`{|}]*)?", re.IGNORECASE
)


@lru_cache(maxsize=16_384)
def _stem(name: str) -> str:
    if file_name(name) is not None:
        return name
    return f"x-{sha256(name.encode(errors='surrogatepass')).hexdigest()[:16]}"


def _address(pattern: str, name: str) -> str:
    return pattern.format(_stem(name))


party = partial(_address, "party/{}.html")
feed = partial(_address, "party/{}.ics")  # the calendar of a party
topic = partial(_address, "topic/{}.html")
meeting = partial(_address, "meeting/{}.html")


def data_file(ending: str, code: str | None = None) -> str:
    """Return the file of all commitments, or of a party's, from the site's folder."""
    return f"data/party/{_stem(code)}.{ending}" if code else f"data/list.{ending}"


def source(name: str, document: Path) -> str:
    """Return the copy of a meeting's document, from the site's folder."""
    return f"sources/{_stem(name)}{document.suffix.lower()}"


def web_address(text: str) -> str | None:
    """Return a text that is a whole http or https address; None for any other."""
    return text if _WEB_ADDRESS.fullmatch(text) else None


def of_meeting(name: str) -> tuple[str, str]:
    """Return the addresses of a meeting's pages and of its document, up to their full stop."""
    return f"meeting/{_stem(name)}", f"sources/{_stem(name)}"


def at(path: str, anchor: str) -> str:
    """Return the address of an anchor on a page: `meeting/GRCM-2002-10.html#8`."""
    return f"{path}#{quote(anchor, safe='/.-')}"


def anchors(conclusions: Sequence[Conclusion]) -> dict[int, str]:
    """Return the anchors on a meeting's page of its conclusions and their mandates, by identity.

    A conclusion has its number: `8`; a mandate also its place, even as the only one: `8-1`. Where
    one is there twice, the second is `_2_8-1`; no number begins with a `_`.
    """
    by_identity: dict[int, str] = {}
    used: dict[str, int] = {}

    def add(item: Conclusion | Mandate, name: str) -> None:
        anchor = name
        while anchor in used:
            used[name] += 1
            anchor = f"_{used[name]}_{name}"
        used[anchor] = 1
        by_identity[id(item)] = anchor

    for conclusion in conclusions:
        add(conclusion, conclusion.number)
    for conclusion in conclusions:
        for mandate in conclusion.mandates:
            add(mandate, f"{by_identity[id(conclusion)]}-{mandate.ordinal}")
    return by_identity


def part(path: str, number: int) -> str:
    """Return the address of a part of a page: `due.html`, then `due.2.html`."""
    return path if number == 1 else f"{path.removesuffix('.html')}.{number}.html"


def is_first(path: str) -> bool:
    """Tell whether a page is the first of a party or a meeting."""
    folder, _, name = path.rpartition("/")
    return folder.endswith(("party", "meeting")) and name.count(".") == 1 and name.endswith("html")


def base_url(text: str) -> str | None:
    """Return the http or https address of a site's folder with a `/` at its end, else None."""
    if not _ADDRESS.fullmatch(text):
        return None
    with suppress(ValueError):
        parts = urlsplit(text)
        _port = parts.port  # raises ValueError where it is no number
        if parts.hostname and "@" not in parts.netloc and not parts.path.endswith(".html"):
            return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}/"
    return None
