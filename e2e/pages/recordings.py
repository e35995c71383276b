"""The recordings on the representative's page."""

from playwright.sync_api import Locator, Page, expect

# What is drawn may be a moment behind what was jumped to.
_PICTURE = """async (video) => {
  const isLate = () => {
    const frame = new VideoFrame(video);
    const behind = video.currentTime - frame.timestamp / 1e6;
    frame.close();
    return Math.abs(behind) > 0.2;
  };
  while (isLate()) await new Promise((next) => requestAnimationFrame(next));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d");
  context.drawImage(video, 0, 0, 8, 8, 0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data[0];
}"""


class Recordings:
    """Somebody who looks at what was recorded."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.button = page.get_by_role("button", name="Recordings", exact=True)
        self.to_desk = page.get_by_role("button", name="Back to the desk")
        self.search = page.get_by_role("searchbox", name="Search by name")
        self.table = page.get_by_role("table", name="Recordings")
        self.rows = self.table.get_by_role("rowheader")
        self.all = page.get_by_role("button", name="All recordings")
        # At the desk there are several: the first is not the one that is waited for.
        self.heading = page.get_by_role("heading", level=2).first
        self.video = page.get_by_label("Recorded screen")
        self.speed = page.get_by_role("combobox", name="Speed")
        self.timeline = page.get_by_role("list", name="Timeline")
        self.moments = self.timeline.get_by_role("button")
        self.present = self.timeline.locator("[aria-current=true]")
        self.find = page.get_by_role("searchbox", name="Search in the timeline")
        self.follow = page.get_by_role("button", name="Show the present moment")
        self.download = page.get_by_role("link", name="Download")
        self.delete = page.get_by_role("button", name="Delete recording")
        self.delete_for_good = page.get_by_role("button", name="Yes, delete it")
        self.views = page.get_by_role("button", name="Who has watched")
        self.views_shown = page.get_by_role("region", name="Who has watched")

    def open(self) -> None:
        self.button.click()
        expect(self.heading).to_have_text("Recordings")

    def row(self, customer: str) -> Locator:
        return self.table.get_by_role("row").filter(has=self.page.get_by_role("button", name=customer, exact=True))

    def watch(self, customer: str) -> None:
        """Open the one of this customer, and wait for its picture."""
        self.row(customer).get_by_role("button").click()
        expect(self.heading).to_have_text(customer)
        self.has_picture()

    def moment(self, text: str) -> Locator:
        return self.moments.filter(has_text=text)

    def has_picture(self) -> None:
        expect(self.video).to_have_js_property("seeking", False)
        self.page.wait_for_function("() => document.querySelector('video')?.readyState >= 2")

    def is_at(self, part: int, seconds: float) -> None:
        """In this part, at this second of it."""
        self.page.wait_for_function(
            """([part, seconds]) => {
              const video = document.querySelector("video");
              return video.src.endsWith(`/${part}.webm`) && video.readyState >= 2 && !video.seeking
                && Math.abs(video.currentTime - seconds) < 0.05;
            }""",
            arg=[part, seconds],
        )

    def shade(self) -> int:
        """How light the picture is: 0 to 255."""
        shade: int = self.video.evaluate(_PICTURE)
        return shade
