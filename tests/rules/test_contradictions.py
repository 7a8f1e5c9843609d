"""Every pair of keys that can contradict each other: the finding, or why both may stand.

`contradictions.txt` has a row for each: a part of a file, two of its keys (or one twice, for two
values of it), the rule that finds it or the reason why both may stand together, and a snippet. A
row with a reason gives no finding at all. The pairs of each part are complete: a new key fails here
until it has a row with each other key.

Snippets: of a mandate, the keys of conclusion 1, or a list of conclusions; of a conclusion, an
extension, a reassignment or `each`, the list of conclusions; of a meeting, keys that replace or
follow its own; of an entry, the list in progress/AAA.yaml; of the register, `old => new`.
"""

import re
import shutil
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from grcm_cli.domain.findings import check
from grcm_cli.reader import fields
from grcm_cli.rules import rules_by_name
from grcm_cli.storage.loader import load

BASE = Path(__file__).parent / "base"
TODAY = date(2003, 6, 1)
TABLE = Path(__file__).parent / "contradictions.txt"
HEAD = re.compile(r"(\w+): (\w+ \w+)(?: => ([a-z-]+)| may stand: (.+))")
RULES = [rule for rule in rules_by_name().values() if rule.is_default]

TEXTS = {
    "text": "words for people",
    "action": "words for people",
    "title": "words for people",
    "name": "words for people",
    "aliases": "names are compared with those of other parties, by shared-name",
    "place": "words for people",
    "source": "the name of a document",
    "documents": "the names of documents",
    "note": "words for people",
    "evidence": "words for people",
    "acts": "what a paragraph does; hidden-duty and directive-without-mandate compare it",
    "number": "an address; repeated-number, number-gap and number-order compare it",
    "code": "an address; shared-code compares it",
    "contact": "whom letters to a party go to",
    "secretariat": "who signs the letters",
    "salutation": "words for people",
    "address": "words for people",
    "signature": "words for people",
    "conclusion": "what letters call a conclusion",
    "metadata": "for other programs: no rule reads it",
    "internal": "words for the secretariat alone; private-note reads the public ones",
}
"""The keys that contradict no other, with the reason."""
PARTS: dict[str, Iterable[str]] = {
    "mandate": fields.MANDATE,
    "conclusion": [key for key in fields.CONCLUSION if key not in fields.OWN_MANDATE],
    "each": fields.EACH,
    "extension": fields.EXTENSION,
    "reassignment": fields.REASSIGNMENT,
    "meeting": fields.MEETING,
    "entry": fields.ENTRY,
    "member": fields.MEMBER,
    "office": fields.OFFICE,
    "group": fields.GROUP,
    "all": fields.ALL,
    "theme": fields.THEME,
    "membership": fields.MEMBERSHIP,
    "term": fields.TERM,
    "process": fields.PROCESS,
    "secretariat": fields.SECRETARIAT,
    "contact": fields.CONTACT,
    "register": fields.REGISTER,
}
OF_CONCLUSIONS = ("conclusion", "each", "extension", "reassignment")


class Row(NamedTuple):
    """Two keys of a part, a snippet, and the rule that finds it or the reason why none does."""

    part: str
    pair: str
    snippet: str
    rule: str
    why: str


def rows() -> list[Row]:
    """Return the rows of the table."""
    found = []
    for block in TABLE.read_text(encoding="utf-8").split("\n\n"):
        head, *lines = block.strip("\n").split("\n")
        if not head.startswith("#"):
            part, pair, rule, why = HEAD.fullmatch(head).groups()  # type: ignore[union-attr]
            snippet = "\n".join(line.removeprefix("    ") for line in lines)
            found.append(Row(part, pair, snippet, rule or "", why or ""))
    return found


ROWS = rows()


def found_in(row: Row, folder: Path) -> set[str]:
    """Return the rules that find something in a folder with a row's snippet."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    meeting = {"id": "WG-2002-10", "body": "WG", "start": "2002-10-29", "end": "2002-10-31"}
    conclusions = row.snippet if row.part in OF_CONCLUSIONS else ""
    if row.part == "mandate":
        starts = row.snippet.startswith("- ")
        conclusions = row.snippet if starts else f"- {{number: 1, text: T, {row.snippet}}}\n"
    elif row.part == "meeting":
        meeting |= dict(line.split(": ", 1) for line in row.snippet.splitlines())
    elif row.part == "entry":
        (folder / "progress").mkdir()
        (folder / "progress/AAA.yaml").write_text(row.snippet)
    elif not conclusions:
        old, new = row.snippet.split(" => ")
        register = (BASE / "register.yaml").read_text(encoding="utf-8")
        assert old in register
        indent = re.match(" *", old)
        changed = register.replace(old, f"{indent[0] if indent else ''}{new}")
        (folder / "register.yaml").write_text(changed, encoding="utf-8")
    text = "".join(f"{key}: {value}\n" for key, value in meeting.items())
    if conclusions:
        text += f"conclusions:\n{conclusions}\n"
    (folder / "meetings/WG-2002-10.yaml").write_text(text)
    loaded = load(folder, folder)
    seen = check(loaded.register, RULES, TODAY) if loaded.register else []
    return {finding.rule for finding in (*loaded.findings, *seen)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.part}: {row.pair}")
def test_what_contradicts_is_found_and_what_may_stand_is_not(row: Row, tmp_path: Path) -> None:
    found = found_in(row, tmp_path)
    assert bool(row.rule) != bool(row.why)
    assert found == set() if row.why else row.rule in found


def test_every_pair_of_keys_has_a_row() -> None:
    there = {(row.part, *sorted(row.pair.split())) for row in ROWS}
    expected = set()
    for part, table in PARTS.items():
        keys = sorted(key for key in table if key not in TEXTS)
        expected |= {(part, one, other) for one, other in combinations(keys, 2)}
        expected |= {(part, key, key) for key in keys}
    assert sorted(expected - there) == []
    assert sorted(there - expected) == []
