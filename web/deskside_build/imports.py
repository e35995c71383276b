"""Which modules a program needs, read from its source: at once, and only after a function has asked for them."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

# Statements whose bodies run when the module is imported.
_BLOCKS = (ast.If, ast.Try, ast.With, ast.For, ast.While, ast.ClassDef)


class Program:
    """The modules of one package folder, by dotted name."""

    def __init__(self, root: Path, package: str) -> None:
        self.files: dict[str, Path] = {}
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            self.files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        self._trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in self.files.items()}

    def closure(self, entries: Iterable[str], lazy: bool = False) -> list[str]:
        """The modules of this package that the entries import, themselves included; if `lazy`, inside functions too."""
        found: set[str] = set()
        open_names = list(entries)
        while open_names:
            name = open_names.pop()
            if name in found or name not in self.files:
                continue
            found.add(name)
            if "." in name:
                open_names.append(name.rpartition(".")[0])
            open_names.extend(self._imported(name, lazy))
        return sorted(found)

    def foreign(self, modules: Iterable[str]) -> set[str]:
        """What the modules import from outside of this package, as Brython sees it."""
        names = (name for module in modules for name in self._imported(module, lazy=True))
        return {name for name in names if name not in self.files and name.partition(".")[0] not in self.files}

    def _imported(self, module: str, lazy: bool) -> Iterator[str]:
        is_package = self.files[module].name == "__init__.py"
        package = module if is_package else module.rpartition(".")[0]
        return imported_names(self._trees[module], package, lazy)


def imported_names(tree: ast.AST, package: str = "", lazy: bool = False) -> Iterator[str]:
    """Dotted names that the import statements of a module may mean.

    `from a import b` gives both `a` and `a.b`: which of them is a module is for the caller to know.
    """
    for node in _statements(tree, lazy):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _statements(node: ast.AST, lazy: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and is_type_checking(child.test):
            continue
        if isinstance(child, ast.If) and _is_micropython(child.test):
            # MicroPython brings its own modules; only what the other branch imports has to be shipped.
            for statement in child.orelse:
                yield statement
                yield from _statements(statement, lazy)
            continue
        yield child
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if lazy:
                yield from _statements(child, lazy)
        elif isinstance(child, (*_BLOCKS, ast.ExceptHandler)):
            yield from _statements(child, lazy)


def is_type_checking(test: ast.expr) -> bool:
    """Whether a condition is `TYPE_CHECKING`, false wherever a program runs."""
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _is_micropython(test: ast.expr) -> bool:
    return "implementation.name == 'micropython'" in ast.unparse(test)
