"""Nobody is available: the way to the company's other page, staying here, or leaving a message."""

from ...core.addresses import SCHEMES
from ...core.schema import cleaned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_TEXT = 4000
MAX_CONTACT = 200
DRAFTS = ("message_text", "message_contact")


class Orphaned:
    """Works on the step that `Way` shows. Whoever stays once, or begins to write, is not sent away any more."""

    def __init__(self, page: "Any") -> None:
        self.page = page
        self._stays = False
        self._goes_at = 0.0
        self.gone_to = ""
        """Where the page goes once the server knows."""

    def stepped(self, message: "dict[str, Any]", step: "dict[str, Any]", before: "dict[str, Any] | None") -> None:
        """The step is shown, or shown again as it was `before`."""
        if message.get("takes_message"):
            step["message"] = before["message"] if before is not None and before["message"] else self._form()
        redirect = message.get("redirect")
        if redirect is None or not redirect["url"].lower().startswith(SCHEMES):
            return
        if self._stays:
            self._say_stays()
            return
        if before is None or before["redirect"] is None or before["redirect"]["url"] != redirect["url"]:
            self._goes_at = self.page.host.passed() + redirect["after"] * 1000.0
        step["redirect"] = {"url": redirect["url"], "host": host_of(redirect["url"]), "left": 0}
        self._count(step)

    def _form(self) -> "dict[str, Any]":
        text, contact = [self.page.host.draft(name) for name in DRAFTS]
        form = {"open": bool(text or contact), "text": text, "contact": contact, "busy": False, "problem": ""}
        self._stays = self._stays or form["open"]
        return form

    def stay(self) -> None:
        """`Stay here`: for good, for this visit."""
        self._stays = True
        step = self.page.state["step"]
        if step["redirect"] is not None:
            step["redirect"] = None
            self._say_stays()

    def _say_stays(self) -> None:
        self.page.signaling.send({"type": "answer", "step": "orphaned", "answer": "go_on"})

    def tick(self) -> None:
        step = self.page.state["step"]
        if step["redirect"] is None:
            return
        self._count(step)
        leave = {"type": "answer", "step": "orphaned", "answer": "leave"}
        # Without a line neither page could be reached; it goes once there is one again.
        if step["redirect"]["left"] == 0 and self.page.signaling.send(leave):
            self.gone_to = step["redirect"]["url"]
            step["redirect"] = None

    def _count(self, step: "dict[str, Any]") -> None:
        left = max(0, int((self._goes_at - self.page.host.passed() + 999.0) / 1000.0))
        redirect = step["redirect"]
        if left == 10 and redirect["left"] > 10:
            self.page.state["status"] = self.page.t("way.announce.redirect", host=redirect["host"], count=left)
        redirect["left"] = left

    # leaving a message

    def open(self, is_open: bool) -> None:
        """`Leave a message`: the form, and time to write in it."""
        step = self.page.state["step"]
        step["message"]["open"] = is_open
        if is_open:
            self.stay()

    def write(self, field: str, text: str) -> None:
        form = self.page.state["step"]["message"]
        form[field] = text
        form["problem"] = ""
        self.page.host.keep_draft("message_" + field, text)

    def send(self) -> None:
        form = self.page.state["step"]["message"]
        text = cleaned(form["text"], len(form["text"]), True).strip()
        contact = " ".join(cleaned(form["contact"], len(form["contact"])).split())
        if form["busy"]:
            return
        if not text:
            form["problem"] = "empty"
        elif len(text) > MAX_TEXT:
            form["problem"] = "too_long"
        elif len(contact) > MAX_CONTACT:
            form["problem"] = "contact_too_long"
        elif self.page.signaling.send({"type": "leave_message", "text": text, "contact": contact}):
            form["busy"] = True
            form["problem"] = ""
        else:
            form["problem"] = "unreachable"

    def refused(self, problem: str) -> None:
        """The server did not take the message; it is still in the form."""
        step = self.page.state["step"]
        if step is not None and step["message"] is not None and step["message"]["busy"]:
            step["message"]["busy"] = False
            step["message"]["problem"] = problem


def host_of(url: str) -> str:
    """The site of an address, to be read by people."""
    return url.split("://", 1)[1].split("/", 1)[0].split("?", 1)[0].split("#", 1)[0].rpartition("@")[2]
