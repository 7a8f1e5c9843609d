"""The workbook export: tasks, matrix and conclusions as typed sheets of an .xlsx file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from operator import attrgetter

from grcm_cli.domain.model import Conclusion, Entry, Meeting
from grcm_cli.domain.register import each_conclusion
from grcm_cli.domain.task import Task, by_deadline, standing
from grcm_cli.formats.listing import Emphasis, Item
from grcm_cli.language.text import _, collapse, labelled
from grcm_cli.sheets.workbook import CellValue, Heading, WorkbookData, WorkbookRow, WorkbookSheet
from grcm_cli.views import labels
from grcm_cli.views.conclusion import acts, theme_names
from grcm_cli.views.matrix import bound_parties, heading, mandate_rows
from grcm_cli.views.meetings import written_due
from grcm_cli.views.tasks import TaskSelection

SheetColumn = tuple[str, int, Callable[[Item], CellValue]]
"""A heading, a width in characters and the function that returns an item's value."""
_MatrixLine = tuple[Task, Mapping[str, Task]]
"""The first task of a mandate at a deadline, and its tasks at that deadline by party."""
SheetKind = Callable[[TaskSelection], WorkbookSheet]


def _joined_sheet(sheets: Sequence[WorkbookSheet], processes: Sequence[str]) -> WorkbookSheet:
    """Return the rows of all sheets under the headings that any of them has."""
    headings = dict.fromkeys(heading for sheet in sheets for heading in sheet.headings)
    rows = []
    for process, sheet in zip(processes, sheets, strict=True):
        for row in sheet.rows:
            cells = dict(zip(sheet.headings, row.cells, strict=True))
            of_headings = [cells.get(heading, (None, "")) for heading in headings]
            rows.append(WorkbookRow([(process, ""), *of_headings], row.order))
    first = sheets[0]
    return first._replace(
        headings=[Heading(_("Process"), 14), *headings],
        rows=sorted(rows, key=lambda row: row.order),
        printed=first.printed + 1,
        frozen=first.frozen + 1,
    )


def _sheet(
    name: str,
    columns: Sequence[SheetColumn[Item]],
    items: Iterable[Item],
    emphases: Callable[[Item], Sequence[Emphasis]],
    order: Callable[[Item], date] = lambda _item: date.min,
) -> WorkbookSheet:
    headings = [Heading(heading, width) for heading, width, _value in columns]
    rows = []
    for item in items:
        values = [value(item) for _heading, _width, value in columns]
        rows.append(WorkbookRow([*zip(values, emphases(item), strict=True)], order(item)))
    return WorkbookSheet(name, headings, rows)


def task_sheet(data: TaskSelection) -> WorkbookSheet:
    """Return the sheet of the selected tasks."""
    language, parties = data.language, data.register.directory.by_code
    evidence, note = attrgetter("evidence"), attrgetter("note")
    progress = {**labels.PROGRESS, "unknown": labels.NO_REPORT}

    def names(task: Task) -> str:
        task_parties = [parties[code] for code in task.parties if code in parties]
        return " + ".join(party.name.shown(language) for party in task_parties)

    columns: list[SheetColumn[Task]] = [
        (_("Reference"), 18, lambda task: str(task.reference)),
        (_("Party"), 12, lambda task: " + ".join(task.parties) or labels.no_party(task)),
        (_("What"), 60, lambda task: collapse(labels.what(task, language))),
        (_("Deadline"), 12, lambda task: task.deadline),
        (_("State"), 14, lambda task: labels.state(task.state)),
        (_("Days left"), 9, lambda task: task.days),
        (_("Progress"), 14, lambda task: _(progress[task.progress])),
        (_("Evidence"), 30, lambda task: _reported(task, standing(task.reports), evidence)),
        (_("Name"), 22, names),
        (_("Holder"), 12, lambda task: ", ".join(map(" → ".join, task.holders.values()))),
        (_("Due"), 20, lambda task: written_due(task, data.register, language)),
        (_("Done on"), 12, lambda task: task.done_on),
        (_("Reported on"), 12, lambda task: task.last_report and task.last_report.day),
        (_("Note"), 30, lambda task: _reported(task, standing(task.reports), note)),
        (_("Remarks"), 30, lambda task: "\n".join(_remarks(task))),
        (_("Support"), 14, lambda task: ", ".join(word.text for word in task.mandate.support)),
        (_("Kind"), 14, lambda task: _(task.mandate.kind)),
        (_("Meeting"), 16, lambda task: task.meeting.id),
        (_("Themes"), 20, lambda task: _themes(task.conclusion, data)),
        (_("Lead"), 8, lambda task: task.lead),
    ]

    def emphases(task: Task) -> Sequence[Emphasis]:
        return [labels.emphasis(task)] * len(columns)

    sheet = _sheet(_("Tasks"), columns, data.selected, emphases, by_deadline)
    return sheet._replace(printed=8)  # that fit onto a page in a legible size


def _themes(conclusion: Conclusion, data: TaskSelection) -> str:
    return ", ".join(theme_names(conclusion, data.register, data.language).values())


def _reported(task: Task, reports: Iterable[Entry], field: Callable[[Entry], str | None]) -> str:
    """Return a field of some reports, one a line; of joint tasks with its party."""
    texts = [(entry.party, text) for entry in reports if (text := field(entry))]
    joint = len(task.parties) > 1
    return "\n".join(labelled(party, text) if joint else text for party, text in texts)


def _remarks(task: Task) -> Iterator[str]:
    """Yield the facts that no other column has, each a sentence."""
    yield from labels.about_deadline(task)
    if task.done_on and task.done_late:
        yield _("done late, {day}").format(day=task.done_on)
    if task.ending:
        yield labels.ended_by(task.ending)
    withdrawn = [report for report in task.reports if report.progress == "withdrawn"]
    if why := _reported(task, withdrawn, attrgetter("note")):
        yield labelled(_("report withdrawn"), why)
    if note := task.mandate.note:
        yield note


def _matrix_sheet(data: TaskSelection) -> WorkbookSheet:
    # What one party has done stands beside what the others still owe.
    language, mandates = data.language, {id(task.mandate) for task in data.selected}
    tasks = [task for task in data.everything if id(task.mandate) in mandates]
    codes = bound_parties(tasks, data.register.directory)
    columns: list[SheetColumn[_MatrixLine]] = [
        (_("Reference"), 18, lambda line: str(line[0].reference)),
        (_("What"), 36, lambda line: collapse(labels.what(line[0], language))),
        (_("Kind"), 12, lambda line: _(line[0].mandate.kind)),
        (_("Due"), 20, lambda line: written_due(line[0], data.register, language)),
        (_("Deadline"), 12, lambda line: line[0].deadline),
    ]
    plain: list[Emphasis] = [""] * len(columns)
    columns += [(heading(code), 10, partial(_matrix_state, code)) for code in codes]

    def emphases(line: _MatrixLine) -> Sequence[Emphasis]:
        owed = map(line[1].get, codes)
        return [*plain, *(labels.emphasis(task) if task else "" for task in owed)]

    by_day = chain.from_iterable(row.lines() for row in mandate_rows(tasks))
    lines = [(next(iter(of_day.values())), of_day) for of_day in by_day]
    return _sheet(_("Matrix"), columns, lines, emphases)


def _matrix_state(code: str, line: _MatrixLine) -> str | None:
    task = line[1].get(code)
    if task is None:  # as in most cells
        return None
    name = labels.state(task.state)
    return _("{state}, jointly").format(state=name) if len(task.parties) > 1 else name


def _conclusion_sheet(data: TaskSelection) -> WorkbookSheet:
    language, ids = data.language, {task.meeting.id for task in data.selected}
    pairs = [pair for pair in each_conclusion(data.register) if pair[0].id in ids]
    columns: list[SheetColumn[tuple[Meeting, Conclusion]]] = [
        (_("Reference"), 18, lambda pair: f"{pair[0].id}/{pair[1].number}"),
        (_("Meeting"), 16, lambda pair: pair[0].id),
        (_("Number"), 10, lambda pair: pair[1].number),
        (_("Last day"), 12, lambda pair: pair[0].last_day),
        (_("Acts"), 22, lambda pair: acts(pair[1])),
        (_("Mandates"), 10, lambda pair: len(pair[1].mandates)),
        (_("Text"), 100, lambda pair: collapse(pair[1].text.shown(language))),
        (_("Note"), 30, lambda pair: pair[1].note),
        (_("Themes"), 20, lambda pair: _themes(pair[1], data)),
    ]
    return _sheet(_("Conclusions"), columns, pairs, lambda _pair: [""] * len(columns))


def workbook_of(
    sources: Sequence[TaskSelection],
    notice: str | None = None,
    kinds: Sequence[SheetKind] = (task_sheet, _matrix_sheet, _conclusion_sheet),
) -> WorkbookData:
    """Return the workbook of a process; with a `notice` of several, named in the first column."""
    first, sheets = sources[0], [[kind(source) for source in sources] for kind in kinds]
    if notice is None:
        title = first.title_of(first.register.process.name.shown(first.language))
        return WorkbookData(title, first.as_of, [sheet for [sheet] in sheets], first.incomplete)
    processes = [source.process for source in sources]
    joined = [_joined_sheet(of_kind, processes) for of_kind in sheets]
    return WorkbookData(first.title_of(", ".join(processes)), first.as_of, joined, notice)
