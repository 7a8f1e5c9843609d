"""The words for a task in the reader's language: state, progress, deadline, parties, action."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from textwrap import fill
from typing import Literal, NamedTuple

from grcm_cli.domain.due import Due, DueWording
from grcm_cli.domain.lineage import Ending, Handover
from grcm_cli.domain.model import Each, Entry, Mandate, Responsible
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.task import ENDED, State, Task, Wait
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language import grammar
from grcm_cli.language.days import long_day
from grcm_cli.language.grammar import enumerated
from grcm_cli.language.text import N_, _, collapse, counted, fold, in_series, labelled, natural_key

STATES: dict[State, str] = {
    "overdue": N_("overdue"),
    "due-soon": N_("due soon"),
    "upcoming": N_("upcoming"),
    "awaiting": N_("awaiting"),
    "asap": N_("as soon as possible"),
    "standing": N_("standing"),
    "undated": N_("no deadline"),
    "passed": N_("date passed"),
    "?": N_("? unclear"),
    "done": N_("done"),
    "declined": N_("declined"),
    "not-applicable": N_("not applicable"),
    "superseded": N_("superseded"),
    "closed": N_("closed"),
}
"""In the order of lists by state: the late first, the closed last."""
EMPHASES: dict[str, Emphasis] = {
    "done": "done",
    **dict.fromkeys(("declined", "not-applicable"), "declined"),
    **dict.fromkeys(ENDED, "ended"),
    "overdue": "late",
    "due-soon": "soon",
    "?": "unclear",
}
PROGRESS = {
    "not-started": N_("not started"),
    "started": N_("started"),
    "done": N_("done"),
    "declined": N_("declined"),
    "not-applicable": N_("not applicable"),
    "withdrawn": N_("report withdrawn"),
}
NO_REPORT = N_("no report")
NOBODY = N_("nobody named")
SOMEBODY = N_("? unclear who")
_NAMED = 3  # the most parties that are named where their number would do
IN_YEARS = 3 * 366  # days; more of them are told in years
_DAYS_A_YEAR = 365.2425
_LONG = 14  # characters of a deadline in words: more would take the room of the text


def due_words(task: Task) -> str:
    """Return the `due` of a task in a few words; an empty text where none was set."""
    return task.term.due.short() if task.term.due else ""


class Wording(NamedTuple):
    """How parties and days are written: by default by their codes, and as 2003-01-15."""

    party: Callable[[str], str] = str
    day: Callable[[date], str] = date.isoformat
    between: str = " "  # between the parties of several tasks
    listed: Callable[[Sequence[str]], str] = ", ".join
    """Lists parties, by their codes, inside a sentence: `Belice, Canadá y la Secretaría`."""
    named: Callable[[Sequence[str]], str] = ", ".join
    """Lists them so, but without an article where the language has a colon before: `Mali`."""
    joined: Callable[[Sequence[str]], str] = " + ".join  # those that owe a task together
    each_of: Callable[[str], str] = lambda code: _("each of the members of {code}").format(
        code=code
    )
    """Names each member of a group, by its code: `cada uno de los Países del CA-4`."""
    in_full: bool = False  # for people who know no codes, nor the notation of a list
    due: Callable[[Task], str] = due_words


CODES = Wording()


def full_wording(directory: Directory, language: str) -> Wording:
    """Return the wording for people who know no codes: names of parties, days in words."""
    name = partial(party_name, directory, language=language)

    def listed(codes: Sequence[str], *, is_named: bool = False) -> str:
        are_bare = grammar.grammar(language).get("lists") == "bare" and (is_named or len(codes) > 1)
        articles = ["" if are_bare else party_article(directory, code, language) for code in codes]
        return enumerated(list(map(grammar.with_article, map(name, codes), articles)), language)

    def each_of(code: str) -> str:
        article = party_article(directory, code, language)
        if not article:
            return _("each of the members of {code}").format(code=name(code))
        is_plural = grammar.is_plural(name(code), article, language)
        message = _("each {of_group}") if is_plural else _("each of the members {of_group}")
        return message.format(of_group=of_name(directory, code, language))

    day, joined = partial(long_day, language=language), partial(enumerated, language=language)
    named = partial(listed, is_named=True)
    return Wording(name, day, ", ", listed, named, joined, each_of, in_full=True)


def progress_word(progress: str) -> str:
    """Return the reader's word for a key of PROGRESS."""
    return _(PROGRESS[progress])


def report_details(entry: Entry) -> str:
    """Return a report's evidence and notes, joined; an empty text where it has none."""
    internal = _("internal: {text}").format(text=entry.internal) if entry.internal else ""
    return " · ".join(filter(None, (entry.evidence, entry.note, internal)))


def state(name: State) -> str:
    """Return a state in words."""
    return _(STATES[name])


def emphasis(task: Task) -> Emphasis:
    """Return the emphasis of a task's state."""
    return EMPHASES.get(task.state, "")


def days(count: int) -> str:
    """Return a number of days in words; of more than three years, that of the whole years."""
    if count > IN_YEARS:
        return counted("{count} year", "{count} years", int(count / _DAYS_A_YEAR))
    return counted("{count} day", "{count} days", count)


def when(row: Sequence[Task], wording: Wording = CODES) -> str:
    """Return how far off the deadline is, or the state; further lines have details of it."""
    # A thousand members owe the same task: each phrase is made once.
    distinct = {
        (task.days, task.done_on, task.done_after, id(task.moves), id(task.ending)): task
        for task in row
    }
    phrases = {_when(task, wording) for task in distinct.values()}
    lines = [*phrases] if len(phrases) == 1 else [state(row[0].state)]
    late = sum(task.done_late for task in row) if row[0].state == "done" else 0
    if late and len(phrases) > 1:
        lines = [_("done late") if late == len(row) else _("done, {count} late").format(count=late)]
    if missed := row[0].missed.number:
        lines.append(later_ones(missed))
        unreported = missed - row[0].missed.with_progress
        if len(row) == 1 and unreported and row[0].silent != row[0].parties:
            lines[-1] += " (" + _("{count} without a report").format(count=unreported) + ")"
    said = {entry.progress for entry in row[0].reports}
    is_told = row[0].is_open or (row[0].state == "declined" and len(said) > 1)
    if len(row[0].parties) > 1 and is_told and said:
        for entry in row[0].reports:
            lines.append(labelled(progress_word(entry.progress), wording.party(entry.party)))
        if silent := list(map(wording.party, unheard(row[0]))):
            is_short = wording.in_full or len(silent) <= _NAMED
            names = wording.joined(silent) if is_short else str(len(silent))
            lines.append(labelled(_(NO_REPORT), names))
        return "\n".join(lines)
    begun = {"started": N_("{count} started"), "not-started": N_("{count} not started")}
    reported: list[str] = [task.progress for task in row if task.reports and task.is_open]
    for progress, words in begun.items():
        if count := reported.count(progress):
            lines.append(_(PROGRESS[progress]) if len(row) == 1 else _(words).format(count=count))
    return "\n".join(lines)


def unheard(task: Task) -> list[str]:
    """Return the codes of who did not report on a task, and did not withdraw it either."""
    reporters = {entry.party for entry in task.reports}
    return [code for code in task.silent if code not in reporters]


def _when(task: Task, wording: Wording) -> str:
    if task.done_on and (task.state == "done" or task.is_open):
        phrase = _("done late, {day}") if task.done_late else _("done {day}")
        done = phrase.format(day=wording.day(task.done_on))
        if task.state == "done":
            return done
        return "\n".join(filter(None, (distance(task), done, before_move(task, task.done_on))))
    if wording.in_full and task.state == "awaiting":  # beside `next meeting of the Group`
        return _("date not yet set")
    return ended_by(task.ending) if task.ending else distance(task)


def distance(task: Task) -> str:
    """Return how far off the deadline of an open task is, else the state."""
    if task.state == "?" or not task.is_open or task.days is None:
        return state(task.state)
    if task.days < 0:
        is_late = task.mandate.kind == "request"
        message = _("{days} late") if is_late else _("passed {days} ago")
        return message.format(days=days(-task.days))
    return _("today") if task.days == 0 else _("in {days}").format(days=days(task.days))


def before_move(task: Task, day: date) -> str:
    """Return that a report came before a later meeting moved an open task, else nothing."""
    is_moved = task.is_open and task.moves and day < task.moves[-1].day
    return _("before the new deadline") if is_moved else ""


def is_said_again(task: Task, entry: Entry) -> bool:
    """Tell whether a report says what the same party had reported before, as one with evidence."""
    is_done = entry.progress == "done" and len(task.reports) == 1 and task.done_on is not None
    return is_done and task.done_on != entry.day


def done_remark(task: Task, entry: Entry, wording: Wording) -> str:
    """Return the remark about the last report that a task is done; the first one is judged."""
    if is_said_again(task, entry):
        return _("reported again on {day}").format(day=wording.day(entry.day))
    return before_move(task, entry.day)


def later_ones(count: int) -> str:
    """Return how many later occurrences of a recurring mandate were missed too."""
    return counted("and {count} later date", "and {count} later dates", count)


def ended_by(ending: Ending, translate: Callable[[str], str] = _) -> str:
    """Return how a later conclusion ended a mandate: `superseded by GRCM-2003-02/3`."""
    superseded, closed = N_("superseded by {reference}"), N_("closed by {reference}")
    message = superseded if ending.state == "superseded" else closed
    return translate(message).format(reference=ending.by)


def extended(task: Task, wording: Wording = CODES) -> str:
    """Return the first deadline and which conclusion moved it; an empty text if none did."""
    if task.first is None:
        return ""
    day = task.first.deadline
    first = _undated(task.first.due) if day is None else wording.day(day)
    if first == "–":
        message = _("originally without a deadline; {reference} set one")
        return message.format(reference=task.moves[0].by)
    message = _("first due {first}, changed by {reference}")
    if len(task.moves) > 1:
        message = _("first due {first}, changed {count} times, last by {reference}")
    return message.format(first=first, count=len(task.moves), reference=task.moves[-1].by)


def handed_over(handover: Handover, wording: Wording = CODES) -> str:
    """Return which conclusion handed a task over; in full, also when."""
    in_full = _("handed over on {day} by {reference}")
    message = in_full if wording.in_full else _("handed over by {reference}")
    return message.format(reference=handover.by, day=wording.day(handover.day))


def waits(wait: Wait, task: Task) -> str:
    """Return what a task waits for: `waits for 8#1: 1 of 11 settled`."""
    where = str(wait.reference).removeprefix(f"{task.meeting.id}/")
    message = _("waits for {reference}: {answered} of {total} settled")
    return message.format(reference=where, answered=wait.answered, total=wait.total)


def about_deadline(task: Task) -> Iterator[str]:
    """Yield that a deadline was moved, what a task waits for, and what more of it was missed."""
    if task.first:
        yield extended(task)
    yield from (waits(wait, task) for wait in task.waits)
    if task.missed.number:
        yield later_ones(task.missed.number)


def _undated(due: Due | None) -> str:
    return "–" if due is None or due.is_soft else due.short()


def deadline(task: Task) -> str:
    """Return the deadline's day, and below it the `due` in a few words where that is no day."""
    words = due_words(task)
    if task.deadline is None:
        return fill(f"? {words}".rstrip() if task.state == "?" else _undated(task.term.due), _LONG)
    day = task.deadline.isoformat()
    return day if words == day or not words or len(words) > _LONG else f"{day}\n({words})"


def action(
    task: Task,
    language: str,
    *,
    with_due: bool = False,  # with the words that are too long for the column of the deadline
    with_kind: bool = True,
    wording: Wording = CODES,
) -> str:
    """Return the action of a task, and in brackets its support, kind, extensions and waits."""
    notes = [marked("", secret=True)] if task.is_confidential else []
    if task.mandate.support:
        notes.append(f"({supported(task.mandate, wording)})")
    if with_due and task.deadline and len(words := due_words(task)) > _LONG:
        notes.append(_("(due {written})").format(written=words))
    if with_kind and task.mandate.kind == "encouragement":
        notes.append(_("(encouragement)"))
    if task.first:
        notes.append(f"({extended(task, wording)})")
    notes += [f"({handed_over(handover, wording)})" for handover in task.handovers[-1:]]
    notes += [f"({waits(wait, task)})" for wait in task.waits]
    text = collapse(what(task, language))
    return " ".join([without_stop(text), *notes]) if notes else text


def marked(text: str, *, secret: bool) -> str:
    """Return a text with a mark where what it is about is confidential."""
    return f"{text} {mark}".lstrip() if secret and (mark := _("(confidential)")) else text


def supported(mandate: Mandate, wording: Wording = CODES) -> str:
    """Return who supports a mandate that somebody supports: `supported by the Secretariat`."""
    names = wording.named([word.text for word in mandate.support])
    phrase = _("supported by {parties}").format(parties=names)
    return grammar.contracted(phrase) if wording.in_full else phrase


def without_stop(text: str) -> str:
    """Return a text without its full stop; the points of `etc.` and `...` stay."""
    is_stop = text.endswith(".") and not text.endswith(("..", " etc."))
    return text[:-1] or text if is_stop else text


def what(task: Task, language: str) -> str:
    """Return the action of a task's mandate, else its conclusion's text."""
    return (task.mandate.action or task.conclusion.text).shown(language)


def party(task: Task, code: str, name: Callable[[str], str] = str) -> str:
    """Return a party, an office with its holder: `PPT (GTM → MEX)`. `name` turns codes to names."""
    if not (holding := task.holders.get(code)):
        return name(code)
    return f"{name(code)} ({' → '.join(map(name, holding))})"


def party_name(directory: Directory, code: str, language: str) -> str:
    """Return a party's name, or its code where the register does not have it."""
    registered = directory.by_code.get(code)
    return collapse(registered.name.shown(language)) if registered else code


def party_article(directory: Directory, code: str, language: str) -> str:
    """Return the article of a party's name inside a sentence, empty where it has none.

    A name without a language is in those of the process; in others its gender is unknown.
    """
    registered = directory.by_code.get(code)
    is_spoken = not directory.languages or language in directory.languages
    marks = {language, ""} if is_spoken else {language}
    if registered is None or marks.isdisjoint(registered.name.by_language):
        return ""
    return grammar.article(collapse(registered.name.shown(language)), registered.kind, language)


def of_name(
    directory: Directory, code: str, language: str, word: Literal["of", "to"] = "of"
) -> str:
    """Return a party's name after `of` or `to`: `of the Working Group`, `al Comité Técnico`."""
    name = party_name(directory, code, language)
    return grammar.after(word, name, party_article(directory, code, language), language)


def form_in_words(due: Due, directory: Directory, language: str) -> str:
    """Return a `due` in words, with the names of bodies."""
    of_body = partial(of_name, directory, language=language)
    return grammar.said_once(due.words(DueWording(language, of_body=of_body)))


def no_party(task: Task) -> str:
    """Return the words in place of the parties of a task that has none."""
    return _(SOMEBODY if task.anybody else NOBODY)


def together(task: Task, wording: Wording = CODES) -> str:
    """Return the parties that owe a task: `PPT (MEX) + ST`."""
    names = [party(task, code, wording.party) for code in task.named_parties]
    return wording.joined(names) or no_party(task)


def sorted_parties(tasks: Sequence[Task]) -> str:
    """Return the parties of several tasks in natural order, separated by spaces."""
    return " ".join(sorted({*map(together, tasks)}, key=natural_key))


def owing(row: Sequence[Task], everybody: Sequence[Task], wording: Wording = CODES) -> str:
    """Return who owes the tasks of a row: `10 of 11 (CRI done): BLZ CAN …`."""
    count, tasks = how_many(row, everybody, wording)
    shown = fold if wording.in_full else str
    names = [together(task, wording) for task in tasks]
    codes = wording.between.join(sorted(names, key=lambda name: natural_key(shown(name))))
    if count and wording.in_full and (other_tasks := _other_tasks(row, everybody)):
        message = _("{count} of {total}: {parties}")
        if row[0].is_open and not any(task.is_open for task in other_tasks):
            message = counted(
                "{count} of {total} outstanding: {parties}",
                "{count} of {total} outstanding: {parties}",
                len(row),
            )
        text = message.format(count=len(row), total=len(row) + len(other_tasks), parties=codes)
        closed = _closed(other_tasks, wording)
        return in_series((text, closed)) if closed and row[0].is_open else text
    return labelled(count, codes) if count else codes


def _other_tasks(row: Sequence[Task], everybody: Sequence[Task]) -> Sequence[Task]:
    in_row = {task.parties for task in row}
    return [task for task in everybody if task.parties not in in_row]


def how_many(
    row: Sequence[Task], everybody: Sequence[Task], wording: Wording = CODES, named: int = _NAMED
) -> tuple[str, Sequence[Task]]:
    """Return how many of those who owe the same share a row, in words, and the tasks to name.

    The words are empty where one party alone owes, or several owe together. What became of the
    others follows, with their codes if they are at most `named`; with 0, only for an open row.
    """
    bound = len({task.parties for task in everybody}) if row[0].is_separate else 1
    if bound == 1:
        return "", row[:1]
    if len(row) == bound:
        reported = sum(task.progress != "unknown" for task in row)
        message = _("each of {total} ({heard} reported)")
        message = message if reported else _("each of {total} (no reports)")
        count = message.format(total=total_in_words(row, wording), heard=reported)
    else:
        count = _("{count} of {total}").format(count=len(row), total=bound)
        other_tasks = _other_tasks(row, everybody) if row[0].is_open or named else ()
        closed = _closed(other_tasks, wording, named)
        count += f" ({closed})" if closed else ""
    return count, row


def are_states(codes: Iterable[str]) -> bool:
    """Tell whether all codes are as those of states (ISO 3166-1 alpha-3)."""
    return all(len(code) == len("MEX") and code.isalpha() for code in codes)


def total_in_words(row: Sequence[Task], wording: Wording = CODES) -> str:
    """Return how many owe the tasks of a row: `11 countries`, or `11` of all kinds."""
    number = grammar.number_in_words(len(row)) if wording.in_full else str(len(row))
    responsible = row[0].mandate.responsible
    is_members = isinstance(responsible, Each) and responsible.group == "members"
    is_as_adopted = not any(task.handovers for task in row)  # else an organization may owe it
    if is_members and is_as_adopted and are_states(code for task in row for code in task.parties):
        return _("{count} countries").format(count=number)
    return number


def _closed(tasks: Sequence[Task], wording: Wording, named: int = _NAMED) -> str:
    by_state: dict[State, list[str]] = {}
    for task in tasks:
        if not task.is_open:
            by_state.setdefault(task.state, []).append(together(task, wording))
    phrases = []
    for closed, names in by_state.items():
        parties = wording.between.join(names) if len(names) <= named else str(len(names))
        phrases.append(_("{parties} {state}").format(parties=parties, state=state(closed)))
    return ", ".join(phrases)


def reach(task: Task, code: str, wording: Wording = CODES) -> str:
    """Return how a mandate binds a party: itself, as one of a group, with others, by an office."""
    if code not in task.parties:
        return together(task, wording)
    if code not in task.named_parties:
        return _("jointly: {parties}").format(parties=together(task, wording))
    if len(task.parties) > 1:
        partners = (partner for partner in task.named_parties if partner != code)
        names = [party(task, word, lambda name: wording.named([name])) for word in partners]
        return _("together with {parties}").format(parties=wording.joined(names))
    responsible = task.mandate.responsible
    if task.handovers or not isinstance(responsible, Each):
        return _("handed over") if task.handovers else _("itself")
    return group_in_words(responsible, wording) or _("each of the parties named")


def group_in_words(responsible: Responsible | None, wording: Wording, member: str = "") -> str:
    """Return a group whose members each owe, with its exceptions; nothing for named parties."""
    if not isinstance(responsible, Each):
        return ""
    group = member or _("each member")
    if responsible.group == "listed":
        if len(responsible.listed) != 1:
            return ""
        group = wording.each_of(responsible.listed[0].text)
    if responsible.group == "participants":
        group = _("each participant")
    excepted = wording.listed(list(dict.fromkeys(word.text for word in responsible.exceptions)))
    return _("{each} except {parties}").format(each=group, parties=excepted) if excepted else group
