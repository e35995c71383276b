"""How long a page stands still when a large text is pasted into its message box.

    python -m tests.bench.paste [--json] [--sizes N,N]

Beside the box of the customer and that of the representative stands a bare textarea of the same shape in the same
page: what the browser needs for such a text by itself. The time runs from the paste to the second frame after it.
"""

import argparse
import json
from typing import Any

from playwright.sync_api import ElementHandle, Page, sync_playwright

from e2e.browsers import launch
from tests.bench.session import Meeting, a_site

SIZES = (100_000, 1_000_000)
TEXTS = {"words": "word ", "lines": "a line of a log, as people paste it\n", "short lines": "a\n", "arabic": "نص "}
# From the paste to the second frame after it, when everything that it brought about is on the screen.
_WATCH = """(box) => {
  box.focus();
  globalThis.stood = new Promise((done) => {
    box.addEventListener("paste", () => {
      const at = performance.now();
      const frames = (left) => (left ? requestAnimationFrame(() => frames(left - 1)) : setTimeout(shown));
      const shown = () => done(performance.now() - at);
      frames(2);
    }, { once: true });
  });
}"""
_EMPTY = """(box) => {
  box.value = "";
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}"""
_BARE = """(box) => {
  const bare = document.createElement("textarea");
  bare.className = box.className;
  bare.rows = 1;
  box.after(bare);
  return bare;
}"""


def standstill(page: Page, box: ElementHandle, text: str) -> float:
    """Milliseconds from a paste to the frame that shows it."""
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    box.evaluate(_WATCH)
    page.keyboard.press("Control+V")
    found: float = page.evaluate("() => globalThis.stood")
    assert box.evaluate("(box) => box.value.length") == len(text)
    box.evaluate(_EMPTY)
    return found


def measure(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    """One figure for each person, kind of text and size."""
    figures: list[dict[str, Any]] = []
    with a_site() as site, sync_playwright() as playwright, launch(playwright) as browser:
        meeting = Meeting(browser, site)
        for person, page in (("customer", meeting.customer), ("representative", meeting.representative)):
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            page.bring_to_front()
            box = page.get_by_role("textbox", name="Message", exact=True).element_handle()
            for kind, unit in TEXTS.items():
                for size in sizes:
                    text = unit * (size // len(unit))
                    ours = standstill(page, box, text)
                    bare = page.evaluate_handle(_BARE, box).as_element()
                    assert bare
                    reference = standstill(page, bare, text)
                    bare.evaluate("(bare) => bare.remove()")
                    figures.append({"who": person, "text": kind, "size": size, "ms": ours, "bare": reference})
    return [figure | {"ratio": figure["ms"] / figure["bare"]} for figure in figures]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="characters of a text, with commas between")
    arguments = parser.parse_args()
    figures = measure(tuple(int(size) for size in arguments.sizes.split(",")))
    if arguments.json:
        print(json.dumps({"standstill": figures}))
        return
    print(f"{'':28} {'characters':>10} {'ours':>9} {'bare':>9}  ratio")
    for figure in figures:
        name = f"{figure['who']}, {figure['text']}"
        print(f"{name:28} {figure['size']:10} {figure['ms']:6.0f} ms {figure['bare']:6.0f} ms  {figure['ratio']:.2f}")


if __name__ == "__main__":
    main()
