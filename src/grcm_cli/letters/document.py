"""A pack as a document: headings, status tables, and the words of the conclusions at its end."""

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.domain.model import Conclusion, Entry, Meeting, Reference
from grcm_cli.domain.task import Task
from grcm_cli.language.days import long_day, long_span
from grcm_cli.language.markdown import literal, passage, row, to_html
from grcm_cli.language.text import _, collapse, natural_key
from grcm_cli.letters import wording
from grcm_cli.letters.agenda import Pack, Section, Silent, notices
from grcm_cli.views import labels
from grcm_cli.views.tasks import grouped

_WIDTHS = {5: (38, 18, 11, 14, 19), 4: (52, 16, 16, 16)}
"""Per cent of the page, by the number of a table's columns."""


def markdown(found: Pack, language: str) -> str:
    """Return a pack as Markdown."""
    writer = _Writer(found, language)
    paragraphs = [
        *_opening(found, language),
        *(passage(notice) for notice in notices(found)),
        *writer.sections(),
        *_annex(found.shown, language),
    ]
    return "\n\n".join(paragraphs) + "\n"


def html(found: Pack, language: str) -> str:
    """Return a pack as a page that a word processor opens, prints across and repeats heads of."""
    from grcm_cli.letters import html  # only here

    body = html.ruled(to_html(markdown(found, language)), _WIDTHS)
    return html.document(title_of(found, language), language, body, html.ACROSS)


def title_of(found: Pack, language: str) -> str:
    """Return what the document is called: the meeting's title, else the body's name."""
    meeting = found.meeting
    if meeting is not None and meeting.title is not None:
        return collapse(meeting.title.shown(language))
    name = collapse(found.body.name.shown(language))
    return name if meeting is not None else _("Next meeting: {body}").format(body=name)


def _opening(found: Pack, language: str) -> Iterator[str]:
    yield f"# {passage(title_of(found, language))}"
    meeting = found.meeting
    if meeting is not None:
        place = collapse(meeting.place or "")
        yield passage(", ".join(filter(None, [place, _days(meeting, language)])))
    name = collapse(found.body.name.shown(language))
    status = _("{name} ({code}): mandates as they stand on {day}").format(
        name=name, code=found.body.code, day=long_day(found.as_of, language)
    )
    yield passage(status)


class _Writer:
    """Writes the numbered parts of a pack."""

    def __init__(self, found: Pack, language: str) -> None:
        self.found, self.language = found, language
        self.of_mandate: dict[Reference, list[Task]] = {}
        for task in found.concerned:
            self.of_mandate.setdefault(task.reference, []).append(task)

    def sections(self) -> Iterator[str]:
        """Yield the headings and tables that there is something for."""
        parts = [(one.title, self._table(one)) for one in self.found.sections]
        if self.found.silent:
            parts.append((_("Who has not reported"), _silent(self.found.silent)))
        if self.found.settled.tasks:
            parts.append((self.found.settled.title, self._table(self.found.settled)))
        for number, (title, table) in enumerate(parts, 1):
            yield f"## {number}. {passage(title)}"
            yield table

    def _table(self, section: Section) -> str:
        heads = [_("Decision"), _("Responsible"), _("Deadline"), _("Status"), _("Evidence")]
        lines = [row(heads), row(["---"] * len(heads))]
        lines += [row(self._cells(group)) for group in grouped(section.tasks, each=False)]
        return "\n".join(lines)

    def _cells(self, group: Sequence[Task]) -> list[str]:
        task = group[0]
        status = literal(self._status(group))
        action = labels.action(task, self.language, with_due=False)
        deadline = wording.by_when(task, self.found.register, self.language, date.isoformat)
        return [
            f"**{literal(str(task.reference))}** {literal(action)}",
            literal(labels.owing(group, self.of_mandate[task.reference])),
            literal(deadline or "–"),
            f"**{status}**" if task.is_late else status,
            literal(self._evidence(group)),
        ]

    def _status(self, group: Sequence[Task]) -> str:
        state = "; ".join(labels.when(group).split("\n"))
        adopted = group[0].meeting.last_day
        silent = all(task.progress == "unknown" for task in group)
        if group[0].state not in ("asap", "undated") or not silent or adopted is None:
            return state
        aged = _("{days} without a report")
        days = (self.found.as_of - adopted).days
        return "; ".join([state, aged.format(days=labels.days(days))]) if days > 0 else state

    def _evidence(self, group: Sequence[Task]) -> str:
        """Return what was reported: of what is open, also by those who owe it no longer."""
        everybody = self.of_mandate[group[0].reference] if group[0].is_open else group
        alike = [task for task in everybody if task.occurrence == group[0].occurrence]
        entries = dict.fromkeys(entry for task in alike for entry in task.reports)
        return "; ".join(_reported(entry) for entry in entries)


def _reported(entry: Entry) -> str:
    report = f"{entry.party} {entry.day} {labels.progress_word(entry.progress)}"
    detail = " · ".join(filter(None, (entry.evidence, entry.note)))
    return f"{report}: {collapse(detail)}" if detail else report


def _silent(rows: Sequence[Silent]) -> str:
    heads = [_("Party"), _("Open"), _("Without a report"), _("Overdue")]
    counts = [
        row([literal(one.name), str(one.open), str(one.unknown), str(one.late)]) for one in rows
    ]
    return "\n".join([row(heads), row(["---", "---:", "---:", "---:"]), *counts])


def _annex(tasks: Sequence[Task], language: str) -> Iterator[str]:
    """Yield the conclusions' exact words, each once, by meeting and number."""
    found: dict[str, tuple[Meeting, dict[str, Conclusion]]] = {}
    for task in tasks:
        _meeting, conclusions = found.setdefault(task.meeting.id, (task.meeting, {}))
        conclusions |= {one.number: one for one in wording.whole(task.meeting, task.conclusion)}
    if found:
        yield "## " + _("Annex: texts of the conclusions")
    for meeting, conclusions in sorted(found.values(), key=lambda pair: _day_and_id(pair[0])):
        yield f"### {passage(_named(meeting, language))}"
        for number in sorted(conclusions, key=natural_key):
            yield f"**{literal(f'{meeting.id}/{number}')}**"
            yield f"> {passage(wording.adopted(meeting, conclusions[number]))}"


def _day_and_id(meeting: Meeting) -> tuple[date, str]:
    return meeting.last_day or date.max, meeting.id


def _named(meeting: Meeting, language: str) -> str:
    about = [labels.title_of(meeting, language), meeting.place or "", _days(meeting, language)]
    return collapse(", ".join(filter(None, about)))


def _days(meeting: Meeting, language: str) -> str:
    if meeting.start is None or meeting.last_day is None:
        return ""
    return long_span(meeting.start, meeting.last_day, language)
