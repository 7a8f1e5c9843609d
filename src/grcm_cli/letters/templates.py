"""Templates of letters: Jinja's words, but only so many of them that none can do any harm.

A template takes names, filters, `for` and `if`. What it shows is always escaped as Markdown, so
that no text of a data file acts; what it costs is counted, so that none hangs or fills the memory.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from grcm_cli.language.markdown import passage
from grcm_cli.language.text import N_, _, clean

OWN = Path(__file__).parent / "templates"
MOST_BYTES = 100_000  # of a template
_MOST_CHARACTERS = 10_000_000  # of a letter
_MOST_STEPS = 5_000_000  # nodes of a template that loops pass through: seconds
_TAKEN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.CondExpr),
    *(nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter, nodes.Test, nodes.Keyword),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
_FILTERS = ("default", "first", "join", "last", "length", "lower", "upper", "capitalize")
_TESTS = ("defined", "none", "odd", "even")
_OF_A_LOOP = ("index", "first", "last", "length")
_COUNTED = "counted by grcm"


class TemplateFault(Exception):  # noqa: N818 - the template's, and told as a sentence
    """What a template cannot mean: the line, a message, and the words that it takes."""

    def __init__(self, message: str, line: int = 0, **said: str) -> None:
        super().__init__(message)
        self.message, self.line, self.said = message, line, said

    def sentence(self, path: str) -> str:
        """Return what is wrong and where, in the reader's language."""
        words = {key: clean(word) for key, word in self.said.items()}
        problem = _(self.message).format(**words)
        return f"{clean(path)}:{self.line}: {problem}"


_LONG = N_("the letter grows too long")
_LONG_TEMPLATE = N_("the template is too long")
_TOO_DEEP = N_("this is nested too deep")
_NO_UTF8 = N_("this is no UTF-8; save it as UTF-8")
_NO_NAME = N_("there is no '{name}' here; there are: {names}")
_NO_FILTER = N_("there is no filter '{name}' for letters; there are: {names}")
_NO_TEST = N_("there is no test '{name}' for letters; there are: {names}")
_NOT_TAKEN = N_("'{name}' is not for letters: they take names, filters, for and if")
_NO_TEXT = N_("this is no text to show: loop over a list with for, ask for a mark with if")
_NO_JINJA = N_("Jinja does not read this: {reason}")
_FAILED = N_("Jinja cannot work this out: {reason}")


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja with few filters, fields in the place of attributes, and counted loops."""

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,  # or it would work out at once what is to be counted
        )
        self.steps = 0
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters |= {"join": _join, _COUNTED: self._counted}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def getattr(self, obj: object, attribute: str) -> object:
        """Return a field of a value of ours, and no other attribute."""
        fields = _OF_A_LOOP if isinstance(obj, LoopContext) else getattr(obj, "_fields", ())
        if attribute not in fields:
            raise TemplateFault(_NO_NAME, name=attribute, names=_listed(fields))
        found: object = getattr(obj, attribute)
        return found

    def _counted(self, values: Sequence[object], cost: int) -> Sequence[object]:
        self.steps += cost * (1 + len(values))
        if self.steps > _MOST_STEPS:
            raise TemplateFault(_LONG)
        return values


def _shown(value: object) -> str:
    """Return a value as Markdown in which it acts as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TemplateFault(_NO_TEXT)
    return passage(str(value))


def _join(values: Sequence[object], between: str = ", ") -> str:
    """Return texts as one; not characters, so that no chain of joins can grow without bound."""
    if isinstance(values, str) or len(between) > 20:
        raise TemplateFault(_NO_TEXT)
    return between.join(str(value) for value in values)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "–"


def decoded(source: bytes) -> str:
    """Return a template's text. Raises TemplateFault for what is none."""
    if len(source) > MOST_BYTES:
        raise TemplateFault(_LONG_TEMPLATE, 1)
    try:
        return source.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise TemplateFault(_NO_UTF8, line) from error


class Writer:
    """A template that was read, ready to write letters."""

    def __init__(self, source: str, names: Sequence[str]) -> None:
        """Read a template that may use these names. Raises TemplateFault."""
        self._environment = _Environment()
        try:
            tree = self._environment.parse(source)
            _check(tree, names)
            _count(tree)
            code = self._environment.compile(tree, filename="<letter>")
        except TemplateFault:
            raise
        except TemplateSyntaxError as error:
            fault = TemplateFault(_NO_JINJA, error.lineno, reason=error.message or "")
            raise fault from error
        except (RecursionError, MemoryError, SyntaxError) as error:  # Python's own reader's
            raise TemplateFault(_TOO_DEEP, 1) from error
        except Exception as error:  # a template is its author's: whatever it does is told
            raise TemplateFault(_NO_JINJA, 1, reason=_told(error)) from error
        self._template: Template = Template.from_code(self._environment, code, {})

    def letter(self, context: Mapping[str, object]) -> str:
        """Return a letter as Markdown. Raises TemplateFault."""
        self._environment.steps = 0
        pieces: list[str] = []
        size = 0
        try:
            for piece in self._template.generate(context):
                pieces.append(piece)
                size += len(piece)
                if size > _MOST_CHARACTERS:
                    raise TemplateFault(_LONG, 1)
        except TemplateFault as fault:
            fault.line = fault.line or _line(fault)
            raise
        except Exception as error:  # as above
            raise TemplateFault(_FAILED, _line(error), reason=_told(error)) from error
        return "".join(pieces)


def _check(tree: nodes.Template, names: Sequence[str]) -> None:
    """Raise TemplateFault for the first thing that letters do not take."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _TAKEN):
            raise TemplateFault(_NOT_TAKEN, node.lineno, name=type(node).__name__.lower())
        if isinstance(node, nodes.For) and node.recursive:
            raise TemplateFault(_NOT_TAKEN, node.lineno, name="recursive")
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise TemplateFault(_NO_FILTER, node.lineno, name=node.name, names=_listed(_FILTERS))
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            raise TemplateFault(_NO_TEST, node.lineno, name=node.name, names=_listed(_TESTS))
    unknown = find_undeclared_variables(tree) - set(names)
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            raise TemplateFault(_NO_NAME, name.lineno, name=name.name, names=_listed(names))


def _count(tree: nodes.Template) -> None:
    """Make each loop count what it passes through."""
    for loop in list(tree.find_all(nodes.For)):
        cost = nodes.Const(sum(1 for _node in loop.find_all(nodes.Node)), lineno=loop.lineno)
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [cost], [], None, None, lineno=loop.lineno)


def _line(error: BaseException) -> int:
    """Return the line of the template at which an error came up."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<letter>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _told(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
