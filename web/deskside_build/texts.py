"""The catalogues: `locales/<language>/<area>.json`, and which areas a page of a composition root needs."""

import json
from collections.abc import Iterable
from pathlib import Path

DEFAULT = "en"


def languages(web: Path) -> list[str]:
    """The languages of the app: those with a portal, the one that pages have by default first."""
    found = sorted(path.parent.name for path in (web / "locales").glob("*/portal.json"))
    return sorted(found, key=lambda language: language != DEFAULT)


def file_name(page: str, language: str) -> str:
    """Under which name a page is written: that of the default language has no language in its name."""
    return f"{page}.html" if language == DEFAULT else f"{page}.{language}.html"


def read(web: Path, language: str, areas: Iterable[str]) -> dict[str, str]:
    """The texts of these areas in one catalogue; no text stands in two of them."""
    texts: dict[str, str] = {}
    for area in areas:
        path = web / "locales" / language / f"{area}.json"
        if not path.exists():
            continue
        entries: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        twice = sorted(texts.keys() & entries.keys())
        if twice:
            raise ValueError(f"{path}: {', '.join(twice)} stands in another area already")
        texts |= entries
    return texts
