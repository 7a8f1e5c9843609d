"""`grcm validate`: every problem of every file in one run."""

import difflib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.output import told
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain import findings as results
from grcm_cli.domain.findings import Finding, Report, Rule, check, without_ignored
from grcm_cli.language.text import _, clean, ngettext
from grcm_cli.reader.edit import Replacement, replace_words
from grcm_cli.reporters import NAMES as REPORTERS
from grcm_cli.reporters import reporter
from grcm_cli.rules import every_rule
from grcm_cli.storage.files import ChangedError, replace
from grcm_cli.storage.loader import Loaded, load, read_bytes, read_lines, split_lines
from grcm_cli.storage.paths import shown_path

HELP = _(
    "Check the data folder.\n\n"
    "Every problem of every file in one run, with its place and what to write instead. Exit 0 "
    "without errors, 1 with, 3 where a file cannot be read. A comment `# grcm: ignore[rule]` at "
    "the end of a line makes that rule not count there; `grcm explain` tells what a rule is about."
)
STDIN = Path("-")


PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=_("[PATH]..."),
        help=_("Show only findings in these; all is read all the same. `-` reads stdin."),
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(REPORTERS),
        parser=given.choice(*REPORTERS),
        help=_("How the findings are written."),
        autocompletion=lambda: [(name, "") for name in REPORTERS],
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help=_("Warnings count as errors."))]
ExitZeroOption = Annotated[
    bool, typer.Option("--exit-zero", help=_("Exit with 0 whatever is found."))
]
FixOption = Annotated[
    bool, typer.Option("--fix", help=_("Put right what is certain: names for codes, case."))
]
DiffOption = Annotated[bool, typer.Option("--diff", help=_("Only show what --fix would do."))]
StdinOption = Annotated[
    Path | None,
    typer.Option(
        "--stdin-filename",
        metavar=_("PATH"),
        help=_("With `-`: the file of the folder for which stdin stands."),
    ),
]


def validate(
    ctx: typer.Context,
    paths: PathsArgument = None,
    format_name: FormatOption = "full",
    strict: StrictOption = False,
    exit_zero: ExitZeroOption = False,
    select: given.SelectOption = None,
    ignore: given.IgnoreOption = None,
    fix: FixOption = False,
    diff: DiffOption = False,
    stdin_filename: StdinOption = None,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    instead = _stdin(paths or (), stdin_filename, session.here)
    wanted = [*instead, *(_existing(p, session.here) for p in paths or () if p != STDIN)]
    folder = session.folder(wanted[0] if wanted else None)
    loaded = load(folder, session.here, instead)
    rules = _Rules.chosen(select or (), ignore or ())
    found = _chosen(_findings(loaded, rules, session), wanted, folder, session.here)
    if instead and (fix or diff):
        raise WrongUse(_("--fix and --diff are for files, not for `-`"))
    if diff:
        write(differences(list(mended(found, session.here))))
        return 0 if exit_zero else results.exit_code(found, strict=strict)
    if fix:
        write_fixes(found, session.here)
        loaded = load(folder, session.here)
        found = _chosen(_findings(loaded, rules, session), wanted, folder, session.here)
    shown, left_out = results.capped(found)

    def lines(path: str) -> Sequence[str]:
        own = instead.get(session.here / path)
        return read_lines(session.here / path) if own is None else split_lines(own)

    write(reporter(format_name)(Report(shown, left_out, lines, rules.by_name)))
    for path, count in left_out.items():
        more = ngettext("{path}: {count} more", "{path}: {count} more", count)
        say(more.format(path=clean(path), count=count))
    say(_tally(found, loaded))
    return 0 if exit_zero else results.exit_code(found, strict=strict)


class _Rules(NamedTuple):
    """The rules by name, and those of them that run."""

    by_name: Mapping[str, Rule]
    active: frozenset[str]
    are_all: bool
    """Whether all run that run by default."""

    @classmethod
    def chosen(cls, select: Sequence[str], ignore: Sequence[str]) -> "_Rules":
        """Return the rules that are selected, or all that run by default, less those ignored."""
        by_name = {rule.name: rule for rule in every_rule()}
        for name in (*select, *ignore):
            given.rule(by_name, name)
        default = frozenset(rule.name for rule in by_name.values() if rule.is_default)
        active = (frozenset(select) or default) - frozenset(ignore)
        return cls(by_name, active, active >= default)


def _findings(loaded: Loaded, rules: _Rules, session: Session) -> list[Finding]:
    seen = list(loaded.findings)
    if loaded.register is not None:
        active = [rule for name, rule in rules.by_name.items() if name in rules.active]
        seen += check(loaded.register, active, session.as_of)
    kept, unused = without_ignored(seen, loaded.ignores)
    # A comment may be of use to a rule that did not run: it is only judged where all do.
    judged = unused if rules.are_all else []
    return results.in_order(f for f in (*kept, *judged) if f.rule in rules.active)


def _stdin(paths: Sequence[Path], name: Path | None, here: Path) -> dict[Path, bytes]:
    """Return what stands on stdin for the file that it stands for, where `-` asks for it."""
    if STDIN not in paths:
        if name is not None:
            raise WrongUse(_("--stdin-filename goes with `-`"))
        return {}
    if name is None:
        raise WrongUse(
            _("`-` needs --stdin-filename: the file of the folder that stdin stands for")
        )
    return {_absolute(name, here): sys.stdin.buffer.read()}


def _existing(path: Path, here: Path) -> Path:
    if not path.exists() and not path.is_symlink():
        raise WrongUse(_("there is no {path}").format(path=clean(str(path))))
    return _absolute(path, here)


def _absolute(path: Path, here: Path) -> Path:
    return Path(os.path.abspath(here / path))  # noqa: PTH100 - `..` goes, links stay


def _chosen(
    found: Sequence[Finding], wanted: Sequence[Path], folder: Path, here: Path
) -> list[Finding]:
    """Return the findings in the files and folders that are asked for; all where none are."""
    if not wanted:
        return list(found)
    for path in wanted:
        if not (path.is_relative_to(folder) or folder.is_relative_to(path)):
            message = _("{path} is not in the data folder, {folder}")
            shown = shown_path(folder, here)
            raise WrongUse(message.format(path=clean(str(path)), folder=clean(shown)))
    return [
        finding
        for finding in found
        if any((here / finding.at.path).is_relative_to(path) for path in wanted)
    ]


def _tally(found: Sequence[Finding], loaded: Loaded) -> str:
    errors = len(results.errors(found))
    warnings = len(found) - errors
    files = ngettext("{count} file read", "{count} files read", len(loaded.files))
    read = files.format(count=len(loaded.files))
    if not found:
        return _("No problems; {files}.").format(files=read)
    said = ngettext("{count} error", "{count} errors", errors).format(count=errors)
    odd = ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
    return f"{said}, {odd}; {read}."


class Mended(NamedTuple):
    """A file before and after its cures."""

    path: str
    before: bytes
    after: bytes
    cures: int


def mended(findings: Sequence[Finding], here: Path) -> Iterator[Mended]:
    """Yield each file that has findings with a certain cure, as it is and as it would be."""
    by_file: dict[str, list[Replacement]] = {}
    for finding in findings:
        if finding.cure is not None:
            at = finding.at
            word = Replacement(at.line, at.column, at.width, finding.cure)
            by_file.setdefault(at.path, []).append(word)
    for path, words in by_file.items():
        before = read_bytes(here / path)
        yield Mended(path, before, replace_words(before, words), len(set(words)))


def write_back(files: Sequence[Mended], here: Path) -> None:
    """Put the cures into the files. Raises what the writer raises; each file is old or new."""
    for file in files:
        replace(here / file.path, file.before, file.after)


def differences(files: Sequence[Mended]) -> str:
    """Return the cures as a unified diff."""
    lines: list[str] = []
    for file in files:
        old, new = (side.decode("utf-8").splitlines() for side in (file.before, file.after))
        lines += difflib.unified_diff(old, new, f"a/{file.path}", f"b/{file.path}", lineterm="")
    return "".join(f"{clean(line)}\n" for line in lines)


def write_fixes(found: Sequence[Finding], here: Path) -> None:
    """Write the cures and say which. Raises WrongUse where a file has changed meanwhile."""
    files = list(mended(found, here))
    try:
        with told(here):
            write_back(files, here)
    except ChangedError as error:
        message = _("{path} has just been changed by somebody else; nothing more was written")
        raise WrongUse(message.format(path=clean(str(error)))) from error
    for file in files:
        put = ngettext(
            "{path}: {count} word put right", "{path}: {count} words put right", file.cures
        )
        say(put.format(path=clean(file.path), count=file.cures))
