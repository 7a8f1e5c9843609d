"""What a finding concerns: every other file that can cause the problem, or cure it, is named.

`grcm validate FILE` shows what FILE breaks elsewhere; it knows that from `Finding.concerns` alone.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grcm_cli.domain.findings import COPIED, THE_REGISTER, UNUSED, Finding
from grcm_cli.storage.loader import load

from ..conftest import DATA
from .test_rules import findings, lay, name_of, sampled


def _later(text: str) -> str:
    return re.sub(r"\b200[0-9]\b", lambda year: str(int(year[0]) + 3), text)


def _with_two_mandates(text: str) -> str:
    return re.sub(
        r"^( *)(- )?number: (\S+)$",
        r"\1\2number: \3\n\1"
        + "  mandates: [{action: a, responsible: []}, {action: b, responsible: []}]",
        text,
        flags=re.MULTILINE,
    )


CHANGES: dict[str, Callable[[str], str | None]] = {
    "deleted": lambda _text: None,
    "other codes": lambda text: re.sub(r"^(  )([A-Z])", r"\1Z\2", text, flags=re.MULTILINE),
    "other numbers": lambda text: re.sub(r"number: (?=\S)", "number: 9", text),
    "later": _later,
    "members from later on": lambda text: text.replace("{name:", "{since: 2009-01-01, name:"),
    "one language": lambda text: re.sub("languages: .*[]]", "languages: [es]", text),
    "no mandates": lambda text: re.sub(r"^ *(responsible|due|action):.*\n", "", text, flags=re.M),
    "void": lambda text: text.replace("responsible:", "void: error\n    responsible:"),
    "two mandates": _with_two_mandates,
    "no texts": lambda text: text.partition("conclusions:")[0],
}
"""Changes of a file; None deletes it."""


IGNORE = b"# grcm: ignore"


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*.yaml")) if path.is_file())


def _concerned(finding: Finding, name: str) -> bool:
    concern = THE_REGISTER if name == THE_REGISTER else Path(name).stem
    return concern in finding.concerns


def _unexplained(folder: Path, rule: str) -> list[tuple[str, str, str]]:
    """Return the findings that a change of another file makes or cures, and that do not name it."""
    before = {(one.at, one.rule): one for one in findings(folder, rule)}
    sound = [each for each in load(folder, folder).readings if not each.findings]
    wrong = []
    for path in _files(folder):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        known = [each for each in sound if each.name != name]
        for title, change in CHANGES.items():
            original = data.decode("utf-8", "replace")
            text = change(original)
            if text == original or (text is None and name == THE_REGISTER):
                continue  # without the register no rule runs
            path.unlink() if text is None else path.write_text(text, encoding="utf-8")
            after = {(one.at, one.rule): one for one in findings(folder, rule, known)}
            path.write_bytes(data)
            if (name, "syntax") in {(one.at.path, one.rule) for one in after.values()}:
                continue  # what depends on it is held back
            # A copy whose original is gone is the meeting itself: what is in it is its own.
            copies = {f.at.path for f in before.values() if f.rule == COPIED}
            for key in before.keys() ^ after.keys():
                finding = before.get(key) or after[key]
                if finding.at.path in copies and finding.rule != COPIED:
                    continue
                if finding.rule == UNUSED and name != finding.at.path:
                    continue  # the finding that it hid is held to this without the comment
                if finding.at.path != name and not _concerned(finding, name):
                    wrong.append((title, name, f"{finding.at} {finding.rule}"))
    return wrong


@pytest.mark.parametrize("example", sampled("bad"), ids=name_of)
def test_what_another_file_causes_or_cures_names_it(example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    lay(example, folder)
    assert _unexplained(folder, example.parent.name) == []
    ignoring = [path for path in _files(folder) if IGNORE in path.read_bytes()]
    for path in ignoring:
        path.write_bytes(path.read_bytes().replace(IGNORE, b"# not ignored"))
    if ignoring:
        assert UNUSED not in {one.rule for one in findings(folder, example.parent.name)}
        assert _unexplained(folder, example.parent.name) == []


def test_the_repository_s_own_data_too() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "data"
        shutil.copytree(DATA, folder)
        assert _unexplained(folder, "missing-translation") == []
