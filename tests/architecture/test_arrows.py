"""The arrows of the house: core <- ui <- runtime <- composition roots, and core <- signaling."""

import sys
from collections.abc import Iterable

import pytest

from .program import ROOT, Module, expect_none, modules, source_files

LONGEST_FILE = 500
BRIDGES = {"js", "jsffi", "pyscript", "_pyscript", "browser", "javascript", "micropython"}
OURS = {"deskside", "deskside_build", "signaling", "tests", "e2e"}
DESKSIDE = modules("deskside")
SIGNALING = modules("signaling")


def layer(name: str) -> str:
    """core, ui and runtime are packages; every other module of deskside is a composition root."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ("core", "ui", "runtime") else "roots"


def within(layers: Iterable[str]) -> dict[str, Module]:
    return {name: module for name, module in DESKSIDE.items() if layer(name) in layers}


def forbidden(checked: dict[str, Module], allowed: Iterable[str], ours_only: bool = True) -> list[str]:
    """Imports of something that is neither in `allowed` nor, with `ours_only`, foreign to this repository."""
    prefixes = tuple(allowed)
    return [
        f"{module.place(line)} imports {name}"
        for module in checked.values()
        for name, line in module.imports
        if not (name in prefixes or name.startswith(tuple(prefix + "." for prefix in prefixes)))
        and (name.split(".")[0] in OURS or not ours_only)
    ]


def reached(start: str, program: dict[str, Module]) -> dict[str, list[str]]:
    """Every module that importing `start` may ever import, with the way there."""
    ways = {start: [start]}
    open_ends = [start]
    while open_ends:
        name = open_ends.pop()
        if name not in program:
            continue
        for imported, _ in program[name].imports:
            if imported not in ways:
                ways[imported] = [*ways[name], imported]
                open_ends.append(imported)
    return ways


def test_there_is_something_to_hold() -> None:
    assert {"core", "ui", "runtime", "roots"} == {layer(name) for name in DESKSIDE if name != "deskside"}


def test_core_imports_only_core_and_named_tuples() -> None:
    expect_none(forbidden(within(["core"]), ["deskside.core", "collections", "collections.namedtuple"], False))


def test_core_has_no_clock_no_chance_and_no_print() -> None:
    calls = ("print(", "input(", "open(", "eval(", "exec(", "__import__(")
    found = [
        f"{path.relative_to(ROOT)}: {call}"
        for path in (ROOT / "web/deskside/core").rglob("*.py")
        for call in calls
        for text in [" " + path.read_text(encoding="utf-8")]
        if any(before + call in text for before in " (=[\n")
    ]
    expect_none(found)


def test_ui_imports_only_core_and_ui() -> None:
    allowed = ["deskside.core", "deskside.ui", "collections", "collections.namedtuple"]
    expect_none(forbidden(within(["ui"]), allowed, False))


def test_runtime_imports_no_composition_root() -> None:
    expect_none(forbidden(within(["runtime"]), ["deskside.core", "deskside.ui", "deskside.runtime"]))


def test_composition_roots_stay_within_deskside() -> None:
    expect_none(forbidden(within(["roots"]), ["deskside"]))


def test_only_runtime_touches_the_browser() -> None:
    found = [
        f"{module.place(line)} imports {name}"
        for module in [*within(["core", "ui", "roots"]).values(), *SIGNALING.values()]
        for name, line in module.imports
        if name.split(".")[0] in BRIDGES
    ]
    expect_none(found)


def test_the_server_takes_nothing_but_core_from_deskside() -> None:
    expect_none(forbidden(SIGNALING, ["signaling", "deskside.core", "deskside_build"]))


def test_only_the_command_line_of_the_server_knows_the_build() -> None:
    found = [
        name
        for name, module in SIGNALING.items()
        for imported, _ in module.imports
        if imported.split(".")[0] == "deskside_build"
    ]
    assert set(found) <= {"signaling.cli"}


def test_the_servers_application_never_imports_aiortc() -> None:
    program = {**DESKSIDE, **SIGNALING}
    assert "signaling.app" in program
    ways = reached("signaling.app", program)
    expect_none([" -> ".join(way) for name, way in ways.items() if name.split(".")[0] in ("aiortc", "av", "aioice")])
    expect_none(
        [" -> ".join(way) for name, way in ways.items() if name.startswith(("deskside.ui", "deskside.runtime"))]
    )


def test_only_the_native_peers_import_aiortc() -> None:
    found = [
        f"{module.place(line)} imports {name}"
        for module in SIGNALING.values()
        for name, line in module.imports
        if name.split(".")[0] in ("aiortc", "aioice") and not module.name.startswith("signaling.peers")
    ]
    expect_none(found)


def test_journeys_import_nothing_of_ours() -> None:
    expect_none(forbidden(modules("e2e"), ["e2e"]))


def test_the_build_imports_nothing_of_the_server() -> None:
    expect_none(forbidden(modules("deskside_build"), ["deskside_build", "deskside.core", "deskside.ui"]))


def test_an_import_in_the_wrong_direction_would_be_found() -> None:
    module = Module("deskside.core.link", ROOT / "web/deskside/core/link.py")
    assert "deskside.core.outbox" in [name for name, _ in module.imports]
    assert forbidden({"x": module}, ["deskside.ui"]) != []
    assert "typing.Any" not in [name for name, _ in module.imports]
    assert "typing" in sys.stdlib_module_names


@pytest.mark.parametrize("ending", [".py", ".mjs", ".js", ".css", ".html"])
def test_no_file_is_longer_than_a_person_can_hold_in_mind(ending: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in source_files(ending)}
    expect_none([f"{path.relative_to(ROOT)}: {n} lines" for path, n in lengths.items() if n > LONGEST_FILE])
