"""The man pages: made from the manual, in step with it, readable by groff and mandoc."""

import shutil
import subprocess

import pytest
from tools.manpage import PAGES, Page, chapter_of, render

from ..conftest import ROOT

MADE = [pytest.param(page, id=page.made) for page in PAGES]


@pytest.mark.parametrize("page", MADE)
def test_a_page_is_in_step_with_its_chapter(page: Page) -> None:
    made = (ROOT / page.made).read_text(encoding="utf-8")
    assert made == render(chapter_of(page), page.title), "write it anew: make man"


def body(markdown: str) -> list[str]:
    """Return the lines that come of a text in a section of its own, after the section's head."""
    lines = render(f"# Title\n\nFor readers.\n\n## Name\n\nx – y\n\n## S\n\n{markdown}", "T")
    return lines.splitlines()[lines.splitlines().index('.SH "S"') + 1 :]


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        pytest.param("a\n.b\n'c", ["a", r"\&.b", r"\&'c"], id="no line is taken for a macro"),
        pytest.param("a `-x`-b", [r"a \fB\-x\fR-b"], id="a hyphen in code can be copied"),
        pytest.param(r"a \\ b", [r"a \(rs b"], id="a backslash is shown"),
        pytest.param("`'a' \\n`", [r"\fB\(aqa\(aq \(rsn\fR"], id="quotes in code stay straight"),
        pytest.param("a\n\nb", ["a", ".PP", "b"], id="two paragraphs"),
        pytest.param("[a](b.md) **c**", ["a c"], id="of a link its words"),
        pytest.param("- a\n- b", [r".IP \(bu 2", "a", r".IP \(bu 2", "b"], id="a list"),
        pytest.param("- `-o`, `--out FILE`: The file.",
                     [".TP", r"\fB\-o\fR, \fB\-\-out\fR \fIFILE\fR", "The file."],
                     id="an option and what it means"),
        pytest.param("- `-o`\u00a0: Le fichier.", [".TP", r"\fB\-o\fR", "Le fichier."],
                     id="the colon of French"),
        pytest.param("- `--by a|b`: What.", [".TP", r"\fB\-\-by\fR \fBa\fR|\fBb\fR", "What."],
                     id="words to choose from are typed as they stand"),
        pytest.param("| code | when |\n|---|---|\n| 0 | done |", [".TP", r"\fB0\fR", "done"],
                     id="a table of two columns"),
        pytest.param("```console\n$ grcm a\n.x\t1\n```",
                     [".EX", r"\fB$ grcm a\fR", r"\&.x      1", ".EE"],
                     id="what was typed is bold, and what came stands as it stands"),
        pytest.param("### due", ['.SS "due"'], id="a command's section"),
    ],
)  # fmt: skip
def test_each_kind_of_markdown_has_its_shape(markdown: str, lines: list[str]) -> None:
    assert body(markdown) == lines


@pytest.mark.parametrize("markdown", ["> quoted", "1. one", "![picture](a.png)", "a<br>b"])
def test_what_has_no_shape_stops_the_tool(markdown: str) -> None:
    with pytest.raises(ValueError, match="no shape"):
        body(markdown)


def test_the_name_is_found_by_whatis() -> None:
    lines = render("# T\n\n## Name\n\ngrcm – who must do what\n", "T").splitlines()
    assert lines[lines.index('.SH "NAME"') + 1] == r"grcm \- who must do what"


@pytest.mark.parametrize("page", MADE)
@pytest.mark.parametrize(
    "checker",
    [
        ["mandoc", "-T", "lint", "-W", "warning"],
        ["groff", "-man", "-T", "utf8", "-K", "utf8", "-ww", "-z"],
    ],
    ids=lambda checker: checker[0],
)
def test_the_programs_that_show_it_find_nothing_wrong(page: Page, checker: list[str]) -> None:
    if shutil.which(checker[0]) is None:
        pytest.skip(f"{checker[0]} is not on this machine")
    done = subprocess.run(
        [*checker, page.made], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
