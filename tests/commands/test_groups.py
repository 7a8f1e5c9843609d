"""Groups, topics, leads and handovers in the lists, as a transcript.

`groups.txt` has the commands after `$`, each with what it prints, about the folder of the rules'
examples and the meetings below, as of 1 February 2003. `python -m tests.commands.test_groups`
writes it anew; then read the difference.
"""

import shutil
import tempfile
from pathlib import Path

from ..conftest import ROOT, run_grcm

TRANSCRIPT = Path(__file__).parent / "groups.txt"
MEETINGS = {
    "WG-2002-10": """\
id: WG-2002-10
body: WG
start: 2002-10-29
conclusions:
  - {number: 1, text: Informar, responsible: {each: ISL}, themes: AGUA, due: 2003-01-15}
  - {number: 2, text: Reunirse, responsible: ISL, lead: CCC, due: 2003-02-15, internal: Sin sede}
  - {number: 3, text: Revisar, responsible: [REST, CH], themes: AGUA}
  - {number: 4, text: Coordinar, responsible: ORG, support: ISL, confidential: true}
""",
    "WG-2003-01": """\
id: WG-2003-01
body: WG
start: 2003-01-20
conclusions:
  - {number: 1, text: Encargarlo a ORG, reassigns: {mandate: WG-2002-10/1, from: CCC, to: ORG}}
""",
}


def played(folder: Path) -> str:
    """Return the transcript with what the commands print now."""
    shutil.copytree(ROOT / "tests/rules/base", folder, dirs_exist_ok=True)
    for name, text in MEETINGS.items():
        (folder / f"meetings/{name}.yaml").write_text(text, encoding="utf-8")
    lines = []
    for line in TRANSCRIPT.read_text(encoding="utf-8").splitlines():
        if line.startswith("$ grcm "):
            ran = run_grcm("--as-of", "2003-02-01", *line.split()[2:], cwd=folder)
            lines += [line, *(ran.out + ran.err).rstrip("\n").split("\n"), ""]
    return "\n".join(lines)


def test_a_group_answers_for_its_members_and_a_topic_for_its_conclusions(tmp_path: Path) -> None:
    assert played(tmp_path) == TRANSCRIPT.read_text(encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        TRANSCRIPT.write_text(played(Path(made)), encoding="utf-8")
