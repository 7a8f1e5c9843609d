"""Large folders, read compact on two cores: every answer is that of a whole reading.

The limits from which a folder is large are set to nothing here, so that the examples of all rules,
the hostile files and generated records are read as a large record is.
"""

import os
import pickle
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from benchmarks.generate import folder as generated

from grcm_cli.cli.loaded_record import LoadedRecord, NoRegister
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.domain.query import Query
from grcm_cli.rules import FILE_RULES, LIST_RULES, every_rule
from grcm_cli.storage import checking, compact, loader, processes
from grcm_cli.storage.file_reader import Compact, Texts
from grcm_cli.storage.loader import load
from grcm_cli.storage.validation import RuleSet, all_findings, found_in_folder, with_schema_findings

from ..badinput.test_badinput import FILES
from ..badinput.test_badinput import lay as lay_hostile
from ..conftest import DATA, Folder
from ..rules.test_rules import TODAY, examples, lay, name_of

RULES = {rule.name: rule for rule in every_rule()}
ALL = RuleSet(RULES, frozenset(RULES), FILE_RULES)


@pytest.fixture(autouse=True)
def _all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "LARGE", 0)
    monkeypatch.setattr(compact, "_SHARE", 1)
    monkeypatch.setattr(compact, "cores", lambda: 2)
    monkeypatch.setattr(checking, "_MOST", 1)
    monkeypatch.setattr(processes, "cores", lambda: 2)


def in_full(folder: Path) -> list[Finding]:
    whole = with_schema_findings(load(folder, folder), folder, folder)
    return all_findings(whole, RULES, ALL.active, TODAY)


def as_said(found: list[Finding]) -> list[Finding]:
    """Return findings with their advice in words: what is near is looked for when it is shown."""
    return [one._replace(advice=one.hint) for one in found]


def pickled(share: Callable[[], object]) -> object:
    """Return what a share returns, as it comes back from a copy of the process."""
    return pickle.loads(pickle.dumps(share(), pickle.HIGHEST_PROTOCOL))  # noqa: S301 - written here


def in_this_process(shares: Sequence[Callable[[], object]]) -> list[object]:
    return [*(share() for share in shares[:1]), *map(pickled, shares[1:])]


@pytest.fixture
def no_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no copy of this process be made, which costs more than a small folder: answers alone."""
    for module in (compact, processes):
        monkeypatch.setattr(module, "in_processes", in_this_process)
    monkeypatch.setattr(processes, "in_background", lambda share: partial(pickled, share))


@pytest.mark.parametrize("example", examples("bad"), ids=name_of)
def test_each_finding_is_that_of_a_whole_reading(example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    lay(example, folder)
    _loaded, found = found_in_folder(folder, folder, {}, ALL, TODAY)
    assert as_said(found) == as_said(in_full(folder))


@pytest.mark.usefixtures("no_copies")
@pytest.mark.parametrize("example", examples("ok"), ids=name_of)
def test_what_a_whole_reading_does_not_find_is_not_found(example: Path, tmp_path: Path) -> None:
    test_each_finding_is_that_of_a_whole_reading(example, tmp_path)


@pytest.mark.parametrize("group", sorted({file.partition("/")[0] for file in FILES}))
def test_a_hostile_file_has_the_findings_of_a_whole_reading(group: str, tmp_path: Path) -> None:
    for number, file in enumerate(name for name in FILES if name.startswith(f"{group}/")):
        folder = tmp_path / str(number)
        lay_hostile(file, folder)
        _loaded, found = found_in_folder(folder, folder, {}, ALL, TODAY)
        assert as_said(found) == as_said(in_full(folder)), file


@pytest.mark.usefixtures("no_copies")
@pytest.mark.parametrize("example", [*examples("bad"), *examples("ok")], ids=name_of)
def test_a_list_names_the_errors_of_a_whole_reading(example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    lay(example, folder)
    whole = listed(folder, None)
    for texts in get_args(Texts):
        assert listed(folder, Compact(texts)) == whole, texts


@pytest.mark.parametrize("rule", LIST_RULES)
def test_a_list_has_the_errors_that_a_copy_of_the_process_finds(rule: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    lay(next(one for one in examples("bad") if one.parent.name == rule), folder)
    assert listed(folder, Compact()) == listed(folder, None)


def listed(folder: Path, how: Compact | None) -> tuple[object, list[Finding]]:
    """Return what a list shows of each task in a folder that is read in a way, and its problems."""
    try:
        record = LoadedRecord(folder, folder, TODAY, None, how)
    except NoRegister as stop:
        return "no register", as_said(list(stop.findings))
    states = [
        (task.reference, task.parties, task.deadline, task.state)
        for task in record.tasks(Query(closed=True))
    ]
    return states, as_said(list(record.problems))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "data"
    generated(path, 24)
    return path


def without_places(value: Any) -> Any:  # noqa: ANN401 - any value of the model
    """Return a value of the model with all its places empty."""
    if isinstance(value, Location):
        return None
    if isinstance(value, tuple | list):
        return tuple(map(without_places, value))
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items()}
    return value


EVERYTHING = """\
- number: 1
  text: {es: Uno, en: One}
  acts: [directive]
  documents: [A/1]
  note: of the conclusion
  metadata: {a: [b, {c: d}]}
  mandates:
    - {action: Hacer, responsible: AAA, due: 2003-01-15, note: of the mandate}
    - {action: {es: Más, en: More}, responsible: {each: members}, due: every year on 03-01,
       until: 2005-01-01, kind: encouragement, support: ORG}
- {number: 2, text: Nada, acts: [observing], metadata: {x: y}}
- {number: 3, text: Más tarde, follows: 1}
"""
"""Conclusions with each key that a meeting's row leaves out, and some that it has."""


def test_a_meeting_in_full_is_that_of_a_whole_reading(record: Path, tmp_path: Path) -> None:
    Folder(tmp_path).meeting(EVERYTHING)
    for place in (record, DATA, tmp_path):
        whole, held = load(place, place), load(place, place, compact=Compact("all"))
        assert held.is_compact
        assert whole.register is not None
        assert held.register is not None
        meetings = [held.register.in_full(meeting) for meeting in held.register.meetings]
        assert without_places(meetings) == without_places(list(whole.register.meetings))


# --- processes ------------------------------------------------------------------------------


def test_shares_come_back_in_their_order() -> None:
    shares: list[Callable[[], str]] = [partial("{}".format, number) for number in range(5)]
    assert processes.in_processes(shares) == ["0", "1", "2", "3", "4"]


def test_a_share_whose_process_ends_is_computed_here() -> None:
    """As where the system is short of memory and ends it."""
    here = os.getpid()

    def share() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), 9)
        return here

    assert processes.in_processes([share, share]) == [here, here]


def test_an_interruption_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    start = processes._start

    def noted(share: Callable[[], object]) -> tuple[int, int]:
        process, reader = start(share)
        started.append(process)
        return process, reader

    def interrupted() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "_start", noted)
    with pytest.raises(KeyboardInterrupt):
        processes.in_processes([interrupted, lambda: "1"])
    assert len(started) == 1
    with pytest.raises(ChildProcessError):
        os.waitpid(started[0], 0)
