"""Which entries do not count, or may be mistaken, though they are no errors."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from grcm_cli.domain.lineage import lineage_of
from grcm_cli.domain.model import Entry
from grcm_cli.domain.progress import done_since, overtaken, reports_by_task
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.domain.task import ANSWERED, standing
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.language.text import N_, _, in_series, labelled
from grcm_cli.recording.entries import content_of, facts_of, not_counting, overruled_pairs, task_of
from grcm_cli.rules.lineage import extended_after_done, reassigned_after_done
from grcm_cli.rules.progress import skipped_occurrence
from grcm_cli.rules.texts import private_note

_STANDS = N_(
    "`{progress}` reported by {party} for {reference}, dated {day}, does not count: `{other}` by "
    "{by}, dated {earlier}, stands; if that was wrong, record `withdrawn` with --on {earlier} first"
)


def without_effect(register: Register, requested: Sequence[Entry]) -> Iterator[str]:
    """Yield why requested entries do not count, or may be mistaken, though they are no errors."""
    pairs = overruled_pairs(register, requested)
    yield from map(not_counting, pairs)
    yield from _outdated(register, requested)
    contents = set(map(content_of, requested))
    answered = _too_late(register, requested)
    kept = [pair for pair in answered if not contents.isdisjoint(map(content_of, pair))]
    told = {content_of(entry) for entry, _answer in kept}
    yield from _no_longer_owed(register, [row for row in requested if content_of(row) not in told])
    by_others = _done_by_others(register, dict.fromkeys(entry.mandate.text for entry in requested))
    replaced = list(overtaken(register))
    for entry, answer in chain(replaced, by_others, kept):
        if content_of(entry) not in contents | told or any(entry == pair.entry for pair in pairs):
            continue
        message = _(
            "`{progress}` reported by {party} for {reference}, dated {day}, replaces `{other}` by "
            "{by}, dated {earlier}; to keep the earlier report, delete the later one from {file}"
        )
        if entry.progress == "not-started" or (entry, answer) not in replaced:
            message = _(_STANDS)
        facts = {**facts_of(entry), "by": answer.party, "other": answer.progress}
        yield message.format(**facts, earlier=answer.day)
    only = register.with_files((), ReportedProgress(requested, register.reporting_parties))
    by_place = {entry.at: entry for entry in requested}
    for problem in private_note(only):
        sentence = in_series((problem.message, str(problem.advice)))
        yield labelled(by_place[problem.at].mandate.text, sentence)
    entries = {entry.occurrence.at: entry for entry in register.entries if entry.occurrence}
    for problem in skipped_occurrence(register):
        if content_of(entries[problem.at]) in contents:
            yield labelled(entries[problem.at].mandate.text, problem.message)
    yield from _without_effect_since(register, contents)


def _without_effect_since(register: Register, contents: Collection[object]) -> Iterator[str]:
    """Yield the later decisions that the requested entries leave without effect."""
    earlier = [entry for entry in register.entries if content_of(entry) not in contents]
    reported = ReportedProgress(earlier, register.reporting_parties)
    before = register.with_files(register.meetings, reported)
    for rule in (extended_after_done, reassigned_after_done):
        problems = list(rule(register))
        known = {problem.at for problem in rule(before)} if problems else set()
        for problem in problems:
            if problem.at not in known:
                yield labelled(str(problem.at), problem.message)


def _outdated(register: Register, requested: Sequence[Entry]) -> Iterator[str]:
    """Yield why a requested entry, or its day, does not count for what else was reported."""
    tasks = reports_by_task(register).values()
    reports = {content_of(report): same for same in tasks for report in same}
    builder = TaskBuilder(register, date.max, EVERYTHING)
    rows = chain(*map(register.mandates_named, {row.mandate.text for row in requested}))
    owed = chain.from_iterable(builder.tasks_by_key(row).values() for row in rows)
    counting = {content_of(task.done_by) for task in owed if task.done_by}
    for entry in requested:
        same = reports.get(content_of(entry), [entry])
        last, first = same[-1], done_since({entry.party: same})
        is_done = entry.progress == "done" and content_of(entry) not in counting
        if is_done and first and first.day < entry.day:
            facts = {**facts_of(entry), "by": first.party, "other": first.progress}
            yield _(_STANDS).format(**facts, earlier=first.day)
        is_idle = entry.progress != "withdrawn" or same[0].progress == "withdrawn"
        is_other = last.progress not in (entry.progress, "not-started")
        if is_idle and is_other and last.day > entry.day:
            message = _(
                "`{progress}` reported by {party} for {reference}, dated {day}, does not count: "
                "`{other}`, dated {later}, comes after it; give it a later date, or delete the "
                "later report from {file}"
            )
            facts = {**facts_of(entry), "file": facts_of(last)["file"]}
            yield message.format(**facts, other=last.progress, later=last.day)


def _too_late(register: Register, requested: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield the reports of who was to take a task over that had been answered, with the answer."""
    lineage, named = lineage_of(register), set(map(task_of, requested))
    builder = TaskBuilder(register, date.max, EVERYTHING)  # an answer may be withdrawn later
    for entry, target in register.entry_targets:
        handovers = lineage.handovers.get(target.address, ()) if target.address else ()
        if not target.address or not handovers or task_of(entry) not in named:
            continue
        [row] = register.adopted(target.address)
        same = builder.of_occurrence(row, entry.time)
        taking = lineage.codes_of(entry, target.address)
        late = [each for each in handovers if each.day <= entry.day and taking & {*each.to}]
        for task in same if not any(task.belongs_to(entry.party) for task in same) else ():
            if task.state in ANSWERED and any(each.concerns(task.parties) for each in late):
                yield entry, task.done_by or task.reports[-1]


def _done_by_others(register: Register, references: Iterable[str]) -> Iterator[tuple[Entry, Entry]]:
    """Yield the last reports on some mandates that others had already done, each with theirs.

    Such a report does not reopen what they owe together.
    """
    last = max((entry.day for entry in register.entries), default=date.min)
    builder = TaskBuilder(register, last, EVERYTHING)
    for row in chain.from_iterable(map(register.mandates_named, references)):
        for task in builder.tasks_by_key(row).values():
            done = task.done_by
            if done is None or task.state != "done":
                continue
            for report in standing(task.reports):
                if report.progress != "done" and done.day <= report.day:
                    yield report, done


def _no_longer_owed(register: Register, requested: Sequence[Entry]) -> Iterator[str]:
    """Yield why a requested entry does not count: by then others owed its mandate, or nobody."""
    lineage = lineage_of(register)
    changed = {*lineage.handovers, *lineage.endings}
    last = TaskBuilder(register, date.max, EVERYTHING)
    for entry in requested:
        [row] = register.mandates_named(entry.mandate.text)  # a rule refuses any other entry
        if row.address not in changed or entry.progress == "withdrawn":  # which takes one back
            continue
        tasks = last.on(entry.day).tasks_by_key(row).values()
        now = last.tasks_by_key(row).values() if entry.progress == "started" else ()
        ending, speakers = lineage.endings.get(row.address), lineage.codes_of(entry, row.address)
        if all(speakers.isdisjoint(task.parties) for task in tasks):
            message = _(
                "`{progress}` reported by {party} for {reference}, dated {day}, does not count: by "
                "then the duty had been handed over to {owing}; record it with --by {owing}, or "
                "correct the file"
            )
            owing = " ".join(dict.fromkeys(code for task in tasks for code in task.parties))
            yield message.format(**facts_of(entry), owing=owing)
        elif ending and not ending.lets_count(entry):
            message = _(
                "`{progress}` reported by {party} for {reference}, dated {day}, does not count: "
                "{by} had ended the duty on {ended}; if that state was reached earlier, give it "
                "that date"
            )
            yield message.format(**facts_of(entry), by=ending.by, ended=ending.day)
        elif now and not any(entry in each.reports or each.belongs_to(entry.party) for each in now):
            message = _(
                "`{progress}` reported by {party} for {reference}, dated {day}, does not count: "
                "the duty was handed over to {owing} after that"
            )
            owing = " ".join(dict.fromkeys(code for task in now for code in task.parties))
            yield message.format(**facts_of(entry), owing=owing)
