"""A calendar that is written over: SEQUENCE, LAST-MODIFIED, and what has ended since."""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.exports import ics, ics_file
from grcm_cli.exports.ics_file import escaped, unescaped
from grcm_cli.language.text import clean, collapse

from ..conftest import Folder, environment, run_grcm
from .common import HOSTILE, Exported, export, folders, hostile, made

DUE = "responsible: {each: [AAA, BBB]}, due: 2003-01-15"


class Entry(NamedTuple):
    """What a calendar program compares."""

    sequence: int
    modified: date
    day: date | None
    summary: str
    status: str


def write(folder: Folder, as_of: str, *options: str, lang: str = "en") -> Exported:
    """Export into the file `a.ics` of the folder, over the one that is there."""
    target = folder.path / "a.ics"
    return export(folder.path, "ics", as_of, *options, lang=lang, output=target)


def shown(folder: Folder, kind: str = "vevent") -> dict[str, Entry]:
    """Return the entries of the file `a.ics`, by UID, as another library reads them."""
    text = (folder.path / "a.ics").read_bytes().decode()
    [calendar] = vobject.readComponents(text)
    found = {}
    for entry in calendar.contents.get(kind, []):
        day = entry.contents.get("dtstart") or entry.contents.get("due")
        stamp, modified = entry.dtstamp.value, entry.contents["last-modified"][0].value
        assert stamp >= modified
        assert entry.uid.value not in found
        found[entry.uid.value] = Entry(
            int(entry.sequence.value),
            modified.astimezone(UTC).date(),
            day[0].value if day else None,
            entry.summary.value,
            entry.status.value if "status" in entry.contents else "",
        )
    return found


def the_one(folder: Folder, kind: str = "vevent") -> Entry:
    [entry] = shown(folder, kind).values()
    return entry


def stamp(folder: Folder) -> datetime:
    [calendar] = vobject.readComponents((folder.path / "a.ics").read_bytes().decode())
    value: datetime = calendar.vevent.dtstamp.value
    return value


def day(number: int, month: int = 11, year: int = 2002) -> date:
    return date(year, month, number)


# --- what changed, what did not ------------------------------------------------------------------


def test_a_new_calendar_says_the_day(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    assert the_one(folder) == (0, day(15), date(2003, 1, 15), "Texto", "")
    assert stamp(folder) == datetime(2002, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["event", "todo"])
def test_the_same_again_is_the_same_to_the_byte(folder: Folder, kind: str) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15", "--alarm", "14d", "--as", kind)
    before = (folder.path / "a.ics").read_bytes()
    write(folder, "2002-11-15", "--alarm", "14d", "--as", kind)
    assert (folder.path / "a.ics").read_bytes() == before


def test_a_corrected_deadline_is_a_revision(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    [uid] = shown(folder)
    folder.mandate(DUE.replace("2003-01-15", "2003-01-16"))
    write(folder, "2002-11-16")
    assert shown(folder) == {uid: (1, day(16), date(2003, 1, 16), "Texto", "")}
    folder.mandate(DUE.replace("2003-01-15", "2003-01-17"))
    write(folder, "2002-11-16")  # on the same day
    assert shown(folder) == {uid: (2, day(16), date(2003, 1, 17), "Texto", "")}


def test_only_the_entry_that_changed_is_revised(folder: Folder) -> None:
    both = "- {{number: 1, text: A, responsible: AAA, due: {}}}\n" + (
        "- {{number: 2, text: B, responsible: AAA, due: 2003-01-20}}\n"
    )
    folder.meeting(both.format("2003-01-15"))
    write(folder, "2002-11-15")
    folder.meeting(both.format("2003-01-16"))
    write(folder, "2002-11-16")
    assert {entry.summary: entry[:2] for entry in shown(folder).values()} == {
        "A": (1, day(16)),
        "B": (0, day(15)),
    }


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        pytest.param(f"{DUE}, action: Otra", "event", id="the summary"),
        pytest.param(f"{DUE}, support: ORG", "event", id="the description"),
        pytest.param(DUE.replace("BBB", "CCC"), "event", id="who owes it"),
        pytest.param(DUE.replace("15", "16"), "todo", id="the day of a thing to do"),
    ],
)
def test_any_other_content_is_a_revision(folder: Folder, keys: str, kind: str) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15", "--as", kind)
    folder.mandate(keys)
    write(folder, "2002-11-15", "--as", kind)
    assert the_one(folder, f"v{kind}").sequence == 1


def test_a_report_is_a_revision_and_so_is_being_late(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15", "--as", "todo")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2002-11-16, progress: started}\n")
    write(folder, "2002-11-16", "--as", "todo")
    entry = the_one(folder, "vtodo")
    assert (entry.sequence, entry.status) == (1, "IN-PROCESS")
    write(folder, "2003-01-16", "--as", "todo")
    entry = the_one(folder, "vtodo")
    assert (entry.sequence, entry.summary) == (2, "LATE: Texto")


def test_an_alarm_is_a_revision(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    write(folder, "2002-11-15", "--alarm", "14d")
    assert the_one(folder).sequence == 1


@pytest.mark.parametrize("lang", ["en", "es"])
def test_another_day_alone_is_none(folder: Folder, lang: str) -> None:
    """The description says the day; DTSTAMP decides between two entries of one SEQUENCE."""
    folder.mandate(DUE)
    write(folder, "2002-11-15", lang=lang)
    write(folder, "2002-11-16", lang=lang)
    assert the_one(folder)[:2] == (0, day(15))
    assert stamp(folder) == datetime(2002, 11, 16, tzinfo=UTC)
    assert b"2002-11-16: " in (folder.path / "a.ics").read_bytes().replace(b"\r\n ", b"")


def test_extensions_in_the_record_are_the_least_count(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    for number, due in (("02", "2003-06-30"), ("03", "2003-12-31")):
        folder.meeting(
            f"- {{number: 1, text: T, extends: [{{mandate: 'WG-2002-10/1', due: {due}}}]}}\n",
            id=f"WG-2003-{number}",
            start=f"2003-{number}-01",
            end=f"2003-{number}-02",
        )
    write(folder, "2003-04-05")
    assert the_one(folder).sequence == 2  # two extensions, one revision of the file
    folder.mandate(DUE.replace("BBB", "CCC"))
    write(folder, "2003-04-05")
    assert the_one(folder).sequence == 3


def test_the_first_calendar_after_extensions_counts_them(folder: Folder) -> None:
    folder.mandate(DUE)
    folder.meeting(
        "- {number: 1, text: T, extends: [{mandate: 'WG-2002-10/1', due: 2003-06-30}]}\n",
        id="WG-2003-02",
        start="2003-02-01",
        end="2003-02-02",
    )
    write(folder, "2003-02-05")
    assert the_one(folder).sequence == 1


def test_a_calendar_of_an_older_version_is_continued(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    path = folder.path / "a.ics"
    path.write_bytes(re.sub(rb"LAST-MODIFIED:\w+\r\n", b"", path.read_bytes()))
    folder.mandate(DUE.replace("15", "16"))
    write(folder, "2002-11-16")
    assert the_one(folder)[:2] == (1, day(16))


def test_line_ends_that_git_or_an_editor_changed_are_no_revision(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    path = folder.path / "a.ics"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"\r\n", b"\n"))
    write(folder, "2002-11-15")
    assert path.read_bytes() == before


def test_the_count_stays_within_what_the_standard_allows(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    path = folder.path / "a.ics"
    path.write_bytes(path.read_bytes().replace(b"SEQUENCE:0", b"SEQUENCE:2147483647"))
    folder.mandate(DUE.replace("15", "16"))
    write(folder, "2002-11-15")
    assert the_one(folder).sequence == 2**31 - 1


# --- what has ended since ------------------------------------------------------------------------

DONE = "".join(
    f"- {{mandate: WG-2002-10/1, date: 2002-11-{number}, progress: {progress}}}\n"
    for number, progress in ((18, "done"),)
)


def test_what_was_done_is_cancelled_for_some_time(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    write(folder, "2002-11-15", "--alarm", "14d")
    folder.progress("AAA", DONE)
    done = write(folder, "2002-11-20", "--alarm", "14d")
    ended = Entry(1, day(20), date(2003, 1, 15), "done: Texto", "CANCELLED")
    assert the_one(folder) == ended
    assert done.text.endswith("a.ics: 0 tasks\n")
    assert b"VALARM" not in (folder.path / "a.ics").read_bytes()
    write(folder, "2003-02-18", "--alarm", "14d")
    assert the_one(folder) == ended  # 90 days later
    write(folder, "2003-02-19", "--alarm", "14d")
    assert shown(folder) == {}


def test_what_was_taken_back_is_there_again(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    write(folder, "2002-11-15")
    folder.progress("AAA", DONE)
    write(folder, "2002-11-20")
    more = "- {mandate: WG-2002-10/1, date: 2002-11-21, progress: withdrawn}\n"
    folder.progress("AAA", DONE + more)
    write(folder, "2002-11-22")
    entry = the_one(folder)
    assert (entry.sequence, entry.summary, entry.status) == (2, "Texto", "")


def test_a_thing_to_do_that_was_done_is_completed(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    write(folder, "2002-11-15", "--as", "todo")
    folder.progress("AAA", DONE)
    write(folder, "2002-11-20", "--as", "todo")
    assert the_one(folder, "vtodo")[3:] == ("done: Texto", "COMPLETED")
    folder.meeting("- {number: 2, text: Otro}\n")  # and then its conclusion goes
    folder.progress("AAA", "")
    write(folder, "2002-11-21", "--as", "todo")
    assert the_one(folder, "vtodo")[3:] == ("done: Texto", "COMPLETED")


@pytest.mark.parametrize(
    "conclusions",
    [
        pytest.param("- {number: 2, text: Otro}\n", id="its conclusion was deleted"),
        pytest.param(
            "- {number: 1, text: Texto, responsible: AAA, due: ongoing}\n", id="it has no day now"
        ),
        pytest.param(
            "- {number: 1, text: Texto, responsible: AAA, due: 2003-01-15, void: error}\n",
            id="it was recorded in error",
        ),
    ],
)
def test_what_is_no_longer_there_is_cancelled(folder: Folder, conclusions: str) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    write(folder, "2003-01-20")
    assert the_one(folder).summary == "LATE: Texto"
    folder.meeting(conclusions)
    write(folder, "2003-01-21")
    [entry] = [entry for entry in shown(folder).values() if entry.status]
    ended = (1, day(21, 1, 2003), date(2003, 1, 15), "no longer due: Texto", "CANCELLED")
    assert entry == ended
    before = (folder.path / "a.ics").read_bytes()
    write(folder, "2003-01-21")
    assert (folder.path / "a.ics").read_bytes() == before


def test_what_an_option_leaves_out_is_not_cancelled(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    write(folder, "2002-11-15")
    write(folder, "2002-11-16", "--before", "2002-12-31")
    assert shown(folder) == {}


def test_a_missed_time_of_a_recurring_duty_is_not_cancelled(folder: Folder) -> None:
    """Lists have the oldest one that was missed, with a count of the later ones, and the next."""
    folder.mandate("responsible: AAA, due: every year on 05-31")
    write(folder, "2003-06-15")
    assert [entry.day for entry in shown(folder).values()] == [
        date(2003, 5, 31),
        date(2004, 5, 31),
    ]
    write(folder, "2004-06-15")
    assert [(entry.day, entry.status) for entry in shown(folder).values()] == [
        (date(2003, 5, 31), ""),
        (date(2005, 5, 31), ""),
    ]
    folder.progress(
        "AAA", "- {mandate: WG-2002-10/1, date: 2004-06-16, progress: done, for: 2003-05-31}\n"
    )
    write(folder, "2004-06-17")
    found = {entry.day: (entry.summary, entry.status) for entry in shown(folder).values()}
    assert found == {
        date(2003, 5, 31): ("done: Texto", "CANCELLED"),
        date(2004, 5, 31): ("LATE: Texto", ""),
        date(2005, 5, 31): ("Texto", ""),
    }


def test_another_calendar_under_that_name_is_not_continued(folder: Folder) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15", "--party", "AAA")
    write(folder, "2002-11-16", "--party", "BBB")
    assert list(shown(folder)) == ["WG-2002-10_1~1@BBB.EX.grcm"]


def test_what_an_unreadable_file_holds_stays_as_it_was(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    write(folder, "2002-11-15", "--alarm", "14d")
    before = (folder.path / "a.ics").read_bytes()
    folder.write("meetings/WG-2002-10.yaml", "id: [\n")
    done = write(folder, "2002-11-15", "--alarm", "14d")
    assert done.code == 1
    after = dict(ics_file.read_entries((folder.path / "a.ics").read_bytes()))
    notice = after.pop("incomplete@EX.grcm.notice")
    assert (notice.has_ended, after) == (False, ics_file.read_entries(before))


# --- an earlier file that is not trusted ---------------------------------------------------------


def changed(folder: Folder, data: bytes) -> Exported:
    (folder.path / "a.ics").write_bytes(data)
    folder.mandate(DUE.replace("2003-01-15", "2003-01-16"))
    return write(folder, "2002-11-16")


BROKEN = [
    pytest.param(lambda data: data[:0], id="empty"),
    pytest.param(lambda data: data[:400], id="cut off"),
    pytest.param(lambda data: data[:-17], id="without its last line"),
    pytest.param(lambda data: data + data, id="two calendars"),
    pytest.param(lambda data: data.replace(b"-//grcm//", b"-//other//"), id="another program's"),
    pytest.param(lambda data: data.replace(b"UID:", b"X-UID:"), id="no UID"),
    pytest.param(lambda data: data.replace(b"SEQUENCE:0", b"SEQUENCE:-1"), id="no count"),
    pytest.param(lambda data: data.replace(b"SEQUENCE:0", b"SEQUENCE:" + b"9" * 11), id="big"),
    pytest.param(lambda data: data.replace(b"MP:20021115", b"MP:20021315"), id="no day"),
    pytest.param(lambda data: data.replace(b"END:VEVENT", b"END:VTODO"), id="crossed"),
    pytest.param(lambda data: data.replace(b"Texto", b"Texto\xff"), id="no UTF-8"),
    pytest.param(lambda data: bytes(len(data)), id="NUL"),
    pytest.param(lambda data: b"PK\x03\x04" + data, id="another kind of file"),
]


@pytest.mark.parametrize("breaks", BROKEN)
def test_a_broken_one_counts_for_nothing(folder: Folder, breaks: object) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    assert callable(breaks)
    done = changed(folder, breaks((folder.path / "a.ics").read_bytes()))
    assert "a.ics is no whole calendar of grcm: no entry continues one of it\n" in done.err
    assert done.code == 0
    assert the_one(folder)[:2] == (0, day(16))


def test_nor_does_a_huge_one(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    monkeypatch.setattr(ics_file, "LARGEST", 200)
    done = changed(folder, (folder.path / "a.ics").read_bytes())
    assert "no whole calendar" in done.err
    assert the_one(folder).sequence == 0


HEAD = f"BEGIN:VCALENDAR\r\nPRODID:{ics_file.PRODUCT}\r\n"
ONE = "BEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:20021115T000000Z\r\nSUMMARY:{}\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize(
    ("folds", "text"),
    [
        pytest.param("uno\r\n  dos\n \r\n \n  tres", "uno dos tres", id="empty folds"),
        pytest.param("uno\r\r\n  dos", "uno\r dos", id="a CR of the text"),
        pytest.param("uno\x85\u2028dos\x0btres", "uno\x85\u2028dos\x0btres", id="other line ends"),
        pytest.param("x" + "\n x" * 100_000, "x" * 100_001, id="many folds"),
    ],
)
def test_folded_lines_are_one(folds: str, text: str) -> None:
    calendar = f"{HEAD}{ONE.format('a', folds)}END:VCALENDAR\r\n".encode()
    [(uid, entry)] = ics_file.read_entries(calendar).items()
    assert (uid, entry.content) == ("a", ["UID:a", f"SUMMARY:{text}"])


def test_without_force_nothing_is_read_or_written(folder: Folder) -> None:
    folder.mandate(DUE)
    path = folder.path / "a.ics"
    path.write_bytes(b"x")
    done = run_grcm("--data", str(folder.path), "export", "ics", "-o", str(path))
    assert done.code == 2
    assert "no whole calendar" not in done.err
    assert path.read_bytes() == b"x"


# --- texts ---------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30))
def test_a_text_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("kind", ["event", "todo"])
def test_hostile_texts_come_back_when_they_have_gone(folder: Folder, kind: str) -> None:
    hostile(folder)
    write(folder, "2002-11-15", "--as", kind)
    before = (folder.path / "a.ics").read_bytes()
    write(folder, "2002-11-15", "--as", kind)
    assert (folder.path / "a.ics").read_bytes() == before
    # As if the conclusions had gone; the texts themselves are errors in the record.
    entries = ics_file.read_entries(before)
    gone = [
        ended
        for uid, entry in entries.items()
        if not uid.startswith("incomplete@")
        and (ended := ics._ended(uid, entry, None, day(15), is_complete=True))
    ]
    summaries = sorted(ended.summary for ended in gone)
    assert summaries == sorted(f"no longer due: {clean(collapse(text))}" for text in HOSTILE)
    calendar = ics_file.CalendarData("x", day(15), gone, entries)
    first = ics_file.render(calendar, as_todo=kind == "todo")
    again = calendar._replace(earlier=ics_file.read_entries(first))
    assert ics_file.render(again, as_todo=kind == "todo") == first
    kept = [
        ended
        for uid, entry in again.earlier.items()
        if (ended := ics._ended(uid, entry, None, day(15), is_complete=True))
    ]
    assert ics_file.render(again._replace(deadlines=kept), as_todo=kind == "todo") == first


@given(folders(), st.dates(), st.sampled_from(["event", "todo"]))
@settings(max_examples=30)
def test_no_record_changes_when_written_twice(
    files: dict[str, str], as_of: date, kind: str
) -> None:
    with tempfile.TemporaryDirectory() as path:
        made(Path(path), files)
        folder = Folder(Path(path))
        write(folder, str(as_of), "--as", kind)
        before = (folder.path / "a.ics").read_bytes()
        write(folder, str(as_of), "--as", kind)
        assert (folder.path / "a.ics").read_bytes() == before


# --- the site ------------------------------------------------------------------------------------


def test_the_calendars_of_a_site_continue_too(folder: Folder, tmp_path: Path) -> None:
    target = tmp_path / "pages"

    def publish(as_of: str) -> dict[str, bytes]:
        words = ["--data", str(folder.path), "site", str(target), "--as-of", as_of]
        assert run_grcm(*words).code == 0
        return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*.ics")}

    folder.mandate(DUE)
    first = publish("2002-11-15")
    assert publish("2002-11-15") == first
    folder.mandate(DUE.replace("2003-01-15", "2003-01-16"))
    second = publish("2002-11-16")
    for path in ("es/calendar.ics", "en/calendar.ics", "es/party/AAA.ics", "en/party/BBB.ics"):
        assert b"SEQUENCE:0\r\nLAST-MODIFIED:20021115T000000Z" in first[path]
        assert b"SEQUENCE:1\r\nLAST-MODIFIED:20021116T000000Z" in second[path]
        assert b"DTSTART;VALUE=DATE:20030116" in second[path]


# --- programs that keep a calendar ---------------------------------------------------------------

KHAL = """\
[calendars]
[[example]]
path = {path}/calendar
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""
ICAL_JS = """
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const ICAL = createRequire(process.env.MODULES + '/')('ical.js');
const api = ICAL.default ?? ICAL;
const calendar = new api.Component(api.parse(readFileSync(process.argv[2], 'utf8')));
for (const entry of calendar.getAllSubcomponents('vevent')) {
  const event = new api.Event(entry);
  console.log(event.uid, event.sequence, event.startDate.toString(), event.summary);
}
"""


@pytest.mark.skipif(shutil.which("khal") is None, reason="khal is not installed")
def test_khal_moves_an_event_and_shows_no_second_one(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "calendar").mkdir()
    (tmp_path / "config").write_text(KHAL.format(path=tmp_path), encoding="utf-8")
    home = {"XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}

    def run(*words: str) -> str:
        command = ["khal", "-c", str(tmp_path / "config"), *words]
        env = environment(**home)
        done = subprocess.run(command, env=env, capture_output=True, check=True, timeout=60)
        return done.stdout.decode()

    def imported(as_of: str) -> list[str]:
        write(folder, as_of)
        run("import", "--batch", str(folder.path / "a.ics"))
        form = "{start-date} {title}"
        lines = run("list", "--format", form, "2002-11-15", "400d").splitlines()
        return [line for line in lines if line.startswith("2003-")]

    folder.mandate(DUE)
    assert imported("2002-11-15") == ["2003-01-15 Texto"]
    folder.mandate(DUE.replace("2003-01-15", "2003-02-20"))
    assert imported("2002-11-16") == ["2003-02-20 Texto"]
    folder.mandate("responsible: AAA, due: ongoing")
    assert imported("2002-11-17") == ["2003-02-20 no longer due: Texto"]


def _node_modules() -> Path | None:
    """Return the folder with ical.js: NODE_PATH's, or npm's global one."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return None
    command = ["npm", "root", "--global"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    places = [os.environ.get("NODE_PATH", ""), done.stdout.decode().strip()]
    found = (Path(place) for place in places if place and (Path(place) / "ical.js").is_dir())
    return next(found, None)


def test_ical_js_reads_the_revision(folder: Folder, tmp_path: Path) -> None:
    modules = _node_modules()
    if modules is None:
        pytest.skip("ical.js is not installed")
    (tmp_path / "read.mjs").write_text(ICAL_JS, encoding="utf-8")
    folder.mandate(DUE)
    found = []
    for as_of, due in (("2002-11-15", "2003-01-15"), ("2002-11-16", "2003-02-20")):
        folder.mandate(DUE.replace("2003-01-15", due))
        write(folder, as_of)
        command = ["node", str(tmp_path / "read.mjs"), str(folder.path / "a.ics")]
        env = environment(MODULES=str(modules))
        done = subprocess.run(command, env=env, capture_output=True, check=True, timeout=60)
        found += done.stdout.decode().splitlines()
    assert found == [
        "WG-2002-10_1~1@EX.grcm 0 2003-01-15 Texto",
        "WG-2002-10_1~1@EX.grcm 1 2003-02-20 Texto",
    ]
