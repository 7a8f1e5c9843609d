"""What a word of a file stands for: what an editor shows of it, where it is defined and named.

And what a meeting's file holds, as an outline.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from lsprotocol import types

from grcm_cli.domain.due import Due
from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.model import AdoptedMandate, Location, Meeting, Party, Reference, Theme
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, select
from grcm_cli.domain.tasks import TaskBuilder, tasks
from grcm_cli.language.days import long_day
from grcm_cli.language.markdown import literal, passage
from grcm_cli.language.text import _, clean, current_language, on_one_line, rule_text
from grcm_cli.lookups.edits import placed_references, uses_of
from grcm_cli.lsp.cursor import Cursor, cursor_at, kind_of_file
from grcm_cli.lsp.documents import Document
from grcm_cli.lsp.record import OpenRecord
from grcm_cli.reader.fields import GROUPS
from grcm_cli.views import mandate_summary, party
from grcm_cli.views.labels import form_in_words
from grcm_cli.views.meetings import meeting_days

_CODES = frozenset({"code", "codes", "responsible", "group", "members"})
_WORD = re.compile(r"[A-Za-z0-9-]+")
_MOST_DAYS = 3  # occurrences of a recurring duty that are shown
_WIDEST = 80  # characters of a text in the outline


class DueValue(NamedTuple):
    """A `due` of a meeting's file."""

    due: Due
    meeting: Meeting


Target = Party | Theme | Meeting | Reference | DueValue
"""What a word stands for; a reference names a conclusion or a mandate."""


def target_at(
    cursor: Cursor, register: Register, meeting: Meeting | None, index: int
) -> Target | None:
    """Return what the word at the cursor stands for; None where it stands for nothing known."""
    meetings = register.calendar.by_id
    if cursor.is_theme:
        return register.themes.get(cursor.party or cursor.word)
    if cursor.party or cursor.kind in _CODES:
        return register.directory.by_code.get(cursor.party or cursor.word)
    match cursor.kind:
        case "reference" | "references":
            reference = register.parse_reference(cursor.word, meeting.id if meeting else None)
            named = meetings.get(reference.meeting) if reference else None
            return reference if reference and reference.number is not None and named else named
        case "number" if meeting is not None:
            return Reference(meeting.id, cursor.word)
        case "id" | "occurrence":
            return meetings.get(cursor.word)
        case "due" if meeting is not None:
            for match in _WORD.finditer(cursor.word):
                if cursor.start + match.start() <= index <= cursor.start + match.end():
                    party = register.directory.by_code.get(match[0])
                    if party or match[0] in meetings:
                        return meetings.get(match[0]) or party
            due = parse_due(cursor.word)
            return DueValue(due, meeting) if due else None
    return None


def definitions(target: Target, register: Register) -> list[Location]:
    """Return where what a word stands for is defined."""
    meetings = register.calendar.by_id
    match target:
        case Party() | Theme() | Meeting():
            return [target.at]
        case DueValue(due, meeting):
            named = due.meetings(meeting, register.calendar)
            return [meetings[name].at for name in sorted(named) if name in meetings]
        case Reference():
            conclusion, mandates = register.conclusion(target), register.mandates(target)
            if conclusion is None:
                return [meetings[target.meeting].at] if target.meeting in meetings else []
            if target.ordinal is not None and len(mandates) == 1 and mandates[0].of_several:
                return [mandates[0].at]
            return [conclusion.number_at]


def uses(target: Target, register: Register) -> Iterator[Location]:
    """Yield every place of the record at which what a word stands for is named."""
    match target:
        case Party() | Theme() | Meeting():
            name = target.id if isinstance(target, Meeting) else target.code
            yield from (word.at.of_last_word(word.text, name) for word in uses_of(target, register))
        case Reference():
            for named, word in placed_references(register):
                if named[:2] == target[:2] and target.ordinal in (None, named.ordinal):
                    yield word.at


def hover(record: OpenRecord, name: str, index: int) -> types.Hover | None:
    """Return what is shown of a word, as Markdown; None for nothing."""
    document = record.document(name)
    cursor = cursor_at(document, index, kind_of_file(name))
    passages: list[str] = []
    ends = (index, index)
    if cursor is not None and cursor.start <= index <= cursor.end:
        ends = (cursor.start, cursor.end)
        passages = list(_of_cursor(record, name, cursor, index))
    pages = {}
    for finding in record.findings.get(name, ()):
        start, end = document.span(finding.at)
        if finding.at.width and start <= index <= end:
            pages[finding.rule] = record.rules[finding.rule].page()
    if passages and pages:
        passages.append("---")
    for rule, page in pages.items():
        texts = (literal(rule_text(text, current_language())) for text in (page.what, page.why))
        passages.append(f"**{literal(rule)}** · {' '.join(texts)}")
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n".join(passages))
    return types.Hover(content, document.range_of(*ends)) if passages else None


def _of_cursor(record: OpenRecord, name: str, cursor: Cursor, index: int) -> Iterator[str]:
    register, as_of, language = record.register, record.as_of, current_language()
    word, table = cursor.word, cursor.table
    if cursor.key is None and not cursor.party:
        if word in table:
            yield f"**{literal(word)}** · {literal(_(table[word].about))}"
    elif about := word_about(cursor, word):
        yield f"**{literal(word)}** · {literal(about)}"
    elif register is not None:
        match target_at(cursor, register, record.meeting_of(name), index):
            case Party() as shown:
                codes = register.members_of(shown.code)
                query = Query(parties=codes, named=shown.kind == "group", closed=True)
                owed = select(tasks(register, as_of, query), query)
                owed = [task for task in owed if shown.kind != "body" or shown.code in task.parties]
                view = party.PartyView(shown, register, owed, as_of, language, "register.yaml")
                first = f"**{literal(shown.code)}** {literal(shown.name.shown(language))}"
                yield "  \n".join([first, *map(passage, filter(None, party.facts(view)))])
            case Theme() as theme:
                query = Query(themes=(theme.code,))
                still = select(tasks(register, as_of, query), query)
                sentence = _(
                    "open tasks as of {day}: {open}; overdue: {late} (grcm due --theme {code})"
                )
                late = sum(task.is_late for task in still)
                count = sentence.format(day=as_of, open=len(still), late=late, code=theme.code)
                names = ", ".join(dict.fromkeys(theme.name.by_language.values()))
                yield f"**{literal(theme.code)}** {literal(names)}  \n{literal(count)}"
            case Meeting() as meeting:
                yield _of_meeting(meeting)
            case Reference() as reference:
                yield from _of_reference(register, as_of, reference)
            case DueValue() as value:
                line = record.document(name).line_of(cursor.start)
                yield from _of_value(register, as_of, value, line)


def word_about(cursor: Cursor, word: str) -> str:
    """Return what a word of a closed list means at the cursor; an empty text for any other."""
    field = cursor.table.get(cursor.key or "")
    words = GROUPS if cursor.kind in ("group", "responsible") else field.choices if field else {}
    return _(words[word]) if words.get(word) else ""


def day_words(
    due: Due, meeting: Meeting, register: Register, as_of: date, until: date | None = None
) -> str:
    """Return the day that a `due` gives in a meeting's file, or why it gives none."""
    language = current_language()
    series = due.series(meeting, register.calendar, until)
    if series is not None:
        first = series.before(as_of) + 1
        times = map(series.nth, range(first, first + _MOST_DAYS))
        days = [long_day(time.deadline, language) for time in times if time and time.deadline]
        if days:
            return _("next: {days}").format(days=", ".join(days))
    day = due.last_day(meeting, register.calendar)
    if day is not None:
        return _("until {day}").format(day=long_day(day, language))
    if due.body is not None:
        message = _("no date yet: the next meeting of {body} is not in the record")
        return message.format(body=due.body)
    return _("no further date") if due.recurs else _("no date")


def _of_value(register: Register, as_of: date, value: DueValue, line: int) -> Iterator[str]:
    due, meeting = value
    yield literal(form_in_words(due, register.directory, current_language()))
    of_meeting = (row for row in register.all_mandates if row.meeting is meeting)
    on_line = (row for row in of_meeting if row.mandate.due and row.mandate.due_at.line == line)
    adopted = next(on_line, None)
    until = adopted.mandate.until.day if adopted and adopted.mandate.until else None
    yield literal(day_words(due, meeting, register, as_of, until))
    if adopted and adopted.mandate.due == due:
        yield _states(register, as_of, adopted)


def _of_meeting(meeting: Meeting) -> str:
    language = current_language()
    title = meeting.title.shown(language) if meeting.title else ""
    facts = (meeting_days(meeting, language), meeting.place or "", title)
    return " · ".join([f"**{literal(meeting.id)}**", *(literal(fact) for fact in facts if fact)])


def _of_reference(register: Register, as_of: date, reference: Reference) -> Iterator[str]:
    language = current_language()
    meeting = register.calendar.by_id.get(reference.meeting)
    conclusion = register.conclusion(reference)
    if meeting is None or conclusion is None:
        yield from [_of_meeting(meeting)] if meeting else ()
        return
    yield f"**{literal(str(reference))}** · {literal(meeting_days(meeting, language))}"
    yield passage(conclusion.text.shown(language))
    for adopted in register.adopted(reference):
        mandate = adopted.mandate
        number = f"#{mandate.ordinal} " if mandate.of_several else ""
        if mandate.action is not None or mandate.of_several:
            action = (mandate.action or conclusion.text).shown(language)
            yield f"{literal(number)}{literal(action)}"
        yield _states(register, as_of, adopted)


def _states(register: Register, as_of: date, adopted: AdoptedMandate) -> str:
    """Return the parties, the deadline and the states of a mandate, as lines of a list."""
    meeting, _conclusion, mandate = adopted
    tasks_of = list(TaskBuilder(register, as_of, Query(closed=True)).listed_tasks(adopted))
    if mandate.void is not None or not tasks_of:
        return literal(mandate_summary.not_in_force(mandate, [], meeting, as_of))
    facts = " · ".join(literal(fact) for fact in mandate_summary.facts(tasks_of, mandate))
    states = [_("not yet adopted on this date")]
    if meeting.last_day is not None and meeting.last_day <= as_of:
        states = [state + details for _emphasis, state, details in mandate_summary.states(tasks_of)]
    return "\n".join([facts, "", *(f"- {literal(on_one_line(state))}" for state in states)])


def symbols(record: OpenRecord, name: str) -> list[types.DocumentSymbol]:
    """Return the outline of a meeting's file: its conclusions with their mandates."""
    meeting = record.meeting_of(name)
    conclusions = (meeting.conclusions if meeting else None) or ()
    document = record.document(name)
    outline, language = [], current_language()
    for conclusion, following in zip_longest(conclusions, conclusions[1:]):
        last = following.at.line - 1 if following else document.text.count("\n") + 1
        begins = document.span(conclusion.at)[0]
        ends = max(document.span(Location("", last, 1_000_000))[0], begins)
        text = conclusion.text.shown(language)
        symbol = _entry(document, begins, ends, conclusion.number, text)
        mandates = conclusion.mandates if len(conclusion.mandates) > 1 else ()
        children = []
        for mandate, later in zip_longest(mandates, mandates[1:]):
            start = document.span(mandate.at)[0]
            end = max(start, document.span(later.at)[0] if later else ends)
            action = mandate.action.shown(language) if mandate.action else text
            children.append(_entry(document, start, end, f"#{mandate.ordinal}", action))
        symbol.children = children or None
        outline.append(symbol)
    return outline


def _entry(document: Document, start: int, end: int, name: str, text: str) -> types.DocumentSymbol:
    line_end = document.text.find("\n", start, end)
    first_line = document.range_of(start, end if line_end < 0 else line_end)
    kind, whole = types.SymbolKind.Object, document.range_of(start, end)
    detail = clean(on_one_line(text))[:_WIDEST]
    return types.DocumentSymbol(name, kind, whole, first_line, detail=detail)
