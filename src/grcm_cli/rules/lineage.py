"""What a conclusion does to an older mandate: close, supersede, extend, hand over."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

from grcm_cli.domain import model
from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.lineage import lineage_of
from grcm_cli.domain.model import Location, Meeting, PlacedWord, Reassignment, Reference, Together
from grcm_cli.domain.progress import NOT_RECURRING
from grcm_cli.domain.register import Register, extended_mandates, links
from grcm_cli.domain.task import ANSWERED, Task
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.language.text import _
from grcm_cli.reader.advice import bound_words


def changed_at_once(register: Register) -> Problems:
    for link in links(register, "closes", "supersedes", "extends", "reassigns"):
        target = link.target
        if target is None or target.meeting != link.meeting.id:
            continue
        if target.number != link.conclusion.number and register.mandates(target):
            message = _("{text} was also adopted by this meeting").format(text=link.word.text)
            hint = _("write the final duty only once, with its deadline and who owes it")
            yield Problem(link.word.at, message, hint)


def ended_twice(register: Register) -> Problems:
    first: dict[Reference, Reference] = {}  # what ended a mandate, or all those of a conclusion
    ending = links(register, "closes", "supersedes")
    by_day = sorted(ending, key=lambda link: (link.meeting.last_day or date.max, link.meeting.id))
    for link in by_day:
        target, mandates = link.target, register.mandates(link.target) if link.target else ()
        if target is None or not mandates:
            continue
        by = Reference(link.meeting.id, link.conclusion.number)
        # All the mandates of a conclusion are looked at once, however many links end them.
        earlier = first.get(target)
        for mandate in mandates if earlier is None else ():
            ended = target._replace(ordinal=mandate.ordinal)
            earlier = earlier or first.get(ended)
            first.setdefault(ended, by)
        first.setdefault(target, by)
        if earlier is not None:
            message = _("{text} was already ended by {first}")
            sentence = message.format(text=link.word.text, first=earlier)
            yield Problem(link.word.at, sentence, concerns={target.meeting, earlier.meeting})


def hidden_decision(register: Register) -> Problems:
    for link in links(register, "closes", "supersedes", "extends", "reassigns"):
        if not (link.meeting.confidential or link.conclusion.confidential):
            continue
        older = register.calendar.by_id.get(link.target.meeting) if link.target else None
        conclusion = register.conclusion(link.target) if link.target else None
        if older and conclusion and not (older.confidential or conclusion.confidential):
            message = _(
                "this is confidential: the tasks of {text} that it changes "
                "are left out of what is published"
            )
            hint = _("write what is secret under `internal`, and delete `confidential`")
            sentence = message.format(text=link.word.text)
            yield Problem(link.word.at, sentence, hint, concerns={older.id})


def extended_after_done(register: Register) -> Problems:
    if register.unread_meetings:
        return  # one of them may have handed the task over
    builder = TaskBuilder(register, date.max, EVERYTHING)
    tasks_of = cache(lambda address: builder.tasks_by_key(*register.adopted(address)).values())
    for meeting, extension, adopted in extended_mandates(register):
        address, mandate, day = adopted.address, adopted.mandate, meeting.last_day
        is_reported = address in register.entries_by_mandate  # as few
        if not is_reported or day is None or mandate.recurs or mandate.void is not None:
            continue
        named = {*register.codes_on(extension.parties, day)}
        owed = ((task, {*task.parties, *task.adopted_by}) for task in tasks_of(address))
        tasks = [task for task, codes in owed if not named or named & codes]
        # One that was answered later, or whose answer was withdrawn, has the move.
        is_moved = any(move.at == extension.due_at for task in tasks for move in task.moves)
        is_settled = all(task.state in ANSWERED and not task.anybody for task in tasks)
        if tasks and is_settled and not is_moved:
            text, at = extension.mandate
            message = _("all parties whose deadline it moves had already settled {text}")
            reporting = builder.progress.of_mandate(address).get(NOT_RECURRING, {})
            concerns = {address.meeting, THE_REGISTER, *reporting}
            concerns |= {handover.by.meeting for task in tasks for handover in task.handovers}
            yield Problem(at, message.format(text=text), concerns=concerns)


def wrong_extension(register: Register) -> Problems:
    # Other rules tell of those that name no mandate, several, or a void one.
    for _meeting, _conclusion, extension in register.each_extension():
        if extension.due.recurs:
            message = _("`extends` moves one deadline: it cannot make a duty recur")
            hint = _(
                "add a new mandate with `due: every …`, and name the old one under `supersedes`"
            )
            yield Problem(extension.due_at, message, hint)
    lineage = lineage_of(register)
    owing_on = cache(lambda address, day: frozenset(lineage.owing_on(address, day)))
    moved: dict[tuple[Reference, date | None], dict[str, PlacedWord]] = {}
    for meeting, extension, adopted in extended_mandates(register):
        address, mandate, word = adopted.address, adopted.mandate, extension.mandate
        if mandate.void is not None:
            continue
        if mandate.recurs:
            message = _("{text} recurs: there is no single deadline to move").format(text=word.text)
            hint = _("add a new mandate, and name the old one under `supersedes`")
            yield Problem(word.at, message, hint, concerns={address.meeting})
        day, ending = meeting.last_day, lineage.endings.get(address)
        if ending is not None and day and ending.day <= day:
            message = _("{text} was already ended by {first}")
            sentence = message.format(text=word.text, first=ending.by)
            concerns = {address.meeting, ending.by.meeting}
            yield Problem(word.at, sentence, concerns=concerns)
        elif first := _moved_before(extension, moved.setdefault((address, day), {})):
            message = _("another `extends` of the same date also moves {text}")
            hint = _("the first is on line {line}").format(line=first.at.line)
            concerns = {address.meeting, PurePosixPath(first.at.path).stem}
            yield Problem(word.at, message.format(text=word.text), hint, concerns=concerns)
        is_known = mandate.responsible is not None and not mandate.anybody
        if is_known and extension.parties and not register.unread_meetings:
            day = day or date.max
            yield from _not_moved(register, day, extension, adopted, owing_on(address, day))


def _moved_before(extension: model.Extension, moved: dict[str, PlacedWord]) -> PlacedWord | None:
    """Return the mandate's word in an extension of the same day that moves the same."""
    codes = {word.text for word in extension.parties} or {""}
    shared = codes & moved.keys()
    if not shared and moved and ("" in codes or "" in moved):
        shared = {next(iter(moved))}
    for code in codes:
        moved.setdefault(code, extension.mandate)
    return moved[next(iter(shared))] if shared else None


def _not_moved(
    register: Register,
    day: date,
    extension: model.Extension,
    adopted: model.AdoptedMandate,
    owing: frozenset[str],
) -> Problems:
    """Yield the parties whose own deadline an extension does not move."""
    text, concerns = extension.mandate.text, {adopted.meeting.id, THE_REGISTER}
    of_word = {word: register.codes_on([word], day) for word in extension.parties}
    for word, codes in of_word.items():
        if word.text in register.directory.by_code and owing.isdisjoint(codes):
            message = _("{party} does not owe {text}").format(party=word.text, text=text)
            yield Problem(word.at, message, bound_words(owing), concerns=concerns)
    named = {code for codes in of_word.values() for code in codes}
    is_joint = isinstance(adopted.mandate.responsible, Together) and len(owing) > 1
    if is_joint and owing - named and owing & named:
        message = _("{text} is owed jointly: its deadline moves for all parties")
        hint = _("leave out `parties`, or name them all: {codes}")
        hint = hint.format(codes=", ".join(sorted(owing)))
        yield Problem(extension.parties[0].at, message.format(text=text), hint, concerns=concerns)


class _Outcome(NamedTuple):
    """What became of the tasks of a mandate on a day on which they are handed over."""

    tasks: Sequence[Task]
    handed: Mapping[Location, Sequence[Task]]  # those that a link hands over, by its place
    idle: frozenset[Location]  # the links that hand them to those who owed them
    second: Mapping[Location, Location]  # links that hand over the same on one day: both places
    concerns: frozenset[str]
    heirs: frozenset[str]  # to whom any link is to hand them

    def of(self, register: Register, reassignment: Reassignment) -> list[Task]:
        """Return the tasks of those that a link names under `from`; all, where it names nobody.

        Where it names one to whom another link was to hand them, and all had been settled by then,
        they are all, too.
        """
        source, tasks = reassignment.source, self.tasks
        if source is None or not tasks:
            return [*tasks]
        codes = register.codes_on([source], tasks[0].meeting.last_day)
        owed = [task for task in tasks if any(code in task.parties for code in codes)]
        is_settled = self.heirs.issuperset(codes) and all(task.state in ANSWERED for task in tasks)
        return owed if owed or not is_settled else [*tasks]


def wrong_reassignment(register: Register) -> Problems:
    for meeting, reassignment, outcome in _reassignments(register):
        (text, at), concerns = reassignment.mandate, outcome.concerns
        if _comes_late(register, reassignment, outcome):
            continue
        to = register.codes_on(reassignment.to, meeting.last_day)
        if first := outcome.second.get(at):
            message = _("another `reassigns` of the same date also hands over {text}")
            hint = _("the first is on line {line}").format(line=first.line)
            concerns |= {PurePosixPath(first.path).stem}
            yield Problem(at, message.format(text=text), hint, concerns=concerns)
        elif at in outcome.idle:
            for word in reassignment.to:
                message = _("{party} already owes {text}").format(party=word.text, text=text)
                yield Problem(word.at, message, concerns=concerns)
        elif outcome.tasks and at not in outcome.handed and to:
            source = reassignment.source
            if source is None or outcome.of(register, reassignment):
                message = _("nothing is open under {text}: it was settled or ended earlier")
                yield Problem(reassignment.at, message.format(text=text), concerns=concerns)
            elif source.text in register.directory.by_code:
                owing = {code for task in outcome.tasks for code in task.parties}
                message = _("{party} does not owe {text}").format(party=source.text, text=text)
                yield Problem(source.at, message, bound_words(owing), concerns=concerns)


def reassigned_after_done(register: Register) -> Problems:
    for _meeting, reassignment, outcome in _reassignments(register):
        if _comes_late(register, reassignment, outcome):
            text, at = reassignment.mandate
            every = (entry for task in outcome.of(register, reassignment) for entry in task.reports)
            answers = (entry.party for entry in every if entry.progress in ANSWERED)
            message = _("nothing is handed over: {parties} had already settled {text}")
            sentence = message.format(parties=" ".join(dict.fromkeys(answers)), text=text)
            yield Problem(at, sentence, concerns=outcome.concerns)


def already_owed(register: Register) -> Problems:
    for meeting, reassignment, outcome in _reassignments(register):
        at, day = reassignment.mandate.at, meeting.last_day or date.min
        handed = outcome.handed.get(at, ()) if at not in outcome.idle else ()
        kept = (task for task in outcome.tasks if all(each.day < day for each in task.handovers))
        owed = {task.parties for task in kept if task.is_open}
        is_merged = any(task.parties in owed for task in handed)
        hint = _("the two become one task; if both are meant, record a separate mandate")
        for word in reassignment.to if handed else ():
            if not owed.isdisjoint((code,) for code in register.codes_on([word], day)):
                message = _("{party} already owes {text}")
                message = message.format(party=word.text, text=reassignment.mandate.text)
                advice = hint if is_merged else ""
                yield Problem(word.at, message, advice, concerns=outcome.concerns)


def _comes_late(register: Register, reassignment: Reassignment, outcome: _Outcome) -> bool:
    """Tell whether a task had been answered when it was handed over, even if reported later."""
    at, tasks = reassignment.mandate.at, outcome.of(register, reassignment)
    to, source = {word.text for word in reassignment.to}, reassignment.source
    owed = [{*task.parties} for task in tasks]
    left = {code for codes in owed for code in codes}
    if source and tasks:
        left = {*register.codes_on([source], tasks[0].meeting.last_day)}
    is_idle = all(codes & left and codes == to | codes - left for codes in owed)
    is_late = bool(tasks) and all(task.state in ANSWERED for task in tasks)
    return is_late and not is_idle and at not in {*outcome.handed, *outcome.second}


def _reassignments(register: Register) -> Iterator[tuple[Meeting, Reassignment, _Outcome]]:
    """Yield each `reassigns` of what somebody owes, and what becomes of its mandate's tasks."""
    every_day = TaskBuilder(register, date.min, EVERYTHING)
    outcome_of = cache(lambda reference, day: _outcome(every_day.on(day), reference))
    if register.unread_meetings:
        return  # one of them may have handed it over before
    for meeting, _conclusion, reassignment in register.each_reassignment():
        adopted = register.mandates_named(reassignment.mandate.text, meeting.id)
        day, adopted_on = meeting.last_day, adopted[0].meeting.last_day if adopted else None
        if len(adopted) != 1 or not (adopted_on and day and adopted_on <= day):
            continue  # other rules tell of those that name no mandate, or several
        address = adopted[0].address
        outcome = outcome_of(address, day)
        if reassignment.mandate.at not in outcome.handed:  # what settled it may be withdrawn
            last = outcome_of(address, date.max)
            outcome = last if reassignment.mandate.at in last.handed else outcome
        if not any(task.anybody for task in outcome.tasks):
            yield meeting, reassignment, outcome


def _outcome(builder: TaskBuilder, address: Reference) -> _Outcome:
    [adopted] = builder.register.adopted(address)
    tasks = [*builder.unmerged_tasks(adopted).values()] if adopted.mandate.void is None else []
    handed: dict[Location, list[Task]] = {}
    useful, second = set(), {}
    reporting = builder.progress.of_mandate(address).get(NOT_RECURRING, {})
    concerns = {address.meeting, THE_REGISTER, *reporting}
    for task in tasks:
        parties = that_day = task.adopted_by or task.parties
        concerns.update(parties)  # who may report that it was settled before
        first: Location | None = None
        for handover in task.handovers:
            concerns.add(handover.by.meeting)
            handed.setdefault(handover.at, []).append(task)
            if handover.day < builder.as_of:
                that_day = handover.after(that_day)
            elif first and (handover.source is None or not handover.concerns(that_day)):
                second[handover.at] = first
            else:
                first = first or handover.at
            if {*handover.after(parties)} != {*parties}:
                useful.add(handover.at)
            parties = handover.after(parties)
        concerns |= {task.ending.by.meeting} if task.ending else set()
    handovers = builder.lineage.handovers.get(address, ())
    heirs = frozenset(code for handover in handovers for code in handover.to)
    idle = frozenset(handed.keys() - useful)
    return _Outcome(tasks, handed, idle, second, frozenset(concerns), heirs)
