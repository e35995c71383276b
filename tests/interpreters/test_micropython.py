"""The tests of core, run by the MicroPython that the pages run, under node."""

import json
import subprocess
from typing import Any

import pytest

from .sources import NODE_MODULES, ROOT, TEST_MODULES, failures, modules, sources

INTERPRETER = NODE_MODULES / "@micropython" / "micropython-webassembly-pyscript" / "micropython.mjs"


def run(files: dict[str, str], module: str) -> list[list[str]]:
    job = {"interpreter": INTERPRETER.as_uri(), "files": files, "module": module}
    script = ROOT / "tests" / "interpreters" / "run_micropython.mjs"
    done = subprocess.run(
        ["node", str(script)], input=json.dumps(job), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return [list(result) for result in answer["results"]]


@pytest.mark.parametrize("module", TEST_MODULES)
def test_core_works_under_micropython(module: str) -> None:
    failed = failures(run(sources(), module))
    if failed:
        pytest.fail(failed, pytrace=False)


def test_the_rules_of_presses_work_under_micropython() -> None:
    files = sources("ui")
    files["tests/ui/__init__.py"] = ""
    files["tests/ui/test_deliberate.py"] = (ROOT / "tests/ui/test_deliberate.py").read_text(encoding="utf-8")
    failed = failures(run(files, "tests.ui.test_deliberate"))
    if failed:
        pytest.fail(failed, pytrace=False)


@pytest.mark.parametrize("package", ["core", "ui"])
def test_every_module_can_be_imported_by_micropython(package: str) -> None:
    files = sources("ui")
    lines = [f"def test_{name.replace('.', '_')}() -> None:\n    import {name}\n" for name in modules(package)]
    files["tests/imports.py"] = "\n".join(lines)
    failed = failures(run(files, "tests.imports"))
    if failed:
        pytest.fail(failed, pytrace=False)


def test_a_failure_is_reported_with_its_place() -> None:
    files = sources()
    files["tests/failing.py"] = "def test_sum() -> None:\n    assert 1 + 1 == 3, 'wrong sum'\n"
    failed = failures(run(files, "tests.failing"))
    assert "test_sum" in failed and "wrong sum" in failed and "failing.py" in failed
