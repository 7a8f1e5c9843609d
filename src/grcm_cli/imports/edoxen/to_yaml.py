"""Render an imported meeting as its file, and a register to begin with."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grcm_cli.drafting.draft import DraftConclusion
from grcm_cli.drafting.to_yaml import inferred_lines, yaml_block, yaml_line
from grcm_cli.imports.edoxen.meetings import NewBody, NewConclusion, NewMeeting
from grcm_cli.language.ci_commands import has_command, json_without_commands
from grcm_cli.language.text import _
from grcm_cli.reader.edit import dump_mapping

Tree = Any
_WIDTH = 92


def meeting_file(meeting: NewMeeting, drafted: Mapping[str, DraftConclusion], schema: str) -> str:
    """Return the file of a meeting; `drafted` is what was inferred of conclusions, by number."""
    lines = [
        schema.rstrip("\n"),
        "# " + _("Imported from the file of `source`; what has no key here is below `metadata`."),
    ]
    if drafted:
        purpose = _("The mandates are inferred from the texts. Each inferred value has a comment:")
        comments = _("the words that it comes from, and how sure it is. Look at every “check”.")
        lines += [f"# {purpose}", f"# {comments}"]
    lines += [yaml_line("id", meeting.id), yaml_line("body", meeting.body)]
    for key, value in meeting.keys.items():
        lines += _key(key, value)
    lines += _metadata(meeting.metadata, "")
    if meeting.conclusions is not None:
        lines.append("conclusions:" if meeting.conclusions else "conclusions: []")
        for conclusion in meeting.conclusions:
            lines += _conclusion(conclusion, drafted.get(conclusion.number), meeting)
    return "\n".join(lines) + "\n"


def _key(key: str, value: Tree) -> Iterator[str]:
    if isinstance(value, str | list):
        yield yaml_line(key, value)
    else:
        yield from tree_lines(key, value, "")


def _metadata(metadata: Mapping[str, Tree], indent: str) -> Iterator[str]:
    if metadata:
        yield from tree_lines("metadata", metadata, indent)


def _conclusion(
    conclusion: NewConclusion, drafted: DraftConclusion | None, meeting: NewMeeting
) -> Iterator[str]:
    is_plain = any(one.isdecimal() for one in conclusion.number)  # `null` is to be quoted
    number = conclusion.number
    yield f"  - number: {number}" if is_plain else "  - " + yaml_line("number", number)
    text = conclusion.text
    if text.keys() == {meeting.keys.get("language")}:
        yield from text_lines("text", next(iter(text.values())), "    ")
    else:
        yield "    text:"
        for language, words in text.items():
            yield from text_lines(language, words, "      ")
    if conclusion.acts:
        acts = ", ".join(conclusion.acts)
        yield f"    acts: {acts if len(conclusion.acts) == 1 else f'[{acts}]'}"
    if drafted is not None:
        yield from inferred_lines(drafted, "    ")
    yield from _metadata(conclusion.metadata, "    ")


def text_lines(key: str, text: str, indent: str) -> Iterator[str]:
    """Yield a text as a block: folded where it is one line, else with its lines."""
    if "\n" not in text:
        yield from yaml_block(key, text, indent)
        return
    if has_command(text):
        escaped = json_without_commands(json.dumps(text, ensure_ascii=False))
        yield f"{indent}{key}: {escaped}"
        return
    yield f"{indent}{key}: |-"
    for line in text.split("\n"):
        yield f"{indent}  {line}" if line else ""


def tree_lines(key: str, value: Tree, indent: str) -> Iterator[str]:
    """Yield a key with texts, lists and mappings; what is short stands in brackets on its line."""
    line = indent + _flow({key: value})
    is_open = isinstance(value, dict) and any(
        isinstance(one, dict | list) for one in value.values()
    )
    if isinstance(value, str) or (len(line) <= _WIDTH and not is_open) or not value:
        yield line
    elif isinstance(value, dict):
        yield f"{indent}{_flow({key: ''}).removesuffix(_EMPTY)}:"
        for name, one in value.items():
            yield from tree_lines(name, one, indent + "  ")
    else:
        yield f"{indent}{_flow({key: ''}).removesuffix(_EMPTY)}:"
        for one in value:
            yield from _item_lines(one, indent + "  ")


_EMPTY = ": ''"


def _item_lines(value: Tree, indent: str) -> Iterator[str]:
    """Yield an item of a list."""
    line = indent + "- " + _flow({"x": value})[3:]
    if isinstance(value, str) or len(line) <= _WIDTH or not value:
        yield line
        return
    if isinstance(value, list):
        inner = [one for item in value for one in _item_lines(item, indent + "  ")]
    else:
        inner = [one for k, v in value.items() for one in tree_lines(k, v, indent + "  ")]
    yield indent + "- " + inner[0][len(indent) + 2 :]
    yield from inner[1:]


def _flow(keys: Mapping[str, Tree]) -> str:
    """Return one key with its value on one line."""
    [(key, value)] = keys.items()
    text = f"{_scalar(key)}: {_inline(value)}"
    return json_without_commands(text) if has_command(text) else text


def _inline(value: Tree) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k)}: {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Return a text as YAML on one line, safe in brackets too."""
    if "\n" in text or has_command(text):
        return json_without_commands(json.dumps(text, ensure_ascii=False))
    line = dump_mapping({"x": text}, in_brackets=True).rstrip("\n")
    found = line.removeprefix("{x: ").removesuffix("}")
    return json.dumps(text, ensure_ascii=False) if "?" in found or "\n" in found else found


# --- a register to begin with -------------------------------------------------------------------


def register_file(
    bodies: Sequence[NewBody],
    organizations: Sequence[tuple[str, str]],
    languages: Sequence[str],
    schema: str,
) -> str:
    """Return a register with the bodies and the organizations that collections name."""
    first = bodies[0]
    main = languages[0] if languages else "en"
    process = {"code": first.code, "name": _named(first.names, main), "languages": list(languages)}
    lines = [
        schema.rstrip("\n"),
        "# " + _("Made of the bodies and parties that an import named. Complete and correct it."),
        "process:",
        *(line for key, value in process.items() for line in tree_lines(key, value, "  ")),
        "bodies:",
    ]
    for body in bodies:
        keys: dict[str, Tree] = {"name": _named(body.names, main)}
        if body.aliases:
            keys["aliases"] = list(body.aliases)
        lines += tree_lines(body.code, keys, "  ")
    if organizations:
        lines.append("organizations:")
        for code, name in organizations:
            lines += tree_lines(code, {"name": name}, "  ")
    return "\n".join(lines) + "\n"


def _named(names: Mapping[str, str], main: str) -> Tree:
    return {language or main: name for language, name in names.items()}
