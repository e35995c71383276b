"""The representative's page."""

from playwright.sync_api import Locator, Page, expect

from e2e.pages.conversation import Conversation

AWAY = "the place is kept"


class Console:
    """Somebody who helps, at their desk."""

    def __init__(self, page: Page, url: str, name: str) -> None:
        self.page = page
        self.url = url
        self.name = name
        self.talk = Conversation(page)
        self.name_box = page.get_by_label("Name", exact=True)
        self.password_box = page.get_by_label("Password", exact=True)
        self.sign_in = page.get_by_role("button", name="Sign in")
        self.sign_out = page.get_by_role("button", name="Sign out")
        self.available = page.get_by_role("switch", name="Available")
        self.queue = page.get_by_role("list", name="People waiting")
        self.accept_next = page.get_by_role("button", name="Accept next")
        self.sessions = page.get_by_role("list", name="Your sessions")
        self.nudge = page.get_by_role("button", name="Nudge")
        self.request_screen = page.get_by_role("button", name="Request screen sharing")
        self.withdraw_request = page.get_by_role("button", name="Withdraw request")
        self.permissions = page.get_by_role("list", name="What the customer has allowed")
        self.recording = page.locator("p.recorded")
        self.screen = page.get_by_role("region", name="Screen of")
        self.nothing_shared = page.get_by_text("Nothing is shared", exact=True)

    def open(self) -> None:
        self.page.goto(self.url + "/console")

    def come_in(self, password: str) -> None:
        """Sign in and take customers."""
        self.open()
        self.name_box.fill(self.name)
        self.password_box.fill(password)
        self.sign_in.click()
        self.is_available()

    def is_known(self, password: str) -> None:
        """Come back to a browser that has signed in before, and take customers."""
        body = {"name": self.name, "password": password}
        origin = "/".join(self.url.split("/")[:3])
        answer = self.page.context.request.post(self.url + "/api/sign-in", data=body, headers={"Origin": origin})
        assert answer.ok, answer.text()
        self.open()
        self.is_available()

    def is_available(self) -> None:
        self.available.click()
        expect(self.available).to_be_checked()

    def waiting(self, name: str) -> Locator:
        """A customer in the queue, with an open page."""
        return self.queue.get_by_role("listitem").filter(has_text=name, has_not_text=AWAY)

    def has_waiting(self, count: int) -> None:
        """So many people wait."""
        expect(self.queue.get_by_role("button", name="Accept", exact=True)).to_have_count(count)

    def accept(self, name: str) -> None:
        self.waiting(name).get_by_role("button", name="Accept", exact=True).click()

    def removal(self, name: str) -> Locator:
        """What asks whether to take somebody out of the queue."""
        return self.page.get_by_role("group", name=f"Remove {name} from the queue?")

    def press_remove(self, name: str) -> Locator:
        """The control beside a customer who waits, and then what it asks."""
        self.queue.get_by_role("listitem").filter(has_text=name).get_by_role("button", name="Remove from queue").click()
        return self.removal(name)

    def session(self, name: str) -> Locator:
        """A session in the list."""
        return self.sessions.get_by_role("listitem").filter(has_text=name)

    def select(self, name: str) -> None:
        self.session(name).get_by_role("button").first.click()

    def is_joined(self) -> None:
        expect(self.page.get_by_text("Connected", exact=True)).to_be_visible()

    def sees(self, red: int, green: int, blue: int) -> None:
        """Wait until the middle of the customer's picture has this colour, as near as a video codec comes."""
        self.page.wait_for_function(
            """(wanted) => {
              const video = document.querySelector("video");
              if (!video?.videoWidth) return false;
              const canvas = document.createElement("canvas");
              canvas.width = canvas.height = 1;
              const context = canvas.getContext("2d");
              context.drawImage(video, video.videoWidth / 4, video.videoHeight / 4, 8, 8, 0, 0, 1, 1);
              const seen = context.getImageData(0, 0, 1, 1).data;
              return wanted.every((value, index) => Math.abs(value - seen[index]) < 60);
            }""",
            arg=[red, green, blue],
            polling=100,
        )

    def ends(self) -> None:
        self.talk.end.click()
        self.talk.end_for_good.click()
