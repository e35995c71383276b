"""PyScript in one file, bundled from its own sources without what no page of ours uses.

Its ready-made file carries a second interpreter, workers, plugins, archives and its whole Python library: more than
half of its bytes, and most of its time to start, since every page writes and imports that library. As with Brython's
library, what nobody imports is left out.
"""

import json
import shutil
import tempfile
from pathlib import Path

from .packages import esbuild

_PACKAGES = {"@pyscript/core": "src", "polyscript": "esm"}
_ENTRY = "@pyscript/core/src/core.js"

# One line in place of each module that is left out. What is called all the same says so, instead of doing nothing.
_NO_WORKERS = "export default () => () => { throw new Error('this page has no workers'); };"
LEFT_OUT = {
    "@pyscript/core/src/types.js": "export default new Map([['mpy', 'micropython']]);",
    "@pyscript/core/src/plugins.js": "export default {};",
    "@pyscript/core/src/plugins/codemirror.js": "export default {};",
    "@pyscript/core/src/plugins/donkey.js": "export default () => { throw new Error('this page has no plugins'); };",
    "@pyscript/core/src/sync.js": "export default {};",
    "@pyscript/core/src/fs.js": "export {};",
    "polyscript/esm/interpreter/pyodide.js": "export default { type: [] };",
    "polyscript/esm/interpreter/_nativefs.js": "export const initializeNativeFS = () => undefined;",
    "polyscript/esm/python/mip.js": "export default '';",
    "polyscript/esm/worker/class.js": _NO_WORKERS,
    "polyscript/esm/3rd-party.js": "export const toml = () => { throw new Error('this page has neither TOML nor ZIP');"
    " }, zip = toml;",
}
# Of the Python library, what `deskside.runtime.js` imports: MicroPython's own functions under PyScript's names.
_LIBRARY = {"pyscript": {"__init__.py": "", "ffi.py": "from jsffi import create_proxy, to_js\n"}}


def bundle(web: Path, cache: Path) -> bytes:
    """The module that a page loads. Raises when a package no longer has a file that is left out."""
    packages = web / "node_modules"
    # Under `web`, so that what the two packages import is found in its node_modules.
    with tempfile.TemporaryDirectory(dir=cache, prefix=".pyscript-") as folder:
        copied = Path(folder) / "node_modules"
        for package, sources in _PACKAGES.items():
            for part in (sources, "node_modules"):
                if (packages / package / part).exists():
                    shutil.copytree(packages / package / part, copied / package / part)
            shutil.copy(packages / package / "package.json", copied / package)
        library = f"export default {json.dumps(_LIBRARY)};"
        for path, source in (LEFT_OUT | {"@pyscript/core/src/stdlib/pyscript.js": library}).items():
            if not (copied / path).exists():
                raise RuntimeError(f"{path} is not there to be left out: PyScript has changed")
            (copied / path).write_text(source, encoding="utf-8")
        how = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"]
        return esbuild(web, [str(copied / _ENTRY), *how])
