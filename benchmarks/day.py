"""A day's work on a record: 20 edits of all kinds, 20 reports, 60 lists, 10 conclusions shown.

The same day with a cache and without one, command by command in turn, each in a copy of the data.
After a change, the next command waits until the change is as old as it has to be for the cache to
keep it. What is measured is what the commands cost, not the edits.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import figures
from benchmarks.figures import Figure
from benchmarks.measure import UNIT, Usage, cost, median, output
from benchmarks.questions import BY, SETTLED, Record, grcm, middle, owed

ROUNDS = 20
"""Of one edit, one report and three lists each; every second shows a conclusion too."""
LISTS = (
    ("due", "--before", str(BY), "--format", "plain"),
    ("overdue", "--format", "plain"),
    ("tasks", "CCC", "--format", "plain"),
    ("due", "--before", str(BY)),
    ("tasks", "BBB"),
    ("meetings", "--format", "plain"),
)
_CONCLUSION = """
  - number: {number}
    text: Request Amber to send a report.
    acts: directive
    action: Send a report
    responsible: AAA
    due: 2003-06-30
"""
_MEETING = """id: {id}
body: {body}
start: 2002-12-{day:02}
end: 2002-12-{day:02}
language: en
participants: [AAA, BBB]

conclusions:
"""


@dataclass(frozen=True, slots=True)
class Day:
    """Makes the edits of a day in a data folder, the same each time."""

    data: Path

    def edit(self, number: int) -> None:
        """Make one edit: of a text, a deadline, a mandate, a conclusion, a meeting or a name."""
        kinds: Sequence[Callable[[int], None]] = (
            *(self._text, self._due, self._conclusion, self._meeting, self._kind, self._name),
        )
        kinds[number % len(kinds)](number)

    def _replace(self, number: int, old: str, new: str) -> None:
        """Replace the first match in the first meeting from the middle on that has one."""
        files = sorted((self.data / "meetings").glob("*.yaml"))
        begin = files.index(middle(self.data)) + number
        for path in (*files[begin:], *files[:begin]):
            text = path.read_text(encoding="utf-8")
            changed = re.sub(old, new, text, count=1)
            if changed != text:
                path.write_text(changed, encoding="utf-8", newline="\n")
                return
        message = f"no meeting has {old}"
        raise ValueError(message)

    def _text(self, number: int) -> None:
        self._replace(number, r"(?<=text: >-\n)( +)\w+ ", rf"\1Word{number} ")

    def _due(self, number: int) -> None:
        self._replace(number, r"due: (ongoing|asap)\n", "due: 2003-02-28\n")

    def _kind(self, number: int) -> None:
        self._replace(number, r"\n +kind: encouragement", "")

    def _conclusion(self, number: int) -> None:
        path = middle(self.data)
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
        added = _CONCLUSION.format(number=1000 + number)
        path.write_text(text + added, encoding="utf-8", newline="\n")

    def _meeting(self, number: int) -> None:
        text = middle(self.data).read_text(encoding="utf-8")
        body = re.search(r"^body: (\S+)", text, re.MULTILINE)
        name = f"{body[1] if body else 'X'}-2002-12-{number}"
        head = _MEETING.format(id=name, body=body[1] if body else "X", day=number + 1)
        whole = head + _CONCLUSION.format(number=1)
        (self.data / f"meetings/{name}.yaml").write_text(whole, encoding="utf-8", newline="\n")

    def _name(self, number: int) -> None:
        path = self.data / "register.yaml"
        text = path.read_text(encoding="utf-8")
        changed = re.sub(r"(?m)^(  code: \S+\n)", rf"\1  # edited {number}\n", text, count=1)
        if changed == text:
            changed += f"# edited {number}\n"
        path.write_text(changed, encoding="utf-8", newline="\n")


def commands(data: Path) -> Iterator[tuple[Callable[[Day], None] | None, tuple[str, ...]]]:
    """Yield the commands of a day, each with the edit that is made before it, if any."""
    reports = owed(data)
    for number in range(ROUNDS):
        reference, party = next(reports)
        lists = [LISTS[(3 * number + place) % len(LISTS)] for place in range(3)]
        yield lambda day, n=number: day.edit(n), lists[0]  # type: ignore[misc] # a lambda with a default has no type
        yield None, lists[1]
        yield None, ("record", "started", reference, "--by", party, "--note", f"Day {number}")
        yield (lambda _day: None), lists[2]
        if number % 2:
            yield None, ("show", reference)


SIZES = (1_000, 10_000)
"""Conclusions of the records on which a day is measured: it has 220 commands."""


def measured(record: Record) -> list[Figure]:
    """Return what the day costs without a cache and with one, which is filled at its beginning."""
    copies = {figures.PLAIN: record.folder / "day", figures.CACHED: record.folder / "cached day"}
    for copy in copies.values():
        shutil.copytree(record.data, copy)
    cache = record.folder / "cache of the day"
    time.sleep(SETTLED)
    output(grcm(copies[figures.CACHED], cache, "due"))
    costs: dict[str, list[Usage]] = {who: [] for who in copies}
    unit: list[Usage] = []
    for change, words in commands(record.data):
        if change:
            unit.append(cost(UNIT))
            for copy in copies.values():
                change(Day(copy))
            time.sleep(SETTLED)
        for who, copy in copies.items():
            kept = cache if who == figures.CACHED else None
            costs[who].append(cost(grcm(copy, kept, *words)))
    return [
        Figure(
            figures.DAY,
            who,
            record.size,
            sum(usage.seconds for usage in found),
            sum(usage.wall for usage in found),
            max(usage.memory for usage in found),
            1,
            unit=median(unit).seconds,
        )
        for who, found in costs.items()
    ]
