"""Completion: the script of each shell, run in that shell, and what it may never run."""

import shutil
from pathlib import Path

import pytest

from grcm_cli.cli.command_line import SHELLS, completion_script

from ..conftest import run_grcm, run_program
from ..processes import path_for_shells

SHOWN = {
    "bash": ["complete -o default -F _grcm_completion grcm"],
    "zsh": ["#compdef grcm", "_GRCM_COMPLETE=complete_zsh"],
    "fish": ["complete --command grcm"],
    "powershell": ["Register-ArgumentCompleter -Native -CommandName grcm"],
}
PROGRAMS = {"powershell": "pwsh"}
ASK = {
    "bash": """
        {source}
        COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _grcm_completion grcm
        printf '%s\n' "${{COMPREPLY[@]}}"
    """,
    # An interactive zsh behind a terminal of zsh's own: TAB is pressed, and what it offers noted.
    "zsh": """
        zmodload zsh/zpty
        zpty z zsh -f -i
        zpty -w z 'PROMPT= ; source setup.zsh; print ready'
        while zpty -r z line; do [[ $line == *ready* && $line != *print* ]] && break; done
        zpty -w -n z "{line}"$'\t'
        while zpty -r z line; do :; done
        cat offered
    """,
    "fish": """
        {source}
        complete -C "{line}"
    """,
    "powershell": """
        {source}
        (TabExpansion2 "{line}" {length}).CompletionMatches | % CompletionText
    """,
}
ZSH_SETUP = """\
autoload -Uz compinit; compinit -D -u
eval "$(grcm completion zsh)"
compadd() {
  local -a hits
  if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
    builtin compadd -O hits "$@"
    (( $#hits )) && print -rl -- $hits >> offered
  fi
  builtin compadd "$@"
}
finish() { print >> offered; exit }
comppostfuncs=(finish)
"""
SOURCE = {
    "bash": 'eval "$(grcm completion bash)"',
    "fish": "grcm completion fish | source",
    "powershell": "grcm completion powershell | Out-String | Invoke-Expression",
}
RUN = {
    "bash": ["bash", "--norc", "-c"],
    "zsh": ["zsh", "-f", "-c"],
    "fish": ["fish", "--no-config", "-c"],
    "powershell": ["pwsh", "-NoProfile", "-Command"],
}


def in_shell(shell: str, script: str, cwd: Path) -> str:
    program = PROGRAMS.get(shell, shell)
    if shutil.which(program) is None:
        pytest.skip(f"there is no {program} here")
    ran = run_program(*RUN[shell], script, cwd=cwd, HOME=str(cwd), PATH=path_for_shells())
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def completed(shell: str, line: str, cwd: Path) -> list[str]:
    """Return what a shell offers for a line, without the meanings."""
    (cwd / "setup.zsh").write_text(ZSH_SETUP, encoding="utf-8")
    words = " ".join(f"'{word}'" for word in line.split(" "))
    text = ASK[shell].format(source=SOURCE.get(shell), words=words, line=line, length=len(line))
    offers = in_shell(shell, text, cwd).splitlines()
    return list(filter(None, (offer.split("\t")[0] for offer in offers)))


@pytest.fixture
def work(work: Path) -> Path:
    for name in ("doc.csv", "doc.txt", "do not.csv", "data/reply.xlsx"):
        (work / name).write_bytes(b"")
    return work


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("running", "language"), [("/bin/bash", "en"), ("/usr/bin/zsh", "es"), ("", "en")]
)
def test_the_script_is_that_of_the_shell_that_is_asked_for(
    shell: str, running: str, language: str
) -> None:
    ran = run_grcm("completion", shell, SHELL=running, GRCM_LANG=language)
    assert (ran.code, ran.err, ran.out) == (0, "", completion_script(shell) + "\n")
    for other, marks in SHOWN.items():
        assert all(mark in ran.out for mark in marks) is (other == shell)


@pytest.mark.parametrize("shell", ["tcsh", "", "Zsh", "zsh fish"])
def test_another_shell_is_refused_with_the_choices(shell: str) -> None:
    ran = run_grcm("completion", shell)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"grcm: '{shell}' is not one of: bash, zsh, fish, powershell\n"


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("grcm over", ["overdue"], id="a command"),
        pytest.param("grcm tasks ME", ["MEX"], id="a party"),
        pytest.param("grcm tasks me", ["mex"], id="a party in small letters"),
        pytest.param("grcm export --as ", ["event", "todo"], id="a value of an option"),
        pytest.param("grcm changes --by ", ["meeting", "party"], id="an order"),
        pytest.param("grcm due --un", ["--unassigned", "--unreported"], id="an option"),
        pytest.param("grcm completion f", ["fish"], id="a shell"),
        pytest.param("grcm record d", ["declined", "done", "doc.csv"], id="a state or a sheet"),
        pytest.param("grcm record data/re", ["data/reply.xlsx"], id="a sheet of a folder"),
        pytest.param("grcm help ex", ["export", "explain"], id="a command for help"),
        pytest.param("grcm show GRCM-2002-10/8", ["GRCM-2002-10/8", "GRCM-2002-10/8#1",
                     "GRCM-2002-10/8#2"], id="references"),
    ],
)  # fmt: skip
def test_a_shell_completes(shell: str, line: str, expected: list[str], work: Path) -> None:
    assert sorted(completed(shell, line, work)) == sorted(expected)


HOSTILE = [
    "$(touch sprung)",
    "`touch sprung`",
    r"\$(touch sprung)",
    r"\`touch sprung\`",
    "'; touch sprung; '",
    '"; touch sprung; "',
    r"\'; touch sprung; \'",
    r"\\'$(touch sprung)",
    "))'; touch sprung; '((",
    "x:::y [b]z[/b] %s\t&& touch sprung",
]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_of_the_record_is_never_run(shell: str, text: str, work: Path) -> None:
    """The meanings that a shell shows are texts of meetings; zsh evaluates what it is given."""
    path = work / "data/meetings/GRCM-2002-10.yaml"
    old = path.read_text(encoding="utf-8")
    quoted = "'" + text.replace("'", "''") + "'"
    new = f"- number: 1\n    text: {quoted}"
    path.write_text(old[: old.index("- number: 1")] + new + "\n", encoding="utf-8")
    assert completed(shell, "grcm show GRCM-2002-10/", work) == ["GRCM-2002-10/1"]
    assert not (work / "sprung").exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_number_that_is_none_is_not_offered(shell: str, work: Path) -> None:
    path = work / "data/meetings/GRCM-2002-10.yaml"
    old = path.read_text(encoding="utf-8")
    for number in ("$(touch${IFS}sprung)", "`touch${IFS}sprung`", "*"):
        new = f"- number: '1{number}'\n    text: x\n  - number: 12\n    text: y\n"
        path.write_text(old[: old.index("- number: 1")] + new, encoding="utf-8")
        (work / "offered").unlink(missing_ok=True)
        assert completed(shell, "grcm show GRCM-2002-10/1", work) == ["GRCM-2002-10/12"]
    assert not (work / "sprung").exists()


@pytest.mark.parametrize("way", ["sourced", "found in fpath"])
def test_zsh_knows_the_script_in_either_place(way: str, work: Path) -> None:
    (work / "functions").mkdir()
    (work / "functions/_grcm").write_text(completion_script("zsh") + "\n", encoding="utf-8")
    load = "source functions/_grcm" if way == "sourced" else "true"
    script = f"fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -D -u; {load}; "
    script += "_arguments() { print -r -- $1 }; words=(grcm over); CURRENT=2; ${_comps[grcm]}"
    assert '"overdue"' in in_shell("zsh", script, work)
