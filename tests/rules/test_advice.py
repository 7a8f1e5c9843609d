"""Mistakes that people make, each with the advice that it gets, in each language.

`advice.txt` has a block for each: where the mistake stands and what it is, then what is said. Lines
of a file are put into the repository's own data; words of the command line are looked up in it.
`python -m tests.rules.test_advice` writes the answers anew: then read each of them. Is it true,
legal if it is typed, in the reader's language, and without jargon?
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from grcm_cli.domain.findings import check, errors, in_order
from grcm_cli.domain.register import Register
from grcm_cli.language.text import using_language
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.lookups.names import find_body, find_meeting, find_party, find_reference, find_rule
from grcm_cli.rules import rules_by_name
from grcm_cli.storage.loader import Loaded, load
from grcm_cli.storage.paths import REGISTER

from ..conftest import DATA
from .test_rules import read_but

TABLE = Path(__file__).parent / "advice.txt"
DAY = date(2004, 6, 1)
RULES = rules_by_name()
WARNINGS = ("mistyped-year", "shared-name", "unknown-language")
"""The rules of warnings that the table shows where there is no error."""
HEAD = {"id": "CRM-2004-05", "body": "CRM", "start": "2004-05-20"}
ON_COMMAND_LINE: Mapping[str, Callable[[Register, str], object]] = {
    "--party": find_party,
    "--body": find_body,
    "--meeting": find_meeting,
    "show": find_reference,
    "explain": lambda _register, word: find_rule(RULES, word),
}


def advice(folder: Path, where: str, what: str) -> str:
    """Return what is said of a mistake in a data folder, in the reader's language."""
    own = load_own()
    if where in ON_COMMAND_LINE:
        assert own.register is not None
        try:
            ON_COMMAND_LINE[where](own.register, what)
        except WrongUse as error:
            return str(error)
        return "-"
    unchanged = [each for each in own.readings if each.name != REGISTER or where != "register"]
    loaded = load(folder, folder, None, read_but(unchanged))
    active = [rule for rule in RULES.values() if rule.is_default]
    seen = check(loaded.register, active, DAY) if loaded.register else []
    found = in_order([*loaded.findings, *seen])
    told = [*errors(found), *(one for one in found if one.rule in WARNINGS)]
    if not told:
        return "-"
    first = told[0]
    place = f"{first.at.line}:{first.at.column} {first.rule}"
    return f"{place}: {first.message}; {first.hint}".removesuffix("; ")


@cache
def load_own() -> Loaded:
    """Read the repository's own data."""
    return load(DATA, DATA)


def write(folder: Path, where: str, what: str) -> None:
    """Put a mistake into a data folder."""
    meeting, conclusion = dict(HEAD), ""
    if where == "meeting":
        key, value = what.split(": ", 1)
        meeting[key] = value
    elif where == "file":
        (folder / f"meetings/{what}").write_text("id: CRM-2004-06\nbody: CRM\nstart: 2004-06-20\n")
    elif where == "register":
        register = (folder / "register.yaml").read_text(encoding="utf-8")
        register = register.replace("members:\n", f"members:\n  {what}\n", 1)
        (folder / "register.yaml").write_text(register, encoding="utf-8")
    elif where == "lines":
        conclusion = "conclusions:\n" + what.replace(" ⏎ ", "\n") + "\n"
    elif where == "progress":
        key, value = what.split(": ", 1)
        keys = {"mandate": "GRCM-2002-10/5", "date": "2003-01-10", key: value}
        entry = "\n  ".join(f"{key}: {value}" for key, value in keys.items()).replace(" ⏎ ", "\n")
        (folder / "progress/GTM.yaml").write_text(f"- {entry}\n")
    elif where == "uncommented":
        conclusion = f"# conclusions:\n{what}\n"
    else:
        conclusion = f"conclusions:\n- number: 1\n  text: T\n  {what}\n"
    text = "".join(f"{key}: {value}\n" for key, value in meeting.items()) + conclusion
    (folder / "meetings/CRM-2004-05.yaml").write_text(text, encoding="utf-8")


def blocks() -> list[list[str]]:
    """Return the blocks of the table: the mistake, and the answers."""
    text = TABLE.read_text(encoding="utf-8").strip("\n")
    return [block.split("\n") for block in text.split("\n\n")]


@pytest.mark.parametrize("block", blocks(), ids=lambda block: block[0])
def test_the_advice_is_the_one_that_was_reviewed(block: list[str]) -> None:
    assert answered(block[0]) == block


def test_there_are_two_hundred_mistakes() -> None:
    assert len({block[0] for block in blocks()}) >= 200


def answered(mistake: str) -> list[str]:
    """Return a block of the table; a mistake is `WHERE: what`."""
    where, what = mistake.split(": ", 1)
    answers = [mistake]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if where not in ON_COMMAND_LINE:
            shutil.copytree(DATA, folder, dirs_exist_ok=True)
            write(folder, where, what)
        for language in ("en", "es", "fr", "pt"):
            with using_language(language):
                answers.append(f"  {advice(folder, where, what)}")
    return answers


if __name__ == "__main__":
    written = ("\n".join(answered(mistake)) for mistake, *_answers in blocks())
    TABLE.write_text("\n\n".join(written) + "\n", encoding="utf-8")
