"""What a YAML syntax error means, in the reader's own words."""

from grcm_cli.language.text import N_, _

_IN_QUOTES = N_("put the whole text in quotes, or begin it with >- on the line before")
# Parts of the parser's messages, what they mean to somebody who wrote a text, and what to write.
_MEANINGS = (
    (
        ("mapping values are not allowed here",),
        N_("a colon with a space after it stands inside a text"),
        _IN_QUOTES,
    ),
    (
        ("found character '\\t'",),
        N_("a tab stands where YAML takes spaces"),
        N_("put spaces in its place"),
    ),
    (
        ("could not find expected ':'",),
        N_("a key without a colon and a space, or a text that is not indented far enough"),
        N_("write `key: value`; the lines of a text stand further in than its key"),
    ),
    (
        ("found unexpected end of stream", "found unexpected document separator"),
        N_("a quotation mark is opened here and not closed"),
        N_("close it, and write a mark inside a text twice"),
    ),
    (
        ("expected <block end>",),
        N_("this line does not stand where the lines before it lead one to expect"),
        N_("put keys of one thing exactly below each other, and text with quotes inside in quotes"),
    ),
    (
        ("expected ',' or",),
        N_("a [ or { is opened and not closed, or a comma is missing in it"),
        N_("close it, and put text that holds , [ ] { } ? or : in quotes"),
    ),
    (
        ("expected the node content",),
        N_("a value is missing here, or a [ or { is not closed"),
        N_("write the value; put text that holds , [ ] { } ? or : in quotes"),
    ),
    (("expected alphabetic or numeric character",), N_("a * or & begins a text"), _IN_QUOTES),
    (("sequence entries are not allowed here",), N_("a text begins with a hyphen"), _IN_QUOTES),
    (("mapping keys are not allowed here",), N_("a text begins with a question mark"), _IN_QUOTES),
    (
        ("chomping or indentation indicators", "expected a comment or a line break"),
        N_("a text stands on the line of its > or |"),
        N_("begin it on the next line, further in than its key"),
    ),
    (
        ("expected '<document start>'",),
        N_("something stands after the end of the document"),
        N_("delete it, or the line with ... before it"),
    ),
    (("cannot start any token",), N_("a text cannot begin with this character"), _IN_QUOTES),
    (
        ("found unknown escape character", "expected escape sequence of"),
        N_("an unknown escape stands in a text with double quotes"),
        N_("write \\\\ for a backslash, or use single quotes"),
    ),
    (
        ("chr() arg not in range", "Python int too large"),
        N_("an escape in a text stands for no character"),
        N_("write the character itself"),
    ),
)
_OTHER = (
    N_("this is not valid YAML"),
    N_("put text in quotes, and keys of one thing in one column"),
)
# Where the place that helps is the beginning of what is not finished, not where that shows.
_UNFINISHED = ("could not find expected ':'", "found unexpected", "expected ',' or", "node content")

Place = tuple[int, int]


def explain(error: Exception, reached: Place) -> tuple[Place, str, str]:
    """Return line and column from 1, what is wrong there, and what to write instead.

    `reached` is how far the parser had come, line and column from 0, for errors without a place.
    """
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    meanings = (row[1:] for row in _MEANINGS if any(part in problem for part in row[0]))
    message, hint = next(meanings, _OTHER)
    return _place(error, problem, reached), _(message), _(hint)


def _place(error: Exception, problem: str, reached: Place) -> Place:
    begun = getattr(error, "context_mark", None)
    shown = getattr(error, "problem_mark", None)
    unfinished = any(part in problem for part in _UNFINISHED)
    mark = (begun or shown) if unfinished else (shown or begun)
    line, column = (mark.line, mark.column) if mark is not None else reached
    return line + 1, column + 1
