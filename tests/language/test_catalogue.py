"""All languages: no message of the source is without translation, and every placeholder stays."""

import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import html5lib
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from tools import rule_messages

from grcm_cli.cli import command_table
from grcm_cli.language.text import LANGUAGES

from ..conftest import ROOT, Folder, run_grcm

SOURCE = ROOT / "src/grcm_cli"
TRANSLATED = sorted(set(LANGUAGES) - {"en"})
METHODS = [
    *(("**.py", "python"), ("**/templates/**.html", "jinja2")),
    ("cli/help.txt", "tools.rule_messages:help_messages"),
    ("commands/reader_schemas.json", "tools.rule_messages:schema_messages"),
]
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}
for name, places in re.findall(r" -k (\w+):?([0-9,]*)", (ROOT / "Makefile").read_text()):
    KEYWORDS[name] = tuple(map(int, places.split(","))) if places else None
"""What babel looks for, and the functions that `make messages` names."""
SAME = {
    "es": {
        *("1", "[{yes}/no]", "{label}: {text}", "; ", "REF", "REF…"),
        *("`members`", "`responsible`", "error", "{count} error"),
    },
    "pt": {
        *("REF", "REF…", "{label}: {text}", "; ", "`members`", "`responsible`"),
        *("e-mail: {addresses}", "“{words}”", "{number}%"),
    },
    "fr": {
        *("(encouragement)", "Action", "Arguments", "CODE", "Code", "Conclusion", "Conclusions"),
        *("DOCUMENT", "Date", "Encouragement", "Note", "Options", "Pages", "Participants"),
        *("Parties", "Source"),
        *("[OPTIONS]", "`members`", "`responsible`", "directive", "enc.", "encouragement", "point"),
        *("{count} conclusion", "{count} conclusion.", "{month} {year}"),
        *("{day} {month}", "{day} {month} {year}"),
    },
}
"""What is the same in English and in a language."""


@cache
def messages() -> dict[str | tuple[str, ...], str]:
    """Return every message of the source with where it stands."""
    found = {}
    for file, line, message, _comments, _context in extract_from_dir(
        str(SOURCE), method_map=METHODS, keywords=KEYWORDS
    ):
        found[message] = f"{file}:{line}"
    return found


def catalogue_of(language: str, domain: str) -> Path:
    return SOURCE / f"locale/{language}/LC_MESSAGES/{domain}.po"


@pytest.fixture(scope="module", params=TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def catalogue(language: str) -> Catalog:
    with catalogue_of(language, "grcm").open("rb") as file:
        return read_po(file)


def forms(message: str | Sequence[str] | None) -> Sequence[str]:
    """Return a message's forms: one, or one for each number."""
    return (message,) if isinstance(message, str) else message or ()


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", text))


def test_every_message_is_translated(catalogue: Catalog, language: str) -> None:
    for message, place in messages().items():
        first = forms(message)[0]
        entry = catalogue.get(first)
        assert entry is not None, f"{place}: not in the catalogue: {message!r}"
        translated = forms(entry.string)
        assert all(translated), f"{place}: no translation of {message!r}"
        assert not entry.fuzzy, f"{place}: not checked: {message!r}"
        assert first in SAME[language] or translated[0] != first, (
            f"{place}: English in the catalogue: {message!r}"
        )


def test_no_message_is_left_over(catalogue: Catalog) -> None:
    known = {forms(message)[0] for message in messages()}
    for entry in catalogue:
        if entry.id:
            first = forms(entry.id)[0]
            assert first in known, f"no longer in the source: {first!r}"


def test_a_translation_has_the_placeholders_of_its_message(catalogue: Catalog) -> None:
    for entry in catalogue:
        if not entry.id:
            continue
        wanted = placeholders(forms(entry.id)[-1])
        for form in forms(entry.string):
            assert placeholders(form) == wanted, entry.id


@pytest.mark.parametrize("domain", ["grcm", "rules"])
def test_french_has_no_break_spaces_and_its_own_apostrophe(domain: str) -> None:
    """Two signs or more before a mark are the gap of a legend."""
    wrong = re.compile(r"\S [:;?!»](?=[ \n).,…]|$)|« |\w'\w|\w[;?!](?= |$)")
    with catalogue_of("fr", domain).open("rb") as file:
        texts = [form for entry in read_po(file) if entry.id for form in forms(entry.string)]
    assert [text for text in texts if wrong.search(text)] == []


def test_every_rule_s_page_is_translated(language: str) -> None:
    with catalogue_of(language, "rules").open("rb") as file:
        pages = read_po(file)
    assert sorted(str(one.id) for one in pages if one.id) == rule_messages.messages()
    assert [one.id for one in pages if one.id and (not one.string or one.string == one.id)] == []


@pytest.mark.parametrize("domain", ["grcm", "rules"])
def test_the_compiled_catalogue_is_that_of_the_text(language: str, domain: str) -> None:
    path = catalogue_of(language, domain)
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    fresh = read_mo(io.BytesIO(compiled.getvalue()))
    with path.with_suffix(".mo").open("rb") as file:
        committed = read_mo(file)
    assert [(m.id, m.string) for m in committed if m.id] == [
        (m.id, m.string) for m in fresh if m.id
    ]


def test_no_message_hides_in_an_f_string() -> None:
    """Extraction cannot see it there."""
    for path in SOURCE.rglob("*.py"):
        assert not re.search(
            r"""f["'].*\{(_|ngettext|counted|N_)\(""", Path(path).read_text(encoding="utf-8")
        ), path


ENGLISH = re.compile(
    r"\b(the|and|of|with|options|arguments|commands|usage|show|error:|default|required|missing|"
    r"invalid|try|help for|such|this|exit\.)\b",
    re.IGNORECASE,
)


ALSO_OWN = {"fr": {"options", "arguments", "usage"}}  # words of the pattern that a language has too


@pytest.mark.parametrize("lang", TRANSLATED)
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        *([name, "--help"] for name in command_table.NAMES),
        ["--nope"],
        ["nope"],
        ["due", "--nope"],
        ["due", "--before"],
        ["due", "--before", "x"],
        ["due", "--within", "x"],
        ["due", "--format", "x"],
        ["due", "--all=1"],
        ["due", "x"],
        ["due", "--as-of", "x"],
        ["due", "--color", "x"],
        ["due", "--lang"],
        ["due", "--party", "Mexcio"],
        ["due", "--body", "MEX"],
        ["due", "--meeting", "X"],
        ["show"],
        ["show", "GRCM-2002-10/99"],
        ["show", "CRM-2002-05/1"],
        ["validate", "/nowhere"],
        ["--data", "/nowhere", "due"],
        ["search", "wxyz"],
        ["tasks", "BLZ", "--as-of", "2002-01-01"],
    ],
)
def test_no_screen_has_an_english_word(arguments: list[str], lang: str) -> None:
    ran = run_grcm("--lang", lang, *arguments)
    names = r"--[a-z-]+|grcm \w+|'[^']*'|^  [a-z]+  "
    shown = re.sub(r"-\n\s+", "-", ran.out + ran.err)  # a name that was broken
    said = re.sub(names, "", shown, flags=re.MULTILINE)
    assert said.strip()
    found = {word.lower() for word in ENGLISH.findall(said)} - ALSO_OWN.get(lang, set())
    assert not found, said


# --- pages and letters, of a record without words of its own --------------------------------------

WORDLESS = """\
process: {code: EX, name: EX, languages: [%s]}
bodies: {WG: {name: WG}}
members: {AAA: {name: AAA, language: %s}, BBB: {name: BBB, language: %s}, CCC: {name: CCC}}
offices: {CH: {name: CH, terms: [{holder: AAA, from: 2002-01-01}]}}
"""
DUTIES = """\
- {number: 1, text: "0", responsible: {each: members}, due: 2002-12-01}
- {number: 2, text: "0", responsible: CH, due: next WG}
- {number: 3, text: "0", responsible: [AAA, BBB], due: every year on 05-31, kind: encouragement}
- {number: 4, text: "0", responsible: [], due: asap, follows: 1}
- {number: 5, text: "0", extends: {mandate: "1", due: 2003-03-01}, closes: "4", acts: [evaluative]}
- {number: 6, text: "0", responsible: BBB, due: within 30 days, support: AAA, documents: [X]}
- {number: 7, text: "0", responsible: BBB, due: ongoing, supersedes: 6}
"""
REPORTS = """\
- {mandate: WG-2002-10/1#1, date: 2002-11-05, progress: started}
- {mandate: WG-2002-10/1#1, date: 2002-11-20, progress: done, evidence: "0", note: "0"}
- {mandate: WG-2002-10/2#1, date: 2002-11-20, progress: declined}
"""


@pytest.fixture
def wordless(folder: Folder, language: str) -> Folder:
    """Return a record whose own texts are codes and figures, in one language."""
    folder.write("register.yaml", WORDLESS % (language, language, language))
    folder.meeting(DUTIES)
    folder.write("progress/AAA.yaml", REPORTS)
    return folder


def english_texts(language: str) -> frozenset[str]:
    """Return the messages that read otherwise in a language, with single spaces."""
    with catalogue_of(language, "grcm").open("rb") as file:
        found = {
            english: own
            for entry in read_po(file)
            if entry.id
            for english, own in zip(forms(entry.id), forms(entry.string), strict=False)
        }
    own = {" ".join(text.split()).casefold() for text in found.values()}
    return frozenset(
        text
        for english in found
        if "{" not in english and len(text := " ".join(english.split()).casefold()) > 3
        if text not in own
    )


def texts_of(page: str) -> Iterator[str]:
    """Yield the texts of a page or a letter, and those of attributes that people meet."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for element in tree.iter():
        if element.tag not in ("script", "style"):
            texts = (element.text, element.tail, *map(element.get, ("title", "aria-label", "alt")))
            yield from (" ".join(text.split()).casefold() for text in texts if text)


def test_no_page_or_letter_has_an_english_text(
    wordless: Folder, language: str, tmp_path: Path
) -> None:
    english = english_texts(language)
    where = ("--lang", language, "--data", str(wordless.path), "--as-of", "2003-02-01")
    pages, letters = tmp_path / "pages", tmp_path / "letters"
    made = run_grcm(*where, "site", str(pages))
    assert made.code == 0, made.err
    assert run_grcm(*where, "remind", "--all", "-o", str(letters), "--format", "html").code == 0
    agenda = run_grcm(*where, "agenda", "WG", "--format", "html")
    sources = [path.read_text(encoding="utf-8") for path in sorted(pages.rglob("*.html"))]
    assert {path.name for path in pages.iterdir() if len(path.name) == 2} == {language}
    assert len(sources) > 15
    sources += [path.read_text(encoding="utf-8") for path in letters.iterdir()] + [agenda.out]
    assert {text for page in sources for text in texts_of(page)} & english == set()
