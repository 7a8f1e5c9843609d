"""The texts of a large record, which are held apart: the site is the same, byte for byte."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from benchmarks.generate import sized

from grcm_cli.cli.loaded_record import LoadedRecord
from grcm_cli.domain.model import Conclusion, Meeting, Text
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.domain.tasks import tasks
from grcm_cli.site import pages, workers
from grcm_cli.site.page_data import SiteOptions

from ..conftest import DATA, Folder
from ..formats.test_formats import hostile

DAY = date(2003, 1, 1)
FULL = """\
- number: 8
  text: {es: "Agradecer a <i>Costa Rica</i>.", en: Thank Costa Rica.}
  acts: [evaluative, directive]
  documents: [Annex 1, "Informe final"]
  note: Read out by the chair.
  mandates:
    - {action: Comment, responsible: {each: members}, due: 2003-01-15, note: Two pages.}
    - {responsible: CRI, due: next WG}
- number: 8-1
  text: "Tomar nota de todo."
  documents: ["Lista"]
- {number: 8, text: Again the same number., note: Twice., acts: [observing]}
"""


def of_repository(_folder: Folder) -> Path:
    """Return the data of the repository."""
    return DATA


def of_hostile_texts(folder: Folder) -> Path:
    """Return a folder whose texts would do something on a page."""
    hostile(folder)
    return folder.path


def of_everything(folder: Folder) -> Path:
    """Return a folder with every text that a conclusion may have."""
    folder.meeting(FULL)
    folder.meeting("", id="WG-2003-05", start="2003-05-01", end="2003-05-02")
    folder.progress("CRI", "- {mandate: WG-2002-10/8#1, date: 2002-12-01, progress: done}\n")
    return folder.path


def of_many(folder: Folder) -> Path:
    """Return the folder of a process that has met for years."""
    sized(folder.path, 200)
    return folder.path


def without_texts(conclusion: Conclusion) -> Conclusion:
    """Return a conclusion as a large record holds it."""
    text = conclusion.text if conclusion.mandates else Text({})
    return conclusion._replace(text=text, acts=(), documents=(), note=None, metadata=None)


def held_apart(register: Register) -> tuple[Register, list[str]]:
    """Return a register whose texts come one meeting at a time, and whose they were, in order."""
    meetings: list[Meeting] = []
    in_full: dict[int, Meeting] = {}
    asked: list[str] = []
    for meeting in register.meetings:
        short = tuple(without_texts(one) for one in meeting.conclusions or ())
        meetings.append(meeting._replace(conclusions=short if meeting.conclusions else None))
        in_full[id(meetings[-1])] = meeting

    def full(meeting: Meeting) -> Meeting:
        asked.append(meeting.id)
        return in_full[id(meeting)]

    reported = ReportedProgress(register.entries, register.reporting_parties)
    apart = register.with_files(meetings, reported)
    apart.in_full = full
    return apart, asked


def files(register: Register) -> Mapping[str, bytes]:
    """Return the files of a register's site."""
    given = SiteOptions(base_url="https://example.org/")
    return dict(pages.pages(register, tasks(register, DAY), DAY, given))


@pytest.mark.parametrize("make", [of_repository, of_hostile_texts, of_everything, of_many])
def test_a_site_is_the_same_where_texts_are_held_apart(
    make: Callable[[Folder], Path], folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 1)  # to see what is asked for
    register = LoadedRecord(make(folder), Path.cwd(), DAY, None).register
    apart, asked = held_apart(register)
    whole, found = files(register), files(apart)
    assert found.keys() == whole.keys()
    assert [path for path, data in whole.items() if found[path] != data] == []
    # For the index and for the pages, of all languages: the texts of all would fill the memory.
    assert len(asked) == 2 * len(register.meetings)
