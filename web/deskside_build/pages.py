"""The pages: one template, filled with what each needs, and with the view that Python will take over."""

import html
import json
import string
from dataclasses import dataclass
from pathlib import Path

from .output import Output
from .packages import esbuild
from .runtimes import Engine


@dataclass(frozen=True)
class Content:
    """What a page shows before Python runs, and how it looks."""

    module: str
    title: str
    view: str
    symbols: str
    style: str
    scripts: list[str]
    assets: dict[str, str]


class Pages:
    """Writes the pages of one language into the output."""

    def __init__(self, web: Path, output: Output, language: str, texts: dict[str, str]) -> None:
        self._output = output
        self._language = language
        self._texts = {name: html.escape(text) for name, text in texts.items()}
        self._template = string.Template((web / "page.html").read_text(encoding="utf-8"))
        self._before = output.asset("before.js", esbuild(web, ["--minify", "--target=es2018", "before.js"]))

    def write(self, name: str, content: Content, engine: Engine, fallback: str | None) -> None:
        """Write one page. A browser without WebAssembly goes on to `fallback`."""
        hints = [f'<link rel="modulepreload" href="{url}">' for url in engine.modules]
        fetched = [*engine.fetched, content.assets["modules.first"]]
        hints += [f'<link rel="preload" as="fetch" crossorigin href="{url}">' for url in fetched]
        scripts = [f'<script defer src="{url}"></script>' for url in content.scripts]
        page = self._template.substitute(
            language=self._language,
            module=content.module,
            fallback=f' data-fallback="{fallback}"' if fallback else "",
            title=html.escape(content.title),
            icon=content.assets["icon"],
            style=content.style,
            # Only the sign that could end the element has to be escaped in a block of data.
            assets=json.dumps(content.assets, separators=(",", ":")).replace("<", "\\u003c"),
            before=self._before,
            hints="\n".join(hints),
            scripts="\n".join([*scripts, engine.head]),
            view=content.view,
            symbols=content.symbols,
            engine=engine.body,
            failed=self._texts["failed.unreachable"],
            failed_explain=self._texts["failed.unreachable.explain"],
            resuming=self._texts["start.resuming"],
            revoked=self._texts["start.revoked"],
            no_script=self._texts["start.no_script"],
        )
        self._output.page(name, page.encode())
