"""A tab that a customer shares: it never stands still, and its colour can be changed."""

from playwright.sync_api import BrowserContext

PAGE = """<!doctype html><title>share source</title>
<body style="margin:0"><canvas id="c" width="800" height="600"></canvas>
<script>
  globalThis.colour = "rgb(255,0,0)";
  const canvas = document.getElementById("c").getContext("2d");
  let at = 0;
  setInterval(() => {
    canvas.fillStyle = globalThis.colour;
    canvas.fillRect(0, 0, 800, 600);
    canvas.fillStyle = "white";
    canvas.fillRect(at++ % 800, 0, 10, 10);
  }, 50);
</script>"""

RED = (255, 0, 0)
BLUE = (0, 0, 255)


class Source:
    """In the browser of a customer; the browsers under test choose it by its title instead of asking."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.page.set_content(PAGE)

    def paint(self, red: int, green: int, blue: int) -> None:
        self.page.evaluate("(colour) => { globalThis.colour = colour; }", f"rgb({red},{green},{blue})")

    def close(self) -> None:
        self.page.close()
