"""A data folder of any size, the same for the same numbers.

The record of a process that has met for ten years, as it stands on the day asked for: reports on
six in ten of the tasks that have fallen due, and most bodies' next meeting in the calendar. As in
the real document, a conclusion makes one task on the whole: most make none, some one a country.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks import process
from benchmarks.adopted import Minutes, Owed
from benchmarks.duties import Met

ROOT = Path(__file__).parent.parent
TODAY = date(2003, 1, 1)
"""The day on which the record stands as it is: no conclusion that binds, no report is later."""
LAST = date(2002, 10, 29)  # the first day of the last meeting
SPAN = timedelta(days=3650)
PER_MEETING = 25
REPORTED = 0.6  # of the tasks that have fallen due
STATES = ("done", "done", "done", "done", "done", "done", "started", "declined", "not-applicable")


def sized(path: Path, conclusions: int) -> None:
    """Write a data folder with so many conclusions, 25 a meeting; fewer are one meeting's."""
    per_meeting = min(PER_MEETING, conclusions)
    if conclusions % per_meeting:
        message = f"{conclusions} conclusions do not make meetings of {per_meeting}"
        raise ValueError(message)
    folder(path, conclusions // per_meeting, per_meeting)


def folder(path: Path, meetings: int, per_meeting: int = PER_MEETING) -> None:
    """Write a data folder with so many meetings, and the next ones of the bodies that met."""
    chance = Random(f"{meetings} × {per_meeting}")  # noqa: S311 - the same folder each time
    for name in ("meetings", "progress"):
        (path / name).mkdir(parents=True, exist_ok=True)
    _write(path / "register.yaml", process.register())
    held = _held(chance, meetings)
    planned = _planned(held)
    days: dict[str, list[date]] = defaultdict(list)
    for met in (*held, *planned):
        days[met.body].append(met.start)
    record: list[Owed] = []
    for place, met in enumerate(held):
        language = "en" if place % 3 == 2 else "es"
        minutes = Minutes(chance, met, _coming(days, met.end), record, language)
        _write(path / f"meetings/{met.id}.yaml", minutes.text(per_meeting))
    for met in planned:
        head = f"id: {met.id}\nbody: {met.body}\nstart: {met.start}\nend: {met.end}\n"
        _write(path / f"meetings/{met.id}.yaml", head)
    for party, entries in _reports(chance, record).items():
        text = "".join(entry for _day, entry in sorted(entries))
        _write(path / f"progress/{party}.yaml", text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _held(chance: Random, meetings: int) -> list[Met]:
    """Return the meetings held, evenly over ten years, each body in turn; the last is `LAST`'s."""
    held: list[Met] = []
    numbers: dict[tuple[str, int], int] = defaultdict(int)
    bodies = list(process.BODIES)
    for place in range(meetings):
        start = LAST - timedelta(days=SPAN.days * (meetings - 1 - place) // meetings)
        # None ends before the one that began before it did, so that it may speak of all of its.
        end = max(start + timedelta(days=chance.randint(0, 3)), held[-1].end if held else start)
        body = bodies[place % len(bodies)]
        numbers[body, start.year] += 1
        members = process.members_on(end)
        here = sorted(chance.sample(members, len(members) - chance.randint(0, 3)))
        name = f"{body}-{start.year}-{numbers[body, start.year]:02}"
        held.append(Met(name, body, start, end, tuple(here)))
    return held


def _planned(held: Sequence[Met]) -> list[Met]:
    """Return the next meetings of the bodies that met, but for the last body's."""
    bodies = [body for body in list(process.BODIES)[:-1] if any(met.body == body for met in held)]
    planned = []
    for place, body in enumerate(bodies):
        start = date(2003, 1, 14) + timedelta(days=23 * place)
        planned.append(Met(f"{body}-2003-01", body, start, start + timedelta(days=2), ()))
    return planned


def _coming(days: dict[str, list[date]], end: date) -> dict[str, date]:
    """Return the first day of each body's first meeting after a day, where there is one."""
    places = {body: bisect_right(starts, end) for body, starts in days.items()}
    return {body: days[body][at] for body, at in places.items() if at < len(days[body])}


def _reports(chance: Random, record: Sequence[Owed]) -> dict[str, list[tuple[date, str]]]:
    """Return what each party reported, with the days; for an office its holder speaks."""
    reports: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for owed in record:
        if owed.ended or owed.deadline > TODAY:
            continue
        for party in owed.owing:
            if chance.random() >= REPORTED:
                continue
            last = min(TODAY, owed.deadline + timedelta(days=40))
            day = owed.since + timedelta(days=chance.randint(1, (last - owed.since).days))
            by = process.holder(party, day) if party in process.OFFICES else party
            entry = f"- mandate: {owed.ref}\n  date: {day}\n  progress: {chance.choice(STATES)}\n"
            if chance.random() < 0.4:
                entry += (
                    f"  evidence: https://example.org/{party.lower()}/{chance.randrange(9999)}\n"
                )
            elif chance.random() < 0.4:
                entry += f"  note: Nota verbal {chance.randrange(1, 400)}-{day.year}\n"
            reports[by].append((day, entry))
    return reports
