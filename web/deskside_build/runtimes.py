"""The interpreters as assets: PyScript with MicroPython, and Brython with the few modules of its library we import."""

import ast
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .imports import imported_names
from .output import Output
from .packages import esbuild
from .pyscript import bundle


@dataclass
class Engine:
    """An interpreter as a page needs it: elements for the end of the head and of the body, and what to fetch early."""

    head: str
    body: str
    modules: list[str]
    fetched: list[str]


def micropython(web: Path, output: Output, boot: str) -> Engine:
    """PyScript and MicroPython; `boot` is the Python that they run first."""
    core = output.asset("pyscript.js", _without_hosts(bundle(web, output.cache)))
    source = web / "node_modules" / "@micropython" / "micropython-webassembly-pyscript"
    script = esbuild(web, ["--minify", "--format=esm", "--loader=js"], (source / "micropython.mjs").read_bytes())
    wasm = (source / "micropython.wasm").read_bytes()
    python = output.folder("micropython", {"micropython.mjs": _without_hosts(script), "micropython.wasm": wasm})
    config = json.dumps({"interpreter": f"./{python}/micropython.mjs"}, separators=(",", ":"))
    return Engine(
        head=f'<script type="module" src="{core}"></script>',
        body=f"<script type=\"mpy\" config='{config}'>\n{boot}\n</script>",
        modules=[core, f"{python}/micropython.mjs"],
        fetched=[f"{python}/micropython.wasm"],
    )


def brython(web: Path, output: Output, imported: Iterable[str]) -> Engine:
    """Brython, the modules of its library behind `imported`, and the script that starts it."""
    package = web / "node_modules" / "brython"
    engine = output.asset("brython.js", _without_hosts((package / "brython.min.js").read_bytes()))
    library = _library((package / "brython_stdlib.js").read_text(encoding="utf-8"), imported)
    modules = output.asset("brython-library.js", _without_hosts(library))
    start = output.asset("brython-start.js", esbuild(web, ["--minify", "compat.js"]))
    scripts = "\n".join(f'<script defer src="{url}"></script>' for url in (engine, modules, start))
    return Engine(head=scripts, body="", modules=[], fetched=[])


def _library(script: str, imported: Iterable[str]) -> bytes:
    """Brython's library file with only the modules that the imported ones import in their turn."""
    start = script.index("{", script.index("var scripts"))
    stored: dict[str, Any] = json.JSONDecoder().raw_decode(script[start:])[0]
    kept = {"$timestamp": stored["$timestamp"]}
    names = list(imported)
    while names:
        name = names.pop()
        if name in kept or name not in stored:
            continue
        kept[name] = stored[name]
        kind, source, *_ = stored[name]
        if "." in name:
            names.append(name.rpartition(".")[0])
        if kind == ".py":
            package = name if len(stored[name]) > 3 else name.rpartition(".")[0]
            names.extend(imported_names(ast.parse(source), package))
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return f"__BRYTHON__.use_VFS=true;__BRYTHON__.update_VFS({text})\n".encode()


def _without_hosts(script: bytes) -> bytes:
    """The script without addresses of other hosts: fallbacks that the policy forbids, and links in messages."""
    return re.sub(rb"https?://(?!www\.w3\.org/)[A-Za-z0-9][\w.-]*\.[a-z]{2,}", b"about:invalid#", script)
