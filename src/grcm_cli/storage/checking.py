"""What rules find in a data folder that was read, each finding with its place."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple

from grcm_cli.domain.findings import Finding, Rule, by_file, check
from grcm_cli.domain.register import Register
from grcm_cli.storage.loader import Loaded, read_again
from grcm_cli.storage.paths import MEETINGS, PROGRESS

_MOST = 100
"""Files that are held in full at a time, while findings get their places; in a record of more than
4,000 files, one in 40: the rules look at the whole record once for each group.
"""


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
    from grcm_cli.storage.processes import cores, in_processes  # 3 ms, only for a large record

    doubtful = {finding.rule for finding in found}
    again = _Again(
        register, [rule for rule in rules if rule.name in doubtful], as_of, folder, seen_from
    )
    held = {finding.at.path for finding in loaded.findings}
    groups = _groups(register, found, held, max(_MOST, len(loaded.files) // 40))
    number = min(cores(), len(groups))
    shares = [partial(again.found, groups[first::number]) for first in range(number)]
    return [finding for part in in_processes(shares) for finding in part]


class _FileGroup(NamedTuple):
    """Some files that findings are about, and those that have to be read again for them."""

    paths: set[str]
    names: set[str]


class _Again(NamedTuple):
    """A register, and the rules that find something in it."""

    register: Register
    rules: Sequence[Rule]
    as_of: date
    folder: Path
    seen_from: Path

    def found(self, groups: Iterable[_FileGroup]) -> list[Finding]:
        """Return what the rules find in groups of files, read again one group after the other."""
        found: list[Finding] = []
        for group in groups:
            whole = read_again(self.register, self.folder, self.seen_from, group.names)
            if whole is None:
                raise ChangedMeanwhileError
            own = check(whole, self.rules, self.as_of)
            found += [finding for finding in own if finding.at.path in group.paths]
            del whole  # before the next group is read
        if any(finding.at.line == 0 for finding in found):
            raise ChangedMeanwhileError
        return found


def _groups(
    register: Register, found: Iterable[Finding], held: AbstractSet[str], most: int
) -> list[_FileGroup]:
    """Return the files that findings are about, `most` a group; those of a finding are in its own.

    `held` are the paths of files that are held in full: something is wrong in them by themselves.
    """
    meetings = {identity: meeting.at.path for identity, meeting in register.calendar.by_id.items()}
    reporting = {word.text: word.at.path for word in register.reporting_parties}
    groups: list[_FileGroup] = []
    for path, own in sorted(by_file(found).items()):
        if not groups or len(groups[-1].names) >= most:
            groups.append(_FileGroup(set(), set()))
        group = groups[-1]
        group.paths.add(path)
        concerns = {concern for finding in own for concern in finding.concerns}
        others = (table.get(one) for one in concerns for table in (meetings, reporting))
        group.names.update(_names({path, *filter(None, others)} - held))
    return groups


def _names(paths: Iterable[str]) -> Iterator[str]:
    """Yield the names in the data folder of files of meetings and of progress."""
    for path in map(PurePath, paths):
        if path.parent.name in (MEETINGS, PROGRESS):
            yield f"{path.parent.name}/{path.name}"
