"""The deadlines of a calendar: those of tasks, and those that an earlier file had."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from grcm_cli.domain.due import Occurrence
from grcm_cli.domain.model import Reference
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.exports.ics_file import CalendarData, Deadline, EarlierEntry, Entries
from grcm_cli.language.text import _, clean, collapse, labelled
from grcm_cli.views import labels
from grcm_cli.views.meetings import written_due
from grcm_cli.views.tasks import TaskSelection, by_mandate, group_by

_NOT_BEGUN = {"unknown", "not-started", "declined", "not-applicable"}
ENDED_STAYS = 90  # days for which a calendar that is written over says that an entry has ended
_NOTICE = ".grcm.notice"  # ends the id of a notice, which the next calendar does not repeat


class OwnedTasks(NamedTuple):
    """What a calendar needs to know of all tasks of its owner."""

    tasks: Sequence[Task]
    alike: Callable[[Task], Sequence[Task]]  # returns the tasks of all who owe the same as a task
    page_of: Callable[[Task], str | None] | None = None
    """Returns the address of a task's page, to stand in the place of the conclusion's text."""


def calendar_data(
    data: TaskSelection,
    *,
    earlier: Entries,
    undated: bool = False,
    incomplete: str = "",
    owned: OwnedTasks | None = None,
) -> CalendarData:
    """Return the deadlines of the selected tasks; those without a day only with `undated`.

    `earlier` are the entries of the file that it replaces: what has ended since is marked so.
    `incomplete` says what could not be read: an event shows it, and what the calendar lacks for it
    stays as it was. `owned` are the tasks of the owner, for who makes the calendars of all.
    """
    party = data.party
    if owned is None:
        everything, tasks_of = data.everything, by_mandate(data.everything)
        tasks = [task for task in everything if not party or task.anybody or task.belongs_to(party)]
        every = TaskBuilder(data.register, data.as_of, EVERYTHING)
        owned = OwnedTasks(tasks, lambda task: every.alike(task, tasks_of[id(task.mandate)]))
    builder = _DeadlineBuilder(data, owned)
    owner, process = data.register.directory.by_code.get(party or ""), data.register.process
    message = _("{name}: deadlines of the {process}") if owner else _("{name}: deadlines")
    name = message.format(name=(owner or process).name.shown(data.language), process=process.code)
    deadlines = builder.deadlines(task for task in data.selected if task.deadline or undated)
    deadlines += list(builder.ended_since(earlier, deadlines, is_complete=not incomplete))
    deadlines = [deadline for deadline in deadlines if undated or deadline.day is not None]
    if incomplete:
        notice = _notice(incomplete, data.as_of, builder.category, builder.process_domain)
        deadlines.insert(0, notice)
    return CalendarData(name, data.as_of, deadlines, earlier, builder.domain)


def calendar_of(
    sources: Sequence[TaskSelection],
    notes: Mapping[str, str] | None,
    *,
    undated: bool,
    earlier: Entries,
) -> CalendarData:
    """Return the calendar of a process, or of several as one where `notes` are given.

    `notes` say why a process could not be read: its entries of the earlier file stay as they were.
    """
    parts = [
        calendar_data(data, undated=undated, earlier=earlier, incomplete=data.incomplete)
        for data in sources
    ]
    first = parts[0]
    if notes is None:
        return first
    deadlines = [
        _notice(note, first.as_of, code, quote(code, safe="")) for code, note in notes.items()
    ]
    deadlines += [deadline for part in parts for deadline in part.deadlines]
    if notes:
        read = tuple(f"@{clean(part.domain)}" for part in parts)
        foreign = [item for item in first.earlier.items() if not item[0].endswith((*read, _NOTICE))]
        stay = [item for item in sorted(foreign) if not _is_over(item[1], first.as_of)]
        deadlines += [_as_it_was(*item) for item in stay]
    data = sources[0]
    owner = data.register.directory.by_code.get(data.party or "")
    title = _("Deadlines")
    if owner:
        title = _("{name}: deadlines").format(name=owner.name.shown(data.language))
    # No comma: not every program takes off the backslash that one gets in a name.
    name = " · ".join([title, *(source.process for source in sources)])
    return first._replace(name=name, deadlines=_with_unique_ids(deadlines))


def _notice(note: str, as_of: date, process: str, domain: str) -> Deadline:
    """Return an event, on the calendar's day, that says what is missing."""
    uid, summary = f"incomplete@{domain}{_NOTICE}", _("grcm: this calendar is incomplete")
    return Deadline(uid, as_of, summary, note, [process], is_notice=True)


def _address(uid: str) -> tuple[str, ...]:
    """Return the conclusion and the mandate in an id, without what else its deadline adds."""
    return tuple(uid.partition("@")[0].split("~")[:2])


def _is_over(entry: EarlierEntry, as_of: date) -> bool:
    """Tell whether calendars have had the time to learn that an entry has ended."""
    modified = entry.day_of("LAST-MODIFIED") or date.min
    return entry.has_ended and (as_of - modified).days > ENDED_STAYS


def _as_it_was(uid: str, entry: EarlierEntry, prefix: str = "") -> Deadline:
    """Return an entry of the earlier file. `prefix` is what summaries begin with."""
    return Deadline(
        uid=uid,
        day=entry.day(),
        summary=prefix + entry.text("SUMMARY").removeprefix(prefix),
        description=entry.text("DESCRIPTION"),
        categories=entry.texts("CATEGORIES"),
        closed_on=entry.day_of("COMPLETED"),
        is_closed=entry.has_ended,
        has_begun="STATUS:IN-PROCESS" in entry.content,
        is_cancelled=entry.has_ended,
    )


def _occurrence_key(task: Task) -> tuple[int, str]:
    """Return a mandate by its identity, as two may share a reference by mistake, and the time."""
    return id(task.mandate), task.occurrence_name


def _with_unique_ids(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Return the deadlines; an id that a faulty record has twice gets a number before it."""
    counts: Counter[str] = Counter()
    unique = []
    for deadline in deadlines:
        counts[deadline.uid] += 1
        number = f"{counts[deadline.uid]}." if counts[deadline.uid] > 1 else ""
        unique.append(deadline._replace(uid=f"{number}{deadline.uid}"))
    return unique


class _DeadlineBuilder:
    """Makes deadlines from tasks that share a mandate, an occurrence and a day."""

    def __init__(self, data: TaskSelection, owned: OwnedTasks) -> None:
        self.data, self.owned, self.language = data, owned, data.language
        self.by_occurrence = group_by(owned.tasks, _occurrence_key)
        code = data.register.process.code
        self.category = data.process or code
        self.prefix = f"{data.process} · " if data.process else ""  # of summaries, among several
        # With the ids of its own calendar, unless another record has the same code.
        self.process_domain = code if self.category == code else quote(data.process, safe="")
        owner = f"{data.party}." if data.party else ""
        self.domain = f"{owner}{self.process_domain}.grcm"

    def deadlines(self, tasks: Iterable[Task]) -> list[Deadline]:
        """Return the deadlines of tasks, one for all that share it."""
        groups = group_by(tasks, lambda task: (_occurrence_key(task), task.deadline))
        return _with_unique_ids(map(self._deadline, groups.values()))

    def ended_since(
        self, earlier: Entries, listed: Sequence[Deadline], *, is_complete: bool
    ) -> Iterator[Deadline]:
        """Yield the entries of the earlier file that are no longer listed.

        A missed occurrence that the oldest one counts stays late. Calendars keep another open one,
        which an option left out. All others have ended, or stay as they were if a file that could
        not be read may have them. One not known may be gone, confidential or another's.
        """
        as_of, prefix, suffix = self.data.as_of, self.prefix, f"@{clean(self.domain)}"
        gone = earlier.keys() - {clean(deadline.uid) for deadline in listed}
        # What is confidential, as ids name it.
        withheld = {str(name).replace("/", "_") for name in self.data.register.confidential}
        missing = {uid for uid in gone if uid.endswith(suffix)}  # not those of another's calendar
        every = self.owned.tasks if missing else ()
        deadlines = {clean(deadline.uid): deadline for deadline in self.deadlines(every)}
        addresses = {_address(clean(deadline.uid)) for deadline in listed}
        # Of a recurring duty that was missed, lists have the oldest time, and count later ones.
        oldest = {_address(_place(task)): task for task in every if task.missed.number}
        builder = TaskBuilder(self.data.register, as_of, EVERYTHING) if oldest else None
        for uid in sorted(missing):
            entry, current = earlier[uid], deadlines.get(uid)
            address, day = _address(uid), entry.day()
            conclusion = re.sub(r"\A[0-9]+\.", "", address[0])  # or it is the second of its id
            is_withheld = not withheld.isdisjoint((conclusion.partition("_")[0], conclusion))
            is_counted = builder and current is None and address in oldest
            if builder and is_counted and (group := self._counted(oldest[address], uid, builder)):
                yield from [self._deadline(group)] if address in addresses else []
                continue
            is_open = current is not None and not current.is_closed and current.day is not None
            if is_open or _is_over(entry, as_of):
                continue
            if current is not None and current.is_closed:
                yield current._replace(is_cancelled=True)
            elif not is_complete and not is_withheld:
                yield _as_it_was(uid, entry, prefix)
            else:  # the texts of what is not known are not repeated, and nothing is said of why
                ended = current or Deadline(uid, None, "", "", [], entry.day_of("COMPLETED"))
                end = _("no longer in this calendar")
                if current:
                    end = labelled(_("no longer due"), current.summary.removeprefix(prefix))
                ended = ended._replace(day=day, summary=prefix + end)
                yield ended._replace(is_closed=True, is_cancelled=True)

    def _counted(self, oldest: Task, uid: str, builder: TaskBuilder) -> Sequence[Task]:
        """Return the missed tasks of the time in an id, which a list counts with the oldest."""
        name = "".join(uid.partition("@")[0].split("~")[2:3])
        of_time = builder.alike(oldest._replace(occurrence=Occurrence(name, None)))
        owed = [task for task in of_time if self.data.party in (None, *task.bound)]
        is_public = all(task.is_confidential <= oldest.is_confidential for task in owed)
        return [task for task in owed if task.has_passed and is_public]

    def _deadline(self, group: Sequence[Task]) -> Deadline:
        first = group[0]
        is_closed = not any(task.is_open for task in group)
        states = dict.fromkeys(labels.state(task.state) for task in group)
        summary = collapse(labels.what(first, self.language))
        if any(task.is_late for task in group):
            summary = labelled(_("LATE"), summary)
        elif is_closed:
            summary = labelled(", ".join(states), summary)
        done = [task.done_on for task in group if task.done_on and task.state == "done"]
        key = _occurrence_key(first)
        moves = _distinct_moves(first, self.by_occurrence.get(key, group))
        parts = (_place(first), key[1], *(by.replace("/", "_") for by in moves))
        return Deadline(
            uid=f"{'~'.join(filter(None, parts))}@{self.domain}",
            day=first.deadline,
            summary=self.prefix + summary,
            description="\n".join(self._description(group, ", ".join(states))),
            categories=[self.category, first.meeting.id, *states],
            closed_on=max(done) if len(done) == len(group) else None,
            is_closed=is_closed,
            has_begun=not is_closed and not {task.progress for task in group} <= _NOT_BEGUN,
            moved=max(len(task.moves) for task in group),
        )

    def _description(self, group: Sequence[Task], states: str) -> Iterator[str]:
        """Yield the lines: responsible parties, deadline and state, reports, conclusion's text."""
        task = group[0]
        yield labels.owing(group, self.owned.alike(task))
        if self.data.party in task.parties and task.is_separate:
            yield labels.reach(task, self.data.party)
        due = written_due(task, self.data.register, self.language) or "–"
        yield _("Due: {written}").format(written=due)
        yield _("On {day}: {state}").format(day=self.data.as_of, state=states)
        yield from labels.about_deadline(task)
        if task.mandate.support:
            yield labels.supported(task.mandate)
        if task.mandate.kind == "encouragement":
            yield _("encouragement")
        for entry in dict.fromkeys(entry for sibling in group for entry in sibling.reports):
            details = [collapse(detail) for detail in (entry.evidence, entry.note) if detail]
            reported = f"{entry.party} {entry.day} {labels.progress_word(entry.progress)}"
            yield " · ".join([reported, *details])
        meeting = task.meeting
        title = collapse(meeting.title.shown(self.language)) if meeting.title else meeting.id
        yield ""
        yield f"{meeting.id}/{task.conclusion.number} · {title}"
        if self.owned.page_of is None:
            yield collapse(task.conclusion.text.shown(self.language))
        elif address := self.owned.page_of(task):
            yield address


def _place(task: Task) -> str:
    """Return what an id begins with; it stays when the deadline moves, or a mandate is added."""
    address = Reference(task.meeting.id, task.conclusion.number, task.mandate.ordinal)
    # No meeting's id and no number has `_` or `~`, and both are safe in file names.
    return str(address).replace("/", "_").replace("#", "~")


def _distinct_moves(task: Task, alike: Sequence[Task]) -> Sequence[str]:
    """Return the moves that distinguish a task's deadline; none where all `alike` share it.

    A move for everybody distinguishes only the tasks done before it, which keep the old deadline.
    """
    chains: dict[date | None, tuple[str, ...]] = {}
    wide = {move.by for sibling in alike for move in sibling.moves if not move.parties}
    for sibling in alike:
        missing = sorted(wide - {move.by for move in sibling.moves})
        narrow = tuple(str(move.by) for move in sibling.moves if move.parties)
        chain = (*(f"before-{by}" for by in missing[:1]), *narrow)
        chains[sibling.deadline] = min(chains.get(sibling.deadline, chain), chain)
    mine = chains.pop(task.deadline)
    for length in range(len(mine) + 1):
        if all(sibling_chain[:length] != mine[:length] for sibling_chain in chains.values()):
            return mine[:length]
    return mine
