"""Our own modules, read and never run: what each imports, and its syntax tree."""

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "deskside": ROOT / "web" / "deskside",
    "deskside_build": ROOT / "web" / "deskside_build",
    "signaling": ROOT / "signaling",
    "tests": ROOT / "tests",
    "e2e": ROOT / "e2e",
}
LEFT_OUT = {"node_modules", "static", "dist", "build", "test-results", "__pycache__"}


class Import(NamedTuple):
    module: str
    line: int


class Module:
    """One source file; `imports` are absolute names, those for type checkers alone left out."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        self.is_package = path.stem == "__init__"
        self.tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        self.imports = list(self._imports(self.tree))

    def place(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"

    def _imports(self, node: ast.AST) -> list[Import]:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return [found for child in node.orelse for found in self._imports(child)]
        if isinstance(node, ast.Import):
            return [Import(alias.name, node.lineno) for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            base = self._base(node)
            # What is imported from a package may be a module of it.
            return [Import(base, node.lineno), *(Import(f"{base}.{alias.name}", node.lineno) for alias in node.names)]
        return [found for child in ast.iter_child_nodes(node) for found in self._imports(child)]

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        parts = parts[: len(parts) - node.level + self.is_package]
        return ".".join([*parts, *([node.module] if node.module else [])])


def modules(package: str) -> dict[str, Module]:
    """All modules of one of our packages by name; empty when there is no such folder."""
    folder = PACKAGES[package]
    found = {}
    for path in sorted(folder.rglob("*.py")):
        if not LEFT_OUT.intersection(path.relative_to(folder).parts[:-1]):
            parts = path.relative_to(folder.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = Module(name, path)
    return found


def source_files(*endings: str) -> list[Path]:
    """Every file of ours with one of these endings."""
    found = []
    folders = [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            if path.is_dir():
                if path.name not in LEFT_OUT and not path.name.startswith("."):
                    folders.append(path)
            elif path.suffix in endings:
                found.append(path)
    return sorted(found)


def expect_none(problems: list[str]) -> None:
    """Fail with one line for each problem."""
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
