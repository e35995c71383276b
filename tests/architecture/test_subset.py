"""The Python of web/deskside runs on CPython, MicroPython and Brython: what one of them lacks is not used."""

import ast
from collections.abc import Iterator

import pytest

from .program import ROOT, Module, expect_none, modules

MISSING_MODULES = {
    "__future__",
    "abc",
    "contextlib",
    "dataclasses",
    "enum",
    "functools",
    "typing",
    "uuid",
    "secrets",
    "asyncio",
}
MISSING_METHODS = {"removeprefix", "removesuffix", "zfill", "_asdict", "_replace", "isidentifier", "casefold"}
MISSING_HOOKS = {"__init_subclass__", "__set_name__", "__class_getitem__", "__post_init__"}


def complaints(node: ast.AST) -> Iterator[str]:
    """Why this node cannot stand in web/deskside."""
    if isinstance(node, ast.Match):
        yield "`match`: MicroPython has none; write if and elif"
    elif isinstance(node, ast.TryStar):
        yield "`except*`: MicroPython has none"
    elif isinstance(node, ast.Raise) and node.cause is not None:
        yield "`raise ... from`: MicroPython has none; raise alone"
    elif isinstance(node, ast.arguments) and node.posonlyargs:
        yield "`/` among the parameters: MicroPython has none"
    elif isinstance(node, ast.List | ast.Tuple | ast.Set) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        if any(isinstance(item, ast.Starred) for item in node.elts):
            yield "`*` inside a display: MicroPython has none; add the lists with +"
    elif isinstance(node, ast.Dict) and None in node.keys:
        yield "`**` inside a display: MicroPython has none; use | or dict()"
    elif isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
        yield "a coroutine: Brython's tasks never run; use callbacks"
    elif isinstance(node, ast.FunctionDef) and node.name in MISSING_HOOKS:
        yield f"`{node.name}`: MicroPython never calls it"
    elif isinstance(node, ast.Call):
        yield from called(node)
    elif isinstance(node, ast.Slice) and node.step is not None:
        yield "a slice with a step: MicroPython has none for text; use reversed() or a loop"


def called(node: ast.Call) -> Iterator[str]:
    if isinstance(node.func, ast.Attribute) and node.func.attr in MISSING_METHODS:
        yield f"`.{node.func.attr}()`: not in every interpreter"
    if isinstance(node.func, ast.Name) and node.func.id == "isinstance" and len(node.args) == 2:
        kinds = node.args[1].elts if isinstance(node.args[1], ast.Tuple) else [node.args[1]]
        names = [kind.id for kind in kinds if isinstance(kind, ast.Name)]
        if "int" in names and "bool" not in names:
            yield "`isinstance(..., int)`: a boolean is one here and none there; use `type(x) is int`"


def without_types(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only type checkers read."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from without_types(child)


def problems(module: Module) -> list[str]:
    found = [
        f"{module.place(line)} imports {name}: not in every interpreter"
        for name, line in module.imports
        if name.split(".")[0] in MISSING_MODULES or name == "collections.abc"
    ]
    for node in without_types(module.tree):
        found += [f"{module.place(getattr(node, 'lineno', 0))} {complaint}" for complaint in complaints(node)]
    return found


def test_deskside_is_written_in_the_subset() -> None:
    found = [problem for module in modules("deskside").values() for problem in problems(module)]
    expect_none(found)


def test_the_tests_of_core_are_too() -> None:
    tests = {name: module for name, module in modules("tests").items() if name.startswith("tests.core.")}
    found = [
        problem
        for name, module in tests.items()
        if not name.startswith("tests.core.properties")
        for problem in problems(module)
    ]
    expect_none(found)


@pytest.mark.parametrize(
    "source",
    [
        "match x:\n    case 1: pass",
        "def f(a, /): pass",
        "x = [*a, 1]",
        "x = (*a, 1)",
        "x = {**a}",
        "raise A from b",
        "async def f(): pass",
        "x = 'abc'.zfill(5)",
        "x = a[::-1]",
        "isinstance(x, int)",
        "isinstance(x, (str, int))",
        "import dataclasses",
        "from collections.abc import Callable",
        "from enum import Enum",
        "try:\n    pass\nexcept* A:\n    pass",
    ],
)
def test_what_is_forbidden_is_found(source: str) -> None:
    module = Module("deskside.core.link", ROOT / "web/deskside/core/link.py")
    module.tree = ast.parse(source)
    module.imports = module._imports(module.tree)
    assert problems(module) != []


@pytest.mark.parametrize(
    "source",
    [
        "a, *b = x",
        "f(*a, **b)",
        "x = a[1:]",
        "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from typing import Any",
        "def f(a, *, b): pass",
        "from collections import namedtuple",
        "isinstance(x, (bool, int))",
    ],
)
def test_what_every_interpreter_knows_is_not(source: str) -> None:
    module = Module("deskside.core.link", ROOT / "web/deskside/core/link.py")
    module.tree = ast.parse(source)
    module.imports = module._imports(module.tree)
    expect_none(problems(module))
