"""The documents from which meetings were recorded: found for a site that shows them.

What a file of the record names is looked for in the data folder, then beside it, but never outside
of the repository: a record cannot make its publisher give away a file of the machine.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

ENDINGS = (
    *(".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt", ".md"),
    *(".xlsx", ".xls", ".ods", ".csv", ".pptx", ".odp", ".png", ".jpg", ".jpeg", ".tif", ".tiff"),
)
"""What is copied: no file that acts in a browser, as a page or a drawing with scripts would."""
LARGEST = 100_000_000
"""Bytes of a document; more, hosts of pages do not take."""
_FOLDER = "sources"  # where documents lie whose name alone is given, as `grcm draft` writes it

Refusal = Literal["missing", "outside", "link", "hidden", "kind", "size"]


class SourceDocument(NamedTuple):
    """A document that may be copied."""

    path: Path
    ending: str

    def read(self) -> bytes:
        """Return its bytes. Raises OSError, also where it has become a link."""
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(self.path, flags), "rb") as file:
            return file.read()


def find(source: str, data: Path) -> SourceDocument | Refusal:
    """Return the document that `source` names, or why there is none to copy."""
    wanted = PurePosixPath(source.replace("\\", "/"))
    if wanted.is_absolute() or ".." in wanted.parts or ":" in source:
        return "outside"
    if any(part.startswith(".") for part in wanted.parts) or "\0" in source:
        return "hidden"
    if wanted.suffix.lower() not in ENDINGS:
        return "kind"
    roots = [Path(os.path.realpath(data))]
    above = roots[0].parents
    if not (roots[0] / ".git").exists() and any((folder / ".git").exists() for folder in above):
        roots.append(roots[0].parent)  # a repository has the data, and files beside them
    for root in roots:
        for place in (root / wanted, root / _FOLDER / wanted):
            if os.path.lexists(place):
                return _checked(place, root, wanted.suffix.lower())
    return "missing"


def _checked(place: Path, root: Path, ending: str) -> SourceDocument | Refusal:
    path = root
    for part in place.relative_to(root).parts:
        path /= part
        if path.is_symlink():
            return "link"
    with suppress(OSError):
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return "kind"
        return SourceDocument(path, ending) if status.st_size <= LARGEST else "size"
    return "missing"
