"""Templates of letters, and the letters by them: a restricted Jinja, which can do no harm.

Every value is escaped as Markdown, and the steps of loops are counted, so that no template hangs.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from traceback import walk_tb

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from grcm_cli.language import grammar
from grcm_cli.language.markdown import passage
from grcm_cli.language.text import N_, _, clean, reworded, using_language
from grcm_cli.letters.reminder import Reminder
from grcm_cli.letters.render import RenderedLetter, rendered_letter

BUILT_IN = Path(__file__).parent / "templates"  # the folder of the templates that come with grcm
MOST_BYTES = 100_000  # of a template
_DEEP = 10_000  # characters that a template has at least which is nested too deep to be compiled
_MOST_CHARACTERS = 10_000_000  # of a letter
_MOST_STEPS = 5_000_000  # nodes inside of loops, each time that a loop runs: some seconds
_ALLOWED_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.CondExpr),
    *(nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter, nodes.Test, nodes.Keyword),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
_FILTERS = "default", "first", "in_words", "join", "last", "length", "lower", "upper", "capitalize"
_TESTS = ("defined", "none", "odd", "even")
_LOOP_FIELDS = ("index", "first", "last", "length")
_COUNTED = "counted by grcm"
_LONG = N_("the letter would be too long")
_NO_NAME = N_("there is no '{name}' here; the names are: {names}")
_NO_FILTER = N_("there is no filter '{name}' for letters; the filters are: {names}")
_NO_TEST = N_("there is no test '{name}' for letters; the tests are: {names}")
_NOT_TAKEN = N_("'{name}' cannot be used in letters, which allow only names, filters, for and if")
_NO_TEXT = N_("this cannot be shown as text: loop over a list with for; test a flag with if")
_NO_JINJA = N_("Jinja cannot read this: {reason}")


class TemplateFault(Exception):  # noqa: N818 - an error of the template and not of grcm
    """An error in a template: its line, and a message with its values, as the `names` it lists."""

    def __init__(self, message: str, line: int = 0, *names: str, **values: str) -> None:
        super().__init__(message)
        self.message, self.line = message, line
        self.values = {"names": ", ".join(names) or "–", **values}
        self.template = ""  # its file's name

    def sentence(self, path: str) -> str:
        """Return the error with its place, in the reader's language."""
        values = {key: clean(value) for key, value in self.values.items()}
        problem = _(self.message).format(**values)
        return f"{clean(path)}:{self.line}: {problem}"


def _escaped(value: object) -> str:
    """Return a value as Markdown that has no effect."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TemplateFault(_NO_TEXT)
    return passage(str(value))


def _join(values: Sequence[object], between: str = ", ") -> str:
    """Join texts; not characters, so that no chain of joins grows without bound."""
    if isinstance(values, str) or len(between) > 20:
        raise TemplateFault(_NO_TEXT)
    return between.join(str(value) for value in values)


def _in_words(number: object) -> str:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TemplateFault(_NO_TEXT)
    return grammar.number_in_words(number)


def decoded(source: bytes) -> str:
    """Return a template's text. Raises TemplateFault where it is too long or no UTF-8."""
    if len(source) > MOST_BYTES:
        raise TemplateFault(N_("the template is too long"), 1)
    try:
        return source.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise TemplateFault(N_("this is not UTF-8; save it as UTF-8"), line) from error


class LetterTemplate(ImmutableSandboxedEnvironment):
    """A parsed and checked template, and its Jinja, with fields of values as only attributes."""

    def __init__(self, source: str, names: Sequence[str]) -> None:
        """Parse a template that may use these names. Raises TemplateFault."""
        super().__init__(
            undefined=StrictUndefined,
            finalize=_escaped,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,  # or it would evaluate constants without counting
        )
        self._steps = 0
        self.globals.clear()
        added = {"join": _join, "in_words": _in_words, _COUNTED: self._counted}
        self.filters = {name: self.filters[name] for name in _FILTERS if name not in added} | added
        self.tests = {name: self.tests[name] for name in _TESTS}
        try:
            tree = self.parse(source)
            _check(tree, names)
            # Each loop counts its steps, by a filter around what it loops over.
            for loop in list(tree.find_all(nodes.For)):
                cost = sum(1 for _node in loop.find_all(nodes.Node))
                line = loop.lineno
                counted = [nodes.Const(cost, lineno=line)]
                loop.iter = nodes.Filter(loop.iter, _COUNTED, counted, [], None, None, lineno=line)
            code = self.compile(tree, filename="<letter>")
        except TemplateFault:
            raise
        except TemplateSyntaxError as error:
            raise TemplateFault(_NO_JINJA, error.lineno, reason=error.message or "") from error
        except (RecursionError, MemoryError, SyntaxError) as error:  # of Python's own parser
            if isinstance(error, MemoryError) and len(source) < _DEEP:
                raise  # the machine's
            raise TemplateFault(N_("this is nested too deeply"), 1) from error
        except Exception as error:  # Jinja may raise anything for what an author writes
            raise TemplateFault(_NO_JINJA, 1, reason=_first_line(error)) from error
        self._template: Template = Template.from_code(self, code, {})

    def getattr(self, obj: object, attribute: str) -> object:
        """Return a field of a value. Raises TemplateFault for any other attribute."""
        values = obj if isinstance(obj, Mapping) else {}
        fields = _LOOP_FIELDS if isinstance(obj, LoopContext) else tuple(values)
        if attribute not in fields:
            raise TemplateFault(_NO_NAME, 0, *fields, name=attribute)
        return values[attribute] if values else getattr(obj, attribute)

    def _counted(self, values: Sequence[object], cost: int) -> Sequence[object]:
        self._steps += cost * (1 + len(values))
        if self._steps > _MOST_STEPS:
            raise TemplateFault(_LONG)
        return values

    def render(self, context: Mapping[str, object]) -> str:
        """Return a letter as Markdown. Raises TemplateFault."""
        self._steps = 0
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
            message = N_("Jinja cannot evaluate this: {reason}")
            raise TemplateFault(message, _line(error), reason=_first_line(error)) from error
        return "".join(pieces)


def _check(tree: nodes.Template, names: Sequence[str]) -> None:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED_NODES):
            raise TemplateFault(_NOT_TAKEN, node.lineno, name=type(node).__name__.lower())
        if isinstance(node, nodes.For) and node.recursive:
            raise TemplateFault(_NOT_TAKEN, node.lineno, name="recursive")
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise TemplateFault(_NO_FILTER, node.lineno, *_FILTERS, name=node.name)
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            raise TemplateFault(_NO_TEST, node.lineno, *_TESTS, name=node.name)
    unknown = find_undeclared_variables(tree) - set(names)
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            raise TemplateFault(_NO_NAME, name.lineno, *names, name=name.name)


def _line(error: BaseException) -> int:
    frames = walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == "<letter>"]
    return lines[-1] if lines else 1


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__


def rendered_letters(
    letters: Sequence[Reminder],
    forms: Sequence[bytes],
    own_template: Callable[[str], bytes | None],
    *,
    is_partial: bool,
) -> list[RenderedLetter]:
    """Return letters by the record's own templates, else by those of grcm. Raises TemplateFault."""
    templates: dict[str, LetterTemplate] = {}
    rendered = []
    for letter, form in zip(letters, forms, strict=True):
        with using_language(letter.language):
            values = letter.context(has_form=bool(form))
            name = f"reminder.{letter.language}.md"
            try:
                if name not in templates:
                    source = own_template(name)
                    if source is None:
                        built_in = (BUILT_IN / name).read_text(encoding="utf-8")
                        source = reworded(built_in, letter.language).encode()
                    templates[name] = LetterTemplate(decoded(source), tuple(values))
                text = templates[name].render(values)
            except TemplateFault as fault:
                fault.template = name
                raise
            if is_partial:
                note = _("This letter may be incomplete: the record is being corrected.")
                text = f"**{note}**\n\n{text}"
            rendered.append(rendered_letter(letter, text))
    return rendered
