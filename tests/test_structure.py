"""The structure of the source: names, sizes, imports."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from .conftest import ROOT

SOURCE = ROOT / "src"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
MOST_LINES = 525
MOST_LINES_OF_A_FUNCTION = 60


def imported(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Yield the modules of ours that a module imports, wherever in it, with the statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                yield (module if module in MODULES else node.module), node


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_a_class_name_is_defined_once() -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                where[node.name].append(name)
    assert {name: modules for name, modules in where.items() if len(modules) > 1} == {}


def test_no_circle_of_imports_those_inside_functions_counted() -> None:
    graph = {name: {other for other, _node in imported(tree)} for name, tree in TREES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        message = " -> ".join(error.args[1])
        raise AssertionError(message) from None


def test_an_import_inside_a_function_says_what_it_saves() -> None:
    """The comment beside it, or above the imports that it stands among, has the milliseconds."""
    unexplained = []
    for name, tree in TREES.items():
        lines = lines_of(MODULES[name])
        for function in functions(tree):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    first = node.lineno - 1
                    while re.match(r"\s*(from|import) ", lines[first]):
                        first -= 1
                    near = lines[first : node.end_lineno]
                    if not any(re.search(r"#.*\b\d+ ms\b", line) for line in near):
                        unexplained.append(f"{name}:{node.lineno}")
    assert unexplained == []


def test_a_file_and_a_function_have_one_job() -> None:
    long_files = [name for name, path in MODULES.items() if len(lines_of(path)) > MOST_LINES]
    long_functions = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in TREES.items()
        for node in functions(tree)
        if (node.end_lineno or node.lineno) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert (long_files, long_functions) == ([], [])


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
