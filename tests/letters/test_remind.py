"""`grcm remind`: what a party is told, in which language, in which shape; and its templates.

`tests/letters/CODE.LANG.md` are whole letters; `python -m tests.letters.test_remind` writes them
anew.
"""

import json
import tempfile
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from grcm_cli.domain.tasks import tasks
from grcm_cli.language.markdown import to_html
from grcm_cli.language.text import clean, using_language
from grcm_cli.letters.reminder import Reminder, ReminderData
from grcm_cli.letters.templates import LetterTemplate, TemplateFault

from ..conftest import ROOT, Folder, Ran, run_grcm
from ..formats.test_formats import HOSTILE
from ..language.test_markdown import Page
from .conftest import write_everywhere

HERE = Path(__file__).parent
DAY = "2003-02-01"
FORMATS = ("text", "md", "html", "eml", "json")
CONCLUSIONS = """\
- {number: 1, text: "Uno, y dos.", mandates: [
    {action: Presentar A, responsible: {each: [AAA, BBB, CCC]}, due: 2003-01-15},
    {action: Presentar B, responsible: AAA, due: next WG, after: 1#1}]}
- {number: 2, text: Dos, action: Organizar C, responsible: [CH, ORG], due: 2003-Q1, support: CCC}
- {number: 3, text: Tres, action: Seguir con D, responsible: AAA, kind: encouragement, due: ongoing}
- {number: "5", text: "Se incluirá:"}
- {number: 5.a, text: la definición., responsible: BBB, due: 2003-01-31}
"""
LETTERS = [("AAA", "es"), ("BBB", "en"), ("ORG", "es"), ("CCC", "en")]


def example(folder: Folder) -> None:
    """Write a meeting of which each party hears something else."""
    folder.meeting(CONCLUSIONS)
    entries = (
        "- {mandate: WG-2002-10/1#1, date: 2003-01-10, progress: done, evidence: example.org/a}\n"
    )
    folder.progress("BBB", entries.replace("done", "started"))
    folder.progress("CCC", entries)


def remind(folder: Folder, *arguments: str, **more: str) -> Ran:
    data = ("--data", str(folder.path), "--as-of", DAY)
    return run_grcm(*data, "remind", *arguments, cwd=ROOT, **more)


def told(folder: Folder, code: str, day: str = DAY, within: int = 30) -> Reminder:
    register, as_of = folder.register(), date.fromisoformat(day)
    data = ReminderData(register, tasks(register, as_of), as_of, within)
    return Reminder(data, register.directory.by_code[code], ["en"])


# --- what is told -------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "language"), LETTERS)
def test_a_whole_letter(folder: Folder, code: str, language: str) -> None:
    example(folder)
    ran = remind(folder, code, "--format", "md", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (HERE / f"{code}.{language}.md").read_text(encoding="utf-8")


def test_a_deadline_in_a_year_names_the_year_once(folder: Folder) -> None:
    folder.meeting("- {number: 1, text: T, responsible: AAA, due: 2003}\n")
    assert "31 de diciembre de 2003, en 333 días" in remind(folder, "AAA").out


@pytest.mark.parametrize(("count", "tables"), [(5, 0), (6, 1)])
def test_many_late_duties_have_a_table_first(folder: Folder, count: int, tables: int) -> None:
    keys = "text: T, action: Presentar, responsible: AAA, due: 2003-01-15"
    folder.meeting("".join(f"- {{number: {number}, {keys}}}\n" for number in range(1, count + 1)))
    page = Page(remind(folder, "AAA", "--format", "html").out)
    assert page.tags.count("table") == tables
    assert page.tags.count("tr") == tables * (count + 1)
    assert page.attributes.count(("width", "40%")) == tables  # of the column of what is to be done
    assert page.tags.count("blockquote") == count
    assert max(map(len, remind(folder, "AAA").out.splitlines())) <= 72


# --- the shapes ----------------------------------------------------------------------------------


def parsed(mail: str) -> EmailMessage:
    found = message_from_bytes(mail.encode(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


def test_every_shape_has_the_same_letter(folder: Folder) -> None:
    example(folder)
    text, markdown, html, eml, document = (
        remind(folder, "AAA", "--format", name).out for name in FORMATS
    )
    mail, [values] = parsed(eml), json.loads(document)["letters"]
    assert Page(html).text.split()[-20:] == Page(to_html(markdown)).text.split()[-20:]
    assert body(mail, "plain") == values["text"] == text
    assert body(mail, "html") == values["html"] == html
    assert mail["Subject"] == values["subject"] == "Ejemplo: recordatorio a Ámbar"
    assert (values["party"], values["language"]) == ("AAA", "es")
    assert [task["ref"] for task in values["late"]] == ["WG-2002-10/1#1"]
    assert values["late"][0]["text"] == "Uno, y dos."
    assert [task["ref"] for task in values["open"]] == ["WG-2002-10/1#2"]
    assert [task["ref"] for task in values["encouraged"]] == ["WG-2002-10/3"]
    assert values["to"] == []


def test_plain_text_is_no_wider_than_a_mail_and_has_no_marks(folder: Folder) -> None:
    example(folder)
    out = remind(folder, "BBB", "--lang", "en").out
    assert max(map(len, out.splitlines())) <= 72
    assert "**" not in out
    assert "\\" not in out
    assert "\n\nOverdue\n-------\n\nWG-2002-10/1#1 Presentar A\n\n- Deadline: 15 January" in out
    assert "\n    Se incluirá:\n\n    la definición.\n" in out


TAGS = (
    "html head meta title style body div h1 h2 h3 p ul li strong blockquote br table thead tbody "
    "tr th td"
)
"""The elements of a letter."""
TEXTS = [
    *HOSTILE.values(),
    *("{{ 7*7 }}", "{% raw %}", "{% for x in late %}", "1. uno", "# uno", "- uno", "> uno", "==="),
    *("Fin\r\nBcc: all@example.org", "</p></div></body>", "--grcm-0", "From mailman", ".", "uno #"),
]


def read(name: str, out: str) -> tuple[str, str]:
    """Return the page that a shape holds, where it has one, and its text."""
    match name:
        case "eml":
            return body(parsed(out), "html"), body(parsed(out), "plain")
        case "json":
            [values] = json.loads(out)["letters"]
            return values["html"], values["text"]
        case "text":  # in which no line is a command to CI
            return "", out.replace("#\\#", "##")
        case _:
            html = to_html(out) if name == "md" else out
            return html, Page(html).text


@pytest.mark.parametrize("name", FORMATS)
def test_no_text_acts_in_any_shape(folder: Folder, name: str) -> None:
    write_everywhere(folder, TEXTS, "started", "Do ")
    out = remind(folder, "AAA", "--format", name).out
    html, text = read(name, out)
    page = Page(html)
    assert set(page.tags) <= {*TAGS.split()}
    assert page.tags.count("blockquote") == (len(TEXTS) if html else 0)
    assert not [name for name, _value in page.attributes if name in ("href", "src", "onclick")]
    said = " ".join(text.split())
    for one in TEXTS:
        # As an action, in the last report and in the conclusion's own words.
        assert said.count(" ".join(clean(one).split())) >= 3
    assert "49" not in said.replace("2003", "")


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_the_files_are_named_by_their_shape(folder: Folder, tmp_path: Path, name: str) -> None:
    example(folder)
    remind(folder, "--all", "--within", "60", "-o", str(tmp_path / "x"), "--format", name)
    ending = "txt" if name == "text" else name
    assert {path.name for path in (tmp_path / "x").iterdir()} == {
        f"{code}.{ending}" for code in ("AAA", "BBB", "ORG")
    }


def test_all_letters_for_a_mailer_are_one_document(folder: Folder) -> None:
    example(folder)
    document = json.loads(remind(folder, "--all", "--format", "json").out)
    assert (document["schema_version"], document["as_of"]) == (3, DAY)
    assert [one["party"] for one in document["letters"]] == ["AAA", "BBB"]


# --- templates -----------------------------------------------------------------------------------


WRONG_TEMPLATES = HERE / "wrong-templates.txt"
"""Templates with an error, each with its line and what is said of it; ⏎ is a line end."""


def said_of(folder: Folder, source: str) -> str:
    """Return the line of an error in a template, and what is said of it."""
    path = folder.write("templates/reminder.es.md", source.replace("⏎", "\n"))
    ran = remind(folder, "AAA")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"grcm: {path}:")
    return ran.err.removeprefix(f"grcm: {path}:").rstrip("\n")


@pytest.mark.parametrize("row", WRONG_TEMPLATES.read_text(encoding="utf-8").splitlines())
def test_an_error_in_a_template_is_told_with_its_line(folder: Folder, row: str) -> None:
    example(folder)
    source, _arrow, said = row.partition(" → ")
    assert said_of(folder, source) == said


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"\xff\xfe", id="no UTF-8"),
        pytest.param(b"a" * 100_001, id="too long"),
        pytest.param(b"{{ " + b"(" * 5000, id="nested without end"),
        pytest.param(b"{% if late %}" * 3000, id="blocks without end"),
        pytest.param(b"{{ " + b"not " * 20_000 + b"late }}", id="a chain without end"),
        pytest.param(b"{{ " + b"late and " * 10_000 + b"late }}", id="a wide chain"),
        pytest.param(
            b"{% for x in late %}" * 30 + b"x" + b"{% endfor %}" * 30, id="loops in loops"
        ),
        pytest.param(b"{% for x in late %}" * 15 + b"{% endfor %}" * 15, id="that say nothing"),
        pytest.param(
            b"{% for x in late %}" * 4 + b"x" * 50_000 + b"{% endfor %}" * 4, id="a flood of text"
        ),
    ],
)
def test_no_template_hangs_or_fills_the_memory(folder: Folder, source: bytes) -> None:
    conclusions = "".join(
        f"- {{number: {number}, text: T, responsible: AAA, due: 2003-01-15}}\n"
        for number in range(1, 60)
    )
    folder.meeting(conclusions)
    folder.write("templates/reminder.es.md", source)
    ran = remind(folder, "AAA")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_what_a_template_shows_is_always_escaped() -> None:
    template = LetterTemplate(
        "{{ x }}|{{ '*b*' }}|{{ y|join('*') }}|{{ x|upper }}|{% raw %}*{% endraw %}", "xy"
    )
    assert template.render({"x": "*a* {{ x }}", "y": ["_c_", "<d>"]}) == (
        r"\*a\* {{ x }}|\*b\*|\_c\_\*&lt;d&gt;|\*A\* {{ X }}|*"
    )


def test_a_fault_keeps_its_line_in_a_loop() -> None:
    template = LetterTemplate("{% for one in x %}\n\n{{ one }}\n{% endfor %}", ["x"])
    with pytest.raises(TemplateFault) as caught:
        template.render({"x": ["a", ["b"]]})
    assert caught.value.line == 3


@pytest.mark.parametrize("chapter", ["en/letters.md", "es/cartas.md"])
def test_the_manual_lists_every_name_that_a_template_has(folder: Folder, chapter: str) -> None:
    page = (ROOT / "docs" / chapter).read_text(encoding="utf-8")
    example(folder)
    values = told(folder, "AAA").context()
    [task] = values["late"] if isinstance(values["late"], list) else []
    for name in (*values, *task):
        assert f"`{name}`" in page or f"`item.{name}`" in page, name


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        folder = Folder(Path(made))
        example(folder)
        HERE.mkdir(exist_ok=True)
        for code, language in LETTERS:
            with using_language("en"):
                out = remind(folder, code, "--format", "md", "--lang", language).out
            (HERE / f"{code}.{language}.md").write_text(out, encoding="utf-8")
        sources = [
            row.partition(" → ")[0] for row in WRONG_TEMPLATES.read_text("utf-8").split("\n")
        ]
        rows = (f"{source} → {said_of(folder, source)}\n" for source in filter(None, sources))
        WRONG_TEMPLATES.write_text("".join(rows), encoding="utf-8")
