"""Tasks, matrix and conclusions as sheets of a spreadsheet."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.exporter import Heading, Leaf, Listing, Spreadsheet
from grcm_cli.model import Conclusion, Meeting
from grcm_cli.register import Register
from grcm_cli.task import Task
from grcm_cli.text import _, collapse
from grcm_cli.views import words
from grcm_cli.views.answer import Answer
from grcm_cli.views.conclusion import ACTS
from grcm_cli.views.matrix import NOBODY

Cell = str | int | date | None


def spreadsheet(answer: Answer, matrix: Listing) -> Spreadsheet:
    """Return a workbook of the chosen tasks; the conclusions are those of their meetings."""
    register, language = answer.register, answer.language
    title = _("{what} · as of {day}").format(
        what=register.process.name.shown(language), day=answer.as_of.isoformat()
    )
    chosen = {task.meeting.id for task in answer.found}
    meetings = [meeting for meeting in register.meetings if meeting.id in chosen]
    return Spreadsheet(
        title,
        answer.as_of,
        [
            _tasks(register, answer.found, language),
            _matrix(matrix),
            _conclusions(meetings, language),
        ],
    )


def _tasks(register: Register, tasks: Sequence[Task], language: str) -> Leaf:
    headings = [
        Heading(_("Reference"), 18),
        Heading(_("Party"), 12),
        Heading(_("Name"), 24),
        Heading(_("Holder"), 12),
        Heading(_("What"), 50),
        Heading(_("Deadline"), 12),
        Heading(_("Due"), 16),
        Heading(_("State"), 14),
        Heading(_("Days"), 8),
        Heading(_("Progress"), 14),
        Heading(_("Reported on"), 12),
        Heading(_("Evidence"), 30),
        Heading(_("Note"), 30),
        Heading(_("Support"), 14),
        Heading(_("Kind"), 14),
        Heading(_("Meeting"), 16),
        Heading(_("Text of the conclusion"), 80),
    ]
    rows = [_task(register, task, language) for task in tasks]
    return Leaf(_("Tasks"), headings, rows, [words.emphasis(task) for task in tasks])


def _task(register: Register, task: Task, language: str) -> Sequence[Cell]:
    known = register.directory.by_code
    names = [known[code].name.shown(language) for code in task.parties if code in known]
    encouraged = task.mandate.kind == "encouragement"
    return (
        str(task.reference),
        " + ".join(task.parties) or _(words.SOMEBODY if task.anybody else words.NOBODY),
        " + ".join(names),
        ", ".join(holder for held in task.holders.values() for holder in held),
        collapse(words.what(task.mandate, task, language)),
        task.deadline,
        task.due,
        words.state(task.state),
        task.days,
        words.progress_word(task.progress) if task.progress != "unknown" else _(words.NO_REPORT),
        max((entry.day for entry in task.reports), default=None),
        "\n".join(entry.evidence for entry in task.reports if entry.evidence) or None,
        "\n".join(entry.note for entry in task.reports if entry.note) or None,
        ", ".join(word.text for word in task.mandate.support) or None,
        _("encouragement") if encouraged else _("request"),
        task.meeting.id,
        collapse(task.conclusion.text.shown(language)),
    )


def _matrix(matrix: Listing) -> Leaf:
    first = {"ref": _("Reference"), "kind": _("Kind"), "due": _("Due"), "deadline": _("Deadline")}
    codes = [key for key in matrix.keys if key not in (*first, "together")]
    headings = [Heading(name, 18) for name in first.values()]
    headings += [Heading(_("nobody") if code == NOBODY else code, 12) for code in codes]
    kinds = {"request": _("request"), "encouragement": _("encouragement")}
    rows: list[list[Cell]] = []
    for record in matrix.records:
        day = record["deadline"]
        row: list[Cell] = [
            str(record["ref"]),
            kinds[str(record["kind"])],
            str(record["due"] or "") or None,
            date.fromisoformat(str(day)) if day else None,
        ]
        row += [_(said) if (said := _state(record[code])) else None for code in codes]
        rows.append(row)
    return Leaf(_("Matrix"), headings, rows)


def _state(value: object) -> str:
    return next((said for name, said in words.STATES.items() if name == value), "")


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
        ", ".join(_(ACTS.get(act.text, act.text)) for act in conclusion.acts) or None,
        len(conclusion.mandates),
        collapse(conclusion.text.shown(language)),
        conclusion.note,
    )
