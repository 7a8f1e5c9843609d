"""What a YAML syntax error means, in the reader's own words."""

import yaml

from grcm_cli.text import N_, _, clean

# The parser's problem, in its English words, and what it means to somebody who wrote a text.
_MEANINGS = {
    "mapping values are not allowed here": (
        N_("a colon with a space after it stands inside a text"),
        N_("put the whole text in quotes, or begin it with >- on the line before"),
    ),
    "found character '\\t' that cannot start any token": (
        N_("a tab stands where YAML takes spaces"),
        N_("put spaces in its place"),
    ),
    "could not find expected ':'": (
        N_("a key without a colon, or a line of text that is not indented far enough"),
        N_("write `key: value`; the lines of a text stand further in than its key"),
    ),
    "while scanning a quoted scalar": (
        N_("a quotation mark is opened here and not closed"),
        N_("close it, and write a mark inside a text twice"),
    ),
    "expected <block end>": (
        N_("this line does not stand where the lines before it lead one to expect"),
        N_("put keys of one thing exactly below each other, and text with quotes inside in quotes"),
    ),
    "expected ',' or": (
        N_("a [ or { is opened and not closed, or a comma is missing in it"),
        N_("close it, and put text that holds , [ ] { } or : in quotes"),
    ),
    "expected alphabetic or numeric character": (
        N_("a * or & begins a text"),
        N_("put the text in quotes"),
    ),
    "cannot start any token": (
        N_("a text cannot begin with this character"),
        N_("put the text in quotes"),
    ),
    "found unknown escape character": (
        N_("an unknown escape stands in a text with double quotes"),
        N_("write \\\\ for a backslash, or use single quotes"),
    ),
    "special characters are not allowed": (
        N_("a control character stands in the file"),
        N_("delete it"),
    ),
    "control characters are not allowed": (
        N_("a control character stands in the file"),
        N_("delete it"),
    ),
}
LONGEST = 5_000_000
"""Characters that the parser in Python reads; with more it would take too long."""


def explain(text: str, error: yaml.YAMLError) -> tuple[int, int, str, str]:
    """Return line and column from 1, what is wrong there, and what to write instead.

    The pure Python parser has the better places and words, so it reads the file once more.
    """
    told = error
    if len(text) <= LONGEST:
        try:
            for _event in yaml.parse(text, Loader=yaml.SafeLoader):
                pass
        except yaml.YAMLError as again:
            told = again
    problem = str(getattr(told, "problem", None) or getattr(told, "reason", None) or told)
    context = str(getattr(told, "context", "") or "")
    line, column = _place(text, told)
    for part, (message, hint) in _MEANINGS.items():
        if part in problem or part in context:
            return line, column, _(message), _(hint)
    return line, column, _("not valid YAML: {problem}").format(problem=clean(problem)), ""


def _place(text: str, error: yaml.YAMLError) -> tuple[int, int]:
    context = str(getattr(error, "context", ""))
    opened = "quoted scalar" in context or "flow" in context  # the place where it is opened helps
    mark = getattr(error, "context_mark" if opened else "problem_mark", None)
    if mark is not None:
        return mark.line + 1, mark.column + 1
    position = getattr(error, "position", 0)
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
