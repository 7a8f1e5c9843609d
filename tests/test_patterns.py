"""No pattern of the source is slow on a long text, whoever wrote the text.

Time is measured here as nowhere else, since nothing counts the steps of a pattern. It is that of
the processor alone, and the two cases are far apart: on a text of `SIZE` characters a pattern that
takes a step for each needs some milliseconds, one that takes a step for each pair of them a second.
What takes longer than `FLOOR` is slow only if four times the text takes more than eight times as
long, in the best of several tries: a busy machine makes no pattern slow. A timer ends what takes
far longer.
"""

import json
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Any

import pytest

from grcm_cli.drafting.documents.document import with_short_gaps
from grcm_cli.language.text import collapse
from grcm_cli.sheets.table import cell_text

from . import processes
from .conftest import DATA, EVERY, environment
from .patterns import Pattern, patterns, print_made, worst_texts

SIZE = 16_000
FLOOR = 0.05
MOST = 2.0  # seconds after which a pattern is ended
DOORS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("grcm_cli.drafting", with_short_gaps),
    ("grcm_cli.times", with_short_gaps),
    ("grcm_cli.storage.stray_files", lambda name: name[:255]),  # as long as a file's name
    ("grcm_cli.imports", lambda text: str(cell_text(text))),
    ("grcm_cli.sheets.cells", collapse),
)
"""What shortens runs of white space before the patterns of a room see a text."""


PATTERNS = list(patterns())


class TooLongError(Exception):
    pass


@contextmanager
def timer(seconds: float) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(one: Pattern, text: Any) -> float:  # noqa: ANN401 - text or bytes
    """Return the processor's time for a pattern on a text."""
    begun = process_time()
    try:
        with timer(MOST):
            for method in one.at_start:
                getattr(one.pattern, method)(text)
            for _match in one.pattern.finditer(text) if not one.at_start else ():
                pass
    except TooLongError:
        return MOST
    return process_time() - begun


def slow_text(one: Pattern) -> Any:  # noqa: ANN401 - text or bytes
    """Return a text on which a pattern takes a step for each pair of characters; else None."""
    doors = [door for room, door in DOORS if one.where.startswith(room)]
    door = doors[0] if doors and isinstance(one.pattern.pattern, str) else None
    for text_of in worst_texts(one.pattern):
        part = door(text_of(SIZE // 4)) if door else text_of(SIZE // 4)
        if len(part) < SIZE // 8 or seconds(one, part) < FLOOR / 50:
            continue  # as nearly all
        text = door(text_of(SIZE)) if door else text_of(SIZE)
        first = seconds(one, text)
        if first >= MOST:
            return text
        if first < FLOOR:
            continue
        tries = [(seconds(one, text), seconds(one, part)) for _try in range(3)]
        whole, quarter = (min(times) for times in zip(*tries, strict=True))
        if whole >= FLOOR and whole > 8 * quarter:
            return text
    return None


@pytest.mark.parametrize("one", PATTERNS if EVERY else PATTERNS[::12], ids=lambda one: one.where)
def test_a_pattern_is_not_slow(one: Pattern) -> None:
    text = slow_text(one)
    assert text is None, f"{one.pattern.pattern!r} is slow on {text[:40]!r} … {text[-10:]!r}"


BUILDING = {"domain", "exports", "language", "lookups", "views"}
LIST = "1. Pide: a) a México el mapa; b) a Canadá la lista. 2. Pide: 1. el mapa; 2. la lista.\n"
TRACKER = "Compromiso,Responsable,Plazo,Estado\nMapa,Méjico,30 de junio de 2003,Done 27/8/03\n"
MISTAKE = "  - {number: 99, text: T, responsible: Mejico, due: antes de la reunión}\n"
MAKING = [
    ["draft", "list.txt", "--body", "GRCM", "--start", "2002-10-29", "--language", "es"],
    ["search", "retorno"],
    ["import", "tracker.csv", "--body", "GRCM", "--start", "2002-10-29"],
    ["export", "ics", "-o", "calendar.ics", "--as-of", "2003-02-01"],
    ["export", "ics", "-o", "calendar.ics", "--force"],
    ["rename", "party", "MEX", "MX"],
    ["validate"],
]
"""Commands whose functions build patterns of words of the record, of a language, of a document."""


@pytest.mark.skipif(not EVERY, reason="a quarter of a minute")
def test_patterns_that_are_built_while_a_command_runs_are_not_slow(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    (tmp_path / "tracker.csv").write_text(TRACKER, encoding="utf-8")
    built = set()
    for command in MAKING:
        if command == ["validate"]:
            with (tmp_path / "data/meetings/GRCM-2002-10.yaml").open("a", encoding="utf-8") as file:
                file.write(MISTAKE)
        ran = processes.call(print_made, (command, str(tmp_path), environment()))
        built |= {*ran.out.splitlines()}
    made = {tuple(json.loads(line)) for line in built}
    assert {room.partition("/")[0] for room, _written, _flags in made} >= BUILDING
    for where, written, flags in made:
        text = slow_text(Pattern(where, re.compile(written, flags), frozenset()))
        assert text is None, f"{where}: {written!r} is slow on {text[:40]!r} … {text[-10:]!r}"


@pytest.mark.skipif(not EVERY, reason="each takes the seconds after which a pattern is ended")
@pytest.mark.parametrize(
    "written",
    [
        pytest.param(r"\s+$", id="a search that begins at each place"),
        pytest.param(r"[ ]*[ ]*x", id="two repeats of the same"),
        pytest.param(r"(?:a|aa)*$", id="two ways through each part"),
        pytest.param(r"(?:[ ]*(?:#.*)?\r?\n)*%", id="a carriage return that two parts take"),
        pytest.param(r"ab\w*c", id="a beginning that a repeat takes too"),
        pytest.param(r"(?:\w+, )*x", id="a list that is begun anew"),
    ],
)
def test_what_is_slow_is_found(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "MOST", 0.5)
    assert slow_text(Pattern("here", re.compile(written), frozenset())) is not None
