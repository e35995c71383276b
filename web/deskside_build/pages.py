"""The pages: one template, filled with what each needs, and with the view that Python will take over."""

import html
import json
import string
from pathlib import Path

from .output import Output
from .packages import esbuild
from .runtimes import Engine


class Pages:
    """Writes pages of one language into the output."""

    def __init__(self, web: Path, output: Output, language: str, texts: dict[str, str]) -> None:
        self._output = output
        self._language = language
        self._texts = texts
        self._template = string.Template((web / "page.html").read_text(encoding="utf-8"))
        self._before = output.asset("before.js", esbuild(web, ["--minify", "before.js"]))
        self._web = web

    def write(
        self,
        name: str,
        module: str,
        engine: Engine,
        assets: dict[str, str],
        style: str,
        scripts: list[str],
        fallback: str | None,
    ) -> None:
        """Write one page. `assets` are URLs by name, for Python and before.js."""
        hints = [f'<link rel="modulepreload" href="{url}">' for url in engine.modules]
        fetched = [*engine.fetched, assets["modules.first"]]
        hints += [f'<link rel="preload" as="fetch" crossorigin href="{url}">' for url in fetched]
        deferred = [f'<script defer src="{url}"></script>' for url in scripts]
        page = self._template.substitute(
            language=self._language,
            module=module,
            fallback=f' data-fallback="{fallback}"' if fallback else "",
            title=html.escape(self._texts.get(f"page.{module}", "Support")),
            icon=assets["icon"],
            style=style,
            assets=json.dumps(assets, separators=(",", ":")).replace("<", "\\u003c"),
            before=self._before,
            hints="\n".join(hints),
            scripts="\n".join([*deferred, engine.head]),
            symbols="",
            view='<div id="page"></div>',
            start_failed=html.escape(self._texts.get("start.failed", "")),
            no_script=html.escape(self._texts.get("start.no_script", "")),
            engine=engine.body,
        )
        self._output.page(name, page.encode())
