"""Scenarios: what stands in files, the commands, and exactly what they answer, all as text.

A page has a scenario under each heading `## …`. It runs in a folder of its own, which the blocks
above the first heading prepare: a ```yaml block that begins with a file's name is that file, and a
```console block has commands. `$DATA` is the data of this repository; `export` holds to the end of
the scenario. `python -m tests.scenarios.test_scenarios [PAGE …]` writes the answers anew; then read
the difference.
"""

import re
import sys
import tempfile
from pathlib import Path

import pytest

from grcm_cli import __version__

from ..conftest import DATA, rewrite

HERE = Path(__file__).parent
HEADING = re.compile(r"(?<=\n```\n\n)(?=## )")  # after a block: an answer may have headings too
DAY = "2002-11-10T12:00:00Z"
ENVIRONMENT = {
    "DATA": str(DATA),
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_AUTHOR_DATE": DAY,
    "GIT_COMMITTER_DATE": DAY,
}


def answered(text: str, folder: Path) -> str:
    """Return a scenario, after what prepares it, with what its commands answer in a folder.

    In what they say the folder itself is `~`, the data of the repository `$DATA`, and grcm has the
    version N.
    """
    page = rewrite(text, folder, ENVIRONMENT, may_write=True)
    for value, name in {
        str(folder): "~",
        str(DATA): "$DATA",
        f"grcm {__version__}": "grcm N",
    }.items():
        page = page.replace(value, name)
    return page


SCENARIOS = [
    pytest.param(prepared + scenario, id=f"{page.stem}: {scenario[3 : scenario.index(chr(10))]}")
    for page in sorted(HERE.glob("*.md"))
    for prepared, *scenarios in [HEADING.split(page.read_text(encoding="utf-8"))]
    for scenario in scenarios
]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(scenario: str, tmp_path: Path) -> None:
    assert answered(scenario, tmp_path) == scenario


if __name__ == "__main__":
    for page in [Path(name) for name in sys.argv[1:]] or sorted(HERE.glob("*.md")):
        prepared, *scenarios = HEADING.split(page.read_text(encoding="utf-8"))
        for number, scenario in enumerate(scenarios):
            with tempfile.TemporaryDirectory() as folder:
                text = answered(prepared + scenario, Path(folder))
                assert text.startswith(prepared), f"{page}: what prepares it answers something"
                scenarios[number] = text.removeprefix(prepared)
        page.write_text(prepared + "".join(scenarios), encoding="utf-8")
