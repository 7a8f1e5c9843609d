"""What `validate --fix` and `--diff` do: certain cures, spliced into the files that need them."""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from grcm_cli.commands.desk import say
from grcm_cli.commands.stops import WrongUse
from grcm_cli.commands.writing import told
from grcm_cli.findings import Finding
from grcm_cli.loader import read_bytes
from grcm_cli.reader.splice import Splice, splice
from grcm_cli.text import _, clean, ngettext
from grcm_cli.writer import ChangedError, replace


class Mended(NamedTuple):
    """A file before and after its cures."""

    path: str
    before: bytes
    after: bytes
    cures: int


def mended(findings: Sequence[Finding], here: Path) -> Iterator[Mended]:
    """Yield each file that has findings with a certain cure, as it is and as it would be."""
    by_file: dict[str, list[Splice]] = {}
    for finding in findings:
        if finding.cure is not None:
            at = finding.at
            word = Splice(at.line, at.column, at.width, finding.cure)
            by_file.setdefault(at.path, []).append(word)
    for path, words in by_file.items():
        before = read_bytes(here / path)
        yield Mended(path, before, splice(before, words), len(set(words)))


def write_back(files: Sequence[Mended], here: Path) -> None:
    """Put the cures into the files. Raises what the writer raises; each file is old or new."""
    for file in files:
        replace(here / file.path, file.before, file.after)


def differences(files: Sequence[Mended]) -> str:
    """Return the cures as a unified diff."""
    lines: list[str] = []
    for file in files:
        old, new = (side.decode("utf-8").splitlines() for side in (file.before, file.after))
        lines += difflib.unified_diff(old, new, f"a/{file.path}", f"b/{file.path}", lineterm="")
    return "".join(f"{clean(line)}\n" for line in lines)


def fix(found: Sequence[Finding], here: Path) -> None:
    """Write the cures and say which. Raises WrongUse where a file has changed meanwhile."""
    files = list(mended(found, here))
    try:
        with told(here):
            write_back(files, here)
    except ChangedError as error:
        message = _("{path} has just been changed by somebody else; nothing more was written")
        raise WrongUse(message.format(path=clean(str(error)))) from error
    for file in files:
        put = ngettext(
            "{path}: {count} word put right", "{path}: {count} words put right", file.cures
        )
        say(put.format(path=clean(file.path), count=file.cures))
