"""Deadlines as the events of a calendar: one a duty and deadline, whoever owes it."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.exporter import Event, Feed
from grcm_cli.model import Party, Reference
from grcm_cli.register import Register
from grcm_cli.task import Task
from grcm_cli.text import _, collapse
from grcm_cli.views import words
from grcm_cli.views.answer import Answer

_Key = tuple[Reference, str, date | None]


def feed(answer: Answer, *, party: str | None = None, undated: bool = False) -> Feed:
    """Return the chosen tasks as events. What has no day is left out, unless `undated` asks for it.

    `party` is whose calendar it is, for its name.
    """
    register, language = answer.register, answer.language
    named = register.directory.by_code.get(party or "")
    of_mandate: dict[Reference, list[Task]] = {}
    for task in answer.everything:
        of_mandate.setdefault(task.reference, []).append(task)
    groups: dict[_Key, list[Task]] = {}
    for task in answer.found:
        if task.deadline is not None or undated:
            groups.setdefault(_key(task), []).append(task)
    events = [
        _event(group, of_mandate[group[0].reference], language, register.process.code)
        for group in groups.values()
    ]
    return Feed(_name(register, named, language), answer.as_of, language, events)


def _name(register: Register, party: Party | None, language: str) -> str:
    if party is None:
        return _("{name}: deadlines").format(name=register.process.name.shown(language))
    name = _("{name}: deadlines of the {process}")
    return name.format(name=party.name.shown(language), process=register.process.code)


def _key(task: Task) -> _Key:
    return task.reference, task.occurrence.name if task.occurrence else "", task.deadline


def _event(group: Sequence[Task], everybody: Sequence[Task], language: str, process: str) -> Event:
    task = group[0]
    is_closed = not any(one.is_open for one in group)
    what = collapse(words.what(task.mandate, task, language))
    marks = [what]
    if any(one.is_late for one in group):
        marks.insert(0, _("LATE"))
    elif is_closed:
        marks.insert(0, words.state(task.state))
    done = [one.done_on for one in group if one.done_on]
    return Event(
        uid=_uid(task, everybody, process),
        day=task.deadline,
        summary=": ".join(marks),
        description=_description(group, everybody, language),
        categories=[process, task.meeting.id, words.state(task.state)],
        closed_on=max(done) if is_closed and done else None,
        is_closed=is_closed,
    )


def _uid(task: Task, everybody: Sequence[Task], process: str) -> str:
    """Return an id that stays when the deadline moves, and differs where it moved for some only."""
    parts = [str(task.reference)]
    if task.occurrence and task.occurrence.name:
        parts.append(task.occurrence.name)
    alike = [one for one in everybody if one.occurrence == task.occurrence]
    if task.moves and any(one.deadline != task.deadline for one in alike):
        parts.append(str(task.moves[-1].by))
    return "-".join(parts).replace("/", "-").replace("#", "-") + f"@{process}.grcm"


def _description(group: Sequence[Task], everybody: Sequence[Task], language: str) -> str:
    task = group[0]
    said = [words.owing(group, everybody), _("Due: {written}").format(written=task.due or "–")]
    if task.first:
        said.append(words.extended(task))
    said += [words.waits(wait, task) for wait in task.waits]
    if task.mandate.support:
        names = ", ".join(word.text for word in task.mandate.support)
        said.append(_("with the support of {parties}").format(parties=names))
    if task.mandate.kind == "encouragement":
        said.append(_("encouragement"))
    title = words.title_of(task.meeting, language)
    said += ["", f"{task.meeting.id}/{task.conclusion.number} · {title}"]
    return "\n".join([*said, collapse(task.conclusion.text.shown(language))])
