"""The pages: one template, filled with what each needs, and with the view that Python will take over.

Each is written in every language. Where the host does not choose by what the browser prefers, `before.js` does.
"""

import html
import json
import string
from dataclasses import dataclass
from pathlib import Path

from . import texts
from .output import Output
from .packages import esbuild
from .runtimes import Engine


@dataclass(frozen=True)
class Content:
    """What a page shows before Python runs, and how it looks."""

    module: str
    language: str
    direction: str
    texts: dict[str, str]
    title: str
    view: str
    symbols: str
    style: str
    scripts: list[str]
    assets: dict[str, str]


class Pages:
    """Writes pages into the output."""

    def __init__(self, web: Path, output: Output) -> None:
        self._web = web
        self._output = output
        self._template = string.Template((web / "page.html").read_text(encoding="utf-8"))
        self._before = output.asset("before.js", esbuild(web, ["--bundle", "--minify", "--target=es2018", "before.js"]))

    def write(self, name: str, content: Content, engine: Engine, fallback: str | None) -> None:
        """Write one page. A browser without WebAssembly goes on to the page `fallback`."""
        language = content.language
        said = {key: html.escape(text) for key, text in content.texts.items()}
        others = {f"page.{other}": texts.file_name(name, other) for other in texts.languages(self._web)}
        hints = [f'<link rel="modulepreload" href="{url}">' for url in engine.modules]
        fetched = [*engine.fetched, content.assets["modules.first"]]
        hints += [f'<link rel="preload" as="fetch" crossorigin href="{url}">' for url in fetched]
        scripts = [f'<script defer src="{url}"></script>' for url in content.scripts]
        page = self._template.substitute(
            language=language,
            direction=content.direction,
            module=content.module,
            fallback=f' data-fallback="{texts.file_name(fallback, language)}"' if fallback else "",
            title=html.escape(content.title),
            icon=content.assets["icon"],
            style=content.style,
            # Only the sign that could end the element has to be escaped in a block of data.
            assets=json.dumps(content.assets | others, separators=(",", ":")).replace("<", "\\u003c"),
            before=self._before,
            hints="\n".join(hints),
            scripts="\n".join([*scripts, engine.head]),
            view=content.view,
            symbols=content.symbols,
            engine=engine.body,
            failed=said["failed.unreachable"],
            failed_explain=said["failed.unreachable.explain"],
            blocked=said["failed.blocked"].replace("{host}", '<b id="blocked-host" dir="ltr"></b>'),
            again=said["start.again"],
            coming=said["start.coming"],
            unstyled=said["start.unstyled"],
            resuming=said["start.resuming"],
            revoked=said["start.revoked"],
            no_script=said["start.no_script"],
        )
        self._output.page(texts.file_name(name, language), page.encode())
