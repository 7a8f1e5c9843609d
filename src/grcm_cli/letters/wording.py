"""Words for people who have never seen a file: by when, by whose name, in which words adopted."""

from collections.abc import Callable, Sequence
from datetime import date

from grcm_cli.domain.model import Asap, Conclusion, Due, FixedDay, Meeting, Ongoing
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.language.text import collapse
from grcm_cli.views import labels
from grcm_cli.views.due_text import in_words

ShowDay = Callable[[date], str]
"""How a day is written: ISO in a table, long in a letter."""


def name_of(register: Register, code: str, language: str) -> str:
    """Return a party's name, or its code where the register does not know it."""
    party = register.directory.by_code.get(code)
    return collapse(party.name.shown(language)) if party else code


def names_of(register: Register, codes: Sequence[str], language: str) -> str:
    """Return parties' names, in the order given."""
    return ", ".join(name_of(register, code, language) for code in codes)


def by_when(task: Task, register: Register, language: str, show: ShowDay) -> str:
    """Return a task's deadline: its day, and in brackets how the conclusion sets it in words.

    Nothing where no day was set.
    """
    said = _term(task.term.due, register, language)
    if task.state == "?" and task.deadline is None:
        return f"? {said}".rstrip()
    if task.deadline is None:
        return said
    day = show(task.deadline)
    return f"{day} ({said})" if said else day


def _term(due: Due | None, register: Register, language: str) -> str:
    """Return what `due` says in words; nothing where the day or the state says it all."""

    def titled(name: str) -> str:
        meeting = register.calendar.by_id.get(name)
        return collapse(labels.title_of(meeting, language)) if meeting else name

    match due:
        case None | Ongoing() | Asap():
            return ""
        case FixedDay(written, day) if written == day.isoformat():
            return ""
        case _:
            return in_words(due, language, titled)


def whole(meeting: Meeting, conclusion: Conclusion) -> list[Conclusion]:
    """Return a conclusion behind those that it belongs under: 12.a behind 12, which begins it."""
    parts = conclusion.number.split(".")
    above = {".".join(parts[:count]) for count in range(1, len(parts))}
    stems = [other for other in meeting.conclusions or () if other.number in above]
    return [*stems, conclusion]


def adopted(meeting: Meeting, conclusion: Conclusion) -> str:
    """Return a conclusion's exact words, in the language in which they were adopted."""
    return collapse(conclusion.text.shown(meeting.language or ""))
