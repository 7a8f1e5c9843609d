"""The texts of the files that `new` and `init` make, with examples as comments."""

from collections.abc import Iterator, Mapping
from textwrap import indent

from grcm_cli.language.text import LANGUAGES, _, using_language
from grcm_cli.reader import emit
from grcm_cli.storage.paths import SCHEMA_FOLDER


def schema_line(kind: str, *, above: bool) -> str:
    """Return the comment that tells an editor the schema of a file; `above`: from a subfolder."""
    where = f"{'../' if above else ''}{SCHEMA_FOLDER}/{kind}.schema.json"
    return f"# yaml-language-server: $schema={where}\n"


def meeting(keys: Mapping[str, str]) -> str:
    """Return a meeting file with these keys, and an example of conclusions."""
    return schema_line("meeting", above=True) + emit.mapping(keys) + "\n" + _example()


def has_own_comments(text: str) -> bool:
    """Tell whether a meeting file has a comment that `meeting` does not write in any language."""
    own_lines = {schema_line("meeting", above=True).strip()}
    own_lines |= {line for example in _examples() for line in example.splitlines()}
    lines = [line.strip() for line in text.splitlines()]
    return any(" #" in f" {line}" and line not in own_lines for line in lines)


def without_example(text: str) -> str:
    """Return a meeting file without the example that `meeting` writes, in whatever language."""
    for example in _examples():
        text = text.replace(example, "")
    return text


def _examples() -> Iterator[str]:
    for language in LANGUAGES:
        with using_language(language):
            yield _example()


def _example() -> str:
    example = _(
        "What the meeting adopted goes below, as in this example (delete the # signs).\nUntil "
        "then the file says only when the body meets.\nparticipants: [AAA, BBB]        # "
        "codes from register.yaml\nconclusions:\n  - number: 1\n    text: >-\n      The text, "
        "word for word.\n    action: What is to be done, in a few words\n    responsible: "
        "{each: members}   # or AAA; or [AAA, BBB], who owe it jointly\n    due: 2003-01-15   "
        "             # or next GRCM; within 60 days; 2003-Q1; ongoing"
    )
    return _commented(example)


def register(code: str, name: str, body: str, body_name: str, language: str) -> str:
    """Return a register with a process and a body, and examples of everything else."""
    process = emit.mapping({"code": code, "name": {language: name}, "languages": [language]})
    bodies = emit.mapping({body: {"name": {language: body_name}}})
    about = _(
        "Who takes part, who holds which office, which bodies meet.\nCheck it with: grcm validate"
    )
    secretariat = _(
        "  secretariat:                          # who sends the letters\n    name: {en: "
        'Technical Secretariat}\n    address: ["2 Example Street, 4th floor", San José]   # '
        "one item per line; in quotes if it contains a comma\n    place: San José\n    signature: "
        "[Eva Example, Technical Secretary]\n    email: secretariat@example.org      # where "
        "replies to its messages go"
    )
    members = _(
        "States, by ISO 3166-1 alpha-3 code. An alias is any other name that people type.\n"
        "Names may be given in each language of the process: name: {es: México, en: Mexico}\n"
        "members:\n  "
        "CRI: {name: {en: Costa Rica}, aliases: [CR]}\n  MEX:\n    name: {en: Mexico}\n    "
        "since: 2002-01-01\n    contact:                            # recipient of letters to "
        "it\n      name: Ana Example\n      title: Director General of Migration\n      "
        'salutation: "Dear Director General,"\n      address: ["1 Example Street, 4th floor", '
        "Mexico City]\n      email: ana@example.org"
    )
    offices = _(
        "Offices are held in turn: a duty follows the office.\n"
        "offices:\n"
        "  PPT:\n"
        "    name: {en: Presidency Pro-Tempore}\n"
        "    terms:\n"
        "      - {holder: CRI, from: 2002-01-01}\n"
        "      - {holder: MEX, from: 2003-01-01}   # until the next term, or until: 2003-12-31"
    )
    organizations = _(
        "Organizations that take part and are not states.\norganizations:\n  IOM: {name: {en: "
        "International Organization for Migration}, aliases: [OIM]}"
    )
    groups = _(
        "Named sets of parties: what is asked of one is asked of its members.\ngroups:\n  SIS: "
        "{name: {en: Smaller States}, members: [CRI, MEX]}\nThemes, for lists of what was "
        "decided on each.\nthemes:\n  HEALTH: {name: {en: Health}}"
    )
    parts = (
        schema_line("register", above=False) + _commented(about),
        "process:\n" + indent(process, "  ") + _commented(secretariat),
        "bodies:\n" + indent(bodies, "  "),
        *map(_commented, (members, offices, organizations, groups)),
    )
    return "\n".join(parts)


def _commented(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.split("\n"))
