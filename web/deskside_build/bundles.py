"""Bundles of Python modules: minified, as JSON, one for the start of a page and one for what follows.

A composition root's first bundle holds what it imports when it is imported; its `session` bundle what its modules
import inside of functions, which `deskside.runtime.modules.load` fetches before such a function runs.
"""

import ast
import functools
import json
import sys
from importlib.metadata import version
from pathlib import Path

import python_minifier

from .cache import kept
from .imports import Program, is_type_checking


class _Stripped(ast.NodeTransformer):
    """Drops what only type checkers read."""

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        if is_type_checking(node.test):
            return node.orelse
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        return None if is_type_checking(node.targets[0]) else node


_HOW = f"{version('python-minifier')} {sys.version}\n{Path(__file__).read_text(encoding='utf-8')}"
"""What else than the source decides what becomes of it."""


@functools.cache
def minify(source: str) -> str:
    """The same program in fewer bytes, still in the subset that every interpreter runs; names that others use stay."""
    return kept(".py", f"{_HOW}\0{source}".encode(), lambda: _minified(source).encode()).decode()


def _minified(source: str) -> str:
    tree = _Stripped().visit(ast.parse(source))
    return python_minifier.minify(
        ast.unparse(tree),
        remove_annotations=python_minifier.RemoveAnnotationsOptions(
            remove_variable_annotations=True,
            remove_return_annotations=True,
            remove_argument_annotations=True,
            remove_class_attribute_annotations=True,
        ),
        remove_literal_statements=True,
        rename_locals=True,
        rename_globals=False,
        hoist_literals=False,
    )


def bundle(program: Program, root: Path, modules: list[str], texts: dict[str, dict[str, str]]) -> bytes:
    """The file that `deskside.load` fetches: sources by path, and catalogues of texts by language."""
    sources = {
        program.files[name].relative_to(root).as_posix(): minify(program.files[name].read_text(encoding="utf-8"))
        for name in modules
    }
    return json.dumps({"modules": sources, "texts": texts}, ensure_ascii=False, separators=(",", ":")).encode()
