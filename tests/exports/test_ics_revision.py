"""A calendar that is written over: what is trusted of the earlier one, and who reads the new one.

scenarios/calendar.md has what is a revision, and what has ended since.
"""

import os
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.exports import ics, ics_file
from grcm_cli.exports.ics_file import escaped, unescaped
from grcm_cli.language.text import clean, collapse

from ..conftest import Folder, environment, run_grcm
from .common import HOSTILE, Exported, export, folders, hostile, khal, made, needs_khal

DUE = "responsible: {each: [AAA, BBB]}, due: 2003-01-15"


def write(folder: Folder, as_of: str, *options: str, lang: str = "en") -> Exported:
    """Export into the file `a.ics` of the folder, over the one that is there."""
    target = folder.path / "a.ics"
    return export(folder.path, "ics", as_of, *options, lang=lang, output=target)


def revision(folder: Folder) -> tuple[str, date]:
    """Return the count and the day of the one entry of `a.ics`, as another library reads it."""
    [calendar] = vobject.readComponents((folder.path / "a.ics").read_bytes().decode())
    entry = calendar.vevent
    return entry.sequence.value, entry.contents["last-modified"][0].value.date()


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
    assert (
        "a.ics is not a complete grcm calendar: none of its entries can be continued\n" in done.err
    )
    assert done.code == 0
    assert revision(folder) == ("0", date(2002, 11, 16))


def test_nor_does_a_huge_one(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mandate(DUE)
    write(folder, "2002-11-15")
    monkeypatch.setattr(ics_file, "LARGEST", 200)
    done = changed(folder, (folder.path / "a.ics").read_bytes())
    assert "not a complete grcm calendar" in done.err
    assert revision(folder)[0] == "0"


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
    # As if the conclusions could not be read; the texts themselves are errors in the record.
    entries = ics_file.read_entries(before)
    day = date(2002, 11, 15)
    gone = [
        ics._as_it_was(uid, entry)
        for uid, entry in entries.items()
        if not uid.startswith("incomplete@") and not ics._is_over(entry, day)
    ]
    summaries = sorted(ended.summary for ended in gone)
    assert summaries == sorted(clean(collapse(text)) for text in HOSTILE)
    calendar = ics_file.CalendarData("x", day, gone, entries)
    first = ics_file.render(calendar, as_todo=kind == "todo")
    again = calendar._replace(earlier=ics_file.read_entries(first))
    assert ics_file.render(again, as_todo=kind == "todo") == first
    kept = [
        ics._as_it_was(uid, entry)
        for uid, entry in again.earlier.items()
        if not ics._is_over(entry, day)
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


@needs_khal
def test_khal_moves_an_event_and_shows_no_second_one(folder: Folder, tmp_path: Path) -> None:
    def imported(as_of: str) -> list[str]:
        write(folder, as_of)
        khal(tmp_path, "import", "--batch", str(folder.path / "a.ics"))
        form = "{start-date} {title}"
        lines = khal(tmp_path, "list", "--format", form, "2002-11-15", "400d").splitlines()
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
