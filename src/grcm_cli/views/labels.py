"""How a task is said: who, what, when and in which state, in the reader's language."""

from collections.abc import Sequence

from grcm_cli.domain.lineage import Ending
from grcm_cli.domain.model import Asap, Due, Mandate, Meeting, Ongoing
from grcm_cli.domain.task import State, Task, Wait
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.text import (
    LANGUAGES,
    N_,
    _,
    collapse,
    fold,
    in_language,
    natural_key,
    ngettext,
)

STATES: dict[State, str] = {
    "done": N_("done"),
    "declined": N_("declined"),
    "not-applicable": N_("not applicable"),
    "superseded": N_("superseded"),
    "closed": N_("closed"),
    "overdue": N_("overdue"),
    "due-soon": N_("due soon"),
    "upcoming": N_("upcoming"),
    "awaiting": N_("awaiting"),
    "standing": N_("standing"),
    "asap": N_("as soon as possible"),
    "undated": N_("no deadline"),
    "?": N_("? unclear"),
}
PROGRESS = {
    "started": N_("started"),
    "done": N_("done"),
    "declined": N_("declined"),
    "not-applicable": N_("not applicable"),
    "withdrawn": N_("report withdrawn"),
}


_ALSO = {
    "withdrawn": ("retirado", "retirada"),
    "done": ("cumplida", "hecho"),
    "started": ("iniciada",),
    "declined": ("declinada",),
}
"""Other words that people type for progress."""


def progress_named(text: str) -> str | None:
    """Return the word of a progress file that a reader's word means, in either language."""
    asked = _plain(text)
    for key, message in PROGRESS.items():
        named = {key, *(in_language(message, language) for language in LANGUAGES)}
        named |= set(_ALSO.get(key, ()))
        if asked in map(_plain, named):
            return key
    return None


def _plain(word: str) -> str:
    return fold(word).replace("-", "")


def progress_word(progress: str) -> str:
    """Return the reader's word for what was reported."""
    return _(PROGRESS[progress])


def progress_choices() -> str:
    """Return the words for progress, each with the reader's own where that is another one."""
    own = {**{key: _(message) for key, message in PROGRESS.items()}, "withdrawn": _("withdrawn")}
    said = (key if _plain(word) == _plain(key) else f"{key} ({word})" for key, word in own.items())
    return ", ".join(said)


NO_REPORT = N_("no report")
NOBODY = N_("nobody named")
SOMEBODY = N_("? not understood who")
_LONG = 12  # characters


def state(name: State) -> str:
    """Return a state in words."""
    return _(STATES[name])


def days(count: int) -> str:
    """Return a number of days in words."""
    return ngettext("{count} day", "{count} days", count).format(count=count)


def when(row: Sequence[Task]) -> str:
    """Return how far off the deadline is, or the state of tasks without one, and what has begun."""
    said = {_when(task) for task in row}
    head = said.pop() if len(said) == 1 else state(row[0].state)
    if row[0].missed.number:
        head = "\n".join([head, later_ones(row[0])])
    begun = sum(task.is_open and task.progress == "started" for task in row)
    if begun == 0:
        return head
    started = _(PROGRESS["started"]) if begun == 1 else _("{count} started").format(count=begun)
    return "\n".join([head, started])


def _when(task: Task) -> str:
    if task.done_on and (task.state == "done" or task.is_open):
        ended = _("done late, {day}") if task.done_late else _("done {day}")
        done = ended.format(day=task.done_on)
        return done if task.state == "done" else "\n".join([state(task.state), done])
    if task.ending:
        return ended_by(task.ending)
    if task.state == "?" or not task.is_open or task.days is None:
        return state(task.state)
    if task.days < 0:
        return _("late {days}").format(days=days(-task.days))
    if task.days == 0:
        return _("today")
    return _("in {days}").format(days=days(task.days))


def later_ones(task: Task) -> str:
    """Return how many later occurrences of a recurring duty were missed too."""
    count = task.missed.number
    return ngettext("and {count} later one", "and {count} later ones", count).format(count=count)


def ended_by(ending: Ending) -> str:
    """Return what a later conclusion did, and where that stands."""
    replaced, ended = _("superseded by {reference}"), _("closed by {reference}")
    return (replaced if ending.state == "superseded" else ended).format(reference=ending.by)


def extended(task: Task) -> str:
    """Return by when a task was due at first, and how often that was moved."""
    if task.first is None:
        return ""
    first = task.first.deadline or _undated(task.first.due)
    times = len(task.moves)
    if times == 1:
        return _("first due {first}, extended once").format(first=first)
    return _("first due {first}, extended {count} times").format(first=first, count=times)


def waits(wait: Wait, task: Task) -> str:
    """Return what a task waits for: `waits for 8#1: 1 of 11 in`."""
    where = str(wait.reference).removeprefix(f"{task.meeting.id}/")
    message = _("waits for {reference}: {answered} of {total} in")
    return message.format(reference=where, answered=wait.answered, total=wait.total)


def emphasis(task: Task) -> Emphasis:
    """Return how a task stands out beside the words that say the same."""
    if task.state == "?":
        return "unclear"
    if task.is_late:
        return "late"
    if task.state == "due-soon":
        return "soon"
    return "" if task.is_open else "closed"


def deadline(task: Task) -> str:
    """Return the deadline's day, and below it how the file writes it where it writes no day."""
    if task.deadline is None and task.state == "?":
        return f"? {task.due or ''}".rstrip()
    if task.deadline is None:
        return _undated(task.term.due)
    day = task.deadline.isoformat()
    return day if task.due == day or _is_long(task) else f"{day}\n({task.due})"


def _is_long(task: Task) -> bool:
    """Tell whether the words of `due` would take the room of the text beside them."""
    return task.due is not None and len(task.due) > _LONG


def _undated(due: Due | None) -> str:
    match due:
        case None | Ongoing() | Asap():
            return "–"
        case other:
            return other.written


def action(task: Task, language: str, *, with_due: bool = True) -> str:
    """Return what is to be done, and in brackets who supports it and what marks it.

    `with_due` adds how the file writes the deadline where the column for it has no room.
    """
    said = collapse(what(task.mandate, task, language))
    if task.mandate.support:
        names = ", ".join(word.text for word in task.mandate.support)
        said += " " + _("(with {parties})").format(parties=names)
    if with_due and task.deadline and task.due and _is_long(task):
        said += " " + _("(due {written})").format(written=task.due)
    if task.mandate.kind == "encouragement":
        said += " " + _("(encouragement)")
    if task.first:
        said += f" ({extended(task)})"
    said += "".join(f" ({waits(wait, task)})" for wait in task.waits)
    return said


def what(mandate: Mandate, task: Task, language: str) -> str:
    """Return a mandate's action, else its conclusion's own text."""
    return (mandate.action or task.conclusion.text).shown(language)


def party(task: Task, code: str) -> str:
    """Return a party's code, an office with who holds it: `PPT (GTM → MEX)`."""
    holders = task.holders.get(code)
    return f"{code} ({' → '.join(holders)})" if holders else code


def together(task: Task) -> str:
    """Return the parties that owe a task, joined where there are several."""
    nobody = SOMEBODY if task.anybody else NOBODY
    return " + ".join(party(task, code) for code in task.parties) or _(nobody)


def owing(row: Sequence[Task], everybody: Sequence[Task]) -> str:
    """Return who owes, for the tasks of one mandate that share a row.

    `everybody` are all the mandate's tasks: `10 of 11 (CRI done): BLZ CAN …`.
    """
    head, owed = how_many(row, everybody)
    codes = " ".join(map(together, owed))
    return f"{head}: {codes}" if head else codes


def how_many(row: Sequence[Task], everybody: Sequence[Task]) -> tuple[str, Sequence[Task]]:
    """Return how many of those who owe share a row, in words, and their tasks in order.

    No words where one alone owes, or several together.
    """
    bound = len({task.parties for task in everybody})
    if not row[0].is_separate or bound == 1:
        return "", row[:1]
    everybody = [task for task in everybody if task.occurrence == row[0].occurrence]
    if len(row) == bound:
        heard = sum(task.progress != "unknown" for task in row)
        head = _("each of {total} ({heard} reported)").format(total=len(row), heard=heard)
    else:
        head = _("{count} of {total}").format(count=len(row), total=bound)
        closed = _closed([task for task in everybody if not task.is_open and task not in row])
        head += f" ({closed})" if closed else ""
    return head, sorted(row, key=lambda task: natural_key(together(task)))


def _closed(others: Sequence[Task]) -> str:
    by_state: dict[State, list[Task]] = {}
    for task in others:
        by_state.setdefault(task.state, []).append(task)
    said = []
    for alike, found in by_state.items():
        who = " ".join(map(together, found)) if len(found) < 4 else str(len(found))
        said.append(" ".join([who, state(alike)]))
    return ", ".join(said)


def reach(task: Task, code: str) -> str:
    """Return the way in which a duty reaches a party: itself, as one of each, by an office."""
    if code in task.parties and len(task.parties) > 1:
        others = ", ".join(party(task, other) for other in task.parties if other != code)
        return _("together with {parties}").format(parties=others)
    if code in task.parties and task.is_separate:
        group = getattr(task.mandate.responsible, "group", "")
        if group == "members":
            return _("each member")
        return _("each participant") if group == "participants" else _("one of those listed")
    if code in task.parties:
        return _("itself")
    return together(task)


def title_of(meeting: Meeting, language: str) -> str:
    """Return a meeting's title, else its id."""
    return meeting.title.shown(language) if meeting.title else meeting.id
