"""Meetings, bodies and deadlines by their names, for people who know no codes."""

import re
from collections.abc import Callable, Collection
from datetime import date

from grcm_cli.domain.deadlines import Calendar
from grcm_cli.domain.due import Due, DueWording
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.parties import Directory, names_of
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.language import articles
from grcm_cli.language.text import _, collapse, fold
from grcm_cli.views.labels import party_article, party_name
from grcm_cli.views.meetings import meeting_days

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VOWELS = frozenset("aeiouy")


def of_body(directory: Directory, language: str) -> Callable[[str], str]:
    """Return what turns the code of a body into `of the Working Group`, `del Comité Técnico`."""

    def phrase(code: str) -> str:
        name = party_name(directory, code, language)
        return articles.of_name(name, party_article(directory, code, language), language)

    return phrase


def meeting_title(meeting: Meeting, directory: Directory, language: str) -> str:
    """Return a meeting's title as a sentence takes it, else whose meeting it is, else its id."""
    if meeting.title is not None:
        codes = {name for party in directory.by_code.values() for name in names_of(party)}
        return without_capitals(collapse(meeting.title.shown(language)), codes)
    if meeting.body is None or meeting.body.text not in directory.by_code or meeting.start is None:
        return meeting.id
    body = of_body(directory, language)(meeting.body.text)
    return _("Meeting {of_body}").format(of_body=body)


def meeting_name(meeting: Meeting, directory: Directory, language: str) -> str:
    """Return what tells a meeting from all others: its title, or its body and its days."""
    name = meeting_title(meeting, directory, language)
    days = meeting_days(meeting, language)
    return name if meeting.title or name == meeting.id or not days else f"{name}, {days}"


def without_capitals(title: str, names: Collection[str] = ()) -> str:
    """Return a title that is all in capitals with its words in small letters, each with a capital.

    Roman numerals, acronyms and those of `names` that are in capitals stay as they are. Any other
    title is returned unchanged, and so is a single word.
    """
    words = _WORD.findall(title)
    if len(words) < 2 or title != title.upper():
        return title
    codes = {name for name in names if name.isupper()}
    is_first = True

    def small(word: re.Match[str]) -> str:
        nonlocal is_first
        text = word[0]
        if _ROMAN.fullmatch(text) or text in codes or _is_acronym(title, word):
            return text
        starts, is_first = is_first, False
        lower = text.lower()
        return (
            lower
            if lower in articles.small_words() and not starts
            else lower[:1].upper() + lower[1:]
        )

    return _WORD.sub(small, title)


def _is_acronym(title: str, word: re.Match[str]) -> bool:
    """Tell whether a word has no vowel, is in brackets, or is joined to a number."""
    before, after = title[: word.start()][-1:], title[word.end() :][:1]
    joined = before.isdigit() or after.isdigit() or after == "-" or before == "-"
    return joined or (before, after) == ("(", ")") or _VOWELS.isdisjoint(fold(word[0]))


def due_at_meeting(task: Task, calendar: Calendar) -> Due | None:
    """Return the `due` of a task, with the meeting itself where it says the next one.

    It is unchanged while that meeting is in no file.
    """
    set_by = task.moves[-1].meeting if task.moves else task.meeting
    return task.term.due.resolved(set_by, calendar) if task.term.due else None


def task_due_in_words(task: Task, register: Register, language: str) -> str:
    """Return the `due` of a task in words, with the names of bodies and meetings, or nothing."""

    def name(code: str) -> str:
        meeting = register.calendar.by_id.get(code)
        return meeting_name(meeting, register.directory, language) if meeting else code

    due = due_at_meeting(task, register.calendar)
    if due is None:
        return ""
    return due.words(DueWording(language, name, of_body(register.directory, language)))


def deadline_in_words(
    task: Task, register: Register, language: str, day_text: Callable[[date], str]
) -> str:
    """Return a task's deadline, and in brackets the `due` in words where that is no day.

    `day_text` writes a day. The text is empty where no deadline was set.
    """
    due = task.term.due
    is_told = due is None or due.is_soft or due.is_day
    words = "" if is_told else task_due_in_words(task, register, language)
    if task.deadline is None:
        return f"? {words}".rstrip() if task.state == "?" else words
    return f"{day_text(task.deadline)} ({words})" if words else day_text(task.deadline)
