"""What the interpreters under test are given: core, its tests, and what runs them."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
NODE_MODULES = WEB / "node_modules"

TEST_MODULES = sorted("tests.core." + path.stem for path in (ROOT / "tests" / "core").glob("test_*.py"))


def sources(*packages: str) -> dict[str, str]:
    """The sources by path, as an import finds them; `packages` of deskside besides core."""
    files = [WEB / "deskside" / "__init__.py", ROOT / "tests" / "__init__.py", ROOT / "tests/interpreters/__init__.py"]
    for package in ("core", *packages):
        files += (WEB / "deskside" / package).rglob("*.py")
    files += (ROOT / "tests" / "core").glob("*.py")
    files.append(ROOT / "tests" / "interpreters" / "inside.py")
    return {_name(path): path.read_text(encoding="utf-8") for path in files}


def modules(package: str) -> list[str]:
    """The names of all modules of a package of deskside."""
    paths = (WEB / "deskside" / package).rglob("*.py")
    names = [path.relative_to(WEB).with_suffix("").as_posix().replace("/", ".") for path in paths]
    return sorted(name.removesuffix(".__init__") for name in names)


def failures(results: list[list[str]]) -> str:
    """What failed, to be read by people; "" when nothing did."""
    assert results, "no test was found"
    return "\n".join(f"{name}\n{trace}" for name, trace in results if trace)


def _name(path: Path) -> str:
    return path.relative_to(WEB if path.is_relative_to(WEB) else ROOT).as_posix()
