"""A letter to a party, as values: what is late, what comes soon, what else is open."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Entry, Party
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Record
from grcm_cli.language.days import long_day, long_span
from grcm_cli.language.text import LANGUAGES, _, collapse
from grcm_cli.letters.wording import adopted, by_when, name_of, names_of, whole
from grcm_cli.views import labels
from grcm_cli.views.tasks import record


class Situation(NamedTuple):
    """What letters are written from: all tasks of a day, and how far they look ahead."""

    register: Register
    tasks: Sequence[Task]
    as_of: date
    within: int
    """Days from the day on, in which what falls due is told."""


class Letter(NamedTuple):
    """What a party is told on a day, and in which language."""

    register: Register
    party: Party
    language: str
    as_of: date
    within: int
    late: Sequence[Task]
    soon: Sequence[Task]
    open: Sequence[Task]
    """The other open tasks: due later, or without a day."""

    @property
    def is_needed(self) -> bool:
        """Tell whether there is anything that cannot wait."""
        return bool(self.late or self.soon)


class Named(NamedTuple):
    """A party or the process, as a template has it."""

    name: str
    code: str


class Item(NamedTuple):
    """A task, as a template has it: texts in the letter's language. Fields are public: see docs."""

    reference: str
    action: str
    deadline: str
    deadline_iso: str
    status: str
    days_late: int
    days_left: int
    meeting: str
    meeting_days: str
    place: str
    reaches: str
    reported: str
    texts: Sequence[str]
    quoted_above: bool


def letter(found: Situation, party: Party, language: str) -> Letter:
    """Return what a party is told. What is not understood stays, where its day would put it."""
    own = select(found.tasks, Query(party=party.code))
    return Letter(
        register=found.register,
        party=party,
        language=language,
        as_of=found.as_of,
        within=found.within,
        late=[task for task in own if task.days is not None and task.days < 0],
        soon=[task for task in own if task.days is not None and 0 <= task.days <= found.within],
        open=[task for task in own if task.days is None or task.days > found.within],
    )


def addressees(found: Situation) -> list[Party]:
    """Return who may get a letter: all but offices that somebody holds, whose holder gets it."""
    owing = {code for task in found.tasks if task.is_open for code in _answering(task)}
    return [
        party
        for party in found.register.parties
        if party.code in owing or (party.kind != "office" and party.belongs_on(found.as_of))
    ]


def _answering(task: Task) -> Iterable[str]:
    """Yield whose task it is, an office only where nobody holds it."""
    for code in task.parties:
        yield from task.holders.get(code) or (code,)


def language_for(found: Situation, party: Party, wishes: Sequence[str]) -> str:
    """Return a letter's language: the party's own, its holder's, else the first wish we speak."""
    holder = found.register.directory.by_code.get(party.holder_on(found.as_of) or "")
    own = [one.language for one in (party, holder) if one is not None and one.language]
    return next((word for word in [*own, *wishes] if word in LANGUAGES), LANGUAGES[0])


def context(found: Letter) -> Mapping[str, object]:
    """Return what a template has: its names are public, as the manual lists them."""
    register, language = found.register, found.language
    process = register.process
    quoted: set[tuple[str, str]] = set()
    return {
        "process": Named(collapse(process.name.shown(language)), process.code),
        "party": Named(name_of(register, found.party.code, language), found.party.code),
        "day": long_day(found.as_of, language),
        "day_iso": found.as_of.isoformat(),
        "within": found.within,
        "late": [_item(found, task, quoted) for task in found.late],
        "soon": [_item(found, task, quoted) for task in found.soon],
        "open": [_item(found, task, quoted) for task in found.open],
    }


def _item(found: Letter, task: Task, quoted: set[tuple[str, str]]) -> Item:
    language, meeting = found.language, task.meeting
    address = meeting.id, task.conclusion.number
    above = address in quoted
    quoted.add(address)
    days = task.days or 0
    return Item(
        reference=str(task.reference),
        action=labels.action(task, language, with_due=False),
        deadline=by_when(task, found.register, language, lambda day: long_day(day, language)),
        deadline_iso=task.deadline.isoformat() if task.deadline else "",
        status="; ".join(labels.when([task]).split("\n")),
        days_late=max(0, -days),
        days_left=max(0, days),
        meeting=collapse(labels.title_of(meeting, language)),
        meeting_days=(
            long_span(meeting.start, meeting.last_day, language)
            if meeting.start and meeting.last_day
            else ""
        ),
        place=collapse(meeting.place or ""),
        reaches=_reaches(task, found),
        reported="; ".join(_reported(entry, found) for entry in task.reports),
        texts=_texts(task),
        quoted_above=above,
    )


def _texts(task: Task) -> list[str]:
    return [adopted(task.meeting, one) for one in whole(task.meeting, task.conclusion)]


def _reaches(task: Task, found: Letter) -> str:
    """Return how a duty reaches a party: in a group, with others, by an office; else nothing."""
    register, language, code = found.register, found.language, found.party.code
    if task.anybody:
        return _(labels.SOMEBODY)
    own = [one for one in task.parties if one == code or code in task.holders.get(one, ())]
    others = names_of(register, [one for one in task.parties if one not in own], language)
    said = [] if code in own else [names_of(register, own, language)]
    if others:
        said.append(_("together with {parties}").format(parties=others))
    if said or not task.is_separate:
        return ", ".join(said)
    return labels.reach(task, code)


def _reported(entry: Entry, found: Letter) -> str:
    said = f"{labels.progress_word(entry.progress)}, {long_day(entry.day, found.language)}"
    if entry.party != found.party.code:
        said += f", {name_of(found.register, entry.party, found.language)}"
    detail = collapse(" · ".join(filter(None, (entry.evidence, entry.note))))
    return f"{said}: {detail}" if detail else said


def records(tasks: Sequence[Task], language: str) -> list[Record]:
    """Return tasks as every list has them, each with the exact words of its conclusion."""
    return [{**record(task, language), "conclusion": "\n".join(_texts(task))} for task in tasks]
