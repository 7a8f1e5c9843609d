"""A standing duty that was done and then got a day: what lists and `show` say of the report."""

import pytest

from ..conftest import Folder, run_grcm

SENTENCES = {
    "en": ("late 32 days", "done 2003-02-01", "before the extension"),
    "es": ("vencido hace 32 días", "cumplido 2003-02-01", "antes de la prórroga"),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_what_was_done_before_the_extension(language: str, folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: ongoing")
    later = "- {number: 1, text: Texto, extends: {mandate: WG-2002-10/1, due: 2003-04-30}}\n"
    folder.meeting(later, "WG-2003-03", start="2003-03-01", end="2003-03-02")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-02-01, progress: done}\n")
    late, done, before = SENTENCES[language]
    options = ["--data", str(folder.path), "--lang", language, "--as-of"]
    lines = run_grcm(*options, "2003-06-01", "due", COLUMNS="80").out.splitlines()
    when = [line[12:34].strip() for line in lines]
    place = when.index(late)
    assert when[place : place + 3] == [late, done, before]
    shown = run_grcm(*options, "2003-06-01", "show", "WG-2002-10/1").out
    [line] = [line for line in shown.splitlines() if "AAA 2003-02-01" in line]
    assert line.strip().startswith(late)
    assert line.endswith(f"{done.split()[0]} {before}")
    # Before the later meeting nothing was extended yet.
    assert before not in run_grcm(*options, "2003-02-15", "due").out
