"""A record whose letters are asked for has a meeting, which nothing in them comes from."""

from pathlib import Path

import pytest

from ..conftest import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a data folder with the example register and an old meeting without conclusions."""
    made = Folder(tmp_path)
    made.meeting(
        "- {number: 1, text: Texto}\n",
        id="XX-1990-05",
        body="CO",
        start="1990-05-29",
        end="1990-05-30",
    )
    return made
