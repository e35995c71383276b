"""A small site of test pages with the runtimes, bundles and policies of the real app, and a server for it."""

import functools
import http.server
import json
import string
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from deskside_build import bundles, packages, runtimes
from deskside_build.imports import Program
from deskside_build.output import Output
from signaling.static_app import content_security_policy

WEB = Path(__file__).parents[2] / "web"
PAGES = Path(__file__).parent / "pages"

_PAGE = string.Template("""<!doctype html>
<html lang="en" data-module="$module">
<head>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<script type="application/json" id="deskside-assets">$assets</script>
<script src="$before"></script>
$head
</head>
<body>
<input type="file" aria-label="File">
$body
</body>
</html>
""")


def build(directory: Path, module: str, entries: list[str]) -> None:
    """Write `index.html` (MicroPython) and `compat.html` (Brython) that run `pages.<module>` of the tests."""
    packages.install(WEB)
    output = Output(directory, WEB / ".cache")
    program = Program(WEB, "deskside")
    modules = program.closure(entries)
    boot = bundles.minify((WEB / "boot.py").read_text(encoding="utf-8"))
    bundle = json.loads(bundles.bundle(program, WEB, modules, {}))
    for path in sorted(PAGES.glob("*.py")):
        bundle["modules"][f"pages/{path.name}"] = bundles.minify(path.read_text(encoding="utf-8"))
    assets = {
        "modules.first": output.asset("files.json", json.dumps(bundle).encode()),
        "writer": output.asset("writer.js", packages.esbuild(WEB, ["--minify", "writer.js"])),
    }
    engines = {
        "index.html": runtimes.micropython(WEB, output, boot),
        "compat.html": runtimes.brython(WEB, output, program.foreign(modules)),
    }
    before = output.asset("before.js", packages.esbuild(WEB, ["--bundle", "--minify", "before.js"]))
    for name, engine in engines.items():
        page = _PAGE.substitute(
            module=f"pages.{module}", assets=json.dumps(assets), before=before, head=engine.head, body=engine.body
        )
        output.page(name, page.encode())


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 (it is the base class's name)
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def end_headers(self) -> None:
        name = self.path.split("?")[0].rpartition("/")[2] or "index.html"
        self.send_header("Content-Security-Policy", content_security_policy(name))
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serve(directory: Path, place: AbstractContextManager[None] | None = None) -> Iterator[str]:
    """Serve the folder on a port of this machine, or of the network namespace that `place` leads into; the address."""
    handler = functools.partial(_Handler, directory=str(directory))
    with place or nullcontext():
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
