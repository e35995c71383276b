"""The icons of a page as one hidden element of symbols, so that a view names an icon and nothing is fetched for it."""

import re
from pathlib import Path

# What every lucide icon says of itself; the shapes inherit it from the symbol.
_STROKES = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def symbols(web: Path, icons: dict[str, str]) -> str:
    """The element for these icons: our names and the lucide files behind them."""
    folder = web / "node_modules" / "lucide-static" / "icons"
    found = "".join(_symbol(name, (folder / f"{icons[name]}.svg").read_text(encoding="utf-8")) for name in icons)
    return f'<svg id="icons" hidden>{found}</svg>'


def _symbol(name: str, svg: str) -> str:
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if shapes is None:
        raise ValueError(f"icon {name} is no SVG")
    inside = re.sub(r">\s+<", "><", shapes[1].strip()).replace(" />", "/>")
    return f'<symbol id="icon-{name}" viewBox="0 0 24 24" {_STROKES}>{inside}</symbol>'
