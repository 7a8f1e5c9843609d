"""Make a new rule: `python -m tools.new_rule NAME FILE`; FILE is that of what it looks at.

The rule's tests fail until its page, its code and its examples are filled in.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FILE = '''\
"""TODO: what its rules look at."""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _
'''
_RULE = """

def {function}(register: Register) -> Problems:
    for meeting in register.meetings:
        for conclusion in meeting.conclusions or ():
            is_wrong = False  # TODO: the condition
            if is_wrong:
                yield Problem(conclusion.number_at, _("TODO: what is wrong"), _("TODO: the cure"))
"""
_PAGE = """
[{name}]
severity = "warning"
what = "TODO: what is wrong in the data, in one sentence."
why = "TODO: what goes wrong for people if it stays."
bad = "TODO: lines of a data file"
good = "TODO: lines of a data file"
"""
_MEETING = """\
id: WG-2002-10
body: WG
start: 2002-10-29
end: 2002-10-31
conclusions:
  - {{number: 1, text: T}}  # TODO: {what}
"""
_NEXT = """\
made {files}

Next:
1. Write the page, at the end of rules.toml, and the code: {rule}
   If its severity is "error", every list runs it.
2. Write an example that breaks the rule and one that does not: {examples}
3. make messages, and the new messages of grcm.po and rules.po in src/grcm_cli/locale
4. python -m tests.rules.test_rules, which writes bad.txt and docs/rules/{name}.md: read both
5. Its worst input, by size, in tests/rules/worst_inputs.py
6. make check; a line in CHANGELOG.md
"""


def make(name: str, file: str = "", *, root: Path = ROOT) -> str:
    """Write a rule of this name into a file, with examples, and return what is to be done next.

    Raise ValueError if the name is no kebab-case name, if a rule has it already, or if the file is
    none of `rules/` and no new one either.
    """
    if not _NAME.fullmatch(name):
        message = f"a rule is called like number-gap, not {name!r}"
        raise ValueError(message)
    if not re.fullmatch("[a-z]+", file):
        message = f"name the file of src/grcm_cli/rules, as FILE=conclusions, not {file!r}"
        raise ValueError(message)
    rule = root / f"src/grcm_cli/rules/{file}.py"
    examples = root / "tests/rules" / name
    if examples.exists():
        message = f"there is a rule {name} already"
        raise ValueError(message)
    examples.mkdir()
    table = rule.with_name("rules.toml")
    before = rule.read_text(encoding="utf-8") if rule.exists() else _FILE
    files = {
        rule: before + _RULE.format(function=name.replace("-", "_")),
        table: table.read_text(encoding="utf-8") + _PAGE.format(name=name),
        examples / "bad.yaml": _MEETING.format(what="break the rule"),
        examples / "bad.txt": "",
        examples / "ok.yaml": _MEETING.format(what="come close to it without breaking it"),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    made = "\n     ".join(path.relative_to(root).as_posix() for path in files)
    folder = examples.relative_to(root).as_posix()
    place = rule.relative_to(root).as_posix()
    return _NEXT.format(files=made, rule=place, examples=folder, name=name)


if __name__ == "__main__":
    try:
        sys.stdout.write(make(*sys.argv[1:]))
    except (TypeError, ValueError) as error:
        sys.exit(f"new-rule: {error}")
