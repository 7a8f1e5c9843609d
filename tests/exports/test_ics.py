"""`grcm export ics`: what calendars show, ids that stay, texts that stay texts; read by vobject."""

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.language.text import clean, collapse

from ..conftest import DATA, Folder, environment
from .common import HOSTILE, export, folders, hostile, lines, listed, made

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


def asked(folder: Folder, as_of: str, *options: str) -> dict[str, date | None]:
    """Return the ids of a calendar's events, each with its day."""
    found = entries(export(folder.path, "ics", as_of, *options).data)
    return {event.uid.value: event.dtstart.value for event in found}


def the_one(
    folder: Folder, as_of: str, *options: str, kind: str = "vevent"
) -> vobject.base.Component:
    [entry] = entries(export(folder.path, "ics", as_of, *options).data, kind)
    return entry


# --- as a calendar shows it ----------------------------------------------------------------------


def test_an_all_day_event_a_deadline_that_ends_before_the_next_day() -> None:
    found = entries(export(DATA, "ics", "2002-11-15", "--party", "MEX").data)
    days = [(event.dtstart.value, event.dtend.value) for event in found]
    assert days == [
        (date(2003, 1, 15), date(2003, 1, 16)),
        (date(2003, 3, 31), date(2003, 4, 1)),
        (date(2003, 5, 29), date(2003, 5, 30)),
    ]
    assert {event.transp.value for event in found} == {"TRANSPARENT"}
    assert {event.dtstamp.value for event in found} == {datetime(2002, 11, 15, tzinfo=UTC)}


def test_a_description_tells_who_owes_it_and_the_conclusions_own_words() -> None:
    first = entries(export(DATA, "ics", "2002-11-15", "--party", "MEX").data)[0]
    said = first.description.value.split("\n")
    assert said[:5] == [
        "1 of 11: MEX",
        "each member",
        "Due: 15 January 2003",
        "On 2002-11-15: upcoming",
        "",
    ]
    assert said[5].startswith("GRCM-2002-10/8 · Reunión del Grupo Regional de Consulta")
    assert said[6].startswith("Agradecer a Costa Rica la presentación del documento “Combate")
    assert first.categories.value == ["CRM", "GRCM-2002-10", "upcoming"]


def test_one_event_a_duty_whoever_owes_it() -> None:
    first = entries(export(DATA, "ics", "2002-11-15").data)[0]
    assert first.description.value.startswith("each of 11 (0 reported): BLZ CAN CRI DOM")


def test_what_was_reported_is_told(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress(
        "AAA",
        "- {mandate: WG-2002-10/1, date: 2002-11-10, progress: started,"
        " evidence: 'https://example.org/x', note: Nota 1}\n",
    )
    event = the_one(folder, "2002-11-15")
    assert "AAA 2002-11-10 started · https://example.org/x · Nota 1" in event.description.value


@pytest.mark.parametrize(
    ("lang", "options", "name"),
    [
        ("en", [], "Regional Conference on Migration: deadlines"),
        ("es", ["--party", "MEX"], "México: plazos (CRM)"),
    ],
)
def test_the_calendar_has_a_name(lang: str, options: list[str], name: str) -> None:
    data = export(DATA, "ics", "2002-11-15", *options, lang=lang).data
    for key in ("NAME", "X-WR-CALNAME"):
        assert f"\r\n{key}:{name}\r\n".encode() in data
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in data


def test_what_is_late_says_so_and_what_is_done_too(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    assert the_one(folder, "2003-02-01").summary.value == "LATE: Texto"
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
    event = the_one(folder, "2003-02-01", "--all", "--alarm", "14d")
    assert event.summary.value == "done: Texto"
    assert "valarm" not in event.contents


def test_a_line_is_no_longer_than_75_octets_and_ends_as_the_standard_says() -> None:
    data = export(DATA, "ics", "2002-11-15", lang="es").data
    assert data.endswith(b"END:VCALENDAR\r\n")
    rows = data.split(b"\r\n")
    assert max(map(len, rows)) <= 75
    assert not any(b"\n" in row or b"\r" in row for row in rows)
    assert all(row.decode() or row == b"" for row in rows)  # no letter is cut in two


CONFIG = """\
[calendars]
[[example]]
path = {path}
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


@pytest.mark.skipif(shutil.which("khal") is None, reason="a calendar program that is not installed")
def test_a_calendar_program_shows_it(tmp_path: Path) -> None:
    (tmp_path / "calendar").mkdir()
    (tmp_path / "config").write_text(CONFIG.format(path=tmp_path / "calendar"), encoding="utf-8")
    data = export(DATA, "ics", "2002-11-15", "--party", "MEX", "--alarm", "14d", lang="es").data
    (tmp_path / "mexico.ics").write_bytes(data)
    khal = ["khal", "-c", str(tmp_path / "config")]
    home = {"XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}

    def run(*words: str) -> str:
        done = subprocess.run(
            [*khal, *words], env=environment(**home), capture_output=True, check=True, timeout=60
        )
        return done.stdout.decode()

    run("import", "--batch", str(tmp_path / "mexico.ics"))
    form = "{start-date} {end-date} {title}{alarm-symbol}"
    shown = run("list", "--format", form, "2002-11-15", "400d")
    assert re.findall(r"^(2003-\S+ 2003-\S+) (\w+ \w+).*⏰", shown, re.M) == [
        ("2003-01-15 2003-01-15", "Presentar observaciones"),
        ("2003-03-31 2003-03-31", "Organizar en"),
        ("2003-05-29 2003-05-29", "Elaborar una"),
    ]


# --- alarms, things to do ------------------------------------------------------------------------


def test_an_alarm_rings_so_many_days_before(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    event = the_one(folder, "2002-11-15", "--alarm", "1d", "--alarm", "2w", "--alarm", "14d")
    alarms = event.contents["valarm"]
    assert [alarm.trigger.value for alarm in alarms] == [-timedelta(days=14), -timedelta(days=1)]
    assert {alarm.action.value for alarm in alarms} == {"DISPLAY"}
    assert {alarm.description.value for alarm in alarms} == {"Texto"}


def test_no_alarm_for_a_day_that_has_passed(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    assert "valarm" not in the_one(folder, "2003-01-16", "--alarm", "1d").contents
    assert "valarm" in the_one(folder, "2003-01-15", "--alarm", "0d").contents


@pytest.mark.parametrize(
    ("progress", "status"),
    [
        ("withdrawn", "NEEDS-ACTION"),
        ("started", "IN-PROCESS"),
        ("done", "COMPLETED"),
        ("declined", "CANCELLED"),
        ("not-applicable", "CANCELLED"),
    ],
)
def test_a_thing_to_do_has_the_status_that_task_programs_know(
    folder: Folder, progress: str, status: str
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", f"- {{mandate: WG-2002-10/1, date: 2003-01-10, progress: {progress}}}\n")
    todo = the_one(folder, "2003-01-12", "--as", "todo", "--all", kind="vtodo")
    assert todo.status.value == status
    assert todo.due.value == date(2003, 1, 15)
    done_on = [entry.value for entry in todo.contents.get("completed", [])]
    assert done_on == ([datetime(2003, 1, 10, tzinfo=UTC)] if status == "COMPLETED" else [])


def test_the_undated_are_things_to_do_and_no_events() -> None:
    events = export(DATA, "ics", "2002-11-15")
    todos = export(DATA, "ics", "2002-11-15", "--as", "todo")
    assert (len(entries(events.data)), len(entries(todos.data, "vtodo"))) == (3, 11)
    assert events.err == "8 duties without a day are not in the calendar; --as todo has them\n"
    assert todos.err == ""


# --- ids that stay -------------------------------------------------------------------------------

EXTENDS = "- {{number: 1, text: T, extends: [{{mandate: 'WG-2002-10/1', due: {due}{more}}}]}}\n"


def extend(folder: Folder, due: str, more: str = "", month: str = "2003-02") -> None:
    """Write a later meeting that moves the deadline of the first mandate."""
    folder.meeting(
        EXTENDS.format(due=due, more=more),
        id=f"WG-{month}",
        start=f"{month}-01",
        end=f"{month}-02",
    )


def test_an_event_keeps_its_id_when_its_deadline_moves(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    before = asked(folder, "2003-02-05")
    extend(folder, "2003-06-30")
    after = asked(folder, "2003-02-05")
    assert list(before) == list(after) == ["WG-2002-10_1~1@EX.grcm"]
    assert list(after.values()) == [date(2003, 6, 30)]
    assert the_one(folder, "2003-02-05").sequence.value == "1"


def test_it_keeps_it_when_a_second_mandate_is_added(folder: Folder) -> None:
    one = "{action: A, responsible: AAA, due: 2003-01-15}"
    folder.meeting(f"- {{number: 1, text: T, mandates: [{one}]}}\n")
    before = asked(folder, "2002-11-15")
    folder.meeting(f"- {{number: 1, text: T, mandates: [{one}, {one.replace('A,', 'B,')}]}}\n")
    assert next(iter(asked(folder, "2002-11-15"))) == next(iter(before))


def test_it_keeps_it_when_the_next_meeting_is_moved(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: next CO")
    folder.meeting("", id="CO-1", body="CO", start="2003-05-01", end="2003-05-02")
    before = asked(folder, "2002-11-15")
    folder.meeting("", id="CO-1", body="CO", start="2003-06-01", end="2003-06-02")
    after = asked(folder, "2002-11-15")
    assert list(before) == list(after)
    assert before != after


def test_those_whose_deadline_moved_alone_have_an_event_of_their_own(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    extend(folder, "2003-06-30", ", parties: [AAA]")
    assert asked(folder, "2003-02-05") == {
        "WG-2002-10_1~1@EX.grcm": date(2003, 1, 15),
        "WG-2002-10_1~1~WG-2003-02_1@EX.grcm": date(2003, 6, 30),
    }
    extend(folder, "2003-12-31", ", parties: [AAA]", "2003-03")
    moved_twice = asked(folder, "2003-04-01")
    assert moved_twice["WG-2002-10_1~1~WG-2003-02_1@EX.grcm"] == date(2003, 12, 31)
    assert len(moved_twice) == 2


def test_in_a_partys_own_calendar_it_stays_the_same_event(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    before = asked(folder, "2003-02-05", "--party", "AAA")
    extend(folder, "2003-06-30", ", parties: [AAA]")
    after = asked(folder, "2003-02-05", "--party", "AAA")
    assert list(before) == list(after) == ["WG-2002-10_1~1@AAA.EX.grcm"]
    assert list(after.values()) == [date(2003, 6, 30)]


def test_who_had_done_it_before_leaves_the_event_to_the_others(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
    extend(folder, "2003-06-30")
    assert asked(folder, "2003-02-05", "--all") == {
        "WG-2002-10_1~1~before-WG-2003-02_1@EX.grcm": date(2003, 1, 15),
        "WG-2002-10_1~1@EX.grcm": date(2003, 6, 30),
    }


def test_each_time_of_a_recurring_duty_is_an_event(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every year on 05-31")
    assert asked(folder, "2003-06-15") == {
        "WG-2002-10_1~1~2003-05-31@EX.grcm": date(2003, 5, 31),
        "WG-2002-10_1~1~2004-05-31@EX.grcm": date(2004, 5, 31),
    }


def test_a_number_that_is_there_twice_makes_two_events(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: Uno, responsible: AAA, due: 2003-01-15}\n"
        "- {number: 1, text: Dos, responsible: AAA, due: 2003-01-15}\n"
    )
    done = export(folder.path, "ics", "2002-11-15")
    found = entries(done.data)
    assert done.code == 1
    assert [event.summary.value for event in found] == ["Uno", "Dos"]
    assert len({event.uid.value for event in found}) == 2


def test_a_number_with_a_hyphen_is_not_the_second_mandate(folder: Folder) -> None:
    folder.meeting(
        "- number: 1\n  text: T\n  mandates:\n"
        "  - {action: A, responsible: AAA, due: 2003-01-15}\n"
        "  - {action: B, responsible: AAA, due: 2003-01-15}\n"
        "- {number: 1-2, text: T, responsible: AAA, due: 2003-01-15}\n"
        "- {number: 1/2, text: T, responsible: AAA, due: 2003-01-15}\n"
    )
    assert len(asked(folder, "2002-11-15")) == 4


# --- no text acts, nothing is lost ---------------------------------------------------------------


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
