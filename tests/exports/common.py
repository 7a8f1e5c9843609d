"""What the tests of `grcm export` share: a run of it, hostile texts, and registers made up.

The registers are plainly examples: parties AAA, BBB and their like, words without a meaning.
"""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st

from grcm_cli.commands import export as export_command
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import clean, clean_lines, collapse
from grcm_cli.reader.fields import PROGRESS_WORDS

from ..conftest import Folder, environment, run_program
from ..processes import grcm

FORMATS = tuple(name for name in export_command.FORMATS if name != "edoxen")
"""The formats of a file; that of a folder has no ending."""

HOSTILE = (
    # formulas
    *('=HYPERLINK("http://example.org";"x")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)"),
    *("\t=1+1", "'=1+1", "''+1", "＝1+1", '=IMPORTXML(CONCAT("http://example.org/",A1),"//a")'),
    "_x003D_1_x000D_",
    # HTML and XML
    *("<script>alert(1)</script> & <b>", '"><img src=x onerror=alert(1)>', "]]></t><f>1+1</f>"),
    "&#x3c;b&#x3e; &amp;lt;",
    # Markdown
    *("[f](http://example.org) ![i](http://example.org/i.png)", "[x](javascript:alert(1))"),
    "a | b ` c ` *d* _e_ ~~f~~ \\",
    *("<http://example.org> https://example.org www.example.org x@example.org", "# título"),
    *("- [ ] uno", "1. uno", "[^1]: uno $x$ ^y^"),
    # rich
    "Ver [anexo 1] y [/anexo] :mexico: [bold]x[/bold] [link=http://example.org]x[/link]",
    # GitHub
    *("::error::texto", "##[error]texto", "::set-output name=x::y", "@everyone #1"),
    # iCalendar
    *("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:otro", "x\nATTACH;VALUE=URI:http://example.org"),
    *("x\nEND:VCALENDAR", "x\r\n BEGIN:VALARM", "C:\\Nueva\\neto\\"),
    *("a;b,c:d\\nBEGIN:VEVENT\\, \\;", '"x";ALTREP="http://example.org":y'),
    # SQL
    *("'; DROP TABLE task; --", '"; DROP TABLE task; --', "x' OR '1'='1"),
    "%s ? :1 {0} {{1}} {name} %(name)s ${HOME} `id`",
    # what a terminal or an eye takes for something else
    "Rojo \x1b[31m y enlace \x1b]8;;http://example.org\x07",
    *(
        "Hacia \u202eatrás\u202c e invisible\u200b",
        "uno\ndos\tfin",
        "🎉 ñ 你好 مرحبا",
        "\ufffe\uffff",
    ),
    "mitad \ud83c",
)
MEETING = """\
id: WG-{number}
body: WG
title: {text}
place: {text}
source: {text}
start: 2002-10-29
end: 2002-10-31
participants: [H-{number}]
conclusions:
- number: 1
  text: {text}
  note: {text}
  documents: [{text}]
  mandates:
  - {{action: {text}, note: {text}, responsible: H-{number}, support: ORG, due: 2003-01-15}}
"""
REPORT = """\
- {{mandate: WG-{number}/1, date: 2002-11-10, progress: started, evidence: {text}, note: {text}}}
"""
REGISTER = """\
process: {{code: EX, name: {text}, languages: [es, en]}}
bodies: {{WG: {{name: Grupo}}}}
organizations:
  ORG: {{name: Organización}}
"""


def quoted(text: str) -> str:
    """Return a text as YAML writes it with nothing but ASCII."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if 0x20 <= code < 0x7F and character not in '"\\':
        return character
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def hostile(folder: Folder) -> None:
    """Write each hostile text everywhere: names, aliases, titles, places, texts, notes, reports."""
    members = []
    for count, said in enumerate(HOSTILE):
        number, text = f"{count:03}", quoted(said)
        members.append(f"  H-{number}: {{name: {text}, aliases: [{text}]}}\n")
        folder.write(f"meetings/WG-{number}.yaml", MEETING.format(number=number, text=text))
        folder.progress(f"H-{number}", REPORT.format(number=number, text=text))
    head = REGISTER.format(text=quoted(HOSTILE[0]))
    folder.write("register.yaml", head + "members:\n" + "".join(members))


class Exported:
    """What a run of `grcm export` gave."""

    def __init__(self, code: object, data: bytes, err: str) -> None:
        self.code, self.data, self.err = code, data, err

    @property
    def text(self) -> str:
        """The bytes as text."""
        return self.data.decode()


def export(
    path: Path, name: str, as_of: str, *options: str, lang: str = "en", output: Path | None = None
) -> Exported:
    """Run `grcm export` on a data folder, in this process, to stdout or over a file."""
    words = ["--lang", lang, "--data", str(path), "export", name, "--as-of", as_of, *options]
    if output is None:
        return run(*words, "-o", "-")
    return run(*words, "-o", str(output), "--force", "--partial")


def run(*words: str) -> Exported:
    """Run grcm in this process."""
    ended = grcm(words, Path.cwd(), environment())
    return Exported(ended.code, ended.out, ended.err.decode())


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
needs_khal = pytest.mark.skipif(shutil.which("khal") is None, reason="khal is not installed")


def khal(folder: Path, *words: str) -> str:
    """Run khal, a calendar program, with a calendar of its own in a folder."""
    (folder / "calendar").mkdir(exist_ok=True)
    (folder / "config").write_text(KHAL.format(path=folder), encoding="utf-8")
    command, home = ("khal", "-c", str(folder / "config"), *words), str(folder)
    ran = run_program(*command, XDG_DATA_HOME=home, XDG_CACHE_HOME=home)
    assert ran.code == 0, ran.err
    return ran.out


def one_line(text: str) -> str:
    """Return a text as it stands on one line: clean, each run of white space one space."""
    return clean(collapse(text))


def lines(text: str | None) -> str:
    """Return a text as a file that has room for lines can have it."""
    return clean_lines(text or "")


# --- registers that are made up -----------------------------------------------------------------

DUES = (
    *("2003-01-15", "2003-01", "2003-Q1", "2003-H1", "2003", "2003-02-06/2003-02-07", "next WG"),
    *("next CO", "WG-2", "WG-9", "30 days before next CO", "2 months before WG-2", "mañana"),
    *("within 60 days", "within 2 months", "within 1 year of 2003-01-15", "within 3 weeks of WG-2"),
    *("every year on 05-31", "every 6 months", "every WG", "ongoing", "asap"),
    *("0001-01-01", "1899-12-31", "1900-02-28", "1900-03-01", "9999-12-31"),
)
RESPONSIBLE = (
    *("AAA", "CH", "[AAA, BBB]", "[CH, ORG]", "[]", "{each: members}", "ZZZ"),
    *("{each: participants, except: AAA}", "{each: [AAA, CH, ORG]}"),
)
MARKS = ("", ", kind: encouragement", ", support: [ORG, BBB]", ", after: '1#1'", ", note: Una nota")
LINEAGE = (
    "",
    "  closes: [WG-1/1]\n",
    "  supersedes: [WG-1/1#1]\n",
    "  extends: [{mandate: 'WG-1/1#1', due: 2004-05-06}]\n",
    "  extends: [{mandate: 'WG-1/1#1', due: 2004-05-06, parties: [AAA]}]\n",
    "  extends: [{mandate: 'WG-1/1#1', due: ongoing, parties: [BBB]}]\n",
)
WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\x85\u2028\u2029"), max_size=30
)


@st.composite
def mandates(draw: st.DrawFn) -> str:
    """Make a mandate, as YAML."""
    action = quoted(draw(WORDS) or "x")
    keys = [f"action: {action}"]
    if draw(st.booleans()):
        keys.append(f"responsible: {draw(st.sampled_from(RESPONSIBLE))}")
    due = draw(st.sampled_from(["", *DUES, "day"]))
    if due == "day":
        due = draw(st.dates()).isoformat()
    if due:
        keys.append(f"due: {due}")
    return "{" + ", ".join(keys) + draw(st.sampled_from(MARKS)) + "}"


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    """Make the files of a register: two meetings, what the second says of the first, reports."""
    first = draw(st.lists(st.lists(mandates(), max_size=3), min_size=1, max_size=4))
    second = draw(st.lists(mandates(), max_size=2))
    head = "id: {}\nbody: WG\nstart: {}\nparticipants: [AAA, BBB, CCC]\nconclusions:\n"
    lineage = draw(st.sampled_from(LINEAGE))
    starts = draw(st.sampled_from((("2002-10-29", "2003-02-10"), ("0001-01-02", "9999-12-30"))))
    states = st.sampled_from(list(PROGRESS_WORDS))
    reports = draw(st.lists(st.tuples(st.sampled_from("ABC"), states, st.dates()), max_size=6))
    files = {
        "meetings/WG-1.yaml": head.format("WG-1", starts[0])
        + "".join(_conclusion(number, found) for number, found in enumerate(first, 1)),
        "meetings/WG-2.yaml": head.format("WG-2", starts[1]) + _conclusion(1, second) + lineage,
    }
    for letter, state, day in reports:
        name = f"progress/{letter * 3}.yaml"
        said = quoted(draw(WORDS))
        files[name] = files.get(name, "") + (
            f"- {{mandate: 'WG-1/1#1', date: {day}, progress: {state}, note: {said}}}\n"
        )
    return files


def _conclusion(number: int, found: Sequence[str]) -> str:
    listed = "".join(f"  - {mandate}\n" for mandate in found)
    return f"- number: {number}\n  text: Texto {number}\n" + (
        f"  mandates:\n{listed}" if found else ""
    )


def made(path: Path, files: dict[str, str]) -> Register:
    """Write a folder and return what grcm reads from it, whatever it finds there."""
    folder = Folder(path)
    for name, content in files.items():
        folder.write(name, content)
    register = folder.load().register
    assert register is not None
    return register


def listed(register: Register, as_of: date) -> list[Task]:
    """Return what an export with --all has to hold."""
    return tasks(register, as_of)
