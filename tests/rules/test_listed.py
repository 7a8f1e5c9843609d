"""Keys that contradict each other make no duty vanish from a list: it stays, with a `?`."""

from datetime import date

import pytest

from grcm_cli.domain.tasks import tasks

from ..conftest import Folder

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
    [
        pytest.param(
            "responsible: AAA, due: 2003-02-15, mandates: [{responsible: BBB, due: 2003-03-15}]",
            ["1#2 AAA ?", "1#1 BBB ?"],
            id="a mandate beside `mandates`, which keep their numbers",
        ),
        pytest.param(
            "responsible: AAA, mandates: []", ["1#1 AAA ?"], id="a mandate beside an empty list"
        ),
        pytest.param(
            "responsible: AAA, void: error, mandates: [{responsible: BBB}]",
            ["1#1 BBB ?", "1#2 AAA ?"],
            id="void beside `mandates`: of which is open",
        ),
        pytest.param(
            "kind: encouragement, mandates: [{responsible: BBB}]",
            ["1#1 BBB ?"],
            id="what is no mandate of its own makes none",
        ),
        pytest.param("mandates: {}", ["1#1 - ?"], id="an empty mandate"),
        pytest.param("quien: AAA", ["1#1 (somebody) ?"], id="`responsible` in another language"),
        pytest.param("responsable: AAA", ["1#1 (somebody) ?"], id="`responsible` misspelt"),
        pytest.param("responsible: AAA, plazo: 2003-02-15", ["1#1 AAA ?"], id="`due` misspelt"),
        pytest.param(
            "mandates: [{responsables: AAA, due: 2003-02-15}, {responsible: BBB, duee: 2003}]",
            ["1#1 (somebody) ?", "1#2 BBB ?"],
            id="misspelt inside `mandates`",
        ),
        pytest.param(
            "duee: 2003-02-15, mandates: [{responsible: BBB}]",
            ["1#1 BBB ?", "1#2 - ?"],
            id="a misspelt key beside `mandates`",
        ),
        pytest.param(
            "responsible: AAA, responsible: BBB", ["1#1 AAA ?"], id="responsible written twice"
        ),
        pytest.param("voidd: error, responsible: AAA", ["1#1 AAA ?"], id="`void` misspelt"),
    ],
)
def test_what_contradicts_itself_stays_listed(
    folder: Folder, keys: str, expected: list[str]
) -> None:
    folder.mandate(keys)
    assert listed(folder) == expected
