r"""Text that a CI service would act on: the marks of its commands, and the same text without them.

GitHub's runner acts on a line of output that begins, after white space, with `::`, and on `##[`
wherever it stands in a line; the agent of Azure Pipelines acts on `##vso[` wherever it stands. Both
take what a program prints for commands, whoever wrote it into the data.

Text for people gets a backslash into the mark: `\::`, `#\#[`. Each format for programs writes the
first character of the mark by an escape of its own, so that it is read back exactly.
"""

import re

# Compiled where they are used: nearly no text has a mark.
_BREAKS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
# A runner may strip the codes of colours before it reads the line, inside a mark too.
_COLOUR = r"\x1b\[[0-9;]*m"
_COLOURS = rf"(?:{_COLOUR})*"
_START = rf"(?:\A|(?<=[{_BREAKS}]))(?:[^\S{_BREAKS}]|{_COLOUR})*"
_BEGINNING = rf"({_START}):(?={_COLOURS}:)"
_ANYWHERE = rf"#(?={_COLOURS}#{_COLOURS}(?:v{_COLOURS}s{_COLOURS}o{_COLOURS})?\[)"
_COLONS = rf"({_START})((?::{_COLOURS})*:)(?={_COLOURS}:)"
_IN_CELL = r"#(?=\\*#(?:vso)?\[)"


def has_command(text: str) -> bool:
    """Tell whether a CI service would act on some line of a text."""
    return without_commands(text) != text


def without_commands(text: str, colon: str = r"\:", number_sign: str = "#\\") -> str:
    """Return a text in which no line is a command: the first character of each mark is replaced.

    `colon` stands for the first of `::`, `number_sign` for the first of `##`.
    """
    if "##" in text or "#\x1b" in text:
        text = re.sub(_ANYWHERE, lambda _match: number_sign, text)
    if _has_colons(text):
        text = re.sub(_BEGINNING, lambda match: match[1] + colon, text)
    return text


def json_without_commands(text: str) -> str:
    """Return a JSON document in which no line is a command. Its lines begin with marks of JSON."""
    return without_commands(text, number_sign=r"\u0023")


def markup_without_commands(text: str) -> str:
    """Return HTML or XML in which no line is a command, inside its texts and attributes."""
    return without_commands(text, "&#58;", "&#35;")


def without_commands_in_folds(text: str, fold: str) -> str:
    """Return a text of lines that may be folded anywhere, with a `fold` inside each mark."""
    text = without_commands(text, colon=":", number_sign=f"#{fold}")
    if not _has_colons(text):
        return text
    # After a fold the next colon begins a line too.
    return re.sub(_COLONS, lambda match: match[1] + match[2].replace(":", f":{fold}"), text)


def _has_colons(text: str) -> bool:
    """Tell whether a text may have the mark that begins a line."""
    return "::" in text or ":\x1b" in text


def cell_without_commands(text: str) -> str:
    r"""Return the text of a cell with one backslash more in each `##[`, `#\#[` and so on.

    To take one backslash off restores it: `re.sub(r"#\\(?=\\*#(?:vso)?\[)", "#", cell)`.
    """
    return re.sub(_IN_CELL, r"#\\", text) if "#" in text else text
