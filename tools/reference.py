"""The reference of the manual, from the program: `python -m tools.reference` writes it anew.

What stands in a page of `docs` between `<!-- made: NAME -->` and `<!-- end -->` comes from where
the program defines it: help texts, tables of keys, forms of a deadline, records of JSON. A page is
in the language of its folder. Options are translated when their modules are imported: each language
has a process of its own, and what knows them is imported where it is asked.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grcm_cli.domain.findings import SEVERITY_LABELS, Rule
from grcm_cli.language import text as language_text
from grcm_cli.language.text import LANGUAGES, current_language, in_language, rule_text, set_language

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SHARED = "As described above:"
REQUIRED = "Required."
AS_ABOVE = "As above:"
COLUMNS = "Columns of `plain`:"
KEY, MEANING, WORD, ALSO, WRITTEN, CODE = ("key", "meaning", "word", "also", "written", "exit code")
FORMAT, STATE, LABEL, DAY = (
    "format of a list",
    "state",
    "in lists",
    "the last day on which it is on time",
)
WORDS = (
    *(SHARED, REQUIRED, AS_ABOVE, COLUMNS, KEY, MEANING, WORD, ALSO, WRITTEN, CODE),
    *(FORMAT, STATE, LABEL, DAY),
)
"""What the pages say of their own; it is in the catalogue of the manual's texts."""
_BLOCK = re.compile(r"(<!-- made: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_OPTION = re.compile(r"(?<![`\w-])(--[a-z][a-z-]*|-o)\b(?!`)")
_MARK = re.compile(r"[*<]|(?<!\w)_|_(?!\w)")
"""What Markdown would take for a mark."""
_OFTEN = 3
"""Commands from which on an option is described once for all."""


def main() -> None:
    """Fill the pages of all languages."""
    for language in LANGUAGES:
        for page, text in made(language).items():
            page.write_text(text, encoding="utf-8", newline="\n")


def made(language: str, before: str = "") -> dict[Path, str]:
    """Return the pages of a language as they are to be; `before` is Python that runs first."""
    code = f"{before}\nfrom tools import reference\nreference.print_pages({language!r})"
    run = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    return {DOCS / name: text for name, text in json.loads(run.stdout).items()}


def print_pages(language: str) -> None:
    """Print the pages of a language that have blocks, filled, as JSON by their names."""
    set_language(language)
    texts = {page: page.read_text(encoding="utf-8") for page in (DOCS / language).glob("*.md")}
    filled_pages = {
        page.relative_to(DOCS).as_posix(): filled(text)
        for page, text in texts.items()
        if _BLOCK.search(text)
    }
    json.dump(filled_pages, sys.stdout)


def filled(page: str) -> str:
    """Return a page of the language of this process with its blocks made anew."""
    return _BLOCK.sub(lambda match: f"{match[1]}\n{block(match[2])}\n{match[3]}", page)


def block(name: str) -> str:
    """Return what stands between two marks, whole lines."""
    kind, _space, subject = name.partition(" ")
    lines = BLOCKS[kind](subject) if subject else BLOCKS[kind]()
    return "".join(f"{line}\n" for line in lines)


# --- commands ------------------------------------------------------------------------------------


def commands() -> Iterator[str]:
    """Yield a section for each command: usage, help, and the options that few others have."""
    described = _described()
    often = _of_several(described)
    for name, (usage, texts, records) in described.items():
        yield from (f"### {name}", "", f"`{usage}`", "")
        for text in texts:
            yield from (_prose(text), "")
        rest = [record for record in records if record not in often]
        yield from map(_item, rest)
        shared = ", ".join(f"`{term}`" for term, _help in records if (term, _help) in often)
        if shared:
            yield f"- {_(SHARED)} {shared}."
        yield ""


def shared() -> Iterator[str]:
    """Yield the options that several commands have."""
    yield from map(_item, _of_several(_described()))


def common() -> Iterator[str]:
    """Yield the options of grcm itself, which every command takes."""
    from grcm_cli.cli.command_line import command_group

    with command_group().make_context("grcm", [], resilient_parsing=True) as top:
        yield from map(_item, _records(top.command, top))


def words() -> Iterator[str]:
    """Yield the other words that people of this language write for commands."""
    from grcm_cli.cli.command_table import other_words

    named = other_words().get(current_language(), {})
    rows = [[f"`{name}`", _codes(texts)] for name, texts in named.items()]
    yield from _table([_(WORD), _(ALSO)], rows)


Record = tuple[str, str]
"""An option or argument as help shows it, and what it means."""


def _described() -> dict[str, tuple[str, list[str], list[Record]]]:
    """Return of each command its usage line, the paragraphs of its help, and its options."""
    from grcm_cli.cli.command_line import command_group
    from grcm_cli.cli.command_table import NAMES

    described, group = {}, command_group()
    with group.make_context("grcm", [], resilient_parsing=True) as top:
        common_terms = {term for term, _help in _records(group, top)}
        for name in NAMES:
            _name, command, _rest = group.resolve_command(top, [name])
            with command.make_context(name, [], parent=top, resilient_parsing=True) as context:
                pieces = [piece.strip("{}") for piece in command.collect_usage_pieces(context)]
                records = [r for r in _records(command, context) if r[0] not in common_terms]
                usage = " ".join([context.command_path, *pieces])
                described[name] = (usage, command.help.split("\n\n"), records)
    return described


def _records(command: Any, context: Any) -> list[Record]:  # noqa: ANN401 - typer does not export click
    records = [parameter.get_help_record(context) for parameter in command.get_params(context)]
    return [(re.sub(r"  +", " ", term), text) for term, text in filter(None, records)]


def _of_several(described: Mapping[str, tuple[str, list[str], list[Record]]]) -> list[Record]:
    """Return what so many commands have that it is described once, in the order of the help."""
    all_records = [record for _usage, _texts, records in described.values() for record in records]
    return [r for r in dict.fromkeys(all_records) if all_records.count(r) >= _OFTEN]


def _item(record: Record) -> str:
    """Return an option as an item of a list; several names of it are apart."""
    term, text = record
    names = re.sub(r"^(-\w), ", r"\1`, `", term)
    return f"- `{names}`{_colon()} {_prose(text)}"


# --- files ---------------------------------------------------------------------------------------


def keys(part: str) -> Iterator[str]:
    """Yield the keys of a part of a file, as `member`; `member party`: those that a party lacks."""
    from grcm_cli.reader import fields

    name, _space, base = part.partition(" ")
    table = getattr(fields, name.upper())
    told = getattr(fields, base.upper()) if base else {}
    rows = []
    for name, field in table.items():
        if name in told:
            continue
        about = _prose(_(field.about))
        about = f"{_(REQUIRED)} {about}" if field.required else about
        choices = f" {_codes(field.choices)}." if field.choices else ""
        rows.append([f"`{name}`", f"{about}{choices}"])
    yield from _table([_(KEY), _(MEANING)], rows)


def due() -> Iterator[str]:
    """Yield the forms of a deadline."""
    from grcm_cli.domain.due_forms import FORMS

    rows = [
        [f"`{written}`", _prose(_(about))] for form in FORMS for written, about in form.examples
    ]
    yield from _table([_(WRITTEN), _(DAY)], rows)


def states() -> Iterator[str]:
    """Yield the states of a task, with the words of lists."""
    from grcm_cli.domain.task import STATE_ABOUTS
    from grcm_cli.views.labels import STATES

    yield from _values(STATE, STATES, STATE_ABOUTS)


def changes() -> Iterator[str]:
    """Yield what may become of a task, or of the files, with the words of lists."""
    from grcm_cli.domain.changes import CHANGE_ABOUTS
    from grcm_cli.domain.diff import DIFFERENCE_ABOUTS
    from grcm_cli.views.changes import KINDS

    yield from _values("`change`", KINDS, {**CHANGE_ABOUTS, **DIFFERENCE_ABOUTS})


def _values(head: str, labels: Mapping[Any, str], abouts: Mapping[Any, str]) -> Iterator[str]:
    rows = [[f"`{s}`", _(labels[s]), _prose(_(about))] for s, about in abouts.items()]
    yield from _table([_(head), _(LABEL), _(MEANING)], rows)


# --- output --------------------------------------------------------------------------------------


def formats() -> Iterator[str]:
    """Yield the formats of lists."""
    from grcm_cli.formats import FORMATS

    rows = [[f"`{name}`", _prose(_(known.about))] for name, known in FORMATS.items()]
    yield from _table([_(FORMAT), _(MEANING)], rows)


def exits() -> Iterator[str]:
    """Yield the exit codes."""
    from grcm_cli.lookups.errors import EXIT_CODES

    rows = [[str(int(code)), _prose(_(about))] for code, about in EXIT_CODES.items()]
    yield from _table([_(CODE), _(MEANING)], rows)


def rule_page(rule: Rule) -> str:
    """Return a rule's page in all languages, as the file in `docs/rules` has it."""
    what, why, bad, good = rule.page()
    parts = [f"# {rule.name}"]
    for language in sorted(LANGUAGES):
        severity = in_language(SEVERITY_LABELS[rule.severity], language)
        parts += [f"*{severity}* · {rule_text(what, language)}", rule_text(why, language)]
    for heading, block in (("Bad:", bad), ("Good:", good)):
        words = [in_language(heading, language).rstrip(": \u00a0") for language in LANGUAGES]
        parts += [" · ".join(dict.fromkeys(words)) + ":", f"```yaml\n{block}\n```"]
    return "\n\n".join(parts) + "\n"


def output() -> Iterator[str]:
    """Yield the keys of each document of JSON, and the columns of `plain`.

    What all documents have comes first. A key that means the same as in an earlier list is only
    named, and a record in a record is told where it comes first.
    """
    from grcm_cli.cli.output_schema import output_schema

    plain = _plain_columns()
    definitions: Any = output_schema()["definitions"]
    documents = {k: v for k, v in definitions.items() if not k.endswith("_of_several_records")}
    shapes: set[tuple[str, ...]] = set()
    every = [
        set(document["properties"]) for name, document in documents.items() if name != "findings"
    ]
    first = documents["tasks"]["properties"]
    head = {key: first[key] for key in first if key in set.intersection(*every)}
    told = list(_pairs({"properties": head}, "", shapes))
    yield from _rows_of(told)
    yield ""
    for kind, document in documents.items():
        yield from (f"#### `{kind}`", "")
        if kind in plain:
            yield from (f"{_(COLUMNS)} {_codes(plain[kind])}.", "")
        rest = {key: value for key, value in document["properties"].items() if key not in head}
        pairs = list(_pairs({"properties": rest}, "", shapes))
        if known := [key for key, about in pairs if (key, about) in told]:
            yield from (f"{_(AS_ABOVE)} {_codes(known)}.", "")
        new = [pair for pair in pairs if pair not in told]
        yield from _rows_of(new)
        yield ""
        told += new


def _plain_columns() -> Mapping[str, Sequence[str]]:
    """Return the keys whose values the format `plain` prints, by the key of the list's records."""
    from grcm_cli.cli.output_schema import LISTS
    from grcm_cli.formats.record import record_fields
    from grcm_cli.views import changes, diff, log, matrix, meetings, search, statistics, tasks
    from grcm_cli.views.task_record import TaskRecord

    records = {"tasks": TaskRecord, "task_changes": changes.ChangeRecord, **LISTS}
    fields = {
        "tasks": tasks.PLAIN, "task_changes": changes.PLAIN, "meetings": meetings.PLAIN,
        "matrix": matrix.PLAIN, "stats": statistics.PLAIN, "matches": search.PLAIN,
        "events": log.PLAIN, "changes": diff.PLAIN,
    }  # fmt: skip
    columns = {}
    for kind, names in fields.items():
        keys = {field.name: field.key for field in record_fields(records[kind])}
        columns[kind] = [keys.get(name, name) for name in names]
    return columns


def _rows_of(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from _table([_(KEY), _(MEANING)], [[f"`{k}`", _prose(_(about))] for k, about in pairs])


def _pairs(
    schema: Mapping[str, Any], path: str, shapes: set[tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Yield each key below a schema that has a description, behind the keys that lead to it.

    The records of a document need no path: they are what its section is about. `shapes` has the
    keys of the records that were told; those are not told again.
    """
    for name, inner in schema.get("properties", {}).items():
        about = inner.get("description", "")
        if about:
            yield f"{path}{name}", about
        below = inner.get("items", inner)
        for record in (below, *below.get("anyOf", ())):
            shape = tuple(record.get("properties", ()))
            if shape and shape not in shapes:
                shapes.add(shape)
                is_list = not about and name != "problems"
                yield from _pairs(record, "" if is_list else f"{path}{name}.", shapes)


# --- Markdown ------------------------------------------------------------------------------------


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield f"| {' | '.join(heads)} |"
        yield f"|{'---|' * len(heads)}"
    for row in rows:
        cells = " | ".join(cell.replace("|", r"\|") for cell in row)
        yield f"| {cells} |"


def _codes(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _colon() -> str:
    """Return a colon as the language writes it, which may be behind a no-break space."""
    shared = _(SHARED)
    return shared[len(shared.rstrip(":\u00a0")) :]


def _prose(text: str) -> str:
    """Return a text of the program as Markdown: options as code, nothing of it as a mark.

    Lines become one; a no-break space stays.
    """
    pieces = re.split(r"(`[^`]*`)", re.sub(r"[ \n]+", " ", text).strip())
    return "".join(
        piece if place % 2 else _OPTION.sub(r"`\1`", _MARK.sub(r"\\\g<0>", piece))
        for place, piece in enumerate(pieces)
    )


def _(text: str) -> str:
    """Return a text of the program or of the manual in the language of this process."""
    translated = language_text._(text)
    return translated if translated != text else language_text.rule_text(text, current_language())


Block = Callable[..., Iterator[str]]
BLOCKS: Mapping[str, Block] = {
    "commands": commands,
    "shared": shared,
    "common": common,
    "words": words,
    "keys": keys,
    "due": due,
    "states": states,
    "changes": changes,
    "formats": formats,
    "exits": exits,
    "output": output,
}

if __name__ == "__main__":
    main()
