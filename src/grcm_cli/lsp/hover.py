"""What an editor shows of the word at the cursor: a party, a meeting, a conclusion, a deadline."""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.due_text import due_in_words
from grcm_cli.domain.model import (
    Before,
    Conclusion,
    Due,
    EveryMeeting,
    Mandate,
    Meeting,
    NextMeeting,
    Party,
    Recurring,
    Reference,
    Until,
)
from grcm_cli.domain.query import Query
from grcm_cli.domain.recurrence import Series
from grcm_cli.domain.register import Register
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.days import long_day
from grcm_cli.language.markdown import literal, passage
from grcm_cli.language.text import N_, _, current_language, rule_text
from grcm_cli.lsp.cursor import Cursor, cursor_at, kind_of_file
from grcm_cli.lsp.record import OpenRecord
from grcm_cli.lsp.targets import DueValue, Target, target_at
from grcm_cli.reader.schema import GROUPS
from grcm_cli.views import mandate_summary, party
from grcm_cli.views.meeting_names import of_body
from grcm_cli.views.meetings import meeting_days

WORDS = {
    "request": N_("It must be done."),
    "encouragement": N_("It is urged, not required; lists mark it."),
    "directive": N_("It asks somebody to do something."),
    "deciding": N_("The meeting itself decides: approves, adopts, agrees."),
    "evaluative": N_("It thanks, welcomes, regrets."),
    "observing": N_("It takes note."),
    "reinforcing": N_("It recalls or reaffirms what was said before."),
    "started": N_("It has begun; the task stays open."),
    "done": N_("It is done; the task is closed."),
    "declined": N_("It will not be done; the task is closed."),
    "not-applicable": N_("It does not apply to this party; the task is closed."),
    "withdrawn": N_("The last report is taken back; the task is open again."),
    **GROUPS,
}
"""What each word of a closed list means."""
_MOST_DAYS = 3
"""Occurrences of a recurring duty that are shown."""


def hover(record: OpenRecord, name: str, index: int) -> tuple[str, int, int] | None:
    """Return what is shown as Markdown, and the two ends of the word; None for nothing."""
    document = record.document(name)
    cursor = cursor_at(document, index, kind_of_file(name))
    rules = list(_rules(record, name, index))
    lines: list[str] = []
    ends = (index, index)
    if cursor is not None and cursor.start <= index <= cursor.end:
        ends = (cursor.start, cursor.end)
        lines = _of_cursor(record, name, cursor, index)
    parts = [*lines, *(["---"] if lines and rules else []), *rules]
    return ("\n\n".join(parts), *ends) if parts else None


def _rules(record: OpenRecord, name: str, index: int) -> Iterator[str]:
    """Yield what the rules are about whose findings stand at an index."""
    document = record.document(name)
    seen = set()
    for finding in record.findings.get(name, ()):
        start, end = document.span(finding.at)
        if finding.at.width and start <= index <= end and finding.rule not in seen:
            seen.add(finding.rule)
            page = record.rules[finding.rule].page
            texts = (rule_text(text, current_language()) for text in (page.what, page.why))
            yield f"**{literal(finding.rule)}** · " + " ".join(map(literal, texts))


def _of_cursor(record: OpenRecord, name: str, cursor: Cursor, index: int) -> list[str]:
    if cursor.key is None and not cursor.party:
        table = cursor.table
        about = _(table[cursor.word].about) if table and cursor.word in table else ""
        return [f"**{literal(cursor.word)}** · {literal(about)}"] if about else []
    if cursor.kind in ("word", "words", "group", "responsible") and cursor.word in WORDS:
        return [f"**{literal(cursor.word)}** · {literal(_(WORDS[cursor.word]))}"]
    if record.register is None:
        return []
    target = target_at(cursor, record.register, record.meeting_of(name), index)
    line = record.document(name).line_of(cursor.start)
    return list(_of_target(record, record.register, target, line)) if target else []


def _of_target(record: OpenRecord, register: Register, target: Target, line: int) -> Iterator[str]:
    match target:
        case Party():
            yield party_text(record, register, target)
        case Meeting():
            yield from _of_meeting(target)
        case Reference():
            yield from _of_reference(record, register, target)
        case DueValue(due, meeting):
            yield literal(_(due_words(due, register)))
            mandate = _mandate_on(meeting, line)
            until = mandate[1].until if mandate else None
            yield literal(day_words(due, meeting, register, record.as_of, until))
            if mandate and mandate[1].due == due:
                yield from _states(record, meeting, *mandate)


def party_text(record: OpenRecord, register: Register, shown: Party) -> str:
    """Return a party as `grcm show` shows it, as Markdown."""
    own = tasks(register, record.as_of, Query(party=shown.code, closed=True))
    own = [task for task in own if shown.kind != "body" or shown.code in task.parties]
    language = current_language()
    view = party.PartyView(shown, register, own, record.as_of, language, "register.yaml")
    head, *lines = party.text(view, 10_000).rstrip("\n").split("\n")
    code, _space, words = head.partition(" ")
    first = f"**{literal(code)}** {literal(words.strip())}"
    return "  \n".join([first, *(passage(line) for line in lines[:-1] if line)])


def due_words(due: Due, register: Register) -> str:
    """Return a `due` in words."""
    language = current_language()
    return due_in_words(due, language, of_body=of_body(register.directory, language))


def day_words(
    due: Due, meeting: Meeting, register: Register, as_of: date, until: Until | None = None
) -> str:
    """Return the day that a `due` gives in a meeting's file, or why it gives none."""
    language = current_language()
    if isinstance(due, Recurring):
        series = Series(due, meeting, register.calendar, until.day if until else None)
        first = series.before(as_of) + 1
        found = [series.nth(number) for number in range(first, first + _MOST_DAYS)]
        days = [long_day(one.deadline, language) for one in found if one and one.deadline]
        if days:
            return _("next: {days}").format(days=", ".join(days))
        return _waiting(due.body) if isinstance(due, EveryMeeting) else _("no day any more")
    day = deadline(due, meeting, register.calendar)
    if day is not None:
        return _("until {day}").format(day=long_day(day, language))
    awaited = due.meeting if isinstance(due, Before) else due
    return _waiting(awaited.body) if isinstance(awaited, NextMeeting) else _("no day")


def _waiting(body: str) -> str:
    message = _("no day yet: the next meeting of {body} is in no file")
    return message.format(body=body)


def _of_meeting(meeting: Meeting) -> Iterator[str]:
    language = current_language()
    title = meeting.title.shown(language) if meeting.title else ""
    facts = (meeting_days(meeting, language), meeting.place or "", title)
    yield " · ".join([f"**{literal(meeting.id)}**", *(literal(fact) for fact in facts if fact)])


def _of_reference(record: OpenRecord, register: Register, reference: Reference) -> Iterator[str]:
    meeting = register.calendar.by_id.get(reference.meeting)
    if meeting is None:
        return
    conclusion = register.conclusion(reference)
    if conclusion is None:
        yield from _of_meeting(meeting)
        return
    days = meeting_days(meeting, current_language())
    yield f"**{literal(str(reference))}** · {literal(days)}"
    yield passage(conclusion.text.shown(current_language()))
    for mandate in register.mandates(reference):
        yield from _of_mandate(record, meeting, conclusion, mandate)


def _of_mandate(
    record: OpenRecord, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
) -> Iterator[str]:
    action = (mandate.action or conclusion.text).shown(current_language())
    number = f"#{mandate.ordinal} " if mandate.of_several else ""
    if mandate.action is not None or mandate.of_several:
        yield f"{literal(number)}{literal(action)}"
    yield from _states(record, meeting, conclusion, mandate)


def _states(
    record: OpenRecord, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
) -> Iterator[str]:
    """Yield the parties, the deadline and the states of a mandate, as lines of a list."""
    builder = record.tasks()
    found = list(builder.listed_tasks(meeting, conclusion, mandate)) if builder else []
    in_force = meeting.last_day is not None and meeting.last_day <= record.as_of
    if mandate.void is not None or not found:
        yield literal(mandate_summary.not_in_force(mandate, []))
        return
    facts = " · ".join(literal(fact) for fact in mandate_summary.facts(found, mandate))
    states = mandate_summary.states(found) if in_force else [_("not adopted yet on this day")]
    yield "\n".join([facts, "", *(f"- {literal(' '.join(state.split()))}" for state in states)])


def _mandate_on(meeting: Meeting, line: int) -> tuple[Conclusion, Mandate] | None:
    """Return the mandate whose deadline stands on a line."""
    for conclusion in meeting.conclusions or ():
        for mandate in conclusion.mandates:
            if mandate.due is not None and mandate.due_at.line == line:
                return conclusion, mandate
    return None
