"""Tests wait for what a page says, and a promise that it gives to `wait_for_function` is a yes at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("e2e", "tests")


def texts(tree: ast.Module) -> dict[str, str]:
    """The constants of a module that are one text."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def promised(source: str) -> Iterator[int]:
    """The lines of a module where a function that is async is waited for with `wait_for_function`."""
    tree = ast.parse(source)
    named = texts(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        given = node.args[0]
        text = named.get(given.id) if isinstance(given, ast.Name) else getattr(given, "value", None)
        if node.func.attr == "wait_for_function" and isinstance(text, str) and text.lstrip().startswith("async"):
            yield node.lineno


def test_no_promise_is_waited_for_as_if_it_were_an_answer() -> None:
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(files) > 100
    found = [f"{path}:{line}" for path in files for line in promised(path.read_text())]
    assert found == []


def test_one_would_be_found() -> None:
    source = 'ASKED = """async () => true"""\npage.wait_for_function(ASKED)\npage.wait_for_function("async () => 1")\n'
    assert list(promised(source)) == [2, 3]
    assert list(promised('page.wait_for_function("() => 1")')) == []
