"""`grcm changes`, `log` and `diff`: what became of the duties, and who recorded it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from grcm_cli.cli import options
from grcm_cli.cli.records import LoadedRecord, data_code
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain import diff as duty_diff
from grcm_cli.domain import findings as results
from grcm_cli.domain.changes import ChangePeriod
from grcm_cli.domain.events import LogEvent, events
from grcm_cli.domain.model import Renames
from grcm_cli.domain.publication import published
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, clean, counted, labelled
from grcm_cli.lookups import names
from grcm_cli.lookups.errors import BadData, ExitCode, MachineFailed, WrongUse
from grcm_cli.lookups.names import RecordedChanges, change_period, changes_in, find_mandate
from grcm_cli.reporters.people import sentence
from grcm_cli.storage.file_reader import read_bytes
from grcm_cli.storage.git import SHALLOW, Commit, GitError, Repository
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import PROGRESS
from grcm_cli.views import changes as view
from grcm_cli.views import diff as diff_view
from grcm_cli.views import log as log_view
from grcm_cli.views.tasks import TaskRecords, duties, filter_words, with_filters


def changes(
    session: Session,
    since: str | None = options.option("--since", _("DAY|MEETING"), "meeting"),
    since_last: str | None = options.option("--since-last", _("BODY"), "body"),
    recorded_since: str | None = options.option("--recorded-since", _("DAY")),
    by: view.Arrangement | None = options.arrangement(view.ARRANGEMENTS),
) -> int:
    """Print what became of the tasks after a day, each change with its day."""
    records = session.open_each()
    order = view.ORDERS[by]

    def change_answer(record: LoadedRecord) -> ChangeAnswer:
        register, day = record.register, session.as_of
        period = change_period(register, day, since, since_last, recorded_since=recorded_since)
        query = names.build_query(register, day, session.filters._replace(closed=True))
        recorded = changes_in(register, period, query, record.folder, session.cwd)
        recorded = recorded._replace(changes=sorted(recorded.changes, key=order))
        return ChangeAnswer(record, period, filter_words(query, register), recorded)

    answers = [answer for _record, answer in records.ask(change_answer)]
    titles = {_title(answer.period) for answer in answers}
    title = _("What has changed up to {day}").format(day=session.as_of)
    if len(titles) == 1:
        [title] = titles

    parts = []
    for answer in answers:
        record, listed = answer.record, answer.recorded.changes
        tables = view.ChangeTables(record.register, session.language)
        draw = partial(tables.table, with_filters(title, answer.limits), listed, by)
        tasks = TaskRecords(record.register.directory, session.language, record.process)
        parts.append(view.listing(listed, answer.period, tasks, draw))
    unlisted = [sentence for answer in answers for sentence in _unlisted(answer)]
    count = sum(duties([change.after for change in part.items]) for part in parts)
    of_duties = counted("{count} duty", "{count} duties", count)
    number = sum(len(part.items) for part in parts)
    changed = counted("{count} change.", "{count} changes.", number)
    several = answers if len(titles) > 1 else ()
    since_each = [labelled(answer.record.process, _since(answer.period)) for answer in several]
    notes = [f"{of_duties}, {changed}", *unlisted, *since_each]
    whole = records.as_one(parts, order, session.language)
    nothing = partial(_nothing, answers, unlisted)
    return session.answer(records, whole, nothing, notes=notes, has_more=bool(unlisted))


class ChangeAnswer(NamedTuple):
    """What has become of the tasks of one record, and since when."""

    record: LoadedRecord
    period: ChangePeriod
    limits: str  # all to which the query limits the list, in words
    recorded: RecordedChanges


def _unlisted(answer: ChangeAnswer) -> Iterator[str]:
    """Yield what else was recorded: meetings with other days, and how many edits."""
    message, recorded = _("{meeting} has new dates: {before} → {after}."), answer.recorded
    for change in recorded.differences:
        if change.kind == "meeting" and change.parts == ("days",) and all(change.sides):
            before, after = change.sides
            yield message.format(meeting=change.reference, before=before, after=after)
    if edits := sum(map(duty_diff.is_edit, recorded.differences)):
        message = counted(
            "{count} edit to what was already recorded is not listed here: {command} shows it.",
            "{count} edits to what was already recorded are not listed here: {command} shows them.",
            edits,
        )
        yield message.format(command=f"grcm diff {recorded.commit}")


def _title(period: ChangePeriod) -> str:
    if period.meeting is None:
        title = _("What changed after {since}, up to {day}")
        if period.is_recorded:
            title = _("What was recorded after {since}, whenever it happened, up to {day}")
        return title.format(since=period.since, day=period.until)
    title = _("What changed after {meeting} ({since}), up to {day}")
    return title.format(meeting=period.meeting.id, since=period.since, day=period.until)


def _since(period: ChangePeriod) -> str:
    if period.meeting is None:
        return _("after {since}").format(since=period.since)
    return _("after {meeting} ({since})").format(meeting=period.meeting.id, since=period.since)


def _nothing(answers: Sequence[ChangeAnswer], unlisted: Sequence[str]) -> Sequence[str]:
    first, limits = answers[0], answers[0].limits
    sentence = _("Nothing changed after {since}, up to {day}.")
    if first.period.is_recorded:
        sentence = _("No change was recorded after {since}, up to {day}.")
        if limits:
            sentence = _("No change of this kind was recorded after {since}, up to {day}: {words}.")
    elif limits:
        sentence = _("Nothing of this kind changed after {since}, up to {day}: {words}.")
    since = min(answer.period.since for answer in answers)
    return [sentence.format(since=since, day=first.period.until, words=limits), *unlisted]


def log(session: Session, reference: str = options.argument(_("REF"), "reference")) -> int:
    """Print the events of a mandate in order, each with its author and commit in git."""
    record = session.open()
    target = find_mandate(record.register, reference)
    log_events = events(record.register, target, session.as_of)
    commits = _commits(log_events, session.folder(), session.cwd)
    title = _("{reference} · up to {day}").format(reference=target, day=session.as_of)
    answer = log_view.listing(log_events, commits, session.as_of, title)
    nothing = _("Nothing changed in {reference} up to {day}.")
    nothing = nothing.format(reference=target, day=session.as_of)
    return session.answer(record, answer, lambda: [nothing])


def _commits(log: Sequence[LogEvent], folder: Path, cwd: Path) -> Sequence[Commit | None]:
    if not log:
        return ()
    try:
        repository = Repository(folder)
    except GitError as error:
        say(_("No history of edits: {reason}"), reason=error)
        return [None] * len(log)
    if repository.is_shallow:
        say(_("The author of anything older than this clone is not known; {hint}"), hint=_(SHALLOW))
    paths = {cwd / event.after.at.path for event in log}
    data = {path: read_bytes(path) for path in paths}
    blames = {path: repository.blame(path, data[path]) for path in paths}
    commits: list[Commit | None] = []
    for event in log:
        path = cwd / event.after.at.path
        last = [blames[path].get(line) for line in _lines_of(event, data[path])]
        line_commits = [commit for commit in last if commit is not None]
        newest = max(line_commits, key=lambda commit: commit.time, default=None)
        commits.append(newest if len(line_commits) == len(last) else None)
    return commits


def _lines_of(event: LogEvent, data: bytes) -> list[int]:
    """Return the lines, from 1, of the entry or the mandate of an event, without comments.

    Of what a later conclusion says of a mandate, those of that key or item alone; `void` is none
    of the adoption, but an event of its own.
    """
    lines = [line.decode("utf-8", "replace") for line in data.split(b"\n")]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    start = event.after.at.line - 1
    written = [row for row, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#"]

    def block(start: int) -> list[int]:
        below = (row for row in written if row > start and indents[row] <= indents[start])
        end = next(below, len(lines))
        return [row for row in written if start <= row < end]

    if event.by is None:
        items = (row for row in range(start, -1, -1) if lines[row].lstrip().startswith("- "))
        is_inside = (row for row in items if row == start or indents[row] < indents[start])
        start = next(is_inside, start)
    rows = block(start)
    void = next((row for row in rows if lines[row].lstrip().startswith("void:")), None)
    if void is not None and event.kind in ("adopted", "void"):
        is_void = event.kind == "void"
        rows = block(void) if is_void else [row for row in rows if row not in block(void)]
    return [row + 1 for row in rows]


def diff(
    session: Session,
    before: str = options.argument(_("REV")),
    after: str | None = options.argument(_("REV"), default=None),
) -> int:
    """Print the changes between two states of the folder; exit code 1 where one has errors."""
    folder, cwd = session.folder(), session.cwd
    states: list[tuple[Register, Mapping[Path, bytes]]] = []  # with the files of a revision
    errors: list[results.Finding] = []
    unsure: set[str] = set()  # the meetings and parties whose files have errors
    try:
        repository = Repository(folder)
        older, newer = _revisions(repository, before, after)
        for revision in (older, newer):
            files: Mapping[Path, bytes] = {}
            if revision is None:
                loaded, name, prefix = load(folder, cwd), folder.name, ""
            else:
                files, name = repository.files(repository.commit_id(revision)), clean(revision)
                loaded, prefix = load(folder, cwd, files, from_disk=False), f"{name}: "
            errors_of_side = results.errors(loaded.findings)
            for finding in errors_of_side:
                say(f"{prefix}{sentence(finding, '')}".rstrip("\n"))
            if loaded.register is None:
                failures = {ExitCode.BAD_DATA: BadData, ExitCode.MACHINE_FAILED: MachineFailed}
                failure = failures.get(data_code(errors_of_side), WrongUse)
                raise failure(_("there is no register.yaml to read in {name}"), name=name)
            paths = [Path(finding.at.path) for finding in errors_of_side]
            unsure |= {path.stem for path in paths if path.parent.name == PROGRESS}
            unsure |= loaded.register.unread_meetings
            errors += errors_of_side
            states.append((loaded.register, files))
    except GitError as error:
        raise WrongUse(clean(str(error))) from error
    [(old, files), (new, _files)] = states
    renames: Renames = []
    if any(duty_diff.renamed(old, new)):
        from grcm_cli.lookups.edits import with_names_of  # 20 ms, which few comparisons need

        old, renames = with_names_of(new, old, files, folder)
    if session.is_public:
        old, new = (published(register).register for register in (old, new))
    differences = duty_diff.changes(old, new, session.as_of, frozenset(unsure), renames)
    sides = {"before": clean(older), "after": clean(newer or _("the files as they are"))}
    title = _("Changes to duties from {before} to {after}").format(**sides)
    count = len(differences)
    notes = [counted("{count} change.", "{count} changes.", count)]
    answer = diff_view.listing(differences, session.as_of, session.language, title, notes)
    write(session.text_of(answer, errors))
    if not differences:
        say(_("Nothing has changed in what can be read.") if errors else _("Nothing has changed."))
    if errors:
        return ExitCode.BAD_DATA
    return ExitCode.NOT_EMPTY if session.exit_code and count else ExitCode.DONE


def _revisions(repository: Repository, before: str, after: str | None) -> tuple[str, str | None]:
    """Return the revisions that are compared; None stands for the files as they are.

    As git reads them: `A..B` is A and B, `A...B` the commit where B parted from A, and B; HEAD
    stands where one is left out. Raises WrongUse for a range beside another revision.
    """
    # No name of a branch or a tag has two dots in a row.
    first, dots, last = before.partition("...") if "..." in before else before.partition("..")
    if not dots:
        return before, after
    if after is not None:
        message = _("{range} names both revisions; leave out {other}")
        raise WrongUse(message, range=before, other=after)
    first, last = first or "HEAD", last or "HEAD"
    if dots == "..":
        return first, last
    ids = (repository.commit_id(first), repository.commit_id(last))
    return repository.common_ancestor(*ids)[:10], last
