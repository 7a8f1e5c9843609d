"""`grcm validate`: check the data folder, and correct with --fix what is certain."""

import difflib
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import StringIO
from pathlib import Path

from grcm_cli.cli import options
from grcm_cli.cli.output import rewrite_all
from grcm_cli.cli.records import data_code
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain.findings import THE_REGISTER, Finding, Report, Rule, by_file, capped, errors
from grcm_cli.domain.publication import LeftOut, published
from grcm_cli.language.text import _, clean, counted, in_series
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.lookups.names import find_rule
from grcm_cli.reader.emit import Replacement, replace_words
from grcm_cli.reader.events import addresses
from grcm_cli.reporters import COMMANDS, OF_REPOSITORY, reporter
from grcm_cli.reporters import NAMES as REPORTERS
from grcm_cli.rules import default_rules, rules_by_name
from grcm_cli.storage.file_reader import read_bytes, read_if_possible, split_lines
from grcm_cli.storage.files import replacement
from grcm_cli.storage.loader import Loaded, all_findings, load
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, repository_root
from grcm_cli.storage.schemas import schema_findings

STDIN = Path("-")


def validate(
    session: Session,
    paths: list[Path] | None = options.argument(_("[PATH]..."), default=None),
    format_name: str = options.choice_option("--format", REPORTERS, default="full"),
    strict: bool = options.flag("--strict"),
    exit_zero: bool = options.flag("--exit-zero"),
    select: list[str] | None = options.option("--select", _("RULE"), "rule"),
    ignore: list[str] | None = options.option("--ignore", _("RULE"), "rule"),
    fix: bool = options.flag("--fix"),
    diff: bool = options.flag("--diff"),
    stdin_filename: Path | None = options.option("--stdin-filename", _("PATH")),
) -> int:
    """Print the findings and their number; with --fix correct what is certain before."""
    seen_from = session.cwd if format_name not in OF_REPOSITORY else repository_root(session.cwd)
    folder, stdin, selected = _selected(paths or (), stdin_filename, session)
    rules = rules_by_name()
    for name in (*(select or ()), *(ignore or ())):
        find_rule(rules, name)
    active = frozenset(select or default_rules(rules)) - frozenset(ignore or ())

    def read() -> tuple[Loaded, list[Finding], list[Finding]]:
        loaded = load(folder, seen_from, stdin)
        schemas = schema_findings(folder, seen_from, loaded.register)
        every = all_findings(loaded, schemas, rules, active, session.as_of)
        inside = [finding for finding in every if _is_below(seen_from / finding.at.path, selected)]
        # While an editor has a file open, it shows what is wrong in that file alone.
        shown = inside if stdin else _about(every, loaded, selected, folder, seen_from)
        return loaded, shown, inside

    loaded, findings, inside = read()
    if stdin and (fix or diff):
        raise WrongUse(_("--fix and --diff work on files, not on `-`"))
    fixed = _fixed_files(inside, seen_from)
    if diff:
        write(_unified_diff(fixed))
        return 0 if exit_zero else data_code(findings, strict=strict)
    if fix:
        changes = {seen_from / path: replacement(path, *states) for path, *states, _count in fixed}
        rewrite_all(changes, session)
        for path, _before, _after, count in fixed:
            message = counted(
                "{path}: {count} value corrected", "{path}: {count} values corrected", count
            )
            say(message, path=path)
        loaded, findings, inside = read()
    report = _report(findings, rules, stdin, seen_from)._replace(strict=strict)
    record, is_sent = loaded.register, format_name in OF_REPOSITORY
    is_whole = record and not record.unread_meetings
    if is_sent and not (record and is_whole and published(record).left_out == LeftOut()):
        report = report._replace(lines=lambda _path: ())  # what a service shows may be published
    # A CI service shall act on these lines: they pass by the guard of the stream.
    stream = getattr(sys.stdout, "stream", sys.stdout) if format_name in COMMANDS else sys.stdout
    stream.write(reporter(format_name)(report, session.page))
    _say_tally(findings, loaded, () if stdin else inside)
    if strict and findings and not errors(findings) and not exit_zero:
        say(_("With --strict, warnings count as errors."))
    return 0 if exit_zero else data_code(findings, strict=strict)


def _report(
    findings: Sequence[Finding], rules: Mapping[str, Rule], stdin: Mapping[Path, bytes], root: Path
) -> Report:
    shown, left_out = capped(findings)

    def content(path: str) -> bytes:
        data = stdin.get(root / path)
        return read_if_possible(root / path) if data is None else data

    # The findings of a file stand together.
    lines = lru_cache(maxsize=1)(lambda path: split_lines(content(path)))
    address_of = lru_cache(maxsize=1)(lambda path: addresses(content(path)))
    return Report(shown, left_out, lines, rules, lambda at: address_of(at.path)(at.line, at.column))


def _selected(
    paths: Sequence[Path], name: Path | None, session: Session
) -> tuple[Path, dict[Path, bytes], list[Path]]:
    """Return the data folder, what stdin has for a file, and the paths that count; or refuse."""
    stdin: dict[Path, bytes] = {}
    if name is None and STDIN in paths:
        raise WrongUse(
            _("`-` needs --stdin-filename: the file, in the data folder, that stdin replaces")
        )
    if name is not None:
        if STDIN not in paths:
            raise WrongUse(_("--stdin-filename is used only with `-`"))
        stdin = {session.absolute(name): sys.stdin.buffer.read()}
    selected = list(stdin)
    for path in paths:
        if path != STDIN:
            if not path.exists() and not path.is_symlink():
                raise WrongUse(_("there is no {path}"), path=path)
            selected.append(session.absolute(path))
    folder = session.folder(selected[0] if selected else None)
    for path in selected:
        if not (path.is_relative_to(folder) or folder.is_relative_to(path)):
            message = _("{path} is not in the data folder, {folder}")
            raise WrongUse(message, path=path, folder=session.shown(folder))
    return folder, stdin, selected


def _about(
    findings: Sequence[Finding], loaded: Loaded, selected: Sequence[Path], folder: Path, root: Path
) -> list[Finding]:
    """Return the findings in what is selected, and those elsewhere that it causes."""
    meetings = loaded.register.calendar.by_id if loaded.register else {}
    parties = loaded.register.reporting_parties if loaded.register else ()
    reporting = {word.text for word in parties}

    def paths_of(finding: Finding) -> Iterator[Path]:
        yield root / finding.at.path
        for concern in finding.concerns:
            meeting = meetings.get(concern)
            if concern == THE_REGISTER:
                yield folder / REGISTER
                continue
            yield root / meeting.at.path if meeting else folder / MEETINGS / f"{concern}.yaml"
            if concern in reporting:
                yield folder / PROGRESS / f"{concern}.yaml"

    return [each for each in findings if any(_is_below(path, selected) for path in paths_of(each))]


def _is_below(path: Path, selected: Sequence[Path]) -> bool:
    return not selected or any(path.is_relative_to(folder) for folder in selected)


def _say_tally(findings: Sequence[Finding], loaded: Loaded, inside: Sequence[Finding]) -> None:
    for path, count in capped(findings)[1].items():
        say(counted("{path}: {count} more", "{path}: {count} more", count), path=path)
    wrong = len(errors(findings))
    read = counted("{count} file read", "{count} files read", len(loaded.files))
    if not findings:
        say(_("No problems; {files}.").format(files=read))
        return
    of_errors = counted("{count} error", "{count} errors", wrong)
    of_warnings = counted("{count} warning", "{count} warnings", len(findings) - wrong)
    say(in_series((f"{of_errors}, {of_warnings}", f"{read}.")))
    if curable := sum(finding.cure is not None for finding in inside):
        message = _("Findings that {command} would correct: {count}.")
        say(message, command="grcm validate --fix", count=curable)


def _fixed_files(findings: Sequence[Finding], root: Path) -> list[tuple[str, bytes, bytes, int]]:
    """Return the corrected files: the path, both states, and how many values differ."""
    files = []
    for path, of_file in by_file(findings).items():
        words = {Replacement(*each.at[1:], each.cure) for each in of_file if each.cure is not None}
        if words:
            before = read_bytes(root / path)
            files.append((path, before, replace_words(before, sorted(words)), len(words)))
    return files


def _unified_diff(files: Sequence[tuple[str, bytes, bytes, int]]) -> str:
    """Return the changes as `git apply` takes them: each line ends as it does in its file."""
    lines = []
    for path, before, after, _count in files:
        old, new = (list(StringIO(side.decode())) for side in (before, after))
        for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
            text = line.rstrip("\r\n")
            end = line.removeprefix(text)
            lines.append(clean(text) + end)
            if not end.endswith("\n"):
                lines.append("\n\\ No newline at end of file\n")
    return "".join(lines)
