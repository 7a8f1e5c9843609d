"""What is read in a sentence: one sentence a line, with what each gives.

In `tests/sentences/`, the name of a page says what is asked of its sentences, and the answer stands
behind ` → `: ` · ` parts several, `-` is none, `⏎` a line end. `python -m
tests.drafting.test_sentences` writes the answers anew; then read the difference.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.register import Register
from grcm_cli.drafting.deadlines import time_expressions_in
from grcm_cli.drafting.documents import docx as word
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.draft import Doubt, Draft, draft
from grcm_cli.drafting.layout.lines import lines_of
from grcm_cli.drafting.layout.outline import outline
from grcm_cli.drafting.mandate import Reading
from grcm_cli.drafting.marked_text import marked_document
from grcm_cli.drafting.ordinals import numbered_meetings, ordinals_in
from grcm_cli.drafting.party_names import PartyNames
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.drafting.review import doubts, grouped
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.storage.loader import load
from grcm_cli.times.patterns import Time

from ..conftest import EVERY, ROOT
from .conftest import own_register
from .documents import docx, paragraph, table

PAGES = sorted((ROOT / "tests/sentences").glob("*.txt"))
MEETING_ENDED = date(2002, 10, 31)
"""It is one of the GRCM. The record has the eighth CRM, of May 2003, as CRM-2003-05."""
HEAD = (
    "Meeting of the Regional Consultation Group on Migration\n"
    "Guatemala City, 29 to 31 October 2002\n\n"
)
SUBMITS = {"es": "Panamá presentará un mapa {}.", "en": "Panama shall submit a map {}."}
OLDER = ("extends:", "closes:", "supersedes:", "follows:")
THANKS = {"es": "Agradecer a México.", "en": "Thank Mexico."}


def reader(register: Register, language: str) -> ConclusionReader:
    meetings = numbered_meetings(register.meetings)
    return ConclusionReader(PartyNames(register), language, MEETING_ENDED, "GRCM", meetings)


def told(reading: Reading) -> list[str]:
    """Return each duty as `who: what is to be done`, by when after it."""
    lines = []
    for duty in reading.duties:
        assert duty.due is None or parse_due(duty.due.due) is not None
        who = "+".join(duty.who.codes)
        if duty.who.mode in ("members", "participants", "nobody"):
            who = duty.who.mode + who
        elif duty.who.mode == "each":
            who = f"each {who}"
        lines.append(f"{who}: {duty.action}" + (f" [{duty.due.due}]" if duty.due else ""))
    return lines


def numbered_duties(found: Draft) -> list[str]:
    """Return each duty of a draft behind the number of its conclusion."""
    numbered = ((one.item.number, told(one.reading)) for one in found.conclusions)
    return [f"{number} {line}" for number, lines in numbered for line in lines]


def duties(register: Register, language: str, text: str) -> list[str]:
    return told(reader(register, language).read(text))


def acts(register: Register, language: str, text: str) -> list[str]:
    return list(reader(register, language).read(text).acts)


def left_over(register: Register, language: str, text: str) -> list[str]:
    """Return what gave no mandate, a time that gave no deadline, and a deadline of two duties."""
    found = reader(register, language).read(text)
    assert all(text[slice(*one.place or ())] == one.words for one in found.unbound)
    excerpts = {"lost": found.unbound, "time": found.untimed, "shared": found.shared}
    return [f"{kind}: {one.words}" for kind, each in excerpts.items() for one in each]


def times(register: Register, language: str, words: str) -> list[str]:
    """Return the deadline of a duty that is due so, `?` before one that is not sure."""
    [duty] = reader(register, language).read(SUBMITS[language].format(words)).duties
    return due(duty.due)


def due(found: Time | None) -> list[str]:
    if found is None:
        return []
    assert parse_due(found.due) is not None
    written = f"{found.due} until {found.until}" if found.until else found.due
    return [written if found.sure else f"? {written}"]


def cells(register: Register, language: str, cell: str) -> list[str]:
    """Return the deadline in a cell of a table."""
    return due(reader(register, language).due_in(cell))


def expressions(_register: Register, _language: str, text: str) -> list[str]:
    """Return each expression of time, whatever day it means."""
    places = time_expressions_in(text, 0, len(text), MEETING_ENDED)
    return [text[start:end] for start, end in places]


def ordinals(_register: Register, _language: str, text: str) -> list[str]:
    return [str(number) for number in sorted(ordinals_in(text))]


def drafted(register: Register, text: str) -> Draft:
    head = "Grupo Regional de Consulta sobre Migración, Managua, 30 y 31 de octubre de 2002"
    return draft(read(f"{head}\n\nCONCLUSIONES\n\n{text}\n".encode()), register, {})


def tags(register: Register, language: str, text: str) -> list[str]:
    """Return the duties of a conclusion with who and by when behind its text."""
    found = drafted(register, f"1. {text}\n\n2. {THANKS[language]}")
    return [line for one in found.conclusions for line in told(one.reading)]


def rows(register: Register, language: str, row: str) -> list[str]:
    """Return the first duties of a row of a table with who and by when."""
    table = f"| No. | Action | Responsible | Due |\n| 1 | {row} |\n| 2 | – | – | – |"
    return told(drafted(register, table).conclusions[0].reading)


def tables(register: Register, language: str, text: str) -> list[str]:
    """Return the duties of a table of Word in the second conclusion, each behind its number.

    In brackets, the points to check, of what is lost with all of its words. `@` stands for a row.
    """
    text = text.replace("@", "Elaborar el mapa | Secretaría Técnica | 30/11/2003")
    cells = [[cell.strip() for cell in f"{line} ".split(" | ")] for line in text.split("\n")]
    thanks, last = (paragraph(f"{number}. {THANKS[language]}") for number in (1, 3))
    stem = paragraph("2. Aprobar el plan de 2003, que comprende lo siguiente:")
    body = thanks + stem + table(*(map(paragraph, row) for row in cells)) + last
    keys = {"body": "GRCM", "start": "2002-10-31", "language": language}
    found = draft(word.read(docx(body)), register, keys)
    texts = {one.item.number: one.item.text for one in found.conclusions}
    points = [
        f"{one.number} lost: {texts[one.number][slice(*one.place or (0, 0))] or one.words}"
        if one.number and one.is_loss
        else f"{one.number}: {one.sentence}".lstrip(": ")
        for one in doubts(found)
    ]
    return [*numbered_duties(found), *(f"({point})" for point in points)]


def second(register: Register, language: str, text: str) -> tuple[Draft, list[Doubt]]:
    """Return the draft of a document whose second conclusion has a text, and its points."""
    first = {"es": "Aprobar la lista.", "en": "Approve the list."}[language]
    document = f"{HEAD}1. {first}\n\n2. {text}\n"
    found = draft(read(document.encode()), register, {"language": language})
    return found, [point for point in doubts(found) if point.number.startswith("2")]


def lost(register: Register, language: str, text: str) -> list[str]:
    """Return the words of which no mandate was made, whatever else the text says."""
    found, points = second(register, language, text)
    said = ("no mandate was made from ", "a table was not understood; ")
    whole = found.conclusions[1].item.text
    return [
        whole[slice(*one.place)] if one.place else one.words
        for one in points
        if one.is_loss and one.sentence.startswith(said)
    ]


def first_days(register: Register, language: str, text: str) -> list[str]:
    """Return the deadline of what recurs, with the words for it.

    The first day is written beside how often; a first month, or an adjective, leaves it a point.
    """
    found, points = second(register, language, text)
    [(_conclusion, duty)] = found.duties
    assert duty.due is not None
    assert [one.words for one in points] == ([] if duty.due.sure else [duty.when.words])
    return [*due(duty.due), duty.when.words]


def who(register: Register, language: str, text: str) -> list[str]:
    """Return how each duty binds, a name that the register lacks, and `?` where it is not sure.

    What is not sure is a point to check; `open` is whether several owe it together or each.
    """
    found, points = second(register, language, text)
    bound = [duty.who for _conclusion, duty in found.duties]
    assert bool(points) == any(not one.sure for one in bound)
    assert all(one.is_open <= (not one.sure) for one in bound)
    marks = ["" if one.sure else "? open" if one.is_open else "?" for one in bound]
    return [
        " ".join(filter(None, [one.mode, one.words, mark]))
        for one, mark in zip(bound, marks, strict=True)
    ]


def of_older(register: Register, language: str, text: str) -> Draft:
    """Return the draft of a document whose first conclusion has a text; `@` is the last meeting."""
    head = {
        "es": "Reunión del Grupo Regional de Consulta sobre Migración\n"
        "Ciudad de México, 3 al 4 de febrero de 2003\n\nCONCLUSIONES",
        "en": "Meeting of the Regional Consultation Group on Migration\n"
        "Mexico City, 3 to 4 February 2003\n\nCONCLUSIONS",
    }[language]
    last = {"es": "de la reunión anterior", "en": "of the previous meeting"}[language]
    document = f"{head}\n\n1. {text.replace('@', last)}\n\n2. {THANKS[language]}\n"
    return draft(read(document.encode()), register, {"body": "GRCM", "language": language})


def older_keys(found: Draft) -> list[str]:
    """Return the lines of the meeting file on older mandates, without comments."""
    lines = (line.strip().partition("  #")[0] for line in meeting_file(found, "").splitlines())
    return [line for line in lines if line.startswith(OLDER)]


def older(register: Register, language: str, text: str) -> list[str]:
    """Return the keys on older mandates, each a point to check; duties; words of other points."""
    found = of_older(register, language, text)
    points = [one.sentence for one in doubts(found) if one.number == "1"]
    others = [point for point in points if not point.startswith("inferred; check it: ")]
    changes = [one for one in found.conclusions[0].older if one.reference and one.kind != "follows"]
    assert len(points) - len(others) == len(changes)
    duties = told(found.conclusions[0].reading)
    return [*older_keys(found), *duties, *(point.rpartition(": ")[2] for point in others)]


def points(register: Register, _language: str, text: str) -> list[str]:
    """Return the lines of the summary for an English document with these conclusions."""
    last = len(re.findall(r"^[0-9]\.", text, re.MULTILINE))
    others = f"\n{last + 1}. Thank Mexico.\n\n{last + 2}. Thank Panama.\n" if last else ""
    document = f"{HEAD}CONCLUSIONS\n\n{text}\n{others}"
    found = draft(read(document.encode()), register, {"language": "en"})
    return list(grouped(doubts(found)))


def marks(register: Register, language: str, text: str) -> list[str]:
    """Return the marks of a document's text, in order."""
    keys = {"body": "GRCM", "start": "2002-10-29", "language": language}
    found = draft(read(f"CONCLUSIONS\n\n{text}\n".encode()), register, keys)
    shown = marked_document(found, doubts(found))
    return [f"{mark.kind} {mark.words}" for mark in shown.marks]


def header(register: Register, language: str, text: str) -> list[str]:
    """Return the keys of a document's header, `?` behind what is not sure.

    In brackets, the words by which it may be a letter. `@` stands for a sentence that says where
    and when they met; its own words are not said as the title.
    """
    held = (
        "La Reunión del Grupo Regional de Consulta sobre Migración se celebró en Managua, "
        "Nicaragua, los días 6 y 7 de mayo de 2008."
    )
    rest = f"CONCLUSIONES\n\n1. {THANKS[language]}\n\n2. {THANKS[language]}\n"
    found = draft(read(f"{text.replace('@', held)}\n\n{rest}".encode()), register, {})
    values = []
    for key, value in found.keys.items():
        written = value.text if isinstance(value.text, str) else " ".join(value.text)
        if key not in ("id", "language") and not (key == "title" and written in held):
            values.append(f"{key}: {written}{'' if value.sure else '?'}")
    letter = found.header.letter.words
    assert any("`kind: correspondence`" in one.sentence for one in doubts(found)) is bool(letter)
    return [*values, *([f"({letter})"] if letter else [])]


def items(_register: Register, _language: str, text: str) -> list[str]:
    """Return the number and the text of each conclusion and item of a document."""
    head = "Reunión del Grupo Regional de Consulta sobre Migración\n\nCONCLUSIONES\n\n"
    lines = lines_of([Paragraph(line) for line in f"{head}{text}\n".split("\n")])
    return [f"{item.number} {item.text}" for item in outline(lines).items]


@cache
def example_register() -> Register:
    """Return the register beside the pages, of a process with groups."""
    known = load(PAGES[0].parent, PAGES[0].parent).register
    assert known is not None
    return known


def sure(_register: Register, language: str, text: str) -> list[str]:
    """Return the keys of a conclusion of the other register, `?` behind what is not sure.

    And the points to check, in brackets.
    """
    keys = {"body": "TC", "start": "2027-03-10", "language": language}
    pieces = [Paragraph(text, "1."), Paragraph("Thank Fiji.", "2.")]
    made = draft(pieces, example_register(), keys)
    lines = meeting_file(made, "").partition("number: 1")[2].partition("- number: 2")[0]
    values = []
    for line in lines.splitlines():
        key, _colon, value = line.strip(" -").partition(": ")
        if key in ("action", "responsible", "lead", "support", "due", "confidential"):
            value, _hash, remark = value.partition("  # ")
            values.append(f"{key}: {value}{'?' if remark.startswith('check') else ''}")
    found = [point.sentence for point in doubts(made) if point.number.startswith("1")]
    return [*values, *(f"({point})" for point in found)]


ASKED = {
    one.__name__.replace("_", "-"): one
    for one in (
        *(duties, who, acts, left_over, lost, points, marks, sure, items, header),
        *(tags, rows, tables, older, first_days, times, cells, expressions, ordinals),
    )
}


def answered(page: str, name: str, register: Register) -> str:
    """Return a page with the answers that its sentences give now."""
    return "".join(f"{line}\n" for line in answers(page.splitlines(), name, register))


def answers(lines: Iterable[str], name: str, register: Register) -> Iterable[str]:
    for line in lines:
        sentence = line.partition(" → ")[0]
        language, colon, text = sentence.partition(": ")
        if line.startswith("#") or not colon:
            yield line
        else:
            answer = ASKED[name](register, language, text.replace("⏎", "\n"))
            yield f"{sentence} → {' · '.join(answer) or '-'}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_sentence_gives_what_stands_behind_it(path: Path, register: Register) -> None:
    page = path.read_text(encoding="utf-8")
    assert answered(page, path.stem, register) == page


@pytest.mark.parametrize("words", ["dentro de {} días", "cada {} meses"])
def test_a_number_of_many_digits_is_no_time(register: Register, words: str) -> None:
    assert times(register, "es", words.format("9" * 5000)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Se solicita a Costa Rica presentar un informe la primera semana de mayo de 0000."),
        ("es", "Costa Rica presentará un informe antes del 1 de enero de 0001."),
        ("en", "Mexico shall present a report before 1 January 0001."),
        ("en", "Mexico shall present a report by 31 December 9999."),
    ],
)
def test_a_year_at_the_end_of_the_calendar_is_no_bug(
    register: Register, language: str, text: str
) -> None:
    assert len(duties(register, language, text)) == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_may_break_off_anywhere(register: Register, language: str) -> None:
    """Rules look a few words ahead and back: a piece of each is read, or of every fourth."""
    random = Random(1)  # noqa: S311 # the same pieces in every run, and no secret
    lines = [line for path in PAGES for line in path.read_text("utf-8").splitlines()]
    for line in lines[:: 1 if EVERY else 4]:
        named, _colon, rest = line.partition(": ")
        words = rest.partition(" → ")[0].split()
        if named == language and words:
            first, last = sorted(random.choices(range(len(words)), k=2))
            piece = " ".join(words[first : last + 1])
            found, _points = second(register, language, piece)
            assert found.conclusions, piece


if __name__ == "__main__":
    for path in PAGES:
        page = answered(path.read_text(encoding="utf-8"), path.stem, own_register())
        path.write_text(page, encoding="utf-8")
