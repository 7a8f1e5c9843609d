"""`grcm due`, `overdue` and `tasks PARTY`: one question in three presets; `grcm` alone asks two."""

from collections.abc import Callable, Sequence
from functools import partial

from grcm_cli.cli import options
from grcm_cli.cli.records import LoadedRecord
from grcm_cli.cli.session import Session, TaskAnswers, aligned, write, write_line
from grcm_cli.domain.model import Mandate
from grcm_cli.domain.task import SOON, Query, Task, undated
from grcm_cli.formats import FORMATS, drawn
from grcm_cli.language.text import _, clean, counted
from grcm_cli.lookups.names import Filters, misnamed_register
from grcm_cli.storage.paths import find_folder
from grcm_cli.views import tasks as view
from grcm_cli.views.labels import marked

TableHead = tuple[str, Sequence[str]]
"""The title of a table, and the keys of its columns before what is to be done."""
NotesOf = Callable[[TaskAnswers], Sequence[str]]
Texts = tuple[Callable[[view.TaskSelection], TableHead], NotesOf, NotesOf]
"""Functions that return the head of a table, the notes below it, and what an empty list says."""
_MOST = 5  # rows of each list


def due(session: Session) -> int:
    """Print the tasks that match, earliest deadline first."""
    return _write_list(session, session.filters, (_due_head, _due_notes, _nothing_due))


def _due_head(answer: view.TaskSelection) -> TableHead:
    query, day = answer.query, answer.as_of
    title = _("{what} · as of {day}") if query.closed else _("To be done · as of {day}")
    if query.before and query.after:
        title = _("Due from {first} to {last} inclusive, and what is overdue · as of {day}")
    elif query.before:
        title = _("Due on or before {last} · as of {day}")
    elif query.after:
        title = _("Due on or after {first}, and what is overdue · as of {day}")
    title = title.format(first=query.after, last=query.before, day=day, what=_("Tasks"))
    without_period = answer._replace(query=query._replace(before=None, after=None))
    return view.with_filters(title, without_period.limits), view.DUE_COLUMNS


def _due_notes(answers: TaskAnswers) -> list[str]:
    listed = [answer.selected for _record, answer in answers]
    duties, hidden = _count_of_duties(listed), _hidden(answers)
    if answers[0][1].query.unassigned:  # nobody owes anything: no task
        return [f"{duties}.", *hidden]
    tasks = counted("{count} task.", "{count} tasks.", sum(map(len, listed)))
    return [f"{duties}, {tasks}", *hidden]


def _nothing_due(answers: TaskAnswers) -> list[str]:
    return [view.nothing_due(answers[0][1].limits), *_hidden(answers)]


def overdue(session: Session) -> int:
    """Print the tasks that are late, longest first."""
    filters = session.filters._replace(late=True)
    return _write_list(session, filters, (_overdue_head, _overdue_notes, _nothing_overdue))


def _overdue_head(answer: view.TaskSelection) -> TableHead:
    title = view.with_filters(_("Overdue as of {day}").format(day=answer.as_of), answer.limits)
    return title, ("late", "deadline", "who")


def _overdue_notes(answers: TaskAnswers) -> list[str]:
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


def _nothing_overdue(answers: TaskAnswers) -> list[str]:
    answer, sentence = answers[0][1], _("Nothing is overdue as of {day}.")
    if limits := answer.limits:
        sentence = _("Nothing of this kind is overdue as of {day}: {words}.")
    return [sentence.format(day=answer.as_of, words=limits)]


def tasks(session: Session, party: str = options.argument(_("PARTY"), "party")) -> int:
    """Print what a party owes, and in which way each task reaches it."""
    filters = session.filters._replace(party=[party], named=True)
    texts = _party_head, _party_notes, _nothing_of_party
    return _write_list(session._replace(each=True), filters, texts, of_party=True)


def _about_party(answer: view.TaskSelection, sentence: str, of_kind: str) -> tuple[str, str]:
    """Return a sentence on the party, the second where the list is limited, and the limits."""
    query, register = answer.query, answer.register
    code, limits = query.parties[0], view.filter_words(query._replace(parties=()), register)
    name = clean(register.directory.by_code[code].name.shown(answer.language))
    message = of_kind if limits else sentence
    return message.format(name=name, code=code, day=answer.as_of, words=limits), limits


def _party_head(answer: view.TaskSelection) -> TableHead:
    title = _("{name} ({code}) · open tasks as of {day}")
    if answer.query.closed:
        title = _("{name} ({code}) · all tasks as of {day}")
    return view.with_filters(*_about_party(answer, title, title)), ("deadline", "when", "way")


def _nothing_of_party(answers: TaskAnswers) -> list[str]:
    sentence = _("{name}: nothing is open as of {day}.")
    of_kind = _("{name}: nothing of this kind is open as of {day}: {words}.")
    return [_about_party(answers[0][1], sentence, of_kind)[0], *_further_notes(answers)]


def _party_notes(answers: TaskAnswers) -> list[str]:
    still = [task for _record, answer in answers for task in answer.selected if task.is_open]
    late = sum(task.is_late for task in still)
    soon = sum(task.state == "due-soon" for task in still)
    message = _("{open} open: {late} overdue, {soon} due within {days} days, {rest} other.")
    remaining = len(still) - late - soon
    note = message.format(open=len(still), late=late, soon=soon, days=SOON, rest=remaining)
    codes = [(record, code) for record, answer in answers for code in answer.query.parties]
    if not any(record.has_reported(code) for record, code in codes):
        note = " ".join([note, _("Nothing reported yet.")])
    return [note, *_further_notes(answers)]


def _write_list(session: Session, filters: Filters, texts: Texts, *, of_party: bool = False) -> int:
    """Write the tasks that match in all records as one list; return the exit code.

    Where it is `of_party`, a document also has what that only supports.
    """
    head, notes, nothing = texts
    records = session.open_each("missed" if of_party else "needed")
    answers = records.ask(partial(session.selection, filters=filters))
    is_per_party = session.each or session.sort == "party" or session.format_name == "md"
    parts = []
    for record, answer in answers:
        part = answer.listing(partial(answer.table, *head(answer), each=is_per_party))
        if of_party:
            part = part._replace(apart={"supports": partial(_supported, record, answer.query)})
        parts.append(part)
    below = notes(answers) if FORMATS[session.format_name].is_drawn else None
    whole = records.as_one(parts, view.ORDERS[session.sort], session.language)
    return session.answer(records, whole, partial(nothing, answers), notes=below)


def _count_of_duties(tasks: Sequence[Sequence[Task]]) -> str:
    return counted("{count} duty", "{count} duties", sum(map(view.duties, tasks)))


def _hidden(answers: TaskAnswers) -> list[str]:
    count = sum(view.duties(undated(part.everything, part.query)) for _record, part in answers)
    note = counted(
        "{count} duty without a date is not shown: grcm due",
        "{count} duties without a date are not shown: grcm due",
        count,
    )
    return [note] if count else []


def _supported(record: LoadedRecord, query: Query) -> list[Task]:
    """Return the tasks that a party only supports, the closed ones only if the query has them."""
    codes = {*query.parties[:1]} if query.named else {*query.parties}

    def supports(mandate: Mandate) -> bool:
        return any(word.text in codes for word in mandate.support)

    if not any(supports(row[2]) for row in record.register.all_mandates):
        return []  # as of most parties; the tasks of all parties take time
    everybody = [task for task in record.tasks(Query(closed=True)) if supports(task.mandate)]
    owed = {task.reference for task in everybody if not codes.isdisjoint(task.bound)}
    not_owed = [task for task in everybody if task.reference not in owed]
    return [task for task in not_owed if query.closed or task.is_open]


def _further_notes(answers: TaskAnswers) -> list[str]:
    query = answers[0][1].query
    message = _("What its members owe in all: grcm due --party {code}")
    members = [message.format(code=query.parties[0])] if query.named else []
    shown = dict.fromkeys(
        marked(f"{record.process} {task.reference}".lstrip(), secret=task.is_confidential)
        for record, answer in answers
        for task in _supported(record, answer.query)
    )
    note = _("Support only, not counted: {references}").format(references=", ".join(shown))
    return [*members, *([note] if shown else [])]


def overview(session: Session) -> int:
    """Print the first of what is late and of what comes, and which commands tell more."""
    cwd = session.cwd
    if not (session.data or find_folder(cwd) or misnamed_register(cwd, cwd)):
        write_line(_("There is no record here: no register.yaml, in this folder or above."))
        steps = {
            "grcm init " + _("DIR"): _("creates a data folder"),
            "grcm new": _("creates the file of a meeting"),
            "grcm draft " + _("DOCUMENT"): _("drafts it from a document"),
            "grcm import " + _("FILE"): _("imports a tracker"),
            "grcm due --data " + _("DIR"): _("reads the record of another folder"),
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
            shown = drawn(table, session.page) if listed else f"{nothing}{process}\n"
            write(f"{shown}\n")
    write_line(_("grcm tasks PARTY lists what a party owes; grcm --help lists all commands."))
    return records.finish()
