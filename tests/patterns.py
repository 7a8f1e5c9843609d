"""Every regular expression of the source, and the worst texts for each, made from itself.

A repeat that can give back what it took is slow on a text that it eats and that fails after it, and
a search is slow where it begins anew at each place of such a text. So for each repeat of a pattern
there are texts of what it repeats: after all that stands before it and without that, of each kind
of character that it takes, of each of its alternatives, and of all that stands before it.
"""

import ast
import contextlib
import importlib
import io
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import grcm_cli

from .processes import grcm_here

SOURCE = Path(grcm_cli.__file__).parent
_COMMON = " \n\taA0é-.,;:()[]|/#'\"“_\u3000"
"""Characters of which most repeats take some."""
_ENDS = ("", "\0", "\n\0", " \0x")
_ENDLESS = 200  # times from which on a repeat counts as one without an end
_AT_START = frozenset({"match", "fullmatch"})
_METHODS = "match|fullmatch|search|sub|subn|split|findall|finditer"
_CALL = rf"\b(\w+)\b(?=(?:\[[^\]]*\])?(?:\(\))?\.({_METHODS})\b)"
_WRITTEN = rf"\bre\.({_METHODS})\b"


class Pattern(NamedTuple):
    """A pattern of the source."""

    where: str  # its module and name, or its line
    pattern: "re.Pattern[Any]"
    at_start: frozenset[str]
    """`match` and `fullmatch`, where it is used for nothing else: it begins at one place alone."""


# --- where they are -----------------------------------------------------------------------------


def patterns() -> Iterator[Pattern]:
    """Yield the patterns that modules hold, and those that are written where they are used."""
    seen = set()
    everywhere = _Uses("".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")))
    for info in pkgutil.walk_packages([str(SOURCE)], "grcm_cli."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        here = _Uses(text)
        for name, pattern in _held(module):
            if pattern not in seen:
                seen.add(pattern)
                uses = here if name[0] == "_" else everywhere
                yield Pattern(f"{info.name}.{name}", pattern, uses.at_start(name))
        for call in ast.walk(ast.parse(text)) if re.search(_WRITTEN, text) else ():
            match call:
                case ast.Call(ast.Attribute(ast.Name("re"), method), [ast.Constant(one), *_]):
                    if method in _METHODS.split("|"):
                        where = f"{info.name}:{call.lineno}"
                        yield Pattern(where, re.compile(one), _AT_START & {method})


def print_made(arguments: list[str], cwd: str, environment: dict[str, str]) -> None:
    """Run grcm, and write a line of JSON for each pattern that its functions build meanwhile."""
    compiled, made = re.compile, {}

    def keep(pattern: Any, flags: int = 0) -> "re.Pattern[Any]":  # noqa: ANN401 - as re has it
        code = sys._getframe(1).f_code
        result = compiled(pattern, flags)
        if str(SOURCE) in code.co_filename and code.co_name != "<module>":
            made[result] = f"{Path(code.co_filename).relative_to(SOURCE)}:{code.co_name}"
        return result

    def used(method: str) -> Any:  # noqa: ANN401 - any function of re
        return lambda pattern, *rest, **named: getattr(keep(pattern), method)(*rest, **named)

    re.compile = keep
    for method in ("match", "fullmatch", "search"):
        setattr(re, method, used(method))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        grcm_here(arguments, cwd, environment)
    for pattern, where in made.items():
        if isinstance(pattern.pattern, str):
            sys.stdout.write(json.dumps([where, pattern.pattern, pattern.flags]) + "\n")


def _held(module: ModuleType) -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    """Yield the patterns of a module's names, its classes, and its cached functions."""
    for name, value in list(vars(module).items()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield from ((name, found) for one in vars(value).values() for found in _in_value(one))
        elif hasattr(value, "cache_info") and value.__module__ == module.__name__:
            if not signature(value.__wrapped__).parameters:
                yield from ((name, found) for found in _in_value(value()))
        else:
            yield from ((name, found) for found in _in_value(value))


def _in_value(value: object, depth: int = 4) -> Iterator["re.Pattern[Any]"]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from _in_value(tuple(value.values()), depth)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _in_value(inner, depth - 1)


class _Uses:
    """The methods that a text calls of each name, and the names that loops give to its parts."""

    def __init__(self, text: str) -> None:
        self.methods: dict[str, set[str]] = {}
        for name, method in re.findall(_CALL, text):
            self.methods.setdefault(name, set()).add(method)
        self.parts: dict[str, set[str]] = {}
        for part, rest in re.findall(r"\bfor (\w+)\b(?=([^\n]*))", text):
            for name in re.findall(r" in (\w+)\b", rest):
                self.parts.setdefault(name, set()).add(part)

    def at_start(self, name: str) -> frozenset[str]:
        """Return the methods of a pattern that are called, if they are of those at one place."""
        names = (name, *self.parts.get(name, ()))
        called = frozenset(method for one in names for method in self.methods.get(one, ()))
        return called if called <= _AT_START else frozenset()


# --- the worst texts ----------------------------------------------------------------------------

_C: Any = re._constants  # type: ignore[attr-defined] # Python's own, without types
_PARSER: Any = re._parser  # type: ignore[attr-defined] # as above
_REPEATS = (_C.MAX_REPEAT, _C.MIN_REPEAT, _C.POSSESSIVE_REPEAT)
_SINGLE = (_C.LITERAL, _C.NOT_LITERAL, _C.ANY, _C.IN)
Node = Any  # a node of a parsed pattern: what it is, and its argument


def worst_texts(pattern: "re.Pattern[Any]") -> Iterator[Callable[[int], Any]]:
    """Yield functions of a size: texts that each repeat of a pattern eats, and that fail after."""

    def of_size(start: str, unit: str, end: str, size: int) -> str | bytes:
        text = start + unit * (size // len(unit)) + end
        return text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")

    for start, unit in _Tree(pattern).pumps():
        yield from (partial(of_size, start, unit, end) for end in _ENDS)


class _Tree:
    """A parsed pattern, and one character of each kind that it tells from others."""

    def __init__(self, pattern: "re.Pattern[Any]") -> None:
        self.root = _PARSER.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        flags = "" if not pattern.flags & re.IGNORECASE else "i"
        self.flags = f"(?{flags}s)" if pattern.flags & re.DOTALL else f"(?{flags})" if flags else ""
        self._takes: dict[str, re.Pattern[str]] = {}
        singles = {str(node): node for node in self._nodes(self.root) if node[0] in _SINGLE}
        kinds: dict[tuple[bool, ...], str] = {}
        for character in dict.fromkeys((*self._literals(), *_COMMON)):
            kind = tuple(self.takes(node, character) for node in singles.values())
            if any(kind):
                kinds.setdefault(kind, character)
        self.characters = list(kinds.values())

    def _nodes(self, tree: Node) -> Iterator[Node]:
        for node in tree:
            yield node
            for inner in _inside(node):
                yield from self._nodes(inner)

    def _literals(self) -> Iterator[str]:
        for op, argument in self._nodes(self.root):
            if op in (_C.LITERAL, _C.NOT_LITERAL):
                yield chr(argument)
            elif op is _C.IN:
                yield from (chr(one[1]) for one in argument if one[0] is _C.LITERAL)
                yield from (chr(one[1][0]) for one in argument if one[0] is _C.RANGE)

    def takes(self, node: Node, character: str) -> bool:
        """Tell whether a node that stands for one character takes this one."""
        key = str(node)
        if key not in self._takes:
            self._takes[key] = re.compile(self.flags + _written(node))
        return self._takes[key].fullmatch(character) is not None

    def example(self, tree: Node, *, full: bool = False) -> str:
        """Return a text that a part of the pattern takes, as far as one can tell."""
        found = ""
        for node in tree:
            op, argument = node
            if op in _SINGLE:
                taken = (one for one in self.characters if self.takes(node, one))
                found += chr(argument) if op is _C.LITERAL else next(taken, "")
            elif op in _REPEATS:
                found += self.example(argument[2]) * max(argument[0], full)
            elif op is _C.BRANCH:
                found += self.example(argument[1][0])
            elif op in (_C.SUBPATTERN, _C.ATOMIC_GROUP):
                found += self.example(_inside(node)[0], full=full)
        return found

    def pumps(self) -> Iterator[tuple[str, str]]:
        """Yield what stands before a repeat, or nothing, and what is repeated."""
        pairs = (
            (start, unit)
            for before, body in self._repeats(self.root, "")
            for unit in self._units(before, body)
            for start in (before, "")
            if unit
        )
        yield from dict.fromkeys(pairs)

    def _repeats(self, tree: Node, before: str) -> Iterator[tuple[str, Node]]:
        for node in tree:
            if node[0] in _REPEATS and node[1][1] >= _ENDLESS:
                yield before, node[1][2]
            for inner in _inside(node):
                yield from self._repeats(inner, before)
            before += self.example([node])

    def _units(self, before: str, body: Node) -> Iterator[str]:
        if len(body) == 1 and body[0][0] in _SINGLE:
            yield from (one for one in self.characters if self.takes(body[0], one))
            if len(before) > 1 and all(self.takes(body[0], one) for one in before):
                yield before
            return
        yield self.example(body)
        yield self.example(body, full=True)
        for index, node in enumerate(body):
            inside = _inside(node) if node[0] in (_C.BRANCH, _C.SUBPATTERN) else []
            for inner in inside[:12]:
                for unit in self._units("", inner) if len(inner) < 9 else ():
                    yield self.example(body[:index]) + unit + self.example(body[index + 1 :])


def _inside(node: Node) -> list[Node]:
    """Return the trees inside a node."""
    op, argument = node
    if op in _REPEATS:
        return [argument[2]]
    if op is _C.SUBPATTERN:
        return [argument[3]]
    if op is _C.BRANCH:
        return list(argument[1])
    if op in (_C.ASSERT, _C.ASSERT_NOT):
        return [argument[1]]
    if op is _C.GROUPREF_EXISTS:
        return [one for one in argument[1:] if one is not None]
    return [argument] if op is _C.ATOMIC_GROUP else []


def _written(node: Node) -> str:
    """Return the pattern of a node that stands for one character."""
    op, argument = node
    if op is _C.ANY:
        return "."
    if op in (_C.LITERAL, _C.NOT_LITERAL):
        return f"[{'^' * (op is _C.NOT_LITERAL)}{_escaped(argument)}]"
    parts = ""
    for kind, value in argument:
        if kind is _C.NEGATE:
            parts += "^"
        elif kind is _C.LITERAL:
            parts += _escaped(value)
        elif kind is _C.RANGE:
            parts += f"{_escaped(value[0])}-{_escaped(value[1])}"
        else:
            sign = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(value).rpartition("_")[2]]
            parts += "\\" + (sign.upper() if "_NOT_" in str(value) else sign)
    return f"[{parts}]"


def _escaped(code: int) -> str:
    return f"\\U{code:08x}"
