"""Duties as the rows of a page: those of one mandate that stand alike, or one party's own."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Entry
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.days import long_day
from grcm_cli.language.text import _, collapse
from grcm_cli.site import urls
from grcm_cli.site.page_data import Book
from grcm_cli.views import labels
from grcm_cli.views.due_text import in_words

MOST = 300
"""Rows of a page; what is beyond goes on on the next."""
_FEW = 3  # parties of a row that are called by their names; more of them by their codes


class Who(NamedTuple):
    """A party as a page names it, with its own page where it has one."""

    label: str
    title: str
    path: str | None


class Duty(NamedTuple):
    """A row: by when, how far off, who, what and where it was adopted."""

    reference: str
    path: str
    deadline: date | None
    day: str
    """The deadline in words, or what it waits for."""
    written: str
    """How the text says the deadline, where it names no day."""
    when: Sequence[str]
    emphasis: Emphasis
    head: str
    who: Sequence[Sequence[Who]]
    """Each of those who owe separately; within it, those who owe together."""
    what: str
    language: str
    """The language of `what`, where it is not the page's."""
    reports: Sequence[str] = ()
    """What the party itself has reported, where the page is its own."""


def shared(book: Book, tasks: Iterable[Task]) -> list[Duty]:
    """Return a row for the tasks of one mandate that have the same deadline and state."""
    rows: dict[object, list[Task]] = {}
    for task in tasks:
        same = (id(task.mandate), task.deadline, task.state, task.missed.number)
        rows.setdefault(same, []).append(task)
    return [_shared(book, row) for row in rows.values()]


def _shared(book: Book, row: Sequence[Task]) -> Duty:
    head, owed = labels.how_many(row, book.of_mandate(row[0].mandate))
    few = sum(len(task.parties) for task in owed) <= _FEW
    return _duty(book, row, head, [together(book, task, in_full=few) for task in owed])


def own(book: Book, tasks: Iterable[Task], code: str) -> list[Duty]:
    """Return a row for each task of a party, with the way in which it reaches that party."""
    return [_own(book, task, code) for task in tasks]


def _own(book: Book, task: Task, code: str) -> Duty:
    reports = [_report(book, entry) for entry in task.reports]
    if code in task.parties or task.anybody:
        return _duty(book, [task], labels.reach(task, code), ())._replace(reports=reports)
    who = [together(book, task, in_full=True)]
    return _duty(book, [task], "", who)._replace(reports=reports)


def _report(book: Book, entry: Entry) -> str:
    """Return a report: who and when, what, and what it refers to."""
    day = long_day(entry.day, book.language)
    head = f"{entry.party}, {day}: {labels.progress_word(entry.progress)}"
    return " · ".join(filter(None, (head, entry.evidence, entry.note)))


def _duty(book: Book, row: Sequence[Task], head: str, who: Sequence[Sequence[Who]]) -> Duty:
    task = row[0]
    said = in_words(task.term.due, book.language) if task.term.due else ""
    day = long_day(task.deadline, book.language) if task.deadline else _no_day(task, said)
    is_day = task.deadline is None or task.due == task.deadline.isoformat()
    return Duty(
        reference=str(task.reference),
        path=book.place_of(task.reference) or "",
        deadline=task.deadline,
        day=day,
        written="" if is_day else said,
        when=labels.when(row).split("\n"),
        emphasis=labels.emphasis(task),
        head=head,
        who=who,
        what=collapse(labels.action(task, book.language, with_due=False)),
        language=book.other_language(task.mandate.action or task.conclusion.text, task.meeting),
    )


def _no_day(task: Task, said: str) -> str:
    """Return what stands for a deadline that is no day; a state's own word stands beside it."""
    if task.state == "?":
        return labels.deadline(task)
    return "–" if task.state in ("undated", "standing", "asap") else said


def together(book: Book, task: Task, *, in_full: bool) -> Sequence[Who]:
    """Return those who owe a task, by their names or by their codes.

    One without a page where the text names nobody.
    """
    if not task.parties:
        return [Who(labels.together(task), "", None)]
    return [
        named(book, code, _full(book, task, code) if in_full else labels.party(task, code))
        for code in task.parties
    ]


def _full(book: Book, task: Task, code: str) -> str:
    """Return a party by its name, an office with who holds it."""
    holders = " → ".join(book.name_of(holder) for holder in task.holders.get(code, ()))
    return f"{book.name_of(code)} ({holders})" if holders else book.name_of(code)


def named(book: Book, code: str, label: str | None = None) -> Who:
    """Return a party as pages name it."""
    if code not in book.register.directory.by_code:
        return Who(label or code, "", None)
    return Who(label or code, book.name_of(code), urls.party(code))


class Section(NamedTuple):
    """Rows under a heading; `key` is its place on a page."""

    key: str
    heading: str
    rows: Sequence[Duty]


class Part(NamedTuple):
    """One page of a long list: which, of how many, with their addresses."""

    number: int
    paths: Sequence[str]
    sections: Sequence[Section]

    @property
    def path(self) -> str:
        """The page's own address."""
        return self.paths[self.number - 1]


def parts(path: str, sections: Iterable[Section]) -> list[Part]:
    """Return the pages on which a list in sections goes, at least one; a section may be cut."""
    pages: list[list[Section]] = [[]]
    room = MOST
    for section in sections:
        rest = list(section.rows)
        while rest:
            if room == 0:
                pages.append([])
                room = MOST
            pages[-1].append(section._replace(rows=rest[:room]))
            room, rest = room - len(rest[:room]), rest[room:]
    paths = [urls.part(path, number) for number in range(1, len(pages) + 1)]
    return [Part(number, paths, page) for number, page in enumerate(pages, 1)]


def places(parts: Sequence[Part]) -> dict[str, str]:
    """Return where each section of a list begins."""
    found: dict[str, str] = {}
    for part in parts:
        for section in part.sections:
            found.setdefault(section.key, f"{part.path}#{section.key}")
    return found


def by_urgency(tasks: Sequence[Task]) -> list[tuple[str, str, list[Task]]]:
    """Return open tasks under the headings that a reader looks for, each only where it has any."""
    late = [task for task in tasks if task.is_late]
    soon = [task for task in tasks if task.state == "due-soon"]
    unclear = [task for task in tasks if task.state == "?"]
    later = [task for task in tasks if task.state == "upcoming"]
    rest = [task for task in tasks if task.state in ("awaiting", "asap", "standing", "undated")]
    named = [
        ("unclear", _("Not understood"), unclear),
        ("late", _("Overdue"), late),
        ("soon", _("Due within 30 days"), soon),
        ("later", _("Later"), later),
        ("undated", _("Without a day"), rest),
    ]
    return [(key, heading, found) for key, heading, found in named if found]
