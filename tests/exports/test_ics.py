"""`grcm export ics`: what calendars show, ids that stay, texts that stay texts; read by vobject."""

import re
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.language.text import clean, collapse

from ..conftest import DATA, Folder
from .common import HOSTILE, export, folders, hostile, khal, lines, listed, made, needs_khal

ONCE = {"uid", "dtstamp", "sequence", "last-modified", "summary", "description", "categories"}
EVENT = ONCE | {"dtstart", "dtend", "transp"}
TODO = ONCE | {"due", "status", "completed", "percent-complete"}
HEAD = {
    *("version", "prodid", "calscale", "method", "name", "x-wr-calname"),
    *("refresh-interval", "x-published-ttl"),
}


def entries(data: bytes, kind: str = "vevent") -> list[vobject.base.Component]:
    """Return what a calendar holds, read by another library; there is one calendar and no more.

    Without the event that says that a record with errors is incomplete.
    """
    calendars = list(vobject.readComponents(data.decode()))
    assert len(calendars) == 1
    calendar = calendars[0]
    assert set(calendar.contents) - {"vevent", "vtodo"} <= HEAD
    assert set(calendar.contents) & {"vevent", "vtodo"} <= {kind}
    return [
        entry
        for entry in calendar.contents.get(kind, [])
        if not entry.uid.value.startswith("incomplete@")
    ]


def test_a_line_is_no_longer_than_75_octets_and_ends_as_the_standard_says() -> None:
    data = export(DATA, "ics", "2002-11-15", lang="es").data
    assert data.endswith(b"END:VCALENDAR\r\n")
    rows = data.split(b"\r\n")
    assert max(map(len, rows)) <= 75
    assert not any(b"\n" in row or b"\r" in row for row in rows)
    assert all(row.decode() or row == b"" for row in rows)  # no letter is cut in two


@needs_khal
def test_a_calendar_program_shows_it(tmp_path: Path) -> None:
    data = export(DATA, "ics", "2002-11-15", "--party", "MEX", "--alarm", "14d", lang="es").data
    (tmp_path / "mexico.ics").write_bytes(data)
    khal(tmp_path, "import", "--batch", str(tmp_path / "mexico.ics"))
    form = "{start-date} {end-date} {title}{alarm-symbol}"
    shown = khal(tmp_path, "list", "--format", form, "2002-11-15", "400d")
    assert re.findall(r"^(2003-\S+ 2003-\S+) (\w+ \w+).*⏰", shown, re.M) == [
        ("2003-01-15 2003-01-15", "Presentar observaciones"),
        ("2003-03-31 2003-03-31", "Organizar en"),
        ("2003-05-29 2003-05-29", "Elaborar una"),
    ]


@pytest.mark.parametrize("kind", ["event", "todo"])
def test_no_text_makes_an_event_a_property_or_an_alarm(folder: Folder, kind: str) -> None:
    hostile(folder)
    data = export(folder.path, "ics", "2002-11-15", "--as", kind, "--alarm", "1d").data
    found = entries(data, f"v{kind}")
    assert len(found) == len(HOSTILE)
    for entry, text in zip(found, HOSTILE, strict=True):
        assert set(entry.contents) - {"valarm"} <= (EVENT if kind == "event" else TODO)
        assert all(len(values) == 1 for values in entry.contents.values())
        assert set(entry.contents["valarm"][0].contents) == {"action", "description", "trigger"}
        assert entry.summary.value == clean(collapse(text))
        description = entry.description.value
        assert clean(collapse(text)) in description.split("\n")
        assert lines(collapse(text)) in description
    names = Counter(line.split(b":")[0].split(b";")[0] for line in _unfolded(data))
    assert (
        names[b"BEGIN"] == names[b"END"] == 2 * len(HOSTILE) + 2
    )  # the calendar, and the notice of its errors
    assert names[b"ATTACH"] == 0


def _unfolded(data: bytes) -> list[bytes]:
    return data.replace(b"\r\n ", b"").strip().split(b"\r\n")


def test_a_name_makes_no_line_of_its_own(folder: Folder) -> None:
    hostile(folder)
    for path in folder.path.glob("*/*.yaml"):
        path.unlink()
    row = "- {{number: {0}, text: T, responsible: H-{0:03}, due: 2003-01-15}}\n"
    folder.meeting("".join(map(row.format, range(len(HOSTILE)))))
    for number, text in enumerate(HOSTILE):
        done = export(folder.path, "ics", "2002-11-15", "--party", f"H-{number:03}")
        assert len(entries(done.data)) == 1
        rows = [row.decode() for row in _unfolded(done.data) if row.startswith(b"NAME:")]
        said = [re.sub(r"\\(.)", r"\1", row) for row in rows]
        assert said == [f"NAME:{clean(text.strip())}: deadlines of the EX"]


@given(folders(), st.dates())
@settings(max_examples=40)
def test_no_deadline_is_lost_in_a_calendar(files: dict[str, str], as_of: date) -> None:
    with tempfile.TemporaryDirectory() as path:
        register = made(Path(path), files)
        events = entries(export(Path(path), "ics", str(as_of), "--all").data)
        todo = export(Path(path), "ics", str(as_of), "--all", "--as", "todo").data
    expected = listed(register, as_of)
    duties = {
        (id(task.mandate), task.occurrence and task.occurrence.name, task.deadline)
        for task in expected
    }
    wanted = Counter(day for _mandate, _name, day in duties)
    assert Counter(event.dtstart.value for event in events) == wanted - Counter(
        {None: wanted[None]}
    )
    todos = entries(todo, "vtodo")
    days = [entry.due.value if "due" in entry.contents else None for entry in todos]
    assert Counter(days) == wanted
    for found in (events, todos):
        assert len({entry.uid.value for entry in found}) == len(found)
    for task in expected:
        what = clean(collapse((task.mandate.action or task.conclusion.text).shown("en")))
        assert any(
            entry.summary.value.endswith(what)
            and set(task.parties) <= set(re.findall(r"[A-Z]+", entry.description.value))
            and (entry.due.value if "due" in entry.contents else None) == task.deadline
            for entry in todos
        )
