"""YAML of new values: the keys of a file, texts as blocks, trees, and whole documents.

All of it reads back as the same values. A text that a CI service would take for a command is
written in JSON's quotation marks and escapes, which are YAML's too.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from grcm_cli.language.ci_commands import has_command, json_without_commands
from grcm_cli.language.text import clean

Tree = Any
"""Texts, lists and mappings of texts."""
_WIDTH = 92  # columns of a text and of what stands in brackets
_ENDLESS = 1_000_000_000  # columns: no text is folded over several lines
_SPECIAL = re.compile(r"^[^\w“]|[:#]|^(?:null|true|false|yes|no|~)$|^[0-9.]+$", re.IGNORECASE)
"""What a text without quotes may not be or have."""
_ODD = re.compile("[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]")
"""Characters that libyaml escapes where PyYAML does not, or folds elsewhere."""


class _Dumper(yaml.SafeDumper):
    """Writes a day without quotes: every scalar is text to the reader."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def mapping(keys: Mapping[str, object], *, in_brackets: bool = False) -> str:
    """Return a mapping, a key a line or all in brackets, with quotes only if needed."""
    text: str = yaml.dump(
        dict(keys),
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=in_brackets,
        sort_keys=False,
        width=_ENDLESS,
    )
    return text


def key_line(key: str, value: object) -> str:
    """Return a key with a text, or with a list of codes, on one line."""
    if isinstance(value, list | tuple):
        return f"{key}: [{', '.join(value)}]"
    text = clean(str(value))
    line = mapping({key: text}).rstrip("\n")
    return f"{key}: {_escaped(text)}" if has_command(line) else line


def one_or_list(words: Sequence[str]) -> str:
    """Return one word as it is, several as a list in brackets."""
    return words[0] if len(words) == 1 else f"[{', '.join(words)}]"


def block(key: str, text: str, indent: str, *, keep_lines: bool = False) -> Iterator[str]:
    """Yield a text as a block, in which no character has a meaning in YAML.

    Its lines are folded, or kept. A short action without such characters stands on one line.
    """
    sign, lines = "|-", text.split("\n")
    if not keep_lines or len(lines) < 2:
        text = " ".join(text.split())
        folded = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        sign, lines = ">-", folded
    is_short = sign == ">-" and len(text) < _WIDTH - len(key) - len(indent)
    written = [f"{indent}{key}: {sign}", *(f"{indent}  {line}" if line else "" for line in lines)]
    if key == "action" and is_short and not _SPECIAL.search(text):
        written = [f"{indent}{key}: {text}"]
    yield from [f"{indent}{key}: {_escaped(text)}"] if has_command("\n".join(written)) else written


def tree_lines(key: str, value: Tree, indent: str) -> Iterator[str]:
    """Yield a key with texts, lists and mappings; what is short stands in brackets on its line."""
    line = f"{indent}{_scalar(key)}: {_inline(value)}"
    line = json_without_commands(line) if has_command(line) else line
    is_open = isinstance(value, dict) and any(isinstance(v, dict | list) for v in value.values())
    if isinstance(value, str) or (len(line) <= _WIDTH and not is_open) or not value:
        yield line
        return
    yield f"{indent}{_scalar(key)}:"
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from tree_lines(name, inner, indent + "  ")
    else:
        for item in value:
            yield from _item_lines(item, indent + "  ")


def section_lines(sections: Mapping[str, Mapping[str, Tree]]) -> Iterator[str]:
    """Yield the sections of a register; a key that fits stands in brackets on one line."""
    for section, keys in sections.items():
        yield f"{section}:"
        for key, value in keys.items():
            line = f"  {_scalar(key)}: {_inline(value)}"
            is_short = len(line) <= _WIDTH and not has_command(line)
            yield from [line] if is_short else tree_lines(key, value, "  ")


def number_line(number: str) -> str:
    """Return the line of a conclusion's number, which begins the conclusion."""
    is_plain = any(character.isdecimal() for character in number)  # `null` is to be quoted
    return f"  - number: {number}" if is_plain else f"  - {key_line('number', number)}"


def _item_lines(value: Tree, indent: str) -> Iterator[str]:
    line = f"{indent}- {_inline(value)}"
    line = json_without_commands(line) if has_command(line) else line
    if isinstance(value, str) or len(line) <= _WIDTH or not value:
        yield line
        return
    if isinstance(value, list):
        inner = [line for item in value for line in _item_lines(item, indent + "  ")]
    else:
        inner = [line for k, v in value.items() for line in tree_lines(k, v, indent + "  ")]
    yield f"{indent}- {inner[0][len(indent) + 2 :]}"
    yield from inner[1:]


def _inline(value: Tree) -> str:
    """Return a value on one line, a list or a mapping in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k)}: {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Return a text on one line, safe in brackets too."""
    if "\n" in text or has_command(text):
        return _escaped(text)
    line = mapping({"x": text}, in_brackets=True).rstrip("\n")
    plain = line.removeprefix("{x: ").removesuffix("}")
    return json.dumps(text, ensure_ascii=False) if "?" in plain or "\n" in plain else plain


def _escaped(text: str) -> str:
    """Return a text in JSON's quotation marks, the `##` of a command escaped."""
    return json_without_commands(json.dumps(text, ensure_ascii=False))


class _PlainDumper(yaml.SafeDumper):
    """PyYAML's own emitter; it writes the same value in each place, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - as PyYAML calls it
        """Say that nothing is written as an alias."""
        return True


class _FastDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """libyaml's emitter, where it is there: the same bytes, but for odd characters."""

    ignore_aliases = _PlainDumper.ignore_aliases


def document(tree: Tree) -> str:
    """Return a tree as YAML for other programs: what they would take for no text is in quotes."""
    dumper = _PlainDumper if any(map(_ODD.search, _texts(tree))) else _FastDumper
    text: str = yaml.dump(tree, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100)
    return text


def _texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from _texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value)
    elif isinstance(tree, str):
        yield tree
