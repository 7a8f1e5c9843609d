"""What the cache keeps of random records is the record itself, with every text and place."""

from itertools import groupby
from pickle import dumps
from random import Random

import pytest

from grcm_cli.domain.model import Location
from grcm_cli.storage.cache import decoded, encoded
from grcm_cli.storage.file_reader import FileReading, FileValues

from ..conftest import EVERY
from ..domain.random_records import random_register

RECORDS = 200 if EVERY else 20


def kept(values: FileValues, path: str) -> FileValues | None:
    """Return what a file says as the cache gives it back."""
    return decoded(encoded(FileReading("x.yaml", values)), "x.yaml", path).values


def test_what_is_kept_is_what_was_read() -> None:
    for seed in range(RECORDS):
        register = random_register(Random(seed))  # noqa: S311 - the same records in every run
        parties = (register.process, tuple(register.parties))
        assert kept(parties, register.parties[0].at.path) == parties
        for meeting in register.meetings:
            assert kept(meeting, meeting.at.path) == meeting
        for _path, entries in groupby(register.entries, key=lambda entry: entry.at.path):
            of_file = list(entries)
            assert kept(of_file, of_file[0].at.path) == of_file


def test_places_have_the_path_that_is_seen_from_the_working_folder() -> None:
    register = random_register(Random(1))  # noqa: S311 - as above
    meeting = kept(register.meetings[0], "elsewhere/meetings/X.yaml")
    assert meeting is not None
    assert "at=Location(path='elsewhere/meetings/X.yaml'" in repr(meeting)
    assert "path='elsewhere/" in repr(meeting)
    assert register.meetings[0].at.path not in repr(meeting)


class _Command:
    """What a hostile pickle does when it is read by Python's own unpickler."""

    def __init__(self, *call: object) -> None:
        self.call = call

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        function, *arguments = self.call
        return function, tuple(arguments)


def hostile_pickles() -> dict[str, bytes]:
    """Return bytes that a cache must not act on, by what they try."""
    import os
    import subprocess

    return {
        "a shell": dumps(_Command(os.system, "echo bitten > bitten")),
        "a program": dumps(_Command(subprocess.run, ["touch", "bitten"])),
        "an expression": dumps(_Command(eval, "open('bitten', 'w')")),
        "an import": dumps(_Command(__import__, "antigravity")),
        "an attribute": dumps(_Command(getattr, Location, "__init__")),
        "another domain's class": b"\x80\x04cgrcm_cli.domain.register\nRegister\n.",
        # The class of places, and a state that would give it another `line`.
        "a changed class": b"\x80\x04cgrcm_cli.domain.model\nLocation\n(N}\x8c\x04lineK\x07stb.",
    }


@pytest.mark.parametrize("attempt", hostile_pickles())
def test_no_bytes_of_a_cache_are_acted_on(
    attempt: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path_factory.mktemp("hostile")
    monkeypatch.chdir(place)
    with pytest.raises(Exception):  # noqa: B017, PT011 - any will do: what is kept is then none
        decoded(hostile_pickles()[attempt], "register.yaml", "register.yaml")
    assert list(place.iterdir()) == []
    assert Location("x", 3, 4).line == 3
