"""All that is wrong in a data folder: what the loader, the schemas and the rules find."""

from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain import findings as results
from grcm_cli.domain.findings import Finding, HasRun, Rule, check, without_ignored
from grcm_cli.domain.register import Register
from grcm_cli.storage.checking import ChangedMeanwhileError, checked
from grcm_cli.storage.file_reader import Compact, Question
from grcm_cli.storage.loader import Loaded, load
from grcm_cli.storage.schemas import schema_findings


def default_rules(rules: Mapping[str, Rule]) -> frozenset[str]:
    """Return the names of the rules that run without being selected."""
    return frozenset(name for name, rule in rules.items() if rule.is_default)


def with_schema_findings(loaded: Loaded, folder: Path, seen_from: Path) -> Loaded:
    """Return what was read of a data folder, with what is wrong in its schemas for editors."""
    seen = [*loaded.findings, *schema_findings(folder, seen_from, loaded.register)]
    return loaded._replace(findings=seen)


class RuleSet(NamedTuple):
    """The rules of a run."""

    rules: Mapping[str, Rule]
    """All that there are, by name."""
    active: Set[str]
    of_files: Set[str]
    """Those that find the same in a meeting alone as in all."""

    def running(self, *, of_files: bool) -> list[Rule]:
        """Return the active rules that look at one file, or the others."""
        names = self.active & self.of_files if of_files else self.active - self.of_files
        return [rule for name, rule in self.rules.items() if name in names]


def found_in_folder(
    folder: Path, seen_from: Path, instead: Mapping[Path, bytes], rules: RuleSet, as_of: date
) -> tuple[Loaded, list[Finding]]:
    """Return a data folder, read, and what is wrong in it on a day, as `all_findings` does.

    A large folder is read on all cores, and checked file by file as far as rules allow.
    """
    of_files = rules.running(of_files=True)
    compact = Compact("none", question=_check_of_meeting(of_files, as_of))
    loaded = load(folder, seen_from, instead, None, compact)
    if loaded.is_compact and loaded.register is not None:
        parties = Register.of_parties(loaded.register.process, loaded.register.parties)
        found = [one for answers in loaded.answers.values() for one in answers]
        found += check(parties, of_files, as_of)
        others = rules.running(of_files=False)
        with suppress(ChangedMeanwhileError):
            found += checked(loaded, others, as_of, folder, seen_from)
            whole = with_schema_findings(loaded, folder, seen_from)
            return loaded, counted(whole, found, rules.rules, rules.active)
        loaded = load(folder, seen_from, instead)
    whole = with_schema_findings(loaded, folder, seen_from)
    return loaded, all_findings(whole, rules.rules, rules.active, as_of)


def _check_of_meeting(rules: Sequence[Rule], as_of: date) -> Question:
    """Return what finds in a meeting alone what rules find that look at no other file."""

    def found(register: Register) -> list[Finding]:
        paths = {meeting.at.path for meeting in register.meetings}
        return [one for one in check(register, rules, as_of) if one.at.path in paths]

    return found


def all_findings(
    loaded: Loaded, rules: Mapping[str, Rule], active: Set[str], as_of: date
) -> list[Finding]:
    """Return what active rules find in a data folder on a day, in order, less what is ignored.

    `rules` are all that there are, by name.
    """
    found: list[Finding] = []
    if loaded.register is not None:
        running = [rule for name, rule in rules.items() if name in active]
        found = check(loaded.register, running, as_of)
    return counted(loaded, found, rules, active)


def counted(
    loaded: Loaded, found: Iterable[Finding], rules: Mapping[str, Rule], active: Set[str]
) -> list[Finding]:
    """Return what the reader and the active rules found, less what comments ignore, in order.

    `found` is what the rules with code found. A comment without use is a finding too.
    """
    seen = [*loaded.findings, *found]
    kept, unused = without_ignored(seen, loaded.ignores, _has_run(loaded, rules, active))
    return results.in_order(f for f in (*kept, *unused) if f.rule in active)


def _has_run(loaded: Loaded, rules: Mapping[str, Rule], active: Set[str]) -> HasRun:
    """Return what tells whether all ran that finds what a rule may find in a file.

    What the reader refuses, in whichever file, is seen by no rule with code.
    """
    faulty = {finding.at.path for finding in results.errors(loaded.findings)}
    all_is_read = loaded.register is not None and not faulty and not loaded.unread

    def has_run(path: str, name: str) -> bool:
        rule = rules.get(name)
        if rule is None:
            return True  # there is no such rule
        return name in active and (path not in faulty if rule.check is None else all_is_read)

    return has_run
