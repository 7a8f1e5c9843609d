"""A row for each command that reads a record: its words, its peers, the figures of both.

`draft`, `import`, `new`, `init`, `explain` and `schema` have none: what they do does not grow with
the record.
"""

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from benchmarks import day, figures, peers
from benchmarks.figures import Figure
from benchmarks.generate import ROOT
from benchmarks.measure import Command, output
from benchmarks.questions import (
    BY,
    PARTY,
    Choice,
    Record,
    changing,
    first,
    measured,
    meetings,
    variants,
)

WORD = "protección"
"""What is searched for; it stands in both generators' texts."""
QUIET = "{extends: relaxed, rules: {line-length: disable}}"
"""Settings under which yamllint finds nothing, so that it is not slowed by what it says."""
Words = Callable[[Record], Sequence[str]]


def _export(name: str) -> Words:
    """Return the words that export a kind of file, over the one of the run before."""
    kind = name.partition(" ")[2]
    return lambda record: ("export", kind, "--force", "-o", str(record.folder / f"out.{kind}"))


WORDS: Mapping[str, Words] = {
    figures.DUE: lambda _record: ("due", "--before", str(BY), "--format", "plain"),
    figures.OVERDUE: lambda _record: ("overdue", "--format", "plain"),
    figures.TASKS: lambda _record: ("tasks", PARTY, "--format", "plain"),
    figures.AGENDA: lambda record: ("agenda", record.body),
    figures.MATRIX: lambda _record: ("matrix", "--format", "plain"),
    figures.MEETINGS: lambda _record: ("meetings", "--format", "plain"),
    figures.STATS: lambda _record: ("stats", "--format", "plain"),
    figures.SEARCH: lambda _record: ("search", WORD, "--format", "plain"),
    figures.SHOW: lambda record: ("show", f"{record.meeting}/{record.number}"),
    figures.LOG: lambda record: ("log", record.task[0]),
    figures.CHANGES: lambda _record: ("changes", "--since", "2002-10-01", "--format", "plain"),
    figures.DIFF: lambda _record: ("diff", "HEAD~1", "HEAD"),
    figures.RECORD: lambda record: (
        *("record", "started", record.task[0], "--by", record.task[1], "--dry-run"),
    ),
    figures.REMIND: lambda _record: ("remind", PARTY),
    figures.VALIDATE: lambda record: (
        *("validate", *(["--strict"] if record.generator == figures.FIRST_GENERATOR else [])),
    ),
    **{name: _export(name) for name in figures.EXPORTS if name != figures.EDOXEN},
    figures.EDOXEN: lambda record: ("export", "edoxen", str(record.folder / "edoxen")),
    figures.SITE: lambda record: ("site", str(record.folder / "site")),
}
"""The words of each command; `completion` and `day` have none of this kind."""
FRESH = {figures.EDOXEN: "edoxen", figures.SITE: "site"}
"""The folder that a command makes: deleted before each run, so that each makes all of it."""
UNCACHED = (figures.DIFF, *figures.EXPORTS, figures.SITE)
"""The commands that read the whole record, whatever the cache holds."""
SITE_SIZES = (25_000,)
"""Conclusions of the records on which only the site is measured."""
SECOND_QUESTIONS = (
    *(figures.DUE, figures.SHOW, figures.SEARCH, figures.RECORD, figures.VALIDATE),
    *(figures.SQLITE, figures.SITE),
)
"""The commands that are measured on the records of the second generator."""


def questions(record: Record, choice: Choice) -> list[str]:
    """Return the commands to measure on a record."""
    asked = [name for name in figures.QUESTIONS if name in choice.only]
    if record.generator == figures.SECOND_GENERATOR:
        asked = [name for name in asked if name in SECOND_QUESTIONS]
    if record.size in SITE_SIZES:
        return [name for name in asked if name == figures.SITE]
    is_a_day = record.size in day.SIZES and not choice.before
    return asked if is_a_day else [name for name in asked if name != figures.DAY]


def figures_of(question: str, record: Record, choice: Choice) -> list[Figure]:
    """Return the figures of one command on a record."""
    if question == figures.DAY:
        return day.measured(record)
    commands, answer = commands_of(question, record, choice)
    return measured(question, record, commands, choice.runs, answer)


def again(question: str, record: Record, choice: Choice, who: Iterable[str]) -> list[Figure]:
    """Return the figures of one command once more, of some programs alone."""
    if question == figures.DAY:
        return day.measured(record)
    commands, answer = commands_of(question, record, replace(choice, with_peers=False))
    wanted = {name: one for name, one in commands.items() if name in set(who)}
    return measured(question, record, wanted, choice.runs, answer)


def commands_of(
    question: str, record: Record, choice: Choice
) -> tuple[dict[str, Command], int | None]:
    """Return the commands by program, and the number of lines of the answer where it is told."""
    if question == figures.COMPLETION:
        return _completion(record, choice), None
    words = WORDS[question](record)
    commands = {}
    if question == figures.DUE:
        commands[figures.PYTHON] = Command([sys.executable, "-c", "pass"])
    commands |= variants(record, choice, *words, cached=question not in UNCACHED)
    if question in FRESH:
        made = record.folder / FRESH[question]
        commands = {
            name: replace(one, before=lambda: shutil.rmtree(made, ignore_errors=True))
            for name, one in commands.items()
        }
    is_first = record.generator == figures.FIRST_GENERATOR
    if question == figures.DUE and is_first and not choice.before:
        commands[figures.FIRST] = first(record, *words)
        commands[figures.CHANGED] = changing(record, figures.CHANGED, *words)
        commands[figures.ADDED] = changing(record, figures.ADDED, *words)
    answer = None
    if question in (figures.DUE, figures.TASKS):
        answer = len(output(commands[figures.PLAIN]).splitlines())
    if choice.with_peers and is_first:
        commands |= _peers(question, record, answer)
    return commands, answer


def _completion(record: Record, choice: Choice) -> dict[str, Command]:
    """Return what a shell asks when TAB is pressed behind the beginning of a reference."""
    typed = f"grcm --data {record.data} show {record.meeting}/"
    asked = {"_GRCM_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": "4"}
    return {
        name: replace(one, words=one.words[:1], environment={**one.environment, **asked})
        for name, one in variants(record, choice).items()
    }


def _peers(question: str, record: Record, answer: int | None) -> dict[str, Command]:
    """Return what others are asked instead, those that are installed."""
    if question == figures.DUE:
        return dict(_due_peers(record, answer))
    files = [str(path) for path in meetings(record.data)]
    schema = str(ROOT / "schemas/meeting.schema.json")
    reference, party = record.task
    found: list[tuple[str, str, list[str]]] = []
    if question == figures.VALIDATE:
        found.append(
            (figures.CHECK_JSONSCHEMA, peers.CHECKERS[0], ["--schemafile", schema, *files])
        )
        found.append((figures.YAMLLINT, peers.CHECKERS[1], ["-d", QUIET, *files]))
    if question == figures.SEARCH:
        found.append((figures.RIPGREP, "rg", ["--ignore-case", WORD, str(record.data)]))
    if question == figures.DIFF:
        at = ["-C", str(record.folder)]
        found.append((figures.GIT, "git", [*at, "diff", "HEAD~1", "HEAD"]))
    if question == figures.JSON:
        found.append((figures.YQ, "yq", [*peers.yq_options(), ".", *files]))
    commands = {name: Command([str(at), *words]) for name, at, words in _installed(found)}
    if question in (figures.SHOW, figures.LOG, figures.RECORD) and peers.found("task"):
        words = ["annotate", "Started"] if question == figures.RECORD else ["info"]
        one = next(o for o in record.obligations if (o.ref, o.party) == (reference, party))
        commands[figures.TASKWARRIOR] = peers.taskwarrior(record.taskwarrior, one.id, *words)
    return commands


def _installed(
    found: Iterable[tuple[str, str, list[str]]],
) -> Iterable[tuple[str, str | None, list[str]]]:
    named = ((name, peers.found(program), words) for name, program, words in found)
    return (one for one in named if one[1])


def _due_peers(record: Record, answer: int | None) -> Iterable[tuple[str, Command]]:
    """Yield the peers' lists of what is due, each with an answer of the same length."""
    for peer in peers.PEERS:
        if not peers.found(peer.program) or record.is_too_slow(figures.DUE, peer.name):
            continue
        folder = record.folder / peer.name
        if peer is peers.TASKWARRIOR:
            folder = record.taskwarrior
        else:
            peer.fill(folder, record.obligations)
        told = peer.count(folder, BY)
        if told != answer:
            message = f"{peer.name} tells {told} obligations, grcm {answer}"
            raise RuntimeError(message)
        yield peer.name, peer.asked(folder, BY)


def all_programs() -> list[tuple[str, str, str]]:
    """Return the peers: name, program, and how to get it."""
    lists = ((peer.name, peer.program, peer.install) for peer in peers.PEERS)
    checkers = ((name, name, "make peers") for name in peers.CHECKERS)
    return list(chain(lists, checkers, peers.OTHERS))
