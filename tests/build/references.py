"""What a built page refers to."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path


@dataclass
class References:
    """URLs of one page: what it fetches until it can be used, and what it names for later."""

    first: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    metas: dict[str, str] = field(default_factory=dict)

    @property
    def all(self) -> set[str]:
        """Every URL."""
        return self.first | self.later


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = References()
        self._data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._data = attributes.get("id") == "deskside-assets"
        if tag in ("script", "img") and "src" in attributes:
            self.found.first.add(attributes["src"])
        if tag == "link":
            self.found.first.add(attributes["href"])
        if tag == "meta":
            self.found.metas[attributes.get("name") or attributes.get("http-equiv") or ""] = attributes.get(
                "content", ""
            )
        if tag == "html" and "data-fallback" in attributes:
            self.found.later.add(attributes["data-fallback"])
        if attributes.get("type") == "mpy":
            self.found.first.add(json.loads(attributes["config"])["interpreter"].removeprefix("./"))

    def handle_data(self, data: str) -> None:
        if self._data:
            assets: dict[str, str] = json.loads(data)
            self.found.first.add(assets["modules.first"])
            self.found.later.update(assets.values())
            self._data = False


def read(page: Path) -> References:
    """The references of a built page."""
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader.found
