"""The content of a file that is too large to be held in memory; `files.create` writes it."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

Fill = Callable[[Path], None]
"""Fills the empty file at a path, which stays that file."""
_PIECE = 1 << 20
"""Bytes that are read at a time."""


def filled_with(pieces: Iterable[bytes]) -> Fill:
    """Return what fills a file with pieces that are made one after the other."""
    return partial(_write_pieces, pieces)


def _write_pieces(pieces: Iterable[bytes], path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


def pieces_of(fill: Fill) -> Iterator[bytes]:
    """Yield the content that `fill` gives a file, from a temporary one."""
    from tempfile import TemporaryDirectory  # 3 ms, only for what is no text, to stdout

    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        path.touch()
        fill(path)
        with path.open("rb") as file:
            yield from iter(partial(file.read, _PIECE), b"")


def has_same_content(path: Path, other: Path) -> bool:
    """Tell whether two files have the same bytes."""
    if path.stat().st_size != other.stat().st_size:
        return False
    with path.open("rb") as file, other.open("rb") as other_file:
        pieces = iter(partial(file.read, _PIECE), b"")
        return all(piece == other_file.read(_PIECE) for piece in pieces)
