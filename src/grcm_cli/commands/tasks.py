"""`grcm due`, `overdue` and `tasks PARTY`: one question in three presets; `grcm` alone asks two."""

from collections.abc import Callable, Sequence
from functools import partial

from grcm_cli.cli import options
from grcm_cli.cli.records import LoadedRecord, LoadedRecords
from grcm_cli.cli.session import Session, TaskAnswers, aligned, write, write_line
from grcm_cli.domain.model import Mandate
from grcm_cli.domain.task import SOON, Query, Task, undated
from grcm_cli.formats import FORMATS, drawn_table
from grcm_cli.language.text import _, clean, counted
from grcm_cli.lookups.names import Filters, misnamed_register
from grcm_cli.storage.paths import find_folder
from grcm_cli.views import tasks as view
from grcm_cli.views.tasks import ORDERS, TaskSelection

TableHead = tuple[str, Sequence[str]]
"""The title of a table, and the keys of its columns before what is to be done."""
_MOST = 5  # rows of each list


def due(session: Session) -> int:
    """Print the tasks that match, earliest deadline first."""
    records = session.open_each()
    answers = session.ask(records, session.filters)

    def head(answer: TaskSelection) -> TableHead:
        query, title = answer.query, _("To be done · as of {day}")
        if query.before and query.after:
            title = _("Due from {first} to {last} inclusive, and what is overdue · as of {day}")
        elif query.before:
            title = _("Due on or before {last} · as of {day}")
        elif query.after:
            title = _("Due on or after {first}, and what is overdue · as of {day}")
        title = title.format(first=query.after, last=query.before, day=session.as_of)
        others = answer._replace(query=query._replace(before=None, after=None))
        return view.with_filters(title, others.limits), view.DUE_COLUMNS

    def notes() -> list[str]:
        listed = [answer.selected for _record, answer in answers]
        if session.filters.unassigned:  # nobody owes anything: no task
            return [f"{_count_of_duties(listed)}.", *_hidden(answers)]
        tasks = counted("{count} task.", "{count} tasks.", sum(map(len, listed)))
        return [f"{_count_of_duties(listed)}, {tasks}", *_hidden(answers)]

    def nothing() -> list[str]:
        return [view.nothing_due(answers[0][1].limits), *_hidden(answers)]

    return _write_list(session, records, answers, head, notes, nothing)


def overdue(session: Session) -> int:
    """Print the tasks that are late, longest first."""
    records = session.open_each()
    answers = session.ask(records, session.filters._replace(late=True))

    def head(answer: TaskSelection) -> TableHead:
        title = view.with_filters(_("Overdue as of {day}").format(day=session.as_of), answer.limits)
        return title, ("late", "deadline", "who")

    def notes() -> list[str]:
        every = [answer.selected for _record, answer in answers]
        passed = sum(task.state == "passed" for tasks in every for task in tasks)
        only_late = [[task for task in tasks if task.is_late] for tasks in every]
        late = sum(map(len, only_late))
        of_tasks = counted("{count} task overdue.", "{count} tasks overdue.", late)
        note = f"{_count_of_duties(only_late)}, {of_tasks}"
        if passed:
            note += " " + _("Encouragements whose date has passed: {count}.").format(count=passed)
        if unclear := sum(map(len, every)) - late - passed:
            note += " " + _("Tasks marked `?`, perhaps overdue: {count}.").format(count=unclear)
        return [note]

    def nothing() -> list[str]:
        limits, sentence = answers[0][1].limits, _("Nothing is overdue as of {day}.")
        if limits:
            sentence = _("Nothing of this kind is overdue as of {day}: {words}.")
        return [sentence.format(day=session.as_of, words=limits)]

    return _write_list(session, records, answers, head, notes, nothing)


def tasks(session: Session, party: str = options.argument("PARTY", "party")) -> int:
    """Print what a party owes, and in which way each task reaches it."""
    session = session._replace(each=True)
    records = session.open_each("missed")
    answers = session.ask(records, session.filters._replace(party=[party]))
    if FORMATS[session.format_name].is_document:
        answers = [
            (record, answer._replace(apart={"supports": _supported(record, answer.query)}))
            for record, answer in answers
        ]

    def about(answer: TaskSelection, sentence: str, of_kind: str) -> tuple[str, str]:
        """Return a sentence on the party, the second where the list is limited, and the limits."""
        query, register = answer.query, answer.register
        code, limits = query.parties[0], view.filter_words(query._replace(parties=()), register)
        name = clean(register.directory.by_code[code].name.shown(session.language))
        message = of_kind if limits else sentence
        return message.format(name=name, code=code, day=session.as_of, words=limits), limits

    def head(answer: TaskSelection) -> TableHead:
        title = _("{name} ({code}) · open tasks as of {day}")
        if answer.query.closed:
            title = _("{name} ({code}) · all tasks as of {day}")
        return view.with_filters(*about(answer, title, title)), ("deadline", "when", "way")

    def nothing() -> list[str]:
        sentence = _("{name}: nothing is open as of {day}.")
        of_kind = _("{name}: nothing of this kind is open as of {day}: {words}.")
        return [about(answers[0][1], sentence, of_kind)[0], *_support_notes(answers)]

    def notes() -> list[str]:
        still = [task for _record, answer in answers for task in answer.selected if task.is_open]
        late = sum(task.is_late for task in still)
        soon = sum(task.state == "due-soon" for task in still)
        message = _("{open} open: {late} overdue, {soon} due within {days} days, {rest} other.")
        rest = len(still) - late - soon
        note = message.format(open=len(still), late=late, soon=soon, days=SOON, rest=rest)
        codes = [(record, code) for record, answer in answers for code in answer.query.parties]
        if not any(record.has_reported(code) for record, code in codes):
            note = " ".join([note, _("Nothing reported yet.")])
        return [note, *_support_notes(answers)]

    return _write_list(session, records, answers, head, notes, nothing)


def _write_list(
    session: Session,
    records: LoadedRecords,
    answers: TaskAnswers,
    head: Callable[[TaskSelection], TableHead],
    notes: Callable[[], Sequence[str]],
    nothing: Callable[[], Sequence[str]],
) -> int:
    """Write the answers of all records as one list; return the exit code."""
    each = session.each or session.sort == "party" or session.format_name == "md"
    parts = [part.listing(partial(part.table, *head(part), each=each)) for _record, part in answers]
    whole = records.as_one(parts, ORDERS[session.sort], session.language)
    return session.answer(records, whole.with_notes(notes), nothing)


def _count_of_duties(tasks: Sequence[Sequence[Task]]) -> str:
    return counted("{count} duty", "{count} duties", sum(map(view.duties, tasks)))


def _hidden(answers: TaskAnswers) -> list[str]:
    count = sum(view.duties(undated(each.everything, each.query)) for _record, each in answers)
    note = counted(
        "{count} duty without a date is not shown: grcm due",
        "{count} duties without a date are not shown: grcm due",
        count,
    )
    return [note] if count else []


def _supported(record: LoadedRecord, query: Query) -> list[Task]:
    """Return the tasks that a party only supports, the closed ones only if they are wanted."""
    codes = {*query.parties}

    def supports(mandate: Mandate) -> bool:
        return any(word.text in codes for word in mandate.support)

    if not any(supports(row[2]) for row in record.register.all_mandates):
        return []  # as of most parties; the tasks of all parties take time
    everybody = [task for task in record.tasks(Query(closed=True)) if supports(task.mandate)]
    owed = {task.reference for task in everybody if not codes.isdisjoint(task.bound)}
    others = [task for task in everybody if task.reference not in owed]
    return [task for task in others if query.closed or task.is_open]


def _support_notes(answers: TaskAnswers) -> list[str]:
    shown = dict.fromkeys(
        f"{record.process} {task.reference}".lstrip()
        for record, answer in answers
        for task in _supported(record, answer.query)
    )
    note = _("Support only, not counted: {references}").format(references=", ".join(shown))
    return [note] if shown else []


def overview(session: Session) -> int:
    """Print the first of what is late and of what comes, and which commands tell more."""
    here = session.here
    if not (session.data or find_folder(here) or misnamed_register(here, here)):
        write_line(_("There is no record here: no register.yaml, in this folder or above."))
        steps = {
            "grcm init DIR": _("creates a data folder"),
            "grcm new": _("creates the file of a meeting"),
            "grcm draft FILE": _("drafts it from a document"),
            "grcm import FILE": _("imports a tracker"),
            "grcm due --data DIR": _("reads the record of another folder"),
            "grcm --help": _("lists all commands"),
        }
        write(aligned(steps))
        return 0
    records = session.open_each()
    for record in records.records:
        in_days = _("Nothing is due within {days} days.").format(days=SOON)
        on_day = _("Nothing is overdue as of {day}.").format(day=session.as_of)
        for filters, first, title, nothing, command in (
            (Filters(late=True), "late",
             _("Overdue as of {day}").format(day=session.as_of), on_day, "grcm overdue"),
            (Filters(within=SOON), "when", _("Due within {days} days").format(days=SOON),
             in_days, f"grcm due --within {SOON}"),
        ):  # fmt: skip
            tasks = session.selection(record, filters)
            listed = [task for task in tasks.selected if filters.late or not task.has_passed]
            tasks = tasks._replace(selected=listed)
            process = f" · {record.process}" if record.process else ""
            table = tasks.table(title + process, (first, "deadline", "who"), each=False)
            hidden = len(table.rows) - _MOST
            note = _("{count} more: {command}").format(count=hidden, command=command)
            table = table._replace(rows=table.rows[:_MOST], notes=[note] if hidden > 0 else [])
            shown = drawn_table(table, session.page) if listed else f"{nothing}{process}\n"
            write(f"{shown}\n")
    write_line(_("grcm tasks PARTY lists what a party owes; grcm --help lists all commands."))
    return records.finish()
