"""What is said of an answer: that nothing is in it, and where it may be incomplete."""

import pytest

from ..conftest import Folder, run_grcm

EMPTY = {
    "due": ["due"],
    "overdue": ["overdue"],
    "tasks": ["tasks", "AAA"],
    "search": ["search", "xyz"],
    "matrix": ["matrix"],
    "meetings": ["meetings", "--body", "CO"],
    "stats": ["stats"],
    "log": ["log", "WG-2002-10/1", "--as-of", "2001-01-01"],
    "export": ["export", "csv"],
}
SENTENCES = {
    "en": ("Nothing of this kind was found in what could be read.", "In these places"),
    "es": ("En lo que se pudo leer no hay nada de este tipo.", "En esos lugares"),
}


def _said(folder: Folder, arguments: list[str], language: str = "en") -> list[str]:
    ran = run_grcm("--data", str(folder.path), "--lang", language, *arguments)
    return ran.err.splitlines()


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("command", EMPTY)
def test_an_empty_answer_is_not_called_complete(
    command: str, language: str, folder: Folder
) -> None:
    folder.meeting("- {number: 1, text: Texto}\n")
    sentence, doubt = SENTENCES[language]
    complete = _said(folder, EMPTY[command], language)
    assert len(complete) == 1
    assert complete[0] != sentence
    folder.write("meetings/WG-2002-11.yaml", "id: [")
    incomplete = _said(folder, EMPTY[command], language)
    assert complete[0] not in incomplete
    assert incomplete[0] == sentence
    assert incomplete[-1].startswith(doubt)


def test_a_party_without_a_letter_is_not_called_free_of_duties(folder: Folder) -> None:
    folder.write("meetings/WG-2002-11.yaml", "id: [")
    first, *_rest = _said(folder, ["remind", "--all", "--format", "json"])
    assert first.startswith("nothing that could be read is overdue or due within 30 days, so no")


@pytest.mark.parametrize(
    "name",
    ["progress/.AAA.yaml.lock", "progress/.AAA.yaml.0a1b2c3d.new", "meetings/WG-2002-10.yaml~"],
)
def test_a_file_that_is_no_data_is_named_and_makes_no_answer_doubtful(
    name: str, folder: Folder
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.write(name, "")
    [sentence] = _said(folder, ["due"])
    assert name in sentence
    folder.write("meetings/WG-2002-11.yaml", "id: [")
    assert _said(folder, ["due"])[-1].startswith("In these places")


@pytest.mark.parametrize(
    ("options", "content", "last"),
    [
        pytest.param(
            ["--strict"],
            "responsible: AAA",
            "With --strict, warnings count as errors.",
            id="warnings alone",
        ),
        pytest.param(
            [], "responsible: AAA", "0 errors, 1 warning; 2 files read.", id="without the option"
        ),
        pytest.param(
            ["--strict", "--exit-zero"],
            "responsible: AAA",
            "0 errors, 1 warning; 2 files read.",
            id="exit 0",
        ),
        pytest.param(
            ["--strict"], "responsible: ZZZ", "1 error, 1 warning; 2 files read.", id="an error"
        ),
    ],
)
def test_strict_says_why_it_fails(
    options: list[str], content: str, last: str, folder: Folder
) -> None:
    folder.meeting(f"- {{number: 2, text: Texto, {content}}}\n- {{number: 1, text: Texto}}\n")
    assert _said(folder, ["validate", *options])[-1] == last
