"""The customer's page."""

from playwright.sync_api import Locator, Page, expect

from e2e.pages.conversation import Conversation


class Customer:
    """A person with a problem, in front of their page."""

    def __init__(self, page: Page, url: str, name: str) -> None:
        self.page = page
        self.url = url
        self.name = name
        self.talk = Conversation(page)
        self.name_box = page.get_by_label("Your name")
        self.question_box = page.get_by_label("How can we help?")
        self.start_chat = page.get_by_role("button", name="Start chat")
        self.not_now = page.get_by_role("button", name="Not now")
        self.allow_notifications = page.get_by_role("button", name="Allow notifications")
        self.issue = page.get_by_label("Issue")
        self.key = page.get_by_label("Session key")
        self.accept = page.get_by_role("button", name="Accept", exact=True)
        self.decline = page.get_by_role("button", name="Decline", exact=True)
        self.allow_recording = page.get_by_role("button", name="Allow recording")
        self.refuse_recording = page.get_by_role("button", name="Refuse recording")
        self.continue_waiting = page.get_by_role("button", name="Continue waiting")
        self.leave_by_notice = page.get_by_role("button", name="This is my problem, leave")
        self.leave_early = page.get_by_role("button", name="Leave", exact=True)
        self.stay = page.get_by_role("button", name="Stay here")
        self.leave_message = page.get_by_role("button", name="Leave a message")
        self.send_answers = page.get_by_role("button", name="Send answers")
        self.skip = page.get_by_role("button", name="Skip")
        self.start_again = page.get_by_role("button", name="Start a new chat")
        self.pause_recording = page.get_by_role("button", name="Pause recording")
        self.resume_recording = page.get_by_role("button", name="Resume recording")
        self.stop_recording = page.get_by_role("button", name="Stop recording", exact=True)
        self.recording = page.locator("p.recorded")
        self.countdown = page.get_by_role("timer")
        self.leave = page.get_by_role("button", name="Leave the queue")
        self.red_x = page.get_by_role("button", name="Stop sharing and revoke permissions")
        self.permissions = page.get_by_role("list", name="What you have allowed")
        self.allow = page.get_by_role("button", name="Allow", exact=True)
        self.deny = page.get_by_role("button", name="Deny", exact=True)
        self.share = page.get_by_role("button", name="Share screen")
        self.share_again = page.get_by_role("button", name="Share again")
        self.keep_on_top = page.get_by_role("button", name="Keep controls on top")
        self.continue_chatting = page.get_by_role("button", name="Continue chatting")
        self.mute = page.get_by_role("button", name="Mute sounds")
        self.transcript = page.get_by_role("button", name="Download transcript")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.url + path)

    def send_form(self, question: str = "", path: str = "/") -> None:
        """The portal, filled in and sent."""
        self.open(path)
        self.name_box.fill(self.name)
        self.question_box.fill(question)
        self.start_chat.click()

    def is_asked(self, heading: str) -> None:
        """At a step with this heading."""
        expect(self.heading).to_have_text(heading)

    def enter(self, question: str = "", path: str = "/") -> None:
        """Through the portal into the queue."""
        self.send_form(question, path)
        self.not_now.click()
        expect(self.leave).to_be_visible()

    def is_number(self, position: int) -> None:
        """In the queue."""
        expect(self.heading).to_have_text("You are next" if position == 1 else f"You are number {position} in line")

    def is_joined(self) -> None:
        expect(self.page.get_by_text("Private connection")).to_be_visible()

    def shares_nothing(self) -> None:
        """The page says so, and the list of permissions is not there."""
        expect(self.page.get_by_text("You are sharing nothing")).to_be_visible()
        expect(self.permissions).to_have_count(0)

    def press_end(self) -> None:
        self.talk.end.click()
        self.talk.end_for_good.click()

    def ends(self) -> None:
        self.press_end()
        expect(self.heading).to_have_text("You ended the session")
