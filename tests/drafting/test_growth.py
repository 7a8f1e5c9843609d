"""The work of a draft grows like the document, whatever that is made of; counted in lines."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import cycle

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting import header, reading, tokens
from grcm_cli.drafting.comparison import compare
from grcm_cli.drafting.documents import docx as word
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.layout import sections
from grcm_cli.drafting.layout.lines import lines_of
from grcm_cli.drafting.layout.outline import outline
from grcm_cli.drafting.marked_text import marked_document
from grcm_cli.drafting.review import doubts, explanation
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.reader.records import read_meeting
from grcm_cli.storage.loader import load

from ..conftest import DATA, EVERY, Folder
from ..steps import lines_run
from .documents import docx, in_list, paragraph, table
from .shapes import LINES, PARAGRAPHS, SENTENCES, WORDS, Shape, Words, headed, repeated

SIZE = 37
"""Characters that the smallest of three documents repeats; the largest repeats 9 times as many."""
LARGER = {
    **dict.fromkeys(["an endless sentence", "duties in sentences", "one word with hyphens"], 150),
    **dict.fromkeys(["infinitives", "letters in a sentence", "letters"], 125),
    **dict.fromkeys(["modal verbs", "roman numbers"], 125),
}
"""Those of shapes whose clauses cost much, so that less shows only in larger documents."""
OUTLINED = 150
"""The same where only the outline is made: its few steps would not show among those of reading."""
MOST = 4
"""Growth from 3 to 9 times the size, over that from 1 to 3 times.

It is 3 where the work is linear and 9 where it is square; the shape of actors comes to 3.8.
"""
SHAPES: Mapping[str, Shape] = {**SENTENCES, **LINES}
ALL_LANGUAGES = [(name, language) for name in SENTENCES for language in WORDS]
IN_LANGUAGES = ALL_LANGUAGES if EVERY else list(zip(SENTENCES, cycle(WORDS)))[::10]
"""Every sixth sentence in one language, in turn, but where none is left out."""
IN_ONE_LANGUAGE = list(zip(LINES, cycle(WORDS)))[:: 1 if EVERY else 10]
"""The layout of lines has no language."""
REGISTER = """
process: {code: CRM, name: {es: Conferencia Regional sobre Migración, en: Regional Conference}}
bodies:
  CRM: {name: {es: Conferencia Regional sobre Migración, en: Regional Conference on Migration}}
  GRCM: {name: {es: Grupo Regional de Consulta sobre Migración, en: Regional Consultation Group}}
members:
  MEX: {name: {es: México, en: Mexico}}
  PAN: {name: {es: Panamá, en: Panama}}
offices:
  PPT: {name: {es: Presidencia Pro-Témpore, en: Presidency Pro-Tempore}}
organizations:
  ST: {name: {es: Secretaría Técnica, en: Technical Secretariat}}
"""
"""The parties of the shapes alone: that of many names is measured by itself."""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    path = tmp_path_factory.mktemp("register")
    (path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    found = load(path, path).register
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower the limits, so that small documents reach them."""
    monkeypatch.setattr(tokens, "_LONGEST", 30)
    monkeypatch.setattr(reading, "_MAX_STEM", 100)
    monkeypatch.setattr(header, "_MAX_SPANS", 3)
    monkeypatch.setattr(sections, "_MAX_ANNEXES", 2)


def drafted(paragraphs: Sequence[Paragraph], register: Register) -> None:
    found = draft(paragraphs, register, {})
    meeting_file(found, "acta.txt")
    explanation(found)
    marked_document(found, doubts(found))


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how the work grows from 3 to 9 times a size, over that from 1 to 3 times."""
    tasks = [work(times * size) for times in (1, 3, 9)]
    tasks[0]()  # what is made once, as the verbs of a language
    small, middle, large = map(lines_run, tasks)
    return (large - middle) / max(1, middle - small)


def units(shape: Shape, words: Words, size: int) -> int:
    """Return how often a shape repeats what it has to have that many characters more."""
    characters = (len(shape(30, words)) - len(shape(10, words))) / 20
    return max(2, round(size / characters))


@pytest.mark.parametrize("name", list(LINES)[:: 1 if EVERY else 3])
def test_an_outline_takes_steps_like_the_lines(name: str) -> None:
    shape, words = LINES[name], WORDS["es"]

    def work(size: int) -> Callable[[], object]:
        paragraphs = read(shape(size, words).encode())
        return lambda: outline(lines_of(paragraphs))

    assert growth(work, units(shape, words, OUTLINED)) < MOST


@pytest.mark.parametrize(("name", "language"), [*IN_LANGUAGES, *IN_ONE_LANGUAGE])
def test_a_draft_takes_steps_like_a_document(name: str, language: str, register: Register) -> None:
    shape, words = SHAPES[name], WORDS[language]

    def work(size: int) -> Callable[[], object]:
        return partial(drafted, read(shape(size, words).encode()), register)

    assert growth(work, units(shape, words, LARGER.get(name, SIZE))) < MOST


@pytest.mark.parametrize(
    ("name", "language"), list(zip(PARAGRAPHS, cycle(WORDS)))[:: 1 if EVERY else 10]
)
def test_a_draft_takes_steps_like_paragraphs(name: str, language: str, register: Register) -> None:
    shape, words = PARAGRAPHS[name], WORDS[language]

    def work(size: int) -> Callable[[], object]:
        return partial(drafted, shape(size, words), register)

    assert growth(work, 3) < MOST


COMPARED = ("labels", "one label again and again", "letters", "bullets", "wrapped lines", "titles")


@pytest.mark.parametrize("name", COMPARED)
def test_a_comparison_takes_steps_like_the_document(name: str, register: Register) -> None:
    """With a file that has the document's words, and with one that has others."""
    words = WORDS["es"]

    def work(size: int) -> Callable[[], object]:
        paragraphs = read(SHAPES[name](size, words).encode())
        found = draft(paragraphs, register, {})
        text = meeting_file(found, "")
        meetings = [
            read_meeting("x.yaml", "GRCM-2002-10", each.encode(), [])
            for each in (text, text.replace("documento", "plano"))
        ]
        return lambda: [compare(found, one, paragraphs) for one in meetings if one is not None]

    assert growth(work, 8) < MOST


def _member(n: int) -> str:
    aliases = ", ".join(f"State {n} of Y{alias}" for alias in range(10))
    return f"  M{n}: {{name: State of X{n}, aliases: [{aliases}]}}"


@pytest.mark.parametrize("language", WORDS)
def test_a_draft_takes_steps_like_the_register(language: str, folder: Folder) -> None:
    """Members whose names begin alike, each with ten aliases, and a text that names all of them."""
    words = WORDS[language]

    def work(size: int) -> Callable[[], object]:
        members = "\n".join(map(_member, range(1, size + 1)))
        folder.write("register.yaml", f"process: {{code: P, name: P}}\nmembers:\n{members}")
        register = load(folder.path, folder.path).register
        assert register is not None
        text = repeated("State of X{n}, State {n} of Y9, State of Z{n}", size, ", ")
        text = headed(f"1. {words['opening']}: {text}.\n\n2. {words['thank']}", words)
        return partial(drafted, read(text.encode()), register)

    assert growth(work, 6) < MOST


@pytest.mark.parametrize("language", WORDS)
def test_a_draft_takes_steps_like_the_record(language: str, folder: Folder) -> None:
    """Many meetings of a body, and a text that cites as many."""
    words = WORDS[language]
    body = {"es": "Conferencia Regional sobre Migración", "en": "Regional Conference on Migration"}

    def work(size: int) -> Callable[[], object]:
        for n in range(size):
            day = f"{1900 + n % 100}-01-{n % 28 + 1:02}"
            text = f"id: CRM-{n}\nbody: CRM\nstart: {day}\ntitle: VII {body[language]}\n"
            folder.write(f"meetings/CRM-{n}.yaml", text)
        folder.write("register.yaml", (DATA / "register.yaml").read_bytes())
        register = load(folder.path, folder.path).register
        assert register is not None
        text = repeated(f"{words['refer']}, {words['meeting']}", size, ", ")
        text = headed(f"1. {words['opening']} {text}.\n\n2. {words['thank']}", words)
        return partial(drafted, read(text.encode()), register)

    assert growth(work, 6) < MOST


_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
WORD: Mapping[str, Callable[[int], bytes]] = {
    "paragraphs": lambda n: docx(paragraph("x") * n),
    "runs": lambda n: docx(paragraph(inner="<w:r><w:t>x</w:t></w:r>" * n)),
    "open fields": lambda n: docx(
        paragraph(inner=(_FIELD.format("begin") + _FIELD.format("separate")) * n)
    ),
    "rows": lambda n: docx(table(*[[paragraph("x"), paragraph("y")]] * n)),
    "tables": lambda n: docx((table([paragraph("x"), paragraph("y")]) + paragraph("z")) * n),
    "styles": lambda n: docx(
        paragraph("x", '<w:pStyle w:val="S1"/>') * n,
        styles="".join(
            f'<w:style w:type="paragraph" w:styleId="S{i}"><w:basedOn w:val="S{i + 1}"/></w:style>'
            for i in range(n)
        ),
    ),
    "lists": lambda n: docx("".join(paragraph("x", in_list(i)) for i in range(n))),
    "footnotes": lambda n: docx(
        paragraph(inner="".join(f'<w:r><w:footnoteReference w:id="{i}"/></w:r>' for i in range(n))),
        footnotes="".join(
            f'<w:footnote w:id="{i}">{paragraph("x")}</w:footnote>' for i in range(n)
        ),
    ),
}


@pytest.mark.parametrize("name", WORD)
def test_a_word_file_takes_steps_like_what_it_holds(name: str) -> None:
    assert growth(lambda size: partial(word.read, WORD[name](size)), 20) < MOST
