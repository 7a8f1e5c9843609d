"""Tasks, matrix and conclusions as sheets of a spreadsheet."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.exporter import Cell, Emphasis, Heading, Leaf, Listing, Spreadsheet
from grcm_cli.model import Conclusion, Entry, Meeting
from grcm_cli.register import Register
from grcm_cli.task import Task
from grcm_cli.text import _, collapse
from grcm_cli.views import words
from grcm_cli.views.answer import Answer
from grcm_cli.views.conclusion import ACTS
from grcm_cli.views.matrix import NOBODY

_ON_PAPER = 8
"""The columns of the tasks that fit onto a page in letters that can be read; the rest is beside."""
_EMPHASES: dict[str, Emphasis] = {
    "overdue": "late",
    "due-soon": "soon",
    "?": "unclear",
    "done": "closed",
    "declined": "closed",
    "not-applicable": "closed",
    "superseded": "closed",
    "closed": "closed",
}


def spreadsheet(answer: Answer, matrix: Listing) -> Spreadsheet:
    """Return a workbook of the chosen tasks; the conclusions are those of their meetings."""
    register, language = answer.register, answer.language
    title = _("{what} · as of {day}").format(
        what=register.process.name.shown(language), day=answer.as_of.isoformat()
    )
    chosen = {task.meeting.id for task in answer.found}
    meetings = [meeting for meeting in register.meetings if meeting.id in chosen]
    leaves = [
        _tasks(register, answer.found, language),
        _matrix(matrix, answer),
        _conclusions(meetings, language),
    ]
    return Spreadsheet(title, answer.as_of, leaves)


def _tasks(register: Register, tasks: Sequence[Task], language: str) -> Leaf:
    headings = [
        Heading(_("Reference"), 18),
        Heading(_("Party"), 12),
        Heading(_("What"), 60),
        Heading(_("Deadline"), 12),
        Heading(_("State"), 14),
        Heading(_("Days left"), 9),
        Heading(_("Progress"), 14),
        Heading(_("Evidence"), 30),
        Heading(_("Name"), 22),
        Heading(_("Holder"), 12),
        Heading(_("Due"), 16),
        Heading(_("Done on"), 12),
        Heading(_("Reported on"), 12),
        Heading(_("Note"), 30),
        Heading(_("Remarks"), 30),
        Heading(_("Support"), 14),
        Heading(_("Kind"), 14),
        Heading(_("Meeting"), 16),
    ]
    rows = [_task(register, task, language) for task in tasks]
    emphases = [[words.emphasis(task)] * len(headings) for task in tasks]
    return Leaf(_("Tasks"), headings, rows, emphases, _ON_PAPER)


def _task(register: Register, task: Task, language: str) -> Sequence[Cell]:
    known = register.directory.by_code
    names = [known[code].name.shown(language) for code in task.parties if code in known]
    return (
        str(task.reference),
        " + ".join(task.parties) or _(words.SOMEBODY if task.anybody else words.NOBODY),
        collapse(words.what(task.mandate, task, language)),
        task.deadline,
        words.state(task.state),
        task.days,
        words.progress_word(task.progress) if task.progress != "unknown" else _(words.NO_REPORT),
        _said(task, [(entry, entry.evidence) for entry in task.reports]),
        " + ".join(names),
        ", ".join(holder for held in task.holders.values() for holder in held),
        task.due,
        task.done_on,
        max((entry.day for entry in task.reports), default=None),
        _said(task, [(entry, entry.note) for entry in task.reports]),
        "\n".join(_remarks(task)),
        ", ".join(word.text for word in task.mandate.support),
        _kind(task.mandate.kind),
        task.meeting.id,
    )


def _said(task: Task, words_said: Sequence[tuple[Entry, str | None]]) -> str:
    """Return what was reported, a line a party, with whose it is where several owe together."""
    told = [(entry.party, text) for entry, text in words_said if text]
    if len(task.parties) < 2:
        return "\n".join(text for _party, text in told)
    return "\n".join(f"{party}: {text}" for party, text in told)


def _remarks(task: Task) -> list[str]:
    """Return what else there is to know of a task, a sentence each."""
    said = [words.extended(task)] if task.first else []
    said += [words.waits(wait, task) for wait in task.waits]
    if task.missed.number:
        said.append(words.later_ones(task))
    if task.done_on and task.done_late:
        said.append(_("done late, {day}").format(day=task.done_on))
    if task.ending:
        said.append(words.ended_by(task.ending))
    if task.mandate.note:
        said.append(task.mandate.note)
    return said


def _kind(kind: str) -> str:
    return _("encouragement") if kind == "encouragement" else _("request")


def _matrix(matrix: Listing, answer: Answer) -> Leaf:
    action = {
        str(task.reference): collapse(words.what(task.mandate, task, answer.language))
        for task in answer.found
    }
    first = ("ref", "kind", "due", "deadline")
    codes = [key for key in matrix.keys if key not in (*first, "together")]
    headings = [
        Heading(_("Reference"), 18),
        Heading(_("What"), 36),
        Heading(_("Kind"), 12),
        Heading(_("Due"), 12),
        Heading(_("Deadline"), 12),
    ]
    fixed = len(headings)
    headings += [Heading(_("nobody") if code == NOBODY else code, 10) for code in codes]
    rows: list[Sequence[Cell]] = []
    emphases: list[Sequence[Emphasis]] = []
    for record in matrix.records:
        day = record["deadline"]
        states = [record[code] for code in codes]
        cells = [_cell(state, together=record["together"] is True) for state in states]
        head = (
            str(record["ref"]),
            action[str(record["ref"])],
            _kind(str(record["kind"])),
            str(record["due"] or ""),
            date.fromisoformat(str(day)) if day else None,
        )
        rows.append([*head, *cells])
        marks: list[Emphasis] = [""] * fixed
        emphases.append([*marks, *(_EMPHASES.get(str(state), "") for state in states)])
    return Leaf(_("Matrix"), headings, rows, emphases)


def _cell(value: object, *, together: bool) -> str | None:
    said = next((said for name, said in words.STATES.items() if name == value), None)
    if said is None:
        return None
    return _("{state}, together").format(state=_(said)) if together else _(said)


def _conclusions(meetings: Sequence[Meeting], language: str) -> Leaf:
    headings = [
        Heading(_("Reference"), 18),
        Heading(_("Meeting"), 16),
        Heading(_("Number"), 10),
        Heading(_("Last day"), 12),
        Heading(_("Acts"), 22),
        Heading(_("Mandates"), 10),
        Heading(_("Text"), 100),
        Heading(_("Note"), 30),
    ]
    rows = [
        _conclusion(meeting, conclusion, language)
        for meeting in meetings
        for conclusion in meeting.conclusions or ()
    ]
    return Leaf(_("Conclusions"), headings, rows)


def _conclusion(meeting: Meeting, conclusion: Conclusion, language: str) -> Sequence[Cell]:
    return (
        f"{meeting.id}/{conclusion.number}",
        meeting.id,
        conclusion.number,
        meeting.last_day,
        ", ".join(_(ACTS.get(act.text, act.text)) for act in conclusion.acts),
        len(conclusion.mandates),
        collapse(conclusion.text.shown(language)),
        conclusion.note,
    )
