"""Comments in a file that say which findings of their line do not count."""

import re
from collections.abc import Iterator

from grcm_cli.domain.findings import Ignore
from grcm_cli.domain.model import Location

_COMMENT = re.compile(rb"(?:^|(?<=\s))#\s*grcm:\s*ignore\[(?P<rules>[a-z0-9, -]+)\]\s*$")


def read_ignores(path: str, data: bytes) -> Iterator[Ignore]:
    """Yield the comments `# grcm: ignore[rule, rule]` that stand at the end of a line."""
    if b"grcm:" not in data:
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        match = _COMMENT.search(line)
        if match is not None:
            column = len(line[: match.start()].decode("utf-8", "replace")) + 1
            width = len(line[match.start() :].decode("utf-8", "replace").rstrip())
            rules = tuple(
                word.strip() for word in match["rules"].decode().split(",") if word.strip()
            )
            yield Ignore(Location(path, number, column, width), rules)
