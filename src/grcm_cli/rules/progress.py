"""The entries of the files of progress."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.lineage import Lineage, lineage_of
from grcm_cli.domain.model import Codes, Entry, Reference, Together
from grcm_cli.domain.progress import overruled, overtaken, withdrawing_nothing
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ANSWERED
from grcm_cli.domain.tasks import EVERYTHING, MandateTasks, TaskBuilder, owing_parties
from grcm_cli.language.text import _, in_series
from grcm_cli.reader.advice import bound_words, is_void, who_held

_TaskOfParty = tuple[str, Reference, str]  # with the occurrence


def progress_not_owed(register: Register) -> Problems:
    parties, lineage = register.directory.by_code, lineage_of(register)
    taken_back, owing_on = _taken_back(register, lineage), cache(lineage.owing_on)
    builder = TaskBuilder(register, date.max, EVERYTHING)
    tasks_of = cache(lambda address: MandateTasks(builder, *register.adopted(address)))
    for entry, (_reference, meeting, mandate, address) in register.entry_targets:
        if meeting is None or mandate is None or address is None or entry.party not in parties:
            continue
        if mandate.anybody or entry.party in register.groups:
            continue  # whoever reports of a group has a file of its own, which another rule says
        first, last = taken_back.get(_task_of(entry, address), (date.max, date.min))
        is_taken_back = first <= entry.day <= last
        codes = mandate.responsible.codes if mandate.responsible else ()
        if is_taken_back or any(word.text not in parties for word in codes):
            continue  # in the latter case whom it binds is open until that code is put right
        concerns = {meeting.id, THE_REGISTER}
        if mandate.void is not None:
            message = is_void(entry.mandate.text, mandate.void)
            yield Problem(entry.mandate.at, message, concerns=concerns)
            continue
        if register.unread_meetings:
            continue  # one of them may have handed it over
        speakers = lineage.codes_of(entry, address)
        if not speakers:
            message = _("{party} does not owe {text}")
            sentence = message.format(party=entry.party, text=entry.mandate.text)
            advice = _bound_on(register, owing_on(address, entry.day), entry)
            yield Problem(entry.mandate.at, sentence, advice, concerns=concerns)
        elif mandate.recurs and (problems := [*_in_absence(entry, tasks_of(address), speakers)]):
            yield from problems
        elif address in lineage.handovers:
            yield from _handed_over(register, lineage, entry, address, speakers)


def _bound_on(register: Register, owing: Sequence[str], entry: Entry) -> str:
    """Return whom a mandate binds, and who holds these offices on the day of an entry.

    A party that holds one of them at another time is told what to do.
    """
    offices = register.directory.offices
    held = (who_held(offices[code], entry.day, entry.party) for code in offices.keys() & owing)
    return in_series([bound_words(owing), *chain.from_iterable(sorted(held))])


def _task_of(entry: Entry, address: Reference) -> _TaskOfParty:
    return entry.party, address, entry.time


def _taken_back(register: Register, lineage: Lineage) -> Mapping[_TaskOfParty, tuple[date, date]]:
    """Return the day of the first report of each party on a task, and of its last withdrawal.

    What was reported for an office is taken back by who holds it on the day of the withdrawal.
    """
    by_task: dict[_TaskOfParty, list[Entry]] = {}
    is_any = any(entry.progress == "withdrawn" for entry in register.entries)
    for entry, target in register.entry_targets if is_any else ():
        if target.address is not None:
            by_task.setdefault(_task_of(entry, target.address), []).append(entry)
    days: dict[_TaskOfParty, tuple[date, date]] = {}
    for task, entries in by_task.items():
        withdrawn = [entry for entry in entries if entry.progress == "withdrawn"]
        reports = [entry for entry in entries if entry.progress != "withdrawn"] if withdrawn else []
        if any(lineage.codes_of(entry, task[1]) for entry in reports):
            withdrawn = [entry for entry in withdrawn if lineage.codes_of(entry, task[1])]
        if reports and withdrawn:
            days[task] = min(each.day for each in reports), max(each.day for each in withdrawn)
    return days


def _handed_over(
    register: Register, lineage: Lineage, entry: Entry, address: Reference, speakers: set[str]
) -> Problems:
    """Yield an entry for parties that handed the task over before, or got it only later.

    Who had answered before it was handed over still owes it.
    """
    if not speakers.isdisjoint(lineage.owing_on(address, entry.day)):
        return
    handovers = lineage.handovers[address]
    task, entries = _task_of(entry, address), register.entries_by_mandate[address]
    answers = [each for each in entries if each.progress in ANSWERED]
    days = [each.day for each in answers if _task_of(each, address) == task]
    for handover in handovers:
        owing_before = lineage.owing_on(address, handover.day - timedelta(days=1))
        is_answered = min(days, default=date.max) <= handover.day
        if is_answered and not speakers.isdisjoint(owing_before):
            return
    message = _("{party} does not owe {text} on {day}: it was handed over")
    sentence = message.format(party=entry.party, text=entry.mandate.text, day=entry.day)
    advice = _bound_on(register, lineage.owing_on(address, entry.day), entry)
    concerns = {address.meeting, THE_REGISTER, *(handover.by.meeting for handover in handovers)}
    yield Problem(entry.mandate.at, sentence, advice, concerns=concerns)


def _in_absence(entry: Entry, tasks: MandateTasks, speakers: set[str]) -> Problems:
    """Yield an entry on an occurrence that those for whom it speaks do not owe, as no members.

    Nor does anybody owe what fell due in the absence of who handed it over only later.
    """
    series, (meeting, _conclusion, mandate) = tasks.series, tasks.row
    number = (series.named(entry.time) if series else None) or 0
    due = series.day(number) if series else None
    if due is None:
        return
    owing: Sequence[Codes] = [(code,) for code in speakers]
    if isinstance(mandate.responsible, Together) or tasks.handovers:
        owing = owing_parties(tasks.builder.register, tasks.row)
    owed = (tasks.at(codes, number) for codes in owing if tasks.handovers)
    if any(task and not speakers.isdisjoint(task.parties) for task in owed):
        return  # who missed it was a member, and handed it over later
    attendances = [tasks.attendance(codes, due) for codes in owing]
    away = {code for each in attendances for code, is_member in each.items() if not is_member}
    away |= {code for code in chain.from_iterable(owing) if tasks.is_away(code, due)}
    message = ""
    if speakers <= away:
        message = _("{party} does not owe {text} on {day}: it was not a member then")
    elif attendances and not any(any(each.values()) for each in attendances):
        message = _("nobody owes {text} on {day}: whoever owed it was not a member then")
    if message:
        sentence = message.format(party=entry.party, text=entry.mandate.text, day=due)
        handovers = (handover.by.meeting for handover in tasks.handovers)
        concerns = {meeting.id, THE_REGISTER, *handovers}
        yield Problem(entry.mandate.at, sentence, concerns=concerns)


def early_progress(register: Register) -> Problems:
    for entry, (_reference, meeting, *_mandate) in register.entry_targets:
        if meeting and meeting.last_day and entry.day < meeting.last_day:
            message = _("{day} is before the last day of {meeting}, {end}")
            sentence = message.format(day=entry.day, meeting=meeting.id, end=meeting.last_day)
            yield Problem(entry.day_at or entry.at, sentence, concerns={meeting.id})


def future_progress(register: Register, as_of: date) -> Problems:
    for entry in register.entries:
        if entry.day > as_of:
            message = _("{day} is later than {as_of}, the day that answers refer to")
            yield Problem(entry.day_at or entry.at, message.format(day=entry.day, as_of=as_of))


def wrong_occurrence(register: Register) -> Problems:
    for entry, (reference, meeting, mandate, _address) in register.entry_targets:
        if mandate is None or meeting is None or (mandate.due and mandate.due.is_unclear):
            continue
        occurrence = entry.occurrence
        concerns = frozenset([meeting.id, *([occurrence.text] if occurrence else ())])
        series = mandate.series(meeting, register.calendar)
        if series is not None:
            may_lack = register.unread_meetings if series.is_at_meetings else frozenset()
            name = entry.time
            if name and (series.named(name) is not None or name in may_lack):
                continue
            message = _("{text} falls due several times: which occurrence is the report about?")
            if occurrence:
                message = _("{text} has no occurrence '{name}'")
            before = series.before(entry.day)
            near = map(series.nth, range(max(1, before - 1), before + 2))
            party = register.directory.by_code.get(entry.party)
            near_days = [each for each in near if each]
            of_member = [
                each
                for each in near_days
                if not (party and each.deadline) or party.belongs_on(each.deadline)
            ]
            names = [f"`for: {around.name}`" for around in of_member or near_days]
            hint = _("write {words}").format(words=_(" or ").join(names))
            if series.is_at_meetings and series.nth(1) is None:
                hint = _("the record has no meeting at which it is due")
            hint = "" if may_lack else hint
            at = occurrence.at if occurrence else entry.mandate.at
            yield Problem(at, message.format(text=reference, name=name), hint, concerns=concerns)
        elif occurrence is not None:
            message = _("{text} is due only once, so `for` does not apply").format(text=reference)
            yield Problem(occurrence.at, message, _("delete `for:`"), concerns=concerns)


def skipped_occurrence(register: Register) -> Problems:
    builder = TaskBuilder(register, date.max, EVERYTHING)
    for row in register.all_mandates:
        entries = register.entries_by_mandate.get(row.address, ())
        series = row.mandate.series(row.meeting, register.calendar) if entries else None
        if series is None:
            continue
        owing = owing_parties(register, row)
        of_offices = [codes for codes in owing if not builder.offices.keys().isdisjoint(codes)]
        by_code = {code: [codes] for codes in owing for code in codes}
        for entry in entries:
            at = entry.occurrence
            number = series.named(at.text) if at else None
            if at is None or number is None:
                continue
            last_due = min(number - 1, series.before(entry.day))
            for codes in by_code.get(entry.party, of_offices):
                task, before = (builder.task_of(row, (codes, n)) for n in (number, last_due))
                is_answer = task and task.state in ANSWERED and entry in task.reports
                if is_answer and before and before.is_late and before.occurrence:
                    name = before.occurrence.name
                    message = _("the last occurrence due before this one, {name}, is still overdue")
                    hint = _("if the report is about that one, write {words}")
                    hint = hint.format(words=f"`for: {name}`")
                    concerns = {row.meeting.id, THE_REGISTER, at.text, name}
                    yield Problem(at.at, message.format(name=name), hint, concerns=concerns)


def nothing_withdrawn(register: Register) -> Problems:
    for entry, speakers in withdrawing_nothing(register):
        message = _("by {day}, {party} had reported nothing on {text} that could be withdrawn")
        sentence = message.format(day=entry.day, party=entry.party, text=entry.mandate.text)
        offices = (register.directory.offices.get(code) for code in speakers)
        holders = {term.holder.text for office in offices if office for term in office.terms}
        meeting = entry.mandate.text.partition("/")[0]
        concerns = {meeting, THE_REGISTER, *speakers, *holders}
        advice, held = "", speakers & register.directory.offices.keys() - {entry.party}
        if held:
            advice = _("if the report of {office} is meant, record it with --by {office}")
            advice = advice.format(office=min(held))
        yield Problem(entry.at, sentence, advice, concerns=concerns)


def repeated_entry(register: Register) -> Problems:
    last: dict[object, tuple[Entry, object]] = {}  # with what it says
    for entry in register.entries:
        key = entry.party, entry.mandate.text.removesuffix("#1"), entry.time, entry.day
        content = (entry.progress, entry.evidence, entry.note)
        before, content_before = last.get(key, (entry, None))
        last[key] = entry, content
        if content == content_before:
            hint = _("the first is on line {line}; delete one").format(line=before.at.line)
            yield Problem(entry.at, _("this entry already exists"), hint)


def entry_order(register: Register) -> Problems:
    for entry, before in overtaken(register):
        if entry.progress in ("not-started", "withdrawn"):
            continue  # the former changes nothing
        message = _("this replaces {progress}, dated {day}, on line {line}")
        hint = _(
            "delete the wrong one of the two; if both are right, write `withdrawn` between them"
        )
        concerns = set[str]()
        if before.party != entry.party:
            message = _("this replaces {progress} by {party}, dated {day}, {path}:{line}")
            concerns = {before.party, entry.mandate.text.partition("/")[0], THE_REGISTER}
        facts = {"progress": f"`{before.progress}`", "party": before.party, "day": before.day}
        sentence = message.format(**facts, path=before.at.path, line=before.at.line)
        yield Problem(entry.at, sentence, hint, concerns=concerns)
    for entry, by, address in overruled(register):
        if entry.progress in ("not-started", "started") or by.progress == "withdrawn":
            continue  # the order in which things happen
        message = _(
            "{progress} on the same day by {office}, {path}:{line}, counts; this one does not"
        )
        progress, at = f"`{by.progress}`", by.at
        sentence = message.format(progress=progress, office=by.party, path=at.path, line=at.line)
        hint = _(
            "move this entry to the file of {office}, or give it the date on which it was reported"
        )
        concerns = {by.party, address.meeting, THE_REGISTER}
        yield Problem(entry.at, sentence, hint.format(office=by.party), concerns=concerns)
