"""`grcm agenda`: what concerns a body, under which heading it stands, and the document of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from grcm_cli.domain.tasks import tasks
from grcm_cli.language.markdown import to_html
from grcm_cli.language.text import clean, using_language
from grcm_cli.letters.agenda import MeetingPack, html, markdown, meeting_pack, notices

from ..conftest import Folder, run_grcm
from ..formats.test_formats import HOSTILE
from ..language.test_markdown import Page

DAY = date(2003, 2, 1)
HERE, LATE, BEFORE = "Falls due at this meeting", "Carried over: late", "Falls due before this"
WAITS, WITHOUT = "Awaits the date of a meeting", "Without a day"
NEXT, AHEAD = "Falls due at the next meeting", "Falls due later"


def next_meeting(folder: Folder, start: str = "2003-03-10", end: str = "2003-03-12") -> None:
    """Write the working group's next meeting, known by its dates."""
    folder.meeting("", id="WG-2003-03", start=start, end=end)


def packed(folder: Folder, body: str = "WG", day: date = DAY) -> MeetingPack:
    register = folder.register()
    party = register.directory.by_code[body]
    return meeting_pack(register, tasks(register, day), party, day, "en")


def placed(found: MeetingPack) -> dict[str, list[str]]:
    """Return the references below each heading."""
    return {
        section.title: [str(task.reference) for task in section.tasks] for section in found.sections
    }


@pytest.mark.parametrize(
    ("due", "with_date", "without"),
    [
        pytest.param("due: next WG", HERE, NEXT, id="due at the body's next meeting"),
        pytest.param("due: WG-2003-03", HERE, "?", id="due at that meeting by its id"),
        pytest.param("due: every WG", HERE, NEXT, id="due at each meeting"),
        pytest.param("due: 2003-03-10", HERE, AHEAD, id="due on the meeting's first day"),
        pytest.param("due: 2003-03-12", HERE, AHEAD, id="due on its last day"),
        pytest.param("due: 2003-03-13", None, AHEAD, id="due on the day after: left out"),
        pytest.param("due: 2003-03-09", BEFORE, AHEAD, id="due on the day before"),
        pytest.param("due: 2003-02-01", BEFORE, AHEAD, id="due today: not late"),
        pytest.param("due: 2003-01-31", LATE, LATE, id="due yesterday"),
        pytest.param("due: next CO", WAITS, WAITS, id="another body's meeting without a date"),
        pytest.param("due: 30 days before next WG", BEFORE, WAITS, id="counted back from it"),
        pytest.param("due: 2 months before WG-2003-03", LATE, "?", id="counted back, and past"),
        pytest.param("due: ongoing", WITHOUT, WITHOUT, id="standing"),
        pytest.param("due: asap", WITHOUT, WITHOUT, id="as soon as possible"),
        pytest.param("action: X", WITHOUT, WITHOUT, id="no deadline"),
    ],
)
def test_the_heading_under_which_a_duty_stands(
    folder: Folder, due: str, with_date: str | None, without: str
) -> None:
    folder.mandate(f"responsible: AAA, {due}")
    if without != "?":
        found = packed(folder)
        assert found.meeting is None
        assert placed(found) == {without: ["WG-2002-10/1"]}
    next_meeting(folder)
    found = packed(folder)
    assert found.meeting is not None
    titles = list(placed(found))
    assert [title[: len(with_date or "")] for title in titles] == ([with_date] if with_date else [])
    assert [str(task.reference) for task in found.later] == ([] if with_date else ["WG-2002-10/1"])


@pytest.mark.parametrize(
    ("keys", "meeting", "concerned"),
    [
        pytest.param("responsible: AAA", {}, True, id="adopted by the body"),
        pytest.param("responsible: AAA", {"body": "CO"}, False, id="adopted by another"),
        pytest.param("responsible: WG", {"body": "CO"}, True, id="owed by the body"),
        pytest.param("responsible: [AAA, WG]", {"body": "CO"}, True, id="owed with others"),
        pytest.param("responsible: AAA, due: next WG", {"body": "CO"}, True, id="due at its next"),
        pytest.param(
            "responsible: AAA, due: WG-2003-03", {"body": "CO"}, True, id="due at one of its own"
        ),
        pytest.param(
            "responsible: AAA, due: 1 week before next WG", {"body": "CO"}, True, id="due before it"
        ),
        pytest.param("responsible: AAA, due: every WG", {"body": "CO"}, True, id="due at each"),
        pytest.param(
            "responsible: AAA, due: next CO", {"body": "CO"}, False, id="due at another's"
        ),
    ],
)
def test_what_concerns_a_body(
    folder: Folder, keys: str, meeting: dict[str, str], *, concerned: bool
) -> None:
    folder.mandate(keys, id="X-2002-10", **meeting)
    next_meeting(folder)
    assert [str(task.reference) for task in packed(folder).shown] == ["X-2002-10/1"] * concerned


@pytest.mark.parametrize(
    ("day", "meeting"),
    [
        pytest.param("2003-03-09", "WG-2003-03", id="the day before it begins"),
        pytest.param("2003-03-10", "WG-2003-03", id="its first day"),
        pytest.param("2003-03-12", "WG-2003-03", id="its last day, while it runs"),
        pytest.param("2003-03-13", "WG-2003-06", id="the day after it ended"),
        pytest.param("2003-07-01", None, id="after the last one"),
    ],
)
def test_which_meeting_is_the_next(folder: Folder, day: str, meeting: str | None) -> None:
    folder.mandate("responsible: AAA, due: next WG")
    next_meeting(folder)
    folder.meeting("", id="WG-2003-06", start="2003-06-01", end="2003-06-02")
    folder.meeting("", id="CO-2003-03", body="CO", start="2003-03-01", end="2003-03-02")
    found = packed(folder, day=date.fromisoformat(day))
    assert (found.meeting.id if found.meeting else None) == meeting


def test_what_falls_due_while_the_meeting_runs_is_not_carried_over(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: next WG")
    next_meeting(folder)
    assert list(placed(packed(folder, day=date(2003, 3, 11)))) == [HERE]


@pytest.mark.parametrize("days", ["due: 2003-01-15", "due: next WG", "due: ongoing"])
def test_what_a_meeting_encouraged_stands_apart_and_is_never_late(
    folder: Folder, days: str
) -> None:
    folder.mandate(f"responsible: AAA, kind: encouragement, {days}")
    next_meeting(folder)
    found = packed(folder)
    assert placed(found) == {"Encouragements, for information": ["WG-2002-10/1"]}
    assert [change.kind for change in found.changes] == []
    assert list(found.silent) == []
    text = markdown(found, "en", in_full=True)
    assert "late" not in text
    assert "overdue" not in text.lower()


def test_an_office_that_passed_on_is_one_row_for_all_its_duties(folder: Folder) -> None:
    folder.meeting("".join(f"- {{number: {n}, text: T, responsible: CH}}\n" for n in (1, 2, 3)))
    next_meeting(folder)
    text = markdown(packed(folder), "es", in_full=True)
    row = "| **WG-2002-10/1, 2, 3** (3 duties) | Presidencia (Brezo) | 1 de enero de 2003 | "
    assert text.count("passed on") == text.count(row) == 1


@pytest.mark.parametrize(
    ("language", "who"),
    [("es", "Presidencia (Brezo) y Organización"), ("en", "Chair (Brezo) and Organización")],
)
def test_those_who_owe_together_are_named_as_in_a_sentence(
    folder: Folder, language: str, who: str
) -> None:
    folder.mandate("responsible: [CH, ORG], due: 2003-01-15")
    next_meeting(folder)
    assert f"| {who} |" in markdown(packed(folder), language, in_full=True)
    assert "| CH (BBB) + ORG |" in markdown(packed(folder), language)


TITLES = [
    pytest.param("", "Meeting of the Grupo de Trabajo, 10–12 March 2003", id="no title"),
    pytest.param("XIII Reunión del GT", "XIII Reunión del GT", id="a title"),
    pytest.param("XIII REUNIÓN DEL GRUPO", "XIII Reunión del Grupo", id="a title in capitals"),
]


@pytest.mark.parametrize(("title", "name"), TITLES)
@pytest.mark.parametrize("day", [date(2003, 2, 1), date(2003, 4, 1)])
def test_a_next_meeting_that_is_in_the_record_is_named(
    folder: Folder, title: str, name: str, day: date
) -> None:
    """Before and after it was held; the one that a later meeting moved the duty to, likewise."""
    folder.mandate("responsible: AAA, due: next WG")
    key = f", title: {title}" if title else ""
    folder.write(
        "meetings/WG-2003-03.yaml",
        f"{{id: WG-2003-03, body: WG, start: 2003-03-10, end: 2003-03-12{key}}}\n",
    )
    folder.meeting("", id="WG-2003-06", start="2003-06-01", end="2003-06-02")
    text = markdown(packed(folder, day=day), "en", in_full=True)
    assert f"| 10 March 2003 ({name}) |" in text
    assert "next meeting of" not in text


def test_a_deadline_that_was_moved_names_the_meeting_after_that_which_moved_it(
    folder: Folder,
) -> None:
    folder.mandate("responsible: AAA, due: next WG")
    moved = "- {number: 1, text: T, extends: {mandate: WG-2002-10/1, due: next WG}}\n"
    folder.meeting(moved, id="WG-2003-03", start="2003-03-10", end="2003-03-12")
    folder.meeting("", id="WG-2003-06", start="2003-06-01", end="2003-06-02")
    text = markdown(packed(folder, day=date(2003, 4, 1)), "es")
    assert "2003-06-01 (Meeting del Grupo de Trabajo, 1 y 2 de junio de 2003)" in text


@pytest.mark.parametrize(
    ("done", "who"),
    [
        pytest.param(1, "faltan 2 de 3: Brezo, Dalia; cumplido: Ámbar", id="two are left"),
        pytest.param(2, "falta 1 de 3: Dalia; cumplido: Ámbar, Brezo", id="one is left"),
        pytest.param(0, "los 3, cada uno (con informe: 0): Ámbar, Brezo, Dalia", id="nobody has"),
    ],
)
def test_who_still_owes_comes_before_who_has_done_it(folder: Folder, done: int, who: str) -> None:
    folder.mandate("responsible: {each: [AAA, BBB, DDD]}, due: 2003-01-15")
    for code in ("AAA", "BBB")[:done]:
        report = "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n"
        folder.progress(code, report)
    next_meeting(folder)
    with using_language("es"):
        text = markdown(packed(folder), "es", in_full=True)
    assert f"| {who} | 15 de enero de 2003 |" in text


def test_a_row_that_has_not_all_who_owe_counts_without_a_verb(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB, DDD]}, due: 2003-01-15")
    folder.meeting(
        "- {number: 1, text: T, extends: {mandate: WG-2002-10/1, due: 2003-02-15, parties: BBB}}\n",
        id="CO-2002-11", body="CO", start="2002-11-20", end="2002-11-21",
    )  # fmt: skip
    next_meeting(folder)
    with using_language("es"):
        text = markdown(packed(folder), "es", in_full=True)
    assert "| 2 de 3: Ámbar, Dalia | 15 de enero de 2003 |" in text
    assert "| 1 de 3: Brezo | 15 de febrero de 2003 |" in text


@pytest.mark.parametrize(("count", "rows"), [(10, 20), (11, 11)])
def test_many_that_are_newly_late_are_listed_once(folder: Folder, count: int, rows: int) -> None:
    keys = "text: T, action: Presentar, responsible: AAA, due: 2003-01-15"
    folder.meeting("".join(f"- {{number: {number}, {keys}}}\n" for number in range(1, count + 1)))
    next_meeting(folder)
    text = markdown(packed(folder), "en")
    assert text.count("** Presentar |") == rows
    sentence = f"Since then {count} duties have become late: see section 2."
    assert (sentence in text) is (rows == count)
    assert ("## 2. Carried over: late" in text) is True


SEVERAL = """\
- {number: 1, text: Uno, action: A, responsible: {each: [AAA, BBB, DDD]}, due: 2003-01-15}
- {number: 2, text: Dos, action: B, responsible: [CH, ORG], due: 2003-02-10}
- {number: 3, text: Tres, action: C, responsible: BBB}
- {number: 4, text: Cuatro, action: D, responsible: BBB, due: 2002-12-01}
- {number: "5", text: "Se incluirá:"}
- {number: 5.a, text: la definición., action: E, responsible: []}
"""
REPORTS = """\
- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done, evidence: example.org/a, note: N}
- {mandate: WG-2002-10/2, date: 2003-01-11, progress: started}
"""


def several(folder: Folder) -> MeetingPack:
    folder.meeting(SEVERAL)
    folder.progress("BBB", REPORTS.replace("- {mandate: WG-2002-10/1", "- {mandate: WG-2002-10/4"))
    folder.progress("AAA", REPORTS.splitlines()[0])
    next_meeting(folder)
    return packed(folder)


def test_who_has_not_reported(folder: Folder) -> None:
    """By name: what is open, of it without a report, and late. AAA has answered all it owes.

    Brezo has what the office owes that it holds too, as `grcm tasks BBB` lists it.
    """
    assert [tuple(row) for row in several(folder).silent] == [
        ("Brezo", 3, 2, 1),
        ("Dalia", 1, 1, 1),
    ]


@pytest.mark.parametrize(
    ("reported", "settled"),
    [
        pytest.param("2002-10-31", [], id="on the last meeting's last day: it knew"),
        pytest.param("2002-11-01", ["WG-2002-05/1"], id="the day after it"),
        pytest.param("2003-02-01", ["WG-2002-05/1"], id="today"),
        pytest.param("2003-02-02", [], id="tomorrow: not yet"),
    ],
)
def test_what_was_settled_since_the_last_meeting(
    folder: Folder, reported: str, settled: list[str]
) -> None:
    folder.mandate("responsible: AAA", id="WG-2002-05", start="2002-05-01", end="2002-05-02")
    folder.meeting("")
    folder.progress("AAA", f"- {{mandate: WG-2002-05/1, date: {reported}, progress: done}}\n")
    found = packed(folder)
    assert [str(task.reference) for task in found.settled.tasks] == settled
    assert found.settled.title == (
        "Settled since the last meeting (29–31 October 2002), for information"
    )


def test_what_a_later_meeting_closed_is_settled_on_that_meeting_s_last_day(folder: Folder) -> None:
    folder.mandate("responsible: AAA", id="WG-2002-05", start="2002-05-01", end="2002-05-02")
    folder.meeting("- {number: 1, text: T, closes: WG-2002-05/1}\n", id="CO-2002-11", body="CO")
    assert [str(task.reference) for task in packed(folder).settled.tasks] == ["WG-2002-05/1"]


@pytest.mark.parametrize(
    ("keys", "meeting", "changes"),
    [
        pytest.param("due: 2002-10-31", {}, ["2002-11-01 late"], id="since the day after it"),
        pytest.param("due: 2002-10-30", {}, [], id="it was late at the meeting"),
        pytest.param("due: 2003-02-01", {}, [], id="and is not late today"),
        pytest.param("due: 2003-01-15", {"body": "CO"}, [], id="of another body"),
        pytest.param("due: next WG", {"body": "CO"}, [], id="due at its next meeting"),
    ],
)
def test_what_has_changed_since_the_last_meeting(
    folder: Folder, keys: str, meeting: dict[str, str], changes: list[str]
) -> None:
    folder.mandate(f"responsible: AAA, {keys}", id="X-2002-05", start="2002-05-01",
                   end="2002-05-02", **{"body": "WG", **meeting})  # fmt: skip
    folder.meeting("")
    next_meeting(folder)
    found = packed(folder)
    assert [f"{one.day} {one.kind}" for one in found.changes] == changes
    title = "## 1. Since the last meeting (29–31 October 2002)"
    assert (title in markdown(found, "en")) is bool(changes)


def test_without_a_meeting_that_is_over_there_is_nothing_since(folder: Folder) -> None:
    folder.mandate("responsible: [AAA, WG], due: 2003-01-15", body="CO")
    next_meeting(folder)
    found = packed(folder)
    assert (found.last, found.changes) == (None, [])


DOCUMENT = """\
# Grupo de Trabajo

10–12 March 2003

Grupo de Trabajo (WG): mandates as they stand on 1 February 2003

## 1. Since the last meeting (29–31 October 2002)

| Conclusion | Responsible | Day | Change |
| --- | --- | --- | --- |
| **WG-2002-10/2** B | CH (BBB) + ORG | 2003-01-01 | passed on: AAA → BBB |
| **WG-2002-10/1** A | 1 of 3: AAA | 2003-01-10 \
| settled: done (1 of 3 so far); example.org/a · N |
| **WG-2002-10/4** D | BBB | 2003-01-10 | settled: done late; example.org/a · N |
| **WG-2002-10/2** B | CH (BBB) + ORG | 2003-01-11 | reported: started |
| **WG-2002-10/1** A | 2 of 3 (AAA done): BBB DDD | 2003-01-16 | newly late: deadline 2003-01-15 |

## 2. Carried over: late

| Conclusion | Responsible | Deadline | Status | Evidence |
| --- | --- | --- | --- | --- |
| **WG-2002-10/1** A | 2 of 3 (AAA done): BBB DDD | 2003-01-15 | **late 17 days** \
| AAA: example.org/a · N |

## 3. Falls due before this meeting

| Conclusion | Responsible | Deadline | Status |
| --- | --- | --- | --- |
| **WG-2002-10/2** B | CH (BBB) + ORG | 2003-02-10 | in 9 days; BBB started; no report: ORG |

## 4. Without a day

| Conclusion | Responsible | Deadline | Status |
| --- | --- | --- | --- |
| **WG-2002-10/3** C | BBB | – | no deadline; 93 days without a report |
| **WG-2002-10/5.a** E | nobody named | – | no deadline; 93 days without a report |

## 5. Reports that are missing, by party

| Party | Open | Without a report | Overdue |
| --- | ---: | ---: | ---: |
| Brezo | 3 | 2 | 1 |
| Dalia | 1 | 1 | 1 |

## 6. Settled since the last meeting (29–31 October 2002), for information

| Conclusion | Responsible | Deadline | Status | Evidence |
| --- | --- | --- | --- | --- |
| **WG-2002-10/4** D | BBB | 2002-12-01 | done late, 2003-01-10 \
| BBB: example.org/a · N |
| **WG-2002-10/1** A | 1 of 3: AAA | 2003-01-15 | done 2003-01-10 \
| AAA: example.org/a · N |

## Annex: texts of the conclusions

### Meeting of the Grupo de Trabajo, 29–31 October 2002

**WG-2002-10/1**

> Uno

**WG-2002-10/2**

> Dos

**WG-2002-10/3**

> Tres

**WG-2002-10/4**

> Cuatro

**WG-2002-10/5**

> Se incluirá:

**WG-2002-10/5.a**

> la definición.
"""


def test_the_document(folder: Folder) -> None:
    assert markdown(several(folder), "en") == DOCUMENT


def test_those_done_are_told_with_how_many_were_late(folder: Folder) -> None:
    """Where their days differ; and reports alone, without evidence, are no column."""
    folder.meeting(
        "- {number: 1, text: Uno, responsible: {each: [AAA, BBB, CCC]}, due: 2003-01-15}\n"
    )
    for code, day in (("AAA", "2003-01-10"), ("BBB", "2003-01-20"), ("CCC", "2003-01-30")):
        folder.progress(code, f"- {{mandate: WG-2002-10/1, date: {day}, progress: done}}\n")
    text = markdown(packed(folder), "en")
    assert "| 2003-01-15 | done, 2 late |\n" in text
    assert "Evidence" not in text


def test_a_pack_says_what_it_leaves_out_and_what_it_cannot_tell(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-04-01")
    assert [said[:40] for said in notices(packed(folder))] == [
        "No next meeting of the Grupo de Trabajo "
    ]
    next_meeting(folder)
    assert list(notices(packed(folder))) == [
        "1 duty falls due after this meeting and is left out.",
        "Nothing is open.",
    ]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_holds_what_the_document_does(folder: Folder, language: str) -> None:
    """HTML is the Markdown's own, so that neither says more; heads repeat on paper, lines show."""
    found = several(folder)
    with using_language(language):
        page, text = (
            Page(html(found, language)),
            Page(to_html(markdown(found, language, in_full=True))),
        )
    assert page.text.split() == [*page.text.split()[: -len(text.text.split())], *text.text.split()]
    assert page.tags.count("table") == page.tags.count("thead") == 6
    assert ("lang", language) in page.attributes
    assert "landscape" in page.text
    styles = [value or "" for name, value in page.attributes if name == "style"]
    cells = page.tags.count("td") + page.tags.count("th")
    assert sum("border" in style for style in styles) == cells
    assert sum("right" in style for style in styles) == 9


# --- the command ---------------------------------------------------------------------------------


def agenda(folder: Folder, *arguments: str, day: str = "2003-02-01") -> tuple[int, str, str]:
    ran = run_grcm("--data", str(folder.path), "--as-of", day, "agenda", *arguments)
    return ran.code, ran.out, ran.err


def hostile(folder: Folder) -> list[str]:
    """Write every text that might act into every place that a pack shows; return the texts."""
    texts = [*HOSTILE.values(), "{{ 7*7 }}", "1. # x", "- x", "> x", "</td></table>", "--> <!--"]
    quoted = [json.dumps(text, ensure_ascii=False) for text in texts]
    ignored = " # grcm: ignore[bidi-control, invisible-character, odd-character]"
    folder.meeting(
        "".join(
            f"- number: {number}\n  text: {text}{ignored}\n  action: {text}{ignored}\n"
            "  responsible: {each: [AAA, BBB]}\n  due: 2003-01-15\n"
            for number, text in enumerate(quoted, 1)
        )
    )
    folder.progress(
        "AAA",
        "".join(
            f"- mandate: WG-2002-10/{number}\n  date: 2003-01-10\n  progress: done\n"
            f"  note: {text}{ignored}\n"
            for number, text in enumerate(quoted, 1)
        ),
    )
    return texts


def test_no_text_acts_in_either_format(folder: Folder) -> None:
    texts = hostile(folder)
    page = Page(agenda(folder, "WG", "--format", "html")[1])
    assert set(page.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "h3", "p"),
        *("table", "thead", "tbody", "tr", "th", "td", "strong", "blockquote"),
    }
    assert {name for name, _value in page.attributes} <= {
        *("lang", "charset", "class", "style", "width", "valign"),
    }
    of_markdown = Page(to_html(agenda(folder, "WG")[1]))
    said = " ".join(of_markdown.text.split())
    for text in texts:
        shown = " ".join(clean(text).split())
        # As an action and in evidence, of the open and the settled; and in the annex. Of what has
        # changed, those that are late have a sentence, as they are many.
        assert said.count(shown) >= 5
        assert " ".join(page.text.split()).count(shown) == said.count(shown)
    assert of_markdown.tags.count("td") == page.tags.count("td")
    rows = 2 * len(texts)
    assert of_markdown.tags.count("td") == 4 * len(texts) + 5 * rows + 4


@pytest.mark.parametrize("word", ["WG", "wg", "grupo de trabajo"])
def test_a_body_by_any_of_its_names(folder: Folder, word: str) -> None:
    folder.mandate("responsible: AAA")
    code, out, err = agenda(folder, word)
    assert (code, out.split("\n")[0]) == (0, "# Next meeting: Grupo de Trabajo")
    assert err == (
        "no next meeting of the Grupo de Trabajo is in the record; "
        "grcm new --body WG --start … adds it\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["AAA"], "AAA is no body that meets; the bodies are: WG, CO"),
        (["XYZ"], "the register has no body 'XYZ'; its bodies are: WG, CO"),
        ([], "BODY is missing"),
        (["WG", "--format", "pdf"], "--format: 'pdf' is not one of: md, html, docx"),
    ],
)
def test_what_cannot_be_meant(folder: Folder, arguments: list[str], said: str) -> None:
    code, out, err = agenda(folder, *arguments)
    assert (code, out, err) == (2, "", f"grcm: {said}\n")


def test_a_file_is_not_written_over_unasked(folder: Folder, tmp_path: Path) -> None:
    folder.mandate("responsible: AAA")
    next_meeting(folder)
    path = tmp_path / "pack.html"
    arguments = ("WG", "--format", "html", "-o", str(path))
    assert agenda(folder, *arguments) == (0, f"{path}: 1 duty\n", "")
    written = path.read_bytes()
    assert written.startswith(b"<!DOCTYPE html>")
    path.write_bytes(b"mine")
    code, out, err = agenda(folder, *arguments)
    assert (code, out) == (2, "")
    assert err == f"grcm: {path} is there already; --force writes over it\n"
    assert path.read_bytes() == b"mine"
    assert agenda(folder, *arguments, "--force")[0] == 0
    assert path.read_bytes() == written


def test_a_duty_with_an_error_stays_in_the_pack(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 15/01/2003")
    next_meeting(folder)
    code, out, err = agenda(folder, "WG")
    assert code == 1
    assert "| AAA | ? 15/01/2003 | ? unclear |" in out
    assert "meetings/WG-2002-10.yaml:7:51: error[wrong-due]" in err


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Guatemala"])
def test_the_same_bytes_in_every_zone(zone: str) -> None:
    arguments = ("agenda", "GRCM", "--as-of", "2003-04-01", "--format", "html")
    assert run_grcm(*arguments, TZ=zone).out == run_grcm(*arguments, TZ="UTC").out
