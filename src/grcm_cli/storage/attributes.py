"""The line of `.gitattributes` by which git joins the reports of two branches by itself."""

import os
import re
from pathlib import Path

from grcm_cli.storage.paths import PROGRESS

NAME = ".gitattributes"
_PLAIN = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*", re.ASCII)


def place(data: Path, here: Path) -> tuple[Path, str]:
    """Return the file for the line and the pattern of the progress files, relative to it.

    The file is the repository's own; outside of a repository the working folder's, if the data lies
    below; else, and for a path that git would need quoted, one in the data folder.
    """
    real, working = (Path(os.path.realpath(one)) for one in (data, here))
    own = real / NAME, f"{PROGRESS}/*.yaml"
    root = next((one for one in (real, *real.parents) if (one / ".git").exists()), None)
    if root is None and working in real.parents:
        root = working
    if root is None or root == real:
        return own
    inside = real.relative_to(root).as_posix()
    path = root / NAME
    is_plain_file = path.is_file() and not path.is_symlink()
    if not _PLAIN.fullmatch(inside) or (os.path.lexists(path) and not is_plain_file):
        return own
    return path, f"{inside}/{PROGRESS}/*.yaml"


def with_union(before: bytes | None, pattern: str) -> bytes:
    """Return the bytes of a `.gitattributes` with the line.

    They stay as they are where they say already how to merge these files.
    """
    text = before or b""
    name = pattern.encode()
    for line in text.splitlines():
        words = line.split()
        if words and words[0] == name and any(re.match(rb"[-!]?merge(=|$)", w) for w in words[1:]):
            return text
    newline = b"\r\n" if b"\r\n" in text else b"\n"
    if text and not text.endswith(b"\n"):
        text += newline
    return text + name + b" merge=union" + newline
