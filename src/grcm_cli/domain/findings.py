"""Problems in a data folder: findings with their place, rules, and the report of a run."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Location
from grcm_cli.domain.register import Register
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import N_, _, labelled

Severity = Literal["error", "warning"]
SEVERITY_LABELS: Mapping[Severity, str] = {"error": N_("error"), "warning": N_("warning")}
COPIED = "copied-file"  # the rule of what is called a copy of a file of the record, and is not read
MISSING = "missing-file"  # the rule of a data file that is not there, or is none
IGNORED = "ignored-file"  # the rule of what is in a data folder and is not read
UNREADABLE = "unreadable-file"  # the rule of a file that the system does not give
UNUSED = "unused-ignore"  # the rule of a comment `# grcm: ignore[rule]` that ignores nothing
MOST = 100  # the most findings of one file that are shown
_MEETINGS = "meetings"  # the folder of their files
THE_REGISTER = "register.yaml"  # among what a finding concerns; no meeting's id has a dot
Advice = str | Suggestion  # what to write instead: a sentence, or what becomes one when it is shown


class Problem(NamedTuple):
    """What a rule yields: a place, what is wrong there, and what to write instead."""

    at: Location
    message: str
    advice: Advice = ""
    cure: str | None = None  # the word that belongs there, where that is certain
    concerns: AbstractSet[str] = frozenset()  # see Finding


Problems = Iterator[Problem]


class RowProblem(NamedTuple):
    """What is wrong in a row of a sheet, or in one cell of it; or in what a command line says."""

    row: int  # its number; 0 for the command line
    column: str | None  # the name of a column; None for the row as a whole
    why: str


class Finding(NamedTuple):
    """A problem with the name and the severity of its rule."""

    at: Location
    severity: Severity
    rule: str
    message: str
    advice: Advice = ""
    cure: str | None = None  # the word that `--fix` puts there; None where none is certain
    concerns: frozenset[str] = frozenset()
    """Files that may cause or cure it: ids of meetings, codes of who reports, THE_REGISTER."""

    @property
    def hint(self) -> str:
        """What to write instead. What is near a mistaken word is looked for here, when shown."""
        return str(self.advice)

    @property
    def full_message(self) -> str:
        """The message, and the hint after a colon where there is one."""
        hint = self.hint
        return labelled(self.message, hint) if hint else self.message


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file, line and column; those of one place by rule and message."""
    return sorted(set(findings), key=lambda finding: (finding.at, finding.rule, finding.message))


def capped(findings: Iterable[Finding]) -> tuple[list[Finding], dict[str, int]]:
    """Return MOST findings of each file, errors before warnings, and how many are left out."""
    shown: list[Finding] = []
    of_files = by_file(findings)
    for of_file in of_files.values():
        shown += in_order(sorted(of_file, key=lambda finding: finding.severity != "error")[:MOST])
    return shown, {path: len(each) - MOST for path, each in of_files.items() if len(each) > MOST}


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that make the meaning wrong or leave it open."""
    return [finding for finding in findings if finding.severity == "error"]


def doubtful(findings: Iterable[Finding]) -> list[Finding]:
    """Return those for which an answer may be incomplete: all but that no meeting is there."""
    return [
        finding
        for finding in findings
        if finding.rule != MISSING or finding.at.path.rpartition("/")[2] != _MEETINGS
    ]


def by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings of each file, by its path."""
    of_files: dict[str, list[Finding]] = {}
    for finding in findings:
        of_files.setdefault(finding.at.path, []).append(finding)
    return of_files


class Ignore(NamedTuple):
    """A comment that names the rules whose findings do not count on its line."""

    at: Location
    rules: tuple[str, ...]


def without_ignored(
    findings: Iterable[Finding],
    ignores: Sequence[Ignore],
    has_run: Callable[[str, str], bool] = lambda _path, _rule: True,
) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that no comment ignores, and one for each comment without use.

    What the register does not name is not among them while one of its own keys is not understood.
    A comment `# grcm: ignore[rule]` holds for the findings of that rule on its own line. It is
    without use only if all `has_run` that may find it in the file of a path, for the rule's name.
    """
    by_line = {(*ignore.at[:2], rule): ignore for ignore in ignores for rule in ignore.rules}
    every = list(findings)
    keys = [finding.at for finding in every if finding.rule == "unknown-key"]
    is_unread = any(at.column == 1 and at.path.endswith(THE_REGISTER) for at in keys)
    used, kept = set(), []
    for finding in every:
        key = (*finding.at[:2], finding.rule)
        is_caused = is_unread and THE_REGISTER in finding.concerns and finding.rule != COPIED
        if key in by_line:
            used.add(key)
        elif not is_caused:
            kept.append(finding)
    message = _("nothing to ignore here for '{rule}'")
    hint = _("delete the comment, or the rule's name in it")
    unused = [
        Finding(ignore.at, "warning", UNUSED, message.format(rule=key[2]), hint)
        for key, ignore in by_line.items()
        if key not in used and has_run(ignore.at.path, key[2])
    ]
    return kept, in_order(unused)


Check = Callable[[Register, date], Problems]


class RulePage(NamedTuple):
    """A rule's manual page, in English: what it flags and why, and an example."""

    what: str
    why: str
    bad: str
    good: str


class Rule(NamedTuple):
    """One thing that can be wrong in a data folder."""

    name: str
    severity: Severity
    page: Callable[[], RulePage]  # made where it is shown: 4 ms for all rules
    check: Check | None = None  # None if the reader or the loader makes its findings
    is_default: bool = True  # whether it runs without being selected


def check(register: Register, rules: Iterable[Rule], as_of: date) -> list[Finding]:
    """Return every problem that rules find in a register on a day."""
    return [
        Finding(problem.at, rule.severity, rule.name, *problem[1:4], frozenset(problem.concerns))
        for rule in rules
        if rule.check is not None
        for problem in rule.check(register, as_of)
    ]


class FindingName(NamedTuple):
    """What names a finding in every run, whatever the language and the lines above it."""

    rule: str
    path: str
    address: str  # in the file; empty where the finding is about the file, or the file is no YAML
    ordinal: int = 1

    def fingerprint(self) -> str:
        """Return the name as 64 hexadecimal digits, for programs that compare two runs."""
        from hashlib import sha256  # 3 ms, only for the formats of other programs

        return sha256("\0".join(map(str, self)).encode("utf-8", "replace")).hexdigest()


class Report(NamedTuple):
    """What a reporter renders: the findings in order, and what it needs to show them."""

    findings: Sequence[Finding]
    left_out: Mapping[str, int]  # how many findings of a file are not among them
    lines: Callable[[str], Sequence[str]]
    """Returns the lines of a file by the path that findings show; it keeps those of the last."""
    rules: Mapping[str, Rule]
    address: Callable[[Location], str]
    """Returns the address of the value at a place, as `conclusions[8].due`; else an empty text."""
    strict: bool = False

    def counts(self, finding: Finding) -> bool:
        """Tell whether a finding makes the run fail."""
        return self.strict or finding.severity == "error"

    def named(self) -> list[tuple[Finding, FindingName]]:
        """Return the findings, each with a unique name."""
        counts: dict[FindingName, int] = {}
        named = []
        for finding in self.findings:
            address = self.address(finding.at) if finding.at.width else ""
            first = FindingName(finding.rule, finding.at.path, address)
            counts[first] = counts.get(first, 0) + 1
            named.append((finding, first._replace(ordinal=counts[first])))
        return named
