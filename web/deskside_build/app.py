"""The build from end to end: which pages there are and what each takes."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from . import bundles, embed, packages, pages, runtimes, texts, words
from .icons import symbols
from .imports import Program
from .output import Output

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

WEB = Path(__file__).resolve().parent.parent
# Who wrote what is said once, in licenses.txt.
_SHEET = ("--bundle", "--minify", "--legal-comments=none")
# The packages of which the app holds a copy.
CARRIED = (
    "@pyscript/core",
    "polyscript",
    "@webreflection/fetch",
    "@webreflection/idb-map",
    "@webreflection/utils",
    "basic-devtools",
    "codedent",
    "html-escaper",
    "plain-tag",
    "reflected-ffi",
    "sticky-module",
    "to-json-callback",
    "type-checked-collections",
    "@micropython/micropython-webassembly-pyscript",
    "@scure/bip39",
    "brython",
    "lucide-static",
    "modern-normalize",
)

CHANGED = b"PyScript and polyscript are bundled from their sources without the parts that no page here uses.\n\n"


@dataclass(frozen=True)
class Root:
    """A composition root and what its pages need.

    `view` and `state` are the modules whose `page` and `first_state` give what stands there before Python runs. A
    sheet of `later_styles` comes with the bundle of its name. The texts of `areas` come with the first bundle, those
    of `later_areas` with the one of the session. Each page of `pages` is written in every language.
    """

    module: str
    view: str
    state: str
    areas: tuple[str, ...]
    later_areas: tuple[str, ...]
    icons: tuple[str, ...]
    scripts: tuple[str, ...]
    later_styles: tuple[str, ...]
    pages: tuple[str, ...]


CUSTOMER = Root(
    module="deskside.customer",
    view="deskside.ui.customer.views",
    state="deskside.ui.customer.portal",
    areas=("portal",),
    later_areas=("customer", "conversation", "way"),
    icons=("CUSTOMER",),
    scripts=("guard.js",),
    later_styles=("session",),
    pages=("index", "compat"),
)
CONSOLE = Root(
    module="deskside.console",
    view="deskside.ui.console.views",
    state="deskside.ui.console.start",
    areas=("portal", "conversation", "console", "desk", "recordings"),
    later_areas=(),
    icons=("CUSTOMER", "CONSOLE"),
    scripts=(),
    later_styles=(),
    pages=("console",),
)
ADMIN = Root(
    module="deskside.admin",
    view="deskside.ui.admin.views",
    state="deskside.ui.admin.sections",
    areas=("portal", "conversation", "console", "admin"),
    later_areas=(),
    icons=("ADMIN",),
    scripts=(),
    later_styles=(),
    pages=("admin",),
)
ROOTS = (CUSTOMER, CONSOLE, ADMIN)


def build(directory: Path, web: Path = WEB) -> None:
    """Write the static app into `directory`, in place of what is there; npm's packages are fetched when missing."""
    cache = web / ".cache"
    cache.mkdir(exist_ok=True)
    directory.parent.mkdir(parents=True, exist_ok=True)
    with _alone(cache / "lock"), tempfile.TemporaryDirectory(dir=directory.parent, prefix=".building-") as building:
        packages.install(web)
        fresh = Path(building) / "app"
        _write(web, Output(fresh, cache))
        if directory.exists():
            shutil.rmtree(directory)
        fresh.rename(directory)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One build at a time in one source tree. Where there is no flock, people take care of that."""
    with lock.open("w") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write(web: Path, output: Output) -> None:
    program = Program(web, "deskside")
    boot = bundles.minify((web / "boot.py").read_text(encoding="utf-8"))
    everything = program.closure([CUSTOMER.module], lazy=True)
    usual = runtimes.micropython(web, output, boot)
    engines = {"compat": runtimes.brython(web, output, program.foreign(everything))}
    shared = _shared_assets(web, output)
    writer = pages.Pages(web, output)
    for root in ROOTS:
        for language in texts.languages(web):
            content = _content(web, output, program, root, language, shared)
            for name in root.pages:
                writer.write(name, content, engines.get(name, usual), "compat" if name == "index" else None)
    output.page("licenses.txt", CHANGED + packages.licenses(web, CARRIED))
    output.page("sw.js", packages.esbuild(web, ["--minify", "sw.js"]))
    output.page("embed.js", embed.script(web, _source(web, "deskside.ui.text").direction))


def _content(
    web: Path, output: Output, program: Program, root: Root, language: str, shared: dict[str, str]
) -> pages.Content:
    """What every page of a composition root is in one language; its first view comes from the browser's own code."""
    catalogue = texts.read(web, language, root.areas)
    text = _source(web, "deskside.ui.text")
    t = text.Catalogue(catalogue, language)
    icons = _source(web, "deskside.ui.icons")
    view = _source(web, root.view).page(_source(web, root.state).first_state(), t)
    name = root.module.rpartition(".")[2]
    later = {f"style.{style}": _style(web, output, style) for style in root.later_styles}
    return pages.Content(
        module=root.module,
        language=language,
        direction=text.direction(language),
        texts=catalogue,
        title=catalogue[f"page.{name}"],
        view=_source(web, "deskside.ui.html").render(view),
        symbols=symbols(web, {name: file for part in root.icons for name, file in getattr(icons, part).items()}),
        style=_style(web, output, name),
        scripts=[output.asset(name, packages.esbuild(web, ["--minify", name])) for name in root.scripts],
        assets={**shared, **_modules(web, output, program, root, language), **later},
    )


def _source(web: Path, module: str) -> Any:
    """A module of the app itself, run here: what is pure runs everywhere."""
    if str(web) not in sys.path:
        sys.path.insert(0, str(web))
    return import_module(module)


def _modules(web: Path, output: Output, program: Program, root: Root, language: str) -> dict[str, str]:
    """The bundles of a composition root: what it imports at once, what it fetches for a session, and each language."""
    name = root.module.rpartition(".")[2]
    first = program.closure([root.module])
    session = [module for module in program.closure([root.module], lazy=True) if module not in first]
    said = {language: texts.read(web, language, root.areas)}
    urls = {"modules.first": output.asset(f"{name}.json", bundles.bundle(program, web, first, said))}
    if session:
        said = {language: texts.read(web, language, root.later_areas)}
        urls["modules.session"] = output.asset(f"{name}-session.json", bundles.bundle(program, web, session, said))
    for other in texts.languages(web):
        said = {other: texts.read(web, other, (*root.areas, *root.later_areas))}
        urls[f"modules.texts.{other}"] = output.asset(f"{name}-texts.json", bundles.bundle(program, web, [], said))
    return urls


def _style(web: Path, output: Output, name: str) -> str:
    return output.asset(f"{name}.css", packages.esbuild(web, [*_SHEET, f"styles/{name}.css"]))


def _shared_assets(web: Path, output: Output) -> dict[str, str]:
    """URLs of what Python fetches or names itself, by the name it asks for."""
    urls = {}
    if (web / "writer.js").exists():
        urls["writer"] = output.asset("writer.js", packages.esbuild(web, ["--minify", "writer.js"]))
    for sound in sorted((web / "sounds").glob("*.*")):
        urls[f"sound.{sound.stem}"] = output.asset(sound.name, sound.read_bytes())
    urls["words"] = output.asset("words.txt", words.words(web))
    urls["icon"] = output.asset("icon.svg", (web / "icon.svg").read_bytes())
    return urls
