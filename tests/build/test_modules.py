"""The bundles hold what a page imports, no more, and minified modules are the same programs."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from deskside_build import bundles
from deskside_build.imports import Program, imported_names

from .references import read

WEB = Path(__file__).parents[2] / "web"


def bundle(app: Path, page: str, name: str) -> dict[str, str]:
    """The sources by path of a page's bundle."""
    (url,) = [url for url in read(app / page).all if re.fullmatch(name + "-[0-9a-f]+[.]json", url.rpartition("/")[2])]
    modules: dict[str, str] = json.loads((app / url).read_text(encoding="utf-8"))["modules"]
    return modules


@pytest.fixture
def program(tmp_path: Path) -> Program:
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "door.py").write_text(
        "TYPE_CHECKING = False\n"
        "if TYPE_CHECKING:\n    from .types import Thing\n"
        "try:\n    from . import bell\nexcept ImportError:\n    pass\n"
        "def enter():\n    from .shelf import take\n    return take\n"
    )
    (package / "bell.py").write_text(
        "import sys\nif sys.implementation.name == 'micropython':\n    import js\nelse:\n    import browser\n"
    )
    (package / "shelf.py").write_text("from shop.bell import sys\n")
    (package / "types.py").write_text("")
    (package / "unused.py").write_text("")
    return Program(tmp_path, "shop")


def test_a_closure_holds_what_is_imported_when_the_module_is(program: Program) -> None:
    assert program.closure(["shop.door"]) == ["shop", "shop.bell", "shop.door"]


def test_a_lazy_closure_holds_what_functions_import_too(program: Program) -> None:
    assert program.closure(["shop.door"], lazy=True) == ["shop", "shop.bell", "shop.door", "shop.shelf"]


def test_what_micropython_brings_itself_is_not_looked_for_in_brythons_library(program: Program) -> None:
    assert program.foreign(["shop.door", "shop.bell"]) == {"sys", "browser"}


def test_relative_imports_are_resolved_from_their_package() -> None:
    tree = ast.parse("from .. import a\nfrom ..b.c import d\nfrom . import e")
    names = set(imported_names(tree, "one.two"))
    assert {"one.a", "one.b.c", "one.b.c.d", "one.two.e"} <= names


def test_the_session_is_not_in_the_first_bundle(app: Path) -> None:
    first, session = bundle(app, "index.html", "customer"), bundle(app, "index.html", "customer-session")
    assert "deskside/customer.py" in first
    assert "deskside/core/link.py" in session
    assert not set(first) & set(session)


def test_both_interpreters_run_the_same_bundles(app: Path) -> None:
    for name in ("customer", "customer-session"):
        assert bundle(app, "index.html", name) == bundle(app, "compat.html", name)


def test_no_bundle_holds_what_only_type_checkers_read(app: Path) -> None:
    for name in ("customer", "customer-session"):
        for path, source in bundle(app, "index.html", name).items():
            assert "TYPE_CHECKING" not in source, path
            assert "from typing" not in source, path


def test_minified_modules_keep_the_names_that_others_use() -> None:
    source = '''
"""Words."""
from collections import namedtuple
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
LIMIT: "int" = 3
Point = namedtuple("Point", "x y")
class Shelf:
    """More words."""
    label: "str" = "new"
    def put(self, thing: "Any", *, count: "int" = 1) -> "int":
        """And more."""
        very_long_local_name = LIMIT * count
        return very_long_local_name + len(thing)
'''
    small = bundles.minify(source)
    assert "words" not in small.lower()
    assert "very_long_local_name" not in small
    scope: dict[str, Any] = {}
    exec(small, scope)
    assert scope["Shelf"]().put(thing="ab", count=2) == 8
    assert scope["Shelf"].label == "new"
    assert scope["Point"](1, 2).y == 2
