"""Keys that contradict each other make no duty vanish from a list: it stays, with a `?`."""

from datetime import date

import pytest

from grcm_cli.domain.tasks import tasks

from ..conftest import Folder, table

DAY = date(2003, 1, 1)


def listed(folder: Folder) -> list[str]:
    """Return each task as its address, who owes it and its state."""
    loaded = folder.load()
    assert loaded.register is not None
    assert any(finding.severity == "error" for finding in loaded.findings)
    return [
        f"{task.reference.number}#{task.mandate.ordinal} "
        f"{'(somebody)' if task.anybody else '+'.join(task.parties) or '-'} {task.state}"
        for task in tasks(loaded.register, DAY)
    ]


@pytest.mark.parametrize(
    ("keys", "expected"),
    table("""
# a mandate beside `mandates`, which keep their numbers
responsible: AAA, due: 2003, mandates: [{responsible: BBB, due: 2004}] | 1#2 AAA ?, 1#1 BBB ?
# a mandate beside an empty list
responsible: AAA, mandates: [] | 1#1 AAA ?
# void beside `mandates`: of which is open
responsible: AAA, void: error, mandates: [{responsible: BBB}] | 1#1 BBB ?, 1#2 AAA ?
# what is no mandate of its own makes none
kind: encouragement, mandates: [{responsible: BBB}] | 1#1 BBB ?
# an empty mandate
mandates: {} | 1#1 - ?
# `responsible` in another language
quien: AAA | 1#1 (somebody) ?
# `responsible` misspelt
responsable: AAA | 1#1 (somebody) ?
# `due` misspelt
responsible: AAA, plazo: 2003-02-15 | 1#1 AAA ?
# misspelt inside `mandates`
mandates: [{responsables: AAA}, {responsible: BBB, duee: 2003}] | 1#1 (somebody) ?, 1#2 BBB ?
# a misspelt key beside `mandates`
duee: 2003-02-15, mandates: [{responsible: BBB}] | 1#1 BBB ?, 1#2 - ?
# responsible written twice
responsible: AAA, responsible: BBB | 1#1 AAA ?
# `void` misspelt
voidd: error, responsible: AAA | 1#1 AAA ?
"""),
)
def test_what_contradicts_itself_stays_listed(folder: Folder, keys: str, expected: str) -> None:
    folder.mandate(keys)
    assert ", ".join(listed(folder)) == expected
