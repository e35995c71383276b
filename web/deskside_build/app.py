"""The build from end to end: which pages there are and what each takes."""

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import bundles, packages, pages, runtimes
from .imports import Program
from .output import Output

WEB = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Root:
    """A composition root and the pages that run it."""

    module: str
    styles: str
    scripts: tuple[str, ...]


CUSTOMER = Root("deskside.customer", "customer", ("guard.js",))
CONSOLE = Root("deskside.console", "console", ())


def build(directory: Path, web: Path = WEB) -> None:
    """Write the static app into `directory`, in place of what is there; npm's packages are fetched when missing."""
    packages.install(web)
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".building-") as building:
        fresh = Path(building) / "app"
        _write(web, Output(fresh, web / ".cache"))
        if directory.exists():
            shutil.rmtree(directory)
        fresh.rename(directory)


def _write(web: Path, output: Output) -> None:
    program = Program(web, "deskside")
    language = "en"
    texts = json.loads((web / "locales" / f"{language}.json").read_text(encoding="utf-8"))
    boot = bundles.minify((web / "boot.py").read_text(encoding="utf-8"))
    micropython = runtimes.micropython(web, output, boot)
    everything = program.closure([CUSTOMER.module], lazy=True)
    brython = runtimes.brython(web, output, program.foreign(everything))
    shared = _shared_assets(web, output)
    writer = pages.Pages(web, output, language, texts)
    for root, names in ((CUSTOMER, ("index.html", "compat.html")), (CONSOLE, ("console.html",))):
        assets = {**shared, **_modules(web, output, program, root, {language: texts})}
        style = output.asset(f"{root.styles}.css", _styles(web, root.styles))
        scripts = [output.asset(name, packages.esbuild(web, ["--minify", name])) for name in root.scripts]
        for name in names:
            engine = brython if name == "compat.html" else micropython
            fallback = "compat.html" if name == "index.html" else None
            writer.write(name, root.module, engine, assets, style, scripts, fallback)
    output.page("sw.js", packages.esbuild(web, ["--minify", "sw.js"]))


def _modules(
    web: Path, output: Output, program: Program, root: Root, texts: dict[str, dict[str, str]]
) -> dict[str, str]:
    """The bundles of a composition root: what it imports at once, and what it fetches for a session."""
    name = root.module.rpartition(".")[2]
    first = program.closure([root.module])
    session = [module for module in program.closure([root.module], lazy=True) if module not in first]
    catalogues = {language: json.dumps(texts[language], ensure_ascii=False) for language in texts}
    return {
        "modules.first": output.asset(f"{name}.json", bundles.bundle(program, web, first, catalogues)),
        "modules.session": output.asset(f"{name}-session.json", bundles.bundle(program, web, session, {})),
    }


def _styles(web: Path, name: str) -> bytes:
    return packages.esbuild(web, ["--bundle", "--minify", "--loader:.svg=dataurl", f"styles/{name}.css"])


def _shared_assets(web: Path, output: Output) -> dict[str, str]:
    """URLs of what Python fetches or names itself, by the name it asks for."""
    urls = {}
    if (web / "writer.js").exists():
        urls["writer"] = output.asset("writer.js", packages.esbuild(web, ["--minify", "writer.js"]))
    for sound in sorted((web / "sounds").glob("*.*")):
        urls[f"sound.{sound.stem}"] = output.asset(sound.name, sound.read_bytes())
    urls["icon"] = output.asset("icon.svg", (web / "icon.svg").read_bytes())
    return urls
