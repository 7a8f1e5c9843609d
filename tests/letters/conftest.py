"""A record whose letters are asked for has a meeting, which nothing in them comes from."""

import json
from collections.abc import Iterable
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


def write_everywhere(folder: Folder, texts: Iterable[str], progress: str, lead: str = "") -> None:
    """Write each text into every place of which a letter or an agenda takes one.

    `lead` stands before it where it is an action.
    """
    mark = " # grcm: ignore[bidi-control, invisible-character, odd-character]"
    conclusions, entries = "", ""
    for number, one in enumerate(texts, 1):
        text, action = (json.dumps(words, ensure_ascii=False) for words in (one, lead + one))
        conclusions += (
            f"- number: {number}\n  text: {text}{mark}\n  action: {action}{mark}\n"
            "  responsible: {each: [AAA, BBB]}\n  due: 2003-01-15\n"
        )
        entries += (
            f"- mandate: WG-2002-10/{number}\n  date: 2003-01-10\n  progress: {progress}\n"
            f"  note: {text}{mark}\n"
        )
    folder.meeting(conclusions)
    folder.progress("AAA", entries)
