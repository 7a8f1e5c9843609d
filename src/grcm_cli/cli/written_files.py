"""The files that this run is to write, and those that are stored already.

A run that ends early, whatever the reason, ends its message with both: a file that has its new
bytes keeps them, also where a later step failed.
"""

from collections.abc import Iterable

from grcm_cli.language.text import _, clean

_files: dict[str, bool] = {}
"""By the path as shown: whether it is stored. One run is one process, as with the language."""
_hints: list[str] = []


def clear() -> None:
    """Forget all files, at the start of a run."""
    _files.clear()
    _hints.clear()


def plan(paths: Iterable[str], hint: str = "") -> None:
    """Note files that are to be written. `hint` says how to complete a run that ended early."""
    for path in paths:
        _files.setdefault(path, False)
    _hints[:] = [hint] if hint else []


def mark(path: str, *, is_stored: bool) -> None:
    """Note whether a file has its new bytes."""
    _files[path] = is_stored


def drop(path: str) -> None:
    """Forget a file that was planned and is not written after all."""
    _files.pop(path, None)


def sentence() -> str:
    """Return which files are stored and which are not; nothing where none is stored."""
    stored = [path for path, is_stored in _files.items() if is_stored]
    missing = [path for path, is_stored in _files.items() if not is_stored]
    if not stored:
        return ""
    parts = [_("stored: {paths}").format(paths=", ".join(map(clean, stored)))]
    if missing:
        parts.append(_("not stored: {paths}").format(paths=", ".join(map(clean, missing))))
        parts += _hints
    return "; ".join(parts)
