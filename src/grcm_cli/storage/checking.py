"""What rules find in a data folder that was read, each finding with its place."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path, PurePath

from grcm_cli.domain.findings import Finding, Rule, check
from grcm_cli.domain.register import Register
from grcm_cli.storage.loader import Loaded, read_again
from grcm_cli.storage.paths import MEETINGS, PROGRESS

MOST = 0.5
"""Of a record's files, the part that is read again for places; of more, all are."""


class ChangedMeanwhileError(Exception):
    """A file is not as it was read before: the folder has to be read anew."""


def checked(
    loaded: Loaded, rules: Sequence[Rule], as_of: date, folder: Path, seen_from: Path
) -> list[Finding]:
    """Return what rules find in a register on a day, each finding with its place.

    Values of a compact register have none: the files that findings are about are read again.
    Raises ChangedMeanwhileError where the findings cannot have their places that way.
    """
    register = loaded.register
    if register is None:
        return []
    found = check(register, rules, as_of)
    if not found or not loaded.is_compact:
        return found
    names = frozenset(_files_of(register, found))
    in_full = None
    if len(names) < MOST * len(loaded.files):
        in_full = read_again(register, folder, seen_from, names)
    if in_full is None:
        raise ChangedMeanwhileError
    doubtful = {finding.rule for finding in found}
    found = check(in_full, [rule for rule in rules if rule.name in doubtful], as_of)
    if any(finding.at.line == 0 for finding in found):
        raise ChangedMeanwhileError
    return found


def _files_of(register: Register, found: Iterable[Finding]) -> Iterator[str]:
    """Yield the names of the files that findings are about, and of those from which they follow."""
    meetings = register.calendar.by_id
    reporting = {word.text: word.at.path for word in register.reporting_parties}
    for finding in found:
        paths = [finding.at.path]
        for concern in finding.concerns:
            if concern in meetings:
                paths.append(meetings[concern].at.path)
            if concern in reporting:
                paths.append(reporting[concern])
        for path in map(PurePath, paths):
            if path.parent.name in (MEETINGS, PROGRESS):
                yield f"{path.parent.name}/{path.name}"
