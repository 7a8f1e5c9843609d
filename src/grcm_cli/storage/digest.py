"""A digest of all that a data folder and the program have, to tell whether anything has changed."""

import os
from hashlib import blake2b
from pathlib import Path

from grcm_cli.storage.file_reader import read_if_possible
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER

_PROGRAM = Path(__file__).parent.parent
_MAKES_PAGES = frozenset((".py", ".html", ".css", ".js", ".svg", ".mo", ".toml", ".txt"))
"""Of the program's files, by their content: the same release has the same digest everywhere."""


def digest(folder: Path, *more: str) -> str:
    """Return a digest of a data folder's files, of the program, and of the words `more`.

    It is another one where a file, a name in one of the folders, or the program has changed.
    """
    found = blake2b(digest_size=20)
    for name in ("", MEETINGS, PROGRESS):
        for entry in sorted(_entries(folder / name), key=lambda one: one.name):
            is_data = entry.name.endswith(".yaml") if name else entry.name == REGISTER
            data = read_if_possible(Path(entry.path)) if is_data else b""
            for part in (os.fsencode(f"{name}/{entry.name}"), data):
                found.update(len(part).to_bytes(8, "big") + part)
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in _MAKES_PAGES:
            found.update(path.relative_to(_PROGRAM).as_posix().encode() + path.read_bytes())
    for word in more:
        found.update(f"{word}\n".encode())
    return found.hexdigest()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []
