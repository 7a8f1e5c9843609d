"""Options that are given twice, files whose ending names a format, help and its width."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grcm_cli.cli import command_table
from grcm_cli.cli.command_line import Command, _imported
from grcm_cli.language.text import fold

from ..conftest import run_grcm

# --- an option given twice -----------------------------------------------------------------------


def options(multiple: bool) -> Iterator[Any]:  # noqa: FBT001 - which of the two kinds
    """Yield each command with each of its own options that takes a value."""
    for name in command_table.NAMES:
        command = _imported(name)
        assert isinstance(command, Command)
        for option in command.params:
            takes_value = option.param_type_name == "option" and not getattr(option, "is_flag", 0)
            if takes_value and option.expose_value and option.multiple is multiple:
                help_text = getattr(option, "help", "")
                yield pytest.param(name, option.opts, help_text, id=f"{name} {option.opts[0]}")


@pytest.mark.parametrize(("command", "names", "help_text"), list(options(multiple=False)))
def test_what_takes_one_value_is_refused_twice(
    work: Path, command: str, names: list[str], help_text: str
) -> None:
    """A valid value is given to each, so that nothing else is wrong."""
    longest = max(names, key=len)
    values = {"--format": "json", "--before": "2003", "--kind": "request", "--sort": "due",
              "--after": "2003", "--within": "5", "--reply-by": "9999-12-31",
              "--base-url": "https://example.org"}  # fmt: skip
    chosen = {("export", "--as"): "todo", ("new", "--kind"): "correspondence",
              ("stats", "--by"): "all", ("changes", "--by"): "party",
              ("agenda", "--format"): "md"}  # fmt: skip
    value = chosen.get((command, longest), values.get(longest, "1"))
    arguments = {"tasks": ["MEX"], "show": ["GRCM-2002-10"], "search": ["plan"],
                 "log": ["GRCM-2002-10/22"], "diff": ["HEAD"], "draft": ["x"], "site": ["x"],
                 "record": ["done", "GRCM-2002-10/22"], "agenda": ["GRCM"], "remind": ["MEX"],
                 "export": ["json"], "schema": ["meeting"], "import": ["x.csv"]}  # fmt: skip
    words = [command, *arguments.get(command, []), names[0], value, names[-1], value]
    ran = run_grcm(*words, cwd=work)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"grcm: {longest} is given twice; it takes one value\n"


@pytest.mark.parametrize(("command", "names", "help_text"), list(options(multiple=True)))
def test_what_may_be_repeated_says_so(command: str, names: list[str], help_text: str) -> None:
    assert "may be repeated" in help_text


def test_the_general_options_and_flags_may_stand_twice() -> None:
    ran = run_grcm("--data", "data", "due", "--as-of", "2003-01-16", "--as-of", "2003-01-15",
                   "--all", "--all", "--lang", "es", "--lang", "en", "--color", "always",
                   "--color", "never", "--format", "plain")  # fmt: skip
    assert (ran.code, ran.err) == (0, "")


# --- the ending of a file is its format ----------------------------------------------------------

STARTS = {
    "csv": b"ref,",
    "json": b"{",
    "ics": b"BEGIN:VCALENDAR",
    "sqlite": b"SQLite format 3",
    "html": b"<!doctype html>",
    "eml": b"Subject: ",
    "md": b"",
    "text": b"",
    **dict.fromkeys(("xlsx", "docx"), b"PK"),
}
FILES = {
    "export": "x.csv x.CSV x.xlsx x.json x.md x.ics x.sqlite x.db",
    "agenda GRCM": "x.html x.htm x.md x.docx x",
    "remind MEX": "x.txt x.md x.html x.docx x.eml x.json x",
}
MEANT = {".db": "sqlite", ".htm": "html", ".txt": "text"}


@pytest.mark.parametrize(
    ("command", "file"), [(name, file) for name, files in FILES.items() for file in files.split()]
)
def test_the_ending_chooses_the_format(work: Path, command: str, file: str) -> None:
    ending = Path(file).suffix.lower()
    format_name = MEANT.get(ending, ending[1:] or ("md" if "agenda" in command else "text"))
    ran = run_grcm(*command.split(), "-o", file, cwd=work)
    assert ran.code == 0
    written = (work / file).read_bytes()
    assert written.lower().startswith(STARTS[format_name].lower())
    asked = [format_name] if command == "export" else ["--format", format_name]
    again = run_grcm(*command.split(), *asked, "-o", f"other{Path(file).suffix}", cwd=work)
    assert again.code == 0
    if format_name != "eml":  # each message has an id of its own
        assert (work / f"other{Path(file).suffix}").read_bytes() == written


# --- help ----------------------------------------------------------------------------------------


def lines(*arguments: str, columns: int, language: str = "en") -> list[str]:
    ran = run_grcm(*arguments, COLUMNS=str(columns), GRCM_LANG=language)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.splitlines()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("columns", "widest"), [(60, 60), (80, 80), (92, 92), (100, 100), (200, 100)]
)
def test_help_is_as_wide_as_the_terminal_up_to_100(
    columns: int, widest: int, language: str
) -> None:
    found = lines("export", "--help", columns=columns, language=language)
    usage = found[0]
    longest = max(len(line) for line in found if line != usage)
    assert widest - 12 < longest <= widest  # a word less, where the next one is long


@pytest.mark.parametrize("name", command_table.NAMES)
def test_help_of_a_command_is_that_of_its_option(name: str) -> None:
    assert run_grcm("help", name).out == run_grcm(name, "--help").out


@pytest.mark.parametrize("arguments", [[], ["agenda"]])
def test_headings_of_french_help_have_the_space_before_the_colon(arguments: list[str]) -> None:
    found = run_grcm("--lang", "fr", *arguments, "--help").out.splitlines()
    assert "Options\u00a0:" in found
    assert [line for line in found if line.endswith(":") and line[-2:-1] != "\u00a0"] == []


def test_help_has_every_command_once_in_a_group_but_for_three() -> None:
    grouped = [name for names in command_table.GROUPS.values() for name in names]
    assert len(grouped) == len(set(grouped))
    assert set(command_table.NAMES) - set(grouped) == {"cache", "completion", "help"}
    shown = run_grcm("--help").out
    for title in ("Ask:", "Record:", "Share:", "Check:", "Set up:", "Examples:"):
        assert f"\n{title}\n" in shown
    for line in command_table.EXAMPLES:
        assert f"  {line}" in shown


def test_help_alone_is_that_of_grcm() -> None:
    every = run_grcm("--help").out
    assert run_grcm("help").out == every
    assert run_grcm("--lang", "es", "ayuda").out == run_grcm("--lang", "es", "--help").out
    assert run_grcm("ayuda", "due", "--lang", "es").out == run_grcm("--lang", "es", "due", "-h").out


def test_each_command_but_cache_and_agenda_has_a_spanish_word() -> None:
    """`cache` and `agenda` are Spanish words themselves, `caché` but for its accent."""
    words = command_table.other_words()
    assert {*words["es"], "cache", "agenda"} == {*command_table.NAMES}
    assert {*words["en"]} <= {*command_table.NAMES}


def test_a_word_for_a_command_means_one_command_and_is_no_other_commands_name() -> None:
    words = [fold(word) for word, _command in command_table.words_for_commands()]
    assert len(words) == len({*words})


def test_the_version_has_a_short_option() -> None:
    assert run_grcm("-V").out == run_grcm("--version").out != ""
